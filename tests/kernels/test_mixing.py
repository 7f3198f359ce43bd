"""Moments under permuted labels against every permutation, and draws against the moments."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from kmnet.kernels import mixing
from kmnet.measures.views import arcs
from tests.kernels.randoms import many, one


def test_table() -> None:
    for net in many():
        part = net.partition
        assert part is not None
        groups = len(part.names)
        table = mixing.table(net.source, net.target, part.code, groups)
        for g in range(groups):
            for h in range(groups):
                count = sum(part.code[i] == g and part.code[j] == h for i, j in zip(net.source, net.target))
                assert table[g, h] == count


def test_touching_counts_every_pair_of_arcs() -> None:
    for net in many():
        source, target = arcs(net)
        found = mixing.touching(net.n, source, target)
        counts = dict.fromkeys(("back", "source", "target", "chain", "apart"), 0)
        pairs = list(zip(source.tolist(), target.tolist()))
        for x, (s, t) in enumerate(pairs):
            for y, (u, v) in enumerate(pairs):
                if x == y:
                    continue
                if (s, t) == (v, u):
                    counts["back"] += 1
                elif s == u:
                    counts["source"] += 1
                elif t == v:
                    counts["target"] += 1
                elif s == v or t == u:
                    counts["chain"] += 1
                else:
                    counts["apart"] += 1
        assert found._asdict() == {"arcs": len(pairs), **counts}


def table_moments(touching: mixing.Touching, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    groups = np.arange(len(sizes))
    return mixing.expected(touching, sizes, groups[:, None], groups[None, :])


def test_moments_over_every_permutation() -> None:
    seen = 0
    for seed in range(300):
        net = one(seed, largest=6 if seed < 90 else 5)
        part = net.partition
        assert part is not None
        if net.n < 2:
            mean, sd = table_moments(mixing.touching(net.n, *arcs(net)), part.sizes)
            assert np.isnan(mean).all() and np.isnan(sd).all()
            continue
        source, target = arcs(net)
        groups = len(part.names)
        tables = np.array(
            [mixing.table(source, target, np.array(code), groups) for code in set(permutations(part.code.tolist()))]
        )
        touching = mixing.touching(net.n, source, target)
        mean, sd = table_moments(touching, part.sizes)
        assert np.allclose(mean, tables.mean(axis=0), atol=1e-12)
        assert np.allclose(sd, tables.std(axis=0), atol=1e-7)
        inside = np.trace(tables, axis1=1, axis2=2)
        centre, spread = mixing.inside_expected(touching, part.sizes)
        assert np.isclose(centre, inside.mean(), atol=1e-12) and np.isclose(spread, inside.std(), atol=1e-7)
        seen += 1
    assert seen > 250


@pytest.mark.parametrize("groups", [3, 300])
def test_draws(groups: int) -> None:
    """Draws follow the exact moments, with few groups (a byte each) and many; more than 255 arcs add up rightly."""
    chance = np.random.default_rng(5)
    n, m = 400, 1500
    source, target = chance.integers(0, n, m), chance.integers(0, n, m)
    keep = source != target
    key = np.unique(source[keep] * n + target[keep])
    source, target = key // n, key % n
    code = chance.integers(0, groups, n).astype(np.int32)
    drawn = mixing.inside_draws(source, target, code, 400, np.random.default_rng(1))
    mean, sd = mixing.inside_expected(mixing.touching(n, source, target), np.bincount(code, minlength=groups))
    assert abs(drawn.mean() - mean) < 4 * sd / 20
    assert 0.8 < drawn.std() / sd < 1.2
    again = mixing.inside_draws(source, target, code, 400, np.random.default_rng(1))
    assert (drawn == again).all()


def test_draws_do_not_depend_on_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    net = one(7)
    part = net.partition
    assert part is not None
    whole = mixing.inside_draws(net.source, net.target, part.code, 50, np.random.default_rng(3))
    monkeypatch.setattr(mixing, "CELLS", 7 * net.n + 1)
    pieces = mixing.inside_draws(net.source, net.target, part.code, 50, np.random.default_rng(3))
    assert whole.tolist() == pieces.tolist()


def test_draws_are_counts_of_permuted_labels() -> None:
    net = one(7)
    part = net.partition
    assert part is not None
    possible = {
        sum(code[i] == code[j] for i, j in zip(net.source.tolist(), net.target.tolist()))
        for code in [np.random.default_rng(k).permutation(part.code) for k in range(300)]
    }
    drawn = mixing.inside_draws(net.source, net.target, part.code, 200, np.random.default_rng(3))
    assert set(drawn.tolist()) <= possible | {*range(min(possible), max(possible) + 1)}
    assert (
        mixing.inside_draws(net.source[:0], net.target[:0], part.code, 5, np.random.default_rng(3)).tolist() == [0] * 5
    )
