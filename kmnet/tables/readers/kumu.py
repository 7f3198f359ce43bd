"""Kumu projects: the workbook (elements and connections) or the JSON blueprint."""

from __future__ import annotations

import json
from collections.abc import Iterable

from kmnet.errors import Problem
from kmnet.tables.cells import clean, fold, plain
from kmnet.tables.door import decode
from kmnet.tables.graphs import FEEDS, Graph, Node, Tie, reading
from kmnet.tables.grid import Grid, at, of_sheet, whole
from kmnet.tables.reader import Opened, Reading, failed, reader
from kmnet.tables.tabulate import Row
from kmnet.tables.workbook import Workbook

_EVENTS = frozenset({"event", "workshop"})


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "; ".join(_text(v) for v in value)
    return "" if value is None or isinstance(value, dict) else clean(str(value))


def _graph(elements: Iterable[tuple[int, dict[str, str]]], connections: Iterable[tuple[int, dict[str, str]]]) -> Graph:
    nodes, ties, ids = [], [], {}
    for line, cells in elements:
        label = cells.pop("label", "")
        who = cells.pop("id", "") or label
        if who:
            ids[fold(label)] = who
            nodes.append(Node(line, who, label, cells, fold(cells.get("type", "")) in _EVENTS))
    for line, cells in connections:
        source, weight = cells.pop("from", ""), cells.pop("strength", "") or cells.pop("weight", "")
        kind, directed = (
            cells.pop("type", "") or cells.pop("connection type", ""),
            plain(cells.pop("direction", "directed")) not in ("mutual", "undirected"),
        )
        targets = [t for t in map(clean, cells.pop("to", "").split("|")) if t]
        for target in targets or [""]:  # a connection to nobody is told with its line
            ties.append(
                Tie(line, ids.get(fold(source), source), ids.get(fold(target), target), weight, kind, directed, cells)
            )
    return Graph(nodes, ties)


def _from_json(opened: Opened) -> Graph | Problem:
    text = decode(opened.data, opened.file, opened.source.encoding)
    if isinstance(text, Problem):
        return text
    try:
        project = json.loads(text[0])
    except (ValueError, RecursionError):
        return opened.problem("KM243", "The file is no JSON")
    parts = [project.get(k) if isinstance(project, dict) else None for k in ("elements", "connections")]
    if not any(isinstance(p, list) for p in parts):
        return opened.problem("KM243", "The JSON is no Kumu blueprint: it has no elements and no connections")
    flat: list[list[tuple[int, dict[str, str]]]] = []
    for part in parts:
        rows = [p for p in part if isinstance(p, dict)] if isinstance(part, list) else []
        cells = [{plain(k): _text(v) for k, v in _flat(row).items()} for row in rows]
        flat.append(list(enumerate(cells, 1)))
    # Connections may refer to elements by Kumu's own ids.
    labels = {c["id"]: c.get("label", "") for _, c in flat[0] if c.get("id")}
    for _, connection in flat[1]:
        connection |= {end: labels.get(connection.get(end, ""), connection.get(end, "")) for end in ("from", "to")}
    for _, element in flat[0]:
        if element.get("id", "").startswith("elem-"):
            del element["id"]
    return _graph(*flat)


def _flat(row: dict[str, object]) -> dict[str, object]:
    """An element or a connection with its attributes beside its own fields; Kumu's export says `_id`, `element type`."""
    inner = row.get("attributes")
    flat = {**row, **(inner if isinstance(inner, dict) else {})}
    flat.pop("attributes", None)
    for own, name in (("_id", "id"), ("element type", "type")):
        if own in flat:
            flat.setdefault(name, flat.pop(own))
    return flat


def _sections(grids: list[Grid]) -> tuple[list[tuple[int, dict[str, str]]], list[tuple[int, dict[str, str]]]]:
    """Elements and connections: a row of headings begins a section of either, in any sheet."""
    elements: list[tuple[int, dict[str, str]]] = []
    connections: list[tuple[int, dict[str, str]]] = []
    for grid in grids:
        heads: list[str] = []
        for line, cells in grid.rows:
            keys = [plain(c) for c in cells]
            if "label" in keys[:2] or {"from", "to"} <= set(keys[:3]):
                heads = keys
            elif heads:
                row = {h: at(cells, k) for k, h in enumerate(heads) if h}
                (connections if "from" in heads else elements).append((line, row))
    return elements, connections


def _from_sheets(opened: Opened) -> Graph | Problem:
    grids: list[Grid] = []
    if opened.data[:2] == b"PK" and not opened.source.sheet:
        book = Workbook.open(opened)
        if isinstance(book, Problem):
            return book
        for name in book.visible:
            sheet = book.sheet(name)
            grid = of_sheet(sheet) if sheet and "(ignore)" not in name.casefold() else None
            if isinstance(grid, Grid):
                grids.append(grid)
    else:
        one = whole(opened)
        if isinstance(one, Problem):
            return one
        grids.append(one)
    elements, connections = _sections(grids)
    if not elements and not connections:
        seen = " | ".join(_first(grids))[:200]
        return opened.problem("KM243", "No sheet begins with Label, or with From and To", seen=seen)
    graph = _graph(elements, connections)
    return Graph(graph.nodes, graph.ties, tuple(p for g in grids for p in g.problems))


def _first(grids: list[Grid]) -> list[str]:
    rows: list[Row] = [g.rows[0] for g in grids if g.rows]
    return rows[0][1] if rows else []


@reader(feeds=FEEDS, title="Kumu project (workbook or JSON)")
def kumu(opened: Opened) -> Reading:
    """Elements feed people, connections feed ties; several targets in one cell are several ties."""
    is_json = opened.ending == "json" or opened.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    graph = _from_json(opened) if is_json else _from_sheets(opened)
    return failed(graph) if isinstance(graph, Problem) else reading(graph, opened)
