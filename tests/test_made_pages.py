"""Pages of settings and measures are made from the code, and leave nothing out."""

from __future__ import annotations

import runpy

import pytest
from pydantic import BaseModel

from kmnet.config import schema
from kmnet.measures.run import catalogue
from tests.shared_data import ROOT


@pytest.mark.parametrize("name", ["settings", "measures", "promises"])
def test_a_page_is_made_from_the_code(name: str) -> None:
    made = runpy.run_path(str(ROOT / "docs" / f"make_{name}.py"))["page"]()
    kept = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    assert kept == made, f"run `python docs/make_{name}.py`"


def test_every_setting_says_what_it_does_and_stands_on_the_page() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    models = [m for m in vars(schema).values() if isinstance(m, type) and issubclass(m, BaseModel)]
    for model in models:
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name}"
            assert f"| `{field.alias or name}` |" in page


def test_every_measure_stands_on_the_page() -> None:
    page = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    for item in catalogue():
        assert f"### `{item.about.name}`: {item.about.title}" in page


def test_every_promise_has_a_test_that_carries_its_number_or_a_reason_why_not() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_promises.py"))
    shown, promises = made["shown"](), made["promises"]()
    assert [p["row"] for p in promises if not shown.get(p["row"]) and not p["remark"]] == []
    assert set(shown) <= {p["row"] for p in promises}, "a test carries the number of no promise"
