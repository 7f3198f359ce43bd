"""YAML text to plain values, with the place of every key and value; only the plain part of YAML is accepted.

The tree is built from the parser's events (PyYAML's own, written in Python: the C loader can crash the process on
hostile nesting), so aliases, tags and depth are refused before anything is built. Words are resolved as in YAML 1.2
and no further: ``no``, ``12:30``, ``010`` and ``Null`` stay text.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from kmnet.errors import ConfigError, Place, Problem

Path_ = tuple[str | int, ...]

MAX_BYTES = 1 << 20
MAX_DEPTH = 40

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)\Z")
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_CURLY = "“”„‘’‚«»"
_SPACES = "\u00a0\u2007\u202f\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a key or a value stands (both from 1), and its text as it was written ("" for a block)."""

    line: int
    column: int
    text: str = ""


@dataclass(frozen=True)
class Parsed:
    """The values of a config, and where each came from: paths are tuples such as ``("data", "people", 0)``."""

    value: dict[str, Any]
    keys: dict[Path_, Spot]
    values: dict[Path_, Spot]
    problems: tuple[Problem, ...] = ()

    def place(self, path: Path_, file: str) -> Place:
        """The place of the longest part of ``path`` that stands in the file; its key where it has one."""
        known = self.known(path)
        spot = self.keys.get(known) or self.values.get(known) or Spot(1, 1)
        return Place(file, spot.line, str(spot.column))

    def known(self, path: Path_) -> Path_:
        """The longest part of ``path`` that stands in the file; one block may stand where a list is allowed."""
        known: Path_ = ()
        for step in path:
            if (*known, step) in self.values:
                known = (*known, step)
            elif not isinstance(step, int):
                break
        return known


def parse(text: str, file: str) -> Parsed:
    """Read a config.

    Parameters
    ----------
    text : str
        The whole file.
    file : str
        Its name, as it is to stand in problems.

    Raises
    ------
    ConfigError
        Not YAML (KM105), or YAML that is refused (KM106). Keys given twice (KM102) are not raised but returned
        with the tree, so that they are told together with every other problem.
    """
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise ConfigError([*builder.problems, _broken(error, text, file)]) from None
    except yaml.reader.ReaderError as error:
        raise ConfigError(_unreadable(int(error.position), text, file)) from None
    except (yaml.YAMLError, ValueError, OverflowError):  # a \U escape beyond Unicode is a bare ValueError
        place = Place(file, builder.line + 1, "1")
        raise ConfigError(
            Problem.of("KM105", "a \\ escape in double quotes is not a character", place=place, fix=_BACKSLASH)
        ) from None
    if not isinstance(builder.root, dict):
        what = "is empty" if builder.root is None else "does not hold settings (`title: ...`, `data: ...`)"
        fix = "Write `title: My programme`, one setting a line; `kmnet init FOLDER` writes a commented config."
        raise ConfigError(
            [*builder.problems, Problem.of("KM105", f"the config {what}", place=Place(file, 1, "1"), fix=fix)]
        )
    return Parsed(builder.root, builder.keys, builder.values, tuple(builder.problems))


def resolve(text: str) -> bool | int | float | str:
    """What an unquoted word means: true or false, a number, or itself."""
    if text in _BOOL:
        return _BOOL[text]
    if _INT.match(text) and len(text) < 20:
        return int(text)
    if _FLOAT.match(text) and math.isfinite(float(text)):
        return float(text)
    return text


@dataclass
class _Level:
    """A block or list that is still open."""

    path: Path_
    box: dict[str, Any] | list[Any]
    key: str | None = None


@dataclass
class _Builder:
    """Takes events one by one; a class because the parser feeds it flat events and nesting must not recurse."""

    file: str
    root: Any = None
    line: int = 0
    keys: dict[Path_, Spot] = field(default_factory=dict)
    values: dict[Path_, Spot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        assert mark is not None  # the parser marks every event
        self.line = mark.line
        spot = Spot(mark.line + 1, mark.column + 1)
        self._refuse(event, spot)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, spot)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open({}, spot)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open([], spot)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.levels.pop()

    def _refuse(self, event: yaml.Event, spot: Spot) -> None:
        what = ""
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            what = "a second document (`---`)" if self.documents > 1 else "a %TAG line" if event.tags else ""
        elif isinstance(event, yaml.AliasEvent):
            what = "an alias (`*name`); text that starts with * needs quotes"
        elif getattr(event, "anchor", None):
            what = "an anchor (`&name`); text that starts with & needs quotes"
        elif getattr(event, "tag", None):
            what = "a tag (`!name`); text that starts with ! needs quotes"
        elif len(self.levels) >= MAX_DEPTH and isinstance(event, yaml.CollectionStartEvent):
            what = f"blocks nested more than {MAX_DEPTH} deep"
        if what:
            raise ConfigError([*self.problems, self._problem("KM106", f"the config uses {what}", spot)])

    def _problem(self, code: str, message: str, spot: Spot, fix: str = "", seen: str = "") -> Problem:
        return Problem.of(code, message, place=Place(self.file, spot.line, str(spot.column)), fix=fix, seen=seen)

    def _scalar(self, event: yaml.ScalarEvent, spot: Spot) -> None:
        text, plain = event.value, event.style is None
        if plain and text[:1] and text[0] in _CURLY:
            self.problems.append(
                self._problem("KM105", "curly quotes do not quote", spot, "Write straight quotes: ' or \".")
            )
        if any(c < " " and c not in "\t\n" or "\ud800" <= c <= "\udfff" for c in text):
            self.problems.append(
                self._problem("KM105", "a text holds a control character", spot, "Delete the character.")
            )
            text = "".join(c for c in text if (c >= " " or c in "\t\n") and not "\ud800" <= c <= "\udfff")
        level = self.levels[-1] if self.levels else None
        if level and isinstance(level.box, dict) and level.key is None:
            self._key(level, text, Spot(spot.line, spot.column, text))
            return
        value: Any = (resolve(text) if text else None) if plain else text
        self._put(value, Spot(spot.line, spot.column, text))

    def _key(self, level: _Level, text: str, spot: Spot) -> None:
        if text.strip(_SPACES) != text:
            fix = "Delete the space before the key and type it again with the space bar."
            self.problems.append(self._problem("KM105", "a key begins with a space that is not one", spot, fix))
            text = text.strip(_SPACES)
        path = (*level.path, text)
        if path in self.keys:
            first = self.keys[path]
            dotted = ".".join(map(str, path))
            message = f"{dotted}: given twice, on line {first.line} and on line {spot.line}"
            self.problems.append(self._problem("KM102", message, spot))
        else:
            self.keys[path] = spot
        level.key = text

    def _put(self, value: Any, spot: Spot) -> None:
        if not self.levels:
            self.root = value
            return
        level = self.levels[-1]
        if isinstance(level.box, list):
            path: Path_ = (*level.path, len(level.box))
            level.box.append(value)
        elif level.key is None:
            fix = "Write a word before the colon."
            raise ConfigError([*self.problems, self._problem("KM105", "a key is itself a block", spot, fix)])
        else:
            path = (*level.path, level.key)
            level.box[level.key] = value
            level.key = None
        self.values[path] = spot

    def _open(self, box: dict[str, Any] | list[Any], spot: Spot) -> None:
        level = self.levels[-1] if self.levels else None
        path: Path_ = ()
        if level is not None:
            path = (*level.path, len(level.box) if isinstance(level.box, list) else str(level.key))
        self._put(box, spot)
        self.levels.append(_Level(path, box))


_BACKSLASH = "In double quotes \\ is special: write / between folders, or use single quotes."
_HINTS = (
    ("mapping values are not allowed", "Put quotes round text that holds ': ' (title: 'CIG: cohort 1')."),
    ("unknown escape character", _BACKSLASH),
    ("expected escape sequence", _BACKSLASH),
    ("found unexpected end of stream", "Close the quote that opens here."),
    ("could not find expected ':'", "Write `key: value`, with a space after the colon."),
    ("expected ',' or ']'", "Close the [ with ], and put commas between items."),
    ("expected ',' or '}'", "Close the { with }, and put commas between settings."),
    ("expected <block end>", "Give the lines of one block the same indent."),
    ("unindent does not match", "Give the lines of one block the same indent."),
)


def _broken(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """One line on what PyYAML could not read, and how to mend it."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if error.context_mark and "end of stream" in (error.problem or ""):
        line, column = error.context_mark.line, error.context_mark.column
    lines = text.splitlines()
    shown = lines[line] if line < len(lines) else ""
    indent = shown[: len(shown) - len(shown.lstrip())]
    here = shown[column : column + 1]
    problem = error.problem or "cannot be read"
    if "\t" in indent or here == "\t":
        message, fix = "a tab is used where spaces are needed", "Replace the tab by spaces."
    elif any(c in indent for c in _SPACES):
        message, fix = "the indent holds a space that is not one", "Type the indent again with the space bar."
    elif any(c in shown for c in _CURLY):
        message, fix = "curly quotes do not quote", "Write straight quotes: ' or \"."
    elif here and here in "@`%|>,*&":
        message, fix = f"a text cannot begin with {here}", f"Put quotes round it: '{here}...'."
    else:
        message = problem.replace("\n", " ")
        fix = next((cure for word, cure in _HINTS if word in problem), "")
        if not fix and here == ":" or "mapping values" in problem:
            message = "a colon stands where none is expected"
    return Problem.of("KM105", message, place=Place(file, line + 1, str(column + 1)), fix=fix)


def _unreadable(position: int, text: str, file: str) -> Problem:
    before = text[:position]
    line = before.count("\n") + 1
    column = position - (before.rfind("\n") + 1) + 1
    return Problem.of(
        "KM105",
        "the config holds a character that text cannot hold",
        place=Place(file, line, str(column)),
        fix="Delete the character; save the file as plain text in UTF-8.",
    )
