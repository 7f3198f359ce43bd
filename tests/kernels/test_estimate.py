"""Very large networks: exact distances as bits, and betweenness from drawn paths, against the exact kernels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from kmnet.kernels import estimate
from kmnet.kernels.paths import all_pairs
from kmnet.kernels.speed import Kernel
from kmnet.measures import views
from kmnet.measures.run import catalogue, value
from kmnet.network.network import Network, network
from tests.kernels.randoms import many, one


def interpreted(item: Kernel, *args: Any) -> Any:
    return item.python(*args)


@pytest.fixture(autouse=True)
def _no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimate, "_fast", interpreted)


def test_distances_are_those_of_the_exact_kernel() -> None:
    for net in many():
        exact = all_pairs(net.out)
        reached, total, inverse, pairs = estimate.near(net.out)
        assert reached.tolist() == exact.reached.tolist() and total.tolist() == exact.total.tolist()
        assert np.allclose(inverse, exact.inverse, rtol=1e-12)
        assert pairs[: len(exact.pairs)].tolist() == exact.pairs.tolist() and not pairs[len(exact.pairs) :].any()
        assert np.allclose(estimate.near(net.into)[2], exact.inverse_to, rtol=1e-12)


def test_more_people_than_a_block_of_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimate, "WORDS", 1)
    ids = [f"p{k:03d}" for k in range(150)]
    chance = np.random.default_rng(2)
    net = network(ids, [(a, b) for a in ids for b in ids if a != b and chance.random() < 0.02], directed=True)
    exact, found = all_pairs(net.out), estimate.near(net.out)
    assert found[0].tolist() == exact.reached.tolist() and np.allclose(found[2], exact.inverse)


def test_drawn_paths_stay_within_the_margin() -> None:
    """For everybody at once, on every network: the bound holds with 95 % certainty on each, and it is a wide one."""
    samples = 800
    for seed in range(500, 530):
        net = one(seed, largest=16)
        if net.n < 3:
            continue
        arcs = np.arange(len(net.out.index))
        exact = all_pairs(net.out, arcs)
        draw = np.random.default_rng(seed)
        found = estimate.sampled(net.out, net.into, arcs, samples, draw, symmetric=not net.directed)
        pairs = net.n * (net.n - 1)
        bound = estimate.margin(samples, len(exact.pairs) - 1)
        assert np.abs(found.through - exact.through).max() / pairs <= bound
        assert (np.abs(found.along - exact.along) / pairs <= 0.1).all()
        assert not found.through[exact.through == 0].any()
        # A drawn path has one step more than people between its ends: what is left are the pairs that have a path.
        share, seen = exact.reached.sum() / pairs, (found.along.sum() - found.through.sum()) / pairs
        assert abs(seen - share) <= 5 * np.sqrt(max(share * (1 - share), 0.01) / samples)


def test_all_shortest_paths_of_a_pair_are_equally_likely() -> None:
    """s to t over two people, and the second on to t over three: six paths, the people between in proportion."""
    ties = [
        ("s", "a"),
        ("s", "b"),
        ("a", "c"),
        ("b", "c"),
        ("c", "d"),
        ("c", "e"),
        ("c", "f"),
        *[(x, "t") for x in "def"],
    ]
    net = network([*"stabcdef"], ties, directed=True)
    s, t, n = net.ids.index("s"), net.ids.index("t"), 6000
    luck = np.random.default_rng(1).random((n, 8))
    wanted = np.full(len(net.out.index), -1, dtype=np.int64)
    through, _ = interpreted(
        estimate._walks, net.out.start, net.out.index, net.into.start, net.into.index,
        np.full(n, s), np.full(n, t), luck, wanted, 0,
    )  # fmt: skip
    share = dict(zip(net.ids, through / n))
    assert share["c"] == 1 and share["s"] == share["t"] == 0
    assert share["a"] == pytest.approx(1 / 2, abs=0.03) and share["e"] == pytest.approx(1 / 3, abs=0.03)


def test_margin_by_hand() -> None:
    assert estimate.margin(100_000, 9) == pytest.approx(np.sqrt(0.5e-5 * (3 + 1 + np.log(20))))
    assert estimate.margin(10, 1) == estimate.margin(10, 0) == 0


def large(net: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "EXACT_BETWEENNESS", 2)
    monkeypatch.setattr(views, "SAMPLED_PATHS", 3000)


def test_measures_of_a_large_network_say_how_far_off_they_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    measures = {(m.about.of, m.about.name): m for m in catalogue()}
    exact = one(511)
    same = {
        ("person", "harmonic_closeness"),
        ("person", "closeness"),
        ("network", "mean_path_length"),
        ("network", "diameter"),
    }
    before = {key: value(measures[key], exact) for key in same | {("person", "betweenness_share")}}
    assert value(measures["network", "betweenness_margin"], exact) == 0
    large(exact, monkeypatch)
    again = one(511)
    for key in same:
        assert np.allclose(before[key], value(measures[key], again), equal_nan=True), key
    bound = value(measures["network", "betweenness_margin"], again)
    gap = np.abs(value(measures["person", "betweenness_share"], again) - before["person", "betweenness_share"])
    assert 0 < gap.max() <= bound < 0.2
    other = value(measures["person", "betweenness_share"], one(511))
    assert np.array_equal(value(measures["person", "betweenness_share"], again), other)  # the study's seed decides
