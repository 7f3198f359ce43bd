"""What a reader is: it turns the bytes of one file into rows under headings, and says what it left out and why.

A reader is one function in one file of ``kmnet/tables/readers/``:

>>> from kmnet.tables.reader import reader
>>> @reader(feeds=("attendance",), title="Zoom participant report")
... def zoom(opened):
...     ...
>>> zoom.name
'zoom'
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kmnet.config.schema import Source
from kmnet.errors import Place, Problem
from kmnet.tables.coded import Coded
from kmnet.tables.schema import InputTable


def _nobody(text: str) -> str:
    return ""


def _is_here(text: str) -> bool:
    return False


@dataclass(frozen=True, eq=False)
class Opened:
    """A file that is being read: its bytes, its name as the user wrote it, how it is to be read, what it feeds.

    ``limit`` is the number of rows that a file may have; ``drop_bad_rows`` whether a row of the wrong width is set
    aside (else it is an error). ``who`` gives the id of a person of the register from any spelling of them ("" where
    nobody is found), for formats that can only be understood by knowing people from other things. ``held`` is the day on
    which the file's workshop took place (ISO), where the workshops table tells it. ``left``
    says whether a written person withdrew: what they wrote must not change how others' rows are understood.
    """

    file: str
    data: bytes
    source: Source
    table: InputTable
    limit: int = 20_000_000
    drop_bad_rows: bool = False
    who: Callable[[str], str] = _nobody
    held: str = ""
    left: Callable[[str], bool] = _is_here

    @property
    def ending(self) -> str:
        """The file's ending in lower case, without ``.gz``: ``csv``."""
        parts = self.file.replace("\\", "/").rsplit("/", 1)[-1].lower().split(".")
        parts = parts[:-1] if parts[-1] == "gz" else parts
        return parts[-1] if len(parts) > 1 else ""

    @property
    def named(self) -> str:
        """The file as it is told of: with the sheet that the config names, since its lines are counted by sheet."""
        return f"{self.file} [{self.source.sheet}]" if self.source.sheet else self.file

    def place(self, line: int = 0, column: str = "") -> Place:
        """A place in this file."""
        return Place(self.named, line, column)

    def problem(
        self, code: str, message: str, line: int = 0, column: str = "", seen: str = "", fix: str = ""
    ) -> Problem:
        """A problem in this file."""
        return Problem.of(code, message, place=self.place(line, column), seen=seen, fix=fix)


@dataclass(frozen=True, eq=False)
class Reading:
    """Rows under headings, as text.

    ``lines`` are physical lines or sheet rows; ``heading_line`` is where the headings stand. ``set_aside`` and
    ``merged`` count the rows of the file that are in no row here (the ledger needs them); ``problems`` say why.
    """

    headings: tuple[str, ...]
    columns: tuple[Coded, ...]
    lines: NDArray[np.int64]
    heading_line: int = 1
    problems: tuple[Problem, ...] = ()
    set_aside: int = 0
    merged: int = 0
    numeric: frozenset[str] = field(default=frozenset())

    @property
    def read(self) -> int:
        """Rows that the file held."""
        return len(self.lines) + self.set_aside + self.merged

    @property
    def failed(self) -> bool:
        """Whether nothing can be made of the file."""
        return not self.headings


def failed(*problems: Problem) -> Reading:
    """A file that could not be read."""
    return Reading((), (), np.zeros(0, dtype=np.int64), problems=problems)


def rows_reading(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    lines: Sequence[int],
    *,
    problems: Sequence[Problem] = (),
    set_aside: int = 0,
    merged: int = 0,
    heading_line: int = 1,
) -> Reading:
    """A reading from a short list of rows, as most exports are."""
    columns = tuple(Coded.of([row[k] for row in rows]) for k in range(len(headings)))
    return Reading(
        tuple(headings), columns, np.array(lines, dtype=np.int64), heading_line, tuple(problems), set_aside, merged
    )


@dataclass(frozen=True, eq=False)
class Reader:
    """A kind of file. ``feeds`` names the tables that it can fill (none: every table); ``endings`` the files that
    ``format: auto`` gives to it."""

    name: str
    title: str
    read: Callable[[Opened], Reading]
    feeds: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()

    def __call__(self, opened: Opened) -> Reading:
        return self.read(opened)


def reader(
    *, title: str, feeds: tuple[str, ...] = (), endings: tuple[str, ...] = ()
) -> Callable[[Callable[[Opened], Reading]], Reader]:
    """Make a function a reader: its name is what ``format:`` says."""
    return lambda function: Reader(function.__name__, title, function, feeds, endings)
