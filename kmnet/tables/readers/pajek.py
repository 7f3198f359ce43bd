"""Pajek networks (.net): one mode or two, arcs and edges, lists and matrices, several relations."""

from __future__ import annotations

import re
from dataclasses import replace

from kmnet.errors import Problem
from kmnet.tables.cells import many, number
from kmnet.tables.graphs import FEEDS, Graph, Node, Tie, reading
from kmnet.tables.reader import Opened, Reading, failed, reader
from kmnet.tables.separated import text_of

_WORDS = re.compile(r'"([^"]*)"|(\S+)')
MOST = 200_000
"""Vertices that a file may declare; a number far above is a slip or meant to fill the memory."""

_APART = ("partition", "vector", "cluster", "permutation", "hierarchy")
_TIMES = re.compile(r"\[[\d*,\s-]+\]")
_DRAWN = frozenset(
    {
    "ellipse", "box", "diamond", "triangle", "cross", "empty", "house", "man", "woman", "ic", "bc", "lc", "x_fact",
    "y_fact", "phi", "r", "q", "bw", "fos", "font", "la", "lr", "lphi"
}
)  # fmt: skip
"""Words that say how a vertex is drawn; they stand after its label."""

_SECTION = re.compile(r"\*\s*(?P<name>[A-Za-z]+)(?:\s*:?\s*(?P<number>\d+))?(?P<rest>.*)", re.DOTALL)


def words(line: str) -> list[str]:
    """Words of a line; a quoted label is one."""
    return [a or b for a, b in _WORDS.findall(line)]


def _label(cells: list[str]) -> str:
    """The label of a vertex; one of several words may have been written without quotation marks."""
    if len(cells) < 2:
        return cells[0]
    label = [cells[1]]
    for word in cells[2:]:
        if number(word) is not None or word.casefold() in _DRAWN or word.startswith("[") or " " in label[0]:
            break
        label.append(word)
    return " ".join(label)


class _File:
    """Reads line by line; what a line means depends on the section it stands in."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.ties: list[Tie] = []
        self.bad: list[int] = []
        self.section, self.kind, self.people, self.row = "", "", 0, 0
        self.all: list[Node] = []
        self.network, self.networks, self.beside = "", 0, 0
        self.apart: list[int] = []
        self.timed: list[int] = []

    def open(self, line: int, found: re.Match[str]) -> None:
        self.section, rest = found["name"].casefold(), found["rest"]
        if self.section in _APART:  # its own *Vertices follow: values of a network that was told before
            self.apart.append(line)
            self.section = "apart"
            return
        if self.section == "network":
            self.network, self.networks = rest.strip(), self.networks + 1
        elif self.section == "vertices" and self.apart and self.apart[-1] > self.beside:
            self.beside, self.section = line, "apart"
            return
        numbers = [int(w) for w in words(f"{found['number'] or ''} {rest}") if w.isdigit()]
        if self.section == "vertices":
            total = numbers[0] if numbers else 0
            self.people = numbers[1] if len(numbers) > 1 else total
            self.all += self.nodes
            self.nodes = [Node(0, str(k + 1), "", {}, k >= self.people) for k in range(total if total <= MOST else 0)]
        label = re.search(r'"([^"]*)"', rest)
        own = label[1] if label else (found["number"] or "") if self.section in ("arcs", "edges") else ""
        self.kind = own or f"*{self.network}"
        self.row = 0

    def read(self, line: int, cells: list[str]) -> None:
        try:
            getattr(self, f"_{self.section}", self._skip)(line, cells)
        except (ValueError, IndexError):
            self.bad.append(line)

    def _skip(self, line: int, cells: list[str]) -> None:
        """Partitions, vectors and other sections say nothing about ties."""

    def _vertices(self, line: int, cells: list[str]) -> None:
        k = int(cells[0]) - 1
        if not 0 <= k < len(self.nodes):
            raise ValueError
        label = _label(cells)
        self.nodes[k] = Node(line, label, label, {}, k >= self.people)

    def _tie(self, line: int, source: str, target: str, weight: str, directed: bool) -> None:
        one, two = int(source) - 1, int(target) - 1
        if min(one, two) < 0:
            raise ValueError
        if weight and float(weight) == 0:
            return
        self.ties.append(Tie(line, self.nodes[one].id, self.nodes[two].id, weight, self.kind, directed))

    def _times(self, line: int, cells: list[str]) -> None:
        if any(_TIMES.fullmatch(c) for c in cells[2:]):
            self.timed.append(line)

    def _arcs(self, line: int, cells: list[str]) -> None:
        self._times(line, cells)
        self._tie(line, cells[0], cells[1], cells[2] if len(cells) > 2 else "", True)

    def _edges(self, line: int, cells: list[str]) -> None:
        self._times(line, cells)
        self._tie(line, cells[0], cells[1], cells[2] if len(cells) > 2 else "", False)

    def _arcslist(self, line: int, cells: list[str]) -> None:
        for target in cells[1:]:
            self._tie(line, cells[0], target, "", True)

    def _edgeslist(self, line: int, cells: list[str]) -> None:
        for target in cells[1:]:
            self._tie(line, cells[0], target, "", False)

    def _matrix(self, line: int, cells: list[str]) -> None:
        self.row += 1
        shift = self.people if self.people < len(self.nodes) else 0
        for k, weight in enumerate(cells):
            self._tie(line, str(self.row), str(k + 1 + shift), weight, True)


def _counted(count: int, message: str) -> str:
    first, rest = message.split(" ", 1)
    return f"{many(count, first)} {rest}"


def _once(nodes: list[Node]) -> list[Node]:
    """The nodes of several networks, each once."""
    return list({node.id: node for node in reversed(nodes)}.values())[::-1]


@reader(feeds=FEEDS, title="Pajek network (.net)", endings=("net", "paj"))
def pajek(opened: Opened) -> Reading:
    """Labels are the ids. Two-mode networks feed attendance: the second mode are the events."""
    text = text_of(opened)
    if isinstance(text, Problem):
        return failed(text)
    file = _File()
    for place, line in enumerate(text[0].splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("%"):
            continue
        if line.startswith("*") and (found := _SECTION.match(line)):
            file.open(place, found)
        else:
            file.read(place, words(line))
    problems = list(text[1])
    if file.bad:
        message = f"{many(len(file.bad), 'line')} not as Pajek writes them, or with a vertex that there is none of"
        problems.append(opened.problem("KM243", message, file.bad[0]))
    for lines, message in (
        (file.apart, "part of the project beside its networks"),
        (file.timed, "line with times that are numbers and no dates"),
    ):
        if lines:
            problems.append(opened.problem("KM244", f"{_counted(len(lines), message)}; not used", lines[0]))
    nodes = [*file.all, *file.nodes]
    if not nodes:
        return failed(*problems, opened.problem("KM243", f"The file has no *Vertices, or more than {MOST:,}"))
    # Without a label of their own, ties are told apart by their network, where there are several.
    ties = [replace(t, kind=t.kind[1:] if file.networks > 1 else "") if t.kind[:1] == "*" else t for t in file.ties]
    ties = ties if len({t.kind for t in ties}) > 1 else [replace(t, kind="") for t in ties]
    return reading(Graph(_once(nodes), ties, tuple(problems)), opened)
