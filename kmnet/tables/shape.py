"""What the rows of each table mean together: one fact a row, ids that have a row of their own, defaults filled in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from kmnet.tables.cells import fold
from kmnet.tables.coded import Coded
from kmnet.tables.desk import Desk
from kmnet.tables.people import split
from kmnet.tables.work import Work, made, stack


def unify(work: Work, columns: Iterable[str], desk: Desk, preferred: Iterable[str] = ()) -> Work:
    """Texts that differ only in case, spaces or invisible marks become one: the config's spelling, or the usual one."""
    known = {fold(v): v for v in preferred}
    for column in columns:
        if column not in work.texts:
            continue
        texts = work[column]
        counts = Counter(dict(enumerate(np.bincount(texts.codes, minlength=len(texts.values)).tolist())))
        groups: defaultdict[str, list[int]] = defaultdict(list)
        for k, value in enumerate(texts.values):
            groups[fold(value)].append(k)
        best = {key: known.get(key) or min((-counts[k], texts.values[k]) for k in ks)[1] for key, ks in groups.items()}
        changed = [best[fold(v)] for v in texts.values]
        hit = texts.test({v for v, b in zip(texts.values, changed, strict=True) if v != b}.__contains__)
        desk.find(work, hit, "KM248", "A value is written in another way than elsewhere", column)
        work = work.put(**{column: texts.replace(changed)})
    return work


def unify_lists(work: Work, column: str, preferred: Iterable[str]) -> Work:
    """The same for cells that hold several values."""
    known = {fold(v): v for v in preferred}
    counts: Counter[str] = Counter()
    texts = work[column]
    for value, rows in zip(texts.values, np.bincount(texts.codes, minlength=len(texts.values)), strict=True):
        counts.update({part: int(rows) for part in split(value)})
    best: dict[str, str] = {}
    for part in sorted(counts, key=lambda p: (-counts[p], p)):
        best.setdefault(fold(part), known.get(fold(part), part))
    return work.put(**{column: texts.map(lambda v: "; ".join(dict.fromkeys(best[fold(p)] for p in split(v))))})


def unique(work: Work, desk: Desk) -> Work:
    """One row an id: equal rows are joined, rows that contradict each other are an error."""
    key = work["id"].map(fold)
    if len(set(key.codes)) == len(key):
        return work
    order = work.order_by()
    work, key = work.take(order), key.take(order)
    _, first, which = np.unique(key.codes, return_index=True, return_inverse=True)
    again = first[which] != np.arange(len(work))
    same = work.key(*(c for c in work.order if c != "id"))
    equal = same == same[first[which]]
    desk.find(work, again & equal, "KM416", "The row says the same as an earlier one", "id")
    desk.find(work, again & ~equal, "KM203", "The id stands on an earlier row too, with other details", "id", each=True)
    work = desk.count(work.put(id=work["id"]), again & ~equal, "set_aside")
    left = (again & equal)[~(again & ~equal)]
    return desk.count(work, left, "merged")


def refer(
    work: Work, column: str, owners: Work, desk: Desk, code: str, message: str, also: str = ""
) -> tuple[Work, Work]:
    """Write a column in the ids of the table that owns them; ids that it lacks get a row of their own there.

    ``also`` names a column of the owners (a title) by which they may be called where it is nobody else's.
    """
    ids = {fold(v): v for v in owners["id"].cells()}
    titles: defaultdict[str, set[str]] = defaultdict(set)
    if also:
        for who, title in zip(owners["id"].cells(), owners[also].cells(), strict=True):
            titles[fold(title)].add(who)
    by_title = {k: next(iter(v)) for k, v in titles.items() if k and len(v) == 1}
    texts = work[column]
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for value in texts.used():
        if value and fold(value) not in ids and fold(value) not in by_title:
            groups[fold(value)].append(value)
    new = {key: min(values) for key, values in groups.items()}
    known = {"": ""} | new | by_title | ids
    if owners.given:  # where there is no such table, every id is new and that is no finding
        hit = texts.test(lambda v: fold(v) in new)
        desk.find(work, hit, code, message, column)
    work = work.put(**{column: texts.map(lambda v: known.get(fold(v), v))})
    used = set(work[column].used())
    added = sorted(v for v in new.values() if v in used)
    return work, stack(owners.table, [owners, made(owners.table, id=added)]) if added else owners


def attendance(work: Work, workshops: Work, desk: Desk) -> tuple[Work, Work]:
    """One row a person, workshop, day and table; workshops and rows give each other their dates."""
    message = "The workshop is not in the workshops table"
    listed = bool(workshops.given)
    work, workshops = refer(work, "workshop", workshops, desk, "KM404", message, also="title")
    where = {v: k for k, v in enumerate(workshops["id"].cells())}
    at = np.array([where.get(v, -1) for v in work["workshop"].values] + [-1])[work["workshop"].codes]
    dates, days = workshops.values["date"].copy(), work.values["date"]
    own = dates[at] if len(dates) else days
    if listed:
        clash = ~np.isnat(own) & ~np.isnat(days) & (_day(own) != _day(days)) if len(days) else np.zeros(0, bool)
        desk.find(work, clash, "KM417", "The date is not the one of the workshops table", "date")
    seen = ~np.isnat(days)
    earliest = np.full(len(dates), np.iinfo(np.int64).max)
    np.minimum.at(earliest, at[seen], days[seen].astype(np.int64))
    undated = np.isnat(dates) & (earliest < np.iinfo(np.int64).max)
    dates[undated] = earliest[undated].astype("datetime64[ns]")
    filled = np.where(np.isnat(days), dates[at], days) if len(dates) and len(days) else days
    work, workshops = work.put(date=filled), workshops.put(date=dates)
    return _one_attendance(work, desk), workshops


def _day(moments: NDArray) -> NDArray:
    return moments.astype("datetime64[D]")


def _one_attendance(work: Work, desk: Desk) -> Work:
    """Join rows of one attendance; minutes are added up, except that equal rows are one row written twice."""
    if not len(work):
        return work
    day = work.put(date=_day(work.values["date"]).astype("datetime64[ns]"))
    key = day.key("person", "workshop", "date", "table")
    full = work.key("person", "workshop", "date", "table", "minutes")
    order = work.order_by(key, full)
    work, key, full = work.take(order), key[order], full[order]
    repeat = np.r_[False, full[1:] == full[:-1]]
    lead = np.r_[True, key[1:] != key[:-1]]
    minutes = work.values["minutes"]
    counted = np.where(repeat | np.isnan(minutes), 0.0, minutes)
    starts = np.flatnonzero(lead)
    total = np.add.reduceat(counted, starts)
    known = np.add.reduceat((~np.isnan(minutes)).astype(float), starts) > 0
    joined = minutes.copy()
    joined[starts] = np.where(known, total, np.nan)
    desk.find(work, ~lead, "KM402", "Another row tells of the same attendance", "person")
    return desk.count(work.put(minutes=joined), ~lead, "merged")


def interactions(work: Work, desk: Desk) -> Work:
    """Weights are 1 where not given; nobody is tied to themselves. Repeated rows are repeated contacts."""
    weight = work.values["weight"]
    work = work.put(weight=np.where(np.isnan(weight), 1.0, weight))
    return self_ties(work, desk)


def self_ties(work: Work, desk: Desk) -> Work:
    """Without rows that tie people to themselves."""
    loop = work.key("source") if not len(work) else _same(work["source"], work["target"])
    return desk.settle(work, loop.astype(bool), "KM401", "Somebody is tied to themselves", "target")


def _same(one: Coded, two: Coded) -> NDArray[np.bool_]:
    where = {v: k for k, v in enumerate(two.values)}
    return np.array([where.get(v, -1) for v in one.values], dtype=np.int64)[one.codes] == two.codes


def artefact_events(work: Work, desk: Desk) -> Work:
    """Somebody did it, and each thing done is told once."""
    work = desk.settle(work, work["person"].empty & work["organisation"].empty, "KM420", "Nobody is named who did it")
    if not len(work):
        return work
    key = work.key("artefact", "person", "organisation", "action", "date")
    order = work.order_by(key)
    work, key = work.take(order), key[order]
    again = np.r_[False, key[1:] == key[:-1]]
    desk.find(work, again, "KM416", "The row says the same as another", "artefact")
    return desk.count(work, again, "merged")
