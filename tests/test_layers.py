"""The walls of the house: who may import whom (docs/architecture.md draws the same picture)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared_data import ROOT

HOUSE = ROOT / "kmnet"
WORDS = {"errors", "codes"}

MAY = {
    "codes": set(),
    "errors": {"codes"},
    "catalogue": set(),
    "results": {"network"},  # for types, and for graphs when asked
    "kernels": set(),
    "config": WORDS,
    "tables": WORDS | {"config", "catalogue"},
    "network": WORDS | {"tables", "config", "kernels", "catalogue"},
    "measures": WORDS | {"network", "kernels", "results", "catalogue"},
    "compare": WORDS | {"measures", "network", "kernels", "results", "catalogue"},
    "share": WORDS | {"results", "network", "config", "tables"},
    "report": WORDS | {"results", "network", "kernels", "catalogue"},
    "tablerows": WORDS,
    "tablecheck": WORDS | {"tablerows"},
    "init": WORDS | {"config", "tables", "share", "results", "measures"},
    "design": {"compare", "config", "network", "tables"},
    "gather": WORDS | {"compare", "config", "measures", "network", "results", "tables"},
    "pipeline": WORDS
    | {"design", "gather", "compare", "config", "measures", "network", "results", "share", "tables", "report"},
    "console": WORDS | {"commands"},
    "commands": WORDS | {"console", "pipeline", "config", "init", "share", "tablecheck"},
    "cli": {"console"},
}
"""Room: the rooms that it may import."""

LIBRARIES = {
    "kernels": {"pandas", "networkx", "matplotlib", "pyvis"},
    "config": {"pandas", "numpy", "networkx"},
    "measures": {"pandas", "networkx", "matplotlib", "pyvis"},
    "tables": {"networkx", "matplotlib", "pyvis"},
}
"""Room: libraries that it must not know."""


def files() -> list[Path]:
    return sorted(HOUSE.rglob("*.py"))


def room(path: Path) -> str:
    first = path.relative_to(HOUSE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Whole names of the modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "kmnet":
                yield from (f"kmnet.{name.name}" for name in node.names)
            else:
                yield node.module


@pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_room_imports_only_the_rooms_before_it(path: Path) -> None:
    mine = room(path)
    if mine == "__init__":
        return
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("kmnet.")} - {"__version__"}
    assert ours <= MAY[mine] | {mine}, f"{mine} may not know {sorted(ours - MAY[mine] - {mine})}"
    libraries = {name.split(".")[0] for name in imports(path)}
    assert not libraries & LIBRARIES.get(mine, set())


def test_every_room_has_its_walls() -> None:
    assert {room(path) for path in files()} - {"__init__"} == set(MAY)


def test_no_room_is_reached_in_a_circle() -> None:
    seen: dict[str, int] = {}

    def depth(name: str, way: tuple[str, ...]) -> int:
        assert name not in way, " -> ".join((*way, name))
        if name not in seen:
            # results name networks as a type; the command line hands itself from console to commands
            below = (
                MAY[name]
                - ({"network"} if name == "results" else set())
                - ({"commands"} if name == "console" else set())
            )
            seen[name] = 1 + max((depth(other, (*way, name)) for other in sorted(below)), default=0)
        return seen[name]

    for name in MAY:
        depth(name, ())


HEAVY = ("numpy", "pandas", "networkx", "matplotlib", "pyvis", "scipy", "numba", "pydantic", "openpyxl")


@pytest.mark.parametrize("arguments", ["--help", "analyse --help", "--version"])
def test_help_imports_nothing_heavy(arguments: str) -> None:
    code = (
        "import sys; sys.argv = ['kmnet', *" + repr(arguments.split()) + "]\n"
        "from kmnet.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stderr.strip().endswith("[]"), ran.stderr
    assert ran.stdout
