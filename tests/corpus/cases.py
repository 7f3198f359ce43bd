"""Nasty files, each with the finding that it must lead to: at least one for every code of reading, people and rows.

``python -m tests.corpus.cases FOLDER`` writes them out, one folder a case, with the expectation beside them.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import openpyxl.styles
import yaml

PEOPLE = "id,name,role\nP01,Ann Lee,Adviser\nP02,Bea Kay,Nurse\nP03,Cay Fox,Nurse\n"
LOG = "source,target,date\nP01,P02,2017-02-01\nP02,P03,2017-02-02\n"


@dataclass(frozen=True)
class Case:
    """Files, the config that reads them, the code that must be found, and whether it stops the run."""

    name: str
    code: str
    files: Mapping[str, bytes | str]
    data: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None
    column: str | None = None

    def write(self, folder: Path) -> dict[str, Any]:
        """Write the files (a plain register where the case brings none) and give the config."""
        files = {"people.csv": PEOPLE, **self.files}
        for name, content in files.items():
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        tables = {n.split(".")[0]: n for n in files if n.split(".")[0] in _TABLES}
        return {"title": self.name, "data": {**tables, **self.data}, **self.config}


_TABLES = (
    "people", "organisations", "workshops", "attendance", "interactions", "survey", "respondents", "artefacts",
    "artefact_events", "aliases", "withdrawn",
)  # fmt: skip


def workbook(*sheets: list[list[Any]], change: Callable[[Any], None] | None = None) -> bytes:
    """An xlsx file of one or more sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for k, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet{k + 1}")
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(201):
            part.write(b"0" * 1_000_000)
    return out.getvalue()


def _merge(book: Any) -> None:
    book.active.merge_cells("A2:A3")


def _colour(book: Any) -> None:
    book.active["B3"].fill = openpyxl.styles.PatternFill("solid", fgColor="00FF00")


def _hide(book: Any) -> None:
    book.active.row_dimensions[2].hidden = True


def _ole(*words: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + b"".join(w.encode("utf-16-le") for w in words)


def _cut_off() -> bytes:
    """A sheet whose last row is the last that a spreadsheet could once have."""

    def fill(book: Any) -> None:
        for row in [*range(3, 65_536, 900), 65_536]:
            book.active.cell(row, 1, "P01")
            book.active.cell(row, 2, "P02")

    return workbook([["source", "target"], ["P01", "P02"]], change=fill)


_SHEET = [["id", "name"], ["P01", "Ann"], ["P02", "Bea"]]
_XLSX = {"data": {"people": "register.xlsx"}}
_COHORT = {"cohorts": [{"name": "C1", "start": "2017-01-01", "end": "2017-12-31"}]}
_TEAMS = (
    "2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n"
    "Ann Lee\t13/11/22, 09:00:00\t13/11/22, 09:30:00\t30m 0s\t\t\tAttendee\n"
    "Ann Lee\t13/11/22, 09:40:00\t13/11/22, 09:50:00\t10m 0s\t\t\tAttendee\n"
)

CASES = (
    Case("missing file", "KM201", {}, {"interactions": "log.csv"}),
    Case("folder as file", "KM201", {}, {"interactions": "."}),
    Case("damaged gz", "KM201", {"log.csv.gz": b"\x1f\x8b\x08\0\0\0\0\0\0\0garbage"}, {"interactions": "log.csv.gz"}),
    Case("empty file", "KM202", {"interactions.csv": ""}),
    Case("zeros from a cloud drive", "KM202", {"interactions.csv": b"\0" * 4096}),
    Case("id twice", "KM203", {"people.csv": PEOPLE + "P01,Ann Lee,Nurse\n"}, line=5, column="id"),
    Case("row one cell longer", "KM204", {"interactions.csv": LOG + "P01,P03,2017-02-03,x\n"}, line=4),
    Case("first row one cell longer", "KM204", {"interactions.csv": "source,target\nP01,P02,x\nP01,P03\n"}, line=2),
    Case("row one cell shorter", "KM204", {"interactions.csv": LOG + "P01,P03\n"}, line=4),
    Case("no such column", "KM206", {"interactions.csv": "sourse,target\nP01,P02\n"}, line=1),
    Case("heading twice", "KM207", {"interactions.csv": "source,target,date,date\nP01,P02,2017-01-01,2017-01-02\n"}),
    Case("value under no heading", "KM208", {"interactions.csv": "source,,target\nP01,x,P02\n"}),
    Case("quote never closed", "KM209", {"interactions.csv": 'source,target,kind\nP01,P02,"a\nP01,P03,b\n'}, line=2),
    Case(
        "cell over many lines",
        "KM210",
        {"interactions.csv": 'source,target,kind\nP01,P02,"' + "a\n" * 30 + '"\n'},
        line=2,
    ),
    Case("bytes of no text", "KM211", {"people.csv": b"id,name\nP1,A\x81\n"}),
    Case("no such encoding", "KM211", {}, {"people": {"path": "people.csv", "encoding": "utf-9"}}),
    Case("cp1252", "KM212", {"people.csv": "id,name\nP1,José\n".encode("cp1252")}),
    Case("control characters", "KM213", {"people.csv": "id,name\nP1,A\x0bB\x01\n"}, line=2),
    Case("cell too long", "KM214", {"people.csv": "id,name\nP1," + "A" * 1_100_000 + "\n"}, line=2),
    Case("headings only", "KM215", {"interactions.csv": "source,target\n"}),
    Case("unknown format", "KM216", {}, {"people": {"path": "people.csv", "format": "xslx"}}),
    Case("format of another table", "KM216", {}, {"people": {"path": "people.csv", "format": "zoom"}}),
    Case("columns not used", "KM217", {"interactions.csv": "source,target,mood\nP01,P02,x\n"}),
    Case("title above headings", "KM218", {"interactions.csv": "Log of contacts\n\nsource,target\nP01,P02\n"}, line=1),
    Case(
        "ambiguous dates", "KM219", {"interactions.csv": "source,target,date\nP01,P02,01/02/2017\nP01,P03,03/04/2017\n"}
    ),
    Case("31 February", "KM220", {"interactions.csv": LOG + "P01,P03,2017-02-31\n"}, line=4, column="date"),
    Case("a word for a date", "KM220", {"interactions.csv": LOG + "P01,P03,May\n"}, line=4),
    Case(
        "decimal comma", "KM221", {"interactions.csv": "source;target;weight\nP01;P02;1,5\n"}, line=2, column="weight"
    ),
    Case("maybe a facilitator", "KM222", {"people.csv": "id,facilitator\nP1,maybe\n"}, line=2),
    Case("nobody came", "KM223", {"interactions.csv": LOG + ",P03,2017-02-03\n"}, line=4),
    Case("bad action", "KM224", {"artefact_events.csv": "artefact,person,action\nA1,P01,eaten\n"}, line=2),
    Case("year alone", "KM251", {"interactions.csv": "source,target,date\nP01,P02,2017\n"}, line=2),
    Case("excel serial", "KM225", {"interactions.csv": "source,target,date\nP01,P02,42736\n"}, line=2),
    Case("negative strength", "KM226", {"survey.csv": "wave,source,target,strength\nw1,P01,P02,-1\n"}, line=2),
    Case("sheet as long as can be", "KM227", {"log.xlsx": _cut_off()}, {"interactions": "log.xlsx"}),
    Case("text named xlsx", "KM228", {"register.xlsx": "id,name\n"}, **_XLSX),
    Case("cut off workbook", "KM228", {"register.xlsx": workbook(_SHEET)[:2000]}, **_XLSX),
    Case("old xls", "KM229", {"register.xlsx": _ole("Workbook")}, **_XLSX),
    Case("password", "KM230", {"register.xlsx": _ole("EncryptedPackage")}, **_XLSX),
    Case("zip bomb", "KM231", {"register.xlsx": _bomb()}, **_XLSX),
    Case("too many rows", "KM232", {"interactions.csv": LOG}, config={"limits": {"rows": 1}}),
    Case("two sheets", "KM233", {"register.xlsx": workbook(_SHEET, _SHEET)}, **_XLSX),
    Case(
        "no such sheet",
        "KM234",
        {"register.xlsx": workbook(_SHEET)},
        {"people": {"path": "register.xlsx", "sheet": "X"}},
    ),
    Case(
        "formula without value", "KM235", {"register.xlsx": workbook([*_SHEET, ["P03", '="a"&"b"']])}, line=4, **_XLSX
    ),
    Case("error cell", "KM236", {"register.xlsx": workbook([*_SHEET, ["P03", "#REF!"]])}, line=4, **_XLSX),
    Case("number as id", "KM237", {"register.xlsx": workbook([["id", "name"], [7, "Ann"]])}, line=2, **_XLSX),
    Case(
        "merged cells", "KM238", {"register.xlsx": workbook([*_SHEET, ["P03", "Cay"]], change=_merge)}, line=2, **_XLSX
    ),
    Case("hidden row", "KM239", {"register.xlsx": workbook(_SHEET, change=_hide)}, **_XLSX),
    Case(
        "rows far below",
        "KM240",
        {"register.xlsx": workbook([*_SHEET, *[[None]] * 1100, ["P9", "x"]])},
        line=1104,
        **_XLSX,
    ),
    Case("mapping to no heading", "KM241", {}, {"people": {"path": "people.csv", "columns": {"id": "Staff No"}}}),
    Case(
        "no Teams export",
        "KM243",
        {"a.csv": "person,workshop\nP01,W1\n"},
        {"attendance": {"path": "a.csv", "format": "teams"}},
    ),
    Case(
        "apologies",
        "KM244",
        {"a.csv": "Name,W1,W2\nAnn Lee,x,Apols\n"},
        {"attendance": {"path": "a.csv", "format": "matrix"}},
    ),
    Case(
        "unclear mark",
        "KM245",
        {"a.csv": "Name,W1,W2\nAnn Lee,x,?\nBea Kay,x,x\n"},
        {"attendance": {"path": "a.csv", "format": "matrix"}},
        line=2,
        column="W2",
    ),
    Case(
        "colours as marks",
        "KM252",
        {"a.xlsx": workbook([["Name", "W1", "W2"], ["Ann Lee", "x", None], ["Bea Kay", None, None]], change=_colour)},
        {"attendance": {"path": "a.xlsx", "format": "matrix"}},
        line=3,
        column="W1",
    ),
    Case("year 0023", "KM246", {"interactions.csv": "source,target,date\nP01,P02,0023-01-31\n"}, line=2),
    Case("year 2203", "KM246", {"interactions.csv": LOG + "P01,P03,2203-01-31\n"}, line=4),
    Case("spelling of a role", "KM248", {"people.csv": "id,role\nP1,Nurse\nP2,nurse\nP3,Nurse\n"}, line=3),
    Case(
        "joined again",
        "KM249",
        {"a.csv": _TEAMS.encode("utf-16")},
        {"attendance": {"path": "a.csv", "format": "teams", "workshop": "W1"}},
    ),
    Case(
        "day or month, proved by the workshop",
        "KM250",
        {
            "workshops.csv": "id,date\nW1,2023-03-06\n",
            "a.csv": 'Name,Join Time,Leave Time,Duration,Email,Role\nAnn Lee,"3/6/23, 1:55 PM",,10m,,\n',
        },
        {"attendance": {"path": "a.csv", "format": "teams", "workshop": "W1"}},
    ),
    Case("unknown person", "KM301", {"interactions.csv": LOG + "P09,P01,2017-02-03\n"}, line=4, column="source"),
    Case(
        "name of two",
        "KM302",
        {"people.csv": "id,name\nP1,Ann Lee\nP2,Ann Lee\nP3,Bea\n", "interactions.csv": "source,target\nAnn Lee,P3\n"},
        line=2,
    ),
    Case("ids alike", "KM303", {"people.csv": PEOPLE + "p01,Dan Ash,Nurse\n"}, line=5),
    Case("id in another case", "KM304", {"interactions.csv": LOG + "p01,P03,2017-02-03\n"}, line=4),
    Case("name for id", "KM305", {"interactions.csv": 'source,target\n"Lee, Dr. Ann",P02\n'}, line=2),
    Case(
        "alias",
        "KM306",
        {"aliases.csv": "written,person\nAnnie,P01\n", "interactions.csv": "source,target\nannie,P02\n"},
    ),
    Case("alias of nobody", "KM307", {"aliases.csv": "written,person\nAnnie,P99\n"}, line=2),
    Case("alias of two", "KM308", {"aliases.csv": "written,person\nAnnie,P01\nannie,P02\n"}),
    Case("consent unclear", "KM309", {"people.csv": "id,consent\nP1,perhaps\nP2,yes\n"}, line=2, column="consent"),
    Case("two of one name", "KM310", {"people.csv": "id,name\nP1,Ann Lee\nP2,Lee\nP3,ann lee\n"}),
    Case("withdrawn stranger", "KM311", {"withdrawn.csv": "person\nP77\n"}),
    Case("nobody", "KM312", {"people.csv": "id,consent\nP1,no\n"}),
    Case("facilitators of no column", "KM313", {}, config={"facilitators": {"job": "Nurse"}}),
    Case("unknown cohort", "KM314", {"people.csv": "id,cohort\nP1,C1\nP2,C2\n"}, config=_COHORT),
    Case("no cohort", "KM315", {"people.csv": "id,cohort\nP1,C1\nP2,\n"}, config=_COHORT),
    Case("two teams", "KM316", {"people.csv": "id,team\nP1,A; B\nP2,A\n"}),
    Case("facilitators of no value", "KM317", {}, config={"facilitators": {"role": "Coach"}}),
    Case("self tie", "KM401", {"interactions.csv": LOG + "P01,P01,2017-02-03\n"}, line=4),
    Case("attended twice", "KM402", {"attendance.csv": "person,workshop\nP01,W1\nP01,W1\n"}, line=3),
    Case("tie twice", "KM403", {"survey.csv": "wave,source,target,strength\nw1,P01,P02,3\nw1,P01,P02,2\n"}, line=3),
    Case(
        "unknown workshop",
        "KM404",
        {"workshops.csv": "id,title\nW1,One\n", "attendance.csv": "person,workshop\nP01,W9\n"},
    ),
    Case("some undated", "KM405", {"interactions.csv": LOG + "P01,P03,\n"}, line=4),
    Case("far outside", "KM406", {"interactions.csv": LOG + "P01,P03,1971-01-01\n"}, config=_COHORT, line=4),
    Case(
        "workshop outside its cohort", "KM406", {"workshops.csv": "id,date,cohort\nW1,2016-05-01,C1\n"}, config=_COHORT
    ),
    Case("after the last day", "KM407", {"interactions.csv": LOG + "P01,P03,2018-03-01\n"}, config=_COHORT, line=4),
    Case(
        "after before before",
        "KM408",
        {"interactions.csv": LOG},
        config={
            **_COHORT,
            "moments": [{"name": "a", "from": "start"}, {"name": "b", "from": "end"}],
            "compare": {"before": "b", "after": "a"},
        },
    ),
    Case(
        "unknown artefact",
        "KM409",
        {"artefacts.csv": "id\nA1\n", "artefact_events.csv": "artefact,person,action\nA2,P01,made\n"},
    ),
    Case("unknown organisation", "KM410", {"people.csv": "id,organisation\nP1,X\n", "organisations.csv": "id\nY\n"}),
    Case(
        "unknown wave",
        "KM411",
        {"survey.csv": "wave,source,target\nw1,P01,P02\n"},
        config={"moments": [{"name": "before", "wave": "baseline"}]},
    ),
    Case("no strength", "KM413", {"survey.csv": "wave,source,target,strength\nw1,P01,P02,\nw1,P02,P01,2\n"}, line=2),
    Case(
        "answered after all",
        "KM414",
        {"survey.csv": "wave,source,target\nw1,P01,P02\n", "respondents.csv": "wave,person,answered\nw1,P01,no\n"},
    ),
    Case(
        "answered unlisted",
        "KM415",
        {"survey.csv": "wave,source,target\nw1,P01,P02\n", "respondents.csv": "wave,person,answered\nw1,P02,yes\n"},
    ),
    Case("row twice", "KM416", {"people.csv": PEOPLE + "P01,Ann Lee,Adviser\n"}, line=5),
    Case(
        "two dates",
        "KM417",
        {"workshops.csv": "id,date\nW1,2017-02-01\n", "attendance.csv": "person,workshop,date\nP01,W1,2017-02-03\n"},
    ),
    Case("answered and not", "KM418", {"respondents.csv": "wave,person,answered\nw1,P02,yes\nw1,P02,no\n"}),
    Case("nobody did it", "KM420", {"artefact_events.csv": "artefact,person,action\nA1,,made\n"}, line=2),
)


def main(folder: str) -> None:
    """Write every case out."""
    for case in CASES:
        room = Path(folder) / case.name.replace(" ", "-")
        room.mkdir(parents=True, exist_ok=True)
        config = case.write(room)
        (room / "config.yaml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
        expected = {"code": case.code, "line": case.line, "column": case.column}
        (room / "expected.yaml").write_text(yaml.safe_dump(expected), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
