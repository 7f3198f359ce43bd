"""Shortest paths from everybody: distances, and how many of the paths pass through each node and each arc.

Brandes (2001). Up to :data:`LIMIT` many sources advance together, as columns ("lanes") of one sparse product a level:
nothing is compiled, time O(levels x m x n), memory O(lanes x n x levels). Above, sources are taken one by one in
compiled code: time O(m x n), memory O(n + m). ``tests/kernels/test_paths.py`` holds both to the definition.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.csr import CSR
from kmnet.kernels.speed import kernel

LIMIT = 60_000_000
"""Work up to which sources advance together (about a second)."""
USUAL = 4
"""Times that the paths of one measured network are asked for: with and without direction, and once more for ranks."""

CELLS = 60_000
"""Cells (nodes x lanes) of one block: its few arrays stay in the processor's own memory."""


class Paths(NamedTuple):
    """What all shortest paths say. Sums run over ordered pairs: halve ``through`` and ``along`` (both directions of a
    tie added) where the network is undirected.

    ``reached[i]`` others reached from i; ``total[i]`` the sum of distances to them; ``inverse[i]`` the sum of their
    1/distance; ``reached_by[i]`` and ``inverse_to[i]`` the same towards i; ``pairs[d]`` ordered pairs at distance d; ``through[i]``
    betweenness; ``along[k]`` betweenness of the k-th arc asked for.
    """

    reached: NDArray[np.int64]
    total: NDArray[np.int64]
    inverse: NDArray[np.float64]
    reached_by: NDArray[np.int64]
    inverse_to: NDArray[np.float64]
    pairs: NDArray[np.int64]
    through: NDArray[np.float64]
    along: NDArray[np.float64]


def all_pairs(csr: CSR, arcs: NDArray[np.integer] | None = None, times: int = USUAL) -> Paths:
    """Shortest paths between all ordered pairs along the arcs of ``csr`` (each arc has length 1).

    Parameters
    ----------
    csr : CSR
        Weights are not looked at.
    arcs : integer array, optional
        Positions in ``csr.index`` of the arcs whose betweenness is wanted; none when left out.
    times : int
        How often paths will be asked for in networks of this size: the more often, the earlier compiling pays.
    """
    arcs = np.empty(0, dtype=np.int64) if arcs is None else arcs
    if work(csr, times) > LIMIT:
        return _one_by_one(csr, arcs)
    return _together(csr, arcs)


def work(csr: CSR, times: int) -> float:
    """Steps of sources that advance together: nodes x arcs, and dearer the less of a network its lanes hold at once."""
    return csr.n * len(csr.index) * times * (1 + csr.n / 300)


def _one_by_one(csr: CSR, arcs: NDArray[np.integer]) -> Paths:
    wanted = np.full(len(csr.index) if len(arcs) else 0, -1, dtype=np.int64)
    if len(arcs):
        wanted[arcs] = np.arange(len(arcs))
    found = Paths(*_brandes.compiled(csr.start, csr.index, wanted, len(arcs)))
    longest = int(np.flatnonzero(found.pairs).max(initial=0))
    return found._replace(pairs=found.pairs[: longest + 1])


@kernel()
def _brandes(start: Any, index: Any, wanted: Any, size: int) -> Any:
    # Branches that depend on the network cost most here, so what may happen at an arc is written as arithmetic, and the
    # arcs on shortest paths are kept for the way back.
    n = len(start) - 1
    reached = np.zeros(n, dtype=np.int64)
    total = np.zeros(n, dtype=np.int64)
    inverse = np.zeros(n)
    reached_by = np.zeros(n, dtype=np.int64)
    inverse_to = np.zeros(n)
    pairs = np.zeros(max(n, 1), dtype=np.int64)
    through = np.zeros(n)
    along = np.zeros(size)
    unseen = n
    step = np.full(n, unseen, dtype=np.int32)
    count = np.zeros(n)
    share = np.zeros(n)  # (1 + dependency) / paths
    queue = np.zeros(n + 1, dtype=np.int32)
    onward = np.zeros(len(index) + 1, dtype=np.int32)
    until = np.zeros(n + 1, dtype=np.int32)
    for s in range(n):
        step[s] = 0
        count[s] = 1.0
        queue[0] = s
        tail = 1
        head = 0
        arcs = 0
        while head < tail:
            v = queue[head]
            farther = step[v] + 1
            for k in range(start[v], start[v + 1]):
                w = index[k]
                fresh = step[w] == unseen
                step[w] = farther if fresh else step[w]
                queue[tail] = w
                tail += fresh
                ahead = step[w] == farther
                count[w] += count[v] if ahead else 0.0
                onward[arcs] = k
                arcs += ahead
            head += 1
            until[head] = arcs
        for position in range(tail - 1, -1, -1):
            v = queue[position]
            behind = 0.0
            if size > 0:
                for q in range(until[position], until[position + 1]):
                    k = onward[q]
                    behind += share[index[k]]
                    if wanted[k] >= 0:
                        along[wanted[k]] += count[v] * share[index[k]]
            else:
                for q in range(until[position], until[position + 1]):
                    behind += share[index[onward[q]]]
            share[v] = 1.0 / count[v] + behind
            if position > 0:
                through[v] += count[v] * behind
                inverse[s] += 1.0 / step[v]
                reached_by[v] += 1
                inverse_to[v] += 1.0 / step[v]
                total[s] += step[v]
                pairs[step[v]] += 1
        reached[s] = tail - 1
        for position in range(tail):
            v = queue[position]
            step[v] = unseen
            count[v] = 0.0
    return reached, total, inverse, reached_by, inverse_to, pairs, through, along


def _together(csr: CSR, arcs: NDArray[np.integer]) -> Paths:
    from scipy.sparse import csr_array

    n, m = csr.n, len(csr.index)
    out = csr_array((np.ones(m), csr.index, csr.start), shape=(n, n))
    into = csr_array(out.T)
    ends = np.repeat(np.arange(n), csr.degree)[arcs], csr.index[arcs]
    reached, total, reached_by = (np.zeros(n, dtype=np.int64) for _ in range(3))
    inverse, inverse_to, through, along = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(len(arcs))
    pairs = np.zeros(max(n, 1), dtype=np.int64)
    lanes = max(1, min(n, CELLS // max(n, 1)))
    for first in range(0, n if m else 0, lanes):
        sources = np.arange(first, min(first + lanes, n))
        fronts = _forward(into, n, sources)
        for distance, front in enumerate(fronts):
            if distance:
                seen = front > 0
                count = seen.sum(axis=0)
                reached[sources] += count
                total[sources] += distance * count
                inverse[sources] += count / distance
                here = seen.sum(axis=1)
                reached_by += here
                inverse_to += here / distance
                pairs[distance] += count.sum()
        _backward(out, fronts, ends, through, along)
    longest = int(np.flatnonzero(pairs).max(initial=0))
    return Paths(reached, total, inverse, reached_by, inverse_to, pairs[: longest + 1], through, along)


def _forward(into: object, n: int, sources: NDArray[np.integer]) -> list[NDArray[np.float64]]:
    """Shortest paths from each source (a column) to the nodes at distance 0, 1, 2, ...: one array a distance."""
    front = np.zeros((n, len(sources)))
    front[sources, np.arange(len(sources))] = 1.0
    unseen = front == 0
    fronts = [front]
    while True:
        front = into @ fronts[-1]  # type: ignore[operator]
        front *= unseen
        new = front > 0
        if not new.any():
            return fronts
        unseen &= ~new
        fronts.append(front)


def _backward(
    out: object,
    fronts: list[NDArray[np.float64]],
    ends: tuple[NDArray[np.integer], NDArray[np.integer]],
    through: NDArray[np.float64],
    along: NDArray[np.float64],
) -> None:
    """Add to ``through`` and ``along`` what the sources of one block depend on, from the farthest level inwards."""
    share = np.zeros_like(fronts[0])  # (1 + dependency) / paths, of the nodes one level farther
    row, column = ends
    piece = max(1, CELLS // share.shape[1])
    for distance in range(len(fronts) - 1, -1, -1):
        front = fronts[distance]
        if distance < len(fronts) - 1:
            behind = out @ share  # type: ignore[operator]
            for start in range(0, len(row), piece):
                part = slice(start, start + piece)
                along[part] += np.einsum("ij,ij->i", front[row[part]], share[column[part]])
        else:
            behind = share
        if distance:
            through += (front * behind).sum(axis=1)
        share = np.divide(1.0, front, out=np.zeros_like(front), where=front > 0)
        share += behind * (front > 0)
