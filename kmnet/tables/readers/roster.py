"""Wide rosters from anywhere else (Jisc, Excel): a row a respondent, a column a person asked about."""

from __future__ import annotations

from kmnet.errors import Problem
from kmnet.tables import rosters
from kmnet.tables.cells import many, plain
from kmnet.tables.grid import Grid, at, person, whole
from kmnet.tables.reader import Opened, Reading, failed, reader

_WHO = (
    "respondent", "source", "from", "person", "person id", "participant", "id", "name", "full name", "your name",
    "what is your name", "completed by", "staff no", "email", "e mail", "email address", "your email"
)  # fmt: skip
_TOTALS = frozenset({"total", "totals", "sum", "average", "mean", "count"})


def _top(grid: Grid, opened: Opened) -> int | None:
    """The first row that asks about at least two people, with answers below them: in a log of contacts, people stand
    below people."""
    for k, (_, cells) in enumerate(grid.rows[:40]):
        asked = [j for j, c in enumerate(cells) if j and c and rosters.split_heading(c, opened)[1]]
        if len(asked) > 1:
            below = [c for _, row in grid.rows[k + 1 :] for j in asked if (c := at(row, j))]
            return None if below and 2 * sum(1 for c in below if opened.who(c)) > len(below) else k
    return None


def _with_questions(headings: list[str], above: list[str], opened: Opened) -> list[str]:
    """Headings with the question that stands above them, over the columns of several people (merged cells)."""
    filled = [k for k, cell in enumerate(above) if cell]
    if len(filled) < 2 and (not filled or filled[0] == 0):  # nothing, or the title of the sheet
        return headings
    out, over = list(headings), ""
    for k, name in enumerate(headings):
        over = at(above, k) or over
        if over and name and opened.who(name):
            out[k] = f"{over} [{name}]"
    return out


def _who(headings: list[str], rows: list[list[str]], opened: Opened) -> list[int]:
    """The columns that say who filled the form in: the mapped one, else by heading, else the first that holds people."""
    keys = [plain(c) for c in headings]
    chosen = plain(opened.source.columns.get("source", ""))
    named = [keys.index(k) for k in ((chosen,) if chosen else _WHO) if k in keys]
    return named or [k for k in range(len(keys)) if any(opened.who(at(r, k)) for r in rows)][:1]


@reader(feeds=("survey",), title="Wide roster: respondents down the side, people across the top")
def roster(opened: Opened) -> Reading:
    """One report a person asked about; `wave:` says which wave the file is, unless a column does by that name."""
    grid = whole(opened)
    if isinstance(grid, Problem):
        return failed(grid)
    top = _top(grid, opened)
    if top is None:
        seen = " | ".join(grid.rows[0][1])[:200] if grid.rows else ""
        return failed(opened.problem("KM243", "No row of headings asks about people of the people table", seen=seen))
    line, headings = grid.rows[top]
    headings = _with_questions(headings, grid.rows[top - 1][1] if top else [], opened)
    body = grid.rows[top + 1 :]
    places = _who(headings, [cells for _, cells in body], opened)
    if not places:
        fix = 'Name the column: `columns: {source: "Your heading"}`.'
        return failed(opened.problem("KM243", "No column says who answered", line, fix=fix))
    forms, totals = [], []
    for number, cells in body:
        if plain(at(cells, places[0])) in _TOTALS:
            totals.append(number)
            continue
        given = [c for k in places if (c := at(cells, k))]
        mail = next((c for c in given if "@" in c), "")
        name = next((c for c in given if opened.who(c) or "@" not in c), "")
        forms.append(rosters.Form(number, name if opened.who(name) else person(name, mail), cells))
    problems = list(grid.problems)
    if totals:
        problems.append(opened.problem("KM244", f"{many(len(totals), 'row')} of totals", totals[0]))
    return rosters.survey(
        headings, forms, {*places}, opened, problems=problems, heading_line=line, set_aside=len(totals)
    )
