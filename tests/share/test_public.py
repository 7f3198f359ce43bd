"""Promise 4.5: what is public cannot be turned back into exact numbers of people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kmnet.results import About, Headline, Results
from kmnet.share.between import between
from kmnet.share.levels import share
from kmnet.share.small_numbers import RULES
from kmnet.tables.schema import Register
from tests.share.made import register, results, shot, study

KEYS = {"network": "knows", "cohort": "All", "moment": "before"}
MEASURES = {
    "density": About("density", "Density", "network", "", denominator="pairs"),
    "mean_degree": About("mean_degree", "Mean degree", "network", "", denominator="people"),
    "isolates": About("isolates", "Isolates", "network", "", unit="people"),
    "largest_component_share": About("largest_component_share", "Largest", "network", "", denominator="people"),
}


def people(n: int) -> pd.DataFrame:
    return register({f"p{k:03d}": ("AB"[k % 2], "XYZ"[k % 3]) for k in range(n)})


def public(n: int, headlines: tuple[Headline, ...] = (), **tables: pd.DataFrame) -> Results:
    frame = people(n)
    made = results(frame, [shot(frame["id"], [], frame)], **tables)
    made = replace(made, measures=MEASURES, headlines=headlines)
    return share(made, Register(), study(share="public"), b"0" * 64)


def rows(name: str, *values: dict[str, Any]) -> pd.DataFrame:
    empty = results(people(1)).tables[name]
    return pd.DataFrame([KEYS | value for value in values]).reindex(columns=[*empty.columns, *_more(empty, values)])


def _more(empty: pd.DataFrame, values: tuple[dict[str, Any], ...]) -> list[str]:
    return [c for c in dict.fromkeys(k for v in values for k in v) if c not in empty.columns]


def same_for(sizes: range, make: Any) -> pd.DataFrame:
    """The public table is the same for every size that rounds to the same number."""
    shown = [make(n) for n in sizes]
    for other in shown[1:]:
        pd.testing.assert_frame_equal(shown[0], other)
    return shown[0]


def test_4_5_density_mean_degree_and_pairs_do_not_tell_the_exact_number_of_people() -> None:
    def make(n: int) -> pd.DataFrame:
        pairs, ties = n * (n - 1) // 2, 195
        row = {"facilitators": "with", "people": n, "ties": ties, "possible": pairs, "answered": n, "isolates": 3,
               "density": ties / pairs, "mean_degree": 2 * ties / n}  # fmt: skip
        return public(n, networks=rows("networks", row)).tables["networks"]

    shown = same_for(range(68, 73), make).iloc[0]
    assert (shown["people"], shown["ties"], shown["possible"]) == (70, 195, 2415)
    assert shown["density"] == pytest.approx(195 / 2415, rel=0.05) and np.isnan(shown["isolates"])


def test_4_5_change_does_not_either_and_is_the_difference_of_what_is_shown() -> None:
    def make(n: int) -> pd.DataFrame:
        measures = {
            "ties_per_person": (2 * 160 / n, 2 * 260 / n),
            "density": (160 / (n * (n - 1)), 260 / (n * (n - 1))),
        }
        made = [
            {"measure": m, "panel": "same_people", "facilitators": "with", "before": a, "after": b, "difference": b - a,
             "low": a / 2, "high": b, "p": 0.01234, "method": "", "people": n, "note": ""}
            for m, (a, b) in measures.items()
        ]  # fmt: skip
        return public(n, change=rows("change", *made)).tables["change"]

    shown = same_for(range(38, 43), make)
    assert np.allclose(shown["difference"], shown["after"] - shown["before"])
    assert (shown["people"] == 40).all() and shown["p"].tolist() == [0.012, 0.012]


def test_4_5_pairs_of_a_regression_do_not_either() -> None:
    def made(n: int) -> pd.DataFrame:
        held = {"model": "1", "term": "x", "estimate": 0.5, "p": 0.01, "rows": n * (n - 1) // 2, "people": n}
        return public(n, associations=rows("associations", held)).tables["associations"]

    assert same_for(range(38, 43), made)["rows"].tolist() == [780.0]


def test_pairs_and_rates_do_not_either() -> None:
    def make(n: int) -> pd.DataFrame:
        pairs = n * (n - 1) // 2
        row = {"facilitators": "with", "people": n, "pairs": pairs, "formed": 100, "kept": 160, "dissolved": 12,
               "never": pairs - 272, "cannot_tell": 30, "formation_rate": 100 / (pairs - 172), "persistence_rate": 160 / 172,
               "jaccard": 160 / 272}  # fmt: skip
        return public(n, tie_change_summary=rows("tie_change_summary", row)).tables["tie_change_summary"]

    shown = same_for(range(38, 43), make).iloc[0]
    assert shown["pairs"] == 780 and shown["never"] == 780 - 100 - 160 - 10


def test_4_5_shares_come_from_rounded_numbers() -> None:
    attendance = pd.DataFrame(
        [("All", f"w{k}", "t", pd.Timestamp("2020-01-05"), n, 42, n / 42) for k, n in enumerate((3, 9, 38))],
        columns=results(people(1)).tables["attendance"].columns,
    )
    made = replace(results(people(42)), workshops=pd.DataFrame(
        [(f"w{k}", "t", pd.Timestamp("2020-01-05"), "All", "workshop") for k in range(3)],
        columns=["id", "label", "date", "cohort", "kind"],
    ), tables=results(people(42)).tables | {"attendance": attendance})  # fmt: skip
    shown = share(made, Register(), study(share="public"), b"0" * 64).tables["attendance"]
    assert shown["attended"].fillna(-1).tolist() == [-1, 10, 40]
    assert shown["share"].fillna(-1).tolist() == [-1, 10 / 40, 1.0]


def test_4_5_no_figure_rests_on_fewer_people_than_eight_on_either_side() -> None:
    made = [
        {"partition": "role", "group": g, "measure": "degree", "people": n, "value": 1.234, "others": 2.345, "gap": 1.1,
         "low": 0.1, "high": 2.2, "p": 0.5, "q": 0.5, "note": ""}
        for g, n in (("A", 7), ("B", 8), ("A", 14))
    ]  # fmt: skip
    shown = public(20, equity=rows("equity", *made)).tables["equity"]
    assert shown["value"].isna().tolist() == [True, False, True]
    assert shown["people"].fillna(-1).tolist() == [-1, 10, 15]
    assert shown.loc[1, "value"] == 1.2


def test_4_1_there_is_no_row_a_person_and_no_person_in_any_table() -> None:
    frame = people(20)
    ties = [(f"p{k:03d}", f"p{k + 1:03d}") for k in range(19)]
    tables = {
        "people": rows("people", *({"id": i, "degree": 1.0} for i in frame["id"])),
        "bridges": rows("bridges", {"source": "p000", "target": "p001", "groups_crossed": ""}),
        "dependence": rows("dependence", {"removed": "person", "id": "p001", "set_size": 1, "isolates": 9},
                           {"removed": "facilitators", "id": "", "set_size": 2, "isolates": 9}),
    }  # fmt: skip
    made = results(frame, [shot(frame["id"], ties, frame)], **tables)
    shown = share(made, Register(), study(share="public"), b"0" * 64)
    assert {n: len(shown.tables[n]) for n in tables} == {"people": 0, "bridges": 0, "dependence": 1}
    assert list(shown.tables["people"].columns) == list(tables["people"].columns)
    assert not set(frame["id"]) & {one for s in shown.snapshots for one in s.ids}
    assert shown.facts["nodes"] == "organisation" and set(shown.people["id"]) == {"X", "Y", "Z"}


def test_4_5_groups_are_tied_only_where_enough_people_on_both_sides_take_part() -> None:
    frame = people(30)
    half = [f"p{k:03d}" for k in range(0, 30, 3)], [f"p{k:03d}" for k in range(1, 30, 3)]
    few = [(half[0][0], other) for other in half[1]]
    many = list(zip(*half))
    for ties, expected in ((few, 0), (many[:4], 0), (many, 1)):
        made = results(frame, [shot(frame["id"], ties, frame)])
        drawn, _, _ = between(made, 5, RULES["nhs"])
        assert drawn[0].m == expected
    assert drawn[0].weight.tolist() == [10.0]
    assert between(made, 31, RULES["nhs"])[0] == ()  # no group may be shown, so there is nothing to draw


def test_notes_speak_of_no_codes_and_keep_their_limits() -> None:
    notes = public(42).notes
    assert not [n for n in notes if "code" in n or "a few" in n]
    assert "Roles, organisations and teams of fewer than 5 people are joined as Other." in notes


def test_groups_of_a_headline_are_joined_as_those_of_its_grouping_are() -> None:
    frame = people(30).assign(organisation=["big"] * 24 + ["small"] * 4 + ["tiny"] * 2)
    roles = Headline("brokers", "Likely", {"roles": (("tiny", 2), ("big", 3)), "partition": "organisation"})
    made = replace(results(frame, [shot(frame["id"], [], frame)]), headlines=(roles,))
    shown = share(made, Register(), study(share="partners"), b"0" * 64).headlines[0].numbers["roles"]
    assert dict(shown) == {"big": 3, "Other organisation": 2}


def test_headlines_follow_the_rule() -> None:
    change = {
        "before": 4.0,
        "after": 6.333,
        "difference": 2.333,
        "low": 1.5,
        "high": 3.2,
        "people": 42,
        "formed": 12,
        "kept": 3,
    }
    told = public(
        42,
        (
            Headline("connectivity_change", "Clear", change),
            Headline("brokers", "Clear", {"roles": (("A", 3),)}),
            Headline("equity", "Likely", {"group": "A", "people": 5, "value": 1.0, "others": 2.0}),
            Headline("who", "Clear", {"people": 42, "workshops": 3}, reason="2 people left."),
        ),
    ).headlines
    assert [h.topic for h in told] == ["connectivity_change", "who"]
    numbers = told[0].numbers
    assert numbers["people"] == 40 and numbers["formed"] == 10 and "kept" not in numbers
    assert numbers["difference"] == numbers["after"] - numbers["before"] and numbers["before"] == 4.2
    assert told[1].numbers == {"people": 40, "workshops": 3} and told[1].reason == "a few people left."


def test_rounding_makes_no_whole_of_a_part_in_a_headline() -> None:
    mixed = {
        "before_across": 17,
        "before_ties": 26,
        "after_across": 40,
        "after_ties": 40,
        "new_across": 18,
        "new_ties": 22,
    }
    shown = public(42, (Headline("mixing", "Clear", mixed | {"people": 40}),)).headlines[0].numbers
    assert "new_across" not in shown and shown["new_ties"] == 20, "20 of 20 would be all"
    assert (shown["after_across"], shown["after_ties"], shown["before_across"]) == (40, 40, 15)


def test_pairs_of_a_headline_are_those_of_the_table() -> None:
    """Two roundings of one number, one with and one without the exact number of people, would give it away."""
    row = {"test": "formation", "exposure": "team", "exposed_pairs": 61, "exposed_ties": 20, "other_pairs": 700,
           "other_ties": 60, "people": 42}  # fmt: skip
    told = Headline("programme_mark", "Clear", {k: row[k] for k in row if "_" in k})
    unknown = Headline("programme_mark", "Clear", {"exposed_pairs": 9, "other_pairs": 99})
    shown = public(42, (told, unknown), effect=rows("effect", row))
    table = shown.tables["effect"].iloc[0]
    assert all(shown.headlines[0].numbers[k] == table[k] for k in told.numbers)
    assert table["other_pairs"] != 700 and len(shown.headlines) == 1


def test_response_and_reasons() -> None:
    made = replace(results(people(42)), facts={"response": {"w1": (39, 42), "w2": (5, 42)}, "secret": 3})
    shown = share(made, Register(), study(share="public"), b"0" * 64)
    assert shown.facts["response"]["w1"] == (40, 40) and np.isnan(shown.facts["response"]["w2"][0])
    assert "secret" not in shown.facts and "identifiability" not in shown.facts
    row = {"facilitators": "with", "people": 42, "ties": 3, "possible": 861, "answered": 42}
    shown = public(42, networks=rows("networks", row))
    assert any(r.table == "networks" and r.column == "ties" and "not shown" in r.why for r in shown.reasons)


def test_4_5_showing_everything_needs_its_reason_printed() -> None:
    frame = people(12)
    row = {"facilitators": "with", "people": 12, "ties": 3, "possible": 66, "answered": 12}
    made = results(frame, [shot(frame["id"], [], frame)], networks=rows("networks", row))
    settings = study(share="public", disclosure={"small_numbers": "none", "reason": "all agreed"})
    shown = share(made, Register(), settings, b"0" * 64)
    assert shown.tables["networks"]["ties"].tolist() == [3]
    assert any("all agreed" in note for note in shown.notes)


def _of_cohorts(few: int) -> Results:
    """Two cohorts, 40 and ``few`` people, whose contacts rose."""
    change = [
        {"network": "knows", "cohort": c, "measure": "ties_per_person", "panel": "same_people", "facilitators": "with",
         "before": 2.0, "after": 3.111, "difference": 1.111, "low": 0.5, "high": 1.7, "people": n, "method": "", "note": ""}
        for c, n in (("One", 40), ("Two", few), ("Three", 33))
    ]  # fmt: skip
    pairs = [("One", "Two"), ("One", "Three")]
    apart = [{"network": "knows", "cohort": a, "other": b, "measure": "ties_per_person", "difference": 0.1234,
              "low": -0.2222, "high": 0.4690, "note": ""} for a, b in pairs]  # fmt: skip
    losses = [{"network": "knows", "cohort": c, "scenario": "none", "dropped": 0.1, "difference": 1.234567, "low": 1.1111,
               "high": 1.4, "top_five_kept": 4.5, "verdict": "Supported", "verdict_kept": 0.97, "draws": 99, "note": ""}
              for c in ("One", "Two")]  # fmt: skip
    gains = [{"partition": "role", "group": g, "people": n, "before": 1.234, "after": 2.345, "difference": 1.111,
              "share_of_new": 0.3, "share_of_open": 0.2345, "new_ties": 20, "new_ties_involving": 10,
              "expected_involving": 9.5, "note": ""} for g, n in (("A", 12), ("B", 7))]  # fmt: skip
    tables = {
        "change": pd.DataFrame(change), "cohort_differences": pd.DataFrame(apart), "sensitivity": pd.DataFrame(losses),
        "gains": rows("gains", *gains),
    }  # fmt: skip
    return public(40, **tables)


def test_4_5_means_rest_on_eight_people_even_where_their_table_does_not_say_so() -> None:
    shown = _of_cohorts(7).tables
    numbers = ["difference", "low", "high"]
    apart, losses, gains = shown["cohort_differences"], shown["sensitivity"], shown["gains"]
    assert apart.loc[0, numbers].isna().all() and apart.loc[1, numbers].notna().all()
    assert losses.loc[0, numbers].tolist() == [1.2, 1.1, 1.4] and losses.loc[1, [*numbers, "verdict_kept"]].isna().all()
    assert losses["verdict"].tolist() == ["Supported", ""]
    assert gains.loc[1, ["before", "after", "difference", "share_of_new"]].isna().all()
    assert gains.loc[0, "difference"] == pytest.approx(2.3 - 1.2) and gains["share_of_open"].isna().all()
    enough = _of_cohorts(8).tables["cohort_differences"]
    assert enough.loc[0, numbers].notna().all()


def test_4_5_how_many_did_not_answer_does_not_come_back_from_the_part_that_is_lost_again() -> None:
    def lost(silent: int, of: int) -> float:
        row = {"facilitators": "without", "people": of, "pairs": 700, "silent": silent}
        same = {"scenario": "fewer_answers_as_happened", "dropped": silent / of, "draws": 99}
        shown = public(40, tie_change_summary=rows("tie_change_summary", row), sensitivity=rows("sensitivity", same))
        return float(shown.tables["sensitivity"]["dropped"].iloc[0])

    assert np.isnan(lost(7, 40)) and lost(14, 39) == lost(16, 41) == 0.38


def test_4_5_what_hardly_anybody_cuts_is_no_single_persons_number() -> None:
    level = {"removed": "person (95th percentile)", "id": "", "group": "", "set_size": 1, "lost": 0.5}
    made = [public(n, dependence=rows("dependence", level)).tables["dependence"] for n in (19, 20)]
    assert [len(table) for table in made] == [0, 1]


def test_4_5_differences_between_cohorts_are_those_of_the_changes_that_are_shown() -> None:
    shown = _of_cohorts(12).tables
    change = shown["change"].set_index("cohort")["difference"]
    for row in shown["cohort_differences"].itertuples():
        assert row.difference == pytest.approx(change[row.cohort] - change[row.other])


def test_4_5_components_do_not_tell_how_many_people_are_alone() -> None:
    one, none = ({"facilitators": f, "people": 40, "ties": 90, "isolates": i, "components": 2}
                 for f, i in (("with", 1), ("without", 0)))  # fmt: skip
    change = [{"measure": "components", "panel": "same_people", "facilitators": "with", "before": 2.0, "after": 12.0,
               "difference": 10.0, "low": np.nan, "high": np.nan, "people": 40, "method": "", "note": ""}]  # fmt: skip
    shown = public(40, networks=rows("networks", one, none), change=rows("change", *change)).tables
    assert np.isnan(shown["networks"]["components"].iloc[0]) and shown["networks"]["components"].iloc[1] == 2
    assert np.isnan(shown["change"]["before"].iloc[0]) and shown["change"]["after"].iloc[0] == 10


def test_pairs_between_groups_are_left_out_and_rates_rest_on_rounded_numbers() -> None:
    def make(n: int) -> pd.DataFrame:
        pairs = n * (n - 1) // 2
        row = {"network": "knows", "cohort": "All", "partition": "role", "from_group": "", "to_group": "", "people": n,
               "pairs": pairs, "formed": 100, "kept": 160, "dissolved": 3, "never": pairs - 263, "cannot_tell": 0,
               "formation_rate": 100 / (pairs - 163), "persistence_rate": 160 / 163, "jaccard": 160 / 263,
               "reciprocity_before": 0.5123, "reciprocity_after": 0.4567}  # fmt: skip
        few = {"formed": 2, "kept": 3, "never": pairs - 8}
        held = [row | {"pairs_of": "across"}, row | {"pairs_of": "groups"}, row | few | {"pairs_of": "within"}]
        return public(n, tie_change_pairs=rows("tie_change_pairs", *held)).tables["tie_change_pairs"]

    shown = make(40)
    assert shown["dissolved"].isna().all() and shown["persistence_rate"].isna().all()
    assert shown["formation_rate"].isna().tolist() == [False, True, True]
    assert shown["pairs"].isna().tolist() == shown["never"].isna().tolist() == [False, True, False]
    assert shown["reciprocity_before"].isna().tolist() == [
        False,
        False,
        True,
    ]  # two significant digits, of eight or more
    assert shown["reciprocity_before"][0] == 0.51
    assert same_for(range(38, 43), make)["pairs"].dropna().tolist() == [780.0, 780.0]


def test_ties_that_lasted_rest_on_rounded_numbers() -> None:
    row = {"network": "knows", "cohort": "All", "from_moment": "after", "to_moment": "later", "partition": "role",
           "people": 40, "ties_across": 52, "kept_across": 31, "share_across": 31 / 52, "ties_within": 38,
           "kept_within": 27, "share_within": 27 / 38, "difference": 31 / 52 - 27 / 38, "low": -0.3, "high": 0.0712,
           "p": 0.21}  # fmt: skip
    shown = public(40, tie_survival=rows("tie_survival", row, row | {"kept_within": 4})).tables["tie_survival"]
    assert shown[["ties_across", "kept_across"]].iloc[0].tolist() == [50, 30]
    assert shown["difference"][0] == shown["share_across"][0] - shown["share_within"][0] == pytest.approx(0.6 - 0.62)
    assert shown.loc[1, ["share_within", "difference", "low", "high", "p"]].isna().all()
