"""UCINET DL text files: full matrices, edge lists and node lists, one mode or two, one relation or several."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kmnet.errors import Problem
from kmnet.tables.cells import fold
from kmnet.tables.graphs import FEEDS, Graph, Node, Tie, reading
from kmnet.tables.reader import Opened, Reading, failed, reader
from kmnet.tables.separated import text_of

_SETTING = re.compile(r"\b(n|nr|nc|nm|format|diagonal)\s*=\s*([\w.]+)", re.IGNORECASE)
_PART = re.compile(r"^\s*((?:row |column |col |matrix )?labels(?: embedded)?|data)\s*:?\s*(.*)$", re.IGNORECASE)
_WORDS = re.compile(r'"([^"]*)"|([^\s,]+)')


MOST = 200_000
"""Nodes or relations that a file may declare; far above, the number is a slip or meant to fill the memory."""


@dataclass
class _Dl:
    """A DL file taken apart."""

    settings: dict[str, str] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)
    embedded: set[str] = field(default_factory=set)
    data: list[tuple[int, list[str]]] = field(default_factory=list)

    def count(self, name: str) -> int:
        value = self.settings.get(name, "")
        return int(value) if value.isdigit() else 0


def _words(line: str) -> list[str]:
    return [a or b for a, b in _WORDS.findall(line)]


def _apart(text: str) -> _Dl | None:
    dl, part = _Dl(), "head"
    lines = text.splitlines()
    first = next((k for k, line in enumerate(lines) if line.strip()), None)
    if first is None or not re.match(r"\s*dl\b", lines[first], re.IGNORECASE):
        return None
    lines[first] = re.sub(r"^\s*dl\b", " ", lines[first], count=1, flags=re.IGNORECASE)
    for number, line in enumerate(lines, 1):
        found = _PART.match(line)
        if part == "data" and not (found and fold(found[1]) == "data"):
            if line.strip():
                dl.data.append((number, _words(line)))
            continue
        if found:
            part, line = fold(found[1]), found[2]
            if part.endswith("embedded"):
                dl.embedded.add(part.removesuffix(" embedded"))
                part = "head"
        if part == "head":
            dl.settings |= {k.casefold(): v.casefold() for k, v in _SETTING.findall(line)}
        elif part != "data":
            dl.labels.setdefault(part.replace("col labels", "column labels"), []).extend(_words(line))
        elif line.strip():
            dl.data.append((number, _words(line)))
    return dl


class _Names:
    """Node ids from labels, or from numbers where there are none; labels met in the data are added in order."""

    def __init__(self, labels: list[str], size: int, embedded: bool) -> None:
        self.ids = list(labels)
        self._where = {fold(v): v for v in labels}
        self._embedded = embedded
        if not labels and not embedded:
            self.ids = [str(k + 1) for k in range(size)]

    def get(self, word: str) -> str:
        if self._embedded:
            if fold(word) not in self._where:
                self._where[fold(word)] = word
                self.ids.append(word)
            return self._where[fold(word)]
        if word.isdigit() and 1 <= int(word) <= len(self.ids):
            return self.ids[int(word) - 1]
        return self._where[fold(word)]


def _matrix(dl: _Dl, rows: _Names, columns: _Names, nr: int, nc: int, kinds: list[str]) -> list[Tie]:
    if dl.embedded:
        heads, body = dl.data[0][1], dl.data[1:]
        names = [columns.get(w) for w in heads[-nc:]]
        return [
            Tie(line, rows.get(cells[0]), names[k], w)
            for line, cells in body
            for k, w in enumerate(cells[1:])
            if float(w) != 0
        ]
    flat = [(line, w) for line, cells in dl.data for w in cells]
    if len(flat) != nr * nc * len(kinds):
        raise ValueError
    ties = []
    for k, (line, weight) in enumerate(flat):
        layer, rest = divmod(k, nr * nc)
        if float(weight) != 0:
            ties.append(Tie(line, rows.ids[rest // nc], columns.ids[rest % nc], weight, kinds[layer]))
    return ties


def _lists(dl: _Dl, rows: _Names, columns: _Names, edges: bool) -> list[Tie]:
    ties = []
    for line, cells in dl.data:
        if cells == ["!"]:
            continue
        source = rows.get(cells[0])
        targets = cells[1:2] if edges else cells[1:]
        weight = cells[2] if edges and len(cells) > 2 else ""
        if not weight or float(weight) != 0:
            ties += [Tie(line, source, columns.get(t), weight) for t in targets]
    return ties


def _graph(dl: _Dl, form: str) -> tuple[list[Node], list[Tie]]:
    """Nodes and ties; ValueError, IndexError or KeyError where the file contradicts itself."""
    two = "nr" in dl.settings or form.endswith("2")
    nr, nc = (dl.count("nr"), dl.count("nc")) if two else (dl.count("n"), dl.count("n"))
    inside, many = bool(dl.embedded), max(1, dl.count("nm"))
    if max(nr, nc, many) > MOST:
        raise ValueError
    rows = _Names(dl.labels.get("row labels") or dl.labels.get("labels", []), nr, inside)
    columns = _Names(dl.labels.get("column labels", []), nc, inside) if two else rows
    kinds = dl.labels.get("matrix labels") or [str(k + 1) for k in range(many)] if many > 1 else [""]
    if form.startswith("f"):
        ties = _matrix(dl, rows, columns, nr, nc, kinds)
    else:
        ties = _lists(dl, rows, columns, form.startswith("e"))
    events = [Node(0, i, i, {}, True) for i in columns.ids] if two else []
    return [*(Node(0, i, i) for i in rows.ids), *events], ties


@reader(feeds=FEEDS, title="UCINET DL", endings=("dl",))
def ucinet(opened: Opened) -> Reading:
    """Two-mode files feed attendance: rows are people, columns are events."""
    text = text_of(opened)
    if isinstance(text, Problem):
        return failed(text)
    dl = _apart(text[0])
    if dl is None:
        return failed(*text[1], opened.problem("KM243", "The file does not begin with `dl`, as UCINET's text files do"))
    form = dl.settings.get("format", "fullmatrix")
    if not form.startswith(("fullmatrix", "fm", "edgelist", "el", "nodelist", "nl")):
        return failed(*text[1], opened.problem("KM243", f"kmnet does not read the DL format `{form}`"))
    try:
        nodes, ties = _graph(dl, form)
    except (ValueError, IndexError, KeyError):
        message = "The data do not fit the sizes and labels that the file declares"
        return failed(*text[1], opened.problem("KM243", message))
    return reading(Graph(nodes, ties, tuple(text[1])), opened)
