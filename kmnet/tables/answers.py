"""Survey reports and who answered: a report of no tie is an answer, an empty cell is not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kmnet.tables.desk import Desk
from kmnet.tables.shape import self_ties
from kmnet.tables.work import Work, made


def survey(work: Work, desk: Desk) -> tuple[Work, set[tuple[str, str]]]:
    """One row a wave, relation and ordered pair, the strongest; and who reported anything, as (wave, person).

    Without a strength column every row is a tie of strength 1. A strength of 0 says that there is no tie: the row
    stays (it shows that the person answered) and makes no tie, since thresholds are above 0.
    """
    strength = work.values["strength"]
    if "strength" in work.given:
        work = desk.settle(work, np.isnan(strength), "KM413", "There is no strength", "strength")
    else:
        work = work.put(strength=np.ones(len(work)))
    answered = set(zip(work["wave"].cells(), work["source"].cells(), strict=True)) if len(work) else set()
    work = self_ties(work, desk)
    if not len(work):
        return work, answered
    key = work.key("wave", "relation", "source", "target")
    order = work.order_by(key, -work.values["strength"])
    work, key = work.take(order), key[order]
    again = np.r_[False, key[1:] == key[:-1]]
    desk.find(work, again, "KM403", "Another row reports the same tie, as strong or stronger", "target")
    return desk.count(work, again, "merged"), answered


def respondents(work: Work, reported: set[tuple[str, str]], people: Sequence[str], desk: Desk) -> tuple[Work, str]:
    """Who was asked in each wave and answered; and whether that was ``given``, ``inferred`` or ``none``.

    A wave whose table lists people who did not answer lists everybody who was asked: joiners and leavers who are not in
    it were not asked, which is not the same as silent. Of any other wave, everybody was asked.
    """
    given = bool(work.given)
    if "answered" not in work.given:  # being listed is having answered
        work = work.put(answered=np.ones(len(work), dtype=bool))
    work = _one_each(work, desk)
    pairs = list(zip(work["wave"].cells(), work["person"].cells(), strict=True))
    said = dict(zip(pairs, work.values["answered"].tolist(), strict=True))
    contradicted = np.array([not said[p] and p in reported for p in pairs], dtype=bool)
    desk.find(work, contradicted, "KM414", "Somebody is said not to have answered, yet reports ties", "answered")
    unlisted = len(reported - set(said)) if given else 0
    if unlisted:
        desk.say("KM415", f"{unlisted} people who report ties are not in the respondents table")
    waves = sorted({w for w, _ in reported} | {w for w, _ in said})
    rosters = {wave for (wave, _), answered in said.items() if not answered}
    rows = [(w, p) for w in waves for p in people if w not in rosters or (w, p) in said or (w, p) in reported]
    answered = np.array([said.get(r, False) or r in reported for r in rows], dtype=bool)
    full = made(work.table, wave=[w for w, _ in rows], person=[p for _, p in rows], answered=answered)
    return full, "given" if given else "inferred" if waves else "none"


def _one_each(work: Work, desk: Desk) -> Work:
    if not len(work):
        return work
    key = work.key("wave", "person")
    order = work.order_by(key, ~work.values["answered"])
    work, key = work.take(order), key[order]
    again = np.r_[False, key[1:] == key[:-1]]
    lead = np.maximum.accumulate(np.where(again, 0, np.arange(len(key))))
    differs = again & (work.values["answered"] != work.values["answered"][lead])
    desk.find(work, again & ~differs, "KM416", "The row says the same as another", "person")
    desk.find(work, differs, "KM418", "Another row says that the same person answered", "answered")
    return desk.count(work, again, "merged")
