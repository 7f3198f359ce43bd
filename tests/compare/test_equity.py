"""Gaps between groups: arithmetic, level, and what is not shown."""

import numpy as np

from kmnet.compare.equity import equity, gap
from kmnet.kernels import shuffle
from tests.compare.worlds import Measured, from_matrix


def test_gap_by_hand():
    value = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 30])
    inside = np.arange(10) >= 5
    row = gap(value, inside, shuffle.permutations(10, 999, 1), np.ones(10, bool))
    assert (row["value"], row["others"], row["gap"]) == (8, 3, 9)
    assert row["low"] < 9 < row["high"]
    assert (row["p"] <= 0.05) == (row["low"] > 0)


def test_level_of_the_permutation_within_teams():
    """Teams differ much, roles do not: false alarms stay near one in twenty."""
    rng = np.random.default_rng(2)
    team = np.repeat(np.arange(8), 5)
    inside = np.tile(np.arange(5) < 2, 8)
    alarms = 0
    for k in range(200):
        value = rng.normal(size=8)[team] * 3 + rng.normal(size=40)
        alarms += gap(value, inside, shuffle.permutations(40, 99, k, (), team), np.ones(40, bool))["p"] <= 0.05
    assert 1 <= alarms <= 22


def test_small_groups_are_not_shown():
    value, orders = np.arange(12.0), shuffle.permutations(12, 99, 1)
    assert "value" not in gap(value, np.arange(12) < 2, orders, np.ones(12, bool))
    four = gap(value, np.arange(12) < 4, orders, np.ones(12, bool))
    assert four["value"] == 1.5
    assert "gap" not in four


def test_table_takes_facilitators_out_and_controls_the_family():
    rng = np.random.default_rng(0)
    ties = (rng.random((24, 24)) < 0.3) * (1 - np.eye(24))
    groups = {"role": ["adviser"] * 8 + ["other"] * 16, "team": [k % 4 for k in range(24)]}
    staff = np.arange(24) == 23
    network = from_matrix(ties, groups=groups, facilitator=staff)

    def measure(n):
        assert n.n == 23
        return Measured({"degree": np.bincount(n.source, minlength=n.n) + 0.0, "betweenness": np.arange(n.n) + 0.0}, {})

    rows = equity([network], measure, {"role": "adviser"}, 199, 1)
    assert [(r["group"], r["measure"]) for r in rows] == [("adviser", "degree"), ("adviser", "betweenness")]
    assert all(r["q"] >= r["p"] for r in rows)
