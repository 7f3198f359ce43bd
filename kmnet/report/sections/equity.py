"""Who has which place: each group beside the others, public advisers first."""

from __future__ import annotations

from typing import Any

from kmnet.report import charts, style
from kmnet.report import words as w
from kmnet.report.blocks import Cell, Figure, Head, Section, Table, Text, named
from kmnet.report.reading import ALL, Reading, ordered, records
from kmnet.report.sections import over_time
from kmnet.report.sections.opening import heads_of

MOST = 14


def section(reading: Reading) -> Section | None:
    """The section, or None where no group was looked at."""
    rows = reading.pick("equity", network=reading.network, cohort=reading.cohort)
    if not len(rows):
        return None
    moments = ordered(rows["moment"])
    moment = reading.after if reading.after in moments else moments[-1]
    rows = rows[(rows["moment"] == moment).to_numpy(dtype=bool)]
    text = (
        "Each group beside everybody else. The gap is the group's mean minus the others' mean; its interval and p come"
        " from shuffling the labels within teams. Few people make a group's numbers move with any one of them, being"
        " named is not being heard, and a place in the network is no judgement of a person."
    )
    blocks: list[object] = [*heads_of(reading, "equity"), Text(text), *_gaps(reading)]
    for group in ordered(rows["group"]):
        blocks.append(_table(reading, [r for r in records(rows) if str(r["group"]) == group], group, moment))
    blocks += [*over_time.groups(reading), *over_time.reached(reading)]
    return Section("equity", "Who has which place", blocks)


def _gaps(reading: Reading) -> list[object]:
    """How many contacts fewer or more each group has than the others, by cohort and moment, with its interval."""
    rows = [r for r in records(reading.pick("equity", network=reading.network)) if r["measure"] == "degree"]
    rows = [r for r in rows if r["moment"] in (reading.before, reading.after)]
    rows = [r for r in rows if all(w.known(r[c]) for c in ("gap", "low", "high"))][:MOST]
    if len(rows) < 2:
        return []
    several = len({r["group"] for r in rows}) > 1, len({r["cohort"] for r in rows}) > 1
    dots = [
        charts.Dot(
            f"{_where(r, *several)}, {r['moment']}", r["gap"], r["low"], r["high"],
            symbol=style.GROUPS[0] if r["low"] > 0 or r["high"] < 0 else style.Symbol(style.PAPER, "circle"),
        )
        for r in rows
    ]  # fmt: skip
    groups = w.listing(ordered(r["group"] for r in rows))
    title = f"Contacts of {groups} beside the others"
    alt = "; ".join(f"{d.label}: {w.difference(d.value)}, interval {w.span(d.low, d.high)}" for d in dots)
    axis = f"Contacts more (+) or fewer (\u2212) than the others{'' if several[0] else f': {groups}'}"
    picture = charts.ranges(dots, "equity-contacts", title, f"{alt}.", axis, zero=True)
    caption = "Gap of the means. Filled where the interval lies wholly on one side of no gap. Bars: 95% intervals."
    return [Figure(picture, caption)]


def _where(r: dict[str, Any], groups: bool, cohorts: bool) -> str:
    """What tells a row from the others: its group where there are several, its cohort where there are several."""
    cohort = "All cohorts" if r["cohort"] == ALL else str(r["cohort"])
    return ", ".join([*([str(r["group"])] if groups or not cohorts else []), *([cohort] if cohorts else [])])


def _table(reading: Reading, rows: list[dict[str, Any]], group: str, moment: str) -> Table:
    people = next((r["people"] for r in rows if not w.undefined(r["people"])), None)
    numbers = ("Middle person of the group", "Middle other person", "Gap of the means")
    heads = [Head("Measure"), *(Head(h, numeric=True) for h in numbers), Head("95% interval"), Head("How sure")]
    body = []
    for r in rows:
        say = reading.say(r["measure"])
        say = w.number if say is w.count else say
        body.append(
            [
                named(reading.title(r["measure"])), reading.cell("equity", r, "value", say),
                reading.cell("equity", r, "others", say), reading.cell("equity", r, "gap", w.difference), *_sure(r),
            ]
        )  # fmt: skip
    size = f", {w.many(people, 'person', 'people')}" if people is not None else ""
    return Table(f"{group}{size}, beside the others, {moment}", heads, body)


def _sure(r: dict[str, Any]) -> list[Cell]:
    if w.undefined(r["low"]) or w.undefined(r["high"]):
        why = "" if w.undefined(r.get("note")) else w.sentence(str(r["note"]))
        return [Cell(w.DASH, None, why=why), Cell("Not tested", "")]
    tag = w.certainty(r["low"], r["high"])
    return [Cell(w.span(r["low"], r["high"]), r["low"]), Cell(tag, tag, tag=tag)]
