"""The same mask at both moments, for every way in which reports become ties."""

from dataclasses import replace

import numpy as np
import pytest

from kmnet.compare import change
from kmnet.compare.panel import panel
from tests.compare.worlds import Measured, from_matrix


def two(ties_before, ties_after, answered, **more):
    return (
        from_matrix(np.array(ties_before), answered=answered[0], **more),
        from_matrix(np.array(ties_after), answered=answered[1], moment="after", **more),
    )


# Person 0 answers twice, person 1 only before, person 2 never, person 3 twice.
ANSWERED = ([1, 1, 0, 1], [1, 0, 0, 1])
BEFORE = [[0, 0, 1, 0], [1, 0, 1, 0], [1, 1, 0, 1], [1, 0, 0, 0]]
AFTER = [[0, 0, 0, 1], [1, 1, 0, 0], [1, 1, 0, 1], [1, 0, 1, 0]]


def test_directed_ties_are_judged_by_the_sender():
    found = panel(*two(BEFORE, AFTER, ANSWERED))
    assert found.judged.tolist() == [[0, 1, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0], [1, 1, 1, 0]]
    assert set(zip(found.before.source.tolist(), found.before.target.tolist())) == {(0, 2), (3, 0)}
    assert change.turnover(found) == (2, 1, 1, 2)
    assert found.silent.tolist() == [1, 2]


def test_either_needs_one_who_answered_twice_and_only_those_reports_count():
    before, after = two(BEFORE, AFTER, ANSWERED, directed=False)
    found = panel(before, after)
    assert found.judged[1, 2] == found.judged[2, 1] == False  # noqa: E712
    assert found.judged.sum() == 10
    assert set(zip(found.before.source.tolist(), found.before.target.tolist())) == {(0, 2), (0, 3)}
    rows = {(r["source"], r["target"]): r for r in change.tie_changes(found, before, after)}
    # 0-1 was reported by 1 alone, who answered once: it can be called neither dissolved nor kept.
    assert rows["p000", "p001"]["change"] == "cannot_tell"
    assert rows["p001", "p002"]["change"] == "cannot_tell"
    assert rows["p000", "p002"]["change"] == "dissolved"
    assert rows["p000", "p003"]["change"] == "kept"
    assert rows["p002", "p003"]["change"] == "formed"
    counted = change.summary(found, 2)
    assert [counted[k] for k in ("formed", "kept", "dissolved")] == [1, 1, 1]


def test_both_needs_two_who_answered_twice():
    found = panel(*two(BEFORE, AFTER, ANSWERED, directed=False, rule="both"))
    assert np.argwhere(found.judged).tolist() == [[0, 3], [3, 0]]
    assert change.turnover(found) == (1, 0, 0, 0)


def test_a_log_judges_everybody_there():
    before = from_matrix(np.eye(4, k=1), directed=False, layer="behavioural")
    after = from_matrix(np.eye(4, k=2), directed=False, layer="behavioural", moment="after")
    after = replace(after, present=np.array([1, 1, 1, 0], bool))
    found = panel(before, after)
    assert (found.n, found.left.tolist(), found.joined.tolist()) == (3, [3], [])
    assert found.judged.sum() == 6
    rows = change.tie_changes(found, before, after)
    assert {(r["source"], r["target"]): r["change"] for r in rows}["p002", "p003"] == "cannot_tell"


def test_pairs_of_different_cohorts_never_enter():
    rng = np.random.default_rng(3)
    before, after = (from_matrix((rng.random((8, 8)) < 0.4) * (1 - np.eye(8)), moment=m) for m in "ab")
    members = np.zeros((8, 2), bool)
    members[:4, 0] = members[4:, 1] = True
    i, j = panel(before, after, members).rows
    assert len(i) == 2 * 4 * 3
    assert ((i < 4) == (j < 4)).all()


def test_a_part_of_the_panel_is_the_panel_of_the_part():
    before, after = two(BEFORE, AFTER, ANSWERED)
    keep = np.array([1, 0, 1, 1], bool)
    part, direct = panel(before, after).only(keep), panel(before.take(keep), after.take(keep))
    assert (part.judged == direct.judged).all()
    assert change.turnover(part) == change.turnover(direct)


def test_falling_response_invents_no_loss():
    """S9: every tie persists, half of the people stop answering; symmetrising what is left would lose ties."""
    rng = np.random.default_rng(8)
    ties = np.triu((rng.random((30, 30)) < 0.2), 1)
    answers = np.r_[np.ones(15), np.zeros(15)]
    before = from_matrix(ties, directed=False)
    after = from_matrix(ties, directed=False, answered=answers, moment="after")
    assert after.m < before.m
    found = change.turnover(panel(before, after))
    assert (found.formed, found.dissolved) == (0, 0)


def test_moments_on_other_people_are_refused():
    before = from_matrix(np.zeros((3, 3)))
    with pytest.raises(ValueError, match="same people"):
        panel(before, before.take(np.array([0, 1])))


def test_who_joined_left_and_did_not_answer():
    ties = np.zeros((6, 6))
    ties[0, 1] = ties[1, 2] = ties[4, 0] = 1
    before = replace(from_matrix(ties, answered=[1, 1, 0, 1, 1, 1]), present=np.array([1, 1, 1, 1, 1, 0], bool))
    after = replace(from_matrix(ties, moment="after"), present=np.array([1, 1, 1, 1, 0, 1], bool))
    found = change.people(before, after)
    assert (found["joined"], found["left"], found["silent"]) == (1, 1, 1)
    assert (found["contacts_of_leavers"], found["contacts_of_stayers"]) == (1.0, 5 / 4)


def test_ten_people_must_have_answered_both_times():
    rng = np.random.default_rng(2)
    ties = [(rng.random((14, 14)) < 0.4) * (1.0 - np.eye(14)) for _ in range(2)]
    for answered in (9, 10):
        who = np.arange(14) < answered
        found = panel(from_matrix(ties[0], answered=who), from_matrix(ties[1], answered=who, moment="after"))
        row = next(change.same_people(found, lambda network: Measured({}, {})))
        assert ("p" in row) == (answered == 10)
    assert "too few" not in row["note"]
