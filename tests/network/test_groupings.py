"""Groupings by the names that a study gives them: found whatever their case, told where nobody has them."""

from __future__ import annotations

import pytest

from kmnet.errors import DataError
from kmnet.network.snapshots import snapshots
from tests.network.made import study, tables

PEOPLE = [{"id": i, "role": "x", "Hair colour": colour, "gender": "f"} for i, colour in zip("abc", ("red", "red", ""))]
DATA = tables(people=PEOPLE, interactions=[{"source": "a", "target": "b"}])


def test_a_grouping_is_found_whatever_its_case_and_spaces() -> None:
    shots = snapshots(study(groups=["ROLE", "hair_colour"]), DATA)
    assert shots.asked == ("role", "Hair colour")
    assert list(shots.networks[0].groups) == ["role", "Hair colour"]


def test_the_grouping_of_the_group_that_is_looked_at_first_is_there_without_being_asked_for() -> None:
    shots = snapshots(study(groups=["role"], equity={"Gender": "f"}), DATA)
    assert shots.asked == ("role",) and shots.focus == {"gender": "f"}
    assert list(shots.networks[0].groups) == ["role", "gender"] and shots.findings == ()


def test_cohorts_can_be_a_grouping() -> None:
    rows = [{"id": "a", "cohort": ("One", "Two")}, {"id": "b", "cohort": ("One",)}]
    shots = snapshots(study(groups=["cohort"]), tables(people=rows, interactions=[{"source": "a", "target": "b"}]))
    assert shots.networks[0].groups["cohort"].names == ("One", "One;Two")


def test_what_nobody_has_is_told() -> None:
    with pytest.raises(DataError) as caught:
        snapshots(study(groups=["hair"], equity={"age": "old"}), DATA)
    assert [p.code for p in caught.value.problems] == ["KM313", "KM313"]
    found = snapshots(study(equity={"role": "y"}), DATA).findings
    assert [(p.code, p.seen) for p in found] == [("KM317", "y")]
