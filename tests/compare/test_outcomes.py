"""Families of outcomes, and the comparison group."""

import numpy as np
import pytest

from kmnet.compare import mark, verdict
from kmnet.compare.exposure import participation, personal_terms
from kmnet.compare.gate import Gate
from kmnet.compare.outcomes import corrected
from kmnet.compare.panel import panel
from kmnet.kernels.families import family_wise
from tests.compare.simulated import World, simulate


def asked(network, kind, formation, association, said):
    key = {"network": network, "cohort": "All", "outcome": kind}
    return [
        key | {"test": "formation", "p": formation},
        key | {"test": "association_change", "p": association},
        key | {"test": "verdict", "p": float("nan"), "verdict": said, "note": "before"},
    ]


def verdicts(rows):
    return {row["network"]: (row["verdict"], row["note"]) for row in rows if row["test"] == "verdict"}


def test_secondary_outcomes_are_corrected_together():
    rows = [
        *asked("first", "primary", 0.04, 0.04, "supported"),
        *asked("a", "secondary", 0.001, 0.01, "supported"),
        *asked("b", "secondary", 0.03, 0.02, "supported"),
        *asked("c", "secondary", 0.04, 0.9, "suggestive"),
    ]
    found = corrected(rows)
    p = {(row["network"], row["test"]): row.get("p_adjusted") for row in found if row["test"] != "verdict"}
    assert p["first", "formation"] is None
    assert [p[n, "formation"] for n in "abc"] == pytest.approx(family_wise(np.array([0.001, 0.03, 0.04])).tolist())
    assert (p["a", "association_change"], p["b", "association_change"]) == pytest.approx((0.03, 0.04))
    family = {row["network"]: row["family"] for row in found if row["test"] == "formation"}
    assert family["a"] == "3 secondary outcomes of all cohorts together, Holm" and "not corrected" in family["first"]
    said = verdicts(found)
    assert said["first"] == ("supported", "before")
    # b: formation .03 becomes .06, its other test .04; c: nothing is left.
    assert [said[n][0] for n in "abc"] == ["supported", "suggestive", "not_shown"]
    assert (
        said["c"][1] == "after correction (3 secondary outcomes, Holm), which was suggestive before; before it: before"
    )


def test_each_cohort_is_a_family_of_its_own():
    one = [*asked("a", "secondary", 0.01, 0.01, "supported"), *asked("b", "secondary", 0.04, 0.04, "supported")]
    two = [row | {"cohort": "Cohort 2"} for row in asked("a", "secondary", 0.03, 0.03, "supported")]
    found = [row for row in corrected([*one, *two]) if row["test"] == "formation"]
    assert [row["p_adjusted"] for row in found] == pytest.approx([0.02, 0.04, 0.03])
    assert found[-1]["family"] == "1 secondary outcome of Cohort 2, Holm"


def test_exploratory_outcomes_are_never_supported():
    found = corrected(
        [*asked("a", "exploratory", 0.001, 0.001, "supported"), *asked("b", "primary", 1, 1, "not_shown")]
    )
    assert verdicts(found)["a"][0] == "suggestive"
    assert verdicts(found)["a"][1].startswith("exploratory: ")


def test_only_pairs_who_both_took_part_share_it():
    made = participation(np.array([True, True, False]))
    assert made.shared.tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    one, other = personal_terms(panel(*_three()), made)
    assert one[0, 2] > 0 > one[2, 0] and other[0, 2] < 0 < other[2, 0]


def _three():
    from tests.compare.worlds import from_matrix

    ties = np.ones((3, 3)) - np.eye(3)
    return from_matrix(ties), from_matrix(ties, moment="after")


def run(world, programmes, draws=99):
    rng = np.random.default_rng(11)
    said = []
    for k in range(programmes):
        made = simulate(world, rng)
        rows = mark.rows(panel(made.before, made.after), made.exposure, Gate(), draws, k)
        said.append(next(row["verdict"] for row in rows if row["test"] == "verdict"))
    return said


def test_an_effect_beside_a_comparison_group_is_found_and_growth_alone_is_not():
    assert run(World(n=60, arms=True, effect=2.0), 5).count("supported") >= 3
    assert run(World(arms=True, growth=0.6), 12).count("supported") <= 2


def test_a_comparison_group_of_seven_is_too_small():
    made = simulate(World(n=30), np.random.default_rng(1))
    both = panel(made.before, made.after)
    seven = participation(np.arange(30) >= 7)
    assert "23 people took part and 7 people did not" in verdict.obstacle(both, seven)
    assert verdict.obstacle(both, participation(np.arange(30) >= 8)) == ""


def test_one_site_and_other_sites_are_told():
    made = simulate(World(n=30), np.random.default_rng(1))
    both = panel(made.before, made.after)
    organisation = both.before.groups["organisation"].code
    assert "one organisation" in verdict.one_site(both, participation(organisation != organisation[0]))
    half = participation(organisation >= np.median(organisation))
    assert "other organisations" in verdict.one_site(both, half)
    assert verdict.one_site(both, participation(np.arange(30) % 2 == 0)) == ""


def test_power_follows_the_pairs_that_shared_it():
    """Undirected ties have half the rows, and find what half the people would (evidence: .40 at 40 people, OR 5)."""
    directed, undirected = (simulate(World(directed=d), np.random.default_rng(1)) for d in (True, False))
    said = [verdict.could_find(panel(m.before, m.after), m.exposure) for m in (directed, undirected)]
    assert said[0].startswith("with 40 people an odds ratio under 3.4")
    assert said[1].startswith("with 40 people even a fivefold odds ratio")
