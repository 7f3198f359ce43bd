"""Bounds by hand, and losses at random."""

import numpy as np
import pytest

from kmnet.compare import missing
from kmnet.compare.panel import panel
from tests.compare.simulated import World, simulate
from tests.compare.worlds import eies, from_matrix


def test_bounds_by_hand():
    """Four people; the last answers only before. Before: 3 names 0 and 1; after: 0 names 3, 1 names 2."""
    before, after = np.zeros((4, 4)), np.zeros((4, 4))
    before[3, 0] = before[3, 1] = 1
    after[0, 3] = after[1, 2] = 1
    rows = missing.bounds(from_matrix(before), from_matrix(after, answered=[1, 1, 1, 0], moment="after"))
    found = {row["scenario"]: row["difference"] for row in rows}
    assert found == {
        "unanswered_none": (2 - 2) / 4,
        "unanswered_all": (5 - 2) / 4,
        "unanswered_as_the_other_moment": (4 - 2) / 4,
        "unanswered_as_named_by_others": (3 - 2) / 4,
    }


def test_everybody_answered_needs_no_bounds():
    assert missing.bounds(*eies(3)) == []


def test_losses_keep_the_direction():
    made = simulate(World(growth=1.0), np.random.default_rng(1))
    rows = missing.thinned(panel(made.before, made.after), 1, (0,))
    assert [(r["scenario"], r["dropped"]) for r in rows[:2]] == [("fewer_ties", 0.1), ("fewer_ties", 0.2)]
    assert len(rows) == 9
    assert all(r["low"] <= r["difference"] <= r["high"] for r in rows)
    assert all(r["difference"] > 0 for r in rows)
    kept = [r["top_five_kept"] for r in rows if r["scenario"] == "fewer_ties"]
    assert 5 >= kept[0] > kept[2] > 1
    full = made.after.m / 40 - made.before.m / 40
    assert rows[0]["difference"] == pytest.approx(0.9 * full, rel=0.1)
