"""What everything is shown as: people as codes, small groups joined, things by number unless titles are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kmnet.config.schema import Study
from kmnet.network.network import MISSING
from kmnet.results import Results
from kmnet.share.codes import codes, labels
from kmnet.share.groups import frequent, joined, naming

OTHER = "Other"


@dataclass(frozen=True)
class Disguise:
    """Maps from what was observed to what is shown.

    ``people`` and ``label`` go from a person's id to code and label; ``groups`` holds one map a grouping;
    ``organisations`` goes from id to id shown; ``workshops``, ``artefacts`` to numbers; ``titles`` from those numbers
    to labels; ``kinds`` holds the words that are shown of contacts, workshops and artefacts.
    """

    people: Mapping[str, str]
    label: Mapping[str, str]
    groups: Mapping[str, Mapping[str, str]]
    organisations: Mapping[str, str]
    workshops: Mapping[str, str]
    artefacts: Mapping[str, str]
    titles: Mapping[str, str]
    kinds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def events(self, names: Iterable[str]) -> list[str]:
        """Workshops (with the number of the table, where people sat at tables) and artefacts, as they are shown."""
        names = [str(name) for name in names]
        things = {**self.workshops, **self.artefacts}
        tables: dict[str, list[str]] = {}
        for name in sorted(set(names)):
            if name not in things:
                tables.setdefault(name.rpartition(" / ")[0], []).append(name)
        shown = {
            name: f"{things.get(workshop, 'event')} / {k}"
            for workshop, found in tables.items()
            for k, name in enumerate(found, start=1)
        }
        return [things.get(name) or shown[name] for name in names]

    def group(self, column: str, value: Any) -> str:
        """A group as it is shown; a grouping or group that is not known is shown as other."""
        text = "" if value is None or value != value else str(value)
        if text in ("", MISSING):
            return self.groups.get(column, {}).get(text, text)
        return self.groups.get(column, {}).get(text, _other(column))


def disguise(results: Results, study: Study, key: bytes, names: Iterable[str] = ()) -> Disguise:
    """How the people and things of some results are shown outside the team.

    Parameters
    ----------
    results : Results
        With the study's own ids.
    study : Study
        ``disclosure`` decides.
    key : bytes
        Behind the codes.
    names : iterable of str
        Names of the register: a label in which one stands is shown as other.
    """
    names = tuple(names)
    people, least = results.people, study.disclosure.minimum
    columns = [c for c in people.columns if c not in ("id", "label", "cohort", "facilitator")]
    groups = {}
    for column in columns:
        values = people[column].astype(str)
        groups[column] = joined(values, least, _other(column), naming(values, names))
    places = results.organisations
    called = naming(places["label"], names)  # an organisation called after somebody is shown as one of the others
    after = {one for one, label in zip(places["id"], places["label"]) if label in called}
    if "organisation" in groups and after:
        values = people["organisation"].astype(str)
        hidden = after | naming(values, names)
        groups["organisation"] = joined(values, least, _other("organisation"), hidden)
    groups["cohort"] = {s.label.cohort: s.label.cohort for s in results.snapshots}  # the config's names, on every table
    ids = {*people["id"], *(one for s in results.snapshots for one in s.ids)}
    code = codes(ids, key)
    role = dict(zip(people["id"], people["role"]))
    said = {one: groups["role"].get(role.get(one, ""), "") for one in ids}
    shown = {one: "" if text in (_other("role"), MISSING) else text for one, text in said.items()}
    organisations = dict.fromkeys(results.organisations["id"], _other("organisation")) | groups["organisation"]
    asked = "titles" in study.disclosure.show
    kinds = {
        "contacts": _contact_kinds(results.contacts, least, names),
        "workshops": _words(results.workshops["kind"], "other", names),
        "artefacts": _words(results.artefacts["kind"], "other", names),
        "region": _place_words(results.organisations, "region", names),
        "sector": _place_words(results.organisations, "sector", names) | groups.get("sector", {}),
    }
    workshops, titles = _numbered(results.workshops, "workshop-", "Workshop", kinds["workshops"], asked)
    artefacts, named = _numbered(results.artefacts, "artefact-", "Artefact", kinds["artefacts"], asked)
    return Disguise(code, labels(code, shown), groups, organisations, workshops, artefacts, titles | named, kinds)


def _other(column: str) -> str:
    return f"{OTHER} {column.replace('_', ' ')}"


def _numbered(
    things: pd.DataFrame, stem: str, noun: str, kinds: Mapping[str, str], asked: bool
) -> tuple[dict[str, str], dict[str, str]]:
    """Numbers in order of date, and labels: the title if it was asked for, else the kind and the number."""
    order = things.sort_values(["date", "id"], kind="stable")
    width = len(str(len(order)))
    number: dict[str, str] = {}
    title: dict[str, str] = {}
    for k, (one, label, kind) in enumerate(zip(order["id"], order["label"], order["kind"]), start=1):
        number[one] = f"{stem}{k:0{width}d}"
        shown = kinds.get(kind, "")
        word = noun if shown in ("", "other") else shown[:1].upper() + shown[1:]
        title[number[one]] = label if asked and label != one else f"{word} {k}"
    return number, title


def _contact_kinds(contacts: pd.DataFrame, least: int, names: Collection[str]) -> dict[str, str]:
    """Kinds of contact that at least as many people had as a group must have."""
    ends = pd.concat([contacts[["kind", end]].set_axis(["kind", "who"], axis=1) for end in ("source", "target")])
    counts = Counter(ends.drop_duplicates()["kind"].astype(str))
    return frequent(counts, least, "other", naming(counts, names))


def _place_words(organisations: pd.DataFrame, column: str, names: Collection[str]) -> dict[str, str]:
    return _words(organisations[column], _other(column), names) if column in organisations else {}


def _words(column: pd.Series, other: str, names: Collection[str]) -> dict[str, str]:
    counts = Counter(column.astype(str))
    return frequent(counts, 2, other, naming(counts, names))
