"""The report and the summary in a real browser: quiet, closed, reachable by everyone, inert to attacks, printable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kmnet.report import page
from kmnet.report.maps import map_html
from kmnet.results import Results
from tests.browser.made import PAYLOADS
from tests.report.made_results import made

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def written(results: Results, folder: Path) -> Path:
    pages = page.make(results, ["map.html"])
    (folder / "report.html").write_bytes(pages.report)
    (folder / "summary.html").write_bytes(pages.summary)
    for picture in pages.pictures:
        (folder / f"{picture.name}.svg").write_text(picture.svg, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(made(), tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    given: dict[str, str] = {}

    def attack(text: str) -> str:
        return given.setdefault(text, f"{PAYLOADS[len(given) % len(PAYLOADS)]}{text}")

    return written(made(name=attack), tmp_path_factory.mktemp("attacked"))


class Seen:
    """An open page and everything it complained about or asked for."""

    def __init__(self, browser: Any, path: Path, size: tuple[int, int] = (1280, 900), **more: Any) -> None:
        self.context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, **more)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda r: self.asked.append(r.url))
        self.page.on("console", lambda m: self.said.append(m.text))
        self.page.on("pageerror", lambda e: self.said.append(str(e)))
        self.page.on("dialog", lambda d: (self.said.append(d.message), d.dismiss()))
        self.page.goto(path.as_uri())

    def __enter__(self) -> Seen:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.fixture(scope="module", params=["report.html", "summary.html"])
def name(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param


@pytest.mark.parametrize("size", [(1280, 900), (390, 844), (320, 640)])
def test_5_1_it_is_quiet_asks_for_nothing_and_fits(browser: Any, plain: Path, name: str, size: tuple[int, int]) -> None:
    with Seen(browser, plain / name, size) as seen:
        assert seen.said == [] and seen.asked == [(plain / name).as_uri()]
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_axe_finds_no_violation(browser: Any, plain: Path, name: str, size: tuple[int, int]) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    with Seen(browser, plain / name, size) as seen:
        seen.page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        seen.page.evaluate(axe)
        found = seen.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]] == []


def test_with_the_map_inside_the_report_is_one_file_that_asks_for_nothing(browser: Any, tmp_path: Path) -> None:
    results = made()
    alone = tmp_path / "report.html"
    alone.write_bytes(page.make(results, ["map.html"], inside=map_html(results)).report)
    for size in ((1280, 900), (320, 640)):
        with Seen(browser, alone, size) as seen:
            inner = seen.page.frames[1]
            inner.wait_for_selector("html[data-ready=yes]")
            after = next(s for s in results.snapshots if s.label.moment == "after" and s.label.facilitators == "with")
            assert len(inner.evaluate("kmnetMap.drawn().ties")) == len(after.source)
            assert seen.said == [] and [u for u in seen.asked if not u.startswith("about:")] == [alone.as_uri()]
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= size[0]
            links = seen.page.eval_on_selector_all("main a", "links => links.map(a => a.getAttribute('href'))")
            assert all(link.startswith("#") for link in links)
    with Seen(browser, alone, java_script_enabled=False) as bare:
        assert bare.page.locator("#change table").count() > 0


def test_5_1_hostile_names_do_nothing(browser: Any, attacked: Path, name: str) -> None:
    with Seen(browser, attacked / name) as seen:
        seen.page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        for button in seen.page.query_selector_all("thead button")[:6]:
            button.click()
        assert seen.page.evaluate("window.pwned") is None
        assert seen.said == [] and seen.asked == [(attacked / name).as_uri()]
        seen.page.set_viewport_size({"width": 320, "height": 640})
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_5_2_hostile_names_do_nothing_in_a_picture_on_its_own(browser: Any, attacked: Path) -> None:
    pictures = sorted(attacked.glob("*.svg"))
    assert len(pictures) >= 8
    for picture in pictures:
        with Seen(browser, picture) as seen:
            assert seen.page.evaluate("window.pwned") is None
            assert [u for u in seen.asked if not u.startswith("file://")] == []


def test_everything_is_there_without_scripts(browser: Any, plain: Path) -> None:
    with Seen(browser, plain / "report.html") as seen:
        scripted = seen.page.inner_text("main")
    with Seen(browser, plain / "report.html", java_script_enabled=False) as bare:
        assert re.sub(r"\s+", " ", bare.page.inner_text("main")) == re.sub(r"\s+", " ", scripted)


def test_tables_sort_by_the_full_number_with_the_keyboard(browser: Any, plain: Path) -> None:
    with Seen(browser, plain / "report.html") as seen:
        table = seen.page.locator("table", has_text="Main bridges after").first
        head = table.locator("thead th", has_text="Routes through the person")
        cells = (
            f"t => [...t.tBodies[0].rows].map(r => Number(r.cells[{head.evaluate('h => h.cellIndex')}].dataset.key))"
        )
        head.locator("button").focus()
        for direction in ("descending", "ascending"):
            seen.page.keyboard.press("Enter")
            assert head.get_attribute("aria-sort") == direction
            values = table.evaluate(cells)
            assert values == sorted(values, reverse=direction == "descending") and len(set(values)) > 3


def test_the_skip_link_and_the_contents_lead_to_the_text(browser: Any, plain: Path) -> None:
    with Seen(browser, plain / "report.html") as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.className") == "skip"
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("location.hash") == "#in-short"
        for link in seen.page.locator("nav a").all():
            link.click()
            target = link.get_attribute("href")
            assert seen.page.locator(f"{target} h2").is_visible()


def test_it_prints_on_a4_with_the_folded_parts_unfolded(browser: Any, plain: Path) -> None:
    with Seen(browser, plain / "report.html") as seen:
        pdf = seen.page.pdf(format="A4", prefer_css_page_size=True)
        assert pdf.startswith(b"%PDF") and pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") >= 3
        seen.page.emulate_media(media="print")
        assert seen.page.locator("#words dl dt").first.is_visible()
        assert not seen.page.locator("nav").is_visible()
