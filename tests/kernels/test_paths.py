"""Shortest paths against their definition, networkx and igraph."""

from __future__ import annotations

from typing import Any

import igraph
import networkx as nx
import numpy as np
import pytest

from kmnet.kernels import paths
from kmnet.network.network import Network
from tests.kernels import slow
from tests.kernels.randoms import many, matrix


def check(net: Network) -> None:
    a, csr = matrix(net, weighted=False), net.out
    d = slow.distances(a)
    node, arc = slow.betweenness(a)
    found = paths.all_pairs(csr, np.arange(len(csr.index)))
    finite = np.where((d > 0) & (d < np.inf), d, np.nan)
    assert found.reached.tolist() == (~np.isnan(finite)).sum(axis=1).tolist()
    assert found.reached_by.tolist() == (~np.isnan(finite)).sum(axis=0).tolist()
    assert found.total.tolist() == np.nansum(finite, axis=1).tolist()
    assert np.allclose(found.inverse, np.nansum(1 / finite, axis=1), rtol=1e-12)
    assert np.allclose(found.inverse_to, np.nansum(1 / finite, axis=0), rtol=1e-12)
    for length, count in enumerate(found.pairs.tolist()):
        assert count == (finite == length).sum()
    assert found.pairs.sum() == found.reached.sum()
    assert np.allclose(found.through, node, rtol=1e-12, atol=1e-12)
    row = np.repeat(np.arange(csr.n), csr.degree)
    assert np.allclose(found.along, arc[row, csr.index], rtol=1e-12, atol=1e-12)


def test_word_for_word() -> None:
    for net in many():
        check(net)


@pytest.mark.parametrize("way", ["python", "compiled"])
def test_one_by_one_word_for_word(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []

    class Watched:
        @property
        def compiled(self) -> Any:
            taken.append(way)
            return getattr(brandes, way)

    brandes = paths._brandes
    monkeypatch.setattr(paths, "_brandes", Watched())
    monkeypatch.setattr(paths, "LIMIT", -1)
    nets = many()
    for net in nets:
        check(net)
    assert len(taken) == len(nets)


def test_the_size_decides_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []
    monkeypatch.setattr(paths, "_together", lambda csr, arcs: taken.append("together"))
    monkeypatch.setattr(paths, "_one_by_one", lambda csr, arcs: taken.append("one by one"))
    csr = many()[21].out
    monkeypatch.setattr(paths, "LIMIT", paths.work(csr, 1))
    paths.all_pairs(csr, times=1)
    paths.all_pairs(csr, times=2)
    monkeypatch.setattr(paths, "LIMIT", paths.work(csr, 1) - 1)
    paths.all_pairs(csr, times=1)
    assert taken == ["together", "one by one", "one by one"]


def test_blocks_of_sources_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "CELLS", 30)
    for net in many()[:60]:
        check(net)


def test_only_the_arcs_asked_for() -> None:
    net = many()[21]
    full = paths.all_pairs(net.out, np.arange(len(net.out.index)))
    some = np.array([3, 0])
    assert paths.all_pairs(net.out, some).along.tolist() == full.along[some].tolist()
    assert paths.all_pairs(net.out).along.size == 0


def test_networkx_and_igraph() -> None:
    for net in many():
        if net.n < 1:
            continue
        found = paths.all_pairs(net.out)
        half = 1 if net.directed else 2
        graph = nx.DiGraph() if net.directed else nx.Graph()
        graph.add_nodes_from(range(net.n))
        graph.add_edges_from(zip(net.source.tolist(), net.target.tolist()))
        theirs = nx.betweenness_centrality(graph, normalized=False)
        assert np.allclose(found.through / half, [theirs[i] for i in range(net.n)], atol=1e-9)
        harmonic = nx.harmonic_centrality(graph)
        assert np.allclose(found.inverse_to, [harmonic[i] for i in range(net.n)], atol=1e-9)
        ig = igraph.Graph(net.n, list(zip(net.source.tolist(), net.target.tolist())), directed=net.directed)
        assert np.allclose(found.through / half, ig.betweenness(), atol=1e-9)
        if net.n > 1:
            assert np.allclose(found.inverse / (net.n - 1), ig.harmonic_centrality(mode="out"), atol=1e-9)


def test_many_paths_do_not_overflow() -> None:
    """A ladder of diamonds has 2^60 shortest paths end to end; every middle node still carries half of them."""
    from kmnet.network.network import network

    ids, ties = ["a00"], []
    for k in range(60):
        ids += [f"b{k:02d}", f"c{k:02d}", f"a{k + 1:02d}"]
        ties += [(f"a{k:02d}", f"b{k:02d}"), (f"a{k:02d}", f"c{k:02d}")]
        ties += [(f"b{k:02d}", f"a{k + 1:02d}"), (f"c{k:02d}", f"a{k + 1:02d}")]
    net = network(ids, ties, directed=True)
    found = paths.all_pairs(net.out)
    where = {i: k for k, i in enumerate(net.ids)}
    # Every path from the 91 people before diamond 30 to the 88 behind it takes one of its two sides.
    assert np.isclose(found.through[where["b30"]], 91 * 88 / 2, rtol=1e-12)
    assert np.isclose(found.through[where["a30"]], 90 * 90, rtol=1e-12)
