"""Numbers that depend on the size of a network, beside what chance would give in networks of that size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kmnet.report import words as w
from kmnet.report.blocks import Cell, Fold, Head, Table, Text, named, value
from kmnet.report.reading import ALL, Reading, records

TABLE = "networks_by_chance"
SHOWN = ("mean_path_length", "global_efficiency", "transitivity", "degree_centralisation", "reciprocity")
"""Measures that the report shows; the others stand in the table."""


def beside(reading: Reading) -> list[object]:
    """The headline network's numbers at each moment beside chance; folded."""
    rows = records(reading.pick(TABLE, network=reading.network))
    found: dict[tuple[str, ...], dict[str, Mapping[str, Any]]] = {}
    for r in rows:
        if str(r["measure"]) in SHOWN:
            found.setdefault((str(r["cohort"]), str(r["moment"]), str(r["measure"])), {})[str(r["model"])] = r
    if not found:
        return []
    several = len({cohort for cohort, _, _ in found}) > 1
    heads = [
        *([Head("Cohort")] if several else []), Head("Moment"), Head("Measure"),
        *(Head(h, numeric=True) for h in (
            "People", "Observed", "Rewired: expected", "Rewired: ratio", "Rewired: z", "As many ties: expected",
            "As many ties: ratio", "As many ties: z")),
    ]  # fmt: skip
    body = [_line(reading, key, models, several) for key, models in found.items()]
    draws = [r["draws"] for r in rows if w.known(r["draws"])]
    how = f" {w.count(min(draws))} to {w.count(max(draws))} networks were drawn each time." if draws else ""
    text = (
        "These numbers depend on how many people and ties there are, so between moments and cohorts compare the ratios of"
        " observed to expected, not the values. Rewired: ties drawn at random so that everybody keeps as many as observed."
        " As many ties: any network of as many people and ties. z is the distance in standard deviations; it is no test of"
        f" change. Where many did not answer, read the rewired ones, in which they stay as silent as they are.{how}"
    )
    staff = ", programme staff left out" if {str(r["facilitators"]) for r in rows} == {"without"} else ""
    caption = f"Beside what chance gives, network \u201c{w.plain(reading.network)}\u201d{staff}"
    more = f"Further measures and networks are in tables/{TABLE}.csv."
    paper = f"It is on the screen, and in results.xlsx: {TABLE}."
    return [
        Fold("Numbers that depend on size, beside chance", [Text(text), Table(caption, heads, body, more=more)], paper)
    ]


def _line(reading: Reading, key: tuple[str, ...], models: Mapping[str, Mapping[str, Any]], several: bool) -> list[Cell]:
    cohort, moment, measure = key
    first = next(iter(models.values()))
    say = reading.say(measure)
    cells = [named("All cohorts" if cohort == ALL else cohort)] if several else []
    cells += [named(reading.moment_title(moment)), named(reading.title(measure))]
    cells += [value(w.count(first["people"]), first["people"]), reading.cell(TABLE, first, "observed", say)]
    for model in ("same_degrees", "same_ties"):
        r = models.get(model)
        if r is None:
            why = "Everybody's numbers of ties alone give this measure."
            cells += [value(w.DASH, None, why)] * 3
        else:
            cells += [
                reading.cell(TABLE, r, "expected", say), reading.cell(TABLE, r, "ratio"),
                Cell(w.difference(r["z"]), r["z"], numeric=True) if w.known(r["z"]) else reading.cell(TABLE, r, "z"),
            ]  # fmt: skip
    return cells
