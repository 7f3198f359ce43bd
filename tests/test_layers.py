"""Who may know whom: the table of docs/architecture.md, held by reading every import in the package."""

from __future__ import annotations

import ast
import graphlib
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kmnet"

MAY_KNOW: dict[str, set[str]] = {
    "errors": {"codes"},
    "codes": set(),
    "outputs": set(),
    "catalogue": set(),
    "results": {"network"},  # for types, and to give networks as graphs when asked
    "kernels": set(),
    "config": {"codes", "errors"},
    "tables": {"config", "catalogue", "codes", "errors"},
    "network": {"tables", "config", "kernels", "catalogue", "errors", "results"},
    "measures": {"network", "kernels", "results", "catalogue", "errors"},
    "compare": {"network", "kernels", "results", "catalogue", "errors", "measures", "outputs"},
    "share": {"tables", "network", "results", "outputs", "config", "codes", "errors"},
    "report": {"network", "kernels", "results", "outputs", "catalogue", "codes", "errors"},
    "tablegrid": {"errors"},
    "tablerows": {"errors", "tablegrid"},
    "tablecheck": {"tablerows", "errors"},
    "runs": {"errors"},
    "design": {"compare", "network", "tables", "config", "errors"},
    "modelling": {"design", "compare", "network", "tables", "config", "errors"},
    "gather": {"compare", "measures", "network", "tables", "config", "results", "outputs", "errors"},
    "pipeline": {
        "compare", "config", "design", "errors", "gather", "measures", "modelling", "network", "report", "results", "share", "tables",
    },
    "init": {"compare", "config", "codes", "errors", "measures", "network", "outputs", "results", "share", "tables"},
    "commands": {"config", "console", "errors", "init", "outcome", "pipeline", "runs", "share", "tablecheck"},
    "outcome": {"console", "errors", "pipeline", "tables"},
    "console": {"errors"},
    "cli": {"commands", "console"},
}  # fmt: skip

MUST_NOT_KNOW: dict[str, set[str]] = {
    "errors": {"pandas", "numpy", "networkx", "click", "yaml", "pydantic"},
    "kernels": {"pandas", "networkx", "click", "yaml", "pydantic", "pathlib", "matplotlib"},
    "config": {"pandas", "numpy", "networkx", "click", "matplotlib"},
    "tables": {"networkx", "matplotlib", "jinja2", "pyvis", "click"},
    "network": {"jinja2", "pyvis", "matplotlib", "click", "yaml"},
    "measures": {"pandas", "jinja2", "pyvis", "matplotlib", "click", "yaml", "pathlib"},
    "compare": {"jinja2", "pyvis", "matplotlib", "click", "yaml", "pathlib"},
    "share": {"jinja2", "pyvis", "matplotlib", "click", "yaml", "networkx"},
    "report": {"click", "yaml", "pydantic"},
}
"""Libraries that a room has no business with."""

NOWHERE = {"pickle", "socket", "requests", "urllib.request", "http", "dateutil", "dateparser"}


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, at the top or inside a function, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are written out, not relative"
            for alias in node.names:
                yield (f"kmnet.{alias.name}" if node.module == "kmnet" else str(node.module)), node.lineno


FILES = sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__init__.py" or p.parent != PACKAGE)


def test_every_room_stands_in_the_table() -> None:
    assert {room(p) for p in FILES} == set(MAY_KNOW)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_5_3_a_file_knows_only_whom_it_may(path: Path) -> None:
    here = room(path)
    for name, line in imports(path):
        top = name.split(".")[0]
        assert name not in NOWHERE and top not in NOWHERE, f"{path.name}:{line} imports {name}"
        assert top not in MUST_NOT_KNOW.get(here, set()), f"{path.name}:{line}: {here} must not know {top}"
        if top == "kmnet" and name.count("."):
            there = name.split(".")[1]
            if there not in ("__version__", here):
                assert there in MAY_KNOW[here], f"{path.name}:{line}: {here} must not know {there}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_d5_every_join_says_how_many_rows_may_meet(path: Path) -> None:
    """A key that is missing or stands twice would multiply rows without a word."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "merge":
            assert "validate" in {k.arg for k in node.keywords}, f"{path.name}:{node.lineno}"


def test_only_the_rooms_of_files_open_files_for_the_package() -> None:
    """The root of the package is imported for its version and its place on disk only."""
    roots = {room(p) for p in FILES for name, _ in imports(p) if name == "kmnet"}
    assert roots <= {"init", "share"}


def test_rooms_know_each_other_in_one_direction() -> None:
    known: dict[str, set[str]] = {name: set() for name in MAY_KNOW}
    for path in FILES:
        for name, _ in imports(path):
            if name.startswith("kmnet.") and name.split(".")[1] in MAY_KNOW:
                known[room(path)].add(name.split(".")[1])
    for here in known:
        known[here] -= {here}
    known["results"] -= {"network"}  # types, and graphs on demand
    list(graphlib.TopologicalSorter(known).static_order())


def test_the_table_of_the_documents_names_every_room() -> None:
    text = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    for name in MAY_KNOW:
        assert f"`{name}/`" in text or f"`{name}.py`" in text, name
