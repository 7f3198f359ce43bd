"""From tests to a verdict: what may be claimed, what may not, and what this study could have found at all."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from kmnet.compare.effect import Test
from kmnet.compare.exposure import Exposure
from kmnet.compare.gate import Gate
from kmnet.compare.intervals import FEWEST_PEOPLE, FEWEST_ROWS
from kmnet.compare.panel import Panel

Verdict = Literal["supported", "suggestive", "mixed", "not_shown", "cannot_be_tested"]

LEVEL = 0.05
FEWEST = 10
"""Exposed pairs, other pairs, new ties, and exposed pairs at risk below which nothing is tested."""

FEWEST_IN_ARM = 8
"""People of the programme, and of the comparison group, below which the two are not compared."""

MOST_ROWS = 400_000
"""Pairs above which permuting people takes too long (about 630 people directed, 900 undirected)."""

ALREADY = 0.1
"""Placebo p below which teams are said to have been built from connected people (or from strangers)."""


class Decision(NamedTuple):
    """A verdict and the sentences behind it."""

    verdict: Verdict
    why: str


def obstacle(panel: Panel, exposure: Exposure) -> str:
    """Why the exposure cannot be tested on this panel at all; empty where it can."""
    i, j = panel.rows
    if panel.before.layer == "imposed":
        return "attendance cannot show connection: being in the same room is the exposure, not an outcome"
    if panel.n < FEWEST_PEOPLE or len(i) < FEWEST_ROWS:
        return f"{panel.n} people: too few to test anything"
    if panel.answered.sum() < FEWEST_PEOPLE:
        return f"{int(panel.answered.sum())} people answered both times: too few to test anything"
    if not exposure.shared.any():
        return "the data name nobody who shared it"
    if len(i) > MOST_ROWS:
        return f"{len(i)} pairs: too many for tests by permutation"
    if exposure.dose and exposure.attended is None:
        return "how often people shared something cannot be tested without knowing how often each came"
    if exposure.took_part is not None:
        arms = int(exposure.took_part.sum()), int((1 - exposure.took_part).sum())
        if min(arms) < FEWEST_IN_ARM:
            return f"{arms[0]} people took part and {arms[1]} people did not: too few in one of the two groups to compare them"
    if min(split(exposure, i, j)) < FEWEST:
        return "everyone met everyone (or nobody did): the programme and time cannot be separated"
    return ""


def split(exposure: Exposure, i: np.ndarray, j: np.ndarray) -> tuple[int, int]:
    """Rows that shared it, and other rows."""
    shared = exposed(exposure, i, j)
    return int(shared.sum()), int((~shared).sum())


def exposed(exposure: Exposure, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Which rows count as having shared it: any at all; of a dose, more than the typical pair."""
    return exposure.shared[i, j] > least(exposure)


def least(exposure: Exposure) -> float:
    """What a pair must have shared more of to count as having shared it."""
    if not exposure.dose:
        return 0.0
    upper = np.triu(np.ones_like(exposure.shared, dtype=bool), 1)
    return float(np.median(exposure.shared[upper]))


def formation_obstacle(panel: Panel, exposure: Exposure) -> str:
    """Why formation cannot be tested; empty where it can."""
    i, j = panel.rows
    before, after = (tie[i, j] > 0 for tie in panel.ties)
    formed = int((~before & after).sum())
    at_risk = int((exposed(exposure, i, j) & ~before).sum())
    if formed < FEWEST:
        return f"{formed} ties formed: too few to test what formed them"
    if at_risk < FEWEST:
        return f"{at_risk} open pairs shared it: too few to test"
    return ""


def decide(formation: Test, association: Test, gate: Gate) -> Decision:
    """The two-test rule: supported only if both tests agree; capped where the gate cautions."""
    untested = [test.why for test in (formation, association) if not test.made]
    if untested:
        return Decision("cannot_be_tested", "; ".join(dict.fromkeys(untested)))
    yes = [test.p <= LEVEL for test in (formation, association)]
    agree = formation.estimate * association.estimate > 0
    if all(yes) and agree:
        if gate.cautions or gate.refused:
            return Decision("suggestive", f"both tests agree, but {gate.reason}")
        return Decision("supported", "both tests agree")
    if not any(yes):
        return Decision("not_shown", f"neither test finds it; the data go with an odds ratio {_span(formation)}")
    if not agree:
        return Decision("mixed", "the two tests point in opposite directions")
    which = "that new ties formed" if yes[0] else "that the link grew from its own baseline"
    return Decision("suggestive", f"only one of the two tests finds it: {which}")


def _span(test: Test) -> str:
    """The odds ratios that a test does not rule out, in words."""
    low, high = (
        f"{np.exp(end):.0f}" if np.log(10) <= end < np.inf else f"{np.exp(end):.2g}" for end in (test.low, test.high)
    )
    if np.isinf(test.high):
        return f"of {low} or anything above"
    return f"up to {high}" if np.isinf(test.low) else f"from {low} to {high}"


def bounds(placebo: Test) -> str:
    """What the time before says about how formation is to be read."""
    if not placebo.made or placebo.p >= ALREADY:
        return ""
    if placebo.estimate > 0:
        return (
            "pairs that shared it were tied more often already at baseline: read formation as an upper bound and the"
            " change in association as a lower one"
        )
    return (
        "pairs that shared it were tied less often at baseline: read formation as a lower bound and the change in"
        " association as an upper one"
    )


_PEOPLE = (12, 20, 40, 80)
_POWER = {3.0: (0.05, 0.13, 0.42, 0.59), 5.0: (0.19, 0.44, 0.77, 0.94)}
"""Share of simulated programmes (directed ties, teams of about five) found *supported*, by people and planted odds
ratio."""

_SHARED_A_PERSON = {True: 4.0, False: 5.0}
"""Rows that shared a team, for each person of those programmes, by whether ties have a direction. What a study can find
hangs on these rows: with a third of them silent as much is found as by a programme with that many fewer people.
Undirected ties have half the rows, and each says a little less (simulated: .68 at 80 people, .40 at 40, odds ratio 5)."""


def power(people: float, odds_ratio: float) -> float:
    """Chance of *supported* at a planted odds ratio of 3 or 5: simulated, interpolated in the log of people."""
    return float(np.interp(np.log(max(people, 1)), np.log(_PEOPLE), _POWER[odds_ratio]))


def smallest_likely(people: float) -> float:
    """The odds ratio found as often as missed: interpolated between those simulated (1, 3, 5); infinite above 5."""
    ratios = np.array([1.0, 3.0, 5.0])
    chance = np.array([0.02, power(people, 3.0), power(people, 5.0)])
    if chance[-1] < 0.5:
        return float("inf")
    return float(np.exp(np.interp(0.5, chance, np.log(ratios))))


def could_find(panel: Panel, exposure: Exposure) -> str:
    """The power at the study's size in a sentence, for what was simulated: pairs of small teams."""
    i, j = panel.rows
    pairs = int(exposed(exposure, i, j).sum())
    if exposure.dose or exposure.took_part is not None:
        return "how small an effect of this kind would be found was not simulated at this size"
    size, source = f"with {panel.n} people", "from simulations with as many pairs who shared it"
    ratio = smallest_likely(pairs / _SHARED_A_PERSON[panel.directed])
    if ratio == float("inf"):
        return f"{size} even a fivefold odds ratio would be missed more often than not ({source})"
    return f"{size} an odds ratio under {ratio:.1f} would be missed more often than not ({source})"


def one_site(panel: Panel, exposure: Exposure) -> str:
    """What a comparison group cannot rule out: something that happened where it works, and nowhere else."""
    organisation = panel.before.groups.get("organisation")
    if exposure.took_part is None:
        return ""
    inside = exposure.took_part > 0
    if organisation is None:
        return "the organisations of the comparison group are not known: what happened there cannot be told apart"
    outside, ours = (set(np.unique(organisation.code[who]).tolist()) for who in (~inside, inside))
    if len(outside) == 1:
        return "the comparison group is one organisation: what else happened there cannot be told from the programme"
    if not outside & ours:
        return "the comparison group comes from other organisations: what else happened there cannot be told apart"
    return ""
