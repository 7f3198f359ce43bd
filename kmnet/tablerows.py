"""The rows of a published table, as printed: every number stands for all values that round to it."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kmnet.errors import ConfigError, Place, Problem

HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("name", "network", "row", "label", "wave", "area", "study"),
    "n": ("n", "people", "nodes", "actors", "size", "members", "invited"),
    "ties": ("ties", "edges", "arcs", "links", "lines", "m"),
    "density": ("density",),
    "mean_degree": ("mean degree", "average degree", "avg degree", "mean ties", "ties per person"),
    "internal": ("internal", "i", "inside"),
    "external": ("external", "e", "outside"),
    "ei": ("ei", "e-i", "e-i index", "ei index"),
    "directed": ("directed", "direction"),
    "n1": ("n1", "people 1", "first mode"),
    "n2": ("n2", "events", "second mode"),
    "respondents": ("respondents", "answered", "responded"),
    "response": ("response", "response rate"),
}
"""Columns of the file and the headings (any case; spaces, _ and - alike) that mean them."""


class Range(NamedTuple):
    """All values that a printed number may stand for."""

    low: float
    high: float

    def meets(self, other: Range) -> bool:
        """Whether one value can be both."""
        slack = 1e-9 * max(1.0, abs(self.low), abs(other.low))
        return self.low <= other.high + slack and other.low <= self.high + slack


_NUMBER = re.compile(r"^([+-]?)(\d*)(?:\.(\d*))?(%?)$")


def printed(text: str) -> Range | None:
    """The values a printed number stands for: ``.142`` is [.1415, .1425], ``19 %`` is [.185, .195]; None if no number.

    Whole numbers are taken as exact unless they are percentages: people and ties are counts.
    """
    plain = text.strip().replace("\u2212", "-").replace("\u00b7", ".").replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?%?", plain):
        plain = plain.replace(",", "")
    match = _NUMBER.match(plain.replace(",", "."))
    if match is None or not (match[2] or match[3]):
        return None
    sign, whole, part, percent = match.groups()
    value = float(f"{sign}{whole or 0}.{part or 0}")
    half = 0.5 * 10 ** -len(part) if part else (0.5 if percent else 0.0)
    scale = 0.01 if percent else 1.0
    return Range((value - half) * scale, (value + half) * scale)


def _share(text: str) -> Range | None:
    """As :func:`printed`, for a density: a number above 1 is a percentage without its sign."""
    found = printed(text)
    if found is not None and found.low > 1:
        return printed(text.strip() + "%")
    if found is not None and found.low == found.high and found.low not in (0.0, 1.0):
        return None
    return found


@dataclass(frozen=True)
class Row:
    """A row of the table: where it stands, what it is called, its numbers by column, and what kind of network it is.

    ``directed`` is None where the table does not say; ``two_mode`` networks tie people to events, not to each other.
    """

    place: Place
    name: str
    value: Mapping[str, Range]
    text: Mapping[str, str]
    directed: bool | None
    two_mode: bool

    def has(self, *columns: str) -> bool:
        """Whether all of these are printed."""
        return all(c in self.value for c in columns)


def read_rows(path: Path) -> tuple[list[Row], list[Problem]]:
    """The rows of a CSV (comma, semicolon or tab) and the cells that are no numbers.

    Raises
    ------
    ConfigError
        The file is not there, or has no column that can be checked.
    """
    place = Place(path.name)
    if not path.is_file():
        raise ConfigError(Problem.of("KM107", "There is no such file.", place=place))
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(text.splitlines(), delimiter=delimiter)
    names = [_column(heading) for heading in next(reader, [])]
    if not {"density", "mean_degree", "ei", "response"} & set(names):
        raise ConfigError(
            Problem.of("KM901", "No heading is a density, a mean degree, an E-I index or a response rate.", place=place)
        )
    rows: list[Row] = []
    found: list[Problem] = []
    for cells in reader:
        if not any(c.strip() for c in cells):
            continue
        here = Place(path.name, reader.line_num)
        texts = {name: cell.strip() for name, cell in zip(names, cells) if name and cell.strip()}
        row, unread = _row(texts, here)
        rows.append(row)
        found += unread
    return rows, found


def _column(heading: str) -> str:
    plain = re.sub(r"[\s_-]+", " ", heading.strip().lower()).strip()
    for name, also in HEADINGS.items():
        if plain in {re.sub(r"[\s_-]+", " ", h) for h in (name, *also)}:
            return name
    return ""


_YES = {"yes", "y", "true", "1", "directed"}
_NO = {"no", "n", "false", "0", "undirected"}
_TWO = {"two-mode", "two mode", "bipartite", "affiliation"}


def _row(texts: dict[str, str], place: Place) -> tuple[Row, list[Problem]]:
    values: dict[str, Range] = {}
    unread: list[Problem] = []
    for name, text in texts.items():
        if name in ("name", "directed"):
            continue
        value = _share(text) if name in ("density", "response") else printed(text)
        if value is None:
            where = Place(place.file, place.line, name)
            unread.append(Problem.of("KM902", "This cell is not a number and was not checked.", place=where, seen=text))
        else:
            values[name] = value
    said = texts.get("directed", "").lower()
    directed = True if said in _YES else False if said in _NO else None
    two_mode = said in _TWO or {"n1", "n2"} <= values.keys()
    return Row(place, texts.get("name", f"row {place.line}"), values, texts, directed, two_mode), unread
