"""What became of ties by kind of pair: pairs that shared the programme and others, inside groups and across."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kmnet.report import words as w
from kmnet.report.blocks import Cell, Fold, Head, Table, Text, named, value
from kmnet.report.reading import Reading, records

SHARED = {
    "team": "in the same team",
    "workshops": "at more of the same workshops than the typical pair",
    "tables": "at more of the same tables than the typical pair",
    "participation": "who both took part",
}
"""Pairs that shared the programme, in words."""

TABLE = "tie_change_pairs"


def kinds(reading: Reading) -> list[object]:
    """The same table as that of all pairs, for each kind of pair of the headline network; folded."""
    rows = records(reading.pick(TABLE, network=reading.network, cohort=reading.cohort))
    rows = [r for r in rows if w.known(r["pairs"]) or w.known(r["formed"]) or w.known(r["kept"])]
    if not rows:
        return []
    directed = any(s.directed for s in reading.results.snapshots if s.label.network == reading.network)
    heads = [
        Head("Pairs"),
        *(
            Head(h, numeric=True)
            for h in (
                "People",
                "Pairs judged",
                "New, of pairs not tied before",
                "Kept, of pairs tied before",
                "Cannot be judged",
            )
        ),
    ]
    heads += [Head(f"Ties returned {when}", numeric=True) for when in ("before", "after")] if directed else []  # fmt: skip
    text = (
        "Described, not tested: pairs of one kind differ from others in more than the kind. Programme staff are left"
        " out, and people whose group is not known are in no row of that grouping."
    )
    where = f"network \u201c{w.plain(reading.network)}\u201d, {reading.cohort_words(reading.cohort)}"
    blocks: list[object] = [Text(text)]
    for caption, several in (
        ("What became of ties by kind of pair", [r for r in rows if r["pairs_of"] != "groups"]),
        (
            f"What became of ties between groups, by {w.plain(reading.partition)}",
            [r for r in rows if r["pairs_of"] == "groups"],
        ),
    ):
        body = [_line(reading, r, directed) for r in several]
        blocks += [Table(f"{caption}, {where}", heads, body)] if body else []
    paper = f"It is on the screen, and in results.xlsx: {TABLE}."
    return [Fold("New and kept ties by kind of pair", blocks, paper)]


def _line(reading: Reading, r: Mapping[str, Any], directed: bool) -> list[Cell]:
    open_, tied = _sum(r["formed"], r["never"]), _sum(r["kept"], r["dissolved"])
    cells = [
        named(_kind(reading, r, directed)),
        *(reading.cell(TABLE, r, c, w.count) for c in ("people", "pairs")),
        _part(reading, r, "formed", open_, "formation_rate"),
        _part(reading, r, "kept", tied, "persistence_rate"),
        reading.cell(TABLE, r, "cannot_tell", w.count),
    ]
    if directed:
        cells += [reading.cell(TABLE, r, f"reciprocity_{when}", w.percent) for when in ("before", "after")]
    return cells


def _part(reading: Reading, r: Mapping[str, Any], some: str, whole: Any, rate: str) -> Cell:
    """Some of a whole with its percentage; the reason where either is not shown."""
    hidden = whole is None or w.undefined(r[some])
    return reading.cell(TABLE, r, rate, w.percent) if hidden else value(w.part(r[some], whole), r[rate])


def _sum(one: Any, two: Any) -> Any:
    return one + two if w.known(one) and w.known(two) else None


def _kind(reading: Reading, r: Mapping[str, Any], directed: bool) -> str:
    """A kind of pair in words."""
    grouping = w.plain(str(r["partition"]))
    if r["pairs_of"] == "groups":
        joint = "to" if directed else "and"
        return f"{reading.group(r['from_group'])} {joint} {reading.group(r['to_group'])}"
    shared = SHARED.get(str(r["partition"]), f"who shared {grouping}")
    said = {
        "shared": shared, "not_shared": f"not {shared}" if not shared.startswith("who") else "other pairs",
        "within": f"same {grouping}", "across": f"different {grouping}",
    }  # fmt: skip
    return w.sentence(said[str(r["pairs_of"])]).rstrip(".")
