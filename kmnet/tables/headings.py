"""Which column is which: headings match whatever their case, spaces, signs or accents; everything else is mapped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kmnet.config.schema import Source
from kmnet.errors import Place, Problem
from kmnet.tables.cells import plain
from kmnet.tables.schema import InputTable

FILLS = ("workshop", "wave", "relation", "date")
"""Columns that a source may give for a whole file instead."""


@dataclass(frozen=True)
class Heads:
    """Where each column of a table stands among a file's headings.

    ``where`` maps kmnet's columns to positions, ``extra`` headings of an open table to positions, ``unused`` lists
    the others.
    """

    where: dict[str, int]
    extra: dict[str, int]
    unused: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def names_of(table: InputTable) -> dict[str, str]:
    """Every spelling of a heading and the column it means; a column's own name goes before another's synonym."""
    spelt = {plain(also): f.name for f in reversed(table.fields) for also in f.also}
    return spelt | {plain(f.name): f.name for f in table.fields}


def needed(table: InputTable, source: Source) -> set[str]:
    """Columns that the file must have: those that the table needs and the source does not fill."""
    return {f.name for f in table.fields if f.needed and not (f.name in FILLS and getattr(source, f.name))}


def matched(cells: Sequence[str], table: InputTable, source: Source) -> set[str]:
    """The columns of a table that a row of cells could be the headings of."""
    spelt, mapped = names_of(table), {plain(h): c for c, h in source.columns.items()}
    keys = {plain(c) for c in cells}
    return {mapped[k] for k in keys if k in mapped} | {
        spelt[k] for k in keys if k in spelt and spelt[k] not in source.columns
    }


def match(cells: Sequence[str], table: InputTable, source: Source, file: str, line: int) -> Heads:
    """Give every heading its column, or say what is wrong with them."""
    keys = [plain(c) for c in cells]
    place = Place(file, line)
    problems = [*_mapping_problems(keys, cells, table, source, place), *_doubles(keys, cells, place)]
    where = {c: keys.index(plain(h)) for c, h in source.columns.items() if plain(h) in keys}
    taken = set(where.values())
    # A column's own name goes before its synonyms, wherever the headings stand.
    for f in table.fields:
        for spelling in (f.name, *f.also):
            at = keys.index(plain(spelling)) if plain(spelling) in keys else -1
            if f.name not in where and f.name not in source.columns and at >= 0 and at not in taken:
                where[f.name] = at
                taken.add(at)
    own = {f.name for f in table.fields}
    mapped = {c: where.pop(c) for c in [*where] if c not in own}
    free = {c: k for k, c in enumerate(cells) if k not in taken and keys[k]}
    problems += _missing(where, cells, table, source, place)
    extra = {plain(c).replace(" ", "_"): k for c, k in free.items()} | mapped if table.open else {}
    unused = () if table.open else tuple(free)
    return Heads(where, extra, unused, tuple(problems))


def _doubles(keys: list[str], cells: Sequence[str], place: Place) -> list[Problem]:
    twice = sorted({c for k, c in zip(keys, cells, strict=True) if k and keys.count(k) > 1})
    if not twice:
        return []
    return [Problem.of("KM207", "The same heading stands over two columns", place=place, seen=", ".join(twice))]


def _mapping_problems(
    keys: list[str], cells: Sequence[str], table: InputTable, source: Source, place: Place
) -> list[Problem]:
    problems = []
    own = [f.name for f in table.fields]
    for column, heading in source.columns.items():
        if column not in own and not table.open:
            near = get_close_matches(column, own, 1)
            fix = f"Did you mean `{near[0]}`?" if near else f"Its columns are {', '.join(own)}."
            problems.append(Problem.of("KM241", f"{table.name} has no column `{column}`", place=place, fix=fix))
        elif plain(heading) not in keys:
            near = get_close_matches(heading, [c for c in cells if c], 1)
            fix = f'Did you mean "{near[0]}"?' if near else ""
            message = f'There is no heading "{heading}" for the column `{column}`'
            problems.append(Problem.of("KM241", message, place=place, seen=", ".join(cells), fix=fix))
    return problems


def _missing(
    where: dict[str, int], cells: Sequence[str], table: InputTable, source: Source, place: Place
) -> list[Problem]:
    problems = []
    headings = [c for k, c in enumerate(cells) if c and k not in where.values()]
    for column in sorted(needed(table, source) - set(where) - set(source.columns)):
        f = next(f for f in table.fields if f.name == column)
        spellings = {plain(s): s for s in (f.name, *f.also)}
        near = [h for h in headings if get_close_matches(plain(h), [*spellings], 1, 0.7)]
        fix = (
            f'Did you mean the heading "{near[0]}"? Then map it: `columns: {{{column}: "{near[0]}"}}`.' if near else ""
        )
        if not near and column in FILLS:
            fix = f"Give it for the whole file: `{column}: ...` beside `path:`."
        fix = fix or f'Rename the heading, or map it: `columns: {{{column}: "Your heading"}}`.'
        message = f"The {table.name} table needs a column `{column}`, and no heading of this file is called so"
        problems.append(Problem.of("KM206", message, place=place, seen=" | ".join(cells)[:300], fix=fix))
    return problems
