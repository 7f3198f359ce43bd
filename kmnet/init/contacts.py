"""Logs of contacts under headings of any words: known by a column of days and two of people of the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kmnet.init.guess import Guess, read_as, word_of, written
from kmnet.tables.cells import number
from kmnet.tables.dates import readings

FEW = 12
"""Different words in a column that seems to say what kind of contact it was."""


def contacts_of(name: str, data: bytes, sheet: str | None, who: Callable[[str], str]) -> Guess | None:
    """The file as a log of contacts, its headings mapped; None where not just two columns hold people, or none days."""
    reading = read_as(name, data, sheet, "interactions", "")
    if reading is None:
        return None
    columns = {h: list(c.cells()) for h, c in zip(reading.headings, reading.columns, strict=True) if h}
    people = [h for h, cells in columns.items() if _mostly(cells, lambda cell: bool(who(cell)))]
    others = {h: cells for h, cells in columns.items() if h not in people}
    dates = [h for h, cells in others.items() if _mostly(cells, lambda c: number(c) is None and bool(readings(c)))]
    if len(people) != 2 or not dates:  # names side by side without a day may be lists of who came
        return None
    kinds = [h for h, cells in others.items() if h not in dates and _kinds(cells)]
    means = dict(zip(("source", "target", "date", "kind"), (*people, dates[0], *kinds[:1]), strict=False))
    pairs = ", ".join(f"{column}: {word_of(heading)}" for column, heading in means.items())
    why = "contacts between people: what the columns mean is a guess, correct it"
    return Guess("interactions", written(name, sheet, columns=f"{{{pairs}}}"), why)


def _mostly(cells: Sequence[str], holds: Callable[[str], bool]) -> bool:
    """Whether most cells are filled, and most of those as asked."""
    filled = [cell for cell in cells if cell]
    return 2 * len(filled) > len(cells) and 2 * sum(map(holds, filled)) > len(filled)


def _kinds(cells: Sequence[str]) -> bool:
    """Whether a column holds a few words, each again and again."""
    words = {cell for cell in cells if cell}
    some = 2 <= len(words) <= FEW and 3 * len(words) <= sum(1 for cell in cells if cell)
    return some and not any(number(word.replace(",", ".")) is not None for word in words)
