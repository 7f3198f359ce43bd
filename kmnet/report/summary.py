"""summary.html: one page in plain English for public advisers and commissioners, made of parts of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kmnet.report import headlines
from kmnet.report import words as w
from kmnet.report.blocks import Figure, Points, Row, Section, Statement, Statements, Text
from kmnet.report.reading import Reading
from kmnet.report.sections import method, opening

PLAIN = {
    "Clear": "We are sure of this.",
    "Likely": "This is probably so.",
    "Cannot tell": "We cannot tell from these data.",
}


def sections(reading: Reading, report: Sequence[Section]) -> list[Section]:
    """What was looked at, what was found, the two maps, how sure one can be, and what to talk about."""
    out = [
        Section("about", "What this is", [Text(_about(reading))]),
        Section("found", "What was found", [Statements(list(_statements(reading)))]),
    ]
    maps = next((s for s in report if s.name == "before-after"), None)
    pictures = [b for b in (maps.blocks if maps else ()) if isinstance(b, Row)]
    if pictures:
        text = (
            "Each symbol is a person. A line joins two people who are in touch. People keep their place, so what"
            " differs between the pictures is who is in touch with whom."
        )
        out.append(Section("pictures", maps.title if maps else "", [Text(text), *map(_renamed, pictures)]))
    out.append(Section("sure", "How sure can we be?", [Points(_sure(reading))]))
    out.append(method.questions(reading))
    text = (
        "A link is two people who said that they are in touch, or whose contact is on record. Nobody is ranked"
        " here: where someone stands in a network says nothing about how well they work."
    )
    return [*out, Section("words", "Words used", [Text(text)])]


def _renamed(row: Any) -> Any:
    """The pictures without captions (their titles say it)."""
    return Row([Figure(block.picture, "") for block in row.blocks])


def _about(reading: Reading) -> str:
    head = opening.header(reading)
    when = f" ({head.dates})" if head.dates else ""
    who = f" It looks at {head.facts}." if head.facts else ""
    return f"{head.title}{when}: who is in touch with whom, and did that change?{who}"


def _statements(reading: Reading) -> Iterator[Statement]:
    for h in reading.results.headlines:
        if h.topic != "no_uncertainty_yet":
            yield Statement(h.tag, headlines.sentence(h))
    yield Statement("Cannot tell", opening.CAUSE)


def _sure(reading: Reading) -> list[str]:
    said = [f"{tag}: {text}" for tag, text in PLAIN.items()]
    response = reading.results.facts.get("response") or {}
    said += [f"{w.part(*counts)} people answered the {wave} survey." for wave, counts in response.items()]
    said.append("People who did not answer may have had more or fewer links than we can see.")
    return said
