"""Where the evidence went."""

from __future__ import annotations

from kmnet.outputs.spec import Column, TableSpec

TABLES = (
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
            Column("organisation_recorded", "key", "received or used: what an organisation is recorded to have done."),
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
            Column("only_routes", "count", "Of all possible arrivals, those with no route in time round this person."),
            Column("only_share", "share", "only_routes / all possible arrivals at other people."),
        ),
    ),
)
