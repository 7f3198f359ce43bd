"""The rows of one table while they are being checked: columns as arrays, and where each row came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from kmnet.tables.coded import Coded
from kmnet.tables.schema import InputTable

ABSENT = -1
"""``file`` of a row that was made, not read."""


@dataclass(frozen=True, eq=False)
class Work:
    """Rows of one input table.

    ``texts`` are ids, texts and lists; ``values`` numbers (float64, NaN), dates (datetime64[ns], NaT) and flags
    (bool). ``given`` names the columns that at least one file had; ``headings`` how the first file wrote them.
    """

    table: InputTable
    texts: Mapping[str, Coded]
    values: Mapping[str, NDArray]
    file: NDArray[np.int16]
    line: NDArray[np.int64]
    given: frozenset[str] = frozenset()
    headings: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.line)

    def __getitem__(self, column: str) -> Coded:
        return self.texts[column]

    def heading(self, column: str) -> str:
        """The column as the user wrote it."""
        return self.headings.get(column, column)

    def take(self, rows: NDArray) -> Work:
        """Chosen rows (positions or a mask)."""
        return replace(
            self,
            texts={k: c.take(rows) for k, c in self.texts.items()},
            values={k: v[rows] for k, v in self.values.items()},
            file=self.file[rows],
            line=self.line[rows],
        )

    def put(self, **columns: Coded | NDArray) -> Work:
        """Columns in place of others of the same names (or new ones)."""
        texts = {k: c for k, c in columns.items() if isinstance(c, Coded)}
        values = {k: c for k, c in columns.items() if not isinstance(c, Coded)}
        return replace(self, texts={**self.texts, **texts}, values={**self.values, **values})

    def drop(self, *columns: str) -> Work:
        """Without these text columns."""
        return replace(self, texts={k: c for k, c in self.texts.items() if k not in columns})

    def order_by(self, *keys: NDArray) -> NDArray[np.int64]:
        """Positions of the rows sorted by ``keys``, and equal ones by file and line."""
        return np.lexsort([self.line, self.file, *reversed(keys)]).astype(np.int64)

    def key(self, *columns: str) -> NDArray[np.int64]:
        """One number a row: equal for rows that are equal in all ``columns``, and in their sorted order."""
        code = np.zeros(len(self), dtype=np.int64)
        for column in columns:
            if column in self.texts:
                rank = self.texts[column].rank.astype(np.int64)
            else:
                _, rank = np.unique(self.values[column], return_inverse=True)
            _, code = np.unique(code * (int(rank.max(initial=0)) + 1) + rank, return_inverse=True)
        return code.astype(np.int64)

    def ordered(self) -> NDArray[np.int64]:
        """Rows in canonical order: by every column in turn, so that the order in the files changes nothing."""
        keys = [self.texts[c].rank if c in self.texts else self.values[c] for c in self.order]
        keys = [key for key in keys if len(key) and (key != key[0]).any()]  # columns of one value order nothing
        return np.lexsort([*reversed(keys)]).astype(np.int64) if keys else np.arange(len(self))

    @property
    def order(self) -> list[str]:
        """Columns: those of the table as it lists them, then any others by name."""
        known = [f.name for f in self.table.fields if f.name in self.texts or f.name in self.values]
        return known + sorted({*self.texts, *self.values} - set(known))


def framed(works: dict[str, Work], name: str) -> pd.DataFrame:
    """The rows of a table as a data frame, in canonical order.

    The table leaves ``works``, and each of its columns is let go once it is made: a log of ten million rows is not held
    twice.
    """
    work = works.pop(name)
    order, rows = work.order, work.ordered()
    rows = rows.astype(np.int32) if len(rows) < np.iinfo(np.int32).max else rows
    texts, values = dict(work.texts), dict(work.values)
    del work
    columns: dict[str, pd.Series] = {}
    for c in order:
        columns[c] = _column(texts.pop(c).take(rows)) if c in texts else pd.Series(values.pop(c)[rows])
    return pd.DataFrame(columns)


def _column(texts: Coded) -> pd.Series:
    """A column of texts, made from its codes: an object a cell would take as much memory again."""
    kind = pd.Series([], dtype="str").dtype
    if not isinstance(kind, pd.StringDtype):  # pandas before 3 keeps texts as objects
        return pd.Series(texts.cells(), dtype="str")
    every = pa.array([*texts.values, ""], pa.large_string())
    cells = pa.DictionaryArray.from_arrays(pa.array(texts.codes), every).cast(pa.large_string())
    return pd.Series(pd.array(cells, dtype=kind))


def empty_work(table: InputTable) -> Work:
    """No rows, all columns."""
    blank = Coded((), np.zeros(0, dtype=np.int32))
    texts = {f.name: blank for f in table.fields if f.kind in ("id", "text", "ids", "action")}
    values = {f.name: np.zeros(0, dtype=KINDS[f.kind]) for f in table.fields if f.kind in KINDS}
    return Work(table, texts, values, np.zeros(0, dtype=np.int16), np.zeros(0, dtype=np.int64))


KINDS = {"number": "float64", "date": "datetime64[ns]", "flag": "bool"}


def stack(table: InputTable, parts: Sequence[Work]) -> Work:
    """Files of one table one below the other; a column that a file lacks is empty there."""
    parts = [empty_work(table), *parts]
    names = sorted({c for p in parts for c in p.texts})
    return Work(
        table,
        {c: Coded.join(p.texts.get(c, Coded.same("", len(p))) for p in parts) for c in names},
        {c: np.concatenate([p.values[c] for p in parts]) for c in parts[0].values},
        np.concatenate([p.file for p in parts]),
        np.concatenate([p.line for p in parts]),
        frozenset().union(*(p.given for p in parts)),
        {c: h for p in reversed(parts) for c, h in p.headings.items()},
    )


def made(table: InputTable, **columns: Sequence[str] | NDArray) -> Work:
    """Rows that no file held (a workshop that only attendance names); columns not given are empty."""
    n = len(next(iter(columns.values())))
    blank = {"number": np.full(n, np.nan), "date": np.full(n, "NaT", "datetime64[ns]"), "flag": np.zeros(n, dtype=bool)}
    texts, values = {}, {}
    for f in table.fields:
        given = columns.get(f.name)
        if f.kind in KINDS:
            values[f.name] = blank[f.kind].copy() if given is None else np.asarray(given)
        else:
            texts[f.name] = Coded.same("", n) if given is None else Coded.of(list(given))
    return Work(table, texts, values, np.full(n, ABSENT, dtype=np.int16), np.zeros(n, dtype=np.int64))
