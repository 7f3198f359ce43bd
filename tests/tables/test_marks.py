"""What people write into sign-in sheets."""

from __future__ import annotations

import pytest

from kmnet.tables.marks import Mark, read_mark


@pytest.mark.parametrize(
    "cell",
    [
        "x",
        "X ",
        "✓",
        "1",
        "Yes",
        "P",
        "x (online)",
        "P - left early",
        "sub for Jane Smith",
        "x (sub for Jane)",
        "in person",
        "ü",
        "via Teams",
        "on Zoom",
        "09:30",
        "9.40am",
        "XX",
        "oui",
    ],
)
def test_came(cell: str) -> None:
    assert read_mark(cell).kind == "present"


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "A",
        "Apols",
        "apologies - sick",
        "DNA",
        "N",
        "-",
        "sent apologies",
        "sub sent",
        "Absent (ill)",
        "on leave",
        "0",
        "No - childcare",
        "excused",
        "not able to attend",
        "entschuldigt",
    ],
)
def test_did_not_come(cell: str) -> None:
    assert read_mark(cell).kind == "absent"


@pytest.mark.parametrize("cell", ["sub: Ann Lee", "sub Ann Lee", "Ann Lee for Jane", "sent deputy Ann Lee", "deputy: Ann Lee",
                                  "Ann Lee attended", "apols, sub sent: Ann Lee", "repped by Ann Lee", "Ann Lee (sub for Jane)"])  # fmt: skip
def test_another_came(cell: str) -> None:
    assert read_mark(cell) == Mark("substitute", who="Ann Lee")


@pytest.mark.parametrize("cell", ["?", "90", "tbc", "0.5", "deputy", "see notes", "16/01/2017", "16.01", "1.30"])
def test_cannot_be_told(cell: str) -> None:
    assert read_mark(cell).kind == "unclear"


@pytest.mark.parametrize(("cell", "table"), [("T3", "3"), ("Table B", "B"), ("t 12", "12")])
def test_where_they_sat(cell: str, table: str) -> None:
    assert read_mark(cell) == Mark("present", table=table)
