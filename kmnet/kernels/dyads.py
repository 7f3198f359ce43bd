"""Sums over pairs and over people, and the variance of a sum over pairs that share people.

A *row* is an ordered or unordered pair (i, j) with one number. Rows of one pair depend on each other, and so do rows
that share a person; the larger of two variance estimates guards against either being too small.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Variance(NamedTuple):
    """Variance of a sum of rows: ``pairs`` as if pairs were independent, ``people`` robust to shared people,
    ``largest`` the one to use."""

    pairs: float
    people: float
    largest: float


def rows(judged: NDArray[np.bool_], directed: bool) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The rows of a judged matrix: every judged (i, j), or those with i < j where undirected."""
    mask = judged if directed else np.triu(judged, 1)
    i, j = np.nonzero(mask)
    off = i != j
    return i[off], j[off]


def people_of(i: NDArray[np.integer], j: NDArray[np.integer], n: int) -> int:
    """People who stand in at least one row."""
    seen = np.zeros(n, dtype=bool)
    seen[i] = True
    seen[j] = True
    return int(seen.sum())


def variance(residual: NDArray[np.floating], i: NDArray[np.integer], j: NDArray[np.integer], n: int) -> Variance:
    """Max-variance of ``residual.sum()``; cost O(rows log rows).

    Parameters
    ----------
    residual : float array, shape (rows,)
        Centred contributions.
    i, j : integer arrays, shape (rows,)
        The two people of each row.
    n : int
        People; those without a row add nothing, but the small-sample factor counts only those with one.

    Notes
    -----
    V_d is the sum over unordered pairs of the squared pair sum; V_r = (sum over people of the squared sum of their
    rows - V_d) n/(n - 2), the dyadic cluster-robust variance (Fafchamps & Gubert 2007; Aronow, Samii & Assenova 2015).
    """
    low, high = np.minimum(i, j).astype(np.int64), np.maximum(i, j).astype(np.int64)
    _, pair = np.unique(low * n + high, return_inverse=True)
    pairs = float((np.bincount(pair, residual) ** 2).sum()) if len(pair) else 0.0
    person = np.bincount(i, residual, n) + np.bincount(j, residual, n)
    count = people_of(i, j, n)
    people = (float((person**2).sum()) - pairs) * count / (count - 2) if count > 2 else float("nan")
    return Variance(pairs, people, max(pairs, people) if people == people else pairs)
