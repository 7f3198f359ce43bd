"""The top of the report: who and when, what was found in short, and the two maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kmnet.network.network import Network
from kmnet.report import figures, headlines, node_link
from kmnet.report import words as w
from kmnet.report.blocks import Embed, Figure, Key, Picture, Points, Row, Section, Statement, Statements, Text
from kmnet.report.labels import slug, slugs
from kmnet.report.node_link import Drawing
from kmnet.report.reading import Reading, records
from kmnet.report.scene import Spots, network_names, positions
from kmnet.results import Headline

LEVELS = {
    "inside": (
        "Contains personal data: names are shown",
        "For the project team only. Do not pass it on or put it on a shared drive.",
    ),
    "partners": (
        "People are shown as codes",
        "For named recipients. Somebody who was there may still recognise people by their role and ties:"
        " do not publish it.",
    ),
    "public": (
        "No person is shown",
        "Small numbers are hidden or rounded. The structure of a small group can still point to people:"
        " read it through before you publish it.",
    ),
}


@dataclass(frozen=True)
class Header:
    """What stands above the contents."""

    title: str
    question: str
    facts: str
    dates: str
    level: str
    privacy: str
    advice: str
    version: str


def header(reading: Reading) -> Header:
    """Title, people, dates, privacy state and version."""
    results = reading.results
    privacy, advice = LEVELS[results.share]
    made = results.provenance
    return Header(
        title=results.title,
        question=_question(reading),
        facts=_facts(reading),
        dates=_dates(reading),
        level=results.share,
        privacy=privacy,
        advice=advice,
        version=f"kmnet {made.versions.get('kmnet', '')}" + (f", run {made.run}" if made.run else ""),
    )


def _question(reading: Reading) -> str:
    """What the report answers, behind the study's title; "" where the title asks already."""
    if reading.results.title.rstrip().endswith("?"):
        return ""
    changes = reading.before and reading.before != reading.after
    return "did people become better connected?" if changes else "who is connected with whom?"


def _facts(reading: Reading) -> str:
    results = reading.results
    counts = (
        (_people(reading), "person", "people"),
        (results.facts.get("organisations", 0), "organisation", ""),
        (len(results.workshops), "workshop", ""),
        (len(results.artefacts), "piece of evidence", "pieces of evidence"),
        (len(reading.cohorts) if len(reading.cohorts) > 1 else 0, "cohort", ""),
    )
    return w.listing(w.many(number, one, more) for number, one, more in counts if number)


def _people(reading: Reading) -> Any:
    """People of the study; at the public level, where no person has a row, those of the largest network (rounded)."""
    if reading.results.share != "public":
        return len(reading.results.people)
    rows = reading.pick("networks", cohort=reading.cohort, facilitators="with")
    found = [n for n in rows["people"] if w.known(n)]
    return max(found, default=0)


def _dates(reading: Reading) -> str:
    start, end = reading.results.facts.get("start"), reading.results.facts.get("end")
    if not start or not end:
        return ""
    first, last = w.day(str(start)[:7]), w.day(str(end)[:7])
    return first if first == last else f"{first} to {last}"


MOST = 6
"""Statements of the opening: more would not be short."""

PARTS = {
    "connectivity_change": ("change", "What changed", ()),
    "programme_mark": ("change", "What changed", ()),
    "mixing": ("mixing", "Who is linked with whom", ("mixing",)),
    "brokers": ("bridging", "Who bridges", ("people", "brokerage_totals", "bridges")),
    "dependence": ("dependence", "What depends on whom", ("dependence", "networks")),
    "equity": ("equity", "Who has which place", ("equity",)),
    "evidence": ("evidence", "Evidence", ("artefacts",)),
}
"""The section that tells more of a topic, its heading, and the tables that it is made of: it opens with the statement."""

LATER = ("evidence", "equity", "dependence")
"""Topics that stand only at the head of their own section where the opening would grow too long; the first goes first."""


def in_short(reading: Reading) -> Section:
    """The opening statements with their tags, and the rule behind the tags, said once."""
    held = [h for h in reading.results.headlines if headlines.tells(h)]
    if not any(h.topic in ("cannot", "no_change_possible") for h in held):
        held.append(Headline("cannot", "Cannot tell", {}, CAUSE))
    later = []
    for topic in LATER:
        if len(held) > MOST and any(h.topic == topic for h in held) and _has_part(reading, topic):
            held = [h for h in held if h.topic != topic]
            later.append(PARTS[topic][1])
    said = []
    for h in held:
        part = PARTS.get(h.topic) if _has_part(reading, h.topic) else None
        text = headlines.plain(h) if part else headlines.sentence(h)  # the part says it in full
        said.append(Statement(h.tag, f"{text}{_named(reading, h)}", part[:2] if part else None))
    blocks: list[object] = [Statements(said)]
    if later:
        parts = w.listing(f"\u201c{title}\u201d" for title in later[::-1])
        blocks.append(Text(f"More was found: see the first lines of {parts}."))
    rule = " ".join(f"{tag}: {meaning}." for tag, meaning in headlines.RULE.items())
    return Section("in-short", "In short", [*blocks, Text(f"{rule} {uncertainty(reading)}", "note")])


def _has_part(reading: Reading, topic: str) -> bool:
    if topic not in PARTS:
        return False
    return not PARTS[topic][2] or any(len(reading.table(name)) for name in PARTS[topic][2])


def _named(reading: Reading, h: Headline) -> str:
    """Who the main brokers are, for the team only: elsewhere a broker is a role, never a person."""
    if h.topic != "brokers" or reading.results.share != "inside":
        return ""
    rows = reading.pick("people", network=reading.network, cohort=reading.cohort, moment=reading.after)
    found = [(-w.real(v), str(i)) for i, v in zip(rows["id"], rows.get("betweenness", ())) if w.known(v)]
    names = [reading.label(i) for _, i in sorted(found)[: int(w.real(h.numbers.get("top"), 5))]]
    return f" By name: {w.listing(names)}." if names else ""


def heads_of(reading: Reading, topic: str) -> list[object]:
    """The opening's statements on a topic, in full, for the head of the section that tells more."""
    mine = [h for h in reading.results.headlines if h.topic == topic and headlines.tells(h)]
    said = [Statement(h.tag, headlines.sentence(h)) for h in mine]
    return [Statements(said)] if said else []


CAUSE = (
    "What caused a change cannot be read off a network: people also meet, join and leave for other reasons than the"
    " programme."
)


def uncertainty(reading: Reading) -> str:
    """Which uncertainty the report shows, said plainly."""
    rows = reading.table("change")
    shown = len(rows) and not all(w.undefined(v) for v in rows["low"])
    if shown:
        return (
            "Intervals hold 95% of what the data fit and allow for people having several ties; they do not cover"
            " answers that were never given."
        )
    return "No interval is shown for a change: the report describes the data and does not say how far chance reaches."


Drawn = Sequence[tuple[str, Drawing]]
"""File names and drawings of the moments."""


def before_after(reading: Reading, maps: Sequence[str], drawn: Drawn, inside: str = "") -> Section:
    """The maps of the two moments on the same positions, or of the one there is; and the interactive map or its link."""
    shots = moments(reading)
    title = "Before and after" if len(shots) > 1 else "The network"
    blocks: list[object] = [Text(_turnover(reading))]
    if not shots:
        blocks.append(Text("No person is drawn at this sharing level; the tables below say how groups are linked."))
    elif not drawn:
        text = (
            f"With {w.many(shots[-1].n, 'person', 'people')} a picture of everybody cannot be read;"
            " the interactive map opens on organisations and lets you go into each."
        )
        blocks.append(Text(text))
    else:
        blocks.append(Text(_legend(reading, len(shots))))
        blocks += beside(drawn, [figures.map_picture(picture, name) for name, picture in drawn])
    if inside:
        blocks.append(
            Text("The interactive map shows the same and lets you search, filter and choose; scroll inside it.")
        )
        blocks.append(Embed("Interactive map", inside))
    elif maps:
        text = "The interactive map opens in a browser, offline; it lets you search, filter, choose and save pictures for slides:"
        blocks.append(Text(text))
        own = {f"map-{name}.html": w.plain(network) for network, name in slugs(network_names(reading.results)).items()}
        first = "Interactive map" + (", all networks" if len(maps) > 1 else "")
        said = [f"only the network \u201c{own[name]}\u201d" if name in own else first for name in maps]
        blocks.append(Points(said, list(maps)))
    return Section("before-after", title, blocks)


def beside(drawn: Drawn, pictures: Sequence[Picture]) -> list[object]:
    """The pictures beside each other; one legend below stands for those that each would have."""
    if not all(drawing.groups for _, drawing in drawn):
        return [Row([Figure(picture, "") for picture in pictures])]
    bare = [node_link.svg(drawing, name, bare=True) for name, drawing in drawn]
    figures_ = [Figure(picture, "", shown) for picture, shown in zip(pictures, bare)]
    return [Row(figures_), Key(node_link.legend([drawing for _, drawing in drawn]))]


def _legend(reading: Reading, shots: int) -> str:
    if reading.results.share == "public":
        return (
            "Each symbol is a group of people, not a person; a line says that people of the two groups are tied."
            f" {FEW_HIDDEN}"
        )
    text = "Each symbol is a person" + (" and keeps its place in both maps" if shots > 1 else "")
    text += ". Larger symbols stand more often on the shortest route between others."
    if shots > 1:
        text += " New ties are dark blue; ties no longer reported are dashed; ties that cannot be judged are dotted."
    return text + (f" {STAFF_DRAWN}" if shots > 1 and without_staff(reading) else "")


FEW_HIDDEN = "Few ties are hidden: where no line is drawn there may still be some."
STAFF_DRAWN = "Programme staff are drawn too, so more ties are drawn than the sentences count."


def without_staff(reading: Reading) -> bool:
    """Whether the sentences on change leave out programme staff whom the pictures show."""
    rows = reading.pick("tie_change_summary", network=reading.network, cohort=reading.cohort)
    return bool(len(rows)) and "without" in set(rows["facilitators"])


def moments(reading: Reading) -> list[Network]:
    """The networks of the compared moments, or of the one there is."""
    names = [m for m in dict.fromkeys((reading.before, reading.after)) if m]
    return [s for m in names if (s := reading.snapshot(m)) is not None]


def drawings(reading: Reading, spots: Mapping[str, Spots]) -> Drawn:
    """What to draw of each moment; nothing where there are too many people for a picture."""
    shots = moments(reading)
    if not shots or max(s.n for s in shots) > node_link.MOST:
        return []
    places = spots.get(reading.network) or positions(reading.results, reading.network)
    top, states, out = node_link.largest(reading, shots), _states(reading), []
    for k, shot in enumerate(shots, 1):
        title = f"{reading.moment_title(shot.label.moment)}: {w.many(len(shot.pairs[0]), 'tied pair')}"
        if reading.results.share == "public":
            pairs = w.many(len(shot.pairs[0]), "linked pair") if len(shot.pairs[0]) else "no link that can be shown"
            title = f"{reading.moment_title(shot.label.moment)}: {pairs}"
            picture = node_link.group_drawing(shot, places, reading.labels, title)
        else:
            # a tie seen here that the judged reports place at the other moment only is one that cannot be judged
            odd = "formed" if shot.label.moment == reading.before else "dissolved"
            here = {pair: "cannot_tell" if state == odd else state for pair, state in states.items()}
            picture = node_link.drawing(reading, shot, places, here, title=title, top=top)
        out.append((f"map-{k}-{slug(shot.label.moment)}", picture))
    return out


def _states(reading: Reading) -> Mapping[tuple[str, str], str]:
    rows = reading.pick("tie_change", network=reading.network, cohort=reading.cohort)
    found: dict[tuple[str, str], str] = {}
    order = ("dissolved", "cannot_tell", "formed", "kept")
    for source, target, change in zip(rows["source"], rows["target"], rows["change"]):
        pair = (min(source, target), max(source, target))
        if pair not in found or order.index(change) > order.index(found[pair]):
            found[pair] = change
    return found


def _turnover(reading: Reading) -> str:
    rows = records(reading.pick("tie_change_summary", network=reading.network, cohort=reading.cohort))
    rows = sorted(rows, key=lambda r: r["facilitators"] != "without")
    if not rows:
        return ""
    r = rows[0]
    staff = " (programme staff left out)" if r["facilitators"] == "without" else ""
    hidden = w.undefined(r["cannot_tell"])
    more = "a few" if hidden else w.count(r["cannot_tell"])
    unknown = "" if not hidden and w.real(r["cannot_tell"]) == 0 else f"; {more} more cannot be judged"
    return (
        f"Among {w.many(r['people'], 'person', 'people')} present at both moments{staff}, and {w.many(r['pairs'], 'pair')}"
        f" that could be judged both times, {w.many(r['formed'], 'tie was', 'ties were')} formed,"
        f" {w.count(r['kept'])} kept and {w.count(r['dissolved'])} no longer reported"
        f"{unknown}."
    )
