"""The formulas word for word, slow and plain, on dense matrices. Fast kernels are held to these."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


def constraint_of(z: Matrix, i: int) -> dict[int, float]:
    """Burt's dyadic constraint of each contact of i; z is symmetric."""
    n = len(z)
    p = [[z[a, b] / z[a].sum() if z[a].sum() else 0.0 for b in range(n)] for a in range(n)]
    return {
        j: (p[i][j] + sum(p[i][q] * p[q][j] for q in range(n) if q not in (i, j) and z[i, q] and z[q, j])) ** 2
        for j in range(n)
        if z[i, j]
    }


def circle(z: Matrix, i: int) -> tuple[Matrix, int]:
    """The ego network of i (i and its contacts, all ties among them), and where i stands in it."""
    members = sorted({i, *np.flatnonzero(z[i]).tolist()})
    return z[np.ix_(members, members)], members.index(i)


def effective_size(z: Matrix, i: int) -> float:
    """Burt's effective size of i; z is symmetric."""
    n, total, strength = len(z), 0.0, z[i].sum()
    for j in range(n):
        if not z[i, j]:
            continue
        largest = z[j].max()
        total += 1 - sum(z[i, q] / strength * z[j, q] / largest for q in range(n) if q not in (i, j))
    return total


def hierarchy(dyadic: list[float]) -> float:
    """Coleman-Theil concentration of dyadic constraint."""
    k = len(dyadic)
    if k == 1:
        return 1.0
    mean = sum(dyadic) / k
    return sum(c / mean * math.log(c / mean) for c in dyadic) / (k * math.log(k))


def distances(a: Matrix) -> Matrix:
    """Distances along arcs, one step farther at a time; infinite where there is no path."""
    n = len(a)
    d = np.full((n, n), np.inf)
    for s in range(n):
        edge, step = {s}, 0
        while edge:
            for v in edge:
                d[s, v] = step
            step += 1
            edge = {w for v in edge for w in np.flatnonzero(a[v]).tolist() if d[s, w] == np.inf}
    return d


def path_counts(a: Matrix, d: Matrix) -> Matrix:
    """Number of shortest paths from each to each."""
    n = len(a)
    count = np.eye(n)
    for s in range(n):
        for t in sorted((t for t in range(n) if 0 < d[s, t] < np.inf), key=lambda t: d[s, t]):
            count[s, t] = sum(count[s, v] for v in range(n) if a[v, t] and d[s, v] + 1 == d[s, t])
    return count


def betweenness(a: Matrix) -> tuple[NDArray[np.float64], Matrix]:
    """Over ordered pairs: betweenness of each node and of each arc."""
    n, d = len(a), distances(a)
    count = path_counts(a, d)
    node, arc = np.zeros(n), np.zeros((n, n))
    for s in range(n):
        for t in range(n):
            if s == t or d[s, t] == np.inf:
                continue
            for v in range(n):
                if v not in (s, t) and d[s, v] + d[v, t] == d[s, t]:
                    node[v] += count[s, v] * count[v, t] / count[s, t]
                for w in range(n):
                    if a[v, w] and d[s, v] + 1 + d[w, t] == d[s, t]:
                        arc[v, w] += count[s, v] * count[w, t] / count[s, t]
    return node, arc


def pieces(a: Matrix) -> int:
    """Number of components of a symmetric matrix."""
    d = distances(a)
    return len({tuple(row < np.inf) for row in d})


def strong_pieces(a: Matrix) -> set[frozenset[int]]:
    """Strong components: sets of nodes that reach each other."""
    d = distances(a)
    both = (d < np.inf) & (np.inf > d.T)
    return {frozenset(np.flatnonzero(row).tolist()) for row in both}


def without_tie(a: Matrix, i: int, j: int) -> Matrix:
    cut = a.copy()
    cut[i, j] = cut[j, i] = 0
    return cut


def without_node(a: Matrix, i: int) -> Matrix:
    rest = [k for k in range(len(a)) if k != i]
    return a[np.ix_(rest, rest)]


def coreness(a: Matrix) -> list[int]:
    """Peel by definition: for each k drop whoever has fewer than k contacts left, until nobody has."""
    n, value = len(a), [0] * len(a)
    for k in range(1, n):
        left = set(range(n))
        while True:
            weak = {i for i in left if sum(a[i, j] > 0 for j in left) < k}
            if not weak:
                break
            left -= weak
        for i in left:
            value[i] = k
    return value


def triangles(a: Matrix) -> list[tuple[int, int, int]]:
    return [(i, j, k) for i, j, k in combinations(range(len(a)), 3) if a[i, j] and a[j, k] and a[i, k]]


def gini(values: list[float]) -> float:
    n = len(values)
    return sum(abs(x - y) for x in values for y in values) / (2 * n * n * (sum(values) / n))
