"""What was found, and nothing of how: the one value that every later stage reads.

:data:`TABLES` is the contract of the output: every table and every fixed column with its kind and meaning. The kinds
decide what sharing does with a column (a ``person`` becomes a code, a ``group`` is generalised, a ``people`` count
obeys the small-number rule), what the exporters write, and what ``tables/README.md`` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from kmnet.network.network import Network

Tag = Literal["Clear", "Likely", "Cannot tell"]
ColumnKind = Literal[
    "key",  # network, cohort, moment, measure: names from the config
    "person",  # a person's id
    "organisation",  # an organisation's id
    "artefact",
    "workshop",
    "group",  # a group of people, such as a role
    "people",  # a number of people (small-number rule)
    "count",  # a number of ties, pairs or events
    "number",
    "share",  # between 0 and 1 (or -1 and 1)
    "p",
    "flag",
    "date",
    "text",
]


@dataclass(frozen=True, slots=True)
class About:
    """What a measure means, in the words shown beside its numbers. All texts are plain sentences or formulas.

    ``of`` says what one value belongs to; ``partition`` that it depends on a grouping of people; ``chance`` that it is
    found by random draws; ``column`` whether it is one of the usual columns, which are compared between moments, rather than
    a further one. ``separate`` says what an
    added person without ties changes: "nothing"; "scale", a denominator or a count of people; or "all".
    """

    name: str
    title: str
    of: Literal["person", "network", "tie", "organisation", "pair", "group", "groups"]
    reads: str
    formula: str = ""
    denominator: str = ""
    low: float = float("-inf")
    high: float = float("inf")
    variant: str = ""
    undefined: str = ""
    source: str = ""
    misreading: str = ""
    agrees_with: str = ""
    unit: str = ""
    partition: bool = False
    weighted: bool = False
    family: str = ""
    separate: Literal["nothing", "scale", "all"] = "nothing"
    chance: bool = False
    column: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a cell is empty: ``where`` holds the key columns of the row, ``column`` the empty cell."""

    table: str
    where: tuple[tuple[str, str], ...]
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Headline:
    """One statement of the opening: its certainty, its topic, and the numbers that ``report.words`` makes a sentence of.

    ``cannot`` is the sentence on what cannot be concluded, when this headline carries one.
    """

    topic: str
    tag: Tag
    numbers: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """How to remake the results: hashes, versions and the seed. Holds no path of a machine and no clock time."""

    inputs: Mapping[str, str]
    config_hash: str
    config: str
    versions: Mapping[str, str]
    seed: int
    run: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an output table."""

    name: str
    kind: ColumnKind
    means: str


@dataclass(frozen=True, slots=True)
class TableSpec:
    """An output table: what a row is, and the columns that are always there.

    ``measures`` names the kind of measure whose columns follow the fixed ones.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    measures: Literal["person", "network", "organisation", "tie", "group", ""] = ""


_NETWORK = Column("network", "key", "Network, as named in the config.")
_COHORT = Column("cohort", "key", "Cohort; All is every cohort together.")
_MOMENT = Column("moment", "key", "Moment, aligned to the cohort's own start and end.")
_FACILITATORS = Column("facilitators", "key", "with or without programme staff.")
_PARTITION = Column("partition", "key", "Grouping of people.")
_KEYS = (_NETWORK, _COHORT, _MOMENT)


def _numbers(names: str, kind: ColumnKind, means: str) -> tuple[Column, ...]:
    return tuple(Column(name, kind, means.format(name=name.replace("_", " "))) for name in names.split())


_ROLES = "coordinator itinerant representative gatekeeper liaison total"

_TURNOVER = (
    Column("pairs", "count", "Pairs that can be judged at both moments."),
    Column("formed", "count", "Not tied before, tied after."),
    Column("kept", "count", "Tied at both moments."),
    Column("dissolved", "count", "Tied before, not after."),
    Column("never", "count", "Tied at neither moment."),
    Column("cannot_tell", "count", "Tied pairs that cannot be judged at both moments."),
    Column("formation_rate", "share", "formed / (formed + never)."),
    Column("persistence_rate", "share", "kept / (kept + dissolved)."),
    Column("jaccard", "share", "kept / (formed + kept + dissolved)."),
    Column("reciprocity_before", "share", "Of ties judged in both directions, the part returned, before."),
    Column("reciprocity_after", "share", "The same after; empty where ties have no direction."),
)

TABLES: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        TableSpec("people", "network, cohort, moment, person", (*_KEYS, Column("id", "person", "Person.")), "person"),
        TableSpec(
            "networks",
            "network, cohort, moment, facilitators",
            (
                *_KEYS,
                _FACILITATORS,
                Column("people", "people", "People in the network: the denominator of shares of people."),
                Column("ties", "count", "Ties (arcs where directed)."),
                Column("possible", "count", "Ties there could be: the denominator of density."),
                Column("answered", "people", "People whose reports were seen."),
            ),
            "network",
        ),
        TableSpec(
            "networks_by_chance",
            "network of 10 to 1,000 people and at least ten ties, cohort, moment, measure, way of drawing",
            (
                *_KEYS,
                _FACILITATORS,
                Column("measure", "key", "Measure that depends on the size of the network."),
                Column(
                    "model",
                    "key",
                    "What the networks drawn have as observed: same_degrees, everybody's numbers of ties (rewired; the "
                    "default); same_ties, people and ties; same_dyads, pairs tied both ways and one way too.",
                ),
                Column("people", "people", "People of the network, programme staff left out."),
                Column("observed", "number", "Value of the network."),
                Column("expected", "number", "Mean over the networks drawn."),
                Column("sd", "number", "Standard deviation over the networks drawn."),
                Column("z", "number", "(observed - expected) / sd; described, not tested."),
                Column("ratio", "number", "observed / expected: what may be put beside networks of other sizes."),
                Column("draws", "count", "Networks drawn: fewer of networks with many ties, whose values vary less."),
            ),
        ),
        TableSpec(
            "organisations",
            "network, cohort, moment, organisation",
            (
                *_KEYS,
                Column("id", "organisation", "Organisation."),
                Column("people", "people", "Its people in the network."),
                Column("ties", "count", "Ties of its people to people of other organisations."),
                Column("inside", "count", "Ties among its own people."),
                Column("partners", "count", "Other organisations tied to it by at least one tie between people."),
            ),
            "organisation",
        ),
        TableSpec(
            "brokerage",
            "network, cohort, moment, partition, person",
            (
                *_KEYS,
                _PARTITION,
                Column("id", "person", "Broker."),
                Column("group", "group", "The broker's group in this partition."),
                *_numbers(_ROLES, "count", "Open two-step paths in which the person is {name}."),
                *_numbers(
                    " ".join(f"{r}_expected" for r in _ROLES.split()),
                    "number",
                    "{name}: with independent ties of the same density (Gould & Fernandez 1989).",
                ),
                *_numbers(
                    " ".join(f"{r}_sd" for r in _ROLES.split()),
                    "number",
                    "{name}: exact standard deviation with independent ties.",
                ),
                *_numbers(" ".join(f"{r}_z" for r in _ROLES.split()), "number", "{name}: standard score of the above."),
                *_numbers(
                    " ".join(f"{r}_expected_by_labels" for r in _ROLES.split()),
                    "number",
                    "{name}: mean when group labels are shuffled over the other people.",
                ),
                *_numbers(
                    " ".join(f"{r}_sd_by_labels" for r in _ROLES.split()),
                    "number",
                    "{name}: exact standard deviation when group labels are shuffled.",
                ),
                *_numbers(
                    " ".join(f"{r}_z_by_labels" for r in _ROLES.split()),
                    "number",
                    "{name}: standard score of the above.",
                ),
                *_numbers(
                    " ".join(f"{r}_p_by_labels" for r in _ROLES.split()), "p", "{name}: two-sided p of the above."
                ),
            ),
        ),
        TableSpec(
            "brokerage_totals",
            "network, cohort, moment, partition, group (or the whole network), role",
            (
                *_KEYS,
                _PARTITION,
                Column("level", "key", "group: all members of the group together; network: everybody."),
                Column("group", "group", "The brokers' group; empty for the whole network."),
                Column("role", "key", "Role, or total."),
                Column("count", "count", "Open two-step paths brokered in this role."),
                Column("expected", "number", "Exact mean with independent ties of the same density."),
                Column("sd", "number", "Exact standard deviation of the above."),
                Column("z", "number", "(count - expected) / sd."),
                Column("possible", "count", "Paths there could be; 0 where the role is not possible."),
                Column("expected_by_labels", "number", "Exact mean when everybody's group labels are shuffled."),
                Column("p_by_labels", "p", "Two-sided p of the above; drawn for the headline grouping only."),
            ),
        ),
        TableSpec(
            "brokerage_variants",
            "network, cohort, moment, partition, variant, person",
            (
                *_KEYS,
                _PARTITION,
                Column(
                    "variant",
                    "key",
                    "partial_credit: the brokers of a pair share one point; weighted: a path counts as its weaker tie; "
                    "wngf_count: pairs for whom the way over the broker is cheaper than their own tie, if any, with 1 / "
                    "strength as cost; wngf: the same over the pairs there could be in the role (Zador et al. 2022).",
                ),
                Column("id", "person", "Broker."),
                Column("group", "group", "The broker's group in this partition."),
                *_numbers(_ROLES, "number", "Credit for open two-step paths in which the person is {name}."),
            ),
        ),
        TableSpec(
            "brokerage_pairs",
            "network, cohort, moment, partition, broker, pair of groups",
            (
                *_KEYS,
                _PARTITION,
                Column("id", "person", "Broker."),
                Column("group", "group", "The broker's group in this partition."),
                Column("from_group", "group", "Group at one end."),
                Column("to_group", "group", "Group at the other end."),
                Column("paths", "count", "Pairs of people of the two groups that the person stands between."),
                Column("credit", "number", "The same, each pair shared between all who stand between it."),
                Column("sole", "count", "Pairs that nobody else stands between."),
            ),
        ),
        TableSpec(
            "broker_types",
            "network, cohort, moment, partition, person",
            (
                *_KEYS,
                _PARTITION,
                Column("id", "person", "Person."),
                Column("group", "group", "The person's group in this partition."),
                Column("activity", "number", "Pairs of people of different groups that the person stands between."),
                Column("exclusivity", "number", "Of those, pairs that nobody else stands between."),
                Column("type", "key", "powerhouse, connector, linchpin, sideliner: above the mean in both, one, none."),
            ),
        ),
        TableSpec(
            "organisation_brokerage",
            "network, cohort, moment, ties needed, organisation",
            (
                *_KEYS,
                Column("at_least", "count", "Ties between people that make a tie between organisations."),
                Column("id", "organisation", "Organisation."),
                Column("sector", "group", "Sector of most of its people."),
                Column("people", "people", "Its people in the network."),
                *_numbers(_ROLES, "count", "Open two-step paths in which the organisation is {name}, by sector."),
            ),
        ),
        TableSpec(
            "event_brokerage",
            "network, cohort, moment, partition, event",
            (
                *_KEYS,
                _PARTITION,
                Column("event", "text", "Workshop, table or artefact."),
                Column("people", "people", "People of the network who were there."),
                Column("pairs", "count", "Pairs of people of different groups who were there."),
                Column("credit", "number", "The same, each pair shared between all events at which the two met."),
                Column("sole", "count", "Pairs who met at no other event."),
            ),
        ),
        TableSpec(
            "backbone",
            "network, cohort, moment, pair of people who shared an event",
            (
                *_KEYS,
                Column("source", "person", "One person."),
                Column("target", "person", "The other."),
                Column("shared", "count", "Events both came to."),
                Column("expected", "number", "Shared events by chance, given people's and events' sizes."),
                Column("p_sdsm", "p", "p of as many or more: all sums kept on average (SDSM, exact)."),
                Column("p_fixed_row", "p", "p of as many or more: people's numbers of events kept (hypergeometric)."),
                Column("p_fixed_column", "p", "p of as many or more: events' sizes kept (exact)."),
                Column("p_fixed_fill", "p", "p of as many or more: only the number of attendances kept (exact)."),
                Column("least_p", "p", "Least p_sdsm that this pair could have had, sharing all it could."),
                Column("q", "p", "p_sdsm after false-discovery control (Benjamini-Hochberg)."),
                Column("holm", "p", "p_sdsm after Holm's correction."),
            ),
        ),
        TableSpec(
            "backbone_summary",
            "network, cohort, moment, null model",
            (
                *_KEYS,
                Column("model", "key", "sdsm, fixed_row, fixed_column or fixed_fill."),
                Column("people", "people", "People of the network."),
                Column("events", "count", "Events that somebody came to."),
                Column("tests", "count", "Pairs tested: those who shared an event."),
                Column("least_p", "p", "Least p that any pair could have had."),
                Column("could", "count", "Pairs that could ever reach .05 uncorrected."),
                Column("could_corrected", "count", "Pairs that could ever reach .05 after correction."),
                Column("significant", "count", "Pairs at .05 uncorrected."),
                Column("significant_bh", "count", "Pairs at a false-discovery rate of .05."),
                Column("significant_holm", "count", "Pairs at .05 after Holm's correction."),
                Column(
                    "verdict",
                    "key",
                    "too_few_events (to tell), none_beyond_chance, beyond_chance, or too_many_events (to compute).",
                ),
            ),
        ),
        TableSpec(
            "bridges",
            "bridging tie (bridge or local bridge)",
            (
                *_KEYS,
                Column("source", "person", "One end."),
                Column("target", "person", "Other end."),
                Column("span", "number", "Distance between the ends without this tie; empty (infinite) for a bridge."),
                Column("bridge", "flag", "Without it the network falls into more pieces."),
                Column("local_bridge", "flag", "The ends share no contact."),
                Column("betweenness", "number", "Shortest paths between other people that use this tie."),
                Column("groups_crossed", "text", "Groupings in which the ends differ."),
            ),
        ),
        TableSpec(
            "mixing",
            "network, cohort, moment, partition, from_group, to_group",
            (
                *_KEYS,
                _PARTITION,
                Column("from_group", "group", "Group the ties come from."),
                Column("to_group", "group", "Group the ties lead to."),
                Column("ties", "count", "Ties between the two groups."),
                Column("possible", "count", "Pairs that could be tied: the denominator of density."),
                Column("density", "share", "ties / possible."),
                Column("expected", "number", "Ties when group labels are shuffled."),
                Column("z", "number", "Standard score against shuffled labels."),
                Column("expected_by_activity", "number", "Ties if each group's ties went wherever ties go in general."),
                Column("residual", "number", "Adjusted residual against activity: for display, not a test."),
                Column("returned", "share", "Of the ties from one group to the other, the part that are returned."),
            ),
        ),
        TableSpec(
            "groups",
            "network, cohort, moment, partition, group",
            (
                *_KEYS,
                _PARTITION,
                Column("group", "group", "Group."),
                Column("people", "people", "People of the group in the network."),
            ),
            "group",
        ),
        TableSpec(
            "ties",
            "network, cohort, moment, tied pair",
            (
                *_KEYS,
                Column("source", "person", "One end."),
                Column("target", "person", "Other end."),
                Column("strength", "number", "Strengths of both directions added."),
                Column("mutual", "flag", "Both people name the other; undirected ties always."),
            ),
            "tie",
        ),
        TableSpec(
            "dyads",
            "network of up to 100,000 ties, cohort, moment, person, contact",
            (
                *_KEYS,
                Column("id", "person", "Person."),
                Column("contact", "person", "One of the person's contacts."),
                Column("dyadic_constraint", "number", "How much the contact constrains the person; whole network."),
                Column("dyadic_constraint_ego", "number", "The same inside the person's own circle, as UCINET."),
                Column("dyadic_redundancy", "number", "How far the contact is reached through the person's others."),
                Column("dyadic_redundancy_ego", "number", "The same inside the person's own circle, as UCINET."),
            ),
        ),
        TableSpec(
            "events",
            "network, cohort, moment, event",
            (
                *_KEYS,
                Column("event", "text", "Workshop, table or artefact."),
                Column("people", "people", "People of the network who were there."),
                Column("share", "share", "people / people in the network: degree normalised by the other mode."),
            ),
        ),
        TableSpec(
            "change",
            "network, cohort, measure, panel, facilitators",
            (
                _NETWORK,
                _COHORT,
                Column("measure", "key", "Measure."),
                Column("panel", "key", "same_people (in both moments, same pairs judged) or all_people."),
                _FACILITATORS,
                Column("before", "number", "Value before."),
                Column("after", "number", "Value after."),
                Column("difference", "number", "after - before."),
                Column("low", "number", "Lower end of the 95 % interval of the difference."),
                Column("high", "number", "Upper end."),
                Column("p", "p", "p of no difference."),
                Column("method", "text", "How interval and p were made."),
                Column("people", "people", "People the comparison rests on."),
                Column("note", "text", "Why something is not shown, or what to mind."),
            ),
        ),
        TableSpec(
            "tie_change",
            "network, cohort, pair tied at either moment, or that cannot be judged",
            (
                _NETWORK,
                _COHORT,
                Column("source", "person", "One end (the reporter where directed)."),
                Column("target", "person", "Other end."),
                Column("before", "flag", "Tied before."),
                Column("after", "flag", "Tied after."),
                Column("change", "key", "formed, kept, dissolved or cannot_tell."),
            ),
        ),
        TableSpec(
            "tie_change_moments",
            "network, cohort, two moments, pair tied at either of them",
            (
                _NETWORK,
                _COHORT,
                Column("from_moment", "key", "The earlier moment; the two that the study compares are in tie_change."),
                Column("to_moment", "key", "The later moment."),
                Column("source", "person", "One end (the reporter where directed)."),
                Column("target", "person", "Other end."),
                Column("change", "key", "formed, kept, dissolved or cannot_tell."),
            ),
        ),
        TableSpec(
            "tie_change_summary",
            "network, cohort, facilitators",
            (
                _NETWORK,
                _COHORT,
                _FACILITATORS,
                Column("people", "people", "People in both moments."),
                *_TURNOVER,
                Column("joined", "people", "People there after, not before."),
                Column("left", "people", "People there before, not after."),
                Column("silent", "people", "People there at both moments who did not answer both times."),
                Column("contacts_of_leavers", "number", "Mean contacts before of those who left."),
                Column("contacts_of_stayers", "number", "Mean contacts before of those who stayed."),
            ),
        ),
        TableSpec(
            "tie_change_pairs",
            "network, cohort, kind of pair",
            (
                _NETWORK,
                _COHORT,
                Column("partition", "key", "Grouping of people; of shared and not_shared, what was shared."),
                Column(
                    "pairs_of",
                    "key",
                    "shared, not_shared (the programme); within, across (one group, two groups); groups (the two named).",
                ),
                Column("from_group", "group", "Group at one end, where pairs_of is groups."),
                Column("to_group", "group", "Group at the other end."),
                Column("people", "people", "People of the pairs judged; programme staff are left out."),
                *_TURNOVER,
            ),
        ),
        TableSpec(
            "tie_survival",
            "network, cohort, two moments (the earlier not a network's first), grouping",
            (
                _NETWORK,
                _COHORT,
                Column("from_moment", "key", "The earlier moment, not the first."),
                Column("to_moment", "key", "The later moment."),
                Column(
                    "partition",
                    "key",
                    "Grouping: across is between two of its groups, within inside one. Of local_bridge, across is between "
                    "people without a common contact, within every other tie.",
                ),
                Column("people", "people", "People of the ties, programme staff left out."),
                Column("ties_across", "count", "Ties across groups at the earlier moment, judged at both."),
                Column("kept_across", "count", "Of those, still there at the later moment."),
                Column("share_across", "share", "kept_across / ties_across."),
                Column("ties_within", "count", "Ties inside groups at the earlier moment, judged at both."),
                Column("kept_within", "count", "Of those, still there at the later moment."),
                Column("share_within", "share", "kept_within / ties_within."),
                Column("difference", "share", "share_across - share_within."),
                Column("low", "share", "Lower end of the 95 % interval of the difference (max-variance over pairs)."),
                Column("high", "share", "Upper end."),
                Column("p", "p", "p of no difference."),
                Column("note", "text", "Why something is not shown, or what to mind."),
            ),
        ),
        TableSpec(
            "brokerage_change",
            "network, cohort, partition, person",
            (
                _NETWORK,
                _COHORT,
                _PARTITION,
                Column("id", "person", "Broker; facilitators are left out."),
                Column("group", "group", "The broker's group in this partition."),
                Column("before", "number", "Open two-step paths across groups through the person, before."),
                Column("after", "number", "The same after, among the same people."),
                Column("difference", "number", "after - before."),
                Column("p", "p", "Which of the changed ties were formed is shuffled, their numbers kept; two-sided."),
                Column("q", "p", "p after false-discovery control (Benjamini-Hochberg) over the cohort's people."),
                Column("without_programme", "number", "after, had pairs that shared the exposure formed no tie."),
                Column("people", "people", "People who answered at both moments."),
            ),
        ),
        TableSpec(
            "broker_stability",
            "network, cohort",
            (
                _NETWORK,
                _COHORT,
                Column("people", "people", "People who answered at both moments; facilitators are left out."),
                Column("top", "count", "People highest in betweenness before: five, and those level with the fifth."),
                Column("stayed", "count", "Of those, how many are among the highest after."),
                Column("stayed_by_chance", "number", "How many would stay had nothing changed (simulated)."),
                Column("order", "number", "Rank correlation of betweenness before and after (Spearman)."),
                Column("order_by_chance", "number", "What it would be had nothing changed (simulated)."),
                Column("changed", "count", "People whose brokerage changed, after false-discovery control."),
                Column(
                    "only_by_programme",
                    "count",
                    "People who bridge after, and would not had pairs that shared the exposure formed no tie.",
                ),
                Column("note", "text", "What the values by chance are."),
            ),
        ),
        TableSpec(
            "brokerage_pairs_change",
            "network, cohort, partition, pair of groups, person in the middle (or everybody)",
            (
                _NETWORK,
                _COHORT,
                _PARTITION,
                Column("from_group", "group", "Group at one end."),
                Column("to_group", "group", "Group at the other end."),
                Column("id", "person", "Who stands between; empty for everybody together."),
                Column("group", "group", "The go-between's group."),
                Column("before", "count", "Open two-step paths between the groups through the person, before."),
                Column("after", "count", "The same after, among the same people."),
                Column("difference", "count", "after - before."),
                Column("people", "people", "People of the two groups who answered at both moments."),
            ),
        ),
        TableSpec(
            "organisations_reached",
            "organisation that the study knows of",
            (
                *_KEYS,
                Column("id", "organisation", "Organisation."),
                Column("sector", "group", "Its sector."),
                Column("people", "people", "Its people in the register."),
                Column("came", "people", "Of those, who came to a workshop."),
                Column("tied", "people", "Of those, who are tied to somebody of another organisation."),
                Column("evidence", "key", "received or used: what is recorded of evidence."),
                Column(
                    "status",
                    "key",
                    "The first that holds: nobody_registered, nobody_came, no_tie_outside, reached.",
                ),
            ),
        ),
        TableSpec(
            "people_not_reached",
            "network, cohort, person",
            (
                _NETWORK,
                _COHORT,
                Column("id", "person", "Person who came to no workshop and has no tie at the later moment."),
                Column("group", "group", "The person's group in the headline grouping."),
                Column("answered", "flag", "Whether the person answered; if not, ties may only be unknown."),
            ),
        ),
        TableSpec(
            "cohorts",
            "network, measure, cohort, moment",
            (
                _NETWORK,
                Column("measure", "key", "Measure."),
                _COHORT,
                _MOMENT,
                Column("value", "number", "Value."),
                Column("low", "number", "Lower end of the 95 % interval."),
                Column("high", "number", "Upper end."),
                Column("comparable", "flag", "Whether it may be compared with the cohort's first moment."),
                Column("reason", "text", "Why not, or what to mind."),
            ),
        ),
        TableSpec(
            "cohort_differences",
            "network, pair of cohorts",
            (
                _NETWORK,
                _COHORT,
                Column("other", "key", "The cohort it is compared with."),
                Column("measure", "key", "Measure whose change is compared."),
                Column("difference", "number", "Change in the cohort minus change in the other."),
                Column("low", "number", "Lower end of the 95 % interval (Welch)."),
                Column("high", "number", "Upper end."),
                Column("note", "text", "What to mind."),
            ),
        ),
        TableSpec(
            "artefacts",
            "artefact, group",
            (
                Column("artefact", "artefact", "Artefact."),
                Column("kind", "key", "Kind of artefact."),
                Column("partition", "key", "Grouping of people."),
                Column("group", "group", "Group of people."),
                Column("people", "people", "People of the group, its makers left out."),
                Column("reachable", "people", "People a dated chain of contacts from the makers could have reached."),
                Column("reachable_same_day", "people", "The same, if what is received can be passed on the same day."),
                Column("reachable_without_workshops", "people", "The same, without what workshops made possible."),
                Column("reached", "people", "People recorded as having received it."),
                Column("share", "share", "reached / people."),
                Column(
                    "organisation_recorded", "key", "received or used: what an organisation is recorded to have done."
                ),
                Column("first_reached", "date", "Earliest date anyone of the group could have had it."),
                Column("via", "person", "Through whom it first came."),
                Column("used", "people", "People recorded as having used it."),
            ),
        ),
        TableSpec(
            "carriers",
            "person who may have passed evidence on",
            (
                Column("id", "person", "Person."),
                Column("artefacts", "count", "Artefacts that could have come to others first through this person."),
                Column(
                    "first_routes",
                    "count",
                    "People and artefacts to whom it could first have come through this person.",
                ),
                Column(
                    "only_routes", "count", "Of all possible arrivals, those with no route in time round this person."
                ),
                Column("only_share", "share", "only_routes / all possible arrivals at other people."),
            ),
        ),
        TableSpec(
            "equity",
            "network, cohort, moment, group, measure",
            (
                *_KEYS,
                _PARTITION,
                Column("group", "group", "Group."),
                Column("measure", "key", "Measure."),
                Column("people", "people", "People of the group."),
                Column("value", "number", "Median in the group."),
                Column("others", "number", "Median of the others."),
                Column(
                    "cliffs_delta",
                    "share",
                    "Chance that one of the group stands higher than one of the others, minus that of lower (-1 to 1).",
                ),
                Column("gap", "number", "Mean of the group minus mean of the others."),
                Column("low", "number", "Lower end of the 95 % interval of the gap."),
                Column("high", "number", "Upper end."),
                Column("p", "p", "Labels shuffled within team."),
                Column(
                    "q",
                    "p",
                    "p after false-discovery control (Benjamini-Hochberg) over the groups and measures of the network, cohort "
                    "and moment.",
                ),
                Column("note", "text", "Why something is not shown."),
            ),
        ),
        TableSpec(
            "equity_change",
            "network, cohort, group, measure",
            (
                _NETWORK,
                _COHORT,
                _PARTITION,
                Column("group", "group", "Group."),
                Column("measure", "key", "Measure."),
                Column("people", "people", "People of the group who answered at both moments."),
                Column("before", "number", "Gap before: mean of the group minus mean of the others, same people."),
                Column("after", "number", "The same after."),
                Column("difference", "number", "after - before: by how much the group gained more than the others."),
                Column("low", "number", "Lower end of the 95% interval of the difference."),
                Column("high", "number", "Upper end."),
                Column("p", "p", "Labels shuffled within team."),
                Column(
                    "q",
                    "p",
                    "p after false-discovery control (Benjamini-Hochberg) over the groups and measures of the network and cohort.",
                ),
                Column("note", "text", "Why something is not shown."),
            ),
        ),
        TableSpec(
            "gains",
            "network, cohort, grouping, group of people in both moments",
            (
                _NETWORK,
                _COHORT,
                Column("partition", "key", "baseline_third (by contacts before), or a grouping of people."),
                Column("group", "group", "Third or group."),
                Column("people", "people", "People of the group who answered at both moments."),
                Column("before", "number", "Their mean contacts before."),
                Column("after", "number", "Their mean contacts after."),
                Column("difference", "number", "after - before."),
                Column("share_of_new", "share", "Ends of new ties that are theirs."),
                Column(
                    "share_of_open", "share", "Ends of pairs not tied before that are theirs: what chance would give."
                ),
                Column("new_ties", "count", "New ties among those who answered at both moments."),
                Column("new_ties_involving", "count", "Of those, with somebody of the group."),
                Column("expected_involving", "number", "The same, were new ties spread evenly over pairs at risk."),
                Column("note", "text", "What to mind."),
            ),
        ),
        TableSpec(
            "warnings_of_tokenism",
            "network, cohort, moment, group, warning sign",
            (
                *_KEYS,
                _PARTITION,
                Column("group", "group", "Group."),
                Column("sign", "key", "Warning sign, a rule and no test."),
                Column("people", "people", "People of the group to whom it applies."),
                Column("of", "people", "People of the group who could show it."),
                Column("means", "text", "What the sign is."),
            ),
        ),
        TableSpec(
            "dependence",
            "network, cohort, moment, person or set removed",
            (
                *_KEYS,
                Column(
                    "removed",
                    "key",
                    "What was removed: nobody, person, team, facilitators; or a chosen set (best set, most between, "
                    "widest reach, best pair (exact)). person (median), person (95th percentile): each value's own among "
                    "all single people.",
                ),
                Column("id", "person", "The person removed; of a chosen set, the person added last."),
                Column("group", "group", "The team removed."),
                Column("set_size", "people", "People removed."),
                Column("components", "count", "Components left."),
                Column("reachable_pairs", "share", "Share of the remaining pairs that still reach each other."),
                Column("isolates", "people", "People left without a tie."),
                Column("fragmentation", "share", "1 - reachable pairs."),
                Column(
                    "random_removal",
                    "share",
                    "Mean fragmentation when as many random people are removed (50 to 200 draws).",
                ),
                Column("lost", "share", "Of the pairs among the others that reached each other before, the share cut."),
                Column("lost_across", "share", "The same among pairs of two groups of the headline grouping."),
                Column("reach", "share", "Share of those who stay who are tied to somebody removed."),
            ),
        ),
        TableSpec(
            "effect",
            "network, cohort, test",
            (
                _NETWORK,
                _COHORT,
                Column(
                    "test",
                    "key",
                    "formation, association_change, placebo, gained_lost, persistence, rate_change, negative_control"
                    " (logs) or verdict.",
                ),
                Column(
                    "outcome",
                    "key",
                    "primary; secondary (p corrected together, Holm); exploratory (for false discoveries).",
                ),
                Column("exposure", "key", "What pairs shared."),
                Column("estimate", "number", "Odds ratio; of rate_change a ratio of rate ratios."),
                Column("low", "number", "Lower end of the 95 % interval."),
                Column("high", "number", "Upper end."),
                Column(
                    "risk_difference",
                    "number",
                    "Of the pairs at risk that shared it, how many more are tied than would be had they not, by the fitted "
                    "model (formation, placebo, gained_lost, persistence; the verdict has that of formation).",
                ),
                Column("p", "p", "p of no effect."),
                Column("p_adjusted", "p", "p after correction over the family."),
                Column(
                    "family",
                    "text",
                    "What p_adjusted is corrected over: the secondary (Holm) or exploratory (Benjamini-Hochberg) outcomes of "
                    "the cohort, each test by itself.",
                ),
                Column("exposed_pairs", "count", "Pairs at risk that shared the exposure."),
                Column("exposed_ties", "count", "Of those, tied after."),
                Column("other_pairs", "count", "Pairs at risk that did not."),
                Column("other_ties", "count", "Of those, tied after."),
                Column("people", "people", "People the test rests on."),
                Column("draws", "count", "Permutations."),
                Column("verdict", "key", "supported, suggestive, mixed, not_shown or cannot_be_tested."),
                Column("note", "text", "Why, in words."),
            ),
        ),
        TableSpec(
            "associations",
            "network, cohort, moment, model, term",
            (
                *_KEYS,
                Column("model", "key", "Place of the model in the config; 0 compares the two moments."),
                Column(
                    "method",
                    "key",
                    "correlation (QAP), or how a regression renames people: double_semi_partialling, freedman_lane or "
                    "y_permutation.",
                ),
                Column("family", "key", "linear or logistic; empty for a correlation."),
                Column("term", "key", "Predictor, or intercept; of a correlation the other network or its moment."),
                Column("estimate", "number", "Correlation, or coefficient (logistic: log odds)."),
                Column("statistic", "number", "Classical t of the coefficient; logistic: Wald z."),
                Column("p", "p", "Share of renamings of people that give as large a statistic, two-sided."),
                Column("rows", "count", "Pairs that the model rests on."),
                Column("people", "people", "People who answered, without facilitators."),
                Column("draws", "count", "Renamings."),
                Column("r_squared", "share", "Share of the outcome's variance told by the predictors (linear)."),
                Column("note", "text", "Why something was not found."),
            ),
        ),
        TableSpec(
            "sensitivity",
            "network, cohort, scenario, share dropped",
            (
                _NETWORK,
                _COHORT,
                Column("scenario", "key", "What is assumed of those who did not answer, or what is dropped at random."),
                Column("dropped", "share", "Share dropped: of ties, people or answers."),
                Column(
                    "difference", "number", "Change of ties per person (mean over draws where something is dropped)."
                ),
                Column("low", "number", "Lower end of the middle 95 % of draws."),
                Column("high", "number", "Upper end."),
                Column("top_five_kept", "number", "Of the five highest in betweenness after, how many stay (mean)."),
                Column(
                    "verdict", "key", "Verdict of the programme's mark: of the intact study where losses are drawn."
                ),
                Column("verdict_kept", "share", "Share of draws in which the verdict stays that of the intact study."),
                Column("draws", "count", "Losses drawn."),
                Column("note", "text", "What the scenario means."),
            ),
        ),
        TableSpec(
            "attendance",
            "cohort, workshop",
            (
                _COHORT,
                Column("workshop", "workshop", "Workshop."),
                Column("title", "text", "Its title."),
                Column("date", "date", "Its date."),
                Column("attended", "people", "People who came."),
                Column("expected", "people", "People of the cohort: the denominator."),
                Column("share", "share", "attended / expected."),
            ),
        ),
        TableSpec(
            "ledger",
            "input file",
            (
                Column("table", "key", "Table the file feeds."),
                Column("file", "text", "Input file."),
                Column("read", "count", "Rows read: used + set aside + merged + withdrawn."),
                Column("used", "count", "Rows used."),
                Column("set_aside", "count", "Rows left out, each with a finding."),
                Column("merged", "count", "Rows joined with another row of the same fact."),
                Column("withdrawn", "count", "Rows of people who withdrew."),
            ),
        ),
        TableSpec(
            "findings",
            "finding",
            (
                Column("code", "key", "Code; `kmnet explain CODE` tells more."),
                Column("name", "key", "Its name."),
                Column("severity", "key", "error, warning or note."),
                Column("file", "text", "File."),
                Column("line", "count", "Physical line or sheet row."),
                Column("column", "text", "Column."),
                Column("message", "text", "What was found."),
                Column("fix", "text", "What to do."),
            ),
        ),
    )
}


@dataclass(frozen=True)
class Results:
    """Everything that one analysis found.

    Attributes
    ----------
    title : str
        The study's title.
    share : {"inside", "partners", "public"}
        The level at which these results may be shared; names and ids have been treated accordingly.
    tables : mapping of str to pandas.DataFrame
        The output tables by name; :data:`TABLES` describes them.
    snapshots : tuple of Network
        The networks behind the tables.
    people : pandas.DataFrame
        One row a node: id, label (what may be shown of the person), role, organisation, team, cohort (";" between
        several), facilitator, and every grouping.
    organisations, workshops, artefacts, contacts, artefact_events : pandas.DataFrame
        What the map draws beside people: ids, labels, dates, and dated contacts (source, target, date, kind, network).
    measures : mapping of str to About
        The measures whose columns appear, by name.
    headlines : tuple of Headline
        The opening statements, most important first.
    reasons : tuple of Reason
        Why cells are empty.
    notes : tuple of str
        Sentences that the report must print (assumptions made, defaults taken).
    facts : mapping
        Small facts of the run. The report reads ``network`` (the headline one), ``organisations`` (how many people
        belong to), ``before`` and ``after`` (moments), ``start`` and ``end`` (dates of the study), ``draws``,
        ``response`` (wave: (answered, asked)), ``responses`` ("given" or "inferred"). ``kmnet compare`` reads
        ``instruments`` (network: its tie rule), ``scales`` (network: highest answer), ``groups`` (groupings, the headline
        one first) and ``days`` (network: moment: length of its window).
    """

    title: str
    share: Literal["inside", "partners", "public"]
    tables: Mapping[str, pd.DataFrame]
    snapshots: tuple[Network, ...]
    people: pd.DataFrame
    organisations: pd.DataFrame
    workshops: pd.DataFrame
    artefacts: pd.DataFrame
    contacts: pd.DataFrame
    artefact_events: pd.DataFrame
    attendance: pd.DataFrame
    measures: Mapping[str, About]
    headlines: tuple[Headline, ...]
    reasons: tuple[Reason, ...]
    provenance: Provenance
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def networks(self) -> dict[tuple[str, str, str], nx.Graph]:
        """Each network as a typed networkx graph of people, organisations, workshops and artefacts.

        Keys are (network, cohort, moment). Node attribute ``kind`` is person, organisation, workshop or artefact;
        edge attribute ``kind`` is tie, member, attended or the artefact action.
        """
        from kmnet.network.exchange import typed_graph  # results know nothing of graphs until asked

        names = ("people", "organisations", "workshops", "artefacts", "attendance", "artefact_events")
        frames = {name: getattr(self, name) for name in names}
        return {
            (s.label.network, s.label.cohort, s.label.moment): typed_graph(s, frames)
            for s in self.snapshots
            if s.label.facilitators == "with"
        }
