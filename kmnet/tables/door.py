"""Bytes at the door: what may come in, and which letters they are."""

from __future__ import annotations

import codecs
import hashlib
import re
import stat
import zlib
from dataclasses import dataclass
from pathlib import Path

from kmnet.errors import Place, Problem
from kmnet.tables.cells import has_control, strip_control

UNPACKED = 4_000_000_000
"""A .gz may unpack to so many bytes."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ODD_WORD = re.compile(r"[^\s,;|\t\"]*[^\x00-\x7f][^\s,;|\t\"]*")


@dataclass(frozen=True)
class Bytes:
    """A file that was read once: its bytes (unpacked) and the hash of what lay on disk."""

    data: bytes
    sha256: str


def fetch(path: Path, name: str) -> Bytes | Problem:
    """Read a regular file once. A folder, a pipe, a device or an empty file is a problem."""
    place = Place(name)
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode):
            what = "a folder" if stat.S_ISDIR(kind.st_mode) else "no regular file"
            return Problem.of("KM201", f"The file is {what}", place=place)
        raw = path.read_bytes()
    except FileNotFoundError:
        return Problem.of("KM201", "There is no such file", place=place)
    except (OSError, ValueError) as wrong:
        return Problem.of(
            "KM201", f"The file cannot be read: {getattr(wrong, 'strerror', None) or 'bad path'}", place=place
        )
    digest = hashlib.sha256(raw).hexdigest()
    if raw[:2] == b"\x1f\x8b":
        unpacked = _unpack(raw)
        if unpacked is None:
            return Problem.of("KM201", "The .gz file is damaged, or unpacks to more than 4 GB", place=place)
        raw = unpacked
    if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return Problem.of("KM202", "The file is empty", place=place)
    return Bytes(raw, digest)


def _unpack(raw: bytes) -> bytes | None:
    parts, left, size = [], raw, 0
    while left[:2] == b"\x1f\x8b":  # members of a .gz follow one another
        machine = zlib.decompressobj(31)
        try:
            part = machine.decompress(left, UNPACKED - size + 1)
        except zlib.error:
            return None
        size += len(part)
        if size > UNPACKED or not machine.eof:
            return None
        parts.append(part)
        left = machine.unused_data
    return b"".join(parts)


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, list[Problem]] | Problem:
    """The text of a file: byte order mark, then UTF-8, then UTF-16 by its zero bytes, then cp1252 with a warning.

    Guessing an encoding from letter statistics is wrong most of the time on short lists of names; a rule that says
    what it did is not.
    """
    place, problems = Place(name), []
    if encoding:
        try:
            text = data.decode(encoding).removeprefix("\ufeff")
        except LookupError:
            return Problem.of("KM211", f'There is no encoding called "{encoding}"', place=place)
        except UnicodeError:
            return Problem.of("KM211", f'The file is not in the encoding "{encoding}"', place=place)
    else:
        chosen = _choose(data)
        try:
            text = data.decode(chosen).removeprefix("\ufeff")
        except UnicodeError as wrong:
            line = data[: getattr(wrong, "start", 0)].count(b"\n") + 1
            return Problem.of("KM211", f"The bytes are no text in {chosen}", place=Place(name, line))
        if chosen == "cp1252":
            words = sorted(set(_ODD_WORD.findall(text)))
            message = (
                f"The file is not UTF-8; it was read as cp1252, which gave {len(words)} words with special letters"
            )
            problems.append(Problem.of("KM212", message, place=place, seen=", ".join(words[:20])))
    text = text.rstrip("\x1a")
    if has_control(text):
        many = sum(map(has_control, text.splitlines()))
        first = next(k for k, line in enumerate(re.split("\r\n|\r|\n", text), 1) if has_control(line))
        message = f"{many} lines held control characters"
        problems.append(Problem.of("KM213", message, place=Place(name, first)))
        text = strip_control(text)
    return text, problems


def _choose(data: bytes) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    head = data[:4096]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) > len(head) // 5:
        return "utf-16-le" if odd >= even else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
