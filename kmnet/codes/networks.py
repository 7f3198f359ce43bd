"""KM5xx: networks and limits."""

from __future__ import annotations

from kmnet.codes.code import Code

CODES = (
    Code(
        "KM501",
        "too-many-ties",
        "error",
        "Building the ties would pass the safety limit.",
        "Use `within: table`, set `max_event_size`, or raise `limits: {ties: ...}`.",
    ),
    Code(
        "KM502",
        "no-minutes",
        "error",
        "Ties are to be weighted by minutes, but some attendances have none.",
        "Give minutes, or hours of the workshop, or choose `weight: count` or `newman`.",
    ),
    Code(
        "KM503",
        "no-people",
        "error",
        "A cohort has nobody in it.",
        "Check the cohort column of the people table against the names under `cohorts:`.",
    ),
    Code(
        "KM504",
        "no-source-of-ties",
        "error",
        "The study has no table that ties could be made of.",
        "Add attendance, interactions or a survey under `data:`.",
    ),
    Code(
        "KM505",
        "person-outside-cohorts",
        "warning",
        "Some people belong to none of the cohorts and are left out.",
        "Fill the cohort column of the people table.",
    ),
    Code(
        "KM506",
        "no-ties",
        "warning",
        "A network has no tie at any moment.",
        "Check kinds, relation, threshold and dates of this network.",
    ),
    Code(
        "KM507",
        "outside-moments",
        "warning",
        "Some dated rows fall into no moment and are not analysed.",
        "Widen the moments, or leave it if the rows are not of interest.",
    ),
    Code(
        "KM508",
        "too-dense",
        "error",
        "So many contacts of the same people are tied to each other that measuring them would pass the safety limit.",
        "Tie people of smaller circles (`within: table`, `max_event_size`), or ask for more shared events or contacts "
        "(`at_least: 2`); or raise `limits: {triangles: ...}`.",
    ),
)
