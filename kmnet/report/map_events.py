"""What happened, for the map: contacts step by step, evidence and who made or used it, who came to which workshop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kmnet.report import scene, style, words
from kmnet.report.map_index import EVIDENCE, WORKSHOP, Index, texts
from kmnet.report.scene import Spots
from kmnet.results import Results

MANY = 60
"""Workshops above which the steps are months."""

MEETINGS_LIMIT = 20_000
"""Attendances above which people are not drawn with workshops: so many lines tell an eye nothing."""


@dataclass(frozen=True, eq=False)
class Steps:
    """Points in time: ``ends`` are the last days of the steps, ``titles`` their names and cohorts.

    One more step follows the last end: everything later. ``word`` is "workshop" or "month".
    """

    ends: pd.DatetimeIndex
    titles: list[tuple[str, list[str]]]
    word: str

    def of(self, dates: pd.Series) -> list[int]:
        """The step of each date; -1 where there is no date."""
        found = np.searchsorted(self.ends.values, dates.dt.normalize().values, side="left")
        return np.where(dates.isna(), -1, found).tolist()


def _dates(frame: pd.DataFrame) -> pd.Series:
    if not len(frame) or "date" not in frame:
        return pd.Series([], dtype="datetime64[ns]")
    dates = pd.to_datetime(frame["date"], errors="coerce")
    return dates.dt.tz_localize(None) if dates.dt.tz is not None else dates


def steps(results: Results) -> Steps:
    """The workshops in order of their dates; months where none is dated or they are too many to step through."""
    shops = results.workshops
    if len(shops):
        kinds = texts(shops["kind"]) if "kind" in shops else []
        main = [kind.strip().lower() == "workshop" for kind in kinds]
        shops = shops[main] if any(main) else shops  # meetings of single teams are no step of a programme
    dates = _dates(shops).dt.normalize()
    if 0 < len(dates.dropna()) <= MANY:
        names = texts(shops["label"]) if "label" in shops else texts(shops["id"])
        held = texts(shops["cohort"]) if "cohort" in shops else [""] * len(shops)
        rows = sorted((d, i, n, h) for d, i, n, h in zip(dates, texts(shops["id"]), names, held) if d == d)
        titles = [(f"{n}, {shown(results, d)}", [c for c in h.split(";") if c]) for d, _, n, h in rows]
        return Steps(pd.DatetimeIndex([d for d, *_ in rows]), titles, "workshop")
    seen = _dates(results.contacts).dropna()
    if not len(seen) or seen.min().to_period("M") == seen.max().to_period("M"):
        return Steps(pd.DatetimeIndex([]), [], "")
    months = pd.period_range(seen.min().to_period("M"), seen.max().to_period("M"), freq="M")
    width = -(-len(months) // 24)  # at most 24 steps, each of whole months
    months = months[width - 1 :: width].union(months[-1:])
    titles = [(words.day(f"{p.year}-{p.month:02d}"), list[str]()) for p in months]
    return Steps(pd.DatetimeIndex([p.end_time.normalize() for p in months]), titles, "month")


def shown(results: Results, date: Any) -> str:
    """A date in words; outside the team only its month, since sharing keeps no days."""
    text = date.isoformat() if hasattr(date, "isoformat") else str(date)
    return words.day(text[:10] if results.share == "inside" else text[:7])


def contacts(results: Results, index: Index, steps: Steps) -> dict[str, Any]:
    """Dated contacts as columns: ends, kind, step. A pair's contacts of one kind in one step stand once."""
    log = results.contacts
    if not len(log) or not steps.titles or not index.drawn:
        return {"contacts": {"a": [], "b": [], "kind": [], "step": []}, "kinds": []}
    kinds = sorted(set(texts(log["kind"]))) if "kind" in log else [""]
    kind = texts(log["kind"]) if "kind" in log else [""] * len(log)
    rows = set()
    for source, target, k, step in zip(texts(log["source"]), texts(log["target"]), kind, steps.of(_dates(log))):
        a, b = index.where.get(source), index.where.get(target)
        if a is not None and b is not None and a != b and step >= 0:
            rows.add((step, min(a, b), max(a, b), kinds.index(k)))
    columns = [list(c) for c in zip(*sorted(rows))] if rows else [[], [], [], []]
    return {
        "contacts": dict(zip(("step", "a", "b", "kind"), columns)),
        "kinds": [name or "Contact" for name in kinds],
    }


def evidence(
    results: Results, index: Index, steps: Steps, drawings: Mapping[str, Spots], names: Sequence[str]
) -> dict[str, Any]:
    """Who did what with which piece of evidence, and where it is drawn: amid its people, clear of everybody."""
    events = results.artefact_events
    empty: dict[str, Any] = {"links": {"thing": [], "person": [], "action": [], "step": []}, "evidenceSpots": {}}
    if not len(events) or not index.drawn or "person" not in events:
        return empty
    actions = list(style.ACTIONS)
    step = steps.of(_dates(events)) if steps.titles else [-1] * len(events)
    rows = set()
    for artefact, person, action, when in zip(
        texts(events["artefact"]), texts(events["person"]), texts(events["action"]), step
    ):
        thing, who = index.things.get((EVIDENCE, artefact)), index.where.get(person)
        if thing is not None and who is not None and action in actions:
            rows.add((thing, who, actions.index(action), when))
    ids = [row["id"] for row in index.rows]
    ties = sorted({(ids[thing], ids[who]) for thing, who, _, _ in rows})
    columns = [list(c) for c in zip(*sorted(rows))] if rows else [[], [], [], []]
    placed = {}
    for name in names:
        spots = scene.beside(drawings[name], ties)
        placed[name] = {str(index.things[EVIDENCE, thing]): list(xy) for thing, xy in sorted(spots.items())}
    return {"links": dict(zip(("thing", "person", "action", "step"), columns)), "evidenceSpots": placed}


def meetings(results: Results, index: Index) -> dict[str, Any]:
    """Who came to which workshop, and a drawing of people and workshops by it."""
    came = results.attendance
    if not len(came) or not index.drawn or "person" not in came:
        return {"meetings": {"thing": [], "person": []}, "meetingSpots": {}, "meetingsLeftOut": 0}
    rows = sorted(
        {
            (index.things[WORKSHOP, workshop], index.where[person])
            for workshop, person in zip(texts(came["workshop"]), texts(came["person"]))
            if (WORKSHOP, workshop) in index.things and person in index.where
        }
    )
    if len(rows) > MEETINGS_LIMIT:
        return {"meetings": {"thing": [], "person": []}, "meetingSpots": {}, "meetingsLeftOut": len(rows)}
    ids = [row["id"] for row in index.rows]
    people, things = scene.two_mode(sorted({ids[p] for _, p in rows}), [(ids[t], ids[p]) for t, p in rows])
    spots = {str(index.where[i]): list(xy) for i, xy in sorted(people.items())}
    spots |= {str(index.things[WORKSHOP, i]): list(xy) for i, xy in sorted(things.items())}
    return {
        "meetings": {"thing": [t for t, _ in rows], "person": [p for _, p in rows]},
        "meetingSpots": spots,
        "meetingsLeftOut": 0,
    }
