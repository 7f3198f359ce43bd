"""Coreness, triangles, the triad census, centralisation and Gini against their definitions."""

from __future__ import annotations

import igraph
import networkx as nx
import numpy as np
import pytest

from kmnet.kernels import cohesion, triangles
from kmnet.kernels.census import NAMES, triad_census
from kmnet.network.network import network
from tests.kernels import slow
from tests.kernels.randoms import both_ways, many


def test_coreness() -> None:
    for net in many():
        assert cohesion.coreness(net.mutual).tolist() == slow.coreness(both_ways(net))


@pytest.mark.parametrize("chunk", [1, 4_000_000])
@pytest.mark.parametrize("table", [0, 4_000_000])
def test_triangles(chunk: int, table: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triangles, "CHUNK", chunk)
    monkeypatch.setattr(triangles, "TABLE", table)
    for net in many():
        found = triangles.triangles(net.mutual)
        index, row = net.mutual.index, found.row
        triples = [tuple(sorted((row[ab], index[ab], index[ac]))) for ab, ac in zip(found.ab, found.ac)]
        assert sorted(triples) == slow.triangles(both_ways(net))
        for ij, iq, qj in found.corners:
            assert (row[ij] == row[iq]).all() and (index[iq] == row[qj]).all() and (index[qj] == index[ij]).all()
        assert (index[found.back] == row).all() and (row[found.back] == index).all()


def test_triad_census() -> None:
    for net in many():
        if not net.directed:
            continue
        graph = nx.DiGraph()
        graph.add_nodes_from(range(net.n))
        graph.add_edges_from(zip(net.source.tolist(), net.target.tolist()))
        ours = dict(zip(NAMES, triad_census(net.mutual, net.into, triangles.triangles(net.mutual)).tolist()))
        assert ours == nx.triadic_census(graph)
        if net.n >= 3:
            ig = igraph.Graph(net.n, list(graph.edges), directed=True).triad_census()
            assert all(ours[k.upper()] == getattr(ig, f"t{k}") for k in ours)


def test_centralisation() -> None:
    star = network(list("abcde"), [("a", x) for x in "bcde"])
    assert cohesion.centralisation(star.mutual.degree, 4 * 3) == 1
    assert np.isnan(cohesion.centralisation(star.mutual.degree, 0))
    assert np.isnan(cohesion.centralisation(np.empty(0), 3))
    ring = network(list("abcd"), [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")])
    assert cohesion.centralisation(ring.mutual.degree, 3 * 2) == 0


def test_gini() -> None:
    for net in many():
        degree = net.mutual.degree
        if degree.sum():
            assert np.isclose(cohesion.gini(degree), slow.gini(degree.tolist()), rtol=1e-12, atol=1e-15)
        else:
            assert np.isnan(cohesion.gini(degree))
