"""A config drafted from files: what each is judged by its headings, and said in the draft for the user to confirm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kmnet.config.schema import Source
from kmnet.config.wording import nearest
from kmnet.errors import ConfigError, Place, Problem
from kmnet.tables.door import fetch
from kmnet.tables.headings import matched, needed
from kmnet.tables.read import readers
from kmnet.tables.reader import Opened, Reading
from kmnet.tables.schema import INPUTS

ENDINGS = {"csv": "csv", "tsv": "csv", "txt": "csv", "xlsx": "xlsx", "xlsm": "xlsx", "parquet": "parquet"}
EXPORTS = ("teams", "zoom", "eventbrite", "microsoft_forms", "google_forms", "qualtrics", "matrix")
"""Formats of other programs that are tried on files whose headings say nothing, most telling first."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file (or sheet) seems to be: its table ("" for nothing), the line of the config, and why."""

    table: str
    written: str
    why: str


def drafted(data: Path, folder: Path) -> tuple[str, list[str]]:
    """The ``data:`` block of a config for the files of a folder, and a sentence a file.

    Raises
    ------
    ConfigError
        KM107 when the folder is not there or holds no table.
    """
    if not data.is_dir():
        raise ConfigError(Problem.of("KM107", "there is no such folder", place=Place(str(data)), fix="Name a folder."))
    guesses = [guess for path in _files(data) for guess in _guesses(path, _from(path, folder))]
    if not guesses:
        message = "this folder holds no table (CSV, xlsx or Parquet)"
        raise ConfigError(Problem.of("KM107", message, place=Place(str(data)), fix="Name the folder with your files."))
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


def _guesses(path: Path, name: str) -> Iterator[Guess]:
    fetched = fetch(path, name)
    if isinstance(fetched, Problem):
        yield Guess("", name, fetched.message)
        return
    sheets = _sheets(path) if ENDINGS[_ending(path)] == "xlsx" else [None]
    for sheet in sheets:
        if sheet is not None and len(sheets) > 1 and sheet.casefold() in ("notes", "readme", "guide"):
            continue
        yield _guess(name, fetched.data, sheet if len(sheets) > 1 else None)


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
        return Guess(table_name, _written(name, sheet), f"{', '.join(h for h in reading.headings if h)}")
    return _export(name, data, sheet) or _mapped(name, sheet, headings)


def _read(name: str, data: bytes, sheet: str | None, table: str, how: str) -> Reading | None:
    reader = readers()[how] if how else readers().get(ENDINGS[_ending(Path(name))])
    if reader is None or (reader.feeds and table not in reader.feeds):
        return None
    try:
        reading = reader(Opened(name, data, Source(path=name, sheet=sheet), INPUTS[table]))
    except Exception:  # a format that is only tried on: whatever it does not expect means that it is not this format
        return None
    return None if reading.failed else reading


def _export(name: str, data: bytes, sheet: str | None) -> Guess | None:
    """An export of another program, tried on by its reader."""
    for how in (h for h in EXPORTS if h in readers()):
        for table in readers()[how].feeds:
            reading = _read(name, data, sheet, table, how)
            if reading is not None and len(reading.lines) and not any(p.severity == "error" for p in reading.problems):
                more = {"format": how}
                if table == "attendance" and how != "matrix":
                    more["workshop"] = Path(name).stem
                return Guess(table, _written(name, sheet, **more), readers()[how].title)
    return None


def _mapped(name: str, sheet: str | None, headings: tuple[str, ...]) -> Guess:
    """A file named after a table whose headings have other words: the nearest heading for each needed column."""
    stem = nearest(Path(name.removesuffix(".gz")).stem if sheet is None else sheet, INPUTS)
    if not stem or not headings:
        return Guess("", _written(name, sheet), f"headings: {', '.join(headings) or 'none'}")
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
