"""Run kmnet as a user does, in this process (quick) or in one of its own, and read what it wrote."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from tests.shared_data import ROOT, SHARED, shared

CONFIGS = ROOT / "configs"
SAMPLES = ROOT / "sample_networks"
STUDIES = Path(__file__).with_name("studies")


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def kmnet(*arguments: str | Path) -> Ran:
    """The command line, in this process."""
    from kmnet.cli import main

    out, err = io.StringIO(), io.StringIO()
    before, sys.argv = sys.argv, ["kmnet", *map(str, arguments)]
    code = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.argv = before
    return Ran(code, out.getvalue(), err.getvalue())


def apart(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> Ran:
    """The command line, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", "from kmnet.cli import main; main()", *map(str, arguments)],
        cwd=cwd or ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Output:
    """An output folder."""

    folder: Path

    @functools.cached_property
    def json(self) -> dict[str, Any]:
        return json.loads((self.folder / "results.json").read_text(encoding="utf-8"))

    @functools.cache  # noqa: B019 (one Output a test session)
    def table(self, name: str) -> pd.DataFrame:
        """A table of results.json; empty cells are NaN."""
        table = self.json["tables"][name]
        columns = [column["name"] for column in table["columns"]]
        return pd.DataFrame(table["rows"], columns=columns)

    def row(self, name: str, **keys: Any) -> pd.Series:
        """The one row of a table with these keys."""
        frame = self.table(name)
        for key, value in keys.items():
            frame = frame[frame[key] == value]
        assert len(frame) == 1, f"{len(frame)} rows of {name} with {keys}"
        return frame.iloc[0]

    def bytes(self) -> dict[str, str]:
        """Every file and the hash of what it holds."""
        return {
            path.relative_to(self.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


@functools.cache
def room() -> Path:
    """A folder for this test session."""
    import atexit

    folder = Path(tempfile.mkdtemp(prefix="kmnet-stories-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@functools.cache
def shipped() -> Path:
    """A copy of configs/ with sample_networks/ beside it: what runs write (results, a key) stays out of the checkout."""
    away = shutil.ignore_patterns("results*", "*.key", "__pycache__", ".*")
    for folder in (CONFIGS, SAMPLES):
        shutil.copytree(folder, room() / "checkout" / folder.name, ignore=away)
    return room() / "checkout" / CONFIGS.name


@functools.cache
def analysed(config: Path) -> tuple[Ran, Output]:
    """The outcome of `kmnet analyse`, once a session, in ``results/NAME`` beside the config."""
    folder = config.parent / "results" / config.stem
    ran = kmnet("analyse", config, "--out", folder)
    return ran, Output(folder)


def study(name: str) -> Path:
    """A study of studies/ with its paths filled in; the test is skipped where its reference data are missing."""
    text = (STUDIES / f"{name}.yaml").read_text(encoding="utf-8")
    if "$shared" in text:
        shared(name)
    config = room() / f"{name}.yaml"
    filled = Template(text).substitute(shared=(SHARED / "data").as_posix(), samples=SAMPLES.as_posix())
    config.write_text(filled, encoding="utf-8")
    return config


def outcome(name: str) -> Output:
    """The results of a study of studies/."""
    ran, output = analysed(study(name))
    assert ran.code == 0, ran.said
    return output
