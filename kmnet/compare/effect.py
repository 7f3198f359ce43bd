"""The programme's mark: did pairs that it brought together form ties, and grow closer, beyond comparable pairs?

Two questions, always asked together, because each alone cries wolf under a realistic way of building teams: did open
pairs that shared the exposure form more ties than other open pairs (``formation``; up to 99 % false alarms where
teammates were already close), and did the tie between exposure and being connected grow (``association_change``; 42 to
58 % where teams were built to mix strangers)? Beside them ``placebo`` (were the teams built from connected people?) and
``gained_lost`` (among pairs that changed).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.compare import exposure as shared
from kmnet.compare.exposure import Exposure, Floats
from kmnet.compare.intervals import quantile, student
from kmnet.compare.panel import Panel
from kmnet.kernels import dyads, logit, qap, shuffle

EVENTS_A_TERM = 5
LOOKUPS = 300_000_000
"""Pairs x draws that a test may take."""

CLOSE = 1e-5
"""Last step of a fit whose only use is a verdict (log odds)."""

STEP, REACH = 0.25, 8.0
"""The interval is looked for outward from the estimate in steps, no farther than this (log odds): beyond, no limit."""


@dataclass(frozen=True, slots=True)
class Test:
    """What a test of the exposure found, on the log-odds scale; NaN and ``why`` where it was not made.

    ``p_robust`` is the same with row-robust scores; ``statistic`` the score (or t).
    """

    name: str
    estimate: float = float("nan")
    low: float = float("nan")
    high: float = float("nan")
    p: float = float("nan")
    p_robust: float = float("nan")
    statistic: float = float("nan")
    critical: float = float("nan")
    difference: float = float("nan")
    why: str = ""

    @property
    def made(self) -> bool:
        """Whether there is a p."""
        return self.p == self.p


def formation(panel: Panel, exposure: Exposure, draws: int, seed: int, key: tuple[int, ...] = ()) -> Test:
    """Odds of a new tie among pairs not tied before: score-DSP by permuting people within cohorts.

    Adjusted for the other's report at baseline (directed), likeness, baseline degrees, cohort, and attendance where the
    exposure is a dose; degree terms, then role, are dropped while there are fewer than 5 new ties a term.
    """
    terms, at, y = _open_pairs(panel, exposure)
    return _score_test("formation", panel, exposure, terms, at, y, draws, seed, (*key, 1))


class Near(NamedTuple):
    """Coefficients fitted on nearly the same data: where the fits of a changed study begin."""

    formation: Floats
    ties: tuple[Floats, Floats]


NOWHERE = Near(np.empty(0), (np.empty(0), np.empty(0)))


def near(panel: Panel, exposure: Exposure) -> Near:
    """The coefficients of both tests of a study that can be tested."""
    terms, (i, j), y = _open_pairs(panel, exposure)
    formed = logit.fit(shared.design(terms, i, j), y).beta
    i, j = panel.rows
    columns = np.column_stack([shared.design(_lasting(panel, exposure), i, j), exposure.shared[i, j]])
    before, after = (logit.fit(columns, tie[i, j]).beta for tie in panel.ties)
    return Near(formed, (before, after))


def _again(columns: Floats, y: Floats, nearby: Floats) -> logit.Fit:
    """A fit that begins at one of nearly the same data, where that has as many terms; close enough for a verdict."""
    if len(nearby) != columns.shape[1] or np.abs(nearby).max() > logit.LARGE:
        return logit.fit(columns, y)
    return logit.fit(columns, y, start=nearby, within=CLOSE)


def formation_statistic(panel: Panel, exposure: Exposure, start: Near = NOWHERE) -> float:
    """The statistic of :func:`formation` alone, to be held against the border that drawing gave on nearly the same data;
    NaN where it cannot be made."""
    terms, (i, j), y = _open_pairs(panel, exposure)
    x = exposure.shared[i, j]
    columns = shared.design(terms, i, j)
    if len(y) < 5 or y.min() == y.max() or not x.std() > 1e-9:
        return float("nan")
    if len(logit.independent(np.column_stack([columns, x]))) <= columns.shape[1]:
        return float("nan")
    at = _again(columns, y, start.formation)
    rest = shared.residual(panel, exposure, terms)
    return float(qap.score(qap.prepare(columns, y - at.p, at.weight), rest[i, j][None, :]).model[0])


def _open_pairs(
    panel: Panel, exposure: Exposure
) -> tuple[list[Floats], tuple[NDArray[np.intp], NDArray[np.intp]], Floats]:
    """Terms, rows and outcome of pairs not tied before."""
    i, j = panel.rows
    before, after = panel.ties
    open_ = before[i, j] == 0
    i, j = i[open_], j[open_]
    y = after[i, j]
    returned = [before.T.copy()] if panel.directed else []
    needed = shared.cohort_terms(panel) + shared.personal_terms(panel, exposure)
    terms = _affordable(
        returned + needed, shared.likeness(panel, exposure), shared.standing_terms(panel), float(y.sum())
    )
    return terms, (i, j), y


def _affordable(needed: list[Floats], likeness: list[Floats], standing: list[Floats], events: float) -> list[Floats]:
    """Terms in the order of their claim, as many as the events bear."""
    for optional in (likeness + standing, likeness, likeness[:1]):
        if events / (len(needed) + len(optional) + 2) >= EVENTS_A_TERM:
            return needed + optional
    return needed + likeness[:1]


def placebo(panel: Panel, exposure: Exposure, draws: int, seed: int, key: tuple[int, ...] = ()) -> Test:
    """Does the exposure predict ties *before* it? Then teams were built from connected people (or from strangers)."""
    i, j = panel.rows
    return _score_test(
        "placebo", panel, exposure, _lasting(panel, exposure), (i, j), panel.ties[0][i, j], draws, seed, (*key, 2)
    )


def gained_lost(panel: Panel, exposure: Exposure, draws: int, seed: int, key: tuple[int, ...] = ()) -> Test:
    """Among pairs that changed: odds of having formed rather than dissolved (conditional logit; p the larger of the
    model-based and the row-robust)."""
    i, j = panel.rows
    before, after = panel.ties
    changed = before[i, j] != after[i, j]
    i, j = i[changed], j[changed]
    y = after[i, j]
    if (y == 0).sum() < 10 or (exposure.shared[i, j] > 0).sum() < 5:
        return Test("gained_lost", why="fewer than 10 dissolved ties or fewer than 5 changed pairs that shared it")
    found = _score_test(
        "gained_lost", panel, exposure, _lasting(panel, exposure), (i, j), y, draws, seed, (*key, 3), robust=True
    )
    return found


def persistence(panel: Panel, exposure: Exposure, draws: int, seed: int, key: tuple[int, ...] = ()) -> Test:
    """Odds that a tie of the time before is kept; needs 30 such ties among pairs that shared the exposure."""
    i, j = panel.rows
    before, after = panel.ties
    tied = before[i, j] > 0
    i, j = i[tied], j[tied]
    if (exposure.shared[i, j] > 0).sum() < 30:
        return Test("persistence", why="fewer than 30 earlier ties among pairs that shared it")
    return _score_test(
        "persistence", panel, exposure, _lasting(panel, exposure), (i, j), after[i, j], draws, seed, (*key, 9)
    )


def _lasting(panel: Panel, exposure: Exposure) -> list[Floats]:
    """Terms that a pair keeps: likeness, cohort, attendance."""
    return [
        *shared.likeness(panel, exposure), *shared.cohort_terms(panel), *shared.personal_terms(panel, exposure)
    ]  # fmt: skip


def _score_test(
    name: str,
    panel: Panel,
    exposure: Exposure,
    terms: list[Floats],
    rows: tuple[NDArray[np.intp], NDArray[np.intp]],
    y: Floats,
    draws: int,
    seed: int,
    key: tuple[int, ...],
    robust: bool = False,
) -> Test:
    i, j = rows
    x = exposure.shared[i, j]
    scale = float(x.std()) if exposure.dose else 1.0
    if len(y) < 5 or y.min() == y.max() or not x.std() > 1e-9:
        return Test(name, why="every pair at risk came out alike, or all shared the same")
    x = x / scale
    columns = shared.design(terms, i, j)
    full = np.column_stack([columns, x])
    if len(logit.independent(full)) < full.shape[1]:
        return Test(name, why="what pairs shared cannot be told apart from likeness, cohort or attendance")
    fitted = logit.fit(full, y)
    rest = shared.residual(panel, exposure, terms) / scale
    mine = rest[i, j][None, :]

    last: list[Floats] = []

    def null(beta: float) -> qap.Score:
        at = logit.fit(columns, y, offset=beta * x, start=last[-1] if last else None)
        last[:] = [at.beta]  # the next value asked for is near, and so is its fit
        return qap.prepare(columns, y - at.p, at.weight)

    start = null(0.0)
    observed = qap.score(start, mine)
    orders = shuffle.permutations(panel.n, affordable_draws(draws, len(y)), seed, key, shared.blocks(panel))
    drawn = qap.score_under(start, rest, orders, i, j)
    t = float(observed.model[0])
    p_model = qap.share_as_large(t, drawn.model)
    p_robust = qap.share_as_large(float(observed.robust[0]), drawn.robust)
    p = max(p_model, p_robust) if robust else p_model
    border = critical(drawn.model, t, p_model)
    estimate = float(fitted.beta[-1])
    low, high = inverted(lambda beta: float(qap.score(null(beta), mine).model[0]), estimate, border)
    difference = _risk(fitted.beta, full, x)
    return Test(
        name, estimate / scale, low / scale, high / scale, p, p_robust, t, border, difference
    )  # fmt: skip


def affordable_draws(draws: int, rows: int) -> int:
    """As many draws as asked, half of them and so on where a test has very many pairs (199 at least).

    In steps: a number that followed the pairs would tell how many there are where that is hidden.
    """
    while draws > 199 and draws * rows > LOOKUPS:
        draws = max(199, draws // 2)
    return draws


def critical(drawn: Floats, observed: float, p: float, level: float = 0.95) -> float:
    """The permutation quantile, made to agree with p at the border: 1 lies outside the interval iff p <= 0.05."""
    at = min(int(np.ceil((len(drawn) + 1) * level)), len(drawn)) - 1
    found = float(np.sort(np.abs(drawn))[at])
    return max(found, abs(observed) * 1.0001) if p > 1 - level else min(found, abs(observed) * 0.9999)


def inverted(statistic: Callable[[float], float], centre: float, border: float) -> tuple[float, float]:
    """The values whose statistic lies within the border: first crossing on each side, else no limit."""
    return _side(statistic, centre, border, -1), _side(statistic, centre, border, 1)


def _side(statistic: Callable[[float], float], centre: float, border: float, sign: int) -> float:
    inner = centre
    while abs(inner - centre) < REACH:
        outer = inner + sign * STEP
        gap = sign * statistic(outer) + border
        if gap < 0:
            return _crossing(lambda b: sign * statistic(b) + border, inner, outer, gap)
        inner = outer
    return sign * float("inf")


def _crossing(gap: Callable[[float], float], inner: float, outer: float, at_outer: float) -> float:
    """Where the gap turns negative between two values: false position with the Illinois rule, to 1e-4."""
    at_inner = gap(inner)
    if at_inner <= 0:
        return inner
    for _ in range(40):
        middle = (inner * at_outer - outer * at_inner) / (at_outer - at_inner)
        if abs(outer - inner) < 1e-4:
            break
        value = gap(middle)
        if abs(value) < 1e-6:
            return middle
        if value < 0:
            outer, at_outer, at_inner = middle, value, at_inner / 2
        else:
            inner, at_inner, at_outer = middle, value, at_outer / 2
    return middle


def _risk(beta: Floats, full: Floats, x: Floats) -> float:
    """Mean over exposed pairs of the fitted probability with and without what they shared."""
    exposed = x > 0
    if not exposed.any():
        return float("nan")
    without = full[exposed].copy()
    without[:, -1] = 0.0
    with_, alone = (1 / (1 + np.exp(-np.clip(d @ beta, -30, 30))) for d in (full[exposed], without))
    return float((with_ - alone).mean())


def association_change(panel: Panel, exposure: Exposure, start: Near = NOWHERE) -> Test:
    """Change of the log odds ratio between sharing the exposure and being tied (a difference in differences).

    Everything about a pair that does not change drops out: that teammates were already close cannot pass for an effect.
    """
    i, j = panel.rows
    x = exposure.shared[i, j]
    ties = tuple(tie[i, j] for tie in panel.ties)
    if sum(float(((x > 0) & (y > 0)).sum()) for y in ties) < 5:
        return Test("association_change", why="fewer than 5 tied pairs that shared it, over both moments")
    columns = np.column_stack([shared.design(_lasting(panel, exposure), i, j), x])
    if len(logit.independent(columns)) < columns.shape[1]:
        return Test("association_change", why="what pairs shared cannot be told apart from likeness or attendance")
    fits = [_again(columns, y, nearby) for y, nearby in zip(ties, start.ties)]
    influence = [(columns * (y - fit.p)[:, None]) @ fit.covariance[:, -1] for y, fit in zip(ties, fits)]
    estimate = float(fits[1].beta[-1] - fits[0].beta[-1])
    variance = dyads.variance(influence[1] - influence[0], i, j, panel.n).largest
    people = dyads.people_of(i, j, panel.n)
    if not np.isfinite(variance) or variance <= 0 or not all(fit.settled for fit in fits):
        return Test("association_change", why="the model could not be fitted")
    error = float(np.sqrt(variance))
    reach = quantile(people) * error
    return Test(
        "association_change",
        estimate,
        estimate - reach,
        estimate + reach,
        student(estimate / error, people),
        statistic=estimate / error,
    )
