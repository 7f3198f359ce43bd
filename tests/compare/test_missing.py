"""Bounds by hand, and losses at random."""

from dataclasses import replace

import numpy as np
import pytest

from kmnet.compare import missing
from kmnet.compare.exposure import meetings
from kmnet.compare.gate import Gate
from kmnet.compare.panel import panel
from kmnet.compare.question import ask
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
    rows = missing.thinned(panel(made.before, made.after), 400, 1, (0,))
    assert [(r["scenario"], r["dropped"]) for r in rows[:2]] == [("fewer_ties", 0.1), ("fewer_ties", 0.2)]
    assert len(rows) == 9
    assert all(r["low"] <= r["difference"] <= r["high"] for r in rows)
    assert all(r["difference"] > 0 for r in rows)
    kept = [r["top_five_kept"] for r in rows if r["scenario"] == "fewer_ties"]
    assert 5 >= kept[0] > kept[2] > 1
    full = made.after.m / 40 - made.before.m / 40
    assert rows[0]["difference"] == pytest.approx(0.9 * full, rel=0.1)


def test_the_verdict_is_asked_again_of_what_is_left():
    made = simulate(World(effect=2.0), np.random.default_rng(1))
    both = panel(made.before, made.after)
    question = ask(both, made.exposure, Gate(), 1, (0,))
    assert question is not None and question.verdict == "supported"
    rows = missing.thinned(both, 200, 1, (0,), question)
    kept = [row["verdict_kept"] for row in rows if row["scenario"] == "fewer_ties"]
    assert kept[0] > 0.5 and kept[0] >= kept[2]
    assert {row["verdict"] for row in rows} == {"supported"}
    assert {row["draws"] for row in rows} == {20}


def test_answers_are_lost_again_as_they_were_not_given():
    """Nobody of the first group was silent, half of the second were: so again."""
    draw = np.random.default_rng(8)
    tie = [(draw.random((24, 24)) < 0.3) * (1.0 - np.eye(24)) for _ in range(2)]
    answered = np.arange(24) % 4 != 1
    groups = {"role": [k % 2 for k in range(24)]}
    both = panel(*(from_matrix(t, groups=groups, answered=answered, moment=str(k)) for k, t in enumerate(tie)))
    rows = [r for r in missing.thinned(both, 30, 1, (0,)) if "answers" in r["scenario"]]
    assert [(r["scenario"], r["dropped"]) for r in rows] == [
        ("fewer_answers", 0.1), ("fewer_answers", 0.2), (missing.AS_HAPPENED, 0.25),
    ]  # fmt: skip
    chance = list(missing._losses(both, "answers"))[-1][2]
    assert np.unique(chance[::2]).tolist() == [0.0] and np.unique(chance[1::2]).tolist() == [0.5]


def test_lost_attendances_change_only_what_was_shared(monkeypatch):
    monkeypatch.setattr(missing, "DRAWS", (3,))
    made = simulate(World(), np.random.default_rng(4))
    came = np.random.default_rng(5).random((40, 6)) < 0.6
    both = panel(made.before, made.after)
    question = ask(both, meetings("workshops", came), Gate(), 1, (0,))
    rows = [r for r in missing.thinned(both, 30, 1, (0,), question) if r["scenario"] == "fewer_attendances"]
    assert [r["dropped"] for r in rows] == [0.1, 0.2, 0.3]
    assert all(0 <= r["verdict_kept"] <= 1 and "difference" not in r for r in rows)


def test_stronger_ties_and_staff():
    """Strengths 1 to 3; one facilitator tied to everybody after."""
    rng = np.random.default_rng(6)
    before = rng.integers(1, 4, (20, 20)) * (rng.random((20, 20)) < 0.3) * (1 - np.eye(20))
    after = before.copy()
    after[0, 1:] = after[1:, 0] = 1
    staff = np.arange(20) == 0
    one, two = (_weighted(m, staff, t) for m, t in ((before, "b"), (after, "a")))
    rows = {row["scenario"]: row["difference"] for row in missing.otherwise(panel(one, two), None)}
    assert rows["with_programme_staff"] == pytest.approx(((after > 0).sum() - (before > 0).sum()) / 20)
    rest = np.ix_(~staff, ~staff)
    for least in (2, 3):
        wanted = ((after[rest] >= least).sum() - (before[rest] >= least).sum()) / 19
        assert rows[f"at_least_{least}"] == pytest.approx(wanted)


def _weighted(matrix, staff, moment):
    made = from_matrix(matrix > 0, facilitator=staff, moment=moment)
    weight = matrix[made.reports.source, made.reports.target].astype(float)
    return replace(made, weight=weight, reports=replace(made.reports, weight=weight))


def test_how_often_something_is_lost_does_not_tell_how_many_pairs_there_are(monkeypatch):
    """All answered: 38 and 39 people have 703 and 741 pairs, and both lose something fifty times."""
    monkeypatch.setattr(missing, "SHARES", (0.3,))
    monkeypatch.setattr(missing, "_one", lambda *_: (0.0, 5.0))
    for n in (38, 39):
        tie = np.triu(np.random.default_rng(n).random((n, n)) < 0.2, 1).astype(float)
        both = panel(*(from_matrix(tie, directed=False, moment=str(k)) for k in range(2)))
        assert {r["draws"] for r in missing.thinned(both, 4999, 1, (0,))} == {50}
