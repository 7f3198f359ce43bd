"""Who is looked for: everybody of the people tables, wherever the config says that they are."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kmnet import cli


def test_people_are_taken_from_the_sheet_that_the_config_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "People"
    for row in (("Person ID", "Full name"), ("P1", "Zoe Quark")):
        book.active.append(row)
    book.create_sheet("Log").append(["source", "target"])
    book.save(tmp_path / "all.xlsx")
    (tmp_path / "config.yaml").write_text(
        "title: T\ndata: {people: {path: all.xlsx, sheet: People}}\n", encoding="utf-8"
    )
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.html").write_text("by Zoe Quark", encoding="utf-8")
    assert cli.run(["scan", str(tmp_path / "out"), "--people", str(tmp_path / "config.yaml")]) == 1
    assert "KM705" in capsys.readouterr().err
    assert cli.run(["scan", str(tmp_path / "out"), "--people", str(tmp_path / "all.xlsx")]) == 1
    said = capsys.readouterr().err
    assert "KM233" in said and "Name the config instead" in said
