"""QAP and MRQAP: correlation and regression of matrices, with p by renaming people.

Rows of a matrix share people, so the usual p is wrong; renaming all people at once keeps that dependence. Three
schemes of regression differ in what is renamed: ``double_semi_partialling`` (Dekker, Krackhardt & Snijders 2007; the one
to use), ``freedman_lane``, and ``y_permutation`` (only sound with one predictor, or to test all at once).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import logit, qap, shuffle

Floats = NDArray[Any]


class Correlation(NamedTuple):
    """Pearson correlation over pairs, and its two-sided permutation p."""

    r: float
    p: float
    draws: int


class Term(NamedTuple):
    """One predictor: coefficient, classical t (Wald z where logistic), two-sided permutation p."""

    name: str
    estimate: float
    statistic: float
    p: float


class Regression(NamedTuple):
    """Terms in order, the intercept first (its p is NaN), rows, and R squared (NaN where logistic)."""

    terms: tuple[Term, ...]
    rows: int
    r_squared: float
    draws: int


class Matrices(NamedTuple):
    """An outcome and its predictors over the rows that may be looked at."""

    y: Floats
    x: tuple[Floats, ...]
    names: tuple[str, ...]
    i: NDArray[np.intp]
    j: NDArray[np.intp]

    @property
    def n(self) -> int:
        """People."""
        return len(self.y)

    @property
    def design(self) -> Floats:
        """Intercept and predictors over the rows."""
        return np.column_stack([np.ones(len(self.i)), *(x[self.i, self.j] for x in self.x)])


def matrices(
    y: Floats, x: Mapping[str, Floats], mask: NDArray[np.bool_] | None = None, *, directed: bool = True
) -> Matrices:
    """Put matrices on their rows: every (i, j) with i != j (i < j where undirected) that ``mask`` allows."""
    n = len(y)
    rows = np.ones((n, n), dtype=bool) if mask is None else mask.astype(bool).copy()
    np.fill_diagonal(rows, False)
    i, j = np.nonzero(rows if directed else np.triu(rows))
    return Matrices(np.asarray(y, float), tuple(np.asarray(m, float) for m in x.values()), tuple(x), i, j)


def correlation(
    y: Floats, x: Floats, draws: int, seed: int, blocks: NDArray[np.integer] | None = None, *, directed: bool = True
) -> Correlation:
    """QAP correlation of two matrices (Krackhardt 1988); ``blocks`` keeps people within their group.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.arange(16.0).reshape(4, 4)
    >>> correlation(y, 2 * y + 1, 99, 1).r
    1.0
    """
    return correlated(matrices(y, {"x": x}, directed=directed), 0, draws, seed, blocks)


def correlated(
    found: Matrices, k: int, draws: int, seed: int, blocks: NDArray[np.integer] | None = None
) -> Correlation:
    """QAP correlation of an outcome with its k-th predictor, over the rows there are; renaming must keep to the rows."""
    a, b = found.y[found.i, found.j], found.x[k][found.i, found.j]
    a, b = a - a.mean(), b - b.mean()
    length = float(np.sqrt((a @ a) * (b @ b)))
    if length == 0:
        return Correlation(float("nan"), float("nan"), draws)
    r = float(a @ b) / length
    orders = shuffle.permutations(found.n, draws, seed, (20,), blocks)
    drawn = np.concatenate(
        [(qap.renamed(found.x[k], part, found.i, found.j)) @ a for part in qap.blocks(orders, len(a))]
    )
    # The permuted matrix keeps the cells of its rows, so its mean and length over all of them stay what they are.
    return Correlation(min(r, 1.0), qap.share_as_large(r, drawn / length), draws)


def double_semi_partialling(
    found: Matrices, draws: int, seed: int, blocks: NDArray[np.integer] | None = None, *, logistic: bool = False
) -> Regression:
    """What of each predictor the others leave is renamed; the statistic is its t (Wald z) in the refitted model."""

    def drawn(k: int, orders: NDArray[np.int32]) -> Floats:
        design = found.design
        others = np.delete(design, k + 1, axis=1)
        left = np.zeros((found.n, found.n))
        off = ~np.eye(found.n, dtype=bool)
        every = matrices(found.y, dict(zip(found.names, found.x)), off)
        full = np.delete(every.design, k + 1, axis=1)
        target = found.x[k][every.i, every.j]
        left[every.i, every.j] = target - full @ np.linalg.lstsq(full, target, rcond=None)[0]
        y = found.y[found.i, found.j]
        parts = [
            qap.refit(others, y, qap.renamed(left, part, found.i, found.j), logistic)
            for part in qap.blocks(orders, len(found.i))
        ]
        return np.concatenate(parts)

    return _regression(found, drawn, draws, seed, blocks, logistic)


def freedman_lane(found: Matrices, draws: int, seed: int, blocks: NDArray[np.integer] | None = None) -> Regression:
    """What the other predictors leave of the outcome is renamed and added back to their fit. All pairs must be rows."""

    def drawn(k: int, orders: NDArray[np.int32]) -> Floats:
        design = found.design
        others = np.delete(design, k + 1, axis=1)
        y = found.y[found.i, found.j]
        fitted = others @ np.linalg.lstsq(others, y, rcond=None)[0]
        left = np.zeros((found.n, found.n))
        left[found.i, found.j] = y - fitted
        full = np.column_stack([others, design[:, k + 1]])
        return _t_of_many(full, (fitted + qap.renamed(left, p, found.i, found.j) for p in qap.blocks(orders, len(y))))[
            :, -1
        ]

    return _regression(found, drawn, draws, seed, blocks, False)


def y_permutation(
    found: Matrices, draws: int, seed: int, blocks: NDArray[np.integer] | None = None, *, logistic: bool = False
) -> Regression:
    """The outcome itself is renamed, all predictors at once (sna's ``qapy``). All pairs must be rows."""
    orders = shuffle.permutations(found.n, draws, seed, (21,), blocks)
    outcomes = (qap.renamed(found.y, part, found.i, found.j) for part in qap.blocks(orders, len(found.i)))
    if logistic:
        table = np.stack([logit.fit(found.design, y, firth=False).z for part in outcomes for y in part])
    else:
        table = _t_of_many(found.design, outcomes)
    return _regression(found, lambda k, _: table[:, k + 1], draws, seed, blocks, logistic)


def _t_of_many(design: Floats, outcomes: Any) -> Floats:
    """The t of every coefficient, for many outcomes at once, shape (outcomes, columns)."""
    inner = np.linalg.pinv(design.T @ design)
    spare = len(design) - design.shape[1]
    found = []
    for y in outcomes:
        beta = (y @ design) @ inner
        rest = y - beta @ design.T
        spread = np.einsum("ij,ij->i", rest, rest) / spare
        found.append(beta / np.sqrt(spread[:, None] * np.diag(inner)[None, :]))
    return np.concatenate(found)


def _regression(
    found: Matrices,
    drawn: Callable[[int, NDArray[np.int32]], Floats],
    draws: int,
    seed: int,
    blocks: NDArray[np.integer] | None,
    logistic: bool,
) -> Regression:
    design, y = found.design, found.y[found.i, found.j]
    r_squared = float("nan")
    if logistic:
        fit = logit.fit(design, y, firth=False)
        beta, statistic = fit.beta, fit.z
    else:
        line = qap.line(design, y)
        beta, statistic, r_squared = line.beta, line.t, line.r_squared
    terms = [Term("intercept", float(beta[0]), float(statistic[0]), float("nan"))]
    for k, name in enumerate(found.names):
        orders = shuffle.permutations(found.n, draws, seed, (22, k), blocks)
        p = qap.share_as_large(float(statistic[k + 1]), drawn(k, orders))
        terms.append(Term(name, float(beta[k + 1]), float(statistic[k + 1]), p))
    return Regression(tuple(terms), len(y), r_squared, draws)
