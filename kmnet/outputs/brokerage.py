"""Who stands between whom: people, organisations, workshops and artefacts."""

from __future__ import annotations

from kmnet.outputs.spec import KEYS, PARTITION, Column, ColumnKind, TableSpec


def _numbers(names: str, kind: ColumnKind, means: str) -> tuple[Column, ...]:
    return tuple(Column(name, kind, means.format(name=name.replace("_", " "))) for name in names.split())


_ROLES = "coordinator itinerant representative gatekeeper liaison total"


TABLES = (
    TableSpec(
        "brokerage",
        "network, cohort, moment, partition, person",
        (
            *KEYS,
            PARTITION,
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
            *_numbers(" ".join(f"{r}_p_by_labels" for r in _ROLES.split()), "p", "{name}: two-sided p of the above."),
        ),
    ),
    TableSpec(
        "brokerage_totals",
        "network, cohort, moment, partition, group (or the whole network), role",
        (
            *KEYS,
            PARTITION,
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
            *KEYS,
            PARTITION,
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
            *KEYS,
            PARTITION,
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
            *KEYS,
            PARTITION,
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
            *KEYS,
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
            *KEYS,
            PARTITION,
            Column("event", "text", "Workshop, table or artefact."),
            Column("people", "people", "People of the network who were there."),
            Column("pairs", "count", "Pairs of people of different groups who were there."),
            Column("credit", "number", "The same, each pair shared between all events at which the two met."),
            Column("sole", "count", "Pairs who met at no other event."),
        ),
    ),
)
