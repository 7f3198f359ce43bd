"""Results of separate runs side by side: programmes, or cohorts that were analysed one by one.

Only what was written is read. A run is compared with the first one named, and where the two did not measure the same
thing in the same way the table says so; no difference is worked out.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kmnet.errors import ConfigError, Place, Problem

HEADINGS = (
    "network",
    "measure",
    "run",
    "programme",
    "cohort",
    "moment",
    "value",
    "low",
    "high",
    "comparable",
    "reason",
)

WINDOWS = 1.05
"""Longer window over shorter one, above which counts of dated ties are not comparable."""

_ASKED = {
    "from": "the source of ties", "relation": "the relation asked about", "kinds": "the kinds of contact",
    "at_least": "the threshold", "reports": "how reports become ties", "directed": "direction",
    "within": "what counts as meeting", "weight": "the weight of a meeting", "max_event_size": "the largest event",
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One output folder: its name, title, level, version, facts and rows of the table of cohorts."""

    name: str
    title: str
    share: str
    version: str
    facts: Mapping[str, Any]
    rows: tuple[Mapping[str, Any], ...]


def side_by_side(folders: Sequence[Path], network: str | None = None, measure: str | None = None) -> str:
    """The runs' values over time as CSV, a row a network, measure, run, cohort and moment.

    Parameters
    ----------
    folders : sequence of Path
        Output folders of ``kmnet analyse``, two or more; the first is the one that others are compared with.
    network, measure : str, optional
        Only this network, only this measure.

    Raises
    ------
    ConfigError
        KM107 for a folder without results, KM110 where nothing is left to compare.
    """
    if len(folders) < 2:
        fix = "Name two folders or more."
        raise ConfigError(Problem.of("KM107", "there is nothing to compare one folder with", fix=fix))
    runs = _runs(folders)
    against = {(r.name, n): _against(runs[0], r, n) for r in runs for n in {row["network"] for row in r.rows}}
    rows = [row for run in runs for row in _rows(run, against) if _wanted(row, network, measure)]
    if not rows:
        known = sorted({str(row["network" if network else "measure"]) for run in runs for row in run.rows})
        message = "no run has such a network or measure"
        raise ConfigError(Problem.of("KM110", message, fix=f"There are: {', '.join(known)}."))
    order = {key: k for k, key in enumerate(dict.fromkeys((row["network"], row["measure"]) for row in rows))}
    rows.sort(key=lambda row: order[row["network"], row["measure"]])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows([_cell(row[name]) for name in HEADINGS] for row in rows)
    return out.getvalue()


def _runs(folders: Iterable[Path]) -> list[Run]:
    found: list[Run] = []
    problems: list[Problem] = []
    for folder in folders:
        name, k = folder.name, 2
        while name in {run.name for run in found}:
            name, k = f"{folder.name} {k}", k + 1
        try:
            found.append(_run(folder, name))
        except (OSError, ValueError, KeyError, TypeError):
            fix = "Name a folder that kmnet analyse has written."
            place = Place(str(folder / "results.json"))
            problems.append(Problem.of("KM107", "there are no results that can be read", place=place, fix=fix))
    if problems:
        raise ConfigError(problems)
    return found


def _run(folder: Path, name: str) -> Run:
    whole = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    table = whole["tables"]["cohorts"]
    columns = [column["name"] for column in table["columns"]]
    rows = tuple(dict(zip(columns, row)) for row in table["rows"])
    return Run(name, whole["title"], whole["share"], whole["provenance"]["versions"]["kmnet"], whole["facts"], rows)


def _rows(run: Run, against: Mapping[tuple[str, str], list[str]]) -> Iterator[dict[str, Any]]:
    for row in run.rows:
        reasons = [*against[run.name, row["network"]], *([row["reason"]] if row.get("reason") else [])]
        comparable = bool(row.get("comparable")) and not against[run.name, row["network"]]
        yield {**row, "run": run.name, "programme": run.title, "comparable": comparable, "reason": " ".join(reasons)}


def _wanted(row: Mapping[str, Any], network: str | None, measure: str | None) -> bool:
    return network in (None, row["network"]) and measure in (None, row["measure"])


def _against(first: Run, run: Run, network: str) -> list[str]:
    """What speaks against comparing a network of a run with that of the first, in sentences."""
    if run is first:
        return []
    one, two = (r.facts.get("instruments", {}).get(network) for r in (first, run))
    if one is None or two is None:
        return [f"{first.name} has no network of this name." if one is None else "How ties were observed is not known."]
    differing = [words for key, words in _ASKED.items() if one.get(key) != two.get(key)]
    said = [f"Measured in another way than {first.name}: {', '.join(differing)}."] if differing else []
    if first.share != run.share:
        said.append(f"{first.name} is at level {first.share}, this one at level {run.share}, which rounds differently.")
    if first.version != run.version:
        said.append(f"Made by kmnet {run.version}, {first.name} by {first.version}.")
    here, there = (r.facts.get("days", {}).get(network, {}) for r in (first, run))
    for moment in [m for m in here if m in there]:
        short, long = sorted((float(here[moment]), float(there[moment])))
        if short > 0 and long / short > WINDOWS:
            said.append(f"{moment} covers {there[moment]:.0f} days, in {first.name} {here[moment]:.0f}.")
    return said


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(("=", "+", "-", "@", "\t", "\r")) else value
