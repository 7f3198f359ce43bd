"""Mixing tables and homophily by hand, by scipy and by numpy."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy.stats.contingency import expected_freq

from kmnet.measures import mixing, tables
from kmnet.measures.run import mixing_rows
from kmnet.network.network import network
from tests.kernels.randoms import many
from tests.measures.kinds import KINDS


def test_table_by_hand() -> None:
    groups = {"role": {"a": "x", "b": "x", "c": "y", "d": "y"}}
    net = network([*"abcd"], [("a", "b"), ("a", "c"), ("a", "d")], groups=groups)
    part = net.partition
    assert tables.mixing_ties(net, part).tolist() == [[1, 2], [2, 0]]
    assert tables.mixing_density(net, part).tolist() == [[1, 0.5], [0.5, 0]]
    assert np.allclose(tables.mixing_expected(net, part), [[0.5, 2], [2, 0.5]])
    rows = mixing_rows(net)
    assert rows["from_group"] == ["x", "x", "y"] and rows["to_group"] == ["x", "y", "y"]
    assert rows["ties"] == [1, 2, 0] and rows["possible"] == [1, 4, 1]
    assert sum(rows["expected"]) == pytest.approx(3)


def test_many_groups_give_the_tied_pairs_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for net in many()[:60]:
        whole = list(zip(*mixing_rows(net).values()))
        monkeypatch.setattr("kmnet.measures.run.FEW", 0)
        tied = list(zip(*mixing_rows(net).values()))
        monkeypatch.undo()
        assert repr(tied) == repr([row for row in whole if row[3] > 0])
        assert sum(row[3] for row in whole) == net.m


COLUMNS = {
    "ties": "mixing_ties",
    "density": "mixing_density",
    "expected": "mixing_expected",
    "z": "mixing_z",
    "expected_by_activity": "mixing_expected_by_activity",
    "residual": "mixing_residual",
    "returned": "mixing_reciprocity",
}


def test_rows_agree_with_the_tables() -> None:
    for net in many()[:60]:
        part, rows = net.partition, mixing_rows(net)
        assert part is not None
        for k, (g, h) in enumerate(zip(rows["from_group"], rows["to_group"])):
            cell = part.names.index(g), part.names.index(h)
            for column, name in COLUMNS.items():
                table = getattr(tables, name)(net, part)
                assert np.isclose(rows[column][k], table[cell], equal_nan=True), column


def test_directed_table_has_every_cell() -> None:
    groups = {"role": {"a": "x", "b": "x", "c": "y"}}
    net = network([*"abc"], [("a", "c"), ("c", "a"), ("b", "c")], groups=groups, directed=True)
    rows = mixing_rows(net)
    assert list(zip(rows["from_group"], rows["to_group"], rows["ties"], rows["possible"])) == [
        ("x", "x", 0, 2),
        ("x", "y", 2, 2),
        ("y", "x", 1, 2),
        ("y", "y", 0, 0),
    ]
    assert np.isnan(rows["density"][3])
    assert tables.mixing_reciprocity(net, net.partition)[0, 1] == 0.5
    assert tables.mixing_reciprocity(net, net.partition)[1, 0] == 1
    assert np.isnan(tables.mixing_reciprocity(net, net.partition)[0, 0])


def test_activity_and_residuals_agree_with_scipy() -> None:
    for net in many():
        part = net.partition
        if not net.directed or part is None or not net.m:
            continue
        table = tables.mixing_ties(net, part)
        used = np.ix_(table.sum(axis=1) > 0, table.sum(axis=0) > 0)
        mean = expected_freq(table[used])
        assert np.allclose(tables.mixing_expected_by_activity(net, part)[used], mean)
        row, column = table[used].sum(axis=1, keepdims=True) / net.m, table[used].sum(axis=0, keepdims=True) / net.m
        with np.errstate(invalid="ignore", divide="ignore"):
            residual = (table[used] - mean) / np.sqrt(mean * (1 - row) * (1 - column))
        ours = tables.mixing_residual(net, part)[used]
        known = np.isfinite(residual) & (np.abs((1 - row) * (1 - column)) > 1e-12)
        assert np.allclose(ours[known], residual[known])


def test_homophily_over_pairs() -> None:
    for net in many():
        part = net.partition
        if part is None or net.n < 3:
            continue
        pairs = [(i, j) for i in range(net.n) for j in range(net.n) if i != j and (net.directed or i < j)]
        arcs = set(zip(net.source.tolist(), net.target.tolist()))
        tied = np.array([float(p in arcs) for p in pairs])
        same = np.array([float(part.code[i] == part.code[j]) for i, j in pairs])
        if 0 < tied.sum() < len(tied) and 0 < same.sum() < len(same):
            assert mixing.homophily_correlation(net, part) == pytest.approx(np.corrcoef(tied, same)[0, 1])
            share = tied[same > 0].sum() / tied.sum()
            assert mixing.internal_share(net, part) == pytest.approx(share)
            assert mixing.internal_excess(net, part) == pytest.approx(share - same.mean())
        else:
            assert np.isnan(mixing.homophily_correlation(net, part))
        cells = [((tied == t) & (same == s)).sum() for t, s in ((1, 1), (0, 1), (1, 0), (0, 0))]
        if all(cells):
            a, b, c, d = cells
            assert mixing.homophily_log_odds(net, part) == pytest.approx(np.log(a * d / (b * c)))
            assert mixing.yules_q(net, part) == pytest.approx((a * d - b * c) / (a * d + b * c))
        else:
            assert np.isnan(mixing.homophily_log_odds(net, part))


def test_networkx_agrees_on_assortativity_and_modularity() -> None:
    for net in many():
        part = net.partition
        if part is None or not net.m:
            continue
        graph = nx.DiGraph() if net.directed else nx.Graph()
        graph.add_nodes_from((i, {"role": part.names[part.code[i]]}) for i in range(net.n))
        graph.add_edges_from(zip(net.source.tolist(), net.target.tolist()))
        sets = [{i for i in range(net.n) if part.code[i] == g} for g in range(len(part.names))]
        ours = mixing.assortativity(net, part)
        if not np.isnan(ours):
            assert ours == pytest.approx(nx.attribute_assortativity_coefficient(graph, "role"))
        assert mixing.modularity_directed(net, part) == pytest.approx(nx.community.modularity(graph, sets, weight=None))
        und = graph.to_undirected()
        assert mixing.modularity(net, part) == pytest.approx(nx.community.modularity(und, sets, weight=None))


def test_all_ties_in_one_group_have_no_assortativity() -> None:
    assert np.isnan(mixing.assortativity(KINDS["one group"], KINDS["one group"].partition))
