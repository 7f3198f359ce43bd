"""Survey forms that ask about people by name: a column a person, or a cell that lists the people named.

What counts as a report: every cell of a returned form under a person's name. A blank there says that there is no tie
(strength 0); a form that was not returned says nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

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


_OWN_NAME = re.compile(r"\b(?:your|full)(?: own| full| first and last)? name\b")

_TICKED, _NOT_TICKED = (
    frozenset({"selected", "checked", "ticked", "☑", "☒"}),
    frozenset({"not selected", "unselected", "unchecked", "not checked", "☐"}),
)


@dataclass(frozen=True)
class Form:
    """A returned form: who filled it in, where it stands, and its cells."""

    line: int
    who: str
    cells: list[str]


@dataclass(frozen=True)
class Asked:
    """A column of answers. ``name`` is the person it asks about ("" where the cells list the people); ``choices`` are
    the answers of a grid of tick boxes, each a relation of its own (none where the answers say how strong it is)."""

    column: int
    stem: str
    name: str
    choices: tuple[str, ...] = ()


def strength(cell: str) -> str:
    """An answer as a number: ``4 - Close`` is 4, yes is 1, blank is 0; other words stay, to be reported or scaled."""
    key = fold(cell)
    if key in FALSE | _NOT_TICKED:
        return "0"
    if number(cell) is not None:
        return cell
    if key in TRUE | _TICKED:
        return "1"
    found = _SCALE.fullmatch(cell)
    return (found["value"] or found["last"]) if found else cell


def _between(text: str) -> tuple[str, str, str]:
    """A text before and after its first dash or colon."""
    found = re.search(r"\s+[-–—|]\s+|:\s+", text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def split_heading(text: str, opened: Opened) -> tuple[str, str]:
    """The question and the person that a heading asks about; the person is "" where none is recognised."""
    tries = [found for shape in (_BRACKET, _DASH, _STOP) if (found := shape.match(text))]
    for found in tries:
        if opened.who(found["name"]):
            return found["stem"], found["name"].strip(" -–—")
    first, between, rest = _between(text)
    if between and opened.who(first) and not opened.who(rest):  # "Ann Lee - How often do you meet?"
        return rest, first
    if opened.who(text):
        return "", text
    for dash in re.finditer(r"(?<=[\w.?:)])[-–—]", text):  # without spaces, and names have hyphens of their own
        if opened.who(text[dash.end() :]):
            return text[: dash.start()], text[dash.end() :].strip()
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
    stems = {q.stem for q in out}
    boxes = {s: _choices([q for q in out if q.name and q.stem == s], forms, opened) for s in stems}
    return [replace(q, choices=boxes[q.stem] if q.name else ()) for q in out]


def _choices(questions: Sequence[Asked], forms: Sequence[Form], opened: Opened) -> tuple[str, ...]:
    """The answers of a grid of tick boxes: words only, and somewhere several of them in one cell."""
    asked_of = [form for form in forms if not opened.left(form.who)]
    cells = {c for q in questions for form in asked_of if (c := at(form.cells, q.column))}
    parts = {cell: _ticked(cell) for cell in cells}
    every = {p for ps in parts.values() for p in ps}
    words = not any(number(strength(scaled(p, opened))) is not None for p in every)
    return tuple(sorted(every)) if words and any(len(ps) > 1 for ps in parts.values()) else ()


def _ticked(cell: str) -> list[str]:
    return [p.strip() for p in re.split(r"[;,\n]", cell) if p.strip()]


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
    given = forms
    forms, repeats = _last_each(given, opened)
    if repeats:
        twins = any(f.line in repeats and not opened.who(f.who) for f in given)  # a name of two people is nobody's
        message = (
            f"{many(len(repeats), 'form')} sent in again later{', or by somebody else of that name' if twins else ''}"
        )
        said.append(opened.problem("KM244", message, repeats[0]))
    nameless = [f for f in forms if not f.who]
    if nameless:
        said.append(opened.problem("KM244", f"{many(len(nameless), 'form')} without a name", nameless[0].line))
    if nameless and len(nameless) == len(forms):
        message = "No form says who filled it in, so that nobody's ties are known"
        fix = 'Name the column that says it: `columns: {source: "Your heading"}`.'
        return failed(*said, opened.problem("KM243", message, heading_line, fix=fix))
    forms = [f for f in forms if f.who]
    questions = asked(headings, skip, forms, opened)
    if not questions:
        message = "No column asks about a person of the people table"
        return failed(*said, opened.problem("KM243", message, heading_line))
    asked_twice = Counter((plain(q.stem), opened.who(q.name) or fold(q.name)) for q in questions if q.name)
    if again := sorted(
        {q.name for q in questions if asked_twice[plain(q.stem), opened.who(q.name) or fold(q.name)] > 1}
    ):
        message = "The same person stands over two columns of one question"
        fix = "Write the question into the headings: `How often do you meet? [Name]`."
        said.append(opened.problem("KM207", message, heading_line, seen=", ".join(again[:10]), fix=fix))
    free = len([h for k, h in enumerate(headings) if h and k not in skip]) - len(questions)
    if free:
        message = f"{many(free, 'column')} that {'asks' if free == 1 else 'ask'} about no person"
        said.append(opened.problem("KM217", message, heading_line))
    stems = {q.stem for q in questions}
    if opened.source.relation and len(stems) > 1 and not any(q.choices for q in questions):
        message = f"{len(stems)} questions of the file were all taken as the relation that `relation:` names"
        fix = "Leave `relation:` out if the questions ask about different relations."
        said.append(opened.problem("KM217", message, heading_line, fix=fix).with_severity("warning"))
    rows, lines = [], []
    listed = {q.column: _listed(q, forms, opened) for q in questions}
    for form in forms:
        own = opened.who(form.who)
        for q in questions:
            for target, relation, value in _answers(q, at(form.cells, q.column), opened, listed[q.column]):
                if not own or opened.who(target) != own:  # one's own line of the grid is no question
                    rows.append([form.who, target, relation, value])
                    lines.append(form.line)
    ticked = any(q.choices for q in questions)
    keep = [0, 1, *([2] if ticked or (not opened.source.relation and len(stems) > 1) else []), 3]
    names = ["source", "target", "relation", "strength"]
    return rows_reading(
        [names[k] for k in keep],
        [[row[k] for k in keep] for row in rows],
        lines,
        problems=said,
        set_aside=set_aside + len(repeats) + len(nameless),
        heading_line=heading_line,
    )


def _listed(question: Asked, forms: Sequence[Form], opened: Opened) -> list[str]:
    """Everybody whom some form names in a question that asks for names, each once."""
    if question.name:
        return []
    cells = [at(form.cells, question.column) for form in forms if not opened.left(form.who)]
    every = {opened.who(one) or one: one for cell in cells for one in named(cell, opened)}
    return [every[who] for who in sorted(every)]


def _answers(question: Asked, cell: str, opened: Opened, listed: Sequence[str]) -> list[tuple[str, str, str]]:
    """Who is reported in an answer, in which relation, and how strongly."""
    name = question.name
    if question.choices:
        ticked = _ticked(cell)
        return [(name, choice, "1" if choice in ticked else "0") for choice in question.choices]
    if name:
        itself = bool(cell) and fold(cell) == fold(name)  # a box that was ticked may repeat its own text
        return [(name, question.stem, "1" if itself else strength(scaled(cell, opened)))]
    # Who names nobody has answered: no tie to any of those whom others named.
    return [(one, question.stem, "1") for one in named(cell, opened)] or [(one, question.stem, "0") for one in listed]


def own_name(headings: Sequence[str], rows: Sequence[Sequence[str]], skip: set[int], opened: Opened) -> int | None:
    """The question by which respondents name themselves, for forms that were sent in without a name: by its words, or
    the first whose answers are people of the register, each of them once."""
    free = [k for k, heading in enumerate(headings) if heading and k not in skip]
    if worded := [k for k in free if _OWN_NAME.search(plain(headings[k]))]:
        return worded[0]
    for k in free:
        known = [who for cells in rows if (who := opened.who(at(cells, k)))]
        filled = sum(1 for cells in rows if at(cells, k))
        if len(known) > 2 and 2 * len(known) > filled and len(set(known)) == len(known):
            return k
    return None


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
