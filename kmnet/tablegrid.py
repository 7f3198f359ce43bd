"""A published table as a grid of printed texts, whatever it came in: CSV, semicolons, tabs or a workbook, upright or
lying on its side."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kmnet.errors import ConfigError, Place, Problem

DEEP = 20
"""Lines (or columns) looked through for the headings: titles may stand above them."""

Known = Callable[[str], bool]


@dataclass(frozen=True)
class Grid:
    """Headings, and one list of cells a network with the line it stands on (the headings' own, where turned)."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]


def read(path: Path, known: Known) -> Grid:
    """The table in a file.

    Parameters
    ----------
    path : Path
        .csv, .tsv or .txt (comma, semicolon or tab), or .xlsx (its first sheet that has known headings).
    known : callable
        Whether a text is a heading of something that can be checked.

    Raises
    ------
    ConfigError
        KM107 where there is no such file, KM901 where it is no table with known headings.
    """
    if not path.is_file():
        raise ConfigError(Problem.of("KM107", "There is no such file.", place=Place(path.name)))
    raw = path.read_bytes()
    found = [_grid(lines, known) for lines in (_sheets(path) if raw[:2] == b"PK" else [_texts(raw)])]
    best = max(found, key=lambda f: f[0], default=(0, Grid([], [])))
    if not best[0]:
        raise nothing(path)
    return best[1]


def nothing(path: Path) -> ConfigError:
    """The error for a file in which nothing can be checked."""
    message = "No heading is a density, a mean degree, an E-I index or a response rate."
    return ConfigError(Problem.of("KM901", message, place=Place(path.name)))


def _grid(lines: list[tuple[int, list[str]]], known: Known) -> tuple[int, Grid]:
    """The table among the lines, and how many known headings it has."""
    upright = [(sum(map(known, cells)), k) for k, (_, cells) in enumerate(lines[:DEEP])]
    width = max((len(cells) for _, cells in lines), default=0)
    aside = [(sum(known(cells[k]) for _, cells in lines if k < len(cells)), k) for k in range(min(width, DEEP))]
    rows = max(upright, key=lambda c: (c[0], -c[1]), default=(0, 0))
    columns = max(aside, key=lambda c: (c[0], -c[1]), default=(0, 0))
    if rows[0] >= columns[0]:
        count, at = rows
        return count, Grid(lines[at][1] if lines else [], lines[at + 1 :])
    count, at = columns
    return count, _turned(lines, at, known)


def _turned(lines: list[tuple[int, list[str]]], at: int, known: Known) -> Grid:
    """A table whose headings stand in column ``at``: each further column is a network, named by the line above."""
    first = next(k for k, (_, cells) in enumerate(lines) if at < len(cells) and known(cells[at]))
    body = lines[first:]
    above = lines[first - 1][1] if first else []
    width = max(len(cells) for _, cells in body)
    rows = []
    for column in range(at + 1, width):
        name = above[column] if column < len(above) else ""
        rows.append((body[0][0], [name, *(cells[column] if column < len(cells) else "" for _, cells in body)]))
    return Grid(["name", *(cells[at] if at < len(cells) else "" for _, cells in body)], rows)


def _texts(raw: bytes) -> list[tuple[int, list[str]]]:
    text = raw.decode("utf-16", errors="replace") if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else _decoded(raw)
    lines = text.splitlines()
    delimiter = max(",;\t", key=lambda d: sum(line.count(d) > 0 for line in lines[:DEEP]) * 1000 + text.count(d))
    if delimiter == "," and any(";" in line for line in lines[:DEEP]):
        delimiter = ";" if text.count(";") >= len([line for line in lines if line.strip()]) else ","
    reader = csv.reader(lines, delimiter=delimiter)
    found = []
    try:
        for cells in reader:
            if any(c.strip() for c in cells):
                found.append((reader.line_num, [c.strip() for c in cells]))
    except csv.Error:  # a cell too long to be of a table
        return []
    return found


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _sheets(path: Path) -> list[list[tuple[int, list[str]]]]:
    """The sheets of a workbook; numbers as their cells show them."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        return [
            [
                (number, cells)
                for number, row in enumerate(sheet.iter_rows(), start=1)
                if any(cells := [_shown(cell) for cell in row])
            ]
            for sheet in book.worksheets
        ]
    except Exception:  # openpyxl raises whatever a damaged part happens to break
        return []


def _shown(cell: Any) -> str:
    """A cell as it is shown: with the decimals and the percent sign of its number format."""
    value, shape = cell.value, getattr(cell, "number_format", "General")
    if value is None or isinstance(value, bool) or not isinstance(value, (int, float)):
        return "" if value is None else str(value).strip()
    pattern = str(shape).split(";")[0]
    digits = len(pattern.partition(".")[2].rstrip("%_) ")) if "." in pattern else 0
    if "%" in pattern:
        return f"{value * 100:.{digits}f}%"
    if "0" in pattern:
        return f"{value:.{digits}f}"
    return f"{value:.12g}"
