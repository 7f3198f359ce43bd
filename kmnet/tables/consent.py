"""Consent: who takes part, and with which sources. What is not understood is never a yes."""

from __future__ import annotations

from collections.abc import Mapping

from kmnet.config.schema import Study
from kmnet.tables.cells import TRUE, fold, plain
from kmnet.tables.desk import Desk
from kmnet.tables.work import Work

SOURCES = ("attendance", "interactions", "survey", "artefacts")
_YES = TRUE | {"full", "given", "consented", "agreed", "consent"}
_NO = frozenset(
    [
        "no",
        "n",
        "false",
        "f",
        "0",
        "none",
        "withdrawn",
        "withdrew",
        "refused",
        "declined",
        "not-included",
        "excluded",
        "opted-out",
    ]
)


def consents(
    people: Work, withdrawn: Work, study: Study, desk: Desk, ids: Mapping[str, str]
) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """Ids (and folded spellings) of those who withdrew, and the sources that others did not agree to."""
    named = {fold(v) for v in withdrawn["person"].cells()}
    unknown = withdrawn["person"].test(lambda v: fold(v) not in ids)
    desk.find(withdrawn, unknown, "KM311", "The person is not in the people table")
    gone = {ids[k] for k in named if k in ids} | (named - set(ids))
    refused: dict[str, frozenset[str]] = {}
    bad = people["consent"].test(lambda v: agreed(v) is None)
    desk.find(people, bad, "KM309", "The consent is not understood", "consent", each=True)
    missing = study.disclosure.consent_missing == "exclude"
    for who, consent in zip(people["id"].cells(), people["consent"].cells(), strict=True):
        to = agreed(consent)
        if to is None or (not consent and missing) or not to:
            gone.add(who)
        elif set(to) != set(SOURCES):
            refused[who] = frozenset(SOURCES) - to
    return frozenset(gone), refused


def agreed(consent: str) -> frozenset[str] | None:
    """The sources that a consent cell allows, or None where it is not understood.

    Examples
    --------
    >>> sorted(agreed("attendance only")), agreed("withdrawn"), agreed("perhaps")
    (['attendance'], frozenset(), None)
    """
    key = fold(consent)
    if not key or key in _YES or plain(key) in ("no name", "noname"):
        return frozenset(SOURCES)
    if key in _NO or plain(key).replace(" ", "-") in _NO:
        return frozenset()
    words = [
        w for w in plain(key.replace(",", " ").replace(";", " ").replace("+", " ")).split() if w not in ("only", "and")
    ]
    return frozenset(words) if words and set(words) <= set(SOURCES) else None
