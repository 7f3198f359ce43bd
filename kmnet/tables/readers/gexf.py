"""GEXF, as Gephi writes it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from kmnet.tables.cells import strip_control
from kmnet.tables.graphs import FEEDS, Graph, Node, Tie, reading
from kmnet.tables.markup import Unreadable, elements, local
from kmnet.tables.reader import Opened, Reading, failed, reader
from kmnet.tables.readers.graphml import first, is_event


def _values(node: Element, titles: dict[str, str]) -> dict[str, str]:
    found = {}
    for value in node.iter():
        if local(value) == "attvalue":
            key = value.get("for") or value.get("id") or ""
            found[titles.get(key, key)] = strip_control(value.get("value", ""))
    return found


@reader(feeds=FEEDS, title="GEXF (Gephi)", endings=("gexf",))
def gexf(opened: Opened) -> Reading:
    """Nodes with their attributes, edges with weight and kind; the date of a dynamic edge is its start."""
    titles: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    nodes, edges, default = [], [], "undirected"
    try:
        for line, node in elements(opened, "attributes", "node", "edge", "graph"):
            tag = local(node)
            if tag == "attributes":
                mine = titles.setdefault(node.get("class", "node"), {})
                mine |= {
                    a.get("id", ""): a.get("title", "") or a.get("id", "") for a in node if local(a) == "attribute"
                }
            elif tag == "node":
                data = _values(node, titles["node"])
                nodes.append(Node(line, node.get("id", ""), node.get("label", ""), data, is_event(data)))
            elif tag == "edge":
                edges.append((line, node, _values(node, titles["edge"])))
            else:
                default = node.get("defaultedgetype", "undirected")
    except Unreadable as wrong:
        return failed(wrong.problem)
    ties = []
    for line, node, data in edges:
        kind = first(data, ("kind", "type", "relation")) or node.get("label", "")
        if node.get("start"):
            data["date"] = node.get("start", "")
        directed = node.get("type", default) != "undirected"
        source, target = node.get("source", ""), node.get("target", "")
        ties.append(Tie(line, source, target, node.get("weight", ""), kind, directed, data))
    if not nodes and not ties:
        return failed(opened.problem("KM243", "The file holds no GEXF nodes or edges"))
    return reading(Graph(nodes, ties), opened)
