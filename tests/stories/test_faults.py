"""Whatever happens to a run, a reader finds the old results, the new ones, or none: never half."""

from __future__ import annotations

import builtins
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.shared_data import ROOT
from tests.stories.running import SAMPLES, Output, apart, kmnet

CONFIG = """\
title: Six people, before and after
data: {people: people.csv, survey: survey.csv, respondents: respondents.csv}
networks: {knows: {from: survey, directed: true}}
groups: [team]
inference: {draws: 99}
share: inside
"""
LONG = bool(os.environ.get("KMNET_LONG"))
"""Sweep every place at which a write can fail, not a sample of them."""

posix = pytest.mark.skipif(os.name != "posix", reason="needs fork, resource limits or POSIX signals")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    shutil.copytree(SAMPLES / "tiny_before_after", folder)
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    return folder


@pytest.fixture
def done(room: Path) -> Output:
    ran = kmnet("analyse", room / "config.yaml")
    assert ran.code == 0, ran.said
    return Output(room / "results")


def beside(room: Path) -> set[str]:
    return {p.name for p in room.iterdir()} - {p.name for p in (SAMPLES / "tiny_before_after").iterdir()}


@posix
def test_f1_seventy_two_stopped_runs_leave_no_half_folder(tmp_path: Path) -> None:
    """KILL, TERM and INT at random moments, most of them while the folders change places."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.stories.interrupted", tmp_path / "room" / "results", "72", "20231122"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    told = json.loads(done.stdout)
    assert sum(told["found"].values()) == 72
    assert set(told["found"]) <= {"old", "new", "absent"}, told
    assert told["found"].get("old", 0) and told["found"].get("new", 0), "all stops came too early or too late"
    assert told["end"] == "73" and told["litter"] == []


@posix
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("after", [0.4, 1.6], ids=["starting", "working"])
def test_f6_a_stopped_command_says_so_in_a_line(room: Path, done: Output, how: signal.Signals, after: float) -> None:
    before = done.bytes()
    process = subprocess.Popen(
        [sys.executable, "-c", "from kmnet.cli import main; main()", "analyse", str(room / "config.yaml")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(after)
    process.send_signal(how)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in out + err
    assert process.returncode in (0, 130, 143, -how)
    assert ("Stopped; nothing was left half done." in err) == (process.returncode == 130)
    assert Output(room / "results").bytes() == before


@posix
def test_f2_a_full_disk_ends_in_one_line_and_keeps_the_old_report(room: Path, done: Output) -> None:
    before = done.bytes()
    program = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "import kmnet.cli, kmnet.pipeline, kmnet.report.folder; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000)); kmnet.cli.main()"
    )
    ran = subprocess.run(
        [sys.executable, "-B", "-c", program, "analyse", str(room / "config.yaml")],
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 4, ran.stderr
    assert "KM601" in ran.stderr and "Traceback" not in ran.stderr
    assert Output(room / "results").bytes() == before
    assert beside(room) == {"config.yaml", "results"}


@posix
def test_f2_a_folder_that_may_not_be_written_ends_in_one_line(room: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    room.chmod(0o500)
    try:
        ran = kmnet("analyse", room / "config.yaml")
    finally:
        room.chmod(0o700)
    assert ran.code == 4 and "KM601" in ran.said


@posix
def test_f3_a_second_run_on_the_same_folder_is_told_to_wait(room: Path, done: Output) -> None:
    import fcntl

    before = done.bytes()
    with (room / ".results.kmnet-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ran = kmnet("analyse", room / "config.yaml")
    assert ran.code == 2 and "KM603" in ran.said and "another" in ran.said.lower()
    assert Output(room / "results").bytes() == before
    assert kmnet("analyse", room / "config.yaml").code == 0


def test_f3_two_runs_started_together_leave_one_whole_folder(room: Path) -> None:
    command = [sys.executable, "-c", "from kmnet.cli import main; main()", "analyse", str(room / "config.yaml")]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=-3, stderr=-3) for _ in range(2)]
    codes = sorted(process.wait(timeout=300) for process in both)
    assert codes in ([0, 0], [0, 2])
    manifest = Output(room / "results")
    listed = json.loads((manifest.folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {n: d for n, d in manifest.bytes().items() if n != "manifest.json"} == listed


def test_f4_a_folder_with_other_files_is_refused_and_untouched(room: Path) -> None:
    (room / "results").mkdir()
    (room / "results" / "thesis.docx").write_text("years of work", encoding="utf-8")
    ran = kmnet("analyse", room / "config.yaml")
    assert ran.code == 4 and "KM602" in ran.said
    assert [p.name for p in (room / "results").iterdir()] == ["thesis.docx"]


def test_f4_a_file_put_among_our_results_is_not_lost(room: Path, done: Output) -> None:
    (done.folder / "my notes.txt").write_text("keep me", encoding="utf-8")
    before = done.bytes()
    ran = kmnet("analyse", room / "config.yaml")
    assert ran.code == 4 and "my notes.txt" in ran.said
    assert Output(room / "results").bytes() == before


def test_f9_verify_sees_a_changed_input_and_a_changed_output(room: Path, done: Output) -> None:
    assert kmnet("verify", done.folder).code == 0
    (done.folder / "report.html").write_text("edited by hand", encoding="utf-8")
    ran = kmnet("verify", done.folder)
    assert ran.code != 0 and "report.html" in ran.said


class Counted:
    """Makes the n-th write, rename or sync fail, as a disk might."""

    def __init__(self, fail_at: int, error: BaseException) -> None:
        self.fail_at, self.error, self.seen = fail_at, error, 0

    def around(self, function: Callable[..., Any], counts: Callable[..., bool]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            if counts(*args, **kwargs):
                self.seen += 1
                if self.seen == self.fail_at:
                    raise self.error
            return function(*args, **kwargs)

        return wrapped


@contextlib.contextmanager
def faults(room: Path, counted: Counted) -> Iterator[None]:
    """Every way by which files of this study's folder come to be, wrapped."""
    here = str(room)

    def writing(path: Any = "", mode: str = "r", *args: Any, **kwargs: Any) -> bool:
        return here in str(path) and any(letter in str(mode) for letter in "wxa+")

    def inside(*args: Any, **kwargs: Any) -> bool:
        return any(here in str(a) for a in args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builtins, "open", counted.around(builtins.open, writing))
        patch.setattr(Path, "write_bytes", counted.around(Path.write_bytes, inside))
        patch.setattr(Path, "write_text", counted.around(Path.write_text, inside))
        patch.setattr(Path, "mkdir", counted.around(Path.mkdir, inside))
        patch.setattr(Path, "rename", counted.around(Path.rename, inside))
        patch.setattr(os, "fsync", counted.around(os.fsync, lambda *a: True))
        yield


def sweep(room: Path, error: BaseException, stops: list[int]) -> None:
    """Fail at each of these places; the old report stays whole each time (or the new one is there)."""
    before = Output(room / "results").bytes()
    for place in stops:
        counted = Counted(place, error)
        with faults(room, counted):
            ran = kmnet("analyse", room / "config.yaml")
        assert "Traceback" not in ran.said, (place, ran.said)
        assert ran.code in ((0, 4) if isinstance(error, OSError) else (0, 1, 4, 130)), (place, ran.said)
        assert Output(room / "results").bytes() == before, place
        assert not [n for n in beside(room) if ".kmnet-new" in n], place


def test_i2_every_write_may_fail(room: Path, done: Output) -> None:
    counted = Counted(-1, OSError())
    with faults(room, counted):
        assert kmnet("analyse", room / "config.yaml").code == 0
    assert counted.seen > 40, "the sweep must meet the writes"
    every = list(range(1, counted.seen + 1))
    some = every if LONG else every[:: max(1, len(every) // 6)] + every[-4:]
    sweep(room, OSError(28, "No space left on device"), some)


def test_i2_ctrl_c_at_any_write(room: Path, done: Output) -> None:
    counted = Counted(-1, OSError())
    with faults(room, counted):
        kmnet("analyse", room / "config.yaml")
    renames = range(counted.seen - 4, counted.seen + 1)  # the old folder goes, the new one comes
    some = range(1, counted.seen + 1) if LONG else [1, counted.seen // 2, *renames]
    sweep(room, KeyboardInterrupt(), [*some])


def test_f7_a_narrow_console_does_not_break_the_run(room: Path) -> None:
    people = (room / "people.csv").read_text(encoding="utf-8").replace("Ada Quill", "Łukasz Đặng")
    (room / "people.csv").write_text(people + "7,Łukasz Đặng,X,North\n7,Łukasz Đặng,X,North\n", encoding="utf-8")
    ran = apart("check", room / "config.yaml", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert "Traceback" not in ran.said and ran.code in (0, 1)
