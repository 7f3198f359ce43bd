"""The page of problems is the catalogue of codes."""

from __future__ import annotations

import runpy

from tests.shared_data import ROOT


def test_the_page_is_made_from_the_catalogue() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_problems.py"))["page"]()
    kept = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    assert kept == made, "run `python docs/make_problems.py`"
