"""Brokerage with credit: shared between brokers, weighed by strength, between named groups, and by type of broker.

All rest on the open paths i to v to k of :mod:`kmnet.measures.brokerage`, with the same halving of undirected networks.
Networks of more two-step paths than are listed have no rows here.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import rolechance, triads
from kmnet.kernels.triads import OpenPaths
from kmnet.measures.brokerage import COLUMNS, can_be, paths
from kmnet.measures.measure import measure
from kmnet.measures.views import kept, over
from kmnet.network.network import Network, Partition

Array = NDArray[np.float64]


@kept
def _brokers(network: Network) -> NDArray[np.int64]:
    """For each open path, how many people broker its pair."""
    listed = paths(network)
    assert listed is not None
    pair = listed.source.astype(np.int64) * network.n + listed.target
    _, inverse, many = np.unique(pair, return_inverse=True, return_counts=True)
    return np.asarray(many[inverse])


def _half(network: Network) -> float:
    return 1.0 if network.directed else 0.5


def partial_credit(network: Network) -> Array:
    """Credit of each open path: 1 / number of people who broker its pair (UCINET's partial credit)."""
    return 1.0 / _brokers(network)


def weakest_link(network: Network) -> Array:
    """Credit of each open path: the smaller of the strengths of its two ties."""
    listed = paths(network)
    assert listed is not None
    return np.minimum(network.into.weight[listed.first], network.out.weight[listed.second])


@kept
def _cheaper(network: Network) -> OpenPaths | None:
    """Paths over which the way between two people is cheaper than their own tie, or the only one; None where there are
    too many to list."""
    if paths(network) is None:
        return None
    return triads.open_paths(network.out, network.into, cheaper=True)


def _by_role(network: Network, partition: Partition, variant: str) -> Array:
    """One variant by role and in total, shape (n, 6); NaN where a role is not possible, or paths are not listed."""
    listed = _cheaper(network) if variant.startswith("wngf") else paths(network)
    if listed is None:
        return np.full((network.n, len(COLUMNS)), np.nan)
    credit = {"partial_credit": partial_credit, "weighted": weakest_link}.get(variant)
    roles = triads.count_roles(listed, partition.code, credit(network) if credit else None) * _half(network)
    if variant == "wngf":
        pairs = rolechance.possible(partition.sizes)[partition.code, : roles.shape[1]] * _half(network)
        roles = over(roles, pairs)
    return np.where(can_be(partition)[partition.code], np.column_stack([roles, np.nansum(roles, axis=1)]), np.nan)


VARIANTS = ("partial_credit", "weighted", "wngf_count", "wngf")
"""Variants of the table ``brokerage_variants``, in order."""


def variants(network: Network, partition: Partition) -> dict[str, Any]:
    """The rows of the table ``brokerage_variants``, without the network's key columns.

    Variants are ``partial_credit``, in which the brokers of one pair share one point, so that the total over everybody
    is the number of brokered pairs; ``weighted``, in which an open path counts as much as its weaker tie;
    ``wngf_count`` and ``wngf``, the measure of Zador et al. (2022): pairs, tied or not, between whom the way over the
    broker is cheaper than their own tie (1/w_iv + 1/w_vk < 1/w_ik), and the same over the pairs there could be in each
    role. NaN where a role is not possible.
    """
    if paths(network) is None or not network.n:
        return {}
    table = np.vstack([_by_role(network, partition, variant) for variant in VARIANTS])
    group = np.array([partition.names[c] for c in partition.code], dtype=object)
    return {
        "partition": np.full(len(table), partition.column, dtype=object),
        "variant": np.repeat(np.array(VARIANTS, dtype=object), network.n),
        "id": np.tile(np.array(network.ids, dtype=object), len(VARIANTS)),
        "group": np.tile(group, len(VARIANTS)),
        **{role: table[:, k] for k, role in enumerate(COLUMNS)},
    }


_TOO_MANY = "There are too many two-step paths to list, or fewer than three people."
_EACH_ROLE = "The five roles one by one are in the table brokerage_variants."


@measure(
    of="person",
    title="Brokerage, partial credit",
    reads="How many pairs of people this person links, each pair shared between all who link it.",
    formula="sum over open paths i-v-k of 1 / people who stand between i and k",
    denominator="people who stand between the same pair",
    low=0,
    variant="UCINET's partial credit; undirected: each pair once. " + _EACH_ROLE,
    undefined=_TOO_MANY,
    source="Gould & Fernandez 1989; UCINET, G&F Brokerage",
    misreading="Summed over everybody it is the number of brokered pairs: a share of the work, not of the traffic.",
    agrees_with="own enumeration",
    unit="pairs",
    partition=True,
    column=False,
)
def brokerage_partial_credit(network: Network, partition: Partition) -> Array:
    """Partial credit of each person over all roles."""
    return _by_role(network, partition, "partial_credit")[:, -1]


@measure(
    of="person",
    title="Brokerage, weighted",
    reads="How many pairs of people this person links, a pair counting as much as the weaker of the two ties it rests on.",
    formula="sum over open paths i-v-k of min(w_iv, w_vk)",
    low=0,
    variant="weight of the weaker tie; it is not the WNGF, see wngf. " + _EACH_ROLE,
    undefined=_TOO_MANY,
    source="after Gould & Fernandez 1989",
    misreading="It depends on the scale of strength.",
    agrees_with="own enumeration",
    partition=True,
    weighted=True,
    column=False,
)
def brokerage_weighted(network: Network, partition: Partition) -> Array:
    """Credit by the weaker tie of each person over all roles."""
    return _by_role(network, partition, "weighted")[:, -1]


@measure(
    of="person",
    title="Weighted-normalised brokerage (WNGF)",
    reads="Of the pairs this person could stand between, role by role, the parts for whom the way over this person is "
    "the cheaper one, added up.",
    formula="sum over roles of pairs i, k of that role with 1/w_iv + 1/w_vk < 1/w_ik (no tie i to k: infinite), "
    "over the pairs of that role",
    denominator="ordered pairs of others of each role, by group sizes",
    low=0,
    high=5,
    variant="WNGF; counts pairs that are tied, but weakly. " + _EACH_ROLE,
    undefined=_TOO_MANY,
    source="Zador, Zhu, Smith & Gorgoni 2022, PLOS ONE 17(9):e0274475",
    misreading="With ties of equal strength it is the usual count over possible pairs: only weights make it differ.",
    agrees_with="the authors' own program (their worked example)",
    partition=True,
    weighted=True,
    separate="scale",
    column=False,
)
def wngf(network: Network, partition: Partition) -> Array:
    """Weighted-normalised Gould-Fernandez brokerage of each person over all roles."""
    return _by_role(network, partition, "wngf")[:, -1]


def between_groups(network: Network, partition: Partition) -> dict[str, Any]:
    """The rows of the table ``brokerage_pairs``: who stands between people of which two groups.

    A row is a broker and a pair of different groups with at least one open path: how many, the broker's partial credit,
    and how many of those pairs of people nobody else brokers. Undirected, each pair of people counts once, and the two
    groups stand in alphabetical order.
    """
    listed = paths(network)
    if listed is None:
        return {}
    source, target = partition.code[listed.source], partition.code[listed.target]
    # Undirected, every pair is listed in both directions: keep the one in the order of the groups.
    use = source != target if network.directed else source < target
    groups = len(partition.names)
    key = (listed.broker[use] * groups + source[use]) * groups + target[use]
    cells, inverse = np.unique(key, return_inverse=True)
    many = _brokers(network)[use]
    broker = cells // (groups * groups)
    names = np.array(partition.names, dtype=object)
    return {
        "partition": np.full(len(cells), partition.column, dtype=object),
        "id": np.array(network.ids, dtype=object)[broker],
        "group": names[partition.code[broker]],
        "from_group": names[cells // groups % groups],
        "to_group": names[cells % groups],
        "paths": np.bincount(inverse, minlength=len(cells)),
        "credit": np.bincount(inverse, weights=1.0 / many, minlength=len(cells)),
        "sole": np.bincount(inverse, weights=many == 1, minlength=len(cells)).astype(np.int64),
    }


_HAMILTON = {
    "denominator": "none: a count",
    "low": 0,
    "variant": "open paths between people of different groups; undirected: each pair of people once",
    "undefined": "There are too many two-step paths to list.",
    "source": "Hamilton, Hileman & Bodin 2020, Social Networks 61",
    "unit": "pairs",
    "partition": True,
    "column": False,
}


def _across(network: Network, partition: Partition, sole: bool) -> Array:
    listed = paths(network)
    if listed is None:
        return np.full(network.n, np.nan)
    use = partition.code[listed.source] != partition.code[listed.target]
    if sole:
        use = use & (_brokers(network) == 1)
    return np.bincount(listed.broker[use], minlength=network.n).astype(np.float64) * _half(network)


@measure(
    of="person",
    title="Brokering activity",
    reads="How many pairs of people of two groups this person stands between.",
    formula="open paths i-v-k with i and k of different groups",
    misreading="Others may stand between the same pairs: see exclusivity.",
    agrees_with="manynet (EIES, by discipline)",
    **_HAMILTON,
)
def brokering_activity(network: Network, partition: Partition) -> Array:
    """Pairs of people of different groups that each person brokers."""
    return _across(network, partition, sole=False)


@measure(
    of="person",
    title="Brokering exclusivity",
    reads="How many pairs of people of two groups only this person stands between.",
    formula="open paths i-v-k with i and k of different groups that nobody else brokers",
    misreading="A pair that nobody else links is also a pair that is lost if this person leaves.",
    agrees_with="own enumeration",
    **_HAMILTON,
)
def brokering_exclusivity(network: Network, partition: Partition) -> Array:
    """Pairs of people of different groups that only this person brokers."""
    return _across(network, partition, sole=True)


def broker_types(network: Network, partition: Partition) -> dict[str, Any]:
    """The rows of the table ``broker_types``: each person's activity, exclusivity, and the type they make.

    High is above the mean over everybody: ``powerhouse`` (both high), ``connector`` (active, seldom alone),
    ``linchpin`` (seldom, but then alone) and ``sideliner`` (neither).
    """
    activity = brokering_activity.compute(network, partition)
    exclusivity = brokering_exclusivity.compute(network, partition)
    if not network.n or np.isnan(activity).any():
        return {}
    kind = 2 * (activity > activity.mean()) + (exclusivity > exclusivity.mean())
    names = np.array(["sideliner", "linchpin", "connector", "powerhouse"], dtype=object)
    return {
        "partition": np.full(network.n, partition.column, dtype=object),
        "id": np.array(network.ids, dtype=object),
        "group": np.array([partition.names[c] for c in partition.code], dtype=object),
        "activity": activity,
        "exclusivity": exclusivity,
        "type": names[kind],
    }
