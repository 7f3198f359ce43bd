"""Windows to networks: every network of the config, for every cohort, at every moment, on one set of people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kmnet.catalogue import collect
from kmnet.config.schema import Cohort, Study, TieRule
from kmnet.errors import DataError, Place, Problem
from kmnet.network import groupings, limits
from kmnet.network.coded import Coded, coded
from kmnet.network.network import Affiliation, Label, Network, Partition, Reports
from kmnet.network.rules import Rule
from kmnet.network.windows import ALL, WHOLE, Window, cohorts, windows
from kmnet.tables.schema import Tables


@dataclass(frozen=True)
class Snapshots:
    """All networks, with and without facilitators, and what was noticed while building them.

    ``networks`` is ordered by network (as in the config), cohort (the config's order, then :data:`ALL`), moment (in
    time) and facilitators. ``windows`` holds the moments of each cohort, ``asked`` the groupings that the study asks
    about (networks may carry more), ``focus`` the group of a grouping that it looks at first.
    """

    networks: tuple[Network, ...]
    asked: tuple[str, ...]
    focus: dict[str, str]
    windows: dict[str, tuple[Window, ...]]
    rules: dict[str, TieRule]
    findings: tuple[Problem, ...]
    notes: tuple[str, ...]


def snapshots(study: Study, tables: Tables) -> Snapshots:
    """Build every network.

    Raises
    ------
    DataError
        KM503 when a cohort is empty, KM504 when there is nothing to make ties of, KM313 when there is no such grouping,
        KM502 when minutes are missing.
    LimitError
        KM501 before more ties than ``limits.ties`` would be built, KM508 where measuring them would take too long.
    """
    rows = coded(tables)
    rules = tie_rules(study, tables)
    if not rules:
        raise DataError(_nothing(study))
    members = cohort_members(study, rows.people)
    empty = [
        Problem.of("KM503", f"cohort {name} has no people", place=Place(column=f"cohorts.{k}"))
        for k, (name, who) in enumerate(members.items())
        if not len(who)
    ]
    wrong = [*empty, *groupings.unknown(study, rows.people)]
    if wrong:
        raise DataError(wrong)
    columns = groupings.columns(study, rows.people)
    when = {cohort.name: windows(study, tables, cohort) for cohort in cohorts(study)}
    built: list[Network] = []
    for name, rule in rules.items():
        each = [
            network
            for cohort in cohorts(study)
            for network in _cohort(name, rule, cohort, members[cohort.name], when[cohort.name], rows, columns, study)
        ]
        built += each
        if len(when) > 1:
            built += _together(each, rows, columns)
    limits.dense(built, study.limits.triangles)
    findings, notes = _noticed(study, rows, members, when, built)
    asked, focus = groupings.asked(study, rows.people), groupings.focus(study, rows.people)
    return Snapshots(tuple(_with_and_without(built)), asked, focus, when, rules, findings, notes)


def tie_rules(study: Study, tables: Tables) -> dict[str, TieRule]:
    """The networks of the config; left out, one network a source that has rows (survey relations, log, attendance)."""
    if study.networks:
        return dict(study.networks)
    rules: dict[str, TieRule] = {}
    relations = sorted(set(tables.survey["relation"]))
    if not relations and len(tables.respondents):  # people were asked, and named nobody
        relations = [""]
    for relation in relations:
        name = relation or "survey"
        rules[name.replace(" ", "_")] = TieRule.model_validate({"from": "survey", "relation": relation or None})
    if len(tables.interactions):
        rules["interactions"] = TieRule.model_validate({"from": "interactions"})
    if len(tables.attendance):
        tabled = (tables.attendance["table"] != "").any()
        rules["attendance"] = TieRule.model_validate(
            {"from": "attendance", "within": "table" if tabled else "workshop", "weight": "newman"}
        )
    return rules


def _nothing(study: Study) -> Problem:
    """Why there are no ties: no table that could hold them is named, or none of those has a row that can be used."""
    named = [table for table in ("attendance", "interactions", "survey") if getattr(study.data, table)]
    if not named:
        return Problem.of("KM504", "none of the tables holds ties", place=Place(column="data"))
    message = f"no row of {' or '.join(named)} can be used, so that there are no ties"
    fix = "Look at the ledger and the other findings: they say why rows were set aside."
    return Problem.of("KM504", message, place=Place(column=f"data.{named[0]}"), fix=fix)


def cohort_members(study: Study, people: pd.DataFrame) -> dict[str, NDArray[np.int32]]:
    """Positions of each cohort's people, by cohort name; ``people`` in canonical order."""
    return {cohort.name: _members(cohort, people, study) for cohort in cohorts(study)}


def _members(cohort: Cohort, people: pd.DataFrame, study: Study) -> NDArray[np.int32]:
    """Positions of a cohort's people; facilitators without a cohort belong to every cohort."""
    if len(cohorts(study)) == 1 and not any(people["cohort"]):
        return np.arange(len(people), dtype=np.int32)
    if not study.cohorts:
        return np.arange(len(people), dtype=np.int32)
    named = np.array([cohort.name in c for c in people["cohort"]], dtype=bool)
    roaming = people["facilitator"].to_numpy(bool) & np.array([not c for c in people["cohort"]], dtype=bool)
    return np.flatnonzero(named | roaming).astype(np.int32)


_FRAME = {
    "survey": "survey",
    "interactions": "interactions",
    "attendance": "attendance",
    "artefacts": "artefact_events",
}


def _cohort(
    name: str,
    rule: TieRule,
    cohort: Cohort,
    who: NDArray[np.int32],
    moments: tuple[Window, ...],
    rows: Coded,
    columns: tuple[str, ...],
    study: Study,
) -> Iterator[Network]:
    """One network of one cohort at each moment that its source can speak of."""
    local = np.full(len(rows.people), -1, dtype=np.int32)
    local[who] = np.arange(len(who), dtype=np.int32)
    frame = _own(getattr(rows, _FRAME[rule.from_]), rule, cohort, local, rows.workshops)
    fitting = [w for w in moments if _speaks(rule, w, frame)]
    for window in fitting or [Window(WHOLE, pd.NaT, pd.NaT, "", False)]:
        seen = frame[_inside(frame, rule, window)]
        yield _network(Label(name, cohort.name, window.moment), rule, seen, who, window, rows, columns, study, cohort)


def _own(
    frame: pd.DataFrame, rule: TieRule, cohort: Cohort, local: NDArray[np.int32], workshops: pd.DataFrame
) -> pd.DataFrame:
    """The rows of this rule between people of this cohort, with local positions."""
    ends = [c for c in ("source", "target", "person") if c in frame.columns]
    frame = frame.assign(**{c: np.where(frame[c] >= 0, local[frame[c]], -1) for c in ends})
    kept = np.logical_and.reduce([frame[c] >= 0 for c in ends])
    if rule.relation is not None:
        kept &= frame["relation"] == rule.relation
    if rule.kinds:
        kept &= frame["action" if rule.from_ == "artefacts" else "kind"].isin(rule.kinds)
    if rule.from_ == "attendance" and len(workshops):
        elsewhere = [
            workshop
            for workshop, named in zip(workshops["id"], workshops["cohort"])
            if named and cohort.name not in named and cohort.name != ALL
        ]
        kept &= ~frame["workshop"].isin(elsewhere)
    frame = frame[kept]
    if "source" in frame.columns:
        frame = frame[frame["source"] != frame["target"]]
    return frame


def _speaks(rule: TieRule, window: Window, frame: pd.DataFrame) -> bool:
    """Whether a source says anything of a moment: a survey of its wave, dated rows of its dates; being together
    is exposure, so a moment without any event has no such network."""
    if rule.from_ == "survey":
        return bool(window.wave) or not window.dated and window.moment == WHOLE
    if not frame["date"].notna().any():
        return True
    if not window.dated:
        return window.moment == WHOLE
    return rule.from_ == "interactions" or bool(_inside(frame, rule, window).any())


def _inside(frame: pd.DataFrame, rule: TieRule, window: Window) -> NDArray[np.bool_]:
    if rule.from_ == "survey":
        if not window.wave:
            return np.ones(len(frame), dtype=bool)
        return (frame["wave"] == window.wave).to_numpy(bool)
    date = frame["date"]
    if not date.notna().any() or not window.dated:
        return np.ones(len(frame), dtype=bool)
    inside = date.notna()
    if pd.notna(window.start):
        inside &= date >= window.start
    if pd.notna(window.stop):
        inside &= date < window.stop
    return inside.to_numpy(bool)


def _network(
    label: Label,
    rule: TieRule,
    seen: pd.DataFrame,
    who: NDArray[np.int32],
    window: Window,
    rows: Coded,
    columns: tuple[str, ...],
    study: Study,
    cohort: Cohort,
) -> Network:
    if rule.from_ == "attendance" and rule.weight == "minutes" and seen["minutes"].isna().any():
        raise DataError(Problem.of("KM502", f"network {label.network}: {seen['minutes'].isna().sum()} attendances"))
    how = next(r for r in collect("kmnet.network", Rule) if r.name == rule.from_)
    ties = how.build(seen, len(who), rule, study.limits.ties)
    people = rows.people.iloc[who]
    answered, present = _responses(rule, window, rows.respondents, who, len(rows.people))
    return Network(
        label=label,
        ids=tuple(people["id"]),
        directed=rule.directed,
        source=ties.source,
        target=ties.target,
        weight=ties.weight,
        layer=how.layer,
        groups=_groups(people, columns),
        answered=answered,
        present=present,
        facilitator=people["facilitator"].to_numpy(bool),
        reports=ties.reports,
        affiliation=ties.affiliation,
        days=window.days,
        seed=study.seed,
    )


def _groups(people: pd.DataFrame, columns: tuple[str, ...]) -> dict[str, Partition]:
    return {column: Partition.of(column, groupings.cells(people[column])) for column in columns}


def _responses(
    rule: TieRule, window: Window, respondents: pd.DataFrame, who: NDArray[np.int32], n: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who answered, and who was asked at all, in a survey's wave; everybody where ties are not reported."""
    if rule.from_ != "survey" or not window.wave:
        return np.ones(len(who), dtype=bool), np.ones(len(who), dtype=bool)
    asked = respondents[(respondents["wave"] == window.wave) & (respondents["person"] >= 0)]
    answered, present = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    present[asked["person"].to_numpy()] = True
    answered[asked.loc[asked["answered"], "person"].to_numpy()] = True
    if not len(asked):
        present[:] = answered[:] = True
    return answered[who], present[who]


def _together(each: list[Network], rows: Coded, columns: tuple[str, ...]) -> list[Network]:
    """All cohorts as one network a moment: the union of the cohorts' ties (a pair in two keeps its stronger tie).

    Ties between people of different cohorts are left out: cohorts run at different times, so such pairs cannot be
    compared with pairs inside a cohort.
    """
    moments = list(dict.fromkeys(n.label.moment for n in each))
    everyone = sorted({i for n in each for i in n.ids})
    where = {name: k for k, name in enumerate(everyone)}
    people = rows.people.set_index("id", drop=False).loc[everyone]
    groups = _groups(people, columns)
    return [_union([n for n in each if n.label.moment == m], m, where, people, groups) for m in moments]


def _union(
    parts: list[Network],
    moment: str,
    where: dict[str, int],
    people: pd.DataFrame,
    groups: dict[str, Partition],
) -> Network:
    n = len(where)
    maps = [np.array([where[i] for i in part.ids], dtype=np.int32) for part in parts]

    def gather(of: list[tuple[NDArray, NDArray, NDArray]]) -> tuple[NDArray, NDArray, NDArray]:
        source, target, weight = (np.concatenate(column) for column in zip(*of))
        key = source.astype(np.int64) * n + target
        unique, inverse = np.unique(key, return_inverse=True)
        strongest = np.zeros(len(unique))
        np.maximum.at(strongest, inverse, weight)
        return (unique // n).astype(np.int32), (unique % n).astype(np.int32), strongest

    source, target, weight = gather([(m[p.source], m[p.target], p.weight) for m, p in zip(maps, parts)])
    answered, present = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    for at, part in zip(maps, parts):
        answered[at] |= part.answered
        present[at] |= part.present
    reports = affiliation = None
    if all(part.reports is not None for part in parts):
        arcs = gather([(m[p.reports.source], m[p.reports.target], p.reports.weight) for m, p in zip(maps, parts)])  # type: ignore[union-attr]
        reports = Reports(parts[0].reports.rule, *arcs)  # type: ignore[union-attr]
    if all(part.affiliation is not None for part in parts):
        affiliation = _events([(m, p.affiliation) for m, p in zip(maps, parts)], n)  # type: ignore[misc]
    first = parts[0]
    return Network(
        label=replace(first.label, cohort=ALL, moment=moment),
        ids=tuple(where),
        directed=first.directed,
        source=source,
        target=target,
        weight=weight,
        layer=first.layer,
        groups=groups,
        answered=answered,
        present=present,
        facilitator=people["facilitator"].to_numpy(bool),
        reports=reports,
        affiliation=affiliation,
        days=first.days if len({p.days for p in parts}) == 1 else float("nan"),
        seed=first.seed,
    )


def _events(parts: list[tuple[NDArray, Affiliation]], n: int) -> Affiliation:
    names = sorted({name for _, a in parts for name in a.events})
    place = {name: k for k, name in enumerate(names)}
    who = np.concatenate([m[a.person] for m, a in parts])
    at = np.concatenate([np.array([place[e] for e in a.events], np.int32)[a.event] for m, a in parts if len(a.event)])
    stay = np.concatenate([a.minutes for _, a in parts])
    _, first = np.unique(at.astype(np.int64) * n + who, return_index=True)
    return Affiliation(tuple(names), who[first].astype(np.int32), at[first], stay[first])


def _with_and_without(built: list[Network]) -> Iterator[Network]:
    for network in built:
        yield network
        if network.facilitator.any() and not network.facilitator.all():
            yield network.take(~network.facilitator, label=replace(network.label, facilitators="without"))


def _noticed(
    study: Study,
    rows: Coded,
    members: dict[str, NDArray[np.int32]],
    when: dict[str, tuple[Window, ...]],
    built: list[Network],
) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    findings, notes = [], []
    outside = len(rows.people) - len(np.unique(np.concatenate(list(members.values()))))
    if outside:
        findings.append(Problem.of("KM505", f"{outside} of {len(rows.people)} people belong to no cohort"))
    findings += groupings.nobody(study, rows.people)
    for name in dict.fromkeys(n.label.network for n in built):
        if not any(n.m for n in built if n.label.network == name):
            place = Place(column=f"networks.{name}")
            findings.append(Problem.of("KM506", f"network {name} has no tie", place=place))
    if any(w.moment == WHOLE for ws in when.values() for w in ws):
        notes.append(
            "There are no survey waves and no programme dates, so there is one moment and no change can be shown."
        )
    if len(members) > 1:
        notes.append("All cohorts together means ties inside each cohort; ties between cohorts are not counted.")
    return tuple(findings), tuple(notes)
