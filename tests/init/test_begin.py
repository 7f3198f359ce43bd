"""Folders to begin with: new, from a sample, from files that are there."""

from __future__ import annotations

import hashlib
import shutil
import stat
from pathlib import Path

import openpyxl
import pytest

from kmnet import cli
from kmnet.config.load import load
from kmnet.errors import ConfigError, OutputError
from kmnet.init import begin
from kmnet.init.samples import samples
from kmnet.init.template import template
from kmnet.share.codes import read_key
from kmnet.tables.read import read
from kmnet.tables.schema import INPUTS
from tests.shared_data import ROOT

SAMPLE = ROOT / "sample_networks" / "cig_programme"


def test_a_new_study_has_config_template_key_and_gitignore(tmp_path: Path) -> None:
    lines = begin.new(tmp_path / "It's: mine")
    folder = tmp_path / "It's: mine"
    assert {p.name for p in folder.iterdir()} == {
        "config.yaml", "tables.xlsx", "kmnet.key", ".gitignore", "kmnet.schema.json",
    }  # fmt: skip
    assert load(folder / "config.yaml").study.data.people[0].sheet == "people"
    assert stat.S_IMODE((folder / "kmnet.key").stat().st_mode) == 0o600
    assert "kmnet.key" in (folder / ".gitignore").read_text()
    assert len(read_key(folder / "kmnet.key", folder / "results")) == 64
    assert lines[-1].startswith("Next: ")
    for setting in ("cohorts:", "moments:", "networks:", "effect:", "groups:", "share:"):
        assert setting in (folder / "config.yaml").read_text(encoding="utf-8")


def test_4_8_a_new_config_says_what_results_are_not_for(tmp_path: Path) -> None:
    begin.new(tmp_path / "study")
    text = (tmp_path / "study" / "config.yaml").read_text(encoding="utf-8")
    assert "Do not use the results to appraise staff" in text and "named by others" in text


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("mine")
    for start in (lambda: begin.new(tmp_path), lambda: begin.sample(tmp_path, "tiny_before_after")):
        with pytest.raises(OutputError, match="KM602"):
            start()
    assert [p.name for p in tmp_path.iterdir()] == ["config.yaml"]
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="KM602"):
        begin.new(tmp_path / "file")


def test_the_commented_settings_of_a_new_config_are_right(tmp_path: Path) -> None:
    """Uncommented, the examples of the draft are a config that loads."""
    begin.new(tmp_path / "s")
    path = tmp_path / "s" / "config.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    keys = ("cohorts", "moments", "networks", "groups", "effect", "  -", "  knows", "  advice", "  met")
    bare = [line[2:] if line.startswith("# ") and line[2:].startswith(keys) else line for line in lines]
    path.write_text("\n".join(bare) + "\n", encoding="utf-8")
    study = load(path).study
    assert len(study.moments) == 3 and list(study.networks) == ["knows", "advice", "met"] and study.effect is not None


def test_the_template_is_the_same_each_time_and_holds_every_table_as_text(tmp_path: Path) -> None:
    data = template()
    assert hashlib.sha256(data).digest() == hashlib.sha256(template()).digest()
    (tmp_path / "t.xlsx").write_bytes(data)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["notes", *INPUTS]
    for table in INPUTS.values():
        sheet = book[table.name]
        assert [c.value for c in sheet[1]] == [f.name for f in table.fields]
        assert all(sheet.column_dimensions[openpyxl.utils.get_column_letter(k + 1)].number_format == "@"
                   or sheet.cell(1, k + 1).number_format == "@" for k in range(len(table.fields)))  # fmt: skip
    assert len(book["people"].data_validations.dataValidation) == 3
    said = " ".join(str(row[0].value) for row in book["notes"].rows)
    assert "withdraw" in said and "appraise" in said


def test_a_filled_template_is_read(tmp_path: Path) -> None:
    from kmnet.tables.read import read

    begin.new(tmp_path / "s")
    path = tmp_path / "s" / "tables.xlsx"
    book = openpyxl.load_workbook(path)
    for row in (("007", "Ann"), ("8", "Bo")):
        book["people"].append(row)
    book["interactions"].append(("007", "8", "2024-01-05", "advice"))
    book.save(path)
    loaded = load(tmp_path / "s" / "config.yaml")
    tables = read(loaded.study, loaded.folder)
    assert list(tables.people["id"]) == ["007", "8"] and len(tables.interactions) == 1


@pytest.mark.parametrize("name", [s.name for s in samples()])
def test_every_sample_is_copied_out_and_checks(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin.sample(tmp_path / "copy", name)
    assert not list((tmp_path / "copy").rglob("*.py"))
    for config in sorted((tmp_path / "copy").glob("*.yaml")):
        assert load(config).folder == (tmp_path / "copy").resolve()
    assert cli.run(["check", str(tmp_path / "copy" / "config.yaml"), "--quiet"]) == 0
    assert cli.run(["samples"]) == 0 and name in capsys.readouterr().out


def test_an_unknown_sample_gives_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match='did you mean "cig_programme"'):
        begin.sample(tmp_path / "copy", "cig-program")
    assert not (tmp_path / "copy").exists()


def test_a_draft_knows_the_tables_of_the_sample_by_their_headings(tmp_path: Path) -> None:
    """The names of the files say nothing."""
    data = tmp_path / "files"
    data.mkdir()
    names = [t for t in INPUTS if (SAMPLE / f"{t}.csv").exists()]
    for k, table in enumerate(names):
        shutil.copy(SAMPLE / f"{table}.csv", data / f"file{k}.csv")
    begin.draft(tmp_path / "study", data)
    loaded = load(tmp_path / "study" / "config.yaml")
    for k, table in enumerate(names):
        (source,) = getattr(loaded.study.data, table)
        assert loaded.file(source).resolve() == (data / f"file{k}.csv").resolve(), table


def test_a_draft_has_the_cohorts_that_the_workshops_show(tmp_path: Path) -> None:
    """Start and end of each from the days of its workshops, marked as a draft, and a config that loads."""
    told = begin.draft(tmp_path / "study", SAMPLE)
    study = load(tmp_path / "study" / "config.yaml").study
    assert [(c.name, str(c.start), str(c.end)) for c in study.cohorts] == [
        ("Cohort 1", "2017-01-16", "2017-07-10"), ("Cohort 2", "2018-01-15", "2018-07-09"),
        ("Cohort 3", "2018-11-05", "2019-04-22"),
    ]  # fmt: skip
    text = (tmp_path / "study" / "config.yaml").read_text(encoding="utf-8")
    assert "A DRAFT: confirm" in text and text.count("cohorts:") == 1
    assert any(line.startswith("cohorts: drafted") for line in told)


@pytest.mark.parametrize("cohort", [True, False])
def test_a_draft_has_the_cohorts_of_the_people_who_came(tmp_path: Path, cohort: bool) -> None:
    """Where no workshop says whose it was; one period, as a comment, where nobody says so."""
    extra = (",cohort", ",Spring", ",Autumn; Spring") if cohort else ("", "", "")
    people = f"id,role{extra[0]}\np1,a{extra[1]}\np2,b{extra[2]}\n"
    (tmp_path / "people.csv").write_text(people)
    came = "person,workshop,date\np1,W1,03/02/2024\np2,W2,25/02/2024\np1,W3,\n"
    (tmp_path / "attendance.csv").write_text(came)
    begin.draft(tmp_path / "study", tmp_path)
    found = load(tmp_path / "study" / "config.yaml").study.cohorts
    told = [(c.name, str(c.start), str(c.end)) for c in found]
    assert told == ([("Autumn", "2024-02-25", "2024-02-26"), ("Spring", "2024-02-03", "2024-02-25")] if cohort else [])
    text = (tmp_path / "study" / "config.yaml").read_text(encoding="utf-8")
    assert cohort or "#   - {name: Everybody, start: 2024-02-03, end: 2024-02-25}" in text


def test_a_draft_has_the_groups_that_people_show_and_goes_by_the_names_of_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    rows = [f"p{k},{'north' if k % 2 else 'south'},{k},{'late' if k < 2 else ''}" for k in range(8)]
    (tmp_path / "in" / "people.csv").write_text("\n".join(["id,kind,pay grade,note", *rows]) + "\n")
    (tmp_path / "in" / "interactions.csv").write_text("source,target\np0,p1\n")
    told = begin.draft(tmp_path / "study", tmp_path / "in")
    study = load(tmp_path / "study" / "config.yaml").study
    assert study.groups == ("kind",)  # every grade is somebody's own, and notes are few
    assert not study.data.organisations and any(line.startswith("groups: drafted") for line in told)


def test_a_draft_of_a_workbook_and_of_exports(tmp_path: Path) -> None:
    data = tmp_path / "files"
    data.mkdir()
    book = openpyxl.Workbook()
    people, ties = book.active, book.create_sheet("Contacts")
    people.title = "Register"
    for row in (("Person ID", "Full name", "Role"), ("1", "Ann", "Nurse"), ("2", "Bo", "Adviser")):
        people.append(row)
    for row in (("From", "To", "When"), ("1", "2", "2024-01-05")):
        ties.append(row)
    book.save(data / "all.xlsx")
    (data / "Workshop 2.csv").write_text(
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
        "Ann,ann@x.org,11/19/2021 09:54:15 AM,11/19/2021 10:54:15 AM,60,No\n", encoding="utf-8",
    )  # fmt: skip
    (data / "notes.txt").write_text("a,b\n1,2\n", encoding="utf-8")
    (data / "scan.pdf").write_bytes(b"%PDF")
    told = begin.draft(data / "study", data)
    study = load(data / "study" / "config.yaml").study
    assert (study.data.people[0].sheet, study.data.interactions[0].sheet) == ("Register", "Contacts")
    assert (study.data.attendance[0].format, study.data.attendance[0].workshop) == ("zoom", "Workshop 2")
    assert "notes.txt: not understood" in "\n".join(told)


def test_a_draft_knows_sign_in_sheets_networks_and_what_it_cannot_read(tmp_path: Path) -> None:
    data = tmp_path / "files"
    data.mkdir()
    files = {
        "register.csv": "id,name\nP1,Ann Lee\nP2,Bea Kay\nP3,Cay Fox\n",
        "day 1.csv": "Name,Organisation,Signature\nAnn Lee,Trust,AL\nBea Kay,,\n",  # organisations by its headings alone
        "days.csv": "Name,Organisation,W1 2024-01-16,W2\nAnn Lee,Trust,x,\nBea Kay,Trust,,x\n",
        "zoom.csv": "Name (Original Name),Join Time,Duration (Minutes)\nAnn Lee,05/14/2024 09:00:00 AM,9\n",
        "form-before.csv": "Timestamp,Your name,Know? [Ann Lee],Know? [Bea Kay]\nt,Cay Fox,1,0\n",
        "lists.csv": "W3,W4\nAnn Lee,Bea Kay\nBea Kay,Cay Fox\n",
        "net.txt": "dl n=2 format=edgelist1\nlabels:\nP1,P2\ndata:\n1 2\n",
        "net.net": '*Vertices 2\n1 "Ann Lee"\n2 "Bea Kay"\n*Arcs\n1 2\n',
        "feedback.csv": "ID,Start time,Completion time,Email,Name,How was it?\n1,1/2/24,1/2/24,a@x.org,Ann Lee,good\n",
        "web.xls": "<html><table><tr><td>Name</td></tr></table></html>",
    }
    for name, text in files.items():
        (data / name).write_text(text, encoding="utf-8")
    told = "\n".join(begin.draft(data / "study", data))
    study = load(data / "study" / "config.yaml").study
    came = {s.path.removeprefix("../"): (s.format, s.workshop) for s in study.data.attendance}
    assert came == {
        "day 1.csv": ("matrix", "day 1"),
        "days.csv": ("matrix", None),
        "lists.csv": ("matrix", None),
        "zoom.csv": ("zoom", "zoom"),
    }
    assert {s.path.removeprefix("../"): s.format for s in study.data.interactions} == {
        "net.net": "auto",
        "net.txt": "ucinet",
    }
    assert len(study.data.people) == 1 and not study.data.organisations
    text = (data / "study" / "config.yaml").read_text(encoding="utf-8")
    assert "start: 2024-01-16, end: 2024-05-14" in text and study.data.survey[0].wave == "before"
    assert "asks about no person" in told and "web.xls: not understood (The file is a web page" in told


def test_a_draft_maps_headings_that_it_does_not_know(tmp_path: Path) -> None:
    data = tmp_path / "files"
    data.mkdir()
    (data / "people.csv").write_text("Staff id,Surname\n1,Lee\n", encoding="utf-8")
    begin.draft(tmp_path / "s", data)
    assert load(tmp_path / "s" / "config.yaml").study.data.people[0].columns == {"id": "Staff id"}


def test_a_draft_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no table"):
        begin.draft(tmp_path / "s", tmp_path)
    with pytest.raises(ConfigError, match="no such folder"):
        begin.draft(tmp_path / "s", tmp_path / "nowhere")
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize(
    ("after", "scale"), [("Monthly", {"Never": 0, "Monthly": 1, "Weekly": 2}), ("On some days", {})]
)
def test_a_draft_knows_survey_forms_by_the_people_they_ask_about(
    tmp_path: Path, after: str, scale: dict[str, int]
) -> None:
    """A form has an id and a name in each row, as a list of people has; its usual answers get numbers."""
    data = tmp_path / "files"
    data.mkdir()
    book = openpyxl.Workbook()
    book.active.title = "People"
    names = ["Ann Quill", "Bo Lee", "Cy Day"]
    for row in (("Person ID", "Full name", "Role"), *((f"P{k}", name, "Nurse") for k, name in enumerate(names))):
        book.active.append(row)
    heads = ["ID", "Start time", "Completion time", "Email", "Name", *(f"How often?.{name}" for name in names)]
    for title, (one, two) in {"Survey before": ("Never", "Weekly"), "Survey after": ("Never", after)}.items():
        sheet = book.create_sheet(title)
        sheet.append(heads)
        sheet.append([1, "2024-03-05 09:00", "2024-03-05 09:05", "anonymous", names[0], None, one, two])
    book.save(data / "all.xlsx")
    told = begin.draft(tmp_path / "my-study", data)
    study = load(tmp_path / "my-study" / "config.yaml").study
    assert study.title == "my-study"
    assert [s.sheet for s in study.data.people] == ["People"]
    assert [(s.format, s.wave) for s in study.data.survey] == [
        ("microsoft_forms", "before"),
        ("microsoft_forms", "after"),
    ]
    assert [s.scale for s in study.data.survey] == [scale, scale], "one for both; other words are left to the user"
    assert len(told) == 4


def test_a_draft_knows_what_evaluators_have_by_the_people_in_the_cells(tmp_path: Path) -> None:
    """Forms sent in without a name that ask for it in their own words, a log under German headings, a list of evidence."""
    data = tmp_path / "files"
    data.mkdir()
    names = ["Ann Quill", "Bo Lee", "Cy Day", "Di Orr"]
    people = "".join(f"P{k},{name},Nurse\n" for k, name in enumerate(names))
    (data / "people.csv").write_text(f"ID,Full name,Job role\n{people}", encoding="utf-8")
    for title, asked in {"Before": "Please type your full name", "After": "Wer sind Sie?"}.items():
        book = openpyxl.Workbook()
        book.active.append(["ID", "Start time", "Completion time", "Email", "Name", asked, "Whom do you know?"])
        for k, name in enumerate(names):
            known = f"{names[k - 1]}; {names[k - 2]}"
            book.active.append([k, "2024-03-05 09:00", "2024-03-05 09:05", "anonymous", None, name, known])
        book.save(data / f"{title}(1-4).xlsx")
    log = "Datum;Von;An;Art;Dauer\n" + "".join(
        f"1{k}.03.2024;{names[k % 4]};{names[(k + 1) % 4]};{('Telefon', 'Treffen')[k % 2]};0,{k}\n" for k in range(8)
    )
    (data / "Kontakte.csv").write_text(log, encoding="utf-8")
    (data / "Evidence list.csv").write_text("Kind,Title,Made by\nguide,Leaflet,Bo Lee\n", encoding="utf-8")
    begin.draft(tmp_path / "s", data)
    found = load(tmp_path / "s" / "config.yaml").study.data
    assert [(s.format, s.wave) for s in found.survey] == [("microsoft_forms", "after"), ("microsoft_forms", "before")]
    text = (tmp_path / "s" / "config.yaml").read_text(encoding="utf-8")
    assert "until: start, wave: before}" in text and "end + 6 months, wave: after}" in text
    log_columns = {"source": "Von", "target": "An", "date": "Datum", "kind": "Art"}
    assert [s.columns for s in found.interactions] == [log_columns]
    assert [s.columns for s in found.artefacts] == [{"id": "Title"}]
    tables = read(load(tmp_path / "s" / "config.yaml").study, tmp_path / "s")
    assert len(tables.survey) == 16 and len(tables.interactions) == 8 and tables.interactions["date"].notna().all()
    assert not [p for p in tables.findings if p.severity == "error"]
