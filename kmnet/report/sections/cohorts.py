"""Cohorts over time: the same measures on the same scale, and who came to which workshop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kmnet.report import charts
from kmnet.report import words as w
from kmnet.report.blocks import Cell, Figure, Head, Section, Table, Text, named, value
from kmnet.report.reading import ALL, Reading, ordered, records
from kmnet.report.sections import over_time

LARGE = 0.2
"""Meetings of at least this share of a cohort are shown one by one."""
MOST = 40
SHOWN = ("ties_per_person", "reachable_pairs_share", "ei_index")


def section(reading: Reading) -> Section | None:
    """The section, or None where there is neither a cohort table nor attendance."""
    blocks = [*_measures(reading), *over_time.differences(reading), *_attendance(reading)]
    return Section("cohorts", "Cohorts over time" if reading.cohorts else "Over time", blocks) if blocks else None


def _measures(reading: Reading) -> list[object]:
    rows = records(reading.pick("cohorts", network=reading.network))
    if not rows:
        return []
    names = ordered(r["measure"] for r in rows)
    chosen = [n for n in SHOWN if n in names] or names[:2]
    several = (
        "Each cohort is one case: a difference between cohorts may come from the cohorts themselves and is not a"
        " verdict on a programme year. Lines share one scale within a measure. "
    )
    counted = (
        f"Everybody who was there at a moment is counted{_staff(reading)}, so numbers differ from those of the same"
        " people under “What changed”."
    )
    blocks: list[object] = [Text((several if len(reading.cohorts) > 1 else "") + counted)]
    for name in chosen[:2]:
        blocks += _lines(reading, [r for r in rows if r["measure"] == name], name)
    blocks.append(_table(reading, [r for r in rows if r["measure"] in chosen]))
    return blocks


def _staff(reading: Reading) -> str:
    return ", programme staff too" if any(s.facilitator.any() for s in reading.results.snapshots) else ""


def _lines(reading: Reading, rows: list[dict[str, Any]], name: str) -> list[object]:
    steps = ordered(r["moment"] for r in rows)
    share = reading.say(name) is w.percent
    panels = []
    for cohort in ordered(r["cohort"] for r in rows)[:5]:
        at = {r["moment"]: r for r in rows if r["cohort"] == cohort}
        values, low, high = (
            [w.real(at.get(m, {}).get(end)) * (100 if share else 1) for m in steps] for end in ("value", "low", "high")
        )
        banded = any(v == v for v in low)
        panels.append(
            charts.Panel(
                reading.cohort_name(cohort), steps,
                [charts.Line(cohort, values, low if banded else (), high if banded else ())],
            )
        )  # fmt: skip
    if len(steps) < 2 or not panels:
        return []
    alt = "; ".join(
        f"{p.title}: " + ", ".join(f"{s} {w.number(v)}" for s, v in zip(p.steps, p.lines[0].values)) for p in panels
    )
    title = f"{reading.title(name)} by moment"
    axis = reading.title(name) + (" (%)" if share else "")
    file = f"cohorts-{name.replace('_', '-')}"
    picture = charts.lines(panels, file, title, f"{alt}.", axis, top=103 if share else None)
    band = " Band: 95% interval." if any(p.lines[0].low for p in panels) else ""
    return [Figure(picture, f"{title}{', each cohort from its own start' if len(reading.cohorts) > 1 else ''}.{band}")]


def _table(reading: Reading, rows: list[dict[str, Any]]) -> Table:
    """Measures and cohorts as rows, moments as columns."""
    steps = ordered(r["moment"] for r in rows)
    lines: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for r in rows:
        lines.setdefault((str(r["measure"]), str(r["cohort"])), {})[str(r["moment"])] = r
    heads = [Head("Measure"), Head("Cohort"), *(Head(reading.moment_title(m), numeric=True) for m in steps)]
    heads.append(Head("To mind"))
    body = []
    for (measure, cohort), at in lines.items():
        cells = [named(reading.title(measure)), named(reading.cohort_name(cohort))]
        cells += [_cell(reading, at[m], measure) if m in at else value(w.DASH, None, "Not measured.") for m in steps]
        said = [("" if _fits(r) else "Not comparable. ") + w.sentence(str(r["reason"] or "")) for r in at.values()]
        cells.append(Cell(" ".join(dict.fromkeys(filter(None, said))), None))
        body.append(cells)
    return Table(f"Measures by cohort and moment, network \u201c{w.plain(reading.network)}\u201d", heads, body)


def _cell(reading: Reading, r: dict[str, Any], measure: str) -> Cell:
    cell = reading.cell("cohorts", r, "value", reading.say(measure))
    if w.undefined(r["low"]) or w.undefined(r["high"]):
        return cell
    return replace(cell, text=f"{cell.text} ({w.span(r['low'], r['high'], signed=False)})")


def _fits(r: dict[str, Any]) -> bool:
    return w.undefined(r["comparable"]) or bool(r["comparable"])


def _attendance(reading: Reading) -> list[object]:
    rows = records(reading.table("attendance"))
    rows = [r for r in rows if r["cohort"] != ALL or not reading.cohorts]
    large = [r for r in rows if w.real(r["share"]) >= LARGE]
    rows, small = (large, len(rows) - len(large)) if large else (rows, 0)
    if not rows:
        return []
    heads = [Head("Cohort"), Head("Workshop"), Head("Date"), Head("Came", numeric=True),
             Head("Of the cohort's" if reading.cohorts else "Of", numeric=True), Head("Share", numeric=True)]  # fmt: skip
    body = [
        [
            named(reading.cohort_name(r["cohort"])), named(r["title"] or reading.place_name("workshop", r["workshop"])),
            named(w.day(r["date"]) if not w.undefined(r["date"]) else ""), value(w.count(r["attended"]), r["attended"]),
            value(w.count(r["expected"]), r["expected"]), value(w.percent(r["share"]), r["share"]),
        ]
        for r in rows
    ]  # fmt: skip
    text = (
        "Coming to the same workshop is an opportunity to meet, not yet a tie: it is shown here and never counted as"
        " connection. Somebody missing from a list may still have been in the room."
    )
    more = (
        f"{w.many(small, 'smaller meeting')} (under a fifth of the cohort) are in tables/attendance.csv."
        if small
        else ""
    )
    return [Text(text), *_turnout(reading, rows), Table("Who came", heads, body[:MOST], more=more)]


def _shares(values: Sequence[float]) -> str:
    """Percentages in words; of very many, how they lie."""
    known = [v / 100 for v in values if v == v]
    if len(known) <= 2 * MOST:
        return ", ".join(map(w.percent, known))
    middle = sorted(known)[len(known) // 2]
    return (
        f"{w.percent(min(known))} to {w.percent(max(known))}, half of {len(known)} meetings above {w.percent(middle)}"
    )


def _turnout(reading: Reading, rows: list[dict[str, Any]]) -> list[object]:
    by_cohort = {c: [w.real(r["share"]) for r in rows if r["cohort"] == c] for c in ordered(r["cohort"] for r in rows)}
    longest = max(map(len, by_cohort.values()))
    if longest < 2:
        return []
    steps = [str(k + 1) for k in range(longest)]
    lines = [
        charts.Line(reading.cohort_name(c), [100 * v for v in values] + [float("nan")] * (longest - len(values)))
        for c, values in by_cohort.items()
    ]
    alt = "; ".join(f"{line.label}: {_shares(line.values)}" for line in lines)
    panel = charts.Panel("Workshops in order of their dates", steps, lines[:6])
    each, whose = ("each cohort's", "the cohort's") if reading.cohorts else ("all", "all")
    title = f"Share of {each} people at each workshop"
    picture = charts.lines([panel], "attendance", title, f"{alt}.", f"Of {whose} people (%)", top=103)
    return [Figure(picture, f"Share of {each} people who came, workshop by workshop.")]
