"""Closeness lost without each tie, against taking each tie out."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from kmnet.kernels import csr, tieloss


def closeness(graph: nx.Graph) -> float:
    return sum(1 / d for _, ends in nx.all_pairs_shortest_path_length(graph) for d in ends.values() if d)


@pytest.mark.parametrize("seed", range(300))
def test_losses_are_those_of_taking_each_tie_out(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(0, 14))
    tied = np.triu(rng.random((n, n)) < rng.uniform(0, 0.6), 1)
    lists = csr.symmetric(n, *np.nonzero(tied))
    graph = nx.from_numpy_array(tied | tied.T)
    found = tieloss.losses(lists)
    whole = closeness(graph)
    row = np.repeat(np.arange(n), lists.degree)
    for arc, (i, j) in enumerate(zip(row.tolist(), lists.index.tolist())):
        less = graph.copy()
        less.remove_edge(i, j)
        assert found[arc] == pytest.approx(whole - closeness(less), abs=1e-9)


def test_searches_are_cut_into_pieces_without_changing_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.gnm_random_graph(40, 90, seed=3)
    lists = csr.symmetric(40, *np.array(graph.edges).T)
    whole = tieloss.losses(lists)
    monkeypatch.setattr(tieloss, "WORDS", 1)
    assert np.allclose(tieloss.losses(lists), whole)
