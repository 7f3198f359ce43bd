"""How much hangs on those who did not answer, and on ties that were missed: bounds, places, and more of it missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kmnet.report import words as w
from kmnet.report.blocks import Check, Fold, Head, Table, named, value
from kmnet.report.reading import ALL, Reading, ordered, records

ASSUMED = {
    "unanswered_none": "no ties but those that others report",
    "unanswered_as_named_by_others": "ties with all who name them",
    "unanswered_as_the_other_moment": "ties as at the other moment",
    "unanswered_all": "ties with everybody, the utmost",
}
"""What those who did not answer may have had."""

LEFT_OUT = {
    "fewer_ties": "ties", "fewer_people": "people", "fewer_answers": "people's answers",
    "fewer_answers_as_happened": "people's answers, in each group as many as were not given",
    "fewer_attendances": "attendances",
}  # fmt: skip
FIVE = 5


def left_out(r: Mapping[str, Any]) -> str:
    """What a row of the table of sensitivity leaves out at random, in words; how much where that may be shown."""
    what = LEFT_OUT[str(r["scenario"])]
    return f"{w.percent(r['dropped'])} of {what}" if w.known(r["dropped"]) else w.sentence(what).rstrip(".")


def checks(reading: Reading) -> Iterator[Check]:
    """Whether the direction of change, and the first places, stand without what was never told."""
    yield from _direction(reading)
    yield from _places(reading)


def _direction(reading: Reading) -> Iterator[Check]:
    held = {cohort: list(found.values()) for cohort, found in _bounds(reading).items()}
    held = {cohort: values for cohort, values in held.items() if len(values) > 1}
    if not held:
        return
    said = w.listing(
        f"{w.difference(min(values))} to {w.difference(max(values))}" + ("" if cohort == ALL else f" ({cohort})")
        for cohort, values in held.items()
    )
    same = all(min(values) > 0 or max(values) < 0 for values in held.values())
    meaning = "the direction stays the same" if same else "the direction hangs on what they would have said"
    text = f"Whatever of the four things below is assumed of them, ties per person change by {said}: {meaning}."
    yield Check("Good" if same else "Check", "People who did not answer", text, "tables/sensitivity.csv")


def _places(reading: Reading) -> Iterator[Check]:
    kept = (reading.results.facts.get("top_five_kept") or {}).get(reading.cohort)
    if not w.known(kept):
        return
    text = (
        f"Were a tenth of the ties missing, {w.number(kept)} of the first five bridges would stay among the first five."
    )
    rows = records(reading.pick("people", network=reading.network, cohort=reading.cohort, moment=reading.after))
    names = ("betweenness", "betweenness_rank_low", "betweenness_rank_high")
    found = [tuple(w.real(r.get(n)) for n in names) for r in rows]
    first = sorted((f for f in found if all(v == v for v in f)), key=lambda f: -f[0])[:FIVE]
    if first:
        _, low, high = max(first, key=lambda f: f[2] - f[1])
        text += f" The widest range of places among them is {places(low, high)}."
    yield Check(
        "Good" if w.real(kept) >= 4 else "Check", "Places of the main bridges", text, "Who bridges, range of places"
    )


def places(low: Any, high: Any) -> str:
    """A range of places; one number where it holds one place."""
    return w.count(low) if low == high else f"{w.count(low)}\u2013{w.count(high)}"


def tables(reading: Reading) -> list[object]:
    """The change under each assumption, and under more and more missing."""
    found = _bounds(reading)
    blocks: list[object] = []
    if found:
        heads = [Head("Cohort"), *(Head(text[:1].upper() + text[1:], numeric=True) for text in ASSUMED.values())]
        body = [
            [
                named(reading.cohort_name(cohort)),
                *(value(w.difference(held.get(name)), held.get(name)) for name in ASSUMED),
            ]
            for cohort, held in found.items()
        ]
        caption = f"Change in ties per person, \u201c{w.plain(reading.network)}\u201d, if people who did not answer had \u2026"
        blocks.append(Table(caption, heads, body))
    more = _thinned(reading)
    paper = "It is on the screen, and in results.xlsx: sensitivity."
    return [*blocks, Fold("If more were missing than is", [more], paper)] if more else blocks


def _bounds(reading: Reading) -> dict[str, dict[str, Any]]:
    rows = records(reading.pick("sensitivity", network=reading.network))
    rows = [r for r in rows if r["scenario"] in ASSUMED and w.known(r["difference"])]
    return {
        c: {r["scenario"]: r["difference"] for r in rows if r["cohort"] == c}
        for c in ordered(r["cohort"] for r in rows)
    }


def _thinned(reading: Reading) -> Table | None:
    rows = records(reading.pick("sensitivity", network=reading.network))
    rows = [r for r in rows if r["scenario"] in LEFT_OUT and w.known(r["difference"])]
    if not rows:
        return None
    heads = [Head("Cohort"), Head("Left out at random"), Head("Change in ties per person", numeric=True), Head("Range", numeric=True),
             Head("First five bridges that stay", numeric=True)]  # fmt: skip
    body = [
        [
            named(reading.cohort_name(r["cohort"])), named(left_out(r)),
            value(w.difference(r["difference"]), r["difference"]),
            value(w.span(r["low"], r["high"]), r["low"]), value(w.number(r["top_five_kept"]), r["top_five_kept"]),
        ]
        for r in rows
    ]  # fmt: skip
    return Table("The study's own network with some of it left out at random, many times", heads, body)


def answers(reading: Reading) -> list[object]:
    """Who answered, by group and moment. Shown inside the team only: elsewhere small groups would tell of single people."""
    shots = [s for m in dict.fromkeys((reading.before, reading.after)) if (s := reading.snapshot(m)) is not None]
    shots = [s for s in shots if s.reports is not None and reading.partition in s.groups]
    if reading.results.share != "inside" or not shots:
        return []
    counts: dict[str, list[tuple[int, int]]] = {}
    for s in shots:
        part = s.groups[reading.partition]
        for code, group in enumerate(part.names):
            mine = s.present & (part.code == code)
            counts.setdefault(group, []).append((int((s.answered & mine).sum()), int(mine.sum())))
    heads = [
        Head(w.sentence(w.plain(reading.partition)).rstrip(".")),
        *(Head(f"Answered {s.label.moment}", numeric=True) for s in shots),
    ]
    body = [
        [named(reading.group(group)), *(value(w.part(*pair), pair[0] / pair[1] if pair[1] else None) for pair in held)]
        for group, held in sorted(counts.items())
    ]
    return [Table(f"Who answered, by {w.plain(reading.partition)}", heads, body)]
