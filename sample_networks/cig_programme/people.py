"""Who takes part: roles, organisations, teams and cohorts, with the parts that are planted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from words import FIRST, LAST, ORGANISATIONS, TEAMS

WEEKS = 26  # the programme lasts 26 weeks; the windows before and after are as long


@dataclass(frozen=True)
class Cohort:
    """A cohort, its first day, and what it was given. ``effect`` is the planted log odds ratio of sharing a team."""

    code: str
    name: str
    start: date
    effect: float
    workshop_weeks: tuple[int, ...]
    interns: int
    advisers: int
    second_practitioners: int
    researchers: int
    partners: int
    facilitators: int

    @property
    def end(self) -> date:
        return self.start + timedelta(weeks=WEEKS)

    def day(self, week: float) -> date:
        return self.start + timedelta(days=round(7 * week))


SIX = (0, 4, 8, 12, 18, 25)
COHORTS = (
    Cohort("C1", "Cohort 1", date(2017, 1, 16), 2.4, SIX, 6, 15, 8, 8, 8, 5),
    Cohort("C2", "Cohort 2", date(2018, 1, 15), 2.4, SIX, 6, 17, 8, 8, 8, 5),
    Cohort("C3", "Cohort 3", date(2018, 11, 5), 0.0, (0, 8, 24), 3, 9, 4, 5, 4, 3),
)

SECTORS = {
    "Practitioner": (
        "Hospital trust",
        "Community or mental health trust",
        "Local authority",
        "Voluntary and community",
    ),
    "Commissioner": ("Clinical commissioning group", "Local authority"),
    "Researcher": ("University",),
    "Intern": ("University", "Hospital trust", "Community or mental health trust"),
    "Local partner": ("Voluntary and community", "Local authority"),
    "Facilitator": ("University", "Innovation network"),
    "Methods expert": ("University",),
    "Public adviser": (),
}


@dataclass
class Person:
    """One person; the fields below ``email`` are how this world treats them and are not written to people.csv."""

    id: str
    name: str
    role: str
    organisation: str
    team: str
    cohorts: list[str]
    consent: str = "yes"
    email: str = ""
    joins: float = 0.0
    leaves: float = 99.0
    never_attends: bool = False
    isolate: bool = False
    stands_in_for: str = ""
    broker: bool = False
    misspelt: str = ""
    withdrew: str = ""
    serves: list[str] = field(default_factory=list)

    @property
    def facilitator(self) -> bool:
        return self.role == "Facilitator"

    @property
    def row(self) -> tuple:
        names = {c.code: c.name for c in COHORTS}
        return (
            self.id, self.name, self.role, self.organisation, self.team,
            ";".join(names[c] for c in self.cohorts), str(self.facilitator).lower(), self.consent, self.email,
        )  # fmt: skip


def _names(rng: np.random.Generator, count: int) -> list[str]:
    """Distinct full names; first names are used evenly."""
    firsts = [name for _ in range(count // len(FIRST) + 1) for name in rng.permutation(FIRST)][:count]
    lasts = [name for _ in range(count // len(LAST) + 1) for name in rng.permutation(LAST)][:count]
    names = [f"{a} {b}" for a, b in zip(firsts, lasts)]
    assert len(set(names)) == count
    return names


def _seats(cohort: Cohort, rng: np.random.Generator) -> list[tuple[str, str]]:
    """(role, team) of everyone in the cohort's teams."""
    teams = list(TEAMS[cohort.code])
    seats = [(role, team) for team in teams for role in ("Practitioner", "Commissioner", "Public adviser")]
    for role, count in (
        ("Practitioner", cohort.second_practitioners),
        ("Public adviser", cohort.advisers - len(teams)),
        ("Researcher", cohort.researchers),
        ("Intern", cohort.interns),
        ("Local partner", cohort.partners),
    ):
        seats += [(role, team) for team in rng.permutation(teams)[:count]]
    return seats


def make_people(rng: np.random.Generator) -> list[Person]:
    """Everybody, with ids in an order that says nothing."""
    places = {s: [o[0] for o in ORGANISATIONS if o[2] == s] for s in {o[2] for o in ORGANISATIONS}}
    drafts: list[Person] = []

    def add(role: str, team: str, cohorts: list[str]) -> Person:
        # People of a team come from anywhere: the region of an organisation plays no part in who joins which team.
        choices = [o for sector in SECTORS[role] for o in places[sector]]
        home = str(rng.choice(choices)) if choices else ""
        drafts.append(Person("", "", role, home, team, cohorts))
        return drafts[-1]

    for cohort in COHORTS:
        for role, team in _seats(cohort, rng):
            add(role, str(team), [cohort.code])
    for cohorts in (["C1", "C2", "C3"],) * 2 + (["C1", "C2"], ["C1"], ["C1"], ["C2", "C3"], ["C2"]):
        add("Facilitator", "", list(cohorts))
    for cohorts in (["C1", "C2"], ["C1"], ["C2", "C3"], ["C3"]):
        add("Methods expert", "", list(cohorts))
    _plant(drafts, rng)
    names = _names(rng, len(drafts))
    for number, (k, name) in enumerate(zip(rng.permutation(len(drafts)), names), start=1):
        drafts[k].id, drafts[k].name = f"P{number:03d}", name
    _flaws(drafts, rng)
    return sorted(drafts, key=lambda p: p.id)


def _pick(people: list[Person], rng: np.random.Generator, count: int, **want: object) -> list[Person]:
    """Some ordinary people (nothing special planted on them yet) who have these attributes."""
    free = [
        p for p in people
        if not (p.broker or p.isolate or p.stands_in_for or p.joins or p.leaves < 99 or len(p.cohorts) > 1)
        and all(getattr(p, key) == value for key, value in want.items())
    ]  # fmt: skip
    return [free[k] for k in sorted(rng.permutation(len(free))[:count])]


def _plant(people: list[Person], rng: np.random.Generator) -> None:
    """Brokers, isolates, joiners, leavers, stand-ins, people who come back, and whom each facilitator serves."""
    for cohort in COHORTS:
        mine = [cohort.code]
        teams = list(TEAMS[cohort.code])
        brokers = ["Researcher", "Practitioner"] if cohort.code != "C3" else ["Researcher"]
        for role in brokers:
            _pick(people, rng, 1, role=role, cohorts=mine)[0].broker = True
        for p in [p for p in people if p.role == "Local partner" and p.cohorts == mine]:
            p.never_attends = True
        count = {"C1": 4, "C2": 3, "C3": 2}[cohort.code]
        for p in _pick(people, rng, count, role="Local partner", cohorts=mine):
            p.isolate = True
        for p in _pick(people, rng, 2, role="Practitioner", cohorts=mine) + _pick(
            people, rng, 1, role="Public adviser", cohorts=mine
        ):
            p.joins = 6.0
        for p in _pick(people, rng, 2, role="Commissioner", cohorts=mine) + _pick(
            people, rng, 1, role="Public adviser", cohorts=mine
        ):
            p.leaves = 10.0
        staff = [p for p in people if p.role == "Facilitator" and cohort.code in p.cohorts]
        for k, team in enumerate(teams):
            staff[k % len(staff)].serves.append(team)
    for role in ("Researcher", "Researcher", "Public adviser"):
        _pick(people, rng, 1, role=role, cohorts=["C1"])[0].cohorts.append("C2")
    for p in _pick(people, rng, 3, role="Practitioner", cohorts=["C1"])[:2] + _pick(
        people, rng, 2, role="Practitioner", cohorts=["C2"]
    ):
        lead = next(q for q in people if q.team == p.team and q.role == "Commissioner")
        p.stands_in_for = lead.team


def _flaws(people: list[Person], rng: np.random.Generator) -> None:
    """What registers look like: capitals, lost accents, gaps, two people of one name, withdrawals, consent."""
    ordinary = [
        p for p in people if not (p.broker or p.isolate or p.facilitator or len(p.cohorts) > 1 or p.stands_in_for)
    ]
    chosen = [ordinary[k] for k in rng.permutation(len(ordinary))]
    for p in people:
        p.email = f"{p.id.lower()}@example.org" if p.role != "Public adviser" else ""
    for p in chosen[:5]:
        p.name = p.name.upper()
    chosen[5].name = "Anne Hughes"
    chosen[6].name = "Anne Hughes"
    for p in chosen[7:9]:
        p.consent = "no name"
    for p in chosen[9:14]:
        p.consent = ""
    keen = [p for p in chosen[14:] if p.cohorts == ["C1"] and p.role == "Practitioner" and not p.joins]
    keen[0].name, keen[0].misspelt = "Siân O'Brien", "Sian Obrian"
    keen[1].name, keen[1].misspelt = "Małgorzata Wiśniewska", "Margaret Wisniewska"
    days = ("2017-06-05", "2018-05-21", "2018-12-10")
    for code, day in zip(("C1", "C2", "C3"), days):
        gone = next(
            p
            for p in chosen[14:]
            if p.cohorts == [code] and p.role in ("Practitioner", "Public adviser") and not p.misspelt
        )
        gone.withdrew = day
