"""KM1xx: the config."""

from __future__ import annotations

from kmnet.codes.code import Code

CODES = (
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
    Code(
        "KM112",
        "contradiction",
        "error",
        "Two settings contradict each other, or one contradicts itself.",
        "Correct one of the two.",
    ),
)
