"""D4, D6, D7 and consent: who is who, and who is not there at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kmnet.errors import DataError
from kmnet.tables.consent import agreed
from kmnet.tables.names import bare, candidates, loose
from kmnet.tables.people import UNREGISTERED
from kmnet.tables.schema import INPUTS, Tables
from tests.tables.rooms import codes, rows, tables

REGISTER = 'id,name,email\nP1,Jane Smith,jane@x.org\nP2,José Núñez,\nP3,"O\'Brien, Pat",\nP4,Anne-Marie Roy,am@x.org\n'


def person_of(text: str, folder: Path, register: str = REGISTER) -> str:
    """The person whom an attendance row's cell is taken for ("" where the row was set aside)."""
    cell = '"' + text.replace('"', '""') + '"'
    files = {"people.csv": register, "attendance.csv": f"person,workshop\n{cell},W1\n"}
    found = tables(folder, files)
    return "".join(found.attendance["person"])


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("p1", "P1"), (" P\u200b1 ", "P1"), ("JANE  SMITH", "P1"), ("Smith, Jane", "P1"), ("Dr. Jane Smith", "P1"),
        ("SMITH Jane (EXT)", "P1"), ("Jane Smith (Alder Hey)", "P1"), ("iPhone (Jane Smith)", "P1"),
        ("Janey (Jane Smith)", "P1"), ("Jane@X.org", "P1"), ("Someone Else <jane@x.org>", "P1"),
        ("Jane Smith <other@y.org>", "P1"), ("Jose Nunez", "P2"), ("Jose\u0301 Nun\u0303ez", "P2"),
        ("NUÑEZ, Prof José", "P2"), ("Pat O’Brien", "P3"), ("pat obrien", "P3"), ("Anne Marie Roy", "P4"),
    ],
)  # fmt: skip
def test_D4_spellings_of_one_person(text: str, who: str, tmp_path: Path) -> None:
    assert person_of(text, tmp_path) == who


@pytest.mark.parametrize(
    "text", ["Jane Smyth", "June Smith", "J Smith", "Smith", "Jane", "Jane Smithe", "iPhone", "Janesmith"]
)
def test_D6_what_only_looks_alike_is_somebody_else(text: str, tmp_path: Path) -> None:
    assert person_of(text, tmp_path) == text


def test_D6_two_names_side_by_side_are_nobody_alone(tmp_path: Path) -> None:
    files = {
        "people.csv": "id,name\nP1,Jane Smith\nP2,Bea Kay\n",
        "attendance.csv": "person,workshop\nJane Smith / Bea Kay,W1\nJane Smith - NHS,W1\n",
    }
    found = tables(tmp_path, files)
    assert found.attendance["person"].tolist() == ["P1"] and "KM302" in codes(found)


def test_D6_two_people_of_one_name_stay_two(tmp_path: Path) -> None:
    files = {
        "people.csv": "id,name\nP1,Jane Smith\nP2,jane  SMITH\nP3,Bea\n",
        "attendance.csv": "person,workshop\nJane Smith,W1\nP1,W1\nP2,W1\n",
    }
    found = tables(tmp_path, files)
    assert found.attendance["person"].tolist() == ["P1", "P2"]
    assert {"KM302", "KM310"} <= codes(found) and found.ledger["set_aside"].tolist() == [0, 1]


def test_D6_confirmed_aliases_are_applied_and_counted(tmp_path: Path) -> None:
    files = {
        "people.csv": "id,name\nP1,Jane Smith\nP2,Bea\nP1b,J. Smith\n",
        "aliases.csv": "written,person\nJanie,P1\nP1b,P1\n",
        "interactions.csv": "source,target\nJANIE,P2\nP1b,P2\n",
    }
    found = tables(tmp_path, files)
    assert found.people["id"].tolist() == ["P1", "P2"] and set(found.interactions["source"]) == {"P1"}
    assert found.ledger.set_index("file")["merged"]["people.csv"] == 1
    assert "KM306" in codes(found)


def test_D7_strangers_are_kept_grouped_or_dropped(tmp_path: Path) -> None:
    files = {
        "people.csv": "id,role\nP1,Nurse\nP2,Nurse\n",
        "interactions.csv": "source,target,introduced_by\nP1,P2,\nP1,P9,\np9,P2,\nP1,P2,P8\n",
    }
    made = {how: tables(tmp_path, files, disclosure={"unregistered": how}) for how in ("keep", "group", "drop")}
    assert made["keep"].people["id"].tolist() == ["P1", "P2", "P8", "P9"] == made["group"].people["id"].tolist()
    assert made["group"].people["role"].tolist() == ["Nurse", "Nurse", UNREGISTERED, UNREGISTERED]
    assert made["keep"].people["role"].tolist() == ["Nurse", "Nurse", "", ""]
    dropped = made["drop"]
    assert dropped.people["id"].tolist() == ["P1", "P2"] and len(dropped.interactions) == 2
    assert dropped.interactions["introduced_by"].tolist() == ["", ""]
    assert dropped.ledger["set_aside"].tolist() == [0, 2]
    assert all(t.strangers == ("P8", "P9") for t in made.values())


def test_D7_rows_of_one_person_may_differ_in_cohort_and_team(tmp_path: Path) -> None:
    people = "id,name,cohort,team\nP1,Ann,C1,T1\nP1,Ann,C2,T2\nP2,Bea,c2; C1,T1\n"
    found = tables(tmp_path, {"people.csv": people})
    assert rows(found.people, "cohort", "team") == [(("C1", "C2"), "T1; T2"), (("C2", "C1"), "T1")]


def test_D7_two_rows_of_one_id_that_disagree_stop(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="KM203"):
        tables(tmp_path, {"people.csv": "id,name\nP1,Ann\nP1,Bea\n"})


def same(one: Tables, two: Tables) -> None:
    for name in INPUTS:
        if hasattr(one, name):
            pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))
    assert one.register == two.register and one.strangers == two.strangers


def _files(with_p2: bool, **change: str) -> dict[str, str | bytes]:
    p2 = (lambda text: text) if with_p2 else (lambda text: "")
    return {
        "people.csv": "id,name,email,organisation,cohort\nP1,Ann,,O1,C\nP3,Cay,,O1,C\n"
        + p2("P2,Bea Kay,bea@x.org,O2,C\n"),
        "attendance.csv": "person,workshop\nP1,W1\nP3,W1\n" + p2('P2,W1\n"Kay, Bea",W2\nbea@x.org,W3\n'),
        "interactions.csv": "source,target,introduced_by\nP1,P3,\n" + p2("P2,P1,\nP3,p2,\nP2,P2,\nP2,P99,\n"),
        "survey.csv": "wave,source,target,strength\nw1,P1,P3,2\n" + p2("w1,P3,P2,2\nw1,P2,P1,1\nw2,P2,P1,1\n"),
        "respondents.csv": "wave,person,answered\nw1,P1,yes\nw1,P3,no\n" + p2("w1,P2,yes\n"),
        "artefact_events.csv": "artefact,person,action\nA1,P1,made\n" + p2("A1,P2,used\nA2,P2,made\n"),
        "aliases.csv": "written,person\nAnnie,P1\n" + p2("Bee,P2\n"),
        **change,
    }


@pytest.mark.parametrize("how", ["table", "column", "alias spelling"])
def test_4_6_consent_withdrawn_leaves_what_never_was(how: str, tmp_path: Path) -> None:
    """Issue 5 item 5: outputs equal those of data that never held the person."""
    files = _files(True)
    if how == "column":
        text = str(files["people.csv"])
        files["people.csv"] = "\n".join(
            line + (",consent" if k == 0 else ",withdrawn" if line.startswith("P2") else ",yes")
            for k, line in enumerate(text.strip().splitlines())
        )
    else:
        files["withdrawn.csv"] = "person\nP2\n" if how == "table" else "person\nP2\n"
        if how == "alias spelling":
            files["interactions.csv"] = str(files["interactions.csv"]) + "BEE,P1,\n"
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    found, never = tables(tmp_path / "a", files), tables(tmp_path / "b", _files(False))
    same(found, never)
    counted = found.ledger.set_index("file")["withdrawn"]
    assert counted["people.csv"] == 1 and counted["attendance.csv"] == 3 and counted["survey.csv"] == 3
    assert counted["interactions.csv"] == 4 + (how == "alias spelling")
    assert not any("Bea" in str(p.message) + p.fix for p in found.findings)


def test_4_6_consent_a_withdrawn_introducer_leaves_the_introduction(tmp_path: Path) -> None:
    files = {
        "people.csv": "id,consent\nP1,yes\nP2,yes\nP3,no\n",
        "interactions.csv": "source,target,introduced_by\nP1,P2,P3\n",
    }
    assert rows(tables(tmp_path, files).interactions, "source", "target", "introduced_by") == [("P1", "P2", "")]


def test_4_6_consent_withdrawn_forms_change_nothing_for_others(tmp_path: Path) -> None:
    people = "id,name\nP1,Ann Lee\nP2,Bea Kay\nP3,Cay Fox\nP4,Dan Ash\n"
    head, stays = "Timestamp,Name,Whom do you know?,How? [Ann Lee]\n", "t,Bea Kay,,Advice\nt,Cay Fox,Ann Lee,\n"
    source = {"path": "f.csv", "format": "google_forms", "wave": "w1"}
    made = []
    for gone in ('t,Dan Ash,Bea Kay,"Advice, Trust"\n', ""):
        files = {"people.csv": people, "f.csv": head + stays + gone, "withdrawn.csv": "person\nP4\n"}
        found = tables(tmp_path, files, data={"survey": source | {"scale": {"Advice": 1}}})
        made.append((found.survey, found.respondents))
    for with_, without in zip(*made, strict=True):
        pd.testing.assert_frame_equal(with_, without)


def test_4_6_consent_withdrawn_marks_change_nothing_for_others(tmp_path: Path) -> None:
    people = "id,name\nP1,Ann Lee\nP2,Bea Kay\nP3,Cay Fox\n"
    head, stays = "Name,Launch,Close\n", "Ann Lee,x,BK\nBea Kay,BK,x\n"
    made = []
    for gone in ("Cay Fox,see the notes,CF\n", ""):
        files = {"people.csv": people, "signin.csv": head + stays + gone, "withdrawn.csv": "person\nP3\n"}
        made.append(tables(tmp_path, files, data={"attendance": {"path": "signin.csv", "format": "matrix"}}))
    pd.testing.assert_frame_equal(made[0].attendance, made[1].attendance)
    assert made[0].findings == made[1].findings
    assert made[0].ledger.set_index("file")["withdrawn"]["signin.csv"] == 2


def test_4_6_consent_per_source(tmp_path: Path) -> None:
    files = {
        "people.csv": "id,consent\nP1,\nP2,attendance only\nP3,no-name\n",
        "attendance.csv": "person,workshop\nP1,W1\nP2,W1\n",
        "interactions.csv": "source,target\nP1,P2\nP1,P3\n",
        "survey.csv": "wave,source,target\nw1,P2,P1\nw1,P1,P3\n",
    }
    found = tables(tmp_path, files)
    assert len(found.people) == 3 and len(found.attendance) == 2
    assert found.interactions["target"].tolist() == ["P3"] and found.survey["source"].tolist() == ["P1"]


def test_4_6_consent_no_name_keeps_the_person_and_forgets_the_name(tmp_path: Path) -> None:
    found = tables(tmp_path, {"people.csv": "id,name,email,consent\nP1,Ann,a@x.org,no name\nP2,Bea,,yes\n"})
    assert found.register.names == {"P2": "Bea"} and not found.register.emails and len(found.people) == 2


def test_4_6_consent_missing_follows_the_policy(tmp_path: Path) -> None:
    people: dict[str, Any] = {"people.csv": "id,consent\nP1,yes\nP2,\n"}
    assert len(tables(tmp_path, people).people) == 2
    assert tables(tmp_path, people, disclosure={"consent_missing": "exclude"}).people["id"].tolist() == ["P1"]


@pytest.mark.parametrize("cell", ["perhaps", "attendance, gossip", "only", "?"])
def test_4_6_consent_that_is_unclear_is_never_a_yes(cell: str) -> None:
    assert agreed(cell) is None


def test_names_never_lose_a_surname_to_a_title() -> None:
    assert bare("Jack Ma") == "jack ma" and bare("Dr") == "" and loose("Roy, Anne-Marie") == loose("anne marie roy")
    assert candidates("Galaxy S21 (Ann Lee) [Trust]") == ["Ann Lee", "Trust"]
