"""One look for maps, figures and pages: which colour, shape and line means what.

Colours are those of Okabe & Ito (2008, "Color universal design"), and no colour stands alone: every group of people
also has its own shape, every state of a tie its own line. Symbols carry a dark outline, because orange and purple
reach only 2.3:1 and 3.1:1 against white.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

INK = "#1b2733"
"""Text, and the outline of every symbol (15:1 on white)."""
MUTED = "#4a5763"
"""Secondary text (7:1 on white)."""
PAPER = "#ffffff"
RULE = "#d5dadf"
"""Hairlines between areas."""
FADED = "#e3e7eb"
"""Symbols that are pushed into the background."""
BEFORE = "#87919b"
"""Bars and dots of the earlier moment; the later one is in ink."""

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif'
"""Fonts of the machine that opens the file; none is loaded."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """How a group of people (or things) is drawn: fill colour and shape; the outline is always :data:`INK`."""

    colour: str
    shape: str


@dataclass(frozen=True, slots=True)
class Line:
    """How a tie is drawn: colour, width and dashes in CSS pixels (no dashes: a solid line), and its name."""

    colour: str
    width: float
    dash: tuple[float, ...]
    title: str


GROUPS: tuple[Symbol, ...] = (
    Symbol("#0072b2", "circle"),
    Symbol("#e69f00", "square"),
    Symbol("#009e73", "triangle"),
    Symbol("#cc79a7", "diamond"),
    Symbol("#56b4e9", "hexagon"),
    Symbol("#d55e00", "pentagon"),
)
"""Symbols of the six largest groups, in alphabetical order of their names."""
OTHER = Symbol("#9aa4ad", "down")
"""All further groups together."""
UNSTATED = Symbol("#ffffff", "circle")
"""People of whom no group is stated."""
EVIDENCE = Symbol("#ffffff", "star")
WORKSHOP = Symbol("#3c4650", "bar")
ORGANISATION = Symbol("#0072b2", "circle")

UNSTATED_NAME = "Not stated"

TIES: Mapping[str, Line] = {
    "formed": Line("#0b3d91", 1.9, (), "New"),
    "kept": Line("#87919b", 1.0, (), "Kept"),
    "dissolved": Line("#b8400a", 1.5, (6.0, 4.0), "No longer reported"),
    "cannot_tell": Line("#5f6b76", 1.3, (1.5, 3.5), "Cannot be judged"),
}
"""States of a tie between two moments."""
TIE = Line("#87919b", 1.0, (), "Tie")
"""A tie of one moment."""
ACTIONS: Mapping[str, Line] = {
    "made": Line(INK, 1.6, (), "Made"),
    "shared": Line("#007a5a", 1.4, (7.0, 3.0), "Shared"),
    "received": Line("#5f6b76", 1.2, (3.0, 3.0), "Received"),
    "used": Line("#8a3a6b", 1.6, (1.5, 3.0), "Used"),
}
"""What people did with a piece of evidence."""


def joined_name(groups: Sequence[str]) -> str:
    """What groups that share :data:`OTHER` are called in a legend: by their names while these fit.

    Examples
    --------
    >>> joined_name(["Facilitator", "Methods expert"])
    'Facilitator, Methods expert'
    >>> joined_name(["A", "B", "C", "D"])
    'Other (4 groups)'
    """
    return ", ".join(groups) if len(groups) <= 2 else f"Other ({len(groups)} groups)"


def symbols(groups: Sequence[str]) -> dict[str, Symbol]:
    """The symbol of every group, given one entry a person; "" and "(missing)" mean that none is stated.

    The six largest groups keep a symbol of their own (equal sizes: alphabetical), given out in alphabetical order, so
    that a few more people do not change the colours; smaller ones share :data:`OTHER`.

    Examples
    --------
    >>> symbols(["Researcher", "Commissioner", "Researcher"])["Commissioner"].shape
    'circle'
    """
    count: dict[str, int] = {}
    for name in groups:
        count[name] = count.get(name, 0) + 1
    stated = sorted((name for name in count if name not in ("", "(missing)")), key=lambda name: (-count[name], name))
    own = dict(zip(sorted(stated[: len(GROUPS)]), GROUPS))
    rest = dict.fromkeys(sorted(stated[len(GROUPS) :]), OTHER)
    unstated = UNSTATED if stated else GROUPS[0]  # nothing is stated of anybody: one symbol, and no blank one
    return own | rest | {name: unstated for name in ("", "(missing)") if name in count}
