"""`kmnet compare`: separate runs side by side, and what speaks against comparing them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kmnet import cli
from kmnet.errors import ConfigError
from kmnet.runs import HEADINGS, read, side_by_side, warnings

RULE = {"from": "survey", "relation": "knows", "at_least": 2.0, "reports": None, "directed": False, "kinds": []}
MEASURES = (("density", 0.1), ("mean_degree", 3.25), ("ei_index", 0.2))


def write(
    folder: Path, title: str, *, days: float = 180, version: str = "0.1.0", share: str = "partners", people: int | None = 40,
    groups: str = "role", scale: float = 4, late: str = "after", run: str = "", **rule: object,
) -> Path:  # fmt: skip
    """The results of a run of one cohort and two moments, as far as a comparison reads them."""
    folder.mkdir(parents=True)
    key, moments, odd = {"network": "knows", "cohort": "All"}, ("before", late), title == "Odd"
    cohorts = [
        key | {"measure": m, "moment": t, "value": v, "low": None, "high": None, "comparable": t == "before" or not odd,
               "reason": "Few answered." if odd else ""}
        for m, v in MEASURES for t in moments
    ]  # fmt: skip
    networks = [
        key | {"moment": t, "facilitators": f, "people": people, "answered": 30, "possible": 780}
        for t in moments for f in ("with", "without")
    ]  # fmt: skip
    chance = [
        key | {"moment": t, "measure": "transitivity", "model": m, "people": people, "ratio": 1.5}
        for t in moments for m in ("same_degrees", "same_ties")
    ]  # fmt: skip
    change = [
        key | {"measure": "ties_per_person", "panel": "same_people", "facilitators": f, "difference": 1.0, "low": 0.5,
               "high": 1.5, "people": 35 if f == "with" else 33, "note": ""}
        for f in ("with", "without")
    ]  # fmt: skip
    summary = [key | {"facilitators": "with", "people": 35, "pairs": 595, "persistence_rate": 0.9, "jaccard": 0.6,
                      "formation_rate": 0.05}]  # fmt: skip
    tables = {
        "cohorts": cohorts, "networks": networks, "networks_by_chance": chance, "change": change,
        "tie_change_summary": summary,
    }  # fmt: skip
    whole = {
        "title": title, "share": share,
        "provenance": {"versions": {"kmnet": version}, "run": run or title, "inputs": {"survey.csv": run or title}},
        "facts": {
            "instruments": {"knows": RULE | rule}, "days": {"knows": {"before": 180.0, late: days}}, "before": "before",
            "after": late, "scales": {"knows": scale}, "groups": [groups],
        },
        "measures": {"ei_index": {"partition": True}},
        "tables": {
            name: {"columns": [{"name": c} for c in rows[0]], "rows": [list(row.values()) for row in rows]}
            for name, rows in tables.items()
        },
    }  # fmt: skip
    (folder / "results.json").write_text(json.dumps(whole), encoding="utf-8")
    return folder


def shown(*folders: Path, **wanted: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(side_by_side(read(folders), **wanted))))


def test_runs_stand_side_by_side_by_network_and_measure(tmp_path: Path) -> None:
    one, two = write(tmp_path / "a" / "results", "First"), write(tmp_path / "b" / "results", "Second")
    rows = shown(one, two)
    assert tuple(rows[0]) == HEADINGS
    assert [(r["run"], r["moment"]) for r in rows if r["measure"] == "mean_degree"] == [
        (run, t) for run in ("a/results", "b/results") for t in ("before", "after")
    ]
    assert {r["comparable"] for r in rows} == {"true"}
    assert {r["run"] for r in shown(one, one)} == {"results", "results 2"}, "a folder named twice"
    mean = next(r for r in rows if r["measure"] == "mean_degree")
    assert (mean["value"], mean["low"], mean["people"], mean["answered"], mean["pairs"]) == (
        "3.25",
        "",
        "40",
        "30",
        "780",
    )
    assert (
        rows[-1]["measure"] == "formation_rate" and rows[-1]["programme"] == "Second"
    )  # what depends on size comes last
    assert {r["measure"] for r in shown(one, two, measure="density")} == {"density"}


def test_changes_of_the_same_people_and_numbers_over_chance_stand_beside(tmp_path: Path) -> None:
    rows = shown(write(tmp_path / "one", "First"), write(tmp_path / "two", "Second"))
    change = [r for r in rows if r["measure"] == "change_of_ties_per_person"]
    assert {(r["moment"], r["value"], r["low"], r["people"]) for r in change} == {("before to after", "1", "0.5", "33")}
    assert {(r["value"], r["pairs"]) for r in rows if r["measure"] == "persistence_rate"} == {("0.9", "595")}
    ratio = [r for r in rows if r["measure"] == "transitivity_over_chance"]
    assert {(r["value"], r["reason"]) for r in ratio} == {("1.5", "Over same degrees.")} and len(ratio) == 4


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"at_least": 3.0}, "the threshold"),
        ({"relation": "trusts"}, "the relation asked about"),
        ({"directed": True, "from": "interactions"}, "the source of ties, direction"),
        ({"version": "0.2.0"}, "kmnet 0.2.0"),
        ({"share": "public"}, "level public"),
        ({"scale": 10}, "Answers go up to 10, in one to 4"),
        ({"run": "First"}, "The same run as one"),
    ],
)
def test_what_was_measured_in_another_way_is_not_comparable(tmp_path: Path, changed: dict, words: str) -> None:
    rows = shown(write(tmp_path / "one", "First"), write(tmp_path / "two", "Second", **changed))
    assert {r["comparable"] for r in rows if r["run"] == "one"} == {"true"}
    assert {r["comparable"] for r in rows if r["run"] == "two"} == {"false"}
    reasons = [r["reason"] for r in rows if r["run"] == "two"]
    assert all(words in reason and reason.startswith("Not comparable because: ") for reason in reasons)


def of(rows: list[dict[str, str]], measure: str, moment: str) -> dict[str, str]:
    return next(r for r in rows if (r["run"], r["measure"], r["moment"]) == ("two", measure, moment))


def test_a_row_by_itself_may_not_be_comparable(tmp_path: Path) -> None:
    log = {"from": "interactions"}
    rows = shown(write(tmp_path / "one", "First", **log), write(tmp_path / "two", "Second", days=90, **log))  # type: ignore[arg-type]
    assert of(rows, "mean_degree", "before")["comparable"] == "true"
    for measure, moment in (("mean_degree", "after"), ("jaccard", "before to after")):
        row = of(rows, measure, moment)
        assert "after covers 90 days, in one 180" in row["reason"] and row["comparable"] == "false"
    rows = shown(write(tmp_path / "1" / "one", "First"), write(tmp_path / "1" / "two", "Second", days=90, late="later"))
    assert of(rows, "mean_degree", "before")["comparable"] == "true"  # and how long a survey's moment is says nothing
    assert "one has no moment later" in of(rows, "mean_degree", "later")["reason"]
    rows = shown(write(tmp_path / "2" / "one", "First"), write(tmp_path / "2" / "two", "Second", groups="sector"))
    assert of(rows, "mean_degree", "after")["comparable"] == "true"
    assert "Groups are by sector, in one by role" in of(rows, "ei_index", "after")["reason"]


@pytest.mark.parametrize(("people", "words"), [(60, "60 people, in one 40"), (None, "not every size is shown")])
def test_what_depends_on_size_is_not_comparable_across_sizes(tmp_path: Path, people: int | None, words: str) -> None:
    rows = shown(write(tmp_path / "one", "First"), write(tmp_path / "two", "Second", people=people))
    assert words in of(rows, "density", "after")["reason"]
    free = ("mean_degree", "ei_index", "transitivity_over_chance")
    assert {of(rows, measure, "after")["comparable"] for measure in free} == {"true"}


def test_a_run_keeps_its_own_reasons(tmp_path: Path) -> None:
    rows = shown(write(tmp_path / "one", "First"), write(tmp_path / "two", "Odd"))
    odd = of(rows, "mean_degree", "after"), of(rows, "mean_degree", "before")
    assert [(r["comparable"], r["reason"]) for r in odd] == [
        ("false", "Not comparable because: Few answered."), ("true", "Few answered."),
    ]  # fmt: skip


def test_the_whole_is_told_to_be_no_more_public_than_its_parts(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one", "First", share="inside"), write(tmp_path / "two", "Second", share="public")
    said = " ".join(warnings(read([one, two])))
    assert "one case" in said and "exact numbers of one (level inside)" in said
    assert "exact numbers" not in " ".join(warnings(read([two, two]))) and "second case" in " ".join(
        warnings(read([two, two]))
    )


def test_older_runs_have_fewer_tables(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one", "First"), write(tmp_path / "two", "Second")
    whole = json.loads((two / "results.json").read_text())
    whole["tables"] = {"cohorts": whole["tables"]["cohorts"]}
    whole["facts"] = {"instruments": whole["facts"]["instruments"]}
    (two / "results.json").write_text(json.dumps(whole))
    rows = shown(one, two)
    assert of(rows, "mean_degree", "after")["comparable"] == "true"
    assert "not every size is shown" in of(rows, "density", "after")["reason"]


def test_what_cannot_be_read_or_found_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = write(tmp_path / "one", "First")
    for name, text in (("broken", "{}"), ("list", "[]"), ("half", '{"title": 1, "tables": {"cohorts": 3}}')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "results.json").write_text(text)
    with pytest.raises(ConfigError) as caught:
        read([one, *(tmp_path / name for name in ("broken", "list", "half", "nowhere"))])
    assert [p.code for p in caught.value.problems] == ["KM107"] * 4
    with pytest.raises(ConfigError, match="KM110"):
        side_by_side(read([one, one]), measure="constrain")
    assert cli.run(["compare", str(one)]) == 2 and "two folders" in capsys.readouterr().err


def test_the_command_gives_data_on_stdout_and_talks_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = write(tmp_path / "one", "First"), write(tmp_path / "two", "Second")
    assert cli.run(["compare", str(one), str(two), "--measure", "mean_degree"]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 5 and "One programme is one case" in err


def test_a_title_is_no_formula(tmp_path: Path) -> None:
    assert shown(write(tmp_path / "one", "=1+1"), write(tmp_path / "two", "Second"))[0]["programme"] == "'=1+1"
