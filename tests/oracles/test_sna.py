"""R's sna, run beside kmnet on random networks, where R and sna are installed (Debian: r-cran-sna); else skipped."""

from __future__ import annotations

import math
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from kmnet.compare import mrqap
from kmnet.kernels.census import NAMES
from kmnet.measures import brokerage
from kmnet.measures.views import paths
from kmnet.network.network import Network
from tests.kernels.randoms import matrix, one
from tests.oracles.conformance import number

SEEDS = range(400, 440)
ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")
PERSONS = ("betweenness", "core", "cut_point")
NETWORKS = (
    "density",
    "degree_centralisation",
    "betweenness_centralisation",
    "components",
    "strong_components",
    "isolates",
    "connectedness",
    "transitivity",
    "in_degree_centralisation",
    "out_degree_centralisation",
    "krackhardt_efficiency",
    "krackhardt_hierarchy",
    "reciprocity",
    "mutual_pairs_share",
    "agreeing_pairs_share",
    "transitivity_directed",
)
TRIADS = [name.lower() for name in NAMES]

Given = dict[tuple[str, str], np.ndarray]


def networks() -> dict[str, Network]:
    """Those that sna can take: at least four people and a tie. Both directions of every tie: undirected to sna."""
    found = {f"g{seed}": one(seed, largest=16) for seed in SEEDS}
    return {k: n for k, n in found.items() if n.n > 3 and n.m and (not n.directed or (matrix(n) != matrix(n).T).any())}


def regression() -> tuple[np.ndarray, ...]:
    chance = np.random.default_rng(5)
    return tuple(chance.random((14, 14)) for _ in range(3))


@pytest.fixture(scope="module")
def sna(tmp_path_factory: pytest.TempPathFactory) -> Given:
    """Every value that the script prints, by graph and key."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed: sna was not run")
    if subprocess.run([rscript, "-e", "library(sna)"], capture_output=True, check=False).returncode:
        pytest.skip("the R package sna is not installed: it was not run")
    folder = tmp_path_factory.mktemp("sna")
    for name, net in networks().items():
        np.savetxt(folder / f"{name}.csv", matrix(net, weighted=False), fmt="%d", delimiter=",")
        assert net.partition is not None
        labels = [net.partition.names[c] for c in net.partition.code]
        (folder / f"{name}.groups").write_text("\n".join(labels) + "\n", encoding="utf-8")
    for name, values in zip("yxz", regression()):
        np.savetxt(folder / f"{name}.matrix", values, fmt="%.17g", delimiter=",")
    script = Path(__file__).with_name("sna.R")
    done = subprocess.run([rscript, str(script), str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[tuple[str, str], list[float]] = {}
    for line in done.stdout.splitlines():
        graph, key, _, value = line.split(",")
        found.setdefault((graph, key), []).append(math.nan if value in ("NA", "NaN") else float(value))
    return {key: np.array(values) for key, values in found.items()}


def test_every_network_is_there(sna: Given) -> None:
    assert {graph for graph, _ in sna} - {"regression"} == set(networks())
    assert len(networks()) >= 25


def test_brokerage(sna: Given) -> None:
    """Undirected: sna counts each open pair twice, and its standard deviation is too small by the root of two."""
    for graph, net in networks().items():
        assert net.partition is not None
        mine = brokerage.brokerage(net, net.partition, draws=19, seed=1)
        totals = brokerage.totals(net, net.partition)
        twice = 1 if net.directed else 2
        # sna gives no expectation of anybody where a group is one person alone: those cells are not compared
        for k, role in enumerate(ROLES, start=1):
            raw = sna[graph, f"raw{k}"]
            seen = mine[role] * twice
            assert np.array_equal(np.nan_to_num(seen), raw), (graph, role)
            for ending, key in (("_expected", f"expected{k}"), ("_z", f"z{k}")):
                theirs, ours = sna[graph, key], mine[role + ending]
                if ending == "_expected":
                    ours = ours * twice
                elif not net.directed and role not in ("representative", "gatekeeper"):
                    ours = ours * math.sqrt(2)
                both = np.isfinite(theirs) & ~np.isnan(ours)
                assert np.allclose(ours[both], theirs[both], rtol=1e-9, atol=1e-9), (graph, role, ending)
        network = slice(-len(ROLES), None)
        assert np.array_equal(np.nan_to_num(totals["count"][network]) * twice, sna[graph, "gli"]), graph
        expected = sna[graph, "gli_expected"]
        known = np.isfinite(expected)
        assert np.allclose(np.nan_to_num(totals["expected"][network])[known] * twice, expected[known], rtol=1e-9)


@pytest.mark.parametrize("name", PERSONS)
def test_persons(sna: Given, name: str) -> None:
    for graph, net in networks().items():
        assert np.allclose(number("person", name, net), sna[graph, name], rtol=1e-9, atol=1e-12), graph


@pytest.mark.parametrize("name", NETWORKS)
def test_networks(sna: Given, name: str) -> None:
    compared = 0
    for graph, net in networks().items():
        if (graph, name) not in sna:
            continue
        ours, theirs = number("network", name, net), sna[graph, name][0]
        if math.isnan(ours):  # empty here; 1 in sna where there is nothing to count (two-step paths, say)
            assert theirs in (0, 1) or math.isnan(theirs), graph
            continue
        compared += 1
        assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-12), graph
    assert compared >= 10


def test_triad_census(sna: Given) -> None:
    for graph, net in networks().items():
        if net.directed:
            assert [number("network", f"triad_{code}", net) for code in TRIADS] == sna[graph, "triads"].tolist()


def test_pairs_within_each_distance(sna: Given) -> None:
    """sna's structure statistics: the share of all people, oneself included, within 0, 1, 2, ... steps."""
    for graph, net in networks().items():
        within = np.cumsum(np.concatenate([[net.n], paths(net).pairs[1:]])) / net.n**2
        theirs = sna[graph, "levels"]
        assert np.allclose(theirs[: len(within)], within) and np.allclose(theirs[len(within) :], within[-1]), graph


def test_regressions_of_matrices(sna: Given) -> None:
    y, x, z = regression()
    for outcome, logistic, key in ((y, False, "netlm"), ((y > 0.5) * 1.0, True, "netlogit")):
        found = mrqap.double_semi_partialling(mrqap.matrices(outcome, {"x": x, "z": z}), 19, 1, logistic=logistic)
        assert np.allclose([t.estimate for t in found.terms], sna["regression", key], rtol=1e-6, atol=1e-9)
        ending = "_z" if logistic else "_t"
        assert np.allclose([t.statistic for t in found.terms], sna["regression", key + ending], rtol=1e-5, atol=1e-9)
    assert mrqap.correlation(y, x, 19, 1).r == pytest.approx(sna["regression", "gcor"][0], rel=1e-9)
