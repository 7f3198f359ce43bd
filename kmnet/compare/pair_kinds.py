"""What became of ties by kind of pair: those who shared the programme and others, inside groups and across, each two
groups.

A description, and no test: pairs of different kinds differ in more than the kind (see :mod:`kmnet.compare.effect`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.compare.change import Row, Rows, summary
from kmnet.compare.comparison import Comparison
from kmnet.compare.panel import Panel
from kmnet.compare.verdict import least
from kmnet.network.network import MISSING, Partition

FEW = 12
"""Groups of the headline grouping up to which every two of them have a row."""

WHY = {
    "formation_rate": "No pair of this kind was untied before.",
    "persistence_rate": "No pair of this kind was tied before.",
    "jaccard": "No pair of this kind was tied at either moment.",
    "reciprocity_before": "Ties have no direction, or none of this kind was judged in both directions.",
    "reciprocity_after": "Ties have no direction, or none of this kind was judged in both directions.",
}
"""Why rates of what became of ties are undefined."""


Ints = NDArray[np.integer]


class _Family(NamedTuple):
    """Kinds of pair that exclude each other: the key columns of each, and the kind of pairs of snapshot positions (that
    of a pair of none is beyond the last)."""

    keys: list[Row]
    of: Callable[[Ints, Ints], Ints]


def by_kind(pair: Comparison, part: Panel, ties: Sequence[Row]) -> Iterator[Row]:
    """Rows of the table of tie changes by kind of pair.

    Parameters
    ----------
    pair : Comparison
        Its exposure, if it has one, tells which pairs shared the programme.
    part : Panel
        The comparison without facilitators.
    ties : sequence of dict
        Rows of the table of tie changes, facilitators among them: those that cannot be judged are counted by kind.
    """
    place = {name: k for k, name in enumerate(pair.before.ids)}
    unknown = [(place[row["source"]], place[row["target"]]) for row in ties if row["change"] == "cannot_tell"]
    i, j = np.array(unknown, dtype=np.intp).reshape(-1, 2).T
    staff = pair.before.facilitator
    kept = np.ones(len(i), dtype=bool) if staff.all() else ~(staff[i] | staff[j])
    for family in _families(pair, part):
        kinds = len(family.keys)
        cannot_tell = np.bincount(family.of(i[kept], j[kept]), minlength=kinds + 1)
        kind = family.of(part.people[part.rows[0]], part.people[part.rows[1]])
        order = np.argsort(kind, kind="stable")
        ends = np.cumsum(np.bincount(kind, minlength=kinds + 1))
        for key, few, first, last in zip(family.keys, cannot_tell.tolist(), [0, *ends], ends):
            if last > first or few:
                at = order[first:last]
                mine: Rows = (part.rows[0][at], part.rows[1][at])
                seen = np.zeros(part.n, dtype=bool)
                seen[mine[0]] = seen[mine[1]] = True
                yield key | summary(part, few, mine) | {"people": int(seen.sum())}


def _families(pair: Comparison, part: Panel) -> Iterator[_Family]:
    if pair.exposure is not None and pair.exposure.shared.any():
        shared = pair.exposure.shared > least(pair.exposure.only(part.people))
        keys: list[Row] = [{"partition": pair.exposure.name, "pairs_of": of} for of in ("shared", "not_shared")]
        yield _Family(keys, lambda i, j: (~shared[i, j]).astype(np.int16))
    for partition in pair.before.groups.values():
        if pair.exposure is None or partition.column != pair.exposure.name:
            yield _sides(partition)
    headline = pair.before.partition
    if headline is not None and len(_named(headline)) <= FEW:
        yield _groups(pair.before.directed, headline)


def _named(partition: Partition) -> list[int]:
    return [k for k, name in enumerate(partition.names) if name != MISSING]


def _sides(partition: Partition) -> _Family:
    """Inside one group, and across two; people whose group is missing are in neither."""
    code = partition.code
    known = np.array([name != MISSING for name in partition.names], dtype=bool)[code]

    def of(i: Ints, j: Ints) -> Ints:
        return np.where(known[i] & known[j], code[i] != code[j], 2).astype(np.int16)

    return _Family([{"partition": partition.column, "pairs_of": side} for side in ("within", "across")], of)


def _groups(directed: bool, partition: Partition) -> _Family:
    """Each two groups, in the order of direction where ties have one."""
    named, names = _named(partition), partition.names
    pairs = [(a, b) for a in named for b in named if directed or a <= b]
    cell = np.full((len(names), len(names)), len(pairs), dtype=np.int16)
    for number, (a, b) in enumerate(pairs):
        cell[a, b] = number
        if not directed:
            cell[b, a] = number
    code = partition.code
    keys: list[Row] = [
        {"partition": partition.column, "pairs_of": "groups", "from_group": names[a], "to_group": names[b]}
        for a, b in pairs
    ]
    return _Family(keys, lambda i, j: cell[code[i], code[j]])
