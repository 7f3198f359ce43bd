"""Groups that are too small to be named are joined, the smallest first, until none has fewer people than asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kmnet.network.network import MISSING


def joined(values: Iterable[str], minimum: int, other: str) -> dict[str, str]:
    """What each group is shown as: its own name, or ``other`` when it had to be joined.

    Parameters
    ----------
    values : iterable of str
        The group of each person.
    minimum : int
        Fewest people that a group may show.
    other : str
        Name of the joined groups.

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
    order = sorted(sizes, key=lambda group: (sizes[group], group != MISSING, group))
    gone: list[str] = []
    people = 0
    for group in order:
        if sizes[group] >= minimum and (people == 0 or people >= minimum):
            break
        gone.append(group)
        people += sizes[group]
    return {group: other if group in gone else group for group in sorted(sizes)}


def frequent(values: Mapping[str, int], minimum: int, other: str) -> dict[str, str]:
    """What each word is shown as: itself when it stands for ``minimum`` things or more, else ``other``."""
    return {word: word if not word or count >= minimum else other for word, count in sorted(values.items())}
