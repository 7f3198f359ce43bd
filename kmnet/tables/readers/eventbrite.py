"""Eventbrite attendee reports. To be registered is not to attend: only a check-in counts."""

from __future__ import annotations

from collections import Counter

from kmnet.errors import Problem
from kmnet.tables.cells import flag, many, plain
from kmnet.tables.grid import at, columns, whole
from kmnet.tables.joins import Join, attendance
from kmnet.tables.reader import Opened, Reading, failed, reader

_CAME = frozenset({"checked in", "attended", "scanned"})
_NO_NAME = frozenset({"", "info requested", "n a", "guest", "tbc", "tba"})


def _places(cells: list[str]) -> dict[str, int]:
    return columns(
        cells,
        first=("First Name", "Attendee First Name", "Forename"),
        last=("Surname", "Last Name", "Attendee Last Name", "Attendee Surname"),
        name=("Attendee", "Attendee Name", "Name"),
        buyer_first=("Buyer First Name",),
        buyer_last=("Buyer Last Name", "Buyer Surname"),
        email=("Email", "Attendee Email", "Email Address", "Buyer Email"),
        status=("Attendee Status", "Status"),
        checked=("Checked In", "Check In", "Checked-In"),
        event=("Event Name", "Event"),
        date=("Event Date", "Date Attending", "Event Start Date", "Event Start", "Check-In Date", "Check In Date"),
    )


@reader(feeds=("attendance",), title="Eventbrite attendee report")
def eventbrite(opened: Opened) -> Reading:
    """One attendance a person who was checked in; a buyer's further tickets without a name of their own are joined."""
    grid = whole(opened)
    if isinstance(grid, Problem):
        return failed(grid)
    heads = [(k, _places(cells)) for k, (_, cells) in enumerate(grid.rows[:40])]
    fitting = [(k, p) for k, p in heads if ("first" in p or "name" in p) and ("status" in p or "checked" in p)]
    if not fitting:
        seen = " | ".join(grid.rows[0][1])[:200] if grid.rows else ""
        return failed(opened.problem("KM243", "No attendee report with a status column was found", seen=seen))
    top, places = fitting[0]
    joins, aside, first, events = [], Counter[str](), dict[str, int](), Counter[str]()
    for line, cells in grid.rows[top + 1 :]:
        cell = {name: at(cells, k) for name, k in places.items()}
        status = plain(cell.get("status", ""))
        if not (status in _CAME or (cell.get("checked") and flag(cell["checked"]))):
            why = f"status {cell.get('status') or 'not checked in'}"
            aside[why] += 1
            first.setdefault(why, line)
            continue
        name = f"{cell.get('first', '')} {cell.get('last', '')}".strip() or cell.get("name", "")
        if plain(name) in _NO_NAME:
            name = f"{cell.get('buyer_first', '')} {cell.get('buyer_last', '')}".strip()
        events[cell.get("event", "")] += 1
        joins.append(Join(line, name, cell.get("email", ""), cell.get("date", ""), None))
    problems = list(grid.problems)
    for why in sorted(aside):
        problems.append(opened.problem("KM244", f"{many(aside[why], 'row')} not checked in: {why}", first[why]))
    if len(events) > 1 and not opened.source.workshop:
        message = "The report holds several events; all rows were taken as one workshop"
        problems.append(opened.problem("KM243", message, fix="Save a file for each event, or set `workshop:`."))
    return attendance(
        joins,
        opened,
        workshop=min(events, default=""),
        problems=problems,
        set_aside=sum(aside.values()),
        heading_line=grid.rows[top][0],
    )
