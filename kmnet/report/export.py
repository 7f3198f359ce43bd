"""The tables and numbers for other programs: CSV, the data dictionary, and results.json.

Numbers are written in full (rounding is for sentences). A text that a spreadsheet would compute gets an apostrophe
in front; an undefined value is an empty cell, with its reason in results.json.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from kmnet.outputs import TABLES, TableSpec
from kmnet.report import headlines
from kmnet.results import About, Results

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


@dataclass(frozen=True, slots=True)
class Column:
    """A column as plain values; ``digits`` are its numbers in full, written once for all formats (None: mixed)."""

    name: str
    values: list[Any]
    digits: list[str | None] | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """An output table, ready to be written in any format."""

    spec: TableSpec
    columns: list[Column]
    length: int


def sheets(results: Results) -> list[Sheet]:
    """The tables that were made, in the order of the contract."""
    return [sheet(spec, results.tables[name]) for name, spec in TABLES.items() if name in results.tables]


def sheet(spec: TableSpec, frame: pd.DataFrame) -> Sheet:
    """A frame as plain columns: a table has a million cells, so a column is converted at a time."""
    return Sheet(spec, [_column_of(str(name), column) for name, column in frame.items()], len(frame))


def _column_of(name: str, column: pd.Series) -> Column:
    kind = column.dtype.kind if isinstance(column.dtype, np.dtype) else "O"
    values = column.tolist()
    if kind == "f" and not np.isinf(column.to_numpy()).any():
        values = [v if v == v else None for v in values]
        return Column(name, values, [repr(v) if v is not None else None for v in values])
    if kind in "iu":
        return Column(name, values, list(map(str, values)))
    return Column(name, [v if type(v) is str else plain_value(v) for v in values], None)


def rows(frame: pd.DataFrame) -> list[list[Any]]:
    """The rows of a frame as plain values."""
    columns = [_column_of(str(name), column).values for name, column in frame.items()]
    return [list(row) for row in zip(*columns)]


def texts(column: Column, text: Callable[[Any], str], number: str, empty: str) -> list[str]:
    """A column as texts of a format: ``number`` holds ``{}`` for the digits, ``empty`` is an undefined number.

    ``text`` writes any other value, and is asked once for each different one, since names repeat.
    """
    if column.digits is not None:
        head, _, tail = number.partition("{}")
        return [empty if d is None else f"{head}{d}{tail}" for d in column.digits]
    known: dict[Any, str] = {}
    out = []
    for value in column.values:
        key = (type(value), value)
        if key not in known:
            known[key] = text(value)
        out.append(known[key])
    return out


def plain_value(value: Any) -> Any:
    """A cell as a plain Python value: None where undefined, dates as ISO text, whole numbers as int only if they are.

    Infinite numbers have no place in JSON or a spreadsheet; they become the texts ``inf`` and ``-inf``.
    """
    if isinstance(value, str):
        return value
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        number = float(value)
        if math.isnan(number):
            return None
        return number if math.isfinite(number) else ("inf" if number > 0 else "-inf")
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != datetime.min.time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return ";".join(str(plain_value(v)) for v in value)
    return str(value)


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula (OWASP ASVS 1.2.10).

    Examples
    --------
    >>> harmless("=1+1"), harmless("-x"), harmless("Ann")
    ("'=1+1", "'-x", 'Ann')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv_text(text: str) -> str:
    """A text of the data: a lone carriage return would end the row for some readers, and a zero byte the file."""
    return harmless(text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n"))


def _csv_cell(value: Any) -> str:
    if isinstance(value, str):
        return value if value in ("inf", "-inf") else _csv_text(value)
    if value is None:
        return ""
    if value is True or value is False:
        return "true" if value else "false"
    return repr(value)


def csv_bytes(table: Sheet) -> bytes:
    """A table as CSV: UTF-8 with the mark that Excel needs, lines ending in a line feed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_csv_text(column.name) for column in table.columns])
    writer.writerows(zip(*(texts(column, _csv_cell, "{}", "") for column in table.columns)))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "backslashreplace")


def results_json(results: Results, tables: list[Sheet]) -> Iterator[bytes]:
    """Every number with its definition, the reasons for empty cells, and the opening in words; in pieces, a table each."""
    whole = {
        "title": results.title,
        "share": results.share,
        "headlines": [
            {"topic": h.topic, "tag": h.tag, "sentence": headlines.sentence(h), "numbers": _plain(h.numbers)}
            for h in results.headlines
        ],
        "notes": list(results.notes),
        "facts": _plain(results.facts),
        "measures": {name: _about(about) for name, about in sorted(results.measures.items())},
        "reasons": [
            {"table": r.table, "where": dict(r.where), "column": r.column, "why": r.why} for r in results.reasons
        ],
        "provenance": _plain(asdict(results.provenance)),
    }
    head = json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1)
    yield f'{head[:-2]},\n "tables": {{\n'.encode("utf-8", "backslashreplace")
    for k, table in enumerate(tables):
        piece = f"{',' if k else ''}\n{json.dumps(table.spec.name)}: {_table_json(results, table)}"
        yield piece.lstrip("\n").encode("utf-8", "backslashreplace")
    yield b"\n}\n}\n"


def _table_json(results: Results, table: Sheet) -> str:
    """A table with one row a line: compact, and still readable in an editor."""
    means = [_column(results, table.spec, column.name) for column in table.columns]
    head = json.dumps({"row": table.spec.row, "columns": means}, ensure_ascii=False, allow_nan=False)
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
    lines = map(",".join, zip(*(texts(column, encode, "{}", "null") for column in table.columns)))
    return f'{head[:-1]}, "rows": [\n' + ",\n".join(f"[{line}]" for line in lines) + "\n]}"


def _plain(value: Any) -> Any:
    if isinstance(value, dict) or hasattr(value, "items"):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(_plain(v) for v in value)
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return plain_value(value)


def _about(about: About) -> dict[str, Any]:
    """A definition; an open end of the range is left out."""
    return {k: v for k, v in asdict(about).items() if v not in ("", False) and not _open(v)}


def _open(value: Any) -> bool:
    return isinstance(value, float) and math.isinf(value)


def _column(results: Results, spec: TableSpec, name: str) -> dict[str, str]:
    for column in spec.columns:
        if column.name == name:
            return {"name": name, "kind": column.kind, "means": column.means}
    about = results.measures.get(name)
    if about:
        return {"name": name, "kind": "number", "means": f"{about.title}. {about.reads}", "measure": name}
    return {"name": name, "kind": "text", "means": "As in the input."}


def readme(results: Results, tables: list[Sheet]) -> bytes:
    """``tables/README.md``: every table and every column in words."""
    out = [
        "# The tables",
        "",
        "Comma-separated, UTF-8. An empty cell is undefined; results.json says why. A text that starts with"
        " `=`, `+`, `-` or `@` carries an apostrophe in front so that no spreadsheet computes it; numbers never do."
        " results.xlsx holds the same tables, with a column of names beside each column of ids (`id` and `name`, `source` and"
        " `source_name`); these CSV tables keep to ids.",
        "",
    ]
    for table in tables:
        spec = table.spec
        out += [f"## {spec.name}.csv", "", f"One row per {spec.row}; {table.length} rows.", ""]
        out += _dictionary(results, table)
    return ("\n".join(out).rstrip() + "\n").encode("utf-8", "backslashreplace")


def _dictionary(results: Results, table: Sheet) -> Iterable[str]:
    yield "| column | kind | meaning | formula | range | source |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name in (column.name for column in table.columns):
        column = _column(results, table.spec, name)
        about = results.measures.get(column.get("measure", ""))
        more = (about.formula, _range(about), about.source) if about else ("", "", "")
        cells = (f"`{name}`", column["kind"], column["means"], *more)
        yield "| " + " | ".join(_markdown(c) for c in cells) + " |"
    yield ""


def _range(about: About) -> str:
    if _open(about.low) and _open(about.high):
        return ""
    low = "" if _open(about.low) else f"from {about.low:g}"
    high = "" if _open(about.high) else f"to {about.high:g}"
    return f"{low} {high}".strip()


def _markdown(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
