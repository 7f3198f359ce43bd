"""How it was done and what it cannot show, questions to discuss, the words used, and the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kmnet.network.network import Network
from kmnet.report import words as w
from kmnet.report.blocks import Fold, Head, Points, Section, Table, Terms, Text, named
from kmnet.report.reading import Reading
from kmnet.report.sections.opening import uncertainty
from kmnet.results import About

LAYERS = {
    "reported": "ties as people reported them in a survey",
    "behavioural": "ties seen in a log of contacts",
    "imposed": "being at the same place or on the same document: an opportunity, never an outcome",
}


def how(reading: Reading) -> Section:
    """What was counted as a tie, what was compared, and the limits."""
    blocks: list[object] = [_networks(reading)] if reading.results.snapshots else []
    items = [
        "Before and after are compared on the same people and the same pairs; pairs that nobody could report at one of"
        " the two moments are left out and counted.",
        uncertainty(reading),
        "Being in the same room is never counted as a connection that was made.",
        "Numbers are printed with and without programme staff, because staff can make a network look connected.",
        "People whom others named are counted too, although nobody may have asked them; so they are part of these data.",
        "A value that is not defined is shown as an en dash with the reason, never as nought.",
    ]
    draws = reading.results.facts.get("draws")
    if draws:
        items.append(f"Chance was drawn {w.count(draws)} times from the seed {reading.results.provenance.seed}.")
    blocks.append(Points(items))
    if reading.notes:
        blocks += [Text("Assumptions of this run:"), Points(list(reading.notes))]
    blocks += [Text("What it cannot show", "lead"), Points(CANNOT)]
    return Section("method", "How it was done, and what it cannot show", blocks)


CANNOT = (
    "Whether the programme caused a change: people also meet, join and leave for other reasons.",
    "How good a tie is, or what it is worth, beyond the strength that was asked for.",
    "Ties that nobody reported or logged. A missing answer is missing, not a no.",
    "Anything about a single person's work: a place in a network is not a performance, and must not be used to judge"
    " staff.",
)


def _networks(reading: Reading) -> Table:
    seen: dict[str, Network] = {}
    for s in reading.results.snapshots:
        seen.setdefault(s.label.network, s)
    body = [
        [named(w.plain(name)), named(w.sentence(LAYERS[s.layer])), named("directed" if s.directed else "undirected")]
        for name, s in seen.items()
    ]
    return Table("What counts as a tie", [Head("Network"), Head("Ties are"), Head("Direction")], body)


def questions(reading: Reading) -> Section:
    """Prompts for a discussion with partners; they ask and do not prescribe."""
    items = [
        "Does the picture fit what you saw? Who or what is missing from it?",
        "Which ties would you want to last after the programme, and what do they need?",
    ]
    if len(reading.table("change")):
        items.append("Which new ties led to something, and which stayed acquaintances? Ask the people themselves.")
    if len(reading.table("mixing")):
        items.append("Which two groups should be closer than they are, and what stands between them?")
    if len(reading.pick("people")):
        items.append("Who carries many connections, and is that a load they chose? Who could share it?")
    if len(reading.table("equity")):
        groups = {str(group).casefold() for group in reading.table("equity")["group"]}
        who = "public advisers" if any("advis" in group for group in groups) else "small groups"
        items.append(f"Are {who} asked, named and thanked as others are? What would they say?")
    if len(reading.table("artefacts")):
        items.append("Which evidence stopped where it was made, and who would have needed it?")
    if len(reading.table("dependence")):
        items.append("What happens to the connections on the day the programme's staff leave?")
    return Section("questions", "Questions to discuss", [Points(items)])


BASIC = (
    ("Tie", "Two people who said that they are in touch, or whose contact is on record; what counts as one in each network"
     " stands under “How it was done” (Wasserman & Faust 1994)."),
    ("Contact", "Somebody to whom a person has a tie."),
    ("Bridge, broker", "Somebody who stands between people who have no tie of their own, so that what passes between them"
     " is likely to pass through that person (Burt 1992). A tie is called a bridge if the network falls apart without it"
     " (Granovetter 1973)."),
    ("Interval (95%)", "The range of values that fit the data. The wider it is, the less the data say (Gardner & Altman"
     " 1986, BMJ 292:746)."),
    ("Points", "A difference between two percentages: from 3% to 5% is 2 points."),
    ("Chance", "What the same measure gives when the computer shuffles the data many times, for instance who has which"
     " role. What is seen counts only where it stands out from that (Good 2005, Permutation tests)."),
    ("Odds ratio", "How much more often something happens in one group than in another, as odds; 1 means equally often"
     " (Bland & Altman 2000, BMJ 320:1468)."),
    ("Cannot be judged", "A pair of whom nobody who could tell answered at both moments. It is counted, and never taken"
     " for a tie that ended."),
)  # fmt: skip
"""Words that stand for no measure."""

COMMON = (
    "ties_per_person", "mean_degree", "degree", "density", "reachable_pairs_share", "isolates", "components",
    "largest_component_share", "transitivity", "mean_path_length", "global_efficiency", "ei_index", "betweenness",
    "constraint", "effective_size", "degree_centralisation", "betweenness_centralisation", "bridges", "local_bridges",
    "cut_points", "reciprocity", "harmonic_closeness",
)  # fmt: skip
"""Measures that the tables of the report show; each is explained in one sentence before the fold."""


def words_used(reading: Reading) -> Section:
    """The words that the report uses in one sentence each; and every usual measure with formula, denominator and source."""
    known = reading.results.measures
    plain = [(known[name].title, [("", _with_source(known[name]))]) for name in COMMON if name in known]
    brief = [*((word, [("", text)]) for word, text in BASIC), *plain]
    blocks: list[object] = [Terms(sorted(brief, key=lambda term: term[0].lower()))]
    groupings = {column for shot in reading.results.snapshots for column in shot.groups}
    own: dict[str, list[str]] = {}  # a measure, and the columns that hold it by another grouping or as a mean
    for name in sorted(name for name, about in known.items() if about.column):
        own.setdefault(_base(name, known, groupings), []).append(name)
    terms = [
        (known[base].title, _definition(known[base], [name for name in names if name != base]))
        for base, names in sorted(own.items(), key=lambda item: (known[item[0]].title.lower(), item[0]))
    ]
    if terms:
        text = (
            "How each number is made, what it is out of, how it is easily misread, and its source. The tables' README"
            " repeats this, with further measures that only the tables hold."
        )
        paper = "They are on the screen, and in tables/README.md."
        blocks += [Text(text), Fold(f"{len(terms)} measures in full", [Terms(terms)], paper)]
    return Section("words", "Words used", blocks)


def _with_source(about: About) -> str:
    return f"{about.reads.rstrip('.')} ({about.source})." if about.source and about.source != "kmnet" else about.reads


def _base(name: str, known: Mapping[str, About], groupings: Iterable[str]) -> str:
    """The measure of which this is the mean over people, or the same by another grouping; itself where it is none."""
    ends = [f"_{column}" for column in groupings if name.endswith(f"_{column}")]
    stems = [name.removesuffix(end) for end in (*ends, "")]
    found = (
        stem for stem in [*(s.removeprefix("mean_") for s in stems), *stems] if stem in known and known[stem].column
    )
    return next(found, name)


def _definition(about: About, others: Sequence[str]) -> list[tuple[str, str]]:
    parts = (
        ("", about.reads), ("Formula", about.formula), ("Out of", about.denominator), ("Variant", about.variant),
        ("Not defined when", about.undefined), ("Easily misread", about.misreading), ("Source", about.source),
        ("Column", about.name), ("Also as", ", ".join(others)),
    )  # fmt: skip
    return [(what, text) for what, text in parts if text]


def files(reading: Reading, maps: Sequence[str], *, alone: bool = False) -> Section:
    """What lies in the folder, and what is needed to make it again; ``alone``: the page may travel without them."""
    items = [
        *((name, f"{name}: the interactive map") for name in maps),
        ("summary.html", "summary.html: one page in plain English"),
        ("results.xlsx", "results.xlsx: all tables as sheets, for Excel"),
        ("tables/README.md", "tables: one CSV a table; README.md describes every column"),
        ("results.json", "results.json: every number with its definition, for programs"),
        ("figures", "figures: each picture of this page as PNG, for slides and print, and as SVG"),
        ("graphs", "graphs: the networks as GraphML for Gephi, Cytoscape, R or Python"),
        ("manifest.json", "manifest.json: hashes of what went in and came out"),
    ]
    made = reading.results.provenance
    rows = [
        ("Run", made.run), ("Config (SHA-256)", made.config_hash), ("Seed", str(made.seed)),
        *(("Version of " + name, text) for name, text in made.versions.items()),
    ]  # fmt: skip
    table = Table(
        "What decides every number", [Head("What"), Head("Value")], [[named(a), named(b)] for a, b in rows if b]
    )
    inputs = [
        [named(name.replace("\\", "/").rsplit("/", 1)[-1]), named(text)] for name, text in made.inputs.items()
    ]  # fmt: skip
    files = Table("What was read", [Head("File"), Head("SHA-256")], inputs, more="All are in manifest.json.")
    held = [table, files] if inputs else [table]
    text = "The same inputs, config, seed and versions give the same files, byte for byte."
    return Section(
        "files", "Files, and how to make them again",
        [Points([t for _, t in items], () if alone else [link for link, _ in items]), Text(text), Fold("Hashes and versions", held)],
    )  # fmt: skip
