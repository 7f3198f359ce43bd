"""Bridging ties by hand: embeddedness, spans, Simmelian ties, directed tie betweenness."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from kmnet.measures import bridging
from kmnet.measures.run import bridge_rows
from kmnet.network.network import network
from tests.kernels.randoms import many, matrix


def test_two_triangles_and_a_bridge() -> None:
    ties = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("d", "f")]
    net = network(
        [*"abcdef"], ties, groups={"role": dict(zip("abcdef", "xxxyyy")), "team": dict.fromkeys("abcdef", "t")}
    )
    rows = bridge_rows(net)
    assert rows["source"] == ["c"] and rows["target"] == ["d"] and rows["bridge"] == [True]
    assert np.isnan(rows["span"][0]) and rows["betweenness"] == [9] and rows["groups_crossed"] == ["role"]
    assert bridging.cut_point(net).tolist() == [0, 0, 1, 1, 0, 0]
    assert bridging.span(net).tolist() == [2, 2, 2, np.inf, 2, 2, 2]


def test_a_ring_has_local_bridges_only() -> None:
    net = network([*"abcde"], list(zip("abcde", "bcdea")))
    rows = bridge_rows(net)
    assert rows["span"] == [4] * 5 and not any(rows["bridge"]) and bridging.bridges(net) == 0
    assert rows["betweenness"] == [3] * 5


def test_direction_is_set_aside_for_bridges() -> None:
    net = network([*"abc"], [("a", "b"), ("c", "b")], directed=True)
    assert bridge_rows(net)["betweenness"] == [2, 2]
    assert bridging.bridges(net) == 2


def test_simmelian_word_for_word() -> None:
    for net in many():
        a = matrix(net, weighted=False) > 0
        mutual = a & a.T
        expected = [
            float(mutual[i, j] and any(mutual[i, q] and mutual[j, q] for q in range(net.n)))
            for i, j in zip(*(p.tolist() for p in net.pairs))
        ]
        assert bridging.simmelian(net).tolist() == expected
        assert bridging.simmelian_ties(net).sum() == 2 * sum(expected)
        pairs = sum(bool(mutual[i, j]) for i, j in combinations(range(net.n), 2))
        share = bridging.simmelian_share(net)
        assert np.isnan(share) if not pairs else share == pytest.approx(sum(expected) / pairs)


def test_directed_tie_betweenness_agrees_with_networkx() -> None:
    for net in many():
        graph = nx.DiGraph() if net.directed else nx.Graph()
        graph.add_nodes_from(range(net.n))
        graph.add_edges_from(zip(net.source.tolist(), net.target.tolist()))
        theirs = nx.edge_betweenness_centrality(graph, normalized=False) if net.n else {}
        ours = bridging.tie_betweenness_directed(net)
        for k, (i, j) in enumerate(zip(*(p.tolist() for p in net.pairs))):
            assert ours[k] == pytest.approx(theirs.get((i, j), 0) + (theirs.get((j, i), 0) if i != j else 0))


def test_mean_embeddedness() -> None:
    net = network([*"abcd"], [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")])
    assert bridging.mean_embeddedness(net).tolist() == pytest.approx([1, 1, 2 / 3, 0])
    assert bridging.local_bridges(net) == 1 and np.isnan(bridging.local_bridges_returned(net))
