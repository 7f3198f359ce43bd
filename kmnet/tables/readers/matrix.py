"""Sign-in sheets as people make them: people down the side, workshops across the top, marks where they meet."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kmnet.errors import Problem
from kmnet.tables.cells import fold, many, plain
from kmnet.tables.grid import Grid, at, columns, person, whole
from kmnet.tables.marks import ABSENT, PRESENT, Mark, read_mark
from kmnet.tables.names import bare, nobody
from kmnet.tables.reader import Opened, Reading, failed, reader, rows_reading
from kmnet.tables.signin import (
    NOTES,
    SIGNED,
    TOTALS,
    Meeting,
    blocks,
    meetings,
    top_of,
    with_marks,
)
from kmnet.tables.tabulate import Row
from kmnet.tables.turned import dated_below, listed, turned
from kmnet.tables.workbook import shaded

_SEVERAL = re.compile(r"\s*(?:[;&/+\n]|\band\b|\bet\b|\bund\b)\s*")


@dataclass
class _Tally:
    """What a sheet gave: rows with their lines, how many marks were left out and why, and what is said of them."""

    opened: Opened
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    aside: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    dated: bool = False

    def leave(self, why: str, line: int, count: int = 1) -> None:
        self.aside[why] += count
        self.first.setdefault(why, line)

    def came(self, who: str, meeting: Meeting, table: str, line: int) -> None:
        self.rows.append([who, meeting.name, meeting.date, table])
        self.lines.append(line)
        self.dated |= bool(meeting.date)

    def say(self, code: str, message: str, line: int = 0, column: str = "", seen: str = "", fix: str = "") -> None:
        self.problems.append(self.opened.problem(code, message, line, column, seen, fix))


@reader(feeds=("attendance",), title="Sign-in sheet: people by workshops")
def matrix(opened: Opened) -> Reading:
    """One row a mark that somebody came. The ledger counts marks: cells under a workshop that are not empty."""
    grid = whole(opened)
    if isinstance(grid, Problem):
        return failed(grid)
    names = listed(grid, opened) if top_of(grid, opened) is None else None
    sheet, lines = (names, list[int]()) if names else turned(dated_below(grid), opened)
    found = top_of(sheet, opened)
    if found is None:
        seen = " | ".join(grid.rows[0][1])[:200] if grid.rows else ""
        message = "No row of headings with people and workshops was found"
        return failed(
            opened.problem("KM243", message, seen=seen, fix="Name the people's column: `columns: {person: ...}`.")
        )
    tally = _Tally(opened)
    for block in blocks(sheet, opened):
        _block(block, tally, lines)
    if sheet is grid and opened.data[:2] == b"PK":  # as it stands, so that its columns are those of the workbook
        _colours(grid, tally)
    head = sheet.rows[found[0]][0]
    for why in sorted(tally.first):
        if tally.aside[why]:
            tally.say("KM244", f"{many(tally.aside[why], 'mark')}: {why}", tally.first[why])
    if found[0] + 1 == len(sheet.rows):
        tally.say("KM215", "The sheet has headings but no people", head)
    elif not tally.rows and tally.aside and not tally.aside["unclear"]:
        tally.say("KM215", "By the marks of the sheet nobody came", head)
    elif not tally.rows and not any(p.code == "KM243" for p in tally.problems):
        fix = "Write an x where somebody came; a colour alone is not read."
        tally.say("KM243", "No mark of the sheet says that somebody came", head, fix=fix)
    # What is merged in the headings was filled in.
    noticed = [p for p in grid.problems if p.code != "KM238" or p.place.line > head]
    keep = [0, 1, *([2] if tally.dated else []), 3]
    headings = ["person", "workshop", "date", "table"]
    said = [*noticed, *tally.problems]
    if not tally.rows and any(p.code == "KM243" for p in said):
        return failed(*said)
    return rows_reading(
        [headings[k] for k in keep],
        [[row[k] for k in keep] for row in tally.rows],
        tally.lines,
        problems=said,
        set_aside=sum(tally.aside.values()),
        heading_line=head,
    )


def _block(grid: Grid, tally: _Tally, lines: list[int]) -> None:
    """One table of the sheet."""
    opened, found = tally.opened, top_of(grid, tally.opened)
    if found is None:  # nothing but lines above or below a table
        return
    top, persons = found
    line, heads = grid.rows[top]
    body, others = _people(grid.rows[top + 1 :], _name(heads, persons), persons, opened)
    every, problems = meetings(grid.rows, top, persons, opened)
    stay = [row for row in body if not opened.left(_name(row[1], persons))]  # who left decides nothing
    chosen = with_marks(every, stay)
    if not chosen and opened.source.workshop and (signed := _signed(heads)):
        chosen = [Meeting(signed, opened.source.workshop, "", signed=True)]
    kept = {m.head for m in chosen}
    tally.problems += [p for p in problems if p.place.column in kept]
    _left_out([m for m in every if m not in chosen], stay, line, tally)
    names = [m.name for m in chosen if not m.booked]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        tally.say("KM207", "The same heading stands over two columns of marks", line, seen=", ".join(twice))
    if not chosen:
        tally.say("KM243", "No column of marks was found", line)
    for why, (number, cells) in others:
        if count := sum(1 for m in chosen if at(cells, m.column)):
            tally.leave(why, number, count)
    _marks(body, heads, persons, chosen, tally, lines)


def _colours(grid: Grid, tally: _Tally) -> None:
    """Say where a colour stands in place of a mark: not where all empty cells have one, as a background."""
    opened, found = tally.opened, top_of(grid, tally.opened)
    if found is None or len(list(blocks(grid, opened))) > 1:
        return
    top, persons = found
    body, _ = _people(grid.rows[top + 1 :], _name(grid.rows[top][1], persons), persons, opened)
    body = [row for row in body if not opened.left(_name(row[1], persons))]
    places = [m.column for m in with_marks(meetings(grid.rows, top, persons, opened)[0], body)]
    empty = [(line, k) for line, cells in body if _name(cells, persons) for k in places if not at(cells, k)]
    colours = shaded(opened) if empty else {}
    hits = [place for place in empty if place in colours]
    if hits and (len(hits) < len(empty) or len({colours[place] for place in hits}) > 1):
        heading = at(grid.rows[top][1], hits[0][1])
        tally.say("KM252", f"{many(len(hits), 'cell')} with a colour in place of a mark", hits[0][0], heading)


def _signed(heads: list[str]) -> int:
    """The column in which people signed for one workshop; 0 where there is none."""
    return next((k for k, head in enumerate(heads) if plain(head) in SIGNED), 0)


def _left_out(left: list[Meeting], body: list[Row], line: int, tally: _Tally) -> None:
    """Say which columns were taken for no workshops; that is a warning where some of their cells look like marks."""
    if not left:
        return
    cells = [c for m in left for _, row in body if (c := at(row, m.column))]
    marks = sum(1 for c in cells if read_mark(c).kind != "unclear")
    many_marks = f", although {many(marks, 'cell')} in them could be" if marks else ""
    message = f"{many(len(left), 'column')} of the sheet {'holds' if len(left) == 1 else 'hold'} no marks and"
    message += f" {'was' if len(left) == 1 else 'were'} left out{many_marks}"
    problem = tally.opened.problem("KM217", message, line, seen=", ".join(m.name for m in left))
    tally.problems.append(problem.with_severity("warning") if marks else problem)


def _people(rows: list[Row], again: str, persons: list[int], opened: Opened) -> tuple[list[Row], list[tuple[str, Row]]]:
    """Rows that are somebody's; and the others (totals, keys, notes below), each with what it is."""
    people: list[Row] = []
    others: list[tuple[str, Row]] = []
    below = False
    for line, cells in rows:
        named = _name(cells, persons)
        known = bool(opened.who(named))
        below |= not known and NOTES.fullmatch(plain(named)) is not None
        if named and named == again:
            others.append(("the headings again", (line, cells)))
        elif not known and TOTALS.fullmatch(plain(named) or plain(at(cells, 0)) or " "):
            others.append(("totals", (line, cells)))
        elif not known and (below or (fold(named) in (PRESENT | ABSENT) - {""} and not named.isdigit())):
            others.append(("below the sheet, where the marks are explained", (line, cells)))
        elif not known and named and nobody(named):
            others.append(("no name, only a word in its place", (line, cells)))
        else:
            people.append((line, cells))
    return people, others


def _name(cells: list[str], persons: list[int]) -> str:
    return " ".join(c for k in persons if (c := at(cells, k)))


def _marks(
    body: list[Row], heads: list[str], persons: list[int], chosen: list[Meeting], tally: _Tally, across: list[int]
) -> None:
    """The marks of the people of a table."""
    opened = tally.opened
    mail = columns(heads, email=("Email", "E-mail", "Email address")).get("email")
    signing = _by_initials([row for row in body if not opened.left(_name(row[1], persons))], persons, chosen)
    for line, cells in body:
        named = _name(cells, persons)
        given = [(m, c) for m in chosen if (c := at(cells, m.column))]
        several = _together(named, opened)
        everybody = several or [named if opened.who(named) else person(named, at(cells, mail))]
        if not everybody[0]:
            tally.leave("no name beside them", line, len(given))
            continue
        if opened.left(everybody[0]):  # nothing of theirs is understood; these rows are counted as withdrawn
            for meeting, _ in given:
                tally.came(everybody[0], meeting, "", across[meeting.column] if across else line)
            continue
        for meeting, cell in given:
            where = across[meeting.column] if across else line
            mark = _understood(cell, named, signing, opened)
            if meeting.signed:  # whatever stands there is a signature, unless it says no
                no = fold(cell) in ABSENT and fold(cell) != _initials(named)
                mark = Mark("absent" if no else "present")
            if meeting.booked:
                tally.leave("to be registered is not to attend", where)
            elif mark.kind == "present" or (mark.kind == "substitute" and opened.who(mark.who)):
                for who in [mark.who] if mark.who else everybody:
                    tally.came(who, meeting, mark.table, where)
            elif mark.kind == "absent":
                tally.leave("did not come", where)
            elif mark.kind == "substitute":
                tally.leave("somebody else came whom the register does not know", where)
            else:
                tally.aside["unclear"] += 1
                tally.say("KM245", "The mark is not understood", where, meeting.name, seen=cell)


def _understood(cell: str, named: str, signing: bool, opened: Opened) -> Mark:
    """A cell, by the words that people use or by the person's own initials."""
    own = fold(cell).replace(".", "") == _initials(named)
    mark = read_mark(cell)
    if own and signing:
        return Mark("unclear") if mark.kind == "absent" else Mark("present")
    if mark.kind == "substitute" and opened.who(mark.who) == opened.who(named) != "":
        return Mark("present")
    return mark


def _initials(name: str) -> str:
    return "".join(word[0] for word in bare(name).split())


def _by_initials(body: list[Row], persons: list[int], chosen: list[Meeting]) -> bool:
    """Whether people signed the sheet with their initials: at least two did."""
    own = sum(
        1
        for _, cells in body
        if any(fold(at(cells, m.column)).replace(".", "") == _initials(_name(cells, persons)) for m in chosen)
    )
    return own > 1


def _together(named: str, opened: Opened) -> list[str]:
    """The people of a row that is for several, where the register knows each of them; else nobody."""
    parts = [p for p in _SEVERAL.split(named) if p]
    ids = {opened.who(p) for p in parts}
    return parts if len(parts) > 1 and "" not in ids and len(ids) == len(parts) else []
