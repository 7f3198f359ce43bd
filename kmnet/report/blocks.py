"""What a page is made of: sections of text, tables, figures and checks. The template knows how each kind is shown.

All texts are plain; the template escapes them. The one piece of markup is the SVG of a picture, which this room
draws itself and whose texts are escaped by the drawer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from kmnet.report import words as w


@dataclass(frozen=True)
class Text:
    """A paragraph; ``note`` is set off and smaller, ``lead`` is larger."""

    text: str
    look: Literal["plain", "note", "lead"] = "plain"
    kind: str = "text"


@dataclass(frozen=True)
class Cell:
    """A cell: what is shown, and ``key``, the full value that sorting uses (None sorts last).

    ``shade`` 0-9 darkens a cell of a matrix, -1 to -6 tints it as less; ``why`` tells why it is empty.
    """

    text: str
    key: Any = None
    numeric: bool = False
    shade: int | None = None
    why: str = ""
    tag: str = ""


def value(text: str, key: Any, why: str = "") -> Cell:
    """A cell of a number, in words already."""
    bare = w.undefined(key) or isinstance(key, str)
    return Cell(text, None if bare else key, numeric=True, why=why if text == w.DASH else "")


def named(text: str) -> Cell:
    """A cell of text."""
    return Cell(text if not w.undefined(text) else w.DASH, text)


@dataclass(frozen=True)
class Head:
    """A column's heading."""

    text: str
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """A table: the first cell of a row is its heading. ``look`` matrix shades cells and is not sorted.

    ``words`` explain what stands in it, as (word, meaning), folded under it. On paper only the first rows of a long list
    are printed.
    """

    caption: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    look: Literal["list", "matrix"] = "list"
    more: str = ""
    words: Sequence[tuple[str, str]] = ()
    kind: str = "table"

    @property
    def reasons(self) -> list[str]:
        """Why cells are empty, each reason once, in order of appearance."""
        return list(dict.fromkeys(cell.why for row in self.rows for cell in row if cell.why))

    def mark(self, cell: Cell) -> str:
        """The footnote letter of an empty cell."""
        return letter(self.reasons.index(cell.why)) if cell.why else ""


def letter(position: int) -> str:
    """Footnote letters: a to z, then aa, ab, ..."""
    first, last = divmod(position, 26)
    return (chr(96 + first) if first else "") + chr(97 + last)


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture. ``alt`` says in words what it shows."""

    name: str
    title: str
    alt: str
    svg: str
    png: bytes


@dataclass(frozen=True)
class Figure:
    """A picture with its caption; ``shown`` is an SVG that the page shows in place of the picture's own."""

    picture: Picture
    caption: str
    shown: str = ""
    kind: str = "figure"


@dataclass(frozen=True)
class Key:
    """The legend of the pictures above it: (SVG of a symbol or a line, what it stands for)."""

    items: Sequence[tuple[str, str]]
    kind: str = "key"


@dataclass(frozen=True)
class Embed:
    """A whole page of ours shown inside this one; ``page`` is its HTML."""

    title: str
    page: str
    kind: str = "embed"


@dataclass(frozen=True)
class Row:
    """Blocks beside each other on a wide screen, below each other on a phone."""

    blocks: Sequence[Any]
    kind: str = "row"


@dataclass(frozen=True)
class Check:
    """One graded check of the data: Good, Check or Problem, what was found, and where to look."""

    grade: Literal["Good", "Check", "Problem"]
    title: str
    found: str
    look_at: str = ""

    @property
    def mark(self) -> str:
        """The sign beside the grade, so that the grade does not rest on colour."""
        return {"Good": "\u2713", "Check": "!", "Problem": "\u2715"}[self.grade]


@dataclass(frozen=True)
class Checks:
    """A list of checks."""

    checks: Sequence[Check]
    kind: str = "checks"


@dataclass(frozen=True)
class Points:
    """A list of short texts; ``link`` turns an entry into a link to a file of the folder."""

    items: Sequence[str]
    links: Sequence[str] = ()
    kind: str = "points"


@dataclass(frozen=True)
class Terms:
    """Words and their meanings: (word, [(what, text), ...])."""

    terms: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    kind: str = "terms"


@dataclass(frozen=True)
class Statement:
    """A tagged sentence; ``see`` names the section, and its heading, that tells more."""

    tag: str
    text: str
    see: tuple[str, str] | None = None


@dataclass(frozen=True)
class Statements:
    """The opening sentences."""

    statements: Sequence[Statement]
    kind: str = "statements"


@dataclass(frozen=True)
class Fold:
    """Blocks that are folded away on the screen; on paper they are unfolded, or left out where ``paper`` says where to
    find them instead."""

    title: str
    blocks: Sequence[Any]
    paper: str = ""
    kind: str = "fold"


@dataclass(frozen=True)
class Section:
    """A part of the page with a heading that the contents link to."""

    name: str
    title: str
    blocks: Sequence[Any] = field(default_factory=tuple)
