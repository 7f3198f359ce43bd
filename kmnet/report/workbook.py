"""results.xlsx: the same tables as sheets, with a first sheet that says what each is."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from kmnet.report import export
from kmnet.results import Results

_MOST_ROWS = 1_048_575
_LONGEST = 32_767
_BORN = datetime(2000, 1, 1)
"""A constant date of creation: the same results give the same bytes."""


def workbook(results: Results) -> bytes:
    """The workbook. Texts are written as texts, whatever they start with; nothing in it is a formula or a link."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": "kmnet results", "created": _BORN})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    contents = book.add_worksheet("Contents")
    contents.set_column(0, 0, 22)
    contents.set_column(1, 3, 60)
    _line(contents, 0, ("Sheet", "One row per", "Rows"), bold)
    for k, (spec, frame) in enumerate(export.ordered_tables(results), 1):
        cut = f" (the first {_MOST_ROWS} are here; all are in the CSV)" if len(frame) > _MOST_ROWS else ""
        _line(contents, k, (spec.name, spec.row, f"{len(frame)}{cut}"), plain)
        sheet = book.add_worksheet(spec.name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(frame.columns) - 1, 0), 15)
        _line(sheet, 0, [str(name) for name in frame.columns], bold)
        for r, row in enumerate(export.rows(frame.head(_MOST_ROWS)), 1):
            for c, value in enumerate(row):
                _cell(sheet, r, c, value)
    book.close()
    return out.getvalue()


def _line(sheet: Any, row: int, texts: Any, look: Any) -> None:
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text[:_LONGEST], look)


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value[:_LONGEST])
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    else:
        sheet.write_number(row, column, value)
