"""The map can be used by everybody, saves what it shows, and hostile texts stay texts."""

from __future__ import annotations

import csv
import io
import re
import struct
import xml.etree.ElementTree as ET
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kmnet.report import style, summary
from kmnet.report.maps import LAYOUT, read_layout
from kmnet.report.page import _render as page_of
from kmnet.report.reading import Reading
from kmnet.report.sections import opening
from tests.browser import made
from tests.browser.conftest import Mapped, Open, Opened, mapped_of
from tests.browser.made import PAYLOADS

AXE = files("axe_playwright_python").joinpath("axe.min.js")


def violations(opened: Opened) -> list[str]:
    opened.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = opened.page.evaluate(
        """async () => (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
            "best-practice"]})).violations.map((v) => v.id + ": " + v.nodes.map((n) => n.target.join(" ")).join(", "))"""
    )
    return list(found)


def downloaded(opened: Opened, button: str) -> Path:
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name=button).click()
    return Path(download.value.path())


def saved_table(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "place",
    [
        "view=before",
        "view=change",
        "view=steps&step=3",
        "view=after&chosen=0:P038",
        "view=change&chosen=0:P038",
        "draw=organisations",
        "draw=workshops",
        "draw=evidence",
        "view=change&arrange=role",
        "view=change&network=advice&recalculate=yes",
    ],
)
def test_no_barrier_that_axe_knows(sample: Mapped, open_page: Open, place: str) -> None:
    opened = open_page(sample.map, place)
    assert violations(opened) == []
    opened.page.locator("#tab-ties").click()
    opened.page.locator("#find").fill("a")
    assert violations(opened) == []
    opened.clean()


def test_phone_has_no_barrier_and_no_sideways_scroll(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map, "view=change", size=(320, 640))
    for place in ("change", "steps"):
        opened.page.evaluate("(v) => { location.hash = 'view=' + v; }", place)
        opened.page.wait_for_timeout(100)
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= 320
    opened.page.locator("#panel .link").first.click()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(opened) == []


def test_keyboard_alone_finds_chooses_and_clears(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map)
    page = opened.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "map":
            break
    assert page.evaluate("document.activeElement.id") == "map"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    page.keyboard.press("ArrowRight")
    first = page.locator("#said").inner_text()
    assert first and page.locator("#tip").is_visible()
    page.keyboard.press("ArrowRight")
    assert page.locator("#said").inner_text() != first
    page.keyboard.press("Enter")
    chosen = opened.drawn()["chosen"]
    assert chosen and page.locator("#panel h2").inner_text() in page.locator("#said").inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert opened.drawn()["chosen"] is None
    at = page.evaluate("kmnetMap.project(kmnetMap.drawn().nodes[0]).x")
    page.keyboard.press("+")
    page.wait_for_timeout(400)
    assert page.evaluate("kmnetMap.project(kmnetMap.drawn().nodes[0]).x") != at
    page.keyboard.press("0")
    opened.clean()


def test_escape_leaves_a_person_and_the_focus_goes_back(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map)
    page = opened.page
    for leave in ("Escape", "Enter"):
        page.locator("#panel .link").nth(3).focus()
        name = page.evaluate("document.activeElement.firstChild.textContent")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "panel-title" and opened.drawn()["chosen"]
        if leave == "Enter":
            page.locator("#panel .close").focus()
        page.keyboard.press(leave)
        assert opened.drawn()["chosen"] is None
        assert page.evaluate("document.activeElement.firstChild.textContent") == name
    page.locator("#panel .link").first.click()
    page.locator("#means summary").click()
    assert "Constraint" in page.locator("#means dl").inner_text()
    page.locator("#panel .ties .link").first.click()
    assert page.locator("#means dl").is_visible()  # stays open from person to person
    opened.clean()


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_names_cover_neither_people_nor_each_other(sample: Mapped, open_page: Open, size: tuple[int, int]) -> None:
    opened = open_page(sample.map, "view=after", size=size)
    names = opened.page.evaluate("kmnetMap.names()")
    circles = opened.page.evaluate("kmnetMap.drawn().nodes.map((id) => [kmnetMap.project(id), kmnetMap.radius(id)])")
    boxes = [(n["x"], n["y"] - 5, n["x"] + n["width"], n["y"] + 5) for n in names]
    assert len(boxes) >= (12 if size[0] > 1000 else 5)
    for k, (left, top, right, bottom) in enumerate(boxes):
        assert not [
            at for at, r in circles
            if max(left - at["x"], 0, at["x"] - right) ** 2 + max(top - at["y"], 0, at["y"] - bottom) ** 2 < (r - 1) ** 2
        ], names[k]["text"]  # fmt: skip
        assert not [o for o in boxes[:k] if o[0] < right and left < o[2] and o[1] < bottom and top < o[3]]
    opened.clean()


def test_keys_are_not_heard_outside_the_map(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map)
    opened.page.locator("#find").focus()
    before = opened.page.evaluate("kmnetMap.project(kmnetMap.drawn().nodes[0])")
    opened.page.keyboard.press("-")
    assert opened.page.evaluate("kmnetMap.project(kmnetMap.drawn().nodes[0])") == before


def test_search_does_not_mind_accents(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map)
    accented = next(
        row for row in sample.results.people.itertuples() if "ł" in row.label and row.id in opened.drawn()["nodes"]
    )
    opened.page.locator("#find").fill(accented.label.replace("ł", "l")[:9].upper())
    options = opened.page.locator("#hits li")
    assert 0 < options.count() <= 10
    opened.page.keyboard.press("Enter")
    assert opened.drawn()["chosen"] in set(sample.results.people["id"])
    assert opened.page.evaluate("document.activeElement.id") == "panel-title"


def test_pointer_chooses_and_one_click_does_what_dragging_does(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map)
    name = opened.drawn()["nodes"][3]
    at = opened.page.evaluate("(id) => kmnetMap.project(id)", name)
    box = opened.page.locator("#canvas").bounding_box()
    opened.page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
    assert opened.page.locator("#tip").is_visible()
    opened.page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    opened.until("kmnetMap.drawn().chosen !== null")
    assert opened.drawn()["chosen"] == name
    for button in ("zoom-in", "zoom-out", "slide-left", "slide-up", "zoom-all"):
        opened.page.locator(f"#{button}").click()
        opened.page.wait_for_timeout(300)
    small = opened.page.evaluate(
        """[...document.querySelectorAll("button, select, input")].filter((e) => e.offsetParent)
            .map((e) => [e.id || e.textContent, e.getBoundingClientRect()])
            .filter(([, r]) => (r.width < 24 || r.height < 24)).map(([n]) => n)"""
    )
    labelled = opened.page.evaluate("[...document.querySelectorAll('.row input')].length")
    assert len(small) <= labelled, small  # a checkbox is as large as its label


def test_saving_gives_what_is_shown(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map, "view=change")
    svg = ET.parse(downloaded(opened, "Save SVG")).getroot()
    texts = [node.text or "" for node in svg.iter() if node.tag.endswith("text")]
    assert sample.results.title in texts
    assert any("new ties" in text for text in texts) and any("Records from" in text for text in texts)
    curves = sum((node.get("d") or "").count("Q") for node in svg.iter() if node.tag.endswith("path"))
    legend = len(opened.drawn()["tally"])
    assert curves == len(opened.drawn()["ties"]) + legend
    png = downloaded(opened, "Save picture").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", png[16:24]) == (3750, 2300)
    rows = saved_table(downloaded(opened, "Save table"))
    assert len(rows) == 1 + opened.drawn()["people"]
    opened.page.locator("#tab-ties").click()
    assert len(saved_table(downloaded(opened, "Save table"))) == 1 + len(opened.drawn()["ties"])
    opened.clean()


def test_table_sorts_and_pages(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map)
    page = opened.page
    assert page.locator("#table tbody tr").count() == 25
    page.get_by_role("button", name="Ties after").click()
    page.get_by_role("button", name="Ties after").click()
    assert page.locator("#table th[aria-sort=descending]").inner_text().startswith("Ties after")
    column = [h.split("\n")[0].strip(" ▲▼↕") for h in page.locator("#table thead th").all_inner_texts()].index(
        "Ties after"
    )
    shown = [int(t) for t in page.locator(f"#table tbody tr > :nth-child({column + 1})").all_inner_texts() if t != "–"]
    assert shown == sorted(shown, reverse=True) and shown[0] > shown[-1]
    page.get_by_role("button", name="Next").click()
    assert "26 to 50" in page.locator("#pager").inner_text()
    page.locator("#table tbody .link").first.click()
    assert opened.drawn()["chosen"]


def test_prints(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map, "view=change")
    pdf = opened.page.pdf(format="A4", print_background=True)
    assert pdf.startswith(b"%PDF") and pdf.count(b"/Type /Page") >= 1


def test_the_summary_of_the_sample_prints_on_one_page(sample: Mapped, browser: Any) -> None:
    reading = Reading(sample.results)
    sections = summary.sections(reading, opening.drawings(reading, read_layout(sample.folder / LAYOUT)))
    html = page_of("report.html", head=summary.header(opening.header(reading)), sections=sections, report=False)
    page = browser.new_page()
    page.set_content(html.decode())
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf)) == 1


def test_reduced_motion_and_forced_colours(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map, reduced_motion="reduce", forced_colors="active")
    opened.page.get_by_role("button", name="Zoom in").click()
    assert opened.drawn()["people"] > 100
    opened.clean()


def inert(opened: Opened) -> None:
    assert opened.page.evaluate("window.pwned") is None
    opened.clean()


def test_5_1_hostile_texts_stay_texts(hostile: Mapped, open_page: Open, browser: Any, tmp_path: Path) -> None:
    opened = open_page(hostile.map)
    page = opened.page
    inert(opened)
    for view in ("Before", "After", "What changed", "By workshop"):
        opened.view(view)
        for k in range(len(PAYLOADS)):
            page.locator("#map").focus()
            page.keyboard.press("ArrowRight" if k % 2 else "ArrowDown")
            page.keyboard.press("Enter")
    for draw in ("organisations", "workshops", "evidence", "people"):
        page.locator("#draw").select_option(draw)
        page.locator("#panel .link").first.click()
        page.locator("#tab-ties").click()
    page.locator("#names").select_option("fit")
    page.locator("#find").fill("<")
    page.locator("#find").press("Enter")
    inert(opened)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.title().endswith(hostile.results.title)
    assert sorted(opened.drawn()["nodes"]) == sorted(hostile.results.people["id"])
    assert page.locator("#panel h2 span").inner_text().strip() in {p.strip() for p in PAYLOADS}
    cells = [cell for row in saved_table(downloaded(opened, "Save table")) for cell in row]
    page.locator("#tab-people").click()
    cells += [cell for row in saved_table(downloaded(opened, "Save table")) for cell in row]
    assert cells and not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    alone = tmp_path / "alone.svg"
    alone.write_bytes(downloaded(opened, "Save SVG").read_bytes())
    host = tmp_path / "host.html"
    host.write_text(f"<!doctype html><title>x</title>{alone.read_text(encoding='utf-8')}", encoding="utf-8")
    for path in (alone, host):
        bare = browser.new_context(offline=True).new_page()
        bare.goto(path.as_uri())
        bare.wait_for_timeout(200)
        assert bare.evaluate("window.pwned") is None
        bare.context.close()


def test_people_can_be_moved_and_put_back(small: Mapped, open_page: Open) -> None:
    opened = open_page(small.map)
    page = opened.page
    name = opened.drawn()["nodes"][0]
    home = page.evaluate("kmnetMap.positions()")[name]
    at = page.evaluate("(id) => kmnetMap.project(id)", name)
    box = page.locator("#canvas").bounding_box()
    page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
    page.mouse.down()
    page.mouse.move(box["x"] + at["x"] + 60, box["y"] + at["y"] + 40, steps=4)
    page.mouse.up()
    dragged = page.evaluate("kmnetMap.positions()")[name]
    assert abs(dragged[0] - home[0]) > 5
    at, box = page.evaluate("(id) => kmnetMap.project(id)", name), page.locator("#canvas").bounding_box()
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    opened.until("kmnetMap.drawn().chosen !== null")
    page.keyboard.press("Alt+ArrowLeft")
    assert page.evaluate("kmnetMap.positions()")[name][0] < dragged[0]
    page.get_by_role("button", name="Put people back").click()
    assert page.evaluate("kmnetMap.positions()")[name] == home
    opened.clean()


def test_h3_five_thousand_people_are_ready_soon(open_page: Open, tmp_path: Path) -> None:
    import time

    mapped = mapped_of(made.programme(5000, organisations=80), tmp_path)
    assert mapped.map.stat().st_size < 2_000_000
    begun = time.perf_counter()
    opened = open_page(mapped.map, "draw=people")
    assert time.perf_counter() - begun < 15  # about 2 s on a quiet machine
    assert opened.drawn()["people"] == 5000
    assert opened.page.evaluate("performance.memory.usedJSHeapSize") < 300_000_000


def test_symbols_are_drawn_wherever_the_map_is_slid(small: Mapped, open_page: Open) -> None:
    opened = open_page(small.map, reduced_motion="reduce")
    page = opened.page
    ids = opened.drawn()["nodes"]
    at = page.evaluate("(ids) => ids.map((id) => kmnetMap.project(id))", ids)
    corner = ids[max(range(len(ids)), key=lambda k: at[k]["x"] + at[k]["y"])]
    width, height = page.evaluate("[canvas.clientWidth, canvas.clientHeight]")
    for _ in range(3):
        page.locator("#zoom-in").click()
    for _ in range(40):
        spot = page.evaluate("(id) => kmnetMap.project(id)", corner)
        if spot["x"] > width / 2 + 50:
            page.locator("#slide-right").click()
        elif spot["y"] > height / 2 + 50:
            page.locator("#slide-down").click()
        else:
            break
    page.wait_for_timeout(200)
    colour = page.evaluate(
        """(id) => { const c = document.querySelector("#canvas canvas"), k = c.width / c.clientWidth;
            const p = kmnetMap.project(id);
            return [...c.getContext("2d").getImageData(p.x * k, p.y * k, 1, 1).data]; }""",
        corner,
    )
    assert colour[3] == 255 and colour[:3] != [255, 255, 255]
    symbol = next(s for s in style.GROUPS if list(bytes.fromhex(s.colour[1:])) == colour[:3])
    assert symbol
