"""The rows of a published table, as printed: every number stands for all values that round to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kmnet import tablegrid
from kmnet.errors import Place, Problem

_TIES = "(?:ties|edges|arcs|links|lines|connections|relationships|relations|contacts|nominations)"
_WHO = (
    "(?:nodes?|actors?|vertices|people|persons?|individuals|members|participants|organi[sz]ations|teams|staff|egos?|"
    "agents|capita|head|respondent)"
)
_MEAN = "(?:mean|average|avg|av)"

HEADINGS: dict[str, str] = {
    "name": r"name|network|row|label|wave|area|study|site|district|cohort|group",
    "ei": r"(?:krackhardt |homophily )?(?:e ?i|external internal)(?: homophily)?(?: index| score| ratio| value)?",
    "mean_degree": rf"{_MEAN} (?:in |out |node |nodal )?(?:degree|{_TIES})(?: centrality)?(?: per {_WHO}| a {_WHO})?|"
    rf"(?:degree|{_TIES}) (?:{_MEAN}|per {_WHO}|a {_WHO})|{_MEAN} number of {_TIES}(?: per {_WHO})?",
    "density": r"(?:network |overall |graph |whole network |total )?density(?: score| value| index)?|d",
    "response": r"response|response rate|rate of response|respondents percent|percent responded|responding",
    "respondents": r"respondents|answered|responded|responses|completed|completers|r",
    "internal": rf"internal(?: {_TIES})?|inside(?: {_TIES})?|within(?: groups?)?(?: {_TIES})?|in group {_TIES}|i",
    "external": rf"external(?: {_TIES})?|outside(?: {_TIES})?|(?:between|across)(?: groups?)?(?: {_TIES})?|"
    rf"cross group {_TIES}|out group {_TIES}|e",
    "n1": r"n1|people 1|first mode|n people|mode 1",
    "n2": r"n2|events|workshops|meetings|second mode|n events|mode 2",
    "n": rf"n|size|network size|sample size|sample|invited|roster|{_WHO}s?",
    "ties": rf"m|l|{_TIES}",
    "directed": r"directed|direction|directionality|directed or undirected|type|kind|type of ties|tie type",
}
"""Columns of the file, and the headings that mean them: any case; brackets, dashes and words such as "number of" do not
count, and a wave may stand beside them ("density T1")."""

COUNTS = ("n", "n1", "n2", "ties", "internal", "external", "respondents")
SHARES = ("density", "response")
CHECKED = {"density", "mean_degree", "ei", "response"}

_MATCH = {name: re.compile(pattern) for name, pattern in HEADINGS.items()}
_WAVE = (
    r"(?:t ?\d|wave ?\d|time ?\d|year ?\d|round ?\d|survey ?\d|before|after|baseline|follow ?up|endline|pre|post|\d{4})"
)
_NO_WORDS = r"\b(?:number of|no of|no|total number of|total|count of|count|num|nr|the|all)\b|#"


class Range(NamedTuple):
    """All values that a printed number may stand for."""

    low: float
    high: float

    def meets(self, other: Range) -> bool:
        """Whether one value can be both."""
        slack = 1e-9 * max(1.0, abs(self.low), abs(other.low))
        return self.low <= other.high + slack and other.low <= self.high + slack


_NUMBER = re.compile(r"^([+-]?)(\d*)(?:\.(\d*))?(%?)$")
_THOUSANDS = re.compile(r"^[+-]?[1-9]\d{0,2}(?:[.,']\d{3})+$")
_NOTHING = re.compile(
    r"^(?:[-.\u2013\u2014]+|n\.?\s*/?\s*a\.?|n\.?\s*d\.?|not (?:given|reported|available)|nr|missing)$", re.IGNORECASE
)


def printed(text: str, *, count: bool = False) -> Range | None:
    """The values a printed number stands for: ``.142`` is [.1415, .1425], ``19 %`` is [.185, .195]; None if no number.

    Whole numbers are taken as exact unless they are percentages: people and ties are counts. What stands in brackets
    behind a number (a standard deviation, a percentage) and marks of footnotes are left out. In a ``count``, a comma or
    a point before three digits parts thousands; elsewhere either is a decimal sign. Decimals beyond the twelfth, as programs
    write them, count as the twelfth.
    """
    plain = re.sub(r"\s*[(\[].*$", "", text.strip()) if re.match(r"^[+\-\u2212\u2013.\u00b7\d]", text.strip()) else text
    plain = re.sub(r"[*\u2020\u2021\u00a7\u00aa\u00b9\u00b2\u00b3]+$|(?<=\d)[a-e]$", "", plain.strip())
    plain = re.sub(r"[\u2212\u2013\u2010\u2011]", "-", plain).replace("\u00b7", ".").replace("percent", "%")
    plain = re.sub(r"[\s\u00a0\u2009\u202f]", "", plain).replace("\u2019", "'")
    if _THOUSANDS.match(plain) and (count or re.search(r"'|[.,]\d{3}[.,]", plain)):
        plain = re.sub(r"[.,']", "", plain)
    elif re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+\.\d+%?", plain):
        plain = plain.replace(",", "")
    match = _NUMBER.match(plain.replace(",", "."))
    if match is None or not (match[2] or match[3]):
        return None
    sign, whole, part, percent = match.groups()
    value = float(f"{sign}{whole or 0}.{part or 0}")
    half = max(0.5 * 10 ** -len(part), 1e-12) if part else (0.5 if percent else 0.0)
    scale = 0.01 if percent else 1.0
    return Range((value - half) * scale, (value + half) * scale)


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


class Heading(NamedTuple):
    """What a heading means: a column of :data:`HEADINGS` ("" if none), a wave, and whether it says percent."""

    column: str
    wave: str
    percent: bool


def heading(text: str) -> Heading:
    """What a heading means.

    Examples
    --------
    >>> heading("Number of ties")
    Heading(column='ties', wave='', percent=False)
    >>> heading("Density (%), T1")
    Heading(column='density', wave='t1', percent=True)
    """
    low = text.strip().lower()
    percent = "%" in low or "percent" in low
    plain = re.sub(r"\([^)]*\)|\[[^\]]*\]|%|\bin percent\b|\bpercent(?:age)?\b", " ", low)
    plain = re.sub(r"[^a-z0-9#]+", " ", plain).strip()
    for candidate, wave in _readings(plain):
        for name, pattern in _MATCH.items():
            if pattern.fullmatch(candidate):
                return Heading(name, wave, percent)
    return Heading("", "", percent)


def _readings(plain: str) -> Iterable[tuple[str, str]]:
    """A heading as it stands, without words that only count, and without the wave beside it."""
    yield plain, ""
    fewer = re.sub(r"\s+", " ", re.sub(_NO_WORDS, " ", plain)).strip()
    yield fewer, ""
    for pattern in (rf"^(?P<what>.+?) (?:at )?(?P<wave>{_WAVE})$", rf"^(?P<wave>{_WAVE}) (?P<what>.+)$"):
        match = re.match(pattern, fewer)
        if match:
            yield match["what"], match["wave"]


def read_rows(path: Path) -> tuple[list[Row], list[Problem]]:
    """The rows of a CSV (comma, semicolon or tab) or workbook, and the cells that are no numbers.

    A table may have titles above its headings, headings down its first column, and one column a wave.

    Raises
    ------
    ConfigError
        The file is not there, or has no column that can be checked.
    """
    grid = tablegrid.read(path, lambda text: heading(text).column in CHECKED | {*COUNTS})
    heads = [heading(text) for text in grid.headings]
    if heads and "name" not in {h.column for h in heads} and not heads[0].column:
        heads[0] = Heading("name", "", False)
    if not CHECKED & {h.column for h in heads}:
        raise tablegrid.nothing(path)
    waves = sorted({h.wave for h in heads if h.wave}) or [""]
    percent = {k: _in_percent(h, [cells[k] for _, cells in grid.rows if k < len(cells)]) for k, h in enumerate(heads)}
    rows: list[Row] = []
    found: list[Problem] = []
    for line, cells in grid.rows:
        for wave in waves:
            texts: dict[str, str] = {}
            for k, (head, cell) in enumerate(zip(heads, cells)):
                if head.column and cell and head.wave in ("", wave) and not _NOTHING.match(cell):
                    texts.setdefault(head.column, cell + ("%" if percent[k] and "%" not in cell else ""))
            row, unread = _row(texts, Place(path.name, line), wave)
            if row.value or unread:
                rows.append(row)
                found += unread
    return rows, found


def _in_percent(head: Heading, cells: list[str]) -> bool:
    """Whether the plain numbers of a column are percentages: its heading says so, or most are too large for shares."""
    if head.column == "ei":
        return head.percent
    if head.column not in SHARES:
        return False
    plain = [value for cell in cells if "%" not in cell and (value := printed(cell)) is not None]
    return head.percent or (bool(plain) and 2 * sum(value.low > 1 for value in plain) >= len(plain))


_YES = {"yes", "y", "true", "1", "directed", "digraph", "asymmetric"}
_NO = {"no", "n", "false", "0", "undirected", "symmetric", "symmetrised", "symmetrized", "non-directed"}
_TWO = {"two-mode", "two mode", "2-mode", "bipartite", "affiliation"}


def _row(texts: dict[str, str], place: Place, wave: str) -> tuple[Row, list[Problem]]:
    values: dict[str, Range] = {}
    unread: list[Problem] = []
    for name, text in texts.items():
        if name in ("name", "directed"):
            continue
        value = printed(text, count=name in COUNTS)
        if value is None or (name in SHARES and value.low == value.high and value.low not in (0.0, 1.0)):
            where = Place(place.file, place.line, name)
            unread.append(Problem.of("KM902", "This cell is not a number and was not checked.", place=where, seen=text))
        else:
            values[name] = value
    said = texts.get("directed", "").lower().strip()
    directed = True if said in _YES else False if said in _NO else None
    two_mode = said in _TWO or {"n1", "n2"} <= values.keys()
    name = " ".join(part for part in (texts.get("name", f"row {place.line}"), wave) if part)
    return Row(place, name, values, texts, directed, two_mode), unread
