"""Co-attendance beyond chance: who shared more events than sizes alone explain, and whether so few events can tell.

Sharing a room is opportunity, not connection, and at the size of a programme these tests have next to no power: the
summary therefore says first what could have been found at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.catalogue import collect
from kmnet.kernels.backbone import upper_tails
from kmnet.kernels.families import false_discovery, family_wise
from kmnet.measures.null_models import NullModel
from kmnet.network.network import Network

Array = NDArray[np.float64]

ALPHA = 0.05
MOST_WORK = 3e10
"""Steps up to which the laws are computed (about half a minute)."""

TOO_LARGE = "too_many_events"
"""The verdict where they are not."""

MOST_ROWS = 100_000
"""Pairs listed at most; beyond, only those significant after false-discovery control."""


class Shared(NamedTuple):
    """Pairs of people (positions, ``one`` < ``other``) that shared events, how many, and the table's sums."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    events: NDArray[np.int64]
    row: NDArray[np.int64]
    column: NDArray[np.int64]


def shared_events(network: Network) -> Shared:
    """Pairs that were together at an event; events that nobody of the network came to are left out."""
    from scipy.sparse import coo_array, triu

    came = network.affiliation
    if came is None:
        none = np.empty(0, dtype=np.int64)
        return Shared(none, none, none, np.zeros(network.n, dtype=np.int64), none)
    event = np.unique(came.event, return_inverse=True)[1]
    events = int(event.max(initial=-1)) + 1
    table = coo_array((np.ones(len(event), dtype=np.int64), (came.person, event)), shape=(network.n, events)).tocsr()
    pairs = triu(table @ table.T, k=1).tocoo()
    order = np.lexsort((pairs.col, pairs.row))
    return Shared(
        pairs.row[order].astype(np.int64),
        pairs.col[order].astype(np.int64),
        pairs.data[order].astype(np.int64),
        np.bincount(came.person, minlength=network.n),
        np.bincount(event, minlength=events),
    )


class Tested(NamedTuple):
    """One model on every pair: expected shared events, p of as many or more, and the least p there could be."""

    expected: Array
    p: Array
    least: Array


def every_model(shared: Shared) -> dict[str, Tested]:
    """Every pair under every null model of the catalogue, exact."""
    classes, kind = _classes(shared)
    tests = len(shared.one)
    found = {}
    for model in collect("kmnet.measures", NullModel):
        tested = Tested(np.empty(tests), np.empty(tests), np.empty(tests))
        for block, most in _blocks(shared, classes):
            law = model.laws(shared.row, shared.column, classes[block], most)
            tail, mean = upper_tails(law), law @ np.arange(most + 1)
            at = np.flatnonzero((kind >= block.start) & (kind < block.stop))
            which = (kind[at] - block.start) % len(law)  # one law may be that of all pairs
            tested.expected[at], tested.p[at] = mean[which], tail[which, shared.events[at]]
            # nobody shares more events than the one who went to fewer
            tested.least[at] = tail[which, classes[kind[at], 0]]
        found[model.name] = tested
    return found


def _classes(shared: Shared) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Numbers of events of the two people of a pair, smaller first, in order; and the place of each pair among them."""
    low, high = (f(shared.row[shared.one], shared.row[shared.other]) for f in (np.minimum, np.maximum))
    size = int(shared.row.max(initial=0)) + 1
    cells, kind = np.unique(low * size + high, return_inverse=True)
    return np.column_stack([cells // size, cells % size]), kind


def _blocks(shared: Shared, classes: NDArray[np.int64]) -> Iterator[tuple[slice, int]]:
    """Classes whose people went to about as many events, and the shared events up to which their laws are needed.

    Two people share no more events than the less busy of them went to. That bounds the mean of the models that keep how
    often people came, and ``usual`` that of the others; a law far above all this (nine standard deviations) holds
    nothing that a tail would miss.
    """
    busy = classes[:, 0]
    usual = int(np.ceil(((shared.column / len(shared.row)) ** 2).sum()))
    step = np.ceil(np.log2(np.maximum(busy, 1)) / 2).astype(int)  # four times as busy, the next block
    for k in np.unique(step).tolist():
        first, last = np.searchsorted(step, [k, k + 1])
        top = max(int(busy[last - 1]), usual)
        yield slice(int(first), int(last)), min(len(shared.column), top + int(9 * np.sqrt(top)) + 16)


def work(shared: Shared) -> float:
    """Steps that the laws of every class of pairs take, about."""
    trials = np.unique(shared.column, return_counts=True)[1]
    rounds = float((2 * np.log2(trials) + 1).sum())
    return sum((block.stop - block.start) * rounds * most**2 for block, most in _blocks(shared, _classes(shared)[0]))


def backbone(network: Network) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows of the tables ``backbone`` and ``backbone_summary`` for one network of attendance.

    Pairs that shared an event are tested (as many as there are tests to correct for). Both are empty where the network
    holds no attendance. A model that could not have found any pair even at its least p, corrected for the number of
    tests, gives the verdict ``too_few_events``: no finding, not "no tie".

    Returns
    -------
    pairs : dict of str to array
        source, target, shared, expected (SDSM), p of each model, ``least_p`` (SDSM), q and Holm's p (SDSM).
    summary : dict of str to array
        One row a model.
    """
    shared = shared_events(network)
    if not len(shared.one):
        return {}, {}
    if work(shared) > MOST_WORK:
        return {}, _too_large(shared)
    models = every_model(shared)
    sdsm = models["sdsm"]
    q = false_discovery(sdsm.p)
    keep = np.arange(len(q)) if len(q) <= MOST_ROWS else np.flatnonzero(q <= ALPHA)
    ids = np.array(network.ids, dtype=object)
    pairs = {
        "source": ids[shared.one],
        "target": ids[shared.other],
        "shared": shared.events,
        "expected": sdsm.expected,
        **{f"p_{name}": found.p for name, found in models.items()},
        "least_p": sdsm.least,
        "q": q,
        "holm": family_wise(sdsm.p),
    }
    return {name: values[keep] for name, values in pairs.items()}, _summary(shared, models)


def _too_large(shared: Shared) -> dict[str, Any]:
    models = [model.name for model in collect("kmnet.measures", NullModel)]
    sizes = {"people": len(shared.row), "events": len(shared.column), "tests": len(shared.one)}
    empty = ("least_p", "could", "could_corrected", "significant", "significant_bh", "significant_holm")
    return {
        "model": np.array(models),
        **{name: np.full(len(models), value) for name, value in sizes.items()},
        **{name: np.full(len(models), np.nan) for name in empty},
        "verdict": np.full(len(models), TOO_LARGE),
    }


def _summary(shared: Shared, models: dict[str, Tested]) -> dict[str, Any]:
    tests = len(shared.one)
    rows = []
    for name, found in models.items():
        kept = int((family_wise(found.p) <= ALPHA).sum()), int((false_discovery(found.p) <= ALPHA).sum())
        could = int((found.least <= ALPHA / tests).sum())
        rows.append(
            {
                "model": name,
                "people": len(shared.row),
                "events": len(shared.column),
                "tests": tests,
                "least_p": float(found.least.min()),
                "could": int((found.least <= ALPHA).sum()),
                "could_corrected": could,
                "significant": int((found.p <= ALPHA).sum()),
                "significant_bh": kept[1],
                "significant_holm": kept[0],
                "verdict": "too_few_events" if not could else "beyond_chance" if kept[1] else "none_beyond_chance",
            }
        )
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}
