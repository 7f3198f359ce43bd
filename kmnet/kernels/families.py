"""Many tests at once: what p-values of one family are worth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def false_discovery(p: NDArray[np.floating]) -> NDArray[np.float64]:
    """Benjamini and Hochberg's q of each p (1995); NaN stays NaN and is not counted.

    Examples
    --------
    >>> false_discovery(np.array([0.01, 0.04, 0.03, np.nan])).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    q = np.full(len(p), np.nan)
    known = np.flatnonzero(np.isfinite(p))
    order = known[np.argsort(p[known], kind="stable")]
    count = len(order)
    if count:
        scaled = p[order] * count / np.arange(1, count + 1)
        q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q


def family_wise(p: NDArray[np.floating]) -> NDArray[np.float64]:
    """Holm's adjusted p (1979); NaN stays NaN and is not counted."""
    adjusted = np.full(len(p), np.nan)
    known = np.flatnonzero(np.isfinite(p))
    order = known[np.argsort(p[known], kind="stable")]
    count = len(order)
    if count:
        adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(count, 0, -1)), 1.0)
    return adjusted
