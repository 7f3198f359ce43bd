"""kmnet beside other programs: every reference value of a dataset against the measure that claims to be it.

``conformance()`` gives the rows from which ``docs/conformance.md`` is made; the tests assert on the same rows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from kmnet.measures import brokerage
from kmnet.measures.measure import Measure
from kmnet.measures.run import catalogue, value
from kmnet.network.network import Network
from tests.oracles import graphs

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Row:
    """One measure against one reference on one graph."""

    of: str
    measure: str
    reference: str
    programs: tuple[str, ...]
    dataset: str
    graph: str
    values: int
    difference: float
    exception: str = ""
    tolerance: float = TOLERANCE


View = Callable[[Network], Network]


def as_is(net: Network) -> Network:
    return net


und = graphs.undirected


def _possible(net: Network) -> int:
    return net.n * (net.n - 1)


Scale = Callable[[Network], float]


def one(_: Network) -> float:
    return 1.0


def _pairs(net: Network) -> float:
    return float(len(net.pairs[0]))


# Reference key: (measure, view it is taken on, what its value is multiplied by to give the reference)
NETWORK: dict[str, tuple[str, View, Scale]] = {
    "articulation_points_n": ("cut_points", as_is, one),
    "assortativity_nominal": ("assortativity", as_is, one),
    "avg_path_directed_reachable": ("mean_path_length", as_is, one),
    "avg_path_und_reachable": ("mean_path_length", und, one),
    "between_density": ("between_density", as_is, one),
    "bridges_n": ("bridges", as_is, one),
    "centralization_betweenness_directed": ("betweenness_centralisation", as_is, one),
    "centralization_betweenness_und": ("betweenness_centralisation", und, one),
    "centralization_closeness_und": ("closeness_centralisation", as_is, one),
    "centralization_degree_und": ("degree_centralisation", as_is, one),
    "centralization_degree_und_igraph_default_loops": ("degree_centralisation", as_is, lambda n: (n.n - 2) / n.n),
    "centralization_indegree": ("in_degree_centralisation", as_is, one),
    "centralization_outdegree": ("out_degree_centralisation", as_is, one),
    "components_strong": ("strong_components", as_is, one),
    "components_weak": ("components", as_is, one),
    "coreness_max": ("deepest_core", as_is, one),
    "density": ("density", as_is, one),
    "density_und": ("density", und, one),
    "diameter_directed": ("diameter", as_is, one),
    "diameter_und": ("diameter", und, one),
    "dyads_mutual": ("mutual_pairs_share", as_is, _pairs),
    "ei_expected_at_density": ("ei_index_expected", as_is, one),
    "ei_overall": ("ei_index", as_is, one),
    "global_efficiency_directed": ("global_efficiency", as_is, one),
    "global_efficiency_und": ("global_efficiency", und, one),
    "isolates": ("isolates", as_is, one),
    "krackhardt_connectedness": ("connectedness", as_is, one),
    "krackhardt_efficiency": ("krackhardt_efficiency", as_is, one),
    "krackhardt_hierarchy": ("krackhardt_hierarchy", as_is, one),
    "largest_strong": ("largest_strong_component_share", as_is, lambda n: n.n),
    "largest_weak": ("largest_component_share", as_is, lambda n: n.n),
    "largest_weak_share": ("largest_component_share", as_is, one),
    "local_bridges_n": ("local_bridges", as_is, one),
    "m": ("density", as_is, lambda n: n.possible),
    "m_und": ("density", und, lambda n: n.possible),
    "mean_degree_und": ("mean_degree", as_is, one),
    "mean_local_clustering_degree2plus": ("mean_clustering", as_is, one),
    "mean_local_clustering_zero_filled": ("mean_clustering_zero_filled", as_is, one),
    "modularity_of_groups_und": ("modularity", as_is, one),
    "reachable_pairs_directed": ("reachable_pairs_share", as_is, _possible),
    "reachable_pairs_und": ("reachable_pairs_share", und, lambda n: _possible(n) / 2),
    "reciprocity_dyadic_nonnull": ("mutual_pairs_share", as_is, one),
    "reciprocity_dyadic_sna_default": ("agreeing_pairs_share", as_is, one),
    "reciprocity_edgewise": ("reciprocity", as_is, one),
    "transitivity_directed_weak": ("transitivity_directed", as_is, one),
    "transitivity_und": ("transitivity", as_is, one),
    "within_density": ("within_density", as_is, one),
}

# Keys whose value is a table: how kmnet's numbers are laid out in the same way.
TABLES: dict[str, str] = {
    "ei_by_group_out": "ei_index_group_out",
    "ei_by_group_und": "ei_index_group",
    "mixing": "mixing_ties",
    "triad_census": "triad_*",
    "local_bridges_span_counts": "span",
}

# Keys that say nothing of a measure of these families, and why.
NOT_HERE: dict[str, str] = {
    "n": "people are the network's own nodes",
    "group_sizes": "sizes of the grouping itself",
    "weight_sum": "the sum of the ties' own weights",
    "dyads_asym": "tied pairs less mutual ones (dyads_mutual)",
    "dyads_null": "pairs less tied ones (dyads_mutual)",
    "ei_overall_known_groups_only": "kmnet keeps people without a group as one more group, and counts them aloud",
}

# Node columns: (measure, view)
NODES: dict[str, tuple[str, View]] = {
    "indegree": ("in_degree", as_is),
    "outdegree": ("out_degree", as_is),
    "degree_und": ("degree", as_is),
    "betweenness_dir": ("betweenness", as_is),
    "betweenness_und": ("betweenness", und),
    "closeness_component": ("closeness", und),
    "closeness_wf": ("closeness_wf", und),
    "harmonic_und": ("harmonic_closeness", und),
    "clustering": ("clustering", as_is),
    "coreness": ("core", as_is),
    "constraint_und": ("constraint", und),
    "constraint_dir": ("constraint", as_is),
    "constraint_weighted": ("constraint_weighted", as_is),
    "effsize_und": ("effective_size", und),
    "effsize_dir": ("effective_size", as_is),
    "effsize_weighted": ("effective_size_weighted", as_is),
    "efficiency_und_own": ("efficiency", und),
    "strength_total": ("strength", as_is),
    "ei_node_und": ("ei_index", as_is),
    "component_size": ("component_size", as_is),
    "articulation": ("cut_point", as_is),
}
NODES_NOT_HERE: dict[str, str] = {
    "id": "the person",
    "group": "the grouping itself",
    "constraint_und_alltwostep_own": "a reading of Burt that sums over people two steps away too",
}

EDGES: dict[str, str] = {
    "common_neighbours": "embeddedness",
    "edge_betweenness_igraph": "tie_betweenness",
    "bridge_igraph": "bridge",
    "bridge_nx": "bridge",
    "local_bridge_span_nx": "span",
}

EXCEPTIONS: dict[str, str] = {
    "centralization_closeness_und": "sna: closeness 0 in a network in pieces, hence 0; kmnet leaves it empty",
}


@cache
def measures() -> dict[tuple[str, str], Measure]:
    return {(m.about.of, m.about.name): m for m in catalogue()}


def number(of: str, name: str, net: Network) -> Any:
    return value(measures()[of, name], net)


def difference(ours: Any, theirs: Any) -> float:
    """Largest difference, relative to values above 1; infinite where only one is undefined."""
    a, b = np.atleast_1d(np.asarray(ours, dtype=float)), np.atleast_1d(np.asarray(theirs, dtype=float))
    if a.shape != b.shape or (np.isnan(a) != np.isnan(b)).any():
        return math.inf
    known = ~np.isnan(a) & ~(a == b)
    if not known.any():
        return 0.0
    return float((np.abs(a - b)[known] / np.maximum(1.0, np.abs(b[known]))).max())


def _float(text: str) -> float:
    return math.nan if text in ("", "NA") else float(text)


def network_rows(dataset: str, graph: str) -> Iterator[Row]:
    net = graphs.build(dataset, graph)
    for key, entry in graphs.oracle(dataset)["graphs"][graph]["metrics"].items():
        theirs, by = entry["value"], tuple(entry["by"])
        if key in NETWORK:
            name, view, scale = NETWORK[key]
            seen = view(net)
            ours = number("network", name, seen) * scale(seen)
            if key == "centralization_closeness_und" and math.isnan(ours) and theirs == 0:
                yield Row("network", name, key, by, dataset, graph, 1, 0.0, EXCEPTIONS[key])
                continue
            yield Row(
                "network", name, key, by, dataset, graph, 1, difference(ours, math.nan if theirs is None else theirs)
            )
        elif key in TABLES:
            ours, theirs = _laid_out(key, net, theirs)
            yield Row(_of(key), TABLES[key], key, by, dataset, graph, len(ours), difference(ours, theirs))


def _of(key: str) -> str:
    return {"mixing": "groups", "triad_census": "network", "local_bridges_span_counts": "tie"}.get(key, "group")


def _laid_out(key: str, net: Network, theirs: dict[str, Any]) -> tuple[list[float], list[float]]:
    """Our numbers and theirs in one order."""
    if key == "triad_census":
        return [number("network", f"triad_{k.lower()}", net) for k in theirs], list(theirs.values())
    if key == "local_bridges_span_counts":
        span = number("tie", "span", net)[number("tie", "local_bridge", net) > 0]
        lengths = sorted({*span.tolist(), *map(float, theirs)})
        return [float((span == s).sum()) for s in lengths], [
            theirs.get("inf" if s == math.inf else str(int(s)), 0) for s in lengths
        ]
    assert net.partition is not None
    names = net.partition.names
    if key == "mixing":
        ours = number("groups", "mixing_ties", net)
        return ours.ravel().tolist(), [theirs[g][h] for g in names for h in names]
    values = number("group", TABLES[key], net).tolist()
    return values, [math.nan if theirs[g]["ei"] is None else theirs[g]["ei"] for g in names]


def node_rows(dataset: str, graph: str) -> Iterator[Row]:
    net = graphs.build(dataset, graph)
    table = graphs.rows(graphs.folder(dataset) / "oracle_nodes" / f"{graph}.csv")
    assert tuple(r["id"] for r in table) == net.ids or {r["id"] for r in table} == set(net.ids)
    order = {r["id"]: r for r in table}
    agreement = graphs.oracle(dataset)["graphs"][graph]["node_agreement"]
    for key in table[0]:
        if key not in NODES:
            continue
        name, view = NODES[key]
        theirs = np.array([_float(order[i][key]) for i in net.ids])
        ours = number("person", name, view(net))
        by = _programs(key, agreement.get(key, {}))
        yield Row("person", name, key, by, dataset, graph, net.n, difference(ours, theirs))


def _programs(key: str, agreement: dict[str, Any]) -> tuple[str, ...]:
    """Programs behind a node column, from names such as ``betweenness_und_igraph``."""
    full = [agreement.get("reference", key), *agreement.get("others", {})]
    names = {"nx": "networkx", "py": "own_py", "pyigraph": "python-igraph"}
    known = {"igraph", "sna", "nx", "networkx", "own", "influenceR", "py", "pyigraph", "isnar", "networkit"}
    found = {part for name in full for part in [name.rsplit("_", 1)[-1]] if part in known}
    return tuple(sorted(names.get(part, part) for part in found)) or ("own",)


def edge_rows(dataset: str, graph: str) -> Iterator[Row]:
    net = graphs.build(dataset, graph)
    table = graphs.rows(graphs.folder(dataset) / "oracle_edges" / f"{graph}.csv")
    where = {i: k for k, i in enumerate(net.ids)}
    ends = [tuple(sorted((where[r["source"]], where[r["target"]]))) for r in table]
    ours_at = {pair: k for k, pair in enumerate(zip(*(a.tolist() for a in net.pairs)))}
    at = [ours_at[pair] for pair in ends]  # type: ignore[index]
    if len(at) != len(ours_at):
        yield Row("tie", "embeddedness", "ties", ("own",), dataset, graph, len(at), math.inf)
    for key, name in EDGES.items():
        if not table or key not in table[0]:
            continue
        ours = number("tie", name, net)[at]
        theirs = np.array([_float(r[key]) for r in table])
        if key == "local_bridge_span_nx":
            ours = np.where(number("tie", "local_bridge", net)[at] > 0, ours, np.nan)
        by = ("networkx",) if key.endswith("_nx") else ("igraph",) if key.endswith("_igraph") else ("own",)
        yield Row("tie", name, key, by, dataset, graph, len(at), difference(ours, theirs))


def brokerage_rows(dataset: str, graph: str) -> Iterator[Row]:
    """Gould-Fernandez roles of every person and of the network, as sna prints them (halved where undirected)."""
    net = graphs.build(dataset, graph)
    metrics = graphs.oracle(dataset)["graphs"][graph]["metrics"]
    if net.partition is None or "gf_total_raw" not in metrics:
        return
    twice = 1 if net.directed else 2
    table = {r["id"]: r for r in graphs.rows(graphs.folder(dataset) / "oracle_nodes" / f"{graph}.csv")}
    mine, totals = brokerage.brokerage(net, net.partition, draws=99, seed=1), brokerage.totals(net, net.partition)
    for k, role in enumerate(brokerage.COLUMNS):
        for ending, reference in (("", ""), ("_expected", "_exp")):
            theirs = np.array([_float(table[i][f"gf_{role}{reference}"]) for i in net.ids]) / twice
            gone = np.isnan(mine[role + ending])  # a role that cannot occur: 0 in sna
            gap = difference(np.where(gone & (theirs == 0), 0.0, mine[role + ending]), theirs)
            yield Row("person", role, role + ending, ("sna",), dataset, graph, net.n, gap)
        at = len(totals["count"]) - len(brokerage.COLUMNS) + k
        ours = np.nan_to_num([totals["count"][at], totals["expected"][at]])
        raw, mean = metrics["gf_total_raw"]["value"][role], metrics["gf_total_exp"]["value"][role]
        yield Row("network", role, "total", ("sna",), dataset, graph, 2, difference(ours * twice, [raw, mean]))


def attendance_rows(dataset: str) -> Iterator[Row]:
    facts = graphs.oracle(dataset)["attendance"]
    net = graphs.attendance(dataset)
    events = len(net.affiliation.events) if net.affiliation else 0
    for key, name, scale in (
        ("two_mode_density", "attendance_density", 1),
        ("mean_event_size", "mean_event_size", 1),
        ("largest_event", "largest_event_share", net.n),
    ):
        ours = number("network", name, net) * scale
        yield Row("network", name, key, ("own",), dataset, "two-mode", 1, difference(ours, facts[key]))
    mean = number("person", "events_share", net).mean() * events
    yield Row(
        "person",
        "events_share",
        "mean_events_per_person",
        ("own",),
        dataset,
        "two-mode",
        net.n,
        difference(mean, facts["mean_events_per_person"]),
    )


def conformance(datasets: tuple[str, ...] = graphs.DATASETS) -> list[Row]:
    """Every comparison of these datasets."""
    found: list[Row] = []
    for dataset in datasets:
        for spec in graphs.specs(dataset):
            for part in (network_rows, node_rows, edge_rows, brokerage_rows):
                found += part(dataset, spec["name"])
        if "attendance" in graphs.oracle(dataset):
            found += attendance_rows(dataset)
    return found
