"""Text with separators: a strict pass that knows the physical line of every row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from kmnet.errors import Problem
from kmnet.tables.door import decode
from kmnet.tables.reader import Opened
from kmnet.tables.tabulate import Row

SEPARATORS = (",", ";", "\t", "|")
LONGEST_CELL = 1 << 20
PIECE = 1 << 22
LONG = 20
"""Lines that a cell may run over before it is more likely a quotation mark left open."""

_SEP_LINE = re.compile(r'"?sep=(.)"?[,;\t ]*(\r\n|\r|\n|$)', re.IGNORECASE)


class Broken(Exception):
    """The text cannot be cut into rows; holds the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def cut(
    text: str, separator: str, opened: Opened, first: int = 1, *, notes: list[Problem] | None = None
) -> Iterator[Row]:
    """Rows of cells with the physical line on which each begins; rows without any value are passed over.

    With ``notes`` the pass is strict, and a cell that runs over many lines is noted there; without, it only tries.

    Raises
    ------
    Broken
        A quotation mark is never closed (at the line where it was opened), or a cell is too long.
    """
    csv.field_size_limit(LONGEST_CELL)
    rows = csv.reader(_lines(text), delimiter=separator, strict=notes is not None)
    begin = first
    try:
        for cells in rows:
            if any(cells):
                yield begin, cells
            end = rows.line_num + first
            if end - begin > LONG and notes is not None:
                notes.append(opened.problem("KM210", f"A cell runs over more than {LONG} lines", begin))
            begin = end
    except csv.Error as wrong:
        if "field larger" in str(wrong):
            raise Broken(opened.problem("KM214", "A cell holds more than a million characters", begin)) from None
        message = "A quotation mark opens here and is not closed where the cell ends"
        raise Broken(opened.problem("KM209", message, begin)) from None


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends, whichever they are; a piece at a time, since a stream of text takes four bytes a letter."""
    begin = 0
    while begin < len(text):
        end = text.find("\n", begin + PIECE) + 1 or len(text)
        yield from io.StringIO(text[begin:end], newline="")
        begin = end


def text_of(opened: Opened) -> tuple[str, list[Problem]] | Problem:
    """The file as text."""
    return decode(opened.data, opened.file, opened.source.encoding)


def declared_separator(text: str) -> tuple[str, str, int]:
    """Text without a ``sep=;`` line, the separator that it declared ("" for none), and the lines taken off."""
    found = _SEP_LINE.match(text)
    return (text[found.end() :], found[1], 1) if found else (text, "", 0)
