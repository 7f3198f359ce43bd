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
SETS = {"best set": "Who cut most", "most between": "Most often between"}


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
    usual = [r for r in rows if str(r["removed"]).startswith("person (") and w.known(r["lost"])]
    rows = [r for r in rows if r["removed"] in ("person", "team", "facilitators")]
    rows = sorted(
        rows, key=lambda r: (-w.real(r["fragmentation"], 0.0), str(r["removed"]), str(r["id"]), str(r["group"]))
    )
    text = (
        "If somebody left: the share of the remaining pairs who would have no chain of ties between them, beside the same"
        " for as many people chosen at random; and, of the remaining pairs that had one, the share that is cut."
        f"{_usual(usual)}"
    )
    heads = [Head("Removed"), Head("People removed", numeric=True), Head("Pieces left", numeric=True),
             Head("People left without a tie", numeric=True), Head("Pairs without a path", numeric=True),
             Head("Same, random people", numeric=True), Head("Cut, of pairs that had one", numeric=True)]  # fmt: skip
    body = [
        [
            named(_name(reading, r)), value(w.count(r["set_size"]), r["set_size"]),
            reading.cell("dependence", r, "components", w.count),
            reading.cell("dependence", r, "isolates", w.count),
            reading.cell("dependence", r, "fragmentation", w.percent),
            reading.cell("dependence", r, "random_removal", w.percent),
            reading.cell("dependence", r, "lost", w.percent),
        ]
        for r in rows[:MOST]
    ]  # fmt: skip
    more = f"{len(rows) - MOST} more are in tables/dependence.csv." if len(rows) > MOST else ""
    table = Table(f"What removals leave, {reading.after}", heads, body, more=more)
    return [Text(text), *_figure(reading, rows), table, *_sets(reading, sets)]


def _usual(rows: list[dict[str, Any]]) -> str:
    """What one person's leaving usually cuts."""
    if len(rows) < 2:
        return ""
    half, few = (r["lost"] for r in rows[:2])
    if not few:
        return " One person's leaving cuts nothing in nineteen cases of twenty."
    most = f"no more than {w.percent(half)}" if half else "nothing"
    return f" One person's leaving cuts {most} in half of the cases, and in one of twenty {w.percent(few)} or more."


def _curves(rows: list[dict[str, Any]]) -> list[object]:
    """Pairs without a path as more people leave together, chosen and at random."""
    sizes = sorted({w.real(r["set_size"]) for r in rows})
    found: dict[str, dict[float, float]] = {}
    for r in rows:
        size = w.real(r["set_size"])
        found.setdefault(SETS[r["removed"]], {})[size] = 100 * w.real(r["fragmentation"])
        found.setdefault("At random", {})[size] = 100 * w.real(r["random_removal"])
    if len(sizes) < 2:
        return []
    drawn = [charts.Line(name, [at.get(size, float("nan")) for size in sizes]) for name, at in found.items()]
    alt = "; ".join(f"{line.label}: " + ", ".join(w.percent(v / 100) for v in line.values if v == v) for line in drawn)
    title = "Pairs without a path as more people leave together"
    panel = charts.Panel("By number of people who leave together", [w.count(size) for size in sizes], drawn)
    picture = charts.lines([panel], "dependence-curves", title, f"{alt}.", "Remaining pairs without a path (%)")
    return [Figure(picture, f"{title}.")]


def _sets(reading: Reading, rows: list[dict[str, Any]]) -> list[object]:
    """The sets whose removal cuts most, grown person by person."""
    curves = _curves(rows)
    rows = sorted((r for r in rows if r["removed"] == "best set"), key=lambda r: w.real(r["set_size"], 0.0))
    if len(rows) < 2:
        return curves
    heads = [Head("People removed together", numeric=True), Head("The last one added"),
             Head("Pairs without a path", numeric=True), Head("Same, random people", numeric=True)]  # fmt: skip
    body = [
        [
            value(w.count(r["set_size"]), r["set_size"]), named(reading.label(r["id"]) if r["id"] else ""),
            reading.cell("dependence", r, "fragmentation", w.percent),
            reading.cell("dependence", r, "random_removal", w.percent),
        ]
        for r in rows
    ]  # fmt: skip
    return [*curves, Table("The few whose leaving together would cut most, each row one person more", heads, body)]


def _name(reading: Reading, r: dict[str, Any]) -> str:
    if not w.undefined(r["id"]):
        return reading.label(r["id"])
    if not w.undefined(r.get("group")):
        team = reading.group(r["group"])
        return team if team.casefold().startswith("team") else f"Team {team}"
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
    title = "Pairs without a path if somebody left"
    picture = charts.ranges(dots, "dependence", title, f"{alt}.", "Per cent of the remaining pairs that have no path")
    return [Figure(picture, "Filled: this removal; open: as many people chosen at random.")]
