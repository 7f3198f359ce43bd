"""Evidence: what was made, whom it could reach, whom it is known to have reached, and who used it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kmnet.report import charts
from kmnet.report import words as w
from kmnet.report.blocks import Figure, Head, Section, Table, Text, named, value
from kmnet.report.reading import Reading, ordered, records
from kmnet.report.sections.opening import heads_of

MOST = 15
EVERYBODY = "everybody"
PARTS = {"used": "Used", "reached": "Reached", "reachable": "Could have reached"}
"""What may become of a piece of evidence, each within the next."""


def section(reading: Reading) -> Section | None:
    """The section, or None where the study has no evidence."""
    rows = records(reading.table("artefacts"))
    if not rows:
        return None
    text = (
        "Three things are kept apart. Could have reached: a dated chain of contacts led from the makers to the person."
        " Reached: receiving it is on record. Used: use is on record. A missing record is not a no, so reached and used"
        " are at least what is shown; and reached is not read."
    )
    whole = [r for r in rows if r["partition"] == EVERYBODY]
    blocks: list[object] = [*heads_of(reading, "evidence"), Text(text), *_flow(reading)]
    if whole:
        blocks += _figure(reading, whole)
        blocks.append(_table(reading, whole))
    told = any(w.undefined(r["reached"]) or r["reached"] or w.undefined(r["used"]) or r["used"] for r in whole)
    for partition in _partitions(reading, rows)[:2] if told else ():  # no receipt is on record for any group
        blocks += _groups(reading, [r for r in rows if r["partition"] == partition], partition)
    blocks += _carriers(reading)
    return Section("evidence", "Evidence", blocks)


def _partitions(reading: Reading, rows: Sequence[dict[str, Any]]) -> list[str]:
    found = ordered(r["partition"] for r in rows if r["partition"] != EVERYBODY)
    return sorted(found, key=lambda name: (name != reading.partition, name != "sector"))


def _flow(reading: Reading) -> list[object]:
    """How far evidence could have come on average, and whether the order of contacts held it back."""
    flow = reading.results.facts.get("flow") or {}
    if not all(w.known(flow.get(key)) for key in ("reach", "people", "reach_shuffled")):
        return []
    text = (
        f"On average a piece of evidence could have come to {w.count(flow['reach'])} of {w.count(flow['people'])} people,"
        " its makers counted."
        f" Had the same contacts happened in random order it would have been {w.count(flow['reach_shuffled'])}"
    )
    if w.known(flow.get("clock_p")):
        text += f" (p = {w.chance(flow['clock_p'])}, from {w.count(flow['clocks'])} random orders)"
    return [Text(f"{text}.")]


def _carriers(reading: Reading) -> list[object]:
    rows = records(reading.table("carriers"))[:10]
    if not rows:
        return []
    heads = [Head("Person"), Head("Pieces of evidence", numeric=True), Head("People it could first have come to", numeric=True),
             Head("With no other route in time", numeric=True)]  # fmt: skip
    names = ("artefacts", "first_routes", "only_routes")
    body = [[named(reading.label(r["id"])), *(reading.cell("carriers", r, n, w.count) for n in names)] for r in rows]
    return [Table("Through whom evidence could have come", heads, body, more="All are in tables/carriers.csv.")]


def _order(r: dict[str, Any]) -> tuple[float, str]:
    return (-w.real(r["reached"], 0.0), str(r["artefact"]))


def _figure(reading: Reading, rows: Sequence[dict[str, Any]]) -> list[object]:
    known = [r for r in sorted(rows, key=_order) if w.known(r["reachable"])]
    if len(known) < 2:
        return []
    # where some numbers are hidden, the others would be the small ones only: such a part is not drawn for any
    parts = {c: title for c, title in PARTS.items() if all(w.known(r[c]) for r in known)}
    if "reached" not in parts:
        known.sort(key=lambda r: -float(r["reachable"]))
    bars = [
        charts.Bar(reading.place_name("artefact", r["artefact"]), [float(r[c]) for c in parts]) for r in known[:MOST]
    ]
    alt = "; ".join(
        f"{b.label}: " + ", ".join(f"{title.lower()} {w.count(v)}" for title, v in zip(parts.values(), b.parts))
        for b in bars
    )
    title = "Whom each piece of evidence reached" if "reached" in parts else "Whom evidence could have reached"
    picture = charts.bars(bars, list(parts.values()), "evidence-reach", title, f"{alt}.", "People")
    said = w.listing(title[:1].lower() + title[1:] for title in reversed(list(parts.values())))
    more = f" The {MOST} with most people, of {len(known)}." if len(known) > MOST else ""
    return [Figure(picture, f"People by piece of evidence: {said}.{more}")]


def _table(reading: Reading, rows: Sequence[dict[str, Any]]) -> Table:
    counts = {"people": "Of people", "reachable": "Could have reached", "reachable_without_workshops": "Without workshops",
              "reached": "Reached"}  # fmt: skip
    counts = {name: title for name, title in counts.items() if name in rows[0]}
    heads = [Head("Evidence"), Head("Kind"), *(Head(title, numeric=True) for title in counts.values())]
    heads += [Head("Share reached", numeric=True), Head("Used", numeric=True), Head("Earliest date")]
    body = []
    for r in sorted(rows, key=_order)[:MOST]:
        cells = [named(reading.place_name("artefact", r["artefact"])), named(w.plain(str(r["kind"] or "")))]
        cells += [reading.cell("artefacts", r, c, w.count) for c in counts]
        cells += [reading.cell("artefacts", r, "share", w.percent), reading.cell("artefacts", r, "used", w.count)]
        cells.append(named(w.day(r["first_reached"]) if not w.undefined(r["first_reached"]) else ""))
        body.append(cells)
    more = f"{len(rows) - len(body)} more are in tables/artefacts.csv." if len(rows) > len(body) else ""
    return Table("Evidence, everybody together", heads, body, more=more)


def _groups(reading: Reading, rows: Sequence[dict[str, Any]], partition: str) -> list[object]:
    """The widest-reaching pieces by group: how many of each group they reached."""
    if not rows:
        return []
    groups = sorted({str(r["group"]) for r in rows})
    if len(groups) > 8:
        return []
    found = {(r["artefact"], str(r["group"])): r for r in rows}
    first = ordered(r["artefact"] for r in sorted(rows, key=_order))[:10]
    heads = [Head("Evidence"), *(Head(reading.group(g), numeric=True) for g in groups)]
    body = []
    for artefact in first:
        cells = [named(reading.place_name("artefact", artefact))]
        for g in groups:
            r = found.get((artefact, g), {})
            shown = (
                w.DASH if not r or w.undefined(r["reached"]) else f"{w.count(r['reached'])} of {w.count(r['people'])}"
            )
            cells.append(value(shown, r.get("share")))
        body.append(cells)
    caption = f"People reached, by {w.plain(partition)}: the ten pieces of evidence that reached most"
    return [Table(caption, heads, body)]
