"""Dependence on people and sets: a network that can be checked by hand, and removal done literally."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest

from kmnet.measures.dependence import COLUMNS, dependence
from kmnet.network.network import Network, network
from kmnet.outputs import TABLES


def barbell() -> Network:
    """Two triangles joined by a go-between, and somebody alone."""
    ties = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "m"), ("m", "x"), ("x", "y"), ("y", "z"), ("x", "z")]
    role = dict.fromkeys("abc", "left") | dict.fromkeys("xyz", "right") | {"m": "go-between", "o": "right"}
    team = {"a": "T1", "b": "T1", "m": "T2"}
    return network([*"abcmxyzo"], ties, groups={"role": role, "team": team})


def row(found: dict, **where: object) -> dict:
    hit = [k for k in range(len(found["removed"])) if all(found[c][k] == v for c, v in where.items())]
    assert len(hit) == 1, where
    return {c: found[c][hit[0]] for c in found}


def test_by_hand() -> None:
    net = barbell()
    found = dependence(net, net.groups["team"], seed=1)
    assert tuple(found) == COLUMNS == tuple(c.name for c in TABLES["dependence"].columns)[3:]
    nobody = row(found, removed="nobody")
    assert (nobody["components"], nobody["isolates"]) == (2, 1)
    assert nobody["reachable_pairs"] == pytest.approx(21 / 28)
    middle = row(found, removed="person", id="m")
    assert (middle["components"], middle["isolates"]) == (3, 1)
    assert middle["reachable_pairs"] == pytest.approx(6 / 21)
    assert middle["fragmentation"] == pytest.approx(15 / 21)
    assert middle["lost"] == pytest.approx(9 / 15)  # the nine pairs between the triangles
    assert middle["lost_across"] == 1.0
    assert middle["reach"] == pytest.approx(2 / 7)
    assert row(found, removed="person", id="a")["lost"] == 0
    assert [t for t, r in zip(found["group"], found["removed"]) if r == "team"] == ["T1", "T2"]
    assert row(found, removed="best set", set_size=1)["id"] == "m"
    assert row(found, removed="widest reach", set_size=2)["reach"] == pytest.approx(5 / 6)
    pair = row(found, removed="best pair (exact)")
    assert pair["reachable_pairs"] <= row(found, removed="best set", set_size=2)["reachable_pairs"]


def test_random_removal_of_one_is_the_mean_over_people() -> None:
    net = barbell()
    found = dependence(net, None, seed=3)
    people = found["removed"] == "person"
    assert found["random_removal"][people][0] == pytest.approx(found["fragmentation"][people].mean())


@pytest.mark.parametrize("seed", range(300))
def test_a_removed_team_leaves_what_removing_it_leaves(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ids = [f"p{k:02}" for k in range(int(rng.integers(2, 14)))]
    ties = [(a, b) for a in ids for b in ids if a < b and rng.random() < 0.2]
    team = {i: f"T{rng.integers(3)}" for i in ids}
    net = network(ids, ties, groups={"team": team})
    found = dependence(net, net.groups["team"], seed=1)
    graph = nx.Graph(ties)
    graph.add_nodes_from(ids)
    for k in np.flatnonzero(found["removed"] == "team"):
        rest = graph.subgraph([i for i in ids if team[i] != found["group"][k]])
        sizes = [len(c) for c in nx.connected_components(rest)]
        assert found["components"][k] == len(sizes)
        pairs = len(rest) * (len(rest) - 1) / 2
        if pairs:
            assert found["fragmentation"][k] == pytest.approx(1 - sum(s * (s - 1) / 2 for s in sizes) / pairs)
        else:
            assert np.isnan(found["fragmentation"][k])


def test_facilitators_leave_together_and_nobody_can_depend_on_a_network_of_one() -> None:
    net = barbell()
    net = replace(net, facilitator=np.array([i in "cx" for i in net.ids]))
    found = row(dependence(net, None, seed=1), removed="facilitators")
    assert found["set_size"] == 2
    assert found["components"] == 4
    assert all(len(v) == 0 for v in dependence(network(["a"], []), None, seed=1).values())


def test_single_people_beside_what_is_usual() -> None:
    """On a chain of seven the middle cuts most, the ends nothing."""
    ids = list("abcdefg")
    found = dependence(network(ids, [(a, b, 1.0) for a, b in zip(ids, ids[1:])], directed=False), None, seed=1)
    people = found["removed"] == "person"
    for name, level in (("person (median)", 0.5), ("person (95th percentile)", 0.95)):
        usual = row(found, removed=name)
        lost = np.sort(found["lost"][people])
        assert usual["lost"] == lost[int(np.ceil(level * 7)) - 1] and usual["set_size"] == 1
        assert usual["reachable_pairs"] == 1 - usual["fragmentation"]
    assert row(found, removed="person (95th percentile)")["lost"] == row(found, removed="person", id="d")["lost"]
