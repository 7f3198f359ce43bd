"""When people met and who came: workshops with tables, and the support meetings of each team."""

from __future__ import annotations

import numpy as np
from people import COHORTS, Cohort, Person
from words import TEAMS, WORKSHOPS, WORKSHOPS_C3

COMES = {
    "Practitioner": 0.84,
    "Researcher": 0.84,
    "Intern": 0.85,
    "Facilitator": 0.96,
    "Methods expert": 0.75,
    "Public adviser": 0.66,
    "Commissioner": 0.62,
    "Local partner": 0.0,
}
SUPPORT_WEEKS = {"C1": (2, 6, 14), "C2": (2, 6, 14), "C3": (4, 14)}
ONLINE = ("C1-W4", "C2-W5")


def make_workshops() -> list[tuple]:
    """Rows of workshops.csv."""
    rows = []
    for cohort in COHORTS:
        titles = WORKSHOPS if len(cohort.workshop_weeks) == 6 else WORKSHOPS_C3
        for k, (week, title) in enumerate(zip(cohort.workshop_weeks, titles), start=1):
            kind = "dissemination" if title in ("Dissemination event", "Showcase") else "workshop"
            rows.append((f"{cohort.code}-W{k}", title, cohort.day(week).isoformat(), cohort.name, 5, kind))
        for number, team in enumerate(TEAMS[cohort.code], start=1):
            for k, week in enumerate(SUPPORT_WEEKS[cohort.code], start=1):
                day = cohort.day(week + (number % 5) / 7)
                title = f"Support meeting {k}: {team}"
                rows.append((f"{cohort.code}-T{number:02d}-S{k}", title, day.isoformat(), cohort.name, 1.5, "support"))
    return rows


def _week(cohort: Cohort, day: str) -> float:
    return (np.datetime64(day) - np.datetime64(cohort.start)).astype(int) / 7


def make_attendance(people: list[Person], workshops: list[tuple], rng: np.random.Generator) -> list[tuple]:
    """Rows of attendance.csv, with the flaws that sign-in sheets have."""
    rows: list[tuple] = []
    for workshop in workshops:
        identity, _, day, name, _, kind = workshop
        cohort = next(c for c in COHORTS if c.name == name)
        members = [p for p in people if cohort.code in p.cohorts]
        if kind == "support":
            team = TEAMS[cohort.code][int(identity[4:6]) - 1]
            rows += _support(members, team, identity, day, _week(cohort, day), rng)
        else:
            rows += _workshop(members, identity, day, _week(cohort, day), rng)
    return _spoil(rows, people)


def _workshop(members: list[Person], identity: str, day: str, week: float, rng: np.random.Generator) -> list[tuple]:
    came = [p for p in members if p.joins <= week < p.leaves and rng.random() < COMES[p.role] and not p.stands_in_for]
    for p in [p for p in members if p.stands_in_for]:
        away = [q for q in members if q.team == p.team and q.role == "Commissioner" and q not in came]
        if away and rng.random() < 0.6:
            came.append(p)  # "sent a colleague"
    mixed = identity.endswith(("W1", "W6", "C3-W3"))
    tables = {p.id: f"Table {k % 8 + 1}" for k, p in enumerate(came[i] for i in rng.permutation(len(came)))}
    served = {team: p for p in came for team in p.serves}
    rows = []
    for p in came:
        table = tables[p.id] if mixed else p.team
        if not table:
            here = [team for team, who in served.items() if who is p]
            table = here[int(rng.integers(len(here)))] if here and p.facilitator else "Front desk"
        minutes = str(int(rng.integers(45, 151))) if identity in ONLINE else ""
        rows.append((p.id, identity, day, minutes, table))
    return rows


def _support(
    members: list[Person], team: str, identity: str, day: str, week: float, rng: np.random.Generator
) -> list[tuple]:
    asked = [p for p in members if (p.team == team or team in p.serves) and p.joins <= week < p.leaves]
    came = [p for p in asked if not p.stands_in_for and rng.random() < 0.9 * COMES[p.role]]
    return [(p.id, identity, day, "", team) for p in came]


def _spoil(rows: list[tuple], people: list[Person]) -> list[tuple]:
    """A sheet kept by name instead of number, two misspelt names, one row written twice, one visitor nobody knows."""
    name = {p.id: p.misspelt or p.name for p in people}
    twice = {p.name for p in people if sum(q.name == p.name for q in people) > 1}
    spoilt = [
        (name[r[0]], *r[1:]) if r[1] == "C1-W3" and name[r[0]] not in twice else r  # a sheet of names
        for r in rows
    ]
    misspelt = {p.id: p.misspelt for p in people if p.misspelt}
    spoilt = [(misspelt.get(r[0], r[0]), *r[1:]) if r[1].endswith("-W2") else r for r in spoilt]
    copy = next(r for r in spoilt if r[1] == "C2-W2")
    at = next(k for k, r in enumerate(spoilt) if r[1] == "C2-W5")
    visitor = ("Visitor from the press office", "C2-W6", next(r for r in spoilt if r[1] == "C2-W6")[2], "", "Table 1")
    return [*spoilt[:at], copy, *spoilt[at:], visitor]
