"""Who is linked with whom: shares of possible pairs between groups as shaded tables, beside what chance would give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kmnet.report import words as w
from kmnet.report.blocks import Cell, Fold, Head, Row, Section, Table, Text
from kmnet.report.reading import ALL, Reading, ordered, records
from kmnet.report.sections.opening import heads_of

MOST_GROUPS = 10
MOST_PARTITIONS = 3
BESIDE = 4
"""Matrices of so many groups fit beside each other."""
FAR = 2.0
"""Standard scores beyond this are marked: chance alone gives one in twenty."""

SHARES = (
    "Each cell is the share of possible pairs that are tied, out of 100; darker means more. The diagonal is within a"
    " group. By chance is what is left if the group made no difference: the same people and ties, group labels shuffled;"
    " \u25b2 marks clearly more ties than that, \u25bc clearly fewer."
)
INSIDE = "Ties between cohorts are not counted here, so groups of different cohorts show none."
COUNTS = "Each cell is a number of ties; shares are not shown at this sharing level. The diagonal is within a group."

Matrix = Mapping[tuple[str, str], Mapping[str, Any]]


def section(reading: Reading) -> Section | None:
    """The section, or None where no grouping was looked at."""
    rows = reading.pick("mixing", network=reading.network, cohort=reading.cohort)
    partitions = ordered(rows["partition"])
    if not partitions:
        return None
    shares = any(not w.undefined(v) for v in rows["density"])
    blocks: list[object] = [*heads_of(reading, "mixing"), Text(SHARES if shares else COUNTS)]
    if reading.cohort == ALL and len(reading.cohorts) > 1:
        blocks.append(Text(INSIDE, "note"))
    for place, partition in enumerate(partitions[:MOST_PARTITIONS]):
        found = records(rows[(rows["partition"] == partition).to_numpy(dtype=bool)])
        part = _partition(reading, found, partition)
        folded = place > 0 and len(part) > 1
        blocks += [Fold(f"The same by {w.plain(partition)}", part)] if folded else part
    if len(partitions) > MOST_PARTITIONS:
        left = w.listing(w.plain(p) for p in partitions[MOST_PARTITIONS:])
        blocks.append(Text(f"Further groupings are in tables/mixing.csv: {left}.", "note"))
    return Section("mixing", "Who is linked with whom", blocks)


def _partition(reading: Reading, rows: Sequence[dict[str, Any]], partition: str) -> list[object]:
    groups = sorted({str(r["from_group"]) for r in rows} | {str(r["to_group"]) for r in rows})
    name = w.plain(partition)
    if len(groups) > MOST_GROUPS:
        return [Text(f"By {name}: {len(groups)} groups are too many for a table here; see tables/mixing.csv.", "note")]
    moments = [m for m in dict.fromkeys((reading.before, reading.after)) if m]
    cells = {m: {(str(r["from_group"]), str(r["to_group"])): r for r in rows if r["moment"] == m} for m in moments}
    if all(w.undefined(r.get("density")) for m in moments for r in cells[m].values()):
        return [_counts(f"By {name}, {m}: ties", groups, cells[m], reading) for m in moments if cells[m]]
    top = max((_density(r) for m in moments for r in cells[m].values()), default=0.0)
    names = {g: reading.group(g) for g in groups}
    tables = [
        _matrix(f"By {name}, {m}: tied pairs out of 100 possible{_by_chance(cells[m])}", names, cells[m], top)
        for m in moments
        if cells[m]
    ]
    if len(tables) < 2:
        return [*tables]
    caption = f"By {name}: difference, {reading.after} minus {reading.before}, out of 100"
    change = _differences(caption, names, *cells.values())
    return [*([Row(tables)] if len(groups) <= BESIDE else tables), change]


def _by_chance(cells: Matrix) -> str:
    """What every cell would be had the group made no difference, where that is one number for all of them."""
    shares = [
        w.hundred(w.real(r["expected"]) / w.real(r["possible"]))
        for r in cells.values()
        if w.known(r.get("expected")) and w.real(r.get("possible"), 0.0) > 0
    ]
    return f"; by chance {shares[0]} everywhere" if len(set(shares)) == 1 and len(shares) > 1 else ""


def _density(row: Mapping[str, Any]) -> float:
    return w.real(row.get("density"), 0.0)


def _look_up(cells: Matrix, one: str, other: str) -> Mapping[str, Any]:
    """A cell; an undirected table may hold each pair of groups once."""
    return cells.get((one, other)) or cells.get((other, one)) or {}


def _matrix(caption: str, groups: Mapping[str, str], cells: Matrix, top: float) -> Table:
    body = [
        [Cell(name, g), *(_shaded(_look_up(cells, g, other), top) for other in groups)] for g, name in groups.items()
    ]
    return Table(caption, [Head(""), *(Head(name, numeric=True) for name in groups.values())], body, look="matrix")


def _counts(caption: str, groups: Sequence[str], cells: Matrix, reading: Reading) -> Table:
    """Ties between groups where shares are not shown, such as at the public level."""
    body = [
        [
            Cell(reading.group(g), g),
            *(reading.cell("mixing", {"ties": None, **_look_up(cells, g, o)}, "ties", w.count) for o in groups),
        ]
        for g in groups
    ]
    return Table(caption, [Head(""), *(Head(reading.group(g), numeric=True) for g in groups)], body, look="matrix")


def _shaded(row: Mapping[str, Any], top: float) -> Cell:
    found = row.get("density")
    if w.undefined(found):
        return Cell(w.DASH, None, numeric=True, why=_no_pairs(row))
    if isinstance(found, str):
        return Cell(found, None, numeric=True)
    z = row.get("z")
    score = w.real(z, 0.0)
    far = "" if abs(score) < FAR else (" \u25b2" if score > 0 else " \u25bc")
    shade = min(9, int(10 * w.real(found) / top)) if top else 0
    return Cell(f"{w.hundred(found)}{far}", found, numeric=True, shade=shade)


def _difference(step: float | None, top: float) -> Cell:
    """A change of a share: darker means more, tinted means less; the sign stands beside both."""
    if step is None:
        return Cell(w.DASH, None, numeric=True, why="One of the two moments has no value.")
    depth = min(6, int(7 * abs(step) / top)) if top else 0
    return Cell(w.hundred(step, signed=True), step, numeric=True, shade=-depth if step < 0 else depth)


def _no_pairs(row: Mapping[str, Any]) -> str:
    return (
        "There are no pairs between these groups." if w.real(row.get("possible"), 0.0) == 0 else "It was not measured."
    )


def _differences(caption: str, groups: Mapping[str, str], before: Matrix, after: Matrix) -> Table:
    pairs = {(g, o): [_look_up(m, g, o).get("density") for m in (before, after)] for g in groups for o in groups}
    steps = {p: w.real(two) - w.real(one) for p, (one, two) in pairs.items() if w.known(one) and w.known(two)}
    top = max(map(abs, steps.values()), default=0.0)
    body = [
        [Cell(name, g), *(_difference(steps.get((g, other)), top) for other in groups)] for g, name in groups.items()
    ]
    return Table(caption, [Head(""), *(Head(name, numeric=True) for name in groups.values())], body, look="matrix")
