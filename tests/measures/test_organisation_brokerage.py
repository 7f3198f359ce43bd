"""Brokerage of organisations: contraction, thresholds and sectors by hand."""

from __future__ import annotations

from collections import Counter

import numpy as np

from kmnet.measures.organisation_brokerage import organisation_brokerage, sector_of
from kmnet.network.network import Network, network
from kmnet.outputs import TABLES


def made(directed: bool = False) -> Network:
    """Trust T between council C (two ties) and university U (one tie); somebody without an organisation."""
    organisation = {"t1": "T", "t2": "T", "c1": "C", "c2": "C", "u1": "U", "x": ""}
    sector = {"t1": "NHS", "t2": "NHS", "c1": "council", "c2": "council", "u1": "university", "x": ""}
    ties = [("c1", "t1"), ("c2", "t2"), ("t1", "t2"), ("t1", "u1"), ("u1", "x"), ("x", "c1")]
    return network(list(organisation), ties, directed=directed, groups={"organisation": organisation, "sector": sector})


def test_by_hand() -> None:
    net = made()
    found = organisation_brokerage(net, net.groups["sector"])
    assert [c.name for c in TABLES["organisation_brokerage"].columns][3:] == list(found)
    rows = {(int(k), i): t for k, i, t in zip(found["at_least"], found["id"], found["total"])}
    assert rows == {(1, "C"): 0, (1, "T"): 1, (1, "U"): 0, (2, "C"): 0, (2, "T"): 0, (2, "U"): 0}
    assert found["liaison"][list(found["id"]).index("T")] == 1
    assert found["people"][:3].tolist() == [2, 2, 1]
    assert found["sector"][:3].tolist() == ["council", "NHS", "university"]


def test_directed_paths_follow_the_arrows() -> None:
    net = made(directed=True)
    found = organisation_brokerage(net, net.groups["sector"])
    assert found["total"][:3].tolist() == [0, 1, 0]  # C to T to U


def test_without_sectors_only_the_total_and_without_organisations_nothing() -> None:
    net = made()
    found = organisation_brokerage(net, None)
    assert np.isnan(found["liaison"]).all()
    assert found["total"][:3].tolist() == [0, 1, 0]
    assert organisation_brokerage(network(["a"], []), None) == {}


def test_the_sector_is_that_of_most_people_and_the_first_of_equals() -> None:
    organisation = dict(zip("abcde", "XXXYY"))
    net = network(list("abcde"), [], groups={"organisation": organisation, "sector": dict(zip("abcde", "qppzw"))})
    names = net.groups["sector"].names
    assert [names[k] for k in sector_of(net.groups["organisation"], net.groups["sector"])] == ["p", "w"]


def test_by_definition_on_many() -> None:
    """Organisations tied by at least one and two ties of their people, path by path; half where undirected."""
    for seed in range(300):
        chance = np.random.default_rng(seed)
        ids = [f"p{k:02d}" for k in range(int(chance.integers(0, 14)))]
        employer = {i: ["", *"VWXYZ"][int(chance.integers(6))] for i in ids}
        sector = dict(zip("VWXYZ", (f"s{k}" for k in chance.integers(0, 3, 5))))
        directed = bool(seed % 2)
        ties = [(a, b) for a in ids for b in ids if (a != b if directed else a < b) and chance.random() < 0.25]
        groups = {"organisation": employer, "sector": {i: sector.get(employer[i], "") for i in ids}}
        net = network(ids, ties, directed=directed, groups=groups)
        found = organisation_brokerage(net, net.groups["sector"])
        if not ids:
            assert found == {}
            continue
        for k, (least, v) in enumerate(zip(found["at_least"].tolist(), found["id"])):
            many = Counter(
                (employer[a], employer[b]) for a, b in (*ties, *(() if directed else ((b, a) for a, b in ties)))
            )
            arcs = {pair for pair, count in many.items() if pair[0] != pair[1] and all(pair) and count >= least}
            paths = [(i, j) for i, u in arcs for w, j in arcs if u == w == v and i != j and (i, j) not in arcs]
            liaison = sum(len({sector[i], sector[v], sector[j]}) == 3 for i, j in paths)
            assert found["total"][k] == len(paths) / (1 if directed else 2)
            assert found["liaison"][k] == liaison / (1 if directed else 2)
