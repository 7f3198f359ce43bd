"""What measures, problem codes and settings mean, as text for the terminal."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable

from kmnet.codes import CODES, Code
from kmnet.config.wording import did_you_mean
from kmnet.errors import ConfigError, Problem
from kmnet.outputs import TABLES
from kmnet.results import About

WIDTH = 100


def _lines(pairs: Iterable[tuple[str, str]]) -> str:
    said = []
    for word, text in pairs:
        if text:
            said.append(textwrap.fill(text, WIDTH, initial_indent=f"{word:<14}", subsequent_indent=" " * 14))
    return "\n".join(said)


def _abouts() -> list[About]:
    """What every measure means, those included that only comparisons have."""
    from kmnet.compare.words import POSITIONS, RANKS, TIES_PER_PERSON
    from kmnet.measures.run import catalogue

    found = [*(item.about for item in catalogue()), TIES_PER_PERSON, *RANKS, *POSITIONS]
    return sorted(found, key=lambda a: (a.of, a.name))


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
    "ties_per_person": "change.csv",
    **dict.fromkeys(("betweenness_between_groups", "brokerage_across"), "equity.csv"),
}
"""The output table that holds the measures of each kind, and those that stand elsewhere."""


def measure_rows(a: About) -> tuple[tuple[str, str], ...]:
    """What is told of a measure, in order; every line is there for every measure."""
    low = "" if a.low == float("-inf") else f"from {a.low:g}"
    high = "" if a.high == float("inf") else f"to {a.high:g}"
    return (
        ("Says", a.reads),
        ("One value a", {"groups": "pair of groups", "pair": "person and contact"}.get(a.of, a.of)),
        ("Stands in", f"tables/{WHERE.get(a.name, WHERE[a.of])}"),
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


PRINTED = {
    "routes through the person": "betweenness",
    "bridging position": "betweenness",
    "bridging place": "betweenness_rank",
    "place": "betweenness_rank",
    "range of places": "betweenness_rank_low",
    "ties": "degree",
    "steps between people": "mean_path_length",
}
"""Words that the report and the map print for a measure in place of its title."""
SMALL = frozenset(
    {"a", "an", "and", "by", "for", "how", "in", "is", "of", "on", "per", "the", "to", "what", "which", "who"}
)
"""Words that tell no measure from another."""
SAME = {"route": "path", "bridge": "bridg", "bridging": "bridg", "broker": "broker", "connection": "tie", "link": "tie"}
"""Other words for what the catalogue calls by one."""
MOST = 25
"""Measures that a search lists."""


def measure_card(name: str) -> str:
    """Everything that is known of the measures that bear a name (or title, or a word that the report prints for one), or of
    a column of an output table; a list of those that come near, where none bears it.

    Raises
    ------
    ConfigError
        KM110 for a name that neither a measure nor a column bears, and that is in the words of none.
    """
    wanted, abouts, columns = _plain(name), _abouts(), _columns()
    wanted = _plain(PRINTED.get(wanted.replace("_", " "), wanted))
    found = [a for a in abouts if a.name == wanted] or [a for a in abouts if _plain(a.title) == wanted]
    if found:
        return "\n\n".join(f"{a.title} ({a.name})\n\n{_lines(measure_rows(a))}" for a in found)
    if wanted in columns:
        return "\n\n".join(f"{wanted} (a column)\n\n{_lines(rows)}" for rows in columns[wanted])
    if near := _near(wanted, abouts):
        return near
    message = f"there is no such measure{did_you_mean(wanted, {a.name for a in abouts} | columns.keys())}"
    raise ConfigError(Problem.of("KM110", message, fix="`kmnet measures` lists them.", seen=name))


def _near(wanted: str, abouts: list[About]) -> str:
    """Measures that hold every word that was asked for: in their names first, then in what is said of them."""
    words = [word for word in wanted.split("_") if word and word not in SMALL] or wanted.split("_")
    words = [SAME.get(word.removesuffix("s"), word.removesuffix("s")) for word in words]
    heads = {a.name: _plain(f"{a.name} {a.title}") for a in abouts}
    whole = {a.name: heads[a.name] + _plain(f" {a.reads} {a.variant} {a.misreading} {a.source}") for a in abouts}
    by_name = [a for a in abouts if words and all(word in heads[a.name] for word in words)]
    by_text = [a for a in abouts if words and a not in by_name and all(word in whole[a.name] for word in words)]
    found = by_name + by_text
    if not found:
        return ""
    if len(found) == 1:
        return measure_card(found[0].name)
    lines = [f"{a.name:<32} {a.of:<13} {a.title}: {a.reads}" for a in found[:MOST]]
    more = [f"... and {len(found) - MOST} more: add a word."] if len(found) > MOST else []
    said = f"{len(found)} measures come near; `kmnet measures NAME` explains one."
    return "\n".join([said, "", *lines, *more])


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
