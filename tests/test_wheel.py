"""The wheel holds everything: code, pages' templates, configs and samples, and works from anywhere."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.shared_data import ROOT


def packages() -> list[str]:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    return setup["options"]["packages"].split()


def test_every_package_is_listed() -> None:
    there = {".".join(p.parent.relative_to(ROOT).parts) for p in (ROOT / "kmnet").rglob("__init__.py")}
    assert set(packages()) == there | {"kmnet._configs", "kmnet._samples"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if int(version("setuptools").split(".")[0]) < 77:
        pytest.skip("building a wheel without the network needs setuptools 77 or newer")
    copy = tmp_path_factory.mktemp("source")
    skip = shutil.ignore_patterns("__pycache__", "*.egg-info", "results*", "kmnet.key")
    for name in ("kmnet", "configs", "sample_networks"):
        shutil.copytree(
            ROOT / name, copy / name, ignore=skip if name != "kmnet" else shutil.ignore_patterns("__pycache__")
        )
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    out = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            ".",
            "--no-deps",
            "--no-build-isolation",
            "--no-index",
            "-q",
            "-w",
            str(out),
        ],
        cwd=copy,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return next(out.glob("*.whl"))


def test_the_wheel_holds_what_the_checkout_holds(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as whole:
        held = set(whole.namelist())
    wanted = {p.relative_to(ROOT).as_posix() for p in (ROOT / "kmnet").rglob("*") if p.is_file()}
    wanted |= {f"kmnet/_configs/{p.name}" for p in (ROOT / "configs").glob("*.yaml")}
    wanted |= {
        f"kmnet/_samples/{p.relative_to(ROOT / 'sample_networks').as_posix()}"
        for p in (ROOT / "sample_networks").rglob("*")
        if p.is_file()
    }
    wanted = {name for name in wanted if "__pycache__" not in name}
    assert wanted - held == set()
    assert not [
        name
        for name in held
        if "tests/" in name or "kmnet.key" in name or "/results" in name and "results.py" not in name
    ]


def test_the_wheel_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as whole:
        whole.extractall(tmp_path / "site")

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kmnet.cli", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONSAFEPATH": "1"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    assert "cig_programme" in run("samples")
    run("init", "copy", "--sample", "tiny_before_after")
    assert "Next: kmnet analyse" in run("check", "copy/config.yaml")
    where = subprocess.run(
        [sys.executable, "-c", "import kmnet; print(kmnet.__file__)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
    )
    assert where.stdout.strip().startswith(str(tmp_path))
