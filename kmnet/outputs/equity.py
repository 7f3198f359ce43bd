"""Who stands where, who gained, and on whom it all depends."""

from __future__ import annotations

from kmnet.outputs.spec import COHORT, KEYS, NETWORK, PARTITION, Column, TableSpec

TABLES = (
    TableSpec(
        "equity",
        "network, cohort, moment, group, measure",
        (
            *KEYS,
            PARTITION,
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
            NETWORK,
            COHORT,
            PARTITION,
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
            NETWORK,
            COHORT,
            Column("partition", "key", "baseline_third (by contacts before), or a grouping of people."),
            Column("group", "group", "Third or group."),
            Column("people", "people", "People of the group who answered at both moments."),
            Column("before", "number", "Their mean contacts before."),
            Column("after", "number", "Their mean contacts after."),
            Column("difference", "number", "after - before."),
            Column("share_of_new", "share", "Ends of new ties that are theirs."),
            Column("share_of_open", "share", "Ends of pairs not tied before that are theirs: what chance would give."),
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
            *KEYS,
            PARTITION,
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
            *KEYS,
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
)
