"""`kmnet forget` and `kmnet verify`."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from kmnet.errors import ConfigError, DataError
from kmnet.share.codes import codes, read_key
from kmnet.share.forget import forget
from kmnet.share.verify import verify


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text("id,name,email\nP1,Ann Quill,ann@q.org\nP2,Bo Lee,\n", encoding="utf-8")
    (tmp_path / "log.csv").write_text(
        "source,target,introduced_by\nP2,P1,\nP2,Ann Quill,\nP2,P3,p1\nP2,P2,\n", encoding="utf-8"
    )
    (tmp_path / "config.yaml").write_text(
        "title: T\ndata: {people: people.csv, interactions: log.csv}\ncohorts: []\n", encoding="utf-8"
    )
    return tmp_path


def folder(place: Path, name: str, text: str) -> Path:
    made = place / name
    made.mkdir(parents=True)
    (made / "report.html").write_text(text, encoding="utf-8")
    files = {"report.html": hashlib.sha256(text.encode()).hexdigest()}
    inputs = {n: hashlib.sha256((place / n).read_bytes()).hexdigest() for n in ("people.csv", "log.csv")}
    (made / "manifest.json").write_text(json.dumps({"files": files, "inputs": inputs}), encoding="utf-8")
    return made


def test_4_6_forget_lists_rows_and_folders_and_records(place: Path) -> None:
    key = read_key(place / "kmnet.key", place / "results")
    folder(place, "results", f"broker {codes(['P1'], key)['P1']}")
    folder(place, "old", "by Ann Quill")
    folder(place, "clean", "nobody")
    before = {p.name: p.read_bytes() for p in place.glob("*.csv")}
    lines = forget(place / "config.yaml", "p1", "2024-05-01")
    text = "\n".join(lines)
    for where in ("people.csv:2 (people)", "log.csv:2 (", "log.csv:3 (", "log.csv:4 ("):
        assert where in text
    assert "log.csv:5" not in text
    assert "/results (" in text and "/old (" in text and "/clean" not in text
    assert {n: (place / n).read_bytes() for n in before} == before
    assert (place / "withdrawn.csv").read_text() == "person,date\nP1,2024-05-01\n"
    assert "obeyed from now on" in lines[-1]


def test_forget_adds_to_the_table_that_is_there_in_its_own_shape(place: Path) -> None:
    (place / "gone.csv").write_text("date;Person;why\n2020-01-01;P9;moved", encoding="utf-8")
    config = (place / "config.yaml").read_text().replace("log.csv}", "log.csv, withdrawn: gone.csv}")
    (place / "config.yaml").write_text(config)
    forget(place / "config.yaml", "P1")
    assert (place / "gone.csv").read_text() == "date;Person;why\n2020-01-01;P9;moved\n;P1;\n"
    assert "already" in forget(place / "config.yaml", "P1")[-1]
    assert (place / "gone.csv").read_text().count("P1") == 1


def test_4_6_a_recorded_withdrawal_is_obeyed(place: Path) -> None:
    from kmnet.config.load import load
    from kmnet.tables.read import read

    forget(place / "config.yaml", "P1", "2024-05-01")
    text = (place / "config.yaml").read_text()
    for config in (text, text.replace("log.csv}", "log.csv, withdrawn: withdrawn.csv}")):
        (place / "config.yaml").write_text(config)
        loaded = load(place / "config.yaml")
        tables = read(loaded.study, loaded.folder)
        assert "P1" not in set(tables.people["id"]) and "P1" not in tables.register.names
        assert list(tables.ledger["file"]).count("withdrawn.csv") == 1
    assert "already" in forget(place / "config.yaml", "P1")[-1]


def test_nobody_and_no_day(place: Path) -> None:
    with pytest.raises(DataError, match="KM707"):
        forget(place / "config.yaml", "P77")
    with pytest.raises(ConfigError, match="KM108"):
        forget(place / "config.yaml", "P1", "yesterday")
    assert not (place / "withdrawn.csv").exists()


def test_f9_f10_verify_says_what_was_changed(place: Path) -> None:
    made = folder(place, "results", "text")
    assert verify(made) == ([], 3)
    (made / "report.html").write_text("edited")
    (made / "extra.txt").write_text("new")
    (place / "log.csv").write_text("other")
    (place / "people.csv").unlink()
    found, _ = verify(made)
    assert {(p.place.file, p.code, p.severity) for p in found} == {
        ("report.html", "KM706", "error"),
        ("extra.txt", "KM706", "error"),
        ("log.csv", "KM706", "error"),
        ("people.csv", "KM709", "warning"),
    }
    (made / "report.html").unlink()
    assert any("taken away" in p.message for p in verify(made)[0])
    with pytest.raises(ConfigError, match="KM107"):
        verify(place)


def test_verify_finds_inputs_where_it_is_told_to(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    made = folder(place, "results", "text")
    elsewhere = tmp_path_factory.mktemp("moved")
    for name in ("people.csv", "log.csv"):
        (place / name).rename(elsewhere / name)
    assert {p.code for p in verify(made)[0]} == {"KM709"}
    assert verify(made, elsewhere) == ([], 3)


def test_forget_reads_survey_forms_that_ask_about_people_by_name(place: Path) -> None:
    (place / "form.csv").write_text(
        "ID,Start time,Completion time,Email,Name,How often?.Ann Quill,How often?.Bo Lee,How often?.Cy Day\n"
        "1,3/5/24 9:00,3/5/24 9:05,anonymous,Bo Lee,2,,1\n2,3/5/24 9:10,3/5/24 9:15,anonymous,Cy Day,,1,\n",
        encoding="utf-8",
    )
    with (place / "people.csv").open("a", encoding="utf-8") as file:
        file.write("P3,Cy Day,\n")
    config = (place / "config.yaml").read_text()
    form = "survey: {path: form.csv, format: microsoft_forms, wave: before}"
    (place / "config.yaml").write_text(config.replace("log.csv}", f"log.csv, {form}}}"))
    lines = forget(place / "config.yaml", "P1")
    assert [line for line in lines if "form.csv" in line] == ["  form.csv:2 (survey)", "  form.csv:3 (survey)"]
