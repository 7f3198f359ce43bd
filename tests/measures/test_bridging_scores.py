"""Bridging scores against the published tables and by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest

from kmnet.measures import bridging_scores as scores
from kmnet.network.network import Network, network
from tests.oracles import graphs
from tests.shared_data import shared


def reference(name: str) -> dict:
    return json.loads(shared("reference", "reference_values.json").read_text(encoding="utf-8"))[name]


def numbered(edges: list[tuple[int, int]], n: int) -> Network:
    return network([f"{k:02}" for k in range(1, n + 1)], [(f"{i:02}", f"{j:02}") for i, j in edges])


def granovetter() -> tuple[Network, dict]:
    given = reference("granovetter25")
    edges = [tuple(map(int, e.split("-"))) for e in given["edges"]]
    return numbered(edges, 25), given


def test_everett_valente_table_1() -> None:
    net, given = granovetter()
    seen = scores.everett_valente(net)
    printed = np.array([given["ev_normalised_percent"][str(k)] for k in range(1, 26)])
    # The table multiplies by 0.641 where 100 / 156 is 0.64103, and prints 3 decimals, partly cut instead of rounded.
    assert np.abs(seen * 0.641 - printed).max() < 1e-3
    assert np.abs(seen / 156 * 100 - printed).max() < 2e-3


def test_valente_fujimoto_table_1() -> None:
    net, given = granovetter()
    printed = np.array([given["valente_fujimoto_percent_1dp"][str(k)] for k in range(1, 26)])
    assert np.abs(scores.bridging(net) * 100 - printed).max() < 0.0501


def test_influencer_gives_half_of_what_was_published() -> None:
    given = reference("padgett_marriage_16")
    net = numbered(given["edges"], 16)
    half = np.array(given["influenceR_bridging_HALF_of_Valente_Fujimoto"])
    seen = scores.bridging(net)
    isolate = given["isolate"] - 1
    assert np.isnan(seen[isolate])
    assert np.abs(np.delete(seen / 2 - half, isolate)).max() < 1e-9


def test_everett_valente_table_2_in_and_out() -> None:
    rows = graphs.rows(shared("reference", "campnet.csv"))
    net = network([r[""] for r in rows], [(r[""], j) for r in rows for j in r if j and r[j] == "1"], directed=True)
    given = reference("campnet")["everett_valente_2016_table2"]
    for measure, key in (
        (scores.everett_valente, "ev"),
        (scores.everett_valente_in, "ev_in"),
        (scores.everett_valente_out, "ev_out"),
    ):
        assert np.round(measure(net), 3).tolist() == [given[i][key] for i in net.ids]


def test_honest_brokers_by_hand() -> None:
    # b, c and d name a; b and c name each other, c names d.
    ties = [("b", "a"), ("c", "a"), ("d", "a"), ("b", "c"), ("c", "b"), ("c", "d")]
    net = network(list("abcde"), ties, directed=True)
    three = (scores.honest_broker, scores.honest_broker_weak, scores.honest_broker_non)
    assert [m(net)[0] for m in three] == [1, 1, 1]
    assert all(m(net)[4] == 0 for m in three)
    star = network(list("abcd"), [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c")])
    assert scores.honest_broker(star).tolist() == [2, 0, 0, 0]
    assert scores.honest_broker_non(star).tolist() == [1, 1, 1, 0]
    assert np.isnan(scores.honest_broker_weak(star)).all()


@pytest.mark.parametrize("seed", range(20))
def test_honest_brokers_add_up_to_all_pairs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ids = [f"p{k:02}" for k in range(12)]
    net = network(ids, [(a, b) for a in ids for b in ids if a != b and rng.random() < 0.3], directed=True)
    degree = net.into.degree
    pairs = scores.honest_broker(net) + scores.honest_broker_weak(net) + scores.honest_broker_non(net)
    assert pairs.tolist() == (degree * (degree - 1) / 2).tolist()


def test_a_large_network_says_that_it_was_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scores, "MOST_WORK", 1)
    net = network(list("abc"), [("a", "b"), ("b", "c")])
    assert np.isnan(scores.bridging(net)).all()
    assert "too large" in scores.bridging.about.undefined
