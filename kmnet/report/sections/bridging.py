"""Who bridges: people on shortest routes, roles in brokering between groups, ties that hold pieces together."""

from __future__ import annotations

from typing import Any

from kmnet.report import charts
from kmnet.report import words as w
from kmnet.report.blocks import Cell, Figure, Head, Section, Table, Text, named, value
from kmnet.report.reading import Reading, records
from kmnet.report.sections import over_time
from kmnet.report.sections.missing import places
from kmnet.report.sections.opening import heads_of

TOP = 12
SURE = 0.05
ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")


def section(reading: Reading) -> Section | None:
    """The section, or None where nothing of it was measured."""
    blocks = [*_people(reading), *_roles(reading), *over_time.brokers(reading), *_changed(reading), *_bridges(reading)]
    return Section("bridging", "Who bridges", [*heads_of(reading, "brokers"), *blocks]) if blocks else None


def _ranked(reading: Reading, moment: str) -> list[dict[str, Any]]:
    rows = reading.pick("people", network=reading.network, cohort=reading.cohort, moment=moment)
    if "betweenness" not in rows.columns:
        return []
    found = [r for r in records(rows) if w.known(r["betweenness"])]
    return sorted(found, key=lambda r: (-float(r["betweenness"]), str(r["id"])))


def _people(reading: Reading) -> list[object]:
    rows = _ranked(reading, reading.after)
    if not rows:
        return []
    earlier = {r["id"]: r for r in _ranked(reading, reading.before)} if reading.before != reading.after else {}
    top = [r for r in rows[:TOP] if r["betweenness"] > 0]
    if not top:
        return [Text("Nobody stands on a shortest route between others: everybody is tied directly or not at all.")]
    text = (
        "These people most often stand on the shortest route between others. Places are uncertain: treat people whose"
        " ranges or values are close as level. A place describes the network and says nothing about anybody's work;"
        " programme staff are expected to bridge while the programme runs."
    )
    kept = (reading.results.facts.get("top_five_kept") or {}).get(reading.cohort)
    if w.known(kept):
        text += f" When some ties are missed, {w.number(kept)} of the first five stay among the first five."
    text += _besides_staff(reading, rows)
    return [Text(text), _dots(reading, top, earlier, len(rows)), _table(reading, top, earlier, len(rows))]


def _besides_staff(reading: Reading, rows: list[dict[str, Any]]) -> str:
    """Who comes first beside programme staff, where staff are among the first: they stay when the programme ends."""
    people = reading.results.people
    staff = {str(i) for i, is_staff in zip(people["id"], people["facilitator"]) if is_staff is True or is_staff == 1}
    others = [r for r in rows if str(r["id"]) not in staff and r["betweenness"] > 0][:5]
    if not others or not staff & {str(r["id"]) for r in rows[:5]}:
        return ""
    return f" Besides programme staff, {w.listing(reading.label(r['id']) for r in others)} come first."


def _dots(reading: Reading, top: list[dict[str, Any]], earlier: dict[str, dict[str, Any]], people: int) -> Figure:
    """Places with their ranges where they were found, else the numbers behind them at both moments."""
    if all(w.known(r.get(f"betweenness_rank_{end}")) for r in top for end in ("low", "high")):
        return _placed(reading, top, people)
    dots = []
    for r in top:
        was = earlier.get(r["id"], {}).get("betweenness")
        dots.append(
            charts.Dot(
                reading.label(r["id"]), float(r["betweenness"]), *_band(r, "betweenness"),
                before=w.real(was),
                symbol=reading.symbols.get(reading.roles.get(r["id"], ""), charts.PLAIN),
            )
        )  # fmt: skip
    alt = "; ".join(f"{d.label}: {w.number(d.value)}" for d in dots)
    title = "People who most often stand between others"
    axis = "Shortest routes between other people that run through the person"
    picture = charts.ranges(dots, "bridging-people", title, f"{alt}.", axis)
    caption = (
        f"Filled: {reading.after}; open: {reading.before}." if earlier else f"{reading.moment_title(reading.after)}."
    )
    return Figure(picture, f"{caption} Shape and colour: {w.plain(reading.partition)}, as in the maps.")


def _placed(reading: Reading, top: list[dict[str, Any]], people: int) -> Figure:
    dots = [
        charts.Dot(
            reading.label(r["id"]), float(place), float(r["betweenness_rank_low"]), float(r["betweenness_rank_high"]),
            symbol=reading.symbols.get(reading.roles.get(r["id"], ""), charts.PLAIN),
        )
        for place, r in enumerate(top, 1)
    ]  # fmt: skip
    alt = "; ".join(f"{d.label}: place {w.count(d.value)}, range {places(d.low, d.high)}" for d in dots)
    title = f"People who most often stand between others, {reading.after}"
    axis = f"Place among {w.many(people, 'person', 'people')} (1 = most often between others)"
    picture = charts.ranges(dots, "bridging-people", title, f"{alt}.", axis, first=True)
    caption = (
        "Bar: where the place would likely fall if a tenth of the ties had been missed. Where bars overlap, treat people"
        f" as level. Shape and colour: {w.plain(reading.partition)}, as in the maps."
    )
    return Figure(picture, caption)


def _band(r: dict[str, Any], name: str) -> tuple[float, float]:
    return w.real(r.get(f"{name}_low")), w.real(r.get(f"{name}_high"))


def _table(reading: Reading, top: list[dict[str, Any]], earlier: dict[str, dict[str, Any]], people: int) -> Table:
    ranged = not w.undefined(top[0].get("betweenness_rank_low"))
    heads = [Head("Person"), Head(w.sentence(w.plain(reading.partition)).rstrip("."))]
    heads.append(Head("Place", numeric=True))
    if ranged:
        heads.append(Head("Range of places"))
    if earlier:
        heads.append(Head(f"Ties {reading.before}", numeric=True))
    heads += [Head(f"Ties {reading.after}", numeric=True), Head("Routes through the person", numeric=True)]
    extra = [name for name in ("constraint", "effective_size", "ei_index") if name in top[0]]
    heads += [Head(reading.title(name), numeric=True) for name in extra]
    body = []
    for place, r in enumerate(top, 1):
        cells = [named(reading.label(r["id"])), named(reading.role(r["id"])), value(w.count(place), place)]
        if ranged:
            low, high = r["betweenness_rank_low"], r["betweenness_rank_high"]
            cells.append(Cell(places(low, high), low))
        if earlier:
            before = earlier.get(r["id"], {}).get("degree")
            cells.append(value(w.count(before), before, "The person was not there before."))
        cells += [reading.cell("people", r, "degree", w.count), reading.cell("people", r, "betweenness")]
        cells += [reading.cell("people", r, name) for name in extra]
        body.append(cells)
    asked = [
        ("Range of places", "Where the place would likely fall if a tenth of the ties had been missed."),
        ("Routes through the person", "Shortest routes between two other people that run through this one (betweenness)."),
    ]  # fmt: skip
    return Table(f"Main bridges {reading.after}, among {w.many(people, 'person', 'people')}", heads, body,
                 more="Everybody is in results.xlsx, sheet people, and in tables/people.csv.",
                 words=[*asked[not ranged :], *reading.words(extra)])  # fmt: skip


def _roles(reading: Reading) -> list[object]:
    rows = records(
        reading.pick(
            "brokerage_totals", network=reading.network, cohort=reading.cohort, moment=reading.after,
            partition=reading.partition, level="group",
        )
    )  # fmt: skip
    if not rows:
        return []
    found = {(str(r["group"]), str(r["role"])): r for r in rows}
    groups = sorted({g for g, _ in found})
    body = [[named(reading.group(g)), *(_role(reading, found.get((g, role), {})) for role in ROLES)] for g in groups]
    heads = [Head("Brokers' group"), *(Head(role.capitalize(), numeric=True) for role in ROLES)]
    text = (
        "A broker stands between two people who are not tied to each other. A coordinator links two of the own group;"
        " an itinerant two of one other group; a representative leads out of the own group and a gatekeeper into it;"
        " a liaison links two other groups."
    )
    caption = f"Open two-step routes by the broker's {w.plain(reading.partition)}, {reading.after}"
    more = "Each person's roles are in tables/brokerage.csv." if len(reading.table("brokerage")) else ""
    return [Text(text), Table(caption, heads, body, more=more)]


def _role(reading: Reading, r: dict[str, Any]) -> Cell:
    if w.real(r.get("possible")) == 0:
        return Cell(
            w.DASH, None, numeric=True, why="Not possible: the group or the others are too small for this role."
        )
    return reading.cell("brokerage_totals", r, "count", w.count)


def _changed(reading: Reading) -> list[object]:
    """Whose brokering changed beyond what re-drawing the changed ties would give."""
    rows = records(
        reading.pick("brokerage_change", network=reading.network, cohort=reading.cohort, partition=reading.partition)
    )
    known = [r for r in rows if w.known(r["q"])]
    if not known:
        return []
    sure = sorted((r for r in known if r["q"] <= SURE), key=lambda r: (r["q"], str(r["id"])))
    text = (
        f"{w.many(len(sure), 'person', 'people')} of {w.count(len(known))} broker clearly more or less than before; for"
        " the others the change is within what chance gives when the same number of ties comes and goes."
    )
    if not sure:
        return [Text(text.replace("0\u00a0people", "No person", 1).replace("broker clearly", "brokers clearly", 1))]
    heads = [Head("Person"), Head("Group"), *(Head(h, numeric=True) for h in ("Before", "After", "Difference"))]
    body = [
        [
            named(reading.label(r["id"])), named(reading.group(r["group"])),
            *(reading.cell("brokerage_change", r, c, w.count) for c in ("before", "after")),
            value(w.difference(r["difference"]).removesuffix(".0"), r["difference"]),
        ]
        for r in sure[:TOP]
    ]  # fmt: skip
    return [Text(text), Table("Open two-step routes brokered, where the change is clear", heads, body)]


def _bridges(reading: Reading) -> list[object]:
    rows = reading.pick("bridges", network=reading.network, cohort=reading.cohort, moment=reading.after)
    found = records(rows)
    if not found:
        return []
    cut = [r for r in found if r["bridge"]]
    text = (
        f"{w.many(len(cut), 'tie is a bridge', 'ties are bridges')}: without such a tie the network falls into more"
        f" pieces. {w.many(len(found) - len(cut), 'more tie joins', 'more ties join')} people who share no contact"
        " (local bridges)."
    )
    if reading.results.share == "public":
        return [Text(text)]
    heads = [Head("From"), Head("To"), Head("Kind"), Head("Way round", numeric=True),
             Head("Routes through the tie", numeric=True), Head("Crosses")]  # fmt: skip
    first = sorted(found, key=lambda r: (-w.real(r["betweenness"], 0.0), str(r["source"]), str(r["target"])))[:TOP]
    body = [
        [
            named(reading.label(r["source"])), named(reading.label(r["target"])),
            named("Bridge" if r["bridge"] else "Local bridge"),
            value(w.count(r["span"]), r["span"], "There is no other way round."),
            reading.cell("bridges", r, "betweenness"),
            named(w.plain(str(r["groups_crossed"] or "")).replace(";", ", ")),
        ]
        for r in first
    ]  # fmt: skip
    return [Text(text), Table(f"Bridging ties that most routes use, {reading.after}", heads, body,
                              more="All are in tables/bridges.csv.")]  # fmt: skip
