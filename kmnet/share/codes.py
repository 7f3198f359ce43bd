"""Codes for people: keyed, so that only who has the key can tell whose code it is, and the same from run to run."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from kmnet.errors import ConfigError, OutputError, Place, Problem

LENGTH = 8
_PURPOSE = b"kmnet person\0"


def read_key(path: Path, output: Path) -> bytes:
    """The key behind the codes, from its file; a new one, which only the user may read, where there is none.

    Parameters
    ----------
    path : Path
        The key file.
    output : Path
        The output folder, in which the key must not lie.

    Raises
    ------
    ConfigError
        KM701 when the key would lie in the output, KM702 when the file holds no key.
    OutputError
        KM702 when there is no key and none can be written.
    """
    place = Place(path.name)
    if path.resolve().is_relative_to(output.resolve()):
        raise ConfigError(Problem.of("KM701", "the key lies in the output folder", place=place))
    if not path.exists():
        return _new_key(path)
    try:
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(Problem.of("KM702", "the key file cannot be read", place=place)) from None
    if not re.fullmatch(r"[0-9a-f]{32,}", text):
        raise ConfigError(Problem.of("KM702", "the file holds no key", place=place))
    return text.encode("ascii")


def _new_key(path: Path) -> bytes:
    text = secrets.token_hex(32)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(text + "\n")
    except OSError:
        fix = "Write `disclosure: {key: PATH}` with a file that you may write, or analyse with --share inside."
        problem = Problem.of("KM702", "the key file cannot be written", place=Place(path.name), fix=fix)
        raise OutputError(problem) from None
    return text.encode("ascii")


def codes(ids: Iterable[str], key: bytes, length: int = LENGTH) -> dict[str, str]:
    """A code for each id: base32 of HMAC-SHA256, longer only for those that would share one.

    Examples
    --------
    >>> sorted(len(c) for c in codes(["a", "b"], b"key").values())
    [8, 8]
    """
    whole = {one: _code(one, key) for one in sorted(set(ids))}
    return _shortest(whole, length)


def _code(one: str, key: bytes) -> str:
    seal = hmac.new(key, _PURPOSE + unicodedata.normalize("NFC", one).encode("utf-8", "surrogatepass"), hashlib.sha256)
    return base64.b32encode(seal.digest()).decode("ascii").rstrip("=")


def _shortest(whole: Mapping[str, str], length: int) -> dict[str, str]:
    """Each code cut to ``length``; codes that then clash are cut later."""
    shown: dict[str, str] = {}
    left = dict(whole)
    while left:
        heads: dict[str, list[str]] = {}
        for one, code in left.items():
            heads.setdefault(code[:length], []).append(one)
        alone = {ones[0] for ones in heads.values() if len(ones) == 1}
        if length >= 52:  # the whole code: two ids that are one text after normalisation
            alone = set(left)
        shown.update({one: left[one][:length] for one in alone})
        left = {one: code for one, code in left.items() if one not in alone}
        length += 1
    return {one: shown[one] for one in whole}


def labels(code: Mapping[str, str], role: Mapping[str, str]) -> dict[str, str]:
    """What is shown of each person: the role (Person where there is none) and the first letters of the code.

    Examples
    --------
    >>> labels({"p1": "K7QFAAAA"}, {"p1": "Public adviser"})
    {'p1': 'Public adviser K7QF'}
    """
    short = _shortest(code, 4)
    return {one: f"{role.get(one) or 'Person'} {short[one]}" for one in code}
