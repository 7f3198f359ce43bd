"""Zoom participant reports: short, with the meeting's block above, or one row a user."""

from __future__ import annotations

from kmnet.errors import Problem
from kmnet.tables.cells import flag, many, number
from kmnet.tables.grid import Grid, at, between, columns, whole
from kmnet.tables.joins import Join, attendance
from kmnet.tables.reader import Opened, Reading, failed, reader

_NAME = ("Name (Original Name)", "Name", "User Name (Original Name)", "User Name", "Participant")


def _places(cells: list[str]) -> dict[str, int]:
    return columns(
        cells,
        name=_NAME,
        email=("User Email", "Email"),
        join=("Join Time", "First Join Time"),
        leave=("Leave Time", "Last Leave Time"),
        minutes=("Duration (Minutes)", "Total Duration (Minutes)", "Duration Minutes", "Time in Session (minutes)"),
        waiting=("In Waiting Room",),
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
    joins, waited = [], []
    for line, cells in grid.rows[top + 1 :]:
        cell = {name: at(cells, k) for name, k in places.items()}
        if cell.get("waiting") and flag(cell["waiting"]):
            waited.append(line)
            continue
        stayed = number(cell.get("minutes", ""))
        if stayed is None:
            stayed = between(cell.get("join", ""), cell.get("leave", ""))
        date = cell.get("join") or meeting.get("start", "")
        joins.append(Join(line, cell["name"], cell.get("email", ""), date, stayed))
    problems = list(grid.problems)
    if waited:
        message = f"{many(len(waited), 'row')} of stays in the waiting room"
        problems.append(opened.problem("KM244", message, waited[0]))
    return attendance(
        joins,
        opened,
        workshop=meeting.get("topic", ""),
        problems=problems,
        set_aside=len(waited),
        heading_line=grid.rows[top][0],
    )
