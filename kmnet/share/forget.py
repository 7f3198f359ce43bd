"""A person who withdrew: every input row and output folder that still holds them, and the withdrawal recorded."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from kmnet.config.load import WITHDRAWN, Loaded, load
from kmnet.config.schema import Source
from kmnet.errors import ConfigError, DataError, OutputError, Place, Problem
from kmnet.share.codes import codes, read_key
from kmnet.share.rows import Person, everybody, rows
from kmnet.share.scan import scan
from kmnet.share.verify import MANIFEST
from kmnet.share.views import fold
from kmnet.tables.schema import INPUTS


def forget(config: Path, person: str, day: str = "") -> list[str]:
    """What to do for a person who withdrew, as lines; the withdrawal is recorded.

    Parameters
    ----------
    config : Path
        The study.
    person : str
        The person's id.
    day : str
        Day of the withdrawal, year-month-day, or "".

    Raises
    ------
    ConfigError
        KM108 for a day that is none.
    DataError
        KM707 when no input row holds the person.
    """
    if day and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        raise ConfigError(Problem.of("KM108", "--date is not a date", seen=day, fix="Write it as 2024-03-05."))
    loaded = load(config)
    who = _who(loaded, person)
    held = list(_held(loaded, who))
    if not held:
        raise DataError(Problem.of("KM707", "no row of the inputs holds this person", seen=person))
    outputs = list(_outputs(loaded, who))
    recorded = _record(loaded, who.id, day)
    lines = [f"Input rows that hold {who.id} (your files are not changed; kmnet leaves these rows out from now on):"]
    lines += [f"  {line}" for line in held]
    lines += ["Output folders that hold this person:", *(f"  {line}" for line in outputs or ["none found"])]
    return [*lines, recorded]


def _who(loaded: Loaded, person: str) -> Person:
    wanted = fold(person).strip()
    return next((one for one in everybody(loaded.path) if fold(one.id).strip() == wanted), Person(person))


def _held(loaded: Loaded, who: Person) -> Iterator[str]:
    """``file:line (table)`` of each row in which a cell is, or lists, the person's id, name or e-mail."""
    wanted = {fold(text).strip() for text in (who.id, who.name, who.email) if text.strip()}
    known = _spellings(loaded)
    for table in INPUTS:
        for source in getattr(loaded.study.data, table):
            if table == "withdrawn":
                continue
            found: dict[str, None] = {}
            for row in rows(loaded.file(source), source, table, lambda text: known.get(fold(text).strip(), "")):
                cells = {fold(part).strip() for cell in row.cells for part in (cell, *re.split("[;|]", cell))}
                if cells & wanted:
                    found[f"{row.file}:{row.line} ({table})"] = None
            yield from found  # a returned form is one line of the file, and a row for each person it asks about


def _spellings(loaded: Loaded) -> dict[str, str]:
    """Who is meant by an id, name or e-mail, by the people tables."""
    return {
        fold(text).strip(): one.id
        for one in everybody(loaded.path)
        for text in (one.email, one.name, one.id)
        if text.strip()
    }


def _outputs(loaded: Loaded, who: Person) -> Iterator[str]:
    """Output folders beside the config (and the one it names) that show the person, by name or by code."""
    folders = {p.parent for p in loaded.folder.glob("*/" + MANIFEST)} | {
        p.parent for p in loaded.folder.glob("*/*/" + MANIFEST)
    }
    folders |= {loaded.output} if (loaded.output / MANIFEST).is_file() else set()
    known = [who]
    if loaded.key.is_file():
        code = codes([who.id], read_key(loaded.key, loaded.output))[who.id]
        known.append(Person(code))
    for folder in sorted(folders):
        found, _ = scan(folder, known)
        if found:
            files = sorted({p.place.file for p in found})
            shown = ", ".join(files[:3]) + (f" and {len(files) - 3} more" if len(files) > 3 else "")
            yield f"{folder} ({shown})"


def _record(loaded: Loaded, person: str, day: str) -> str:
    """Add the person to the withdrawn table; returns what was done."""
    sources = [s for s in loaded.study.data.withdrawn if s.path.lower().endswith((".csv", ".tsv", ".txt"))]
    if sources:
        path, source = loaded.file(sources[0]), sources[0]
        if any(row.column.get("person", "").strip() == person for row in rows(path, source, "withdrawn")):
            return f"The withdrawal is recorded in {source.path} already."
        _append(path, source, person, day)
        return f"Recorded in {source.path}."
    path = loaded.folder / WITHDRAWN  # not there yet, else it would be one of the sources
    _replace(path, _line(["person", "date"], ",") + _line([person, day], ","))
    return (
        f"Recorded in {WITHDRAWN} beside the config, which is obeyed from now on, whether the config names it or not."
    )


def _append(path: Path, source: Source, person: str, day: str) -> None:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        place = Place(source.path)
        fix = "Add the row by hand, or save the file as UTF-8."
        raise OutputError(
            Problem.of("KM601", "this file is not UTF-8, so no row was added", place=place, fix=fix)
        ) from None
    head = text.splitlines()[0] if text.strip() else "person,date"
    between = source.delimiter or max(",;\t|", key=head.count)
    headings = next(csv.reader([head], delimiter=between))
    names = {"person": source.columns.get("person", ""), "date": source.columns.get("date", "")}
    cells = []
    for heading in headings:
        folded = fold(heading).strip()
        is_person = folded in ("person", "id") or bool(names["person"]) and folded == fold(names["person"])
        is_date = folded == "date" or bool(names["date"]) and folded == fold(names["date"])
        cells.append(person if is_person else day if is_date else "")
    ending = "" if not text or text.endswith(("\n", "\r")) else "\n"
    _replace(path, (text or head + "\n") + ending + _line(cells, between))


def _line(cells: list[str], between: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=between, lineterminator="\n").writerow(cells)
    return stream.getvalue()


def _replace(path: Path, text: str) -> None:
    """Write whole or not at all."""
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_text(text, encoding="utf-8", newline="")
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        problem = Problem.of("KM601", f"{path.name} could not be written", place=Place(path.name))
        raise OutputError(problem) from error
