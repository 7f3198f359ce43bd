"""KM7xx: sharing and privacy."""

from __future__ import annotations

from kmnet.codes.code import Code

CODES = (
    Code(
        "KM701",
        "key-in-output",
        "error",
        "The key behind the codes for people lies in a folder that is passed on: who has it can undo the codes.",
        "Keep the key beside the config (`disclosure: {key: kmnet.key}`).",
    ),
    Code(
        "KM702",
        "unreadable-key",
        "error",
        "The key file cannot be read, or holds no key.",
        "Restore it from your backup; or delete it for a new one: people then get new codes, and earlier outputs no longer match.",
    ),
    Code(
        "KM704",
        "people-recognisable",
        "warning",
        "Many people are the only one of their kind in what is shared: who knows the programme can recognise them.",
        "Leave roles out of `groups`, join small organisations, or share at level public.",
    ),
    Code(
        "KM705",
        "name-found",
        "error",
        "A name, id or e-mail of a person stands in a file that is to be shared.",
        "Do not share the folder; make it again at level partners or public.",
    ),
    Code(
        "KM706",
        "changed-since",
        "error",
        "A file is not the one that the results were made from, or was changed afterwards.",
        "Run kmnet analyse again, or restore the file.",
    ),
    Code(
        "KM707",
        "no-such-person",
        "error",
        "No row of the inputs holds this person.",
        "Check the id against the people table.",
    ),
    Code(
        "KM708",
        "new-key",
        "note",
        "A new key for the codes of people was made.",
        "Keep it with the config and out of what you pass on; with the same key, codes stay the same from run to run.",
    ),
    Code(
        "KM709",
        "input-not-found",
        "warning",
        "An input that the results were made from was not found, so it could not be compared.",
        "Name the folder that holds the inputs with --data.",
    ),
    Code(
        "KM710",
        "releases-differ-little",
        "warning",
        "An earlier release holds almost the same people: who has both can work out numbers of the few who differ.",
        "Do not give out both: withdraw the earlier one, or wait until more people have changed.",
    ),
    Code(
        "KM711",
        "releases-not-listed",
        "warning",
        "The list of releases beside the key could not be written, so later releases are not compared with this one.",
        "Make the folder of the key writable.",
    ),
)
