"""Cohesion: whether the network hangs together, and how closely."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import cohesion as kernel
from kmnet.measures.measure import measure
from kmnet.measures.views import (
    NAN,
    component,
    forward,
    over,
    paths,
    ratio,
    returned,
    strong_component,
    triangles,
    triangles_of,
)
from kmnet.network.network import Network

Array = NDArray[np.float64]

_VIEW = "undirected view: tied in either direction"


def _sizes(label: NDArray[np.integer]) -> NDArray[np.int64]:
    """People in each component."""
    return np.bincount(label) if len(label) else np.zeros(0, dtype=np.int64)


def _two_paths(network: Network) -> Array:
    """Pairs of contacts of each person."""
    k = network.mutual.degree
    return k * (k - 1) / 2


@measure(
    of="person",
    title="Core level",
    reads="How deep in the well-connected middle a person sits: k means a part where all have k contacts in it.",
    formula="largest k such that i belongs to a subgroup in which everybody has at least k contacts in it",
    low=0,
    variant="coreness (k-core), " + _VIEW,
    source="Seidman 1983; Batagelj & Zaversnik 2003",
    misreading="It is a level, not a share: its largest value differs between networks.",
    agrees_with="igraph, networkx",
)
def core(network: Network) -> Array:
    """Coreness of each person."""
    return kernel.coreness(network.mutual).astype(np.float64)


@measure(
    of="person",
    title="Contacts who know each other",
    reads="Of the pairs of a person's contacts, the part who are tied to each other.",
    formula="2 triangles / (k (k - 1))",
    denominator="pairs of the person's contacts",
    low=0,
    high=1,
    undefined="The person has fewer than two contacts.",
    variant="local clustering, " + _VIEW,
    source="Watts & Strogatz 1998",
    misreading="It falls with the number of contacts almost by itself; networkx puts 0 where it is undefined.",
    agrees_with="igraph (local transitivity), networkx (degree >= 2)",
    column=False,
)
def clustering(network: Network) -> Array:
    """Local clustering; NaN below two contacts."""
    return over(triangles_of(network), _two_paths(network))


@measure(
    of="network",
    title="Transitivity",
    reads="How often two contacts of one person are tied to each other.",
    formula="3 x triangles / connected triples",
    denominator="connected triples",
    low=0,
    high=1,
    undefined="Nobody has two contacts.",
    variant=_VIEW,
    source="Newman, Watts & Strogatz 2002; Wasserman & Faust 1994, ch. 6",
    misreading="sna gives 1 and networkx 0 where there are no triples; the directed figure is another measure.",
    agrees_with="igraph, networkx, sna",
)
def transitivity(network: Network) -> float:
    """Share of connected triples that are closed, undirected view."""
    return ratio(triangles_of(network).sum(), _two_paths(network).sum())


@measure(
    of="network",
    title="Transitivity, directed",
    reads="How often somebody who turns to a person also turns to the people that person turns to.",
    formula="paths i -> j -> k (i != k) with i -> k / paths i -> j -> k",
    denominator="directed two-step paths",
    low=0,
    high=1,
    undefined="There are no two-step paths.",
    variant="weak; equals transitivity where undirected",
    source="Wasserman & Faust 1994, ch. 6",
    misreading="It is not the transitivity of the undirected view.",
    agrees_with="sna (gtrans, weak), UCINET",
    column=False,
)
def transitivity_directed(network: Network) -> float:
    """Share of directed two-step paths that are closed."""
    ahead, shape = forward(network), triangles(network)
    closed = sum(int((ahead[ij] & ahead[iq] & ahead[qj]).sum()) for ij, iq, qj in shape.corners)
    if not network.directed:
        return ratio(closed, 2 * _two_paths(network).sum())
    out, into = np.diff(network.out.start), np.diff(network.into.start)
    return ratio(closed, (out * into).sum() - returned(network).sum())


@measure(
    of="network",
    title="Mean local clustering",
    reads="The average person's share of pairs of contacts who are tied to each other.",
    formula="mean over people with at least two contacts of clustering",
    denominator="people with at least two contacts",
    low=0,
    high=1,
    undefined="Nobody has two contacts.",
    variant=_VIEW,
    source="Watts & Strogatz 1998",
    misreading="It gives people with few contacts the same weight as people with many.",
    agrees_with="igraph (average local, NaN left out)",
    column=False,
)
def mean_clustering(network: Network) -> float:
    """Mean clustering of people with at least two contacts."""
    value = clustering(network)
    known = ~np.isnan(value)
    return float(value[known].mean()) if known.any() else NAN


@measure(
    of="network",
    title="Mean local clustering, zeros filled in",
    reads="As mean local clustering, with people below two contacts counted as 0.",
    formula="mean over people of clustering, 0 below two contacts",
    denominator="people in the network",
    low=0,
    high=1,
    undefined="There are no people.",
    variant=_VIEW + "; networkx's definition",
    source="networkx average_clustering",
    misreading="Isolated people pull it down although they have no contacts to be tied.",
    agrees_with="networkx",
    separate="scale",
    column=False,
)
def mean_clustering_zero_filled(network: Network) -> float:
    """Mean clustering over everybody, 0 where undefined."""
    return ratio(np.nan_to_num(clustering(network)).sum(), network.n)


@measure(
    of="network",
    title="Pieces",
    reads="How many separate pieces the network is in; a person without ties is a piece.",
    formula="number of components",
    low=0,
    variant=_VIEW,
    source="Wasserman & Faust 1994, ch. 4",
    misreading="Most pieces may be single people: read it beside isolates and the largest piece.",
    agrees_with="igraph, networkx, sna",
    separate="scale",
)
def components(network: Network) -> float:
    """Components of the undirected view."""
    return float(len(_sizes(component(network))))


@measure(
    of="network",
    title="People in the largest piece",
    reads="The part of people who belong to the largest connected piece.",
    formula="people in the largest component / n",
    denominator="people in the network",
    low=0,
    high=1,
    undefined="There are no people.",
    variant=_VIEW,
    source="Wasserman & Faust 1994, ch. 4",
    misreading="A piece held together by one tie counts as one piece.",
    agrees_with="igraph, networkx",
    separate="scale",
)
def largest_component_share(network: Network) -> float:
    """Share of people in the largest component."""
    return ratio(_sizes(component(network)).max(initial=0), network.n)


@measure(
    of="network",
    title="Pieces, along direction",
    reads="How many groups there are in which everybody can reach everybody along the direction of ties.",
    formula="number of strong components",
    low=0,
    variant="strong; equals components where undirected",
    source="Tarjan 1972",
    misreading="People who name nobody or are named by nobody are each a piece of their own.",
    agrees_with="igraph, networkx, sna, UCINET",
    separate="scale",
    column=False,
)
def strong_components(network: Network) -> float:
    """Strong components."""
    return float(len(_sizes(strong_component(network))))


@measure(
    of="network",
    title="People in the largest strong piece",
    reads="The part of people in the largest group in which everybody can reach everybody along the direction of ties.",
    formula="people in the largest strong component / n",
    denominator="people in the network",
    low=0,
    high=1,
    undefined="There are no people.",
    variant="strong",
    source="Tarjan 1972",
    misreading="Non-response makes it small: nobody can be reached from a person who did not answer.",
    agrees_with="igraph, networkx, sna",
    separate="scale",
    column=False,
)
def largest_strong_component_share(network: Network) -> float:
    """Share of people in the largest strong component."""
    return ratio(_sizes(strong_component(network)).max(initial=0), network.n)


@measure(
    of="person",
    title="People in the same piece",
    reads="How many people belong to this person's connected piece, the person included.",
    formula="size of i's component",
    low=1,
    variant=_VIEW,
    source="Wasserman & Faust 1994, ch. 4",
    misreading="Being in a large piece does not say how near its people are.",
    agrees_with="igraph, networkx",
    unit="people",
    column=False,
)
def component_size(network: Network) -> Array:
    """Size of each person's component."""
    label = component(network)
    return _sizes(label)[label].astype(np.float64)


@measure(
    of="network",
    title="Connectedness",
    reads="The part of pairs who belong to the same piece.",
    formula="sum over components s (s - 1) / (n (n - 1))",
    denominator="all pairs",
    low=0,
    high=1,
    undefined="There are fewer than two people.",
    variant="Krackhardt's, undirected view; 1 - connectedness is fragmentation",
    source="Krackhardt 1994; Borgatti 2006",
    misreading="UCINET follows direction: its figure for a directed network is reachable_pairs_share.",
    agrees_with="sna (connectedness)",
    separate="scale",
)
def connectedness(network: Network) -> float:
    """Share of pairs in one component of the undirected view."""
    size = _sizes(component(network))
    return ratio((size * (size - 1)).sum(), network.n * (network.n - 1))


@measure(
    of="network",
    title="Krackhardt's efficiency",
    reads="How few ties there are beyond those needed to hold each piece together: 1 is none to spare.",
    formula="1 - (arcs - sum (s - 1)) / (sum s (s - 1) - sum (s - 1)), over weak components of s people",
    denominator="ties that could be spared at most",
    low=0,
    high=1,
    undefined="The network has no direction, or no piece has two people.",
    source="Krackhardt 1994",
    misreading="High values mean fragile, not good; it is none of Burt's or Latora's efficiencies.",
    agrees_with="sna (efficiency)",
    column=False,
)
def krackhardt_efficiency(network: Network) -> float:
    """Krackhardt's efficiency of a directed network."""
    size = _sizes(component(network))
    needed = (size - 1).sum()
    spare = (size * (size - 1)).sum() - needed
    return 1 - ratio(network.m - needed, spare) if network.directed else NAN


@measure(
    of="network",
    title="Krackhardt's hierarchy",
    reads="Of the pairs where one can reach the other, the part where only one can.",
    formula="pairs reachable one way only / pairs reachable either way",
    denominator="pairs reachable either way",
    low=0,
    high=1,
    undefined="The network has no direction, or nobody reaches anybody.",
    source="Krackhardt 1994",
    misreading="It is not Burt's hierarchy of a person's constraint.",
    agrees_with="sna (hierarchy, krackhardt)",
    column=False,
)
def krackhardt_hierarchy(network: Network) -> float:
    """Share of reachable dyads that are reachable one way only."""
    size = _sizes(strong_component(network))
    both = (size * (size - 1)).sum() / 2
    either = paths(network).reached.sum() - both
    return ratio(either - both, either) if network.directed else NAN


@measure(
    of="network",
    title="Deepest core",
    reads="The deepest core level that anybody reaches.",
    formula="largest coreness",
    low=0,
    variant=_VIEW,
    source="Seidman 1983",
    misreading="It grows with density: it says little alone.",
    agrees_with="igraph, networkx",
    column=False,
)
def deepest_core(network: Network) -> float:
    """Largest coreness."""
    return float(core(network).max(initial=0))


@measure(
    of="network",
    title="Fragmentation",
    reads="The part of pairs who do not belong to the same piece.",
    formula="1 - sum over components s (s - 1) / (n (n - 1))",
    denominator="all pairs",
    low=0,
    high=1,
    undefined="There are fewer than two people.",
    variant=_VIEW,
    source="Borgatti 2006",
    misreading="UCINET follows direction.",
    agrees_with="keyplayer, sna (1 - connectedness)",
    separate="scale",
    column=False,
)
def fragmentation(network: Network) -> float:
    """Share of pairs in different components."""
    return 1 - connectedness(network)
