"""Mixing: how far ties stay within groups of people, by several published measures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.measures.measure import measure
from kmnet.measures.views import NAN, arcs, inside, inside_possible, ratio
from kmnet.network.network import Network, Partition

_NONE = "There are no ties."
_KS = "Krackhardt & Stern 1988"


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
    return ratio(inside(network, partition), network.m)


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
    return internal_share(network, partition) - ratio(inside_possible(network, partition), network.possible)


def _fourfold(network: Network, partition: Partition) -> tuple[float, float, float, float]:
    """Pairs: tied within, untied within, tied between, untied between."""
    tied, within = inside(network, partition), inside_possible(network, partition)
    return (
        float(tied),
        float(within - tied),
        float(network.m - tied),
        float(network.possible - within - network.m + tied),
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


def _activity(source: NDArray[np.integer], target: NDArray[np.integer], partition: Partition) -> tuple[int, int, int]:
    """Arcs, arcs within groups, and the sum over groups of arcs from times arcs to the group."""
    one, two, groups = partition.code[source], partition.code[target], len(partition.names)
    by_chance = np.bincount(one, minlength=groups) * np.bincount(two, minlength=groups)
    return len(source), int((one == two).sum()), int(by_chance.sum())


@measure(
    of="network",
    title="Assortativity",
    reads="How far ties stay within groups beyond what the groups' activity gives: 1 only within, 0 as expected.",
    formula="(sum_g e_gg - sum_g a_g b_g) / (1 - sum_g a_g b_g), e shares of ties, a and b their row and column sums",
    low=-1,
    high=1,
    undefined="There are no ties, or all ties touch one group only.",
    source="Newman 2003",
    misreading="It expects from the groups' activity, not from their sizes: it is not the E-I index turned round.",
    agrees_with="igraph, networkx, UCINET",
    partition=True,
)
def assortativity(network: Network, partition: Partition) -> float:
    """Newman's assortativity by group."""
    m, within, by_chance = _activity(*arcs(network), partition)
    return ratio(m * within - by_chance, m * m - by_chance)


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
    m, within, by_chance = _activity(row, network.mutual.index, partition)
    return ratio(m * within - by_chance, m * m)


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
    m, within, by_chance = _activity(*arcs(network), partition)
    return ratio(m * within - by_chance, m * m)


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
    return ratio(inside(network, partition), inside_possible(network, partition))


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
    between = network.possible - inside_possible(network, partition)
    return ratio(network.m - inside(network, partition), between)
