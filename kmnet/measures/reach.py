"""Reach: how far people are from each other, and who stands on the shortest paths between others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import cohesion as kernel
from kmnet.measures import views
from kmnet.measures.measure import measure
from kmnet.measures.views import NAN, component, over, paths, ratio, undirected_paths
from kmnet.network.network import Network

Array = NDArray[np.float64]

_FEW = "There are fewer than three people."
_ONE = "Nobody else is in the network."
_DIRECTION = "follows the direction of ties"
_SAMPLED = "; above 20,000 people estimated from drawn paths, see betweenness_margin"


def _possible(network: Network) -> int:
    """Ordered pairs of other people that a path could join through one person; unordered where undirected."""
    return (network.n - 1) * (network.n - 2) // (1 if network.directed else 2)


@measure(
    of="person",
    title="Betweenness",
    reads="On how many shortest paths between other people this person stands.",
    formula="sum over pairs s, t of (shortest s-t paths through i) / (shortest s-t paths)",
    low=0,
    variant=_DIRECTION + "; undirected, each pair once" + _SAMPLED,
    source="Freeman 1977; Brandes 2001",
    misreading="It is a raw count that grows with the network: compare shares, and expect its ranking to be noisy.",
    agrees_with="igraph, networkx, sna",
)
def betweenness(network: Network) -> Array:
    """Raw betweenness."""
    return paths(network).through / (1 if network.directed else 2)


@measure(
    of="person",
    title="Betweenness, share",
    reads="The part of all pairs of other people whose shortest paths run through this person.",
    formula="betweenness / ((n - 1)(n - 2)), undirected / ((n - 1)(n - 2) / 2)",
    denominator="pairs of other people",
    low=0,
    high=1,
    undefined=_FEW,
    variant=_DIRECTION + _SAMPLED,
    source="Freeman 1979",
    misreading="Pairs that cannot reach each other stay in the denominator.",
    agrees_with="networkx (normalized), igraph",
    separate="scale",
)
def betweenness_share(network: Network) -> Array:
    """Betweenness over the pairs of other people; NaN with fewer than three people."""
    return betweenness(network) / (_possible(network) or NAN)


@measure(
    of="person",
    title="Closeness (harmonic)",
    reads="How near everybody else is on average: 1 is directly tied to all, people out of reach count 0.",
    formula="mean over the n - 1 others of 1 / distance from i, 0 where there is no path",
    denominator="other people in the network",
    low=0,
    high=1,
    undefined=_ONE,
    variant="harmonic; distances from the person, " + _DIRECTION,
    source="Marchiori & Latora 2000; Rochat 2009",
    misreading="Unlike classical closeness it is defined when the network is in pieces, and the two do not compare.",
    agrees_with="igraph (mode out), networkx (undirected)",
    separate="scale",
)
def harmonic_closeness(network: Network) -> Array:
    """Mean inverse distance to the others; NaN with fewer than two people."""
    return paths(network).inverse / (network.n - 1 if network.n > 1 else NAN)


@measure(
    of="person",
    title="Closeness towards the person (harmonic)",
    reads="How near this person is for everybody else on average.",
    formula="mean over the n - 1 others of 1 / distance to i, 0 where there is no path",
    denominator="other people in the network",
    low=0,
    high=1,
    undefined=_ONE,
    variant="harmonic; distances to the person",
    source="Rochat 2009",
    misreading="On undirected networks it equals harmonic_closeness.",
    agrees_with="networkx (harmonic_centrality / (n - 1))",
    separate="scale",
    column=False,
)
def harmonic_closeness_in(network: Network) -> Array:
    """Mean inverse distance from the others; NaN with fewer than two people."""
    return paths(network).inverse_to / (network.n - 1 if network.n > 1 else NAN)


@measure(
    of="person",
    title="Closeness within reach",
    reads="How near the people are whom this person can reach; 1 is directly tied to all of them.",
    formula="people reached / sum of distances to them",
    denominator="sum of distances to the people reached",
    low=0,
    high=1,
    undefined="The person reaches nobody.",
    variant="within the component (igraph, normalized); " + _DIRECTION,
    source="Freeman 1979",
    misreading="A pair cut off from all others is perfectly close: never compare across pieces.",
    agrees_with="igraph",
    column=False,
)
def closeness(network: Network) -> Array:
    """Closeness among the people reached; NaN for a person who reaches nobody."""
    return over(paths(network).reached, paths(network).total)


@measure(
    of="person",
    title="Closeness, Wasserman-Faust",
    reads="Closeness within reach, scaled down by the part of people who can be reached.",
    formula="(reached / (n - 1)) (reached / sum of distances); 0 where nobody is reached",
    denominator="other people in the network",
    low=0,
    high=1,
    undefined=_ONE,
    variant="networkx's default on undirected networks; " + _DIRECTION,
    source="Wasserman & Faust 1994, p. 201",
    misreading="On directed networks networkx takes distances towards the person.",
    agrees_with="networkx",
    separate="scale",
    column=False,
)
def closeness_wf(network: Network) -> Array:
    """Wasserman-Faust closeness; NaN with fewer than two people."""
    reached = paths(network).reached
    return np.nan_to_num(over(reached, paths(network).total)) * reached / (network.n - 1 if network.n > 1 else NAN)


@measure(
    of="network",
    title="Pairs that can reach each other",
    reads="The part of pairs between whom there is a path through other people.",
    formula="pairs with a path / pairs (ordered where directed)",
    denominator="all pairs",
    low=0,
    high=1,
    undefined="There are fewer than two people.",
    variant=_DIRECTION,
    source="Wasserman & Faust 1994, ch. 4",
    misreading="A path of many steps counts as much as a tie: see also global efficiency.",
    agrees_with="igraph, networkx, sna",
    separate="scale",
)
def reachable_pairs_share(network: Network) -> float:
    """Share of (ordered) pairs joined by a path."""
    return ratio(paths(network).reached.sum(), network.n * (network.n - 1))


@measure(
    of="network",
    title="Steps between people",
    reads="How many steps lie between two people on average, among those who can reach each other.",
    formula="mean distance over reachable pairs",
    denominator="pairs with a path",
    low=1,
    undefined="There are no ties.",
    variant=_DIRECTION + "; unreachable pairs are left out",
    source="Wasserman & Faust 1994, ch. 4",
    misreading="It can rise when far people come into reach: read reachable_pairs_share with it.",
    agrees_with="igraph, networkx",
    unit="steps",
)
def mean_path_length(network: Network) -> float:
    """Mean distance over reachable pairs."""
    return ratio(paths(network).total.sum(), paths(network).reached.sum())


@measure(
    of="network",
    title="Longest shortest path",
    reads="How many steps lie between the two people farthest apart, among those who can reach each other.",
    formula="largest distance over reachable pairs",
    low=1,
    undefined="There are no ties.",
    variant=_DIRECTION,
    source="Wasserman & Faust 1994, ch. 4",
    misreading="One person at the edge decides it.",
    agrees_with="igraph, UCINET",
    unit="steps",
    column=False,
)
def diameter(network: Network) -> float:
    """Largest finite distance."""
    longest = len(paths(network).pairs) - 1
    return float(longest) if longest > 0 else NAN


@measure(
    of="network",
    title="Global efficiency",
    reads="How near people are to each other on average: 1 is everybody tied to everybody, no path counts 0.",
    formula="mean over pairs of 1 / distance, 0 where there is no path",
    denominator="all pairs",
    low=0,
    high=1,
    undefined="There are fewer than two people.",
    variant=_DIRECTION,
    source="Latora & Marchiori 2001",
    misreading="It is not Burt's efficiency of a person nor Krackhardt's of a network.",
    agrees_with="igraph, networkx (undirected)",
    separate="scale",
)
def global_efficiency(network: Network) -> float:
    """Mean inverse distance over all pairs."""
    return ratio(paths(network).inverse.sum(), network.n * (network.n - 1))


@measure(
    of="network",
    title="Compactness",
    reads="How near people are to each other on average, as UCINET names it.",
    formula="mean over ordered pairs of 1 / distance, 0 where there is no path",
    denominator="all pairs",
    low=0,
    high=1,
    undefined="There are fewer than two people.",
    variant="UCINET's name for global_efficiency",
    source="UCINET, Cohesion",
    misreading="It equals global_efficiency: do not report both as two findings.",
    agrees_with="UCINET",
    separate="scale",
    column=False,
)
def compactness(network: Network) -> float:
    """Mean inverse distance over all pairs, under UCINET's name."""
    return global_efficiency(network)


@measure(
    of="network",
    title="Fragmentation by distance",
    reads="How far apart pairs are on average: 0 is everybody tied to everybody, 1 is no tie at all.",
    formula="1 - mean over pairs of 1 / distance, 0 where there is no path",
    denominator="all pairs",
    low=0,
    high=1,
    undefined="There are fewer than two people.",
    variant="key-player fragmentation weighted by distance, undirected view",
    source="Borgatti 2006, Computational and Mathematical Organization Theory 12:21-34",
    misreading="It rises when pieces fall apart and when paths grow longer: fragmentation looks at pieces only.",
    agrees_with="keyplayer (fragment), by definition",
    separate="scale",
    column=False,
)
def distance_fragmentation(network: Network) -> float:
    """One minus the mean inverse distance of the undirected view."""
    return 1 - ratio(undirected_paths(network).inverse.sum(), network.n * (network.n - 1))


@measure(
    of="network",
    title="Error of betweenness",
    reads="How far anybody's share of betweenness may be from the exact one: 0 where it is exact, as up to 20,000 people.",
    formula="sqrt((floor(log2(longest distance - 1)) + 1 + ln(1 / .05)) / (2 x 100,000 drawn paths)) x n / (n - 2)",
    denominator="pairs of other people",
    low=0,
    high=1,
    variant="holds for everybody at once with 95 % certainty; of betweenness_share, whose raw count it is a part of",
    source="Riondato & Kornaropoulos 2016, Data Mining and Knowledge Discovery 30:438-475",
    misreading="It is a bound, usually several times larger than the true error; people nearer than it are not told apart.",
    agrees_with="exact betweenness (igraph)",
    column=False,
)
def betweenness_margin(network: Network) -> float:
    """Bound of the error of estimated betweenness; 0 where exact."""
    return views.betweenness_margin(network)


@measure(
    of="network",
    title="Concentration of betweenness",
    reads="How far the paths between people run through one person: 0 is everybody alike, 1 is a star.",
    formula="sum_i (max b - b_i) / ((n - 1) b_star), b_star = (n - 1)(n - 2), halved where undirected",
    denominator="the same sum of a star",
    low=0,
    high=1,
    undefined=_FEW,
    variant=_DIRECTION,
    source="Freeman 1979",
    misreading="A network in many small pieces has little of it and is not well connected for that.",
    agrees_with="igraph, networkx, sna",
    separate="all",
)
def betweenness_centralisation(network: Network) -> float:
    """Freeman's betweenness centralisation."""
    return kernel.centralisation(betweenness(network), (network.n - 1) * _possible(network))


@measure(
    of="network",
    title="Concentration of closeness",
    reads="How far one person is nearer to everybody than the rest: 0 is everybody alike, 1 is a star.",
    formula="sum_i (max c - c_i) (2n - 3) / ((n - 1)(n - 2)), c within reach, undirected view",
    denominator="the same sum of a star",
    low=0,
    high=1,
    undefined="There are fewer than three people, or the network is in pieces.",
    variant="undirected view, connected networks only",
    source="Freeman 1979",
    misreading="Programs give different numbers for networks in pieces; here it is left empty.",
    agrees_with="igraph, networkx, sna",
    separate="all",
    column=False,
)
def closeness_centralisation(network: Network) -> float:
    """Freeman's closeness centralisation of the undirected view; NaN unless connected."""
    n = network.n
    if n < 3 or component(network).max() > 0:
        return NAN
    near = over(undirected_paths(network).reached, undirected_paths(network).total)
    return kernel.centralisation(near, (n - 1) * (n - 2) / (2 * n - 3))
