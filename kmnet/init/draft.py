"""A config drafted from files: what each is judged by its headings, and said in the draft for the user to confirm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kmnet.config.schema import Source
from kmnet.config.wording import nearest
from kmnet.errors import ConfigError, Place, Problem
from kmnet.network.windows import moment_order
from kmnet.tables.cells import fold, number
from kmnet.tables.door import fetch
from kmnet.tables.headings import matched, needed
from kmnet.tables.read import readers
from kmnet.tables.reader import Opened, Reading
from kmnet.tables.schema import INPUTS

ENDINGS = {"csv": "csv", "tsv": "csv", "txt": "csv", "xlsx": "xlsx", "xlsm": "xlsx", "parquet": "parquet"}
SURVEYS = ("microsoft_forms", "google_forms", "qualtrics", "roster")
"""Formats of survey forms: they are known by the people that their questions name."""

EXPORTS = ("teams", "zoom", "eventbrite", *SURVEYS, "matrix")
"""Formats of other programs that are tried on files whose headings say nothing, most telling first."""

TOLD = 8
"""Headings of a file that are told; wider files only say how many more there are."""

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


@dataclass(frozen=True, slots=True, eq=False)
class Guess:
    """What a file (or sheet) seems to be: its table ("" for nothing), the line of the config, why, how well its headings
    fit, and its rows where they were read as a table of kmnet."""

    table: str
    written: str
    why: str
    fit: float = 0.0
    reading: Reading | None = None


def drafted(data: Path, folder: Path) -> tuple[str, list[str]]:
    """The ``data:`` block of a config for the files of a folder, and a sentence a file.

    Raises
    ------
    ConfigError
        KM107 when the folder is not there or holds no table.
    """
    if not data.is_dir():
        raise ConfigError(Problem.of("KM107", "there is no such folder", place=Place(str(data)), fix="Name a folder."))
    pages = [page for path in _files(data) for page in _pages(path, _from(path, folder))]
    guesses = [page if isinstance(page, Guess) else _guess(*page) for page in pages]
    if not guesses:
        message = "this folder holds no table (CSV, xlsx or Parquet)"
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
        lines.append("  people: people.csv    # needed, and not found: a list of people with an id each")
    lines += [f"  # {g.written}: not understood: {g.why}" for g in guesses if not g.table]
    told = [f"{g.written}: {g.table or 'not understood'} ({g.why})" for g in guesses]
    return "\n".join(lines) + "\n", told


def _files(data: Path) -> list[Path]:
    return sorted(
        p for p in data.iterdir() if p.is_file() and _ending(p) in ENDINGS and not p.name.startswith(("~$", "."))
    )


def _ending(path: Path) -> str:
    parts = path.name.lower().removesuffix(".gz").rsplit(".", 1)
    return parts[1] if len(parts) == 2 else ""


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
    sheets = _sheets(path) if ENDINGS[_ending(path)] == "xlsx" else [None]
    for sheet in sheets:
        if sheet is not None and len(sheets) > 1 and sheet.casefold() in ("notes", "readme", "guide"):
            continue
        yield name, fetched.data, sheet if len(sheets) > 1 else None


def _with_surveys(pages: list[Page | Guess], guesses: list[Guess]) -> list[Guess]:
    """The guesses, where files that name people of the register in their headings or cells are surveys.

    A form has the name and the id of who filled it in, so that its headings alone look like a list of people.
    """
    lists = [g for g in guesses if g.table == "people" and g.reading is not None]
    if not lists:
        return guesses
    register = max(lists, key=lambda g: g.fit)
    who = _register(register)
    out = []
    for page, guess in zip(pages, guesses, strict=True):
        unsure = not isinstance(page, Guess) and guess is not register and guess.table in ("people", "")
        out.append((_export(*page, who=who, formats=SURVEYS) if unsure else None) or guess)  # type: ignore[misc]
    scale = _scale([g.reading for g in out if g.reading is not None and g.table == "survey"])
    return [
        replace(g, written=f"{g.written[:-1]}, scale: {scale}}}") if scale and g.reading and _words(g.reading) else g
        for g in out
    ]


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


def _guess(name: str, data: bytes, sheet: str | None) -> Guess:
    best: tuple[float, str, Reading] | None = None
    headings: tuple[str, ...] = ()
    for table in INPUTS.values():
        reading = _read(name, data, sheet, table.name, "")
        if reading is None:
            continue
        headings = reading.headings
        found = matched(reading.headings, table, Source(path=name))
        if needed(table, Source(path=name)) <= found:
            score = len(found) - 0.1 * (len(reading.headings) - len(found)) + (table.name in name.casefold()) * 0.5
            if best is None or score > best[0]:
                best = (score, table.name, reading)
    if best is not None:
        _, table_name, reading = best
        return Guess(table_name, _written(name, sheet), _told(reading.headings), best[0], reading)
    return _export(name, data, sheet) or _mapped(name, sheet, headings)


def _told(headings: tuple[str, ...]) -> str:
    given = [h for h in headings if h]
    more = f" and {len(given) - TOLD} more" if len(given) > TOLD else ""
    return ", ".join(" ".join(h.split()) for h in given[:TOLD]) + more


def _nobody(text: str) -> str:
    return ""


def _read(
    name: str, data: bytes, sheet: str | None, table: str, how: str, who: Callable[[str], str] = _nobody
) -> Reading | None:
    reader = readers()[how] if how else readers().get(ENDINGS[_ending(Path(name))])
    if reader is None or (reader.feeds and table not in reader.feeds):
        return None
    try:
        reading = reader(Opened(name, data, Source(path=name, sheet=sheet), INPUTS[table], who=who))
    except Exception:  # a format that is only tried on: whatever it does not expect means that it is not this format
        return None
    return None if reading.failed else reading


def _export(
    name: str,
    data: bytes,
    sheet: str | None,
    who: Callable[[str], str] = _nobody,
    formats: tuple[str, ...] = EXPORTS,
) -> Guess | None:
    """An export of another program, tried on by its reader."""
    for how in (h for h in formats if h in readers()):
        for table in readers()[how].feeds:
            reading = _read(name, data, sheet, table, how, who)
            if reading is not None and len(reading.lines) and not any(p.severity == "error" for p in reading.problems):
                more = {"format": how}
                if table == "attendance" and how != "matrix":
                    more["workshop"] = Path(name).stem
                if table == "survey":
                    more["wave"] = _wave(sheet or Path(name.removesuffix(".gz")).stem)
                return Guess(table, _written(name, sheet, **more), readers()[how].title, 0.0, reading)
    return None


def _wave(title: str) -> str:
    """The word of a title that says which wave it is, such as before or follow-up; else the whole title."""
    words = [w for w in re.split(r"[^\w-]+|_", title) if w]
    return next((w.casefold() for w in words if moment_order(w)[0] != 1), title)


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
    return "{" + ", ".join(f"{_word(word)}: {k}" for k, (_, word) in enumerate(ordered, 0 if 0 in places else 1)) + "}"


def _mapped(name: str, sheet: str | None, headings: tuple[str, ...]) -> Guess:
    """A file named after a table whose headings have other words: the nearest heading for each needed column."""
    stem = nearest(Path(name.removesuffix(".gz")).stem if sheet is None else sheet, INPUTS)
    if not stem or not headings:
        return Guess("", _written(name, sheet), f"headings: {_told(headings) or 'none'}")
    pairs = {f.name: nearest(f.name, headings) or headings[0] for f in INPUTS[stem].fields if f.needed}
    columns = ", ".join(f"{column}: {_word(heading)}" for column, heading in pairs.items())
    return Guess(stem, _written(name, sheet, columns=f"{{{columns}}}"), "columns are a guess: correct them")


def _written(name: str, sheet: str | None, **more: str) -> str:
    words = {"path": _word(name), **({"sheet": _word(sheet)} if sheet else {})}
    words |= {key: value if key == "columns" else _word(value) for key, value in more.items()}
    return words["path"] if len(words) == 1 else "{" + ", ".join(f"{k}: {v}" for k, v in words.items()) + "}"


def _word(text: str) -> str:
    """Text as YAML may hold it bare, else in quotes."""
    bare = all(c.isalnum() or c in " ._/-" for c in text) and text.strip() == text
    return (
        text if bare and text.lstrip("./")[:1].isalpha() and ": " not in text else "'" + text.replace("'", "''") + "'"
    )
