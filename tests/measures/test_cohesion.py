"""Cohesion and position by hand where no oracle says it."""

from __future__ import annotations

import numpy as np
import pytest

from kmnet.measures import cohesion, position, reach
from kmnet.network.network import network
from tests.kernels.randoms import many, matrix
from tests.measures.kinds import KINDS


def test_directed_transitivity_word_for_word() -> None:
    for net in many():
        a = matrix(net, weighted=False)
        two = a @ a
        np.fill_diagonal(two, 0)
        expected = (two * a).sum() / two.sum() if two.sum() else np.nan
        assert np.isclose(cohesion.transitivity_directed(net), expected, equal_nan=True)


def test_pieces_of_a_network_in_two() -> None:
    net = KINDS["two pieces"]
    assert cohesion.components(net) == 2 and cohesion.largest_component_share(net) == 0.5
    assert cohesion.connectedness(net) == pytest.approx(12 / 30) == 1 - cohesion.fragmentation(net)
    assert reach.reachable_pairs_share(net) == cohesion.connectedness(net)
    assert np.isnan(position.eigenvector(net)).all()  # two pieces are equally large
    assert np.isnan(reach.closeness_centralisation(net))


def test_krackhardt_of_a_tree_and_of_a_clique() -> None:
    tree = network([*"abcd"], [("a", "b"), ("a", "c"), ("b", "d")], directed=True)
    assert cohesion.krackhardt_efficiency(tree) == 1 and cohesion.krackhardt_hierarchy(tree) == 1
    clique = KINDS["everybody names everybody"]
    assert cohesion.krackhardt_efficiency(clique) == 0 and cohesion.krackhardt_hierarchy(clique) == 0


def test_direction_of_closeness() -> None:
    net = network([*"abc"], [("a", "b"), ("b", "c")], directed=True)
    assert reach.harmonic_closeness(net).tolist() == [0.75, 0.5, 0]
    assert reach.harmonic_closeness_in(net).tolist() == [0, 0.5, 0.75]
    assert reach.mean_path_length(net) == pytest.approx(4 / 3)


def test_a_star_is_as_centralised_as_can_be() -> None:
    star = KINDS["a star"]
    for item in (reach.betweenness_centralisation, reach.closeness_centralisation):
        assert item(star) == pytest.approx(1)
    assert position.core_periphery_fit(KINDS["everybody with everybody"]) != 1  # no periphery: undefined


def test_core_of_a_clique_with_followers() -> None:
    ids = [*"abcdefgh"]
    ties = [(i, j) for i in "abcd" for j in "abcd" if i < j] + list(zip("abcd", "efgh"))
    net = network(ids, ties)
    assert position.core_member(net).tolist() == [1, 1, 1, 1, 0, 0, 0, 0]
    assert position.core_periphery_fit(net) == pytest.approx(1) and position.core_share(net) == 0.5
