"""Pieces: components, and the ties and nodes that hold them together."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.csr import CSR
from kmnet.kernels.speed import kernel


@kernel(work=lambda start, index: 4.0 * (len(start) + len(index)), lists=True)
def _label(start: Any, index: Any) -> Any:
    n = len(start) - 1
    label = [-1] * n
    stack = [0] * n
    found = 0
    for s in range(n):
        if label[s] >= 0:
            continue
        label[s] = found
        stack[0] = s
        top = 1
        while top > 0:
            top -= 1
            v = stack[top]
            for k in range(start[v], start[v + 1]):
                w = index[k]
                if label[w] < 0:
                    label[w] = found
                    stack[top] = w
                    top += 1
        found += 1
    return np.array(label, dtype=np.int64)


@kernel(work=lambda start, index: 10.0 * (len(start) + len(index)), lists=True)
def _cut(start: Any, index: Any) -> Any:
    n = len(start) - 1
    order = [-1] * n  # when a node was first met
    low = [0] * n  # earliest node that its subtree reaches back to
    parent = [-1] * n
    at = [0] * n  # next arc to look at
    stack = [0] * n
    cut = [0] * n
    bridge = [0] * len(index)
    clock = 0
    for root in range(n):
        if order[root] >= 0:
            continue
        order[root] = clock
        low[root] = clock
        clock += 1
        at[root] = start[root]
        stack[0] = root
        top = 1
        branches = 0
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
            if u == root:
                branches += 1
            elif low[v] >= order[u]:
                cut[u] = 1
            if low[v] > order[u]:
                bridge[at[u] - 1] = 1
        if branches > 1:
            cut[root] = 1
    return np.array(cut, dtype=np.int64), np.array(bridge, dtype=np.int64)


@kernel(work=lambda start, index, *_: 8.0 * (len(start) + len(index)), lists=True)
def _strong(start: Any, index: Any) -> Any:
    n = len(start) - 1
    order = [-1] * n
    low = [0] * n
    at = [0] * n
    label = [-1] * n
    path = [0] * n  # nodes on the way down
    held = [0] * n  # nodes met and not yet in a component
    kept = 0
    clock = 0
    found = 0
    for root in range(n):
        if order[root] >= 0:
            continue
        path[0] = root
        top = 1
        order[root] = clock
        low[root] = clock
        clock += 1
        at[root] = start[root]
        held[kept] = root
        kept += 1
        while top > 0:
            v = path[top - 1]
            k = at[v]
            if k < start[v + 1]:
                at[v] = k + 1
                w = index[k]
                if order[w] < 0:
                    order[w] = clock
                    low[w] = clock
                    clock += 1
                    at[w] = start[w]
                    path[top] = w
                    top += 1
                    held[kept] = w
                    kept += 1
                elif label[w] < 0 and order[w] < low[v]:
                    low[v] = order[w]
                continue
            top -= 1
            if top > 0 and low[v] < low[path[top - 1]]:
                low[path[top - 1]] = low[v]
            if low[v] == order[v]:
                while True:
                    kept -= 1
                    w = held[kept]
                    label[w] = found
                    if w == v:
                        break
                found += 1
    return np.array(label, dtype=np.int64)


@kernel(work=lambda start, index, source, target: 0.2 * len(source) * (len(start) + len(index)), lists=True)
def _detour(start: Any, index: Any, source: Any, target: Any) -> Any:
    n = len(start) - 1
    length = [-1] * len(source)
    # Two searches, from both ends; side 0 marks with 2e, side 1 with 2e + 1, so nothing is wiped between ties.
    mark = [-1] * n
    step = [0] * n
    queue = [[0] * n, [0] * n]
    head = [0, 0]
    tail = [0, 0]
    for e in range(len(source)):
        for side in range(2):
            s = source[e] if side == 0 else target[e]
            mark[s] = 2 * e + side
            step[s] = 0
            queue[side][0] = s
            head[side] = 0
            tail[side] = 1
        best = -1
        while best < 0 and head[0] < tail[0] and head[1] < tail[1]:
            side = 0 if tail[0] - head[0] <= tail[1] - head[1] else 1
            end = tail[side]
            while head[side] < end:  # one whole level
                v = queue[side][head[side]]
                head[side] += 1
                for k in range(start[v], start[v + 1]):
                    w = index[k]
                    if mark[w] == 2 * e + side:
                        continue
                    if mark[w] == 2 * e + 1 - side:
                        if step[v] == 0 and step[w] == 0:
                            continue  # the tie itself
                        found = step[v] + 1 + step[w]
                        if best < 0 or found < best:
                            best = found
                        continue
                    mark[w] = 2 * e + side
                    step[w] = step[v] + 1
                    queue[side][tail[side]] = w
                    tail[side] += 1
        length[e] = best
    return np.array(length, dtype=np.int64)


def components(csr: CSR) -> NDArray[np.int64]:
    """Component number of each node of a symmetric CSR, numbered by their first node. O(n + m)."""
    return _label(csr.start, csr.index)


def strong_components(csr: CSR) -> NDArray[np.int64]:
    """Strong component number of each node (Tarjan 1972). O(n + m)."""
    return _strong(csr.start, csr.index)


def cuts(csr: CSR) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Cut-points (a flag a node) and bridges (a flag an arc, both directions) of a symmetric CSR. O(n + m)."""
    from kmnet.kernels.triangles import opposite

    cut, bridge = _cut(csr.start, csr.index)
    flag = bridge.astype(bool)
    return cut.astype(bool), flag | flag[opposite(csr)]


def detours(csr: CSR, source: NDArray[np.integer], target: NDArray[np.integer]) -> NDArray[np.float64]:
    """Distance between the ends of each tie when that tie is gone; infinite where nothing else joins them.

    Cost: one search a tie, O(len(source) x (n + m)) at worst.
    """
    length = _detour(csr.start, csr.index, source, target).astype(np.float64)
    length[length < 0] = np.inf
    return length
