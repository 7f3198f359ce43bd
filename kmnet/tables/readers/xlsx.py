"""Excel workbooks (.xlsx, .xlsm)."""

from __future__ import annotations

from collections.abc import Iterator

from kmnet.errors import Problem
from kmnet.tables.headings import match, needed
from kmnet.tables.reader import Opened, Reading, failed, reader
from kmnet.tables.tabulate import Row, tabulate
from kmnet.tables.workbook import Sheet, Workbook


def _number_ids(opened: Opened, reading: Reading, sheet: Sheet, header: dict[str, int]) -> list[Problem]:
    heads = match(reading.headings, opened.table, opened.source, opened.named, reading.heading_line)
    problems = []
    for f in opened.table.fields:
        if f.kind == "id" and f.name in heads.where:
            heading = reading.headings[heads.where[f.name]]
            line = sheet.numbers.get(header.get(heading, -1), 0)
            if line:
                message = "Ids are stored as numbers, so leading zeros may have been lost"
                problems.append(opened.problem("KM237", message, line, heading))
    return problems


def _graver(problem: Problem, opened: Opened, reading: Reading, sheet: Sheet, header: dict[str, int]) -> Problem:
    """A lost value is an error where it stands in a column that every row needs."""
    if problem.code not in sheet.lost:
        return problem
    heads = match(reading.headings, opened.table, opened.source, opened.named, reading.heading_line)
    needs = needed(opened.table, opened.source)
    wanted = {header.get(reading.headings[k], -1) for name, k in heads.where.items() if name in needs}
    return problem.with_severity("error") if sheet.lost[problem.code] & wanted else problem


@reader(title="Excel workbook (.xlsx)", endings=("xlsx", "xlsm", "xls"))
def xlsx(opened: Opened) -> Reading:
    """One sheet, streamed; every cell as text, dates as ISO text."""
    book = Workbook.open(opened)
    if isinstance(book, Problem):
        return failed(book)
    sheet = book.chosen()
    if isinstance(sheet, Problem):
        return failed(sheet)
    header: dict[str, int] = {}
    wide: dict[int, list[str]] = {}

    def watched() -> Iterator[Row]:
        for line, cells in sheet.rows:
            if len(wide) < 100:
                wide[line] = list(cells)
            yield line, cells

    reading = tabulate(watched(), opened, ragged=True)
    for k, heading in enumerate(wide.get(reading.heading_line, [])):
        header.setdefault(heading.strip(), k)
    sheet.numbers = {k: line for k, line in sheet.numbers.items() if line != reading.heading_line}
    if any(p.code == "KM228" for p in sheet.problems):
        return failed(*sheet.problems)
    ids = _number_ids(opened, reading, sheet, header)
    told = [_graver(p, opened, reading, sheet, header) for p in sheet.problems]
    return Reading(**{**vars(reading), "problems": (*reading.problems, *told, *ids)})
