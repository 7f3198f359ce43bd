"""Ties that last: which comparisons have rows, and the difference with its interval."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kmnet.compare.comparison import Comparison
from kmnet.compare.intervals import contrast, quantile
from kmnet.compare.survival import LOCAL, survival
from kmnet.network.network import Network
from tests.compare.worlds import from_matrix

N = 14
FIRST = {("knows", "All"): "0"}


def moments(seed: int = 1, n: int = N, **more: object) -> list[Network]:
    draw = np.random.default_rng(seed)
    tie = [(draw.random((n, n)) < 0.4) * (1.0 - np.eye(n))]
    for _ in range(2):
        tie.append(np.where(draw.random((n, n)) < 0.7, tie[-1], (draw.random((n, n)) < 0.3) * (1.0 - np.eye(n))))
    groups = {"role": [k % 3 for k in range(n)]}
    return [from_matrix(one, groups=groups, moment=str(k), **more) for k, one in enumerate(tie)]


def test_ties_of_a_moment_after_the_first_that_are_still_there() -> None:
    one, two, three = moments()
    rows = survival([Comparison(one, two), Comparison(one, three), Comparison(two, three)], FIRST)
    assert [(r["from_moment"], r["to_moment"], r["partition"]) for r in rows] == [("1", "2", "role"), ("1", "2", LOCAL)]
    earlier = list(zip(two.source.tolist(), two.target.tolist()))
    later = set(zip(three.source.tolist(), three.target.tolist()))
    across = [e in later for e in earlier if e[0] % 3 != e[1] % 3]
    within = [e in later for e in earlier if e[0] % 3 == e[1] % 3]
    row = rows[0]
    assert (row["ties_across"], row["kept_across"]) == (len(across), sum(across))
    assert (row["ties_within"], row["kept_within"]) == (len(within), sum(within))
    assert row["difference"] == pytest.approx(np.mean(across) - np.mean(within))
    assert row["low"] < row["difference"] < row["high"] and 0 < row["p"] <= 1
    tied = {frozenset(e) for e in earlier}
    circle = {k: {next(iter(e - {k})) for e in tied if k in e} for k in range(N)}
    assert rows[1]["ties_across"] == sum(not circle[a] & circle[b] for a, b in earlier)
    assert "p" not in rows[1] and "described only" in rows[1]["note"]


def test_the_interval_is_that_of_methods_3_2() -> None:
    """Word for word: residuals of the two means, summed by pair and by person; the larger variance counts."""
    draw = np.random.default_rng(3)
    i, j = np.nonzero((draw.random((N, N)) < 0.4) * (1 - np.eye(N)))
    side, kept = draw.random(len(i)) < 0.5, (draw.random(len(i)) < 0.6).astype(float)
    found = contrast(kept, side, i, j, N)
    residual = [
        (k - kept[side].mean()) / side.sum() if s else -(k - kept[~side].mean()) / (~side).sum()
        for k, s in zip(kept, side)
    ]
    pair: dict[frozenset[int], float] = {}
    for a, b, r in zip(i.tolist(), j.tolist(), residual):
        pair[frozenset((a, b))] = pair.get(frozenset((a, b)), 0.0) + r
    node = [sum(r for a, b, r in zip(i, j, residual) if v in (a, b)) for v in range(N)]
    by_pair = sum(value**2 for value in pair.values())
    by_node = (sum(value**2 for value in node) - by_pair) * N / (N - 2)
    assert found.error == pytest.approx(np.sqrt(max(by_pair, by_node)))
    assert found.high - found.difference == pytest.approx(quantile(N) * found.error)


def test_nothing_where_it_may_not_be_told() -> None:
    one, two, three = moments()
    assert survival([Comparison(one, two)], FIRST) == []  # two moments only
    imposed = [replace(net, layer="imposed", reports=None) for net in (two, three)]
    assert survival([Comparison(*imposed)], FIRST) == []
    longer = [replace(net, layer="behavioural", reports=None, days=d) for net, d in ((two, 90.0), (three, 180.0))]
    assert survival([Comparison(*longer)], FIRST) == []
    assert survival([Comparison(*longer)], FIRST, force=True)
    few = survival([Comparison(*moments(n=8)[1:])], FIRST)[0]
    assert "too few" in few["note"] and "p" not in few


def test_no_interval_where_hardly_anything_was_kept_or_lost() -> None:
    """One tie inside groups, kept: its share has no spread, which is no certainty."""
    tie = np.triu(np.random.default_rng(2).random((N, N)) < 0.6, 1).astype(float)
    later = tie * (np.random.default_rng(3).random((N, N)) < 0.6)
    tie[0, 1] = later[0, 1] = 1
    groups = {"role": ["a", "a", *range(N - 2)]}
    pair = Comparison(*(from_matrix(t, groups=groups, moment=str(k)) for k, t in enumerate((tie, later), 1)))
    row = survival([pair], FIRST)[0]
    assert (row["ties_within"], row["kept_within"]) == (1, 1) and "p" not in row
    assert "too few for an interval" in row["note"]
