"""Everything that the map can draw, numbered: people first, then organisations, workshops and evidence."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kmnet.network.network import MISSING
from kmnet.report import style
from kmnet.results import Results

PERSON, ORGANISATION, WORKSHOP, EVIDENCE = range(4)


def texts(column: pd.Series | Sequence[Any]) -> list[str]:
    """Cells as texts; an empty one is ""."""
    return ["" if v is None or v != v else str(v) for v in (column.tolist() if hasattr(column, "tolist") else column)]


def finite(value: Any) -> Any:
    """A value as JSON can hold it: numbers to four digits, whole ones as integers, nothing for what is undefined."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return int(value)
    try:
        number = float(value)
    except (TypeError, ValueError):
        return str(value)
    if not math.isfinite(number):
        return None
    return int(number) if number == int(number) and abs(number) < 1e15 else float(f"{number:.4g}")


@dataclass(frozen=True, eq=False)
class Index:
    """The numbered things and their columns.

    ``where`` numbers the people that may be drawn, ``things`` the others by (kind, id); ``rows`` say what each is.
    ``role_of`` (the headline grouping) and ``organisation_of`` are the groups of all people, drawn or not.
    """

    where: Mapping[str, int]
    things: Mapping[tuple[int, str], int]
    rows: list[dict[str, Any]]
    roles: list[dict[str, Any]]
    organisations: list[str]
    teams: list[str]
    role_of: Mapping[str, str]
    organisation_of: Mapping[str, str]

    @property
    def drawn(self) -> bool:
        """Whether people are drawn at all."""
        return bool(self.where)

    @classmethod
    def of(cls, results: Results, people: Sequence[str], drawn: Sequence[str]) -> Index:
        """Number what ``results`` hold."""
        about = {str(row["id"]): row for row in results.people.to_dict("records")} if len(results.people) else {}

        def field(name: str, column: str) -> str:
            return _stated(about.get(name, {}).get(column))

        headline = grouping(results)
        alike = headline == "organisation" == results.facts.get("nodes")  # symbols of organisations without sectors
        role_of = {name: "Organisation" if alike else field(name, headline) for name in people}
        organisation_of = {name: field(name, "organisation") for name in people}
        roles = sorted(set(role_of.values()), key=lambda r: (r == "", r))
        labels = _labels(results.organisations)
        organisations = sorted(set(organisation_of.values()), key=lambda o: (o == "", labels.get(o, o)))
        teams = sorted({field(name, "team") for name in drawn})
        rows: list[dict[str, Any]] = []

        def add(kind: int, name: str, label: str, **more: Any) -> int:
            rows.append({"id": name, "label": label or name, "kind": kind} | more)
            return len(rows) - 1

        where = {}
        for name in drawn:
            where[name] = add(
                PERSON,
                name,
                _stated(about.get(name, {}).get("label")),
                role=roles.index(role_of[name]),
                org=organisations.index(organisation_of[name]),
                team=teams.index(field(name, "team")),
                more=field(name, "cohort"),
                staff=int(about.get(name, {}).get("facilitator") is True),
            )
        things = {}
        for name in organisations:
            label = labels.get(name, name) or style.UNSTATED_NAME
            things[ORGANISATION, name] = add(ORGANISATION, name, label, org=organisations.index(name))
        for kind, frame in ((WORKSHOP, results.workshops), (EVIDENCE, results.artefacts)):
            named, sort = _labels(frame), _labels(frame, "kind")
            if kind == WORKSHOP:
                named = _apart(named, _labels(frame, "cohort"))
            for name in sorted(named):
                things[kind, name] = add(kind, name, named[name], more=sort.get(name, ""))
        shown = [labels.get(o, o) or style.UNSTATED_NAME for o in organisations]
        return cls(where, things, rows, _roles(roles, role_of), shown, teams, role_of, organisation_of)


def grouping(results: Results) -> str:
    """The column that colours and shapes stand for: the config's first grouping, role where there is none."""
    for shot in results.snapshots:
        for column in shot.groups:
            return column if column in results.people else "role"
    return "role"


def _stated(value: Any) -> str:
    text = "" if value is None or value != value else str(value)
    return "" if text == MISSING else text


def _labels(frame: pd.DataFrame, column: str = "label") -> dict[str, str]:
    if not len(frame) or column not in frame:
        return {}
    return dict(zip(texts(frame["id"]), texts(frame[column])))


def _apart(named: dict[str, str], cohort: dict[str, str]) -> dict[str, str]:
    """Labels with the cohort behind those that several workshops share."""
    shared = {label for label, times in Counter(named.values()).items() if times > 1}
    return {
        name: f"{label} ({cohort[name]})" if label in shared and cohort.get(name) else label
        for name, label in named.items()
    }


def _roles(roles: Sequence[str], role_of: Mapping[str, str]) -> list[dict[str, Any]]:
    """Name, symbol and legend entry of every role; roles that share a symbol share an entry."""
    symbol = style.symbols(list(role_of.values()))
    others = [role for role in roles if symbol[role] == style.OTHER]
    return [
        {
            "name": role or style.UNSTATED_NAME,
            "colour": symbol[role].colour,
            "shape": symbol[role].shape,
            "entry": style.joined_name(others) if role in others else (role or style.UNSTATED_NAME),
        }
        for role in roles
    ]
