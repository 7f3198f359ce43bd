"""From text under headings to the columns of a table: ids and texts cleaned, numbers, dates and flags understood.

Every cell that is not understood is reported with its line; nothing becomes empty by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kmnet.config.schema import Source
from kmnet.tables.cells import clean, flag, fold, many, number, plain
from kmnet.tables.coded import Coded
from kmnet.tables.dates import EARLIEST, LATEST, on_day, prove
from kmnet.tables.desk import Desk
from kmnet.tables.headings import FILLS, Heads, match
from kmnet.tables.reader import Opened, Reading
from kmnet.tables.resolve import PERSONS
from kmnet.tables.schema import Field
from kmnet.tables.work import KINDS, Work

ACTIONS = ("made", "shared", "received", "used")


@dataclass(frozen=True, eq=False)
class Fault:
    """Rows whose cell was not understood."""

    code: str
    message: str
    column: str
    hit: NDArray[np.bool_]


def typed(reading: Reading, opened: Opened, desk: Desk) -> Work | None:
    """Rows of one file as a :class:`Work`, with every problem on the desk; None where a needed column is missing."""
    table, source = opened.table, opened.source
    heads = match(reading.headings, table, source, opened.named, reading.heading_line)
    desk.add(*reading.problems, *heads.problems)
    file = desk.file(table.name, opened.named, reading.read, reading.set_aside, reading.merged)
    if any(p.code in ("KM206", "KM241") for p in heads.problems):
        return None
    if heads.unused:
        message = f"{many(len(heads.unused), 'column')} {'was' if len(heads.unused) == 1 else 'were'} not used"
        desk.say("KM217", message, opened.place(reading.heading_line), ", ".join(heads.unused))
    raw, lines = _rows(_raw(reading, heads, source), reading, heads, opened, desk, file)
    raw, lines = _here(raw, lines, opened, desk, file)
    n = len(lines)
    texts: dict[str, Coded] = {}
    values: dict[str, NDArray] = {}
    faults: list[Fault] = []
    for f in table.fields:
        column = raw.get(f.name, Coded.same(_filled(f, source), n))
        if f.kind not in KINDS:
            texts[f.name] = column
        else:
            values[f.name], found = _parse(f, column, source, opened, desk)
            faults += found
        if f.needed:
            faults.append(Fault("KM223", f"There is no {f.name}", f.name, column.empty))
        if f.kind == "action":
            texts[f.name] = column.map(fold)
            hit = texts[f.name].test(lambda v: bool(v) and v not in ACTIONS)
            faults.append(Fault("KM224", "The action is not one of made, shared, received, used", f.name, hit))
    texts |= {c: raw[c] for c in heads.extra}
    headings = {c: reading.headings[k] for c, k in heads.where.items()}
    given = frozenset([*heads.where, *heads.extra, *(c for c in FILLS if getattr(source, c))])
    work = Work(table, texts, values, np.full(n, file, np.int16), lines, given, headings)
    return _settled(work, faults, raw, desk)


def _rows(
    raw: dict[str, Coded], reading: Reading, heads: Heads, opened: Opened, desk: Desk, file: int
) -> tuple[dict[str, Coded], NDArray[np.int64]]:
    """Without rows in which the headings stand again (a printed page begins); another table below is an error."""
    own = {c: plain(reading.headings[k]) for c, k in {**heads.extra, **heads.where}.items()}
    first = next((f.name for f in opened.table.fields if f.needed and f.name in raw), "")
    if not first or not raw[first].test(lambda v: plain(v) == own[first]).any():
        return raw, reading.lines
    equal = {c: raw[c].test(lambda v, c=c: plain(v) == own[c]) for c in raw}  # type: ignore[misc]
    again = equal[first] & (sum(e.astype(int) for e in equal.values()) >= min(2, len(equal)))
    for row in np.flatnonzero(again).tolist():
        line = int(reading.lines[row])
        others = [v for c in raw if not equal[c][row] and (v := str(raw[c].take(np.array([row])).cells()[0]))]
        if others:
            fix = "Put every table on a sheet or into a file of its own."
            desk.add(
                opened.problem("KM243", "Another table begins below this one", line, seen=", ".join(others), fix=fix)
            )
    if again.any():
        line = int(reading.lines[np.flatnonzero(again)[0]])
        desk.add(opened.problem("KM244", f"{many(int(again.sum()), 'row')}: the headings again", line))
        desk.set_aside(file, int(again.sum()))
    return {c: cells.take(~again) for c, cells in raw.items()}, reading.lines[~again]


def _here(
    raw: dict[str, Coded], lines: NDArray[np.int64], opened: Opened, desk: Desk, file: int
) -> tuple[dict[str, Coded], NDArray[np.int64]]:
    """Without the rows of people who are gone: before any cell is understood, so that none of theirs tells of anything."""
    gone = np.zeros(len(lines), dtype=bool)
    for column in PERSONS.get(opened.table.name, ()):
        if column in raw and column != "introduced_by":
            gone |= raw[column].test(opened.left)
    if not gone.any():
        return raw, lines
    desk.withdrawn(file, int(gone.sum()))
    return {c: cells.take(~gone) for c, cells in raw.items()}, lines[~gone]


def _settled(work: Work, faults: list[Fault], raw: dict[str, Coded], desk: Desk) -> Work:
    """Report every fault and set aside the rows that the policies drop, each counted once."""
    gone = np.zeros(len(work), dtype=bool)
    for fault in faults:
        each = fault.code != "KM223"
        shown = work.put(**{fault.column: raw[fault.column]}) if fault.column in raw else work
        desk.find(shown, fault.hit, fault.code, fault.message, fault.column, each=each)
        if desk.policies.drops(fault.code):
            gone |= fault.hit
    return desk.count(work, gone, "set_aside")


def _filled(f: Field, source: Source) -> str:
    return clean(str(getattr(source, f.name) or "")) if f.name in FILLS else ""


def _raw(reading: Reading, heads: Heads, source: Source) -> dict[str, Coded]:
    """The columns that the file has, cleaned, with the texts that the config calls missing made empty."""
    missing = {plain(c): {fold(t) for t in texts} for c, texts in source.missing_values.items()}
    scale = {plain(word): repr(value) for word, value in source.scale.items()}
    out = {}
    for column, k in {**heads.extra, **heads.where}.items():
        empty = missing.get(plain(column), set()) | missing.get(plain(reading.headings[k]), set())
        cells = reading.columns[k].map(clean)
        if column == "strength" and scale:
            cells = cells.map(lambda v: scale.get(plain(v), v))
        out[column] = cells.map(lambda v, empty=empty: "" if fold(v) in empty else v) if empty else cells  # type: ignore[misc]
    return out


def _parse(f: Field, column: Coded, source: Source, opened: Opened, desk: Desk) -> tuple[NDArray, list[Fault]]:
    if f.kind == "flag":
        read = {v: flag(v) for v in column.values}
        bad = column.test(lambda v: read[v] is None)
        return column.test(lambda v: bool(read[v])), [Fault("KM222", "The cell says neither yes nor no", f.name, bad)]
    if f.kind == "number":
        found = {v: number(v) for v in column.values}
        numbers = column.numbers(lambda v: np.nan if found[v] is None else float(found[v]))  # type: ignore[arg-type]
        bad = column.test(lambda v: bool(v) and found[v] is None)
        below = numbers < 0
        return numbers, [
            Fault("KM221", "The cell is no plain number", f.name, bad),
            Fault("KM226", "The number is below zero", f.name, below),
        ]
    return _dates(f, column, source, opened, desk)


def _dates(f: Field, column: Coded, source: Source, opened: Opened, desk: Desk) -> tuple[NDArray, list[Fault]]:
    proof = prove(column.used() if len(column) else (), source.date_format, source.excel_serial)
    if proof.ambiguous and opened.held and (proved := on_day(column.used(), proof.ambiguous[:2], opened.held)):
        message = f"Dates were read as {proved.format}, since the workshop was held on {opened.held}"
        desk.say("KM250", message, opened.place(0, f.name))
        proof = proved
    if proof.ambiguous:
        one, two, cell = proof.ambiguous
        line_message = f"Every date of the column can be read as {one} and as {two}, and they differ"
        desk.say("KM219", line_message, opened.place(0, f.name), cell)
    out = {c: m for c, m in proof.moments.items() if EARLIEST <= m.year <= LATEST}
    stamps = np.array([np.datetime64(out[v], "ns") if v in out else np.datetime64("NaT", "ns") for v in column.values])
    days = stamps[column.codes] if len(stamps) else np.zeros(0, dtype="datetime64[ns]")
    years = {c for c in proof.serial if len(c) == 4 and EARLIEST <= int(c) <= LATEST}
    bad, serial = set(proof.bad), set(proof.serial) - years
    wrong = set(proof.moments) - set(out)
    known = (
        f"The cell is no date written as {proof.format}, as the others are"
        if proof.format
        else "The cell is no full date"
    )
    return days.astype("datetime64[ns]"), [
        Fault("KM220", known, f.name, column.test(bad.__contains__)),
        Fault("KM225", "A bare number stands where a date should", f.name, column.test(serial.__contains__)),
        Fault("KM251", "A year stands where a full date should", f.name, column.test(years.__contains__)),
        Fault("KM246", "The year is not between 1900 and 2100", f.name, column.test(wrong.__contains__)),
    ]
