"""Makes ``docs/measures.md`` from the catalogue of measures: ``python docs/make_measures.py``."""

from __future__ import annotations

from pathlib import Path

from kmnet.init.telling import measure_rows
from kmnet.measures.run import catalogue
from kmnet.results import About

HEAD = """# Measures

Every measure: what it says, formula, what it is divided by, its variant, when it is not defined, its source, how it is
misread, and which program it agrees with. `kmnet measures NAME` prints one. This page is made from `kmnet/measures/`.
"""

OF = {
    "person": "Of a person", "network": "Of a network", "organisation": "Of an organisation", "group": "Of a group",
    "groups": "Of pairs of groups", "tie": "Of a tie", "pair": "Of a pair of people",
}  # fmt: skip


def page() -> str:
    """The page as Markdown."""
    parts = [HEAD]
    abouts = [item.about for item in catalogue()]
    for of, title in OF.items():
        mine = sorted((a for a in abouts if a.of == of), key=lambda a: a.name)
        if mine:
            parts.append(f"## {title}\n")
            parts += [_card(about) for about in mine]
    return "\n".join(parts)


def _card(about: About) -> str:
    rows = measure_rows(about)[2:]
    said = "\n".join(f"- {word}: {text}" for word, text in rows if text)
    return f"### `{about.name}`: {about.title}\n\n{about.reads}\n\n{said}\n"


if __name__ == "__main__":
    Path(__file__).with_name("measures.md").write_text(page(), encoding="utf-8", newline="\n")
