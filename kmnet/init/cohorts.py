"""Cohorts drafted from dates: when the workshops of each began and ended, for the user to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from kmnet.config.schema import Source
from kmnet.init.guess import Guess, word_of
from kmnet.tables.cells import many
from kmnet.tables.dates import prove
from kmnet.tables.headings import matched
from kmnet.tables.schema import INPUTS

FOUND = """
# --- The cohorts, as found: the first and last day of their workshops. A DRAFT: confirm or correct each day. ---------
"""


def cohorts_of(guesses: Sequence[Guess]) -> str:
    """The ``cohorts:`` block that workshops or attendance show; "" where they show none.

    A cohort is what the workshops are said to be of, else what the people who came are of. Where nothing names cohorts
    but the days are known, the one period stands there as a comment, since waves of a survey may say more.
    """
    days = [day for _, _, day in _held(guesses)]
    if not days:
        return ""
    cohorts: dict[str, list[tuple[str, datetime]]] = {}
    for workshop, names, day in _held(guesses):
        for name in names:
            cohorts.setdefault(name, []).append((workshop, day))
    if not cohorts:
        return f"{FOUND}# cohorts:\n#   - {_line('Everybody', days)}    # all workshops and meetings found\n"
    lines = [
        f"  - {_line(name, [day for _, day in seen])}    # draft: {many(len({w for w, _ in seen}), 'workshop')} and meetings"
        for name, seen in sorted(cohorts.items())
    ]
    return FOUND + "cohorts:\n" + "\n".join(lines) + "\n"


def _line(name: str, days: Sequence[datetime]) -> str:
    """A cohort of the config; its end is after its start even where there was one workshop."""
    start, end = min(days), max(max(days), min(days) + timedelta(days=1))
    return f"{{name: {word_of(name)}, start: {start:%Y-%m-%d}, end: {end:%Y-%m-%d}}}"


def _held(guesses: Sequence[Guess]) -> Iterator[tuple[str, tuple[str, ...], datetime]]:
    """Workshop, cohorts and day of every workshop whose day is known."""
    shops = {
        shop: (cohort, day)
        for shop, cohort, day in zip(*(_cells(guesses, "workshops", c) for c in ("id", "cohort", "date")), strict=True)
    }
    came = list(zip(*(_cells(guesses, "attendance", c) for c in ("person", "workshop", "date")), strict=True))
    member = dict(zip(*(_cells(guesses, "people", c) for c in ("id", "cohort")), strict=True))
    known = prove({day for _, day in shops.values()} | {day for _, _, day in came}).moments
    for shop, (cohort, day) in shops.items():
        if day in known and (cohort or not came):
            yield shop, _split(cohort), known[day]
    for person, shop, day in came:
        cohort, held = shops.get(shop, ("", ""))
        if not cohort and (held or day) in known:
            yield shop, _split(member.get(person, "")), known[held or day]


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _cells(guesses: Sequence[Guess], table: str, column: str) -> list[str]:
    """A column of all files of a table; empty cells where a file has no such column."""
    found: list[str] = []
    for guess in guesses:
        if guess.table != table or guess.reading is None:
            continue
        at = [
            k for k, h in enumerate(guess.reading.headings) if column in matched((h,), INPUTS[table], Source(path=""))
        ]
        cells = guess.reading.columns[at[0]].cells().tolist() if at else [""] * len(guess.reading.lines)
        if column == "date":  # each file writes its dates in a way of its own
            moments = prove(cells).moments
            cells = [moments[c].date().isoformat() if c in moments else "" for c in cells]
        found += cells
    return found
