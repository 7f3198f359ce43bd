"""What happens between people: the world as it is, the survey's imperfect view of it, and the log of contacts.

The world of a cohort is two symmetric 0/1 matrices a relation, before and after. Ties before rest on organisation, role
and how sociable people are, never on teams. Ties after are the old ones, a few lost, and new ones; sharing a team
multiplies the odds of a new tie by exp(cohort.effect). Regions play no part in anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from people import COHORTS, WEEKS, Cohort, Person

WAVES = ("baseline", "follow-up")
RELATIONS = ("knows", "shares information", "works together")
RESPONSE = (0.76, 0.61)
UNEASY = {"Public adviser", "Commissioner"}  # they rarely meet but through a broker


@dataclass(frozen=True)
class World:
    """Who is tied to whom in truth: ``ties[wave][relation]`` is a symmetric 0/1 matrix over ``people``."""

    cohort: Cohort
    people: list[Person]
    ties: tuple[dict[str, NDArray], dict[str, NDArray]]


def _same(values: list[str]) -> NDArray:
    array = np.array(values)
    same = (array[:, None] == array[None, :]) & (array != "")[:, None]
    np.fill_diagonal(same, False)
    return same


def _draw(logit: NDArray, mean_degree: float, rng: np.random.Generator) -> NDArray:
    """A symmetric draw whose expected mean degree is as wanted; -inf entries never happen."""
    n = len(logit)
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        degree = (1 / (1 + np.exp(-(logit + middle)))).sum() / n
        low, high = (middle, high) if degree < mean_degree else (low, middle)
    chance = np.triu(1 / (1 + np.exp(-(logit + low))), 1)
    drawn = np.triu(rng.random((n, n)), 1) < chance
    drawn &= np.triu(np.ones((n, n), dtype=bool), 1)
    return drawn | drawn.T


def make_world(cohort: Cohort, everyone: list[Person], rng: np.random.Generator) -> World:
    """Before and after of one cohort."""
    people = [p for p in everyone if cohort.code in p.cohorts]
    n = len(people)
    team, employer, role = (_same([getattr(p, key) for p in people]) for key in ("team", "organisation", "role"))
    sociable = rng.normal(0, 0.4, n) + np.array(
        [0.6 * p.facilitator - 0.4 * (p.role == "Public adviser") for p in people]
    )
    never = np.eye(n, dtype=bool) | np.logical_or.outer(*[np.array([p.isolate for p in people])] * 2)
    late = np.array([p.joins > 0 for p in people])
    uneasy = np.array([p.role in UNEASY for p in people])
    apart = uneasy[:, None] & uneasy[None, :] & ~role

    pull = 1.9 * employer + 0.4 * role + sociable[:, None] + sociable[None, :] - 1.2 * apart
    before = _draw(np.where(never | late[:, None] | late[None, :], -np.inf, pull), 5.0, rng)

    old = before & (np.triu(rng.random((n, n)), 1) < 0.92)
    old |= old.T
    old &= before
    push = 0.9 * employer + 0.3 * role + sociable[:, None] + sociable[None, :] - 1.2 * apart + cohort.effect * team
    push = push + 2.2 * _served(people) * (cohort.effect > 0) + 3.4 * _brokered(people)
    new = _draw(np.where(never | before, -np.inf, push), 3.0, rng)
    after = old | new

    working = before & _coin(0.25 + 0.3 * employer, rng)
    kept = working & old & _coin(np.full((n, n), 0.9), rng)
    started = after & ~working & _coin(0.15 + (0.6 * team if cohort.effect else 0.0 * team), rng)
    sharing = before & _coin(0.55 + 0.2 * employer, rng)
    share_after = after & ((sharing & _coin(np.full((n, n), 0.9), rng)) | _coin(0.4 + 0.2 * team, rng))
    return World(
        cohort,
        people,
        (
            dict(zip(RELATIONS, (before, sharing | working, working))),
            dict(zip(RELATIONS, (after, share_after | kept | started, kept | started))),
        ),
    )


def _coin(chance: NDArray, rng: np.random.Generator) -> NDArray:
    drawn = np.triu(rng.random(chance.shape) < chance, 1)
    return drawn | drawn.T


def _served(people: list[Person]) -> NDArray:
    """Facilitators and the teams they support."""
    serves = np.array([[q.team in p.serves for q in people] for p in people])
    return serves | serves.T


def _brokered(people: list[Person]) -> NDArray:
    """The planted brokers with public advisers and commissioners."""
    broker = np.array([p.broker for p in people])
    sides = np.array([p.role in UNEASY for p in people])
    reach = broker[:, None] & sides[None, :]
    return reach | reach.T


def _responses(everyone: list[Person], rng: np.random.Generator) -> dict[tuple[str, str], bool]:
    """(wave, person) -> answered. Exactly the planted share of each cohort's roster; mostly the same people twice."""
    answered: dict[tuple[str, str], bool] = {}
    first = {p.id: rng.random() + 0.15 * (p.role in ("Commissioner", "Local partner")) for p in everyone}
    again = {p.id: 0.8 * first[p.id] + 0.35 * rng.random() for p in everyone}
    for wave, share, keen in zip(WAVES, RESPONSE, (first, again)):
        for cohort in COHORTS:
            asked = [p for p in everyone if cohort.code in p.cohorts and _asked(p, wave)]
            done = [p for p in asked if (wave, p.id) in answered]
            open_ = sorted((p for p in asked if (wave, p.id) not in answered), key=lambda p: (_keen(p, keen), p.id))
            count = round(share * len(asked)) - sum(answered[wave, p.id] for p in done)
            for k, p in enumerate(open_):
                answered[wave, p.id] = k < count
    return answered


def _keen(p: Person, keen: dict[str, float]) -> float:
    return 9.0 if p.isolate else -1.0 if p.broker else keen[p.id]


def _asked(p: Person, wave: str) -> bool:
    return not (p.joins > 0 and wave == "baseline") and not (p.leaves < 99 and wave == "follow-up")


def make_survey(everyone: list[Person], rng: np.random.Generator) -> tuple[list[tuple], list[tuple]]:
    """Rows of survey.csv and respondents.csv. A pair in two cohorts is asked about once, in the first of them."""
    answered = _responses(everyone, rng)
    rows: list[tuple] = []
    asked_already: set[tuple[str, str]] = set()
    for cohort in COHORTS:
        world = make_world(cohort, everyone, rng)
        for wave, ties in zip(WAVES, world.ties):
            reports = _report(world, ties, wave, answered, rng)
            rows += [r for r in reports if (r[1], r[2]) not in asked_already]
        ids = [p.id for p in world.people if len(p.cohorts) > 1]
        asked_already |= {(a, b) for a in ids for b in ids}
    rows.sort(key=lambda r: (WAVES.index(r[0]), r[1], r[2], RELATIONS.index(r[3])))
    respondents = sorted(
        ((w, i, str(yes).lower()) for (w, i), yes in answered.items()), key=lambda r: (WAVES.index(r[0]), r[1])
    )
    return rows, respondents


def _report(
    world: World, ties: dict[str, NDArray], wave: str, answered: dict[tuple[str, str], bool], rng: np.random.Generator
) -> list[tuple]:
    """What respondents tick, 0 to 4: ties at 2 to 4 (few forgotten), strangers sometimes at 1, no row for 0."""
    rows = []
    n = len(world.people)
    for relation in RELATIONS:
        strength = rng.choice([2, 3, 4], size=(n, n), p=[0.45, 0.35, 0.2])
        forgotten = rng.random((n, n)) < 0.06
        heard_of = rng.random((n, n)) < (0.05 if relation == "knows" else 0.01)
        for i, p in enumerate(world.people):
            if not answered.get((wave, p.id), False):
                continue
            for j, q in enumerate(world.people):
                if i == j or q.isolate or not _asked(q, wave):
                    continue
                if ties[relation][i, j] and not forgotten[i, j]:
                    rows.append((wave, p.id, q.id, relation, int(strength[i, j])))
                elif heard_of[i, j]:
                    rows.append((wave, p.id, q.id, relation, 1))
    return _nobody_forgotten(rows, world, ties, wave, answered)


def _nobody_forgotten(
    rows: list[tuple], world: World, ties: dict[str, NDArray], wave: str, answered: dict[tuple[str, str], bool]
) -> list[tuple]:
    """Let a respondent of the same organisation or role, else anyone, know each person whom nobody mentions, so that
    the isolates are exactly the planted ones."""
    seen = {i for r in rows if r[3] == "knows" and r[4] >= 2 for i in (r[1], r[2])}
    respondents = [p for p in world.people if answered.get((wave, p.id), False)]
    for p in world.people:
        if p.id in seen or p.isolate or not _asked(p, wave):
            continue
        others = [q for q in respondents if q is not p and (q.team != p.team or not p.team) and not q.withdrew]
        friend = min(others, key=lambda q: (q.organisation != p.organisation, q.role != p.role, q.id))
        rows.append((wave, friend.id, p.id, "knows", 2))
    heard = {(r[1], r[2]) for r in rows if r[3] == "knows" and r[4] >= 2}
    return [r for r in rows if not (r[3] == "knows" and r[4] == 1 and (r[1], r[2]) in heard)]


def make_interactions(everyone: list[Person], survey: list[tuple], rng: np.random.Generator) -> list[tuple]:
    """Rows of interactions.csv: contacts outside workshops, in windows of 26 weeks before, during and after."""
    rows: list[tuple] = []
    by_id = {p.id: p for p in everyone}
    knows = {w: {(r[1], r[2]) for r in survey if r[0] == w and r[3] == "knows" and r[4] >= 2} for w in WAVES}
    for cohort in COHORTS:
        mine = {p.id for p in everyone if cohort.code in p.cohorts}
        size = {"C1": 1.0, "C2": 1.0, "C3": 0.5}[cohort.code]
        old, now = (sorted((a, b) for a, b in knows[w] if a in mine and b in mine) for w in WAVES)
        mates = [(a, b) for a, b in now if by_id[a].team == by_id[b].team != ""]
        for start in (cohort.start - timedelta(weeks=WEEKS), cohort.start, cohort.end):
            rows += _contacts(old, round(34 * size), start, rng)
            if start != cohort.start - timedelta(weeks=WEEKS) and cohort.effect:
                rows += _contacts(mates, round((34 if start == cohort.start else 26) * size), start, rng)
        rows += _brokering([p for p in everyone if p.id in mine], cohort, rng)
        rows += _introductions([p for p in everyone if p.id in mine], cohort, rng)
    stranger = ("Dr J. Ashworth", rows[0][1], COHORTS[0].day(9).isoformat(), "email", 1, "")
    oneself = (rows[0][0], rows[0][0], COHORTS[1].day(3).isoformat(), "email", 1, "")
    return [*rows, stranger, oneself]


def _direct(p: Person, q: Person) -> bool:
    return {p.role, q.role} == UNEASY


def _contacts(pairs: list[tuple[str, str]], count: int, start: date, rng: np.random.Generator) -> list[tuple]:
    kinds = ["advice", "email", "shared document", "joint work"]
    rows = []
    for k in rng.integers(0, len(pairs), count):
        day = start + timedelta(days=int(rng.integers(0, 7 * WEEKS)))
        kind = str(rng.choice(kinds, p=[0.35, 0.3, 0.15, 0.2]))
        rows.append((*pairs[k], day.isoformat(), kind, int(rng.choice([1, 2, 3], p=[0.75, 0.18, 0.07])), ""))
    return rows


def _brokering(people: list[Person], cohort: Cohort, rng: np.random.Generator) -> list[tuple]:
    """Advisers ask the broker, the broker asks commissioners: paths between the two groups lead through the broker."""
    advisers = [p for p in people if p.role == "Public adviser" and not p.withdrew]
    commissioners = [p for p in people if p.role == "Commissioner" and not p.withdrew]
    rows = []
    for broker in [p for p in people if p.broker]:
        for start in (cohort.start, cohort.end):
            asking, asked = rng.integers(4, 8, 2)
            for p in (advisers[k] for k in rng.permutation(len(advisers))[:asking]):
                rows.append((p.id, broker.id, _some_day(start, rng), "advice", 1, ""))
            for p in (commissioners[k] for k in rng.permutation(len(commissioners))[:asked]):
                rows.append((broker.id, p.id, _some_day(start, rng), "advice", 1, ""))
    return rows


def _introductions(people: list[Person], cohort: Cohort, rng: np.random.Generator) -> list[tuple]:
    """Facilitators and brokers introduce people of different teams to each other during the programme."""
    hosts = [p for p in people if p.facilitator or p.broker]
    guests = [p for p in people if not (p.facilitator or p.isolate or p.broker or p.withdrew or p.never_attends)]
    rows = []
    while len(rows) < (14 if cohort.effect else 6):
        host = hosts[int(rng.integers(len(hosts)))]
        a, b = (guests[int(k)] for k in rng.integers(0, len(guests), 2))
        if a.team != b.team and not _direct(a, b):
            rows.append((a.id, b.id, _some_day(cohort.start, rng), "introduction", 1, host.id))
    return rows


def _some_day(start: date, rng: np.random.Generator) -> str:
    return (start + timedelta(days=int(rng.integers(0, 7 * WEEKS)))).isoformat()
