"""Names beside ids in the workbook: whoever may be shown by name is, and nobody else."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pandas as pd
import pytest

from kmnet.report import export
from kmnet.report.naming import with_names
from kmnet.report.workbook import workbook
from tests.report.made_results import made


def sheet(book: Any, name: str) -> pd.DataFrame:
    rows = list(book[name].iter_rows(values_only=True))
    return pd.DataFrame(rows[1:], columns=rows[0])


@pytest.mark.parametrize("share", ["inside", "partners"])
def test_every_person_of_the_workbook_stands_with_what_may_be_shown_of_them(share: Any) -> None:
    results = made(share)
    tables = export.sheets(results)
    book = openpyxl.load_workbook(io.BytesIO(workbook(tables, with_names(tables, results))))
    label = dict(zip(results.people["id"], results.people["label"]))
    people = sheet(book, "people")
    assert list(people["name"]) == [label[i] for i in people["id"]]
    assert list(people["role"]) == [dict(zip(results.people["id"], results.people["role"]))[i] for i in people["id"]]
    bridges = sheet(book, "bridges")
    assert list(bridges.columns[3:7]) == ["source", "source_name", "target", "target_name"]
    assert list(bridges["target_name"]) == [label[i] for i in bridges["target"]]
    removed = sheet(book, "dependence")
    assert [label.get(i) for i in removed["id"]] == [n if isinstance(n, str) else None for n in removed["name"]]
    assert book["people"].auto_filter.ref == f"A1:{openpyxl.utils.get_column_letter(people.shape[1])}{len(people) + 1}"
    assert [t.columns for t in tables] == [t.columns for t in export.sheets(results)]  # the CSV tables keep to ids


def test_ids_that_are_labels_and_names_that_are_taken_get_no_second_column() -> None:
    results = made()
    bare = replace(results, people=results.people.assign(label=results.people["id"]))
    named = replace(results, tables={"people": results.tables["people"].assign(name="mine", role="own")})
    for one, kept in ((bare, None), (named, "mine")):
        tables = export.sheets(one)
        first, second = (
            next(t for t in found if t.spec.name == "people") for found in (tables, with_names(tables, one))
        )
        assert [c.name for c in first.columns] == [c.name for c in second.columns]
        assert kept is None or set(next(c for c in second.columns if c.name == "name").values) == {kept}
