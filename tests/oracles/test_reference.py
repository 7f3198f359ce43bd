"""Numbers printed by other programs' own documents: agreed to their last printed digit."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from kmnet.network.network import Network, network
from tests.oracles.conformance import number
from tests.shared_data import shared


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    return json.loads((shared("reference") / "reference_values.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def campnet(reference: dict[str, Any]) -> Network:
    camp = reference["campnet"]
    ties = [(i, j) for i, picks in camp["picks"].items() for j in picks]
    return network(
        list(camp["picks"]), ties, directed=True, groups={"gender": {i: str(g) for i, g in camp["gender"].items()}}
    )


def printed(ours: float, theirs: float) -> bool:
    """Equal to the last printed digit."""
    digits = len(str(theirs).partition(".")[2])
    return abs(ours - theirs) <= 0.5000001 * 10**-digits


@pytest.mark.parametrize(
    ("column", "measure"),
    [
        ("degree", "degree"),
        ("effsize", "effective_size_ego"),
        ("efficiency", "efficiency_ego"),
        ("constraint", "constraint_ego"),
        ("hierarchy", "hierarchy_ego"),
    ],
)
def test_ucinet_structural_holes(reference: dict[str, Any], campnet: Network, column: str, measure: str) -> None:
    ours = number("person", measure, campnet)
    theirs = reference["campnet"]["ucinet_structural_holes_ego_model"]
    assert all(printed(ours[k], theirs[i][column]) for k, i in enumerate(campnet.ids))


def test_whole_network_constraint(reference: dict[str, Any], campnet: Network) -> None:
    theirs = reference["campnet"]["igraph_networkx_whole_network_constraint"]
    ours = number("person", "constraint", campnet)
    assert np.allclose(ours, [theirs[i] for i in campnet.ids], atol=5e-7)


@pytest.mark.parametrize(
    ("key", "measure"),
    [
        ("H", "internal_share"),
        ("h_star", "internal_excess"),
        ("corr", "homophily_correlation"),
        ("modularity_Q", "modularity_directed"),
        ("assort", "assortativity"),
        ("yules_Q", "yules_q"),
        ("EI", "ei_index"),
    ],
)
def test_ucinet_homophily(reference: dict[str, Any], campnet: Network, key: str, measure: str) -> None:
    assert printed(number("network", measure, campnet), reference["campnet"]["ucinet_homophily_gender"][key])


def test_ucinet_mixing(reference: dict[str, Any], campnet: Network) -> None:
    theirs = reference["campnet"]["ucinet_mixing_gender"]
    assert number("groups", "mixing_ties", campnet).tolist() == theirs["observed"]
    assert np.allclose(number("groups", "mixing_expected", campnet), theirs["expected_density"], atol=5e-4)
    assert np.allclose(number("groups", "mixing_density", campnet), theirs["density"], atol=6e-4)


@pytest.mark.parametrize(
    ("key", "measure"),
    [
        ("density", "density"),
        ("components_strong", "strong_components"),
        ("connectedness", "reachable_pairs_share"),
        ("transitivity_closure", "transitivity_directed"),
        ("avg_distance", "mean_path_length"),
        ("diameter", "diameter"),
        ("compactness", "compactness"),
        ("arc_reciprocity", "reciprocity"),
        ("dyad_reciprocity", "mutual_pairs_share"),
        ("in_centralization", "in_degree_centralisation"),
    ],
)
def test_ucinet_cohesion(reference: dict[str, Any], campnet: Network, key: str, measure: str) -> None:
    assert printed(number("network", measure, campnet), reference["campnet"]["ucinet_cohesion"][key])


def test_borgatti_1997(reference: dict[str, Any]) -> None:
    holes = reference["borgatti1997_holes"]
    ids = sorted({v for a, b, _ in holes["edges_weighted"] for v in (a, b)})
    net = network(ids, [(a, b, float(w)) for a, b, w in holes["edges_weighted"]])
    where = {i: k for k, i in enumerate(net.ids)}
    for kind, suffix in (("unweighted", ""), ("weighted", "_weighted")):
        for name, measure in (("constraint", "constraint"), ("effsize", "effective_size")):
            ours = number("person", measure + suffix, net)
            assert all(printed(ours[where[i]], v) for i, v in holes[kind][name].items())
    ego = dict(zip(net.ids, number("person", "constraint_ego", net)))
    for i, expected in {"A": 0.6836, "B": 0.8395, "D": 1.125, "E": 1.125, "F": 1.125, "G": 0.4003}.items():
        assert printed(ego[i], expected)


def test_borgatti_1997_directed(reference: dict[str, Any]) -> None:
    holes = reference["borgatti1997_holes"]
    plain = network(["0", "1", "2"], [(str(a), str(b)) for a, b in holes["digraph"]["edges"]], directed=True)
    strong = [(str(a), str(b), float(w)) for a, b, w in holes["digraph_weighted"]["weights"]]
    weighted = network(["0", "1", "2"], strong, directed=True)
    for net, key, suffix in ((plain, "digraph", ""), (weighted, "digraph_weighted", "_weighted")):
        for name, measure in (("constraint", "constraint"), ("effsize", "effective_size")):
            ours = number("person", measure + suffix, net)
            assert all(printed(a, b) for a, b in zip(ours, holes[key][name])), (key, name)


def test_padgett_effective_size(reference: dict[str, Any]) -> None:
    flo = reference["padgett_marriage_16"]
    net = network([f"{k:02d}" for k in range(1, 17)], [(f"{a:02d}", f"{b:02d}") for a, b in flo["edges"]])
    ours = number("person", "effective_size", net)
    assert np.isnan(ours[flo["isolate"] - 1])  # the reference prints 0 for the isolate; kmnet leaves it empty
    assert np.allclose(np.nan_to_num(ours), flo["ens"], atol=5e-7)
