"""Dependence: what is lost when a person, a team, all facilitators or a best-chosen set leaves.

Everything here is of the undirected view: people reach each other along ties in any direction. Only pairs among those
who stay are counted; that the leavers lose their own ties is no finding.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import keyplayer, shuffle
from kmnet.kernels.speed import LIMIT
from kmnet.measures.views import kept, over, undirected_paths
from kmnet.network.network import MISSING, Network, Partition

Array = NDArray[np.float64]

SETS = 5
"""People in the largest best-chosen set."""
DRAWS, FEWEST_DRAWS = 200, 50
"""Random orders behind the mean of random removal, and the fewest."""
MOST_BETWEEN = 20_000_000
"""Work (people x ties) up to which people are ordered by betweenness for ``most between``."""
EXACT = 15_000
"""Work (people x (people + ties)) up to which the best pair is searched for exactly."""

COLUMNS = (
    "removed",
    "id",
    "group",
    "set_size",
    "components",
    "reachable_pairs",
    "isolates",
    "fragmentation",
    "random_removal",
    "lost",
    "lost_across",
    "reach",
)


@kept
def _pieces(network: Network) -> keyplayer.Pieces:
    return keyplayer.pieces(network.mutual)


class _Row(NamedTuple):
    """One removed set: what it is called, the person meant (if one is), the group meant, and its members."""

    removed: str
    id: str
    group: str
    members: list[int]


def dependence(network: Network, teams: Partition | None, seed: int) -> dict[str, Any]:
    """The rows of the table ``dependence`` for one network, without the network's own key columns.

    Parameters
    ----------
    network : Network
        Its headline partition gives the groups of ``lost_across``.
    teams : Partition, optional
        Each of its groups (but the missing one) is removed as a team.
    seed : int
        The study's seed, for random removal.

    Returns
    -------
    dict of str to array
        First nobody, then each person, the median and 95th percentile of these, each team, all facilitators, and best-chosen sets of 1 to 5: ``best set``
        (fewest connected pairs left, greedy; the pair exact where small), ``most between`` (by betweenness; left out of very large networks) and
        ``widest reach`` (most others directly tied to the set, greedy). In these ``id`` is the person added last.
        Empty for a network of fewer than 2 people.

    Notes
    -----
    Fragmentation is Borgatti's (2006) F = 1 - connected pairs / pairs among those who stay, reach the share of those
    who stay who are tied to somebody in the set. Person by person O(n + m) together; a set O(n + m) each.
    """
    if network.n < 2:
        return {name: np.empty(0, dtype=object if name in COLUMNS[:3] else float) for name in COLUMNS}
    code = network.partition.code if network.partition else np.zeros(network.n, dtype=np.int64)
    sets = [_Row("nobody", "", "", []), *_teams(network, teams), *_facilitators(network), *_chosen(network)]
    people = _singles(network, code)
    rows = [_of_set(network, row, code) for row in sets]
    random = _random(network, max(len(row.members) for row in sets), seed)
    beside = _reference(people)
    columns = {
        name: np.concatenate([[rows[0][name]], people[name], beside[name], [row[name] for row in rows[1:]]])
        for name in rows[0]
    }
    columns["random_removal"] = random[columns["set_size"].astype(int)]
    return {name: columns[name] for name in COLUMNS}


def _teams(network: Network, teams: Partition | None) -> list[_Row]:
    if teams is None:
        return []
    members = [list(map(int, np.flatnonzero(teams.code == g))) for g in range(len(teams.names))]
    return [_Row("team", "", name, who) for name, who in zip(teams.names, members) if name != MISSING]


def _facilitators(network: Network) -> list[_Row]:
    who = list(map(int, np.flatnonzero(network.facilitator)))
    return [_Row("facilitators", "", "", who)] if who else []


def _chosen(network: Network) -> list[_Row]:
    """Best-chosen sets of 1, 2, ... people: at most half of them."""
    most = min(SETS, network.n // 2)
    orders = {
        "best set": keyplayer.greedy(network.mutual, most),
        "widest reach": keyplayer.widest(network.mutual, most),
    }
    if network.n * len(network.pairs[0]) <= MOST_BETWEEN:
        through = undirected_paths(network).through
        orders["most between"] = list(map(int, np.lexsort((np.arange(network.n), -through))[:most]))
    rows = [_Row(name, network.ids[o[k]], "", o[: k + 1]) for name, o in orders.items() for k in range(most)]
    if most >= 2 and network.n * (network.n + 2 * len(network.pairs[0])) <= EXACT:
        pair = list(keyplayer.best_pair(network.mutual))
        rows.append(_Row("best pair (exact)", network.ids[pair[1]], "", pair))
    return rows


def _share(pairs: NDArray | float, stay: NDArray | float) -> Array:
    """Pairs as a share of all pairs among those who stay."""
    stay = np.asarray(stay, dtype=float)
    return over(np.asarray(pairs, dtype=float), stay * (stay - 1) / 2)


def _singles(network: Network, code: NDArray[np.integer]) -> dict[str, Array]:
    """The rows of single people."""
    n, cut = network.n, _pieces(network)
    left = keyplayer.without_each(network.mutual, cut)
    size = np.bincount(cut.component)
    groups = int(code.max(initial=0)) + 1
    together = np.bincount(cut.component * groups + code, minlength=len(size) * groups).reshape(-1, groups)
    before = (size * (size - 1) // 2).sum() - (size[cut.component] - 1)
    within = (together * (together - 1) // 2).sum() - (together[cut.component, code] - 1)
    after_within = keyplayer.pairs_within(cut, code)
    reachable = _share(left.pairs, np.full(n, n - 1))
    return {
        "removed": np.full(n, "person", dtype=object),
        "id": np.array(network.ids, dtype=object),
        "group": np.full(n, "", dtype=object),
        "set_size": np.ones(n),
        "components": left.components.astype(float),
        "reachable_pairs": reachable,
        "isolates": left.isolates.astype(float),
        "fragmentation": 1 - reachable,
        "lost": over(before - left.pairs, before),
        "lost_across": over((before - within) - (left.pairs - after_within), before - within),
        "reach": over(network.mutual.degree, np.full(n, n - 1)),
    }


REFERENCE = {"person (median)": 0.5, "person (95th percentile)": 0.95}
"""What leaves with most people, and with hardly anybody: how much is unusual."""


def _reference(people: dict[str, Array]) -> dict[str, Array]:
    """Two rows beside the single people: values that half of them, and one in twenty, reach or pass."""
    found: dict[str, Any] = {
        "removed": np.array(list(REFERENCE), dtype=object), "id": np.array(["", ""], dtype=object),
        "group": np.array(["", ""], dtype=object), "set_size": np.ones(2),
    }  # fmt: skip
    for name in ("components", "isolates", "fragmentation", "lost", "lost_across", "reach"):
        known = people[name][np.isfinite(people[name])]
        levels = list(REFERENCE.values())
        found[name] = np.quantile(known, levels, method="inverted_cdf") if len(known) else np.full(2, np.nan)
    return found | {"reachable_pairs": 1 - found["fragmentation"]}


def _of_set(network: Network, row: _Row, code: NDArray[np.integer]) -> dict[str, Any]:
    """One row of a removed set."""
    gone = np.zeros(network.n, dtype=bool)
    gone[row.members] = True
    label = keyplayer.labels_without(network.mutual, gone)
    stay = ~gone
    before, across = _connected(_pieces(network).component[stay], code[stay])
    pairs, across_left = _connected(label[stay], code[stay])
    reachable = float(_share(pairs, stay.sum()))
    tied = np.zeros(network.n, dtype=bool)
    for v in row.members:
        tied[network.mutual.index[network.mutual.start[v] : network.mutual.start[v + 1]]] = True
    return {
        "removed": row.removed,
        "id": row.id,
        "group": row.group,
        "set_size": len(row.members),
        "components": len(np.unique(label[stay])),
        "reachable_pairs": reachable,
        "isolates": int((np.bincount(label[stay]) == 1).sum()),
        "fragmentation": 1 - reachable,
        "lost": float(over(np.array(before - pairs), np.array(before))),
        "lost_across": float(over(np.array(across - across_left), np.array(across))),
        "reach": float(over(np.array((tied & stay).sum()), np.array(stay.sum()))) if row.members else float("nan"),
    }


def _connected(label: NDArray[np.integer], code: NDArray[np.integer]) -> tuple[int, int]:
    """Connected pairs, and those of two groups, among nodes with these component labels."""
    size = np.bincount(label)
    _, alike = np.unique(label * (int(code.max(initial=0)) + 1) + code, return_counts=True)
    pairs = int((size * (size - 1) // 2).sum())
    return pairs, pairs - int((alike * (alike - 1) // 2).sum())


def _random(network: Network, most: int, seed: int) -> Array:
    """Mean fragmentation when 0, 1, ..., ``most`` random people are removed; exact for 0 and 1."""
    key = network.label
    task = shuffle.words("dependence", key.network, key.cohort, key.moment, key.facilitators)
    orders = shuffle.permutations(network.n, _orders(network), seed, task)
    pairs = keyplayer.random_pairs(network.mutual, orders, max(most, 1))
    pairs[1] = keyplayer.without_each(network.mutual, _pieces(network)).pairs.mean()
    return 1 - _share(pairs, network.n - np.arange(len(pairs)))


def _orders(network: Network) -> int:
    """Random orders that are drawn: as many as nothing need be compiled for; all where the fewest would need that."""
    most = LIMIT // keyplayer.random_steps(network.mutual)
    return DRAWS if most < FEWEST_DRAWS else min(DRAWS, most)
