"""What the schema found wrong, said to the person who wrote the config: place, cause, nearest right spelling."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from kmnet.config.nodes import Parsed, Path_
from kmnet.config.schema import Study
from kmnet.errors import Problem


def nearest(word: str, names: Iterable[str]) -> str:
    """The one of ``names`` that was probably meant, or "" when none comes near.

    Examples
    --------
    >>> nearest("dateformat", ["date_format", "sheet"])
    'date_format'
    """
    folded = {_fold(name): name for name in sorted(names, reverse=True)}
    found = difflib.get_close_matches(_fold(word), sorted(folded), n=1, cutoff=0.5)
    return folded[found[0]] if found else ""


def did_you_mean(word: str, names: Iterable[str], *, quote: str = '"') -> str:
    """``; did you mean "x"?`` or nothing, to be put at the end of a message."""
    name = nearest(word, names)
    return f"; did you mean {quote}{name}{quote}?" if name else ""


def _fold(text: str) -> str:
    return "".join(c for c in text.casefold() if c not in " -_")


def settings_at(path: Path_) -> tuple[str, ...]:
    """The keys that a block of the config may hold; empty where any key may stand.

    Examples
    --------
    >>> settings_at(("compare",))
    ('before', 'after', 'force')
    """
    kind: Any = Study
    for part in path:
        kind = _inside(kind, part)
    model = _model(kind)
    return tuple(f.alias or name for name, f in model.model_fields.items()) if model else ()


def _inside(kind: Any, part: str | int) -> Any:
    model = _model(kind)
    if model is not None and isinstance(part, str):
        fields = {f.alias or name: f for name, f in model.model_fields.items()}
        return fields[part].annotation if part in fields else None
    for option in _options(kind):
        origin, inner = get_origin(option), get_args(option)
        if origin is tuple:
            return inner[0] if isinstance(part, int) else _inside(inner[0], part)
        if origin is dict:
            return inner[1]
    return None


def _options(kind: Any) -> tuple[Any, ...]:
    if get_origin(kind) is typing.Annotated:
        return _options(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return tuple(o for k in get_args(kind) for o in _options(k))
    return (kind,)


def _model(kind: Any) -> type[BaseModel] | None:
    for option in _options(kind):
        if isinstance(option, type) and issubclass(option, BaseModel):
            return option
        if get_origin(option) is tuple:  # a single block where a list of blocks may stand
            return _model(get_args(option)[0])
    return None


_WANTED = {
    "bool_type": "write true or false",
    "int_type": "write a whole number, without quotes",
    "int_from_float": "write a whole number",
    "float_type": "write a number, without quotes",
    "string_type": "write a text",
    "model_type": "write a block of settings (`name: value`)",
    "model_attributes_type": "write a block of settings (`name: value`)",
    "dict_type": "write a block of settings (`name: value`)",
    "tuple_type": "write a list: `[a, b]`, or one item a line with `- ` before it",
    "list_type": "write a list: `[a, b]`, or one item a line with `- ` before it",
}
_BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


def problem(error: Mapping[str, Any], tree: Parsed, file: str) -> Problem:
    """One of pydantic's errors as a problem with its place in the file."""
    where: Path_ = error["loc"]
    kind, context = error["type"], error.get("ctx") or {}
    known = tree.known(where)
    dotted = dots(known)
    place = tree.place(where, file)
    if kind == "extra_forbidden":
        return Problem.of("KM101", f"{dotted}: unknown setting{_meant(where)}", place=place)
    if kind == "missing":
        dotted = dots((*known, where[-1]))
        return Problem.of("KM104", f"{dotted}: this setting is needed", place=place, fix=f"Add `{where[-1]}:`.")
    seen = _seen(error.get("input"))
    if where == ("version",):
        return Problem.of("KM111", "version: this kmnet reads version 1 of the settings", place=place, seen=seen)
    if kind == "literal_error":
        choices = _choices(str(context.get("expected", "")))
        message = f"{dotted}: write one of {', '.join(choices)}{did_you_mean(str(error.get('input')), choices)}"
    elif kind == "value_error":
        message = f"{dotted}: {context.get('error')}"
    elif kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        message = f"{dotted}: must be {words} {context.get(key)}"
    else:
        message = f"{dotted}: {_WANTED.get(kind, 'this value cannot stand here')}"
    return Problem.of("KM103", message, place=place, seen=seen, fix="Write the value as the message asks.")


def dots(path: Path_) -> str:
    """``data.people[2].path``: a path as a person would write it, items counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _meant(where: Path_) -> str:
    word, home = str(where[-1]), where[:-1]
    here = did_you_mean(word, settings_at(home))
    if here:
        return here
    blocks = [name for name in settings_at(()) if word in settings_at((name,)) and (name,) != home]
    if word in settings_at(()):
        return "; it belongs at the top of the config, without an indent"
    return f"; it belongs under `{blocks[0]}:`" if blocks else ""


def _choices(expected: str) -> list[str]:
    return [part.strip(" '") for part in expected.replace(" or ", ", ").split(",") if part.strip(" '")]


def _seen(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)[:60] if isinstance(value, (str, int, float)) else ""
