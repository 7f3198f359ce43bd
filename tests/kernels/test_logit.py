"""Firth and plain logistic fits against their definitions and published numbers."""

import numpy as np
import pytest

from kmnet.kernels import logit


def rows(seed, n=80):
    rng = np.random.default_rng(seed)
    design = np.column_stack([np.ones(n), rng.normal(size=n), rng.integers(0, 2, n)])
    return design, (rng.random(n) < 0.3).astype(float)


@pytest.mark.parametrize("seed", range(5))
def test_plain_fit_solves_the_score_equations(seed):
    design, y = rows(seed)
    found = logit.fit(design, y, firth=False)
    assert found.settled
    assert design.T @ (y - found.p) == pytest.approx(np.zeros(3), abs=1e-8)


@pytest.mark.parametrize("seed", range(5))
def test_firth_maximises_the_penalised_likelihood(seed):
    design, y = rows(seed, 25)

    def penalised(beta):
        p = 1 / (1 + np.exp(-design @ beta))
        information = (design * (p * (1 - p))[:, None]).T @ design
        return (y * np.log(p) + (1 - y) * np.log(1 - p)).sum() + 0.5 * np.linalg.slogdet(information)[1]

    beta = logit.fit(design, y).beta
    best = penalised(beta)
    rng = np.random.default_rng(seed)
    assert all(penalised(beta + 0.01 * rng.normal(size=3)) < best for _ in range(50))


def test_separated_groups_stay_finite_under_the_penalty():
    """2 x 2 with an empty cell: the penalised log odds ratio is that of the table with a half added to each cell."""
    design = np.column_stack([np.ones(20), np.r_[np.zeros(10), np.ones(10)]])
    y = np.r_[np.zeros(10), np.ones(4), np.zeros(6)]
    assert logit.fit(design, y).beta[1] == pytest.approx(np.log((4.5 / 6.5) / (0.5 / 10.5)), abs=1e-8)


def test_binomial_trials_equal_repeated_rows():
    design, _ = rows(1, 10)
    trials = np.arange(1, 11.0)
    y = np.floor(trials / 2)
    repeated = np.repeat(design, trials.astype(int), axis=0)
    each = np.concatenate([np.r_[np.ones(int(a)), np.zeros(int(t - a))] for a, t in zip(y, trials)])
    one, many = logit.fit(design, y, firth=False, trials=trials), logit.fit(repeated, each, firth=False)
    assert one.beta == pytest.approx(many.beta, abs=1e-8)
    assert one.covariance == pytest.approx(many.covariance, rel=1e-6)


def test_repeated_and_constant_columns_are_dropped():
    design = np.column_stack([np.ones(6), np.arange(6), np.full(6, 3.0), 2 * np.arange(6) + 1, np.arange(6) ** 2])
    assert logit.independent(design).tolist() == [0, 1, 4]


def test_a_rare_group_with_many_events_does_not_overshoot():
    """From the common rate the first Newton step goes far beyond the estimate and would never come back."""
    group = np.r_[np.ones(109), np.zeros(2900)]
    design = np.column_stack([np.ones(3009), group])
    y = np.r_[np.ones(34), np.zeros(75), np.ones(140), np.zeros(2760)]
    found = logit.fit(design, y)
    assert found.settled
    exact = np.log((34.5 / 75.5) / (140.5 / 2760.5))
    assert found.beta[1] == pytest.approx(exact, abs=1e-8)
    assert logit.fit(design, y, firth=False).beta[1] == pytest.approx(np.log((34 / 75) / (140 / 2760)), abs=1e-8)
