"""Groups that are too small to be named are joined, the smallest first, until none has fewer people than asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from kmnet.network.network import MISSING
from kmnet.share.views import fold

_WORD = re.compile(r"[^\W_]+")


def joined(values: Iterable[str], minimum: int, other: str, hidden: Collection[str] = ()) -> dict[str, str]:
    """What each group is shown as: its own name, or ``other`` when it had to be joined.

    Parameters
    ----------
    values : iterable of str
        The group of each person.
    minimum : int
        Fewest people that a group may show.
    other : str
        Name of the joined groups.
    hidden : collection of str
        Groups that are joined however large they are.

    Returns
    -------
    dict of str to str
        The joined group has at least ``minimum`` people too, so that it does not give a small group away.

    Examples
    --------
    >>> joined(["a"] * 9 + ["b"] * 6 + ["c"], 5, "Other")
    {'a': 'a', 'b': 'Other', 'c': 'Other'}
    """
    sizes = Counter(values)
    order = sorted(sizes, key=lambda group: (group not in hidden, sizes[group], group != MISSING, group))
    gone: list[str] = []
    people = 0
    for group in order:
        if group not in hidden and sizes[group] >= minimum and (people == 0 or people >= minimum):
            break
        gone.append(group)
        people += sizes[group]
    return {group: other if group in gone else group for group in sorted(sizes)}


def frequent(values: Mapping[str, int], minimum: int, other: str, hidden: Collection[str] = ()) -> dict[str, str]:
    """What each word is shown as: itself when it stands for ``minimum`` things or more and is not hidden, else ``other``."""
    return {
        word: word if not word or (count >= minimum and word not in hidden) else other
        for word, count in sorted(values.items())
    }


def naming(labels: Iterable[str], names: Iterable[str]) -> frozenset[str]:
    """Labels in which somebody's full name stands (names of one word are everyday words too often).

    Examples
    --------
    >>> sorted(naming(["Advice", "Ann Lee introduced us", "Rose Annlee"], ["Ann Lee", "Rose"]))
    ['Ann Lee introduced us']
    """
    parts = {tuple(words) for name in names if len(words := _WORD.findall(fold(name))) > 1}
    lengths = sorted({len(p) for p in parts})

    def names_somebody(label: str) -> bool:
        words = _WORD.findall(fold(label))
        return any(tuple(words[k : k + n]) in parts for n in lengths for k in range(len(words) - n + 1))

    return frozenset(label for label in set(labels) if names_somebody(label))
