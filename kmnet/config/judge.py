"""Plain values to a study, telling every problem in one run.

Pydantic stops where a block is broken, and what reads the whole study needs a whole one. So after each round of
problems the values at fault are taken out and the rest is looked at again; what remains is good for finding more
problems, and for nothing else.
"""

from __future__ import annotations

import copy
from typing import Any

from pydantic import ValidationError

from kmnet.config.nodes import Parsed, Path_
from kmnet.config.schema import Study
from kmnet.config.wording import dots, nearest, problem, settings_at
from kmnet.errors import Problem

_PLACEHOLDER: dict[Path_, Any] = {("title",): "?", ("data",): {"people": []}, ("data", "people"): []}


def judge(value: dict[str, Any], tree: Parsed, file: str) -> tuple[Study, list[Problem], frozenset[str]]:
    """The study, the problems, and the top-level blocks that lost something (so that nothing else can be said of them).

    ``value`` is changed: values at fault leave it.
    """
    problems = _empty_items(value, tree, file)
    value = _filled(value)
    gone: set[Path_] = {()} if problems else set()
    while True:
        try:
            return Study.model_validate(value), problems, _blocks(gone)
        except ValidationError as found:
            errors = found.errors(include_url=False)
        mended = [_as_text(value, error, tree) for error in errors]
        if any(mended):
            continue  # a bare number where a text is wanted is that text
        gone.update(_meant(error["loc"]) for error in errors if error["type"] == "extra_forbidden")
        for error in errors:
            where: Path_ = error["loc"]
            if where not in gone:
                problems.append(problem(error, tree, file))
        for error in errors:
            where = error["loc"]
            if error["type"] == "extra_forbidden":
                _take_out(value, where)
            elif error["type"] == "missing" and where in _PLACEHOLDER:
                _at(value, where)[0][where[-1]] = copy.deepcopy(_PLACEHOLDER[where])
                gone.add(where)
            else:
                gone.update(_take_out(value, where[:-1] if error["type"] == "missing" else where))
        value = _filled(value)


def _meant(where: Path_) -> Path_:
    """The setting that an unknown one was probably meant to be: it is not told as missing as well."""
    return (*where[:-1], nearest(str(where[-1]), settings_at(where[:-1])))


def _blocks(gone: set[Path_]) -> frozenset[str]:
    """The top-level blocks that lost something which other blocks may refer to; of data, only whole tables."""
    return frozenset(str(path[0]) for path in gone if path and (path[0] != "data" or len(path) <= 2))


def _filled(node: Any) -> Any:
    """Without keys and items that hold nothing: the default stands for them."""
    if isinstance(node, dict):
        return {key: _filled(inner) for key, inner in node.items() if inner is not None}
    return [_filled(inner) for inner in node if inner is not None] if isinstance(node, list) else node


def _empty_items(value: Any, tree: Parsed, file: str, path: Path_ = ()) -> list[Problem]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    problems: list[Problem] = []
    for step, inner in steps:
        here = (*path, step)
        if inner is None and isinstance(value, list):
            message, fix = f"{dots(here)}: an item with nothing in it", "Delete the item or fill it."
            problems.append(Problem.of("KM103", message, place=tree.place(here, file), fix=fix))
        problems += _empty_items(inner, tree, file, here)
    return problems


def _at(value: Any, where: Path_) -> tuple[Any, Path_]:
    """The innermost box that holds a step of ``where``, and the whole way to that step."""
    box, done = value, 0
    for k in range(len(where) - 1):
        inside = box[where[k]] if _has(box, where[k]) else None
        if isinstance(inside, dict) and isinstance(where[k + 1], int):
            where = (*where[: k + 1], *where[k + 2 :])  # one block where a list may stand
            return _at(value, where)
        if not isinstance(inside, (dict, list)):
            break
        box, done = inside, k + 1
    return box, where[: done + 1]


def _has(box: Any, step: str | int) -> bool:
    if isinstance(box, dict):
        return step in box
    return isinstance(box, list) and isinstance(step, int) and step < len(box)


def _take_out(value: Any, where: Path_) -> list[Path_]:
    """Empty the place at fault, or the nearest one around it; returns the places that are now empty."""
    while where:
        box, way = _at(value, where)
        if _has(box, way[-1]):
            box[way[-1]] = None
            return [way, where]
        where = way[:-1]
    return []


def _as_text(value: Any, error: Any, tree: Parsed) -> bool:
    if error["type"] not in ("string_type", "model_type"):
        return False
    box, way = _at(value, error["loc"])
    spot = tree.values.get(tree.known(error["loc"]))
    number = _has(box, way[-1]) and isinstance(box[way[-1]], (bool, int, float))
    if not number or spot is None or not spot.text or way in {("data",), ("compare",), ("effect",)}:
        return False
    box[way[-1]] = spot.text
    return True
