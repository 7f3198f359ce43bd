"""Words for problems: where something is wrong, what it is, and what to do about it.

Nothing of kmnet is imported here, so every other room may use these words. The meaning of each code stands in
:mod:`kmnet.codes`; an error carries *all* the problems that were found, never only the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from kmnet.codes import CODES

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a problem is: a file, its physical line (as an editor or Excel counts it) and a column.

    Parameters
    ----------
    file : str
        Path as the user wrote it, relative to the config where possible; "" when no file is meant.
    line : int
        Physical line or sheet row, from 1; 0 when no line is meant.
    column : str
        A heading (tables) or a character position (config); "" when no column is meant. Without a file it is a setting of
        the config by its dotted name, until :meth:`kmnet.config.load.Loaded.placed` looks its place up.
    """

    file: str = ""
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.line:
            parts.append(str(self.line))
        if self.column:
            parts.append(self.column)
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, said to the person who can mend it.

    ``message`` and ``fix`` never hold a personal value (they travel into reports and logs);
    ``seen`` may hold the offending cell and is shown on the user's own terminal only.
    """

    code: str
    message: str
    fix: str
    severity: Severity
    place: Place = field(default_factory=Place)
    seen: str = ""

    @classmethod
    def of(cls, code: str, message: str, *, place: Place | None = None, fix: str = "", seen: str = "") -> Problem:
        """Make a problem of a documented code; severity and the usual cure come from the catalogue."""
        kind = CODES[code]
        return cls(code, message, fix or kind.cure, kind.severity, place or Place(), seen)

    @property
    def name(self) -> str:
        """The code's readable name, such as ``duplicate-id``."""
        return CODES[self.code].name

    def with_severity(self, severity: Severity) -> Problem:
        """The same problem under another policy."""
        return replace(self, severity=severity)

    def __str__(self) -> str:
        where = f"{self.place}: " if str(self.place) else ""
        seen = f" (found: {self.seen})" if self.seen else ""
        stop = "" if (self.message + seen).endswith(("?", ".", "!")) else "."
        line = f"{where}{self.severity} {self.code} {self.name}: {self.message}{seen}{stop} {self.fix}"
        return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)  # no cell moves the cursor

    @property
    def order(self) -> tuple[str, int, str, str, str]:
        """Sort key, so that lists of problems do not depend on the order of discovery."""
        return (self.place.file, self.place.line, self.place.column, self.code, self.message)


class KmnetError(Exception):
    """Base of everything kmnet raises on purpose. ``exit_code`` is what the command line returns."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        found = (problems,) if isinstance(problems, Problem) else tuple(problems)
        self.problems: tuple[Problem, ...] = tuple(sorted(found, key=lambda p: p.order))
        super().__init__("\n".join(map(str, self.problems)))

    def retell(self, problems: Iterable[Problem]) -> None:
        """Tell the same problems in better words or places."""
        self.problems = tuple(sorted(problems, key=lambda p: p.order))
        self.args = ("\n".join(map(str, self.problems)),)


class DataError(KmnetError):
    """Problems in the data; nothing was written."""

    exit_code = 1


class ConfigError(KmnetError):
    """The command line or the config is wrong."""

    exit_code = 2


class LimitError(KmnetError):
    """A safety limit was hit before anything large was built."""

    exit_code = 3


class OutputError(KmnetError):
    """The results could not be written; what was there before is intact."""

    exit_code = 4
