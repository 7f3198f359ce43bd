"""Statistics of matrices whose people have been renamed: the null distribution that respects dependence between pairs.

A permuted matrix is ``E[p][:, p]``; rows (i, j) of a model see ``E[p[i], p[j]]``. All statistics of a block of
permutations are a few matrix products, so thousands cost about as much as tens of refits.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import logit

Floats = NDArray[np.float64]

CELLS = 1_000_000
"""Matrix cells looked up at once: bounds the memory of a block of permutations to about 30 MB."""


class Score(NamedTuple):
    """A null model at its optimum, ready for score statistics.

    ``residual`` is orthogonal to ``design``; ``inner`` is the inverse of design' weight design.
    """

    design: Floats
    residual: Floats
    weight: Floats
    inner: Floats


class Statistics(NamedTuple):
    """Score over its model-based and over its row-robust (HC0) standard error; 0 where nothing varies."""

    model: Floats
    robust: Floats


def prepare(design: Floats, residual: Floats, weight: Floats) -> Score:
    """Make a residual exactly orthogonal to the design (Firth's is only nearly so)."""
    weighted = design * weight[:, None]
    inner = np.asarray(np.linalg.pinv(design.T @ weighted), dtype=np.float64)
    return Score(design, residual - weighted @ (inner @ (design.T @ residual)), weight, inner)


def renamed(matrix: Floats, orders: NDArray[np.integer], i: NDArray[np.integer], j: NDArray[np.integer]) -> Floats:
    """``matrix[p[i], p[j]]`` for every order p, shape (orders, rows)."""
    n = len(matrix)
    return np.ascontiguousarray(matrix).ravel()[orders[:, i].astype(np.int64) * n + orders[:, j]]


def blocks(orders: NDArray[np.integer], rows: int) -> Iterator[NDArray[np.integer]]:
    """The orders in blocks whose look-ups fit :data:`CELLS`."""
    size = max(1, CELLS // max(rows, 1))
    for first in range(0, len(orders), size):
        yield orders[first : first + size]


def score(null: Score, e: Floats) -> Statistics:
    """Statistics of candidate columns ``e``, shape (candidates, rows)."""
    residual, weight = null.residual, null.weight
    coefficient = (e @ (null.design * weight[:, None])) @ null.inner
    rest = coefficient @ null.design.T
    np.subtract(e, rest, out=rest)
    np.multiply(rest, rest, out=rest)
    model, robust = np.column_stack([weight, residual * residual]).T @ rest.T
    top = e @ residual  # what the design explains of e is orthogonal to the residual
    return Statistics(_over(top, model), _over(top, robust))


def _over(top: Floats, variance: Floats) -> Floats:
    fine = variance > 1e-12
    return np.where(fine, top / np.sqrt(np.where(fine, variance, 1.0)), 0.0)


def score_under(
    null: Score, matrix: Floats, orders: NDArray[np.integer], i: NDArray[np.integer], j: NDArray[np.integer]
) -> Statistics:
    """Score statistics of a residual exposure matrix under each order of the people."""
    parts = [score(null, renamed(matrix, block, i, j)) for block in blocks(orders, len(i))]
    if not parts:
        return Statistics(np.empty(0), np.empty(0))
    return Statistics(*(np.concatenate(column) for column in zip(*parts)))


def share_as_large(observed: float, drawn: Floats) -> float:
    """Two-sided permutation p, (k + 1)/(draws + 1): never 0 (Phipson & Smyth 2010)."""
    return (1.0 + float(np.sum(np.abs(drawn) >= abs(observed) - 1e-10))) / (len(drawn) + 1.0)


class Line(NamedTuple):
    """Least squares: ``beta``, ``t``, ``residual``, ``fitted`` and R squared."""

    beta: Floats
    t: Floats
    residual: Floats
    fitted: Floats
    r_squared: float


def line(design: Floats, y: Floats) -> Line:
    """Ordinary least squares with classical t."""
    inner = np.linalg.pinv(design.T @ design)
    beta = inner @ (design.T @ y)
    fitted = design @ beta
    residual = y - fitted
    spare = len(y) - design.shape[1]
    spread = float(residual @ residual) / spare if spare > 0 else float("nan")
    total = float(((y - y.mean()) ** 2).sum())
    error = np.sqrt(spread * np.diag(inner))
    t = np.divide(beta, error, out=np.full(len(beta), np.nan), where=error > 0)
    return Line(beta, t, residual, fitted, 1.0 - float(residual @ residual) / total if total else float("nan"))


def refit(design: Floats, y: Floats, last: Floats, logistic: bool) -> Floats:
    """The t (or Wald z) of each candidate for the last column, refitted: ``last`` has shape (candidates, rows)."""
    if logistic:
        fits = (logit.fit(np.column_stack([design, e]), y, firth=False).z[-1] for e in last)
        return np.fromiter(fits, dtype=np.float64, count=len(last))
    inner = np.linalg.pinv(design.T @ design)
    rest = last - (last @ design) @ inner @ design.T
    left = y - design @ (inner @ (design.T @ y))
    length = np.einsum("ij,ij->i", rest, rest)
    fine = length > 1e-12
    beta = np.where(fine, rest @ left / np.where(fine, length, 1.0), 0.0)
    spare = len(y) - design.shape[1] - 1
    spread = (float(left @ left) - beta**2 * length) / spare
    return np.where(fine, beta / np.sqrt(np.maximum(spread, 1e-300) / np.where(fine, length, 1.0)), 0.0)
