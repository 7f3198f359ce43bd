"""What the documents tell a user to type is there, and runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kmnet.commands import kmnet as commands
from tests.shared_data import ROOT
from tests.stories.running import kmnet, shipped

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
TYPED = [
    line.split("#")[0].split()
    for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.S)
    for line in block.splitlines()
    if line.strip()
]


def test_every_command_is_in_the_guide() -> None:
    told = set(re.findall(r"^\| `kmnet (\w+)", GUIDE, re.M))
    assert told == set(commands.commands)


def test_documents_speak_of_no_command_that_is_not_there() -> None:
    text = README + GUIDE + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"kmnet ((?!is|shows|reads|asks|does|guesses|looks|writes|tells|counts|can)[a-z]+)", text))
    spoken = {w for w in named if re.search(rf"[`/]kmnet {w}\b", text)}
    assert spoken <= set(commands.commands)


def test_documents_name_only_options_that_are_there() -> None:
    known = {name for command in commands.commands.values() for p in command.params for name in p.opts} | {"--help"}
    assert set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", GUIDE)) <= known


@pytest.mark.parametrize("typed", TYPED, ids=" ".join)
def test_i6_what_the_guide_says_to_type_runs(
    typed: list[str], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert typed[0] == "kmnet"
    if typed[1] == "analyse":  # each shipped config is analysed in tests/stories; here it is only read
        typed = ["kmnet", "check", *typed[2:]]
    if typed[1] == "init":
        monkeypatch.chdir(tmp_path_factory.mktemp("guide"))
    else:
        monkeypatch.chdir(shipped().parent)
    ran = kmnet(*typed[1:])
    assert ran.code == 0, ran.said
    assert "Traceback" not in ran.said


def test_the_two_commands_of_the_readme_set_themselves_up() -> None:
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    setup = 'python3 -m venv .venv && .venv/bin/python -m pip install -q -e ".[dev]" && '
    assert lines == [f"{setup}.venv/bin/kmnet analyse configs/cig_programme.yaml", f"{setup}.venv/bin/python -m pytest"]


@pytest.mark.skipif(os.name != "posix", reason="the script is for a Debian or Ubuntu machine")
def test_the_ci_script_runs_the_test_command_of_the_readme(tmp_path: Path) -> None:
    """Its own words, taken from the README; tried with commands that only say what they would do."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    room = tmp_path / "checkout"
    (room / ".ci").mkdir(parents=True)
    (room / ".ci" / "run").write_text(script, encoding="utf-8")
    (room / "README.md").write_text(README, encoding="utf-8")
    (room / ".venv" / "bin").mkdir(parents=True)
    for name in ("python", "ruff", "mypy"):
        tool = room / ".venv" / "bin" / name
        tool.write_text(f'#!/bin/sh\necho "{name} $* browser=$KMNET_REQUIRE_BROWSER"\n', encoding="utf-8")
        tool.chmod(0o755)
    stand_in = tmp_path / "bin"
    stand_in.mkdir()
    (stand_in / "python3").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    (stand_in / "python3").chmod(0o755)
    done = subprocess.run(
        ["bash", str(room / ".ci" / "run")],
        env={**os.environ, "PATH": f"{stand_in}:{os.environ['PATH']}", "KMNET_BROWSER": sys.executable},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "python -m pip install -q -e .[dev]" in done.stdout
    assert "ruff check ." in done.stdout and "mypy" in done.stdout
    assert done.stdout.rstrip().endswith("python -m pytest browser=1")


def test_links_between_documents_lead_somewhere() -> None:
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))):
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{path.name}: {link}"
