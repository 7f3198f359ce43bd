"""Sign-in sheets made the other way round: workshops down the side, names below each workshop, dates below the names."""

from __future__ import annotations

from kmnet.tables.cells import plain
from kmnet.tables.grid import Grid, at
from kmnet.tables.marks import is_mark
from kmnet.tables.reader import Opened
from kmnet.tables.signin import NOT_WORKSHOPS, TOTALS, date_of

_CORNERS = frozenset(
    {"", "workshop", "workshops", "session", "sessions", "event", "events", "meeting", "name", "names"}
)


def dated_below(grid: Grid) -> Grid:
    """A row of dates below the workshops' names, put above them as most sheets have it."""
    for k, ((line, heads), (_, days)) in enumerate(zip(grid.rows[:10], grid.rows[1:11])):
        if plain(at(heads, 0)) in _CORNERS and plain(at(days, 0)) in ("date", "dates", "day", "when"):
            rows = [*grid.rows[:k], (line, ["", *days[1:]]), (line, ["name", *heads[1:]]), *grid.rows[k + 2 :]]
            return Grid(rows, grid.problems)
    return grid


def turned(grid: Grid, opened: Opened) -> tuple[Grid, list[int]]:
    """The sheet with people down the side, where it was made the other way round; and the line of each column then."""
    for k, (line, cells) in enumerate(grid.rows[:10]):
        names = [c for c in cells[1:] if c and plain(c) not in NOT_WORKSHOPS and not c.isdigit()]
        if len(names) > 1 and 2 * sum(1 for c in names if opened.who(c)) > len(names):
            body = [(number, row) for number, row in grid.rows[k + 1 :] if not TOTALS.fullmatch(plain(row[0]) or " ")]
            down = {j: [at(row, j) for _, row in body] for j in range(len(cells))}
            days = next((c for j, c in down.items() if j and any(c) and all(not d or date_of(d) for d in c)), [])
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
        bool(heading) and plain(heading) not in NOT_WORKSHOPS and 2 * sum(map(is_mark, given)) >= len(given)
    )


def listed(grid: Grid, opened: Opened) -> Grid | None:
    """The sheet as people by workshops, where it has a column a workshop with the names of who came below it."""
    for k, (line, heads) in enumerate(grid.rows[:10]):
        body = [(number, j, c) for number, row in grid.rows[k + 1 :] for j, c in enumerate(row) if c and at(heads, j)]
        known = sum(1 for _, _, c in body if opened.who(c) and not c.isdigit())
        if not any(map(opened.who, heads)) and known > 1 and 2 * known >= len(body):
            width = len(heads)
            people = [(number, [c, *("x" if j == i else "" for i in range(width))]) for number, j, c in body]
            return Grid([(line, ["name", *heads]), *people], grid.problems)
    return None
