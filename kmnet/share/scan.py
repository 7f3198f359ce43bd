"""Names, ids and e-mails in a folder that is to be shared: looked for in every view on every byte of it."""

from __future__ import annotations

import csv
import importlib.util
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import kmnet
from kmnet.errors import ConfigError, Place, Problem
from kmnet.outputs import TABLES
from kmnet.share.rows import Person
from kmnet.share.views import View, fold, views

SHORT = 4
"""Parts of names and ids with fewer letters are not looked for by themselves: they stand in every text."""

BINARY_SHORT = 7
"""In pictures and other bytes that are no text, shorter words come about by chance."""

COMMON = 5
"""People who share a label that may be shown."""

HOLD_IDS = {c.name for spec in TABLES.values() for c in spec.columns if c.kind == "person"} | {"person", "node"}
"""Columns of output tables that hold people."""

PLACES = 20
"""Terms of one file of which the line is told."""

_WORD = re.compile(r"[^\W_]+")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]")
"""Letters of scripts that put no space between words."""


@dataclass(frozen=True, slots=True)
class Term:
    """Something to look for: folded text, its words, what it is, and whether it must stand in an id's place."""

    text: str
    words: tuple[str, ...]
    what: str
    keyed: bool = False


def scan(folder: Path, people: Iterable[Person]) -> tuple[list[Problem], int]:
    """Everything of somebody that stands in a folder (or file), and how many files were looked at.

    Parameters
    ----------
    folder : Path
        What is to be shared.
    people : iterable of Person
        Who must not be in it.

    Returns
    -------
    list of Problem, int
        KM705 for each file and term (the first place where it stands); files looked at.

    Raises
    ------
    ConfigError
        KM107 when there is no such folder.
    """
    if not folder.exists():
        fix = "Name the folder that you want to share."
        raise ConfigError(Problem.of("KM107", "there is no such folder", place=Place(str(folder)), fix=fix))
    wanted = terms(people)
    files = [folder] if folder.is_file() else sorted(p for p in folder.rglob("*") if p.is_file())
    found: list[Problem] = []
    for path in files:
        name = path.name if folder.is_file() else path.relative_to(folder).as_posix()
        found += look(path.read_bytes(), name, wanted)
        found += [_found(t, name, "its name", 0) for t in _in(View("name", fold(name), False), wanted)]
    return found, len(files)


def look(data: bytes, name: str, wanted: Iterable[Term]) -> Iterator[Problem]:
    """The terms that stand in some bytes, each once, where it is first met."""
    wanted = tuple(wanted)
    told: set[str] = set()
    lined = ""
    for view in views(data):
        for term in _in(view, [t for t in wanted if t.text not in told]):
            told.add(term.text)
            line = 0
            if view.how == "text" and len(told) <= PLACES:
                lined = lined or fold(data.decode("utf-8", "replace"), lines=True)
                line = lined.count("\n", 0, lined.index(term.text)) + 1 if term.text in lined else 0
            yield _found(term, name, view.how, line)
    yield from _cells(data, name, [t for t in wanted if t.text not in told])


def _cells(data: bytes, name: str, wanted: Iterable[Term]) -> Iterator[Problem]:
    """Short ids in the columns of a CSV table that hold ids."""
    keyed = {t.text: t for t in wanted if t.keyed}
    if not keyed or not name.endswith(".csv"):
        return
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig", "replace")))
    heads = next(rows, [])
    places = [k for k, head in enumerate(heads) if head in HOLD_IDS]
    told: set[str] = set()
    for row in rows:
        for k in places:
            cell = fold(row[k]).strip() if k < len(row) else ""
            if cell in keyed and cell not in told:
                told.add(cell)
                yield _found(keyed[cell], name, f"column {heads[k]}", rows.line_num)


def terms(people: Iterable[Person]) -> tuple[Term, ...]:
    """What to look for: names in both orders, parts of names, ids, e-mails.

    Words of kmnet's own pages say nothing of a person and are left out; so are names and parts of names that are words of
    a role, an organisation or another label of so many people (``COMMON``) that it names none of them.
    """
    people = tuple(people)
    wanted: dict[str, Term] = {}
    counts = Counter(fold(label) for person in people for label in {*person.about})
    labels = {label for label, count in counts.items() if count >= COMMON}
    words = {word for label in labels for word in _WORD.findall(label)}

    def want(text: str, what: str, *, keyed: bool = False) -> None:
        text = fold(text).strip()
        if text and text not in wanted:
            wanted[text] = Term(text, tuple(_WORD.findall(text)), what, keyed)

    for person in people:
        parts = _WORD.findall(fold(person.name))
        parts = [] if fold(person.name).strip() in labels else parts
        if len(parts) > 1:
            want(person.name, "name")
            want(" ".join(parts), "name")
            want(" ".join(reversed(parts)), "name")
            want(f"{parts[-1]}, {' '.join(parts[:-1])}", "name")
        if len(parts) == 1 and len(parts[0]) < SHORT:  # short names stand by themselves only where a name stands
            whole = person.name.strip()
            if any(_IDEOGRAPH.match(c) for c in whole) and len(whole) > 1:  # two letters, and no spaces around them
                wanted.setdefault(fold(whole), Term(fold(whole), (), "name"))
            else:
                want(whole, "name", keyed=True)
        for part in parts:
            if len(part) >= SHORT and (len(parts) == 1 or part not in own_words() | words):
                want(part, "part of a name")
        if person.email:
            want(person.email, "e-mail")
            local = person.email.partition("@")[0]
            if len(local) >= 5 and fold(local) not in own_words():
                want(local, "e-mail")
    for person in people:
        short = len(person.id) < SHORT or fold(person.id) in own_words() or person.id.isdigit() and len(person.id) < 6
        want(person.id, "id", keyed=short)
    return tuple(wanted.values())


@cache
def own_words() -> frozenset[str]:
    """Words of kmnet's own texts and pages, which say nothing of a person by themselves."""
    package = Path(kmnet.__file__).parent
    pages = [p for p in package.joinpath("report").rglob("*") if p.suffix in (".py", ".html", ".js", ".css", ".jinja")]
    sources = [
        *pages,
        *(path for room in ("measures", "outputs", "codes") for path in package.joinpath(room).glob("*.py")),
    ]
    painter = importlib.util.find_spec("pyvis")  # its script is in every map
    if painter is not None and painter.submodule_search_locations:
        sources += Path(painter.submodule_search_locations[0]).glob("templates/lib/vis-9.1.2/*.js")
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(sources)]
    return frozenset(_WORD.findall(fold("\n".join(texts))))


def _in(view: View, wanted: Iterable[Term]) -> Iterator[Term]:
    words = set(_WORD.findall(view.text))
    for term in wanted:
        if not term.words:
            found = len(term.text) > 1 and term.text in view.text
        elif not words.issuperset(term.words) or view.binary and len(term.text) < BINARY_SHORT:
            continue
        elif term.keyed:
            found = _keyed(term.text).search(view.text) is not None
        else:
            found = len(term.words) == 1 and term.words[0] == term.text or _stands(term.text, view.text)
        if found:
            yield term


def _stands(term: str, text: str) -> bool:
    """Whether a term stands in a text by itself, not inside a longer word."""
    at = text.find(term)
    while at >= 0:
        ends = text[at - 1 : at] + text[at + len(term) : at + len(term) + 1]
        if not any(c.isalnum() for c in ends):
            return True
        at = text.find(term, at + 1)
    return False


@cache
def _keyed(text: str) -> re.Pattern[str]:
    """A short id where an id stands: ``"id": "7"``, ``source="7"``."""
    return re.compile(
        rf"\b(?:id|person|source|target|via|node|label|from|to)[\"']?\s*[:=]\s*[\"']{re.escape(text)}[\"']"
    )


def _found(term: Term, file: str, how: str, line: int) -> Problem:
    return Problem.of("KM705", f"{term.what} of a person ({how})", place=Place(file, line), seen=term.text)
