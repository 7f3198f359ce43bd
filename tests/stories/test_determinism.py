"""The same inputs, config and seed give the same bytes, wherever and however kmnet runs."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import shutil
from pathlib import Path

import pytest

from tests.stories.running import SAMPLES, Output, apart, kmnet

CONFIG = """\
title: A part of the sample, twice
data:
  people: data/people.csv
  organisations: data/organisations.csv
  workshops: data/workshops.csv
  attendance: data/attendance.csv
  interactions: data/interactions.csv
  survey: data/survey.csv
  respondents: data/respondents.csv
  artefacts: data/artefacts.csv
  artefact_events: data/artefact_events.csv
  aliases: data/aliases.csv
  withdrawn: data/withdrawn.csv
cohorts:
  - {name: Cohort 3, start: 2018-11-05, end: 2019-05-06}
moments:
  - {name: before, from: start - 26 weeks, until: start, wave: baseline}
  - {name: after, from: end, until: end + 26 weeks, wave: follow-up}
networks:
  knows: {from: survey, relation: knows, at_least: 2, directed: true}
  contact: {from: interactions}
groups: [role, sector]
compare: {before: before, after: after}
effect: {exposure: team}
inference: {draws: 99}
share: inside
policies: {unknown-person: set_aside}
"""
LEDGER = {
    "tables/findings.csv",
    "tables/ledger.csv",
    "manifest.json",
    "results.json",
    "results.xlsx",
    "report.html",
    "summary.html",
}
"""Files that tell line numbers, or the hash of the inputs, which a new row order changes."""


def place(folder: Path) -> Path:
    folder.mkdir(parents=True)
    shutil.copytree(SAMPLES / "cig_programme", folder / "data", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    return folder / "config.yaml"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Output:
    config = place(tmp_path_factory.mktemp("first") / "study")
    ran = kmnet("analyse", config)
    assert ran.code == 0, ran.said
    return Output(config.parent / "results")


@pytest.mark.parametrize(
    ("where", "environment", "arguments", "mask"),
    [
        ("elsewhere", {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C"}, ["--workers", "2"], 0o077),
        ("a folder/with ünïcode", {"PYTHONHASHSEED": "2", "TZ": "UTC", "LC_ALL": "C.UTF-8"}, ["--workers", "3"], 0o002),
    ],
    ids=["hash seed, zone, workers, umask", "folder, locale, workers, umask"],
)
def test_g1_g3_every_byte_is_the_same(
    first: Output, tmp_path: Path, where: str, environment: dict[str, str], arguments: list[str], mask: int
) -> None:
    config = place(tmp_path / where)
    usual = os.umask(mask)
    try:
        ran = apart("analyse", config, *arguments, cwd=tmp_path, **environment)
    finally:
        os.umask(usual)
    assert ran.code == 0, ran.said
    again = Output(config.parent / "results").bytes()
    assert {n for n in again if again[n] != first.bytes().get(n)} | (set(first.bytes()) - set(again)) == set()


def test_g2_row_order_changes_no_number(first: Output, tmp_path: Path) -> None:
    config = place(tmp_path / "shuffled")
    order = random.Random(11)
    for path in (config.parent / "data").glob("*.csv"):
        head, *rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        order.shuffle(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([head, *rows])
    ran = kmnet("analyse", config)
    assert ran.code == 0, ran.said
    again = Output(config.parent / "results")
    changed = {n for n, digest in again.bytes().items() if first.bytes().get(n) != digest}
    assert changed <= LEDGER
    summaries = [
        (o.folder / "summary.html").read_text(encoding="utf-8").replace(o.json["provenance"]["run"], "")
        for o in (first, again)
    ]
    assert summaries[0] == summaries[1]
    before, after = (json.loads(json.dumps(o.json)) for o in (first, again))
    for whole in (before, after):
        whole.pop("provenance")
        whole["tables"].pop("findings")
        whole["tables"].pop("ledger")
    assert before == after


def test_another_seed_changes_chance_and_nothing_else(first: Output, tmp_path: Path) -> None:
    config = place(tmp_path / "seed")
    assert kmnet("analyse", config, "--seed", "7").code == 0
    again = Output(config.parent / "results")
    for table in ("ledger", "tie_change", "tie_change_summary", "bridges"):
        assert first.table(table).equals(again.table(table)), table
    assert not first.table("brokerage").equals(again.table("brokerage"))
