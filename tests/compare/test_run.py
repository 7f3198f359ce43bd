"""The tables of a comparison: columns of the contract, reasons where a number is not shown."""

from dataclasses import replace

import numpy as np
import pytest

from kmnet.compare.change import IMPOSED
from kmnet.compare.comparison import Comparison, Settings
from kmnet.compare.exposure import Exposure
from kmnet.compare.gate import Instrument, gate
from kmnet.compare.run import compare
from kmnet.outputs import TABLES
from tests.compare.worlds import Measured, eies, from_matrix, tiny


def measure(network):
    """Three measures in plain words: one that has an interval by its definition, one that has not, one per person."""
    degree = np.bincount(network.source, minlength=network.n) + 0.0
    return Measured(
        {"out_degree": degree},
        {"density": network.m / max(network.possible, 1), "widest": float(degree.max(initial=0))},
    )


def rows_of(frame, **cells):
    for column, value in cells.items():
        frame = frame[frame[column] == value]
    return frame


def test_tables_have_the_columns_of_the_contract():
    found = compare([Comparison(*eies(3))], measure, Settings(draws=99))
    for name, frame in found.tables.items():
        assert tuple(frame.columns)[: len(TABLES[name].columns)] == tuple(c.name for c in TABLES[name].columns)


def test_eies_change_table():
    found = compare([Comparison(*eies(3))], measure, Settings(draws=99)).tables
    row = rows_of(found["change"], measure="ties_per_person", panel="same_people").iloc[0]
    assert (row.before, row.after) == pytest.approx((153 / 32, 204 / 32))
    assert row.p == pytest.approx(0.0336, abs=5e-5)
    density = rows_of(found["change"], measure="density", panel="same_people").iloc[0]
    assert density.p == pytest.approx(row.p)
    assert np.isnan(rows_of(found["change"], measure="widest", panel="same_people").p).all()
    assert np.isnan(rows_of(found["change"], panel="all_people").p).all()
    assert (found["tie_change"]["change"].value_counts().to_dict()) == {"kept": 143, "formed": 61, "dissolved": 10}


def test_small_groups_get_no_p():
    """S15: fewer than ten people, so no p anywhere."""
    found = compare([Comparison(*tiny())], measure, Settings(draws=99)).tables
    for frame in found.values():
        assert "p" not in frame or frame["p"].isna().all()
    assert "too few" in rows_of(found["change"], measure="ties_per_person", panel="same_people").note.iloc[0]


def test_imposed_ties_are_flagged_and_never_tested():
    before, after = (
        from_matrix(np.triu(np.ones((12, 12)), 12 - k), directed=False, layer="imposed", moment=str(k)) for k in (2, 9)
    )
    frame = compare([Comparison(before, after)], measure, Settings(draws=99)).tables["change"]
    assert frame["p"].isna().all()
    assert (frame["note"] == IMPOSED).all()


def test_unequal_windows_are_refused_unless_forced():
    """S8."""
    before, after = (replace(n, layer="behavioural", reports=None) for n in eies(3))
    pair = Comparison(replace(before, days=90.0), replace(after, days=180.0))
    refused = compare([pair], measure, Settings(draws=99)).tables["change"]
    assert refused["difference"].isna().all()
    assert refused["note"].str.startswith("not comparable").all()
    forced = compare([pair], measure, Settings(draws=99, force=True)).tables["change"]
    assert forced["difference"].notna().any()
    assert forced["note"].str.contains("windows differ").all()


def test_gate_names_each_obstacle():
    before, after = eies(3)
    assert gate(before, after).comparable
    assert not gate(before, after, (Instrument(threshold=2), Instrument(threshold=3))).comparable
    assert not gate(before, after, (Instrument(relation="knows"), Instrument(relation="advice"))).comparable
    few = replace(after, answered=np.arange(32) < 10)
    assert gate(before, few).comparable
    assert "10 of 32" in gate(before, few).reason
    roster = from_matrix(np.ones((32, 32)) - np.eye(32))
    assert "jump" in gate(before, roster).reason


def test_facilitators_are_taken_out():
    before, after = eies(3)
    staff = np.arange(32) < 2
    pair = Comparison(replace(before, facilitator=staff), replace(after, facilitator=staff))
    summary = compare([pair], measure, Settings(draws=99)).tables["tie_change_summary"].set_index("facilitators")
    assert summary["people"].to_dict() == {"with": 32, "without": 30}
    assert summary.loc["without", "pairs"] == 30 * 29


def made(n, tie, *, directed=True, answered=None, layer="reported"):
    """A pair of moments on n people, each pair tied with a chance."""
    rng = np.random.default_rng(n)
    groups = {"role": [k % 2 for k in range(n)], "team": [k % 3 for k in range(n)]}
    pair = [
        from_matrix(
            (rng.random((n, n)) < tie) * (1 - np.eye(n)),
            directed=directed,
            answered=None if answered is None else np.full(n, answered),
            groups=groups,
            moment=moment,
            layer=layer,
        )
        for moment in ("before", "after")
    ]
    team = np.array([k % 3 for k in range(n)])
    shared = (team[:, None] == team[None, :]) * (1.0 - np.eye(n)) if n else np.zeros((0, 0))
    return Comparison(pair[0], pair[1], exposure=Exposure("team", shared))


@pytest.mark.parametrize("n", [0, 1, 2, 3, 9, 14])
@pytest.mark.parametrize("tie", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("kind", ["directed", "undirected", "silent", "log", "imposed"])
def test_nothing_breaks_on_odd_networks(n, tie, kind):
    given = {
        "directed": {},
        "undirected": {"directed": False},
        "silent": {"answered": False},
        "log": {"directed": False, "layer": "behavioural"},
        "imposed": {"directed": False, "layer": "imposed"},
    }[kind]
    pair = made(n, tie, **given)
    found = compare([pair], measure, Settings(draws=99), snapshots=(pair.before, pair.after))
    assert found.headlines[-1].topic == "cannot"
    if n < 10:
        assert found.tables["change"]["p"].isna().all()
        assert found.tables["effect"]["p"].isna().all()
    for frame in found.tables.values():
        for column in ("p", "q"):
            if column in frame:
                assert (frame[column].dropna() >= 1 / 101).all() or frame is found.tables["change"]


def test_same_seed_same_tables_and_another_seed_other_draws():
    pair = made(20, 0.2)
    one, two, other = (compare([pair], measure, Settings(draws=199, seed=s)) for s in (1, 1, 2))
    for name in one.tables:
        assert one.tables[name].equals(two.tables[name])
    assert one.headlines == two.headlines
    assert not one.tables["effect"].equals(other.tables["effect"])


def test_what_stands_beside_others_changes_nothing():
    """Seeds belong to the comparison's place in its study, so other tables need the same place to be the same."""
    pair, second = made(20, 0.2), made(16, 0.3)
    second = replace(
        second, before=replace(second.before, label=replace(second.before.label, network="other")),
        after=replace(second.after, label=replace(second.after.label, network="other")),
    )  # fmt: skip
    alone = compare([pair], measure, Settings(draws=99)).tables["effect"]
    both = compare([pair, second], measure, Settings(draws=99)).tables["effect"]
    assert both[both["network"] == "knows"].reset_index(drop=True).equals(alone)


def test_headlines_follow_the_rule():
    found = {h.topic: h for h in compare([Comparison(*eies(3))], measure, Settings(draws=99)).headlines}
    assert found["connectivity_change"].tag == "Clear"
    assert found["connectivity_change"].numbers["formed"] == 61
    assert found["mixing"].tag == "Cannot tell"
    assert list(found)[-1] == "cannot"
    before, _ = eies(3)
    alone = compare([], measure, Settings(draws=99), snapshots=(before,)).headlines
    assert [h.topic for h in alone][0] == "no_change_possible"
    assert alone[-1].topic == "cannot"


def test_a_question_that_was_not_asked_is_not_answered():
    assert len(compare([Comparison(*eies(3))], measure, Settings(draws=99)).tables["effect"]) == 0
