"""UCINET DL text files: matrices (whole or half), edge lists and node lists, one mode or two, one relation or several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kmnet.errors import Problem
from kmnet.tables.cells import fold, many, number
from kmnet.tables.graphs import FEEDS, Graph, Node, Tie, reading
from kmnet.tables.reader import Opened, Reading, failed, reader
from kmnet.tables.separated import text_of

_SETTING = re.compile(r"\b(n|nr|nc|nm|format|diagonal)\s*=\s*([\w.]+)", re.IGNORECASE)
_PART = re.compile(r"\b((?:row |column |col |matrix |level )?labels(?: embedded)?|data)\b\s*:?\s*", re.IGNORECASE)
_DIAGONAL = re.compile(r"\bdiagonal\s+(present|absent)\b", re.IGNORECASE)
_WORDS = re.compile(r'"([^"]*)"|\'([^\']*)\'(?=[\s,]|$)|([^\s,]+)')
_UNKNOWN = frozenset({".", "na", "nan", "*"})
FORMS = ("fullmatrix", "fm", "edgelist", "el", "nodelist", "nl", "lowerhalf", "lh", "upperhalf", "uh")

MOST = 200_000
"""Nodes or relations that a file may declare; far above, the number is a slip or meant to fill the memory."""


class Misfit(Exception):
    """The data contradict what the file declares; holds the line where they do (0: as a whole), and what it is."""

    def __init__(self, line: int = 0, what: str = "") -> None:
        super().__init__(str(line))
        self.line, self.what = line, what


@dataclass
class _Dl:
    """A DL file taken apart; ``unknown`` are the lines of values that it gives as not known."""

    settings: dict[str, str] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)
    written: dict[str, list[str]] = field(default_factory=dict)
    embedded: set[str] = field(default_factory=set)
    data: list[tuple[int, list[str]]] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)

    def count(self, name: str) -> int:
        value = self.settings.get(name, "")
        return int(value) if value.isdigit() else 0

    def names(self, size: int, *parts: str) -> list[str]:
        """The labels of one of several parts. Words of a label without quotation marks are kept together where only
        commas or line ends give the declared number of labels."""
        part = next((p for p in parts if self.labels.get(p)), "")
        words = self.labels.get(part, [])
        if not words or not size or len(words) == size:
            return words
        lines = self.written[part]
        for cut in ([c for line in lines for c in line.split(",")], lines):
            told = [w.strip(" \t\"'") for w in cut if w.strip(" \t\"'")]
            if len(told) == size:
                return told
        raise Misfit(what=f"There are {many(len(words), 'label')} for {size:,}")

    def tie(self, line: int, source: str, target: str, weight: str, kind: str, directed: bool = True) -> Iterator[Tie]:
        """The tie that a value of a matrix or a list says, if it says one."""
        if fold(weight) in _UNKNOWN:
            self.unknown.append(line)
        elif weight and (value := number(weight)) is None:
            raise Misfit(line)
        elif not weight or value != 0:
            yield Tie(line, source, target, weight, kind, directed)


def _words(line: str) -> list[str]:
    return [a or b or c for a, b, c in _WORDS.findall(line)]


def _apart(text: str) -> _Dl | None:
    dl, part = _Dl(), "head"
    lines = text.splitlines()
    first = next((k for k, line in enumerate(lines) if line.strip()), None)
    if first is None or not re.match(r"\s*dl\b", lines[first], re.IGNORECASE):
        return None
    lines[first] = re.sub(r"^\s*dl\b", " ", lines[first], count=1, flags=re.IGNORECASE)
    for place, line in enumerate(lines, 1):
        # Labels and data begin on a line of their own, or where the settings of the first line end.
        while part != "data":
            found = _PART.search(line) if part == "head" else _PART.match(line.lstrip())
            before, line = (line[: found.start()], found.string[found.end() :]) if found else (line, "")
            if part == "head":
                dl.settings |= {k.casefold(): v.casefold() for k, v in _SETTING.findall(before)}
                if said := _DIAGONAL.search(before):
                    dl.settings["diagonal"] = said[1].casefold()
            elif before.strip():
                dl.labels.setdefault(part, []).extend(_words(before))
                dl.written.setdefault(part, []).append(before.strip())
            if not found:
                break
            part = re.sub(r"\s+", " ", fold(found[1])).replace("col labels", "column labels")
            if part.endswith("embedded"):
                dl.embedded.add(part.removesuffix(" embedded"))
                part = "head"
        words = _words(line) if part == "data" else []
        if words and not (len(words) == 1 and fold(words[0]).rstrip(":") == "data"):
            dl.data.append((place, words))
    return dl


class _Names:
    """Node ids from labels, or from numbers where there are none; labels met in the data are added in order."""

    def __init__(self, labels: list[str], size: int, embedded: bool) -> None:
        self.ids = list(labels)
        self._where = {fold(v): v for v in labels}
        self._embedded = embedded
        if not labels and not embedded:
            self.ids = [str(k + 1) for k in range(size)]

    def get(self, word: str, line: int) -> str:
        if self._embedded:
            if fold(word) not in self._where:
                self._where[fold(word)] = word
                self.ids.append(word)
            return self._where[fold(word)]
        if word.isdigit() and 1 <= int(word) <= len(self.ids):
            return self.ids[int(word) - 1]
        if fold(word) not in self._where:
            raise Misfit(line)
        return self._where[fold(word)]


def _matrix(dl: _Dl, rows: _Names, columns: _Names, nr: int, nc: int, kinds: Sequence[str], form: str) -> list[Tie]:
    """Whole matrices, row by row whatever the line ends; halves are of undirected ties, told once."""
    if dl.embedded and form.startswith("f"):
        return _labelled(dl, rows, columns, nr, nc, kinds)
    bare = dl.settings.get("diagonal") == "absent"
    cells = [
        (i, j)
        for i in range(nr)
        for j in range(nc)
        if not (bare and i == j) and (form[0] == "f" or (j <= i if form[0] == "l" else j >= i))
    ]
    flat = [(line, w) for line, words in dl.data for w in words]
    if len(rows.ids) < nr or len(columns.ids) < nc or len(flat) != len(cells) * len(kinds):
        raise Misfit
    ties: list[Tie] = []
    for k, (line, weight) in enumerate(flat):
        layer, at = divmod(k, len(cells))
        i, j = cells[at]
        ties += dl.tie(line, rows.ids[i], columns.ids[j], weight, kinds[layer], form[0] == "f")
    return ties


def _labelled(dl: _Dl, rows: _Names, columns: _Names, nr: int, nc: int, kinds: Sequence[str]) -> list[Tie]:
    """Matrices with a row of labels above each and a label before each row."""
    size = nr + 1
    if len(dl.data) != size * len(kinds):
        raise Misfit
    ties: list[Tie] = []
    for layer, kind in enumerate(kinds):
        heads, *body = dl.data[layer * size : (layer + 1) * size]
        names = [columns.get(w, heads[0]) for w in heads[1][-nc:]]
        for line, words in body:
            if len(words) != nc + 1:
                raise Misfit(line)
            source = rows.get(words[0], line)
            for target, weight in zip(names, words[1:], strict=True):
                ties += dl.tie(line, source, target, weight, kind)
    return ties


def _lists(dl: _Dl, rows: _Names, columns: _Names, kinds: Sequence[str], edges: bool) -> list[Tie]:
    """Edge lists and node lists; a lone exclamation mark begins the next relation."""
    ties: list[Tie] = []
    layer = 0
    for line, words in dl.data:
        if words == ["!"]:
            layer += 1
            continue
        if layer >= len(kinds) or (edges and len(words) not in (2, 3)):
            raise Misfit(line)
        source = rows.get(words[0], line)
        for target in words[1:2] if edges else words[1:]:
            weight = words[2] if edges and len(words) == 3 else ""
            ties += dl.tie(line, source, columns.get(target, line), weight, kinds[layer])
    return ties


def _graph(dl: _Dl, form: str) -> tuple[list[Node], list[Tie]]:
    """Nodes and ties, or :class:`Misfit` where the file contradicts itself."""
    two = "nr" in dl.settings or form.endswith("2")
    nr, nc = (dl.count("nr"), dl.count("nc")) if two else (dl.count("n"), dl.count("n"))
    inside, layers = bool(dl.embedded), max(1, dl.count("nm"))
    if max(nr, nc, layers) > MOST:
        raise Misfit
    rows = _Names(dl.names(nr, "row labels", "labels"), nr, inside)
    columns = _Names(dl.names(nc, "column labels"), nc, inside) if two else rows
    told = dl.names(layers, "matrix labels", "level labels") or [str(k + 1) for k in range(layers)]
    kinds = told if layers > 1 else [""]
    if len(kinds) < layers:
        raise Misfit
    if form.startswith(("f", "l", "u")):
        ties = _matrix(dl, rows, columns, nr, nc, kinds[:layers], form)
    else:
        ties = _lists(dl, rows, columns, kinds, form.startswith("e"))
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
        message, fix = "The file does not begin with `dl`, as UCINET's text files do", ""
        if text[0].lstrip().casefold().startswith(("*node", "*tie")):
            message, fix = (
                "This is a VNA file, which kmnet does not read",
                "Export it as DL (Data, Export, DL in UCINET).",
            )
        return failed(*text[1], opened.problem("KM243", message, fix=fix))
    form = dl.settings.get("format", "fullmatrix")
    if not form.startswith(FORMS):
        return failed(*text[1], opened.problem("KM243", f"kmnet does not read the DL format `{form}`"))
    try:
        nodes, ties = _graph(dl, form)
    except Misfit as wrong:
        message = wrong.what or "The data do not fit the sizes and labels that the file declares"
        return failed(*text[1], opened.problem("KM243", message, wrong.line))
    said = list(text[1])
    if dl.unknown:
        message = f"{many(len(dl.unknown), 'value')} not known, of which nothing was made"
        said.append(opened.problem("KM244", message, dl.unknown[0]))
    return reading(Graph(nodes, ties, tuple(said)), opened)
