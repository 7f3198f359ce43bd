"""The programme's mark asked again and again, of the same study with some of it changed or lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kmnet.compare import effect, verdict
from kmnet.compare.effect import Near, Test
from kmnet.compare.exposure import Exposure
from kmnet.compare.gate import Gate
from kmnet.compare.panel import Panel

BORDER_DRAWS = 999


@dataclass(frozen=True, eq=False)
class Question:
    """A question and its answer on the intact study.

    Parameters
    ----------
    whole : Exposure
        On the people of the snapshots.
    exposure : Exposure
        On the people of the intact panel.
    gate : Gate
        How the moments compare.
    border : float
        The size of the formation statistic that chance passes in one of twenty renamings: drawn once, since a few lost
        ties hardly move it and drawing it each time would take hours.
    near : Near
        The fits on the intact study.
    verdict : str
        On the intact study, by the same border.
    """

    whole: Exposure
    exposure: Exposure
    gate: Gate
    border: float
    near: Near
    verdict: str

    def verdict_on(self, part: Panel, exposure: Exposure) -> str:
        """The verdict on a changed study."""
        return _verdict(part, exposure, self.gate, self.border, self.near)


def ask(part: Panel, whole: Exposure, gate: Gate, seed: int, key: tuple[int, ...]) -> Question | None:
    """The question of a panel; None where it cannot be tested."""
    exposure = whole.only(part.people)
    if verdict.obstacle(part, exposure) or verdict.formation_obstacle(part, exposure):
        return None
    border = effect.formation(part, exposure, BORDER_DRAWS, seed, key).critical
    if not np.isfinite(border):
        return None
    fitted = effect.near(part, exposure)
    return Question(whole, exposure, gate, border, fitted, _verdict(part, exposure, gate, border, fitted))


def _verdict(part: Panel, exposure: Exposure, gate: Gate, border: float, near: Near) -> str:
    if verdict.obstacle(part, exposure) or verdict.formation_obstacle(part, exposure):
        return "cannot_be_tested"
    statistic = effect.formation_statistic(part, exposure, near)
    if not np.isfinite(statistic):
        return "cannot_be_tested"
    formation = Test("formation", statistic, p=verdict.LEVEL if abs(statistic) >= border else 1.0)
    return verdict.decide(formation, effect.association_change(part, exposure, near), gate).verdict
