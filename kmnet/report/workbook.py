"""results.xlsx: the same tables as sheets, with a first sheet that says what each is.

Written directly, because the tables of a programme have a million cells and a general library takes six times as
long. Every text is an inline string, whatever it starts with; nothing in the workbook is a formula or a link, and it
holds no date of creation, so that the same results give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any
from xml.sax.saxutils import escape

from kmnet.report import export
from kmnet.report.export import Column, Sheet

_MOST_ROWS = 1_048_575
_LONGEST = 32_767
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_HEADING = ' s="1"'


def workbook(tables: Sequence[Sheet], shown: Iterable[Sheet] | None = None) -> bytes:
    """The workbook: a sheet of contents and one a table.

    ``shown`` are the same tables as readers shall see them, if otherwise; each is written before the next is asked for,
    since the texts of all sheets of a large network together fill a gigabyte.
    """
    lengths = [f"{t.length}, the first {_MOST_ROWS} here" if t.length > _MOST_ROWS else t.length for t in tables]
    contents = [
        Column("Sheet", [t.spec.name for t in tables], None),
        Column("One row per", [t.spec.row for t in tables], None),
        Column("Rows", lengths, None),
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in _frame(["Contents", *(t.spec.name for t in tables)]):
            _put(book, name, text)
        for k, columns in enumerate(chain([contents], (t.columns for t in shown or tables)), 1):
            _put(book, f"xl/worksheets/sheet{k}.xml", _sheet(columns))
    return out.getvalue()


def _put(book: zipfile.ZipFile, name: str, text: str) -> None:
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    book.writestr(info, _HEAD + text)


def _frame(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts round the sheets: what the package holds, which sheets there are, two looks of a cell."""
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{k}.xml" ContentType="{sheet}.worksheet+xml"/>'
        for k in range(1, len(names) + 1)
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{sheet}.styles+xml"/>{parts}</Types>',
    )
    yield "_rels/.rels", _links([("officeDocument", "xl/workbook.xml")])
    listed = "".join(f'<sheet name="{escape(n)}" sheetId="{k}" r:id="rId{k}"/>' for k, n in enumerate(names, 1))
    yield "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
    links = [("worksheet", f"worksheets/sheet{k}.xml") for k in range(1, len(names) + 1)]
    yield "xl/_rels/workbook.xml.rels", _links([*links, ("styles", "styles.xml")])
    yield (
        "xl/styles.xml",
        f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill'
        ' patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1">'
        '<border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/>'
        '</cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf fontId="1" applyFont="1" xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    )


def _links(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{k}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for k, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _sheet(columns: Sequence[Column]) -> str:
    heads = [column.name for column in columns]
    widths = "".join(f'<col min="{k}" max="{k}" width="{_width(h)}" customWidth="1"/>' for k, h in enumerate(heads, 1))
    names = [_letters(k) for k in range(len(heads))]
    first = "".join(f'<c r="{a}1"{_HEADING}{_text(h)}' for a, h in zip(names, heads))
    body = []
    cells = [export.texts(column, _cell, "><v>{}</v></c>", "") for column in columns]
    for r, row in enumerate(islice(zip(*cells), _MOST_ROWS), 2):
        line = "".join([f'<c r="{a}{r}"{cell}' for a, cell in zip(names, row) if cell])
        body.append(f'<row r="{r}">{line}</row>')
    arrows = f'<autoFilter ref="A1:{names[-1]}{len(body) + 1}"/>' if body else ""  # the arrows that filter and sort
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
        f' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{widths}</cols>'
        f'<sheetData><row r="1">{first}</row>{"".join(body)}</sheetData>{arrows}</worksheet>'
    )


def _width(head: str) -> int:
    return 26 if head == "name" or head.endswith("_name") else min(60, max(12, len(head) + 3))


def _letters(position: int) -> str:
    """A column's letters: A to Z, then AA, ...

    Examples
    --------
    >>> _letters(0), _letters(25), _letters(26), _letters(701), _letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(65 + rest) + text
    return text


def _cell(value: Any) -> str:
    """The rest of a cell after its place; nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v></c>'
    return f"><v>{value}</v></c>"


def _text(text: str) -> str:
    shown = escape(_FORBIDDEN.sub("", text)[:_LONGEST])
    return f' t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
