"""From rows of cells to columns under headings: where the headings stand, and whether every row is as wide as they."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from kmnet.errors import Problem
from kmnet.tables.coded import Coder
from kmnet.tables.desk import SHOWN
from kmnet.tables.headings import matched, needed
from kmnet.tables.reader import Opened, Reading, failed

LOOK = 40
"""The headings are looked for in so many first rows."""

CHUNK = 50_000

Row = tuple[int, list[str]]
"""A physical line and its cells."""


def heading_row(rows: list[Row], opened: Opened) -> int:
    """Position of the row of headings: the declared one, or the first that has every column that is needed.

    Where none has, it is the row that matches most headings, and at last the first row, so that the message about
    missing columns shows a line that the user knows.
    """
    if opened.source.header_row:
        hits = [k for k, (line, _) in enumerate(rows) if line == opened.source.header_row]
        return hits[0] if hits else 0
    want = needed(opened.table, opened.source)
    found = [matched(cells, opened.table, opened.source) for _, cells in rows]
    full = [k for k, columns in enumerate(found) if want <= columns]
    if full:
        return full[0]
    most = max((len(f) for f in found), default=0)
    return next((k for k, f in enumerate(found) if len(f) == most), 0)


def tabulate(rows: Iterator[Row], opened: Opened, *, ragged: bool = False, problems: Iterable[Problem] = ()) -> Reading:
    """Columns under headings.

    Parameters
    ----------
    rows : iterator of (line, cells)
        Rows with at least one cell that is not empty.
    ragged : bool
        Rows may be shorter than the headings and carry empty cells beyond them (sheets); otherwise every row must
        have exactly as many cells as there are headings.
    """
    said = list(problems)
    head = list(islice(rows, LOOK))
    if not head:
        return failed(*said, opened.problem("KM202", "The file is empty"))
    at = heading_row(head, opened)
    line, headings = head[at]
    if at:
        said.append(opened.problem("KM218", f"{at} lines above the headings were skipped", head[0][0]))
    stream = chain(head[at + 1 :], rows)
    width = len(headings)
    while width and not headings[width - 1].strip():  # separators after the last heading
        width -= 1
    builder = _Builder(opened, width, len(headings), ragged)
    builder.run(stream)
    said += builder.problems
    blank = [k for k in range(width) if not headings[k].strip()]
    for k in blank:
        if any(builder.columns[k].done().values):
            said.append(opened.problem("KM208", f"Column {k + 1} has no heading but holds values", line))
    if builder.nameless:
        said.append(opened.problem("KM208", "A column at the end has no heading but holds values", builder.nameless))
    if not builder.many and not builder.bad:
        said.append(opened.problem("KM215", "The table has headings but no rows", line))
    keep = [k for k in range(width) if k not in blank]
    return Reading(
        tuple(headings[k].strip() for k in keep),
        tuple(builder.columns[k].done() for k in keep),
        builder.lines(),
        line,
        tuple(said),
        set_aside=builder.bad,
    )


class _Builder:
    """Takes rows in chunks into coders, one a column."""

    def __init__(self, opened: Opened, width: int, full: int, ragged: bool) -> None:
        self.opened, self.width, self.full, self.ragged = opened, width, full, ragged
        self.columns = [Coder() for _ in range(width)]
        self.problems: list[Problem] = []
        self.many = self.bad = self.nameless = 0
        self._lines: list[NDArray[np.int64]] = []

    def run(self, stream: Iterator[Row]) -> None:
        while chunk := list(islice(stream, CHUNK)):
            if {len(cells) for _, cells in chunk} != {self.width}:
                chunk = [row for row in chunk if self.fits(row)]
            self.many += len(chunk)
            if self.many > self.opened.limit:
                message = f"The file has more than {self.opened.limit:,} rows"
                self.problems.append(self.opened.problem("KM232", message))
                return
            if chunk:
                lines, rows = zip(*chunk, strict=True)
                self._lines.append(np.array(lines, dtype=np.int64))
                for coder, cells in zip(self.columns, zip(*rows, strict=True), strict=True):
                    coder.add(cells)

    def fits(self, row: Row) -> bool:
        """Bring a row to the width of the headings; say so where that would shift or lose a cell."""
        line, cells = row
        beyond = any(c.strip() for c in cells[self.width :])
        if beyond and len(cells) == self.full:  # separators after the last heading, and a value under one of them
            self.nameless = self.nameless or line
            beyond = False
        if not beyond and (self.ragged or len(cells) in (self.width, self.full)):
            cells[self.width :] = []
            cells += [""] * (self.width - len(cells))
            return True
        self.bad += 1
        if self.bad <= SHOWN:
            message = f"The row has {len(cells)} cells under {self.width} headings"
            self.problems.append(self.opened.problem("KM204", message, line, seen=" | ".join(cells)[:200]))
        elif self.bad == SHOWN + 1:
            self.problems.append(self.opened.problem("KM204", "More rows of this file have the wrong width"))
        return False

    def lines(self) -> NDArray[np.int64]:
        return np.concatenate(self._lines) if self._lines else np.zeros(0, dtype=np.int64)
