"""Which columns of people are groupings, by the names that a study gives them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from kmnet.config.schema import Study
from kmnet.errors import Place, Problem
from kmnet.tables.cells import plain


def asked(study: Study, people: pd.DataFrame) -> tuple[str, ...]:
    """The groupings that the study asks about: those of the config, or role, organisation and sector as found."""
    named = tuple(_column(name, people) or name for name in study.groups)
    return named or tuple(c for c in ("role", "organisation", "sector") if _holds(people, c))


def columns(study: Study, people: pd.DataFrame) -> tuple[str, ...]:
    """All groupings in order: those asked about, then those of which a group is looked at first, organisation and team."""
    wanted = asked(study, people)
    more = (*focus(study, people), *(c for c in ("organisation", "team") if _holds(people, c)))
    return tuple(dict.fromkeys((*wanted, *more)))


def focus(study: Study, people: pd.DataFrame) -> dict[str, str]:
    """The group that is looked at first, by grouping."""
    return {_column(name, people) or name: group for name, group in study.equity.items()}


def cells(column: pd.Series) -> list[str]:
    """What a column says of each person, as text: several cohorts are separated by a semicolon."""
    return [";".join(cell) if isinstance(cell, tuple) else str(cell) for cell in column]


def unknown(study: Study, people: pd.DataFrame) -> Iterator[Problem]:
    """KM313 for a grouping that neither people nor organisations have."""
    there = ", ".join(sorted(str(c) for c in people.columns if c not in ("id", "facilitator")))
    for setting, names in (("groups", study.groups), ("equity", tuple(study.equity))):
        for k, name in enumerate(names):
            if _column(name, people) is None:
                place = Place(column=f"{setting}.{k if setting == 'groups' else name}")
                yield Problem.of("KM313", f"`{setting}` names the column `{name}`; there are {there}", place=place)


def nobody(study: Study, people: pd.DataFrame) -> Iterator[Problem]:
    """KM317 for a group that is to be looked at first and that nobody is in."""
    for column, group in focus(study, people).items():
        if group not in cells(people[column]):
            message = f"`equity` names a group that nobody is in, in the column `{column}`"
            yield Problem.of("KM317", message, place=Place(column=f"equity.{column}"), seen=group)


def _column(name: str, people: pd.DataFrame) -> str | None:
    """The column of a name, whatever its case, spaces and accents."""
    if name in people.columns:
        return name
    return next((str(c) for c in people.columns if plain(str(c)) == plain(name)), None)


def _holds(people: pd.DataFrame, column: str) -> bool:
    return column in people.columns and bool((people[column] != "").any())
