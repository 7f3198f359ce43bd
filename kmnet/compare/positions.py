"""Where each person stands, in the measures that groups are compared in: ties, reach, brokerage and core."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.compare.brokers import LARGEST, brokerage
from kmnet.compare.change import Measure
from kmnet.compare.panel import matrix
from kmnet.kernels import across
from kmnet.measures.position import core_member
from kmnet.network.network import Network, Partition

Floats = NDArray[np.float64]

MEASURES = (
    "degree", "in_degree", "out_degree", "returned_share", "harmonic_closeness", "betweenness",
    "betweenness_between_groups", "brokerage_across", "core_member", "core", "ei_index",
)  # fmt: skip
"""Positions looked at, as far as they can be measured."""


def positions(network: Network, measure: Measure, partition: Partition) -> dict[str, Floats]:
    """Values of every person by measure; one that is defined for nobody is left out."""
    found = dict(measure(network).person) | _more(network, partition)
    return {name: found[name] for name in MEASURES if name in found and np.isfinite(found[name]).any()}


def _more(network: Network, partition: Partition) -> dict[str, Floats]:
    found = {"core_member": core_member(network)}
    ties = matrix(network) if network.n <= across.LARGEST else None
    if ties is None:
        return found
    if network.directed:
        named = ties.sum(axis=1)
        back = (ties * ties.T).sum(axis=1)
        found["returned_share"] = np.divide(back, named, out=np.full(network.n, np.nan), where=named > 0)
    if len(set(partition.code.tolist())) > 1:
        found["betweenness_between_groups"] = across.across(ties, partition.code)
        if network.n <= LARGEST:
            alike = (partition.code[:, None] == partition.code[None, :]).astype(float)
            found["brokerage_across"] = np.asarray(brokerage(ties, alike), float) * (1.0 if network.directed else 0.5)
    return found
