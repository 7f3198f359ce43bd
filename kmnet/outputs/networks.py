"""Whole networks, their people and organisations."""

from __future__ import annotations

from kmnet.outputs.spec import FACILITATORS, KEYS, Column, TableSpec

TABLES = (
    TableSpec("people", "network, cohort, moment, person", (*KEYS, Column("id", "person", "Person.")), "person"),
    TableSpec(
        "networks",
        "network, cohort, moment, facilitators",
        (
            *KEYS,
            FACILITATORS,
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
            *KEYS,
            FACILITATORS,
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
            *KEYS,
            Column("id", "organisation", "Organisation."),
            Column("people", "people", "Its people in the network."),
            Column("ties", "count", "Ties of its people to people of other organisations."),
            Column("inside", "count", "Ties among its own people."),
            Column("partners", "count", "Other organisations tied to it by at least one tie between people."),
        ),
        "organisation",
    ),
)
