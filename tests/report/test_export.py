"""Tables for other programs: every digit kept, nothing computes, every column explained."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmnet.outputs import TABLES
from kmnet.report import export
from kmnet.report.workbook import workbook
from kmnet.results import Results
from tests.browser.made import PAYLOADS
from tests.report.made_results import made


def csv_of(frame: pd.DataFrame) -> bytes:
    return export.csv_bytes(export.sheet(TABLES["people"], frame))


def json_of(results: Results) -> bytes:
    return b"".join(export.results_json(results, export.sheets(results)))


def book_of(results: Results) -> bytes:
    return workbook(export.sheets(results))


def read_back(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(csv_of(frame)), keep_default_na=True)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=False), min_size=1, max_size=20))
def test_g6_floats_come_back_to_the_last_bit(values: list[float]) -> None:
    back = pd.read_csv(io.BytesIO(csv_of(pd.DataFrame({"id": "a", "x": values}))))
    assert all(a == b or (math.isnan(a) and math.isnan(b)) for a, b in zip(values, back["x"]))


def test_undefined_is_an_empty_cell_of_any_kind() -> None:
    frame = pd.DataFrame(
        {"a": [np.nan, 1.5], "b": pd.array([pd.NA, 3], dtype="Int64"), "c": [pd.NaT, pd.Timestamp("2018-01-02")],
         "d": [None, True]}
    )  # fmt: skip
    text = csv_of(frame).decode("utf-8-sig")
    assert text == "a,b,c,d\n,,,\n1.5,3,2018-01-02,true\n"


def test_a_time_of_day_is_kept() -> None:
    assert export.plain_value(pd.Timestamp("2009-10-01T08:40:20")) == "2009-10-01T08:40:20"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_5_2_text_that_would_compute_is_text_and_numbers_are_numbers(start: str) -> None:
    frame = pd.DataFrame({f"{start}head": [f"{start}1+1"], "n": [-3.5]})
    rows = list(csv.reader(io.StringIO(csv_of(frame).decode("utf-8-sig"), newline="")))
    written = start.replace("\r", "\n")
    assert rows[0][0] == f"'{written}head" and rows[1][0] == f"'{written}1+1"
    assert rows[1][1] == "-3.5"


def test_5_2_the_workbook_holds_no_formula_and_no_link_and_every_number() -> None:
    results = made(name=lambda text: f'=HYPERLINK("http://x.invalid","{text}")')
    book = openpyxl.load_workbook(io.BytesIO(book_of(results)))
    assert book.sheetnames == ["Contents", *(t.spec.name for t in export.sheets(results))]
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "b", "inlineStr"}
    assert all(cell.hyperlink is None for sheet in book for row in sheet.iter_rows() for cell in row)
    sheet = book["change"]
    heads = [cell.value for cell in sheet[1]]
    first = {h: cell.value for h, cell in zip(heads, sheet[2])}
    assert first["difference"] == 1.6 and first["cohort"] == "All"


def test_b10_any_text_gives_a_workbook_that_opens() -> None:
    texts = [*PAYLOADS, "_x0041_", "a\x00b\x1fc", "x" * 40_000]
    results = made()
    ledger = pd.DataFrame({"table": texts, "file": texts})
    book = openpyxl.load_workbook(io.BytesIO(book_of(replace(results, tables={"ledger": ledger}))), read_only=True)
    read = [row[0] for row in book["ledger"].iter_rows(min_row=2, values_only=True)]
    assert len(read) == len(texts)
    assert read[: len(PAYLOADS)] == list(PAYLOADS)


def test_json_holds_every_cell_its_meaning_and_the_reasons() -> None:
    results = made()
    whole = json.loads(json_of(results))
    for spec, frame in ((TABLES[n], results.tables[n]) for n in TABLES if n in results.tables):
        table = whole["tables"][spec.name]
        assert [c["name"] for c in table["columns"]] == list(frame.columns)
        assert len(table["rows"]) == len(frame) and all(c["means"] for c in table["columns"])
    people = whole["tables"]["people"]
    at = [c["name"] for c in people["columns"]].index("constraint")
    assert people["rows"][1][at] is None
    assert {"table": "people", "where": {}, "column": "constraint", "why": "nobody to be constrained by"} in whole[
        "reasons"
    ]
    assert whole["measures"]["density"]["formula"] == "m / (n(n-1))"
    assert whole["headlines"][0]["sentence"].startswith("People have more ties")


def test_infinite_numbers_do_not_break_json_or_sheets() -> None:
    results = made()
    tables = dict(results.tables) | {"carriers": results.tables["carriers"].assign(only_share=math.inf)}
    infinite = replace(results, tables=tables)
    assert "Infinity" not in json_of(infinite).decode()
    assert csv_of(tables["carriers"]).decode("utf-8-sig").count(",inf") == 3
    openpyxl.load_workbook(io.BytesIO(book_of(infinite)), read_only=True)


def test_the_dictionary_describes_every_column() -> None:
    results = made(name=lambda text: f"{text}|<b>")
    text = export.readme(results, export.sheets(results)).decode()
    for spec, frame in ((TABLES[n], results.tables[n]) for n in TABLES if n in results.tables):
        assert f"## {spec.name}.csv" in text
        assert all(f"| `{name}` |" in text for name in frame.columns)
    assert "<b>" not in text


def test_g5_two_calls_give_the_same_bytes() -> None:
    one, two = made(), made()
    assert book_of(one) == book_of(two)
    assert json_of(one) == json_of(two)


def test_tables_of_no_rows_keep_their_headings() -> None:
    results: Results = made()
    bare = results.tables["bridges"].head(0)
    assert csv_of(bare).decode("utf-8-sig").startswith("network,cohort,moment,source,target")
    assert list(read_back(bare).columns) == list(bare.columns)
