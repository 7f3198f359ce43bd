"""Small studies made in memory, for tests of networks."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kmnet.config.schema import Study
from kmnet.tables.schema import INPUTS, Register, Tables

_EMPTY = {"id": "", "text": "", "action": "", "ids": (), "number": float("nan"), "date": pd.NaT, "flag": False}


def frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows of an input table with every column there, typed as reading types them."""
    columns = {}
    for field in INPUTS[table].fields:
        values = [row.get(field.name, _EMPTY[field.kind]) for row in rows]
        kinds = {"number": "float64", "date": "datetime64[ns]", "flag": "bool"}
        columns[field.name] = pd.Series(values, dtype=kinds.get(field.kind, object))
    if table == "people":
        columns.pop("name"), columns.pop("email")
        extra = {key for row in rows for key in row} - set(columns)
        columns |= {key: pd.Series([row.get(key, "") for row in rows], dtype=object) for key in sorted(extra)}
    return pd.DataFrame(columns)


def tables(**rows: list[dict[str, Any]]) -> Tables:
    """Tables from lists of rows by table name."""
    names = [name for name in INPUTS if name not in ("aliases", "withdrawn")]
    frames = {name: frame(name, rows.get(name, [])) for name in names}
    frames["interactions"]["weight"] = frames["interactions"]["weight"].fillna(1.0)
    return Tables(**frames, register=Register(), ledger=pd.DataFrame(), findings=())


def study(**settings: Any) -> Study:
    """A config with a title and a people file, and whatever else is given."""
    return Study.model_validate({"title": "Test", "data": {"people": "people.csv"}, **settings})
