"""Brokerage through events: people who join workshops (or artefacts), and events that join groups of people.

On networks of attendance or shared artefacts, read from who was at what; ties are not looked at.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.measures.measure import measure
from kmnet.measures.views import kept
from kmnet.network.network import Network, Partition

Array = NDArray[np.float64]

MOST_PAIRS = 20_000_000
"""Pairs of events per person (and of people per event) up to which they are listed."""

_EMPTY = np.empty(0, dtype=np.int64)


class Joined(NamedTuple):
    """Pairs within each member of one mode, once each: ``by`` joins ``one`` and ``other`` (one < other); ``many``
    members join the same two."""

    by: NDArray[np.int64]
    one: NDArray[np.int64]
    other: NDArray[np.int64]
    many: NDArray[np.int64]


def _joined(by: NDArray[np.integer], what: NDArray[np.integer]) -> Joined | None:
    """All pairs of ``what`` that each of ``by`` joins; None where there are too many to list."""
    order = np.lexsort((what, by))
    by, what = np.asarray(by, dtype=np.int64)[order], np.asarray(what, dtype=np.int64)[order]
    size = np.bincount(by) if len(by) else _EMPTY
    if (size * (size - 1) // 2).sum() > MOST_PAIRS:
        return None
    ends = np.cumsum(size)
    behind = ends[by] - np.arange(len(by)) - 1 if len(by) else _EMPTY
    first = np.repeat(np.arange(len(by)), behind)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(behind) - behind, behind)
    one, other = what[first], what[second]
    _, inverse, many = np.unique(one * (int(what.max(initial=0)) + 1) + other, return_inverse=True, return_counts=True)
    return Joined(by[first], one, other, many[inverse].astype(np.int64) if len(one) else _EMPTY)


@kept
def _events_joined(network: Network) -> Joined | None:
    came = network.affiliation
    return None if came is None else _joined(came.person, came.event)


_TWO_MODE = {
    "denominator": "none: a count",
    "low": 0,
    "undefined": "The network is not one of attendance or shared artefacts, or is too large for pairs of events.",
    "source": "idea: Jasny & Lubell 2015, Social Networks 41:36-47",
    "agrees_with": "own enumeration",
    "unit": "pairs of events",
}


def _credit(network: Network, sole: bool) -> Array:
    joined = _events_joined(network)
    if joined is None:
        return np.full(network.n, np.nan)
    credit = (joined.many == 1).astype(float) if sole else 1.0 / joined.many
    return np.bincount(joined.by, weights=credit, minlength=network.n).astype(np.float64)


@measure(
    of="person",
    title="Joining events",
    reads="How many pairs of events this person joins by having been at both, shared with others who were.",
    formula="sum over pairs of events e, f attended by v of 1 / people who attended both",
    variant="two-mode: workshops, tables or artefacts as the network says; summed over people it is the joined pairs",
    misreading="Whoever comes to everything joins everything: it is dose as much as brokerage.",
    column=False,
    **_TWO_MODE,
)
def two_mode_brokerage(network: Network) -> Array:
    """Credit of each person for pairs of events that they join."""
    return _credit(network, sole=False)


@measure(
    of="person",
    title="Sole connector of events",
    reads="How many pairs of events only this person was at.",
    formula="pairs of events e, f attended by v and by nobody else together",
    variant="two-mode: workshops, tables or artefacts as the network says",
    misreading="Few events leave few pairs: 0 is usual for nearly everybody.",
    column=False,
    **_TWO_MODE,
)
def sole_connector(network: Network) -> Array:
    """Pairs of events that only this person joins."""
    return _credit(network, sole=True)


def event_brokerage(network: Network, partition: Partition) -> dict[str, Any]:
    """The rows of the table ``event_brokerage``: which events bring people of different groups together.

    ``pairs`` are pairs of people of different groups who were both there; ``credit`` shares each pair between the
    events at which the two met; ``sole`` are pairs who met nowhere else. Empty without attendance, or where pairs are
    too many to list.
    """
    came = network.affiliation
    joined = _joined(came.event, came.person) if came is not None else None
    if came is None or joined is None:
        return {}
    across = partition.code[joined.one] != partition.code[joined.other]
    event, many, count = joined.by[across], joined.many[across], len(came.events)
    people = np.bincount(came.event, minlength=count)
    there = people > 0
    columns = {
        "people": people,
        "pairs": np.bincount(event, minlength=count),
        "credit": np.bincount(event, weights=1.0 / many, minlength=count),
        "sole": np.bincount(event, weights=many == 1, minlength=count).astype(np.int64),
    }
    return {
        "partition": np.full(int(there.sum()), partition.column, dtype=object),
        "event": np.array(came.events, dtype=object)[there],
        **{name: values[there] for name, values in columns.items()},
    }
