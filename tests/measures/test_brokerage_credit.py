"""Shared and weighed credit, pairs of groups and types of broker, against the definitions."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from kmnet.measures import brokerage, brokerage_credit
from kmnet.measures.run import value
from kmnet.network.network import Network, network
from kmnet.outputs import TABLES
from tests.oracles import graphs
from tests.shared_data import shared


def made(seed: int) -> tuple[Network, dict[tuple[str, str], float], dict[str, str]]:
    rng = np.random.default_rng(seed)
    ids = [f"p{k:02}" for k in range(int(rng.integers(1, 12)))]
    directed = bool(seed % 2)
    ties = {
        (a, b): float(rng.integers(1, 6))
        for a in ids
        for b in ids
        if (a != b if directed else a < b) and rng.random() < 0.35
    }
    group = {i: "ABC"[rng.integers(3)] for i in ids}
    net = network(ids, [(*t, w) for t, w in ties.items()], directed=directed, groups={"role": group})
    arcs = ties if directed else ties | {(b, a): w for (a, b), w in ties.items()}
    return net, arcs, group


def open_paths(arcs: dict[tuple[str, str], float]) -> list[tuple[str, str, str]]:
    return [(i, v, k) for (i, v), (u, k) in itertools.product(arcs, arcs) if u == v and i != k and (i, k) not in arcs]


@pytest.mark.parametrize("seed", range(300))
def test_wngf_by_definition(seed: int) -> None:
    """Zador et al. (2022), equation 1, pair by pair, over the pairs there could be in each role."""
    net, arcs, group = made(seed)
    part = net.groups["role"]
    found = brokerage_credit.variants(net, part)
    cost = {pair: Fraction(1, int(w)) for pair, w in arcs.items()}
    for variant in ("wngf_count", "wngf"):
        use = found["variant"] == variant
        for v, me in enumerate(net.ids):
            slow, total = [], 0.0
            for role in brokerage.ROLES:
                pairs = [
                    (i, k)
                    for i, k in itertools.permutations(net.ids, 2)
                    if role_of(group, i, me, k) == role and me not in (i, k)
                ]
                over = [
                    (i, me) in cost
                    and (me, k) in cost
                    and ((i, k) not in cost or cost[i, me] + cost[me, k] < cost[i, k])
                    for i, k in pairs
                ]
                half = 1 if net.directed else 2
                number = sum(over) / (len(pairs) if variant == "wngf" else half) if pairs else np.nan
                slow.append(number)
                total += 0.0 if np.isnan(number) else number
            seen = [found[role][use][v] for role in (*brokerage.ROLES, "total")]
            assert np.allclose(seen, [*slow, total if net.n > 2 else np.nan], rtol=1e-12, equal_nan=True)
    if net.n > 2:
        assert np.array_equal(value(brokerage_credit.wngf, net), found["total"][found["variant"] == "wngf"])


def role_of(group: dict[str, str], i: str, v: str, k: str) -> str:
    a, b, c = group[i], group[v], group[k]
    if a == b == c:
        return "coordinator"
    return "itinerant" if a == c else "representative" if a == b else "gatekeeper" if b == c else "liaison"


def test_wngf_is_the_usual_count_where_all_ties_are_equally_strong() -> None:
    for seed in range(40):
        net, *_ = made(seed)
        net = replace(net, weight=np.full(net.m, 3.0))
        part = net.groups["role"]
        found = brokerage_credit.variants(net, part)
        usual = brokerage.roles(net, part)
        for k, role in enumerate(brokerage.ROLES):
            assert np.array_equal(found[role][found["variant"] == "wngf_count"], usual[:, k], equal_nan=True)


@pytest.mark.parametrize("seed", range(300))
def test_by_definition(seed: int) -> None:
    net, arcs, group = made(seed)
    part = net.groups["role"]
    found = open_paths(arcs)
    half = 1.0 if net.directed else 0.5
    brokers: dict[tuple[str, str], int] = defaultdict(int)
    for i, _, k in found:
        brokers[i, k] += 1
    variants = brokerage_credit.variants(net, part)
    for variant, credit in (
        ("partial_credit", lambda i, v, k: 1 / brokers[i, k]),
        ("weighted", lambda i, v, k: min(arcs[i, v], arcs[v, k])),
    ):
        use = variants["variant"] == variant
        slow = [half * sum(credit(*p) for p in found if p[1] == v) for v in net.ids]
        seen = variants["total"][use]
        assert np.allclose(seen[~np.isnan(seen)], np.array(slow)[~np.isnan(seen)])
        liaison = variants["liaison"][use]
        slow = [half * sum(credit(*p) for p in found if p[1] == v and len({group[x] for x in p}) == 3) for v in net.ids]
        assert np.allclose(liaison[~np.isnan(liaison)], np.array(slow)[~np.isnan(liaison)])
    if net.n > 2:
        shared_out = variants["total"][variants["variant"] == "partial_credit"].sum()
        assert shared_out == pytest.approx(half * len(brokers))  # the brokers of one pair share one point

    activity = value(brokerage_credit.brokering_activity, net)
    exclusivity = value(brokerage_credit.brokering_exclusivity, net)
    across = [p for p in found if group[p[0]] != group[p[2]]]
    assert activity.tolist() == [half * sum(p[1] == v for p in across) for v in net.ids]
    alone = [half * sum(p[1] == v and brokers[p[0], p[2]] == 1 for p in across) for v in net.ids]
    assert exclusivity.tolist() == alone

    pairs = brokerage_credit.between_groups(net, part)
    cells = zip(pairs["id"], pairs["from_group"], pairs["to_group"], pairs["paths"], pairs["credit"], pairs["sole"])
    given = {(v, a, b): (p, c, s) for v, a, b, p, c, s in cells}
    slow_pairs: dict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0, 0.0, 0])
    for i, v, k in across:
        if net.directed or group[i] < group[k]:
            cell = slow_pairs[v, group[i], group[k]]
            cell[0] += 1
            cell[1] += 1 / brokers[i, k]
            cell[2] += brokers[i, k] == 1
    assert given.keys() == slow_pairs.keys()
    assert all(np.allclose(given[key], slow_pairs[key]) for key in given)
    assert pairs["paths"].sum() == activity.sum()


def test_types_are_high_or_low_in_both() -> None:
    ties = [("a", "h"), ("b", "h"), ("c", "h"), ("a", "i"), ("b", "i"), ("c", "i"), ("h", "x"), ("x", "y")]
    group = dict(zip("abchixy", "AABCCBA"))
    net = network(list("abchixy"), ties, groups={"role": group})
    found = brokerage_credit.broker_types(net, net.groups["role"])
    assert dict(zip(found["id"], found["type"]))["h"] == "powerhouse"
    assert dict(zip(found["id"], found["type"]))["y"] == "sideliner"


def test_columns_are_those_of_the_contract_and_long_lists_give_no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    net, *_ = made(11)
    part = net.groups["role"]
    makers = {
        "brokerage_variants": brokerage_credit.variants,
        "brokerage_pairs": brokerage_credit.between_groups,
        "broker_types": brokerage_credit.broker_types,
    }
    for name, make in makers.items():
        assert [c.name for c in TABLES[name].columns][3:] == list(make(net, part))
    monkeypatch.setattr("kmnet.kernels.triads.PATHS", -1)
    net, *_ = made(11)
    assert all(make(net, part) == {} for make in makers.values())
    assert brokerage.paths(net) is None


def test_activity_of_eies_messages_as_manynet_gives_it() -> None:
    shared("eies")
    net = graphs.build("eies", "messages")
    assert value(brokerage_credit.brokering_activity, net)[:3].tolist() == [333, 207, 3]
