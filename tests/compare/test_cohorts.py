"""Cohorts beside each other: levels with intervals, the gate, and differences of change."""

from dataclasses import replace

import numpy as np
import pytest

from kmnet.compare import intervals
from kmnet.compare.cohorts import ONE_CASE, cohorts, differences
from kmnet.compare.panel import panel
from tests.compare.worlds import Measured, eies, from_matrix


def measure(network):
    return Measured({}, {"density": network.m / network.possible})


def test_levels_and_the_gate():
    before, after = eies(3)
    rows = cohorts((before, after), measure, {})
    assert [(r["moment"], r["measure"]) for r in rows] == [
        ("t1", "ties_per_person"), ("t1", "density"), ("t2", "ties_per_person"), ("t2", "density")
    ]  # fmt: skip
    assert rows[0]["value"] == 153 / 32
    assert rows[0]["low"] < 153 / 32 < rows[0]["high"]
    assert all(r["comparable"] for r in rows)
    few = replace(after, directed=False)
    assert not cohorts((before, few), measure, {})[-1]["comparable"]


def test_a_moment_by_itself_is_not_compared_with_itself():
    before, _ = eies(3)
    silent = replace(before, answered=np.arange(32) < 8)
    assert {r["reason"] for r in cohorts((silent,), measure, {})} == {"Only 8 of 32 people answered (25%)."}
    undated = replace(before, layer="behavioural")
    assert all(r["comparable"] and not r["reason"] for r in cohorts((undated,), measure, {}))


def test_level_holds_the_truth_about_as_often_as_it_says():
    """Random networks of one density: the interval holds the expected ties per person in most of them."""
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(100):
        network = from_matrix((rng.random((25, 25)) < 0.15) * (1 - np.eye(25)))
        level = intervals.level(network)
        held += level.low <= 0.15 * 24 <= level.high
    assert held >= 90


def test_differences_of_change():
    found = intervals.ties_per_person(panel(*eies(3)))
    row = {
        "network": "n", "measure": "ties_per_person", "panel": "same_people", "facilitators": "with",
        "difference": found.difference, "low": found.low, "high": found.high, "people": 32,
    }  # fmt: skip
    rows = differences([row | {"cohort": "1"}, row | {"cohort": "2"}, row | {"cohort": "All"}])
    assert len(rows) == 1
    assert rows[0]["difference"] == 0
    # Two equal standard errors: sqrt(2) times one, with 2 (n - 1) degrees of freedom.
    assert rows[0]["high"] == pytest.approx(intervals.quantile(63) * np.sqrt(2) * found.error)
    assert rows[0]["note"] == ONE_CASE
