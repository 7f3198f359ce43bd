"""Burt's measures against his formulas, word for word, and against networkx and igraph."""

from __future__ import annotations

import igraph
import networkx as nx
import numpy as np
import pytest

from kmnet.kernels import holes
from kmnet.kernels.triangles import triangles
from tests.kernels import slow
from tests.kernels.randoms import both_ways, many


@pytest.mark.parametrize("weighted", [False, True])
def test_whole_network(weighted: bool) -> None:
    for net in many():
        csr, z = net.mutual_weighted if weighted else net.mutual, both_ways(net, weighted)
        shape = triangles(csr)
        dyadic = holes.dyadic_constraint(csr, shape)
        total = holes.total(csr, shape.row, dyadic)
        size = holes.total(csr, shape.row, 1 - holes.redundancy(csr, shape))
        spread = holes.concentration(csr, shape.row, dyadic)
        for i in range(net.n):
            expected = slow.constraint_of(z, i)
            if not expected:
                assert np.isnan([total[i], size[i], spread[i]]).all()
                continue
            mine = dyadic[csr.start[i] : csr.start[i + 1]]
            assert np.allclose(mine, list(expected.values()), rtol=1e-12)
            assert np.isclose(total[i], sum(expected.values()), rtol=1e-12)
            assert np.isclose(size[i], slow.effective_size(z, i), rtol=1e-12)
            assert np.isclose(spread[i], slow.hierarchy(list(expected.values())), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("weighted", [False, True])
def test_own_circle_is_the_whole_formula_on_the_ego_network(weighted: bool) -> None:
    for net in many():
        csr, z = net.mutual_weighted if weighted else net.mutual, both_ways(net, weighted)
        shape = triangles(csr)
        dyadic = holes.dyadic_constraint_ego(csr, shape)
        size = holes.total(csr, shape.row, 1 - holes.redundancy_ego(csr, shape))
        for i in range(net.n):
            around, ego = slow.circle(z, i)
            expected = slow.constraint_of(around, ego)
            assert np.allclose(dyadic[csr.start[i] : csr.start[i + 1]], list(expected.values()), rtol=1e-12)
            if expected:
                assert np.isclose(size[i], slow.effective_size(around, ego), rtol=1e-12)


def test_networkx_and_igraph() -> None:
    for seed, net in enumerate(many()):
        if not net.n:
            continue
        ig = igraph.Graph(net.n, list(zip(net.source.tolist(), net.target.tolist())), directed=net.directed)
        weights = net.weight.tolist() if net.m else None
        csr = net.mutual_weighted
        shape = triangles(csr)
        ours = holes.total(csr, shape.row, holes.dyadic_constraint(csr, shape))
        assert np.allclose(ours, ig.constraint(weights=weights), rtol=1e-9, equal_nan=True)
        if seed >= 120:  # networkx takes its time
            continue
        graph = nx.DiGraph() if net.directed else nx.Graph()
        graph.add_nodes_from(range(net.n))
        graph.add_weighted_edges_from(zip(net.source.tolist(), net.target.tolist(), net.weight.tolist()))
        size = holes.total(csr, shape.row, 1 - holes.redundancy(csr, shape))
        nodes = list(graph)
        theirs = nx.constraint(graph, weight="weight")
        # networkx's per-node effective size is right; it is NaN for nodes with only incoming ties.
        sizes = nx.effective_size(graph, nodes=nodes, weight="weight")
        for i in nodes:
            assert np.isclose(ours[i], theirs[i], rtol=1e-9, equal_nan=True)
            assert np.isnan(sizes[i]) or np.isclose(size[i], sizes[i], rtol=1e-9)
