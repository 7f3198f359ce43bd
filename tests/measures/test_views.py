"""Shared arrays are computed once a network and stay with it."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace

import numpy as np
import pytest

from kmnet.measures import views
from kmnet.measures.run import run
from tests.kernels.randoms import many
from tests.measures.kinds import KINDS


def test_computed_once() -> None:
    calls = []

    @views.kept
    def slow(network: object) -> int:
        calls.append(network)
        return len(calls)

    net, other = KINDS["a pair"], replace(KINDS["a pair"])
    assert slow(net) == slow(net) == 1
    assert slow(other) == 2 and calls == [net, other]


def test_a_measured_network_travels_light() -> None:
    """Pickled for another process it holds its fields only, and measures the same."""
    net = KINDS["grouped"]
    before = run(net)
    assert net.__dict__["_kept"]
    for twin in (pickle.loads(pickle.dumps(net)), copy.copy(net)):
        assert "_kept" not in twin.__dict__
        assert run(twin).network == pytest.approx(before.network, nan_ok=True)


def test_undefined_division() -> None:
    assert np.isnan(views.ratio(1, 0)) and views.ratio(1, 2) == 0.5
    assert np.array_equal(views.over(np.array([1, 0]), np.array([0, 2])), [np.nan, 0], equal_nan=True)


def test_ties_of_the_undirected_view() -> None:
    for net in many()[:60]:
        row, index = views.triangles(net).row, net.mutual.index
        at = views.tie_arcs(net)
        assert row[at].tolist() == net.pairs[0].tolist() and index[at].tolist() == net.pairs[1].tolist()
        arcs = set(zip(net.source.tolist(), net.target.tolist()))
        for ahead, i, j in zip(views.forward(net).tolist(), row.tolist(), index.tolist()):
            assert ahead == ((i, j) in arcs or (not net.directed and (j, i) in arcs))
