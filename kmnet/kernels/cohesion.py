"""Cohesion: coreness and Freeman's centralisation."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.csr import CSR
from kmnet.kernels.speed import kernel


@kernel(work=lambda start, index: 10.0 * (len(start) + len(index)), lists=True)
def _coreness(start: Any, index: Any) -> Any:
    n = len(start) - 1
    degree = [start[v + 1] - start[v] for v in range(n)]
    most = 0
    for v in range(n):
        most = max(most, degree[v])
    first = [0] * (most + 2)  # where the nodes of each degree begin in the sorted list
    for v in range(n):
        first[degree[v] + 1] += 1
    for d in range(most + 1):
        first[d + 1] += first[d]
    place = [0] * n
    sorted_ = [0] * n
    fill = [first[d] for d in range(most + 2)]
    for v in range(n):
        place[v] = fill[degree[v]]
        sorted_[place[v]] = v
        fill[degree[v]] += 1
    for k in range(n):
        v = sorted_[k]
        for q in range(start[v], start[v + 1]):
            w = index[q]
            if degree[w] > degree[v]:
                # w loses a neighbour: swap it with the first node of its degree and move the border past it.
                d = degree[w]
                u = sorted_[first[d]]
                if u != w:
                    sorted_[place[w]] = u
                    place[u] = place[w]
                    sorted_[first[d]] = w
                    place[w] = first[d]
                first[d] += 1
                degree[w] = d - 1
    return np.array(degree, dtype=np.int64)


def coreness(csr: CSR) -> NDArray[np.int64]:
    """Largest k such that a node belongs to a k-core of a symmetric CSR (Batagelj & Zaversnik 2003). O(n + m)."""
    return _coreness(csr.start, csr.index)


def centralisation(values: NDArray[np.floating] | NDArray[np.integer], most: float) -> float:
    """Freeman (1979): summed distance from the largest value, over ``most``, the same sum of a star."""
    if most <= 0 or not len(values):
        return float("nan")
    return float((values.max() - values).sum() / most)


def gini(values: NDArray[np.floating] | NDArray[np.integer]) -> float:
    """Gini coefficient, 0 (all alike) to 1 - 1/n (one has all); NaN where nothing is to be shared."""
    whole = float(values.sum())
    if not whole > 0:
        return float("nan")
    order = np.sort(values.astype(np.float64))
    n = len(order)
    return float(((2 * np.arange(1, n + 1) - n - 1) * order).sum() / (n * whole))
