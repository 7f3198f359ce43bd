"""Reference values of the programme's mark (EIES), and its algebra."""

import json

import numpy as np
import pytest

from kmnet.compare import effect, mark, verdict
from kmnet.compare.effect import Test as Found
from kmnet.compare.exposure import Exposure, same
from kmnet.compare.gate import Gate
from kmnet.compare.panel import panel
from kmnet.kernels import logit
from tests.compare.simulated import World, simulate
from tests.compare.worlds import eies, eies_messages, from_matrix
from tests.shared_data import shared

DRAWS = 9999


def reference():
    return json.loads(shared("reference", "reference_eies.json").read_text())


@pytest.mark.parametrize("at_least", [2, 3, 4])
@pytest.mark.parametrize("kind", ["logmsg", "disc"])
def test_formation_and_change_against_the_reference(at_least, kind):
    """Estimates and statistics to 6 digits; what rests on permutations within Monte Carlo error."""
    found = panel(*eies(at_least))
    i, j = found.rows
    before, after = found.ties
    discipline = same(found.before.partition)
    matrix = np.log1p(eies_messages()) if kind == "logmsg" else discipline
    extra = [discipline] if kind == "logmsg" else []
    for name, rows, terms in (
        ("formation", before[i, j] == 0, [before.T, *extra]),
        ("change", before[i, j] != after[i, j], extra),
    ):
        expected = reference()[str(at_least)]["effects"][f"{kind}_{name}"]
        at = (i[rows], j[rows])
        exposure = Exposure("x", matrix)
        test = effect._score_test(name, found, exposure, terms, at, after[at], DRAWS, 7, (), robust=name == "change")
        assert test.estimate == pytest.approx(expected["log_or"], rel=1e-6)
        assert test.statistic == pytest.approx(expected["T"], rel=1e-6)
        assert test.p == pytest.approx(expected["p_model" if name == "formation" else "p"], abs=0.02)
        if rows.sum() > 30:  # with fewer rows the statistic takes few values, and its quantile jumps
            assert test.critical == pytest.approx(expected["crit"], rel=0.06)
            assert (test.low, test.high) == pytest.approx(tuple(expected["ci"]), abs=0.12)


def test_netlogit_coefficients():
    """E3: coefficients and z of sna::netlogit on EIES."""
    found = panel(*eies(3))
    i, j = found.rows
    before, after = found.ties
    columns = [same(found.before.partition)[i, j], np.log1p(eies_messages())[i, j]]
    full = logit.fit(np.column_stack([np.ones(len(i)), before[i, j], *columns]), after[i, j], firth=False)
    assert full.beta == pytest.approx([-4.28772, 5.79615, 0.77136, 0.75261], abs=5e-6)
    assert full.z == pytest.approx([-14.306, 13.966, 2.846, 8.604], abs=5e-4)
    open_ = before[i, j] == 0
    part = logit.fit(
        np.column_stack([np.ones(open_.sum()), *(c[open_] for c in columns)]), after[i, j][open_], firth=False
    )
    assert part.beta == pytest.approx([-4.67857, 0.66252, 0.90987], abs=5e-6)


def programme(seed=3, **world):
    made = simulate(World(**world), np.random.default_rng(seed))
    found = panel(made.before, made.after)
    return made, found, made.exposure.only(found.people)


def test_interval_and_p_agree_and_p_is_never_nought():
    """S18."""
    for seed in range(8):
        _, found, exposure = programme(seed, effect=0.8)
        test = effect.formation(found, exposure, 199, seed)
        assert test.p >= 1 / 200
        assert (test.p <= 0.05) == (test.low > 0 or test.high < 0)


def test_swapping_the_moments_flips_the_change_in_association():
    made, found, exposure = programme(effect=1.6)
    there = effect.association_change(found, exposure)
    back = effect.association_change(panel(made.after, made.before), exposure)
    assert back.estimate == pytest.approx(-there.estimate, rel=1e-9)
    assert back.p == pytest.approx(there.p, rel=1e-6)


def test_renaming_people_changes_no_closed_form_number():
    """S16."""
    made, found, exposure = programme(effect=1.6)
    order = np.random.default_rng(0).permutation(made.before.n)

    def renamed(network):
        ties = np.zeros((network.n, network.n))
        ties[network.source, network.target] = 1
        groups = {c: [p.names[k] for k in p.code[order]] for c, p in network.groups.items()}
        return from_matrix(ties[np.ix_(order, order)], groups=groups, moment=network.label.moment)

    other = panel(renamed(made.before), renamed(made.after))
    turned = Exposure("team", made.exposure.shared[np.ix_(order, order)])
    for one, two in (
        (effect.association_change(found, exposure), effect.association_change(other, turned)),
        (effect.formation(found, exposure, 999, 1), effect.formation(other, turned, 999, 1)),
    ):
        assert two.estimate == pytest.approx(one.estimate, rel=1e-8)
        assert two.statistic == pytest.approx(one.statistic, rel=1e-8)
        assert two.p == pytest.approx(one.p, abs=0.05)


def test_same_seed_same_bytes():
    _, found, exposure = programme(effect=1.0)
    assert effect.formation(found, exposure, 299, 5) == effect.formation(found, exposure, 299, 5)


def verdict_of(found, exposure, gate=Gate(), draws=199):
    rows = {row["test"]: row for row in mark.rows(found, exposure, gate, draws, 1)}
    return rows["verdict"]["verdict"], rows["verdict"]["note"]


def test_plenary_only_cannot_be_tested():
    """S7: everybody shared everything."""
    _, found, _ = programme()
    said, why = verdict_of(found, Exposure("workshops", np.ones((40, 40)) - np.eye(40)))
    assert said == "cannot_be_tested"
    assert "everyone met everyone" in why


def test_dose_needs_attendance():
    """S12: how often pairs met, without how often each came, is refused."""
    _, found, exposure = programme(dose=True)
    assert verdict_of(found, Exposure("workshops", exposure.shared))[0] == "cannot_be_tested"
    assert verdict_of(found, exposure)[0] != "cannot_be_tested"


def test_small_groups_and_imposed_ties_cannot_be_tested():
    made, found, exposure = programme()
    few = np.arange(40) < 8
    assert "too few" in verdict_of(found.only(few), exposure.only(np.flatnonzero(few)))[1]
    room = from_matrix(np.ones((40, 40)), directed=False, layer="imposed")
    assert "attendance cannot show connection" in verdict_of(panel(room, room), exposure)[1]


def test_the_two_test_rule():
    def test(estimate, p):
        return Found("t", estimate, p=p)

    for one, two, said in (
        (test(1, 0.01), test(0.5, 0.04), "supported"),
        (test(-1, 0.01), test(-0.5, 0.04), "supported"),
        (test(1, 0.01), test(0.5, 0.06), "suggestive"),
        (test(1, 0.2), test(0.5, 0.01), "suggestive"),
        (test(1, 0.01), test(-0.5, 0.2), "mixed"),
        (test(1, 0.01), test(-0.5, 0.01), "mixed"),
        (test(1, 0.06), test(0.5, 0.2), "not_shown"),
        (Found("t", why="too few"), test(0.5, 0.01), "cannot_be_tested"),
    ):
        assert verdict.decide(one, two, Gate()).verdict == said
    capped = verdict.decide(test(1, 0.01), test(1, 0.01), Gate(cautions=("Only 5 of 10 people answered after.",)))
    assert capped.verdict == "suggestive"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(-1.0, 1.5, "from 0.37 to 4.5"), (0.1, np.inf, "of 1.1 or anything above"), (-np.inf, 3.0, "up to 20")],
)
def test_what_is_not_ruled_out_is_said(low, high, words):
    formation = Found("formation", 0.2, low, high, p=0.4)
    said = verdict.decide(formation, Found("association_change", 0.2, p=0.4), Gate())
    assert said.why == f"neither test finds it; the data go with an odds ratio {words}"


def test_power_is_said_at_the_size_of_the_study():
    assert verdict.power(40, 5.0) == 0.77
    assert 0.44 < verdict.power(30, 5.0) < 0.77
    assert verdict.smallest_likely(12) == float("inf")
    assert 3 < verdict.smallest_likely(40) < 5
    assert verdict.smallest_likely(80) < 3


def test_permutations_stay_within_cohorts():
    """S11, S10."""
    from kmnet.compare.exposure import blocks
    from kmnet.kernels.shuffle import permutations

    _, found, exposure = programme()
    members = np.zeros((40, 2), bool)
    members[:20, 0] = members[20:, 1] = True
    made = simulate(World(), np.random.default_rng(3))
    split = panel(made.before, made.after, members)
    i, j = split.rows
    assert len(i) == 2 * 20 * 19
    assert ((i < 20) == (j < 20)).all()
    orders = permutations(40, 50, 1, (), blocks(split))
    assert ((orders < 20) == (np.arange(40) < 20)).all()
    assert np.isfinite(effect.formation(split, exposure, 99, 1).p)


def test_risk_difference_of_two_kinds_of_pair_alone():
    """Nothing else tells pairs apart, so the fit is that of a two-by-two table with half a pair added to each cell."""
    team = np.arange(16) // 4
    shared = (team[:, None] == team[None, :]) * (1.0 - np.eye(16))
    i, j = np.triu_indices(16, 1)
    inside = shared[i, j] > 0
    after = np.zeros((16, 16))
    chosen = np.concatenate([np.flatnonzero(inside)[:9], np.flatnonzero(~inside)[::13]])
    after[i[chosen], j[chosen]] = 1
    both = panel(
        *(from_matrix(tie, directed=False, groups={}, moment=str(k)) for k, tie in enumerate((0 * after, after)))
    )
    found = effect.formation(both, Exposure("team", shared), 99, 1)
    one, other = (9 + 0.5) / (24 + 1), ((~inside).sum() // 13 + 1 + 0.5) / ((~inside).sum() + 1)
    assert found.estimate == pytest.approx(np.log(one / (1 - one)) - np.log(other / (1 - other)), abs=1e-6)
    assert found.difference == pytest.approx(one - other, abs=1e-6)
