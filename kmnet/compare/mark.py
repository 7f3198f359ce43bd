"""Rows of the effect table: the tests of one comparison, its verdict, and the counts in natural units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kmnet.compare import effect, logs, verdict
from kmnet.compare.effect import Test
from kmnet.compare.exposure import Exposure
from kmnet.compare.gate import Gate
from kmnet.compare.panel import Panel

Row = dict[str, Any]


def rows(
    panel: Panel, exposure: Exposure, gate: Gate, draws: int, seed: int, key: tuple[int, ...] = (), force: bool = False
) -> list[Row]:
    """Every test that the data bear, and the verdict. The panel holds no facilitators."""
    draws = effect.affordable_draws(draws, len(panel.rows[0]))
    base: Row = {"exposure": exposure.name, "people": panel.n, "draws": draws}
    found = list(_rows(panel, exposure, gate, (draws, seed, key), force))
    return [base | row for row in found]


def _rows(
    panel: Panel, exposure: Exposure, gate: Gate, chance: tuple[int, int, tuple[int, ...]], force: bool
) -> Iterator[Row]:
    why = verdict.obstacle(panel, exposure)
    if why:
        yield {"test": "verdict", "verdict": "cannot_be_tested", "note": why, "draws": 0}
        return
    if panel.before.layer == "behavioural":
        yield from _log_rows(panel, exposure, chance)
    if not gate.comparable and not force:
        yield {
            "test": "verdict", "verdict": "cannot_be_tested", "note": f"not comparable: {gate.reason}", "draws": 0
        }  # fmt: skip
        return
    yield from _tie_rows(panel, exposure, gate, chance)


def _tie_rows(panel: Panel, exposure: Exposure, gate: Gate, chance: tuple[int, int, tuple[int, ...]]) -> Iterator[Row]:
    i, j = panel.rows
    before, after = (tie[i, j] > 0 for tie in panel.ties)
    shared = verdict.exposed(exposure, i, j)
    everything = np.ones(len(i), dtype=bool)
    why = verdict.formation_obstacle(panel, exposure)
    formation = Test("formation", why=why) if why else effect.formation(panel, exposure, *chance)
    association = effect.association_change(panel, exposure)
    placebo = effect.placebo(panel, exposure, *chance)
    turned = effect.gained_lost(panel, exposure, *chance)
    dose = "shared counts pairs above the median; odds ratio for one more shared" if exposure.dose else ""
    yield _row(formation, dose) | _counts(shared, ~before, after)
    yield _row(association, "ratio of odds ratios, not an odds ratio") | _counts(shared, everything, after)
    yield _row(placebo, "ties counted are those before") | _counts(shared, everything, before)
    yield _row(turned, "pairs that changed; ties counted are those formed") | _counts(shared, before != after, after)
    kept = effect.persistence(panel, exposure, *chance)
    yield _row(kept, "earlier ties; ties counted are those kept") | _counts(shared, before, after)
    decision = verdict.decide(formation, association, gate)
    said = (decision.why, verdict.bounds(placebo), verdict.one_site(panel, exposure))
    note = "; ".join(filter(None, (*said, verdict.could_find(panel, exposure))))
    yield _row(formation, "") | _counts(shared, ~before, after) | {
        "test": "verdict", "p": float("nan"), "verdict": decision.verdict, "note": note
    }  # fmt: skip


def _log_rows(panel: Panel, exposure: Exposure, chance: tuple[int, int, tuple[int, ...]]) -> Iterator[Row]:
    yield _row(logs.rate_change(panel, exposure, *chance), "ratio of rate ratios after over before")
    control = logs.negative_control(panel)
    if control.ratio == control.ratio:
        yield {
            "test": "negative_control", "estimate": control.ratio, "low": control.low, "high": control.high, "draws": 0,
            "exposed_pairs": control.pairs,
            "note": "contacts inside organisations, after over before: what the logging alone may have changed",
        }  # fmt: skip


def _row(test: Test, note: str) -> Row:
    row: Row = {"test": test.name, "note": test.why or note}
    if test.made:
        row |= {
            "estimate": float(np.exp(test.estimate)), "low": float(np.exp(test.low)),
            "high": float(np.exp(test.high)), "p": test.p, "risk_difference": test.difference,
        }  # fmt: skip
    return row


def _counts(shared: np.ndarray, at_risk: np.ndarray, tied: np.ndarray) -> Row:
    return {
        "exposed_pairs": int((shared & at_risk).sum()),
        "exposed_ties": int((shared & at_risk & tied).sum()),
        "other_pairs": int((~shared & at_risk).sum()),
        "other_ties": int((~shared & at_risk & tied).sum()),
    }
