"""KM3xx: people and identity."""

from __future__ import annotations

from kmnet.codes.code import Code

CODES = (
    Code(
        "KM301",
        "unknown-person",
        "warning",
        "Rows name people who are not in the people table.",
        "Add them to the people table or to the aliases; `disclosure: {unregistered: drop}` leaves them out.",
    ),
    Code(
        "KM302",
        "ambiguous-name",
        "warning",
        "Several people have this name, so nobody can say who is meant; the rows were set aside.",
        "Write the person's id, or add the spelling to the aliases table if it is always the same person.",
    ),
    Code(
        "KM303",
        "ids-alike",
        "error",
        "Two ids differ only in case, spaces or invisible marks.",
        "If they are one person, delete a row; else change one id.",
    ),
    Code(
        "KM304",
        "id-spelling",
        "note",
        "Ids were written differently from the people table (case, spaces); they were taken as the same.",
        "Nothing; write them in one way if you like.",
    ),
    Code(
        "KM305",
        "matched-by-name",
        "note",
        "Rows gave a name or an e-mail instead of an id; each belongs to exactly one person.",
        "Nothing, if two people of one name are both in the people table.",
    ),
    Code(
        "KM306",
        "alias-applied",
        "note",
        "Spellings of the aliases table were used.",
        "Nothing.",
    ),
    Code(
        "KM307",
        "alias-of-nobody",
        "error",
        "The aliases table points to a person who is not in the people table.",
        "Correct the person's id in the aliases table.",
    ),
    Code(
        "KM308",
        "alias-of-two",
        "error",
        "The aliases table gives one spelling to two people.",
        "Delete one of the rows, and write ids in the data instead.",
    ),
    Code(
        "KM309",
        "bad-consent",
        "error",
        "A consent cell is not understood. kmnet does not guess about consent.",
        "Write yes, no, withdrawn, no-name, or the sources agreed to, such as `attendance, survey`.",
    ),
    Code(
        "KM310",
        "same-name",
        "note",
        "Several people have the same name; they stay different people.",
        "Nothing; if they are one person, delete a row and add an alias.",
    ),
    Code(
        "KM311",
        "withdrawn-unknown",
        "note",
        "The withdrawn table names people who are in no table.",
        "Nothing.",
    ),
    Code(
        "KM312",
        "nobody",
        "error",
        "There is nobody in the people table.",
        "Give at least one person who has not withdrawn.",
    ),
    Code(
        "KM313",
        "no-such-people-column",
        "error",
        "A setting names a column that the people table does not have.",
        "Correct the name of the column.",
    ),
    Code(
        "KM314",
        "unknown-cohort",
        "warning",
        "The people or workshops table names a cohort that is not under `cohorts:` in the config.",
        "Correct the spelling, or add the cohort.",
    ),
    Code(
        "KM315",
        "no-cohort",
        "warning",
        "People without a cohort, though others have one.",
        "Fill the cohort column.",
    ),
    Code(
        "KM316",
        "several-teams",
        "note",
        "People belong to several teams.",
        "Nothing; pairs share a team if they share any of them.",
    ),
    Code(
        "KM317",
        "no-such-value",
        "warning",
        "A setting names a value that nobody has.",
        "Correct the spelling of the value.",
    ),
)
