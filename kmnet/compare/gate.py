"""May two moments be compared at all, and how far may a verdict go?

Two kinds of obstacle: one that makes a difference meaningless (``refused``: nothing is shown unless forced), and one
that leaves the numbers but caps what may be claimed of them (``cautions``: a verdict goes no further than suggestive).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kmnet.network.network import Network

FEWEST_ANSWERS = 0.6
"""Response below which a verdict is capped."""

WINDOWS = 1.05
"""Longer window over shorter one, above which counts of ties are not comparable (90 v 180 days: 88 % false alarms)."""

MOST_PEOPLE = 4000
"""People above which a matrix of all pairs does not fit a laptop's memory."""

JUMP = 3.0
"""Ties per respondent over those of the other moment, above which another way of asking is likelier than change."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """How ties were observed at one moment, as far as the study says. Empty texts say nothing; ``top`` is the highest
    strength that anybody gave."""

    source: str = ""
    relation: str = ""
    threshold: float = float("nan")
    asked: str = ""
    top: float = float("nan")


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands against a comparison, in sentences."""

    refused: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()

    @property
    def comparable(self) -> bool:
        """Whether a difference may be shown."""
        return not self.refused

    @property
    def reason(self) -> str:
        """All that was found, as one text."""
        return " ".join((*self.refused, *self.cautions))

    @property
    def said(self) -> tuple[str, ...]:
        """The same as notes on a comparison: what makes it impossible, and what it is to be read with."""
        no = ("not comparable: " + " ".join(self.refused),) if self.refused else ()
        return (*no, *(("compare with caution: " + " ".join(self.cautions),) if self.cautions else ()))


def gate(
    before: Network,
    after: Network,
    instruments: tuple[Instrument, Instrument] = (Instrument(), Instrument()),
) -> Gate:
    """Look for what makes two moments incomparable: instrument, threshold, relation, direction, windows, boundary,
    response."""
    refused = [*_instruments(*instruments), *_kinds(before, after), *_windows(before, after)]
    if max(before.n, after.n) > MOST_PEOPLE:
        refused.append(f"More than {MOST_PEOPLE} people: pairs are too many to be compared one by one.")
    if not (before.present & after.present).any():
        refused.append("Nobody belongs to both moments.")
    cautions = [
        *_response(before, " before"), *_response(after, " after"), *_jump(before, after), *_scales(*instruments), *_boundary(before, after)
    ]  # fmt: skip
    return Gate(tuple(refused), tuple(cautions))


def alone(network: Network) -> Gate:
    """What stands against one moment by itself, with which nothing is compared yet."""
    return Gate(cautions=tuple(_response(network)))


def _instruments(one: Instrument, two: Instrument) -> list[str]:
    found = []
    for what, a, b in (
        ("The ties come from different sources", one.source, two.source),
        ("Another relation was asked about", one.relation, two.relation),
        ("The question was asked at one moment only", one.asked, two.asked),
    ):
        if a and b and a != b:
            found.append(f"{what} ({a} before, {b} after).")
    if one.threshold == one.threshold and two.threshold == two.threshold and one.threshold != two.threshold:
        found.append(f"Another threshold makes a tie ({one.threshold:g} before, {two.threshold:g} after).")
    return found


def _scales(one: Instrument, two: Instrument) -> list[str]:
    """Answers of very different height: a scale against a list of names, or another scale."""
    if not (one.top > 0 and two.top > 0) or max(one.top, two.top) < 2 * min(one.top, two.top):
        return []
    return [
        f"Answers go up to {one.top:g} before and to {two.top:g} after: check that both waves asked on the same scale."
    ]


def _kinds(before: Network, after: Network) -> list[str]:
    found = []
    if before.directed != after.directed:
        found.append("Ties have a direction at one moment only.")
    if before.layer != after.layer:
        found.append(f"Ties are {before.layer} before and {after.layer} after.")
    rules = [n.reports.rule for n in (before, after) if n.reports is not None]
    if len(set(rules)) > 1:
        found.append(f"Reports become ties by another rule ({rules[0]} before, {rules[1]} after).")
    return found


def _windows(before: Network, after: Network) -> list[str]:
    """Dated ties need windows of one length; a survey wave has no length that matters."""
    if before.layer == "reported":
        return []
    days = (before.days, after.days)
    if not all(np.isfinite(days)):
        return (
            [] if before.layer == "imposed" else ["How long a window is cannot be told: give each a from and an until."]
        )
    if min(days) <= 0 or max(days) / min(days) > WINDOWS:
        return [f"The windows differ in length ({days[0]:.0f} days before, {days[1]:.0f} after)."]
    return []


def _response(network: Network, when: str = "") -> list[str]:
    asked = int(network.present.sum())
    answered = int((network.answered & network.present).sum())
    if network.layer != "reported" or not asked or answered / asked >= FEWEST_ANSWERS:
        return []
    return [f"Only {answered} of {asked} people answered{when} ({100 * answered / asked:.0f}%)."]


def _reported(network: Network) -> np.ndarray:
    """Ties that each respondent reports."""
    source = network.reports.source if network.reports is not None else network.source
    return np.bincount(source, minlength=network.n)[network.answered & network.present]


def _jump(before: Network, after: Network) -> list[str]:
    """Signs of another way of asking that the data themselves give."""
    if before.layer != "reported" or before.n < 10:
        return []
    one, two = _reported(before), _reported(after)
    if not len(one) or not len(two) or min(one.mean(), two.mean()) <= 0:
        return []
    found = []
    if max(one.mean(), two.mean()) / min(one.mean(), two.mean()) > JUMP:
        found.append(
            f"Ties named per respondent jump from {one.mean():.1f} to {two.mean():.1f}: check that both waves asked"
            " in the same way (a free list against a roster)."
        )
    fixed = [len(set(counts)) == 1 and counts[0] > 0 for counts in (one, two)]
    if fixed[0] != fixed[1]:
        found.append("In one wave everybody named the same number of people, as if the number was prescribed.")
    return found


def _boundary(before: Network, after: Network) -> list[str]:
    """Turnover so large that the people in both moments are a minority."""
    both = int((before.present & after.present).sum())
    either = int((before.present | after.present).sum())
    if either and both / either < 0.5:
        return [f"Only {both} of {either} people belong to both moments."]
    return []
