"""Brokerage, bridging scores and shared events beside other programs: rows of the conformance page."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kmnet.kernels import backbone as kernel
from kmnet.measures import brokerage
from kmnet.measures.backbone import every_model, shared_events
from kmnet.network.network import network
from tests.oracles import graphs
from tests.oracles.conformance import Row, difference, number
from tests.oracles.printed import campnet, reference, row

EVENTS = ("southern_women", "ceos_clubs")
EXACT = {
    "sdsm": ("sdsm_exact_p_upper", ("own",)),
    "fixed_row": ("hypergeom_p_upper", ("scipy", "backbone")),
    "fixed_fill": ("fixedfill_p_upper", ("backbone",)),
}
"""Null models, their reference column and who computed it. (backbone approximates the fixed-column law.)"""


def rows() -> Iterator[Row]:
    """Every comparison."""
    for dataset in graphs.DATASETS:
        for spec in graphs.specs(dataset):
            yield from _scores(dataset, spec["name"])
    for dataset in EVENTS:
        yield from _events(dataset)
    yield from _everett_valente()
    yield from _valente_fujimoto()


def _scores(dataset: str, graph: str) -> Iterator[Row]:
    """z of persons (undirected: with sna's standard deviation put right), and the networks' exact ones."""
    net = graphs.build(dataset, graph)
    metrics = graphs.oracle(dataset)["graphs"][graph]["metrics"]
    if net.partition is None or "gf_total_raw" not in metrics:
        return
    nodes = {r["id"]: r for r in graphs.rows(graphs.folder(dataset) / "oracle_nodes" / f"{graph}.csv")}
    mine, totals = brokerage.brokerage(net, net.partition, 99, 1), brokerage.totals(net, net.partition)
    for k, role in enumerate(brokerage.COLUMNS):
        theirs = np.array([float(nodes[i][f"gf_{role}_z"] or "nan") for i in net.ids])
        if not net.directed and role not in ("representative", "gatekeeper"):
            theirs = theirs / np.sqrt(2)
        seen = mine[f"{role}_z"]
        both = ~np.isnan(seen)  # a role that cannot occur is left out: empty or 0 / 0 in sna
        yield Row(
            "person", role, f"{role}_z", ("sna",), dataset, graph, int(both.sum()), difference(seen[both], theirs[both])
        )
        at = k - len(brokerage.COLUMNS)
        if net.directed and totals["possible"][at]:
            sd = metrics["gf_total_sd_exact"]["value"][role]
            yield Row("network", role, "sd_exact", ("own",), dataset, graph, 1, difference(totals["sd"][at], sd))


def _events(dataset: str) -> Iterator[Row]:
    net = graphs.attendance(dataset)
    came, together = net.affiliation, shared_events(net)
    assert came is not None
    cell = kernel.bicm(together.row, together.column).whole
    given = graphs.rows(graphs.folder(dataset) / "oracle_bicm_probabilities.csv")
    ours = [cell[net.ids.index(r["person"]), came.events.index(r["event"])] for r in given]
    gap = difference(ours, [float(r["p_own"]) for r in given])
    yield Row("pair", "backbone", "bicm", ("own",), dataset, "two-mode", len(given), gap)
    table = {(r["source"], r["target"]): r for r in graphs.rows(graphs.folder(dataset) / "oracle_projection.csv")}
    pairs = [(net.ids[i], net.ids[j]) for i, j in zip(together.one.tolist(), together.other.tolist())]
    for model, (column, programs) in EXACT.items():
        p = every_model(together)[model].p
        theirs = [float((table.get(pair) or table[pair[::-1]])[column]) for pair in pairs]
        yield Row("pair", "backbone", f"p_{model}", programs, dataset, "two-mode", len(pairs), difference(p, theirs))


PUBLISHED = "Everett & Valente 2016"


def _everett_valente() -> Iterator[Row]:
    given, net = reference()["campnet"]["everett_valente_2016_table2"], campnet()
    for name, key in (("everett_valente", "ev"), ("everett_valente_in", "ev_in"), ("everett_valente_out", "ev_out")):
        pairs = zip(number("person", name, net), [given[i][key] for i in net.ids])
        yield row("person", name, PUBLISHED, "campnet", pairs)


def _valente_fujimoto() -> Iterator[Row]:
    flo = reference()["padgett_marriage_16"]
    net = network([f"{k:02d}" for k in range(1, 17)], [(f"{a:02d}", f"{b:02d}") for a, b in flo["edges"]])
    half = number("person", "bridging", net) / 2
    theirs = flo["influenceR_bridging_HALF_of_Valente_Fujimoto"]
    pairs = [(a, b) for k, (a, b) in enumerate(zip(half, theirs), start=1) if k != flo["isolate"]]
    yield row("person", "bridging", "influenceR (twice)", "Padgett marriage", pairs)
