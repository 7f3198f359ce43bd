"""GraphML, as networkx, Gephi, igraph, yEd and visone write it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from kmnet.tables.cells import fold, strip_control
from kmnet.tables.graphs import FEEDS, Graph, Node, Tie, reading
from kmnet.tables.markup import Unreadable, elements, local
from kmnet.tables.reader import Opened, Reading, failed, reader

_LABELS = ("label", "name")
WEIGHTS = ("weight", "strength", "value")
KINDS = ("kind", "type", "relation", "edge label", "edgelabel")
_MODES = frozenset({"event", "workshop", "true", "1"})


def _data(node: Element, keys: dict[str, str], usual: dict[str, str]) -> dict[str, str]:
    """What is said of a node or an edge, over what its keys say by default; yEd draws its labels instead."""
    given = {keys.get(d.get("key", ""), d.get("key", "")): _text(d) for d in node if local(d) == "data"}
    return {**usual, **{key: text for key, text in given.items() if text}}


def _text(data: Element) -> str:
    drawn = next((d.text for d in data.iter() if local(d) in ("NodeLabel", "EdgeLabel")), None)
    return strip_control((drawn or data.text or "").strip())


def first(data: dict[str, str], names: tuple[str, ...]) -> str:
    """Take the first of several attributes out of the others."""
    for key in [*data]:
        if fold(key) in names:
            return data.pop(key)
    return ""


def is_event(data: dict[str, str]) -> bool:
    """Whether a node is an event by what programs call its mode."""
    return any(fold(k) in ("kind", "type", "mode", "bipartite") and fold(v) in _MODES for k, v in data.items())


@reader(feeds=FEEDS, title="GraphML", endings=("graphml",))
def graphml(opened: Opened) -> Reading:
    """Nodes with their data, edges with weight and kind."""
    keys: dict[str, str] = {}
    usual: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    nodes, ties, hyper, directed = [], [], [], True
    try:
        for line, node in elements(opened, "key", "graph", "node", "edge", "hyperedge"):
            tag = local(node)
            if tag == "key":
                drawn = node.get("yfiles.type", "") in ("nodegraphics", "edgegraphics")
                keys[node.get("id", "")] = "label" if drawn else node.get("attr.name", "") or node.get("id", "")
                default = next((strip_control(d.text or "").strip() for d in node if local(d) == "default"), "")
                for kind in ("node", "edge") if default else ():
                    if node.get("for", "all") in (kind, "all"):
                        usual[kind][keys[node.get("id", "")]] = default
            elif tag == "node":
                data = _data(node, keys, usual["node"])
                nodes.append(Node(line, node.get("id", ""), first(data, _LABELS), data, is_event(data)))
            elif tag == "hyperedge":
                hyper.append(line)
            elif tag == "edge":
                data = _data(node, keys, usual["edge"])
                weight, kind = first(data, WEIGHTS), first(data, KINDS)
                one_way = node.get("directed", "")
                ties.append((line, node.get("source", ""), node.get("target", ""), weight, kind, one_way, data))
            else:
                directed = node.get("edgedefault") != "undirected"
    except Unreadable as wrong:
        return failed(wrong.problem)
    made = [Tie(ln, s, t, w, k, o == "true" if o else directed, d) for ln, s, t, w, k, o, d in ties]
    if not nodes and not made:
        return failed(opened.problem("KM243", "The file holds no GraphML nodes or edges"))
    said = [
        opened.problem("KM244", "Edges of more than two nodes, of which no tie was made", line) for line in hyper[:1]
    ]
    return reading(Graph(nodes, made, tuple(said)), opened)
