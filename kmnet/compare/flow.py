"""Evidence flow: whom each artefact could have reached by the dated contacts, whom it is recorded to have reached, and
who used it; three things that are never mixed.

Possible reach is an upper bound on what contacts could have carried: nobody says that they did. Static networks promise
more still (38 of 40 people against 25 in a log of 120 contacts), because they let yesterday's contact carry tomorrow's
evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kmnet.compare.change import Row
from kmnet.compare.evidence import EPOCH, Artefact, Evidence
from kmnet.kernels import qap, shuffle, temporal
from kmnet.network.network import Partition

RULE = (
    "All who came to a workshop could pass evidence to each other that day. What is received is passed on from the next"
    " day on (reachable), or on the same day (reachable_same_day); the truth lies between."
)
CLOCKS, FEWEST_CLOCKS = 499, 99
"""Shuffled clocks, and the fewest of them."""

SHUFFLED = 150_000
"""Contacts x clocks: long logs are shuffled less often."""

EVENTS = 20_000
"""Contacts above which clocks are not shuffled."""


class Flow(NamedTuple):
    """Rows of the artefacts and carriers tables, and facts: the shuffled clock."""

    artefacts: list[Row]
    carriers: list[Row]
    facts: dict[str, Any]


def flow(found: Evidence, seed: int) -> Flow:
    """Follow every artefact from its makers."""
    release = np.stack([_release(found.n, artefact) for artefact in found.artefacts])
    strict = [temporal.earliest(found.contacts, row, strict=True) for row in release]
    loose = [temporal.earliest(found.contacts, row, strict=False) for row in release]
    outside = [temporal.earliest(found.outside, row, strict=True) for row in release]
    rows = [
        row
        for artefact, *arrivals in zip(found.artefacts, strict, loose, outside)
        for row in _rows(found, artefact, *arrivals)
    ]
    return Flow(rows, _carriers(found, release, strict), _clock(found, release, strict, seed))


def _release(n: int, artefact: Artefact) -> NDArray[np.float64]:
    release = np.full(n, np.inf)
    release[artefact.makers] = artefact.release
    return release


def _rows(
    found: Evidence,
    artefact: Artefact,
    strict: temporal.Arrival,
    loose: temporal.Arrival,
    outside: temporal.Arrival,
) -> Iterator[Row]:
    others = np.ones(found.n, dtype=bool)
    others[artefact.makers] = False
    received, used = (_mask(found.n, people) & others for people in (artefact.received, artefact.used))
    everybody = Partition.of("everybody", ["everybody"] * found.n)
    for column, part in {"everybody": everybody, **found.groups}.items():
        for code, group in enumerate(part.names):
            inside = (part.code == code) & others
            people = int(inside.sum())
            if not people:
                continue
            row: Row = {
                "artefact": artefact.id, "kind": artefact.kind, "partition": column, "group": group, "people": people,
                "reachable": int((inside & np.isfinite(strict.time)).sum()),
                "reachable_same_day": int((inside & np.isfinite(loose.time)).sum()),
                "reachable_without_workshops": int((inside & np.isfinite(outside.time)).sum()),
                "reached": int((inside & received).sum()),
                "share": float((inside & received).sum() / people),
                "used": int((inside & used).sum()),
            }  # fmt: skip
            if column == "organisation":
                row["organisation_recorded"] = artefact.organisations.get(group, "")
            elif column == "everybody":
                row["organisation_recorded"] = _furthest(artefact)
            yield row | _first(found, strict, inside)


def _furthest(artefact: Artefact) -> str:
    recorded = set(artefact.organisations.values())
    return next((action for action in ("used", "received") if action in recorded), "")


def _mask(n: int, people: NDArray[np.int32]) -> NDArray[np.bool_]:
    mask = np.zeros(n, dtype=bool)
    mask[people] = True
    return mask


def _first(found: Evidence, arrival: temporal.Arrival, inside: NDArray[np.bool_]) -> Row:
    """When, and through whom, a group could first have had it."""
    time = np.where(inside, arrival.time, np.inf)
    person = int(np.lexsort((np.arange(found.n), arrival.hops, time))[0])
    if not np.isfinite(time[person]):
        return {}
    when = (EPOCH + pd.to_timedelta(time[person], unit="D")).normalize()
    return {"first_reached": when, "via": found.ids[arrival.via[person]] if arrival.via[person] >= 0 else ""}


def _carriers(found: Evidence, release: NDArray[np.float64], strict: list[temporal.Arrival]) -> list[Row]:
    """Who could have been the first route, and who the only one (nothing arrives in time if they pass nothing on)."""
    via = np.stack([arrival.via for arrival in strict])
    passed = via >= 0
    base = temporal.reached(found.contacts, release)
    sources = np.isfinite(release)
    arrivals = int((base & ~sources).sum())
    rows = []
    for person in np.unique(via[passed]).tolist():
        mine = via == person
        # A maker is the source of an artefact, not a carrier of it.
        carried = mine & ~sources[:, [person]]
        if not carried.any():
            continue
        without = temporal.reached(found.contacts, release, silent=person)
        lost = base & ~without & ~sources & ~sources[:, [person]]
        lost[:, person] = False
        rows.append(
            {
                "id": found.ids[person], "artefacts": int(carried.any(axis=1).sum()),
                "first_routes": int(carried.sum()), "only_routes": int(lost.sum()),
                "only_share": float(lost.sum() / arrivals) if arrivals else float("nan"),
            }
        )  # fmt: skip
    return sorted(rows, key=lambda row: (-row["only_routes"], -row["first_routes"], row["id"]))


def _clock(found: Evidence, release: NDArray[np.float64], strict: list[temporal.Arrival], seed: int) -> dict[str, Any]:
    """Does the order of contacts matter? Mean reach against the same contacts with their days shuffled."""
    reach = float(np.mean([np.isfinite(arrival.time).sum() for arrival in strict]))
    facts: dict[str, Any] = {"artefacts": len(strict), "reach": reach, "people": found.n}
    if not 10 <= len(found.contacts.start) <= EVENTS:
        return facts
    clocks = max(FEWEST_CLOCKS, min(CLOCKS, SHUFFLED // len(found.contacts.start)))
    orders = shuffle.permutations(len(found.contacts.start), clocks, seed, (7,))
    drawn = np.array(
        [temporal.reached(temporal.retimed(found.contacts, order), release).sum(axis=1).mean() for order in orders]
    )
    return facts | {
        "reach_shuffled": float(drawn.mean()),
        "clock_p": qap.share_as_large(reach - float(drawn.mean()), drawn - drawn.mean()),
        "clocks": clocks,
    }
