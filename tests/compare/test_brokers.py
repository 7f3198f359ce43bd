"""Brokerage change against the word-for-word count, its level, and rank ranges."""

import numpy as np
import pytest

from kmnet.compare import brokers
from kmnet.compare.panel import panel
from tests.compare.simulated import World, alike, simulate
from tests.compare.worlds import from_matrix


def slow(ties, group):
    n = len(ties)
    count = np.zeros(n)
    for v in range(n):
        for i in range(n):
            for k in range(n):
                if i != k and ties[i, v] and ties[v, k] and not ties[i, k]:
                    count[v] += not (group[i] == group[v] == group[k])
    return count


@pytest.mark.parametrize("seed", range(6))
def test_crossing_paths_word_for_word(seed):
    rng = np.random.default_rng(seed)
    ties = (rng.random((9, 9)) < 0.35) * (1.0 - np.eye(9))
    group = rng.integers(0, 3, 9)
    same = alike(group) + np.eye(9)
    assert brokers.brokerage(ties, same).tolist() == slow(ties, group).tolist()
    both = brokers.brokerage(np.stack([ties, ties.T]), same)
    assert both[1].tolist() == slow(ties.T, group).tolist()


def test_false_alarms_stay_low_and_a_planted_broker_leads():
    """S17 and the level of 4.4, small-sized."""
    rng = np.random.default_rng(5)
    flagged, first, found = [], 0, 0
    for k in range(20):
        made = simulate(World(degree=5.0), rng)
        both = panel(made.before, made.after)
        rows = brokers.change_of_brokerage(both, made.before.groups["organisation"], None, 199, 1, (k,))
        flagged.append(np.mean([r["p"] <= 0.05 for r in rows]))
        organisation = made.before.groups["organisation"].code
        ties = both.ties[1].copy()
        cross = (organisation != organisation[0]) & (rng.random(40) < 0.35)
        ties[0, cross] = ties[cross, 0] = 1
        ties[0, 0] = 0
        planted = panel(made.before, from_matrix(ties, groups={"organisation": organisation}, moment="after"))
        rows = brokers.change_of_brokerage(planted, planted.before.groups["organisation"], None, 199, 1, (k,))
        first += max(rows, key=lambda r: r["difference"])["id"] == "p000"
        found += rows[0]["p"] <= 0.05
    assert np.mean(flagged) <= 0.09
    assert first >= 10
    assert found >= 8


def test_people_who_bridge_only_by_the_programme():
    before = np.zeros((6, 6))
    before[0, 1] = before[1, 2] = 1
    after = before.copy()
    after[3, 4] = after[4, 5] = 1
    made = [
        from_matrix(m, directed=False, groups={"role": list("ababab")}, moment=t)
        for m, t in ((before, "b"), (after, "a"))
    ]
    from kmnet.compare.exposure import Exposure

    shared = np.zeros((6, 6))
    shared[3, 4] = shared[4, 3] = 1
    rows = brokers.change_of_brokerage(panel(*made), made[0].groups["role"], Exposure("team", shared), 99, 1, ())
    assert [(r["before"], r["after"], r["without_programme"]) for r in rows][1] == (1, 1, 1)
    assert [(r["before"], r["after"], r["without_programme"]) for r in rows][4] == (0, 1, 0)
    assert all(np.isnan(r["p"]) for r in rows)


def test_rank_ranges_hold_the_rank():
    made = simulate(World(), np.random.default_rng(2))
    rows, same = brokers.rank_ranges(made.before, 1, (0,))
    assert all(r["betweenness_rank_low"] <= r["betweenness_rank"] <= r["betweenness_rank_high"] for r in rows)
    assert sum(r["betweenness_rank"] for r in rows) == pytest.approx(40 * 41 / 2)
    assert 2 < same < 5
    star = np.zeros((12, 12))
    star[0, 1:] = 1
    rows, _ = brokers.rank_ranges(from_matrix(star, directed=False), 1, (0,))
    assert rows[0]["betweenness_rank_low"] == rows[0]["betweenness_rank_high"] == 1


def test_rank_shares_places():
    assert brokers.rank(np.array([3.0, 1, 3, 0])).tolist() == [1.5, 3, 1.5, 4]
