"""C1 to C10: workbooks that are damaged, made to do harm, or say less than they show."""

from __future__ import annotations

import datetime
import io
import re
import time
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from kmnet.errors import DataError, LimitError
from tests.corpus.cases import workbook
from tests.tables.rooms import codes, tables

SHEET = [["id", "name"], ["P01", "Ann"], ["P02", "Bea"]]
BOOK = {"data": {"people": "register.xlsx"}}


def rewritten(book: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def test_a_workbook_is_read_like_a_text_file(tmp_path: Path) -> None:
    found = tables(tmp_path, {"register.xlsx": workbook(SHEET)}, **BOOK)
    assert found.register.names == {"P01": "Ann", "P02": "Bea"} and not found.findings


def test_C1_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    start = time.perf_counter()
    with pytest.raises(LimitError, match="KM231"):
        tables(tmp_path, {"register.xlsx": out.getvalue()}, **BOOK)
    assert time.perf_counter() - start < 5


def test_C1_ten_thousand_parts_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for k in range(10_001):
            archive.writestr(f"p{k}", b"")
    with pytest.raises(LimitError, match="KM231"):
        tables(tmp_path, {"register.xlsx": out.getvalue()}, **BOOK)


def test_C2_one_far_cell_costs_nothing(tmp_path: Path) -> None:
    far = workbook(SHEET, change=lambda b: b.active.cell(1_048_576, 16_384, "far"))
    start = time.perf_counter()
    found = tables(tmp_path, {"register.xlsx": far}, **BOOK)
    assert len(found.people) == 2 and time.perf_counter() - start < 5


def test_C3_an_entity_bomb_is_no_workbook(tmp_path: Path) -> None:
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 10) for c in range(98, 110)
    )
    book = rewritten(workbook(SHEET), "xl/worksheets/sheet1.xml", b"<worksheet", entities + b"]><worksheet")
    book = rewritten(book, "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData>&m;")
    with pytest.raises(DataError, match="KM228"):
        tables(tmp_path, {"register.xlsx": book}, **BOOK)


@pytest.mark.parametrize("cut", [10, 500, 3000])
def test_C4_a_cut_off_workbook(cut: int, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="KM228"):
        tables(tmp_path, {"register.xlsx": workbook(SHEET)[:cut]}, **BOOK)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "KM229"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "KM230"),
        (b"<html><table><tr><td>id</td></tr></table></html>", "web page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML of 2003"),
        (b"id,name\nP01,Ann\n", "text that was named"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "OpenDocument"),
        (b"\x89PNG\r\n", "whatever its ending says"),
    ],
)
def test_C4_what_is_no_workbook_is_told_apart(data: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=said):
        tables(tmp_path, {"register.xlsx": data}, **BOOK)


def test_C5_numbers_in_an_id_column_are_told_and_never_merged(tmp_path: Path) -> None:
    book = workbook([["id", "name"], [7, "Ann"], ["007", "Bea"], [1234567890123456789, "Cay"]])
    found = tables(tmp_path, {"register.xlsx": book}, **BOOK)
    assert len(found.people) == 3 and {"7", "007"} <= set(found.people["id"])
    assert "KM237" in codes(found)


def test_C6_formulas_and_errors_are_told(tmp_path: Path) -> None:
    book = workbook([["id", "name", "role"], ["P01", '="A"&"b"', "#N/A"], ["P02", "Bea", "#REF!"]])
    found = tables(tmp_path, {"register.xlsx": book}, **BOOK)
    assert {"KM235", "KM236"} <= codes(found)
    assert found.people["role"].tolist() == ["", ""]


def test_C6_in_a_column_that_every_row_needs_they_are_errors(tmp_path: Path) -> None:
    book = workbook([["id", "name"], ["P01", "#N/A"], ["=A1", "Bea"]])
    with pytest.raises(DataError) as told:
        tables(tmp_path, {"register.xlsx": book}, **BOOK)
    assert {p.code: p.severity for p in told.value.problems if p.code in ("KM235", "KM236")} == {
        "KM235": "error",
        "KM236": "warning",
    }


def test_C2_rows_below_a_thousand_empty_ones_are_told_not_read(tmp_path: Path) -> None:
    book = workbook([*SHEET, *[[None]] * 1100, ["P99", "Far Away"]])
    found = tables(tmp_path, {"register.xlsx": book}, **BOOK)
    (told,) = [p for p in found.findings if p.code == "KM240"]
    assert len(found.people) == len(SHEET) - 1 and told.place.line == len(SHEET) + 1101


def test_C7_real_dates_are_dates_and_bare_numbers_are_asked_about(tmp_path: Path) -> None:
    log = [
        ["source", "target", "date"],
        ["P01", "P02", datetime.datetime(2017, 2, 1, 9, 30)],
        ["P02", "P01", datetime.date(2017, 2, 3)],
    ]
    found = tables(tmp_path, {"log.xlsx": workbook(log)}, data={"interactions": "log.xlsx"})
    assert set(found.interactions["date"]) == {pd.Timestamp("2017-02-01T09:30"), pd.Timestamp("2017-02-03")}
    serial = {"log.xlsx": workbook([["source", "target", "date"], ["P01", "P02", 42736]])}
    with pytest.raises(DataError, match="KM225"):
        tables(tmp_path, serial, data={"interactions": "log.xlsx"})
    found = tables(tmp_path, serial, data={"interactions": {"path": "log.xlsx", "excel_serial": True}})
    assert found.interactions["date"].tolist() == [pd.Timestamp("2017-01-01")]


def test_C7_the_1904_system_is_read_as_the_workbook_says(tmp_path: Path) -> None:
    def old(book: openpyxl.Workbook) -> None:
        book.epoch = datetime.datetime(1904, 1, 1)

    log = [["source", "target", "date"], ["P01", "P02", datetime.datetime(2017, 2, 1)]]
    found = tables(tmp_path, {"log.xlsx": workbook(log, change=old)}, data={"interactions": "log.xlsx"})
    assert found.interactions["date"].tolist() == [pd.Timestamp("2017-02-01")]


def test_C8_hidden_sheets_are_not_chosen_and_hidden_rows_are_told(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["Sheet2"].sheet_state = "hidden"
        book["Sheet1"].row_dimensions[3].hidden = True
        book["Sheet1"].column_dimensions["B"].hidden = True

    found = tables(tmp_path, {"register.xlsx": workbook(SHEET, [["x"]], change=hide)}, **BOOK)
    assert len(found.people) == 2
    (told,) = [p for p in found.findings if p.code == "KM239"]
    assert re.search("1 row.* 1 column", told.message)


def test_C8_a_named_sheet_is_read(tmp_path: Path) -> None:
    book = workbook([["x"]], SHEET)
    found = tables(tmp_path, {"register.xlsx": book}, data={"people": {"path": "register.xlsx", "sheet": "sheet2"}})
    assert len(found.people) == 2


def test_C10_comments_and_properties_come_no_further(tmp_path: Path) -> None:
    canary = "Quxlor Vimbledon"

    def plant(book: openpyxl.Workbook) -> None:
        book.properties.creator = canary
        book.active["A2"].comment = openpyxl.comments.Comment(canary, canary)
        book.active["B2"].hyperlink = f"https://example.org/{canary}"

    found = tables(tmp_path, {"register.xlsx": workbook([*SHEET[:1], ["P01", "Ann"]], change=plant)}, **BOOK)
    assert canary not in repr(found) + str(found.register.names) + "".join(map(str, found.findings))


def test_C_values_of_every_kind_become_text(tmp_path: Path) -> None:
    book = workbook([["id", "a", "b", "c"], ["P1", True, 2.5, 3.0], ["P2", None, 1e-7, datetime.time(9, 30)]])
    found = tables(tmp_path, {"register.xlsx": book}, **BOOK)
    assert found.people[["a", "b", "c"]].values.tolist() == [["true", "2.5", "3"], ["", "1e-07", "09:30:00"]]


def test_C9_a_sheet_as_long_as_a_sheet_can_be_may_have_been_cut_off(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for row in range(536, 65_537, 1_000):
            book.active.cell(row, 1, f"P{row}")

    found = tables(tmp_path, {"register.xlsx": workbook(SHEET, change=fill)}, **BOOK)
    (told,) = [p for p in found.findings if p.code == "KM227"]
    assert told.place.line == 65_536 and len(found.people) == 2 + 66


def test_a_problem_names_the_sheet_whose_row_it_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "People"
    log = book.create_sheet("Contact log")
    for row in (("id", "name"), ("P1", "Ann"), ("P2", "Bo")):
        book.active.append(row)
    for row in (("source", "target", "date"), ("P1", "P2", "2024-01-05"), ("P1", "P2", "last week")):
        log.append(row)
    book.save(tmp_path / "all.xlsx")
    data = {t: {"path": "all.xlsx", "sheet": s} for t, s in (("people", "People"), ("interactions", "Contact log"))}
    with pytest.raises(DataError) as error:
        tables(tmp_path, {}, data=data)
    assert [str(p.place) for p in error.value.problems if p.code == "KM220"] == ["all.xlsx [Contact log]:3:date"]
