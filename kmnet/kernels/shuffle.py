"""Permutations that do not depend on who makes them: one seed and one task number give one set of draws."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def generator(seed: int, *key: int) -> np.random.Generator:
    """The random numbers of one task of a study; tasks of other keys are independent of it."""
    return np.random.Generator(np.random.Philox(np.random.SeedSequence(seed, spawn_key=tuple(key))))


def permutations(
    n: int, draws: int, seed: int, key: Sequence[int] = (), blocks: NDArray[np.integer] | None = None
) -> NDArray[np.int32]:
    """Random orders of the positions 0..n-1, shape (draws, n).

    Parameters
    ----------
    n, draws : int
        Positions, and how many orders.
    seed : int
        The study's seed.
    key : sequence of int
        The task: another task gets other orders, whatever else has been drawn.
    blocks : integer array, shape (n,), optional
        Only positions of one block change places.

    Examples
    --------
    >>> permutations(3, 2, seed=1).shape
    (2, 3)
    >>> bool((np.sort(permutations(4, 9, 1, blocks=np.array([0, 0, 1, 1])), axis=1) == np.arange(4)).all())
    True
    """
    draw = generator(seed, *key)
    if blocks is None:
        return draw.random((draws, n)).argsort(axis=1).astype(np.int32)
    found = np.empty((draws, n), dtype=np.int32)
    for block in np.unique(blocks):
        where = np.flatnonzero(blocks == block)
        found[:, where] = where[draw.random((draws, len(where))).argsort(axis=1)]
    return found


def words(*names: str) -> tuple[int, ...]:
    """Names as the key of a task: the same numbers on every machine and in every run."""
    return tuple(zlib.crc32(name.encode("utf-8")) for name in names)
