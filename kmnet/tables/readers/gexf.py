"""GEXF, as Gephi writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kmnet.errors import Problem
from kmnet.tables.cells import many, strip_control
from kmnet.tables.graphs import FEEDS, Graph, Node, Tie, reading
from kmnet.tables.markup import Unreadable, elements, local
from kmnet.tables.reader import Opened, Reading, failed, reader
from kmnet.tables.readers.graphml import KINDS, WEIGHTS, first, is_event

_INTERVAL = re.compile(r"[\[\]]([^\[\]<>]+)[\[\]]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?")


@dataclass
class _Left:
    """Lines of what was not used: times that are no dates, and values that change over time."""

    times: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)

    def problems(self, opened: Opened) -> tuple[Problem, ...]:
        said = []
        if self.times:
            message = f"{many(len(self.times), 'edge')} with a time that is a number and no date; it was not used"
            said.append(opened.problem("KM244", message, self.times[0], fix="Export dates as dates if they matter."))
        if self.values:
            message = f"{many(len(self.values), 'change')} of a value over time; the last value was used"
            said.append(opened.problem("KM244", message, self.values[0]))
        return tuple(said)


def _values(node: Element, titles: dict[str, str], line: int, left: _Left) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in node.iter():
        if local(value) == "attvalue":
            key = titles.get(value.get("for") or value.get("id") or "", value.get("for") or value.get("id") or "")
            text = strip_control(value.get("value", ""))
            if found.get(key, text) != text:
                left.values.append(line)
            found[key] = text
    return found


def _dates(node: Element, line: int, left: _Left) -> list[str]:
    """The starts of an edge's times, each a contact of its own; [""] where it has no time that is a date."""
    spells = [s for s in node.iter() if local(s) == "spell"]
    times = [s.get("start") or s.get("timestamp") or s.get("startopen") or "" for s in spells or [node]]
    times += _DATE.findall(node.get("timestamps", ""))
    times += [text.split(",")[0] for text in _INTERVAL.findall(node.get("intervals", ""))]
    given = [t.strip() for t in times if t.strip()] or ([node.get("timestamps", "")] if node.get("timestamps") else [])
    dates = [t for t in given if _DATE.fullmatch(t)]
    if len(dates) < len(given):
        left.times.append(line)
    return dates or [""]


@reader(feeds=FEEDS, title="GEXF (Gephi)", endings=("gexf",))
def gexf(opened: Opened) -> Reading:
    """Nodes with their attributes, edges with weight and kind; each time of a dynamic edge is a contact, dated by its start."""
    titles: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    nodes, edges, default, left = [], [], "undirected", _Left()
    try:
        for line, node in elements(opened, "attributes", "node", "edge", "graph"):
            tag = local(node)
            if tag == "attributes":
                mine = titles.setdefault(node.get("class", "node"), {})
                mine |= {
                    a.get("id", ""): a.get("title", "") or a.get("id", "") for a in node if local(a) == "attribute"
                }
            elif tag == "node":
                data = _values(node, titles["node"], line, left)
                nodes.append(Node(line, node.get("id", ""), node.get("label", ""), data, is_event(data)))
            elif tag == "edge":
                edges.append((line, node, _values(node, titles["edge"], line, left)))
            else:
                default = node.get("defaultedgetype", "undirected")
    except Unreadable as wrong:
        return failed(wrong.problem)
    if not nodes and not edges:
        return failed(opened.problem("KM243", "The file holds no GEXF nodes or edges"))
    ties = []
    for line, node, data in edges:
        kind = node.get("kind", "") or first(data, KINDS) or node.get("label", "")
        weight = node.get("weight", "") or first(data, WEIGHTS)
        directed = node.get("type", default) not in ("undirected", "mutual")
        for date in _dates(node, line, left):
            dated = data | ({"date": date} if date else {})
            ties.append(Tie(line, node.get("source", ""), node.get("target", ""), weight, kind, directed, dated))
    return reading(Graph(nodes, ties, left.problems(opened)), opened)
