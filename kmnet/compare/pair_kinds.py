"""What became of ties by kind of pair: those who shared the programme and others, inside groups and across, each two
groups.

A description, and no test: pairs of different kinds differ in more than the kind (see :mod:`kmnet.compare.effect`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.compare.change import Row, Rows, summary
from kmnet.compare.comparison import Comparison
from kmnet.compare.panel import Panel
from kmnet.compare.verdict import least
from kmnet.network.network import MISSING, Network, Partition

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


class _Kind(NamedTuple):
    """A kind of pair: its key columns, and whether pairs of snapshot positions are of it."""

    key: Row
    holds: Any


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
    i, j = i[kept], j[kept]
    rows = part.rows
    whole = part.people[rows[0]], part.people[rows[1]]
    for kind in _kinds(pair, part):
        at = np.flatnonzero(kind.holds(*whole))
        cannot_tell = int(kind.holds(i, j).sum())
        if len(at) or cannot_tell:
            mine: Rows = (rows[0][at], rows[1][at])
            people = len(np.unique(np.concatenate(mine)))
            yield kind.key | summary(part, cannot_tell, mine) | {"people": people}


def _kinds(pair: Comparison, part: Panel) -> Iterator[_Kind]:
    if pair.exposure is not None and pair.exposure.shared.any():
        shared = pair.exposure.shared > least(pair.exposure.only(part.people))
        key = {"partition": pair.exposure.name}
        yield _Kind(key | {"pairs_of": "shared"}, lambda i, j: shared[i, j])
        yield _Kind(key | {"pairs_of": "not_shared"}, lambda i, j: ~shared[i, j])
    for partition in pair.before.groups.values():
        if pair.exposure is None or partition.column != pair.exposure.name:
            yield from _sides(partition)
    if pair.before.partition is not None:
        yield from _pairs(pair.before, pair.before.partition)


def _sides(partition: Partition) -> Iterator[_Kind]:
    """Inside one group, and across two; people whose group is missing are in neither."""
    code = partition.code
    known = np.array([name != MISSING for name in partition.names], dtype=bool)[code]
    key = {"partition": partition.column}

    def within(i: NDArray[np.intp], j: NDArray[np.intp]) -> NDArray[np.bool_]:
        return known[i] & known[j] & (code[i] == code[j])

    def across(i: NDArray[np.intp], j: NDArray[np.intp]) -> NDArray[np.bool_]:
        return known[i] & known[j] & (code[i] != code[j])

    yield _Kind(key | {"pairs_of": "within"}, within)
    yield _Kind(key | {"pairs_of": "across"}, across)


def _pairs(network: Network, partition: Partition) -> Iterator[_Kind]:
    """Each two groups of few; in the order of direction where ties have one."""
    code = partition.code
    named = [k for k, name in enumerate(partition.names) if name != MISSING]
    if len(named) > FEW:
        return
    for one in named:
        for two in named if network.directed else named[named.index(one) :]:

            def of_both(i: NDArray[np.intp], j: NDArray[np.intp], a: int = one, b: int = two) -> NDArray[np.bool_]:
                found = (code[i] == a) & (code[j] == b)
                return found if network.directed else found | ((code[i] == b) & (code[j] == a))

            groups = {"from_group": partition.names[one], "to_group": partition.names[two]}
            yield _Kind({"partition": partition.column, "pairs_of": "groups"} | groups, of_both)
