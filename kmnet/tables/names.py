"""When two spellings are one name: case, accents, spaces, order, titles and brackets. Never how alike they look."""

from __future__ import annotations

import re

from kmnet.tables.cells import fold, plain

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
_NOBODY = frozenset(
    {
    "?", "tbc", "tba", "n/a", "unknown", "anonymous", "guest", "guests", "visitor", "visitors", "other", "others",
    "user", "participant", "gast", "invité", "invitado", "teilnehmer", "convidado", "ospite", "gość", "anonym",
    "anonyme", "anónimo", "unknown user", "info requested", "anonymous user", "guest user", "unknown participant",
    "name", "guest speaker"
}
)  # fmt: skip
_SOME = re.compile(
    r"\W*\+?\s*\d+\s*(?:x\b|×|others?|more|guests?|students?|people|members|visitors?|additional|staff)\s*.*"
)
_CALLER = re.compile(
    r"\+?[\d*\s()-]{10,}|call-?\s?in[\s_-]*user.*|caller[\s_-]*\d*|telephone.*|phone user.*", re.IGNORECASE
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
    parts = [outside, *beside(text), *inside]
    return [p for p in parts if p and not DEVICES.fullmatch(p) and bare(p)]


def beside(text: str) -> list[str]:
    """What stands side by side in a display name: ``Ann Lee - NHS``; nothing where it is one piece."""
    parts = _AFTER.split(_BRACKETS.sub(" ", text).strip())
    return parts if len(parts) > 1 else []


def nobody(text: str) -> bool:
    """Whether a cell stands where a name should and is nobody's: a placeholder, or so many unnamed people.

    Examples
    --------
    >>> nobody("TBC"), nobody("2 x students"), nobody("+ 3 others"), nobody("?"), nobody("Guest, Ann")
    (True, True, True, True, False)
    """
    return fold(text).strip(" .:") in _NOBODY or not any(c.isalnum() for c in text) or bool(_SOME.fullmatch(fold(text)))


def unnamed(text: str) -> bool:
    """Whether a display name is a telephone, a device or a guest without a name.

    Examples
    --------
    >>> unnamed("iPhone"), unnamed("+44 7700 900123"), unnamed("Call-In User_1"), unnamed("Jane's iPhone")
    (True, True, True, False)
    """
    device = DEVICES.fullmatch(text) and not re.search(r"['’]s\s", text)
    return nobody(text) or bool(_CALLER.fullmatch(text) or device)
