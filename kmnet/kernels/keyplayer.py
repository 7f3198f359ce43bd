"""What is left when people go: pieces after every single removal, after sets of removals, and after random ones.

All on symmetric neighbour lists (somebody reaches somebody along ties in any direction).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.csr import CSR
from kmnet.kernels.speed import kernel


class Pieces(NamedTuple):
    """The parts into which each removal cuts a component.

    ``order`` is each node's place in a depth-first walk, ``component`` its component. Part ``k`` is cut off by removing
    ``owner[k]`` and holds the nodes at places ``first[k]`` to ``last[k]`` (exclusive) of the walk; what remains of the
    component beside these parts is one more part.
    """

    order: NDArray[np.int64]
    component: NDArray[np.int64]
    owner: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]


@kernel(work=lambda start, index: 12.0 * (len(start) + len(index)), lists=True)
def _walk(start: Any, index: Any) -> Any:
    n = len(start) - 1
    order = [-1] * n  # place in the walk
    low = [0] * n  # earliest place that the subtree reaches back to
    parent = [-1] * n
    at = [0] * n
    stack = [0] * n
    component = [0] * n
    owner = [0] * n  # at most one part a node: that of its subtree
    first = [0] * n
    last = [0] * n
    parts = 0
    clock = 0
    found = 0
    for root in range(n):
        if order[root] >= 0:
            continue
        order[root] = clock
        low[root] = clock
        clock += 1
        component[root] = found
        at[root] = start[root]
        stack[0] = root
        top = 1
        while top > 0:
            v = stack[top - 1]
            k = at[v]
            if k < start[v + 1]:
                at[v] = k + 1
                w = index[k]
                if order[w] < 0:
                    parent[w] = v
                    order[w] = clock
                    low[w] = clock
                    clock += 1
                    component[w] = found
                    at[w] = start[w]
                    stack[top] = w
                    top += 1
                elif w != parent[v] and order[w] < low[v]:
                    low[v] = order[w]
                continue
            top -= 1
            u = parent[v]
            if u < 0:
                continue
            if low[v] < low[u]:
                low[u] = low[v]
            if low[v] >= order[u]:  # nothing of v's subtree reaches past u
                owner[parts] = u
                first[parts] = order[v]
                last[parts] = clock
                parts += 1
        found += 1
    return (
        np.array(order, dtype=np.int64),
        np.array(component, dtype=np.int64),
        np.array(owner[:parts], dtype=np.int64),
        np.array(first[:parts], dtype=np.int64),
        np.array(last[:parts], dtype=np.int64),
    )


def pieces(csr: CSR) -> Pieces:
    """Parts cut off by removing each node, from one depth-first walk (Tarjan 1972). O(n + m)."""
    return Pieces(*_walk(csr.start, csr.index))


class Left(NamedTuple):
    """What is left after a removal: components, isolates, and connected pairs (unordered), one entry a removal."""

    components: NDArray[np.int64]
    isolates: NDArray[np.int64]
    pairs: NDArray[np.int64]


def without_each(csr: CSR, cut: Pieces) -> Left:
    """What is left after removing each node alone."""
    n = csr.n
    size = np.bincount(cut.component)
    part = cut.last - cut.first
    alone = csr.degree == 0
    many = np.bincount(cut.owner, minlength=n)
    gone = np.bincount(cut.owner, weights=part, minlength=n).astype(np.int64)
    inside = np.bincount(cut.owner, weights=part * (part - 1) // 2, minlength=n).astype(np.int64)
    rest = size[cut.component] - 1 - gone
    before = int((size * (size - 1) // 2).sum())
    own = size[cut.component]
    leaf = csr.degree[csr.index] == 1
    hanging = np.bincount(np.repeat(np.arange(n), csr.degree), weights=leaf, minlength=n).astype(np.int64)
    return Left(
        len(size) - 1 + many + (rest > 0),
        int(alone.sum()) - alone + hanging,
        before - own * (own - 1) // 2 + inside + rest * (rest - 1) // 2,
    )


def pairs_within(cut: Pieces, code: NDArray[np.integer]) -> NDArray[np.int64]:
    """Connected pairs of one group that are left after removing each node. Memory n x groups."""
    n, groups = len(cut.order), int(code.max(initial=0)) + 1
    walk = np.zeros((n + 1, groups), dtype=np.int64)
    walk[cut.order + 1, code] = 1
    walk = walk.cumsum(axis=0)
    part = walk[cut.last] - walk[cut.first]
    gone, inside = np.zeros((n, groups), dtype=np.int64), np.zeros(n, dtype=np.int64)
    np.add.at(gone, cut.owner, part)
    np.add.at(inside, cut.owner, _pairs(part))
    size = np.zeros((int(cut.component.max(initial=-1)) + 1, groups), dtype=np.int64)
    np.add.at(size, (cut.component, code), 1)
    rest = size[cut.component] - gone
    rest[np.arange(n), code] -= 1
    whole = _pairs(size)
    return np.asarray(whole.sum() - whole[cut.component] + inside + _pairs(rest))


def _pairs(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pairs of one group, summed over groups."""
    return np.asarray((counts * (counts - 1) // 2).sum(axis=-1))


def labels_without(csr: CSR, gone: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Component of each node when those marked are gone (-1 for them; numbers may be left out). O(n + m)."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    here = drop(csr, gone)
    ties = csr_array((np.ones(len(here.index), dtype=np.int8), here.index, here.start), shape=(csr.n, csr.n))
    label = connected_components(ties, directed=False)[1].astype(np.int64)
    label[gone] = -1
    return label


@kernel(
    work=lambda start, index, orders, most, draws: draws * _steps(start, index),
    lists=True,
)
def _random(start: Any, index: Any, orders: Any, most: Any, draws: Any) -> Any:
    n = len(start) - 1
    total = [0.0] * (most + 1)
    parent = [0] * n
    size = [0] * n
    there = [-1] * n  # the draw in which a node was last put back
    for d in range(draws):
        pairs = 0
        for back in range(n):
            v = orders[d * n + back]
            there[v] = d
            parent[v] = v
            size[v] = 1
            root = v
            for k in range(start[v], start[v + 1]):
                w = index[k]
                if there[w] != d:
                    continue
                while parent[w] != w:
                    parent[w] = parent[parent[w]]
                    w = parent[w]
                if w == root:
                    continue
                pairs += size[w] * size[root]
                if size[w] > size[root]:
                    size[w] += size[root]
                    parent[root] = w
                    root = w
                else:
                    size[root] += size[w]
                    parent[w] = root
            left = n - 1 - back
            if left <= most:
                total[left] += pairs
    return np.array(total, dtype=np.float64)


def _steps(start: Any, index: Any) -> int:
    return 4 * (len(start) + len(index))


def random_steps(csr: CSR) -> int:
    """Inner steps of one random order."""
    return _steps(csr.start, csr.index)


def random_pairs(csr: CSR, orders: NDArray[np.integer], most: int) -> NDArray[np.float64]:
    """Mean connected pairs left after removing 0, 1, ..., ``most`` random nodes.

    People are put back in each random order and pieces joined as they come (Newman & Ziff 2000), so that one order
    serves every number removed. O(draws x m).
    """
    draws = len(orders)
    flat = np.ascontiguousarray(orders).ravel().astype(np.int64)
    return np.asarray(_random(csr.start, csr.index, flat, min(most, csr.n), draws)) / draws


def drop(csr: CSR, gone: NDArray[np.bool_]) -> CSR:
    """The lists with the ties of the marked nodes taken out; they stay as nodes without ties."""
    row = np.repeat(np.arange(csr.n), csr.degree)
    keep = ~(gone[row] | gone[csr.index])
    start = np.zeros(csr.n + 1, dtype=np.int64)
    np.cumsum(np.bincount(row[keep], minlength=csr.n), out=start[1:])
    return CSR(start, csr.index[keep], csr.weight[keep])


def greedy(csr: CSR, most: int) -> list[int]:
    """Nodes whose removal, one after the other, leaves the fewest connected pairs each time.

    Equal choices go to the node of more ties, then to the first. O(most x (n + m)).
    """
    chosen: list[int] = []
    gone = np.zeros(csr.n, dtype=bool)
    for _ in range(min(most, csr.n)):
        here = drop(csr, gone)
        left = without_each(here, pieces(here)).pairs
        rank = np.lexsort((np.arange(csr.n), -here.degree, left, gone))
        chosen.append(int(rank[0]))
        gone[rank[0]] = True
    return chosen


def best_pair(csr: CSR) -> tuple[int, int]:
    """The two nodes whose removal leaves the fewest connected pairs; the first such pair. O(n x (n + m))."""
    best, found = -1, (0, 1)
    for v in range(csr.n - 1):
        gone = np.zeros(csr.n, dtype=bool)
        gone[v] = True
        here = drop(csr, gone)
        left = without_each(here, pieces(here)).pairs[v + 1 :]
        w = int(np.argmin(left))
        if best < 0 or left[w] < best:
            best, found = int(left[w]), (v, v + 1 + w)
    return found


def widest(csr: CSR, most: int) -> list[int]:
    """Nodes that, added one after the other, are tied to the most others that none before them is tied to."""
    chosen: list[int] = []
    seen = np.zeros(csr.n, dtype=bool)
    row = np.repeat(np.arange(csr.n), csr.degree)
    for _ in range(min(most, csr.n)):
        gain = np.bincount(row, weights=~seen[csr.index], minlength=csr.n) + ~seen
        gain[chosen] = -1
        v = int(np.lexsort((np.arange(csr.n), -csr.degree, -gain))[0])
        chosen.append(v)
        seen[v] = True
        seen[csr.index[csr.start[v] : csr.start[v + 1]]] = True
    return chosen
