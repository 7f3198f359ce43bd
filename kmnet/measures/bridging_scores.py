"""Scores of bridging people: honest brokers, Everett & Valente's brokerage, Valente & Fujimoto's bridging."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import tieloss
from kmnet.kernels import triangles as corners
from kmnet.measures.measure import measure
from kmnet.measures.views import kept, over, paths, tie_arcs, triangles
from kmnet.network.network import Network

Array = NDArray[np.float64]

MOST_WORK = 50_000_000
"""Work up to which every tie is taken out in turn (a second or two; about 700 people with 10 contacts each)."""


@kept
def _pairs_by_ties(network: Network) -> NDArray[np.int64]:
    """Pairs of people who name each person (undirected: of contacts) by arcs between them, 0, 1 or 2; shape (n, 3)."""
    shape, size = triangles(network), network.into.degree
    naming = corners.find(network.out, shape.row, network.mutual.index) >= 0  # the start of each entry names its end
    both = network.mutual.weight > 1 if network.directed else np.ones(len(naming), dtype=bool)
    one, two = np.zeros(network.n, dtype=np.int64), np.zeros(network.n, dtype=np.int64)
    for ends, first, second in shape.corners:  # i - j, i - v, v - j: each pair around v is met from either end
        around = naming[first] & naming[shape.back[second]]
        v = shape.row[second]
        one += np.bincount(v[around & ~both[ends]], minlength=network.n)
        two += np.bincount(v[around & both[ends]], minlength=network.n)
    one, two = one // 2, two // 2
    return np.column_stack([size * (size - 1) // 2 - one - two, one, two])


_BROKER = {
    "variant": "the circle are those who name the person (undirected: contacts), UCINET's default",
    "source": "Burt 1992; UCINET, Honest Broker Index",
    "agrees_with": "UCINET (definition)",
    "unit": "pairs",
    "low": 0,
}


@measure(
    of="person",
    title="Honest broker",
    reads="How many pairs of people around this person have no tie to each other at all.",
    formula="pairs j, k around i with neither j to k nor k to j (HBI0, pure)",
    denominator="none: a count; all pairs are d(d-1)/2",
    misreading="It grows with the square of the number of contacts.",
    **_BROKER,
)
def honest_broker(network: Network) -> Array:
    """Pairs around each person without a tie between them."""
    return _pairs_by_ties(network)[:, 0].astype(np.float64)


@measure(
    of="person",
    title="Honest broker, weak",
    reads="How many pairs of people around this person have a tie in one direction only.",
    formula="pairs j, k around i with exactly one of j to k, k to j (HBI1, weak)",
    denominator="none: a count; all pairs are d(d-1)/2",
    undefined="The network has no direction.",
    misreading="One person's report decides between weak and pure.",
    column=False,
    **_BROKER,
)
def honest_broker_weak(network: Network) -> Array:
    """Pairs around each person with one arc between them; NaN where ties have no direction."""
    return _pairs_by_ties(network)[:, 1].astype(np.float64) if network.directed else np.full(network.n, np.nan)


@measure(
    of="person",
    title="Honest broker, none",
    reads="How many pairs of people around this person are tied to each other, so that nothing is left to broker.",
    formula="pairs j, k around i tied in both directions (HBI2, non)",
    denominator="none: a count; all pairs are d(d-1)/2",
    misreading="It is closure, the opposite of brokerage.",
    column=False,
    **_BROKER,
)
def honest_broker_non(network: Network) -> Array:
    """Pairs around each person tied in both directions (undirected: tied)."""
    return _pairs_by_ties(network)[:, 2].astype(np.float64)


def _everett_valente(network: Network, ends: NDArray[np.int64], degree: NDArray[np.int64]) -> Array:
    """(betweenness + paths that end there) / degree; 0 for people on no shortest path, NaN without a tie."""
    through = paths(network).through
    score = np.where(through > 1e-9, over(through + ends, degree), 0.0)
    return np.where(network.mutual.degree > 0, score, np.nan)


_EV = {
    "low": 0,
    "source": "Everett & Valente 2016, Social Networks 44:202-208",
    "misreading": "It is a mean over ties: a person with few ties can score higher than a hub.",
    "agrees_with": "Everett & Valente 2016, tables 1 and 2",
    "unit": "paths per tie",
    "separate": "nothing",
}


@measure(
    of="person",
    title="Everett-Valente brokerage",
    reads="How much of the traffic between others passes over each of this person's ties on average.",
    formula="mean of the in and out scores; undirected (2 betweenness + people in reach) / degree",
    variant="0 for people on no shortest path, as published; reachable people stand for n - 1 in a network of parts",
    undefined="The person has no tie.",
    **_EV,
)
def everett_valente(network: Network) -> Array:
    """Everett & Valente's brokerage of each person."""
    if not network.directed:
        return _everett_valente(network, paths(network).reached, network.mutual.degree)
    return (everett_valente_in.compute(network) + everett_valente_out.compute(network)) / 2


@measure(
    of="person",
    title="Everett-Valente brokerage, in",
    reads="How much traffic between others comes in over each tie towards this person on average.",
    formula="(betweenness + people who can reach i) / in-degree",
    variant="0 for people on no shortest path, as published",
    undefined="The network has no direction, or the person has no tie.",
    column=False,
    **_EV,
)
def everett_valente_in(network: Network) -> Array:
    """Everett & Valente's in-brokerage."""
    if not network.directed:
        return np.full(network.n, np.nan)
    return _everett_valente(network, paths(network).reached_by, network.into.degree)


@measure(
    of="person",
    title="Everett-Valente brokerage, out",
    reads="How much traffic between others goes out over each tie of this person on average.",
    formula="(betweenness + people whom i can reach) / out-degree",
    variant="0 for people on no shortest path, as published",
    undefined="The network has no direction, or the person has no tie.",
    column=False,
    **_EV,
)
def everett_valente_out(network: Network) -> Array:
    """Everett & Valente's out-brokerage."""
    if not network.directed:
        return np.full(network.n, np.nan)
    return _everett_valente(network, paths(network).reached, network.out.degree)


@kept
def _loss(network: Network) -> Array:
    """Loss of closeness when each tie of ``network.pairs`` goes; NaN where the network is too large to try each."""
    arcs, csr = tie_arcs(network), network.mutual
    if tieloss.work(csr) > MOST_WORK:
        return np.full(len(arcs), np.nan)
    return np.asarray(tieloss.losses(csr)[arcs] / max(network.n * (network.n - 1), 1))


@measure(
    of="person",
    title="Bridging",
    reads="How much closeness the whole network loses, on average, when one of this person's ties is taken away.",
    formula="mean over ties e of i of C(G) - C(G - e), where C is the mean of 1/distance over all pairs",
    denominator="the person's ties",
    low=0,
    high=1,
    variant="as published; influenceR and tidygraph give half of it. Undirected view",
    undefined="The person has no tie, or the network is too large for every tie to be tried.",
    source="Valente & Fujimoto 2010, Social Networks 32:212-220",
    misreading="Values are small by nature: compare people within one network, never across networks of other size.",
    agrees_with="Everett & Valente 2016, table 1; influenceR times 2",
    separate="scale",
)
def bridging(network: Network) -> Array:
    """Mean loss of closeness over the ties of each person."""
    row, at = triangles(network).row, tie_arcs(network)
    loss = _loss(network)
    ends = np.concatenate([row[at], network.mutual.index[at]])
    total = np.bincount(ends, weights=np.concatenate([loss, loss]), minlength=network.n)
    return over(total, network.mutual.degree)


@measure(
    of="tie",
    title="Closeness lost without the tie",
    reads="How much closeness the whole network loses when this tie is taken away.",
    formula="C(G) - C(G - e), where C is the mean of 1/distance over all pairs",
    denominator="all ordered pairs of people",
    low=0,
    high=1,
    variant="undirected view",
    undefined="The network is too large for every tie to be tried.",
    source="Valente & Fujimoto 2010, Social Networks 32:212-220",
    misreading="A tie to somebody with no other tie loses that person, which says more about them than about bridging.",
    agrees_with="Everett & Valente 2016, table 1 (through the persons)",
    separate="scale",
    column=False,
)
def tie_bridging(network: Network) -> Array:
    """Loss of closeness of each tie of ``network.pairs``."""
    return _loss(network)
