"""Pieces, cut-points, bridges and detours against taking ties and people out one by one."""

from __future__ import annotations

from collections import defaultdict

import igraph
import numpy as np

from kmnet.kernels import components as kernel
from tests.kernels import slow
from tests.kernels.randoms import both_ways, many, matrix


def test_components() -> None:
    for net in many():
        a, label = both_ways(net), kernel.components(net.mutual)
        d = slow.distances(a)
        assert ((label[:, None] == label[None, :]) == (d < np.inf)).all()
        assert len(set(label.tolist())) == slow.pieces(a)
        # Numbered by their first node: the largest number so far grows by one at most.
        assert all(c <= max([-1, *label[:k].tolist()]) + 1 for k, c in enumerate(label.tolist()))


def test_strong_components() -> None:
    for net in many():
        label = kernel.strong_components(net.out)
        groups = defaultdict(set)
        for i, c in enumerate(label.tolist()):
            groups[c].add(i)
        assert {frozenset(g) for g in groups.values()} == slow.strong_pieces(matrix(net))


def test_cuts_and_detours() -> None:
    for net in many():
        a, csr = both_ways(net), net.mutual
        points, bridges = kernel.cuts(csr)
        whole = slow.pieces(a)
        for i in range(net.n):
            alone = not a[i].any()
            assert points[i] == (slow.pieces(slow.without_node(a, i)) > whole - alone), i
        row = np.repeat(np.arange(net.n), csr.degree)
        detours = kernel.detours(csr, row, csr.index)
        for k, (i, j) in enumerate(zip(row.tolist(), csr.index.tolist())):
            if i > j:
                continue
            cut = slow.without_tie(a, i, j)
            detour = slow.distances(cut)[i, j]
            assert bridges[k] == (detour == np.inf)
            assert detours[k] == detour


def test_igraph() -> None:
    for net in many():
        ig = igraph.Graph(net.n, list(zip(*(p.tolist() for p in net.pairs))))
        points, bridges = kernel.cuts(net.mutual)
        assert np.flatnonzero(points).tolist() == sorted(ig.articulation_points())
        assert bridges.sum() == 2 * len(ig.bridges())
        assert len(set(kernel.components(net.mutual).tolist())) == len(ig.connected_components())


def test_a_long_chain_needs_no_deep_recursion() -> None:
    from kmnet.network.network import network

    ids = [f"p{k:05d}" for k in range(20_000)]
    net = network(ids, list(zip(ids, ids[1:])))
    points, bridges = kernel.cuts(net.mutual)
    assert points.sum() == len(ids) - 2 and bridges.all()
