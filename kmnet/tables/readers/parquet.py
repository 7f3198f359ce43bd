"""Parquet files, as other programs write them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from kmnet.tables.cells import strip_control
from kmnet.tables.coded import Coded
from kmnet.tables.reader import Opened, Reading, failed, reader

if TYPE_CHECKING:
    import pyarrow as pa


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "" if value != value else str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return strip_control(text.removesuffix("T00:00:00"))


def _column(column: pa.ChunkedArray) -> Coded:
    import pyarrow as pa

    if pa.types.is_timestamp(column.type):  # nanoseconds have no Python type; no study is dated that finely
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    coded = column.combine_chunks().dictionary_encode()
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    texts = [_text(v) for v in coded.dictionary.to_pylist()]
    codes = coded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False).astype(np.int32)
    return Coded((*texts, "\0"), codes).replace([*texts, ""])


@reader(title="Parquet file (.parquet)", endings=("parquet", "pq"))
def parquet(opened: Opened) -> Reading:
    """Every column as text, whatever type it was stored in."""
    import pyarrow as pa
    import pyarrow.parquet as pq  # most studies hold no such file, and it takes a tenth of a second

    try:
        file = pq.ParquetFile(io.BytesIO(opened.data))
        if file.metadata.num_rows > opened.limit:
            return failed(opened.problem("KM232", f"The file has {file.metadata.num_rows:,} rows"))
        table = file.read()
        columns = tuple(_column(c) for c in table.columns)
    except (pa.ArrowException, OSError, ValueError, TypeError, AttributeError):
        return failed(opened.problem("KM243", "The file is no Parquet table of plain columns"))
    problems = () if table.num_rows else (opened.problem("KM215", "The table has headings but no rows"),)
    lines = np.arange(1, table.num_rows + 1, dtype=np.int64)
    return Reading(tuple(table.column_names), columns, lines, 0, problems)
