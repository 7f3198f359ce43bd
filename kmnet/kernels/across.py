"""Shortest paths between people of different groups, and who stands on them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LARGEST = 400
"""People above which all pairs times all people take too long."""


def across(ties: NDArray[np.floating], codes: NDArray[np.integer]) -> Floats:
    """Between-group betweenness: the share of pairs (s, t) of two groups whose shortest paths run through each person.

    Parameters
    ----------
    ties : array, shape (n, n)
        0/1, row to column; symmetric where undirected. The diagonal is not looked at.
    codes : integer array, shape (n,)
        Group of each person.

    Returns
    -------
    float array, shape (n,)
        Sum over pairs s, t of two groups, neither of them v, of (shortest s-t paths through v) / (shortest s-t paths),
        over the number of such pairs; NaN where there are none. O(n^3) time.
    """
    n = len(ties)
    distance, count = _counted(ties)
    other = codes[:, None] != codes[None, :]
    share = np.full(n, np.nan)
    weight = np.divide(1.0, count, out=np.zeros((n, n)), where=count > 0) * other
    for v in range(n):
        pairs = other.copy()
        pairs[v], pairs[:, v] = False, False
        whole = int(pairs.sum())
        if not whole:
            continue
        on = pairs & (distance[:, v][:, None] + distance[v][None, :] == distance) & np.isfinite(distance)
        share[v] = float((np.outer(count[:, v], count[v]) * weight)[on].sum()) / whole
    return share


def _counted(ties: NDArray[np.floating]) -> tuple[Floats, Floats]:
    """Distances (inf: out of reach) and numbers of shortest paths between all ordered pairs, a level at a time."""
    n = len(ties)
    arcs = (np.asarray(ties) > 0).astype(np.float64)
    np.fill_diagonal(arcs, 0.0)
    distance, count = np.full((n, n), np.inf), np.eye(n)
    np.fill_diagonal(distance, 0.0)
    edge, step = np.eye(n), 0
    while edge.any():
        step += 1
        edge = (edge @ arcs) * np.isinf(distance)
        distance[edge > 0] = step
        count += edge
    return distance, count
