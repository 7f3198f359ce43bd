"""Regressions of networks that have no coefficients say so, and give no p."""

from dataclasses import replace

import numpy as np
import pytest

from kmnet.compare.associations import Model, rows, stability
from kmnet.compare.comparison import Comparison, settled
from tests.compare.worlds import eies, from_matrix

EVERYBODY = np.ones(20, dtype=bool)
HALF = np.arange(20) < 10
INSIDE = np.outer(HALF, HALF) * (1 - np.eye(20))
NOISE = (np.random.default_rng(3).random((20, 20)) < 0.3) * (1 - np.eye(20))


def made(outcome, predictor, **more):
    network = from_matrix(outcome, directed=True)
    return list(rows(Model(network, {"x": predictor}, EVERYBODY, **more), 99, 1, 1))


@pytest.mark.parametrize("outcome", [np.zeros((20, 20)), 1 - np.eye(20)])
@pytest.mark.parametrize(
    "how", [{"method": "freedman_lane"}, {"method": "y_permutation", "logistic": True}, {"logistic": True}, {}]
)
def test_an_outcome_without_a_difference_has_no_coefficients(outcome, how):
    (row,) = made(outcome, NOISE, **how)
    assert row["note"] == "all pairs are tied, or none is" and not {"estimate", "p"} & set(row)


def test_odds_without_end_are_not_given():
    only_inside = INSIDE * NOISE
    (row,) = made(only_inside, INSIDE, logistic=True)
    assert "no end" in row["note"] and not {"estimate", "p"} & set(row)
    assert [r["term"] for r in made(only_inside, INSIDE)] == ["intercept", "x"]
    assert all(np.isfinite(r["estimate"]) for r in made(NOISE, INSIDE, logistic=True))


def test_being_in_the_same_room_is_given_no_stability():
    before, after = eies(3)
    pair = Comparison(before, after)
    assert len(list(stability(pair, settled(pair), 99, 1, 0))) == 1
    room = Comparison(*(replace(network, layer="imposed") for network in (before, after)))
    assert list(stability(room, settled(room), 99, 1, 0)) == []
