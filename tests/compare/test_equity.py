"""Gaps between groups: arithmetic, level, and what is not shown."""

import numpy as np
import pytest

from kmnet.compare.equity import changes, equity, gap
from kmnet.compare.panel import panel
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
    assert {r["group"] for r in rows} == {"adviser"}
    assert [r["measure"] for r in rows] == [
        "degree", "returned_share", "betweenness", "betweenness_between_groups", "brokerage_across", "core_member"
    ]  # fmt: skip
    assert all(r["q"] >= r["p"] for r in rows)


def test_cliffs_delta_by_hand():
    """Pairs of 4, 5, 6 against 1, 5, 9: higher in 4-1, 5-1, 6-1, 6-5; lower in 4-5, 4-9, 5-9, 6-9; equal in 5-5."""
    value = np.array([4.0, 5, 6, 1, 5, 9])
    row = gap(value, np.arange(6) < 3, shuffle.permutations(6, 99, 1), np.ones(6, bool))
    assert row["cliffs_delta"] == 0
    assert gap(-value, np.arange(6) == 5, shuffle.permutations(6, 99, 1), np.ones(6, bool)).get("cliffs_delta") is None


def test_change_of_a_gap_by_hand():
    """Ten people; each of the group's five names one more person after, nobody else changes."""
    before = np.eye(10, k=1)
    after = before.copy()
    after[np.arange(5), np.arange(5) + 4] = 1
    groups = {"role": ["adviser"] * 5 + ["other"] * 5}
    made = panel(from_matrix(before, groups=groups), from_matrix(after, groups=groups, moment="after"))

    def measure(n):
        return Measured({"out_degree": np.bincount(n.source, minlength=n.n) + 0.0}, {})

    rows = {r["measure"]: r for r in changes(made, measure, {"role": "adviser"}, 199, 1, (0,))}
    row = rows["out_degree"]
    # The last person names nobody, so the others' mean is 0.8; five more names make it 2 against 0.8.
    assert (row["before"], row["after"], row["difference"]) == pytest.approx((0.2, 1.2, 1.0))
    assert row["p"] <= 0.05 and row["low"] > 0
    assert row["people"] == 5
