"""Triangles, listed once as arcs, so that every measure built on shared contacts is a sum over them.

Each triangle {a, b, c} is found from its node of lowest (degree, position), the ordering of Chiba & Nishizeki (1985)
that bounds the pairs to be looked at by O(m^1.5). Whole-array form at every size: it beats interpreted loops for small
networks and is within a small factor of compiled ones for large.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.csr import CSR

CHUNK = 4_000_000
"""Pairs of neighbours looked at together: bounds the memory (about 40 bytes a pair)."""
TABLE = 4_000_000
"""Cells up to which arcs are looked up in a table of all pairs rather than by bisection."""


Corner = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


class Triangles(NamedTuple):
    """Triangles {a, b, c} as arc numbers of a symmetric :class:`CSR`, each triangle once.

    ``ab``, ``ac`` and ``bc`` are positions in the CSR's ``index``; ``back[p]`` is the position of the arc opposite
    to ``p``; ``row[p]`` the node that arc ``p`` starts from.
    """

    ab: NDArray[np.int32]
    ac: NDArray[np.int32]
    bc: NDArray[np.int32]
    back: NDArray[np.int64]
    row: NDArray[np.int64]

    @property
    def pieces(self) -> Iterator[Corner]:
        """The triangles as (ab, ac, bc), :data:`CHUNK` at a time."""
        for first in range(0, max(len(self.ab), 1), CHUNK):
            part = slice(first, first + CHUNK)
            yield self.ab[part].astype(np.int64), self.ac[part].astype(np.int64), self.bc[part].astype(np.int64)

    @property
    def corners(self) -> Iterator[Corner]:
        """The six readings of each triangle as arcs (i to j, i to q, q to j): j is i's contact, q their shared one."""
        for ab, ac, bc in self.pieces:
            ba, ca, cb = self.back[ab], self.back[ac], self.back[bc]
            yield from ((ab, ac, cb), (ba, bc, ca), (ac, ab, bc), (ca, cb, ba), (bc, ba, ac), (cb, ca, ab))


def rows(csr: CSR) -> NDArray[np.int64]:
    """The node that each arc starts from."""
    return np.repeat(np.arange(csr.n, dtype=np.int64), csr.degree)


def opposite(csr: CSR) -> NDArray[np.int64]:
    """Position of each arc's opposite in a symmetric CSR (rows sorted). O(m log m)."""
    return np.argsort(csr.index, kind="stable").astype(np.int64)


def find(csr: CSR, source: NDArray[np.integer], target: NDArray[np.integer]) -> NDArray[np.int64]:
    """Position of the arc source -> target, -1 where there is none."""
    n = csr.n
    keys = rows(csr) * n + csr.index
    wanted = source.astype(np.int64) * n + target
    if n * n <= TABLE:
        table = np.full(n * n, -1, dtype=np.int32)
        table[keys] = np.arange(len(keys), dtype=np.int32)
        return table[wanted].astype(np.int64)
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at, -1)


def triangles(csr: CSR) -> Triangles:
    """Every triangle of a symmetric CSR once. Time O(m^1.5), memory 12 bytes a triangle.

    Parameters
    ----------
    csr : CSR
        Symmetric, rows sorted, no self arcs; weights are not looked at.
    """
    found = list(_chunks(csr))
    none = np.empty(0, dtype=np.int32)
    ab, ac, bc = (np.concatenate([none, *(f[k] for f in found)]) for k in range(3))
    return Triangles(ab, ac, bc, opposite(csr), rows(csr))


def looked_at(csr: CSR) -> int:
    """Pairs of contacts that listing the triangles looks at: the work, and a bound on their number. O(m)."""
    return int(_forward(csr)[1].sum())


def _forward(csr: CSR) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Arcs towards the node of higher (degree, position), and how many of the same node stand behind each."""
    row = rows(csr)
    rank = np.empty(csr.n, dtype=np.int64)
    rank[np.lexsort((np.arange(csr.n), csr.degree))] = np.arange(csr.n)
    arc = np.flatnonzero(rank[row] < rank[csr.index])
    tail = row[arc]
    first = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=csr.n))])
    return arc, first[tail + 1] - np.arange(len(arc)) - 1


def _chunks(csr: CSR) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]]:
    """Triangles in pieces of bounded memory."""
    arc, behind = _forward(csr)  # the k-th of d forward arcs makes a pair with each of the d - 1 - k behind it
    ends = np.cumsum(behind)
    start = 0
    while start < len(arc):
        stop = max(start + 1, int(np.searchsorted(ends, (ends[start - 1] if start else 0) + CHUNK, side="right")))
        count = behind[start:stop]
        one = np.repeat(np.arange(start, stop), count)
        shift = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
        ab, ac = arc[one], arc[one + 1 + shift]
        bc = find(csr, csr.index[ab], csr.index[ac])
        closed = bc >= 0
        yield ab[closed].astype(np.int32), ac[closed].astype(np.int32), bc[closed].astype(np.int32)
        start = stop
