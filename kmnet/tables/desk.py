"""Where one reading keeps its findings and its ledger: what to do with a row is the study's policy, not the code's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kmnet.codes import CODES
from kmnet.config.schema import Policy
from kmnet.errors import Place, Problem
from kmnet.tables.work import Work

SHOWN = 20
"""So many findings of one code and file are shown one by one; the rest are counted in one more."""

ASIDE = frozenset({"KM223", "KM245", "KM302", "KM401", "KM413", "KM420"})
"""Set aside unless the study's policies say otherwise; these rows cannot be used, so `warn` sets them aside too."""

_COUNTS = ("read", "used", "set_aside", "merged", "withdrawn")
Fate = Literal["set_aside", "merged", "withdrawn"]


@dataclass(frozen=True)
class Policies:
    """What the study wants done about each kind of problem, with the defaults filled in."""

    chosen: Mapping[str, Policy] = field(default_factory=dict)

    def of(self, code: str) -> Policy:
        """error, warn or set_aside."""
        chosen = self.chosen.get(code) or self.chosen.get(CODES[code].name)
        if chosen:
            return chosen
        if CODES[code].severity == "error":
            return "error"
        return "set_aside" if code in ASIDE else "warn"

    def judge(self, problem: Problem) -> Problem:
        """The problem with the severity that the policies give it."""
        policy = self.chosen.get(problem.code) or self.chosen.get(problem.name)
        if policy is None:
            return problem
        return problem.with_severity("error" if policy == "error" else "warning")

    def drops(self, code: str) -> bool:
        """Whether rows with this problem leave the table."""
        return self.of(code) != "warn" or code in ASIDE


class Desk:
    """Collects the problems and counts of one reading. Made by :func:`kmnet.tables.read.read` and gone with it."""

    def __init__(self, policies: Policies) -> None:
        self.policies = policies
        self.problems: list[Problem] = []
        self._files: list[tuple[str, str]] = []
        self._counts: list[dict[str, int]] = []

    def file(self, table: str, name: str, read: int = 0, set_aside: int = 0, merged: int = 0) -> int:
        """Open the ledger of a file; gives its number."""
        self._files.append((table, name))
        self._counts.append({"read": read, "set_aside": set_aside, "merged": merged, "withdrawn": 0})
        return len(self._files) - 1

    def withdrawn(self, file: int, rows: int) -> None:
        """Count rows of people who are gone, which left before anything was said of them."""
        self._counts[file]["withdrawn"] += rows

    def set_aside(self, file: int, rows: int) -> None:
        """Count rows that are nothing that a table holds."""
        self._counts[file]["set_aside"] += rows

    def name(self, file: int) -> str:
        """The file's path as the user wrote it."""
        return self._files[file][1] if file >= 0 else ""

    def has(self, code: str) -> bool:
        """Whether a problem of this code was found."""
        return any(p.code == code for p in self.problems)

    def add(self, *problems: Problem) -> None:
        """Take problems as they are, with the severity of the policies."""
        self.problems.extend(self.policies.judge(p) for p in problems)

    def say(self, code: str, message: str, place: Place | None = None, seen: str = "", fix: str = "") -> None:
        """Take one problem of a file or a table."""
        self.add(Problem.of(code, message, place=place, seen=seen, fix=fix))

    def cure(self, code: str, file: str, fix: str) -> None:
        """Give a better cure to the problems of a code in a file."""
        self.problems = [replace(p, fix=fix) if (p.code, p.place.file) == (code, file) else p for p in self.problems]

    def count(self, work: Work, gone: NDArray[np.bool_], fate: Fate) -> Work:
        """Rows without those that are gone, which the ledger counts."""
        if not gone.any():
            return work
        for file, many in zip(*np.unique(work.file[gone], return_counts=True), strict=True):
            if file >= 0:
                self._counts[file][fate] += int(many)
        return work.take(~gone)

    def find(
        self, work: Work, hit: NDArray[np.bool_], code: str, message: str, column: str = "", *, each: bool = False
    ) -> None:
        """Report rows: one finding a file with its first line, or ``each`` row (the first twenty of a file).

        Where several rows stand behind one finding, their number follows the message.
        """
        if not hit.any():
            return
        heading = work.heading(column)
        cells = work[column].cells() if column and column in work.texts else None
        for file in np.unique(work.file[hit]):
            rows = np.flatnonzero(hit & (work.file == file))
            rows = rows[np.argsort(work.line[rows], kind="stable")]
            name, many = self.name(int(file)), len(rows)
            said = message if each or many == 1 else f"{message} ({many:,} rows)"
            for row in rows[: SHOWN if each else 1]:
                place = Place(name, int(work.line[row]), heading)
                self.say(code, said, place, seen=str(cells[row]) if cells is not None else "")
            if each and many > SHOWN:
                self.say(code, f"{said} (and {many - SHOWN} more rows of this file)", Place(name, 0, heading))

    def settle(
        self, work: Work, hit: NDArray[np.bool_], code: str, message: str, column: str = "", *, each: bool = False
    ) -> Work:
        """Report rows and do with them what the policy says: rows that it drops are counted as set aside."""
        self.find(work, hit, code, message, column, each=each)
        return self.count(work, hit, "set_aside") if self.policies.drops(code) else work

    def ledger(self) -> pd.DataFrame:
        """A row a file; what was neither set aside nor joined nor withdrawn was used, so that the sum always holds."""
        rows = []
        for (table, file), c in zip(self._files, self._counts, strict=True):
            used = c["read"] - c["set_aside"] - c["merged"] - c["withdrawn"]
            rows.append({"table": table, "file": file, **c, "used": used})
        frame = pd.DataFrame(rows, columns=["table", "file", *_COUNTS])
        return frame.astype({"table": "str", "file": "str"} | dict.fromkeys(_COUNTS, "int64"))
