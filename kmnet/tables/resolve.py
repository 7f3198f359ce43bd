"""Every row through the identity: people who withdrew leave first, then spellings become ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from kmnet.config.schema import Study
from kmnet.tables.cells import fold
from kmnet.tables.desk import SHOWN, Desk
from kmnet.tables.identity import Identity, shown
from kmnet.tables.work import Work

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
                spelt[fold(shown(text))].add(shown(text))
    strangers = {key: min(texts) for key, texts in spelt.items()}
    drop = study.disclosure.unregistered == "drop" or desk.policies.of("KM301") == "set_aside"
    for table, columns in PERSONS.items():
        for column in columns:
            out[table] = _resolve(out[table], column, identity, strangers, drop, desk)
    used = {v for t, columns in PERSONS.items() for c in columns for v in out[t][c].used()}
    return out, sorted(used & set(strangers.values())), tuple(sorted(strangers.values()))


def leavers(table: str, identity: Identity) -> Callable[[str], bool]:
    """Whether a written person withdrew, or did not agree to the source that a table is."""
    source = {"respondents": "survey", "artefact_events": "artefacts"}.get(table, table)

    def gone(text: str) -> bool:
        who, how = identity.find(text) if text else ("", "same")
        return how == "withdrawn" or source in identity.refused.get(who, ())

    return gone


def _withdraw(work: Work, table: str, identity: Identity, desk: Desk) -> Work:
    """Without the rows of people who are gone (no cell of theirs was looked at), and without them as go-betweens."""
    gone = leavers(table, identity)
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
    new = [who or known.get(fold(shown(v)), "") for v, (who, _) in zip(texts.values, found, strict=True)]
    work = work.put(**{column: texts.replace(new)})
    if column == "introduced_by":
        return work
    lost = rows("ambiguous") | rows("unknown") if drop else rows("ambiguous")
    return desk.count(work, lost, "set_aside")


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
