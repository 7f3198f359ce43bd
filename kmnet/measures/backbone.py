"""Co-attendance beyond chance: who shared more events than sizes alone explain, and whether so few events can tell.

Sharing a room is opportunity, not connection, and at the size of a programme these tests have next to no power: the
summary therefore says first what could have been found at all.
"""

from __future__ import annotations

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
    low, high = (f(shared.row[shared.one], shared.row[shared.other]) for f in (np.minimum, np.maximum))
    size = int(shared.row.max(initial=0)) + 1
    cells, kind = np.unique(low * size + high, return_inverse=True)
    classes = np.column_stack([cells // size, cells % size])  # pairs of numbers of events
    events = len(shared.column)
    most = classes[:, 0]  # nobody shares more events than the one who went to fewer
    found = {}
    for model in collect("kmnet.measures", NullModel):
        law = model.laws(shared.row, shared.column, classes) if len(classes) else np.empty((0, events + 1))
        tail = upper_tails(law)
        which = np.arange(len(classes)) % max(len(law), 1)
        mean = law @ np.arange(events + 1)
        found[model.name] = Tested(mean[which][kind], tail[which[kind], shared.events], tail[which, most][kind])
    return found


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
    models = every_model(shared) if len(shared.one) else {}
    if not models:
        return {}, {}
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
