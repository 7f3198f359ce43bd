"""KM4xx: rows that do not fit together."""

from __future__ import annotations

from kmnet.codes.code import Code

CODES = (
    Code(
        "KM401",
        "self-tie",
        "warning",
        "Rows tie people to themselves; they were set aside.",
        "Nothing; such rows say nothing about ties between people.",
    ),
    Code(
        "KM402",
        "duplicate-attendance",
        "note",
        "Rows tell of the same person at the same workshop; they were joined.",
        "Nothing; minutes of the rows were added up where they differ.",
    ),
    Code(
        "KM403",
        "duplicate-answer",
        "note",
        "Several survey rows report the same tie; the strongest counts.",
        "Nothing, or delete the rows that are not meant.",
    ),
    Code(
        "KM404",
        "unknown-workshop",
        "warning",
        "Attendance rows name workshops that are not in the workshops table; they were kept without title and cohort.",
        "Add the workshop, or correct its id.",
    ),
    Code(
        "KM405",
        "undated-rows",
        "warning",
        "Some rows have no date though others do; they belong to no moment.",
        "Fill the dates, or clear all of them.",
    ),
    Code(
        "KM406",
        "outside-cohorts",
        "warning",
        "Dates lie far outside every cohort's period.",
        "Check the year; correct the date or the cohort's start and end.",
    ),
    Code(
        "KM407",
        "future-date",
        "warning",
        "Dates lie after the last date that the study declares.",
        "Check the year, or extend the cohort's end.",
    ),
    Code(
        "KM408",
        "moments-out-of-order",
        "error",
        "The moment compared as `after` begins before the one compared as `before`.",
        "Swap `before` and `after` under `compare:`, or correct the moments.",
    ),
    Code(
        "KM409",
        "unknown-artefact",
        "warning",
        "Artefact events name artefacts that are not in the artefacts table; they were kept without a title.",
        "Add the artefact, or correct its id.",
    ),
    Code(
        "KM410",
        "unknown-organisation",
        "note",
        "Organisations are named that are not in the organisations table; they were kept without sector and region.",
        "Add the organisation, or correct its name.",
    ),
    Code(
        "KM411",
        "unknown-wave",
        "warning",
        "A wave of the config and the waves of the survey do not meet.",
        "Write the wave in the config as it stands in the survey, or add a moment for it.",
    ),
    Code(
        "KM413",
        "no-strength",
        "note",
        "Survey rows have no strength though the column is there; no tie is taken from them.",
        "Fill the cells, or delete the column if naming somebody is the tie.",
    ),
    Code(
        "KM414",
        "answered-after-all",
        "warning",
        "People marked as not having answered report ties; they were taken as having answered.",
        "Correct the respondents table.",
    ),
    Code(
        "KM415",
        "answered-unlisted",
        "note",
        "People who report ties are missing from the respondents table; they were taken as having answered.",
        "Add them to the respondents table.",
    ),
    Code(
        "KM416",
        "duplicate-row",
        "note",
        "Rows say the same thing twice; one counts.",
        "Nothing, or delete one of them.",
    ),
    Code(
        "KM417",
        "two-dates",
        "warning",
        "Attendance gives a workshop another date than the workshops table.",
        "Correct one of them; the row's own date was used.",
    ),
    Code(
        "KM418",
        "contradicting-rows",
        "warning",
        "Rows contradict each other about the same thing; the first in sorted order counts.",
        "Delete the row that is wrong.",
    ),
    Code(
        "KM420",
        "nobody-acted",
        "warning",
        "An artefact event names neither a person nor an organisation; it was set aside.",
        "Fill in who did it, or delete the row.",
    ),
)
