from __future__ import annotations

import json

import networkx as nx
import pandas as pd
import pytest

from kmnet.catalogue import collect
from kmnet.network.exchange import Writer, to_networkx, typed_graph
from kmnet.network.network import network

HOSTILE = ['x"y', "a,b", "=1+1", "<i>&amp;", "Łukasz", "tab\there", "bell\x07"]
WRITERS = {w.name: w for w in collect("kmnet.network", Writer)}


def graph(directed: bool) -> nx.Graph:
    ties = [(HOSTILE[0], HOSTILE[1], 2.0), (HOSTILE[4], HOSTILE[2], 1.0), (HOSTILE[3], HOSTILE[6], 0.5)]
    return to_networkx(network(HOSTILE, ties, directed=directed, groups={"role": {HOSTILE[0]: "A&B"}}))


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("name", ["graphml", "gexf", "node-link"])
def test_b10_what_is_written_is_read_back_equal(name, directed, tmp_path):
    path = tmp_path / "g"
    WRITERS[name].write(graph(directed), path)
    read = {
        "graphml": nx.read_graphml,
        "gexf": nx.read_gexf,
        "node-link": lambda p: nx.node_link_graph(json.loads(p.read_text("utf-8")), edges="edges"),
    }[name](path)
    clean = {n.replace("\x07", "") for n in HOSTILE}
    assert set(read) == clean
    weights = {frozenset(e): read.edges[e]["weight"] for e in read.edges}
    assert weights[frozenset((HOSTILE[0], HOSTILE[1]))] == 2.0
    assert read.nodes[HOSTILE[0]]["role"] == "A&B"


def test_pajek_is_read_back(tmp_path):
    WRITERS["pajek"].write(graph(True), tmp_path / "g.net")
    read = nx.read_pajek(tmp_path / "g.net")
    assert read.number_of_nodes() == len(HOSTILE) and read.number_of_edges() == 3


def test_dl_names_everybody_and_gives_undirected_ties_both_ways(tmp_path):
    WRITERS["ucinet"].write(graph(False), tmp_path / "g.dl")
    lines = (tmp_path / "g.dl").read_text("utf-8").splitlines()
    assert lines[0] == "dl n=7 format=edgelist1"
    assert len(lines) == 4 + 6


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_g5_equal_graphs_give_equal_bytes(name, tmp_path):
    one, two = graph(False), nx.Graph()
    two.add_nodes_from(reversed(list(one.nodes(data=True))))
    two.add_edges_from((t, s, d) for s, t, d in reversed(list(one.edges(data=True))))
    WRITERS[name].write(one, tmp_path / "1")
    WRITERS[name].write(two, tmp_path / "2")
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_people_organisations_workshops_and_artefacts_are_one_graph():
    none = pd.DataFrame(columns=["id", "label"])
    frames = {
        "people": pd.DataFrame({"id": ["a", "b"], "label": ["Ann", "Bob"], "organisation": ["O1", ""]}),
        "organisations": pd.DataFrame({"id": ["O1"], "label": ["Trust"]}),
        "workshops": none,
        "artefacts": none,
        "attendance": pd.DataFrame({"person": ["a"], "workshop": ["W1"]}),
        "artefact_events": pd.DataFrame({"artefact": ["R"], "person": ["b"], "action": ["used"]}),
    }
    got = typed_graph(network(["a", "b"], [("a", "b")]), frames)
    assert {n: d["kind"] for n, d in got.nodes(data=True)} == {
        "a": "person",
        "b": "person",
        "organisation:O1": "organisation",
        "workshop:W1": "workshop",
        "artefact:R": "artefact",
    }
    assert {d["kind"] for *_, d in got.edges(data=True)} == {"tie", "member", "attended", "used"}
    assert got.nodes["a"]["label"] == "Ann"


def test_the_command_line_offers_every_writer():
    from kmnet.commands import FORMATS

    assert sorted(FORMATS) == sorted(WRITERS)
