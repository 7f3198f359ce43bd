"""What measures, problem codes and settings mean, as text for the terminal."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable

from kmnet.codes import CODES, Code
from kmnet.config.wording import did_you_mean
from kmnet.errors import ConfigError, Problem
from kmnet.results import About

WIDTH = 100


def _lines(pairs: Iterable[tuple[str, str]]) -> str:
    said = []
    for word, text in pairs:
        if text:
            said.append(textwrap.fill(text, WIDTH, initial_indent=f"{word:<14}", subsequent_indent=" " * 14))
    return "\n".join(said)


def _abouts() -> dict[str, About]:
    from kmnet.measures.run import catalogue

    return {item.about.name: item.about for item in catalogue()}


def measure_list() -> str:
    """Every measure on a line: its name, of what it is, and what it says."""
    rows = sorted(_abouts().values(), key=lambda a: (a.of, a.name))
    return "\n".join(f"{a.name:<32} {a.of:<13} {a.reads}" for a in rows)


def measure_card(name: str) -> str:
    """Everything that is known of one measure.

    Raises
    ------
    ConfigError
        KM110 for a name that no measure bears.
    """
    abouts = _abouts()
    if name not in abouts:
        message = f"there is no such measure{did_you_mean(name, abouts)}"
        raise ConfigError(Problem.of("KM110", message, fix="`kmnet measures` lists them.", seen=name))
    a = abouts[name]
    low = "" if a.low == float("-inf") else f"from {a.low:g}"
    high = "" if a.high == float("inf") else f"to {a.high:g}"
    return f"{a.title} ({a.name})\n\n" + _lines(
        (
            ("Says", a.reads),
            ("One value a", a.of),
            ("Formula", a.formula),
            ("Divided by", a.denominator),
            ("Range", f"{low} {high}".strip()),
            ("Unit", a.unit),
            ("Variant", a.variant),
            ("Undefined", a.undefined),
            ("Misreading", a.misreading),
            ("Source", a.source),
            ("Agrees with", a.agrees_with),
        )
    )


def code_list() -> str:
    """Every problem code on a line."""
    return "\n".join(f"{c.code}  {c.severity:<8} {c.name:<28} {c.meaning}" for c in CODES.values())


def code_card(name: str) -> str:
    """What a code means and how to mend it; the code or its name is asked for, in any case.

    Raises
    ------
    ConfigError
        KM110 for a code that is not known.
    """
    for code in CODES.values():
        if name.casefold() in (code.code.casefold(), code.name):
            return _code(code)
    known = [word for code in CODES.values() for word in (code.code, code.name)]
    message = f"there is no such problem{did_you_mean(name, known)}"
    raise ConfigError(Problem.of("KM110", message, fix="`kmnet explain` lists them.", seen=name))


def _code(code: Code) -> str:
    policy = ""
    if code.severity != "error":
        policy = f"`policies: {{{code.name}: error}}` in the config makes kmnet stop at it."
    return f"{code.code} {code.name} ({code.severity})\n\n" + _lines(
        (("Meaning", code.meaning), ("What to do", code.cure), ("Policy", policy))
    )


def schema_text() -> str:
    """The JSON Schema of the config."""
    from kmnet.config.schema import Study

    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Study.model_json_schema(by_alias=True)}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
