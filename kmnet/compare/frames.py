"""Rows of cells as output tables: exactly the columns of the contract, in its order and kinds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from kmnet.outputs import TABLES


def table(name: str, rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """A table of the contract from rows that may leave cells out."""
    columns = TABLES[name].columns
    frame = pd.DataFrame(list(rows), columns=[column.name for column in columns])
    for column in columns:
        cells = frame[column.name]
        if column.kind in ("number", "share", "p"):
            frame[column.name] = cells.astype(np.float64)
        elif column.kind in ("people", "count"):
            frame[column.name] = cells.astype("Int64")
        elif column.kind == "date":
            frame[column.name] = pd.to_datetime(cells).astype("datetime64[ns]")
        elif column.kind != "flag":
            frame[column.name] = cells.where(cells.notna(), "").astype("str")
    return frame
