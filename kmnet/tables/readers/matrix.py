"""Sign-in sheets as people make them: people down the side, workshops across the top, marks where they meet."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from kmnet.errors import Problem
from kmnet.tables.cells import many, plain
from kmnet.tables.dates import readings
from kmnet.tables.grid import Grid, at, columns, person, whole
from kmnet.tables.marks import is_mark, read_mark
from kmnet.tables.reader import Opened, Reading, failed, reader, rows_reading
from kmnet.tables.tabulate import Row

_PERSON = frozenset(
    {
    "person", "person id", "id", "name", "full name", "participant", "participants", "attendee", "attendees",
    "member", "members", "delegate", "delegates", "staff", "names", "participant name", "attendee name",
    "staff no", "staff name"
}
)  # fmt: skip
_FIRST = frozenset({"first name", "forename", "given name", "firstname"})
_LAST = frozenset({"surname", "last name", "family name", "lastname"})
_NOT_WORKSHOPS = frozenset(
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
_CORNERS = frozenset(
    {"", "workshop", "workshops", "session", "sessions", "event", "events", "meeting", "name", "names"}
)
_TOTALS = re.compile(
    r"(grand |sub )?totals?\b.*|sum|count|average|mean|%.*|percent.*|number (attend|present).*|no (attend|present).*"
    r"|attendance( rate| total| %)?|attended|headcount|n|apologies|present|absent|key|legend|notes?"
)
_DATE_PART = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}"
    r"|\d{1,2}(?:st|nd|rd|th)?[\s\-]+[A-Za-z]{3,9}\.?,?[\s\-]+(?:\d{4}|\d{2})\b"
    r"|[A-Za-z]{3,9}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
)
_BOOKED = re.compile(r"(?P<stem>.*?)\b(?:registered|registration|booked|booking|invited|rsvp|signed up|expected)$")
_CAME = re.compile(r"(?P<stem>.*\S)[\s(:\-–]+(?:attended|present|came|actual)\)?", re.IGNORECASE)


@dataclass(frozen=True)
class Meeting:
    """A column of marks. ``booked`` marks say who meant to come, which is not to have come."""

    column: int
    name: str
    date: str
    booked: bool = False


def _person_columns(cells: list[str], opened: Opened) -> tuple[list[int], int] | None:
    """Positions of the cells that name the person (one, or first name and surname), or None in no row of headings."""
    keys = [plain(c) for c in cells]
    mapped = plain(opened.source.columns.get("person", ""))
    if mapped and mapped in keys:
        return [keys.index(mapped)], keys.index(mapped)
    ids = [k for k, key in enumerate(keys) if key in ("id", "person id", "staff no", "person")]
    first = next((k for k, key in enumerate(keys) if key in _FIRST), -1)
    last = next((k for k, key in enumerate(keys) if key in _LAST), -1)
    named = [k for k, key in enumerate(keys) if key in _PERSON]
    if ids:
        return ids[:1], ids[0]
    if first >= 0 and last >= 0:
        return [first, last], max(first, last)
    return (named[:1], named[0]) if named else None


def _top(grid: Grid, opened: Opened) -> tuple[int, list[int]] | None:
    """The row of headings and the person's columns in it."""
    for k, (line, cells) in enumerate(grid.rows[:40]):
        wanted = opened.source.header_row
        found = _person_columns(cells, opened)
        filled = sum(map(bool, cells))
        if wanted == line:
            return k, found[0] if found else [0]
        if not wanted and found and filled > len(found[0]):
            return k, found[0]
        # A row of dates above the people, with an empty corner.
        if not wanted and not at(cells, 0) and filled >= 1 and k + 1 < len(grid.rows):
            below = grid.rows[k + 1][1]
            if _person_columns(below, opened) is None and at(below, 0) and all(map(is_mark, below[1:])):
                return k, [0]
    return None


def _above(rows: list[Row], top: int) -> dict[int, str]:
    """Headings over several columns (merged dates): each holds until the next one. A lone title is none."""
    if not top:
        return {}
    cells = rows[top - 1][1]
    filled = [k for k, c in enumerate(cells) if c]
    if (
        not filled
        or (len(filled) == 1 and filled[0] == 0)
        or not any(_DATE_PART.search(c) for c in cells)
        and len(filled) < 2
    ):
        return {}
    out, last = {}, ""
    for k in range(filled[0], len(rows[top][1])):
        last = at(cells, k) or last
        out[k] = last
    return out


def _date(text: str) -> str:
    found = _DATE_PART.search(text)
    return found[0] if found and readings(found[0]) else ""


def _meetings(rows: list[Row], top: int, persons: list[int]) -> list[Meeting]:
    heads, above = rows[top][1], _above(rows, top)
    found: list[Meeting] = []
    for k in range(len(heads)):
        own, over = heads[k], above.get(k, "")
        kind = plain(own)
        under = bool(over) and kind in ("registered", "attended", "invited")  # one of several columns of a workshop
        if k in persons or not (own or over) or (kind in _NOT_WORKSHOPS | _PERSON | _FIRST | _LAST and not under):
            continue
        booked = _BOOKED.fullmatch(kind) is not None
        name = over if under or (over and _date(own) and not _date(over)) else own or over
        came = _CAME.fullmatch(name)
        found.append(Meeting(k, came["stem"] if came else name, _date(own) or _date(over), booked))
    ways = [readings(m.date) for m in found]
    if all(len(way) < 2 for way in ways):  # no date needs the others to be understood
        days = [next((str(moment.date()) for moment in way.values()), "") for way in ways]
        found = [replace(m, date=day) for m, day in zip(found, days, strict=True)]
    names = Counter(plain(m.name) for m in found if not m.booked)
    if max(names.values(), default=0) < 2:
        return found
    # AM and PM under several dates, or two days of one workshop: the other heading belongs to the name.
    return [_both(m, heads[m.column], above.get(m.column, ""), names[plain(m.name)]) for m in found]


def _both(meeting: Meeting, own: str, over: str, times: int) -> Meeting:
    """The meeting with both headings in its name, unless the upper one alone is nobody else's."""
    if meeting.name != own and (meeting.name != over or times < 2):
        return meeting
    return replace(meeting, name=" ".join(dict.fromkeys(part for part in (over, own) if part)))


def _are_marks(rows: list[Row], meeting: Meeting) -> bool:
    """Whether a column holds marks rather than notes or numbers."""
    cells = [c for _, row in rows if (c := at(row, meeting.column))]
    return not cells or 2 * sum(map(is_mark, cells)) >= len(cells)


def _dated_below(grid: Grid) -> Grid:
    """A row of dates below the workshops' names, put above them as most sheets have it."""
    for k, ((line, heads), (_, days)) in enumerate(zip(grid.rows[:10], grid.rows[1:11])):
        if plain(at(heads, 0)) in _CORNERS and plain(at(days, 0)) in ("date", "dates", "day", "when"):
            rows = [*grid.rows[:k], (line, ["", *days[1:]]), (line, ["name", *heads[1:]]), *grid.rows[k + 2 :]]
            return Grid(rows, grid.problems)
    return grid


def _turned(grid: Grid, opened: Opened) -> tuple[Grid, list[int]]:
    """The sheet with people down the side, where it was made the other way round; and the line of each column then."""
    for k, (line, cells) in enumerate(grid.rows[:10]):
        names = [c for c in cells[1:] if c and plain(c) not in _NOT_WORKSHOPS and not c.isdigit()]
        if len(names) > 1 and 2 * sum(1 for c in names if opened.who(c)) > len(names):
            body = [(number, row) for number, row in grid.rows[k + 1 :] if not _TOTALS.fullmatch(plain(row[0]) or " ")]
            down = {j: [at(row, j) for _, row in body] for j in range(len(cells))}
            days = next((c for j, c in down.items() if j and any(c) and all(not d or _date(d) for d in c)), [])
            people = [
                (line, [cells[j], *c]) for j, c in down.items() if j and _person_down(cells[j], c, opened) and any(c)
            ]
            rows = [*([(line, ["", *days])] if days else []), (line, ["name", *down[0]]), *people]
            return Grid(rows, grid.problems), [line, *(number for number, _ in body)]
    return grid, []


def _person_down(heading: str, cells: list[str], opened: Opened) -> bool:
    """Whether a column of a sheet with workshops down the side is a person's."""
    given = [c for c in cells if c]
    known = bool(opened.who(heading))
    return known or (
        bool(heading) and plain(heading) not in _NOT_WORKSHOPS and 2 * sum(map(is_mark, given)) >= len(given)
    )


@reader(feeds=("attendance",), title="Sign-in sheet: people by workshops")
def matrix(opened: Opened) -> Reading:
    """One row a mark that somebody came. The ledger counts marks: cells under a workshop that are not empty."""
    grid = whole(opened)
    if isinstance(grid, Problem):
        return failed(grid)
    grid, lines = _turned(_dated_below(grid), opened)
    found = _top(grid, opened)
    if found is None:
        seen = " | ".join(grid.rows[0][1])[:200] if grid.rows else ""
        message = "No row of headings with people and workshops was found"
        return failed(
            opened.problem("KM243", message, seen=seen, fix="Name the people's column: `columns: {person: ...}`.")
        )
    top, persons = found
    body, problems = grid.rows[top + 1 :], list(grid.problems)
    people = [r for r in body if not _TOTALS.fullmatch(plain(at(r[1], persons[0])) or " ")]
    meetings = [m for m in _meetings(grid.rows, top, persons) if _are_marks(people, m)]
    notes = [m.name for m in _meetings(grid.rows, top, persons) if m not in meetings]
    if notes:
        message = f"{many(len(notes), 'column')} of the sheet hold no marks and were left out"
        problems.append(opened.problem("KM217", message, grid.rows[top][0], seen=", ".join(notes)))
    names = [m.name for m in meetings if not m.booked]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        message = "The same heading stands over two columns of marks"
        problems.append(opened.problem("KM207", message, grid.rows[top][0], seen=", ".join(twice)))
    if not meetings:
        return failed(*problems, opened.problem("KM243", "No column of marks was found", grid.rows[top][0]))
    return _marks(opened, grid, top, persons, meetings, problems, lines)


def _marks(
    opened: Opened,
    grid: Grid,
    top: int,
    persons: list[int],
    meetings: list[Meeting],
    problems: list[Problem],
    turned: list[int],
) -> Reading:
    rows, lines, aside = [], [], Counter[str]()
    first: dict[str, int] = {}
    again = " ".join(c for k in persons if (c := at(grid.rows[top][1], k)))
    mail = columns(grid.rows[top][1], email=("Email", "E-mail", "Email address")).get("email")

    def leave(why: str, line: int, count: int = 1) -> None:
        aside[why] += count
        first.setdefault(why, line)

    for line, cells in grid.rows[top + 1 :]:
        named = " ".join(c for k in persons if (c := at(cells, k)))
        who = named if opened.who(named) else person(named, at(cells, mail))
        given = [(m, c) for m in meetings if (c := at(cells, m.column))]
        if named and named == again:
            leave("the headings again", line, len(given))
            continue
        if _TOTALS.fullmatch(plain(named) or plain(at(cells, 0)) or " "):
            leave("totals", line, len(given))
            continue
        if not who:
            leave("no name beside them", line, len(given))
            continue
        for meeting, cell in given:
            mark = read_mark(cell)
            line = turned[meeting.column] if turned else line
            if meeting.booked:
                leave("to be registered is not to attend", line)
            elif mark.kind == "present" or (mark.kind == "substitute" and opened.who(mark.who)):
                rows.append([mark.who or who, meeting.name, meeting.date, mark.table])
                lines.append(line)
            elif mark.kind == "absent":
                leave("did not come", line)
            elif mark.kind == "substitute":
                leave("somebody else came whom the register does not know", line)
            else:
                aside["unclear"] += 1
                problems.append(opened.problem("KM245", "The mark is not understood", line, meeting.name, seen=cell))
    for why in sorted(first):
        if aside[why]:
            problems.append(opened.problem("KM244", f"{many(aside[why], 'mark')}: {why}", first[why]))
    if not rows and aside:
        problems.append(opened.problem("KM243", "No mark of the sheet says that somebody came", grid.rows[top][0]))
    problems = [p for p in problems if p.code != "KM238" or p.place.line > grid.rows[top][0]]  # headings were filled in
    dated = any(m.date for m in meetings)
    keep = [0, 1, *([2] if dated else []), 3]
    headings = ["person", "workshop", "date", "table"]
    return rows_reading(
        [headings[k] for k in keep],
        [[row[k] for k in keep] for row in rows],
        lines,
        problems=problems,
        set_aside=sum(aside.values()),
        heading_line=grid.rows[top][0],
    )
