"""D7: rows of one table mean one fact each, and refer to rows that are there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kmnet.errors import DataError
from tests.tables.rooms import codes, rows, tables


def test_D7_attendance_of_one_workshop_is_one_row(tmp_path: Path) -> None:
    came = "person,workshop,minutes,table\nP01,W1,30,\nP01,W1,30,\nP01,W1,20,\nP01,W1,20,T2\nP02,W1,,\nP02,W1,,\n"
    found = tables(tmp_path, {"attendance.csv": came})
    assert rows(found.attendance.fillna({"minutes": -1}), "person", "table", "minutes") == [
        ("P01", "T2", 20), ("P01", "", 50), ("P02", "", -1),
    ]  # fmt: skip
    assert found.ledger["merged"].tolist() == [0, 3]


def test_D7_several_files_of_one_table_are_one_table(tmp_path: Path) -> None:
    part = "person,workshop\nP01,W1\n"
    found = tables(tmp_path, {"a.csv": part, "b.csv": part + "P02,W1\n"}, data={"attendance": ["a.csv", "b.csv"]})
    assert found.attendance["person"].tolist() == ["P01", "P02"]
    assert found.ledger[["file", "used", "merged"]].values.tolist()[1:] == [["a.csv", 1, 0], ["b.csv", 1, 1]]


def test_dates_go_both_ways_between_workshops_and_attendance(tmp_path: Path) -> None:
    files = {
        "workshops.csv": "id,title,date\nW1,Kick-off,2017-01-16\nW2,Second,\n",
        "attendance.csv": "person,workshop,date\nP01,w1,\nP01,SECOND,2017-02-03\nP02,W2,2017-02-02\nP01,W9,\n",
    }
    found = tables(tmp_path, files)
    assert rows(found.workshops, "id", "date")[:2] == [
        ("W1", pd.Timestamp("2017-01-16")),
        ("W2", pd.Timestamp("2017-02-02")),
    ]
    assert found.workshops["id"].tolist() == ["W1", "W2", "W9"] and "KM404" in codes(found)
    assert found.attendance.set_index("workshop").loc["W1", "date"] == pd.Timestamp("2017-01-16")


def test_a_source_says_workshop_and_date_for_a_whole_file(tmp_path: Path) -> None:
    source = {"path": "came.csv", "workshop": "W1", "date": "2017-01-16"}
    found = tables(tmp_path, {"came.csv": "id\nP01\nP02\n"}, data={"attendance": source})
    assert rows(found.attendance, "person", "workshop", "date") == [
        ("P01", "W1", pd.Timestamp("2017-01-16")), ("P02", "W1", pd.Timestamp("2017-01-16")),
    ]  # fmt: skip


def test_D7_contacts_repeat_but_nobody_meets_themselves(tmp_path: Path) -> None:
    found = tables(tmp_path, {"interactions.csv": "source,target,weight\nP01,P02,\nP01,P02,\nP01,p01,3\nP02,P01,0\n"})
    assert rows(found.interactions, "source", "target", "weight") == [
        ("P01", "P02", 1),
        ("P01", "P02", 1),
        ("P02", "P01", 0),
    ]


def test_everything_named_has_a_row_of_its_own(tmp_path: Path) -> None:
    files = {
        "people.csv": "id,organisation\nP1,trust a\nP2,Trust A\nP3,Trust B\nP4,Trust A\n",
        "organisations.csv": "id,name,sector\nTA,TRUST A,NHS\n",
        "artefact_events.csv": "artefact,person,organisation,action\nA1,P1,,Made\nA1,,Trust C,used\nA1,P1,,made\n",
    }
    found = tables(tmp_path, files)
    assert found.organisations["id"].tolist() == ["TA", "Trust B", "Trust C"]
    assert found.people["organisation"].tolist() == ["TA", "TA", "Trust B", "TA"]
    assert found.artefacts["id"].tolist() == ["A1"] and len(found.artefact_events) == 2


def test_D4_groups_that_differ_in_case_are_one_group(tmp_path: Path) -> None:
    people = "id,role,Grade\nP1,Public adviser,A\nP2,public  ADVISER,a\nP3,Public adviser,A\nP4,,\n"
    found = tables(tmp_path, {"people.csv": people}, equity={"role": "public adviser"})
    assert found.people["role"].tolist() == ["public adviser"] * 3 + [""]
    assert found.people["grade"].tolist() == ["A", "A", "A", ""]


@pytest.mark.parametrize("table", ["organisations", "workshops", "artefacts"])
def test_D7_ids_of_other_tables_are_unique_too(table: str, tmp_path: Path) -> None:
    assert len(getattr(tables(tmp_path, {f"{table}.csv": "id,kind\nX,a\nX,a\nY,b\n"}), table)) == 2
    with pytest.raises(DataError, match="KM203"):
        tables(tmp_path, {f"{table}.csv": "id,kind\nX,a\nx,b\n"})
