"""The catalogue of problem codes: what each means and how to mend it.

Blocks: KM1xx config, KM2xx reading files, KM3xx people and identity, KM4xx rows that do not fit together,
KM5xx networks and limits, KM6xx output, KM7xx sharing and privacy, KM8xx what the data cannot bear.
A code, once published, keeps its meaning. ``kmnet explain CODE`` and ``docs/problems.md`` are made from this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem: ``meaning`` says what was found and why it matters, ``cure`` what to do."""

    code: str
    name: str
    severity: Literal["error", "warning", "note"]
    meaning: str
    cure: str


_ALL = (
    # --- KM1xx: the config -------------------------------------------------------------------------------
    Code(
        "KM101",
        "unknown-setting",
        "error",
        "The config holds a key that kmnet does not know.",
        "Correct the spelling or delete the line; `kmnet schema` lists every setting.",
    ),
    Code(
        "KM102",
        "duplicate-setting",
        "error",
        "The same key stands twice in one block; only one can be meant.",
        "Delete one of the two lines.",
    ),
    Code(
        "KM103",
        "wrong-type",
        "error",
        "A setting holds a value of the wrong kind.",
        "Write the kind of value the message asks for.",
    ),
    Code("KM104", "missing-setting", "error", "A setting that is needed is not there.", "Add the setting."),
    Code(
        "KM105",
        "not-yaml",
        "error",
        "The config cannot be read as YAML.",
        "Mend the line: spaces for indents (no tabs), quotes round text that holds ': ' or '#'.",
    ),
    Code(
        "KM106",
        "unsafe-yaml",
        "error",
        "The config uses a YAML feature that kmnet refuses (aliases, tags, several documents).",
        "Write the values out plainly.",
    ),
    Code(
        "KM107",
        "missing-file",
        "error",
        "A file named in the config is not there.",
        "Correct the path; paths are relative to the config file.",
    ),
    Code(
        "KM108",
        "bad-date-expression",
        "error",
        "A moment's from or until cannot be understood.",
        "Write a date such as 2017-01-16, or `start`, `end`, `start - 6 months`, `end + 90 days`.",
    ),
    Code(
        "KM109",
        "unsafe-output",
        "error",
        "The output folder lies where kmnet will not write.",
        "Choose a folder inside the config's own folder, or pass --out.",
    ),
    Code(
        "KM110",
        "unknown-name",
        "error",
        "The config refers to a name that is defined nowhere.",
        "Correct the name or define it.",
    ),
    Code(
        "KM111",
        "unknown-version",
        "error",
        "The config is written for another version of the settings.",
        "Set `version: 1`.",
    ),
    # --- KM5xx: networks and limits ----------------------------------------------------------------------
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
)

CODES: dict[str, Code] = {code.code: code for code in _ALL}
