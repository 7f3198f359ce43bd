"""Arrangements by group: every group on a disc of its own, its nodes as near as may be to where they were."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from kmnet.kernels.layout import Points, sunflower

EXACT = 400
"""Members of a group up to which spots are given out so that the sum of squared moves is least."""


def discs(points: Points, code: NDArray[np.integer]) -> Points:
    """Positions with each group on a disc.

    Parameters
    ----------
    points : float64 array, shape (n, 2)
        Positions in units of the usual gap of neighbours.
    code : integer array, shape (n,)
        Group of each node, from 0.

    Returns
    -------
    float64 array, shape (n, 2)
        Nodes of a group fill a disc, one unit apart; discs do not touch, and lie in the direction in which their
        nodes lay before.
    """
    groups = [np.flatnonzero(code == c) for c in range(int(code.max()) + 1 if len(code) else 0)]
    groups = [g for g in groups if len(g)]
    if not groups:
        return points.copy()
    radius = np.array([0.62 * np.sqrt(len(g)) + 0.5 for g in groups])
    centre = _separate(np.array([points[g].mean(axis=0) for g in groups]) - points.mean(axis=0), radius)
    placed = np.empty_like(points)
    for group, r, middle in zip(groups, radius, centre):
        placed[group] = middle + _within(points[group], r - 0.5)
    return placed


def _separate(centre: Points, radius: NDArray[np.float64]) -> Points:
    """Spread discs round the middle by their direction, then draw them in as far as they do not touch."""
    k = len(centre)
    if k == 1:
        return np.zeros((1, 2))
    reach = float(np.sqrt((radius**2).sum()))
    size = float(np.abs(centre).max())
    spot = (centre / max(size, 1e-9) * reach + 0.05 * reach * sunflower(k)) * [1.35, 1.0]  # screens lie flat
    i, j = np.triu_indices(k, 1)
    for _ in range(160):
        spot = spot * 0.965
        for _ in range(8):
            difference = spot[i] - spot[j]
            length = np.sqrt((difference**2).sum(axis=1))
            lack = (radius[i] + radius[j]) * 1.06 + 0.8 - length
            close = lack > 1e-6
            if not close.any():
                break
            push = (lack[close] / np.maximum(length[close], 1e-9) / 2)[:, None] * difference[close]
            for axis in (0, 1):
                spot[:, axis] += 0.7 * (
                    np.bincount(i[close], push[:, axis], k) - np.bincount(j[close], push[:, axis], k)
                )
    return spot - (spot.max(axis=0) + spot.min(axis=0)) / 2


def _within(points: Points, radius: float) -> Points:
    """Spots of a disc, each node near its own direction and distance from the middle of its group."""
    spots = sunflower(len(points)) * radius
    offset = points - points.mean(axis=0)
    size = np.sqrt((offset**2).sum(axis=1))
    offset = offset / max(float(np.quantile(size, 0.9)), 1e-9) * radius
    if len(points) > EXACT:
        return spots[np.argsort(np.argsort((offset**2).sum(axis=1), kind="stable"), kind="stable")]
    cost = ((offset[:, None, :] - spots[None, :, :]) ** 2).sum(axis=2)
    return spots[linear_sum_assignment(cost)[1]]
