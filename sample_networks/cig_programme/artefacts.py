"""What the teams made and where it went: artefacts, and who made, shared, received and used them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from people import COHORTS, WEEKS, Cohort, Person
from words import TEAMS

TRAVELLED, STAYED, TOO_LATE = "A001", "A002", "A003"


def make_artefacts(everyone: list[Person], rng: np.random.Generator) -> tuple[list[tuple], list[tuple], list[tuple]]:
    """Rows of artefacts.csv, of artefact_events.csv, and the contacts by which the planted artefact travelled."""
    artefacts, events, carried = _planted(everyone)
    plan = []
    for cohort in COHORTS:
        for k, team in enumerate(TEAMS[cohort.code]):
            if cohort.code == "C3":
                plan += [(cohort, team, "Implementation plan", 12)] if k < 6 else []
                continue
            plan.append((cohort, team, "Logic model", 8))
            plan += [(cohort, team, "Evaluation plan", 12)] if k % 5 else []
            plan += [(cohort, team, "Equity assessment", 16)] if k % 5 == 2 or k % 5 == 4 else []
            plan += [(cohort, team, "Report", 25)] if k % 4 == 1 else []
            plan += [(cohort, team, "Plain-English summary", 26)] if k % 6 == 3 else []
    for number, (cohort, team, kind, week) in enumerate(plan, start=4):
        identity = f"A{number:03d}"
        made = cohort.day(week)
        artefacts.append((identity, f"{kind}: {team}", kind, made.isoformat(), team))
        events += _journey(identity, kind, team, cohort, made, everyone, rng)
    return artefacts, sorted(events, key=lambda e: (e[0], e[4], e[3], e[1], e[2])), carried


def _journey(
    identity: str, kind: str, team: str, cohort: Cohort, made: date, everyone: list[Person], rng: np.random.Generator
) -> list[tuple]:
    """Made by two of the team, received by some of it, and the finished kinds by organisations outside it."""
    mates = [p for p in everyone if p.team == team and not (p.isolate or p.joins or p.leaves < 99)]
    order = [mates[k] for k in rng.permutation(len(mates))]
    day = made.isoformat()
    events = [(identity, p.id, "", "made", day) for p in order[:2]]
    later = (made + timedelta(days=int(rng.integers(2, 15)))).isoformat()
    events.append((identity, order[0].id, "", "shared", later))
    for p in order[2:]:
        if rng.random() < 0.6:
            events.append((identity, p.id, "", "received", later))
    if kind in ("Report", "Plain-English summary", "Equity assessment"):
        homes = sorted({p.organisation for p in everyone if cohort.code in p.cohorts and p.organisation})
        for home in (homes[k] for k in sorted(rng.permutation(len(homes))[:3])):
            arrived = made + timedelta(days=int(rng.integers(15, 60)))
            events.append((identity, "", home, "received", arrived.isoformat()))
            if rng.random() < 0.4:
                used = (arrived + timedelta(days=int(rng.integers(5, 60)))).isoformat()
                events.append((identity, "", home, "used", used))
    return events


def planted_route(everyone: list[Person]) -> tuple[Person, Person, Person]:
    """Maker (a public adviser), broker and commissioner, all of different teams of the first cohort."""
    first = COHORTS[0].code
    ordinary = [p for p in everyone if p.cohorts == [first] and not (p.joins or p.leaves < 99 or p.withdrew)]
    ordinary = [p for p in ordinary if p.consent == "yes"]
    broker = next(p for p in ordinary if p.broker and p.role == "Researcher")
    maker = next(p for p in ordinary if p.role == "Public adviser" and p.team != broker.team)
    buyer = next(p for p in ordinary if p.role == "Commissioner" and p.team not in (broker.team, maker.team))
    return maker, broker, buyer


def _planted(everyone: list[Person]) -> tuple[list[tuple], list[tuple], list[tuple]]:
    """One artefact that travels adviser, broker, commissioner and is used; one that never leaves its two makers;
    one that is finished after the last contact of all, so that nobody could have had it from anyone."""
    maker, broker, buyer = planted_route(everyone)
    first, last = COHORTS[0], COHORTS[-1]
    days = [first.day(week).isoformat() for week in (20, 21, 23, 25)]
    pair = [p for p in everyone if p.team == TEAMS["C2"][0] and not (p.isolate or p.withdrew or p.consent != "yes")][:2]
    end = last.end + timedelta(weeks=WEEKS, days=-1)
    author = next(p for p in everyone if p.cohorts == [last.code] and p.role == "Researcher")
    artefacts = [
        (TRAVELLED, "What carers told us", "Plain-English summary", days[0], maker.team),
        (STAYED, "Notes on the first visit", "Report", COHORTS[1].day(6).isoformat(), pair[0].team),
        (TOO_LATE, "Looking back at the third cohort", "Report", end.isoformat(), author.team),
    ]
    events = [
        (TRAVELLED, maker.id, "", "made", days[0]),
        (TRAVELLED, maker.id, "", "shared", days[1]),
        (TRAVELLED, broker.id, "", "received", days[1]),
        (TRAVELLED, broker.id, "", "shared", days[2]),
        (TRAVELLED, buyer.id, "", "received", days[2]),
        (TRAVELLED, buyer.id, buyer.organisation, "used", days[3]),
        *((STAYED, p.id, "", "made", COHORTS[1].day(6).isoformat()) for p in pair),
        (TOO_LATE, author.id, "", "made", end.isoformat()),
    ]
    carried = [
        (maker.id, broker.id, days[1], "shared document", 1, ""),
        (broker.id, buyer.id, days[2], "shared document", 1, ""),
    ]
    return artefacts, events, carried
