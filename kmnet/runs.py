"""Results of separate runs side by side: programmes, or cohorts that were analysed one by one.

Only what was written is read. Every row is held against the first run named, and where the two did not measure the same
thing in the same way, or a number depends on the size of the network and the sizes differ, the row says so; no
difference between runs is worked out.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kmnet.errors import ConfigError, Place, Problem

Row = Mapping[str, Any]

HEADINGS = (
    "network", "measure", "run", "programme", "share", "cohort", "moment", "people", "answered", "pairs", "value",
    "low", "high", "comparable", "reason",
)  # fmt: skip

ALL = "All"
TO = " to "
"""Between the names of two moments."""

WINDOWS = 1.05
"""Longer window over shorter one, above which counts of dated ties are not comparable."""

SIZES = 1.1
"""People over people, above which numbers that depend on the size of a network are not comparable."""

SIZE_FREE = ("ties_per_person", "change_of_ties_per_person", "mean_degree", "reachable_pairs_share", "connectedness",
             "largest_component_share", "reciprocity", "persistence_rate", "jaccard", "ei_index", "assortativity")  # fmt: skip
"""Measures that networks of different size may share, whatever grouping their name ends with; and all over chance."""

OVER_CHANCE = "_over_chance"

_ASKED = {
    "from": "the source of ties", "relation": "the relation asked about", "kinds": "the kinds of contact",
    "at_least": "the threshold", "reports": "how reports become ties", "directed": "direction",
    "within": "what counts as meeting", "weight": "the weight of a meeting", "max_event_size": "the largest event",
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One output folder: the name it goes by, and what was written."""

    name: str
    whole: Mapping[str, Any]

    @property
    def title(self) -> str:
        """Of the study."""
        return str(self.whole["title"])

    @property
    def share(self) -> str:
        """The level it may be shared at."""
        return str(self.whole["share"])

    @property
    def version(self) -> str:
        """The kmnet that made it."""
        return str(self.whole["provenance"]["versions"]["kmnet"])

    @property
    def facts(self) -> Mapping[str, Any]:
        """Small facts of the run."""
        return self.whole["facts"]

    @property
    def span(self) -> tuple[str, str]:
        """The two moments that are compared."""
        return str(self.facts.get("before", "")), str(self.facts.get("after", ""))

    @cached_property
    def moments(self) -> frozenset[tuple[str, str]]:
        """Each network with each of its moments."""
        return frozenset((row["network"], row["moment"]) for row in self.rows)

    def table(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of a table; none where the run has no such table."""
        table = self.whole["tables"].get(name, {"columns": (), "rows": ()})
        columns = [column["name"] for column in table["columns"]]
        return (dict(zip(columns, row)) for row in table["rows"])

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every value: measures at each moment, the same over what chance gives, and changes of the same people."""
        return (*_measures(self), *_over_chance(self), *_changes(self))

    @cached_property
    def sizes(self) -> Mapping[tuple[str, str, str], Mapping[str, float]]:
        """By network, moment and measure: the people behind it, cohort by cohort; NaN where hidden."""
        found: dict[tuple[str, str, str], dict[str, float]] = {}
        for row in self.rows:
            people = float("nan") if row.get("people") is None else float(row["people"])
            found.setdefault((row["network"], row["moment"], row["measure"]), {})[row["cohort"]] = people
        return found


def _measures(run: Run) -> Iterator[dict[str, Any]]:
    size = {
        (row["network"], row["cohort"], row["moment"]): row
        for row in run.table("networks")
        if row["facilitators"] == "with"
    }
    for row in run.table("cohorts"):
        of = size.get((row["network"], row["cohort"], row["moment"]), {})
        yield row | {"people": of.get("people"), "answered": of.get("answered"), "pairs": of.get("possible")}


def _over_chance(run: Run) -> Iterator[dict[str, Any]]:
    """Rewired networks; networks of as many ties for what everybody's numbers of ties alone give."""
    first: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in run.table("networks_by_chance"):
        first.setdefault(tuple(row[key] for key in ("network", "cohort", "moment", "measure")), row)
    for row in first.values():
        yield row | {
            "measure": row["measure"] + OVER_CHANCE, "value": row["ratio"], "comparable": True,
            "reason": f"Over {row['model'].replace('_', ' ')}.",
        }  # fmt: skip


def _changes(run: Run) -> Iterator[dict[str, Any]]:
    """Change of ties per person and how ties lasted, among the same people, without programme staff where told."""
    last: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in run.table("change"):
        if (row["measure"], row["panel"]) == ("ties_per_person", "same_people"):
            last[row["network"], row["cohort"], "change_of_ties_per_person"] = row | {
                "value": row["difference"], "comparable": row["difference"] is not None, "reason": str(row["note"]).removeprefix("not comparable: "),
            }  # fmt: skip
    for row in run.table("tie_change_summary"):
        for name in ("persistence_rate", "jaccard", "formation_rate"):
            last[row["network"], row["cohort"], name] = row | {"value": row[name], "comparable": True, "reason": ""}
    moments = TO.join(run.span)
    for (_, _, name), row in last.items():
        yield row | {"measure": name, "moment": moments, "low": row.get("low"), "high": row.get("high")}


def read(folders: Sequence[Path]) -> tuple[Run, ...]:
    """The runs that output folders hold, two or more; folders of one name are told apart by the folders that
    they lie in.

    Raises
    ------
    ConfigError
        KM107 for a folder without results, and where there is one folder only.
    """
    if len(folders) < 2:
        fix = "Name two folders or more."
        raise ConfigError(Problem.of("KM107", "there is nothing to compare one folder with", fix=fix))
    found: list[Run] = []
    problems: list[Problem] = []
    for folder, name in zip(folders, _names(folders), strict=True):
        try:
            run = Run(name, json.loads((folder / "results.json").read_text(encoding="utf-8")))
            found.append(run)
            _ = (run.title, run.share, run.version, run.facts, run.whole["tables"]["cohorts"], run.rows)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            fix = "Name a folder that kmnet analyse has written."
            place = Place(str(folder / "results.json"))
            problems.append(Problem.of("KM107", "there are no results that can be read", place=place, fix=fix))
    if problems:
        raise ConfigError(problems)
    return tuple(found)


def _names(folders: Sequence[Path]) -> list[str]:
    """The end of each path that no other has, such as ``round-1/results``; a number where a folder is named twice."""
    paths = [folder.resolve() for folder in folders]
    names: list[str] = []
    for at, path in enumerate(paths):
        others = {other for other in paths if other != path}
        ends = ("/".join(path.parts[-k:]) for k in range(1, len(path.parts)))
        alike = {end: any(f"/{other.as_posix()}".endswith(f"/{end}") for other in others) for end in ends}
        base = next((end for end, shared in alike.items() if not shared), path.as_posix())
        twice = paths[:at].count(path)
        names.append(f"{base} {twice + 1}" if twice else base)
    return names


def side_by_side(runs: Sequence[Run], network: str | None = None, measure: str | None = None) -> str:
    """The runs' values over time as CSV, a row a network, measure, run, cohort and moment.

    Parameters
    ----------
    runs : sequence of Run
        The first is the one that others are compared with.
    network, measure : str, optional
        Only this network, only this measure.

    Raises
    ------
    ConfigError
        KM110 where nothing is left to compare.
    """
    rows = list(compared(runs, network, measure))
    if not rows:
        networks = {str(row["network"]) for run in runs for row in run.rows}
        unknown = network is not None and network not in networks
        known = networks if unknown else {str(row["measure"]) for run in runs for row in run.rows}
        message = "no run has such a network" if unknown else "no run has such a measure"
        raise ConfigError(Problem.of("KM110", message, fix=f"There are: {', '.join(sorted(known))}."))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows([_cell(row[name]) for name in HEADINGS] for row in rows)
    return out.getvalue()


def compared(runs: Sequence[Run], network: str | None = None, measure: str | None = None) -> Iterator[dict[str, Any]]:
    """Rows in the order of networks and measures; measures that every size may share come first."""
    rows = [
        _row(runs[0], run, row)
        for run in runs
        for row in run.rows
        if network in (None, row["network"]) and measure in (None, row["measure"])
    ]
    networks = {name: k for k, name in enumerate(dict.fromkeys(row["network"] for row in rows))}
    names = sorted(dict.fromkeys(row["measure"] for row in rows), key=lambda name: not _size_free(name))
    order = {name: k for k, name in enumerate(names)}
    return iter(sorted(rows, key=lambda row: (networks[row["network"]], order[row["measure"]])))


def warnings(runs: Sequence[Run]) -> Iterator[str]:
    """What to mind of the whole, in sentences."""
    yield "One programme is one case: a difference between programmes is not a difference in what they did."
    levels = [level for level in ("inside", "partners", "public") if level in {run.share for run in runs}]
    if levels[0] != "public":
        these = ", ".join(run.name for run in runs if run.share == levels[0])
        who = "for the project team only" if levels[0] == "inside" else "for named recipients"
        yield f"It holds exact numbers of {these} (level {levels[0]}): {who}, whatever level the others are at."
    for k, run in enumerate(runs):
        for other in runs[:k]:
            if said := _same(other, run):
                yield f"{run.name}: {said}"


def _same(one: Run, two: Run) -> str:
    """Whether two runs are one case, in a sentence."""
    made = [run.whole["provenance"] for run in (one, two)]
    if made[0].get("run") and made[0].get("run") == made[1].get("run") and one.share == two.share:
        return f"The same run as {one.name}, and no second case."
    inputs = [set(dict(each.get("inputs") or {}).values()) for each in made]
    cohorts = [{row["cohort"] for row in run.rows} for run in (one, two)]  # two cohorts may stand in one file
    if inputs[0] and inputs[0] == inputs[1] and cohorts[0] == cohorts[1]:
        return f"Rests on the same input files as {one.name}, and is no second case."
    return ""


def _row(first: Run, run: Run, row: Row) -> dict[str, Any]:
    against = [] if run is first else [*_against(first, run, row["network"]), *_at(first, run, row)]
    own = [str(row["reason"])] if row.get("reason") else []
    comparable = bool(row.get("comparable")) and not against
    why = " ".join([*against, *own])
    head = {"run": run.name, "programme": run.title, "share": run.share, "comparable": comparable}
    filled = {name: row.get(name) for name in HEADINGS} | head
    return filled | {"reason": f"Not comparable because: {why}" if why and not comparable else why}


def _against(first: Run, run: Run, network: str) -> list[str]:
    """What speaks against comparing a network of a run with that of the first, in sentences."""
    said = list(filter(None, [_same(first, run)]))
    one, two = (r.facts.get("instruments", {}).get(network) for r in (first, run))
    if one is None or two is None:
        return [
            *said,
            f"{first.name} has no network of this name." if one is None else "How ties were observed is not known.",
        ]
    differing = [words for key, words in _ASKED.items() if one.get(key) != two.get(key)]
    if differing:
        said.append(f"Measured in another way than {first.name}: {', '.join(differing)}.")
    top = [r.facts.get("scales", {}).get(network) for r in (first, run)]
    if all(top) and max(top) >= 2 * min(top):
        said.append(f"Answers go up to {top[1]:g}, in {first.name} to {top[0]:g}: another scale.")
    if first.share != run.share and "public" in (first.share, run.share):
        said.append(f"{first.name} is at level {first.share}, this one at level {run.share}, which rounds differently.")
    if first.version != run.version:
        said.append(f"Made by kmnet {run.version}, {first.name} by {first.version}.")
    return said


def _at(first: Run, run: Run, row: Row) -> Iterator[str]:
    """What speaks against one row: a moment the first run has not, its length, its grouping, the size of the network."""
    network, moment, measure = row["network"], row["moment"], row["measure"]
    if any(name == network for name, _ in first.moments) and (network, moment) not in first.moments:
        yield f"{first.name} has no moment {moment}."
    for each in run.span if moment == TO.join(run.span) else (moment,):
        lengths = [_days(r, network, each) for r in (first, run)]
        if all(lengths) and max(lengths) / min(lengths) > WINDOWS:
            yield f"{each} covers {lengths[1]:.0f} days, in {first.name} {lengths[0]:.0f}."
    groups = [list(r.facts.get("groups") or [""])[0] for r in (first, run)]
    if all(groups) and groups[0] != groups[1] and run.whole.get("measures", {}).get(measure, {}).get("partition"):
        yield f"Groups are by {groups[1]}, in {first.name} by {groups[0]}."
    if not _size_free(measure):
        yield from _other_size(first, row)


def _size_free(measure: str) -> bool:
    return measure.endswith(OVER_CHANCE) or measure.startswith(SIZE_FREE)


def _other_size(first: Run, row: Row) -> Iterator[str]:
    here, each = row["people"], first.sizes.get((row["network"], row["moment"], row["measure"]))
    if each is None:
        return
    alike = [cohort for cohort in each if (cohort == ALL) == (row["cohort"] == ALL)]
    there = [each[cohort] for cohort in alike or each]  # cohorts beside cohorts, all together beside all together
    if here is None or any(size != size for size in there):
        yield "It depends on the size of the network, and not every size is shown."
    elif not min(there) / SIZES <= here <= max(there) * SIZES:
        sizes = f"{min(there):g}" if min(there) == max(there) else f"{min(there):g} to {max(there):g}"
        yield (
            f"It depends on the size of the network ({here:g} people, in {first.name} {sizes}): compare ties per person, "
            "or numbers over chance."
        )


def _days(run: Run, network: str, moment: str) -> float:
    """Length of a window of dated ties; 0 where none is known, or the answers of a survey have no length."""
    if run.facts.get("instruments", {}).get(network, {}).get("from") == "survey":
        return 0.0
    return float(run.facts.get("days", {}).get(network, {}).get(moment) or 0.0)


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.12g}"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(("=", "+", "-", "@", "\t", "\r")) else value
