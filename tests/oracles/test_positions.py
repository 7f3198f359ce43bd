"""Every reference value of position, cohesion, bridging and mixing agrees with kmnet to 1e-9."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kmnet.kernels import cohesion
from tests.oracles import conformance as c
from tests.oracles import graphs
from tests.shared_data import shared


@pytest.mark.parametrize("dataset", graphs.DATASETS)
def test_every_value_agrees(dataset: str) -> None:
    shared(dataset)
    rows = c.conformance((dataset,))
    assert rows
    wrong = [row for row in rows if not row.difference <= c.TOLERANCE]
    assert not wrong, wrong[:5]
    assert {row.reference for row in rows if row.exception} <= set(c.EXCEPTIONS)


@pytest.mark.parametrize("dataset", graphs.DATASETS)
def test_no_reference_is_passed_over(dataset: str) -> None:
    """Every key of the oracle is compared here, belongs to brokerage, or is named with the reason."""
    shared(dataset)
    known = {*c.NETWORK, *c.TABLES, *c.NOT_HERE}
    for spec in graphs.specs(dataset):
        graph = spec["name"]
        keys = {k for k in graphs.oracle(dataset)["graphs"][graph]["metrics"] if not k.startswith("gf_")}
        assert keys <= known, keys - known
        for kind, covered in (("nodes", {*c.NODES, *c.NODES_NOT_HERE}), ("edges", {*c.EDGES, "source", "target"})):
            path = graphs.folder(dataset) / f"oracle_{kind}" / f"{graph}.csv"
            heading = path.read_text(encoding="utf-8").splitlines()[0].split(",")
            assert {k for k in heading if not k.startswith("gf_")} <= covered


def test_an_error_would_be_seen() -> None:
    assert c.difference([1.0, math.nan], [1.0, math.nan]) == 0
    assert c.difference([1.0, 2.0], [1.0, math.nan]) == math.inf
    assert c.difference([1.0, 2.0], [1.0, 2.0 + 1e-8]) > c.TOLERANCE
    assert c.difference([math.inf], [3.0]) == math.inf
    assert c.difference([1.0], [1.0, 2.0]) == math.inf


@pytest.mark.parametrize("dataset", ["un_votes", "un_climate_meetings", "condmat_9599"])
def test_large_attendance(dataset: str) -> None:
    shared(dataset)
    assert all(row.difference <= c.TOLERANCE for row in c.attendance_rows(dataset))


def test_co_authors_at_scale() -> None:
    """16,726 people: pieces, cores, cut-points, bridges, clustering and Burt's constraint (printed to 10 decimals)."""
    import csv
    import gzip
    import json

    folder = shared("condmat_9599")
    facts = json.loads((folder / "oracle_scale.json").read_text(encoding="utf-8"))
    net = graphs.build("condmat_9599", "proj1")
    assert (net.n, net.m) == (facts["people"], facts["pairs"])
    for name, expected in (
        ("components", facts["components"]),
        ("isolates", facts["isolates"]),
        ("largest_component_share", facts["largest_share"]),
        ("density", facts["density"]),
        ("transitivity", facts["transitivity"]),
        ("mean_clustering_zero_filled", facts["mean_local_clustering_zero_filled"]),
        ("deepest_core", facts["coreness_max"]),
        ("mean_degree", facts["mean_degree"]),
        ("cut_points", facts["articulation_points"]),
        ("bridges", facts["bridges"]),
    ):
        assert c.difference(c.number("network", name, net), expected) <= c.TOLERANCE, name
    with gzip.open(folder / "oracle_scale_nodes.csv.gz", "rt", encoding="utf-8") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    theirs = {k: np.array([c._float(rows[i][k]) for i in net.ids]) for k in ("degree", "coreness", "constraint")}
    assert c.difference(net.mutual.degree, theirs["degree"]) == 0
    assert c.difference(cohesion.coreness(net.mutual), theirs["coreness"]) == 0
    constraint = c.number("person", "constraint", net)
    assert c.difference(constraint, theirs["constraint"]) <= 1e-9
