"""What comparisons found beside the change of the network: how sure it is, who stands where, and who was not reached."""

from __future__ import annotations

from typing import Any

from kmnet.report import words as w
from kmnet.report.blocks import Cell, Fold, Head, Table, Text, named, value
from kmnet.report.reading import Reading, ordered, records
from kmnet.report.sections.missing import left_out

MOST = 20


def people(reading: Reading) -> list[object]:
    """Who joined, left and did not answer."""
    rows = records(reading.pick("tie_change_summary", network=reading.network, cohort=reading.cohort))
    said = []
    for r in rows[-1:]:
        if any(w.undefined(r.get(c)) for c in ("joined", "left", "silent")):
            return []
        said.append(
            f"{w.many(r['joined'], 'person', 'people')} joined and {w.count(r['left'])} left between the moments;"
            f" {w.count(r['silent'])} were there both times and did not answer both times."
        )
        if w.known(r["contacts_of_leavers"]) and w.known(r["contacts_of_stayers"]):
            said.append(
                f"Those who left had {w.number(r['contacts_of_leavers'])} contacts each before, those who stayed"
                f" {w.number(r['contacts_of_stayers'])}."
            )
    return [Text(" ".join(said))] if said else []


def verdicts(reading: Reading) -> list[object]:
    """How often the verdict stays when a part of the study is lost, and what it is under other rules."""
    rows = [r for r in records(reading.pick("sensitivity", network=reading.network)) if str(r.get("verdict") or "")]
    lost = [r for r in rows if w.known(r["verdict_kept"])]
    other = [r for r in rows if w.undefined(r["verdict_kept"])]
    blocks: list[object] = []
    if lost:
        heads = [Head("Cohort"), Head("Verdict"), Head("Lost at random"), Head("Draws", numeric=True),
                 Head("Same verdict", numeric=True)]  # fmt: skip
        body = [
            [
                named(reading.cohort_name(r["cohort"])), named(w.plain(str(r["verdict"]))),
                named(left_out(r)),
                value(w.count(r["draws"]), r["draws"]), value(w.percent(r["verdict_kept"]), r["verdict_kept"]),
            ]
            for r in lost
        ]  # fmt: skip
        blocks.append(Table("How often the verdict stays when some of the study is lost", heads, body))
    if other:
        heads = [
            Head("Cohort"),
            Head("Counted otherwise"),
            Head("Change in ties per person", numeric=True),
            Head("Verdict"),
        ]
        body = [
            [
                named(reading.cohort_name(r["cohort"])), named(w.sentence(str(r["note"])).rstrip(".")),
                value(w.difference(r["difference"]), r["difference"]), named(w.plain(str(r["verdict"]))),
            ]
            for r in other
        ]  # fmt: skip
        blocks.append(Table("The verdict with other rules", heads, body))
    paper = "It is on the screen, and in results.xlsx: effect and sensitivity."
    return [Fold("How far the verdict hangs on single answers and rules", blocks, paper)] if blocks else []


def associations(reading: Reading) -> list[object]:
    """Regressions and correlations of networks."""
    rows = [r for r in records(reading.table("associations")) if w.known(r["estimate"])]
    asked = [r for r in rows if str(r["model"]) != "0"]
    rows = asked + [r for r in rows if str(r["model"]) == "0" and r["network"] == reading.network]
    if not rows:
        return []
    heads = [Head("Outcome"), Head("Cohort"), Head("Model"), Head("Goes with"), Head("Estimate", numeric=True),
             Head("t or z", numeric=True), Head("p", numeric=True), Head("Pairs", numeric=True)]  # fmt: skip
    body = [
        [
            named(f"{w.plain(str(r['network']))}, {r['moment']}"), named(reading.cohort_name(r["cohort"])),
            named(" ".join(filter(None, (w.plain(str(r["family"] or "")), w.plain(str(r["method"])))))),
            named(w.plain(str(r["term"]))), value(w.number(r["estimate"]), r["estimate"]),
            value(w.number(r["statistic"]), r["statistic"]), value(w.chance(r["p"]), r["p"]),
            value(w.count(r["rows"]), r["rows"]),
        ]
        for r in rows[: 3 * MOST]
    ]  # fmt: skip
    text = (
        "Whole networks beside each other; p says how often renaming all people gives as much. What goes with ties need"
        " not have made them."
    )
    more = f"{len(rows) - len(body)} more are in tables/associations.csv." if len(rows) > len(body) else ""
    table = Table("What goes with being tied: correlations and regressions of networks", heads, body, more=more)
    paper = "It is on the screen, and in results.xlsx: associations."
    return [Text(text), table] if asked else [Fold("How alike the two moments are", [Text(text), table], paper)]


def brokers(reading: Reading) -> list[object]:
    """How many of the first bridges stay, beside how many would stay had nothing changed."""
    rows = [r for r in records(reading.pick("broker_stability", network=reading.network)) if w.known(r["stayed"])]
    if not rows:
        return []
    heads = [Head("Cohort"), *(Head(h, numeric=True) for h in (
        "People", "First bridges before", "Still first after", "Would be if nothing had changed", "Clearly changed",
        "Bridge only by the programme"))]  # fmt: skip
    names = ("people", "top", "stayed", "stayed_by_chance", "changed", "only_by_programme")
    body = [
        [
            named(reading.cohort_name(r["cohort"])),
            *(
                reading.cell("broker_stability", r, n, w.number if n == "stayed_by_chance" else w.count)
                for n in names
            ),
        ]
        for r in rows
    ]  # fmt: skip
    text = (
        "Among the same people, who bridges changes from one time to the next even if nothing happens, so new bridges are"
        " no finding by themselves. The last column counts people who would bridge nobody, had pairs who shared the"
        " programme formed no tie."
    )
    return [Text(text), Table("The first bridges before and after", heads, body)]


def differences(reading: Reading) -> list[object]:
    """How cohorts differ in change."""
    rows = records(reading.pick("cohort_differences", network=reading.network))
    rows = [r for r in rows if w.known(r["difference"])]
    if not rows:
        return []
    heads = [
        Head("Cohort"),
        Head("Beside"),
        Head("Difference in change", numeric=True),
        Head("95% interval", numeric=True),
    ]
    body = [
        [
            named(r["cohort"]), named(r["other"]), value(w.difference(r["difference"]), r["difference"]),
            value(w.span(r["low"], r["high"]), r["low"]),
        ]
        for r in rows
    ]  # fmt: skip
    text = "Cohorts differ by ordinary luck: in a quarter to a half of programmes such an interval leaves out nought."
    caption = "Cohorts beside each other: difference in the change of ties per person, same people"
    return [Table(caption, heads, body), Text(text)]


def groups(reading: Reading) -> list[object]:
    """How gaps moved, who got the new ties, who stands between, and signs that a group is there for show."""
    return [*_gaps(reading), *_new(reading), *_between(reading), *_signs(reading)]


def _mine(reading: Reading, table: str) -> list[dict[str, Any]]:
    return records(reading.pick(table, network=reading.network, cohort=reading.cohort))


def _gaps(reading: Reading) -> list[object]:
    rows = [r for r in _mine(reading, "equity_change") if w.known(r["difference"])][:MOST]
    if not rows:
        return []
    heads = [Head("Group"), Head("Measure"), *(Head(h, numeric=True) for h in (
        "People", "Gap before", "Gap after", "Change of the gap", "95% interval")), Head("How sure")]  # fmt: skip
    body = [
        [
            named(reading.group(r["group"])), named(reading.title(r["measure"])), value(w.count(r["people"]), r["people"]),
            *(value(w.difference(r[c]), r[c]) for c in ("before", "after", "difference")),
            value(w.span(r["low"], r["high"]), r["low"]), named(w.certainty(r["low"], r["high"])),
        ]
        for r in rows
    ]  # fmt: skip
    return [Table("Did the gaps move? The same people, who answered both times", heads, body)]


def _new(reading: Reading) -> list[object]:
    rows = [r for r in _mine(reading, "gains") if w.known(r.get("new_ties")) and w.known(r.get("new_ties_involving"))]
    said = [
        f"{w.part(r['new_ties_involving'], r['new_ties'])} new ties involve somebody of the group {reading.group(r['group'])}"
        + (
            f"; {w.number(r['expected_involving'])} would if they were spread evenly"
            if w.known(r["expected_involving"])
            else ""
        )
        for r in rows
    ]
    return [Text(w.sentence(". ".join(said)))] if said else []


def _between(reading: Reading) -> list[object]:
    rows = _mine(reading, "brokerage_pairs_change")
    whole = [r for r in rows if not str(r["id"] or "") and w.known(r["after"]) and w.known(r["before"])]
    if not whole:
        return []
    shot = reading.snapshot(reading.after)
    joint = "to" if shot is not None and shot.directed else "and"
    heads = [Head("Between"), *(Head(h, numeric=True) for h in ("Open routes before", "After")), Head("Most, after")]
    body = []
    for r in whole[:MOST]:
        pair = [
            x
            for x in rows
            if str(x["id"] or "") and (x["from_group"], x["to_group"]) == (r["from_group"], r["to_group"])
        ]
        first = sorted(pair, key=lambda x: (-w.real(x["after"], 0.0), str(x["id"])))[:3]
        said = w.listing(
            f"{reading.label(x['id'])} ({w.count(x['after'])})" for x in first if w.real(x["after"], 0.0) > 0
        )
        body.append(
            [
                named(f"{reading.group(r['from_group'])} {joint} {reading.group(r['to_group'])}"),
                value(w.count(r["before"]), r["before"]), value(w.count(r["after"]), r["after"]), named(said or w.DASH),
            ]
        )  # fmt: skip
    caption = (
        "Who stands between: open two-step routes between people who are not tied, among those who answered both times"
    )
    return [Table(caption, heads, body, more="All are in tables/brokerage_pairs_change.csv.")]


def _signs(reading: Reading) -> list[object]:
    rows = [r for r in _mine(reading, "warnings_of_tokenism") if r["moment"] == reading.after and w.known(r["of"])]
    if not rows:
        return []
    caption = f"Signs that a group may be there for show, {reading.after}: rules, not tests"
    groups, signs = ordered(r["group"] for r in rows), ordered(r["sign"] for r in rows)
    means = {str(r["sign"]): w.sentence(str(r["means"])) for r in rows}
    if len(groups) == 1:
        body = [[named(means[str(r["sign"])]), _sign(r)] for r in rows]
        return [Table(f"{caption}: {reading.group(groups[0])}", [Head("Sign"), Head("People", numeric=True)], body)]
    held = {(str(r["group"]), str(r["sign"])): r for r in rows}
    shown = [g for g in groups if any(w.real(held[g, s]["people"], 0.0) > 0 for s in signs if (g, s) in held)]
    if not shown:
        return [
            Text(
                f"No sign that a group may be there for show was found {reading.after}, in any of {len(groups)} groups."
            )
        ]
    heads = [Head("Group"), *(Head(SIGNS.get(s, w.plain(s)), numeric=True) for s in signs)]
    body = [
        [named(reading.group(g)), *(_sign(held[g, s]) if (g, s) in held else Cell(w.DASH, numeric=True) for s in signs)]
        for g in shown[:MOST]
    ]
    words = [(SIGNS.get(s, w.plain(s)), means[s]) for s in signs]
    more = (
        f"{w.many(len(groups) - len(body), 'further group')}: tables/warnings_of_tokenism.csv."
        if len(groups) > len(body)
        else ""
    )
    return [Table(caption, heads, body, more=more, words=words)]


SIGNS = {
    "mostly_tied_to_staff": "Tied mostly to staff",
    "names_but_is_not_named": "Names others, is not named",
    "alone_in_team": "Alone in the team",
    "lost_all_ties": "Lost all contacts",
    "comes_without_returned_tie": "Comes, has no tie back",
    "never_a_maker": "Never named as a maker",
}
"""Headings of the signs; what each is in full stands under the table."""


def _sign(r: dict[str, Any]) -> Cell:
    return value(w.part(r["people"], r["of"]), r["people"])


def reached(reading: Reading) -> list[object]:
    """Which organisations and people the programme did not reach."""
    rows = records(reading.table("organisations_reached"))
    if not rows:
        return []
    missed = [r for r in rows if str(r["status"]) not in ("", "reached")]
    text = f"Of the {w.many(len(rows), 'organisation')} that can be shown, {w.count(len(rows) - len(missed))} were reached."
    people = records(reading.pick("people_not_reached", network=reading.network))
    names = ordered(reading.label(r["id"]) for r in people)
    if names:
        said = w.listing(names[:MOST]) + (f" and {len(names) - MOST} more" if len(names) > MOST else "")
        text += f" {w.many(len(names), 'person', 'people')} came to no workshop and {'has' if len(names) == 1 else 'have'} no tie: {said}."
        if (reading.table("findings")["code"] == "KM302").any():
            text += " Rows in which a name of several people stands are nobody's, so some may be theirs."
    words = {
        "nobody_registered": "none of its people takes part", "nobody_came": "none of its people came",
        "no_tie_outside": "none of its people is tied to another organisation",
    }  # fmt: skip
    heads = [Head("Not reached"), Head("Why"), Head("People", numeric=True), Head("Evidence on record")]
    body = [
        [
            named(reading.place_name("organisation", r["id"])), named(words.get(str(r["status"]), str(r["status"]))),
            reading.cell("organisations_reached", r, "people", w.count), named(str(r["evidence"] or w.DASH)),
        ]
        for r in missed
    ]  # fmt: skip
    return [Text(text), *([Table("Organisations that were not reached", heads, body)] if missed else [])]
