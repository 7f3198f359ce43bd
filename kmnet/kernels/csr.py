"""Compressed rows: who is tied to whom, as three arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class CSR(NamedTuple):
    """Neighbour lists: those of ``i`` are ``index[start[i]:start[i + 1]]``, sorted, with their ``weight``.

    ``start`` is int64 of length n + 1; ``index`` int32 and ``weight`` float64 have one entry an arc.
    """

    start: NDArray[np.int64]
    index: NDArray[np.int32]  # type: ignore[assignment]  # hides tuple.index, which no caller of ours wants
    weight: NDArray[np.float64]

    @property
    def n(self) -> int:
        """Number of nodes."""
        return len(self.start) - 1

    @property
    def degree(self) -> NDArray[np.int64]:
        """Length of each neighbour list."""
        return np.diff(self.start)


def build(
    n: int, source: NDArray[np.integer], target: NDArray[np.integer], weight: NDArray[np.floating] | None = None
) -> CSR:
    """Neighbour lists of ``source -> target``; repeated arcs are added up. Cost O(m log m).

    Parameters
    ----------
    n : int
        Number of nodes.
    source, target : integer arrays of one length
        Arcs. Positions lie in 0..n-1.
    weight : float array, optional
        One an arc; 1 when left out.
    """
    key = source.astype(np.int64) * max(n, 1) + target.astype(np.int64)
    weight = np.ones(len(key)) if weight is None else np.asarray(weight, dtype=np.float64)
    unique, inverse = np.unique(key, return_inverse=True)
    total = np.bincount(inverse, weights=weight, minlength=len(unique)).astype(np.float64)
    rows = unique // max(n, 1)
    start = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=n), out=start[1:])
    return CSR(start, (unique % max(n, 1)).astype(np.int32), total)


def symmetric(
    n: int, source: NDArray[np.integer], target: NDArray[np.integer], weight: NDArray[np.floating] | None = None
) -> CSR:
    """Neighbour lists in both directions; the weight of a pair is the sum over its arcs in either direction."""
    weight = np.ones(len(source)) if weight is None else weight
    return build(
        n, np.concatenate([source, target]), np.concatenate([target, source]), np.concatenate([weight, weight])
    )
