"""KM6xx: output."""

from __future__ import annotations

from kmnet.codes.code import Code

CODES = (
    Code(
        "KM601",
        "cannot-write",
        "error",
        "The results could not be written (a full disk, a missing right, a lost drive); what was there is intact.",
        "Free some space or choose another folder with --out, then run again.",
    ),
    Code(
        "KM602",
        "foreign-folder",
        "error",
        "The output folder holds something that kmnet did not make, so it was left as it is.",
        "Move those files away, or choose another folder with --out.",
    ),
    Code(
        "KM603",
        "run-in-progress",
        "error",
        "Another run of kmnet is writing to the same output folder.",
        "Wait until it has finished, or choose another folder with --out.",
    ),
)
