"""E-I: hand counts, the attainable range by trying every network, and p against chance that is known."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest

from kmnet.measures import ei
from kmnet.measures.run import value
from kmnet.network.network import Label, Network, network
from tests.kernels.randoms import one

GROUPS = {"role": {"a": "x", "b": "x", "c": "y", "d": "y", "e": "y"}}


def made(ties: list[tuple[str, str]], directed: bool = False) -> Network:
    return network([*"abcde"], ties, groups=GROUPS, directed=directed)


def test_by_hand() -> None:
    net = made([("a", "b"), ("a", "c"), ("b", "d"), ("d", "e")])
    part = net.partition
    assert ei.ei_index(net, part) == 0  # two within, two between
    assert ei.ei_index_expected(net, part) == pytest.approx(1 - 2 * (1 + 3) / 10)
    assert ei.ei_index_group(net, part).tolist() == [1 / 3, 1 / 3]  # x: a-b within, a-c and b-d between
    assert ei.ei_index_group_out(net, part).tolist() == [0, 0]


def test_direction() -> None:
    net = made([("a", "b"), ("b", "a"), ("a", "c"), ("c", "a")], directed=True)
    assert ei.ei_index(net, net.partition) == 0
    assert ei.ei_index_group(net, net.partition).tolist() == [0, 1]
    assert ei.ei_index_group_out(net, net.partition)[0] == pytest.approx(-1 / 3)
    assert ei.ei_index_group_out(net, net.partition)[1] == 1


def test_attainable_range_over_every_network() -> None:
    pairs = list(combinations("abcde", 2))
    for m in range(1, len(pairs) + 1):
        found = [ei.ei_index(net, net.partition) for net in map(made, map(list, combinations(pairs, m)))]
        net = made(list(pairs[:m]))
        low, high = ei.ei_index_low(net, net.partition), ei.ei_index_high(net, net.partition)
        assert (low, high) == pytest.approx((min(found), max(found)))
        scaled = ei.ei_index_normalised(net, net.partition)
        if low == high:
            assert np.isnan(scaled)
        else:
            assert scaled == pytest.approx(2 * (found[0] - low) / (high - low) - 1)


def test_z_and_p_against_every_permutation() -> None:
    checked = 0
    for seed in range(300):
        net = one(seed, largest=6 if seed < 60 else 5)
        part = net.partition
        assert part is not None
        if not net.m or len(part.names) < 2:
            continue
        inside = np.array(
            [
                sum(code[i] == code[j] for i, j in zip(net.source.tolist(), net.target.tolist()))
                for code in permutations(part.code.tolist())
            ]
        )
        index = 1 - 2 * inside / net.m
        observed = ei.ei_index(net, part)
        assert ei.ei_index_expected(net, part) == pytest.approx(index.mean())
        if index.std() < 1e-12:
            assert np.isnan(ei.ei_index_z(net, part))
            continue
        assert ei.ei_index_z(net, part) == pytest.approx((observed - index.mean()) / index.std())
        exact = (np.abs(index - index.mean()) >= abs(observed - index.mean()) - 1e-9).mean()
        drawn = value(ei.ei_index_p, net)
        assert abs(drawn - exact) < 4 * np.sqrt(exact * (1 - exact) / ei.DRAWS) + 2 / ei.DRAWS
        checked += 1
    assert checked > 20


def test_p_is_never_zero_and_depends_on_the_label_alone() -> None:
    ids = [f"p{k:02d}" for k in range(20)]
    groups = {"role": {i: "x" if k < 10 else "y" for k, i in enumerate(ids)}}
    ties = [(i, j) for i, j in combinations(ids, 2) if groups["role"][i] == groups["role"][j]]
    net = network(ids, ties, groups=groups)
    assert value(ei.ei_index_p, net) == 1 / (ei.DRAWS + 1)
    weak = network(ids, ties[:5], groups=groups)
    other = network(ids, ties[:5], groups=groups, label=Label("network", "All", "later"))
    assert value(ei.ei_index_p, weak) == value(ei.ei_index_p, weak)
    assert value(ei.ei_index_p, weak) != value(ei.ei_index_p, other)
