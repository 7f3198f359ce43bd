"""Whether ties lasted, where a study holds a moment later than the one after the programme."""

from __future__ import annotations

from typing import Any

from kmnet.report import words as w
from kmnet.report.blocks import Fold, Head, Table, Text, named, value
from kmnet.report.reading import Reading, ordered, records

TABLE = "tie_survival"
LOCAL = "local_bridge"


def lasting(reading: Reading) -> list[object]:
    """Ties of a moment that are still there later: across groups, inside them, and of people without a common contact."""
    rows = records(reading.pick(TABLE, network=reading.network, cohort=reading.cohort))
    if not rows:
        others = [w.plain(network) for network in ordered(reading.table(TABLE)["network"])]
        why = (
            f"Whether ties of the network \u201c{w.plain(reading.network)}\u201d last cannot be told without a moment later"
            f" than {reading.after}. Of {w.listing(others)} it stands in tables/{TABLE}.csv."
            if others
            else reading.why(TABLE, "difference", {})
        )
        return [Text(why, "note")] if why else []
    heads = [Head("Ties present"), Head("Still there"), Head("Grouping"), *(Head(h, numeric=True) for h in (
        "People", "Kept, across groups", "Kept, inside groups", "Difference", "95% interval", "p"))]  # fmt: skip
    body = [
        [
            named(reading.moment_title(str(r["from_moment"]))), named(str(r["to_moment"])), named(_grouping(r)),
            reading.cell(TABLE, r, "people", w.count),
            value(w.part(r["kept_across"], r["ties_across"]), r["share_across"]),
            value(w.part(r["kept_within"], r["ties_within"]), r["share_within"]),
            reading.cell(TABLE, r, "difference", w.points),
            value(f"{w.points(r['low'])} to {w.points(r['high'])}", r["low"])
            if w.known(r["low"]) and w.known(r["high"])
            else reading.cell(TABLE, r, "low"),
            reading.cell(TABLE, r, "p", w.chance),
        ]
        for r in rows
    ]  # fmt: skip
    text = (
        "Of the ties present at one moment, how many are still there at a later one, among people who could tell at both."
        " Ties across groups usually fade faster than ties inside them, with or without a programme."
    )
    cohort = reading.cohort_words(reading.cohort)
    caption = f"Ties that lasted, network \u201c{w.plain(reading.network)}\u201d, {cohort}, programme staff left out"
    return [Fold("Did ties last?", [Text(text), Table(caption, heads, body)])]


def _grouping(r: dict[str, Any]) -> str:
    if r["partition"] == LOCAL:
        return "no common contact (as across) and the rest"
    return w.plain(str(r["partition"]))
