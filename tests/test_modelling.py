"""Regressions of networks as a study asks for them: sna's numbers come out of the config."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kmnet
from kmnet import pipeline
from kmnet.errors import KmnetError
from tests.shared_data import shared

MANAGERS = """title: Managers
data: {{people: {0}/people.csv, survey: {0}/survey_ties.csv}}
networks:
  advice: {{from: survey, relation: advice, directed: true}}
  friendship: {{from: survey, relation: friendship, directed: true}}
  reports_to: {{from: survey, relation: reports_to, directed: true}}
groups: [dept]
inference: {{draws: 199}}
associations:
  - {{outcome: advice, predictors: [friendship, reports_to]}}
  - {{outcome: advice, predictors: [friendship, reports_to], logistic: true}}
  - {{outcome: advice, predictors: [dept], method: correlation}}
  - {{outcome: advice, predictors: [friendship, {1}], method: freedman_lane, within: dept}}
"""


def asked(folder: Path, last: str) -> pd.DataFrame:
    path = folder / "config.yaml"
    path.write_text(MANAGERS.format(shared("hightech_managers").as_posix(), last), encoding="utf-8")
    return kmnet.analyse(path, {"share": "inside"}).tables["associations"]


def test_managers_as_in_sna(tmp_path: Path) -> None:
    expected = json.loads(shared("reference", "reference_values.json").read_text())["hightech_MRQAP"]
    found = asked(tmp_path, "dept")
    linear, logistic, alone, within = (found[found["model"] == str(k)] for k in (1, 2, 3, 4))
    assert list(linear["term"]) == ["intercept", "friendship", "reports_to"]
    assert list(linear["estimate"]) == pytest.approx(list(expected["coef"].values()), abs=1e-7)
    assert list(linear["statistic"]) == pytest.approx(expected["classical_t"], rel=1e-6)
    assert list(logistic["estimate"]) == pytest.approx(expected["netlogit_coef"], abs=1e-5)
    assert list(logistic["estimate"] / logistic["statistic"]) == pytest.approx(expected["netlogit_se"], rel=1e-4)
    assert linear["p"].iloc[1] == pytest.approx(expected["sna_qapspp_p_5000"]["Friendship"], abs=0.06)
    assert linear["p"].iloc[2] == 1 / 200
    assert set(linear["rows"]) == {420} and set(linear["people"]) == {21}
    people = pd.read_csv(shared("hightech_managers", "people.csv"))
    ties = pd.read_csv(shared("hightech_managers", "survey_ties.csv"))
    rows = ties[ties["relation"] == "advice"]
    where = {name: k for k, name in enumerate(people["id"])}
    matrix = np.zeros((21, 21))
    matrix[rows["source"].map(where), rows["target"].map(where)] = 1
    same = np.equal.outer(people["dept"].to_numpy(), people["dept"].to_numpy()).astype(float)
    off = ~np.eye(21, dtype=bool)
    assert alone["estimate"].iloc[0] == pytest.approx(np.corrcoef(matrix[off], same[off])[0, 1], rel=1e-9)
    assert list(within["term"]) == ["intercept", "friendship", "dept"]


def test_a_predictor_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KmnetError) as caught:
        asked(tmp_path, "departmnt")
    assert [p.code for p in caught.value.problems] == ["KM110"]
    assert "dept" in caught.value.problems[0].fix


def test_names_that_only_the_data_could_hold_are_told_by_a_check(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id\na\nb\n", encoding="utf-8")
    (tmp_path / "survey.csv").write_text("wave,source,target\n1,a,b\n2,a,b\n", encoding="utf-8")
    (tmp_path / "config.yaml").write_text(
        "title: T\ndata: {people: people.csv, survey: survey.csv}\ncompare: {before: '1', after: x1}\n"
        "effect: {outcome: x2, secondary: [x3]}\nassociations: [{outcome: survey, predictors: [x4], moment: x5}]\n",
        encoding="utf-8",
    )
    with pytest.raises(KmnetError) as caught:
        pipeline.check(tmp_path / "config.yaml")
    assert [(p.code, p.seen) for p in sorted(caught.value.problems, key=lambda p: p.seen)] == [
        ("KM110", f"x{k}") for k in range(1, 6)
    ]
