"""What depends on whom: the network with and without programme staff, and what single removals would leave."""

from __future__ import annotations

from typing import Any

from kmnet.report import charts
from kmnet.report import words as w
from kmnet.report.blocks import Figure, Head, Section, Table, Text, named, value
from kmnet.report.reading import Reading, records
from kmnet.report.sections.opening import heads_of

SHOWN = (
    "people", "ties", "mean_degree", "density", "components", "largest_component_share", "isolates",
    "reachable_pairs_share", "mean_path_length", "degree_centralisation", "betweenness_centralisation",
)  # fmt: skip
MOST = 12
SETS = ("best set",)


def section(reading: Reading) -> Section | None:
    """The section, or None where there are no staff and nothing was removed."""
    blocks = [*_with_and_without(reading), *_removals(reading)]
    said = heads_of(reading, "dependence")
    return Section("dependence", "What depends on whom", [*said, *blocks]) if blocks else None


def _with_and_without(reading: Reading) -> list[object]:
    rows = records(reading.pick("networks", network=reading.network, cohort=reading.cohort))
    found = {(r["moment"], r["facilitators"]): r for r in rows}
    moments = [m for m in dict.fromkeys((reading.before, reading.after)) if (m, "without") in found]
    if not moments:
        return []
    heads = [Head("Measure")]
    for m in moments:
        heads += [Head(f"{reading.moment_title(m)}, with staff", numeric=True), Head("without", numeric=True)]
    body = []
    for name in SHOWN:
        if name not in rows[0]:
            continue
        cells = [named(reading.title(name))]
        for m in moments:
            for who in ("with", "without"):
                cells.append(reading.cell("networks", found.get((m, who), {}), name, reading.say(name)))
        body.append(cells)
    text = (
        "While a programme runs its staff are meant to stand in the middle. What matters is how much is left when they"
        " are taken out: the ties that people have without them."
    )
    caption = f"The network \u201c{w.plain(reading.network)}\u201d with and without programme staff"
    return [Text(text), Table(caption, heads, body)]


def _removals(reading: Reading) -> list[object]:
    rows = records(reading.pick("dependence", network=reading.network, cohort=reading.cohort, moment=reading.after))
    if not rows:
        return []
    sets = [r for r in rows if r["removed"] in SETS]
    rows = [r for r in rows if r["removed"] in ("person", "team", "facilitators")]
    rows = sorted(
        rows, key=lambda r: (-w.real(r["fragmentation"], 0.0), str(r["removed"]), str(r["id"]), str(r["group"]))
    )
    text = (
        "If somebody left: the share of the remaining pairs who could no longer reach each other by any chain of ties,"
        " beside the same for as many people chosen at random."
    )
    heads = [Head("Removed"), Head("People removed", numeric=True), Head("Pieces left", numeric=True),
             Head("Pairs who still reach each other", numeric=True), Head("People left without a tie", numeric=True),
             Head("Pairs cut off", numeric=True), Head("Same, random people", numeric=True)]  # fmt: skip
    body = [
        [
            named(_name(reading, r)), value(w.count(r["set_size"]), r["set_size"]),
            reading.cell("dependence", r, "components", w.count),
            reading.cell("dependence", r, "reachable_pairs", w.percent),
            reading.cell("dependence", r, "isolates", w.count),
            reading.cell("dependence", r, "fragmentation", w.percent),
            reading.cell("dependence", r, "random_removal", w.percent),
        ]
        for r in rows[:MOST]
    ]  # fmt: skip
    more = f"{len(rows) - MOST} more are in tables/dependence.csv." if len(rows) > MOST else ""
    table = Table(f"What removals leave, {reading.after}", heads, body, more=more)
    return [Text(text), *_figure(reading, rows), table, *_sets(reading, sets)]


def _sets(reading: Reading, rows: list[dict[str, Any]]) -> list[object]:
    """The set whose removal cuts most, grown person by person."""
    if len(rows) < 2:
        return []
    rows = sorted(rows, key=lambda r: w.real(r["set_size"], 0.0))
    heads = [Head("People removed together", numeric=True), Head("The last one added"),
             Head("Pairs cut off", numeric=True), Head("Same, random people", numeric=True)]  # fmt: skip
    body = [
        [
            value(w.count(r["set_size"]), r["set_size"]), named(reading.label(r["id"]) if r["id"] else ""),
            reading.cell("dependence", r, "fragmentation", w.percent),
            reading.cell("dependence", r, "random_removal", w.percent),
        ]
        for r in rows
    ]  # fmt: skip
    return [Table("The few whose leaving together would cut most, each row one person more", heads, body)]


def _name(reading: Reading, r: dict[str, Any]) -> str:
    if not w.undefined(r["id"]):
        return reading.label(r["id"])
    if not w.undefined(r.get("group")):
        return f"Team {reading.group(r['group'])}"
    return {"facilitators": "All programme staff"}.get(str(r["removed"]), w.plain(str(r["removed"])).capitalize())


def _figure(reading: Reading, rows: list[dict[str, Any]]) -> list[object]:
    drawn = [r for r in rows if w.known(r["fragmentation"])][:MOST]
    dots = [
        charts.Dot(
            _name(reading, r), 100 * w.real(r["fragmentation"], 0.0),
            before=100 * w.real(r["random_removal"]),
        )
        for r in drawn
    ]  # fmt: skip
    if len(dots) < 2:
        return []
    alt = "; ".join(f"{d.label}: {w.percent(d.value / 100)}" for d in dots)
    title = "Pairs cut off if somebody left"
    picture = charts.ranges(dots, "dependence", title, f"{alt}.", "Per cent of the remaining pairs that are cut off")
    return [Figure(picture, "Filled: this removal; open: as many people chosen at random.")]
