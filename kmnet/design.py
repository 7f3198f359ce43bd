"""Which moments are compared with which, for every network and cohort: the study's settings meet its networks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from kmnet.compare.company import Company
from kmnet.compare.comparison import Comparison
from kmnet.compare.evidence import Evidence, evidence
from kmnet.compare.exposure import Exposure, meetings, participation
from kmnet.compare.gate import Instrument
from kmnet.compare.outcomes import Outcome
from kmnet.config.schema import Study
from kmnet.errors import Place, Problem
from kmnet.network.coded import coded
from kmnet.network.network import MISSING, Network, Partition
from kmnet.network.snapshots import Snapshots
from kmnet.network.windows import ALL
from kmnet.tables.people import holders
from kmnet.tables.schema import Tables


def moments(study: Study, shots: Snapshots) -> tuple[str, str] | None:
    """The two moments that the study compares: those of ``compare``, else the first and the last; None if there is one.

    A moment called during is no outcome and is passed over where others are left.
    """
    if study.compare is not None:
        return study.compare.before, study.compare.after
    names = list(dict.fromkeys(window.moment for windows in shots.windows.values() for window in windows))
    outer = [name for name in names if name != "during"]
    names = outer if len(outer) > 1 else names
    return (names[0], names[-1]) if len(names) > 1 else None


def unknown(study: Study, shots: Snapshots) -> list[Problem]:
    """KM110 for networks and moments that settings name and the study does not have; the config may list neither."""
    times = {window.moment: None for windows in shots.windows.values() for window in windows}
    named: list[tuple[str, str, Collection[str]]] = []
    if study.compare is not None:
        named += [(f"compare.{key}", getattr(study.compare, key), times) for key in ("before", "after")]
    if study.effect is not None:
        named += [("effect.outcome", study.effect.outcome, shots.rules)] if study.effect.outcome is not None else []
        for key in ("secondary", "exploratory"):
            names = enumerate(getattr(study.effect, key))
            named += [(f"effect.{key}.{k}", name, shots.rules) for k, name in names]
    return missing(named)


def missing(named: Iterable[tuple[str, str, Collection[str]]]) -> list[Problem]:
    """KM110 for each setting whose name is not among the names that there are."""
    return [
        Problem.of(
            "KM110",
            f"{setting}: there is no such name",
            place=Place(column=setting),
            fix=f"There are: {', '.join(names)}.",
            seen=name,
        )
        for setting, name, names in named
        if name not in names
    ]


def comparisons(study: Study, tables: Tables, shots: Snapshots) -> tuple[Comparison, ...]:
    """Every comparison, the headline network first: snapshots with facilitators that exist at both moments.

    The exposure goes with the one primary outcome, and with those that the study names beside it: a question asked of
    every network would find something by chance in one of them.
    """
    chosen = moments(study, shots)
    if chosen is None:
        return ()
    asked = _outcomes(study, shots)
    return tuple(
        replace(pair, exposure=_asked(study, tables, pair.before), outcome=asked[pair.key["network"]])
        if pair.key["network"] in asked
        else pair
        for pair in _pairs(shots, tables.survey, *chosen)
    )


MOST = 6
"""Moments up to which every two are compared; of more, each with the next."""


def others(study: Study, tables: Tables, shots: Snapshots) -> tuple[Comparison, ...]:
    """Every two moments of a network but the two that the study compares, the earlier first; none of imposed ties."""
    chosen = moments(study, shots)
    if chosen is None:
        return ()
    order = list(dict.fromkeys(window.moment for windows in shots.windows.values() for window in windows))
    steps = range(1, len(order)) if len(order) <= MOST else (1,)
    two = [(order[k], order[k + step]) for step in steps for k in range(len(order) - step)]
    return tuple(
        pair
        for one in two
        if one != chosen
        for pair in _pairs(shots, tables.survey, *one)
        if pair.before.layer != "imposed"
    )


def _outcomes(study: Study, shots: Snapshots) -> dict[str, Outcome]:
    """The networks of which the question is asked, and what each is to it."""
    effect = study.effect
    if effect is None:
        return {next(iter(shots.rules)): "primary"}
    asked: dict[str, Outcome] = dict.fromkeys(effect.exploratory, "exploratory")
    asked |= dict.fromkeys(effect.secondary, "secondary")
    return asked | {effect.outcome or next(iter(shots.rules)): "primary"}


def followed(tables: Tables, shots: Snapshots) -> Evidence | None:
    """The artefacts and dated contacts of everybody in the study; None where no artefact has a maker and a date."""
    everyone = next((n for n in shots.networks if n.label.cohort == ALL), shots.networks[0])
    rows = coded(tables)
    attendance = rows.attendance.assign(person=tables.attendance["person"])
    team = dict(zip(tables.people["id"], tables.people["team"]))
    events, log = tables.artefact_events, tables.interactions
    cohort = dict(zip(tables.people["id"], (";".join(c) for c in tables.people["cohort"])))
    groups = dict(everyone.groups)
    if any(cohort.values()):
        groups["cohort"] = Partition.of("cohort", [cohort.get(person, "") for person in everyone.ids])
    return evidence(everyone.ids, groups, tables.artefacts, events, log, attendance, team)


def company(tables: Tables) -> Company:
    """What the rows tell of people besides their ties."""
    teams = {
        p: frozenset(t.strip() for t in t.split(";") if t.strip()) for p, t in _columns(tables.people, "id", "team")
    }
    cohort = dict(_columns(tables.people, "id", "cohort"))
    house = dict(_columns(tables.people, "id", "organisation"))
    own: dict[str, set[str]] = {}
    circle: dict[str, set[str]] = {}
    for person, workshop in _columns(tables.attendance, "person", "workshop"):
        if person in teams:
            own.setdefault(person, set()).add(workshop)
            for name in teams[person] or cohort[person]:
                circle.setdefault(name, set()).add(workshop)
    came = {
        person: (
            len(own.get(person, ())),
            len(set().union(*(circle.get(c, ()) for c in teams[person] or cohort[person]))),
        )
        for person in (teams if own else ())
    }
    made_by: dict[str, set[str]] = {}
    heard: dict[str, str] = {}
    for artefact, person, where, action in _columns(
        tables.artefact_events, "artefact", "person", "organisation", "action"
    ):
        if action == "made" and person in teams:
            made_by.setdefault(artefact, set()).add(person)
        at = where or house.get(person, "")
        if at and action in ("received", "used") and heard.get(at) != "used":
            heard[at] = action
    making = {team for artefact, team in _columns(tables.artefacts, "id", "team") if artefact in made_by and team}
    return Company(
        came=came,
        made=frozenset().union(*made_by.values()),
        in_making_team=frozenset(person for person, mine in teams.items() if mine & making),
        organisations=dict(_columns(tables.organisations, "id", "sector")),
        works_for=house,
        heard=heard,
    )


def _columns(frame: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(frame[name] for name in names))


def _asked(study: Study, tables: Tables, network: Network) -> Exposure | None:
    """The exposure that the study asks about; one that nobody shared where the data do not say, so that this is told."""
    found = _exposure(study, tables, network)
    if found is None and study.effect is not None:
        return Exposure(study.effect.exposure, np.zeros((len(network.ids), len(network.ids))))
    return found


def _exposure(study: Study, tables: Tables, network: Network) -> Exposure | None:
    """What pairs of a network's people shared of the programme; None where the data do not say."""
    kind = study.effect.exposure if study.effect else "team"
    if kind == "participation" and study.effect is not None:
        outside = holders(tables.people, study.effect.comparison)
        return participation(np.array([person not in outside for person in network.ids], dtype=bool))
    if kind == "team":
        # Two people of two teams in common share a team, and no more than that.
        return Exposure("team", np.minimum(sharing(_teams(network)), 1.0)) if "team" in network.groups else None
    each = attended(tables, kind, network)
    if not any(each):
        return None
    return meetings(kind, _has(each))


def attended(tables: Tables, kind: str, network: Network) -> list[set[str]]:
    """Each person's workshops, or tables at workshops."""
    at = tables.attendance
    event = (
        at["workshop"] if kind == "workshops" else (at["workshop"] + " / " + at["table"]).where(at["table"] != "", "")
    )
    came: dict[str, set[str]] = {person: set() for person in network.ids}
    for person, where in zip(at["person"], event):
        if where and person in came:
            came[person].add(where)
    return [came[person] for person in network.ids]


def _teams(network: Network) -> list[set[str]]:
    """Each person's teams (several are separated by a semicolon)."""
    part = network.groups["team"]
    named = [set() if name == MISSING else {t.strip() for t in name.split(";")} for name in part.names]
    return [named[code] for code in part.code]


def sharing(each: list[set[str]]) -> np.ndarray:
    """How many things every two people have in common, shape (n, n), 0 on the diagonal."""
    has = _has(each)
    shared = has @ has.T
    np.fill_diagonal(shared, 0.0)
    return shared


def _has(each: list[set[str]]) -> np.ndarray:
    """Who has which thing, shape (n, things), 0 or 1."""
    things = {thing: k for k, thing in enumerate(sorted(set().union(*each)))}
    has = np.zeros((len(each), len(things)))
    for i, mine in enumerate(each):
        has[i, [things[thing] for thing in mine]] = 1.0
    return has


def _pairs(shots: Snapshots, survey: pd.DataFrame, before: str, after: str) -> Iterator[Comparison]:
    found = {
        (n.label.network, n.label.cohort, n.label.moment): n for n in shots.networks if n.label.facilitators == "with"
    }
    for network, cohort in dict.fromkeys((n, c) for n, c, _ in found):
        one, two = found.get((network, cohort, before)), found.get((network, cohort, after))
        if one is not None and two is not None:
            several = members(one, shots) if cohort == ALL else None
            asked = (_instrument(shots, survey, one), _instrument(shots, survey, two))
            yield Comparison(one, two, members=several, instruments=asked)


def _instrument(shots: Snapshots, survey: pd.DataFrame, network: Network) -> Instrument:
    """How a network's ties were observed at its moment: its rule, and what the answers of its wave show."""
    rule = shots.rules[network.label.network]
    if rule.from_ != "survey":
        return Instrument(source=rule.from_, threshold=rule.at_least)
    windows = shots.windows.get(network.label.cohort) or next(iter(shots.windows.values()))
    wave = next((window.wave for window in windows if window.moment == network.label.moment), "")
    rows = survey[survey["wave"] == wave]
    asked = ""
    if rule.relation is not None:
        # A wave whose answers are all to other questions did not find that nobody is tied: it did not ask.
        asked = "not asked" if len(rows) and not (rows["relation"] == rule.relation).any() else "asked"
        rows = rows[rows["relation"] == rule.relation]
    relations = sorted(set(rows["relation"]) - {""})
    top = float(rows["strength"].max()) if len(rows) else float("nan")
    return Instrument(rule.from_, rule.relation or ", ".join(relations), rule.at_least, asked, top)


def members(everyone: Network, shots: Snapshots) -> np.ndarray | None:
    """Who of all cohorts together belongs to which cohort, shape (n, cohorts)."""
    of = {
        n.label.cohort: set(n.ids)
        for n in shots.networks
        if n.label.network == everyone.label.network and n.label.cohort != ALL and n.label.facilitators == "with"
    }
    if not of:
        return None
    return np.array([[person in cohort for cohort in of.values()] for person in everyone.ids], dtype=bool)
