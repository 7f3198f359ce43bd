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
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from kmnet.report import headlines
from kmnet.results import TABLES, About, Results, TableSpec

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def ordered_tables(results: Results) -> Iterator[tuple[TableSpec, pd.DataFrame]]:
    """The tables that were made, in the order of the contract."""
    for name, spec in TABLES.items():
        if name in results.tables:
            yield spec, results.tables[name]


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


def columns(frame: pd.DataFrame) -> list[list[Any]]:
    """The columns of a frame as plain values; a table has a million cells, so a column is converted at a time."""
    out = []
    for _, column in frame.items():
        values = column.tolist()
        kind = column.dtype.kind if isinstance(column.dtype, np.dtype) else "O"
        if kind == "f":
            out.append([v if math.isfinite(v) else plain_value(v) for v in values])
        elif kind in "iub":
            out.append(values)
        else:
            out.append([v if type(v) is str else plain_value(v) for v in values])
    return out


def rows(frame: pd.DataFrame) -> Iterator[list[Any]]:
    """The rows of a frame as plain values."""
    yield from map(list, zip(*columns(frame)))


def texts(column: list[Any], text: Callable[[Any], str], number: Callable[[float], str] = repr) -> list[str]:
    """A column as texts: ``text`` is asked once for each different value that is no float, since names repeat."""
    known: dict[Any, str] = {}
    out = []
    for value in column:
        if type(value) is float:
            out.append(number(value))
            continue
        key = (type(value), value)
        if key not in known:
            known[key] = text(value)
        out.append(known[key])
    return out


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


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A table as CSV: UTF-8 with the mark that Excel needs, lines ending in a line feed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_csv_text(str(name)) for name in frame.columns])
    writer.writerows(zip(*(texts(column, _csv_cell) for column in columns(frame))))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "backslashreplace")


def results_json(results: Results) -> bytes:
    """Every number with its definition, the reasons for empty cells, and the opening in words."""
    tables = {}
    for spec, frame in ordered_tables(results):
        tables[spec.name] = {
            "row": spec.row,
            "columns": [_column(results, spec, str(name)) for name in frame.columns],
            "cells": columns(frame),
        }
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
    body = ",\n".join(f"{json.dumps(name)}: {_table_json(table)}" for name, table in tables.items())
    return f'{head[:-2]},\n "tables": {{\n{body}\n}}\n}}\n'.encode("utf-8", "backslashreplace")


def _table_json(table: dict[str, Any]) -> str:
    """A table with one row a line: compact, and still readable in an editor."""
    head = json.dumps({"row": table["row"], "columns": table["columns"]}, ensure_ascii=False, allow_nan=False)
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
    lines = map(",".join, zip(*(texts(column, encode) for column in table["cells"])))
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


def readme(results: Results) -> bytes:
    """``tables/README.md``: every table and every column in words."""
    out = [
        "# The tables",
        "",
        "Comma-separated, UTF-8. An empty cell is undefined; results.json says why. A text that starts with"
        " `=`, `+`, `-` or `@` carries an apostrophe in front so that no spreadsheet computes it; numbers never do.",
        "",
    ]
    for spec, frame in ordered_tables(results):
        out += [
            f"## {spec.name}.csv",
            "",
            f"One row per {spec.row}; {len(frame)} rows.",
            "",
            *_dictionary(results, spec, frame),
        ]
    return ("\n".join(out).rstrip() + "\n").encode("utf-8", "backslashreplace")


def _dictionary(results: Results, spec: TableSpec, frame: pd.DataFrame) -> Iterable[str]:
    yield "| column | kind | meaning | formula | range | source |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name in map(str, frame.columns):
        column = _column(results, spec, name)
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
