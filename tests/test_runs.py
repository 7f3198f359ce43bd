"""`kmnet compare`: separate runs side by side, and what speaks against comparing them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kmnet import cli
from kmnet.errors import ConfigError
from kmnet.runs import HEADINGS, side_by_side

RULE = {"from": "survey", "relation": "knows", "at_least": 2.0, "reports": None, "directed": False, "kinds": []}


def write(
    folder: Path, title: str, *, days: float = 180, version: str = "0.1.0", share: str = "partners", **rule: object
) -> Path:
    folder.mkdir(parents=True)
    columns = ["network", "measure", "cohort", "moment", "value", "low", "high", "comparable", "reason"]
    rows = [
        [
            "knows",
            m,
            "All",
            t,
            v,
            None,
            None,
            t == "before" or title != "Odd",
            "" if title != "Odd" else "Few answered.",
        ]
        for m, v in (("mean_degree", 3.25), ("density", 0.1))
        for t in ("before", "after")
    ]
    whole = {
        "title": title, "share": share, "provenance": {"versions": {"kmnet": version}},
        "facts": {"instruments": {"knows": RULE | rule}, "days": {"knows": {"before": 180.0, "after": days}}},
        "tables": {"cohorts": {"columns": [{"name": c} for c in columns], "rows": rows}},
    }  # fmt: skip
    (folder / "results.json").write_text(json.dumps(whole), encoding="utf-8")
    return folder


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_runs_stand_side_by_side_by_network_and_measure(tmp_path: Path) -> None:
    one, two = write(tmp_path / "a" / "results", "First"), write(tmp_path / "b" / "results", "Second")
    rows = read(side_by_side([one, two]))
    assert tuple(rows[0]) == HEADINGS
    assert [(r["measure"], r["run"], r["moment"]) for r in rows] == [
        (m, run, t) for m in ("mean_degree", "density") for run in ("results", "results 2") for t in ("before", "after")
    ]
    assert {r["comparable"] for r in rows} == {"true"} and {r["reason"] for r in rows} == {""}
    assert rows[0]["value"] == "3.25" and rows[0]["low"] == "" and rows[2]["programme"] == "Second"
    assert {r["measure"] for r in read(side_by_side([one, two], measure="density"))} == {"density"}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"at_least": 3.0}, "the threshold"),
        ({"relation": "trusts"}, "the relation asked about"),
        ({"directed": True, "from": "interactions"}, "the source of ties, direction"),
        ({"days": 90}, "after covers 90 days"),
        ({"version": "0.2.0"}, "kmnet 0.2.0"),
        ({"share": "public"}, "level public"),
    ],
)
def test_what_was_measured_in_another_way_is_not_comparable(tmp_path: Path, changed: dict, words: str) -> None:
    one, two = write(tmp_path / "one", "First"), write(tmp_path / "two", "Second", **changed)
    rows = read(side_by_side([one, two]))
    assert {r["comparable"] for r in rows if r["run"] == "one"} == {"true"}
    assert {r["comparable"] for r in rows if r["run"] == "two"} == {"false"}
    assert all(words in r["reason"] for r in rows if r["run"] == "two")


def test_a_run_keeps_its_own_reasons(tmp_path: Path) -> None:
    rows = read(side_by_side([write(tmp_path / "one", "First"), write(tmp_path / "two", "Odd")]))
    odd = [r for r in rows if r["run"] == "two" and r["moment"] == "after"]
    assert {(r["comparable"], r["reason"]) for r in odd} == {("false", "Few answered.")}


def test_what_cannot_be_read_or_found_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = write(tmp_path / "one", "First")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "results.json").write_text("{}")
    with pytest.raises(ConfigError) as caught:
        side_by_side([one, tmp_path / "broken", tmp_path / "nowhere"])
    assert [p.code for p in caught.value.problems] == ["KM107", "KM107"]
    with pytest.raises(ConfigError, match="KM110"):
        side_by_side([one, one], measure="constrain")
    assert cli.run(["compare", str(one)]) == 2 and "two folders" in capsys.readouterr().err


def test_a_title_is_no_formula(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one", "=1+1"), write(tmp_path / "two", "Second")
    assert read(side_by_side([one, two]))[0]["programme"] == "'=1+1"
