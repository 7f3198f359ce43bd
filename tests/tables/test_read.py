"""B, G and H: text files become tables without losing, shifting or guessing a cell."""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kmnet.errors import DataError, LimitError
from kmnet.tables.schema import INPUTS
from tests.shared_data import shared
from tests.tables.rooms import PEOPLE, codes, rows, tables

MISSING_TO_PANDAS = (
    "NA", "N/A", "NaN", "nan", "NULL", "null", "None", "n/a", "#N/A", "#NA", "-nan", "-NaN", "1.#IND", "1.#QNAN",
    "-1.#IND", "-1.#QNAN", "<NA>", "#N/A N/A", "NIL",
)  # fmt: skip


@pytest.mark.parametrize("word", MISSING_TO_PANDAS)
def test_B1_a_word_that_pandas_calls_missing_is_a_name(word: str, tmp_path: Path) -> None:
    people = f"id,name,role,organisation,team\n{word},{word},{word},{word},{word}\nP2,x,y,z,w\n"
    found = tables(tmp_path, {"people.csv": people, "interactions.csv": f"source,target\n{word},P2\n"})
    assert word in set(found.people["id"]) & set(found.people["role"]) & set(found.people["team"])
    assert word in set(found.organisations["id"]) & set(found.register.names.values())
    assert found.interactions["source"].tolist() == [word]


def test_B1_missing_values_are_opted_into_a_column(tmp_path: Path) -> None:
    people = "id,role,team\nP1,n/a,n/a\n"
    found = tables(
        tmp_path, {"people.csv": people}, data={"people": {"path": "people.csv", "missing_values": {"role": ["N/A"]}}}
    )
    assert rows(found.people, "role", "team") == [("", "n/a")]


@pytest.mark.parametrize("ids", [["007", "7"], ["1e5", "100000"], ["1234567890123456789012", "2"], ["1.0", "1"]])
def test_B2_ids_are_text(ids: list[str], tmp_path: Path) -> None:
    found = tables(tmp_path, {"people.csv": "id\n" + "\n".join(ids) + "\n"})
    assert sorted(found.people["id"]) == sorted(ids)


@pytest.mark.parametrize("first", [True, False])
def test_B3_extra_cell_never_shifts_columns(first: bool, tmp_path: Path) -> None:
    bad, good = "P01,P02,2017-01-01,stray\n", "P02,P03,2017-01-02\n"
    log = "source,target,date\n" + (bad + good if first else good + bad)
    with pytest.raises(DataError, match="KM204"):
        tables(tmp_path, {"interactions.csv": log})
    found = tables(tmp_path, {"interactions.csv": log}, policies={"row-width": "set_aside"})
    assert rows(found.interactions, "source", "target") == [("P02", "P03")]
    assert found.ledger.iloc[1][["read", "used", "set_aside"]].tolist() == [2, 1, 1]


def test_B4_short_row_is_no_row_of_blanks(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="interactions.csv:3"):
        tables(tmp_path, {"interactions.csv": "source,target,date\nP01,P02,2017-01-01\nP02,P03\n"})


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_B5_the_separator_is_found_by_the_headings(separator: str, tmp_path: Path) -> None:
    cells = [["source", "target", "kind"], ["P01", "P02", "a b"], ["P02", "P03", "c, d; e"]]
    quoted = "\n".join(separator.join(f'"{c}"' if any(s in c for s in ",;") else c for c in row) for row in cells)
    found = tables(tmp_path, {"interactions.csv": quoted})
    assert found.interactions["kind"].tolist() == ["a b", "c, d; e"]


def test_B5_a_wrong_separator_shows_the_first_line(tmp_path: Path) -> None:
    with pytest.raises(DataError) as stopped:
        tables(tmp_path, {"interactions.csv": "source#target\nP01#P02\n"})
    assert [p.seen for p in stopped.value.problems] == ["source#target"] * 2


def test_B6_lines_above_and_spellings_of_headings(tmp_path: Path) -> None:
    text = "sep=;\n\nLog of contacts, January\n;;\n\ufeff SOURCE\u00a0; Tárget ;Introduced-By\nP01;P02;\n\n;;\nP02;P03;P01\n"
    found = tables(tmp_path, {"interactions.csv": text})
    assert rows(found.interactions, "source", "target", "introduced_by") == [("P01", "P02", ""), ("P02", "P03", "P01")]
    assert "KM218" in codes(found)


def test_B6_a_misspelt_heading_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(DataError) as stopped:
        tables(tmp_path, {"interactions.csv": "sourse,target\nP01,P02\n"})
    assert 'Did you mean the heading "sourse"' in stopped.value.problems[0].fix


def test_B6_header_row_and_columns_of_the_config_decide(tmp_path: Path) -> None:
    text = "id,name\nStaff No,Known as\nA1,Ann\nB2,Bea\n"
    source = {"path": "register.csv", "header_row": 2, "columns": {"id": "staff no", "name": "Known As"}}
    found = tables(tmp_path, {"register.csv": text}, data={"people": source})
    assert found.register.names == {"A1": "Ann", "B2": "Bea"}


def test_B7_duplicate_and_blank_headings_stop(tmp_path: Path) -> None:
    for head in ("source,target,Target", "source,target,"):
        with pytest.raises(DataError, match="KM20[78]"):
            tables(tmp_path, {"interactions.csv": f"{head}\nP01,P02,P03\n"})


def test_B8_an_open_quote_is_named_where_it_opens(tmp_path: Path) -> None:
    body = "".join(f"P01,P02,k{k}\n" for k in range(50))
    with pytest.raises(DataError, match=r"interactions.csv:52.*KM209"):
        tables(tmp_path, {"interactions.csv": f'source,target,kind\n{body}P01,P02,"open\n{body}'})


def test_B8_a_quote_inside_a_name_is_a_letter(tmp_path: Path) -> None:
    found = tables(tmp_path, {"people.csv": 'id,name\nP1,O"Neil\n'})
    assert found.register.names == {"P1": 'O"Neil'}


NAMES = ("José", "Łukasz Żółć", "Zoë", "Œuvre", "Ñandú", "Bjørn", "Þór", "Škoda", "Ağa", "Ÿ", "Ő", "ß", "Æ", "Ελένη")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("mark", [True, False])
def test_B9_every_unicode_encoding_gives_every_name(encoding: str, mark: bool, tmp_path: Path) -> None:
    if encoding == "utf-32" and not mark:
        pytest.skip("nobody writes UTF-32 without a mark")
    text = "id,name\n" + "".join(f"P{k},{n}\n" for k, n in enumerate(NAMES))
    data = text.encode(encoding)
    if mark and encoding in ("utf-16-le", "utf-16-be"):
        data = "\ufeff".encode(encoding) + data
    found = tables(tmp_path, {"people.csv": data})
    assert sorted(found.register.names.values()) == sorted(NAMES)
    assert "KM212" not in codes(found)


def test_B9_windows_text_is_read_and_its_words_are_listed(tmp_path: Path) -> None:
    found = tables(tmp_path, {"people.csv": "id,name\nP1,José\nP2,Zoë Œuvre\n".encode("cp1252")})
    (warned,) = [p for p in found.findings if p.code == "KM212"]
    assert warned.seen == "José, Zoë, Œuvre" and "José" not in warned.message
    assert found.register.names["P2"] == "Zoë Œuvre"


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "iso8859-15"])
def test_B9_a_named_encoding_is_used(encoding: str, tmp_path: Path) -> None:
    data = "id,name\nP1,José\n".encode(encoding)
    found = tables(tmp_path, {"people.csv": data}, data={"people": {"path": "people.csv", "encoding": encoding}})
    assert found.register.names == {"P1": "José"}


def test_B10_control_characters_never_come_in(tmp_path: Path) -> None:
    found = tables(tmp_path, {"people.csv": "id,name,role\nP1,Alder\x0bHey\x00,A\x1fB\x85C\x1a\n"})
    assert found.register.names == {"P1": "Alder Hey"} and found.people["role"].tolist() == ["AB C"]
    assert "KM213" in codes(found)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_B12_line_ends(end: str, tmp_path: Path) -> None:
    log = end.join(["source,target", "P01,P02", "P02,P03", ""])
    found = tables(tmp_path, {"interactions.csv": log})
    assert len(found.interactions) == 2


def test_B12_line_ends_mixed_keep_the_line_numbers(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="interactions.csv:4"):
        tables(tmp_path, {"interactions.csv": "source,target\rP01,P02\r\nP02,P03\nP03\n"})


def test_B7_headings_that_stand_again_are_no_row_and_another_table_below_stops(tmp_path: Path) -> None:
    log = "source,target,date\nP01,P02,2024-01-01\nSource,Target,Date\nP01,P03,2024-02-01\n"
    found = tables(tmp_path, {"interactions.csv": log})
    assert len(found.interactions) == 2 and len(found.people) == 3
    assert [p.place.line for p in found.findings if p.code == "KM244"] == [3]
    assert found.ledger.set_index("file")["set_aside"]["interactions.csv"] == 1
    with pytest.raises(DataError, match="KM243.*Another table begins"):
        tables(tmp_path, {"organisations.csv": "id,name,sector\nO1,Trust,NHS\nid,name,region\nO2,Other,North\n"})


def test_B13_headings_only_are_no_rows_and_a_warning(tmp_path: Path) -> None:
    found = tables(tmp_path, {"interactions.csv": "source,target\n", "survey.csv": "wave,source,target"})
    assert len(found.interactions) == 0 == len(found.survey) and "KM215" in codes(found)
    assert [c.name for c in INPUTS["interactions"].fields] == list(found.interactions.columns)


def test_B13_B14_an_empty_file_and_what_is_no_file_are_errors(tmp_path: Path) -> None:
    for name, data in (("none.csv", b""), ("cloud.csv", b"\0" * 64)):
        with pytest.raises(DataError, match="KM202"):
            tables(tmp_path, {name: data}, data={"interactions": name})
    if not hasattr(os, "mkfifo"):
        return
    os.mkfifo(tmp_path / "pipe.csv")  # opening it would wait for ever
    with pytest.raises(DataError, match="KM201.*no regular file"):
        tables(tmp_path, data={"interactions": "pipe.csv"})


def test_B14_a_gz_is_read_and_hashed_as_it_lies_on_disk(tmp_path: Path) -> None:
    log = gzip.compress(b"source,target\nP01,P02\n", mtime=0)
    found = tables(tmp_path, {"log.csv.gz": log}, data={"interactions": "log.csv.gz"})
    assert len(found.interactions) == 1
    assert set(found.hashes) == {"people.csv", "log.csv.gz"} and len(found.hashes["log.csv.gz"]) == 64


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    bad = {
        "people.csv": "id,consent\nP1,perhaps\nP1,no\n",
        "interactions.csv": "source,target,date\nP1,P2,soon\n",
        "survey.csv": "wave,target\nw1,P1\n",
    }
    with pytest.raises(DataError) as stopped:
        tables(tmp_path, bad)
    assert {"KM203", "KM206", "KM220", "KM309"} <= {p.code for p in stopped.value.problems}


def test_twenty_rows_are_shown_and_the_rest_are_counted(tmp_path: Path) -> None:
    log = "source,target,weight\n" + "P01,P02,x\n" * 75
    with pytest.raises(DataError) as stopped:
        tables(tmp_path, {"interactions.csv": log})
    assert len(stopped.value.problems) == 21
    assert any("55 more rows" in p.message for p in stopped.value.problems)


def test_policies_by_name_or_code_change_what_is_done(tmp_path: Path) -> None:
    log = {"interactions.csv": "source,target,date\nP01,P02,2017-01-01\nP02,P03,soon\nP01,P01,2017-01-01\n"}
    kept = tables(tmp_path, log, policies={"bad-date": "warn"})
    assert len(kept.interactions) == 2 and pd.isna(kept.interactions["date"]).sum() == 1
    fewer = tables(tmp_path, log, policies={"KM220": "set_aside"})
    assert len(fewer.interactions) == 1 and fewer.ledger["set_aside"].tolist() == [0, 2]
    with pytest.raises(DataError, match="self-tie"):
        tables(tmp_path, log, policies={"bad-date": "warn", "self-tie": "error"})


def test_h2_too_many_rows_are_a_limit(tmp_path: Path) -> None:
    with pytest.raises(LimitError):
        tables(tmp_path, {"interactions.csv": "source,target\n" + "P01,P02\n" * 9}, limits={"rows": 5})


def test_G2_row_order_changes_no_table(tmp_path: Path) -> None:
    rng = random.Random(5)
    people = [f"P{k:02},{'Nurse' if k % 2 else 'nurse'},Org{k % 3},C{k % 2}" for k in range(20)]
    log = [f"P{rng.randrange(22):02},P{rng.randrange(22):02},2017-01-{rng.randrange(1, 29):02},x,1" for _ in range(80)]
    came = [f"p{rng.randrange(20):02},W{rng.randrange(3)},{rng.randrange(60)}" for _ in range(60)]
    said = [f"w1,P{rng.randrange(20):02},P{rng.randrange(20):02},{rng.randrange(4)}" for _ in range(80)]
    made: list[dict[str, pd.DataFrame]] = []
    for turn in range(2):
        for part in (people, log, came, said) if turn else ():
            rng.shuffle(part)
        found = tables(
            tmp_path,
            {
                "people.csv": "\n".join(["id,role,organisation,cohort", *people]),
                "interactions.csv": "\n".join(["source,target,date,kind,weight", *log]),
                "attendance.csv": "\n".join(["person,workshop,minutes", *came]),
                "survey.csv": "\n".join(["wave,source,target,strength", *said]),
            },
        )
        made.append({name: getattr(found, name) for name in INPUTS if hasattr(found, name)})
        made[-1]["ledger"] = found.ledger
    for name, frame in made[0].items():
        pd.testing.assert_frame_equal(frame, made[1][name])


def test_tables_keep_the_types_that_their_docstring_promises(tmp_path: Path) -> None:
    found = tables(
        tmp_path,
        {
            "people.csv": "id,cohort,facilitator,Grade\nP1,A;B,yes,x\nP2,,,\n",
            "workshops.csv": "id,cohort,hours\nW1,A,2\n",
            "attendance.csv": "person,workshop,date,minutes\nP1,W1,2017-01-01,30\n",
            "interactions.csv": "source,target,date\nP1,P2,2009-10-01T08:40:20\n",
        },
    )
    assert found.people["cohort"].tolist() == [("A", "B"), ()] and found.workshops["cohort"].tolist() == [("A",)]
    assert found.people["facilitator"].dtype == bool and found.people["grade"].tolist() == ["x", ""]
    assert found.interactions["date"].dtype == np.dtype("datetime64[ns]")
    assert found.interactions["date"].iloc[0] == pd.Timestamp("2009-10-01T08:40:20")
    assert found.attendance["minutes"].dtype == np.float64
    assert isinstance(found.attendance["table"].dtype, pd.StringDtype) and found.attendance["table"].iloc[0] == ""
    assert not {"name", "email", "consent"} & set(found.people.columns)


def test_i5_parquet_gives_what_the_same_csv_gives(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "source": ["P01", "P02", None], "target": ["P02", "P03", "P01"], "weight": [1, 2.5, 3],
            "date": pd.to_datetime(["2017-01-01", "2017-01-02T10:30", None], format="ISO8601"),
        }
    )  # fmt: skip
    frame.to_parquet(tmp_path / "log.parquet")
    frame.to_csv(tmp_path / "interactions.csv", index=False)
    (tmp_path / "interactions.csv").read_text()
    one = tables(tmp_path, data={"interactions": "log.parquet"})
    two = tables(tmp_path, data={"interactions": "interactions.csv"})
    pd.testing.assert_frame_equal(one.interactions, two.interactions)
    assert len(one.interactions) == 2  # the row without a source is set aside


def test_progress_is_told_the_files(tmp_path: Path) -> None:
    from kmnet.tables.read import read
    from tests.tables.rooms import study

    told: list[str] = []
    read(study(tmp_path, {"interactions.csv": "source,target\nP01,P02\n"}), tmp_path, told.append)
    assert told == ["people.csv", "interactions.csv"]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        (
            "eies",
            {"survey": "survey_ties.csv", "interactions": "interactions.csv"},
            {"survey": 1409, "interactions": 440},
        ),
        (
            "southern_women",
            {"attendance": "attendance.csv", "workshops": "events.csv"},
            {"attendance": 89, "workshops": 14},
        ),
        ("southern_women", {"attendance": "attendance.csv"}, {"attendance": 89, "workshops": 14}),
        ("mooc_cohort1", {"interactions": "interactions.csv"}, {"interactions": 2443, "people": 445}),
        ("hospital_ward", {"interactions": "interactions.csv"}, {"interactions": 32424, "people": 75}),
    ],
)
def test_i5_real_studies_are_read_whole(name: str, data: dict[str, str], expected: dict[str, int]) -> None:
    from kmnet.config.schema import Study
    from kmnet.tables.read import read

    folder = shared(name)
    found = read(Study.model_validate({"title": name, "data": {"people": "people.csv", **data}}), folder)
    assert {table: len(getattr(found, table)) for table in expected} == expected
    assert not [p for p in found.findings if p.severity == "error"]


def test_workshops_take_their_dates_from_attendance() -> None:
    from kmnet.config.schema import Study
    from kmnet.tables.read import read

    folder = shared("southern_women")
    study = Study.model_validate({"title": "t", "data": {"people": "people.csv", "attendance": "attendance.csv"}})
    dates = read(study, folder).workshops.set_index("id")["date"]
    assert dates["E11"] == pd.Timestamp("1930-02-23") == dates.min() and dates["E13"] == dates.max()


def test_facilitators_come_from_a_setting() -> None:
    from kmnet.config.schema import Study
    from kmnet.tables.read import read

    data = {"people": "people.csv", "interactions": "interactions.csv"}
    study = Study.model_validate({"title": "t", "data": data, "facilitators": {"function": ["Facilitator"]}})
    assert read(study, shared("mooc_cohort1")).people["facilitator"].sum() == 2


def test_people_file_only(tmp_path: Path) -> None:
    found = tables(tmp_path, {"people.csv": PEOPLE})
    assert len(found.people) == 3 and found.facts["response"] == "none"


def test_B15_an_export_read_as_a_plain_table_is_recognised(tmp_path: Path) -> None:
    text = "Name (Original Name),User Email,Total Duration (Minutes),Guest\nAnn Lee,,65,No\n"
    with pytest.raises(DataError, match="format: zoom"):
        tables(tmp_path, {"attendance.csv": text})


def test_of_a_register_that_cannot_be_read_strangers_are_not_told(tmp_path: Path) -> None:
    with pytest.raises(DataError) as told:
        tables(tmp_path, {"people.csv": "staff,name\nP01,Ann\n", "interactions.csv": "source,target\nP01,P02\n"})
    assert [p.code for p in told.value.problems] == ["KM206"]


def test_a_form_that_names_nobody_says_no_to_all_whom_others_named(tmp_path: Path) -> None:
    forms = "Timestamp,Name,Whom do you know?\n1/5/2023 10:12:33,Ann Lee,Bea Kay\n1/5/2023 10:13:33,Cay Fox,\n"
    source = {"path": "f.csv", "format": "google_forms", "wave": "w1"}
    found = tables(tmp_path, {"f.csv": forms}, data={"survey": source})
    assert found.survey[["source", "target", "strength"]].values.tolist() == [["P01", "P02", 1.0], ["P03", "P02", 0.0]]


def test_an_export_may_name_the_column_that_says_who_answered(tmp_path: Path) -> None:
    forms = "Timestamp,Who are you,How well? [Bea Kay]\n1/5/2023 10:12:33,Ann Lee,3\n"
    source = {"path": "f.csv", "format": "google_forms", "wave": "w1", "columns": {"source": "Who are you"}}
    found = tables(tmp_path, {"f.csv": forms}, data={"survey": source})
    assert found.survey["source"].tolist() == ["P01"]
