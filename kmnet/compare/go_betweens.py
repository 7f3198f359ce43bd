"""Who stands between two groups, such as public advisers and commissioners, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

from kmnet.compare.change import Row
from kmnet.compare.equity import wanted
from kmnet.compare.panel import Panel
from kmnet.network.network import MISSING, Partition

Pair = tuple[str, str]

LARGEST = 1000
"""People above which paths between all groups take too long."""


def go_betweens(panel: Panel, focus: Mapping[str, str]) -> Iterator[Row]:
    """Open two-step paths from one group to another by the person in the middle, among those who answered both times.

    Pairs of groups are those with a group in focus; without one, all pairs of the headline grouping. A row without an id
    is everybody together; people through whom no path leads at either moment have no row.
    """
    whole = panel.only(panel.answered)
    if whole.n > LARGEST:
        return
    before, after = whole.ties
    chosen = list(wanted(whole.before, focus))
    for partition, groups in chosen:
        for one, two in _pairs(partition, groups, whole.directed):
            inside = tuple(partition.code == partition.names.index(name) for name in (one, two))
            was, now = (through(ties, *inside) for ties in (before, after))
            base = {
                "partition": partition.column, "from_group": one, "to_group": two,
                "people": int((inside[0] | inside[1]).sum()),
            }  # fmt: skip
            yield base | {"id": "", "group": ""} | _counts(was.sum(), now.sum())
            for k in np.flatnonzero((was > 0) | (now > 0)).tolist():
                who = {"id": whole.before.ids[k], "group": partition.names[partition.code[k]]}
                yield base | who | _counts(was[k], now[k])


def _counts(was: float, now: float) -> Row:
    return {"before": int(was), "after": int(now), "difference": int(now) - int(was)}


def _pairs(partition: Partition, groups: list[str], directed: bool) -> list[Pair]:
    """Ordered pairs of different groups (unordered where ties have no direction) with one of the groups wanted."""
    names = [name for name in partition.names if name != MISSING]
    every = permutations(names, 2) if directed else combinations(names, 2)
    found = [pair for pair in every if pair[0] in groups or pair[1] in groups]
    if directed:
        return found
    return [pair if pair[0] in groups else (pair[1], pair[0]) for pair in found]


def through(ties: NDArray[np.floating], start: NDArray[np.bool_], end: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Open paths i -> v -> k from a member of one group to a member of another who is not tied to them, per v."""
    open_ = (1.0 - ties) * np.outer(start, end)
    np.fill_diagonal(open_, 0.0)
    return np.asarray((ties * (open_ @ ties.T)).sum(axis=0), dtype=np.float64)
