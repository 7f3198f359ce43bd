"""Networks for other programs: as networkx graphs, and as files of their own formats.

To add a format, write one function with ``@writer``; ``kmnet export`` finds it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kmnet.network.network import MISSING, Network

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True, eq=False)
class Writer:
    """A file format: ``write(graph, path)`` writes a networkx graph as UTF-8 with the ending ``suffix``."""

    name: str
    title: str
    suffix: str
    write: Callable[[Any, Path], None]


def writer(name: str, title: str, suffix: str) -> Callable[[Callable[[Any, Path], None]], Writer]:
    """Make a function a writer of the catalogue."""
    return lambda write: Writer(name, title, suffix, write)


def clean(text: str) -> str:
    """Text without control characters, which XML formats cannot hold."""
    return _CONTROL.sub("", text)


def to_networkx(network: Network) -> nx.Graph:
    """The people and ties of one network: ids as nodes in canonical order, groupings as node attributes, weights."""
    import networkx as nx

    graph: nx.Graph = nx.DiGraph() if network.directed else nx.Graph()
    for i, name in enumerate(network.ids):
        attributes: dict[str, Any] = {column: part.names[part.code[i]] for column, part in network.groups.items()}
        graph.add_node(name, **(attributes | {"kind": "person", "facilitator": bool(network.facilitator[i])}))
    for s, t, w in zip(network.source.tolist(), network.target.tolist(), network.weight.tolist()):
        graph.add_edge(network.ids[s], network.ids[t], kind="tie", weight=w)
    return graph


def typed_graph(network: Network, frames: Mapping[str, pd.DataFrame]) -> nx.Graph:
    """People, organisations, workshops and artefacts as one graph.

    ``frames`` holds people, organisations, workshops and artefacts (id, label), attendance (person, workshop) and
    artefact_events (person, artefact, action), as results hold them.

    Node attribute ``kind`` is person, organisation, workshop or artefact, ``label`` what may be shown; edge attribute
    ``kind`` is tie, member (person to organisation), attended (person to workshop) or made, shared, received, used.
    Nodes other than people carry their kind as a prefix (``workshop:C1-W1``), so that ids never clash.
    """
    graph = to_networkx(network)
    labels = dict(zip(frames["people"]["id"], frames["people"]["label"]))
    employers: dict[str, str] = dict(zip(frames["people"]["id"], frames["people"]["organisation"]))
    for person in network.ids:
        graph.nodes[person]["label"] = clean(labels.get(person, person))

    def join(person: str, kind: str, other: str, label: str, tie: str, **more: Any) -> None:
        node = f"{kind}:{other}"
        if node not in graph:
            graph.add_node(node, kind=kind, label=clean(label))
        graph.add_edge(person, node, kind=tie, **more)

    titles = {
        kind: dict(zip(frame["id"], frame["label"]))
        for kind, frame in (
            ("organisation", frames["organisations"]),
            ("workshop", frames["workshops"]),
            ("artefact", frames["artefacts"]),
        )
    }
    for person in network.ids:
        place = employers.get(person, "")
        if place and place != MISSING:
            join(person, "organisation", place, titles["organisation"].get(place, place), "member", weight=1.0)
    inside = set(network.ids)
    for person, workshop in zip(frames["attendance"]["person"], frames["attendance"]["workshop"]):
        if person in inside:
            join(person, "workshop", workshop, titles["workshop"].get(workshop, workshop), "attended", weight=1.0)
    events = frames["artefact_events"]
    for person, artefact, action in zip(events["person"], events["artefact"], events["action"]):
        if person in inside:
            join(person, "artefact", artefact, titles["artefact"].get(artefact, artefact), action, weight=1.0)
    return graph


def _labelled(graph: nx.Graph) -> nx.Graph:
    """A copy in sorted order with clean texts, so that equal graphs give equal bytes."""
    import networkx as nx

    tidy: nx.Graph = nx.DiGraph() if graph.is_directed() else nx.Graph()
    for node in sorted(graph):
        tidy.add_node(clean(node), **{k: clean(v) if isinstance(v, str) else v for k, v in graph.nodes[node].items()})
    ends = graph.edges if graph.is_directed() else (tuple(sorted(e)) for e in graph.edges)
    for s, t in sorted(ends):
        tidy.add_edge(clean(s), clean(t), **graph.edges[s, t])
    return tidy


def _save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


@writer("graphml", "GraphML (Gephi, Cytoscape, igraph, networkx)", ".graphml")
def graphml(graph: nx.Graph, path: Path) -> None:
    """GraphML, sorted."""
    import networkx as nx

    _save(path, "\n".join(nx.generate_graphml(_labelled(graph))) + "\n")


@writer("gexf", "GEXF (Gephi)", ".gexf")
def gexf(graph: nx.Graph, path: Path) -> None:
    """GEXF, sorted and without today's date."""
    import networkx as nx

    text = "\n".join(nx.generate_gexf(_labelled(graph))) + "\n"
    _save(path, re.sub(r' lastmodifieddate="[^"]*"', "", text))


@writer("pajek", "Pajek", ".net")
def pajek(graph: nx.Graph, path: Path) -> None:
    """Pajek: vertices with labels, arcs or edges with weights."""
    nodes = sorted(graph)
    place = {node: k for k, node in enumerate(nodes, 1)}
    lines = [f"*Vertices {len(nodes)}"]
    lines += [f'{place[n]} "{_quoted(n)}"' for n in nodes]
    lines.append("*Arcs" if graph.is_directed() else "*Edges")
    lines += [f"{place[s]} {place[t]} {w:.17g}" for s, t, w in _ties(graph)]
    _save(path, "\n".join(lines) + "\n")


@writer("ucinet", "UCINET DL (edge list)", ".dl")
def ucinet(graph: nx.Graph, path: Path) -> None:
    """UCINET DL, edgelist1 with embedded labels; undirected ties are written both ways, isolates as labels only."""
    nodes = sorted(graph)
    lines = [f"dl n={len(nodes)} format=edgelist1", "labels:", ",".join(f'"{_quoted(n)}"' for n in nodes), "data:"]
    place = {node: k for k, node in enumerate(nodes, 1)}
    for s, t, w in _ties(graph):
        lines.append(f"{place[s]} {place[t]} {w:.17g}")
        if not graph.is_directed():
            lines.append(f"{place[t]} {place[s]} {w:.17g}")
    _save(path, "\n".join(lines) + "\n")


@writer("kumu", "Kumu JSON blueprint", ".json")
def kumu(graph: nx.Graph, path: Path) -> None:
    """Kumu blueprint: elements with label and type, connections with direction and strength."""
    tidy = _labelled(graph)
    elements = [
        {"id": n, "label": tidy.nodes[n].get("label", n), "type": tidy.nodes[n].get("kind", "person")} for n in tidy
    ]
    direction = "directed" if tidy.is_directed() else "mutual"
    connections = [{"from": s, "to": t, "direction": direction, "strength": w} for s, t, w in _ties(tidy)]
    _save(path, json.dumps({"elements": elements, "connections": connections}, ensure_ascii=False, indent=1) + "\n")


@writer("node-link", "Node-link JSON (networkx, D3)", ".json")
def node_link(graph: nx.Graph, path: Path) -> None:
    """Node-link JSON as networkx reads it."""
    import networkx as nx

    data = nx.node_link_data(_labelled(graph), edges="edges")
    _save(path, json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def _ties(graph: nx.Graph) -> list[tuple[str, str, float]]:
    ends = [(s, t) if graph.is_directed() else tuple(sorted((s, t))) for s, t in graph.edges]
    return [(s, t, float(graph.edges[s, t].get("weight", 1.0))) for s, t in sorted(ends)]


def _quoted(text: str) -> str:
    return clean(text).replace('"', "'").replace("\n", " ")
