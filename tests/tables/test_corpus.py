"""E: every code of reading, people and rows has a file that leads to it, a sentence and a cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmnet.codes import CODES
from kmnet.config.schema import Study
from kmnet.errors import KmnetError, Problem
from kmnet.tables.read import LIMITS, read
from tests.corpus.cases import CASES, Case


def found(case: Case, folder: Path) -> tuple[Problem, ...]:
    study = Study.model_validate(case.write(folder))
    try:
        tables = read(study, folder)
    except KmnetError as stopped:
        assert stopped.exit_code == (3 if case.code in LIMITS else 1)
        return stopped.problems
    ledger = tables.ledger
    assert (ledger["read"] == ledger[["used", "set_aside", "merged", "withdrawn"]].sum(axis=1)).all()
    assert (ledger[["read", "used", "set_aside", "merged", "withdrawn"]] >= 0).all(axis=None)
    return tables.findings


@pytest.mark.parametrize("case", CASES, ids=[f"{c.code}_{c.name.replace(' ', '_')}" for c in CASES])
def test_e1_e2_i4_case_leads_to_its_finding(case: Case, tmp_path: Path) -> None:
    problems = [p for p in found(case, tmp_path) if p.code == case.code]
    assert problems
    first = problems[0]
    assert first.severity == CODES[case.code].severity and first.fix
    if case.line is not None:
        assert first.place.line == case.line
    if case.column is not None:
        assert first.place.column == case.column


def test_e1_i4_every_code_has_a_case() -> None:
    codes = {c for c in CODES if c[2] in "234"}
    assert {c.code for c in CASES} == codes


def test_e1_codes_have_a_meaning_a_cure_and_a_name_of_their_own() -> None:
    assert all(c.meaning.endswith(".") and c.cure.endswith(".") for c in CODES.values())
    names = [c.name for c in CODES.values()]
    assert len(set(names)) == len(names)


def test_e6_messages_and_cures_hold_no_cell_of_a_person(tmp_path: Path) -> None:
    secret = "Zyxwv Qponm"
    (tmp_path / "people.csv").write_text(f"id,name,consent\nP1,{secret},{secret}\nP2,{secret},\n")
    (tmp_path / "log.csv").write_text(f"source,target,date,weight\n{secret},P1,{secret},{secret}\n{secret} 2,P1,,\n")
    study = Study.model_validate({"title": "t", "data": {"people": "people.csv", "interactions": "log.csv"}})
    with pytest.raises(KmnetError) as stopped:
        read(study, tmp_path)
    assert len(stopped.value.problems) == 3
    assert not any(secret in p.message + p.fix for p in stopped.value.problems)
