"""File names made of names in the data (promise A9)."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kmnet.report.labels import slug, slugs

NASTY = [
    "../x",
    "CON",
    "con",
    "a/b",
    "a b",
    "A b",
    "\U0001f469",
    "",
    ".",
    "nul",
    "x" * 300,
    "x" * 301,
    "lpt1",
    "é",
    "e",
]


def test_a9_nasty_names_become_distinct_legal_names() -> None:
    made = slugs(NASTY)
    assert len({v.casefold() for v in made.values()}) == len(NASTY)
    for name in made.values():
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", name)
        assert name not in {"con", "nul", "lpt1"}


@given(st.lists(st.text(max_size=30), unique=True, max_size=8))
def test_a9_any_names_stay_apart(names: list[str]) -> None:
    made = slugs(names)
    assert len({v.casefold() for v in made.values()}) == len(names)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]*", v) for v in made.values())


def test_plain_names_stay_as_they_are() -> None:
    assert slugs(["knows", "Cohort 1", "All"]) == {"knows": "knows", "Cohort 1": "cohort-1", "All": "all"}
    assert slug("works-together") == "works-together"
