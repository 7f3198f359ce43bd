"""D6: suggestions have a reason, and change nothing by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmnet.tables.suggest import reason, suggestions
from tests.tables.rooms import rows, tables


@pytest.mark.parametrize(
    ("one", "two"),
    [("Jane Smith", "Liverpool CCG"), ("Alder Hey", "Alder Grove"), ("Jane Smith", "Jane Brown"), ("", "Jane")],
)
def test_D6_no_reason_no_suggestion(one: str, two: str) -> None:
    assert reason(one, two) == ""


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        ("J Smith", "Jane Smith", "an initial"), ("Jane Smyth", "Jane Smith", "one letter differs"),
        ("June Smith", "Jane Smith", "one letter differs"), ("Jane Ann Smith", "Jane Smith", "a part of the name"),
        ("Janesmith", "Jane Smith", "the same letters"), ("Jnae Smith", "Jane Smith", "one letter differs"),
    ],
)  # fmt: skip
def test_D6_reasons_can_be_checked_by_eye(one: str, two: str, why: str) -> None:
    assert reason(one, two) == why


def test_D6_check_suggests_and_merges_nothing(tmp_path: Path) -> None:
    files = {
        "people.csv": "id,name\nP01,Jane Smith\nP02,Jane Smyth\nP03,Bob Ash\n",
        "interactions.csv": "source,target\nJ Smith,P03\nP3,P01\nZed Zog,P01\n",
    }
    found = tables(tmp_path, files)
    assert len(found.people) == 6
    assert rows(suggestions(found), "written", "person", "reason") == [
        ("J Smith", "P01", "an initial"), ("P02", "P01", "one letter differs"), ("P3", "P03", "leading zeros"),
    ]  # fmt: skip
    confirmed = "written,person\nJ Smith,P01\nP3,P03\n"
    assert len(tables(tmp_path, {**files, "aliases.csv": confirmed}).people) == 4
