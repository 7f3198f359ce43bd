"""Files of other network programs as rows: nodes feed people, ties feed interactions, a survey or attendance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kmnet.errors import Problem
from kmnet.tables.cells import clean, fold, many
from kmnet.tables.reader import Opened, Reading, rows_reading

FEEDS = ("people", "interactions", "survey", "attendance")


@dataclass(frozen=True)
class Node:
    """A node with its attributes as texts; ``event`` marks the second mode of a two-mode file."""

    line: int
    id: str
    label: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    event: bool = False


@dataclass(frozen=True)
class Tie:
    """A tie between node ids, with its attributes as texts."""

    line: int
    source: str
    target: str
    weight: str = ""
    kind: str = ""
    directed: bool = True
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Graph:
    """What a file of another program holds."""

    nodes: Sequence[Node]
    ties: Sequence[Tie]
    problems: tuple[Problem, ...] = ()


def reading(graph: Graph, opened: Opened) -> Reading:
    """The rows of a graph for the table that the file feeds."""
    if opened.table.name == "people":
        return _people(graph)
    graph = _labelled(graph, opened)
    events = {n.id for n in graph.nodes if n.event}
    if opened.table.name == "attendance":
        return _attendance(graph, events, opened)
    with_event = [t for t in graph.ties if t.source in events or t.target in events]
    if with_event:  # to have been there is no contact with somebody
        message = f"{many(len(with_event), 'tie')} with an event"
        fix = "Nothing; to use them, name the file under `attendance:` too."
        left = opened.problem("KM244", message, with_event[0].line, fix=fix)
        ties = [t for t in graph.ties if not (t.source in events or t.target in events)]
        graph = replace(graph, ties=ties, problems=(*graph.problems, left))
    return _ties(graph, opened, len(with_event))


def _labelled(graph: Graph, opened: Opened) -> Graph:
    """Ties by the nodes' labels, where the register knows more of the labels than of the ids (which count from 0)."""
    people = [n for n in graph.nodes if not n.event]
    by_label = sum(1 for n in people if n.label and opened.who(n.label))
    if by_label <= sum(1 for n in people if opened.who(n.id)):
        return graph
    names = {n.id: n.label or n.id for n in graph.nodes}
    nodes = [replace(n, id=names[n.id]) for n in graph.nodes]
    ties = [replace(t, source=names.get(t.source, t.source), target=names.get(t.target, t.target)) for t in graph.ties]
    return replace(graph, nodes=nodes, ties=ties)


def _people(graph: Graph) -> Reading:
    nodes = [n for n in graph.nodes if not n.event]
    names = sorted({k for n in nodes for k in n.attributes if fold(k) not in ("id", "name", "")})
    named = any(n.label and n.label != n.id for n in nodes)
    rows = [[n.id, *([n.label] if named else []), *(clean(n.attributes.get(k, "")) for k in names)] for n in nodes]
    headings = ["id", *(["name"] if named else []), *names]
    return rows_reading(headings, rows, [n.line for n in nodes], problems=graph.problems)


def _ties(graph: Graph, opened: Opened, set_aside: int) -> Reading:
    survey = opened.table.name == "survey"
    words = {"weight": "strength", "kind": "relation"} if survey else {"weight": "weight", "kind": "kind"}
    extra = sorted({k for t in graph.ties for k in t.attributes if fold(k) in ("date", "wave", "introduced_by")})
    rows, lines = [], []
    for t in graph.ties:
        row = [t.source, t.target, t.weight, t.kind, *(t.attributes.get(k, "") for k in extra)]
        rows.append(row)
        lines.append(t.line)
        if survey and not t.directed:  # a survey tie without direction was reported by both
            rows.append([t.target, t.source, *row[2:]])
            lines.append(t.line)
    headings = ["source", "target", words["weight"], words["kind"], *extra]
    filled = {2: any(r[2] for r in rows), 3: any(r[3] for r in rows) and not (survey and opened.source.relation)}
    keep = [k for k in range(len(headings)) if filled.get(k, True)]
    return rows_reading(
        [headings[k] for k in keep],
        [[r[k] for k in keep] for r in rows],
        lines,
        problems=graph.problems,
        set_aside=set_aside,
    )


def _attendance(graph: Graph, events: set[str], opened: Opened) -> Reading:
    if not events:
        message = "The file has one kind of node; attendance needs people and events"
        return rows_reading([], [], [], problems=[*graph.problems, opened.problem("KM243", message)])
    problems = [*graph.problems]
    ties = [t for t in graph.ties if (t.target in events) != (t.source in events)]
    loose = [t for t in graph.ties if (t.target in events) == (t.source in events)]
    if loose:
        message = f"{many(len(loose), 'tie')} that {'does' if len(loose) == 1 else 'do'} not join a person to an event"
        problems.append(opened.problem("KM244", message, loose[0].line))
    rows = [
        [*((t.source, t.target) if t.target in events else (t.target, t.source)), t.attributes.get("date", "")]
        for t in ties
    ]
    width = 3 if any(row[2] for row in rows) else 2
    return rows_reading(
        ["person", "workshop", "date"][:width],
        [row[:width] for row in rows],
        [t.line for t in ties],
        problems=problems,
        set_aside=len(loose),
    )
