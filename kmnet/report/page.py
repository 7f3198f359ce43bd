"""report.html and summary.html: sections and a template made into one self-contained file each.

The pages carry a content-security policy that allows their own style and script by hash and nothing else, so that
"sends nothing anywhere" is a fact that a browser keeps. Every text is escaped by the template.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kmnet.network.exchange import clean
from kmnet.report import summary
from kmnet.report.blocks import Figure, Fold, Picture, Row, Section, letter
from kmnet.report.reading import Reading
from kmnet.report.scene import Spots
from kmnet.report.sections import (
    bridging,
    change,
    cohorts,
    dependence,
    equity,
    evidence,
    method,
    mixing,
    opening,
    trust,
)
from kmnet.results import Results


@dataclass(frozen=True, slots=True)
class Pages:
    """The finished pages, and the pictures that also go to the figures folder."""

    report: bytes
    summary: bytes
    pictures: tuple[Picture, ...]


def make(
    results: Results, maps: Sequence[str] = (), spots: Mapping[str, Spots] | None = None, inside: str = ""
) -> Pages:
    """Make both pages.

    Parameters
    ----------
    maps : sequence of str
        File names of the interactive maps beside the report.
    spots : mapping of network to positions, optional
        Where the map draws people, so that the report draws them on the same spots.
    inside : str, optional
        The map page itself, to stand in the report; ``maps`` are then named but not linked, since the report may
        travel alone.
    """
    reading = Reading(results)
    drawn = opening.drawings(reading, spots or {})
    sections = report_sections(reading, maps, drawn, inside)
    pictures = tuple(figure.picture for figure in _figures(sections))
    head = opening.header(reading)
    return Pages(
        report=_render("report.html", head=head, sections=sections, report=True, inside=inside),
        summary=_render(
            "report.html", head=summary.header(head), sections=summary.sections(reading, drawn), report=False
        ),
        pictures=pictures,
    )


def report_sections(reading: Reading, maps: Sequence[str], drawn: opening.Drawn, inside: str = "") -> list[Section]:
    """The parts of the report in their order; a part that the study has nothing for is left out."""
    found = (
        opening.in_short(reading),
        opening.before_after(reading, maps, drawn, inside),
        change.section(reading),
        mixing.section(reading),
        bridging.section(reading),
        cohorts.section(reading),
        evidence.section(reading),
        equity.section(reading),
        dependence.section(reading),
        trust.section(reading),
        method.how(reading),
        method.questions(reading),
        method.words_used(reading),
        method.files(reading, maps, alone=bool(inside)),
    )
    return [section for section in found if section is not None]


def _figures(blocks: Sequence[Any]) -> Iterator[Figure]:
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, (Section, Row, Fold)):
            yield from _figures(block.blocks)


def _render(template: str, *, inside: str = "", **values: Any) -> bytes:
    style, script = _static("report.css"), _static("report.js")
    # a page inside this one obeys this one's policy too, so what it may run and draw is allowed here
    scripts, styles = ("".join(f" {h}" for h in _allowed(inside, kind)) for kind in ("script-src", "style-src"))
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'{styles}; script-src '{_hash(script)}'{scripts};"
        f" img-src data:{' blob:' if inside else ''}; base-uri 'none'; form-action 'none'"
    )
    text = _environment().get_template(template).render(
        policy=policy, style=_markup(style), script=_markup(script), svg=_markup, letter=letter,
        attribute=_mark, **values
    )  # fmt: skip
    text = clean(text)
    if inside:  # put in afterwards: one changed character of its scripts, and their hashes would forbid them
        text = text.replace(_mark(inside), inside.replace("&", "&amp;").replace("'", "&#39;"), 1)
    return text.encode("utf-8", "backslashreplace")


def _allowed(page: str, kind: str) -> list[str]:
    """Hashes that a page's own policy allows."""
    found = re.search(rf"{kind} ((?:'sha256-[A-Za-z0-9+/=]+' ?)+)", html.unescape(page[:2000]))
    return found.group(1).split() if found else []


def _mark(page: str) -> str:
    """What stands for a page until it is put in."""
    return hashlib.sha256(page.encode()).hexdigest()


@cache
def _environment() -> Any:
    """Templates with escaping on for every value."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("kmnet.report", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip


def _markup(text: str) -> Any:
    """Mark our own style, script or SVG as finished markup. Nothing that holds a text of the data may come here raw."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 (own files; SVG texts are escaped by their writers)


@cache
def _static(name: str) -> str:
    return files("kmnet.report").joinpath("static", name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
