"""Ties by group, and what they would be if group labels were dealt out at random over the same network.

The moments under label permutation are exact: the chance that two given arcs both run from g to h depends only on the
nodes they share, so the variance needs counts of arc pairs by how they touch, not draws.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CELLS = 20_000_000
"""Labels drawn together: bounds the memory; the draws do not depend on it."""


class Touching(NamedTuple):
    """Ordered pairs of different arcs by the nodes they share.

    ``back``: opposite arcs; ``source``/``target``: only the source/target in common; ``chain``: the target of one is
    the source of the other (either way round); ``apart``: none in common.
    """

    arcs: int
    back: int
    source: int
    target: int
    chain: int
    apart: int


def touching(n: int, source: NDArray[np.integer], target: NDArray[np.integer]) -> Touching:
    """Count pairs of arcs by the nodes they share. O(m log m)."""
    s, t = source.astype(np.int64), target.astype(np.int64)
    m = len(s)
    out, into = np.bincount(s, minlength=n), np.bincount(t, minlength=n)
    back = int(np.isin(s * max(n, 1) + t, t * max(n, 1) + s).sum())
    sources, targets = int((out * (out - 1)).sum()), int((into * (into - 1)).sum())
    chain = 2 * (int((out * into).sum()) - back)
    return Touching(m, back, sources, targets, chain, m * m - m - back - sources - targets - chain)


def table(
    source: NDArray[np.integer], target: NDArray[np.integer], code: NDArray[np.integer], groups: int
) -> NDArray[np.int64]:
    """Arcs from each group to each group, shape (groups, groups)."""
    cell = code[source].astype(np.int64) * groups + code[target]
    return np.bincount(cell, minlength=groups * groups).reshape(groups, groups)


def _falling(n: int, k: int) -> float:
    value = 1.0
    for step in range(k):
        value *= n - step
    return value


def expected(
    pairs: Touching, sizes: NDArray[np.integer], one: NDArray[np.integer], two: NDArray[np.integer]
) -> tuple[Array, Array]:
    """Mean and standard deviation of arcs from one group to another when labels are permuted over all nodes.

    Parameters
    ----------
    pairs : Touching
    sizes : integer array, shape (groups,)
        People in each group.
    one, two : integer arrays that broadcast
        The groups that arcs come from and lead to.

    Returns
    -------
    mean, sd : float arrays
        NaN where there are fewer than two people.
    """
    n = int(sizes.sum())
    g, h = np.broadcast_arrays(sizes[one].astype(np.float64), sizes[two].astype(np.float64))
    same = np.equal(one, two)
    if n < 2:
        return np.full(g.shape, np.nan), np.full(g.shape, np.nan)
    tied = np.where(same, g * (g - 1), g * h) / _falling(n, 2)
    mean = pairs.arcs * tied
    three, four = _falling(n, 3), _falling(n, 4)
    triple = g * (g - 1) * (g - 2)
    share_source = np.where(same, triple, g * h * (h - 1))  # one of g, two of h
    share_target = np.where(same, triple, g * (g - 1) * h)
    chained = np.where(same, triple, 0.0)
    disjoint = np.where(same, triple * (g - 3), g * (g - 1) * h * (h - 1))
    square = pairs.arcs * tied + pairs.back * np.where(same, tied, 0.0)
    if three:
        square = square + (pairs.source * share_source + pairs.target * share_target + pairs.chain * chained) / three
    if four:
        square = square + pairs.apart * disjoint / four
    return mean, np.sqrt(np.maximum(square - mean**2, 0.0))


def inside_expected(pairs: Touching, sizes: NDArray[np.integer]) -> tuple[float, float]:
    """Mean and standard deviation of the number of arcs within groups when labels are permuted over all nodes."""
    n = int(sizes.sum())
    if n < 2:
        return float("nan"), float("nan")
    a = sizes.astype(np.float64)
    twos = a * (a - 1)
    two = twos.sum() / _falling(n, 2)
    mean = pairs.arcs * two
    square = (pairs.arcs + pairs.back) * two
    if n > 2:
        square += (pairs.source + pairs.target + pairs.chain) * (twos * (a - 2)).sum() / _falling(n, 3)
    if n > 3:
        alike = (twos * (a - 2) * (a - 3)).sum() + twos.sum() ** 2 - (twos**2).sum()
        square += pairs.apart * alike / _falling(n, 4)
    return float(mean), float(np.sqrt(max(square - mean**2, 0.0)))


def inside_draws(
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    code: NDArray[np.integer],
    draws: int,
    chance: np.random.Generator,
) -> NDArray[np.int64]:
    """Arcs within groups under ``draws`` permutations of the labels. Time O(draws x (n + m)), a byte a step.

    Labels are laid out node by draw, so that an arc compares two contiguous rows.
    """
    kind = np.uint8 if int(code.max(initial=0)) < 256 else np.int32
    total = np.zeros(draws, dtype=np.int64)
    block = max(1, CELLS // max(1, len(code)))
    for first in range(0, draws, block):
        some = slice(first, min(first + block, draws))
        shape = (some.stop - some.start, len(code))
        labels = np.ascontiguousarray(chance.permuted(np.broadcast_to(code.astype(kind), shape), axis=1).T)
        for start in range(0, len(source), 255):  # 255 ones fit a byte
            part = slice(start, start + 255)
            alike = labels[source[part]] == labels[target[part]]
            total[some] += np.add.reduce(alike.view(np.uint8), axis=0, dtype=np.uint8)
    return total
