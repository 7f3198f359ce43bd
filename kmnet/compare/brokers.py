"""Brokers over time: how sure a rank is, and whether a person's brokerage changed beyond what turnover alone gives.

Even where nothing really changes, two of the five highest brokers are other people the next time. So a rank comes with
the range it takes when a tenth of the ties is missing, and a change with the chance that it is an accident of which of
the changed ties were formed and which dissolved.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.compare.change import Row
from kmnet.compare.exposure import Exposure
from kmnet.compare.intervals import FEWEST_PEOPLE
from kmnet.compare.panel import Panel
from kmnet.kernels import csr, paths, shuffle
from kmnet.kernels.families import false_discovery
from kmnet.network.network import Network, Partition

MISSING_TIES = 0.1
THINNED, FEWEST_THINNED = 100, 40
"""Networks with a tenth of their ties missing, for the range of a rank; fewer of large ones, and still enough for a
95 % range."""

MOST_THINNED, THINNED_WORK = 10_000_000, 100_000_000
"""People x ties of a network above which no range is given; and of all networks drawn for one, about."""

LARGEST = 200
"""People above which it takes too long to shuffle which ties were formed."""

LEVEL = 0.95
TOP = 5
SAME_BY_CHANCE = 0.61
"""Share of the five highest in betweenness that stay when half the ties are redrawn and nothing changes (simulated)."""

UNTESTED = (
    f"Fewer than {FEWEST_PEOPLE} people, fewer than 10 ties changed, none formed or none dissolved, or more than {LARGEST} people:"
    " chance cannot be drawn."
)

UNSHARED = "What pairs shared of the programme is not known, or not asked of this network."

ORDER_BY_CHANCE = 0.74
"""Rank correlation of betweenness at two moments when half the ties are redrawn and nothing changes (simulated)."""

SWAPS = 499
CELLS = 4_000_000


def rank(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Place from the highest (1); people of one value share the mean of their places."""
    order = np.argsort(-values, kind="stable")
    _, inverse, count = np.unique(-values[order], return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    place = np.empty(len(values))
    place[order] = ((last - count + 1 + last) / 2)[inverse]
    return place


def rank_ranges(network: Network, seed: int, key: tuple[int, ...]) -> tuple[list[Row], float]:
    """Each person's rank in betweenness, its 95 % range with a tenth of the ties missing, and how many of the five
    highest stay on average.

    Nothing is given of a network with fewer than 10 ties, as dropping one of them is another network, nor of one so large
    that a hundred more computations would take minutes.
    """
    if network.m < 10 or network.n < TOP or network.n * network.m > MOST_THINNED:
        return [], float("nan")
    draw = shuffle.generator(seed, *key)
    observed = places(network)
    best = observed <= np.sort(observed)[TOP - 1]
    size = max(FEWEST_THINNED, min(THINNED, THINNED_WORK // (network.n * network.m)))
    drawn, kept = np.empty((size, network.n)), 0.0
    for k in range(size):
        drawn[k] = rank(_betweenness(network, draw.random(network.m) >= MISSING_TIES, size))
        highest = drawn[k] <= np.sort(drawn[k])[TOP - 1]
        kept += float((best & highest).sum()) / max(int(best.sum()), 1)
    ordered = np.sort(drawn, axis=0)
    edge = int(np.floor(size * (1 - LEVEL) / 2))
    low, high = ordered[edge], ordered[size - 1 - edge]
    rows = [
        {
            "id": name,
            "betweenness_rank": float(observed[i]),
            "betweenness_rank_low": float(min(low[i], observed[i])),
            "betweenness_rank_high": float(max(high[i], observed[i])),
        }
        for i, name in enumerate(network.ids)
    ]
    return rows, TOP * kept / size


def places(network: Network, times: int = paths.USUAL) -> NDArray[np.float64]:
    """Everybody's rank in betweenness; ``times`` as in :func:`kmnet.kernels.paths.all_pairs`."""
    return rank(_betweenness(network, np.ones(network.m, dtype=bool), times))


def _betweenness(network: Network, keep: NDArray[np.bool_], times: int = paths.USUAL) -> NDArray[np.float64]:
    make = csr.build if network.directed else csr.symmetric
    # Sums over paths come in another order on another machine: round before ranking, so that equals stay equal.
    through = paths.all_pairs(make(network.n, network.source[keep], network.target[keep]), times=times).through
    return np.round(through, 6)


def brokerage(ties: NDArray[np.floating], alike: NDArray[np.floating]) -> NDArray[np.floating]:
    """Open two-step paths i -> v -> k that cross a boundary (not all three alike), per v; leading axes are networks.

    ``alike`` is 1 on the diagonal.
    """
    open_ = 1.0 - ties
    at = np.arange(ties.shape[-1])
    open_[..., at, at] = 0.0
    turned = np.swapaxes(ties, -1, -2)
    everybody = (ties * (open_ @ turned)).sum(axis=-2)
    inside = ties * alike
    inner = (inside * ((open_ * alike) @ np.swapaxes(inside, -1, -2))).sum(axis=-2)
    return everybody - inner


def change_of_brokerage(
    panel: Panel, partition: Partition, exposure: Exposure | None, draws: int, seed: int, key: tuple[int, ...]
) -> list[Row]:
    """Cross-boundary brokerage of each person who answered twice: before, after, and a two-sided p.

    The pairs that changed are kept, and so are the numbers of formed and dissolved ties; which of them is which is
    shuffled (false alarms 3 to 5 %, a planted broker found in 58 % of cases).
    """
    whole = panel.only(panel.answered)
    before, after = (tie.astype(np.float32) for tie in whole.ties)
    part = partition.take(panel.people[panel.answered])
    alike = (part.code[:, None] == part.code[None, :]).astype(np.float32)
    half = 1.0 if whole.directed else 0.5
    was, now = (brokerage(tie, alike) * half for tie in (before, after))
    i, j = dyads_changed(before, after, whole.directed)
    p = np.full(whole.n, np.nan)
    if FEWEST_PEOPLE <= whole.n <= LARGEST and len(i) >= 10 and 0 < int((after[i, j] > 0).sum()) < len(i):
        p = _shuffled(before, after, alike, (i, j), whole.directed, (min(draws, SWAPS), seed, key))
    q = false_discovery(p)
    alone = _without(whole, panel, exposure, alike) * half
    ids = whole.before.ids
    return [
        {
            "partition": part.column, "id": ids[k], "group": part.names[part.code[k]], "before": float(was[k]),
            "after": float(now[k]), "difference": float(now[k] - was[k]), "p": float(p[k]), "q": float(q[k]),
            "without_programme": float(alone[k]), "people": whole.n,
        }
        for k in range(whole.n)
    ]  # fmt: skip


def dyads_changed(
    before: NDArray[np.floating], after: NDArray[np.floating], directed: bool
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows that are tied at one moment only."""
    differ = before != after
    i, j = np.nonzero(differ if directed else np.triu(differ))
    return i, j


def _shuffled(
    before: NDArray[np.float32],
    after: NDArray[np.float32],
    alike: NDArray[np.float32],
    rows: tuple[NDArray[np.intp], NDArray[np.intp]],
    directed: bool,
    chance: tuple[int, int, tuple[int, ...]],
) -> NDArray[np.float64]:
    i, j = rows
    draws, seed, key = chance
    observed = brokerage(after, alike) - brokerage(before, alike)
    formed = after[i, j]
    above = np.zeros(len(before))
    below = np.zeros(len(before))
    orders = shuffle.permutations(len(i), draws, seed, key)
    size = max(1, CELLS // before.size)
    for first in range(0, draws, size):
        label = formed[orders[first : first + size]]
        one, two = (np.repeat(m[None], len(label), axis=0) for m in (before, after))
        one[:, i, j], two[:, i, j] = 1 - label, label
        if not directed:
            one[:, j, i], two[:, j, i] = 1 - label, label
        drawn = brokerage(two, alike) - brokerage(one, alike)
        above += (drawn >= observed).sum(axis=0)
        below += (drawn <= observed).sum(axis=0)
    return np.asarray(np.minimum(1.0, 2 * (np.minimum(above, below) + 1) / (draws + 1)))


def _without(whole: Panel, panel: Panel, exposure: Exposure | None, alike: NDArray[np.float32]) -> NDArray[np.floating]:
    """Brokerage after, if ties formed between people who shared the exposure had not formed."""
    before, after = (tie.astype(np.float32) for tie in whole.ties)
    if exposure is None:
        return np.full(whole.n, np.nan)
    shared = exposure.only(panel.people[panel.answered]).shared > 0
    return brokerage(np.where(shared & (before == 0), 0, after).astype(np.float32), alike)
