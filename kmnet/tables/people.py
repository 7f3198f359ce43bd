"""Who is who: one person a row, aliases, consent, and the identity that every other table is read through.

Two spellings are one person only if they fold to the same text, or if the confirmed aliases say so. How alike two
names look decides nothing here (:mod:`kmnet.tables.suggest` only proposes).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kmnet.config.schema import Study
from kmnet.tables.cells import TRUE, clean, fold, plain
from kmnet.tables.coded import Coded
from kmnet.tables.desk import SHOWN, Desk
from kmnet.tables.names import bare, candidates, loose
from kmnet.tables.schema import Register
from kmnet.tables.work import Work, made, stack

SOURCES = ("attendance", "interactions", "survey", "artefacts")
_YES = TRUE | {"full", "given", "consented", "agreed", "consent"}
_NO = frozenset(
    [
        "no",
        "n",
        "false",
        "f",
        "0",
        "none",
        "withdrawn",
        "withdrew",
        "refused",
        "declined",
        "not-included",
        "excluded",
        "opted-out",
    ]
)

_MAIL = re.compile(r"([^<>]+?)\s*<([^<>@\s]+@[^<>@\s]+)>")

UNREGISTERED = "Not in the register"
"""The group of people whom rows name and the register does not know."""


@dataclass(frozen=True)
class Identity:
    """How a written person is found.

    ``ids`` maps folded ids to ids; ``aliases`` folded spellings; ``emails``, ``names`` and ``loose`` what belongs to
    the register, to all ids that have it. ``refused`` maps an id to the sources it did not agree to.
    """

    ids: Mapping[str, str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    emails: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    loose: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    withdrawn: frozenset[str] = frozenset()
    refused: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def find(self, text: str) -> tuple[str, str]:
        """The id of a written person, and how it was found.

        Returns
        -------
        id : str
            "" where nobody is found.
        how : str
            same, spelling, alias, name, unknown, ambiguous or withdrawn.
        """
        if with_mail := _MAIL.fullmatch(text):  # an export gives both: the e-mail is surer than the name
            by_mail = self.find(with_mail[2])
            return by_mail if by_mail[1] not in ("unknown", "ambiguous") else self.find(with_mail[1])
        key = fold(text)
        who, how = (self.aliases.get(key) or self.aliases.get(bare(text), "")) if self.aliases else "", "alias"
        if not who and key in self.ids:
            who = self.ids[key]
            how = "same" if who == text else "spelling"
        if not who:
            found = self._by_name(text, key)
            if len(found) > 1:
                return "", "ambiguous"
            who, how = (next(iter(found)), "name") if found else ("", "unknown")
        return (who, "withdrawn") if who in self.withdrawn or key in self.withdrawn else (who, how)

    def _by_name(self, text: str, key: str) -> frozenset[str]:
        if key in self.emails:
            return self.emails[key]
        if not self.names:
            return frozenset()
        for part in candidates(text):
            for table, spelt in ((self.names, bare(part)), (self.loose, loose(part))):
                if spelt in table:
                    return table[spelt]
        return frozenset()


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
    gone, refused = _consent(people, withdrawn, study, desk, ids)
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


def _consent(
    people: Work, withdrawn: Work, study: Study, desk: Desk, ids: Mapping[str, str]
) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """Ids (and folded spellings) of those who withdrew, and the sources that others did not agree to."""
    named = {fold(v) for v in withdrawn["person"].cells()}
    unknown = withdrawn["person"].test(lambda v: fold(v) not in ids)
    desk.find(withdrawn, unknown, "KM311", "The person is not in the people table")
    gone = {ids[k] for k in named if k in ids} | (named - set(ids))
    refused: dict[str, frozenset[str]] = {}
    bad = people["consent"].test(lambda v: agreed(v) is None)
    desk.find(people, bad, "KM309", "The consent is not understood", "consent", each=True)
    missing = study.disclosure.consent_missing == "exclude"
    for who, consent in zip(people["id"].cells(), people["consent"].cells(), strict=True):
        to = agreed(consent)
        if to is None or (not consent and missing) or not to:
            gone.add(who)
        elif set(to) != set(SOURCES):
            refused[who] = frozenset(SOURCES) - to
    return frozenset(gone), refused


def agreed(consent: str) -> frozenset[str] | None:
    """The sources that a consent cell allows, or None where it is not understood.

    Examples
    --------
    >>> sorted(agreed("attendance only")), agreed("withdrawn"), agreed("perhaps")
    (['attendance'], frozenset(), None)
    """
    key = fold(consent)
    if not key or key in _YES or plain(key) in ("no name", "noname"):
        return frozenset(SOURCES)
    if key in _NO or plain(key).replace(" ", "-") in _NO:
        return frozenset()
    words = [
        w for w in plain(key.replace(",", " ").replace(";", " ").replace("+", " ")).split() if w not in ("only", "and")
    ]
    return frozenset(words) if words and set(words) <= set(SOURCES) else None


def _same_names(people: Work, desk: Desk) -> None:
    key = people["name"].map(bare)
    counts = np.bincount(key.codes, minlength=1) if len(key) else np.zeros(1)
    hit = ~key.empty & (counts[key.codes] > 1) if len(key) else np.zeros(0, dtype=bool)
    desk.find(people, hit, "KM310", "The name is somebody else's too", "name")


def _facilitators(people: Work, study: Study, desk: Desk) -> Work:
    """Facilitator flags from the settings, where the table has no column of its own."""
    if not study.facilitators or "facilitator" in people.given:
        return people
    staff = np.zeros(len(people), dtype=bool)
    columns = {plain(c): c for c in people.texts}
    for name, values in study.facilitators.items():
        column = columns.get(plain(name))
        if column is None:
            message = f"`facilitators` names the column `{name}`; there are {', '.join(sorted(columns))}"
            desk.say("KM313", message)
            continue
        wanted = {fold(v): v for v in values}
        for key, value in wanted.items():
            if not people[column].test(lambda v, key=key: key in map(fold, split(v))).any():  # type: ignore[misc]
                desk.say(
                    "KM317",
                    f'Nobody has "{value}" in the column `{column}`',
                    seen=", ".join(people[column].used()[:10]),
                )
        staff |= people[column].test(lambda v, wanted=wanted: any(fold(p) in wanted for p in split(v)))  # type: ignore[misc]
    return people.put(facilitator=staff)


def split(cell: str) -> list[str]:
    """Several values of one cell, separated by ``;``."""
    return [part for part in (clean(p) for p in cell.split(";")) if part]


PERSONS = {
    "attendance": ("person",),
    "interactions": ("source", "target", "introduced_by"),
    "survey": ("source", "target"),
    "respondents": ("person",),
    "artefact_events": ("person",),
}
"""The columns of each table that name people."""


def resolve(
    works: Mapping[str, Work], identity: Identity, study: Study, desk: Desk
) -> tuple[dict[str, Work], list[str], tuple[str, ...]]:
    """Every person column of every table as ids; rows of people who withdrew or are nobody's go.

    Returns
    -------
    works : dict of Work
        The tables.
    kept : list of str
        Ids of people whom rows name and the register does not know, sorted (empty where they are dropped).
    strangers : tuple of str
        All of them, kept or dropped.
    """
    out = {**works, **{table: _withdraw(works[table], table, identity, desk) for table in PERSONS}}
    spelt: defaultdict[str, set[str]] = defaultdict(set)
    for table, columns in PERSONS.items():
        for text in {v for c in columns for v in out[table][c].used()}:
            if text and identity.find(text)[1] == "unknown":
                spelt[fold(_shown(text))].add(_shown(text))
    strangers = {key: min(texts) for key, texts in spelt.items()}
    drop = study.disclosure.unregistered == "drop" or desk.policies.of("KM301") == "set_aside"
    for table, columns in PERSONS.items():
        for column in columns:
            out[table] = _resolve(out[table], column, identity, strangers, drop, desk)
    used = {v for t, columns in PERSONS.items() for c in columns for v in out[t][c].used()}
    return out, sorted(used & set(strangers.values())), tuple(sorted(strangers.values()))


def _withdraw(work: Work, table: str, identity: Identity, desk: Desk) -> Work:
    """Without the rows of people who withdrew, or did not agree to this source; the first thing done to any row."""
    source = {"respondents": "survey", "artefact_events": "artefacts"}.get(table, table)

    def gone(text: str) -> bool:
        who, how = identity.find(text) if text else ("", "same")
        return how == "withdrawn" or source in identity.refused.get(who, ())

    hit = np.zeros(len(work), dtype=bool)
    for column in PERSONS[table]:
        if column == "introduced_by":  # who introduced them is forgotten; that they met is still true
            work = work.put(introduced_by=work[column].map(lambda v: "" if gone(v) else v))
        else:
            hit |= work[column].test(gone)
    return desk.count(work, hit, "withdrawn")


def _resolve(work: Work, column: str, identity: Identity, strangers: Mapping[str, str], drop: bool, desk: Desk) -> Work:
    texts = work[column]
    found = [identity.find(v) if v else ("", "same") for v in texts.values]

    def rows(way: str) -> NDArray[np.bool_]:
        return np.array([*(how == way for _, how in found), False], dtype=bool)[texts.codes]

    desk.find(work, rows("spelling"), "KM304", "An id is written in another way", column)
    desk.find(work, rows("alias"), "KM306", "A spelling of the aliases table is used", column)
    desk.find(work, rows("name"), "KM305", "A name or e-mail stands in place of an id", column)
    desk.find(work, rows("ambiguous"), "KM302", "Several people have this name", column, each=True)
    unknown = {v for v, (_, how) in zip(texts.values, found, strict=True) if how == "unknown"}
    _strangers(work, column, unknown, desk)
    known = {} if drop else strangers
    new = [who or known.get(fold(_shown(v)), "") for v, (who, _) in zip(texts.values, found, strict=True)]
    work = work.put(**{column: texts.replace(new)})
    if column == "introduced_by":
        return work
    lost = rows("ambiguous") | rows("unknown") if drop else rows("ambiguous")
    return desk.count(work, lost, "set_aside")


def _shown(text: str) -> str:
    """A stranger's name without the e-mail that an export gave beside it."""
    found = _MAIL.fullmatch(text)
    return found[1] if found else text


def _strangers(work: Work, column: str, unknown: set[str], desk: Desk) -> None:
    """A finding for each of the first people whom the register does not know, and one for all the others."""
    message = "The person is not in the people table"
    shown = [v for v in sorted(unknown) if v in set(work[column].used())][:SHOWN]
    for text in shown:
        desk.find(work, work[column].test(text.__eq__), "KM301", message, column)
    rest = unknown - set(shown)
    desk.find(
        work, work[column].test(rest.__contains__), "KM301", "Other people are not in the people table either", column
    )


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
