"""What measures, problem codes and settings mean, as text for the terminal."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable

from kmnet.codes import CODES, Code
from kmnet.config.wording import did_you_mean
from kmnet.errors import ConfigError, Problem
from kmnet.results import TABLES, About

WIDTH = 100


def _lines(pairs: Iterable[tuple[str, str]]) -> str:
    said = []
    for word, text in pairs:
        if text:
            said.append(textwrap.fill(text, WIDTH, initial_indent=f"{word:<14}", subsequent_indent=" " * 14))
    return "\n".join(said)


def _abouts() -> list[About]:
    from kmnet.measures.run import catalogue

    return sorted((item.about for item in catalogue()), key=lambda a: (a.of, a.name))


def measure_list() -> str:
    """Every measure on a line: its name, of what it is, and what it says."""
    return "\n".join(f"{a.name:<32} {a.of:<13} {a.reads}" for a in _abouts())


WHERE = {
    "person": "people.csv",
    "network": "networks.csv",
    "organisation": "organisations.csv",
    "tie": "ties.csv",
    "pair": "dyads.csv",
    "group": "groups.csv",
    "groups": "mixing.csv",
}
"""The output table that holds the measures of each kind."""


def measure_rows(a: About) -> tuple[tuple[str, str], ...]:
    """What is told of a measure, in order; every line is there for every measure."""
    low = "" if a.low == float("-inf") else f"from {a.low:g}"
    high = "" if a.high == float("inf") else f"to {a.high:g}"
    return (
        ("Says", a.reads),
        ("One value a", {"groups": "pair of groups", "pair": "person and contact"}.get(a.of, a.of)),
        ("Stands in", f"tables/{WHERE[a.of]}"),
        ("Formula", a.formula),
        ("Divided by", a.denominator or "nothing"),
        ("Range", f"{low} {high}".strip() or "any number"),
        ("Unit", a.unit),
        ("Variant", a.variant or "one definition is in use"),
        ("Undefined", a.undefined or "never: there is always a value"),
        ("Misreading", a.misreading),
        ("Source", a.source),
        ("Agrees with", a.agrees_with),
    )


def _plain(name: str) -> str:
    """A name as it is looked for: whatever its case, dashes and spaces; either spelling of -isation."""
    return "_".join(name.casefold().replace("-", " ").replace("_", " ").split()).replace("ization", "isation")


def measure_card(name: str) -> str:
    """Everything that is known of the measures that bear a name (or title), or of a column of an output table.

    Raises
    ------
    ConfigError
        KM110 for a name that neither a measure nor a column bears.
    """
    wanted, abouts, columns = _plain(name), _abouts(), _columns()
    found = [a for a in abouts if a.name == wanted] or [a for a in abouts if _plain(a.title) == wanted]
    if found:
        return "\n\n".join(f"{a.title} ({a.name})\n\n{_lines(measure_rows(a))}" for a in found)
    if wanted in columns:
        return "\n\n".join(f"{wanted} (a column)\n\n{_lines(rows)}" for rows in columns[wanted])
    message = f"there is no such measure{did_you_mean(wanted, {a.name for a in abouts} | columns.keys())}"
    raise ConfigError(Problem.of("KM110", message, fix="`kmnet measures` lists them.", seen=name))


def _columns() -> dict[str, list[tuple[tuple[str, str], ...]]]:
    """The numbers of output tables that are no measure of the catalogue, such as what removals leave."""
    found: dict[str, list[tuple[tuple[str, str], ...]]] = {}
    for table in TABLES.values():
        for column in table.columns:
            if column.kind in ("people", "count", "number", "share", "p", "flag"):
                rows = (("Says", column.means), ("Stands in", f"tables/{table.name}.csv"), ("One value a", table.row))
                found.setdefault(column.name, []).append(rows)
    return found


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
