"""E1 and E2 of the methods: the numbers that the max-variance interval must give."""

import numpy as np
import pytest

from kmnet.compare import intervals
from kmnet.compare.change import turnover
from kmnet.compare.panel import panel
from kmnet.kernels import dyads
from tests.compare.worlds import eies, from_matrix, tiny


def test_six_people_by_hand():
    found = panel(*tiny())
    assert turnover(found) == (4, 3, 2, 21)
    assert turnover(found).rates["jaccard"] == pytest.approx(1 / 3)
    i, j = found.rows
    change = (found.ties[1] - found.ties[0])[i, j]
    variance = dyads.variance(change - change.mean(), i, j, 6)
    assert variance.pairs == pytest.approx(9.73333, abs=1e-5)
    assert variance.people == pytest.approx((7.33333 - 9.73333) * 6 / 4, abs=1e-4)
    assert variance.largest == variance.pairs
    per_person = intervals.ties_per_person(found)
    assert intervals.more_ties(found) == pytest.approx(per_person.difference, rel=1e-12)
    assert per_person.difference == pytest.approx(1 / 3)
    assert per_person.error == pytest.approx(0.519972, abs=1e-6)
    assert per_person.p == pytest.approx(0.5497, abs=1e-4)
    known = intervals.known(found)
    assert (known["reciprocity"].before, known["reciprocity"].after) == pytest.approx((0.8, 6 / 7))
    assert (known["ei_index"].before, known["ei_index"].after) == pytest.approx((-0.6, -1.0))


@pytest.mark.parametrize(
    ("at_least", "counts", "ties"),
    [(2, (147, 506, 7, 332), (513, 653)), (3, (61, 143, 10, 778), (153, 204)), (4, (14, 37, 5, 936), (42, 51))],
)
def test_eies_turnover(at_least, counts, ties):
    before, after = eies(at_least)
    assert (before.m, after.m) == ties
    assert turnover(panel(before, after)) == counts


def test_eies_friends_interval():
    found = panel(*eies(3))
    per_person = intervals.ties_per_person(found)
    assert intervals.more_ties(found) == pytest.approx(per_person.difference, rel=1e-12)
    assert per_person.difference == pytest.approx(1.594, abs=5e-4)
    assert per_person.error == pytest.approx(0.7167, abs=5e-5)
    assert per_person.p == pytest.approx(0.0336, abs=5e-5)
    i, j = found.rows
    change = (found.ties[1] - found.ties[0])[i, j]
    variance = dyads.variance(change - change.mean(), i, j, found.n)
    assert variance.pairs == pytest.approx(79.7560483870968, rel=1e-12)
    assert variance.largest == pytest.approx(525.9935483870969, rel=1e-12)
    known = intervals.known(found)
    assert known["reciprocity"].before == pytest.approx(0.5621, abs=5e-5)
    assert known["reciprocity"].after == pytest.approx(0.5882, abs=5e-5)
    assert known["ei_index"].before == pytest.approx(-0.020, abs=5e-4)
    assert turnover(found).rates["jaccard"] == pytest.approx(0.6682, abs=5e-5)


def test_swapping_the_moments_flips_signs():
    before, after = eies(3)
    one, two = intervals.ties_per_person(panel(before, after)), intervals.ties_per_person(panel(after, before))
    assert one.difference == -two.difference
    assert one.error == pytest.approx(two.error, rel=1e-12)
    assert (one.low, one.high) == pytest.approx((-two.high, -two.low))


def test_nothing_changed_has_no_interval():
    before, _ = eies(3)
    assert np.isnan(intervals.ties_per_person(panel(before, before)).p)


def test_a_share_of_hardly_any_ties_has_no_interval():
    """Two of thirty ties cross before, fifteen after: a jump, but nobody knows how sure."""
    n = 16
    groups = {"role": [k // 8 for k in range(n)]}
    inside = [(a, b) for a in range(8) for b in range(8) if a < b]
    across = [(a, 8 + b) for a in range(8) for b in range(8) if a <= b]

    def made(crossing, moment):
        tie = np.zeros((n, n))
        for a, b in [*inside, *across[:crossing]]:
            tie[a, b] = 1
        return from_matrix(tie, groups=groups, moment=moment)

    few, enough = (intervals.known(panel(made(k, "before"), made(15, "after")))["ei_index"] for k in (2, 3))
    assert few.difference > 0 and np.isnan([few.error, few.low, few.p]).all()
    assert np.isfinite([enough.error, enough.low, enough.p]).all()
