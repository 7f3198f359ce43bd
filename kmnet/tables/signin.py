"""Where things stand on a sign-in sheet: the row of headings, the people, the workshops and their dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kmnet.errors import Problem
from kmnet.tables.cells import plain
from kmnet.tables.dates import excel_day, prove, readings
from kmnet.tables.grid import Grid, at
from kmnet.tables.marks import is_mark
from kmnet.tables.reader import Opened
from kmnet.tables.tabulate import LOOK, Row

PERSON = frozenset(
    {
    "person", "person id", "id", "name", "full name", "participant", "participants", "attendee", "attendees",
    "member", "members", "delegate", "delegates", "staff", "names", "participant name", "attendee name",
    "staff no", "staff name", "nom", "nom et prenom", "nombre", "nombre y apellidos", "nome", "naam", "teilnehmer",
    "teilnehmerin", "teilnehmende", "participante", "participantes", "deelnemer", "deelnemers", "imie i nazwisko"
}
)  # fmt: skip
FIRST = frozenset(
    {"first name", "forename", "given name", "firstname", "vorname", "prenom", "nombre de pila", "voornaam", "imie"}
)
LAST = frozenset(
    {
    "surname", "last name", "family name", "lastname", "nachname", "nom de famille", "apellido", "apellidos",
    "achternaam", "nazwisko"
}
)  # fmt: skip
_IDS = frozenset({"id", "person id", "staff no", "person"})
NOT_WORKSHOPS = frozenset(
    {
    "role", "job title", "title", "organisation", "organization", "org", "employer", "team", "group", "cig",
    "project", "cohort", "email", "e mail", "email address", "phone", "telephone", "mobile", "note", "notes",
    "comment", "comments", "total", "totals", "total attended", "sessions attended", "number attended",
    "no attended", "attended", "attendance", "count", "sum", "%", "percent", "percentage", "% attended",
    "% attendance", "attendance %", "no", "dietary", "dietary requirements", "access needs", "reason",
    "reasons", "apologies", "consent", "sector", "region", "signature", "facilitator", "status",
    "department", "site", "base", "venue", "location", "hours", "date", "day", "time", "invited", "registered"
}
)  # fmt: skip
_ASIDE = re.compile(
    r"\b(?:consent\w*|photos?|photograph\w*|gdpr|diet\w*|lunch|parking|allerg\w*|e-?mail|phone|mobile|newsletter|expenses|vegan"
    r"|vegetarian|mailing list)\b",
    re.IGNORECASE,
)
"""What a sheet asks people beside their coming."""

_OF_AN_EVENT = re.compile(r"\d|workshop|session|event|meeting|seminar|training|talk|learn|\bday\b", re.IGNORECASE)
SIGNED = frozenset(
    {"in", "time in", "arrival", "arrived", "arrival time", "sign in", "signed in", "signature", "signed", "initials"}
)
"""Headings below which people sign: whatever stands there says that they came."""

_WENT_OUT = frozenset({"out", "time out", "departure", "departed", "sign out", "signed out", "left", "leaving time"})
TOTALS = re.compile(
    r"(grand |sub )?totals?\b.*|sum|count|average|mean|%.*|percent.*|number (attend|present).*|no (attend|present).*"
    r"|attendance( rate| total| %)?|attended|headcount|n|apologies|present|absent"
)
NOTES = re.compile(r"(?:key|legend|notes?)\b.*")
"""What begins the lines below a sheet: nobody is listed there."""

_DATE_PART = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}"
    r"|\d{1,2}(?:st|nd|rd|th)?[\s\-]+[A-Za-z]{3,9}\.?,?[\s\-]+(?:\d{4}|\d{2})\b"
    r"|[A-Za-z]{3,9}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
)
_HALF_DATE = re.compile(
    r"\d{1,2}/\d{1,2}|.*\b\d{1,2}(?:st|nd|rd|th)?[\s\-]+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"[34]\d{4}(?:\.0)?|5[0-4]\d{3}(?:\.0)?")
"""Excel's number of a day between 1982 and 2050."""

_BOOKED = r"registered|registration|booked|booking|invited|rsvp|signed up|expected"
_BOOKED_AFTER = re.compile(rf"(?P<stem>.*?)\b(?:{_BOOKED})$")
_BOOKED_BEFORE = re.compile(rf"(?:{_BOOKED})\b(?P<stem>.+)")
_CAME = re.compile(r"(?P<stem>.*\S)[\s(:\-–]+(?:attended|present|came|actual)\)?", re.IGNORECASE)
_CAME_BEFORE = re.compile(r"(?:attended|present|came|actual)[\s:\-–]+(?P<stem>.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Meeting:
    """A column of marks. ``booked`` marks say who meant to come, which is not to have come; where people ``signed``,
    whatever stands there is a mark; ``head`` is its heading."""

    column: int
    name: str
    date: str
    booked: bool = False
    head: str = ""
    signed: bool = False


def person_columns(cells: list[str], opened: Opened) -> tuple[list[int], int] | None:
    """Positions of the cells that name the person (one, or first name and surname), or None in no row of headings."""
    keys = [plain(c) for c in cells]
    mapped = plain(opened.source.columns.get("person", ""))
    if mapped and mapped in keys:
        return [keys.index(mapped)], keys.index(mapped)
    ids = [k for k, key in enumerate(keys) if key in _IDS]
    first = next((k for k, key in enumerate(keys) if key in FIRST), -1)
    last = next((k for k, key in enumerate(keys) if key in LAST), -1)
    last = keys.index("nom") if last < 0 <= first and "nom" in keys else last
    named = [k for k, key in enumerate(keys) if key in PERSON]
    if ids:
        return ids[:1], ids[0]
    if first >= 0 and last >= 0:
        return [first, last], max(first, last)
    return (named[:1], named[0]) if named else None


def top_of(grid: Grid, opened: Opened) -> tuple[int, list[int]] | None:
    """The row of headings and the person's columns in it."""
    for k, (line, cells) in enumerate(grid.rows[:LOOK]):
        wanted = opened.source.header_row
        found = person_columns(cells, opened)
        filled = sum(map(bool, cells))
        if wanted == line:
            return k, found[0] if found else [0]
        if not wanted and found and filled > len(found[0]):
            return k, found[0]
        # A row of dates above the people, with an empty corner.
        if not wanted and not at(cells, 0) and filled >= 1 and k + 1 < len(grid.rows):
            below = grid.rows[k + 1][1]
            if person_columns(below, opened) is None and at(below, 0) and all(map(is_mark, below[1:])):
                return k, [0]
    return None


def blocks(grid: Grid, opened: Opened) -> Iterator[Grid]:
    """The tables of a sheet that holds several, one below or beside the other: each has a row of headings of its own."""
    for part in _beside(grid, opened):
        for block in _stacked(part, opened):
            yield from _beside(block, opened)


def _beside(grid: Grid, opened: Opened) -> Iterator[Grid]:
    """Tables side by side: the heading of the people stands again further right."""
    found = None if opened.source.header_row else top_of(grid, opened)
    heads = grid.rows[found[0]][1] if found else []
    head = plain(heads[found[1][0]]) if found else ""
    again = [k for k, other in enumerate(heads) if plain(other) == head] if head in PERSON | FIRST else []
    if len(again) < 2:
        yield grid
        return
    edges = [0, *again[1:], max(len(cells) for _, cells in grid.rows)]
    for begin, end in zip(edges, edges[1:], strict=False):
        part = [(line, cells[begin:end]) for line, cells in grid.rows]
        yield Grid([row for row in part if any(row[1])], grid.problems)


def _stacked(grid: Grid, opened: Opened) -> Iterator[Grid]:
    """Tables one below the other: headings of other workshops stand in the middle of the sheet."""
    rows, begin = grid.rows, 0
    while found := None if opened.source.header_row else top_of(Grid(rows[begin : begin + LOOK]), opened):
        top, persons = begin + found[0], found[1]
        heads = rows[top][1]
        below = (
            k for k in range(top + 1, len(rows)) if rows[k][1] != heads and _heads_again(rows[k][1], persons, opened)
        )
        following = next(below, None)
        if following is None:
            break
        while following - 1 > top and _over(rows[following - 1][1], persons):  # dates above the headings
            following -= 1
        yield Grid(rows[begin:following], grid.problems)
        begin = following
    yield Grid(rows[begin:], grid.problems)


def _heads_again(cells: list[str], persons: list[int], opened: Opened) -> bool:
    """Whether a row below the headings is one of headings too: its person is called Name, its marks are none."""
    word = plain(at(cells, persons[0]))
    others = [c for k, c in enumerate(cells) if c and k not in persons]
    return (
        word in PERSON | FIRST | {plain(opened.source.columns.get("person", "")) or "name"}
        and bool(others)
        and 2 * sum(map(is_mark, others)) < len(others)
    )


def _over(cells: list[str], persons: list[int]) -> bool:
    """Whether a row stands above headings: dates or titles, and nobody's name."""
    return not at(cells, persons[0]) and not any(
        is_mark(c) or (c.isdigit() and not _SERIAL.fullmatch(c)) for c in cells if c
    )


def _above(rows: list[Row], top: int) -> dict[int, str]:
    """Headings over several columns (merged dates): each holds until the next one. A lone title is none."""
    if not top:
        return {}
    cells = rows[top - 1][1]
    filled = [k for k, c in enumerate(cells) if c]
    dated = any(_DATE_PART.search(c) or _SERIAL.fullmatch(c) for c in cells)
    if not filled or (len(filled) == 1 and filled[0] == 0) or (not dated and len(filled) < 2):
        return {}
    out, last = {}, ""
    for k in range(filled[0], len(rows[top][1])):
        last = at(cells, k) or last
        out[k] = last
    return out


def date_of(text: str) -> str:
    """The full date in a heading; "" where there is none."""
    found = _DATE_PART.search(text)
    return found[0] if found and readings(found[0]) else ""


def meetings(rows: list[Row], top: int, persons: list[int], opened: Opened) -> tuple[list[Meeting], list[Problem]]:
    """The columns that may hold marks, and what is to be said of their dates."""
    line, heads = rows[top]
    above = _above(rows, top)
    if opened.source.excel_serial:
        heads, above = [_day(h) for h in heads], {k: _day(h) for k, h in above.items()}
    found: list[Meeting] = []
    inside: set[str] = set()
    for k in range(len(heads)):
        own, over = heads[k], above.get(k, "")
        kind = plain(own)
        under = bool(over) and kind in SIGNED | {"attended", "registered", "invited"}  # one of a workshop's columns
        skip = kind in NOT_WORKSHOPS | PERSON | FIRST | LAST | SIGNED | _WENT_OUT or (
            _ASIDE.search(own) is not None and not _OF_AN_EVENT.search(own)
        )
        if k in persons or not (own or over) or (skip and not under) or (over and kind in _WENT_OUT):
            continue
        signed = over != "" and kind in SIGNED
        if signed:
            if over in inside:
                continue
            inside.add(over)
        name = over if under or (over and date_of(own) and not date_of(over)) else own or over
        head = over if _SERIAL.fullmatch(over) else own or over  # what is told of its date
        found.append(replace(_meeting(k, name, kind, date_of(own) or date_of(over), head), signed=signed))
    if any(m.booked for m in found):  # "Registered W1", "Attended W1"
        found = [replace(m, name=_CAME_BEFORE.sub(r"\g<stem>", m.name)) for m in found]
    found, problems = _dated(found, line, opened)
    names = Counter(plain(m.name) for m in found if not m.booked)
    if max(names.values(), default=0) > 1:
        # AM and PM under several dates, or two days of one workshop: the other heading belongs to the name.
        found = [_both(m, heads[m.column], above.get(m.column, ""), names[plain(m.name)]) for m in found]
    return found, problems


def _meeting(column: int, name: str, kind: str, date: str, head: str) -> Meeting:
    booked = _BOOKED_AFTER.fullmatch(kind) or _BOOKED_BEFORE.fullmatch(kind)
    came = _CAME.fullmatch(name)
    return Meeting(column, came["stem"] if came else name, date, booked is not None, head)


def _day(text: str) -> str:
    return excel_day(text).date().isoformat() if _SERIAL.fullmatch(text) else text


def _dated(found: list[Meeting], line: int, opened: Opened) -> tuple[list[Meeting], list[Problem]]:
    """Meetings with dates that need no other to be understood; what may be read in two ways is proved by the others.

    A declared format reads what is left as it stands (the table of rows does that).
    """
    problems = []
    for m in found:
        if _SERIAL.fullmatch(m.head):
            problems.append(opened.problem("KM225", "A bare number stands where a date should", line, m.head))
        elif not m.date and _HALF_DATE.fullmatch(m.head):
            message = "The heading is a date without its year, and was taken as the name of a workshop"
            problems.append(opened.problem("KM220", message, line, m.head).with_severity("warning"))
    if opened.source.date_format:
        return found, problems
    out = []
    for m in found:
        ways = readings(m.date)
        if len(ways) > 1:  # those written in the same way may say which is meant
            proof = prove({o.date for o in found if ways.keys() & readings(o.date).keys()})
            ways = {proof.format: proof.moments[m.date]} if m.date in proof.moments else {}
            if not ways:
                message = "The date of the heading can be read day first and month first, and they differ"
                problems.append(opened.problem("KM219", message, line, m.head, seen=m.date))
        out.append(replace(m, date=next((moment.date().isoformat() for moment in ways.values()), "")))
    return out, problems


def _both(meeting: Meeting, own: str, over: str, times: int) -> Meeting:
    """The meeting with both headings in its name, unless the upper one alone is nobody else's."""
    if meeting.name != own and (meeting.name != over or times < 2):
        return meeting
    return replace(meeting, name=" ".join(dict.fromkeys(part for part in (over, own) if part)))


def with_marks(found: list[Meeting], people: list[Row]) -> list[Meeting]:
    """Columns of marks among them: dated ones, those called like another (W1, W2), and those that hold mostly marks."""

    def shape(name: str) -> str:
        return re.sub(r"\d+", "#", plain(name))

    sure = [m for m in found if m.date or m.signed or _are_marks(people, m)]
    shapes = {shape(m.name) for m in sure if any(c.isdigit() for c in m.name)}
    return [m for m in found if m in sure or shape(m.name) in shapes]


def _are_marks(rows: list[Row], meeting: Meeting) -> bool:
    """Whether a column holds marks rather than notes or numbers."""
    cells = [c for _, row in rows if (c := at(row, meeting.column))]
    return not cells or 2 * sum(map(is_mark, cells)) >= len(cells)
