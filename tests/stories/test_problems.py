"""Wrong input: every problem at once, in plain words, with the exit code that is documented, and nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.running import Ran, apart, kmnet

PEOPLE = "id,name,role\nP1,Ann,A\nP2,Bea,B\nP3,Cay,A\n"
SURVEY = "wave,source,target\nw1,P1,P2\nw1,P2,P3\nw2,P1,P3\n"


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "survey.csv").write_text(SURVEY, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(
        "title: Three people\ndata:\n  people: people.csv\n  survey: survey.csv\n", encoding="utf-8"
    )
    return tmp_path


def refused(ran: Ran, room: Path, code: int) -> str:
    """The run ended as documented, without a traceback, and left the folder as it was."""
    assert ran.code == code, ran.said
    assert "Traceback" not in ran.said
    assert {p.name for p in room.iterdir()} <= {"config.yaml", "people.csv", "survey.csv", "log.csv"}
    return ran.said


def test_the_three_people_run_as_they_are(room: Path) -> None:
    ran = kmnet("analyse", room / "config.yaml")
    assert ran.code == 0, ran.said
    assert (room / "results" / "report.html").exists()


def test_five_errors_in_one_config_are_told_at_once(room: Path) -> None:
    (room / "config.yaml").write_text(
        "tilte: Three people\n"
        "data:\n  people: peeple.csv\n  survey: survey.csv\n"
        "networks:\n  knows: {from: surveys}\n"
        "inference: {draws: many}\n"
        "share: everybody\n",
        encoding="utf-8",
    )
    said = refused(kmnet("analyse", room / "config.yaml"), room, 2)
    for word in ("tilte", "peeple.csv", "surveys", "draws", "share"):
        assert word in said, word
    assert "title" in said and "people.csv" in said  # the nearest right names
    assert said.count("KM1") >= 5


def test_a_missing_config_is_said_in_one_line(room: Path) -> None:
    said = refused(kmnet("analyse", room / "confg.yaml"), room, 2)
    assert "confg.yaml" in said


def test_a_missing_file_is_named_with_the_nearest_that_is_there(room: Path) -> None:
    (room / "survey.csv").rename(room / "log.csv")
    said = refused(kmnet("analyse", room / "config.yaml"), room, 2)
    assert "survey.csv" in said and "KM107" in said


def test_an_unknown_person_is_found_with_file_and_line(room: Path) -> None:
    (room / "survey.csv").write_text(SURVEY + "w2,P1,P99\n", encoding="utf-8")
    (room / "config.yaml").write_text(
        (room / "config.yaml").read_text(encoding="utf-8") + "policies: {unknown-person: error}\n", encoding="utf-8"
    )
    said = refused(kmnet("analyse", room / "config.yaml"), room, 1)
    assert "survey.csv:5" in said and "unknown-person" in said and "P99" in said


def test_an_empty_file_is_an_error_and_a_heading_alone_is_not_a_crash(room: Path) -> None:
    (room / "survey.csv").write_text("", encoding="utf-8")
    assert "survey.csv" in refused(kmnet("analyse", room / "config.yaml"), room, 1)
    (room / "survey.csv").write_text("wave,source,target\n", encoding="utf-8")
    ran = kmnet("analyse", room / "config.yaml")
    assert ran.code in (0, 1) and "Traceback" not in ran.said
    (room / "people.csv").write_text("id,name,role\n", encoding="utf-8")
    ran = kmnet("analyse", room / "config.yaml", "--out", room / "other")
    assert ran.code == 1 and "Traceback" not in ran.said and not (room / "other").exists()


def test_a_table_with_one_row_is_described(room: Path) -> None:
    (room / "survey.csv").write_text("wave,source,target\nw1,P1,P2\n", encoding="utf-8")
    ran = kmnet("analyse", room / "config.yaml")
    assert ran.code == 0 and "Traceback" not in ran.said, ran.said
    (room / "people.csv").write_text("id,name,role\nP1,Ann,A\n", encoding="utf-8")
    (room / "survey.csv").write_text(SURVEY.splitlines()[0] + "\n", encoding="utf-8")
    ran = kmnet("analyse", room / "config.yaml", "--out", room / "alone")
    assert ran.code in (0, 1) and "Traceback" not in ran.said, ran.said


def test_all_problems_of_the_data_come_together(room: Path) -> None:
    (room / "people.csv").write_text(PEOPLE + "P1,Ann again,A\n,Nobody,B\n", encoding="utf-8")
    (room / "survey.csv").write_text(SURVEY.replace("w2,P1,P3", "w2,P1"), encoding="utf-8")
    said = refused(kmnet("analyse", room / "config.yaml"), room, 1)
    for place in ("people.csv:5", "people.csv:6", "survey.csv:4"):
        assert place in said, place


def test_check_and_analyse_find_the_same(room: Path) -> None:
    (room / "people.csv").write_text(PEOPLE + "P1,Ann again,A\n", encoding="utf-8")
    told = [kmnet(command, room / "config.yaml") for command in ("check", "analyse")]
    assert [t.code for t in told] == [1, 1]
    codes = [sorted(w for w in t.said.split() if w.startswith("KM")) for t in told]
    assert codes[0] == codes[1] and codes[0]


def test_a_process_of_its_own_ends_with_the_same_code(room: Path) -> None:
    (room / "survey.csv").unlink()
    ran = apart("analyse", room / "config.yaml")
    refused(ran, room, 2)
    assert ran.out == "" and "KM107" in ran.err
