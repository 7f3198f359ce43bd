"""Rows against each other and against what the config declares: cohorts, periods, moments and waves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches

import numpy as np
import pandas as pd

from kmnet.config.schema import EXPRESSION, Cohort, Study
from kmnet.errors import Place
from kmnet.tables.desk import Desk
from kmnet.tables.people import split
from kmnet.tables.work import Work

FAR = 5
"""Years outside every cohort's period after which a date is more likely a slip than an observation."""


def across(works: Mapping[str, Work], study: Study, desk: Desk) -> None:
    """Report what does not fit together. Nothing is changed here."""
    _cohorts(works["people"], study, desk)
    _teams(works["people"], desk)
    _undated(works, desk)
    _dates(works, study, desk)
    _workshop_dates(works, study, desk)
    _waves(works, study, desk)
    _order(study, desk)


def moment_of(text: str | None, cohort: Cohort) -> pd.Timestamp | None:
    """A date expression of the config for a cohort; None where it rests on a date that the cohort does not have."""
    found = EXPRESSION.match(text or "")
    if not found:
        return None
    if found["date"]:
        return pd.Timestamp(found["date"])
    anchor: date | None = cohort.start if found["anchor"] == "start" else cohort.end
    if anchor is None:
        return None
    if not found["count"]:
        return pd.Timestamp(anchor)
    shift = pd.DateOffset(**{f"{found['unit']}s": int(found["count"])})  # type: ignore[arg-type]
    return pd.Timestamp(anchor) + shift if found["sign"] == "+" else pd.Timestamp(anchor) - shift


def _cohorts(people: Work, study: Study, desk: Desk) -> None:
    known = {c.name for c in study.cohorts}
    if not known:
        return
    unknown = sorted({p for v in people["cohort"].used() for p in split(v)} - known)
    for name in unknown:
        # Cohort 3 is no slip for Cohort 2.
        near = get_close_matches(name, sorted(k for k in known if _letters(k) != _letters(name)), 1, 0.5)
        hit = people["cohort"].test(lambda v, name=name: name in split(v))  # type: ignore[misc]
        tail = f"; did you mean {near[0]}?" if near else ""
        desk.find(people, hit, "KM314", f"A cohort is not in the config{tail}", "cohort")
    none = people["cohort"].empty
    if not none.all():
        desk.find(people, none & (people.file >= 0), "KM315", "No cohort is given", "cohort")


def _letters(name: str) -> str:
    return "".join(c for c in name if not c.isdigit())


def _teams(people: Work, desk: Desk) -> None:
    several = people["team"].test(lambda v: len(split(v)) > 1)
    desk.find(people, several, "KM316", "Several teams are given", "team")


def _undated(works: Mapping[str, Work], desk: Desk) -> None:
    for name in ("interactions", "attendance", "artefact_events"):
        none = np.isnat(works[name].values["date"])
        if none.any() and not none.all():
            desk.find(works[name], none, "KM405", "No date is given, though other rows have one", "date")


def _dates(works: Mapping[str, Work], study: Study, desk: Desk) -> None:
    periods = [(c.start, c.end) for c in study.cohorts if c.start and c.end]
    latest = _latest(study)
    if not periods:
        _apart(works, desk)
    for name in ("workshops", "interactions", "attendance", "artefacts", "artefact_events"):
        work, days = works[name], works[name].values["date"]
        late = np.zeros(len(work), dtype=bool)
        if latest is not None:
            late = days >= np.datetime64(latest, "ns")
            message = f"The date is {latest.date()} or later, after the last day that the config speaks of"
            if late.any():
                message += f"; the latest of the table is {pd.Timestamp(days[late].max()).date()}"
            desk.find(work, late, "KM407", message, "date")
        if periods:
            first = pd.Timestamp(min(p[0] for p in periods)) - pd.DateOffset(years=FAR)
            last = pd.Timestamp(max(p[1] for p in periods)) + pd.DateOffset(years=FAR)
            far = (days < np.datetime64(first, "ns")) | (days > np.datetime64(last, "ns"))
            message = f"The date is more than {FAR} years outside every cohort's period"
            desk.find(work, far & ~late, "KM406", message, "date")


def _apart(works: Mapping[str, Work], desk: Desk) -> None:
    """Days years away from all others, where the config tells no period: a slip such as 2042 for 2024.

    The days of a study are cut wherever more than ``FAR`` years lie between one and the next. Where more than half
    of them lie together, the others are told.
    """
    tables = ("workshops", "interactions", "attendance", "artefact_events")
    each = {t: works[t].values["date"].astype("datetime64[D]") for t in tables}
    days = np.unique(np.concatenate([d[~np.isnat(d)] for d in each.values()]))
    pieces = np.split(days, np.flatnonzero(np.diff(days).astype(int) > FAR * 366) + 1)
    main = max(pieces, key=len)
    if len(pieces) < 2 or 2 * len(main) <= len(days):
        return
    for table in tables:
        far = ~np.isnat(each[table]) & ((each[table] < main[0]) | (each[table] > main[-1]))
        message = f"The date is more than {FAR} years away from the others, {main[0]} to {main[-1]}"
        desk.find(works[table], far & (works[table].file >= 0), "KM406", message, "date")


def _latest(study: Study) -> pd.Timestamp | None:
    """The day after the last day that the config speaks of."""
    if not study.cohorts:
        last = [moment_of(m.until, Cohort(name="")) for m in study.moments]
        known = [day for day in last if day is not None]
        return max(known) if known and len(known) == len(last) else None
    ends = [pd.Timestamp(c.end) + pd.Timedelta(days=1) for c in study.cohorts if c.end]
    if len(ends) < len(study.cohorts) or not ends:
        return None
    untils = [moment_of(m.until, c) for m in study.moments for c in study.cohorts]
    return max([*ends, *(u for u in untils if u is not None)])


def _workshop_dates(works: Mapping[str, Work], study: Study, desk: Desk) -> None:
    """A workshop of a cohort lies in the cohort's period."""
    work, periods = works["workshops"], {c.name: (c.start, c.end) for c in study.cohorts if c.start and c.end}
    cohorts, days = work["cohort"].cells(), work.values["date"]

    def outside(cell: str, day: np.datetime64) -> bool:
        mine = [periods[c] for c in split(cell) if c in periods]
        when = pd.Timestamp(day)
        return bool(mine) and not pd.isna(when) and not any(s <= when.date() <= e for s, e in mine)

    hit = np.array([outside(c, d) for c, d in zip(cohorts, days, strict=True)], dtype=bool)
    desk.find(work, hit, "KM406", "The workshop lies outside the period of its cohort", "date")


def _waves(works: Mapping[str, Work], study: Study, desk: Desk) -> None:
    found = set(works["survey"]["wave"].used()) | set(works["respondents"]["wave"].used())
    named = [m.wave for m in study.moments if m.wave]
    if not named:
        return
    for wave in dict.fromkeys(named):
        if wave not in found:
            place = Place(column=f"moments.{[m.wave for m in study.moments].index(wave)}.wave")
            desk.say("KM411", f'The config names the wave "{wave}"; the survey has {_list(found)}', place)
    for wave in sorted(found - set(named)):
        message = f'No moment of the config names the wave "{wave}" of the survey'
        hits = {table: works[table]["wave"].test(wave.__eq__) for table in ("survey", "respondents")}
        read = [table for table, hit in hits.items() if (hit & (works[table].file >= 0)).any()]
        for table in read[:1]:
            desk.find(works[table], hits[table], "KM411", message, "wave")
        if not read:
            desk.say("KM411", message)


def _list(names: Iterable[str]) -> str:
    return ", ".join(f'"{n}"' for n in sorted(names)) or "none"


def _order(study: Study, desk: Desk) -> None:
    """The moment compared as `after` must not begin before the other."""
    moments = {m.name: m for m in study.moments}
    if study.compare is None:
        return
    before, after = moments.get(study.compare.before), moments.get(study.compare.after)
    if before is None or after is None:
        return
    for cohort in study.cohorts or (Cohort(name=""),):
        one, two = (moment_of(m.from_ or m.until, cohort) for m in (before, after))
        if one is not None and two is not None and two < one:
            desk.say("KM408", f"`{after.name}` begins before `{before.name}`", Place(column="compare.after"))
            return
