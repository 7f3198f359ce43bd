"""Promise 4.5: two releases whose difference tells of a few people are noticed."""

from __future__ import annotations

import stat
from pathlib import Path

from kmnet import pipeline
from kmnet.share.releases import Releases
from tests.stories.running import SAMPLES

MANY = [f"CODE{k:02d}" for k in range(40)]


def test_4_5_a_release_that_differs_by_fewer_than_eight_people_is_told(tmp_path: Path) -> None:
    path = tmp_path / "kmnet.releases"

    def told(people: list[str], base: int = 8) -> list[str]:
        return [f"{p.code} {p.message}" for p in Releases(path, frozenset(people), base).few_differ()]

    assert told(MANY) == []
    assert Releases(path, frozenset(MANY), 8).record("run1") == []
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert told(MANY) == told(MANY[:32]) == told(MANY[:39], base=0) == []
    for other in (MANY[:33], [*MANY, "NEW"], [*MANY[:37], "A", "B", "C"]):
        (one,) = told(other)
        assert one.startswith("KM710") and "run1" in one
    assert len(told(MANY[:32], base=10)) == 1


def test_4_5_a_damaged_list_of_releases_is_begun_again(tmp_path: Path) -> None:
    path = tmp_path / "kmnet.releases"
    for damaged in ("", "[1, {}]", '{"a": 1}', "[" * 5000):
        path.write_text(damaged, encoding="utf-8")
        assert Releases(path, frozenset(MANY), 8).few_differ() == []
    Releases(path, frozenset(MANY), 8).record("run1")
    assert len(Releases(path, frozenset(MANY[1:]), 8).few_differ()) == 1
    nowhere = Releases(tmp_path / "none" / "kmnet.releases", frozenset(MANY), 8)
    assert [p.code for p in nowhere.record("run1")] == ["KM711"]


def test_4_5_releases_of_a_study_are_listed_by_code_and_not_at_all_for_the_team(tmp_path: Path) -> None:
    for name in ("people.csv", "survey.csv"):
        (tmp_path / name).write_bytes((SAMPLES / "tiny_before_after" / name).read_bytes())
    config = tmp_path / "config.yaml"
    config.write_text("title: T\ndata: {people: people.csv, survey: survey.csv, withdrawn: gone.csv}\n")
    (tmp_path / "gone.csv").write_text("person\n")

    def releases(level: str) -> Releases:
        checked = pipeline.check(config, {"share": level})
        return Releases.of(checked.loaded, checked.tables.people["id"])

    team = releases("inside")
    assert team.few_differ() == team.record("run0") == []
    assert not list(tmp_path.glob("kmnet.*"))
    everybody = releases("public")
    assert everybody.few_differ() == everybody.record("run1") == []
    ids = set(pipeline.check(config).tables.people["id"])
    assert len(everybody.people) == len(ids) and not ids & everybody.people
    (tmp_path / "gone.csv").write_text(f"person\n{min(ids)}\n")
    assert [p.code for p in releases("public").few_differ()] == ["KM710"]
