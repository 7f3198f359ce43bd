"""When two spellings are one name: case, accents, spaces, order, titles and brackets. Never how alike they look."""

from __future__ import annotations

import re

from kmnet.tables.cells import plain

TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
        "revd",
        "reverend",
        "hon",
        "cllr",
        "councillor",
        "sister",
        "nurse",
        "phd",
        "mbe",
        "obe",
        "cbe",
        "frcp",
        "mrcp",
        "rn",
        "bsc",
        "msc",
    ]
)
DEVICES = re.compile(
    r"(?:\S+['’]s\s+)?(?:iphone|ipad|galaxy|samsung|android|laptop|pc|desktop|macbook|imac|surface|pixel|huawei|phone)"
    r"\b.*",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_PRONOUNS = re.compile(
    r"\b(?:she|he|they|her|him|them|ze|xe)(?:\s*/\s*(?:she|he|they|hers?|him|his|them|theirs?))+\b", re.IGNORECASE
)
_AFTER = re.compile(r"\s+[-–—|/@]\s+|\s*[|•]\s*")
_PREFIXES = frozenset({"o", "mc", "mac"})
_SIGNS = re.compile(r"[^\w\s,'’-]+")


def bare(text: str) -> str:
    """A name without brackets, titles and signs, in given order: ``Dr Smith, Jane (NHS)`` is ``jane smith``.

    Examples
    --------
    >>> bare("SMITH, Dr. José (Alder Hey)"), bare("Prof. jose  smith")
    ('jose smith', 'jose smith')
    """
    outside = _SIGNS.sub(" ", _PRONOUNS.sub(" ", _BRACKETS.sub(" ", text)))
    before, comma, after = outside.partition(",")
    words, rest = _words(before), _words(after.replace(",", " "))
    return " ".join(rest + words) if comma and rest else " ".join(words + rest)


def _words(text: str) -> list[str]:
    """Words without titles; ``Ó Briain`` and ``Mc Donald`` are one word, as ``O'Briain`` and ``McDonald`` are."""
    out: list[str] = []
    for word in plain(text).replace("'", "").replace("’", "").split():
        if out and out[-1] in _PREFIXES:
            out[-1] += word
        elif word not in TITLES:
            out.append(word)
    return out


def loose(text: str) -> str:
    """A name whatever the order of its words.

    Examples
    --------
    >>> loose("JANSSENS JAN (EXT)") == loose("Jan Janssens")
    True
    """
    return " ".join(sorted(bare(text).split()))


def candidates(text: str) -> list[str]:
    """The names that a display name may hold, likeliest first: outside the brackets, then inside each.

    Examples
    --------
    >>> candidates("iPhone (Brian Smith)"), candidates("Ann Lee - NHS")
    (['Brian Smith'], ['Ann Lee - NHS', 'Ann Lee', 'NHS'])
    """
    inside = [part.strip() for part in _BRACKETS.findall(text)]
    outside = _BRACKETS.sub(" ", text).strip()
    between = _AFTER.split(outside)
    parts = [outside, *(between if len(between) > 1 else []), *inside]
    return [p for p in parts if p and not DEVICES.fullmatch(p) and bare(p)]
