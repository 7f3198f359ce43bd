"""igraph and networkx run beside kmnet on the public studies, for measures of which no reference value is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import igraph
import networkx as nx
import numpy as np

from kmnet.network.network import Network
from tests.oracles import graphs
from tests.oracles.conformance import Row, difference, number

MOST_PEOPLE = 500
"""People up to whom a graph is computed anew: the programs take their time."""


def as_igraph(net: Network) -> igraph.Graph:
    """The network as igraph has it, strengths as weights."""
    graph = igraph.Graph(net.n, list(zip(net.source.tolist(), net.target.tolist())), directed=net.directed)
    graph.es["weight"] = net.weight.tolist()
    return graph


def as_networkx(net: Network) -> nx.Graph:
    """The network as networkx has it."""
    graph = nx.DiGraph() if net.directed else nx.Graph()
    graph.add_nodes_from(range(net.n))
    graph.add_edges_from(zip(net.source.tolist(), net.target.tolist()))
    return graph


def _values(found: dict[int, float], net: Network) -> list[float]:
    return [float(found[i]) for i in range(net.n)]


def _eigenvector(net: Network) -> list[float]:
    graph = as_igraph(net).as_undirected()
    return graph.eigenvector_centrality(scale=True) if graph.is_connected() else []


def _along(net: Network) -> list[float]:
    graph = as_igraph(net)
    traffic: dict[tuple[int, ...], float] = {}
    for edge, value in zip(graph.get_edgelist(), graph.edge_betweenness(directed=net.directed)):
        pair = tuple(sorted(edge))
        traffic[pair] = traffic.get(pair, 0.0) + value
    return [traffic[pair] for pair in zip(*(ends.tolist() for ends in net.pairs))]


def _embedded(net: Network) -> list[float]:
    graph = as_networkx(net).to_undirected()
    return [2 * t / graph.degree[i] if graph.degree[i] else np.nan for i, t in nx.triangles(graph).items()]


def _returned(net: Network) -> list[float]:
    graph = as_networkx(net)
    back = [sum(graph.has_edge(j, i) for j in graph.successors(i)) for i in range(net.n)]
    return [b / graph.out_degree(i) if graph.out_degree(i) else np.nan for i, b in enumerate(back)]


def _local_bridges(net: Network) -> list[float]:
    found = {tuple(sorted(edge)) for edge in nx.local_bridges(as_networkx(net).to_undirected(), with_span=False)}
    return [float(pair in found) for pair in zip(*(ends.tolist() for ends in net.pairs))]


Theirs = Callable[[Network], list[float]]

PERSON: dict[str, tuple[str, Theirs]] = {
    "betweenness_share": ("networkx", lambda n: _values(nx.betweenness_centrality(as_networkx(n)), n)),
    "degree_share": ("networkx", lambda n: _values(nx.degree_centrality(as_networkx(n).to_undirected()), n)),
    "eigenvector": ("igraph", _eigenvector),
    "harmonic_closeness_in": (
        "networkx",
        lambda n: [x / (n.n - 1) for x in _values(nx.harmonic_centrality(as_networkx(n)), n)],
    ),
    "mean_embeddedness": ("networkx", _embedded),
    "pagerank": ("networkx", lambda n: _values(nx.pagerank(as_networkx(n), tol=1e-14, max_iter=5000), n)),
}
DIRECTED: dict[str, tuple[str, Theirs]] = {
    "in_strength": ("igraph", lambda n: as_igraph(n).strength(mode="in", weights="weight")),
    "out_strength": ("igraph", lambda n: as_igraph(n).strength(mode="out", weights="weight")),
    "returned_share": ("networkx", _returned),
}
TIE: dict[str, tuple[str, Theirs]] = {
    "tie_betweenness_directed": ("igraph", _along),
    "local_bridge": ("networkx", _local_bridges),
}


def rows() -> Iterator[Row]:
    """Every comparison."""
    for dataset in graphs.DATASETS:
        for spec in graphs.specs(dataset):
            net = graphs.build(dataset, spec["name"])
            if net.n <= MOST_PEOPLE:
                yield from _of(net, dataset, spec["name"])


def _of(net: Network, dataset: str, graph: str) -> Iterator[Row]:
    for of, measures in (("person", PERSON), ("person", DIRECTED if net.directed else {}), ("tie", TIE)):
        for name, (program, compute) in measures.items():
            theirs = compute(net)
            if theirs:
                gap = difference(number(of, name, net), theirs)
                yield Row(of, name, name, (program,), dataset, graph, len(theirs), gap)
