"""Survey forms that ask about people by name: a column a person, or a cell that lists the people named.

What counts as a report: every cell of a returned form under a person's name. A blank there says that there is no tie
(strength 0); a form that was not returned says nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kmnet.errors import Problem
from kmnet.tables.cells import FALSE, TRUE, fold, many, number, plain
from kmnet.tables.grid import at, written
from kmnet.tables.reader import Opened, Reading, failed, rows_reading

_BRACKET = re.compile(r"(?P<stem>.*?)\s*\[(?P<name>[^\[\]]+)\]\s*$", re.DOTALL)
_DASH = re.compile(r"(?P<stem>.*?)\s+[-–—:|]\s+(?P<name>[^-–—:|]+)$", re.DOTALL)
_STOP = re.compile(r"(?P<stem>.*?[.?:!])\s*(?P<name>[^.?:!]+)$", re.DOTALL)
_SCALE = re.compile(
    r"\(?(?P<value>\d+(?:\.\d+)?)\s*(?:[-–—:=.)]\s*\S.*)|(?P<words>\S.*?)\s*[(\[]\s*(?P<last>\d+(?:\.\d+)?)\s*[)\]]"
)


@dataclass(frozen=True)
class Form:
    """A returned form: who filled it in, where it stands, and its cells."""

    line: int
    who: str
    cells: list[str]


@dataclass(frozen=True)
class Asked:
    """A column of answers. ``name`` is the person it asks about ("" where the cells list the people)."""

    column: int
    stem: str
    name: str


def strength(cell: str) -> str:
    """An answer as a number: ``4 - Close`` is 4, yes is 1, blank is 0; other words stay, to be reported or scaled."""
    key = fold(cell)
    if key in FALSE:
        return "0"
    if number(cell) is not None:
        return cell
    if key in TRUE:
        return "1"
    found = _SCALE.fullmatch(cell)
    return (found["value"] or found["last"]) if found else cell


def split_heading(text: str, opened: Opened) -> tuple[str, str]:
    """The question and the person that a heading asks about; the person is "" where none is recognised."""
    tries = [found for shape in (_BRACKET, _DASH, _STOP) if (found := shape.match(text))]
    for found in tries:
        if opened.who(found["name"]):
            return found["stem"], found["name"].strip()
    if opened.who(text):
        return "", text
    bracket = _BRACKET.match(text) or _DASH.match(text)
    return (bracket["stem"], "") if bracket else (text, "")


def asked(headings: Sequence[str], skip: set[int], forms: Sequence[Form], opened: Opened) -> list[Asked]:
    """Which columns ask about people. An unknown name in a grid of known ones is a person too (and is reported)."""
    parts = {k: split_heading(h, opened) for k, h in enumerate(headings) if k not in skip and h}
    known = Counter(stem for stem, name in parts.values() if name)
    out = []
    for k, (stem, name) in parts.items():
        shape = _BRACKET.match(headings[k]) or _DASH.match(headings[k])
        if name:
            out.append(Asked(k, stem, name))
        elif shape and known[stem] and known[stem] * 2 >= sum(1 for s, _ in parts.values() if s == stem):
            out.append(Asked(k, stem, shape["name"].strip()))
        elif _lists_people(k, forms, opened):
            out.append(Asked(k, headings[k], ""))
    return out


def named(cell: str, opened: Opened) -> list[str]:
    """The people that a cell lists, separated by semicolons, line ends, or (where that finds people) commas."""
    parts = [p.strip() for p in re.split(r"[;\n]", cell) if p.strip()]
    if len(parts) == 1 and "," in cell and not opened.who(cell):
        parts = [p.strip() for p in cell.split(",") if p.strip()]
    return parts


def _lists_people(column: int, forms: Sequence[Form], opened: Opened) -> bool:
    parts = [p for form in forms for p in named(at(form.cells, column), opened)]
    return bool(parts) and 2 * sum(1 for p in parts if opened.who(p)) > len(parts)


def survey(
    headings: Sequence[str],
    forms: list[Form],
    skip: set[int],
    opened: Opened,
    *,
    problems: Sequence[Problem],
    heading_line: int,
    set_aside: int = 0,
) -> Reading:
    """One row a report. The ledger counts answers about people, and forms that were left out as one each."""
    said = list(problems)
    forms, repeats = _last_each(forms, opened)
    if repeats:
        said.append(opened.problem("KM244", f"{many(len(repeats), 'form')} sent in again later", repeats[0]))
    nameless = [f for f in forms if not f.who]
    if nameless:
        said.append(opened.problem("KM244", f"{many(len(nameless), 'form')} without a name", nameless[0].line))
    forms = [f for f in forms if f.who]
    questions = asked(headings, skip, forms, opened)
    if not questions:
        message = "No column asks about a person of the people table"
        return failed(*said, opened.problem("KM243", message, heading_line))
    free = len([h for k, h in enumerate(headings) if h and k not in skip]) - len(questions)
    if free:
        said.append(opened.problem("KM217", f"{many(free, 'column')} that ask about no person", heading_line))
    stems = {q.stem for q in questions}
    rows, lines = [], []
    for form in forms:
        own = opened.who(form.who)
        for q in questions:
            for target, value in _answers(q, at(form.cells, q.column), opened):
                if not own or opened.who(target) != own:  # one's own line of the grid is no question
                    rows.append([form.who, target, q.stem, value])
                    lines.append(form.line)
    keep = [0, 1, *([2] if not opened.source.relation and len(stems) > 1 else []), 3]
    names = ["source", "target", "relation", "strength"]
    return rows_reading(
        [names[k] for k in keep],
        [[row[k] for k in keep] for row in rows],
        lines,
        problems=said,
        set_aside=set_aside + len(repeats) + len(nameless),
        heading_line=heading_line,
    )


def _answers(question: Asked, cell: str, opened: Opened) -> list[tuple[str, str]]:
    if question.name:
        return [(question.name, strength(scaled(cell, opened)))]
    return [(name, "1") for name in named(cell, opened)]


def scaled(cell: str, opened: Opened) -> str:
    """An answer in words as the number that the config gives it (``scale:``)."""
    scale = {plain(word): value for word, value in opened.source.scale.items()}
    return written(scale[plain(cell)]) if plain(cell) in scale else cell


def _last_each(forms: list[Form], opened: Opened) -> tuple[list[Form], list[int]]:
    """The last form of each person; lines of the earlier ones."""
    last: dict[str, Form] = {}
    for form in forms:
        last[opened.who(form.who) or fold(form.who) or f"line {form.line}"] = form
    kept = {id(f) for f in last.values()}
    return [f for f in forms if id(f) in kept], [f.line for f in forms if id(f) not in kept]
