"""Spellings that may be one person, with the reason why: for a person to confirm, never acted upon.

No score decides. Each reason is one that a reader can check by eye: the same words in another order, an initial, a
part of the name, one letter, a leading zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

import pandas as pd

from kmnet.tables.cells import fold
from kmnet.tables.names import bare, candidates
from kmnet.tables.schema import Tables

COLUMNS = ("written", "person", "name", "reason")
COMMON = 50
"""A word that so many people's names hold (a surname of a whole town) finds nobody."""

_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "8": "b", "2": "z"})


def suggestions(tables: Tables) -> pd.DataFrame:
    """Pairs to look at: spellings that the register does not know, and people of the register who may be one.

    Returns
    -------
    pandas.DataFrame
        ``written`` and ``person`` are the columns of the aliases table, so that confirmed rows can be copied into it;
        ``name`` is the person's name and ``reason`` why they may be the same. Sorted.
    """
    register = dict.fromkeys(sorted(set(tables.people["id"]) - set(tables.strangers)), "")
    register |= {who: name for who, name in tables.register.names.items() if who in register}
    index = _index(register)
    rows = {
        (written, who, register[who], reason)
        for written in tables.strangers
        for who, reason in _near(written, register, index)
    }
    rows |= {(two, one, register[one], why) for one, two, why in _twins(register)}
    return pd.DataFrame(sorted(rows), columns=list(COLUMNS), dtype="str")


def reason(one: str, two: str) -> str:
    """Why two names may be one person's; "" where nothing says so.

    Examples
    --------
    >>> reason("J. Smith", "Jane Smith"), reason("Jane Smyth", "Jane Smith"), reason("June Brown", "Jane Smith")
    ('an initial', 'one letter differs', '')
    """
    a, b = bare(one).split(), bare(two).split()
    if not a or not b:
        return ""
    if sorted(a) == sorted(b):
        return "the same words"
    if len(a) == len(b) and len(a) > 1:
        differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        if all(x[0] == y[0] and 1 in (len(x), len(y)) for x, y in differing):
            return "an initial"
        if len(differing) == 1 and _one_edit(*differing[0]):
            return "one letter differs"
    short, long = sorted((a, b), key=len)
    if len(short) > 1 and set(short) < set(long):
        return "a part of the name"
    if "".join(a) == "".join(b):
        return "the same letters"
    return ""


def id_reason(one: str, two: str) -> str:
    """Why two ids may be one: leading zeros, signs between, or letters and digits that look alike.

    Examples
    --------
    >>> id_reason("7", "007"), id_reason("P-01", "P01"), id_reason("PO1", "P01"), id_reason("P02", "P01")
    ('leading zeros', 'signs between', 'letters and digits that look alike', '')
    """
    a, b = ("".join(c for c in fold(t) if c.isalnum()) for t in (one, two))
    if not a or not b or fold(one) == fold(two):
        return ""
    if a == b:
        return "signs between"
    if a.isdigit() and b.isdigit():
        return "leading zeros" if a.lstrip("0") == b.lstrip("0") else ""
    if _unpadded(a) == _unpadded(b):
        return "leading zeros"
    return "letters and digits that look alike" if a.translate(_ALIKE) == b.translate(_ALIKE) else ""


def _unpadded(text: str) -> tuple[str, str]:
    head = text.rstrip("0123456789")
    return head, text[len(head) :].lstrip("0")


def _one_edit(one: str, two: str) -> bool:
    """Whether one letter added, left out, changed or swapped with the next makes one of the other."""
    if min(len(one), len(two)) < 3 or abs(len(one) - len(two)) > 1 or one == two:
        return False
    k = next((k for k, (x, y) in enumerate(zip(one, two, strict=False)) if x != y), min(len(one), len(two)))
    a, b = one[k:], two[k:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _words(name: str) -> set[str]:
    """Keys under which a name is looked up: every reason leaves one of them equal."""
    words = bare(name).split()
    return {*words, "".join(words)} - {""}


def _id_keys(text: str) -> set[str]:
    """The same for ids."""
    letters = "".join(c for c in fold(text) if c.isalnum())
    return {f"id {letters}", f"id {letters.translate(_ALIKE)}", f"id {_unpadded(letters)}"} if letters else set()


def _near(written: str, register: dict[str, str], index: Mapping[str, list[str]]) -> Iterable[tuple[str, str]]:
    parts = candidates(written)
    keys = _id_keys(written).union(*map(_words, parts))
    found = {who for key in keys if len(index.get(key, ())) <= COMMON for who in index.get(key, ())}
    for who in found:
        reasons = (id_reason(written, who), *(reason(part, register[who] or who) for part in parts))
        why = next(filter(None, reasons), "")
        if why:
            yield who, why


def _index(register: Mapping[str, str]) -> dict[str, list[str]]:
    index: defaultdict[str, list[str]] = defaultdict(list)
    for who, name in register.items():
        for key in _id_keys(who) | _words(name or who):
            index[key].append(who)
    return dict(index)


def _twins(register: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    """Pairs of the register whose names share a word and a reason."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for who, name in register.items():
        for word in _words(name):
            groups[word].append(who)
    seen = set()
    for ids in groups.values():
        if len(ids) > COMMON:
            continue
        for one, two in combinations(ids, 2):
            if (one, two) not in seen:
                seen.add((one, two))
                why = reason(register[one], register[two])
                if why:
                    yield one, two, "people with " + why if why == "the same words" else why
