"""A config drafted from files: what each is judged by its headings, and said in the draft for the user to confirm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from kmnet.config.schema import Source
from kmnet.errors import ConfigError, Place, Problem
from kmnet.init.cohorts import cohorts_of
from kmnet.init.contacts import contacts_of
from kmnet.init.groups import groups_of
from kmnet.init.guess import ENDINGS, SURVEYS, Guess, ending, export_of, guess_of, kumu_of, word_of
from kmnet.network.windows import moment_order
from kmnet.tables.cells import fold, number, plain
from kmnet.tables.door import fetch
from kmnet.tables.headings import matched
from kmnet.tables.reader import Reading
from kmnet.tables.schema import INPUTS

HOW_OFTEN = (
    ("never", "not at all", "no contact", "none"),
    ("rarely", "seldom", "yearly", "once a year"),
    ("quarterly", "every few months"),
    ("sometimes", "occasionally", "monthly", "once a month"),
    ("fortnightly", "every two weeks"),
    ("often", "weekly", "once a week"),
    ("very often", "always", "daily", "every day"),
)
"""Usual answers in words, weakest first: where a survey uses no others, the draft gives them numbers in this order."""


class Draft(NamedTuple):
    """Blocks of a config for the files of a folder ("" for those that they do not show), a sentence a file, and the waves
    of the survey, the first one first."""

    data: str
    cohorts: str
    groups: str
    told: list[str]
    waves: tuple[str, ...] = ()


def drafted(data: Path, folder: Path) -> Draft:
    """What the files of a folder seem to be.

    Raises
    ------
    ConfigError
        KM107 when the folder is not there or holds no table.
    """
    if not data.is_dir():
        raise ConfigError(Problem.of("KM107", "there is no such folder", place=Place(str(data)), fix="Name a folder."))
    pages = [page for path in _files(data) for page in _pages(path, _from(path, folder))]
    guesses = [page if isinstance(page, Guess) else guess_of(*page) for page in pages]
    if not guesses:
        message = "this folder holds no table (CSV, xlsx or Parquet) and no network"
        raise ConfigError(Problem.of("KM107", message, place=Place(str(data)), fix="Name the folder with your files."))
    guesses = _with_surveys(pages, guesses)
    lines = [
        "",
        "# --- Where the data are, as found. Check each line: the comment says what kmnet made of it. " + "-" * 26,
    ]
    lines.append("data:")
    for table in INPUTS:
        mine = [g for g in guesses if g.table == table]
        if len(mine) == 1:
            lines.append(f"  {table}: {mine[0].written}    # {mine[0].why}")
        elif mine:
            lines += [f"  {table}:", *(f"    - {g.written}    # {g.why}" for g in mine)]
    if not any(g.table == "people" for g in guesses):
        lines += [f"  # {g.written} holds people too: `people: {g.written}`" for g in guesses if g.network]
        lines.append("  people: people.csv    # needed, and not found: a list of people with an id each")
    lines += [f"  # {g.written}: not understood: {g.why}" for g in guesses if not g.table]
    told = [f"{g.written}: {g.table or 'not understood'} ({g.why})" for g in guesses]
    if others := [p.name for p in sorted(data.iterdir()) if p.is_file() and ending(p) not in ENDINGS and _shown(p)]:
        told.append(f"not looked at, since kmnet reads no such files: {', '.join(others)}")
    cohorts = cohorts_of(guesses)
    if cohorts:
        told.append("cohorts: drafted from the days of the workshops; confirm or correct them in the config")
    groups = groups_of(guesses)
    if groups:
        told.append("groups: drafted from the columns of people; keep those that matter")
    return Draft("\n".join(lines) + "\n", cohorts, groups, told, _waves(guesses))


def _waves(guesses: list[Guess]) -> tuple[str, ...]:
    """The waves of the survey, whether a file is one or a column says them."""
    found = {g.wave for g in guesses if g.wave}
    for g in guesses:
        if g.table == "survey" and g.reading is not None:
            for heading, column in zip(g.reading.headings, g.reading.columns, strict=True):
                if matched((heading,), INPUTS["survey"], Source(path="")) == {"wave"}:
                    found |= {cell for cell in column.cells() if cell}
    return tuple(sorted(found, key=moment_order))


def _files(data: Path) -> list[Path]:
    return sorted(p for p in data.iterdir() if p.is_file() and ending(p) in ENDINGS and _shown(p))


def _shown(path: Path) -> bool:
    return not path.name.startswith(("~$", "."))


def _from(path: Path, folder: Path) -> str:
    """The path as the config of ``folder`` has to write it."""
    here = folder.resolve()
    steps = 0
    while not path.resolve().is_relative_to(here):
        here, steps = here.parent, steps + 1
    return "../" * steps + path.resolve().relative_to(here).as_posix()


Page = tuple[str, bytes, str | None]
"""A table that was found: its file as the config writes it, the file's bytes, and its sheet."""


def _pages(path: Path, name: str) -> Iterator[Page | Guess]:
    fetched = fetch(path, name)
    if isinstance(fetched, Problem):
        yield Guess("", name, fetched.message)
        return
    sheets = _sheets(path) if ENDINGS[ending(path)] == "xlsx" else [None]
    if len(sheets) > 1 and (project := kumu_of(name, fetched.data)):  # its sheets belong together
        yield project
        return
    for sheet in sheets:
        if sheet is not None and len(sheets) > 1 and sheet.casefold() in ("notes", "readme", "guide"):
            continue
        yield name, fetched.data, sheet if len(sheets) > 1 else None


def _with_surveys(pages: list[Page | Guess], guesses: list[Guess]) -> list[Guess]:
    """The guesses, where files that name people of the register in their headings or cells are surveys.

    A form has the name and the id of who filled it in, so that its headings alone look like a list of people.
    """
    lists = [g for g in guesses if g.table == "people" and g.reading is not None and not _is_form(g.reading)]
    if not lists:
        return guesses
    register = max(lists, key=lambda g: g.fit)
    who = _register(register)
    out = []
    for page, guess in zip(pages, guesses, strict=True):
        kind = guess.table if guess.reading is not None else ""
        formats = FORMS.get(kind, ()) if guess is not register and not guess.network else ()
        if guess.reading is not None and _is_form(guess.reading):
            formats = tuple(how for how in formats if how != "roster")  # its first column numbers the forms
        log = None if isinstance(page, Guess) or kind or not formats else contacts_of(*page, who=who)
        found = log or (None if isinstance(page, Guess) else export_of(*page, who=who, formats=formats))
        out.append(found or (_no_form(guess) if guess is not register else guess))
    scale = _scale([g.reading for g in out if g.reading is not None and g.table == "survey"])
    return [
        replace(g, written=f"{g.written[:-1]}, scale: {scale}}}") if scale and g.reading and _words(g.reading) else g
        for g in out
    ]


NOBODY = "a form that asks about no person of the people table, or not who filled it in"
FORMS: dict[str, tuple[str, ...]] = {"people": SURVEYS, "": (*SURVEYS, "matrix"), "workshops": ("matrix",)}
"""What a file may be after all, once it is known who the people are."""


def _is_form(reading: Reading) -> bool:
    return {"start time", "completion time"} <= {plain(h) for h in reading.headings}


def _no_form(guess: Guess) -> Guess:
    """The guess, unless a form that asks about nobody was taken for a list of people."""
    if guess.table == "people" and guess.reading is not None and _is_form(guess.reading):
        return Guess("", guess.written, NOBODY)
    return guess


def _register(people: Guess) -> Callable[[str], str]:
    """Who is meant by an id, name or e-mail, by the list of people ("" for nobody)."""
    assert people.reading is not None
    found = {}
    for heading, column in zip(people.reading.headings, people.reading.columns, strict=True):
        if matched((heading,), INPUTS["people"], Source(path="")) & {"id", "name", "email"}:
            found.update({fold(cell): str(k) for k, cell in enumerate(column.cells()) if cell})
    return lambda text: found.get(fold(text), "")


def _sheets(path: Path) -> list[str | None]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True)
    except Exception:  # whatever is wrong with a workbook is told by its reader
        return [None]
    names: list[str | None] = [s.title for s in book.worksheets if s.sheet_state == "visible"]
    book.close()
    return names or [None]


def _words(reading: Reading) -> set[str]:
    """Answers of a survey that are words."""
    column = dict(zip(reading.headings, reading.columns, strict=True)).get("strength")
    return {c for c in (column.cells() if column is not None else ()) if c and number(c) is None}


def _scale(surveys: list[Reading]) -> str:
    """One scale for all surveys, so that a word is as strong before as after; "" where any answer is no usual word or
    two are equally strong."""
    words = sorted({word for reading in surveys for word in _words(reading)})
    rank = {word: at for at, same in enumerate(HOW_OFTEN) for word in same}
    places = [rank.get(fold(word), -1) for word in words]
    if not words or -1 in places or len(set(places)) < len(places):
        return ""
    ordered = sorted(zip(places, words, strict=True))
    return (
        "{" + ", ".join(f"{word_of(word)}: {k}" for k, (_, word) in enumerate(ordered, 0 if 0 in places else 1)) + "}"
    )
