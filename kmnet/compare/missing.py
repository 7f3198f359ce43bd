"""How much hangs on those who did not answer: bounds, and the study's own network with more of it missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kmnet.compare import brokers, intervals
from kmnet.compare.change import Row
from kmnet.compare.exposure import Exposure, meetings
from kmnet.compare.panel import Panel, matrix, panel
from kmnet.compare.question import Question
from kmnet.kernels import shuffle
from kmnet.network.network import Network
from kmnet.network.rules import reported

DRAWS = (200, 100, 50, 20)
"""Losses drawn: the most of these that are a tenth of the study's draws at most, or the last. A number that followed the
pairs would tell how many there are where only rounded numbers may be shown."""

PAIRS = 50_000
"""Pairs x losses: large studies are thinned less often."""

SHARES = (0.1, 0.2, 0.3)

BOUNDS = {
    "none": "people who did not answer have no ties beyond those others report",
    "all": "people who did not answer are tied to everybody: the utmost the data allow",
    "as_the_other_moment": "ties that cannot be seen are as at the other moment",
    "as_named_by_others": "people who did not answer name those who name them",
}


def bounds(before: Network, after: Network) -> list[Row]:
    """Change of ties per person over everybody in both moments, under each assumption about what was not answered."""
    both = before.present & after.present
    one, two = before.take(both), after.take(both)
    if one.layer != "reported" or (one.answered.all() and two.answered.all()):
        return []
    seen = [(matrix(network), _unseen(network)) for network in (one, two)]
    rows = []
    for name, note in BOUNDS.items():
        filled = [_filled(name, mine, other) for mine, other in (seen, seen[::-1])]
        people = [float(ties.sum()) / max(one.n, 1) for ties in filled]
        rows.append({"scenario": f"unanswered_{name}", "difference": people[1] - people[0], "note": note})
    return rows


def _unseen(network: Network) -> NDArray[np.bool_]:
    """Cells of the matrix of ties that nobody's answer can fill."""
    answered = network.answered
    if network.directed:
        unseen = np.broadcast_to(~answered[:, None], (network.n, network.n)).copy()
    elif network.reports is not None and network.reports.rule == "either":
        unseen = ~(answered[:, None] | answered[None, :])
    else:
        unseen = ~(answered[:, None] & answered[None, :])
    np.fill_diagonal(unseen, False)
    return unseen


def _filled(
    name: str,
    mine: tuple[NDArray[np.float64], NDArray[np.bool_]],
    other: tuple[NDArray[np.float64], NDArray[np.bool_]],
) -> NDArray[np.float64]:
    ties, unseen = mine
    instead = {
        "none": np.zeros_like(ties),
        "all": np.ones_like(ties),
        "as_the_other_moment": other[0],
        "as_named_by_others": ties.T,
    }[name]
    return np.where(unseen, instead, ties)


def thinned(found: Panel, draws: int, seed: int, key: tuple[int, ...], question: Question | None = None) -> list[Row]:
    """The same study with 10, 20 and 30 % of ties, people, answers or attendances lost at random, and with as many answers
    lost again, group by group, as were not given: the range of the change, how many of the five highest stay, and how
    often the verdict stays.

    Parameters
    ----------
    draws : int
        The study's draws; a tenth of it is how often something is lost.
    question : Question, optional
        The programme's mark on the intact study.
    """
    if found.n < 2 * brokers.TOP or found.after.m < 10:
        return []
    draw = shuffle.generator(seed, *key)
    most = min(draws // 10, PAIRS // max(len(found.rows[0]), 1))
    draws = next((each for each in DRAWS if each <= most), DRAWS[-1])
    times = 3 * len(SHARES) * draws  # of ties, people and answers
    first = _best(found.after, times)
    rows = []
    for what in ("ties", "people", "answers", "attendances"):
        if what == "answers" and found.before.layer != "reported":
            continue
        if what == "attendances" and (question is None or question.exposure.came is None):
            continue
        for name, share, chance in _losses(found, what):
            drawn, same = [], []
            for part, exposure in _lost(found, question, what, chance, draw, draws):
                if what != "attendances":
                    drawn.append(_one(part, first, times))
                if question is not None and exposure is not None:
                    same.append(question.verdict_on(part, exposure) == question.verdict)
            row: Row = {"scenario": name, "dropped": share, "draws": draws, "note": f"{draws} random losses"}
            if drawn:
                row |= _spread(np.array(drawn))
            if same:
                row |= {"verdict": question.verdict if question else "", "verdict_kept": float(np.mean(same))}
            rows.append(row)
    return rows


AS_HAPPENED = "fewer_answers_as_happened"
Chance = float | NDArray[np.float64]


def _losses(found: Panel, what: str) -> Iterator[tuple[str, float, Chance]]:
    """Scenario, share lost, and the chance of loss: of all alike, or of answers in place of the largest share as
    happened, each person as likely as people of the same group were not to answer."""
    silent = (~found.answered).astype(float)
    happened = what == "answers" and 0 < silent.sum() < found.n
    for share in SHARES[:-1] if happened else SHARES:
        yield f"fewer_{what}", share, share
    if happened:
        part = found.before.partition
        code = np.zeros(found.n, dtype=np.int64) if part is None else part.code
        size = np.bincount(code)
        yield AS_HAPPENED, float(silent.mean()), (np.bincount(code, silent) / np.maximum(size, 1))[code]


def _spread(drawn: NDArray[np.float64]) -> Row:
    ordered = np.sort(drawn[:, 0])
    edge = int(len(drawn) * 0.025)
    return {
        "difference": float(drawn[:, 0].mean()), "low": float(ordered[edge]), "high": float(ordered[-1 - edge]),
        "top_five_kept": float(drawn[:, 1].mean()),
    }  # fmt: skip


def otherwise(both: Panel, question: Question | None) -> list[Row]:
    """The change and the verdict with programme staff counted, and with only stronger ties counted.

    ``both`` holds everybody; facilitators are left out of the stronger ties as of everything else.
    """
    staff = both.before.facilitator
    apart = staff.any() and not staff.all()
    each = [("with_programme_staff", both, "programme staff counted as everybody else")] if apart else []
    without = both.only(~staff) if apart else both
    for least in _strengths(without):
        part = _stronger(without, least)
        if min(part.before.m, part.after.m) >= 10:
            each.append((f"at_least_{least:g}", part, f"only ties of strength {least:g} or more"))
    rows: list[Row] = []
    for name, part, note in each:
        row: Row = {"scenario": name, "difference": intervals.ties_per_person(part).difference, "note": note}
        if question is not None:
            exposure = question.whole.only(part.people)
            row["verdict"] = question.verdict_on(part, exposure)
        rows.append(row)
    return rows


def _strengths(found: Panel) -> list[float]:
    """Strengths above the least, three at most."""
    if found.before.layer != "reported":
        return []
    each = (n.reports.weight if n.reports is not None else n.weight for n in (found.before, found.after))
    return [float(s) for s in np.unique(np.concatenate(list(each)))[1:4]]


def _stronger(found: Panel, least: float) -> Panel:
    return replace(found, before=_at_least(found.before, least), after=_at_least(found.after, least))


def _at_least(network: Network, least: float) -> Network:
    """A network of the reports of a strength at least."""
    if network.reports is None:
        return _fewer(network, network.weight >= least)
    kept = network.reports.weight >= least
    raw = network.reports
    reports = replace(raw, source=raw.source[kept], target=raw.target[kept], weight=raw.weight[kept])
    ties = reported(network.n, reports)
    return replace(network, source=ties.source, target=ties.target, weight=ties.weight, reports=reports)


Lost = tuple[Panel, Exposure | None]


def _lost(
    found: Panel, question: Question | None, what: str, share: Chance, draw: np.random.Generator, draws: int
) -> Iterator[Lost]:
    shared = None if question is None else question.exposure
    for _ in range(draws):
        if what == "ties":
            yield (
                replace(
                    found,
                    before=_fewer(found.before, draw.random(found.before.m) >= share),
                    after=_fewer(found.after, draw.random(found.after.m) >= share),
                ),
                shared,
            )
        elif what == "people":
            keep = draw.random(found.n) >= share
            yield found.only(keep), None if shared is None else shared.only(np.flatnonzero(keep))
        elif what == "answers":
            answered = found.answered & (draw.random(found.n) >= share)
            yield (
                panel(replace(found.before, answered=answered), replace(found.after, answered=answered), found.members),
                shared,
            )
        elif shared is not None and shared.came is not None:
            yield found, meetings(shared.name, shared.came * (draw.random(shared.came.shape) >= share))


def _fewer(network: Network, keep: NDArray[np.bool_]) -> Network:
    return replace(
        network, source=network.source[keep], target=network.target[keep], weight=network.weight[keep]
    )  # fmt: skip


def _best(network: Network, times: int) -> set[str]:
    place = brokers.places(network, times)
    return {network.ids[k] for k in np.lexsort((np.arange(network.n), place))[: brokers.TOP]}


def _one(part: Panel, first: set[str], times: int) -> tuple[float, float]:
    """Change of ties per person, and how many of the five are still among the five."""
    return intervals.more_ties(part), float(len(_best(part.after, times) & first))
