"""E-I: whether ties run between groups or within them (Krackhardt & Stern 1988)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import mixing as kernel
from kmnet.measures.measure import measure
from kmnet.measures.views import NAN, arcs, inside, inside_possible, over, ratio, standard, touching
from kmnet.network.network import Network, Partition

Array = NDArray[np.float64]

DRAWS = 999
"""Permutations behind ``ei_index_p``."""

_NONE = "There are no ties."
_KS = "Krackhardt & Stern 1988"
_LABELS = "group labels dealt out at random over the same network"


@measure(
    of="network",
    title="E-I index",
    reads="Whether ties run between groups (+1 all between, -1 all within, 0 half and half).",
    formula="(external - internal) / (external + internal), over ties",
    denominator="ties",
    low=-1,
    high=1,
    undefined=_NONE,
    variant="arcs where directed",
    source=_KS,
    misreading="Group sizes alone push it up or down: read it beside ei_index_expected.",
    agrees_with="isnar, UCINET",
    partition=True,
)
def ei_index(network: Network, partition: Partition) -> float:
    """External minus internal ties over all ties."""
    return ratio(network.m - 2 * inside(network, partition), network.m)


@measure(
    of="network",
    title="E-I index expected",
    reads="What the E-I index would be if ties ignored the groups, given their sizes.",
    formula="1 - 2 sum_g n_g (n_g - 1) / (n (n - 1))",
    denominator="pairs of people",
    low=-1,
    high=1,
    undefined="There are fewer than two people.",
    variant=_LABELS + ", exact",
    source=_KS,
    misreading="It is not a target: a programme may rightly want more mixing than chance.",
    agrees_with="UCINET, permutation",
    partition=True,
    separate="all",
)
def ei_index_expected(network: Network, partition: Partition) -> float:
    """Exact mean of the E-I index under permuted labels."""
    return 1 - 2 * ratio(inside_possible(network, partition), network.possible)


@measure(
    of="network",
    title="E-I index against chance",
    reads="How far the E-I index lies from what group sizes alone would give, in standard deviations of chance.",
    formula="(E-I - expected) / sd, both exact under permuted labels",
    undefined="There are no ties, or chance could only give one value.",
    variant=_LABELS + ", exact moments",
    source="Krackhardt & Stern 1988; moments after Mantel 1967",
    misreading="Large networks give large values for small differences.",
    agrees_with="permutation",
    partition=True,
    separate="all",
    column=False,
)
def ei_index_z(network: Network, partition: Partition) -> float:
    """Standard score of the E-I index under permuted labels."""
    found = inside(network, partition) * (1 if network.directed else 2)
    mean, sd = kernel.inside_expected(touching(network), partition.sizes)
    return -float(standard(np.array(found), np.array(mean), np.array(sd)))


@measure(
    of="network",
    title="E-I index, p",
    reads="How often chance alone gives an E-I index at least this far from its expectation.",
    formula=f"(1 + draws at least as far from the exact mean) / (1 + draws), {DRAWS} draws",
    denominator="draws",
    low=0,
    high=1,
    undefined="There are no ties, or only one group.",
    variant="two-sided; " + _LABELS,
    source=_KS,
    misreading="A small p says the mixing is not chance; it does not say why.",
    agrees_with="UCINET (E-I permutation)",
    partition=True,
    separate="all",
    chance=True,
    column=False,
)
def ei_index_p(network: Network, partition: Partition, chance: np.random.Generator) -> float:
    """Two-sided permutation p of the E-I index."""
    if not network.m or len(partition.names) < 2:
        return NAN
    mean, _ = kernel.inside_expected(touching(network), partition.sizes)
    mean /= 1 if network.directed else 2
    drawn = kernel.inside_draws(network.source, network.target, partition.code, DRAWS, chance)
    as_far = np.abs(drawn - mean) >= abs(inside(network, partition) - mean) - 1e-9
    return float(1 + as_far.sum()) / (1 + DRAWS)


@measure(
    of="network",
    title="Lowest attainable E-I index",
    reads="The lowest E-I index that this many ties could have, given the group sizes.",
    formula="(m - 2 min(m, pairs within groups)) / m",
    denominator="ties",
    low=-1,
    high=1,
    undefined=_NONE,
    source="Krackhardt & Stern 1988; UCINET E-I range",
    misreading="It is a limit, not an expectation.",
    agrees_with="exhaustive search",
    partition=True,
    separate="all",
    column=False,
)
def ei_index_low(network: Network, partition: Partition) -> float:
    """Smallest E-I index with this number of ties."""
    return ratio(network.m - 2 * min(network.m, inside_possible(network, partition)), network.m)


@measure(
    of="network",
    title="Highest attainable E-I index",
    reads="The highest E-I index that this many ties could have, given the group sizes.",
    formula="(2 min(m, pairs between groups) - m) / m",
    denominator="ties",
    low=-1,
    high=1,
    undefined=_NONE,
    source="Krackhardt & Stern 1988; UCINET E-I range",
    misreading="It is a limit, not an expectation.",
    agrees_with="exhaustive search",
    partition=True,
    separate="all",
    column=False,
)
def ei_index_high(network: Network, partition: Partition) -> float:
    """Largest E-I index with this number of ties."""
    between = network.possible - inside_possible(network, partition)
    return ratio(2 * min(network.m, between) - network.m, network.m)


@measure(
    of="network",
    title="E-I index within its range",
    reads="Where the E-I index lies between the lowest (-1) and the highest (+1) that group sizes allow.",
    formula="2 (E-I - lowest) / (highest - lowest) - 1",
    denominator="attainable range",
    low=-1,
    high=1,
    undefined="There are no ties, or only one value is possible.",
    source="UCINET (rescaled E-I)",
    misreading="0 is the middle of the range, not what chance would give.",
    agrees_with="exhaustive search",
    partition=True,
    separate="all",
    column=False,
)
def ei_index_normalised(network: Network, partition: Partition) -> float:
    """E-I index rescaled to its attainable range."""
    low, high = ei_index_low(network, partition), ei_index_high(network, partition)
    return 2 * ratio(ei_index(network, partition) - low, high - low if high > low else 0) - 1


@measure(
    of="group",
    title="E-I of the group",
    reads="Whether a group's ties run to other groups (+1 all, -1 none).",
    formula="(external - internal) / (external + internal), over ties that touch the group",
    denominator="ties that touch the group",
    low=-1,
    high=1,
    undefined="No tie touches the group.",
    variant="undirected view; a tie between two groups counts for each of the two",
    source=_KS,
    misreading="Small groups have most ties outside whatever they do.",
    agrees_with="isnar, UCINET",
    partition=True,
    column=False,
)
def ei_index_group(network: Network, partition: Partition) -> Array:
    """E-I index of each group, undirected view."""
    row, groups = np.repeat(np.arange(network.n), network.mutual.degree), len(partition.names)
    one, two = partition.code[row], partition.code[network.mutual.index]
    within = np.bincount(one[one == two], minlength=groups) // 2
    outside = np.bincount(one[one != two], minlength=groups)
    return over(outside - within, outside + within)


@measure(
    of="group",
    title="E-I of the group's own ties",
    reads="Whether the ties that a group's people make run to other groups (+1 all, -1 none).",
    formula="(external - internal) / (external + internal), over ties from the group",
    denominator="ties from the group",
    low=-1,
    high=1,
    undefined="The group makes no tie.",
    variant="arcs from the group; undirected ties count from both ends",
    source=_KS,
    misreading="It says nothing about who turns to the group.",
    agrees_with="hand count",
    partition=True,
    column=False,
)
def ei_index_group_out(network: Network, partition: Partition) -> Array:
    """E-I index of each group's outgoing ties."""
    one, two = (partition.code[ends] for ends in arcs(network))
    within, total = (np.bincount(ends, minlength=len(partition.names)) for ends in (one[one == two], one))
    return over(total - 2 * within, total)
