"""Open two-step paths: who stands between two people that are not tied, in which of Gould & Fernandez's five roles.

An open path ``i -> v -> k`` has ``i != k`` and no arc ``i -> k``; ``v`` is its broker. On a symmetric network every
open pair gives two paths, one a direction. Up to :data:`PATHS` two-step paths they are listed, and everything is a
count over the list; above, the counts come from closed-form counts of all two-step paths minus the closed ones, which
are read off the triangles in O(m^1.5) without a list of paths.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.csr import CSR
from kmnet.kernels.triangles import Triangles, find, rows

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
"""Order of the roles wherever they stand in one array: A-A-A, A-B-A, A-A-B, A-B-B, A-B-C (source, broker, target)."""

PATHS = 2_000_000
"""Two-step paths up to which they are listed (about 60 MB)."""


class OpenPaths(NamedTuple):
    """The open paths ``source -> broker -> target``, sorted by (broker, source, target).

    ``first`` is the position of the arc source -> broker among the entries of the incoming lists and ``second`` that of
    broker -> target among the outgoing lists; ``returned`` says whether target -> broker -> source is an open path too.
    """

    n: int
    broker: NDArray[np.int64]
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    returned: NDArray[np.bool_]


class Spread(NamedTuple):
    """What the permutation variance of a role needs to know of each broker's open paths (one entry a node).

    ``paths``: how many; ``returned``: how many are open in both directions; ``sources`` and ``targets``: sums of
    squares of the numbers of paths by source and by target; ``chained``: sum over people of (paths from) x (paths to)
    the person.
    """

    paths: NDArray[np.float64]
    returned: NDArray[np.float64]
    sources: NDArray[np.float64]
    targets: NDArray[np.float64]
    chained: NDArray[np.float64]


def two_paths(out: CSR, into: CSR) -> int:
    """How many two-step paths there are, open or closed: the work of listing them."""
    return int(np.dot(out.degree, into.degree))


def open_paths(out: CSR, into: CSR, *, cheaper: bool = False) -> OpenPaths:
    """List the open paths. Time and memory grow with :func:`two_paths`.

    Parameters
    ----------
    out, into : CSR
        Contacts that arcs lead to and come from; the same lists twice for a symmetric network.
    cheaper : bool
        List also the paths whose ends are tied, where the way over the broker is cheaper than the tie: the sum of
        1/weight of the two arcs is less than 1/weight of the tie (Zador et al. 2022). ``returned`` is of no use then.
    """
    broker_of = rows(into)
    repeat = out.degree[broker_of]
    first = np.repeat(np.arange(len(broker_of)), repeat)
    within = np.arange(len(first)) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    broker = broker_of[first]
    second = out.start[broker] + within
    source, target = into.index[first], out.index[second]
    tie = find(out, source, target)
    keep = (source != target) & (tie < 0)
    if cheaper:
        closed = np.flatnonzero((source != target) & (tie >= 0))
        one, two = into.weight[first[closed]], out.weight[second[closed]]
        keep[closed] = out.weight[tie[closed]] * (one + two) < one * two  # exact for whole numbers, unlike 1 / weight
    broker, source, target, first, second = (a[keep] for a in (broker, source, target, first, second))
    back = (find(out, broker, source) >= 0) & (find(out, target, broker) >= 0)
    returned = back & (find(out, target, source) < 0)
    return OpenPaths(out.n, broker, source, target, first, second, returned)


def role_of(
    code: NDArray[np.integer],
    source: NDArray[np.integer],
    broker: NDArray[np.integer],
    target: NDArray[np.integer],
) -> NDArray[np.int64]:
    """Position in :data:`ROLES` of each path source -> broker -> target, given everybody's group."""
    s, v, t = code[source], code[broker], code[target]
    own_source, own_target = s == v, t == v
    other = np.where(own_source, 2, np.where(own_target, 3, np.where(s == t, 1, 4)))
    return np.where(own_source & own_target, 0, other)


def _table(n: int, broker: NDArray[np.integer], role: NDArray[np.int64], credit: NDArray | None) -> NDArray[np.float64]:
    cell = broker.astype(np.int64) * len(ROLES) + role
    return np.bincount(cell, weights=credit, minlength=n * len(ROLES)).reshape(n, len(ROLES)).astype(float)


def count_roles(
    paths: OpenPaths, code: NDArray[np.integer], credit: NDArray[np.floating] | None = None
) -> NDArray[np.float64]:
    """Open paths of each broker by role, shape (n, 5); ``credit`` weighs each path (1 when left out)."""
    return _table(paths.n, paths.broker, role_of(code, paths.source, paths.broker, paths.target), credit)


def spread(paths: OpenPaths, out: CSR, into: CSR) -> Spread:
    """The :class:`Spread` of the listed paths."""
    by_source = np.bincount(paths.first, minlength=len(into.index))
    by_target = np.bincount(paths.second, minlength=len(out.index))
    returned = np.bincount(paths.broker, weights=paths.returned, minlength=paths.n)
    return _spread(out, into, by_source, by_target, returned)


def _spread(out: CSR, into: CSR, by_source: NDArray, by_target: NDArray, returned: NDArray) -> Spread:
    """From the open paths that each incoming arc begins and each outgoing arc ends."""
    come, go = rows(into), rows(out)
    back = find(out, come, into.index)

    def total(row: NDArray[np.int64], value: NDArray) -> NDArray[np.float64]:
        return np.bincount(row, weights=value, minlength=out.n).astype(float)

    both = back >= 0
    return Spread(
        total(come, by_source),
        returned,
        total(come, by_source.astype(float) ** 2),
        total(go, by_target.astype(float) ** 2),
        total(come[both], by_source[both].astype(float) * by_target[back[both]]),
    )


def count_unlisted(
    out: CSR, into: CSR, code: NDArray[np.integer], skeleton: CSR, shape: Triangles
) -> tuple[NDArray[np.float64], Spread]:
    """What :func:`count_roles` and :func:`spread` give, without listing paths.

    Parameters
    ----------
    out, into : CSR
        Contacts that arcs lead to and come from.
    code : integer array, shape (n,)
        Everybody's group.
    skeleton, shape : CSR, Triangles
        The undirected view and its triangles.
    """
    n, go = out.n, rows(out)
    arc = find(out, shape.row, skeleton.index)  # the arc along each entry of the skeleton, -1 where only its return is
    closed = np.zeros((n, len(ROLES)))
    begun, ended = np.zeros(len(out.index)), np.zeros(len(out.index))
    tied = (arc >= 0) & (arc[shape.back] >= 0)
    linked = np.zeros(n)
    for ends, first, second in shape.corners:  # i - k, i - v, v - k
        v = shape.row[second]
        linked += np.bincount(v, weights=tied[first] & tied[second], minlength=n)
        real = (arc[ends] >= 0) & (arc[first] >= 0) & (arc[second] >= 0)
        i, v, k = shape.row[first[real]], v[real], skeleton.index[second[real]]
        closed += _table(n, v, role_of(code, i, v, k), None)
        begun += np.bincount(arc[first[real]], minlength=len(begun))
        ended += np.bincount(arc[second[real]], minlength=len(ended))
    returned = find(out, out.index, go) >= 0
    behind = find(out, into.index, rows(into))  # the arc of `out` that is each entry of `into`
    by_source = out.degree[rows(into)] - returned[behind] - begun[behind]
    by_target = into.degree[go] - returned - ended
    both = np.bincount(go, weights=returned, minlength=n)
    counts = _all_roles(out, into, code, returned) - closed
    return counts, _spread(out, into, by_source, by_target, both * (both - 1) - linked)


def _all_roles(out: CSR, into: CSR, code: NDArray[np.integer], returned: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Two-step paths between two different people by role, open or closed, from group counts alone."""
    n, groups = out.n, int(code.max(initial=0)) + 1
    go, come = rows(out), rows(into)
    own = code[out.index] == code[go]
    own_out = np.bincount(go, weights=own, minlength=n)
    own_in = np.bincount(come, weights=code[into.index] == code[come], minlength=n)
    other_out, other_in = out.degree - own_out, into.degree - own_in
    cells_out, many_out = np.unique(go * groups + code[out.index], return_counts=True)
    cells_in, many_in = np.unique(come * groups + code[into.index], return_counts=True)
    _, a, b = np.intersect1d(cells_out, cells_in, assume_unique=True, return_indices=True)
    same = np.bincount(cells_out[a] // groups, weights=many_out[a] * many_in[b], minlength=n)
    across = same - own_in * own_out
    back_own = np.bincount(go, weights=returned & own, minlength=n)
    back_other = np.bincount(go, weights=returned & ~own, minlength=n)
    return np.column_stack(
        [
            own_in * own_out - back_own,
            across - back_other,
            own_in * other_out,
            other_in * own_out,
            other_in * other_out - across,
        ]
    )
