"""The Excel template: a sheet a table, ids as text, lists to choose from; the same bytes each time."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import xlsxwriter

from kmnet.tables.schema import INPUTS, Field, InputTable

ROWS = 2000
"""Rows that are prepared."""

CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("people", "role"): ("Public adviser", "Practitioner", "Commissioner", "Researcher", "Manager", "Facilitator"),
    ("people", "facilitator"): ("true", "false"),
    ("people", "consent"): ("yes", "no", "withdrawn"),
    ("workshops", "kind"): ("workshop", "support", "event"),
    ("interactions", "kind"): ("advice", "introduction", "information", "joint work"),
    ("respondents", "answered"): ("true", "false"),
    ("artefacts", "kind"): ("report", "guideline", "tool", "summary", "presentation"),
    ("artefact_events", "action"): ("made", "shared", "received", "used"),
}
"""What may be chosen; another word may be typed in too, except where kmnet knows only these."""

CLOSED = {("people", "facilitator"), ("respondents", "answered"), ("artefact_events", "action")}

NOTES = (
    "How to fill in these sheets",
    "",
    "Every sheet is one table. Fill in the sheets that you have data for; leave the others as they are.",
    "Headings in bold are needed; leave headings as they are. More columns of people and organisations become groups.",
    "Ids are text: 007 stays 007. Use the same id for a person on every sheet.",
    "Write dates with the year first, such as 2024-03-05.",
    "Several cohorts of one person or workshop are separated by ; (Cohort 1; Cohort 2).",
    "",
    "Before you collect: tell people what is recorded, who will see names, and that they may withdraw at any time.",
    "People who are named by others are part of the data too. Do not use the results to appraise staff.",
)


def template() -> bytes:
    """The workbook."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2020, 1, 1, tzinfo=UTC), "title": "kmnet template"})
    text = book.add_format({"num_format": "@"})
    head = book.add_format({"num_format": "@", "bottom": 1})
    needed = book.add_format({"num_format": "@", "bottom": 1, "bold": True})
    notes = book.add_worksheet("notes")
    notes.set_column(0, 0, 110)
    for k, line in enumerate(NOTES):
        notes.write_string(k, 0, line, book.add_format({"bold": True}) if k == 0 else None)
    for table in INPUTS.values():
        sheet = book.add_worksheet(table.name)
        sheet.freeze_panes(1, 0)
        for k, field in enumerate(table.fields):
            sheet.set_column(k, k, max(12, len(field.name) + 4), text)
            sheet.write_string(0, k, field.name, needed if field.needed else head)
            _choice(sheet, table, field, k)
    book.close()
    return stream.getvalue()


def _choice(sheet: xlsxwriter.worksheet.Worksheet, table: InputTable, field: Field, column: int) -> None:
    words = CHOICES.get((table.name, field.name))
    if words:
        closed = (table.name, field.name) in CLOSED
        kind = "stop" if closed else "information"
        message = "Choose one of the list." if closed else "This word is new; kmnet takes it as it is."
        rule = {"validate": "list", "source": list(words), "error_type": kind, "error_message": message}
        sheet.data_validation(1, column, ROWS, column, rule)
