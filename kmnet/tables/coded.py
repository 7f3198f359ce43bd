"""A column as whole numbers into its distinct texts: every cell is parsed once a text, not once a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Coded:
    """``values[codes[i]]`` is the text of row i; ``values`` are distinct."""

    values: tuple[str, ...]
    codes: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def of(cls, cells: Sequence[str]) -> Coded:
        """Code a list of texts."""
        maker = Coder()
        maker.add(cells)
        return maker.done()

    @classmethod
    def same(cls, text: str, rows: int) -> Coded:
        """One text in every row."""
        return cls((text,), np.zeros(rows, dtype=np.int32))

    def map(self, change: Callable[[str], str]) -> Coded:
        """Every text changed; texts that become equal are one."""
        return self.replace([change(v) for v in self.values])

    def replace(self, texts: Sequence[str]) -> Coded:
        """``texts[k]`` in place of ``values[k]``."""
        where: dict[str, int] = {}
        new = np.array([where.setdefault(t, len(where)) for t in texts], dtype=np.int32)
        return Coded(tuple(where), new[self.codes] if len(new) else self.codes)

    def take(self, rows: NDArray) -> Coded:
        """Chosen rows (positions or a mask)."""
        return Coded(self.values, self.codes[rows])

    def test(self, question: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Which rows' texts answer yes."""
        answers = np.array([question(v) for v in self.values], dtype=bool)
        return answers[self.codes] if len(answers) else np.zeros(len(self), dtype=bool)

    def numbers(self, read: Callable[[str], float]) -> NDArray[np.float64]:
        """A number a row, read once a text."""
        found = np.array([read(v) for v in self.values], dtype=np.float64)
        return found[self.codes] if len(found) else np.zeros(len(self))

    @property
    def empty(self) -> NDArray[np.bool_]:
        """Which rows are empty."""
        return self.test(lambda v: not v)

    @property
    def rank(self) -> NDArray[np.int32]:
        """Position of each row's text among the sorted texts: equal texts have equal ranks."""
        order = {v: k for k, v in enumerate(sorted(self.values))}
        found = np.array([order[v] for v in self.values], dtype=np.int32)
        return found[self.codes] if len(found) else np.zeros(len(self), dtype=np.int32)

    def used(self) -> tuple[str, ...]:
        """The texts that stand in at least one row, in order of first appearance in ``values``."""
        return tuple(self.values[k] for k in np.unique(self.codes))

    def cells(self) -> NDArray[np.object_]:
        """The column as an array of texts."""
        values = np.array([*self.values, ""], dtype=object)
        return values[self.codes]

    @staticmethod
    def join(columns: Iterable[Coded]) -> Coded:
        """Columns one below the other."""
        where: dict[str, int] = {}
        parts = []
        for column in columns:
            new = np.array([where.setdefault(v, len(where)) for v in column.values], dtype=np.int32)
            parts.append(new[column.codes] if len(new) else column.codes)
        return Coded(tuple(where), np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32))


class Coder:
    """Builds a :class:`Coded` from a stream of rows, so that a long file is never held as text."""

    def __init__(self) -> None:
        self._where: defaultdict[str, int] = defaultdict()
        self._where.default_factory = self._where.__len__
        self._parts: list[NDArray[np.int32]] = []

    def add(self, cells: Sequence[str]) -> None:
        """Add rows."""
        self._parts.append(np.fromiter(map(self._where.__getitem__, cells), dtype=np.int32, count=len(cells)))

    def done(self) -> Coded:
        """The column."""
        codes = np.concatenate(self._parts) if self._parts else np.zeros(0, dtype=np.int32)
        return Coded(tuple(self._where), codes)
