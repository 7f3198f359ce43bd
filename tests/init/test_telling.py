"""What is told of measures: everything, for every one, under any spelling of its name."""

from __future__ import annotations

import pytest

from kmnet.errors import ConfigError
from kmnet.init.telling import measure_card, measure_list
from kmnet.measures.run import catalogue

LINES = ("Says", "One value a", "Stands in", "Formula", "Divided by", "Range", "Variant", "Undefined", "Misreading")


def test_every_measure_tells_everything() -> None:
    for item in catalogue():
        card = measure_card(item.about.name)
        starts = {line[:14].strip() for line in card.splitlines()}
        assert {*LINES, "Source", "Agrees with"} <= starts, item.about.name
        assert item.about.title in card


def test_the_list_has_every_measure() -> None:
    names = [line.split()[0] for line in measure_list().splitlines()]
    assert {item.about.name for item in catalogue()} | {"ties_per_person", "betweenness_rank"} <= set(names)


def test_a_name_that_people_and_networks_share_gives_both() -> None:
    card = measure_card("ei_index")
    assert "people.csv" in card and "networks.csv" in card


@pytest.mark.parametrize("name", ["Degree-Centralization", "degree centralisation", "DEGREE_CENTRALISATION"])
def test_spellings(name: str) -> None:
    assert measure_card(name) == measure_card("degree_centralisation")


def test_columns_that_are_no_measure_are_told_too() -> None:
    assert "dependence.csv" in measure_card("random_removal")


@pytest.mark.parametrize("printed", ["Routes through the person", "range of places", "Ties per person", "Place"])
def test_words_that_the_report_prints_find_their_measure(printed: str) -> None:
    assert measure_card(printed).split("\n", 1)[0].endswith(")") and "Formula" in measure_card(printed)


@pytest.mark.parametrize(("asked", "found"), [
    ("broker", "brokering_activity"), ("gatekeep", "gatekeeper"), ("shortest route", "betweenness"), ("Burt 1992", "constraint"),
])  # fmt: skip
def test_other_words_list_the_measures_that_come_near(asked: str, found: str) -> None:
    listed = measure_card(asked).splitlines()
    assert f"{len(listed) - 2} measures come near" in listed[0]
    assert found in {line.split()[0] for line in listed[2:]}


def test_an_unknown_name_gets_a_suggestion() -> None:
    with pytest.raises(ConfigError) as error:
        measure_card("constrant")
    assert 'did you mean "constraint"' in str(error.value.problems[0])
