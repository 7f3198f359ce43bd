"""D3 and D7: rows against the periods, moments and waves that the config declares."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kmnet.config.schema import Cohort
from kmnet.tables.check import moment_of
from tests.tables.rooms import codes, tables

COHORTS = [{"name": "C1", "start": "2017-01-16", "end": "2017-10-31"}]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("start", "2017-01-16"), ("end + 90 days", "2018-01-29"), ("start - 6 months", "2016-07-16"),
        ("2017-05-01", "2017-05-01"), ("end + 1 year", "2018-10-31"),
    ],
)  # fmt: skip
def test_expressions_are_days_of_the_cohort(text: str, day: str) -> None:
    assert moment_of(text, Cohort(name="C1", start="2017-01-16", end="2017-10-31")) == pd.Timestamp(day)  # type: ignore[arg-type]


def test_expressions_need_the_date_they_rest_on() -> None:
    assert moment_of("start", Cohort(name="C1")) is None


def test_D3_the_last_declared_day_counts_and_not_the_clock(tmp_path: Path) -> None:
    files = {"interactions.csv": "source,target,date\nP01,P02,2018-04-29\n"}
    moments = [{"name": "after", "from": "end", "until": "end + 6 months"}]
    late = tables(tmp_path, files, cohorts=COHORTS)
    assert "KM407" in codes(late) and any("latest of the table is 2018-04-29" in p.message for p in late.findings)
    assert "KM407" not in codes(tables(tmp_path, files, cohorts=COHORTS, moments=moments))
    assert "KM407" not in codes(tables(tmp_path, files))


def test_D3_a_date_years_away_from_all_others_is_told_without_cohorts(tmp_path: Path) -> None:
    log = "source,target,date\nP01,P02,2024-01-09\nP01,P03,2024-02-06\nP02,P03,2042-03-05\n"
    found = tables(tmp_path, {"interactions.csv": log, "attendance.csv": "person,workshop,date\nP01,W1,2024-03-01\n"})
    (far,) = [p for p in found.findings if p.code == "KM406"]
    assert (far.place.file, far.place.line) == ("interactions.csv", 4) and "2024-01-09 to 2024-03-01" in far.message
    moments = [{"name": "during", "from": "2024-01-01", "until": "2024-12-31"}]
    assert "KM407" in codes(tables(tmp_path, {"interactions.csv": log}, moments=moments))
    half = "source,target,date\nP01,P02,2014-01-09\nP01,P03,2024-02-06\n"
    assert "KM406" not in codes(tables(tmp_path, {"interactions.csv": half, "attendance.csv": "person,workshop\n"}))


def test_D3_before_the_programme_is_no_fault(tmp_path: Path) -> None:
    files = {"interactions.csv": "source,target,date\nP01,P02,2016-08-01\n"}
    assert not {"KM406", "KM407"} & codes(tables(tmp_path, files, cohorts=COHORTS))


def test_D7_cohorts_of_the_config_are_the_ones_meant(tmp_path: Path) -> None:
    found = tables(tmp_path, {"people.csv": "id,cohort\nP1,c1\nP2,Cl\nP3,\n"}, cohorts=COHORTS)
    assert found.people["cohort"].tolist() == [("C1",), ("Cl",), ()]
    (unknown,) = [p for p in found.findings if p.code == "KM314"]
    assert "did you mean C1" in unknown.message


def test_waves_of_config_and_survey_must_meet(tmp_path: Path) -> None:
    moments = [{"name": "before", "wave": "baseline"}, {"name": "after", "wave": "follow-up"}]
    said = "wave,source,target\nbaseline,P01,P02\nfollowup,P01,P02\n"
    found = tables(tmp_path, {"survey.csv": said}, moments=moments)
    assert sum(p.code == "KM411" for p in found.findings) == 2
