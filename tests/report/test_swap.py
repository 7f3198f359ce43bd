"""The output folder: whole or not at all (promises F1 to F5, told small; the stories stop whole runs)."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kmnet.errors import ConfigError, OutputError
from kmnet.report import swap
from kmnet.report.swap import MANIFEST, replace_folder


def writes(text: str, *more: str) -> Callable[[Path], None]:
    def build(new: Path) -> None:
        names = ("report.html", *more)
        for name in names:
            (new / name).parent.mkdir(exist_ok=True)
            (new / name).write_text(text)
        (new / MANIFEST).write_text(json.dumps({"files": dict.fromkeys(names, "")}))

    return build


def held(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}


def litter(folder: Path) -> list[str]:
    return [p.name for p in folder.parent.iterdir() if p != folder]


def test_a_second_run_replaces_the_first_whole(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "results"
    replace_folder(out, writes("one", "figures/a.svg"))
    replace_folder(out, writes("two"))
    assert held(out).keys() == {"report.html", MANIFEST} and held(out)["report.html"] == "two"
    assert litter(out) == []


def test_f2_a_failing_write_leaves_the_old_folder_and_no_litter(tmp_path: Path) -> None:
    out = tmp_path / "results"
    replace_folder(out, writes("one"))

    def full(new: Path) -> None:
        (new / "report.html").write_text("half")
        raise OSError(28, "No space left on device", "/home/someone/secret")

    with pytest.raises(OutputError) as caught:
        replace_folder(out, full)
    assert caught.value.problems[0].code == "KM601" and "someone" not in str(caught.value)
    assert held(out)["report.html"] == "one" and litter(out) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, ValueError])
def test_f1_any_end_in_between_leaves_the_old_folder(tmp_path: Path, error: type[BaseException]) -> None:
    out = tmp_path / "results"
    replace_folder(out, writes("one"))

    def stopped(new: Path) -> None:
        (new / "report.html").write_text("half")
        raise error

    with pytest.raises(error):
        replace_folder(out, stopped)
    assert held(out)["report.html"] == "one" and litter(out) == []


def test_f1_leftovers_of_killed_runs_go_and_a_half_swap_is_finished(tmp_path: Path) -> None:
    out = tmp_path / "results"
    replace_folder(out, writes("one"))
    (tmp_path / ".results.kmnet-new-dead").mkdir()
    out.rename(tmp_path / ".results.kmnet-old")  # killed between the two renames

    def look(new: Path) -> None:
        assert held(out)["report.html"] == "one"
        writes("two")(new)

    replace_folder(out, look)
    assert held(out)["report.html"] == "two" and litter(out) == []


@pytest.mark.skipif(os.name != "posix", reason="the lock of POSIX systems")
def test_f3_two_runs_on_one_folder_refuse(tmp_path: Path) -> None:
    out = tmp_path / "results"

    def nested(new: Path) -> None:
        with pytest.raises(ConfigError) as caught:
            replace_folder(out, writes("second"))
        assert caught.value.exit_code == 2 and caught.value.problems[0].code == "KM603"
        writes("first")(new)

    replace_folder(out, nested)
    assert held(out)["report.html"] == "first"


def test_f4_files_that_kmnet_did_not_make_are_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "results"
    replace_folder(out, writes("one"))
    (out / "my notes.txt").write_text("mine")
    with pytest.raises(OutputError) as caught:
        replace_folder(out, writes("two"))
    problem = caught.value.problems[0]
    assert problem.code == "KM602" and "notes" not in problem.message and "my notes.txt" in problem.seen
    assert held(out)["report.html"] == "one" and held(out)["my notes.txt"] == "mine"


def test_f4_a_file_or_a_link_in_the_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for name in ("file", "link"):
        with pytest.raises(OutputError):
            replace_folder(tmp_path / name, writes("x"))
    assert (tmp_path / "file").read_text() == "mine" and held(tmp_path / "real") == {}


def test_f4_what_systems_leave_behind_is_no_hindrance(tmp_path: Path) -> None:
    out = tmp_path / "results"
    replace_folder(out, writes("one"))
    (out / ".DS_Store").write_text("")
    replace_folder(out, writes("two"))
    assert held(out)["report.html"] == "two"


def test_f5_a_folder_that_cannot_be_renamed_is_filled_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "results"
    replace_folder(out, writes("one", "figures/old.svg"))
    rename = Path.rename

    def locked(self: Path, target: Path) -> Path:
        if self == out:
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", locked)
    replace_folder(out, writes("two", "figures/new.svg"))
    assert held(out).keys() == {"report.html", "figures/new.svg", MANIFEST} and held(out)["report.html"] == "two"
    assert litter(out) == []


def test_a_name_with_signs_of_patterns_cleans_only_its_own(tmp_path: Path) -> None:
    (tmp_path / ".ra.kmnet-new-x").mkdir()
    replace_folder(tmp_path / "r[a]", writes("one"))
    assert (tmp_path / ".ra.kmnet-new-x").exists()


def test_the_new_folder_has_the_users_permissions(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("POSIX permissions")
    old = os.umask(0o027)
    try:
        replace_folder(tmp_path / "results", writes("one"))
    finally:
        os.umask(old)
    assert (tmp_path / "results").stat().st_mode & 0o777 == 0o750
    assert swap.made_by_us(tmp_path / "results") == {"report.html", MANIFEST}
