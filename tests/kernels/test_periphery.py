"""Core and periphery against every possible core; eigenvector and PageRank against networkx."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np

from kmnet.kernels import periphery
from kmnet.network.network import network
from tests.kernels.randoms import both_ways, many, one


def missed(a: np.ndarray, core: set[int]) -> int:
    """Ties missing inside the core plus ties among the rest."""
    pairs = list(combinations(range(len(a)), 2))
    inside = [p for p in pairs if p[0] in core and p[1] in core]
    rest = [p for p in pairs if p[0] not in core and p[1] not in core]
    return sum(not a[p] for p in inside) + sum(bool(a[p]) for p in rest)


def test_no_core_of_whole_degree_classes_is_better() -> None:
    for seed in range(300):
        net = one(seed, largest=8 if seed < 120 else 6)
        a, degree = both_ways(net), net.mutual.degree
        core = set(np.flatnonzero(periphery.core(degree)).tolist())
        best = missed(a, core)
        everything = [set(c) for k in range(net.n + 1) for c in combinations(range(net.n), k)]
        whole = [
            c for c in everything if len({degree[i] for i in c} & {degree[i] for i in range(net.n) if i not in c}) == 0
        ]
        assert best == min(missed(a, c) for c in whole)
        if len(set(degree.tolist())) == net.n:
            assert best == min(missed(a, c) for c in everything)


def test_fit_is_the_correlation_over_pairs() -> None:
    for net in many():
        a, core = both_ways(net) > 0, periphery.core(net.mutual.degree)
        pairs = [(i, j) for i, j in combinations(range(net.n), 2) if core[i] == core[j]]
        tied = [float(a[p]) for p in pairs]
        ideal = [float(core[i]) for i, _ in pairs]
        inside = int(sum(t for t, k in zip(tied, ideal) if k))
        value = periphery.fit(net.n, inside, int(sum(tied)) - inside, int(core.sum()))
        if len(set(tied)) < 2 or len(set(ideal)) < 2:
            assert np.isnan(value)
        else:
            assert np.isclose(value, np.corrcoef(tied, ideal)[0, 1])


def test_eigenvector() -> None:
    for net in many():
        graph = nx.Graph(list(zip(*(p.tolist() for p in net.pairs))))
        if not len(graph) or not nx.is_connected(graph):
            continue
        members = np.array(sorted(graph))
        ours = periphery.eigenvector(net.mutual, members)
        theirs = nx.eigenvector_centrality_numpy(graph) if len(graph) > 2 else dict.fromkeys(graph, 1.0)
        largest = max(theirs.values())
        assert np.allclose(ours[members], [theirs[i] / largest for i in members.tolist()], atol=1e-7)
        assert np.isnan(np.delete(ours, members)).all()


def test_eigenvector_of_a_large_star() -> None:
    ids = [f"p{k:03d}" for k in range(101)]
    net = network(ids, [(ids[0], i) for i in ids[1:]])
    value = periphery.eigenvector(net.mutual, np.arange(101))
    assert np.isclose(value[0], 1) and np.allclose(value[1:], 0.1, rtol=1e-9)


def test_pagerank() -> None:
    for net in many():
        if not net.n:
            assert not periphery.pagerank(net.out).size
            continue
        graph = nx.DiGraph() if net.directed else nx.Graph()
        graph.add_nodes_from(range(net.n))
        graph.add_edges_from(zip(net.source.tolist(), net.target.tolist()))
        theirs = nx.pagerank(graph, tol=1e-13, max_iter=2000)
        assert np.allclose(periphery.pagerank(net.out), [theirs[i] for i in range(net.n)], atol=1e-10)
