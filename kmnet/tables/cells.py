"""What one cell means: text as it is shown, text as it is compared, numbers and flags. Nothing is guessed."""

from __future__ import annotations

import re
import unicodedata

_STRIP = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile("[\x0b\x0c\x85]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
# Zero-width and direction marks; joiners (200c, 200d) stay in what is shown because some scripts need them.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_JOINERS = re.compile("[\u200c\u200d]")
_SPACES = re.compile(r"\s+")
_STROKES = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŀ": "l", "ħ": "h", "ŧ": "t"}
)  # letters that Unicode does not take apart, although people leave the stroke out
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)

TRUE = frozenset({"true", "yes", "y", "t", "1", "x", "✓", "✔"})
FALSE = frozenset({"", "false", "no", "n", "f", "0"})


def has_control(text: str) -> bool:
    """Whether a text holds control characters that no export could carry."""
    return _CONTROL.search(text) is not None


def strip_control(text: str) -> str:
    """Without control characters; those that break a line in Word or PowerPoint become a space."""
    return _STRIP.sub("", _BREAK.sub(" ", text))


def clean(text: str) -> str:
    """A cell as it is kept and shown: composed (NFC), trimmed, single spaces, no invisible marks.

    Examples
    --------
    >>> clean("  Jose\\u0301\\u00a0 Smith\\u200b ")
    'José Smith'
    """
    if text.isascii() and "  " not in text and text.isprintable():
        return text.strip()
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _INVISIBLE.sub("", text))).strip()


def fold(text: str) -> str:
    """A cell as it is compared: :func:`clean`, without joiners and without case. Accents still count.

    Examples
    --------
    >>> fold(" P01 ") == fold("p01"), fold("José") == fold("Jose")
    (True, False)
    """
    if text.isascii():
        return clean(text).lower()
    once = unicodedata.normalize("NFC", _JOINERS.sub("", clean(text)).casefold())
    return clean(unicodedata.normalize("NFC", once.casefold()))


def plain(text: str) -> str:
    """A heading as it is compared: also without accents, and with signs between words as single spaces.

    Examples
    --------
    >>> plain(" Prénom_Nom ")
    'prenom nom'
    """
    bare = fold(text)
    for _ in range(0 if bare.isascii() else 2):  # taking marks off can lay a capital bare
        bare = "".join(c for c in unicodedata.normalize("NFKD", fold(bare)) if not unicodedata.combining(c))
        bare = bare.translate(_STROKES)
    return re.sub(r"[\s_\-./:*?]+", " ", bare).strip()


def number(text: str) -> float | None:
    """A plain decimal number with a point, or None. No thousands signs, no infinities, no words.

    Examples
    --------
    >>> number("1.5"), number("1,5"), number("nan")
    (1.5, None, None)
    """
    value = float(text) if _NUMBER.fullmatch(text) else None
    return value if value is None or abs(value) < 1e300 else None


def flag(text: str) -> bool | None:
    """True, false, or None where the cell says neither. An empty cell is false."""
    word = fold(text)
    return True if word in TRUE else False if word in FALSE else None


def many(count: int, word: str) -> str:
    """A number with its word: ``1 row``, ``12 rows``."""
    return f"{count:,} {word}" + ("" if count == 1 else "s")
