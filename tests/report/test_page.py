"""The pages: whole with any table missing, safe with any text, the same on every call."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest

from kmnet.report import page
from kmnet.report.page import make
from kmnet.results import TABLES, Results
from tests.browser.made import PAYLOADS
from tests.browser.made import hostile as hostile_map
from tests.report.made_results import made

NAMES = [f"map{k}.html" for k in range(2)]


class Reader(HTMLParser):
    """Tags with their attributes, and the text that a person reads."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += f" {data}"


@pytest.fixture(scope="module")
def whole() -> page.Pages:
    return make(made(), ["map.html"])


def test_every_part_is_there_in_the_order_of_the_specification(whole: page.Pages) -> None:
    found = re.findall(r'<section id="([a-z-]+)"', whole.report.decode())
    assert found == ["in-short", "before-after", "change", "mixing", "bridging", "cohorts", "evidence", "equity",
                     "dependence", "trust", "method", "questions", "words", "files"]  # fmt: skip


def test_ids_are_unique_and_every_link_leads_somewhere(whole: page.Pages) -> None:
    for html in (whole.report, whole.summary):
        tags = Reader(html).tags
        ids = [a["id"] for _, a in tags if "id" in a]
        assert len(ids) == len(set(ids))
        targets = [a["href"][1:] for t, a in tags if t == "a" and (a.get("href") or "").startswith("#")]  # type: ignore[index]
        assert targets and set(targets) <= set(ids)
        named = [i for _, a in tags for i in (a.get("aria-labelledby") or "").split()]
        assert set(named) <= set(ids)


def test_tables_have_captions_and_scopes_and_pictures_have_words(whole: page.Pages) -> None:
    tags = Reader(whole.report).tags
    names = [t for t, _ in tags]
    assert names.count("table") == names.count("caption") > 10
    assert all(a.get("scope") in ("row", "col") for t, a in tags if t == "th")
    assert len(whole.pictures) == names.count("svg") >= 8
    assert all(p.alt and p.png.startswith(b"\x89PNG") for p in whole.pictures)


def test_nothing_comes_from_elsewhere_and_no_inline_style_or_handler(whole: page.Pages) -> None:
    for html in (whole.report, whole.summary):
        for tag, attributes in Reader(html).tags:
            assert not any(name == "style" or name.startswith("on") for name in attributes), (tag, attributes)
            assert not {"src", "srcset", "data", "action"} & attributes.keys()
        addresses = set(re.findall(rb"https?://[^\"' <]+", html))
        assert addresses <= {b"http://www.w3.org/2000/svg"}
        assert b"default-src 'none'" in html


def test_numbers_stand_with_what_they_are_of(whole: page.Pages) -> None:
    text = Reader(whole.report).text
    assert "6.4 per person after the programme, 4.8 before" in text
    assert "9 of 12 (75\xa0%) answered" in text
    assert "Described only" in text


def test_an_empty_cell_says_why(whole: page.Pages) -> None:
    assert "Nobody to be constrained by" in Reader(whole.report).text


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_report_is_whole_without_any_one_table(table: str) -> None:
    results = made()
    absent = {k: v for k, v in results.tables.items() if k != table}
    empty = dict(results.tables) | {table: results.tables[table].head(0)} if table in results.tables else absent
    for tables in (absent, empty):
        text = Reader(make(replace(results, tables=tables)).report).text
        assert "In short" in text and "nan" not in text.split() and "None" not in text.split()


@pytest.mark.parametrize("missing", ["string", "object", "nullable"])
def test_tables_of_nothing_but_undefined_cells(missing: str) -> None:
    results = made()
    keys = {"key", "person", "group", "organisation", "artefact", "workshop", "text", "date", "flag"}
    tables = {}
    for name, frame in results.tables.items():
        kinds = {c.name: c.kind for c in TABLES[name].columns}
        numbers = [c for c in frame if kinds.get(c, "number") not in keys]
        nothing = {"string": "*", "object": None, "nullable": pd.NA}[missing]
        tables[name] = frame.assign(**{c: pd.Series([nothing] * len(frame), dtype=object) for c in numbers})
    text = Reader(make(replace(results, tables=tables)).report).text
    assert "In short" in text and "<NA>" not in text and "nan" not in text.split()


def test_nothing_at_all_still_gives_a_page() -> None:
    results = made()
    bare = replace(
        results, tables={}, snapshots=(), people=results.people.head(0), measures={}, headlines=(), reasons=(), facts={}
    )
    text = Reader(make(bare).report).text
    assert "one moment only" in text and "cannot be read off a network" in text


def attacked(payload: str) -> Results:
    return made(name=lambda text: f"{payload}{text}")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_texts_stay_texts(payload: str) -> None:
    pages = make(attacked(payload), ["map.html"])
    harmless = make(attacked("x"), ["map.html"])
    for mine, other in ((pages.report, harmless.report), (pages.summary, harmless.summary)):
        assert [t for t, _ in Reader(mine).tags] == [t for t, _ in Reader(other).tags]
    for picture in pages.pictures:
        assert "<script" not in picture.svg and "<img" not in picture.svg and "<a " not in picture.svg


def test_the_hostile_study_of_the_map_makes_a_report_too() -> None:
    assert b"window.pwned=1</script>" not in make(hostile_map()).report.replace(b"&lt;", b"")


def test_the_summary_names_nobody_at_any_level() -> None:
    for share in ("inside", "partners", "public"):
        text = make(made(share)).summary.decode()  # type: ignore[arg-type]
        assert "Person P" not in text


def test_names_are_drawn_in_the_maps_of_the_inside_level_only() -> None:
    def map_of(share: str) -> str:
        return next(p.svg for p in make(made(share)).pictures if p.name.startswith("map-2"))  # type: ignore[arg-type]

    assert "Person P" in map_of("inside") and "Person P" not in map_of("partners")


def test_each_level_says_what_it_is() -> None:
    said = {share: Reader(make(made(share)).report).text for share in ("inside", "partners", "public")}  # type: ignore[arg-type]
    assert (
        "names are shown" in said["inside"]
        and "as codes" in said["partners"]
        and "No person is shown" in said["public"]
    )


def test_two_calls_give_the_same_bytes(whole: page.Pages) -> None:
    again = make(made(), ["map.html"])
    assert again.report == whole.report and again.summary == whole.summary
    assert [(p.svg, p.png) for p in again.pictures] == [(p.svg, p.png) for p in whole.pictures]


def test_no_p_value_in_the_opening(whole: page.Pages) -> None:
    opening = re.search(r'<section id="in-short".*?</section>', whole.report.decode(), re.S)
    assert opening and not re.search(r"\bp\s*[=<]", opening.group())
