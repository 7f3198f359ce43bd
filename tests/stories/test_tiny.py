"""The two tiny studies: the numbers worked by hand in their READMEs come out of the command line."""

from __future__ import annotations

import pytest

from tests.stories.running import Output, outcome


@pytest.fixture(scope="module")
def pair() -> Output:
    return outcome("tiny_before_after")


@pytest.fixture(scope="module")
def workshops() -> Output:
    return outcome("tiny_workshops")


def test_six_people_before_and_after(pair: Output) -> None:
    wanted = {
        "ties": (5, 7),
        "density": (5 / 30, 7 / 30),
        "reciprocity": (0.8, 6 / 7),
        "isolates": (1, 0),
        "components": (3, 2),
        "ei_index": (-0.6, -1),
        "reachable_pairs_share": (0.2, 1 / 3),
        "mean_path_length": (7 / 6, 1.3),
        "bridges": (3, 4),
        "local_bridges": (3, 4),
    }
    for moment, k in (("before", 0), ("after", 1)):
        row = pair.row("networks", moment=moment)
        for column, values in wanted.items():
            assert row[column] == pytest.approx(values[k], rel=1e-12), (moment, column)


def test_what_changed_between_the_six(pair: Output) -> None:
    row = pair.row("tie_change_summary", network="knows")
    assert [row[c] for c in ("formed", "kept", "dissolved", "never", "pairs", "people")] == [4, 3, 2, 21, 30, 6]
    assert row["jaccard"] == pytest.approx(1 / 3)
    assert row["formation_rate"] == pytest.approx(0.16)
    assert row["persistence_rate"] == pytest.approx(0.6)
    ties = pair.table("tie_change")
    formed = ties[ties["change"] == "formed"]
    assert set(zip(formed["source"], formed["target"])) == {("1", "3"), ("3", "1"), ("4", "6"), ("6", "4")}


def test_six_people_are_too_few_for_an_interval(pair: Output) -> None:
    changes = pair.table("change")
    assert changes["p"].isna().all()
    assert pair.table("effect")["p"].isna().all()
    assert set(pair.table("effect")["verdict"].dropna()) <= {"cannot_be_tested", ""}


def test_brokers_of_the_six(pair: Output) -> None:
    table = pair.table("brokerage")
    table = table[table["partition"] == "team"]
    roles = ["coordinator", "itinerant", "representative", "gatekeeper", "liaison"]
    found = {(r["moment"], r["id"], role): r[role] for _, r in table.iterrows() for role in roles if r[role] > 0}
    assert found == {
        ("before", "4", "gatekeeper"): 1,
        ("after", "1", "coordinator"): 2,
        ("after", "4", "coordinator"): 1,
    }


def test_contacts_of_the_workshop_people(workshops: Output) -> None:
    people = workshops.table("people")
    contact = people[people["network"] == "contact"].set_index("id")
    for column, values in {
        "degree": (2, 2, 2, 1, 0, 1),
        "in_degree": (1, 2, 1, 1, 0, 0),
        "out_degree": (1, 1, 2, 0, 0, 1),
        "betweenness": (3, 4, 3, 0, 0, 0),
    }.items():
        assert list(contact.loc[list("ABCDEF"), column]) == list(values), column
    row = workshops.row("networks", network="contact", facilitators="with")
    assert (row["people"], row["ties"], row["possible"], row["components"], row["isolates"]) == (6, 5, 30, 2, 1)
    assert row["reciprocity"] == pytest.approx(0.4)
    assert row["reachable_pairs_share"] == pytest.approx(11 / 30)
    assert row["mean_path_length"] == pytest.approx(21 / 11)
    assert row["ei_index"] == 1
    mixing = workshops.table("mixing")
    mixing = mixing[(mixing["network"] == "contact") & (mixing["partition"] == "team")]
    inside = mixing["from_group"] == mixing["to_group"]
    assert (mixing[inside]["ties"].sum(), mixing[~inside]["ties"].sum()) == (2, 3)
    assert (row["bridges"], row["cut_points"]) == (4, 3)
    without = workshops.row("networks", network="contact", facilitators="without")
    assert (without["people"], without["ties"], without["density"]) == (5, 4, pytest.approx(0.2))
    assert without["reachable_pairs_share"] == pytest.approx(7 / 20)


def test_who_sat_together(workshops: Output) -> None:
    people = workshops.table("people")
    table = people[people["network"] == "same_table"].set_index("id")
    assert list(table.loc[list("ABCDEF"), "strength"]) == pytest.approx([2, 3, 3, 2, 0, 2])
    assert workshops.row("networks", network="same_table", facilitators="with")["ties"] == 6
    assert workshops.row("networks", network="same_workshop", facilitators="with")["ties"] == 10


def test_the_one_path_from_the_adviser_to_the_commissioner(workshops: Output) -> None:
    table = workshops.table("brokerage")
    table = table[(table["network"] == "contact") & (table["partition"] == "role")].set_index("id")
    assert list(table.loc[list("ABCDEF"), "liaison"]) == [1, 1, 1, 0, 0, 0]
    assert list(table.loc[list("ABCDEF"), "total"]) == [1, 1, 1, 0, 0, 0]


def test_where_the_artefact_went(workshops: Output) -> None:
    """Recorded: B and C. D wrote with C before C could have had it, and shares a table with C at the end."""
    table = workshops.table("artefacts")
    by_role = table[table["partition"] == "role"].set_index("group")
    assert by_role["reached"].sum() == 2
    assert by_role.loc["Researcher", "reached"] == by_role.loc["Commissioner", "reached"] == 1
    assert by_role.loc["Local partner", "reachable"] == 0
