"""Zoom participant reports: short, with the meeting's block above, or one row a user."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kmnet.errors import Problem
from kmnet.tables.cells import flag, many, number
from kmnet.tables.grid import Grid, at, between, columns, whole
from kmnet.tables.joins import Join, attendance
from kmnet.tables.reader import Opened, Reading, failed, reader

_NAME = ("Name (Original Name)", "Name", "User Name (Original Name)", "User Name", "Participant")
_DETAILS = re.compile(r"(?:host|panelists?|attendees?|participants?) details|other attended", re.IGNORECASE)
"""Titles of the lists of a webinar's report, each with headings of its own."""


def _places(cells: list[str]) -> dict[str, int]:
    return columns(
        cells,
        name=_NAME,
        email=("User Email", "Email"),
        join=("Join Time", "First Join Time"),
        leave=("Leave Time", "Last Leave Time"),
        minutes=("Duration (Minutes)", "Total Duration (Minutes)", "Duration Minutes", "Time in Session (minutes)"),
        waiting=("In Waiting Room",),
        attended=("Attended",),
    )


def _heading(grid: Grid) -> int | None:
    for k, (_, cells) in enumerate(grid.rows):
        places = _places(cells)
        if "name" in places and ("minutes" in places or "join" in places):
            return k
    return None


def _meeting(grid: Grid, stop: int) -> dict[str, str]:
    """The meeting's own block above the list: its topic and start."""
    for k in range(stop - 1):
        places = columns(grid.rows[k][1], topic=("Topic",), start=("Start Time", "Actual Start Time"))
        if "topic" in places:
            return {name: at(grid.rows[k + 1][1], column) for name, column in places.items()}
    return {}


def _not_there(cell: Mapping[str, str]) -> str:
    """Why a row is no attendance, if it is none."""
    if cell.get("waiting") and flag(cell["waiting"]):
        return "of stays in the waiting room"
    if cell.get("attended") and flag(cell["attended"]) is False:
        return "of people who registered and did not attend"
    return "" if cell["name"] or cell.get("email") else "without a name"


@reader(feeds=("attendance",), title="Zoom participant report")
def zoom(opened: Opened) -> Reading:
    """One attendance a person; time in the waiting room is not attendance, and rejoining is added up."""
    grid = whole(opened)
    if isinstance(grid, Problem):
        return failed(grid)
    top = _heading(grid)
    if top is None:
        seen = " | ".join(grid.rows[0][1])[:200] if grid.rows else ""
        return failed(opened.problem("KM243", "No list of participants as Zoom writes it was found", seen=seen))
    places, meeting = _places(grid.rows[top][1]), _meeting(grid, top)
    joins, aside = [], dict[str, list[int]]()
    for line, cells in grid.rows[top + 1 :]:
        heads = _places(cells)
        if "name" in heads and ("minutes" in heads or "join" in heads):
            places = heads
            continue
        if _DETAILS.fullmatch(cells[0]) and not any(cells[1:]):
            continue
        cell = {name: "" if (text := at(cells, k)) == "--" else text for name, k in places.items()}
        why = _not_there(cell)
        if why:
            aside.setdefault(why, []).append(line)
            continue
        stayed = number(cell.get("minutes", ""))
        if stayed is None:
            stayed = between(cell.get("join", ""), cell.get("leave", ""))
        date = cell.get("join") or meeting.get("start", "")
        joins.append(Join(line, cell["name"], cell.get("email", ""), date, stayed))
    problems = list(grid.problems)
    for why, lines in sorted(aside.items()):
        problems.append(opened.problem("KM244", f"{many(len(lines), 'row')} {why}", lines[0]))
    return attendance(
        joins,
        opened,
        workshop=meeting.get("topic", ""),
        problems=problems,
        set_aside=sum(map(len, aside.values())),
        heading_line=grid.rows[top][0],
    )
