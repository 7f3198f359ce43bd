"""What was read, and what was found in it."""

from __future__ import annotations

from kmnet.outputs.spec import COHORT, Column, TableSpec

TABLES = (
    TableSpec(
        "attendance",
        "cohort, workshop",
        (
            COHORT,
            Column("workshop", "workshop", "Workshop."),
            Column("title", "text", "Its title."),
            Column("date", "date", "Its date."),
            Column("attended", "people", "People who came."),
            Column("expected", "people", "People of the cohort: the denominator."),
            Column("share", "share", "attended / expected."),
        ),
    ),
    TableSpec(
        "ledger",
        "input file",
        (
            Column("table", "key", "Table the file feeds."),
            Column("file", "text", "Input file."),
            Column("read", "count", "Rows read: used + set aside + merged + withdrawn."),
            Column("used", "count", "Rows used."),
            Column("set_aside", "count", "Rows left out, each with a finding."),
            Column("merged", "count", "Rows joined with another row of the same fact."),
            Column("withdrawn", "count", "Rows of people who withdrew."),
        ),
    ),
    TableSpec(
        "findings",
        "finding",
        (
            Column("code", "key", "Code; `kmnet explain CODE` tells more."),
            Column("name", "key", "Its name."),
            Column("severity", "key", "error, warning or note."),
            Column("file", "text", "File."),
            Column("line", "count", "Physical line or sheet row."),
            Column("column", "text", "Column."),
            Column("message", "text", "What was found."),
            Column("fix", "text", "What to do."),
        ),
    ),
)
