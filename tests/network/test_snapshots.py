from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from kmnet.errors import DataError, LimitError
from kmnet.network.snapshots import snapshots
from kmnet.network.windows import ALL, moment_order, resolve
from tests.network.made import study, tables

PEOPLE = [{"id": i, "role": "x"} for i in "abcd"]


def by_label(shots):
    return {(n.label.network, n.label.cohort, n.label.moment, n.label.facilitators): n for n in shots.networks}


def ties(network):
    return {(network.ids[s], network.ids[t]): w for s, t, w in zip(network.source, network.target, network.weight)}


def test_interactions_are_summed_and_the_threshold_is_on_the_sum_of_both_directions():
    rows = [{"source": "a", "target": "b"}, {"source": "b", "target": "a"}, {"source": "c", "target": "d"}]
    data = tables(people=PEOPLE, interactions=rows)
    one = snapshots(study(networks={"n": {"from": "interactions", "at_least": 2}}), data).networks[0]
    assert ties(one) == {("a", "b"): 2.0}
    two = snapshots(study(networks={"n": {"from": "interactions", "at_least": 2, "directed": True}}), data).networks[0]
    assert ties(two) == {}


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ({"reports": "either"}, {("a", "b"): 4.0, ("b", "c"): 2.0}),
        ({"reports": "both"}, {("a", "b"): 4.0}),
        ({"directed": True}, {("a", "b"): 3.0, ("b", "a"): 4.0, ("c", "b"): 2.0}),
    ],
)
def test_a_survey_becomes_ties_by_the_rule_named(setting, expected):
    rows = [
        {"wave": "t1", "source": "a", "target": "b", "strength": 3},
        {"wave": "t1", "source": "b", "target": "a", "strength": 4},
        {"wave": "t1", "source": "c", "target": "b", "strength": 2},
        {"wave": "t1", "source": "d", "target": "b", "strength": 1},
    ]
    network = snapshots(
        study(networks={"n": {"from": "survey", "at_least": 2, **setting}}), tables(people=PEOPLE, survey=rows)
    ).networks[0]
    assert ties(network) == expected


@pytest.mark.parametrize(
    ("weight", "expected"),
    [("count", 2.0), ("newman", 1 / 2 + 1), ("jaccard", 2 / 3), ("minutes", 30 + 50)],
)
def test_attendance_weights_are_those_of_their_definitions(weight, expected):
    came = [("a", "W1", 30), ("b", "W1", 60), ("c", "W1", 60), ("a", "W2", 60), ("b", "W2", 50), ("a", "W3", 60)]
    rows = [{"person": p, "workshop": w, "minutes": m} for p, w, m in came]
    network = snapshots(
        study(networks={"n": {"from": "attendance", "weight": weight}}), tables(people=PEOPLE, attendance=rows)
    ).networks[0]
    assert ties(network)[("a", "b")] == pytest.approx(expected)
    assert network.layer == "imposed"
    assert len(network.affiliation.person) == 6


def test_tables_within_a_workshop_are_events_of_their_own():
    rows = [{"person": p, "workshop": "W1", "table": t} for p, t in [("a", "1"), ("b", "1"), ("c", "2"), ("d", "")]]
    network = snapshots(
        study(networks={"n": {"from": "attendance", "within": "table"}}), tables(people=PEOPLE, attendance=rows)
    ).networks[0]
    assert set(ties(network)) == {("a", "b")}


def test_h1_a_crowd_is_refused_before_its_ties_are_built():
    rows = [{"person": p, "workshop": "W1"} for p in "abcd"]
    with pytest.raises(LimitError, match="KM501"):
        snapshots(
            study(networks={"n": {"from": "attendance"}}, limits={"ties": 5}), tables(people=PEOPLE, attendance=rows)
        )


def test_h1_a_crowd_that_meets_often_is_no_larger_than_its_pairs():
    """The limit is on ties, of which there are only so many, however often people meet."""
    rows = [{"person": p, "workshop": f"W{k}"} for p in "abcd" for k in range(9)]
    found = snapshots(
        study(networks={"n": {"from": "attendance"}}, limits={"ties": 6}), tables(people=PEOPLE, attendance=rows)
    )
    assert ties(found.networks[0]) == dict.fromkeys(combinations("abcd", 2), 9)


def test_h1_a_network_too_dense_to_measure_is_refused():
    rows = [{"person": p, "workshop": "W1"} for p in "abcd"]
    with pytest.raises(LimitError, match="KM508.*6 ties among 4 people make 4 pairs"):
        snapshots(
            study(networks={"n": {"from": "attendance"}}, limits={"triangles": 3}),
            tables(people=PEOPLE, attendance=rows),
        )


@pytest.mark.parametrize("weight", ["count", "newman", "jaccard", "minutes"])
def test_meetings_held_in_blocks_make_the_same_ties(weight, monkeypatch):
    rows = [{"person": p, "workshop": f"W{k}", "minutes": 10 + k} for k in range(6) for p in "abcd"[k % 3 :]]
    made = []
    for most in (4_000_000, 1):
        monkeypatch.setattr("kmnet.network.rules.MEETINGS", most)
        net = snapshots(
            study(networks={"n": {"from": "attendance", "weight": weight}}), tables(people=PEOPLE, attendance=rows)
        ).networks[0]
        made.append(ties(net))
    assert made[0] == pytest.approx(made[1], rel=1e-15) and made[0]


def test_minutes_that_are_missing_stop_the_run():
    rows = [{"person": "a", "workshop": "W1"}, {"person": "b", "workshop": "W1", "minutes": 10}]
    with pytest.raises(DataError, match="KM502"):
        snapshots(
            study(networks={"n": {"from": "attendance", "weight": "minutes"}}), tables(people=PEOPLE, attendance=rows)
        )


MOMENTS = [
    {"name": "before", "from": "start - 1 month", "until": "start"},
    {"name": "after", "from": "end", "until": "end + 1 month"},
]


def test_moments_are_aligned_to_each_cohorts_own_start_and_end_and_cohorts_are_never_crossed():
    people = [{"id": i, "cohort": c} for i, c in [("a", ("One",)), ("b", ("One", "Two")), ("c", ("Two",))]]
    rows = [
        {"source": "a", "target": "b", "date": pd.Timestamp("2020-01-31T23:59")},
        {"source": "a", "target": "b", "date": pd.Timestamp("2020-02-01")},
        {"source": "b", "target": "c", "date": pd.Timestamp("2021-01-15")},
        {"source": "a", "target": "c", "date": pd.Timestamp("2021-01-15")},
    ]
    shots = snapshots(
        study(
            cohorts=[
                {"name": "One", "start": "2020-02-01", "end": "2020-06-01"},
                {"name": "Two", "start": "2021-02-01", "end": "2021-06-01"},
            ],
            moments=MOMENTS,
            networks={"n": {"from": "interactions"}},
        ),
        tables(people=people, interactions=rows),
    )
    got = {key: ties(n) for key, n in by_label(shots).items()}
    assert got[("n", "One", "before", "with")] == {("a", "b"): 1.0}
    assert got[("n", "Two", "before", "with")] == {("b", "c"): 1.0}
    assert got[("n", ALL, "before", "with")] == {("a", "b"): 1.0, ("b", "c"): 1.0}
    assert got[("n", "One", "after", "with")] == {}
    assert by_label(shots)[("n", "One", "before", "with")].days == 31


def test_without_facilitators_they_and_their_ties_are_gone():
    people = [{"id": "a", "facilitator": True}, {"id": "b"}, {"id": "c"}]
    rows = [{"source": "a", "target": "b"}, {"source": "b", "target": "c"}]
    got = by_label(snapshots(study(), tables(people=people, interactions=rows)))
    assert got[("interactions", ALL, "all", "without")].ids == ("b", "c")
    assert ties(got[("interactions", ALL, "all", "without")]) == {("b", "c"): 1.0}


def test_who_answered_and_who_was_asked_come_from_the_respondents():
    rows = [{"wave": "t1", "source": "a", "target": "b", "strength": 1}]
    asked = [{"wave": "t1", "person": "a", "answered": True}, {"wave": "t1", "person": "b", "answered": False}]
    network = snapshots(
        study(networks={"n": {"from": "survey"}}), tables(people=PEOPLE, survey=rows, respondents=asked)
    ).networks[0]
    assert network.answered.tolist() == [True, False, False, False]
    assert network.present.tolist() == [True, True, False, False]


def test_an_empty_cohort_is_said_by_name():
    with pytest.raises(DataError, match="KM503.*Nobody"):
        snapshots(
            study(cohorts=[{"name": "Nobody"}, {"name": "One"}]),
            tables(people=[{"id": "a", "cohort": ("One",)}], interactions=[{"source": "a", "target": "a"}]),
        )


def test_moments_without_a_config_follow_waves_in_their_natural_order():
    assert sorted(["follow-up", "baseline", "mid"], key=moment_order) == ["baseline", "mid", "follow-up"]


def test_date_expressions():
    cohort = study(cohorts=[{"name": "One", "start": "2020-03-31", "end": "2020-06-01"}]).cohorts[0]
    assert resolve("start - 1 month", cohort) == pd.Timestamp("2020-02-29")
    assert resolve("end + 90 days", cohort) == pd.Timestamp("2020-08-30")
    assert resolve("2019-01-01", cohort) == pd.Timestamp("2019-01-01")
    assert resolve(None, cohort) is pd.NaT
    with pytest.raises(DataError, match="KM108"):
        resolve("start", study(cohorts=[{"name": "One"}]).cohorts[0])


def test_row_order_changes_nothing():
    rng = np.random.default_rng(1)
    rows = [{"source": s, "target": t} for s in "abcd" for t in "abcd" if s < t]
    one = snapshots(study(), tables(people=PEOPLE, interactions=rows)).networks[0]
    order = rng.permutation(len(rows))
    two = snapshots(study(), tables(people=PEOPLE[::-1], interactions=[rows[i] for i in order])).networks[0]
    assert one.ids == two.ids
    assert (one.source == two.source).all() and (one.target == two.target).all()
