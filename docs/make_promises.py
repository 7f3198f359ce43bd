"""Makes ``docs/promises.md``: every promise and the tests that show it: ``python docs/make_promises.py``.

The promises stand in ``docs/promises.csv``. A test shows a promise by carrying the promise's number in its name:
``test_b9_...``, ``test_4_5_...``, or several of them (``test_f9_f10_...``).
"""

from __future__ import annotations

import ast
import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parent / "tests"
OTHERS = frozenset({"compare/test_acceptance.py"})
"""Tests that are numbered by something else: the acceptance scenarios of the statistics."""

NUMBER = re.compile(r"_([a-i]\d{1,2}|[345]_\d)(?=_)", re.IGNORECASE)

HEAD = """# Promises

What kmnet promises of files, people and runs, and the tests that show it. A test carries the number of its promise in its
name; `python -m pytest -k "b9 or 4_5"` runs those of two promises. This page is made from `docs/promises.csv` and the
names of the tests.
"""


def promises() -> list[dict[str, str]]:
    """The promises as they stand in the list."""
    with (HERE / "promises.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(name: str) -> Iterator[str]:
    """The promises that a test's name carries at its beginning.

    Examples
    --------
    >>> list(numbers("test_f9_F10_verify")), list(numbers("test_4_5_x")), list(numbers("test_a_plain_name"))
    (['F9', 'F10'], ['4.5'], [])
    """
    at = len("test")
    while found := NUMBER.match(name, at):
        yield found[1].upper().replace("_", ".")
        at = found.end()


def shown() -> dict[str, list[str]]:
    """For each promise the tests that show it, as ``file::name``, in order."""
    tests = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        if path.relative_to(TESTS).as_posix() in OTHERS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for number in numbers(node.name):
                    tests[number].append(f"{path.relative_to(TESTS).as_posix()}::{node.name}")
    return {number: sorted(names) for number, names in tests.items()}


def page() -> str:
    """The page as Markdown."""
    tests, part, parts = shown(), "", [HEAD]
    for row in promises():
        if row["part"] != part:
            part = row["part"]
            parts.append(f"\n## {part}\n")
        parts.append(f"\n**{row['row']}** {row['promise']}.")
        parts.append(f" {row['remark']}\n" if row["remark"] else "\n")
        parts += [f"- `{name}`\n" for name in tests.get(row["row"], ())]
    return "".join(parts)


if __name__ == "__main__":
    (HERE / "promises.md").write_text(page(), encoding="utf-8", newline="\n")
