"""Attendance as meeting programs tell it: rows of joining and leaving, added up to one attendance a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kmnet.errors import Problem
from kmnet.tables.cells import fold, many, plain
from kmnet.tables.dates import readings
from kmnet.tables.grid import person, written
from kmnet.tables.names import bare, unnamed
from kmnet.tables.reader import Opened, Reading, rows_reading

_TOTALS = frozenset(
    {"total", "totals", "sum", "grand total", "average", "summe", "gesamt", "somme", "totale", "suma", "totaal", "soma"}
)


@dataclass(frozen=True)
class Join:
    """One stay of one person, told in so many ``rows`` of the file. ``minutes`` is None where it is not told."""

    line: int
    name: str
    email: str
    date: str
    minutes: float | None
    rows: int = 1


def attendance(
    joins: Iterable[Join],
    opened: Opened,
    *,
    workshop: str,
    problems: Iterable[Problem],
    set_aside: int,
    heading_line: int,
) -> Reading:
    """One row a person with the first date and all minutes.

    Two rows are one person where the register knows both as the same, or the e-mail is the same, or (without
    e-mail) the name.
    """
    groups: dict[str, list[Join]] = {}
    said = list(problems)
    joins, aside = _named(joins, opened, said)
    for join in joins:
        who = opened.who(person(join.name, join.email))
        key = f"id {who}" if who else f"mail {fold(join.email)}" if join.email else f"name {bare(join.name)}"
        groups.setdefault(key, []).append(join)
    rows, lines, merged = [], [], 0
    for stays in groups.values():
        told = [s.minutes for s in stays if s.minutes is not None]
        first = min(stays, key=lambda s: (not readings(s.date), _earliest(s.date), s.line))
        row = [person(first.name, first.email), first.date, written(sum(told) if told else None), workshop]
        rows.append(row)
        lines.append(first.line)
        merged += sum(s.rows for s in stays) - 1
    if merged:
        said.append(opened.problem("KM249", f"{many(merged, 'more row')} of somebody who has a row already"))
    if not rows:
        said.append(opened.problem("KM215", "The export holds nobody who attended", heading_line))
    headings = ["person", "date", "minutes", "workshop"]
    dated = any(row[1] for row in rows) and not opened.source.date
    keep = [0, *([1] if dated else []), 2, *([3] if workshop and not opened.source.workshop else [])]
    return rows_reading(
        [headings[k] for k in keep],
        [[row[k] for k in keep] for row in rows],
        lines,
        problems=said,
        set_aside=set_aside + aside,
        merged=merged,
        heading_line=heading_line,
    )


def _named(joins: Iterable[Join], opened: Opened, said: list[Problem]) -> tuple[list[Join], int]:
    """Stays of somebody, and how many rows are nobody's: totals, and guests, telephones and devices without a name."""
    kept: list[Join] = []
    gone: dict[str, list[Join]] = {}
    for join in joins:
        known = join.email or opened.who(join.name)
        if not known and plain(join.name) in _TOTALS:
            gone.setdefault("of totals", []).append(join)
        elif not known and unnamed(join.name):
            gone.setdefault("of a guest, a telephone or a device without a name", []).append(join)
        else:
            kept.append(join)
    for why, stays in sorted(gone.items()):
        rows = sum(s.rows for s in stays)
        names = ", ".join(sorted({s.name for s in stays})[:10])
        fix = "Nothing; if you know who it was, add the name to the aliases." if "guest" in why else ""
        line = min(s.line for s in stays)
        said.append(opened.problem("KM244", f"{many(rows, 'row')} {why}", line, seen=names, fix=fix))
    return kept, sum(s.rows for stays in gone.values() for s in stays)


def _earliest(date: str) -> str:
    return min((m.isoformat() for m in readings(date).values()), default="")
