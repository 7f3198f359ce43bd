"""Numbers beside chance: which networks have rows, and what a row holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kmnet.measures import by_chance as room
from kmnet.measures.run import run
from kmnet.network.network import Label, Network
from tests.compare.worlds import eies, from_matrix


def test_a_row_a_measure_and_way_of_drawing() -> None:
    net = eies(3)[1]
    found = room.by_chance(net, run(net).network, 7)
    rows = {(m, model): k for k, (m, model) in enumerate(zip(found["measure"], found["model"]))}
    assert {model for _, model in rows} == {"same_degrees", "same_ties", "same_dyads"}
    assert ("in_degree_centralisation", "same_degrees") not in rows and ("reciprocity", "same_dyads") not in rows
    at = rows["transitivity", "same_degrees"]
    # igraph 1.0 (1,000 rewired networks): mean .4635, sd .0153
    assert found["expected"][at] == pytest.approx(0.4635, abs=4 * 0.0153 / np.sqrt(found["draws"][at]))
    assert found["z"][at] == pytest.approx((found["observed"][at] - found["expected"][at]) / found["sd"][at])
    assert found["ratio"][at] == pytest.approx(found["observed"][at] / found["expected"][at])
    at = rows["mean_path_length", "same_ties"]
    # sna 2.7.1, cug.test(cmode = "edges"), 1,000 networks: mean 2.0146, sd .0209
    assert found["expected"][at] == pytest.approx(2.0146, abs=4 * 0.0209 / np.sqrt(found["draws"][at]))
    at = rows["transitivity", "same_dyads"]
    # sna 2.7.1, cug.test(cmode = "dyad.census"): mean .2869, sd .0194
    assert found["expected"][at] == pytest.approx(0.2869, abs=4 * 0.0194 / np.sqrt(found["draws"][at]))
    again, other = (room.by_chance(net, run(net).network, seed)["expected"] for seed in (7, 8))
    assert found["expected"] == again != other


def test_what_cannot_vary_has_no_z() -> None:
    star = np.zeros((12, 12))
    star[0, 1:] = 1
    net = from_matrix(star, directed=False)
    found = room.by_chance(net, run(net).network, 1)
    at = found["model"].index("same_degrees")
    assert found["expected"][at] == pytest.approx(found["observed"][at]) and np.isnan(found["z"][at])


def named(net: Network, cohort: str, facilitators: str) -> Network:
    return replace(net, label=Label("knows", cohort, "after", facilitators))


def test_each_network_once_and_none_where_chance_says_nothing() -> None:
    net = eies(3)[1]
    every = [named(net, c, f) for c in ("A", "All") for f in ("with", "without")]
    measured = {one.label: run(one) for one in every}
    assert [label for label, _ in room.every(every, measured, 1)] == [every[1].label]  # not of cohorts together
    assert "made these ties" in room.why_not(replace(net, layer="imposed"), False)
    assert "fewer than 10" in room.why_not(from_matrix(np.zeros((20, 20))), False)


def test_fewer_draws_of_more_ties() -> None:
    assert [room.draws_for(m) for m in (10, 50, 100, 1000, 50_000)] == [200, 200, 100, 50, 25]
    assert {room.draws_for(m) for m in range(1, 3000)} == {200, 100, 50, 25}  # no exact number of ties comes back
