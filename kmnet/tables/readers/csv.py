"""Text files with a separator: comma, semicolon, tab or upright stroke."""

from __future__ import annotations

from itertools import islice

from kmnet.errors import Problem
from kmnet.tables.headings import matched, needed
from kmnet.tables.reader import Opened, Reading, failed, reader
from kmnet.tables.separated import SEPARATORS, Broken, cut, declared_separator, text_of
from kmnet.tables.tabulate import LOOK, heading_row, tabulate


def _score(text: str, separator: str, opened: Opened) -> tuple[bool, int, int]:
    """How well a separator brings out the headings: all needed ones there, headings matched, cells a row."""
    try:
        rows = list(islice(cut(text, separator, opened), LOOK))
    except Broken:
        return False, 0, 0
    if not rows:
        return False, 0, 0
    cells = rows[heading_row(rows, opened)][1]
    columns = matched(cells, opened.table, opened.source)
    return needed(opened.table, opened.source) <= columns, len(columns), len(cells)


@reader(title="Text with separators (.csv, .tsv, .txt)", endings=("csv", "tsv", "tab", "txt"))
def csv(opened: Opened) -> Reading:
    """The separator is the one that brings out the headings; how often it stands in the file says nothing."""
    text = text_of(opened)
    if isinstance(text, Problem):
        return failed(text)
    body, said, skipped = declared_separator(text[0])
    separator = opened.source.delimiter or said
    if len(separator) != 1:
        separator = max(SEPARATORS, key=lambda s: _score(body, s, opened))
    problems = text[1]
    try:
        reading = tabulate(cut(body, separator, opened, 1 + skipped, notes=problems), opened)
    except Broken as broken:
        return failed(*problems, broken.problem)
    return Reading(**{**vars(reading), "problems": (*problems, *reading.problems)})
