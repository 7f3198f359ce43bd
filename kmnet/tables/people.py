"""Who is who: one person a row, aliases, consent, and the identity that every other table is read through.

Two spellings are one person only if they fold to the same text, or if the confirmed aliases say so. How alike two
names look decides nothing here (:mod:`kmnet.tables.suggest` only proposes).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kmnet.config.schema import Study
from kmnet.errors import Place
from kmnet.tables.cells import clean, fold, plain
from kmnet.tables.coded import Coded
from kmnet.tables.consent import consents
from kmnet.tables.desk import Desk
from kmnet.tables.identity import Identity
from kmnet.tables.names import bare, loose
from kmnet.tables.schema import Register
from kmnet.tables.work import Work, made, stack

UNREGISTERED = "Not in the register"
"""The group of people whom rows name and the register does not know."""


def read_people(
    people: Work, aliases: Work, withdrawn: Work, study: Study, desk: Desk
) -> tuple[Work, Identity, Register]:
    """The people who stay, how they are found, and their names.

    Rows of one person that differ only in cohort or team are joined; people who withdrew go first of all.
    """
    spelt = _aliases(people, aliases, desk)
    people = _apply_aliases(people, spelt, desk)
    people = _one_row_each(people, desk)
    ids = {fold(v): v for v in people["id"].cells()}
    names, emails, words = _names(people)
    gone, refused = consents(people, withdrawn, study, desk, ids)
    identity = Identity(ids, spelt, emails, names, words, gone, refused)
    hit = people["id"].test(gone.__contains__)
    people = desk.count(people, hit, "withdrawn")
    if not len(people) and not any(map(desk.has, ("KM201", "KM202", "KM206", "KM241"))):
        desk.say("KM312", "Nobody is in the people table")
    _same_names(people, desk)
    nameless = people["consent"].test(lambda v: plain(v) in ("no name", "noname"))
    register = Register(
        {i: n for i, n, no in zip(people["id"].cells(), people["name"].cells(), nameless, strict=True) if n and not no},
        {
            i: e
            for i, e, no in zip(people["id"].cells(), people["email"].cells(), nameless, strict=True)
            if e and not no
        },
    )
    return _facilitators(people, study, desk), identity, register


def _aliases(people: Work, aliases: Work, desk: Desk) -> dict[str, str]:
    """Folded spelling to id."""
    ids = {fold(v): v for v in sorted(people["id"].used())}
    meant: defaultdict[str, set[str]] = defaultdict(set)
    persons = aliases["person"].cells()
    unknown = aliases["person"].test(lambda v: fold(v) not in ids)
    desk.find(aliases, unknown, "KM307", "The person is not in the people table", "person", each=True)
    for written, person in zip(aliases["written"].cells(), persons, strict=True):
        if fold(person) in ids:
            meant[fold(written)].add(ids[fold(person)])
    double = aliases["written"].test(lambda v: len(meant.get(fold(v), ())) > 1)
    desk.find(aliases, double, "KM308", "The spelling stands for two people", "written", each=True)
    spelt = {w: next(iter(p)) for w, p in meant.items() if len(p) == 1}
    # The same spelling with other accents, titles or brackets, as long as it stays one person's.
    wide: defaultdict[str, set[str]] = defaultdict(set)
    for written, person in spelt.items():
        wide[bare(written)].add(person)
    return {w: next(iter(p)) for w, p in wide.items() if w and len(p) == 1} | spelt


def _apply_aliases(people: Work, spelt: Mapping[str, str], desk: Desk) -> Work:
    """Register rows that are only another spelling of somebody who has a row of their own are joined with it."""
    own = set(people["id"].values)
    hit = people["id"].test(lambda v: spelt.get(fold(v), v) != v and spelt[fold(v)] in own)
    desk.find(people, hit, "KM306", "The row is another's by the aliases table", "id")
    return desk.count(people, hit, "merged")


def _one_row_each(people: Work, desk: Desk) -> Work:
    """Join rows of one id that say the same; rows that contradict each other are an error."""
    key = people["id"].map(fold).rank
    many = np.bincount(key, minlength=1)[key] > 1 if len(key) else np.zeros(0, bool)
    if not many.any():
        return people
    order = people.order_by()
    people, key, many = people.take(order), key[order], many[order]
    joinable = ("id", "cohort", "team")
    rest = people.key(*(c for c in people.order if c not in joinable))
    first: dict[int, int] = {}
    twin, contradicts, alike = (np.zeros(len(people), dtype=bool) for _ in range(3))
    lists: dict[str, dict[int, list[str]]] = {"cohort": {}, "team": {}}
    cells = {c: people[c].cells() for c in joinable}
    for row in np.flatnonzero(many).tolist():
        lead = first.setdefault(int(key[row]), row)
        for column, parts in lists.items():
            parts.setdefault(lead, []).extend(split(cells[column][row]))
        if lead != row:
            alike[row] = cells["id"][row] != cells["id"][lead]
            twin[row] = rest[row] == rest[lead] and not alike[row]
            contradicts[row] = not twin[row] and not alike[row]
    for column, parts in lists.items():
        joined = cells[column].copy()
        for row, values in parts.items():
            joined[row] = "; ".join(dict.fromkeys(sorted(values)))
        people = people.put(**{column: Coded.of(list(joined))})
    desk.find(people, twin, "KM416", "The person has a row already; another cohort or team was added to it", "id")
    desk.find(people, contradicts, "KM203", "The id stands on an earlier row too, with other details", "id", each=True)
    desk.find(
        people, alike, "KM303", "The id differs from an earlier one only in case, spaces or marks", "id", each=True
    )
    fates = contradicts | alike
    kept = ~twin[~fates]
    return desk.count(desk.count(people, fates, "set_aside"), ~kept, "merged")


def _names(people: Work) -> tuple[dict[str, frozenset[str]], ...]:
    names, emails, words = (defaultdict(set) for _ in range(3))
    for who, name, email in zip(*(people[c].cells() for c in ("id", "name", "email")), strict=True):
        shown = name or (who if " " in who else "")  # ids that are names
        if bare(shown):
            names[bare(shown)].add(who)
            words[loose(shown)].add(who)
        if email:
            emails[fold(email)].add(who)
    return tuple({k: frozenset(v) for k, v in table.items()} for table in (names, emails, words))


def _same_names(people: Work, desk: Desk) -> None:
    key = people["name"].map(bare)
    counts = np.bincount(key.codes, minlength=1) if len(key) else np.zeros(1)
    hit = ~key.empty & (counts[key.codes] > 1) if len(key) else np.zeros(0, dtype=bool)
    desk.find(people, hit, "KM310", "The name is somebody else's too", "name")


def _facilitators(people: Work, study: Study, desk: Desk) -> Work:
    """Facilitator flags from the settings, where the table has no column of its own."""
    if study.effect is not None:
        _held(people, "effect.comparison", study.effect.comparison, desk)
    if not study.facilitators or "facilitator" in people.given:
        return people
    return people.put(facilitator=_held(people, "facilitators", study.facilitators, desk))


def _held(people: Work, setting: str, wanted: Mapping[str, Sequence[str]], desk: Desk) -> NDArray[np.bool_]:
    """Who holds one of the values that a setting names by column; columns and values that nobody has are told."""
    found = np.zeros(len(people), dtype=bool)
    columns = {plain(c): c for c in people.texts}
    for name, values in wanted.items():
        column = columns.get(plain(name))
        if column is None:
            message = f"`{setting}` names the column `{name}`; there are {', '.join(sorted(columns))}"
            desk.say("KM313", message, Place(column=f"{setting}.{name}"))
            continue
        for value in values:
            one = people[column].test(partial(holds, values=(value,)))
            if not one.any():
                desk.say(
                    "KM317",
                    f'Nobody has "{value}" in the column `{column}`',
                    Place(column=f"{setting}.{name}"),
                    seen=", ".join(people[column].used()[:10]),
                )
            found |= one
    return found


def holds(cell: str, values: Sequence[str]) -> bool:
    """Whether a cell (several values are separated by ``;``) holds one of some values, whatever their case."""
    wanted = {fold(value) for value in values}
    return any(fold(part) in wanted for part in split(cell))


def holders(people: pd.DataFrame, wanted: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Ids of the people who hold one of the values that a setting names by column."""
    columns = {plain(str(c)): str(c) for c in people.columns}
    return frozenset(
        person
        for name, values in wanted.items()
        for person, cell in zip(people["id"], people[columns[plain(name)]])
        if holds(";".join(cell) if isinstance(cell, tuple) else str(cell), values)
    )


def split(cell: str) -> list[str]:
    """Several values of one cell, separated by ``;``."""
    return [part for part in (clean(p) for p in cell.split(";")) if part]


def with_strangers(people: Work, strangers: Iterable[str], study: Study) -> Work:
    """People whom rows name get rows of their own; with ``unregistered: group`` they are one group of their own."""
    ids = list(strangers)
    if not ids:
        return people
    new = made(people.table, id=ids)
    if study.disclosure.unregistered == "group":
        used = {c for c, column in people.texts.items() if any(column.values)}
        skip = {"id", "name", "email", "consent", "cohort", "organisation", "team"}
        label = Coded.same(UNREGISTERED, len(ids))
        new = new.put(**dict.fromkeys(used - skip, label))
    return stack(people.table, [people, new])
