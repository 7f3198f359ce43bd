"""File names made of names in the data: short, legal on every system, and never the same for two names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_RESERVED = {"con", "prn", "aux", "nul", *(f"{d}{k}" for d in ("com", "lpt") for k in range(10))}
_LONGEST = 40


def slug(name: str) -> str:
    """Lower-case letters, digits and hyphens; a name that does not survive as it is gets a short hash.

    A plain name keeps its own slug, so that ``knows`` stays ``knows``.

    Examples
    --------
    >>> slug("knows"), slug("CON") == slug("con"), slug("../x").startswith("x-")
    ('knows', False, True)
    """
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    text = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:_LONGEST].strip("-")
    if text and text == name and text not in _RESERVED:
        return text
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{text}-{mark}" if text else f"x-{mark}"


def slugs(names: Iterable[str]) -> dict[str, str]:
    """A file name for each name; a readable one without the hash where no other name would get the same.

    Examples
    --------
    >>> slugs(["Cohort 1", "Cohort 2", "All"])
    {'Cohort 1': 'cohort-1', 'Cohort 2': 'cohort-2', 'All': 'all'}
    >>> len(set(slugs(["a b", "A b", "a/b"]).values()))
    3
    """
    full = {name: slug(name) for name in names}
    short = {name: re.sub(r"-[0-9a-f]{8}$", "", text) if text != name else text for name, text in full.items()}
    taken = list(short.values())
    return {
        name: full[name] if taken.count(text) > 1 or text in _RESERVED or text == "x" else text
        for name, text in short.items()
    }
