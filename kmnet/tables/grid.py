"""A whole small file as rows of cells, for exports that are laid out in their own way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kmnet.errors import Problem
from kmnet.tables.cells import clean, plain
from kmnet.tables.dates import readings
from kmnet.tables.reader import Opened
from kmnet.tables.separated import SEPARATORS, Broken, cut, declared_separator, text_of
from kmnet.tables.tabulate import Row
from kmnet.tables.workbook import Sheet, Workbook


@dataclass(frozen=True)
class Grid:
    """Cleaned cells with the line of each row, and what was noticed on the way."""

    rows: list[Row]
    problems: tuple[Problem, ...] = ()


def whole(opened: Opened) -> Grid | Problem:
    """All rows of a text file (the separator that makes most cells) or of a workbook's sheet."""
    if opened.data[:2] == b"PK" or opened.ending in ("xlsx", "xlsm", "xls"):
        book = Workbook.open(opened)
        if isinstance(book, Problem):
            return book
        sheet = book.chosen()
        return sheet if isinstance(sheet, Problem) else of_sheet(sheet)
    text = text_of(opened)
    if isinstance(text, Problem):
        return text
    body, said, skipped = declared_separator(text[0])
    notes = list(text[1])
    chosen = opened.source.delimiter or said
    if len(chosen) != 1:
        chosen = max(SEPARATORS, key=lambda s: _cells(body, s, opened))
    try:
        rows = list(cut(body, chosen, opened, 1 + skipped, notes=notes))
    except Broken as broken:
        return broken.problem
    return Grid(_cleaned(rows), tuple(notes))


def of_sheet(sheet: Sheet) -> Grid | Problem:
    """All rows of a sheet."""
    rows = _cleaned(list(sheet.rows))
    broken = [p for p in sheet.problems if p.code == "KM228"]
    return broken[0] if broken else Grid(rows, tuple(sheet.problems))


def _cleaned(rows: list[Row]) -> list[Row]:
    return [(line, [clean(c) for c in cells]) for line, cells in rows]


def _cells(text: str, separator: str, opened: Opened) -> int:
    try:
        return sum(len(cells) - 1 for _, cells in cut(text, separator, opened))
    except Broken:
        return -1


def at(cells: Sequence[str], column: int | None) -> str:
    """The cell of a column; "" where the row is too short or the column is not there."""
    return cells[column] if column is not None and 0 <= column < len(cells) else ""


def columns(cells: Sequence[str], **spellings: Sequence[str]) -> dict[str, int]:
    """Positions of headings by the spellings that each may have (compared without case, accents and signs)."""
    keys = [plain(c) for c in cells]
    out = {}
    for name, words in spellings.items():
        wanted = {plain(w) for w in words}
        hits = [k for k, key in enumerate(keys) if key in wanted]
        if hits:
            out[name] = hits[0]
    return out


def person(name: str, email: str = "") -> str:
    """A person as an export gives them: ``Jane Smith <jane@example.org>``, so that either can find them."""
    return f"{name} <{email}>" if name and "@" in email else name or email


_UNIT = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)", re.UNICODE)
_HOURS = (
    "h",
    "s",
    "g",
    "u",
    "t",
    "o",
    "ч",
    "時",
    "时",
    "小",
    "시",
)  # hour, Stunde, godzina, uur, timme, ora, час, 時間
_MINUTES, _SECONDS = ("m", "м", "分", "분"), ("с", "秒", "초")
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})(?:\.\d+)?")


def minutes(text: str) -> float | None:
    """A duration in minutes: ``1h 1m 55s``, ``1 h 1 min 55 s``, ``1 godz. 2 min 3 sek.``, ``01:02:10``.

    Units are told apart by their order and first letter: what begins with m is minutes; before it stand hours, after
    it seconds.

    Examples
    --------
    >>> minutes("1h 1m 30s"), minutes("01:02:30"), minutes("45 sek."), minutes("soon")
    (61.5, 62.5, 0.75, None)
    """
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1] or 0) * 60 + int(clock[2]) + int(clock[3]) / 60
    total, found, past = 0.0, False, False
    for amount, unit in _UNIT.findall(text):
        value, unit, found = float(amount.replace(",", ".")), unit.casefold(), True
        if unit.startswith(_MINUTES):
            total, past = total + value, True
        elif unit.startswith(_SECONDS) or unit.startswith("s") and (past or not unit.startswith("st")):
            total += value / 60
        elif unit[0] in _HOURS:
            total += value * 60
        else:
            return None
    return total if found else None


def between(start: str, stop: str) -> float | None:
    """Minutes from one moment to another, where both are read in the same way and it gives one answer."""
    one, two = readings(start), readings(stop)
    spans = {(two[k] - one[k]).total_seconds() / 60 for k in one if k in two}
    return spans.pop() if len(spans) == 1 and min(spans) >= 0 else None


def written(value: float | None) -> str:
    """A number as a cell."""
    return "" if value is None else repr(round(value, 6))
