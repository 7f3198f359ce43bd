"""A study in a folder, written in a line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kmnet.config.schema import Study
from kmnet.tables.read import read
from kmnet.tables.schema import INPUTS, Tables

PEOPLE = "id,name,role\nP01,Ann Lee,Adviser\nP02,Bea Kay,Nurse\nP03,Cay Fox,Nurse\n"


def study(folder: Path, files: dict[str, str | bytes] | None = None, **config: Any) -> Study:
    """Write files (``people.csv`` feeds people, and so on); ``config`` adds to the settings, ``data`` to the tables."""
    files = {"people.csv": PEOPLE, **(files or {})}
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    data = {n.split(".")[0]: n for n in files if n.split(".")[0] in INPUTS}
    data |= config.pop("data", {})
    return Study.model_validate({"title": "t", "data": data, **config})


def tables(folder: Path, files: dict[str, str | bytes] | None = None, **config: Any) -> Tables:
    """Read such a study."""
    return read(study(folder, files, **config), folder)


def codes(found: Tables) -> set[str]:
    """The codes of what was found."""
    return {p.code for p in found.findings}


def rows(frame: Any, *columns: str) -> list[tuple[Any, ...]]:
    """Rows as tuples."""
    return list(frame[list(columns)].itertuples(index=False, name=None))
