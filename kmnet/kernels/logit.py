"""Logistic regression for few events: Firth's penalty keeps estimates finite, and the score needs no second fit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEPS = 60
SMALL = 1e-9
FAR = 0.5
"""A Newton step beyond this may overshoot and is checked against the likelihood."""

LARGE = 15.0
"""A coefficient beyond this is a fit that ran away."""


class Fit(NamedTuple):
    """``beta`` coefficients, ``covariance`` inverse information, ``p`` fitted probabilities, ``weight`` m p (1 - p),
    ``settled`` whether the steps ended."""

    beta: Floats
    covariance: Floats
    p: Floats
    weight: Floats
    settled: bool

    @property
    def z(self) -> Floats:
        """Coefficients over their standard errors."""
        return self.beta / np.sqrt(np.diag(self.covariance))


def fit(
    design: Floats,
    y: Floats,
    *,
    firth: bool = True,
    offset: Floats | float = 0.0,
    trials: Floats | float = 1.0,
    start: Floats | None = None,
    within: float = SMALL,
) -> Fit:
    """Fit ``logit P = design @ beta + offset`` by Newton steps; cost O(steps x rows x columns^2).

    Parameters
    ----------
    design : float array, shape (rows, columns)
        The first column is the intercept.
    y : float array, shape (rows,)
        Successes, 0 to ``trials``.
    firth : bool
        Add the Jeffreys-prior penalty (Firth 1993, Biometrika 80:27); without it, maximum likelihood.
    offset, trials : float array or float
        Known part of the linear predictor; number of trials a row.
    start : float array, optional
        Where to begin, such as the fit of a nearby offset.
    within : float
        Largest last step of a coefficient.
    """
    rows, columns = design.shape
    beta = np.zeros(columns) if start is None else start.copy()
    if start is None:
        share = np.clip(y.sum() / max(float(np.sum(np.broadcast_to(trials, y.shape))), 1.0), 1e-3, 1 - 1e-3)
        beta[0] = np.log(share / (1 - share)) - float(np.mean(offset))
    settled = False
    for _ in range(STEPS):
        p, weight = _probability(design @ beta + offset, trials)
        inverse = _inverse(design, weight)
        residual = y - trials * p
        if firth:
            hat = weight * np.einsum("ij,ij->i", design @ inverse, design)
            residual = residual + hat * (0.5 - p)
        step = inverse @ (design.T @ residual)
        largest = float(np.abs(step).max())
        if not np.isfinite(largest):
            break
        beta = beta + step * _stride(design, y, beta, step, largest, offset, trials, firth)
        if largest < within:
            settled = True
            break
    p, weight = _probability(design @ beta + offset, trials)
    settled = settled and bool(np.abs(beta).max() <= LARGE)
    return Fit(beta, _inverse(design, weight), p, weight, settled)


def _stride(
    design: Floats,
    y: Floats,
    beta: Floats,
    step: Floats,
    largest: float,
    offset: Floats | float,
    trials: Floats | float,
    firth: bool,
) -> float:
    """How much of a step to go: all of a small one; a large one is halved until the likelihood does not fall."""
    if largest <= FAR:
        return 1.0
    stride = min(1.0, 5.0 / largest)
    now = _likelihood(design, y, design @ beta + offset, trials, firth)
    for _ in range(12):
        if _likelihood(design, y, design @ (beta + stride * step) + offset, trials, firth) >= now:
            break
        stride /= 2
    return stride


def _likelihood(design: Floats, y: Floats, eta: Floats, trials: Floats | float, firth: bool) -> float:
    """Log likelihood, with half the log determinant of the information where it is penalised."""
    eta = np.clip(eta, -30.0, 30.0)
    value = float((y * eta - trials * np.logaddexp(0.0, eta)).sum())
    if firth:
        _, weight = _probability(eta, trials)
        value += 0.5 * float(np.linalg.slogdet((design * weight[:, None]).T @ design)[1])
    return value


def _probability(eta: Floats, trials: Floats | float) -> tuple[Floats, Floats]:
    p = 1.0 / (1.0 + np.exp(-np.clip(eta, -30.0, 30.0)))
    return p, np.maximum(trials * p * (1.0 - p), 1e-12)


def _inverse(design: Floats, weight: Floats) -> Floats:
    information = (design * weight[:, None]).T @ design
    try:
        return np.asarray(np.linalg.inv(information), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.pinv(information), dtype=np.float64)


def independent(design: Floats, tolerance: float = 1e-8) -> NDArray[np.intp]:
    """Positions of the columns that are no combination of columns before them (an intercept kept first)."""
    if len(design) >= design.shape[1]:
        rest = np.abs(np.diag(np.linalg.qr(design, mode="r")))  # what each column adds to those before it
        if (rest > 2 * tolerance * np.linalg.norm(design, axis=0)).all():
            return np.arange(design.shape[1])
    kept: list[int] = []
    basis = np.empty((len(design), 0))
    for k in range(design.shape[1]):
        column = design[:, k]
        rest = column - basis @ (basis.T @ column)
        rest = rest - basis @ (basis.T @ rest)
        length = float(np.linalg.norm(rest))
        if length > tolerance * max(float(np.linalg.norm(column)), 1e-300):
            kept.append(k)
            basis = np.column_stack([basis, rest / length])
    return np.array(kept, dtype=np.intp)
