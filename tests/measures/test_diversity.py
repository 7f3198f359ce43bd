"""Diversity of contacts by hand and by counting pairs of contacts."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from kmnet.measures import diversity
from kmnet.network.network import network
from tests.kernels.randoms import both_ways, many


def test_by_hand() -> None:
    groups = {"role": {"a": "x", "b": "x", "c": "y", "d": "z", "e": "z"}}
    net = network([*"abcde"], [("a", "b"), ("a", "c"), ("a", "d", 2.0)], groups=groups)
    part = net.partition
    assert diversity.ei_index(net, part)[0] == pytest.approx(1 / 3)
    assert diversity.blau(net, part)[0] == pytest.approx(2 / 3)
    assert diversity.blau_corrected(net, part)[0] == pytest.approx(1)
    assert diversity.iqv(net, part)[0] == pytest.approx(1)
    assert diversity.participation_weighted(net, part)[0] == pytest.approx(1 - (1 + 1 + 4) / 16)
    assert diversity.groups_reached(net, part).tolist() == [3, 1, 1, 1, 0]
    assert diversity.blau_available(net, part)[0] == pytest.approx(1 - (1 + 1 + 4) / 16)
    assert np.isnan(diversity.blau(net, part)[4]) and np.isnan(diversity.blau_corrected(net, part)[1])


def test_corrected_blau_is_the_share_of_unlike_pairs() -> None:
    for net in many():
        part = net.partition
        assert part is not None
        a = both_ways(net)
        ours = diversity.blau_corrected(net, part)
        for i in range(net.n):
            pairs = list(combinations(np.flatnonzero(a[i]), 2))
            if pairs:
                assert ours[i] == pytest.approx(np.mean([part.code[x] != part.code[y] for x, y in pairs]))
            else:
                assert np.isnan(ours[i])


def test_expected_diversity_is_the_mean_over_random_contacts() -> None:
    """The corrected index of k random contacts has mean: unlike pairs among all others."""
    net = many()[22]
    part = net.partition
    assert part is not None
    others = np.delete(np.arange(net.n), 0)
    unlike = np.mean([part.code[x] != part.code[y] for x, y in combinations(others, 2)])
    k = len(others)
    assert diversity.blau_available(net, part)[0] * k / (k - 1) == pytest.approx(unlike)
