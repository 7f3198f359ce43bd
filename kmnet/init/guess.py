"""What a file (or a sheet of one) seems to be: judged by its headings, and by the readers of exports tried on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kmnet.config.schema import Source
from kmnet.config.wording import nearest
from kmnet.network.windows import moment_order
from kmnet.tables.cells import plain
from kmnet.tables.headings import matched, needed
from kmnet.tables.read import readers
from kmnet.tables.reader import Opened, Reading
from kmnet.tables.schema import INPUTS

ENDINGS = {
    "csv": "csv", "tsv": "csv", "txt": "csv", "xlsx": "xlsx", "xlsm": "xlsx", "xls": "xlsx", "parquet": "parquet",
    "graphml": "graphml", "gexf": "gexf", "net": "pajek", "paj": "pajek", "dl": "ucinet", "json": "kumu"
}  # fmt: skip
NETWORKS = ("graphml", "gexf", "pajek", "ucinet", "kumu")
"""Formats of network programs, which may feed several tables."""

ASKED = frozenset({"KM219", "KM225", "KM251"})
"""Errors that ask a question about a file which was understood otherwise: how its dates are written."""

SURVEYS = ("microsoft_forms", "google_forms", "qualtrics", "roster")
"""Formats of survey forms: they are known by the people that their questions name."""

MEETINGS = ("teams", "zoom", "eventbrite")
EXPORTS = (*MEETINGS, *SURVEYS, "matrix")
"""Formats of other programs that are tried on files whose headings say nothing, most telling first."""

_BEFORE = {"organisations": (*MEETINGS, "matrix")}
"""Formats that are likelier than a table which few headings speak for."""

START = 200_000
"""Bytes of a text file by which its columns are judged."""

MADE = frozenset({"artefacts", "artifacts", "artifact", "artefact", "evidence", "outputs", "resources", "products"})
"""Words in the name of a file that lists what was made."""

TOLD = 8
"""Headings of a file that are told; wider files only say how many more there are."""


@dataclass(frozen=True, slots=True, eq=False)
class Guess:
    """What a file (or sheet) seems to be: its table ("" for nothing), the line of the config, why, how well its headings
    fit, its rows where they were read as a table of kmnet, and the wave of a survey form."""

    table: str
    written: str
    why: str
    fit: float = 0.0
    reading: Reading | None = None
    network: bool = False
    wave: str = ""


def ending(path: Path) -> str:
    """The ending of a file's name in lower case, without ``.gz``."""
    parts = path.name.lower().removesuffix(".gz").rsplit(".", 1)
    return parts[1] if len(parts) == 2 else ""


def guess_of(name: str, data: bytes, sheet: str | None) -> Guess:
    """What a page seems to be by itself: a table of kmnet, an export, or a network of another program."""
    how = ENDINGS[ending(Path(name))]
    if how == "csv" and data.lstrip(b"\xef\xbb\xbf \t\r\n")[:3].lower() in (b"dl ", b"dl\n", b"dl\r"):
        return _network(name, data, "ucinet")
    if how in NETWORKS:
        return _network(name, data, how)
    start = _start(data) if how == "csv" else data
    best, headings = _best(name, start, sheet)
    if not headings and len(start) < len(data):  # the cut fell into a cell of several lines
        best, headings = _best(name, data, sheet)
    if best is not None:
        formats = () if best.sure else _BEFORE.get(best.table, MEETINGS)
        if export := export_of(name, data, sheet, formats=formats):
            return export  # a sheet of people by workshops may have their organisations, too
        reading = read_as(name, data, sheet, best.table, "")
        return Guess(best.table, written(name, sheet), _told(headings), best.fit, reading)
    export = export_of(name, data, sheet)
    why = "" if headings or export else _why(name, data, sheet, "people", how)
    return export or (Guess("", written(name, sheet), why) if why else _mapped(name, sheet, headings))


class _Best(NamedTuple):
    """The table that headings fit best, and whether they say so without a doubt."""

    table: str
    fit: float
    sure: bool


def _best(name: str, data: bytes, sheet: str | None) -> tuple[_Best | None, tuple[str, ...]]:
    best: _Best | None = None
    headings: tuple[str, ...] = ()
    for table in INPUTS.values():
        reading = read_as(name, data, sheet, table.name, "")
        if reading is None:
            continue
        headings = reading.headings
        found = matched(headings, table, Source(path=name))
        if needed(table, Source(path=name)) <= found:
            fit = len(found) - 0.1 * (len(headings) - len(found)) + _named(table.name, name, sheet)
            people_too = table.name == "organisations" and {"name", "organisation"} <= set(map(plain, headings))
            sure = table.name in name.casefold() or (2 * len(found) > len(headings) and not people_too)
            if best is None or fit > best.fit:
                best = _Best(table.name, fit, sure)
    return best, headings


def _start(data: bytes) -> bytes:
    """The first rows of a long text file, which say as much about its columns as all of them."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16, where a line feed is no byte of its own
    cut = data.rfind(b"\n", 0, START) + 1
    return data if wide or len(data) <= START or not cut else data[:cut]


def _named(table: str, name: str, sheet: str | None) -> float:
    """What a file's or sheet's name adds to the fit of a table: much if it is the table's own."""
    own = plain(sheet) if sheet else plain(Path(name.removesuffix(".gz")).stem)
    return 1.5 if own == plain(table) else 0.5 * (table in name.casefold())


def _network(name: str, data: bytes, how: str) -> Guess:
    """A file of a network program: attendance where it joins people to events, else contacts, else people."""
    line = written(name, None, **({"format": how} if how not in ENDINGS[ending(Path(name))] or how == "kumu" else {}))
    found = {
        t: r
        for t in ("interactions", "attendance", "people")
        if (r := read_as(name, data, None, t, how)) and len(r.lines)
    }
    for table in sorted(found, key=lambda t: (t == "people", -len(found[t].lines))):
        too = "; name it under `attendance:` too, for its events" if table[0] == "i" and "attendance" in found else ""
        return Guess(table, line, readers()[how].title + too, 0.0, found[table], network=True)
    return Guess("", line, _why(name, data, None, "interactions", how) or "a network without nodes")


def kumu_of(name: str, data: bytes) -> Guess | None:
    """A workbook that is a Kumu project: one sheet lists elements, another connections."""
    both = [read_as(name, data, None, table, "kumu") for table in ("people", "interactions")]
    return _network(name, data, "kumu") if all(r is not None and len(r.lines) for r in both) else None


def _why(name: str, data: bytes, sheet: str | None, table: str, how: str) -> str:
    """Why a file cannot be read, in its reader's words; "" where it can."""
    try:
        found = readers()[how](Opened(name, data, Source(path=name, sheet=sheet), INPUTS[table]))
    except Exception:  # as above: it is not of this format
        return "it cannot be read"
    wrong = [p for p in found.problems if p.severity == "error"]
    return f"{wrong[0].message}. {wrong[0].fix}" if wrong and found.failed else ""


def _told(headings: tuple[str, ...]) -> str:
    given = [h for h in headings if h]
    more = f" and {len(given) - TOLD} more" if len(given) > TOLD else ""
    return ", ".join(" ".join(h.split()) for h in given[:TOLD]) + more


def _nobody(text: str) -> str:
    return ""


def read_as(
    name: str,
    data: bytes,
    sheet: str | None,
    table: str,
    how: str,
    who: Callable[[str], str] = _nobody,
    workshop: str | None = None,
) -> Reading | None:
    reader = readers()[how] if how else readers().get(ENDINGS[ending(Path(name))])
    if reader is None or (reader.feeds and table not in reader.feeds):
        return None
    try:
        reading = reader(Opened(name, data, Source(path=name, sheet=sheet, workshop=workshop), INPUTS[table], who=who))
    except Exception:  # a format that is only tried on: whatever it does not expect means that it is not this format
        return None
    return None if reading.failed else reading


def export_of(
    name: str,
    data: bytes,
    sheet: str | None,
    who: Callable[[str], str] = _nobody,
    formats: tuple[str, ...] = EXPORTS,
) -> Guess | None:
    """An export of another program, tried on by its reader."""
    for how in (h for h in formats if h in readers()):
        for table in readers()[how].feeds:
            reading = read_as(name, data, sheet, table, how, who)
            signed = how == "matrix" and reading is None  # a list that people signed, at one workshop
            reading = reading or (read_as(name, data, sheet, table, how, who, Path(name).stem) if signed else None)
            if reading is not None and _says_something(reading, how):
                more = {"format": how}
                if table == "attendance" and (how != "matrix" or signed):
                    more["workshop"] = Path(name).stem
                if table == "survey":
                    more["wave"] = _wave(sheet or Path(name.removesuffix(".gz")).stem)
                title = readers()[how].title
                return Guess(table, written(name, sheet, **more), title, 0.0, reading, wave=more.get("wave", ""))
    return None


def _says_something(reading: Reading, how: str) -> bool:
    """Whether a reader found rows and no error; a meeting's report may say that nobody came."""
    nobody = how in MEETINGS and any(p.code == "KM215" for p in reading.problems)
    wrong = any(p.severity == "error" and p.code not in ASKED for p in reading.problems)
    return (len(reading.lines) > 0 or nobody) and not wrong


def _wave(title: str) -> str:
    """The word of a title that says which wave it is, such as before or follow-up; else the whole title."""
    words = [w for w in re.split(r"[^\w-]+|_", title) if w]
    words += [part for w in words for part in w.split("-") if part]  # follow-up is one word, form-after two
    return next((w.casefold() for w in words if moment_order(w)[0] != 1), title)


def _mapped(name: str, sheet: str | None, headings: tuple[str, ...]) -> Guess:
    """A file named after a table whose headings have other words: the nearest heading for each needed column."""
    title = Path(name.removesuffix(".gz")).stem if sheet is None else sheet
    stem = nearest(title, INPUTS) or ("artefacts" if MADE & set(plain(title).split()) else "")
    if not stem or not any(headings):
        return Guess("", written(name, sheet), f"headings: {_told(headings) or 'none'}")
    said = {h: matched((h,), INPUTS[stem], Source(path="")) for h in headings if h}
    free = [h for h, means in said.items() if not means]
    titles = [h for h, means in said.items() if means & {"title", "name"}]  # where nothing is called an id
    first = (titles or free or [*said])[:1]
    pairs = {f.name: nearest(f.name, free) or first[0] for f in INPUTS[stem].fields if f.needed}
    columns = ", ".join(f"{column}: {word_of(heading)}" for column, heading in pairs.items())
    why = "columns are a guess: correct them"
    if stem == "artefacts":
        why += "; who made, shared or used them is a table of its own, artefact_events, a row an event"
    return Guess(stem, written(name, sheet, columns=f"{{{columns}}}"), why)


def written(name: str, sheet: str | None, **more: str) -> str:
    """A file as the config names it."""
    words = {"path": word_of(name), **({"sheet": word_of(sheet)} if sheet else {})}
    words |= {key: value if key == "columns" else word_of(value) for key, value in more.items()}
    return words["path"] if len(words) == 1 else "{" + ", ".join(f"{k}: {v}" for k, v in words.items()) + "}"


def word_of(text: str) -> str:
    """Text as YAML may hold it bare, else in quotes."""
    bare = all(c.isalnum() or c in " ._/-" for c in text) and text.strip() == text
    return (
        text if bare and text.lstrip("./")[:1].isalpha() and ": " not in text else "'" + text.replace("'", "''") + "'"
    )
