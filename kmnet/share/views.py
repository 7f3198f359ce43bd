"""Every text that the bytes of a file may hold: as they are, unpacked, and with each way of hiding letters undone."""

from __future__ import annotations

import binascii
import codecs
import gzip
import html
import io
import re
import unicodedata
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

DEPTH = 5
"""Packings inside packings that are opened."""

LARGEST = 400_000_000
"""Bytes that one packed member may unpack to; what is larger is looked at up to here."""

_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_ESCAPE = re.compile(r"\\+u\{?([0-9a-fA-F]{4,6})\}?|\\+x([0-9a-fA-F]{2})")
_CELL = re.compile(rb' (?:r|ref|sqref|topLeftCell|activeCell)="[A-Z0-9:$ ]+"')
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class View:
    """A text, how it was got at (``base64 > zip member sheet1.xml > text``), and whether it is text at all."""

    how: str
    text: str
    binary: bool


def views(data: bytes, how: str = "", depth: int = 0) -> Iterator[View]:
    """Every view on some bytes; each text is folded (lower case, no accents) for searching."""
    yield from _texts(data, how)
    if depth < DEPTH:
        for name, inner in _unpacked(data):
            yield from views(inner, f"{how}{name} > ", depth + 1)


def fold(text: str, *, lines: bool = False) -> str:
    """Text as it is compared: compatibility forms, no accents, lower case, every space a plain one.

    With ``lines`` the ends of lines stay, so that a place can be told.

    Examples
    --------
    >>> fold("JOSÉ\u00a0Núñez")
    'jose nunez'
    """
    bare = _FOREIGN.sub(lambda found: _bare(found[0]), text.lower())
    return _GAPS.sub(" ", bare) if lines else _SPACES.sub(" ", bare)


_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_GAPS = re.compile(r"[^\S\n]+")
_SPACES = re.compile(r"\s+")


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c)).translate(_STROKES)
    return re.sub("[\u200b-\u200f\u2060\ufeff]", " ", bare)


_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters whose stroke people leave out, and that Unicode does not take apart."""


def _texts(data: bytes, how: str) -> Iterator[View]:
    sample = data[:65536]
    binary = sum(b < 9 or 13 < b < 32 for b in sample) > 0.02 * len(sample)
    plain = data.decode("utf-8", "replace")
    if plain.count("\ufffd") > len(plain) // 50:
        plain = data.decode("latin-1")
    yield from _undone(plain, f"{how}text", binary)
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield from _undone(data.decode("utf-16", "replace"), f"{how}utf-16", False)
    if b"\0" in data:
        for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
            for start in range(2 if "16" in encoding else 1):
                text = data[start:].decode(encoding, "ignore")
                yield View(f"{how}{encoding}", fold("".join(c if c.isprintable() else " " for c in text)), binary)


def _undone(text: str, how: str, binary: bool) -> Iterator[View]:
    """A text, and what it is when entities, escapes and percent signs are undone (all together, twice over)."""
    yield View(how, fold(text), binary)
    if binary:
        return
    for _ in range(2):
        changed = html.unescape(_ESCAPE.sub(_letter, urllib.parse.unquote(text)))
        if changed == text:
            return
        text = changed
        yield View(f"{how}, escapes undone", fold(text), binary)


def _letter(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else " "


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:4] == b"PK\x03\x04":
        yield from _zip(data)
    elif data[:2] == b"\x1f\x8b":
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            yield from _safely("gzip", lambda: stream.read(LARGEST))
    elif data[:8] == _PNG:
        yield from _png(data)
    yield from _base64(data)


def _base64(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Runs of base64: the long ones each by itself, the short ones together."""
    short = []
    for found in _BASE64.findall(data):
        if re.search(rb"[a-z]", found) is None or re.search(rb"[A-Z]", found) is None:
            continue  # a long number or word, or hexadecimal
        plain = found.translate(_PLAIN).rstrip(b"=")
        for start in range(4):  # what stands before may run into the first letters
            part = plain[start:]
            part = part[: len(part) - (len(part) % 4 == 1)]
            inner = binascii.a2b_base64(part + b"=" * (-len(part) % 4))
            if len(inner) > 300 and start == 0 or inner[:4] == b"PK\x03\x04" or inner[:2] == b"\x1f\x8b":
                yield "base64", inner
            elif len(inner) <= 300 and _readable(inner):
                short.append(inner)
    if short:
        yield "base64", b"\n".join(short)


_PLAIN = bytes.maketrans(b"-_", b"+/")


def _readable(data: bytes) -> bool:
    if sum(32 <= b < 127 or b > 159 for b in data) > 0.9 * len(data):
        return True
    return not data.isascii() and len(data.decode("utf-8", "ignore").encode()) > 0.9 * len(data)  # other scripts


def _zip(data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            for entry in whole.infolist():
                yield "zip entry name", (entry.filename + "\n").encode("utf-8", "surrogatepass") + entry.comment
                with whole.open(entry) as stream:
                    member = stream.read(LARGEST)
                if entry.filename.startswith("xl/worksheets/"):
                    member = _CELL.sub(b"", member)  # the cell P100 is not the person P100
                yield f"zip member {entry.filename}", member
            yield "zip comment", whole.comment
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error, EOFError):
        return


def _png(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The texts of a picture, chunk by chunk, packed or not."""
    at = len(_PNG)
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        if kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
            yield f"picture {kind.decode()}", body.replace(b"\0", b" ")
            for start in [m.start() for m in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", body)][:4]:
                yield from _safely(f"picture {kind.decode()}", _inflate(body[start:]))
        at += 12 + size


def _inflate(data: bytes) -> Callable[[], bytes]:
    return lambda: zlib.decompressobj().decompress(data, LARGEST)


def _safely(name: str, unpack: Callable[[], bytes]) -> Iterator[tuple[str, bytes]]:
    try:
        yield name, unpack()
    except (OSError, EOFError, zlib.error):
        return
