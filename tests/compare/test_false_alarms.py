"""Simulated programmes of known truth, small-sized: the full table is made by ``benchmarks/false_alarms.py``.

Bounds are 99.9 % binomial limits round the claimed rates at the number of programmes drawn here.
"""

import numpy as np
import pytest

from kmnet.compare import intervals, mark
from kmnet.compare.gate import gate
from kmnet.compare.panel import panel
from tests.compare.simulated import World, simulate, simulate_leavers, simulate_log

PROGRAMMES, DRAWS = 60, 99


def most(rate: float, n: int = PROGRAMMES) -> int:
    """The count that a rate passes in one of a thousand experiments only."""
    from scipy.stats import binom

    return int(binom.ppf(0.999, n, rate))


def least(rate: float, n: int = PROGRAMMES) -> int:
    from scipy.stats import binom

    return int(binom.ppf(0.001, n, rate))


def outcomes(world: World, seed: int):
    rng = np.random.default_rng(seed)
    counts = {"supported": 0, "formation": 0, "association_change": 0, "moved": 0}
    for k in range(PROGRAMMES):
        made = simulate(world, rng)
        found = panel(made.before, made.after, made.members)
        exposure = made.exposure.only(found.people)
        rows = {r["test"]: r for r in mark.rows(found, exposure, gate(made.before, made.after), DRAWS, k)}
        counts["supported"] += rows["verdict"]["verdict"] == "supported"
        for test in ("formation", "association_change"):
            counts[test] += rows.get(test, {}).get("p", 1.0) <= 0.05
        counts["moved"] += intervals.ties_per_person(found).p <= 0.05
    return counts


@pytest.mark.slow
def test_nothing_happens():
    """S1."""
    found = outcomes(World(), 1)
    assert found["supported"] <= most(0.05)
    assert found["moved"] <= most(0.10)


@pytest.mark.slow
def test_everybody_grew_closer():
    """S2: the change is real, and no effect of the programme."""
    found = outcomes(World(growth=0.6), 2)
    assert found["moved"] >= least(0.75)
    assert found["supported"] <= most(0.05)


@pytest.mark.slow
def test_teammates_were_close_already():
    """S3: formation alone cries wolf."""
    found = outcomes(World(hidden=2.0), 3)
    assert found["formation"] >= least(0.7)
    assert found["supported"] <= most(0.06)


@pytest.mark.slow
def test_teams_were_built_to_mix_strangers():
    """S4: the change in association alone cries wolf."""
    found = outcomes(World(built="avoid"), 4)
    assert found["association_change"] >= least(0.4)
    assert found["supported"] <= most(0.06)


@pytest.mark.slow
def test_a_planted_effect_is_found():
    """S5."""
    assert outcomes(World(effect=1.6), 5)["supported"] >= least(0.65)


@pytest.mark.slow
def test_a_planted_effect_is_found_where_ties_only_gather():
    """S6: nearly nothing is lost, so the gained-lost line is withheld."""
    assert outcomes(World(effect=1.6, gathers=0.5, degree=3.0), 6)["supported"] >= least(0.75)
    made = simulate(World(effect=1.6, gathers=0.5, degree=3.0), np.random.default_rng(0))
    found = panel(made.before, made.after)
    rows = {r["test"]: r for r in mark.rows(found, made.exposure, gate(made.before, made.after), DRAWS, 1)}
    assert "estimate" not in rows["gained_lost"]


@pytest.mark.slow
def test_keen_people_attend():
    """S12."""
    assert outcomes(World(dose=True), 7)["supported"] <= most(0.05)


@pytest.mark.slow
def test_twice_the_recording_is_no_effect():
    """S13: the plain count of contacts doubles, the programme's mark does not move, the control says why."""
    rng = np.random.default_rng(8)
    alarms, control = 0, []
    for k in range(PROGRAMMES):
        made = simulate_log(rng, recording=2.0)
        found = panel(made.before, made.after)
        rows = {r["test"]: r for r in mark.rows(found, made.exposure, gate(made.before, made.after), DRAWS, k)}
        alarms += rows["rate_change"].get("p", 1.0) <= 0.05
        control.append(rows["negative_control"]["estimate"])
    assert alarms <= most(0.06)
    assert 1.6 < np.median(control) < 2.4


@pytest.mark.slow
def test_windows_of_other_lengths_are_taken_into_account():
    """S8 with the offset: ties are refused, rates are compared."""
    rng = np.random.default_rng(9)
    alarms, control = 0, []
    for k in range(PROGRAMMES):
        made = simulate_log(rng, days=(180.0, 365.0))
        found = panel(made.before, made.after)
        rows = {r["test"]: r for r in mark.rows(found, made.exposure, gate(made.before, made.after), DRAWS, k)}
        assert rows["verdict"]["verdict"] == "cannot_be_tested"
        assert "windows differ" in rows["verdict"]["note"]
        assert "formation" not in rows
        alarms += rows["rate_change"].get("p", 1.0) <= 0.05
        control.append(rows["negative_control"]["estimate"])
    assert alarms <= most(0.06)
    assert 0.8 < np.median(control) < 1.25


def test_more_contact_of_teammates_is_found_in_a_log():
    rng = np.random.default_rng(10)
    found = 0
    for k in range(20):
        made = simulate_log(rng, effect=1.1)
        rows = mark.rows(panel(made.before, made.after), made.exposure, gate(made.before, made.after), DRAWS, k)
        rate = next(r for r in rows if r["test"] == "rate_change")
        found += rate["p"] <= 0.05 and rate["estimate"] > 1
    assert found >= least(0.3, 20)


@pytest.mark.slow
def test_poorly_connected_people_leaving_is_no_change():
    """S14: densities rise by who is left; those in both moments did not change."""
    rng = np.random.default_rng(11)
    alarms, rise = 0, []
    for _ in range(PROGRAMMES):
        made = simulate_leavers(rng)
        alarms += intervals.ties_per_person(panel(made.before, made.after)).p <= 0.05
        whole = made.after.take(made.after.present)
        rise.append(whole.m / whole.possible - made.before.m / made.before.possible)
    assert alarms <= most(0.10)
    assert np.mean(rise) > 0.01
