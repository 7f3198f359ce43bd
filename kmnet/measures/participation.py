"""Participation: how many contacts, how strong, how evenly spread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import cohesion as kernel
from kmnet.measures.measure import measure
from kmnet.measures.views import NAN, kept, ratio, returned
from kmnet.network.network import Network

Array = NDArray[np.float64]

_NO_DIRECTION = "The network has no direction."


@kept
def _out(network: Network) -> NDArray[np.int64]:
    return np.bincount(network.source, minlength=network.n)


@kept
def _into(network: Network) -> NDArray[np.int64]:
    return np.bincount(network.target, minlength=network.n)


def _directed_only(network: Network, values: NDArray) -> Array:
    return values.astype(np.float64) if network.directed else np.full(network.n, np.nan)


@measure(
    of="person",
    title="Contacts",
    reads="How many people this person is tied to, in either direction.",
    formula="number of j with a tie i-j, i to j or j to i",
    low=0,
    variant="undirected view; each contact counts once",
    source="Freeman 1979",
    misreading="Many contacts are not the same as being a bridge: read it beside effective size and brokerage.",
    agrees_with="igraph, networkx",
    unit="people",
)
def degree(network: Network) -> Array:
    """Contacts of each person, in either direction."""
    return network.mutual.degree.astype(np.float64)


@measure(
    of="person",
    title="Named by",
    reads="How many people named this person or turned to them.",
    formula="number of j with a tie j to i",
    low=0,
    undefined=_NO_DIRECTION + " See degree.",
    source="Freeman 1979",
    misreading="It depends on who answered: people whose colleagues did not answer are named less.",
    agrees_with="igraph, networkx, sna",
    unit="people",
)
def in_degree(network: Network) -> Array:
    """Ties that lead to each person; NaN on an undirected network."""
    return _directed_only(network, _into(network))


@measure(
    of="person",
    title="Names",
    reads="How many people this person named or turned to.",
    formula="number of j with a tie i to j",
    low=0,
    undefined=_NO_DIRECTION + " See degree.",
    source="Freeman 1979",
    misreading="A generous answerer names many: it says as much about answering as about ties.",
    agrees_with="igraph, networkx, sna",
    unit="people",
)
def out_degree(network: Network) -> Array:
    """Ties that lead from each person; NaN on an undirected network."""
    return _directed_only(network, _out(network))


@measure(
    of="person",
    title="Strength of contact",
    reads="The strengths of all this person's ties, added up in both directions.",
    formula="sum_j (w_ij + w_ji); each undirected tie once",
    low=0,
    source="Barrat et al. 2004",
    misreading="One very strong tie can outweigh many contacts: read it beside degree.",
    agrees_with="igraph, networkx",
    weighted=True,
)
def strength(network: Network) -> Array:
    """Summed weight of each person's ties."""
    ends = np.concatenate([network.source, network.target])
    return np.bincount(ends, weights=np.tile(network.weight, 2), minlength=network.n).astype(np.float64)


@measure(
    of="person",
    title="Share of people reached directly",
    reads="The part of all other people whom this person is tied to.",
    formula="degree / (n - 1)",
    denominator="other people in the network",
    low=0,
    high=1,
    undefined="Nobody else is in the network.",
    source="Freeman 1979",
    misreading="It falls when the network grows even if nobody loses a contact.",
    agrees_with="networkx",
    separate="scale",
    column=False,
)
def degree_share(network: Network) -> Array:
    """Degree over n - 1; NaN with fewer than two people."""
    return degree(network) / (network.n - 1 if network.n > 1 else NAN)


@measure(
    of="person",
    title="Strength of ties to the person",
    reads="The strengths of all ties that lead to this person, added up.",
    formula="sum_j w_ji",
    low=0,
    undefined=_NO_DIRECTION + " See strength.",
    source="Barrat et al. 2004",
    misreading="It mixes how many people turn to this person with how often each does.",
    agrees_with="igraph, networkx",
    weighted=True,
    column=False,
)
def in_strength(network: Network) -> Array:
    """Summed weight of ties to each person; NaN on an undirected network."""
    return _directed_only(network, np.bincount(network.target, weights=network.weight, minlength=network.n))


@measure(
    of="person",
    title="Strength of ties from the person",
    reads="The strengths of all ties that lead from this person, added up.",
    formula="sum_j w_ij",
    low=0,
    undefined=_NO_DIRECTION + " See strength.",
    source="Barrat et al. 2004",
    misreading="It mixes how many people this person turns to with how often.",
    agrees_with="igraph, networkx",
    weighted=True,
    column=False,
)
def out_strength(network: Network) -> Array:
    """Summed weight of ties from each person; NaN on an undirected network."""
    return _directed_only(network, np.bincount(network.source, weights=network.weight, minlength=network.n))


@measure(
    of="person",
    title="Returned ties",
    reads="Of the people this person names, the part who name this person too.",
    formula="returned ties from i / ties from i",
    denominator="ties from the person",
    low=0,
    high=1,
    undefined="The network has no direction, or the person named nobody.",
    source="Wasserman & Faust 1994, ch. 13",
    misreading="A tie to somebody who did not answer can never be returned.",
    agrees_with="networkx",
    column=False,
)
def returned_share(network: Network) -> Array:
    """Share of each person's outgoing ties that are returned."""
    back = np.bincount(network.source[returned(network)], minlength=network.n).astype(np.float64)
    out = _out(network).astype(np.float64)
    return _directed_only(network, np.divide(back, out, out=np.full(network.n, np.nan), where=out > 0))


@measure(
    of="network",
    title="Density",
    reads="The part of all possible ties that are there.",
    formula="m / (n (n - 1)), undirected m / (n (n - 1) / 2)",
    denominator="possible ties",
    low=0,
    high=1,
    undefined="There are fewer than two people.",
    source="Wasserman & Faust 1994, ch. 4",
    misreading="It falls as a network grows: compare ties per person between networks of unequal size.",
    agrees_with="igraph, networkx, sna, UCINET",
    separate="scale",
)
def density(network: Network) -> float:
    """Ties over possible ties."""
    return ratio(network.m, network.possible)


@measure(
    of="network",
    title="Contacts per person",
    reads="How many people a person is tied to on average, in either direction.",
    formula="mean over people of degree",
    denominator="people in the network",
    low=0,
    undefined="There are no people.",
    source="Wasserman & Faust 1994, ch. 4",
    misreading="A few people with many contacts can lift it: look at the spread too.",
    agrees_with="igraph",
    unit="people",
    separate="scale",
)
def mean_degree(network: Network) -> float:
    """Mean number of contacts."""
    return ratio(len(network.mutual.index), network.n)


@measure(
    of="network",
    title="People without a tie",
    reads="How many people have no tie to anybody in this network.",
    formula="number of i with degree 0",
    low=0,
    source="Wasserman & Faust 1994, ch. 4",
    misreading="Somebody who did not answer may look isolated without being so.",
    agrees_with="networkx, sna",
    unit="people",
    separate="scale",
)
def isolates(network: Network) -> float:
    """People without a tie."""
    return float((network.mutual.degree == 0).sum())


@measure(
    of="network",
    title="Concentration of contacts",
    reads="How far contacts are gathered on one person: 0 is everybody alike, 1 is a star.",
    formula="sum_i (max d - d_i) / ((n - 1)(n - 2))",
    denominator="the same sum of a star",
    low=0,
    high=1,
    undefined="There are fewer than three people.",
    variant="undirected view, self ties not possible",
    source="Freeman 1979",
    misreading="igraph's default divides by a larger maximum (self ties allowed) and gives smaller values.",
    agrees_with="sna, igraph (loops = FALSE)",
    separate="all",
)
def degree_centralisation(network: Network) -> float:
    """Freeman's degree centralisation of the undirected view."""
    return kernel.centralisation(network.mutual.degree, (network.n - 1) * (network.n - 2))


@measure(
    of="network",
    title="Concentration of being named",
    reads="How far naming is gathered on one person: 0 is everybody alike, 1 is everybody naming one person.",
    formula="sum_i (max d_in - d_in,i) / (n - 1)^2",
    denominator="the same sum of a star pointing inwards",
    low=0,
    high=1,
    undefined="The network has no direction, or there are fewer than two people.",
    source="Freeman 1979",
    misreading="One very well-known person is enough to lift it.",
    agrees_with="sna, igraph (loops = FALSE)",
    separate="all",
)
def in_degree_centralisation(network: Network) -> float:
    """Freeman's in-degree centralisation."""
    return kernel.centralisation(_into(network), (network.n - 1) ** 2) if network.directed else NAN


@measure(
    of="network",
    title="Concentration of naming",
    reads="How far naming is done by one person: 0 is everybody alike, 1 is one person naming everybody.",
    formula="sum_i (max d_out - d_out,i) / (n - 1)^2",
    denominator="the same sum of a star pointing outwards",
    low=0,
    high=1,
    undefined="The network has no direction, or there are fewer than two people.",
    source="Freeman 1979",
    misreading="One generous answerer is enough to lift it.",
    agrees_with="sna, igraph (loops = FALSE)",
    separate="all",
)
def out_degree_centralisation(network: Network) -> float:
    """Freeman's out-degree centralisation."""
    return kernel.centralisation(_out(network), (network.n - 1) ** 2) if network.directed else NAN


@measure(
    of="network",
    title="Inequality of contacts",
    reads="How unequally contacts are spread: 0 is everybody alike, near 1 is a few holding nearly all.",
    formula="sum_k (2k - n - 1) d_(k) / (n sum d), degrees in rising order",
    low=0,
    high=1,
    undefined="There are no ties.",
    source="Gini 1912",
    misreading="Two very different networks can share one value.",
    agrees_with="ineq (R), hand",
    separate="all",
)
def degree_gini(network: Network) -> float:
    """Gini coefficient of degree."""
    return kernel.gini(network.mutual.degree)


@measure(
    of="network",
    title="Returned ties",
    reads="The part of ties that are returned.",
    formula="returned arcs / arcs",
    denominator="ties",
    low=0,
    high=1,
    undefined="The network has no direction, or there are no ties.",
    variant="edgewise; sna's default counts pairs without ties as returned",
    source="Wasserman & Faust 1994, ch. 13",
    misreading="A tie to somebody who did not answer can never be returned.",
    agrees_with="igraph, networkx, sna (edgewise), UCINET (arc reciprocity)",
)
def reciprocity(network: Network) -> float:
    """Share of arcs that are returned."""
    return ratio(returned(network).sum(), network.m) if network.directed else NAN


@measure(
    of="network",
    title="Mutual pairs among tied pairs",
    reads="Of the pairs with a tie in either direction, the part that name each other.",
    formula="mutual pairs / tied pairs",
    denominator="tied pairs",
    low=0,
    high=1,
    undefined="The network has no direction, or there are no ties.",
    source="Wasserman & Faust 1994, ch. 13",
    misreading="It is always lower than the share of returned ties, which counts a mutual pair twice.",
    agrees_with="igraph (ratio), sna (dyadic.nonnull), UCINET (dyad reciprocity)",
    column=False,
)
def mutual_pairs_share(network: Network) -> float:
    """Mutual dyads over dyads with any tie."""
    return ratio(returned(network).sum() / 2, len(network.pairs[0])) if network.directed else NAN


@measure(
    of="network",
    title="Pairs that agree",
    reads="Of all pairs, the part who either name each other or do not name each other at all.",
    formula="(mutual pairs + pairs without ties) / pairs",
    denominator="all pairs",
    low=0,
    high=1,
    undefined="The network has no direction, or there are fewer than two people.",
    source="sna::grecip, measure dyadic",
    misreading="In a sparse network it is near 1 whatever people do, because pairs without ties count as agreeing.",
    agrees_with="sna (grecip default)",
    separate="scale",
    column=False,
)
def agreeing_pairs_share(network: Network) -> float:
    """Mutual and null dyads over all dyads."""
    pairs = network.possible // 2
    one_way = len(network.pairs[0]) - returned(network).sum() / 2
    return ratio(pairs - one_way, pairs) if network.directed else NAN
