"""The rows that evidence flow needs, as positions and days: who made, received and used what, and who met whom when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kmnet.kernels import temporal
from kmnet.network.network import Partition

EPOCH = pd.Timestamp("1970-01-01")


@dataclass(frozen=True, eq=False)
class Artefact:
    """One piece of evidence. ``release`` is the day its makers had it; positions of people are sorted.
    ``organisations`` recorded as such (no person named): received or used."""

    id: str
    kind: str
    release: float
    makers: NDArray[np.int32]
    received: NDArray[np.int32]
    used: NDArray[np.int32]
    organisations: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Evidence:
    """Everything evidence flow needs.

    ``contacts`` are dated contacts and workshops (all who came to one at once); ``workshop`` says which are workshops.
    ``notes`` say what was assumed.
    """

    ids: tuple[str, ...]
    groups: Mapping[str, Partition]
    artefacts: tuple[Artefact, ...]
    contacts: temporal.Events
    outside: temporal.Events
    notes: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """People."""
        return len(self.ids)


def days(dates: Any) -> NDArray[np.float64]:
    """Dates as days since 1970, NaN where there is none."""
    return np.asarray((pd.to_datetime(pd.Series(dates)) - EPOCH) / pd.Timedelta(days=1), dtype=np.float64)


def evidence(
    ids: tuple[str, ...],
    groups: Mapping[str, Partition],
    artefacts: pd.DataFrame,
    artefact_events: pd.DataFrame,
    interactions: pd.DataFrame,
    attendance: pd.DataFrame,
    team: Mapping[str, str],
) -> Evidence | None:
    """Bring rows together; None where no artefact has a maker and a date.

    Parameters
    ----------
    ids : tuple of str
        People, sorted.
    artefacts, artefact_events, interactions, attendance : DataFrame
        Columns of the input tables; ``attendance.date`` filled from its workshop.
    team : mapping of str to str
        Each person's team: its makers where an artefact names a team and nobody is recorded to have made it.
    """
    where = {name: k for k, name in enumerate(ids)}
    made, notes = _artefacts(where, artefacts, artefact_events, team)
    if not made:
        return None
    pairs = interactions[interactions["date"].notna()]
    met = attendance[attendance["date"].notna()]
    pair_days, pair_people = _pairs(where, pairs)
    meet_days, meet_people = _meetings(where, met)
    both = np.concatenate([pair_days, meet_days]), pair_people + meet_people
    undated = len(interactions) - len(pairs)
    if undated:
        notes.append(f"{undated} contacts without a date can carry no evidence.")
    return Evidence(
        ids, groups, tuple(made), _events(len(ids), *both), _events(len(ids), pair_days, pair_people), tuple(notes)
    )


def _events(n: int, time: NDArray[np.float64], people: list[list[int]]) -> temporal.Events:
    return temporal.events(n, time, time, people, people)


def _pairs(where: Mapping[str, int], rows: pd.DataFrame) -> tuple[NDArray[np.float64], list[list[int]]]:
    """A contact carries both ways: who wrote to whom says little about who told whom."""
    time, people = [], []
    for day, a, b in zip(days(rows["date"]), rows["source"], rows["target"]):
        if a in where and b in where and a != b:
            time.append(day)
            people.append([where[a], where[b]])
    return np.array(time, dtype=float), people


def _meetings(where: Mapping[str, int], rows: pd.DataFrame) -> tuple[NDArray[np.float64], list[list[int]]]:
    time, people = [], []
    for (_, day), came in rows.groupby(["workshop", "date"], sort=True):
        inside = sorted({where[p] for p in came["person"] if p in where})
        if len(inside) > 1:
            time.append(float(days([day])[0]))
            people.append(inside)
    return np.array(time, dtype=float), people


class _Told(NamedTuple):
    """What is recorded of one artefact: people and organisations by action, and days."""

    people: dict[str, set[int]]
    organisations: dict[str, str]
    made: list[float]
    heard: list[float]


def _told(where: Mapping[str, int], events: pd.DataFrame) -> dict[str, _Told]:
    told: dict[str, _Told] = {}
    columns: list[list[Any]] = [list(events[c]) for c in ("artefact", "person", "organisation", "action")]
    for name, person, house, action, day in zip(*columns, days(events["date"]).tolist()):
        record = told.setdefault(name, _Told({}, {}, [], []))
        if person in where:
            record.people.setdefault(action, set()).add(where[person])
        elif not person and house and action in ("received", "used") and record.organisations.get(house) != "used":
            record.organisations[house] = action
        if day == day:
            record.heard.append(day)
            if action == "made":
                record.made.append(day)
    return told


def _artefacts(
    where: Mapping[str, int], artefacts: pd.DataFrame, events: pd.DataFrame, team: Mapping[str, str]
) -> tuple[list[Artefact], list[str]]:
    made: list[Artefact] = []
    by_team = undated = 0
    told = _told(where, events)
    ordered = artefacts.sort_values("id", kind="stable")
    columns: list[list[Any]] = [list(ordered[c]) for c in ("id", "kind", "team")]
    for name, kind, its_team, day in zip(*columns, days(ordered["date"]).tolist()):
        record = told.get(name, _Told({}, {}, [], []))
        makers = record.people.get("made", set())
        if not makers and its_team:
            makers = {where[p] for p, t in team.items() if t == its_team and p in where}
            by_team += bool(makers)
        # The artefact's own date, else when it was made, else the first that is heard of it.
        known = [d for d in (day, min(record.made, default=np.nan), min(record.heard, default=np.nan)) if d == d]
        if not known or not makers:
            undated += 1
            continue
        used = record.people.get("used", set())
        received = record.people.get("received", set()) | used
        made.append(
            Artefact(
                name, kind, known[0], _positions(makers), _positions(received), _positions(used), record.organisations
            )
        )  # fmt: skip
    notes = []
    if by_team:
        notes.append(f"{by_team} artefacts without a recorded maker start from their whole team.")
    if undated:
        notes.append(f"{undated} artefacts without a date or without anyone who made them are not followed.")
    return made, notes


def _positions(people: set[int]) -> NDArray[np.int32]:
    return np.array(sorted(people), dtype=np.int32)
