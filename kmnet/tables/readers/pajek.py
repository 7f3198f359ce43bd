"""Pajek networks (.net): one mode or two, arcs and edges, lists and matrices, several relations."""

from __future__ import annotations

import re
from dataclasses import replace

from kmnet.errors import Problem
from kmnet.tables.cells import many
from kmnet.tables.graphs import FEEDS, Graph, Node, Tie, reading
from kmnet.tables.reader import Opened, Reading, failed, reader
from kmnet.tables.separated import text_of

_WORDS = re.compile(r'"([^"]*)"|(\S+)')
MOST = 200_000
"""Vertices that a file may declare; a number far above is a slip or meant to fill the memory."""

_SECTION = re.compile(r"\*\s*(?P<name>[A-Za-z]+)(?:\s*:?\s*(?P<number>\d+))?(?P<rest>.*)", re.DOTALL)


def words(line: str) -> list[str]:
    """Words of a line; a quoted label is one."""
    return [a or b for a, b in _WORDS.findall(line)]


class _File:
    """Reads line by line; what a line means depends on the section it stands in."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.ties: list[Tie] = []
        self.bad: list[int] = []
        self.section, self.kind, self.people, self.row = "", "", 0, 0

    def open(self, found: re.Match[str]) -> None:
        self.section, rest = found["name"].casefold(), found["rest"]
        numbers = [int(w) for w in words(f"{found['number'] or ''} {rest}") if w.isdigit()]
        if self.section == "vertices":
            total = numbers[0] if numbers else 0
            self.people = numbers[1] if len(numbers) > 1 else total
            self.nodes = [Node(0, str(k + 1), "", {}, k >= self.people) for k in range(total if total <= MOST else 0)]
        label = re.search(r'"([^"]*)"', rest)
        self.kind = label[1] if label else (found["number"] or "") if self.section in ("arcs", "edges") else ""
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
        label = cells[1] if len(cells) > 1 else cells[0]
        self.nodes[k] = Node(line, label, label, {}, k >= self.people)

    def _tie(self, line: int, source: str, target: str, weight: str, directed: bool) -> None:
        one, two = int(source) - 1, int(target) - 1
        if min(one, two) < 0:
            raise ValueError
        if weight and float(weight) == 0:
            return
        self.ties.append(Tie(line, self.nodes[one].id, self.nodes[two].id, weight, self.kind, directed))

    def _arcs(self, line: int, cells: list[str]) -> None:
        self._tie(line, cells[0], cells[1], cells[2] if len(cells) > 2 else "", True)

    def _edges(self, line: int, cells: list[str]) -> None:
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


@reader(feeds=FEEDS, title="Pajek network (.net)", endings=("net", "paj"))
def pajek(opened: Opened) -> Reading:
    """Labels are the ids. Two-mode networks feed attendance: the second mode are the events."""
    text = text_of(opened)
    if isinstance(text, Problem):
        return failed(text)
    file = _File()
    for number, line in enumerate(text[0].splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("%"):
            continue
        if line.startswith("*") and (found := _SECTION.match(line)):
            file.open(found)
        else:
            file.read(number, words(line))
    problems = list(text[1])
    if file.bad:
        message = f"{many(len(file.bad), 'line')} not as Pajek writes them, or with a vertex that there is none of"
        problems.append(opened.problem("KM243", message, file.bad[0]))
    if not file.nodes:
        return failed(*problems, opened.problem("KM243", f"The file has no *Vertices, or more than {MOST:,}"))
    kinds = {t.kind for t in file.ties}
    ties = file.ties if len(kinds) > 1 else [replace(t, kind="") for t in file.ties]
    return reading(Graph(file.nodes, ties, tuple(problems)), opened)
