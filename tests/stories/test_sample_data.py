"""The sample programme is what its README and truth.json say, and is made anew by its script, byte for byte."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.shared_data import ROOT

SAMPLE = ROOT / "sample_networks" / "cig_programme"
TRUTH = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_the_script_makes_the_same_bytes_again(tmp_path: Path, hash_seed: str) -> None:
    for script in SAMPLE.glob("*.py"):
        shutil.copy(script, tmp_path)
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "make.py"], cwd=tmp_path, check=True, env=environment)
    made = sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".py")
    assert made == sorted(p.name for p in SAMPLE.iterdir() if p.suffix in (".csv", ".json"))
    for name in made:
        assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes(), name


def test_it_has_the_size_and_make_up_of_a_programme() -> None:
    people = rows("people.csv")
    for number, (teams, low, high) in enumerate([(12, 70, 85), (13, 70, 85), (8, 40, 50)], start=1):
        members = [p for p in people if f"Cohort {number}" in p["cohort"].split(";")]
        assert low <= len(members) <= high
        assert len({p["team"] for p in members if p["cohort"].startswith(f"Cohort {number}")} - {""}) == teams
        assert 2 <= sum(p["facilitator"] == "true" for p in members) <= 7
    assert sum(";" in p["cohort"] for p in people) >= 5
    assert 16 <= len(rows("organisations.csv")) <= 20
    assert 300 <= len(rows("interactions.csv")) <= 600
    assert 65 <= len(rows("artefacts.csv")) <= 80
    assert {r["action"] for r in rows("artefact_events.csv")} == {"made", "shared", "received", "used"}
    assert all(not p["organisation"] for p in people if p["role"] == "Public adviser")


def test_response_falls_and_silence_is_flagged() -> None:
    asked = Counter(r["wave"] for r in rows("respondents.csv"))
    answered = Counter(r["wave"] for r in rows("respondents.csv") if r["answered"] == "true")
    assert answered["baseline"] / asked["baseline"] == pytest.approx(0.76, abs=0.01)
    assert answered["follow-up"] / asked["follow-up"] == pytest.approx(0.61, abs=0.01)
    said = {(r["wave"], r["source"]) for r in rows("survey.csv")}
    assert said <= {(r["wave"], r["person"]) for r in rows("respondents.csv") if r["answered"] == "true"}


def test_the_windows_before_and_after_are_equally_long_and_hold_contacts() -> None:
    from datetime import date, timedelta

    for told in TRUTH["cohorts"].values():
        start, end = date.fromisoformat(told["start"]), date.fromisoformat(told["end"])
        assert end - start == timedelta(weeks=26)
        days = [date.fromisoformat(r["date"]) for r in rows("interactions.csv")]
        assert sum(start - timedelta(weeks=26) <= d < start for d in days) >= 10
        assert sum(end <= d < end + timedelta(weeks=26) for d in days) >= 10


def test_the_flaws_are_there() -> None:
    attendance = [(r["person"], r["workshop"]) for r in rows("attendance.csv")]
    flaws = TRUTH["flaws"]
    assert len(attendance) - len(set(attendance)) == flaws["duplicate_attendance_rows"] == 1
    ids = {p["id"] for p in rows("people.csv")}
    assert any(name in {person for person, _ in attendance} for name in flaws["misspelt"])
    assert len(flaws["withdrawn"]) == 3 and len(flaws["no_name"]) == 2
    log = {i for r in rows("interactions.csv") for i in (r["source"], r["target"])}
    assert log - ids == {"Dr J. Ashworth"}
    assert any(not name.isascii() for name in (p["name"] for p in rows("people.csv")))
    assert any(p["name"].isupper() for p in rows("people.csv"))


def test_the_lone_people_are_named_by_nobody_and_come_to_nothing() -> None:
    lone = {i for told in TRUTH["cohorts"].values() for i in told["never_named_and_silent"]}
    assert len(lone) == 9
    assert not lone & {i for r in rows("survey.csv") for i in (r["source"], r["target"])}
    assert not lone & {i for r in rows("interactions.csv") for i in (r["source"], r["target"])}
    assert not lone & {r["person"] for r in rows("attendance.csv")}


def test_nothing_was_passed_on_after_the_artefact_that_came_too_late() -> None:
    late = TRUTH["artefacts"]["too_late_for_anyone"]["id"]
    finished = next(r["date"] for r in rows("artefacts.csv") if r["id"] == late)
    assert max(r["date"] for r in rows("interactions.csv") + rows("attendance.csv")) < finished
