"""Workbooks: opened with care, read as a stream, every cell as text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse

from kmnet.errors import Problem
from kmnet.tables.cells import fold, has_control, many, strip_control
from kmnet.tables.reader import Opened
from kmnet.tables.tabulate import Row

ENTRIES, UNPACKED, RATIO = 10_000, 200_000_000, 200
BLANK_ROWS, COLUMNS = 1_000, 2_000
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
FULL = (65_536, 1_048_576)
STYLED = 2_000
"""Rows of a sheet whose colours are looked at."""

_TOLD = re.compile(rb"<(?:\w+:)?(?:f[ />]|mergeCell )|hidden=")
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d{1,9})"')
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")


def unsafe(opened: Opened) -> Problem | None:
    """Why these bytes are not opened as a workbook, decided before anything is unpacked."""
    data = opened.data
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "EncryptedPackage".encode("utf-16-le") in data:
            return opened.problem("KM230", "The workbook is protected with a password")
        return opened.problem("KM229", "This is an old .xls workbook")
    if data[:2] != b"PK":
        return _no_workbook(opened)
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        return opened.problem("KM228", "This is an OpenDocument sheet (.ods)")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return opened.problem("KM228", "The workbook is damaged or cut off")
    size = sum(p.file_size for p in parts)
    if len(parts) > ENTRIES or size > UNPACKED or (size > 10_000_000 and size > RATIO * len(data)):
        return opened.problem("KM231", f"The workbook would unpack to {size / 1e6:,.0f} MB in {len(parts)} parts")
    return None


def _no_workbook(opened: Opened) -> Problem:
    """What a file without a workbook's bytes is instead."""
    start = opened.data[:2000].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return opened.problem("KM228", "This is a workbook in the XML of 2003")
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")) or b"<table" in start:
        return opened.problem("KM228", "The file is a web page that was named as a workbook")
    if b"\0" not in start and any(mark in start for mark in (b",", b";", b"\t")):
        fix = "Rename it so that it ends in .csv, and name it so in the config."
        return opened.problem("KM228", "The file is text that was named as a workbook", fix=fix)
    return opened.problem("KM228", "The file is not a workbook, whatever its ending says")


@dataclass
class Sheet:
    """A sheet that is being read: its rows, and what was noticed on the way (``problems`` is filled as rows are read).

    ``numbers`` maps a position of a column to the first row below the headings that holds a number there; ``lost`` maps
    the code of a problem (an error for a value, a formula without its result) to the positions of columns that have it.
    """

    name: str
    rows: Iterator[Row]
    numbers: dict[int, int] = field(default_factory=dict)
    lost: dict[str, set[int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Workbook:
    """An opened workbook. Every failure inside openpyxl means that the file is not a workbook."""

    def __init__(self, opened: Opened, book: Any) -> None:
        self.opened, self._book = opened, book

    @classmethod
    def open(cls, opened: Opened) -> Workbook | Problem:
        """Open the bytes, or say why not."""
        import openpyxl  # most studies hold no workbook, and it takes a tenth of a second

        wrong = unsafe(opened)
        if wrong is not None:
            return wrong
        try:
            book = openpyxl.load_workbook(io.BytesIO(opened.data), read_only=True, data_only=True, keep_links=False)
        except MemoryError:
            raise
        except Exception:  # openpyxl raises whatever a damaged part happens to break
            return opened.problem("KM228", "The workbook is damaged or is no workbook")
        return cls(opened, book)

    @property
    def visible(self) -> list[str]:
        """Names of the sheets that a reader of the workbook sees."""
        return [s.title for s in self._book.worksheets if s.sheet_state == "visible"]

    def sheet(self, name: str) -> Sheet | None:
        """A sheet by its name (whatever its case)."""
        for one in self._book.worksheets:
            if fold(one.title) == fold(name):
                sheet = Sheet(one.title, iter(()))
                sheet.rows = self._rows(one, sheet)
                return sheet
        return None

    def cells(self, name: str) -> Iterator[Any]:
        """The first rows of a sheet as cells with their styles."""
        return next(s for s in self._book.worksheets if s.title == name).iter_rows(max_row=STYLED)

    def chosen(self) -> Sheet | Problem:
        """The sheet that the config names, or the only visible one."""
        wanted, names = self.opened.source.sheet, self.visible
        if wanted:
            sheet = self.sheet(wanted)
            message = f'There is no sheet "{wanted}"; there are {", ".join(s.title for s in self._book.worksheets)}'
            return sheet or self.opened.problem("KM234", message)
        if len(names) != 1:
            return self.opened.problem("KM233", f"The workbook shows {len(names)} sheets: {', '.join(names)}")
        sheet = self.sheet(names[0])
        assert sheet is not None
        return sheet

    def _rows(self, source: Any, sheet: Sheet) -> Iterator[Row]:
        source.reset_dimensions()  # the declared size can claim a million empty rows
        errors: list[tuple[int, int]] = []
        blank, last, controls = 0, 0, 0
        try:
            for line, values in enumerate(source.iter_rows(values_only=True), 1):
                values = values[:COLUMNS]
                if all(v is None for v in values):
                    blank += 1
                    if blank > BLANK_ROWS:
                        break
                    continue
                blank, last = 0, line
                cells = [_text(v) for v in values]
                for k, v in enumerate(values):
                    if isinstance(v, (int, float)) and not isinstance(v, bool):
                        sheet.numbers.setdefault(k, line)
                    elif isinstance(v, str) and v in ERRORS:
                        errors.append((line, k))
                        cells[k] = ""
                    elif isinstance(v, str) and has_control(v):
                        controls += 1
                        cells[k] = strip_control(v)
                if any(cells):
                    yield line, cells
        except MemoryError:
            raise
        except Exception:
            sheet.problems.append(self.opened.problem("KM228", f'The sheet "{sheet.name}" is damaged', last))
            return
        from openpyxl.utils import column_index_from_string, get_column_letter

        add = sheet.problems.append
        if errors:
            sheet.lost["KM236"] = {k for _, k in errors}
            message = f"{many(len(errors), 'cell')} with a spreadsheet error"
            add(self.opened.problem("KM236", message, errors[0][0], get_column_letter(errors[0][1] + 1)))
        if controls:
            add(self.opened.problem("KM213", f"{many(controls, 'cell')} that held control characters"))
        if last in FULL:
            add(self.opened.problem("KM227", f"The sheet has exactly {last:,} rows", last))
        hidden, formulas = _hidden_things(self.opened, getattr(source, "_worksheet_path", ""), last + BLANK_ROWS)
        sheet.problems.extend(hidden)
        sheet.lost["KM235"] = {column_index_from_string(x) - 1 for ref in formulas if (x := _letters(ref))}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") if value.time() != time() else value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        hours, rest = divmod(round(value.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _hidden_things(opened: Opened, part: str, end: int) -> tuple[list[Problem], list[str]]:
    """Merged cells, hidden rows and columns, formulas without a stored result (and where they stand), and cells below
    the last row that was read: what values alone do not tell."""
    from openpyxl.utils import get_column_letter

    merged: list[str] = []
    formulas: list[str] = []
    rows: list[int] = []
    columns: list[int] = []
    below = [0]

    def look(tag: str, node: Element) -> None:
        if tag == "c":
            if _line(node.get("r", "")) > end and len(node):
                below.append(_line(node.get("r", "")))
            kids = {k.tag.rsplit("}", 1)[-1]: k for k in node}
            if "f" in kids and not (("v" in kids and kids["v"].text) or "is" in kids):
                formulas.append(node.get("r", ""))
        elif tag == "mergeCell":
            merged.append(node.get("ref", ""))
        elif tag == "row" and node.get("hidden") in ("1", "true"):
            rows.append(int(node.get("r", 0)))
        elif tag == "col" and node.get("hidden") in ("1", "true"):
            columns.extend(range(int(node.get("min", 1)), min(int(node.get("max", 1)), COLUMNS) + 1))

    try:
        with zipfile.ZipFile(io.BytesIO(opened.data)) as archive:
            with archive.open(part.lstrip("/")) as xml:
                if not _holds(xml, end):
                    return [], []
            with archive.open(part.lstrip("/")) as xml:
                for _, node in iterparse(xml):  # noqa: S314 (expat refuses bombs, and openpyxl has parsed it already)
                    tag = node.tag.rsplit("}", 1)[-1]
                    look(tag, node)
                    if tag == "row":
                        node.clear()
    except Exception:  # this is a courtesy; the values themselves have been read
        return [], []
    found = []
    if len(below) > 1:
        message = f"{many(len(below) - 1, 'cell')} below {BLANK_ROWS:,} empty rows were not read"
        found.append(opened.problem("KM240", message, below[1]))
    if formulas:
        message = f"{many(len(formulas), 'cell')} with a formula whose result was not stored"
        found.append(opened.problem("KM235", message, _line(formulas[0]), _letters(formulas[0])))
    if merged:
        message = f"{many(len(merged), 'group')} of merged cells"
        found.append(opened.problem("KM238", message, _line(merged[0]), seen=", ".join(merged[:5])))
    if rows or columns:
        message = f"{many(len(rows), 'row')} and {many(len(columns), 'column')} hidden, and read as the others are"
        letters = ", ".join(map(get_column_letter, columns[:5]))
        found.append(opened.problem("KM239", message, rows[0] if rows else 0, letters))
    return found, formulas


def _holds(xml: IO[bytes], end: int) -> bool:
    """Whether a sheet's XML speaks of formulas, merged cells, hidden things or rows far below; most do not."""
    tail = b""
    while chunk := xml.read(1 << 20):
        if _TOLD.search(tail + chunk) or any(int(row) > end for row in _ROW.findall(tail + chunk)):
            return True
        tail = chunk[-40:]
    return False


def _line(ref: str) -> int:
    found = _CELL.match(ref)
    return int(found[2]) if found else 0


def _letters(ref: str) -> str:
    found = _CELL.match(ref)
    return found[1] if found else ""


def shaded(opened: Opened) -> dict[tuple[int, int], str]:
    """The colour of each cell that holds nothing else, by line and position of the column, in the chosen sheet."""
    book = Workbook.open(opened)
    sheet = None if isinstance(book, Problem) else book.chosen()
    if isinstance(book, Problem) or sheet is None or isinstance(sheet, Problem):
        return {}
    found: dict[tuple[int, int], str] = {}
    try:
        for row in book.cells(sheet.name):
            for cell in row:
                if cell.value is None and getattr(cell, "has_style", False) and cell.fill.fill_type == "solid":
                    colour = cell.fill.fgColor
                    found[cell.row, cell.column - 1] = f"{colour.type} {colour.value} {colour.tint}"
    except Exception:  # a courtesy: the marks themselves have been read
        return {}
    return found
