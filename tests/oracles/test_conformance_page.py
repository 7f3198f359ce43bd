"""The conformance page names measures and tables that exist, and covers every measure that an oracle is mapped to."""

from __future__ import annotations

import re

from kmnet.measures.run import catalogue
from kmnet.outputs import TABLES
from tests.oracles import conformance as c
from tests.shared_data import ROOT


def test_page() -> None:
    text = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8")
    names = {m.about.name for m in catalogue()} | {
        *TABLES,
        *(column.name for t in TABLES.values() for column in t.columns),
    }
    lines = set(re.findall(r"^\| `([a-z_0-9]+)` \| (?:person|network|tie|group|groups|pair) ", text, re.MULTILINE))
    assert lines <= names | {"triad_*"}, lines - names
    mapped = {name for name, *_ in (*c.NETWORK.values(), *c.NODES.values())} | set(c.EDGES.values())
    assert mapped <= lines, mapped - lines
    disagreements = text.partition("## Where programs disagree")[2].partition("## Reference")[0].splitlines()
    ours = {name for line in disagreements for name in re.findall(r"`([a-z_]+)`", line.rpartition(" | ")[2])}
    assert len(ours) > 10 and ours <= names, ours - names
    assert "none beyond its tolerance" in text
