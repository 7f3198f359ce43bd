"""Evidence: what was made, whom it could reach, whom it is known to have reached, and who used it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kmnet.report import charts
from kmnet.report import words as w
from kmnet.report.blocks import Figure, Head, Section, Table, Text, named, value
from kmnet.report.reading import ALL, Reading, ordered, records

MOST = 15


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
    whole = [r for r in rows if str(r["group"]) in (ALL, "")]
    blocks: list[object] = [Text(text)]
    if whole:
        blocks += _figure(reading, whole)
        blocks.append(_table(reading, whole, "Evidence, everybody together", groups=False))
    for partition in _partitions(reading, rows)[:2]:
        blocks += _groups(reading, [r for r in rows if r["partition"] == partition and r not in whole], partition)
    return Section("evidence", "Evidence", blocks)


def _partitions(reading: Reading, rows: Sequence[dict[str, Any]]) -> list[str]:
    found = ordered(r["partition"] for r in rows if str(r["group"]) not in (ALL, ""))
    return sorted(found, key=lambda name: name != reading.partition)


def _order(r: dict[str, Any]) -> tuple[float, str]:
    reached = r["reached"]
    return (0.0 if w.undefined(reached) or isinstance(reached, str) else -float(reached), str(r["artefact"]))


def _figure(reading: Reading, rows: Sequence[dict[str, Any]]) -> list[object]:
    known = [r for r in sorted(rows, key=_order) if all(_known(r[c]) for c in ("used", "reached", "reachable"))]
    if len(known) < 2:
        return []
    bars = [
        charts.Bar(
            reading.place_name("artefact", r["artefact"]), [float(r[c]) for c in ("used", "reached", "reachable")]
        )
        for r in known[:MOST]
    ]
    alt = "; ".join(f"{b.label}: {b.parts[2]:.0f} could, {b.parts[1]:.0f} did, {b.parts[0]:.0f} used" for b in bars)
    parts = ("Used", "Reached", "Could have reached")
    picture = charts.bars(bars, parts, "evidence-reach", "Whom each piece of evidence reached", f"{alt}.", "People")
    more = f" The {MOST} that reached most people of {len(known)}." if len(known) > MOST else ""
    return [Figure(picture, f"People whom each piece of evidence could have reached, reached, and who used it.{more}")]


def _known(found: Any) -> bool:
    return not w.undefined(found) and not isinstance(found, str)


def _table(reading: Reading, rows: Sequence[dict[str, Any]], caption: str, *, groups: bool) -> Table:
    heads = [Head("Evidence"), Head("Kind")]
    if groups:
        heads.append(Head("Group"))
    heads += [Head("Of people", numeric=True), Head("Could have reached", numeric=True), Head("Reached", numeric=True),
              Head("Share", numeric=True), Head("Used", numeric=True), Head("Earliest date")]  # fmt: skip
    body = []
    for r in sorted(rows, key=_order)[: 2 * MOST]:
        cells = [named(reading.place_name("artefact", r["artefact"])), named(w.plain(str(r["kind"] or "")))]
        if groups:
            cells.append(named(str(r["group"])))
        cells += [reading.cell("artefacts", r, c, w.count) for c in ("people", "reachable", "reached")]
        cells += [reading.cell("artefacts", r, "share", w.percent), reading.cell("artefacts", r, "used", w.count)]
        cells.append(named(w.day(r["first_reached"]) if not w.undefined(r["first_reached"]) else ""))
        body.append(cells)
    more = f"{len(rows) - len(body)} more are in tables/artefacts.csv." if len(rows) > len(body) else ""
    return Table(caption, heads, body, more=more)


def _groups(reading: Reading, rows: Sequence[dict[str, Any]], partition: str) -> list[object]:
    """The widest-reaching pieces by group: how many of each group they reached."""
    if not rows:
        return []
    groups = sorted({str(r["group"]) for r in rows})
    if len(groups) > 8:
        return []
    found = {(r["artefact"], str(r["group"])): r for r in rows}
    first = ordered(r["artefact"] for r in sorted(rows, key=_order))[:10]
    heads = [Head("Evidence"), *(Head(g, numeric=True) for g in groups)]
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
