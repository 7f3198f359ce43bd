"""XML of other programs, read as a stream without entities or anything from outside the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from kmnet.errors import Problem
from kmnet.tables.reader import Opened

_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Unreadable(Exception):
    """The XML cannot be read; holds the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def local(node: Element) -> str:
    """A tag without its namespace."""
    return str(node.tag).rsplit("}", 1)[-1]


def elements(opened: Opened, *wanted: str) -> Iterator[tuple[int, Element]]:
    """Finished elements of the wanted tags, in order, with the line on which each ends.

    Raises
    ------
    Unreadable
        The file is no XML, or declares entities.
    """
    if _ENTITY.search(opened.data[:100_000]):
        message = "The file declares a document type or entities; kmnet reads neither"
        fix = "Delete the line that begins with <!DOCTYPE, if the file is one of yours."
        raise Unreadable(opened.problem("KM243", message, fix=fix))
    parser: Any = XMLPullParser(("end",))
    number = 0

    def ready() -> Iterator[tuple[int, Element]]:
        for _, node in parser.read_events():
            if local(node) in wanted:
                yield number, node

    try:
        for raw in BytesIO(opened.data):
            number += 1
            parser.feed(raw)
            yield from ready()
        parser.close()
        yield from ready()
    except (ParseError, ValueError, LookupError) as wrong:  # the last: an encoding that there is not
        at = getattr(wrong, "position", (number, 0))[0]
        raise Unreadable(opened.problem("KM243", "The file is no well-formed XML", at)) from None
