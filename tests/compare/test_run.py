"""The tables of a comparison: columns of the contract, reasons where a number is not shown."""

from dataclasses import replace

import numpy as np
import pytest

from kmnet.compare.change import IMPOSED
from kmnet.compare.comparison import Comparison, Settings
from kmnet.compare.gate import Instrument, gate
from kmnet.compare.run import compare
from kmnet.results import TABLES
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
