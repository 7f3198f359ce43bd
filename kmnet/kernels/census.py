"""The triad census: how many triples of people are tied in each of the sixteen ways (Davis & Leinhardt 1972)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.csr import CSR
from kmnet.kernels.triangles import Triangles, find

NAMES = (
    *("003", "012", "102", "021D", "021U", "021C", "111D", "111U"),
    *("030T", "030C", "201", "120D", "120U", "120C", "210", "300"),
)
"""Mutual, asymmetric and null pairs of the triple, then its shape: Down, Up, Cyclic or Transitive."""


def _states(csr: CSR, into: CSR, row: NDArray[np.integer]) -> NDArray[np.int64]:
    """Of each arc i-j of the undirected view ``csr``: 1 if only i to j, 2 if only j to i, 3 if both."""
    forward = find(into, csr.index, row) >= 0
    backward = find(into, row, csr.index) >= 0
    return forward * 1 + backward * 2


def _closed(code: NDArray[np.integer]) -> NDArray[np.int64]:
    """Triad name of each closed triple, from the states of a-b, a-c and b-c (each 1, 2 or 3) as base-4 digits."""
    kind = np.zeros(64, dtype=np.int64)
    for ab in (1, 2, 3):
        for ac in (1, 2, 3):
            for bc in (1, 2, 3):
                kind[ab * 16 + ac * 4 + bc] = NAMES.index(_name(ab, ac, bc))
    return kind[code]


def _name(ab: int, ac: int, bc: int) -> str:
    """Name of a triple with three tied pairs."""
    arc = {(0, 1): ab & 1, (1, 0): ab >> 1, (0, 2): ac & 1, (2, 0): ac >> 1, (1, 2): bc & 1, (2, 1): bc >> 1}
    mutual = sum(state == 3 for state in (ab, ac, bc))
    if mutual == 3:
        return "300"
    if mutual == 2:
        return "210"
    out = sorted(sum(arc[i, j] for j in range(3) if j != i) for i in range(3))
    if mutual == 0:
        return "030C" if out == [1, 1, 1] else "030T"
    # One mutual pair i-j and a third person k: k gives to both (120D), gets from both (120U), or passes on (120C).
    pair = ((0, 1), (0, 2), (1, 2))[(ab, ac, bc).index(3)]
    third = 3 - sum(pair)
    given = sum(arc[third, i] for i in pair)
    return ("120U", "120C", "120D")[given]


def triad_census(undirected: CSR, into: CSR, shape: Triangles) -> NDArray[np.int64]:
    """Number of triples of each kind, in the order of :data:`NAMES`. O(m^1.5).

    Parameters
    ----------
    undirected : CSR
        Contacts in either direction.
    into : CSR
        Arcs by target: the neighbour list of j holds the i with an arc i to j.
    shape : Triangles
        Triangles of ``undirected``.
    """
    n, row = undirected.n, shape.row
    state = _states(undirected, into, row)
    one_way, both = state < 3, state == 3
    tied = np.bincount(row, minlength=n)
    out = np.bincount(row[state == 1], minlength=n)  # only from i
    into_ = np.bincount(row[state == 2], minlength=n)  # only to i
    mutual = np.bincount(row[both], minlength=n)
    count = np.zeros(16, dtype=np.int64)
    for ab, ac, bc in shape.pieces:
        count += np.bincount(_closed(state[ab] * 16 + state[ac] * 4 + state[bc]), minlength=16)
    where = {name: k for k, name in enumerate(NAMES)}
    # Open and closed triples with two tied pairs meeting in i, by the two states as seen from i ...
    open_ = {
        "021D": (out * (out - 1) // 2).sum(),
        "021U": (into_ * (into_ - 1) // 2).sum(),
        "021C": (out * into_).sum(),
        "111U": (mutual * out).sum(),
        "111D": (mutual * into_).sum(),
        "201": (mutual * (mutual - 1) // 2).sum(),
    }
    # ... less those that a third tie closes.
    back = shape.back
    for first, second in (
        pair for ab, ac, bc in shape.pieces for pair in ((ab, ac), (back[ab], bc), (back[ac], back[bc]))
    ):
        a, b = state[first], state[second]
        open_["021D"] -= ((a == 1) & (b == 1)).sum()
        open_["021U"] -= ((a == 2) & (b == 2)).sum()
        open_["021C"] -= (a + b == 3).sum()
        open_["111U"] -= (((a == 3) & (b == 1)) | ((a == 1) & (b == 3))).sum()
        open_["111D"] -= (((a == 3) & (b == 2)) | ((a == 2) & (b == 3))).sum()
        open_["201"] -= ((a == 3) & (b == 3)).sum()
    for name, value in open_.items():
        count[where[name]] = value
    # Triples with one tied pair: each tied pair with everybody who is tied to neither.
    shared = np.zeros(len(row), dtype=np.int64)
    for ij, _, _ in shape.corners:
        shared += np.bincount(ij, minlength=len(row))
    lower = row < undirected.index
    strangers = n - tied[row] - tied[undirected.index] + shared
    count[where["012"]] = strangers[lower & one_way].sum()
    count[where["102"]] = strangers[lower & both].sum()
    count[where["003"]] = n * (n - 1) * (n - 2) // 6 - count.sum()
    return count
