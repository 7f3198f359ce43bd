"""Level ``partners``: people as codes, small groups joined, and nothing that was not asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from kmnet.codes import CODES
from kmnet.config.schema import Study
from kmnet.outputs import TABLES
from kmnet.results import Headline, Provenance, Reason, Results
from kmnet.share import relabel
from kmnet.share.disguise import Disguise, disguise
from kmnet.share.identifiability import sheet, warning
from kmnet.share.relabel import months
from kmnet.tables.schema import Register


def partners(results: Results, register: Register, study: Study, key: bytes) -> Results:
    """For named recipients outside the team.

    Ids become codes, labels a role and a short code; roles, organisations and teams of fewer than
    ``disclosure.minimum`` people are joined; dates become months; titles, attendances and minutes go unless
    ``disclosure.show`` names them; input files that bear a person's name, and the config's text, are not passed on.
    """
    hide = disguise(results, study, key, register.names.values())
    directed = {s.label.network: s.directed for s in results.snapshots}
    asked = study.disclosure.show
    files = _files(results, register)
    tables = {name: relabel.table(name, frame, hide, directed) for name, frame in results.tables.items()}
    if "dates" in asked:
        tables = {name: _exact(name, frame, results.tables[name]) for name, frame in tables.items()}
    tables |= _unsigned(tables, files)
    shots = tuple(relabel.network(s, hide) for s in results.snapshots)
    joined: tuple[Reason, ...] = ()
    if "mixing" in tables:
        tables["mixing"] = relabel.possible(tables["mixing"], shots)
        joined = relabel.joined_reasons(
            tables["mixing"]
        )  # before those of the whole table: the first that fits is told
    shown = replace(
        results,
        share="partners",
        tables=tables,
        snapshots=shots,
        people=_people(results.people, hide, set(_cohorts(study, results))),
        organisations=_organisations(results.organisations, hide),
        workshops=_things(results.workshops, hide, "workshops", asked),
        artefacts=_things(results.artefacts, hide, "artefacts", asked),
        contacts=_contacts(results, hide, directed, asked),
        artefact_events=_events(results.artefact_events, hide, asked),
        attendance=_attendance(results.attendance, hide, asked),
        headlines=tuple(_headline(h, hide) for h in results.headlines),
        reasons=(*joined, *(_reason(r, hide) for r in results.reasons)),
        provenance=_provenance(results.provenance, files),
        facts={name: _fact(name, value, hide, asked) for name, value in results.facts.items()},
        notes=(*results.notes, CODED, _joined(study)),
    )
    found = sheet(shown)
    more, tables = warning(found, shown)
    return replace(shown, tables=tables, notes=(*shown.notes, *more), facts={**shown.facts, "identifiability": found})


_NAMES = ("network", "before", "after", "draws", "responses", "instruments", "days", "scales", "groups")
"""Facts that hold names from the config, never a person."""


def _fact(name: str, value: Any, hide: Disguise, asked: Iterable[str]) -> Any:
    if name in _NAMES:
        return value
    if name in ("start", "end") and isinstance(value, str) and "dates" not in asked:
        return f"{value[:7]}-01" if len(value) >= 10 else value
    return _swap(value, hide)


CODED = "People are shown by a code."


def _joined(study: Study) -> str:
    return f"Roles, organisations and teams of fewer than {study.disclosure.minimum} people are joined as Other."


def _cohorts(study: Study, results: Results) -> Iterable[str]:
    return [c.name for c in study.cohorts] or [s.label.cohort for s in results.snapshots]


def _people(people: pd.DataFrame, hide: Disguise, cohorts: set[str]) -> pd.DataFrame:
    shown = {
        column: [hide.group(column, v) for v in people[column]]
        for column in hide.groups
        if column in people and column != "cohort"
    }
    named = [";".join(c for c in str(text).split(";") if c in cohorts) for text in people["cohort"]]
    frame = people.assign(
        **shown,
        cohort=named,
        label=[hide.label[one] for one in people["id"]],
        id=[hide.people[one] for one in people["id"]],
    )
    return frame.sort_values("id", ignore_index=True)


def _organisations(frame: pd.DataFrame, hide: Disguise) -> pd.DataFrame:
    shown = frame[frame["id"].map(hide.organisations).eq(frame["id"])]
    for column in ("sector", "region"):
        if column in shown:
            shown = shown.assign(**{column: [hide.kinds[column].get(v, "") for v in shown[column]]})
    return shown.reset_index(drop=True)


def _things(frame: pd.DataFrame, hide: Disguise, which: str, asked: Iterable[str]) -> pd.DataFrame:
    number: Mapping[str, str] = getattr(hide, which)
    ids = [number[one] for one in frame["id"]]
    shown = frame.assign(
        id=ids,
        label=[hide.titles[one] for one in ids],
        kind=[hide.kinds[which].get(kind, "other") for kind in frame["kind"]],
        date=frame["date"] if "dates" in asked else months(frame["date"]),
    )
    if "team" in shown:
        shown = shown.assign(team=[hide.group("team", team) for team in frame["team"]])
    if "cohort" in shown:
        known = set(frame["cohort"].value_counts().loc[lambda n: n > 1].index)
        shown = shown.assign(cohort=[c if c in known else "" for c in frame["cohort"]])
    return shown.sort_values("id", ignore_index=True)


def _contacts(results: Results, hide: Disguise, directed: Mapping[str, bool], asked: Iterable[str]) -> pd.DataFrame:
    frame = results.contacts
    shown = frame.assign(
        source=[hide.people[one] for one in frame["source"]],
        target=[hide.people[one] for one in frame["target"]],
        kind=[hide.kinds["contacts"].get(kind, "other") for kind in frame["kind"]],
        date=frame["date"] if "dates" in asked else months(frame["date"]),
    )
    return shown.sort_values([c for c in ("date", "source", "target", "kind") if c in shown], ignore_index=True)


def _events(frame: pd.DataFrame, hide: Disguise, asked: Iterable[str]) -> pd.DataFrame:
    shown = frame.assign(
        artefact=[hide.artefacts.get(one, "") for one in frame["artefact"]],
        person=[hide.people.get(one, "") for one in frame["person"]],
        organisation=[hide.group("organisation", one) for one in frame["organisation"]],
        date=frame["date"] if "dates" in asked else months(frame["date"]),
    )
    return shown.sort_values(["artefact", "date", "person", "action"], ignore_index=True)


def _attendance(frame: pd.DataFrame, hide: Disguise, asked: Iterable[str]) -> pd.DataFrame:
    if "attendance" not in asked:
        return frame.iloc[:0]
    shown = frame.assign(
        person=[hide.people[one] for one in frame["person"]],
        workshop=[hide.workshops.get(one, "") for one in frame["workshop"]],
        date=frame["date"] if "dates" in asked else months(frame["date"]),
        table="",
    )
    if "minutes" not in asked:
        shown = shown.assign(minutes=float("nan"))
    return shown.sort_values(["workshop", "person"], ignore_index=True)


def _exact(name: str, shown: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Dates as they were, where rows were not brought together."""
    dates = [c.name for c in TABLES[name].columns if c.kind == "date" and c.name in shown]
    same = len(shown) == len(before) and not any(c.kind == "person" and c.name == "id" for c in TABLES[name].columns)
    return shown.assign(**{c: before[c].to_numpy() for c in dates}) if dates and same else shown


def _files(results: Results, register: Register) -> dict[str, str]:
    """What each input file is called: by its own name, unless a name of a person or a path of a machine is in it."""
    words = {w for name in register.names.values() for w in re.findall(r"\w{3,}", name.casefold())}
    files = sorted({*results.provenance.inputs, *map(str, results.tables.get("ledger", _EMPTY)["file"])})
    shown = {}
    for k, file in enumerate(files, start=1):
        parts = set(re.findall(r"[^\W_]{3,}", file.casefold()))
        outside = file.startswith(("/", "\\", "~")) or ":" in file
        shown[file] = f"input {k}" if parts & words or outside else re.sub(r"^(\.\.?[/\\])+", "", file)
    return shown


_EMPTY = pd.DataFrame({"file": pd.Series(dtype=object)})


def _unsigned(tables: Mapping[str, pd.DataFrame], files: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """The ledger with files that are not named after people; findings by kind, without the rows they were found in."""
    changed = {}
    if "ledger" in tables:
        changed["ledger"] = tables["ledger"].assign(file=[files.get(f, "input") for f in tables["ledger"]["file"]])
    if "findings" in tables:
        columns = [c.name for c in TABLES["findings"].columns]
        changed["findings"] = pd.DataFrame(_by_kind(tables["findings"]["code"]), columns=columns)
    return changed


def _by_kind(codes: Iterable[str]) -> list[tuple[Any, ...]]:
    rows = []
    for code, n in sorted(Counter(map(str, codes)).items()):
        kind = CODES[code]
        said = f"{kind.meaning} ({n} time{'s' if n != 1 else ''})"
        rows.append((code, kind.name, kind.severity, "", 0, "", said, kind.cure))
    return rows


def _provenance(made: Provenance, files: Mapping[str, str]) -> Provenance:
    return replace(made, inputs={files[f]: seal for f, seal in made.inputs.items()}, config="")


def _headline(headline: Headline, hide: Disguise) -> Headline:
    numbers = {name: _swap(value, hide) for name, value in headline.numbers.items()}
    partition = str(headline.numbers.get("partition", "role"))
    if "roles" in numbers:
        count: dict[str, float] = {}
        for group, number in headline.numbers["roles"]:
            shown = hide.group(partition, group)
            count[shown] = count.get(shown, 0) + number
        numbers["roles"] = tuple(sorted(count.items(), key=lambda item: (-item[1], item[0])))
    if isinstance(numbers.get("group"), str):
        numbers["group"] = hide.group(partition, headline.numbers["group"])
    return replace(headline, numbers=numbers)


def _reason(reason: Reason, hide: Disguise) -> Reason:
    kinds = {c.name: c.kind for c in TABLES[reason.table].columns} if reason.table in TABLES else {}
    partition = dict(reason.where).get("partition", "")
    where = []
    for column, value in reason.where:
        kind = kinds.get(column)
        if kind == "person":
            value = hide.people.get(value, value)
        elif kind == "group":
            value = hide.group(partition, value)
        elif kind in ("organisation", "workshop", "artefact"):
            value = getattr(hide, f"{kind}s").get(value, value)
        where.append((column, value))
    return replace(reason, where=tuple(where))


def _swap(value: Any, hide: Disguise) -> Any:
    """A value in which every text that is a person's id is the person's code."""
    if isinstance(value, str):
        return hide.people.get(value, value)
    if isinstance(value, Mapping):
        return {_swap(k, hide): _swap(v, hide) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(_swap(v, hide) for v in value)
    return value
