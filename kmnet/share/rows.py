"""Input files as plain rows, exactly as they stand: also the rows of people who withdrew, which reading leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from kmnet.config.load import load
from kmnet.config.schema import Source
from kmnet.errors import ConfigError, DataError, Place, Problem
from kmnet.tables.door import fetch
from kmnet.tables.headings import match
from kmnet.tables.read import choose
from kmnet.tables.reader import Opened
from kmnet.tables.schema import INPUTS


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an input file: where it stands, all its cells, and the cells of kmnet's own columns by name."""

    file: str
    line: int
    cells: tuple[str, ...]
    column: dict[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    """What a person may be called in a file; ``about`` are the other cells of their row (role, organisation, ...)."""

    id: str
    name: str = ""
    email: str = ""
    about: tuple[str, ...] = field(default=(), compare=False)


def _nobody(text: str) -> str:
    return ""


def rows(path: Path, source: Source, table: str, who: Callable[[str], str] = _nobody) -> Iterator[Row]:
    """The rows of a file. ``who`` gives the id of a person from any spelling of them, without which a survey form that
    asks about people by name cannot be read.

    Raises
    ------
    DataError
        When the file cannot be read.
    """
    fetched = fetch(path, source.path)
    if isinstance(fetched, Problem):
        raise DataError(fetched)
    opened = Opened(source.path, fetched.data, source, INPUTS[table], who=who)
    chosen = choose(opened)
    if isinstance(chosen, Problem):
        raise DataError(chosen)
    reading = chosen(opened)
    if reading.failed:
        raise DataError(reading.problems)
    heads = match(reading.headings, INPUTS[table], source, opened.named, reading.heading_line)
    texts = [[column.values[code] for code in column.codes.tolist()] for column in reading.columns]
    for k, line in enumerate(reading.lines.tolist()):
        cells = tuple(column[k] for column in texts)
        yield Row(opened.named, int(line), cells, {name: cells[at] for name, at in heads.where.items()})


def people(path: Path, source: Source | None = None) -> tuple[Person, ...]:
    """Everybody in a people table, whether they consented or not.

    Raises
    ------
    ConfigError
        KM104 when the table has no id column.
    """
    source = source or Source(path=str(path))
    found = []
    for row in rows(path, source, "people"):
        if "id" not in row.column:
            fix = "Name the file that lists people with their ids."
            raise ConfigError(
                Problem.of("KM104", "the people table has no id column", place=Place(source.path), fix=fix)
            )
        own = tuple(row.column.get(c, "").strip() for c in ("id", "name", "email"))
        found.append(
            Person(own[0], own[1], own[2], tuple(c for cell in row.cells if (c := cell.strip()) and c not in own))
        )
    return tuple(p for p in found if p.id)


def everybody(path: Path) -> tuple[Person, ...]:
    """Everybody in a people table, or in all people tables of a study's config (which knows sheets and headings).

    Raises
    ------
    ConfigError, DataError
        When a table has no id column (KM104), has several sheets (KM233) or cannot be read; whatever is wrong with a config.
    """
    if path.suffix.lower() not in (".yaml", ".yml"):
        try:
            return people(path)
        except DataError as error:
            fix = "Name the config instead of the workbook: it says which sheet lists the people."
            raise DataError([replace(p, fix=fix) if p.code == "KM233" else p for p in error.problems]) from None
    loaded = load(path)
    return tuple(one for source in loaded.study.data.people for one in people(loaded.file(source), source))
