"""What changed: every measure before and after with its interval, the ties themselves, and the programme's mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kmnet.report import charts, style
from kmnet.report import words as w
from kmnet.report.blocks import Cell, Figure, Fold, Head, Section, Statement, Statements, Table, Text, named, value
from kmnet.report.reading import Reading, ordered, records
from kmnet.report.sections import chance, lasting, over_time, pairs

FIRST = (
    "ties_per_person", "mean_degree", "density", "reachable_pairs_share", "isolates", "components",
    "largest_component_share", "reciprocity", "transitivity", "mean_path_length", "global_efficiency", "ei_index",
    "degree_centralisation", "betweenness_centralisation", "bridges", "local_bridges", "cut_points",
)  # fmt: skip
"""Measures that the report shows; the others stand in tables/change.csv."""


def section(reading: Reading) -> Section:
    """The section; where nothing can be compared it says why."""
    if not len(reading.table("change")):
        return Section("change", "What changed", [Text(_why_not(reading)), *chance.beside(reading)])
    blocks: list[object] = [
        *_measures(reading),
        *chance.beside(reading),
        *over_time.people(reading),
        *mark(reading),
        *over_time.verdicts(reading),
        *_everywhere(reading),
        *_ties(reading),
        *pairs.kinds(reading),
        *lasting.lasting(reading),
        *over_time.associations(reading),
    ]
    return Section("change", "What changed", blocks)


def _why_not(reading: Reading) -> str:
    if len(reading.moments) < 2:
        return (
            "The data hold one moment only, so no change can be shown. Dates or survey waves of a second moment would"
            " make it possible."
        )
    return "No two moments of these networks were compared."


def _measures(reading: Reading) -> list[object]:
    with_staff = _rows(reading, reading.network, reading.cohort, "same_people", "with")
    rows = _main(reading, reading.network, reading.cohort)
    if not rows:
        return []
    staff = rows[0]["facilitators"] == "without"
    joined = _rows(reading, reading.network, reading.cohort, "all_people", rows[0]["facilitators"])
    beside = {
        "Change with programme staff": {r["measure"]: r for r in with_staff} if staff else {},
        "Change, joiners and leavers too": {r["measure"]: r for r in joined},
    }
    beside = {title: others for title, others in beside.items() if others}
    chosen = [r for name in FIRST for r in rows if r["measure"] == name and not _empty(r)]
    if not chosen:
        return [Text(w.sentence(str(rows[0]["note"] or "Nothing can be said of what changed")))]
    tested = [r for r in chosen if w.known(r["low"])]
    people = max((r["people"] for r in rows if w.known(r["people"])), default=None)
    text = (
        f"The same {w.many(people, 'person', 'people')} are compared at both moments, over the same pairs."
        f"{' Programme staff are left out, since it is their work to know everybody.' if staff else ''}"
        " People who joined or left can make the whole difference, so the change with them is shown apart."
        f"{_fewer(rows)} Each measure is explained under “Words used”."
    )
    more = f"{len(rows) - len(chosen)} further measures are in tables/change.csv." if len(rows) > len(chosen) else ""
    where = f"in the network \u201c{w.plain(reading.network)}\u201d, {reading.cohort_words(reading.cohort)}"
    blocks: list[object] = [Text(text)]
    if tested:
        blocks.append(_table(reading, f"{_moments(reading)} {where}", tested, beside, _sure))
    described = [r for r in chosen if r not in tested]
    if described:
        caption = f"Described only, {where}: no interval that can be relied on is known for these numbers"
        blocks.append(replace(_table(reading, caption, described, beside, _unsure), more=more))
    return blocks


def _fewer(rows: Sequence[dict[str, Any]]) -> str:
    """Why some measures rest on fewer people than ties per person does."""
    sizes = {r["people"] for r in rows if w.known(r["people"])}
    if len(sizes) < 2:
        return ""
    return (
        " Ties per person counts every pair that could be judged both times; the other measures need every tie of a"
        " person and so rest on the fewer people who answered both times."
    )


def _empty(r: dict[str, Any]) -> bool:
    return all(w.undefined(r[column]) for column in ("before", "after"))


def _table(
    reading: Reading,
    caption: str,
    rows: Sequence[dict[str, Any]],
    beside: Mapping[str, Mapping[str, dict[str, Any]]],
    sure: Callable[[Reading, dict[str, Any]], list[Cell]],
) -> Table:
    """Measures as rows; ``sure`` gives the cells on certainty, ``beside`` further changes by their heading."""
    heads = [Head("Measure"), *(Head(h, numeric=True) for h in ("People", "Before", "After", "Change"))]
    heads += [Head("95% interval", numeric=True), Head("How sure")] if sure is _sure else []
    body = []
    for r in rows:
        name, *numbers = _line(reading, r)
        cells = [name, value(w.count(r["people"]), r["people"]), *numbers, *sure(reading, r)]
        cells += [_difference(reading, others.get(r["measure"], {}), r["measure"]) for others in beside.values()]
        body.append(cells)
    return Table(caption, [*heads, *(Head(title, numeric=True) for title in beside)], body)


def _unsure(reading: Reading, r: dict[str, Any]) -> list[Cell]:
    return []


def _moments(reading: Reading) -> str:
    late = reading.after if reading.after in ("during", "after") else reading.moment_title(reading.after)
    return f"{reading.moment_title(reading.before)} and {late}"


def _rows(reading: Reading, network: str, cohort: str, panel: str, facilitators: str) -> list[dict[str, Any]]:
    keys = {"network": network, "cohort": cohort, "panel": panel, "facilitators": facilitators}
    return records(reading.pick("change", **keys))


def _main(reading: Reading, network: str, cohort: str) -> list[dict[str, Any]]:
    """Rows of the same people, without programme staff where there are any."""
    rows = _rows(reading, network, cohort, "same_people", "without")
    return rows or _rows(reading, network, cohort, "same_people", "with")


def _line(reading: Reading, r: dict[str, Any]) -> list[Cell]:
    say = reading.say(r["measure"])
    return [
        named(reading.title(r["measure"])),
        reading.cell("change", r, "before", say),
        reading.cell("change", r, "after", say),
        _difference(reading, r, r["measure"]),
    ]


def _difference(reading: Reading, r: dict[str, Any], measure: str) -> Cell:
    say = w.points if reading.say(measure) is w.percent else w.difference
    if reading.say(measure) is w.count and not w.undefined(r.get("difference")):
        return value(w.difference(r["difference"]).removesuffix(".0"), r["difference"])
    return reading.cell("change", r, "difference", say)


def _sure(reading: Reading, r: dict[str, Any]) -> list[Cell]:
    say = w.points if reading.say(r["measure"]) is w.percent else w.difference
    if w.undefined(r["low"]) or w.undefined(r["high"]):
        why = reading.why("change", "low", r) or str(r.get("note") or "")
        return [Cell(w.DASH, None, numeric=True, why=w.sentence(why)), Cell("Not tested", "")]
    tag = w.certainty(r["low"], r["high"])
    return [Cell(f"{say(r['low'])} to {say(r['high'])}", r["low"], numeric=True), Cell(tag, tag, tag=tag)]


def _everywhere(reading: Reading) -> list[object]:
    """Ties per person in every network and cohort: the one measure that networks of different size may share."""
    rows = [
        r
        for network in reading.networks
        for cohort in ordered(reading.pick("change", network=network)["cohort"])
        for r in _main(reading, network, cohort)
        if r["measure"] == "ties_per_person"
    ]
    if len(rows) < 2:
        return []
    heads = [
        Head("Network"), Head("Cohort"),
        *(Head(h, numeric=True) for h in ("People", "Before", "After", "Change", "95% interval")), Head("How sure"),
    ]  # fmt: skip
    body = [
        [*_where(reading, r), value(w.count(r["people"]), r["people"]), *_line(reading, r)[1:], *_sure(reading, r)]
        for r in rows
    ]
    table = Table("Ties per person in every network and cohort, same people at both moments", heads, body)
    return [*_forest(reading, rows), table]


def _where(reading: Reading, r: dict[str, Any]) -> list[Cell]:
    return [named(w.plain(str(r["network"]))), named(reading.cohort_name(r["cohort"]))]


def _forest(reading: Reading, rows: Sequence[dict[str, Any]]) -> list[object]:
    known = [r for r in rows if all(w.known(r[c]) for c in ("difference", "low", "high"))]
    if len(known) < 2:
        return []
    dots = [
        charts.Dot(
            f"{w.plain(str(r['network']))}, {reading.cohort_words(r['cohort'])}", r["difference"], r["low"], r["high"],
            symbol=style.GROUPS[0] if r["low"] > 0 or r["high"] < 0 else style.Symbol(style.PAPER, "circle"),
        )
        for r in known[:14]
    ]  # fmt: skip
    alt = "; ".join(f"{d.label}: {w.difference(d.value)}, interval {w.span(d.low, d.high)}" for d in dots)
    title = "Change in ties per person"
    picture = charts.ranges(dots, "change-ties-per-person", title, f"{alt}.", "Change in ties per person", zero=True)
    return [Figure(picture, "Filled where the interval lies wholly on one side of no change. Bars: 95% intervals.")]


def _ties(reading: Reading) -> list[object]:
    rows = records(reading.table("tie_change_summary"))
    apart = any(r["facilitators"] == "without" for r in rows)
    rows = [r for r in rows if r["facilitators"] == ("without" if apart else "with")]
    if not rows:
        return []
    counts = ("people", "pairs", "formed", "kept", "dissolved", "cannot_tell")
    shares = ("formation_rate", "persistence_rate")
    heads = [Head("Network"), Head("Cohort"), *(Head(h, numeric=True) for h in (
        "People", "Pairs judged", "New ties", "Kept", "Gone", "Cannot be judged",
        "New, of pairs not tied before", "Kept, of pairs tied before"))]  # fmt: skip
    body = [
        [
            *_where(reading, r),
            *(reading.cell("tie_change_summary", r, c, w.count) for c in counts),
            *(reading.cell("tie_change_summary", r, c, w.percent) for c in shares),
        ]
        for r in rows
    ]  # fmt: skip
    staff = ", programme staff left out" if apart else ""
    return [Table(f"What became of ties and pairs{staff}", heads, body)]


_TESTS = {
    "formation": "New ties: pairs who shared it against other pairs not tied before (odds ratio)",
    "association_change": "Growth of the link from before to after (ratio of odds ratios)",
    "gained_lost": "Gained against lost, among changed pairs (odds ratio)",
    "placebo": "Tied already before, where there should be no effect (odds ratio)",
    "persistence": "Earlier ties kept: pairs who shared it against other pairs (odds ratio)",
    "rate_change": "Contacts after over before: pairs who shared it against other pairs (ratio of rate ratios)",
    "negative_control": "Contacts inside organisations, after over before: what the logging alone may have changed",
}
_TAGS = {"supported": "Clear", "suggestive": "Likely"}
_VERDICTS = {
    "supported": "supported",
    "suggestive": "suggested, not more",
    "mixed": "mixed",
    "not_shown": "not shown",
    "cannot_be_tested": "cannot be tested",
}


def mark(reading: Reading) -> list[object]:
    """The programme's mark: the verdict in words, and the tests behind it."""
    rows = records(reading.table("effect"))
    if not rows:
        return []
    blocks: list[object] = [Text("Did the programme connect them?", "lead")]
    said: list[Statement] = []
    for r in rows:
        if r["test"] == "verdict":
            said.append(Statement(_TAGS.get(str(r["verdict"]), "Cannot tell"), _said(reading, r)))
    blocks.append(Statements(said))
    tests = [r for r in rows if r["test"] in _TESTS]
    if tests:
        heads = [
            Head("Network"), Head("Cohort"), Head("Question"), Head("Estimate", numeric=True),
            Head("95% interval", numeric=True), Head("Pairs who shared it, tied"), Head("Other pairs, tied"),
            Head("p", numeric=True),
        ]  # fmt: skip
        several = any(w.known(r.get("p_adjusted")) for r in tests)
        heads += [Head("p corrected", numeric=True), Head("Corrected over")] if several else []
        body = [_test(reading, r, several) for r in tests]
        table = Table("The tests behind the verdict; 1 means no difference", heads, body)
        blocks.append(Fold("The tests behind the verdict", [table]))
    return blocks


def _said(reading: Reading, r: dict[str, Any]) -> str:
    """A verdict in words: of what, the counts, and the note."""
    verdict = _VERDICTS.get(str(r["verdict"]), w.plain(str(r["verdict"])))
    shared = pairs.SHARED.get(str(r["exposure"]), w.plain(str(r["exposure"])))
    note = "" if w.undefined(r["note"]) else w.sentence(str(r["note"]))
    counts = ""
    if not any(w.undefined(r[c]) for c in ("exposed_ties", "exposed_pairs", "other_ties", "other_pairs")):
        counts = (
            f" Of pairs {shared} without a tie before, {w.part(r['exposed_ties'], r['exposed_pairs'])} formed one;"
            f" of other pairs {w.part(r['other_ties'], r['other_pairs'])}."
        )
        if w.known(r.get("risk_difference")):
            counts += f" Once likeness and standing are taken into account, the difference is {w.points(r['risk_difference'])}."
    outcome = str(r.get("outcome") or "primary")
    kind = "" if outcome == "primary" else f" ({w.plain(outcome)} outcome)"
    where = w.sentence(
        f"{reading.cohort_words(r['cohort'])}, network \u201c{w.plain(str(r['network']))}\u201d{kind}: {verdict}"
    )
    return f"{where}{counts} {note}".strip()


def _test(reading: Reading, r: dict[str, Any], several: bool) -> list[Cell]:
    family = str(r.get("family") or "")
    corrected = [value(w.chance(r["p_adjusted"]), r["p_adjusted"], "Not corrected."), named(family)] if several else []
    return [
        *_where(reading, r), named(_TESTS[r["test"]]), reading.cell("effect", r, "estimate"),
        Cell(w.span(r["low"], r["high"], signed=False), None if w.undefined(r["low"]) else r["low"], numeric=True),
        Cell(_part(r["exposed_ties"], r["exposed_pairs"]), None), Cell(_part(r["other_ties"], r["other_pairs"]), None),
        reading.cell("effect", r, "p", w.chance), *corrected,
    ]  # fmt: skip


def _part(some: Any, whole: Any) -> str:
    return w.DASH if w.undefined(some) or w.undefined(whole) else w.part(some, whole)
