"""Small random networks of every kind, the same on every run."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from kmnet.network.network import Network, network

MANY = 320


def one(seed: int, largest: int = 13) -> Network:
    """A network of 0 to ``largest`` people: directed or not, weighted or not, with isolates, in one or more pieces."""
    chance = np.random.default_rng(seed)
    n = int(chance.integers(0, 3)) if seed % 16 == 0 else int(chance.integers(2, largest + 1))
    directed, weighted, split = seed % 2 == 1, seed % 3 == 1, seed % 5 == 2
    density = chance.choice([0.1, 0.25, 0.5, 0.9])
    ids = [f"p{k:02d}" for k in range(n)]
    alone = set(chance.choice(n, size=n // 5, replace=False).tolist()) if seed % 4 == 3 else set()
    ties = []
    for i in range(n):
        for j in range(n):
            apart = split and (i < n // 2) != (j < n // 2)
            if i == j or apart or i in alone or j in alone or (not directed and i > j):
                continue
            if chance.random() < density:
                ties.append((ids[i], ids[j], float(chance.integers(1, 6)) if weighted else 1.0))
    kinds = int(chance.integers(1, 5))
    group = {i: f"g{chance.integers(kinds)}" for i in ids}
    return network(ids, ties, directed=directed, groups={"role": group})


@cache
def many() -> tuple[Network, ...]:
    """At least 300 of them, no person and one person among them."""
    found = tuple(one(seed) for seed in range(MANY))
    assert {0, 1, 2} <= {net.n for net in found}
    return found


def matrix(net: Network, weighted: bool = True) -> NDArray[np.float64]:
    """Adjacency matrix; symmetric where undirected."""
    full = np.zeros((net.n, net.n))
    full[net.source, net.target] = net.weight if weighted else 1.0
    return full if net.directed else full + full.T


def both_ways(net: Network, weighted: bool = False) -> NDArray[np.float64]:
    """``z_ij = a_ij + a_ji`` where directed; the matrix itself where undirected."""
    full = matrix(net, weighted)
    return full + full.T if net.directed else full
