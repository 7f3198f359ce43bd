"""Mixing: ties within and between groups of people, against what group sizes alone would give."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import mixing as kernel
from kmnet.measures.measure import measure
from kmnet.measures.views import NAN, arcs, over, pairs_by_group, ratio, ties_by_group, touching
from kmnet.network.network import Network, Partition

Array = NDArray[np.float64]

DRAWS = 999
"""Permutations behind ``ei_index_p``."""

_NONE = "There are no ties."
_KS = "Krackhardt & Stern 1988"
_LABELS = "group labels dealt out at random over the same network"


def _inside(network: Network, partition: Partition) -> int:
    """Ties within groups."""
    return int(np.trace(ties_by_group(network, partition)))


def _inside_possible(network: Network, partition: Partition) -> int:
    """Pairs within groups that could be tied."""
    return int(np.trace(pairs_by_group(network, partition)))


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
    return ratio(network.m - 2 * _inside(network, partition), network.m)


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
    return 1 - 2 * ratio(_inside_possible(network, partition), network.possible)


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
    inside = _inside(network, partition) * (1 if network.directed else 2)
    mean, sd = kernel.inside_expected(touching(network), partition.sizes)
    return ratio(mean - inside, sd if sd > 1e-9 * max(1.0, mean) else 0)


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
)
def ei_index_p(network: Network, partition: Partition, chance: np.random.Generator) -> float:
    """Two-sided permutation p of the E-I index."""
    if not network.m or len(partition.names) < 2:
        return NAN
    mean, _ = kernel.inside_expected(touching(network), partition.sizes)
    mean /= 1 if network.directed else 2
    drawn = kernel.inside_draws(network.source, network.target, partition.code, DRAWS, chance)
    as_far = np.abs(drawn - mean) >= abs(_inside(network, partition) - mean) - 1e-9
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
    column=False,
)
def ei_index_low(network: Network, partition: Partition) -> float:
    """Smallest E-I index with this number of ties."""
    return ratio(network.m - 2 * min(network.m, _inside_possible(network, partition)), network.m)


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
    between = network.possible - _inside_possible(network, partition)
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
    of="network",
    title="Ties within groups",
    reads="The part of ties that join people of one group.",
    formula="internal ties / ties",
    denominator="ties",
    low=0,
    high=1,
    undefined=_NONE,
    variant="UCINET's H; (1 - E-I) / 2",
    source=_KS,
    misreading="Large groups have many ties within whatever people do.",
    agrees_with="UCINET (H)",
    partition=True,
    column=False,
)
def internal_share(network: Network, partition: Partition) -> float:
    """Internal ties over ties."""
    return ratio(_inside(network, partition), network.m)


@measure(
    of="network",
    title="Ties within groups beyond chance",
    reads="How much larger the part of ties within groups is than group sizes alone would give.",
    formula="internal share - pairs within groups / pairs",
    low=-1,
    high=1,
    undefined=_NONE,
    variant="UCINET's h*",
    source="UCINET, Homophily",
    misreading="Its largest value depends on group sizes.",
    agrees_with="UCINET (h*)",
    partition=True,
    separate="all",
    column=False,
)
def internal_excess(network: Network, partition: Partition) -> float:
    """Internal share minus its expectation."""
    return internal_share(network, partition) - ratio(_inside_possible(network, partition), network.possible)


def _fourfold(network: Network, partition: Partition) -> tuple[float, float, float, float]:
    """Pairs: tied within, untied within, tied between, untied between."""
    inside, within = _inside(network, partition), _inside_possible(network, partition)
    return (
        float(inside),
        float(within - inside),
        float(network.m - inside),
        float(network.possible - within - network.m + inside),
    )


@measure(
    of="network",
    title="Odds of a tie within against between groups",
    reads="How much larger the odds of a tie are within groups than between (0 alike, above 0 larger within).",
    formula="ln (tied within x untied between / (untied within x tied between))",
    undefined="One of the four counts of pairs is 0.",
    variant="log odds ratio; free of density and of group sizes",
    source="methods after Moody 2001; Agresti 2013",
    misreading="It is a log: 0.7 is twice the odds.",
    agrees_with="numpy",
    partition=True,
    separate="all",
    column=False,
)
def homophily_log_odds(network: Network, partition: Partition) -> float:
    """Log odds ratio of a tie within against between groups."""
    a, b, c, d = _fourfold(network, partition)
    return float(np.log(a * d / (b * c))) if a * b * c * d > 0 else NAN


@measure(
    of="network",
    title="Yule's Q of ties and groups",
    reads="How strongly ties go with being of one group, from -1 (only between) over 0 to 1 (only within).",
    formula="(ad - bc) / (ad + bc) of tied and untied pairs within and between groups",
    low=-1,
    high=1,
    undefined="There are no ties or no pairs of one kind.",
    source="Yule 1912; UCINET, Homophily",
    misreading="It is 1 as soon as no tie runs between groups.",
    agrees_with="UCINET",
    partition=True,
    separate="all",
    column=False,
)
def yules_q(network: Network, partition: Partition) -> float:
    """Yule's Q of the fourfold table of pairs."""
    a, b, c, d = _fourfold(network, partition)
    return ratio(a * d - b * c, a * d + b * c)


@measure(
    of="network",
    title="Correlation of ties and groups",
    reads="How closely being tied goes with being of one group, as a correlation over pairs.",
    formula="phi of tied and untied pairs within and between groups",
    low=-1,
    high=1,
    undefined="There are no ties, all ties, or only one kind of pair.",
    source="UCINET, Homophily",
    misreading="It is small in any sparse network.",
    agrees_with="UCINET (Corr)",
    partition=True,
    separate="all",
    column=False,
)
def homophily_correlation(network: Network, partition: Partition) -> float:
    """Phi coefficient of the fourfold table of pairs."""
    a, b, c, d = _fourfold(network, partition)
    return ratio(a * d - b * c, np.sqrt((a + b) * (c + d) * (a + c) * (b + d)))


@measure(
    of="network",
    title="Assortativity",
    reads="How far ties stay within groups beyond what the groups' activity gives: 1 only within, 0 as expected.",
    formula="(sum_g e_gg - sum_g a_g b_g) / (1 - sum_g a_g b_g), e shares of ties, a and b their row and column sums",
    low=-1,
    high=1,
    undefined="There are no ties, or all ties touch one group only.",
    source="Newman 2003",
    misreading="Its expectation takes the groups' activity as given, not their sizes: it is not the E-I index turned round.",
    agrees_with="igraph, networkx, UCINET",
    partition=True,
)
def assortativity(network: Network, partition: Partition) -> float:
    """Newman's assortativity by group."""
    table = kernel.table(*arcs(network), partition.code, len(partition.names))
    m = int(table.sum())
    by_chance = int((table.sum(axis=1) * table.sum(axis=0)).sum())
    return ratio(m * int(np.trace(table)) - by_chance, m * m - by_chance)


@measure(
    of="network",
    title="Modularity of the groups",
    reads="How many more ties lie within groups than the groups' activity gives, as a part of all ties.",
    formula="sum_g (ties within g / m - (contacts of g / 2m)^2)",
    denominator="ties",
    low=-1,
    high=1,
    undefined=_NONE,
    variant="undirected view",
    source="Newman & Girvan 2004",
    misreading="Its largest value depends on the groups: compare assortativity.",
    agrees_with="igraph, networkx",
    partition=True,
    column=False,
)
def modularity(network: Network, partition: Partition) -> float:
    """Newman's modularity of the grouping, undirected view."""
    row = np.repeat(np.arange(network.n), network.mutual.degree)
    table = kernel.table(row, network.mutual.index, partition.code, len(partition.names))
    m = int(table.sum())
    return ratio(m * int(np.trace(table)) - int((table.sum(axis=1) ** 2).sum()), m * m)


@measure(
    of="network",
    title="Modularity of the groups, directed",
    reads="How many more ties lie within groups than the groups' sending and receiving gives, as a part of all ties.",
    formula="sum_g (ties within g / m - (ties from g)(ties to g) / m^2)",
    denominator="ties",
    low=-1,
    high=1,
    undefined=_NONE,
    variant="arcs; equals modularity where undirected",
    source="Leicht & Newman 2008",
    misreading="Its largest value depends on the groups.",
    agrees_with="UCINET (Q), networkx",
    partition=True,
    column=False,
)
def modularity_directed(network: Network, partition: Partition) -> float:
    """Directed modularity of the grouping."""
    table = kernel.table(*arcs(network), partition.code, len(partition.names))
    m = int(table.sum())
    return ratio(m * int(np.trace(table)) - int((table.sum(axis=0) * table.sum(axis=1)).sum()), m * m)


@measure(
    of="network",
    title="Density within groups",
    reads="The part of possible ties between people of one group that are there.",
    formula="internal ties / pairs within groups",
    denominator="pairs within groups",
    low=0,
    high=1,
    undefined="No group has two people.",
    source="Wasserman & Faust 1994, ch. 4",
    misreading="Small groups have high density easily.",
    agrees_with="hand count",
    partition=True,
    separate="scale",
    column=False,
)
def within_density(network: Network, partition: Partition) -> float:
    """Internal ties over internal pairs."""
    return ratio(_inside(network, partition), _inside_possible(network, partition))


@measure(
    of="network",
    title="Density between groups",
    reads="The part of possible ties between people of different groups that are there.",
    formula="external ties / pairs between groups",
    denominator="pairs between groups",
    low=0,
    high=1,
    undefined="There is only one group.",
    source="Wasserman & Faust 1994, ch. 4",
    misreading="It falls as groups grow.",
    agrees_with="hand count",
    partition=True,
    separate="scale",
    column=False,
)
def between_density(network: Network, partition: Partition) -> float:
    """External ties over external pairs."""
    between = network.possible - _inside_possible(network, partition)
    return ratio(network.m - _inside(network, partition), between)


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
    row = np.repeat(np.arange(network.n), network.mutual.degree)
    table = kernel.table(row, network.mutual.index, partition.code, len(partition.names))
    inside = np.diag(table) // 2
    outside = table.sum(axis=1) - np.diag(table)
    return over(outside - inside, outside + inside)


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
    table = kernel.table(*arcs(network), partition.code, len(partition.names))
    inside, total = np.diag(table), table.sum(axis=1)
    return over(total - 2 * inside, total)
