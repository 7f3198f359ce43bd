"""Cohorts beside each other."""

from __future__ import annotations

from kmnet.outputs.spec import COHORT, MOMENT, NETWORK, Column, TableSpec

TABLES = (
    TableSpec(
        "cohorts",
        "network, measure, cohort, moment",
        (
            NETWORK,
            Column("measure", "key", "Measure."),
            COHORT,
            MOMENT,
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
            NETWORK,
            COHORT,
            Column("other", "key", "The cohort it is compared with."),
            Column("measure", "key", "Measure whose change is compared."),
            Column("difference", "number", "Change in the cohort minus change in the other."),
            Column("low", "number", "Lower end of the 95 % interval (Welch)."),
            Column("high", "number", "Upper end."),
            Column("note", "text", "What to mind."),
        ),
    ),
)
