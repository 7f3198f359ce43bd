"""Gould-Fernandez brokerage against R sna and our own enumeration, on every public study that has it."""

from __future__ import annotations

import numpy as np
import pytest

from kmnet.measures import brokerage as broker
from kmnet.network.network import network
from tests.oracles import graphs
from tests.shared_data import SHARED, shared

CLOSE = {"rtol": 1e-9, "atol": 1e-9}


def cases() -> list[tuple[str, str]]:
    """(study, graph) of every reference graph that has brokerage."""
    found = []
    for study in graphs.DATASETS if SHARED.exists() else ():
        reference = graphs.oracle(study)["graphs"]
        found += [(study, name) for name, g in reference.items() if "gf_total_raw" in g["metrics"]]
    return found or [("eies", "t1_any")]


@pytest.mark.parametrize(("study", "graph"), cases())
def test_persons_and_totals(study: str, graph: str) -> None:
    shared(study)
    net, metrics = graphs.build(study, graph), graphs.oracle(study)["graphs"][graph]["metrics"]
    assert net.m == metrics["m"]["value"]
    rows = {row["id"]: row for row in graphs.rows(graphs.folder(study) / "oracle_nodes" / f"{graph}.csv")}
    nodes = [rows[i] for i in net.ids]
    partition = net.partition
    assert partition is not None
    counted = 1 if net.directed else 2  # sna counts an open pair of an undirected network in both directions
    mine = broker.brokerage(net, partition, draws=99, seed=1)
    for role in broker.COLUMNS:
        for ending, reference in (("", ""), ("_expected", "_exp"), ("_z", "_z")):
            seen = mine[role + ending]
            given = np.array([float(row[f"gf_{role}{reference}"] or "nan") for row in nodes])
            if ending != "_z":
                seen = seen * counted
            elif not net.directed and role not in ("representative", "gatekeeper"):
                given = given / np.sqrt(2)  # sna's standard deviation is too small by sqrt(2) on a symmetric matrix
            gone = np.isnan(seen)  # not possible, or no spread: 0 or nothing in sna
            assert (np.isnan(given[gone]) | (given[gone] == 0)).all()
            np.testing.assert_allclose(seen[~gone], given[~gone], **CLOSE)
    totals = broker.totals(net, partition)
    for k, role in enumerate(broker.COLUMNS, start=-len(broker.COLUMNS)):
        possible = totals["possible"][k] > 0
        assert metrics["gf_total_raw"]["value"][role] == (totals["count"][k] * counted if possible else 0)
        expected = metrics["gf_total_exp"]["value"][role]
        np.testing.assert_allclose(totals["expected"][k] * counted if possible else 0.0, expected, **CLOSE)
        # The reference's exact sd is of directed networks only; ours of undirected ones is held to full enumeration
        # in tests/kernels/test_rolechance.py.
        if net.directed and possible:
            np.testing.assert_allclose(totals["sd"][k], metrics["gf_total_sd_exact"]["value"][role], **CLOSE)


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("sna_brokerage_eies_discipline.csv", ("eies_messages_edges.csv", "name", "Discipline")),
        ("sna_brokerage_hightech_advice_dept.csv", ("hightech_edges.csv", "id", "dept")),
        ("sna_brokerage_campnet_gender.csv", ("campnet.csv", "name", "gender")),
    ],
)
def test_what_sna_printed(file: str, columns: tuple[str, str, str]) -> None:
    ties_file, key, group = columns
    rows = graphs.rows(shared("reference", file))
    ids = [r[key] for r in rows]
    if ties_file == "campnet.csv":
        matrix = graphs.rows(shared("reference", ties_file))
        ties = [(r[""], j) for r in matrix for j in r if j and r[j] == "1"]
    else:
        ties = [
            (r["from"], r["to"])
            for r in graphs.rows(shared("reference", ties_file))
            if r.get("type", "advice") == "advice"
        ]
    net = network(ids, ties, directed=True, groups={"group": {r[key]: r[group] for r in rows}})
    mine = broker.brokerage(net, net.groups["group"], draws=99, seed=1)
    given = {r[key]: r for r in rows}
    for role, column in zip(broker.COLUMNS, ("w_I", "w_O", "b_IO", "b_OI", "b_O", "t")):
        for ending, prefix in (("", ""), ("_expected", "exp."), ("_z", "z.")):
            for k, i in enumerate(net.ids):
                text, seen = given[i][prefix + column], mine[role + ending][k]
                if np.isnan(seen):
                    assert text in ("NA", "NaN", "0")
                else:
                    assert seen == pytest.approx(float(text), rel=1e-9, abs=1e-9)
