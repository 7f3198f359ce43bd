"""An empty cell of a measure has its reason, whatever the study lacks."""

from __future__ import annotations

from pathlib import Path

import kmnet

MEASURED = ("people", "networks", "brokerage", "bridges", "mixing", "ties", "groups", "brokerage_change")


def test_every_measure_that_is_undefined_says_why(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,role\na,x\nb,x\nc,y\nd,\ne,y\n", encoding="utf-8")
    (tmp_path / "survey.csv").write_text("wave,source,target\n1,a,b\n1,b,c\n2,a,c\n2,d,a\n", encoding="utf-8")
    (tmp_path / "config.yaml").write_text(
        "title: Few\ndata: {people: people.csv, survey: survey.csv}\nshare: inside\ninference: {draws: 99}\n",
        encoding="utf-8",
    )
    results = kmnet.analyse(tmp_path / "config.yaml")
    told = {(r.table, r.column) for r in results.reasons}
    assert all(r.why for r in results.reasons)
    for name in MEASURED:
        frame = results.tables[name].select_dtypes("number")
        empty = set(frame.columns[frame.isna().any()])
        assert {column for column in empty if (name, column) not in told} == set(), name
    change = results.tables["change"]
    values = change[["measure", "before", "after", "difference"]].query("measure != 'ties_per_person'")
    why = {(r.column, dict(r.where)["measure"]) for r in results.reasons if r.table == "change"}
    for column in ("before", "after", "difference"):
        assert set(values.loc[values[column].isna(), "measure"]) == {m for c, m in why if c == column}
    assert (change.loc[change["low"].isna(), "note"] != "").all()
