"""Numbers printed by other programs' own documents and tests, each compared to its last printed digit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import numpy as np

from kmnet.measures.brokerage_credit import variants
from kmnet.network.network import Network, network
from tests.oracles.conformance import Row, number
from tests.shared_data import SHARED

UCINET_HOLES = {
    "degree": "degree",
    "effsize": "effective_size_ego",
    "efficiency": "efficiency_ego",
    "constraint": "constraint_ego",
    "hierarchy": "hierarchy_ego",
}
UCINET_HOMOPHILY = {
    "H": "internal_share",
    "h_star": "internal_excess",
    "corr": "homophily_correlation",
    "modularity_Q": "modularity_directed",
    "assort": "assortativity",
    "yules_Q": "yules_q",
    "EI": "ei_index",
}
UCINET_COHESION = {
    "density": "density",
    "components_strong": "strong_components",
    "connectedness": "reachable_pairs_share",
    "transitivity_closure": "transitivity_directed",
    "avg_distance": "mean_path_length",
    "diameter": "diameter",
    "compactness": "compactness",
    "arc_reciprocity": "reciprocity",
    "dyad_reciprocity": "mutual_pairs_share",
    "in_centralization": "in_degree_centralisation",
}


@cache
def reference() -> dict[str, Any]:
    return json.loads((SHARED / "data" / "reference" / "reference_values.json").read_text(encoding="utf-8"))


def campnet() -> Network:
    camp = reference()["campnet"]
    ties = [(i, j) for i, picks in camp["picks"].items() for j in picks]
    groups = {"gender": {i: str(g) for i, g in camp["gender"].items()}}
    return network(list(camp["picks"]), ties, directed=True, groups=groups)


def row(of: str, measure: str, program: str, graph: str, pairs: Iterable[tuple[float, float]], key: str = "") -> Row:
    """Our numbers beside printed ones; the tolerance is half of the coarsest last digit."""
    both = [(float(a), b) for a, b in pairs]
    gaps = [(abs(a - b), 0.5000001 * 10.0 ** -len(str(b).partition(".")[2])) for a, b in both]
    worst = max(gaps, key=lambda g: g[0] / g[1])
    return Row(of, measure, key or measure, (program,), "reference", graph, len(both), worst[0], "", worst[1])


def printed() -> Iterator[Row]:
    """Every comparison with a printed number."""
    yield from _campnet()
    yield from _borgatti()
    yield from _borgatti_directed()
    yield from _padgett()
    yield from _wngf()


def _campnet() -> Iterator[Row]:
    camp, net = reference()["campnet"], campnet()
    for column, name in UCINET_HOLES.items():
        theirs = [camp["ucinet_structural_holes_ego_model"][i][column] for i in net.ids]
        yield row("person", name, "UCINET 6.849", "campnet", zip(number("person", name, net), theirs), column)
    theirs = [camp["igraph_networkx_whole_network_constraint"][i] for i in net.ids]
    yield row("person", "constraint", "igraph", "campnet", zip(number("person", "constraint", net), theirs))
    for key, name in UCINET_HOMOPHILY.items():
        pair = (number("network", name, net), camp["ucinet_homophily_gender"][key])
        yield row("network", name, "UCINET 6.849", "campnet", [pair], key)
    for key, name in UCINET_COHESION.items():
        pair = (number("network", name, net), camp["ucinet_cohesion"][key])
        yield row("network", name, "UCINET 6.849", "campnet", [pair], key)
    for key, name in (
        ("observed", "mixing_ties"),
        ("expected_density", "mixing_expected"),
        ("density", "mixing_density"),
    ):
        theirs = np.ravel(camp["ucinet_mixing_gender"][key]).tolist()
        yield row("groups", name, "UCINET 6.849", "campnet", zip(number("groups", name, net).ravel(), theirs), key)


HOLES = (("constraint", "constraint"), ("effsize", "effective_size"))
NETWORKX = "networkx tests (UCINET, igraph, hand)"


def _borgatti() -> Iterator[Row]:
    holes = reference()["borgatti1997_holes"]
    ids = sorted({v for a, b, _ in holes["edges_weighted"] for v in (a, b)})
    net = network(ids, [(a, b, float(w)) for a, b, w in holes["edges_weighted"]])
    where = {i: k for k, i in enumerate(net.ids)}
    for kind, suffix in (("unweighted", ""), ("weighted", "_weighted")):
        for key, name in HOLES:
            ours = number("person", name + suffix, net)
            pairs = [(ours[where[i]], v) for i, v in holes[kind][key].items()]
            yield row("person", name + suffix, NETWORKX, "Borgatti 1997", pairs)
    ego = {"A": 0.6836, "B": 0.8395, "D": 1.125, "E": 1.125, "F": 1.125, "G": 0.4003}
    ours = number("person", "constraint_ego", net)
    yield row("person", "constraint_ego", "hand", "Borgatti 1997", [(ours[where[i]], v) for i, v in ego.items()])


def _borgatti_directed() -> Iterator[Row]:
    holes = reference()["borgatti1997_holes"]
    plain = network([*"012"], [(str(a), str(b)) for a, b in holes["digraph"]["edges"]], directed=True)
    strong = [(str(a), str(b), float(w)) for a, b, w in holes["digraph_weighted"]["weights"]]
    weighted = network([*"012"], strong, directed=True)
    for net, kind, suffix in ((plain, "digraph", ""), (weighted, "digraph_weighted", "_weighted")):
        for key, name in HOLES:
            pairs = zip(number("person", name + suffix, net), holes[kind][key])
            yield row("person", name + suffix, NETWORKX, "Borgatti 1997, directed", pairs)


def _padgett() -> Iterator[Row]:
    flo = reference()["padgett_marriage_16"]
    net = network([f"{k:02d}" for k in range(1, 17)], [(f"{a:02d}", f"{b:02d}") for a, b in flo["edges"]])
    ours = number("person", "effective_size", net)
    # influenceR prints 0 for the isolate; kmnet leaves it empty, so the isolate is left out here.
    pairs = [(a, b) for k, (a, b) in enumerate(zip(ours, flo["ens"]), start=1) if k != flo["isolate"]]
    yield row("person", "effective_size", "influenceR", "Padgett marriage", pairs)


WNGF = {  # node: counts of coordinator, itinerant, gatekeeper, representative, liaison, and the normalised total
    4: (5, 17, 19, 18, 25, 2.266667),
    7: (2, 18, 9, 11, 15, 1.416667),
    11: (2, 8, 15, 7, 8, 1.076667),
    2: (1, 12, 7, 5, 17, 1.023333),
    14: (2, 9, 13, 2, 10, 0.966667),
    0: (3, 6, 7, 10, 7, 0.965),
    3: (2, 6, 4, 17, 5, 0.941667),
    8: (2, 6, 10, 8, 7, 0.906667),
    13: (2, 10, 8, 3, 10, 0.891667),
    10: (2, 7, 4, 5, 11, 0.786667),
}
"""Printed by the authors of WNGF in the worked example of their own program (repository zzsofi/WNGF)."""


def worked_example() -> Network:
    """Their fifteen people in three groups, whose ties are drawn by numpy's old generator from seed 42."""
    drawn = np.random.RandomState(42).choice([0, 0, 0, 1, 2, 3, 5, 8, 13], size=(15, 15))
    ids = [f"{k:02d}" for k in range(15)]
    ties = [(ids[i], ids[j], float(drawn[i, j])) for i in range(15) for j in range(15) if i != j and drawn[i, j]]
    return network(ids, ties, directed=True, groups={"group": {i: "ABC"[k % 3] for k, i in enumerate(ids)}})


def _wngf() -> Iterator[Row]:
    net = worked_example()
    found = variants(net, net.groups["group"])
    count = {role: found[role][found["variant"] == "wngf_count"] for role in found if role != "variant"}
    for k, role in enumerate(("coordinator", "itinerant", "gatekeeper", "representative", "liaison")):
        pairs = [(count[role][node], given[k]) for node, given in WNGF.items()]
        yield row("person", "wngf", "its authors' program", "WNGF worked example", pairs, f"{role} count")
    total = number("person", "wngf", net)
    pairs = [(total[node], given[-1]) for node, given in WNGF.items()]
    yield row("person", "wngf", "its authors' program", "WNGF worked example", pairs, "total")
