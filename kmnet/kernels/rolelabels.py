"""Brokerage roles under shuffled labels, drawn: how often chance strays as far from its mean as what was seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.triads import OpenPaths

BLOCK = 255
"""Paths added up together in one byte a draw."""


def strays(
    paths: OpenPaths,
    code: NDArray[np.integer],
    orders: NDArray[np.integer],
    seen: NDArray[np.floating],
    mean: NDArray[np.floating],
) -> NDArray[np.int64]:
    """In how many draws each person's role count strays from ``mean`` at least as far as ``seen`` does, shape (n, 5).

    A draw hands the labels of the other people round; the person's own label stays. One order of everybody serves every
    person: whoever drew the person's own label takes, instead, the one that the person drew.

    Parameters
    ----------
    paths : OpenPaths
        Open paths, each counting once (both directions where the network is symmetric).
    code : integer array, shape (n,)
        Groups.
    orders : integer array, shape (draws, n)
        Random orders of all positions, as :func:`kmnet.kernels.shuffle.permutations` gives.
    seen, mean : arrays, shape (n, 5)
        Counts, and their exact mean under shuffled labels.

    Notes
    -----
    Time about draws x open paths nanoseconds.
    """
    n, draws = paths.n, len(orders)
    small = np.uint8 if code.max(initial=0) < 256 else np.int32
    drawn = np.ascontiguousarray(code.astype(small)[orders].T)  # label of each person (row) in each draw
    holder = np.empty((n, draws), dtype=np.int32)  # who drew the label of each person
    np.put_along_axis(holder, orders.T, np.arange(n, dtype=np.int32)[:, None], axis=0)
    start = np.searchsorted(paths.broker, np.arange(n + 1))
    found = np.zeros((n, 5), dtype=np.int64)
    tolerance = 1e-9 * np.maximum(1.0, np.abs(mean))
    for v in range(n):
        part = slice(start[v], start[v + 1])
        if part.start == part.stop:
            continue
        people, ends = np.unique(np.concatenate([paths.source[part], paths.target[part]]), return_inverse=True)
        source, target = ends[: len(ends) // 2], ends[len(ends) // 2 :]
        label = drawn[people]
        at = np.full(n, -1)
        at[people] = np.arange(len(people))
        place = at[holder[v]]
        hit = np.flatnonzero(place >= 0)
        label[place[hit], hit] = drawn[v, hit]
        counts = _roles(label, source, target, int(code[v]))
        far = np.abs(counts - mean[v][:, None]) >= np.abs(seen[v] - mean[v])[:, None] - tolerance[v][:, None]
        found[v] = far.sum(axis=1)
    return found


def _roles(label: NDArray, source: NDArray[np.integer], target: NDArray[np.integer], own: int) -> NDArray[np.float64]:
    """Paths by role in each draw, shape (5, draws)."""
    people = len(label)
    mine = (label == own).astype(np.float32)
    from_ = np.bincount(source, minlength=people).astype(np.float32)
    to = np.bincount(target, minlength=people).astype(np.float32)
    pair = np.zeros((people, people), dtype=np.float32)
    pair[source, target] = 1
    coordinator = np.einsum("id,id->d", mine, pair @ mine)
    from_own, to_own = from_ @ mine, to @ mine
    if (pair == pair.T).all():
        half = source < target
        same = 2 * _equal(label, source[half], target[half])
    else:
        same = _equal(label, source, target)
    liaison = len(source) - from_own - to_own + coordinator - (same - coordinator)
    return np.stack([coordinator, same - coordinator, from_own - coordinator, to_own - coordinator, liaison])


def _equal(label: NDArray, source: NDArray[np.integer], target: NDArray[np.integer]) -> NDArray[np.float64]:
    """Pairs that bear one label in each draw, added up byte by byte."""
    same = np.zeros(label.shape[1])
    for first in range(0, len(source), BLOCK):
        part = slice(first, first + BLOCK)
        equal = label[source[part]] == label[target[part]]
        same += np.add.reduce(equal.view(np.uint8), axis=0, dtype=np.uint8)
    return same
