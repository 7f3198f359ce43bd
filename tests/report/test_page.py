"""The pages: whole with any table missing, safe with any text, the same on every call."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest

from kmnet.outputs import TABLES
from kmnet.report import figures, node_link, page
from kmnet.report.blocks import Picture
from kmnet.report.page import make
from kmnet.report.reading import Reading
from kmnet.report.sections import method, mixing, opening
from kmnet.results import About
from tests.browser.made import PAYLOADS
from tests.browser.made import hostile as hostile_map
from tests.report.made_results import IDS, made

SPOTS = {"knows": {name: (float(k % 4), float(k // 4)) for k, name in enumerate(IDS)}}


class Html(HTMLParser):
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
        tags = Html(html).tags
        ids = [a["id"] for _, a in tags if "id" in a]
        assert len(ids) == len(set(ids))
        targets = [a["href"][1:] for t, a in tags if t == "a" and (a.get("href") or "").startswith("#")]  # type: ignore[index]
        assert targets and set(targets) <= set(ids)
        named = [i for _, a in tags for i in (a.get("aria-labelledby") or "").split()]
        assert set(named) <= set(ids)


def test_tables_have_captions_and_scopes_and_pictures_have_words(whole: page.Pages) -> None:
    tags = Html(whole.report).tags
    names = [t for t, _ in tags]
    assert names.count("table") == names.count("caption") > 10
    assert all(a.get("scope") in ("row", "col") for t, a in tags if t == "th")
    assert len(whole.pictures) == [a.get("role") for t, a in tags if t == "svg"].count("img") >= 8
    assert all(a.get("role") == "img" or a.get("aria-hidden") == "true" for t, a in tags if t == "svg")
    assert all(p.alt and p.png.startswith(b"\x89PNG") for p in whole.pictures)


def test_5_1_nothing_comes_from_elsewhere_and_no_inline_style_or_handler(whole: page.Pages) -> None:
    for html in (whole.report, whole.summary):
        for tag, attributes in Html(html).tags:
            assert not any(name == "style" or name.startswith("on") for name in attributes), (tag, attributes)
            assert not {"src", "srcset", "data", "action"} & attributes.keys()
        addresses = set(re.findall(rb"https?://[^\"' <]+", html))
        assert addresses <= {b"http://www.w3.org/2000/svg"}
        policies = [a["content"] for t, a in Html(html).tags if a.get("http-equiv") == "Content-Security-Policy"]
        assert policies and "default-src 'none'" in str(policies[0]) and "unsafe" not in str(policies[0])


def test_numbers_stand_with_what_they_are_of(whole: page.Pages) -> None:
    text = Html(whole.report).text
    assert "6.4 per person after the programme, 4.8 before" in text
    assert "9 of 12 (75%) answered" in text
    assert "Described only" in text


def test_the_first_bridges_are_told_besides_staff_too(whole: page.Pages) -> None:
    """Staff leave when a programme ends; in the made study the first of all is one of them."""
    first = "Person P01, Person P02, Person P03, Person P04 and Person P05"
    assert f"Besides programme staff, {first} come first." in Html(whole.report).text
    nobody = made()
    bare = replace(nobody, people=nobody.people.assign(facilitator=False))
    assert "Besides programme staff" not in Html(make(bare).report).text


def test_words_are_explained_once_for_all_groupings() -> None:
    """A mean over people, and a measure by another grouping, are explained with the measure."""
    known = {
        name: About(name, name, "person", "", "", source="x", family="")
        for name in ("blau", "blau_sector", "mean_blau", "mean_blau_sector", "mean_degree")
    }
    told = {name: method._base(name, known, ["role", "sector"]) for name in known}
    assert told == dict.fromkeys(("blau", "blau_sector", "mean_blau", "mean_blau_sector"), "blau") | {
        "mean_degree": "mean_degree"
    }


def test_an_empty_cell_says_why(whole: page.Pages) -> None:
    assert "Nobody to be constrained by" in Html(whole.report).text


def test_4_8_the_report_says_what_it_must_not_be_used_for(whole: page.Pages) -> None:
    text = Html(whole.report).text
    assert "must not be used to judge staff" in text and "People whom others named" in text


@pytest.fixture
def unpainted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are not painted, which is most of the work."""

    def blank(figure: object, name: str, title: str, alt: str) -> Picture:
        return Picture(name, title, alt, "<svg></svg>", b"")

    monkeypatch.setattr(figures, "finish", blank)
    monkeypatch.setattr(figures, "map_picture", lambda picture, name: blank(None, name, picture.title, picture.alt))


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_report_is_whole_without_any_one_table(table: str) -> None:
    results = made()
    absent = {k: v for k, v in results.tables.items() if k != table}
    empty = dict(results.tables) | {table: results.tables[table].head(0)} if table in results.tables else absent
    for tables in (absent, empty):
        text = Html(make(replace(results, tables=tables), spots=SPOTS).report).text
        assert "In short" in text and "nan" not in text.split() and "None" not in text.split()


@pytest.mark.usefixtures("unpainted")
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
    text = Html(make(replace(results, tables=tables), spots=SPOTS).report).text
    assert "In short" in text and "<NA>" not in text and "nan" not in text.split()


def test_nothing_at_all_still_gives_a_page() -> None:
    results = made()
    bare = replace(
        results, tables={}, snapshots=(), people=results.people.head(0), measures={}, headlines=(), reasons=(), facts={}
    )
    text = Html(make(bare).report).text
    assert "one moment only" in text and "cannot be read off a network" in text


def attack() -> Callable[[str], str]:
    """Each text of the study becomes the next attack; a text that comes again becomes the same one."""
    given: dict[str, str] = {}
    return lambda text: given.setdefault(text, f"{PAYLOADS[len(given) % len(PAYLOADS)]}{text}")


def test_5_1_hostile_texts_stay_texts() -> None:
    pages, harmless = make(made(name=attack()), ["map.html"]), make(made(name=lambda text: f"x{text}"), ["map.html"])
    for mine, other in ((pages.report, harmless.report), (pages.summary, harmless.summary)):
        found, expected = (Html(re.sub(rb"<svg.*?</svg>", b"", html, flags=re.S)) for html in (mine, other))
        assert sorted(t for t, _ in found.tags) == sorted(t for t, _ in expected.tags)
        assert any(text in found.text for text in PAYLOADS[:-1])  # they are there to be read
    for picture in pages.pictures:
        assert "<script" not in picture.svg and "<img" not in picture.svg and "<a " not in picture.svg


def test_the_hostile_study_of_the_map_makes_a_report_too() -> None:
    assert b"window.pwned=1</script>" not in make(hostile_map()).report.replace(b"&lt;", b"")


@pytest.mark.usefixtures("unpainted")
def test_the_summary_names_nobody_whatever_the_report_does() -> None:
    for share in ("inside", "partners"):
        text = make(made(share)).summary.decode()  # type: ignore[arg-type]
        assert "Person P" not in text


def test_names_are_drawn_in_the_maps_of_the_inside_level_only() -> None:
    def map_of(share: str) -> str:
        name, picture = opening.drawings(Reading(made(share)), {})[1]  # type: ignore[arg-type]
        return node_link.svg(picture, name)

    assert "Person P" in map_of("inside") and "Person P" not in map_of("partners")


@pytest.mark.usefixtures("unpainted")
def test_4_1_each_level_says_what_it_is() -> None:
    said = {share: Html(make(made(share)).report).text for share in ("inside", "partners", "public")}  # type: ignore[arg-type]
    assert (
        "names are shown" in said["inside"]
        and "as codes" in said["partners"]
        and "No person is shown" in said["public"]
    )


def test_g5_two_calls_give_the_same_bytes(whole: page.Pages) -> None:
    again = make(made(), ["map.html"])
    assert again.report == whole.report and again.summary == whole.summary
    assert [(p.svg, p.png) for p in again.pictures] == [(p.svg, p.png) for p in whole.pictures]


def test_no_p_value_in_the_opening(whole: page.Pages) -> None:
    opening = re.search(r'<section id="in-short".*?</section>', whole.report.decode(), re.S)
    assert opening and not re.search(r"\bp\s*[=<]", opening.group())


def test_bars_of_several_groups_are_told_apart() -> None:
    results = made()
    equity = results.tables["equity"]
    both = pd.concat([equity, equity.assign(group="Nurses")], ignore_index=True)
    report = make(replace(results, tables={**results.tables, "equity": both}), ["map.html"]).report.decode()
    labels = re.search(r"<desc[^>]*>([^<]*interval[^<]*)</desc>", report[report.index("equity-contacts") :])
    assert labels and "Nurses, All cohorts, before" in labels[1] and "Nurses, All cohorts, after" in labels[1]


def test_a_reader_is_told_what_pictures_and_tables_count(whole: page.Pages) -> None:
    """Staff stand in the pictures and not in the sentences; groups of two cohorts cannot be tied to each other."""
    results = made()
    summary, networks = results.tables["tie_change_summary"], results.tables["networks"]
    tables = {
        "tie_change_summary": summary[summary["facilitators"] == "with"],
        "networks": pd.concat([networks, networks.assign(cohort="Cohort 2")], ignore_index=True),
    }
    other = make(replace(results, tables={**results.tables, **tables}), ["map.html"])
    for before, after in ((whole.report, other.report), (whole.summary, other.summary)):
        assert opening.STAFF_DRAWN in before.decode() and opening.STAFF_DRAWN not in after.decode()
    assert mixing.INSIDE not in whole.report.decode() and mixing.INSIDE in other.report.decode()


def test_nothing_hidden_is_told_as_nothing(whole: page.Pages) -> None:
    """At the public level few ties are hidden, and counts are rounded: neither a 0 nor a percentage follows."""
    results = made()
    bare = tuple(replace(s, source=s.source[:0], target=s.target[:0], weight=s.weight[:0]) for s in results.snapshots)
    summary = results.tables["tie_change_summary"].assign(cannot_tell=float("nan"))
    public = replace(
        results, share="public", snapshots=bare, tables={**results.tables, "tie_change_summary": summary},
        facts=results.facts | {"response": {"before": (35, 35)}},
    )  # fmt: skip
    pages = make(public, ["map.html"])
    for html in (pages.report.decode(), pages.summary.decode()):
        assert "no link that can be shown" in html and "0 linked pairs" not in html and opening.FEW_HIDDEN in html
        assert "About 35 of about 35" in html and "35 of 35" not in html
    assert "; a few more cannot be judged" in pages.report.decode()
    assert opening.FEW_HIDDEN not in whole.report.decode()
