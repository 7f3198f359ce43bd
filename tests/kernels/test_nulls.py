"""Networks that chance would make: what they keep, that each is as likely, and what is said of them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from kmnet.kernels import nulls
from kmnet.measures import cohesion, participation, reach
from kmnet.network.network import Network
from tests.kernels.randoms import many

MEASURES = {
    "mean_path_length": reach.mean_path_length, "global_efficiency": reach.global_efficiency,
    "reachable_pairs_share": reach.reachable_pairs_share, "transitivity": cohesion.transitivity,
    "degree_centralisation": participation.degree_centralisation, "reciprocity": participation.reciprocity,
    "in_degree_centralisation": participation.in_degree_centralisation,
    "out_degree_centralisation": participation.out_degree_centralisation,
}  # fmt: skip


def ends(net: Network) -> tuple[np.ndarray, np.ndarray]:
    return net.source.astype(np.int64), net.target.astype(np.int64)


def degrees(n: int, drawn: nulls.Drawn) -> list[tuple[list[int], list[int]]]:
    return [(np.bincount(s, minlength=n).tolist(), np.bincount(t, minlength=n).tolist()) for s, t in zip(*drawn)]


def test_what_is_said_of_a_network_is_what_the_measures_say() -> None:
    for net in [net for net in many() if net.n > 2 and net.m]:
        twice = nulls.Drawn(*(np.tile(end, (2, 1)) for end in ends(net)))
        for name, found in nulls.statistics(net.n, twice, net.directed).items():
            assert found == pytest.approx(np.full(2, MEASURES[name](net)), rel=1e-12, nan_ok=True)


def test_parts_of_the_draws_say_what_all_say(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = nulls.same_ties(12, 20, True, 7, np.random.default_rng(1))
    whole = nulls.statistics(12, drawn, True)
    monkeypatch.setattr(nulls, "MOST_WORDS", 80)
    for name, found in nulls.statistics(12, drawn, True).items():
        assert found.tolist() == whole[name].tolist()


@pytest.mark.parametrize("directed", [True, False])
def test_rewired_networks_keep_everybodys_ties(directed: bool) -> None:
    nets = [net for net in many() if net.n > 3 and net.m > 3 and net.directed == directed]
    for net in nets[:40]:
        drawn = nulls.rewired(net.n, *ends(net), directed, 5, np.random.default_rng(2))
        pairs = [
            set(zip(*np.sort([s, t], axis=0).tolist())) if not directed else set(zip(s.tolist(), t.tolist()))
            for s, t in zip(*drawn)
        ]
        assert all(len(one) == net.m and all(a != b for a, b in one) for one in pairs)
        own = (np.bincount(net.source, minlength=net.n), np.bincount(net.target, minlength=net.n))
        for out, into in degrees(net.n, drawn):
            if directed:
                assert (out, into) == (own[0].tolist(), own[1].tolist())
            else:
                assert np.add(out, into).tolist() == (own[0] + own[1]).tolist()


def test_every_network_with_these_degrees_is_as_likely() -> None:
    """All simple graphs on six people with degrees 3, 2, 2, 2, 2, 1, counted, beside what the chain draws."""
    wanted, pairs = (3, 2, 2, 2, 2, 1), list(combinations(range(6), 2))
    every = [edges for edges in combinations(pairs, 6) if tuple(sum(i in e for e in edges) for i in range(6)) == wanted]
    start = np.array(every[0])
    drawn = nulls.rewired(6, start[:, 0], start[:, 1], False, 4000, np.random.default_rng(3))
    seen = Counter(tuple(sorted(tuple(sorted(e)) for e in zip(s.tolist(), t.tolist()))) for s, t in zip(*drawn))
    assert set(seen) == set(every)
    mean = 4000 / len(every)
    chi = sum((seen[one] - mean) ** 2 / mean for one in every)
    assert chi < len(every) + 4 * np.sqrt(2 * len(every))


def test_as_many_ties_or_dyads_every_network_as_likely() -> None:
    draw = np.random.default_rng(4)
    for drawn, directed in (
        (nulls.same_ties(5, 3, True, 4000, draw), True),
        (nulls.same_ties(5, 3, False, 4000, draw), False),
    ):
        s, t = drawn
        assert ((s < t) | directed).all() and (s != t).all()
        each = Counter(zip(s.ravel().tolist(), t.ravel().tolist()))
        assert len(each) == (20 if directed else 10)
        assert max(abs(count - 12000 / len(each)) for count in each.values()) < 5 * np.sqrt(12000 / len(each))
        assert all(len(set(zip(a, b))) == 3 for a, b in zip(s.tolist(), t.tolist()))
    drawn = nulls.same_dyads(5, 1, 2, 4000, draw)
    assert nulls.statistics(5, drawn, True)["reciprocity"] == pytest.approx(np.full(4000, 0.5))
    each = Counter(zip(drawn.source.ravel().tolist(), drawn.target.ravel().tolist()))
    assert len(each) == 20 and max(abs(count - 800) for count in each.values()) < 5 * np.sqrt(800)


def test_returned_ties_by_chance_in_closed_form() -> None:
    """Given people and ties, another tie is the reverse of one with chance (m - 1) / (n (n - 1) - 1)."""
    n, m = 20, 90
    found = nulls.statistics(n, nulls.same_ties(n, m, True, 3000, np.random.default_rng(5)), True)["reciprocity"]
    assert found.mean() == pytest.approx((m - 1) / (n * (n - 1) - 1), abs=4 * found.std() / np.sqrt(3000))


def test_interpreted_and_compiled_swaps_are_the_same() -> None:
    draw = np.random.default_rng(6)
    for directed in (True, False):
        source, target = np.array([0, 1, 2, 3, 4, 0, 2]), np.array([1, 2, 3, 4, 5, 3, 5])
        tied = np.zeros(36, dtype=np.uint8)
        tied[source * 6 + target] = 1
        if not directed:
            tied[target * 6 + source] = 1
        one, other = draw.integers(7, size=(2, 140))
        turn = draw.integers(2, size=140, dtype=np.uint8)
        args = (source, target, tied)
        slow = nulls.swaps.python(*(a.tolist() for a in args), 6, one, other, turn, 14, directed)
        fast = nulls.swaps.compiled(*(a.copy() for a in args), 6, one, other, turn, 14, directed)
        assert slow.tolist() == fast.tolist()
