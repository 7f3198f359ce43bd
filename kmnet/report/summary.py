"""summary.html: one page in plain English for public advisers and commissioners. It names nobody at any level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kmnet.report import headlines, node_link
from kmnet.report import words as w
from kmnet.report.blocks import Picture, Points, Section, Statement, Statements, Text
from kmnet.report.reading import Reading
from kmnet.report.sections import method, opening, trust

PLAIN = {
    "Clear": "the data settle it",
    "Likely": "it is probably so",
    "Cannot tell": "the data do not settle it",
}

ABOUT = (
    "Who is in touch with whom, and did that change? This page sums up in plain words what was found. A tie is two people"
    " who said that they are in touch, or whose contact is on record. Nobody is ranked here: where someone stands in a"
    " network says nothing about how well they work."
)


def header(head: opening.Header) -> opening.Header:
    """The report's header with this page's own privacy state."""
    if head.level != "inside":
        return head
    return replace(
        head,
        level="partners",
        privacy="No person is named on this page",
        advice="Small groups can still point to people: read it through before you pass it on.",
    )


def sections(reading: Reading, drawn: opening.Drawn) -> list[Section]:
    """What was looked at, what was found, the two maps, how sure one can be, and what to talk about."""
    out = [
        Section("about", "What this is", [Text(ABOUT)]),
        Section("found", "What was found", [Statements(list(_statements(reading)))]),
    ]
    if drawn:
        one = "Each symbol is a group of people." if reading.results.share == "public" else "Each symbol is a person."
        text = f"{one} A line joins two who are in touch. Symbols keep their place, so that you can compare."
        text += f" {opening.FEW_HIDDEN}" if reading.results.share == "public" else ""
        text += (
            f" {opening.STAFF_DRAWN}" if reading.results.share != "public" and opening.without_staff(reading) else ""
        )
        bare = [(name, replace(picture, names={}) if picture.groups else picture) for name, picture in drawn]
        pictures = [Picture(name, p.title, p.alt, node_link.svg(p, name), b"") for name, p in bare]
        out.append(Section("pictures", "Who is in touch with whom", [Text(text), *opening.beside(bare, pictures)]))
    out.append(Section("sure", "How sure can we be?", [Points(_sure(reading))]))
    out.append(method.questions(reading))
    return out


def _statements(reading: Reading) -> Iterator[Statement]:
    topics = [h.topic for h in reading.results.headlines]
    for h in reading.results.headlines:
        if h.topic != "no_uncertainty_yet":
            yield Statement(h.tag, headlines.plain(h))
    if "cannot" not in topics and "no_change_possible" not in topics:
        yield Statement("Cannot tell", opening.CAUSE)


def _sure(reading: Reading) -> list[str]:
    said = [f"{w.listing(f'{tag} means that {text}' for tag, text in PLAIN.items())}."]
    response = reading.results.facts.get("response") or {}
    said += [
        f"{trust.answers(reading, counts)} people answered the {wave} survey." for wave, counts in response.items()
    ]
    said.append("People who did not answer may have had more or fewer ties than we can see.")
    return said
