"""Bridging ties: which ties and people hold otherwise separate parts together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.measures.measure import measure
from kmnet.measures.views import (
    cuts,
    local_bridge_arcs,
    over,
    paths,
    ratio,
    returned,
    shared_contacts,
    spans,
    tie_arcs,
    triangles,
    undirected_paths,
)
from kmnet.network.network import Network

Array = NDArray[np.float64]

_VIEW = "undirected view: tied in either direction"


@measure(
    of="person",
    title="Cut-point",
    reads="Whether the network would fall into more pieces without this person (1 yes, 0 no).",
    formula="1 if removing i raises the number of components among the others",
    low=0,
    high=1,
    variant=_VIEW,
    source="Wasserman & Faust 1994, ch. 4; Tarjan 1972",
    misreading="A tie that was not reported can make somebody look like a cut-point.",
    agrees_with="igraph, networkx, sna",
)
def cut_point(network: Network) -> Array:
    """1 for people whose removal separates others."""
    return cuts(network).points.astype(np.float64)


@measure(
    of="network",
    title="Bridges",
    reads="How many ties are the only link between two parts of the network.",
    formula="ties whose removal raises the number of components",
    low=0,
    variant=_VIEW,
    source="Wasserman & Faust 1994, ch. 4; Tarjan 1972",
    misreading="Every tie to somebody with one contact is a bridge: many bridges can mean many people at the edge.",
    agrees_with="igraph, networkx",
    unit="ties",
)
def bridges(network: Network) -> float:
    """Ties whose removal separates the network."""
    return float(cuts(network).bridges.sum() // 2)


@measure(
    of="network",
    title="Local bridges",
    reads="How many ties join two people who have no contact in common.",
    formula="ties whose ends share no neighbour (bridges among them)",
    low=0,
    variant=_VIEW,
    source="Granovetter 1973",
    misreading="In a sparse network most ties are local bridges by chance alone.",
    agrees_with="networkx",
    unit="ties",
)
def local_bridges(network: Network) -> float:
    """Ties whose ends share no contact."""
    return float(len(local_bridge_arcs(network)))


@measure(
    of="network",
    title="Cut-points",
    reads="How many people hold the network together: without one of them it falls into more pieces.",
    formula="number of people whose removal raises the number of components among the others",
    low=0,
    variant=_VIEW,
    source="Wasserman & Faust 1994, ch. 4; Tarjan 1972",
    misreading="It counts people whose loss cuts off even a single other person.",
    agrees_with="igraph, networkx, sna",
    unit="people",
)
def cut_points(network: Network) -> float:
    """People whose removal separates others."""
    return float(cuts(network).points.sum())


@measure(
    of="tie",
    title="Shared contacts",
    reads="How many people both ends of the tie are tied to.",
    formula="number of q tied to both i and j",
    low=0,
    variant=_VIEW,
    source="Granovetter 1985; Easley & Kleinberg 2010",
    misreading="Larger networks give more shared contacts by chance.",
    agrees_with="igraph, networkx",
    unit="people",
    column=False,
)
def embeddedness(network: Network) -> Array:
    """Shared contacts of each tie of ``network.pairs``."""
    return shared_contacts(network)[tie_arcs(network)].astype(np.float64)


@measure(
    of="tie",
    title="Bridge",
    reads="Whether the tie is the only link between two parts of the network (1 yes, 0 no).",
    formula="1 if removing the tie raises the number of components",
    low=0,
    high=1,
    variant=_VIEW,
    source="Tarjan 1972",
    misreading="A tie that was not reported can make another look like a bridge.",
    agrees_with="igraph, networkx",
    column=False,
)
def bridge(network: Network) -> Array:
    """1 for each tie of ``network.pairs`` that is a bridge."""
    return cuts(network).bridges[tie_arcs(network)].astype(np.float64)


@measure(
    of="tie",
    title="Local bridge",
    reads="Whether the two people have no contact in common (1 yes, 0 no).",
    formula="1 if the ends share no neighbour",
    low=0,
    high=1,
    variant=_VIEW,
    source="Granovetter 1973",
    misreading="In a sparse network most ties are local bridges by chance alone.",
    agrees_with="networkx",
    column=False,
)
def local_bridge(network: Network) -> Array:
    """1 for each tie of ``network.pairs`` whose ends share no contact."""
    return (embeddedness(network) == 0).astype(np.float64)


@measure(
    of="tie",
    title="Span",
    reads="How many steps would lie between the two people without this tie; infinite for a bridge.",
    formula="distance from i to j after removing the tie; 2 where they share a contact",
    low=2,
    variant=_VIEW,
    source="Granovetter 1973; Watts 1999 (range)",
    misreading="A long span says the tie is a shortcut, not that anything flows over it.",
    agrees_with="networkx (local_bridges with_span)",
    unit="steps",
    column=False,
)
def span(network: Network) -> Array:
    """Distance between the ends of each tie of ``network.pairs`` without it; infinite for bridges."""
    value = np.full(len(network.mutual.index), 2.0)
    value[local_bridge_arcs(network)] = spans(network)
    return value[tie_arcs(network)]


@measure(
    of="tie",
    title="Betweenness of the tie",
    reads="How many shortest paths between people use this tie.",
    formula="sum over pairs s, t of (shortest s-t paths over the tie) / (shortest s-t paths)",
    low=1,
    variant=_VIEW + "; each pair once, the pair of its own ends included",
    source="Girvan & Newman 2002; Brandes 2008",
    misreading="It is a raw count that grows with the network.",
    agrees_with="igraph, networkx",
    column=False,
)
def tie_betweenness(network: Network) -> Array:
    """Betweenness of each tie of ``network.pairs``."""
    return undirected_paths(network).along


@measure(
    of="tie",
    title="Betweenness of the tie, directed",
    reads="How many directed shortest paths between people use this tie, in either direction.",
    formula="as tie_betweenness along the direction of ties; both directions of a pair are added",
    low=1,
    variant="follows the direction of ties",
    source="Brandes 2008",
    misreading="It is a raw count that grows with the network.",
    agrees_with="igraph, networkx",
    column=False,
)
def tie_betweenness_directed(network: Network) -> Array:
    """Betweenness along direction of each tie of ``network.pairs``; undirected as :func:`tie_betweenness`."""
    if not network.directed:
        return tie_betweenness(network)
    low, high = np.minimum(network.source, network.target), np.maximum(network.source, network.target)
    key = low.astype(np.int64) * network.n + high
    wanted = network.pairs[0].astype(np.int64) * network.n + network.pairs[1]
    return np.bincount(np.searchsorted(wanted, key), weights=paths(network).along, minlength=len(wanted)).astype(
        np.float64
    )


def _mutual_arcs(network: Network) -> NDArray[np.bool_]:
    """Of each arc of ``network.mutual``: whether the two people name each other (always, where undirected)."""
    if not network.directed:
        return np.ones(len(network.mutual.index), dtype=bool)
    return network.mutual.weight > 1


def _simmelian(network: Network) -> NDArray[np.bool_]:
    """Of each arc of ``network.mutual``: mutual, and in a triangle of mutual ties."""
    mutual, found = _mutual_arcs(network), np.zeros(len(network.mutual.index), dtype=bool)
    for ij, iq, qj in triangles(network).corners:
        found[ij[mutual[ij] & mutual[iq] & mutual[qj]]] = True
    return found


@measure(
    of="tie",
    title="Simmelian tie",
    reads="Whether two people name each other and share a third whom both name and who names both (1 yes, 0 no).",
    formula="1 if i-j is mutual and some q is mutually tied to both",
    low=0,
    high=1,
    variant="undirected ties count as mutual",
    source="Krackhardt 1998",
    misreading="Non-response hides Simmelian ties: each needs three people's answers.",
    agrees_with="hand computation of Krackhardt's definition",
    column=False,
)
def simmelian(network: Network) -> Array:
    """1 for each tie of ``network.pairs`` that is Simmelian."""
    return _simmelian(network)[tie_arcs(network)].astype(np.float64)


@measure(
    of="person",
    title="Simmelian ties",
    reads="With how many people this person has a Simmelian tie.",
    formula="number of j with a Simmelian tie i-j",
    low=0,
    variant="undirected ties count as mutual",
    source="Krackhardt 1998",
    misreading="Strong and stable ties, and for that reason the least likely to bring news.",
    agrees_with="hand computation of Krackhardt's definition",
    unit="people",
    column=False,
)
def simmelian_ties(network: Network) -> Array:
    """Simmelian ties of each person."""
    return np.bincount(triangles(network).row[_simmelian(network)], minlength=network.n).astype(np.float64)


@measure(
    of="network",
    title="Simmelian share",
    reads="Of the pairs that name each other, the part who share a third whom both name and who names both.",
    formula="Simmelian pairs / mutual pairs",
    denominator="mutual pairs",
    low=0,
    high=1,
    undefined="No two people name each other.",
    variant="undirected ties count as mutual",
    source="Krackhardt 1998",
    misreading="Non-response lowers it.",
    agrees_with="hand computation of Krackhardt's definition",
    column=False,
)
def simmelian_share(network: Network) -> float:
    """Simmelian pairs over mutual pairs."""
    return ratio(_simmelian(network).sum(), _mutual_arcs(network).sum())


@measure(
    of="person",
    title="Shared contacts per tie",
    reads="How many contacts this person shares with a contact on average.",
    formula="mean over contacts j of shared contacts of i and j",
    denominator="the person's contacts",
    low=0,
    undefined="The person has no contacts.",
    variant=_VIEW,
    source="Granovetter 1985",
    misreading="Larger circles share more by chance.",
    agrees_with="networkx (2 triangles / degree)",
    column=False,
)
def mean_embeddedness(network: Network) -> Array:
    """Mean shared contacts over each person's ties."""
    row = triangles(network).row
    return over(np.bincount(row, weights=shared_contacts(network), minlength=network.n), network.mutual.degree)


@measure(
    of="network",
    title="Bridging ties returned",
    reads="Of the ties that join people without a contact in common, the part that both people report.",
    formula="mutual local bridges / local bridges",
    denominator="local bridges",
    low=0,
    high=1,
    undefined="The network has no direction, or there are no local bridges.",
    variant=_VIEW,
    source="Granovetter 1973",
    misreading="One-sided bridges may rest on one person's memory.",
    agrees_with="hand count",
    column=False,
)
def local_bridges_returned(network: Network) -> float:
    """Share of local bridges that are mutual."""
    if not network.directed or not returned(network).size:
        return float("nan")
    return ratio((network.mutual.weight[local_bridge_arcs(network)] > 1).sum(), len(local_bridge_arcs(network)))
