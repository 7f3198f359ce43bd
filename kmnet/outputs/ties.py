"""Ties, pairs and groups, and what attendance alone would give."""

from __future__ import annotations

from kmnet.outputs.spec import KEYS, PARTITION, Column, TableSpec

TABLES = (
    TableSpec(
        "backbone",
        "network, cohort, moment, pair of people who shared an event",
        (
            *KEYS,
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
            *KEYS,
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
            *KEYS,
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
            *KEYS,
            PARTITION,
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
            *KEYS,
            PARTITION,
            Column("group", "group", "Group."),
            Column("people", "people", "People of the group in the network."),
        ),
        "group",
    ),
    TableSpec(
        "ties",
        "network, cohort, moment, tied pair",
        (
            *KEYS,
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
            *KEYS,
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
            *KEYS,
            Column("event", "text", "Workshop, table or artefact."),
            Column("people", "people", "People of the network who were there."),
            Column("share", "share", "people / people in the network: degree normalised by the other mode."),
        ),
    ),
)
