"""A report of no tie is an answer; an empty cell is not; and it is said whether response was given or inferred."""

from __future__ import annotations

from pathlib import Path

from tests.tables.rooms import codes, rows, tables


def answered(found: object) -> dict[tuple[str, str], bool]:
    frame = found.respondents  # type: ignore[attr-defined]
    return {(w, p): bool(a) for w, p, a in rows(frame, "wave", "person", "answered")}


def test_without_a_strength_column_naming_is_a_tie(tmp_path: Path) -> None:
    found = tables(tmp_path, {"survey.csv": "wave,source,target\nw1,P01,P02\n"})
    assert found.survey["strength"].tolist() == [1.0]


def test_zero_is_an_answer_and_an_empty_cell_is_none(tmp_path: Path) -> None:
    found = tables(tmp_path, {"survey.csv": "wave,source,target,strength\nw1,P01,P02,0\nw1,P02,P01,\nw1,P03,P03,2\n"})
    assert rows(found.survey, "source", "strength") == [("P01", 0.0)]
    assert answered(found) == {("w1", "P01"): True, ("w1", "P02"): False, ("w1", "P03"): True}
    assert found.facts["response"] == "inferred" and {"KM413", "KM401"} <= codes(found)


def test_the_strongest_of_repeated_reports_counts(tmp_path: Path) -> None:
    said = "wave,source,target,relation,strength\nw1,P01,P02,knows,2\nw1,P01,P02,Knows,3\nw1,P01,P02,trusts,1\nw1,P02,P01,knows,1\n"
    found = tables(tmp_path, {"survey.csv": said})
    assert rows(found.survey, "source", "relation", "strength") == [
        ("P01", "knows", 3),
        ("P01", "trusts", 1),
        ("P02", "knows", 1),
    ]
    assert found.ledger["merged"].tolist() == [0, 1]


def test_given_response_is_used_and_contradictions_are_told(tmp_path: Path) -> None:
    files = {
        "survey.csv": "wave,source,target\nw1,P01,P02\nw1,P02,P03\n",
        "respondents.csv": "wave,person,answered\nw1,P01,no\nw1,P03,yes\nw1,P03,no\n",
    }
    found = tables(tmp_path, files)
    assert answered(found) == {("w1", "P01"): True, ("w1", "P02"): True, ("w1", "P03"): True}
    assert found.facts["response"] == "given" and {"KM414", "KM415", "KM418"} <= codes(found)


def test_people_whom_a_list_leaves_out_were_not_asked(tmp_path: Path) -> None:
    files = {
        "survey.csv": "wave,source,target\nw1,P01,P02\n",
        "respondents.csv": "wave,person,answered\nw1,P01,yes\nw1,P02,no\n",
    }
    assert answered(tables(tmp_path, files)) == {("w1", "P01"): True, ("w1", "P02"): False}


def test_a_list_without_an_answered_column_lists_who_answered(tmp_path: Path) -> None:
    found = tables(tmp_path, {"respondents.csv": "wave,person\nw1,P01\n"})
    assert answered(found) == {("w1", "P01"): True, ("w1", "P02"): False, ("w1", "P03"): False}


def test_waves_and_relations_are_written_as_the_config_does(tmp_path: Path) -> None:
    found = tables(
        tmp_path,
        {"survey.csv": "wave,source,target,relation\nBASELINE,P01,P02,Knows\n"},
        moments=[{"name": "before", "wave": "baseline"}],
        networks={"k": {"from": "survey", "relation": "knows"}},
    )
    assert rows(found.survey, "wave", "relation") == [("baseline", "knows")]


def test_answers_in_words_have_the_strength_that_the_config_gives(tmp_path: Path) -> None:
    source = {"path": "s.csv", "wave": "w1", "scale": {"Often": 3, "never": 0}}
    found = tables(
        tmp_path, {"s.csv": "source,target,strength\nP01,P02,often\nP02,P01,Never\n"}, data={"survey": source}
    )
    assert found.survey["strength"].tolist() == [3.0, 0.0] and set(found.survey["wave"]) == {"w1"}
