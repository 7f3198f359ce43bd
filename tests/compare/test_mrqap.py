"""QAP and MRQAP against sna (EIES, Krackhardt's managers) and against a plain loop."""

import json

import numpy as np
import pandas as pd
import pytest

from kmnet.compare import mrqap
from kmnet.compare.panel import panel
from kmnet.kernels import qap
from tests.compare.worlds import eies, eies_messages
from tests.shared_data import shared


def managers():
    nodes = pd.read_csv(shared("reference", "hightech_nodes.csv"))
    edges = pd.read_csv(shared("reference", "hightech_edges.csv"))
    found = {}
    for kind, name in (("advice", "advice"), ("friends", "friendship")):
        rows = edges[edges["type"] == kind]
        found[name] = np.zeros((21, 21))
        found[name][rows.iloc[:, 0] - 1, rows.iloc[:, 1] - 1] = 1
    rows = edges[~edges["type"].isin(["advice", "friends"])]
    found["report"] = np.zeros((21, 21))
    found["report"][rows.iloc[:, 0] - 1, rows.iloc[:, 1] - 1] = 1
    assert len(nodes) == 21
    return found


def reference():
    return json.loads(shared("reference", "reference_values.json").read_text())["hightech_MRQAP"]


@pytest.fixture(scope="module")
def model():
    found = managers()
    return mrqap.matrices(found["advice"], {"Friendship": found["friendship"], "ReportTo": found["report"]})


def test_managers_linear(model):
    expected = reference()
    found = mrqap.double_semi_partialling(model, 4999, 1)
    assert [t.estimate for t in found.terms] == pytest.approx(list(expected["coef"].values()), abs=1e-7)
    assert [t.statistic for t in found.terms] == pytest.approx(expected["classical_t"], rel=1e-6)
    assert found.r_squared == pytest.approx(expected["R2"], abs=5e-4)
    assert found.terms[1].p == pytest.approx(expected["sna_qapspp_p_5000"]["Friendship"], abs=0.02)
    assert found.terms[2].p <= 0.002
    by_y = mrqap.y_permutation(model, 4999, 1)
    assert by_y.terms[1].p == pytest.approx(expected["sna_qapy_p_5000"]["Friendship"], abs=0.02)
    lane = mrqap.freedman_lane(model, 1999, 1)
    assert lane.terms[1].p == pytest.approx(expected["sna_qapspp_p_5000"]["Friendship"], abs=0.03)


def test_managers_logistic(model):
    expected = reference()
    found = mrqap.double_semi_partialling(model, 99, 1, logistic=True)
    assert [t.estimate for t in found.terms] == pytest.approx(expected["netlogit_coef"], abs=1e-5)
    errors = [t.estimate / t.statistic for t in found.terms]
    assert errors == pytest.approx(expected["netlogit_se"], rel=1e-4)
    assert all(t.p >= 0.01 for t in found.terms[1:])


def test_eies_against_netlm():
    """E3: classical t of the linear model, and QAP r at strength met or more (domain: .7159)."""
    before, after = panel(*eies(3)).ties
    same = eies(3)[0].partition
    alike = (same.code[:, None] == same.code[None, :]).astype(float)
    found = mrqap.double_semi_partialling(
        mrqap.matrices(after, {"base": before, "disc": alike, "msg": np.log1p(eies_messages())}), 199, 3
    )
    assert [t.statistic for t in found.terms] == pytest.approx([-0.335, 36.611, 3.216, 10.671], abs=5e-4)
    assert found.terms[1].p == found.terms[3].p == 1 / 200


def test_eies_correlation():
    met = panel(*eies(2))
    found = mrqap.correlation(*met.ties, 199, 1)
    assert found.r == pytest.approx(0.7159, abs=5e-5)
    assert found.p == 1 / 200


def test_quick_t_equals_a_refit():
    rng = np.random.default_rng(0)
    design = np.column_stack([np.ones(50), rng.normal(size=(50, 2))])
    y, last = rng.normal(size=50), rng.normal(size=(6, 50))
    quick = qap.refit(design, y, last, logistic=False)
    slow = [qap.line(np.column_stack([design, e]), y).t[-1] for e in last]
    assert quick == pytest.approx(slow, rel=1e-9)


def test_score_equals_its_formula():
    rng = np.random.default_rng(4)
    design = np.column_stack([np.ones(60), rng.normal(size=60)])
    weight, residual, e = rng.random(60) + 0.1, rng.normal(size=60), rng.normal(size=60)
    null = qap.prepare(design, residual, weight)
    inner = np.linalg.inv(design.T @ (design * weight[:, None]))
    orthogonal = residual - weight * (design @ inner @ (design.T @ residual))
    rest = e - design @ inner @ (design.T @ (weight * e))
    found = qap.score(null, e[None])
    assert found.model[0] == pytest.approx((e * orthogonal).sum() / np.sqrt((weight * rest**2).sum()))
    assert found.robust[0] == pytest.approx((rest * orthogonal).sum() / np.sqrt(((rest * orthogonal) ** 2).sum()))


def test_correlation_of_constants_is_undefined():
    assert np.isnan(mrqap.correlation(np.ones((5, 5)), np.eye(5), 99, 1).r)


def test_people_stay_in_their_block():
    """With every person a block of its own nothing moves, so every draw equals the observed."""
    rng = np.random.default_rng(1)
    y, x = rng.random((8, 8)), rng.random((8, 8))
    assert mrqap.correlation(y, x, 99, 1, np.arange(8)).p == 1
