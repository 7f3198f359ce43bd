"""Results as the report reads them: which network, cohort and moments lead, and rows picked by their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from kmnet.network.network import Network
from kmnet.outputs import TABLES
from kmnet.report import style
from kmnet.report import words as w
from kmnet.report.blocks import Cell, value
from kmnet.results import About, Results

ALL = "All"
_COUNTS = {
    "people", "ties", "possible", "answered", "components", "isolates", "bridges", "local_bridges", "cut_points",
    "degree", "in_degree", "out_degree",
}  # fmt: skip
_SHARES = {"density", "reciprocity", "transitivity", "betweenness_centralisation", "degree_centralisation"} | {
    "in_degree_centralisation", "out_degree_centralisation", "formation_rate", "persistence_rate", "jaccard",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Reading:
    """One view on :class:`~kmnet.results.Results`; it selects and sorts, and computes nothing."""

    results: Results

    def table(self, name: str) -> pd.DataFrame:
        """An output table; one that was not made is empty and has its fixed columns."""
        frame = self.results.tables.get(name)
        if frame is None:
            return pd.DataFrame({column.name: pd.Series(dtype=object) for column in TABLES[name].columns})
        return frame

    def pick(self, name: str, **keys: str) -> pd.DataFrame:
        """The rows of a table whose key columns hold the given values."""
        frame = self.table(name)
        for column, wanted in keys.items():
            frame = frame[(frame[column] == wanted).to_numpy(dtype=bool)]
        return frame

    @cached_property
    def networks(self) -> tuple[str, ...]:
        """Networks, the headline one first."""
        found = [s.label.network for s in self.results.snapshots] + list(self.table("networks")["network"])
        first = [str(self.results.facts["network"])] if "network" in self.results.facts else []
        return tuple(dict.fromkeys([*first, *map(str, found)]))

    @property
    def network(self) -> str:
        """The headline network."""
        return self.networks[0] if self.networks else ""

    @cached_property
    def cohorts(self) -> tuple[str, ...]:
        """Cohorts by themselves, in the study's order; All stands apart."""
        found = dict.fromkeys(map(str, self.table("networks")["cohort"]))
        return tuple(c for c in found if c != ALL)

    @property
    def cohort(self) -> str:
        """The cohort that the leading numbers are of: all together where there are several."""
        return ALL if ALL in set(self.table("networks")["cohort"]) or not self.cohorts else self.cohorts[0]

    def cohort_name(self, cohort: Any) -> str:
        """A cohort as a table names it: all of them together are everybody where the study has none."""
        return str(cohort) if cohort != ALL else ("All cohorts" if self.cohorts else "Everybody")

    def cohort_words(self, cohort: str) -> str:
        """The same within a sentence."""
        return cohort if cohort != ALL else ("all cohorts together" if self.cohorts else "everybody together")

    @cached_property
    def moments(self) -> tuple[str, ...]:
        """Moments of the headline network, in the study's order."""
        rows = self.pick("networks", network=self.network) if self.network else self.table("networks")
        return tuple(dict.fromkeys(map(str, rows["moment"])))

    @property
    def before(self) -> str:
        """The earlier of the two compared moments; "" when there is one moment only."""
        return str(self.results.facts.get("before") or (self.moments[0] if len(self.moments) > 1 else ""))

    @property
    def after(self) -> str:
        """The later of the two compared moments, or the only one."""
        return str(self.results.facts.get("after") or (self.moments[-1] if self.moments else ""))

    def snapshot(self, moment: str, *, cohort: str | None = None, network: str | None = None) -> Network | None:
        """The network of a moment, with facilitators; None where there is none."""
        wanted = (network or self.network, cohort or self.cohort, moment, "with")
        for s in self.results.snapshots:
            if (s.label.network, s.label.cohort, s.label.moment, s.label.facilitators) == wanted:
                return s
        return None

    def moment_title(self, moment: str) -> str:
        """A moment's name with a capital."""
        return moment[:1].upper() + moment[1:]

    def about(self, measure: str) -> About | None:
        """What a measure means."""
        return self.results.measures.get(measure)

    def title(self, measure: str) -> str:
        """A measure's title."""
        about = self.about(measure)
        if about:
            return about.title
        of_people = self.about(measure.removeprefix("mean_"))
        if of_people:
            return f"Mean of: {of_people.title.lower()}"
        return w.sentence(w.plain(measure)).rstrip(".")

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """The notes of the run, with names of networks as words."""
        spelt = {name: w.plain(name) for name in self.networks if name != w.plain(name)}
        return tuple(_respelt(note, spelt) for note in self.results.notes)

    def words(self, measures: Iterable[str]) -> list[tuple[str, str]]:
        """What measures mean, for those who know only their titles."""
        found = ((self.title(name), self.about(name)) for name in measures)
        return [(title, about.reads) for title, about in found if about]

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What may be shown of each person."""
        return _mapping(self.results.people, "id", "label")

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """Each person's group in the headline partition."""
        return _mapping(self.results.people, "id", self.partition)

    @cached_property
    def symbols(self) -> Mapping[str, style.Symbol]:
        """How each group of the headline partition is drawn."""
        return style.symbols([group or "" for group in self.roles.values()])

    @cached_property
    def partition(self) -> str:
        """The headline grouping."""
        for s in self.results.snapshots:
            for column in s.groups:
                return str(column)
        for name in ("mixing", "brokerage"):
            for column in self.table(name)["partition"]:
                return str(column)
        return "role"

    def label(self, person: Any) -> str:
        """What may be shown of a person."""
        return self.labels.get(person, str(person))

    def group(self, name: Any) -> str:
        """The name of a group; people of whom none is stated are a group of their own."""
        return style.UNSTATED_NAME if name in ("", "(missing)") else str(name)

    def role(self, person: Any) -> str:
        """A person's group in the headline partition."""
        return self.group(self.roles.get(person, ""))

    def place_name(self, kind: str, name: Any) -> str:
        """The label of an organisation, workshop or artefact."""
        return self._titles[kind].get(name, str(name))

    @cached_property
    def _titles(self) -> Mapping[str, Mapping[str, str]]:
        return {
            "organisation": _mapping(self.results.organisations, "id", "label"),
            "workshop": _mapping(self.results.workshops, "id", "label"),
            "artefact": _mapping(self.results.artefacts, "id", "label"),
        }

    def cell(self, table: str, row: Mapping[str, Any], column: str, say: Callable[[Any], str] = w.number) -> Cell:
        """A number of a table as a cell, with the reason where it is undefined."""
        found = row.get(column)
        why = ""
        if w.undefined(found):
            why = w.sentence(self.why(table, column, row) or str(row.get("note") or ""))
        return value(say(found), found, why)

    def say(self, measure: str) -> Callable[[Any], str]:
        """How values of a measure are written: shares in per cent, counts whole."""
        about = self.about(measure)
        name = measure.removeprefix("mean_")
        if name in _COUNTS and name == measure:
            return w.count
        if name.endswith("_share") or name in _SHARES or (about is not None and about.unit == "share"):
            return w.percent
        return w.number

    @cached_property
    def _reasons(self) -> Mapping[tuple[str, str], list[tuple[dict[str, str], str]]]:
        found: dict[tuple[str, str], list[tuple[dict[str, str], str]]] = {}
        for reason in self.results.reasons:
            found.setdefault((reason.table, reason.column), []).append((dict(reason.where), reason.why))
        return found

    def why(self, table: str, column: str, row: Mapping[str, Any]) -> str:
        """Why a cell is empty; "" where no reason was given. A reason holds for every row its keys agree with."""
        for where, why in self._reasons.get((table, column), ()):
            if all(str(row.get(key, value)) == value for key, value in where.items()):
                return why
        return ""


def _respelt(text: str, spelt: Mapping[str, str]) -> str:
    for name, said in spelt.items():
        text = text.replace(name, said)
    return text


def _mapping(frame: pd.DataFrame, key: str, value: str) -> dict[str, str]:
    if key not in frame.columns or value not in frame.columns:
        return {}
    return {k: "" if w.undefined(v) else str(v) for k, v in zip(frame[key], frame[value])}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as plain mappings."""
    names = list(frame.columns)
    return [dict(zip(names, row)) for row in frame.itertuples(index=False, name=None)]


def ordered(values: Iterable[Any]) -> list[str]:
    """Each value once, in order of appearance."""
    return list(dict.fromkeys(str(v) for v in values))
