"""Scenarios of the methods that no other test holds, and the page that says which test holds which."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kmnet.compare import mark
from kmnet.compare.exposure import Exposure, same
from kmnet.compare.gate import Gate
from kmnet.compare.panel import panel
from kmnet.config.schema import TieRule
from kmnet.measures.brokerage import brokerage
from kmnet.measures.brokerage_credit import brokerage_partial_credit
from kmnet.measures.holes import constraint
from kmnet.network.network import Partition
from kmnet.network.rules import attendance
from tests.compare.simulated import World, simulate
from tests.compare.worlds import from_matrix, tiny
from tests.shared_data import shared

ROOT = Path(__file__).parents[2]


def test_e1_pairs_of_a_team_and_roles():
    before, after = tiny()
    found = panel(before, after)
    exposed = same(before.groups["team"]) > 0
    formed = (found.ties[0] == 0) & (found.ties[1] > 0)
    lost = (found.ties[0] > 0) & (found.ties[1] == 0)
    assert [int(m.sum()) for m in (formed & exposed, lost & exposed, formed & ~exposed, lost & ~exposed)] == [
        4,
        1,
        0,
        1,
    ]
    roles = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
    t0, t1 = (brokerage(network, network.groups["team"], 99, 1) for network in (before, after))
    assert {r: np.nansum(t0[r]) for r in roles} == dict.fromkeys(roles, 0) | {"gatekeeper": 1}
    assert t0["gatekeeper"][3] == 1
    assert np.nan_to_num(t1["coordinator"]).tolist() == [2, 0, 0, 1, 0, 0]
    assert sum(np.nansum(t1[r]) for r in roles[1:]) == 0


def test_e6_newman_strength_is_the_number_of_events_with_company():
    came = pd.read_csv(shared("southern_women", "attendance.csv"))
    people = sorted(set(came["person"]))
    rows = pd.DataFrame(
        {
            "person": [people.index(p) for p in came["person"]], "workshop": came["event"].astype(str),
            "table": "", "minutes": np.nan,
        }
    )  # fmt: skip
    rule = TieRule.model_validate({"from": "attendance", "weight": "newman"})
    ties = attendance.build(rows, len(people), rule, 10_000)
    strength = np.bincount(ties.source, ties.weight, len(people)) + np.bincount(ties.target, ties.weight, len(people))
    size = rows.groupby("workshop")["person"].transform("size")
    assert strength == pytest.approx(rows[size >= 2].groupby("person").size().to_numpy())


def test_e9_partial_credit_adds_up_to_the_brokered_pairs():
    rng = np.random.default_rng(1)
    ties = (rng.random((14, 14)) < 0.25) * (1.0 - np.eye(14))
    network = from_matrix(ties)
    open_ = (ties @ ties > 0) & (ties == 0) & ~np.eye(14, dtype=bool)
    credit = brokerage_partial_credit(network, Partition.of("role", [str(k % 3) for k in range(14)]))
    assert credit.sum() == pytest.approx(open_.sum())


def test_e10_isolates_have_no_constraint():
    network = from_matrix(np.eye(5, k=1) * (np.arange(5) < 2)[:, None], directed=False)
    assert np.isnan(constraint(network)).tolist() == [False, False, False, True, True]


def test_s16_renaming_groups_changes_nothing():
    made = simulate(World(), np.random.default_rng(3))

    def rows(rename):
        one, two = (
            replace(n, groups={c: Partition.of(c, [rename(p.names[k]) for k in p.code]) for c, p in n.groups.items()})
            for n in (made.before, made.after)
        )
        exposure = Exposure("team", made.exposure.shared)
        return [{k: v for k, v in r.items() if v == v} for r in mark.rows(panel(one, two), exposure, Gate(), 99, 1)]

    assert rows(lambda name: name) == rows(lambda name: f"group {99 - int(name):02d}")


PAGE = (ROOT / "docs" / "acceptance.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


def test_every_scenario_of_the_page_is_held_by_a_test_that_exists():
    scenarios = re.findall(r"^\| ([ES]\d+) ", PAGE, re.MULTILINE)
    assert scenarios == [f"E{k}" for k in range(1, 11)] + [f"S{k}" for k in range(1, 19)]
    for path, name in NAMED:
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), f"{path} has no {name}"
