"""Makes ``docs/problems.md`` from the catalogue of codes: ``python docs/make_problems.py``."""

from __future__ import annotations

from pathlib import Path

from kmnet.codes import CODES

BLOCKS = {
    "1": "The config",
    "2": "Reading files",
    "3": "People and identity",
    "4": "Rows that do not fit together",
    "5": "Networks and limits",
    "6": "Output",
    "7": "Sharing and privacy",
    "8": "What the data cannot bear",
    "9": "Published tables that are checked",
}

HEAD = """# Problems

Every problem that kmnet can name, with its code, how grave it is unless your config says otherwise, and the cure.
`kmnet explain KM203` prints one of them. In the config, `policies: {row-width: set_aside}` (name or code; error, warn
or set_aside) decides what happens to rows with that problem. This page is made from `kmnet/codes/`.
"""


def page() -> str:
    """The page as Markdown."""
    parts = [HEAD]
    block = ""
    for code in sorted(CODES.values(), key=lambda c: c.code):
        if code.code[2] != block:
            block = code.code[2]
            parts.append(f"\n## KM{block}xx: {BLOCKS[block]}\n")
        parts.append(f"\n### {code.code} {code.name}\n\n*{code.severity}.* {code.meaning}\n\n{code.cure}\n")
    return "".join(parts)


if __name__ == "__main__":
    Path(__file__).with_name("problems.md").write_text(page(), encoding="utf-8", newline="\n")
