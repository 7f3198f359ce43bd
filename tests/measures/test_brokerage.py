"""Brokerage as tables and measures: by hand, halving, what is not possible, and chance that is honest."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from kmnet.measures import brokerage as broker
from kmnet.measures.run import value
from kmnet.network.network import Network, network
from kmnet.outputs import TABLES

TEAMS = {"1": "A", "2": "A", "3": "A", "4": "B", "5": "B", "6": "B"}
BEFORE = ["12", "21", "34", "45", "54"]
AFTER = ["12", "21", "13", "31", "45", "46", "64"]


def tiny(ties: list[str], directed: bool = True) -> Network:
    return network(list(TEAMS), [(t[0], t[1]) for t in ties], directed=directed, groups={"team": TEAMS})


def table(net: Network, draws: int = 99, seed: int = 1) -> dict:
    return broker.brokerage(net, net.groups["team"], draws, seed)


def test_the_tiny_study_by_hand() -> None:
    before, after = table(tiny(BEFORE)), table(tiny(AFTER))
    assert before["gatekeeper"].tolist() == [0, 0, 0, 1, 0, 0]
    assert before["total"].sum() == 1
    assert after["coordinator"].tolist() == [2, 0, 0, 1, 0, 0]
    assert after["total"].sum() == 3


def test_columns_are_those_of_the_contract() -> None:
    net = tiny(BEFORE)
    assert [c.name for c in TABLES["brokerage"].columns][3:] == list(table(net))
    totals = broker.totals(net, net.groups["team"])
    assert [c.name for c in TABLES["brokerage_totals"].columns][3:] == list(totals)


def test_a_path_from_own_group_outwards_is_representative_and_inwards_gatekeeper() -> None:
    out = table(
        network(list("abc"), [("a", "b"), ("b", "c")], directed=True, groups={"team": {"a": "A", "b": "A", "c": "B"}})
    )
    into = table(
        network(list("abc"), [("a", "b"), ("b", "c")], directed=True, groups={"team": {"a": "A", "b": "B", "c": "B"}})
    )
    assert (out["representative"][1], out["gatekeeper"][1]) == (1, 0)
    assert (into["representative"][1], into["gatekeeper"][1]) == (0, 1)


def test_undirected_counts_each_open_pair_once() -> None:
    found = table(tiny(["12", "23", "34"], directed=False))
    assert found["coordinator"][1] == 1  # 1 - 2 - 3
    assert found["representative"][2] == found["gatekeeper"][2] == 0.5  # 2 - 3 - 4
    assert found["total"].sum() == 2


def test_roles_that_cannot_occur_are_empty_with_that_reason() -> None:
    net = tiny(BEFORE)
    found = table(net)
    assert np.isnan(found["liaison"]).all()  # two groups only
    why = {(i, c): w for i, c, w in broker.why_empty(net, net.groups["team"], found)}
    assert why["4", "liaison"] == broker.NOT_POSSIBLE
    assert why["1", "gatekeeper_z_by_labels"] == broker.NO_PATH
    assert why["4", "total_z_by_labels"] == broker.NO_CHANCE
    empty = {(net.ids[v], c) for c, x in found.items() if x.dtype == float for v in np.flatnonzero(np.isnan(x))}
    assert empty == set(why)


def test_labels_p_is_never_zero_and_follows_seed_not_partition() -> None:
    net = tiny(AFTER)
    one, same, other = table(net, 199, 1), table(net, 199, 1), table(net, 199, 2)
    p = one["coordinator_p_by_labels"]
    assert np.array_equal(p, same["coordinator_p_by_labels"], equal_nan=True)
    assert np.nanmin(p) >= 1 / 200
    assert not np.array_equal(p, other["coordinator_p_by_labels"], equal_nan=True)
    # Person 1 stands between 2 and 3, all of its group; 1 of the 10 ways to deal two labels to five people does that.
    assert p[0] == pytest.approx(0.1, abs=0.08)


def test_drawn_p_matches_the_exact_distribution() -> None:
    # One pair of contacts, so p follows from counting the ways to deal two A's and three B's.
    net = network(
        list("abcdef"), [("b", "a"), ("a", "c")], directed=True, groups={"team": dict(zip("abcdef", "AAABBB"))}
    )
    found = broker.brokerage(net, net.groups["team"], 999, 3)
    # Coordinator seen once, mean 2*1/20 = 0.1; only draws that again give both A stray that far: 1 in 10.
    assert found["coordinator_expected_by_labels"][0] == pytest.approx(0.1)
    assert found["coordinator_p_by_labels"][0] == pytest.approx(0.1, abs=0.04)


def test_totals_of_groups_add_up_to_the_network() -> None:
    net = tiny(AFTER)
    found = broker.totals(net, net.groups["team"])
    for column in ("count", "expected", "possible"):
        grid = found[column].reshape(3, 6)
        assert np.allclose(grid[:2].sum(axis=0), grid[2], equal_nan=True)
    liaison = found["role"] == "liaison"
    assert np.isnan(found["count"][liaison]).all()
    assert (found["possible"][liaison] == 0).all()


@pytest.mark.parametrize("seed", range(12))
def test_totals_under_shuffled_labels_are_those_of_every_order(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ids = list("abcdef")
    ties = [(a, b) for a in ids for b in ids if (a != b if seed % 2 else a < b) and rng.random() < 0.5]
    labels = [f"T{k}" for k in rng.integers(0, 3, 6)]
    nets = [
        network(ids, ties, directed=bool(seed % 2), groups={"team": dict(zip(ids, order))})
        for order in itertools.permutations(labels)
    ]
    found = broker.totals(nets[0], nets[0].groups["team"], 199, 5)
    every = np.array([np.nan_to_num(broker.totals(n, n.groups["team"])["count"]) for n in nets])
    known = ~np.isnan(found["count"])
    assert np.allclose(found["expected_by_labels"][known], every.mean(axis=0)[known])
    far = np.abs(every - every.mean(axis=0)) >= np.abs(every[0] - every.mean(axis=0)) - 1e-9
    drawn = ~np.isnan(found["p_by_labels"])
    assert drawn.any() and np.allclose(found["p_by_labels"][drawn], far.mean(axis=0)[drawn], atol=0.14)
    assert np.isnan(broker.totals(nets[0], nets[0].groups["team"])["p_by_labels"]).all()  # no draws were asked for


def test_large_networks_need_no_list_of_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    ids = [f"p{k:02}" for k in range(25)]
    ties = [(a, b) for a in ids for b in ids if a != b and rng.random() < 0.2]
    groups = {"team": {i: f"T{rng.integers(4)}" for i in ids}}
    listed = table(network(ids, ties, directed=True, groups=groups))
    monkeypatch.setattr("kmnet.kernels.triads.PATHS", 10)
    net = network(ids, ties, directed=True, groups=groups)
    unlisted = table(net)
    for column, seen in listed.items():
        if column.endswith("_p_by_labels"):
            assert np.isnan(unlisted[column]).all()
        elif seen.dtype == float:
            assert np.allclose(seen, unlisted[column], equal_nan=True)
    reasons = broker.why_empty(net, net.groups["team"], unlisted)
    assert broker.TOO_MANY in {w for _, _, w in reasons}


def test_person_measures_read_the_same_counts() -> None:
    net = tiny(AFTER)
    assert value(broker.coordinator, net).tolist() == table(net)["coordinator"].tolist()
    assert np.isnan(value(broker.liaison, net)).all()


@pytest.mark.parametrize("n", [0, 1, 2])
def test_nobody_to_stand_between(n: int) -> None:
    ids = list("ab")[:n]
    net = network(ids, [("a", "b")] if n == 2 else [], groups={"team": dict.fromkeys(ids, "A")})
    found = table(net)
    assert np.isnan(found["total"]).all()
    assert len(found["id"]) == n
    assert np.isnan(broker.totals(net, net.groups["team"])["count"]).all()
