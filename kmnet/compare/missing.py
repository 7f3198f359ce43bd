"""How much hangs on those who did not answer: bounds, and the study's own network with more of it missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kmnet.compare import brokers, intervals
from kmnet.compare.change import Row
from kmnet.compare.panel import Panel, matrix, panel
from kmnet.kernels import shuffle
from kmnet.network.network import Network

DRAWS = 40
SHARES = (0.1, 0.2, 0.3)

BOUNDS = {
    "none": "people who did not answer have no ties beyond those others report",
    "all": "people who did not answer are tied to everybody: the utmost the data allow",
    "as_the_other_moment": "ties that cannot be seen are as at the other moment",
    "as_named_by_others": "people who did not answer name those who name them",
}


def bounds(before: Network, after: Network) -> list[Row]:
    """Change of ties per person over everybody in both moments, under each assumption about what was not answered."""
    both = before.present & after.present
    one, two = before.take(both), after.take(both)
    if one.layer != "reported" or (one.answered.all() and two.answered.all()):
        return []
    seen = [(matrix(network), _unseen(network)) for network in (one, two)]
    rows = []
    for name, note in BOUNDS.items():
        filled = [_filled(name, mine, other) for mine, other in (seen, seen[::-1])]
        people = [float(ties.sum()) / max(one.n, 1) for ties in filled]
        rows.append({"scenario": f"unanswered_{name}", "difference": people[1] - people[0], "note": note})
    return rows


def _unseen(network: Network) -> NDArray[np.bool_]:
    """Cells of the matrix of ties that nobody's answer can fill."""
    answered = network.answered
    if network.directed:
        unseen = np.broadcast_to(~answered[:, None], (network.n, network.n)).copy()
    elif network.reports is not None and network.reports.rule == "either":
        unseen = ~(answered[:, None] | answered[None, :])
    else:
        unseen = ~(answered[:, None] & answered[None, :])
    np.fill_diagonal(unseen, False)
    return unseen


def _filled(
    name: str,
    mine: tuple[NDArray[np.float64], NDArray[np.bool_]],
    other: tuple[NDArray[np.float64], NDArray[np.bool_]],
) -> NDArray[np.float64]:
    ties, unseen = mine
    instead = {
        "none": np.zeros_like(ties),
        "all": np.ones_like(ties),
        "as_the_other_moment": other[0],
        "as_named_by_others": ties.T,
    }[name]
    return np.where(unseen, instead, ties)


def thinned(found: Panel, seed: int, key: tuple[int, ...]) -> list[Row]:
    """The same study with 10, 20 and 30 % of ties, people or answers lost at random."""
    if found.n < 2 * brokers.TOP or found.after.m < 10:
        return []
    draw = shuffle.generator(seed, *key)
    first = _best(found.after)
    rows = []
    for what in ("ties", "people", "answers"):
        if what == "answers" and found.before.layer != "reported":
            continue
        for share in SHARES:
            drawn = np.array([_one(part, first) for part in _lost(found, what, share, draw)])
            ordered = np.sort(drawn[:, 0])
            edge = int(DRAWS * 0.025)
            rows.append(
                {
                    "scenario": f"fewer_{what}", "dropped": share, "difference": float(drawn[:, 0].mean()),
                    "low": float(ordered[edge]), "high": float(ordered[-1 - edge]),
                    "top_five_kept": float(drawn[:, 1].mean()), "note": f"{DRAWS} random losses",
                }
            )  # fmt: skip
    return rows


def _lost(found: Panel, what: str, share: float, draw: np.random.Generator) -> Iterator[Panel]:
    for _ in range(DRAWS):
        if what == "ties":
            yield replace(
                found,
                before=_fewer(found.before, draw.random(found.before.m) >= share),
                after=_fewer(found.after, draw.random(found.after.m) >= share),
            )
        elif what == "people":
            yield found.only(draw.random(found.n) >= share)
        else:
            answered = found.answered & (draw.random(found.n) >= share)
            yield panel(
                replace(found.before, answered=answered), replace(found.after, answered=answered), found.members
            )


def _fewer(network: Network, keep: NDArray[np.bool_]) -> Network:
    return replace(
        network, source=network.source[keep], target=network.target[keep], weight=network.weight[keep]
    )  # fmt: skip


def _best(network: Network) -> set[str]:
    place = brokers.places(network)
    return {network.ids[k] for k in np.lexsort((np.arange(network.n), place))[: brokers.TOP]}


def _one(part: Panel, first: set[str]) -> tuple[float, float]:
    """Change of ties per person, and how many of the five are still among the five."""
    return intervals.ties_per_person(part).difference, float(len(_best(part.after) & first))
