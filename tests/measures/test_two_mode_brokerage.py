"""Brokerage through events, against the definitions."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from kmnet.measures import two_mode_brokerage as two_mode
from kmnet.network.network import Affiliation, Network, network
from kmnet.outputs import TABLES


def together(came: dict[str, str], role: dict[str, str] | None = None) -> Network:
    """A network of attendance: event to the people (one letter each) who came."""
    events = tuple(sorted(came))
    ids = sorted(set("".join(came.values())) | set(role or {}))
    pairs = [(e, ids.index(p)) for e, name in enumerate(events) for p in sorted(set(came[name]))]
    net = network(ids, [], groups={"role": role or dict.fromkeys(ids, "A")})
    event, person = (np.array(x, dtype=np.int32) for x in (zip(*pairs) if pairs else ((), ())))
    return replace(net, affiliation=Affiliation(events, person, event, np.full(len(pairs), np.nan)))


def test_by_hand() -> None:
    net = together({"e1": "abc", "e2": "ab", "e3": "bd"}, dict(zip("abcd", "AABB")))
    # e1-e2 are joined by a and b, e1-e3 and e2-e3 by b alone.
    assert two_mode.two_mode_brokerage(net).tolist() == [0.5, 2.5, 0, 0]
    assert two_mode.sole_connector(net).tolist() == [0, 2, 0, 0]
    found = two_mode.event_brokerage(net, net.groups["role"])
    assert [c.name for c in TABLES["event_brokerage"].columns][3:] == list(found)
    assert found["people"].tolist() == [3, 2, 2]
    assert found["pairs"].tolist() == [2, 0, 1]  # a-c and b-c; b-d
    assert found["sole"].tolist() == [2, 0, 1]


@pytest.mark.parametrize("seed", range(300))
def test_by_definition(seed: int) -> None:
    rng = np.random.default_rng(seed)
    came = {f"e{k}": "".join(p for p in "abcdefgh" if rng.random() < 0.4) for k in range(int(rng.integers(1, 7)))}
    role = {p: "XYZ"[rng.integers(3)] for p in "abcdefgh"}
    net = together(came, role)
    pairs = list(itertools.combinations(came, 2))
    joins = {pair: set(came[pair[0]]) & set(came[pair[1]]) for pair in pairs}
    slow = [sum(1 / len(who) for who in joins.values() if p in who) for p in net.ids]
    assert np.allclose(two_mode.two_mode_brokerage(net), slow)
    assert two_mode.two_mode_brokerage(net).sum() == pytest.approx(sum(bool(who) for who in joins.values()))
    assert two_mode.sole_connector(net).tolist() == [sum(who == {p} for who in joins.values()) for p in net.ids]
    met = Counter(pair for who in came.values() for pair in itertools.combinations(sorted(who), 2))
    found = two_mode.event_brokerage(net, net.groups["role"])
    for k, event in enumerate(found["event"]):
        across = [p for p in itertools.combinations(sorted(came[event]), 2) if role[p[0]] != role[p[1]]]
        assert found["pairs"][k] == len(across)
        assert found["credit"][k] == pytest.approx(sum(1 / met[p] for p in across))
        assert found["sole"][k] == sum(met[p] == 1 for p in across)


def test_other_networks_and_too_many_pairs_are_undefined(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = network(["a", "b"], [("a", "b")], groups={"role": {"a": "A"}})
    assert np.isnan(two_mode.two_mode_brokerage(plain)).all()
    assert two_mode.event_brokerage(plain, plain.groups["role"]) == {}
    monkeypatch.setattr(two_mode, "MOST_PAIRS", 0)
    crowd = together({"e1": "abc", "e2": "ab"})
    assert np.isnan(two_mode.sole_connector(crowd)).all()
    assert two_mode.event_brokerage(crowd, crowd.groups["role"]) == {}
