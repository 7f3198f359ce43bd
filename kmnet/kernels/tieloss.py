"""Closeness without each tie in turn.

Taking tie a-b away changes distances from a source only where b's every shortest path from it ends with a-b. Those
cases (a source and a tie) are searched anew, 64 in the bits of one word.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.csr import CSR
from kmnet.kernels.triangles import opposite, rows

WORDS = 2_000_000
"""Words of 64 bits held for all arcs together: bounds the memory (a few times 16 MB)."""

BIT = np.uint64(1) << np.arange(64, dtype=np.uint64)


def work(csr: CSR) -> int:
    """Words moved a level of distance, at most: the size of the job of :func:`losses`."""
    return csr.n * (csr.n // 64 + 1) * len(csr.index)


def losses(csr: CSR) -> NDArray[np.float64]:
    """Loss of the sum of 1 / distance over ordered pairs when each tie goes, one value an arc (equal for both).

    Pairs out of reach add nothing to the sum. Time O(n x n x arcs / 64) at worst.

    Parameters
    ----------
    csr : CSR
        Symmetric; weights are not looked at.
    """
    n, arcs = csr.n, len(csr.index)
    found = np.zeros(arcs)
    if not arcs:
        return found
    back = opposite(csr)
    distance = np.full((n, n), -1, dtype=np.int32)
    np.fill_diagonal(distance, 0)
    for step, bits in _levels(csr, np.arange(n), np.empty(0, dtype=np.int64), back):
        distance[bits.view(bool)] = step
    near = np.divide(1.0, distance, out=np.zeros((n, n)), where=distance > 0).sum(axis=0)
    source, arc = _sole(csr, distance)
    step = max(64, WORDS // arcs * 64)
    lost = near[source]
    for first in range(0, len(arc), step):
        part = slice(first, first + step)
        for length, bits in _levels(csr, source[part], arc[part], back):
            lost[part] -= bits.sum(axis=0, dtype=np.int64) / length
    by_arc = np.bincount(arc, weights=lost, minlength=arcs)
    return np.asarray(by_arc + by_arc[back], dtype=np.float64)


def _sole(csr: CSR, distance: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(source, arc) pairs: the arc leads from a node back to the only contact that is nearer to the source."""
    row = rows(csr)
    nearer = (distance[csr.index] >= 0) & (distance[csr.index] == distance[row] - 1)  # arc x source
    busy = np.flatnonzero(csr.degree)
    ways = np.zeros((csr.n, csr.n), dtype=np.int32)  # node x source
    ways[busy] = np.add.reduceat(nearer.view(np.uint8), csr.start[busy], axis=0, dtype=np.int32)
    arc, source = np.nonzero(nearer & (ways[row] == 1))
    return source, arc


def _levels(
    csr: CSR, source: NDArray[np.integer], gone: NDArray[np.integer], back: NDArray[np.int64]
) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Searches from each source, each without one tie (named by an arc; with all where ``gone`` is empty).

    Gives, for distances 1, 2, ..., which nodes (rows) each search (column) first reaches there.
    """
    lanes = len(source)
    lane = np.arange(lanes)
    front = np.zeros((csr.n, lanes // 64 + 1), dtype=np.uint64)
    np.bitwise_or.at(front, (source, lane // 64), BIT[lane % 64])
    closed = np.zeros((len(csr.index), front.shape[1]), dtype=np.uint64)
    for arc in (gone, back[gone]):
        np.bitwise_or.at(closed, (arc, lane[: len(gone)] // 64), BIT[lane[: len(gone)] % 64])
    passable, seen = ~closed, front.copy()
    busy = np.flatnonzero(csr.degree)
    for step in range(1, csr.n):
        along = front[csr.index]
        along &= passable
        front = np.zeros_like(front)
        front[busy] = np.bitwise_or.reduceat(along, csr.start[busy], axis=0)
        front &= ~seen
        if not front.any():
            return
        seen |= front
        yield step, np.unpackbits(front.astype("<u8").view(np.uint8), axis=1, count=lanes, bitorder="little")
