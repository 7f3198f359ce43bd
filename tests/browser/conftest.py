"""A browser for the tests of the pages, and the pages themselves.

A Chromium-like browser is looked for in KMNET_BROWSER, on the PATH, and in the usual places; nothing is downloaded.
Without one these tests are skipped aloud, or fail where KMNET_REQUIRE_BROWSER=1.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kmnet.report.maps import write_maps
from kmnet.results import Results
from tests.browser import made

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
PLACES = (
    "/usr/bin/chromium",
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


def find_browser() -> str | None:
    """Path of a browser, or None."""
    named = os.environ.get("KMNET_BROWSER")
    if named:
        return shutil.which(named) or (named if Path(named).exists() else None)
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), next((path for path in PLACES if Path(path).exists()), None))


def _without(reason: str) -> None:
    if os.environ.get("KMNET_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{reason}, and KMNET_REQUIRE_BROWSER=1 demands these tests")
    pytest.skip(f"THE PAGES WERE NOT TESTED: {reason}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for the session."""
    path = find_browser()
    if path is None:
        _without("no Chromium-like browser was found (set KMNET_BROWSER to one)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _without("the package playwright is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield started
        started.close()


@dataclass
class Opened:
    """A page that is open, and what was noticed about it."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def drawn(self) -> dict[str, Any]:
        """What the map draws now."""
        return self.page.evaluate("kmnetMap.drawn()")

    def view(self, title: str) -> None:
        """Choose a view by its title."""
        self.page.get_by_role("radio", name=title, exact=True).check()

    def until(self, expression: str) -> None:
        """Wait for an expression to be true (the page's policy forbids playwright's own way of waiting)."""
        for _ in range(100):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never true: {expression}")

    def clean(self) -> None:
        """Nothing was asked for but the file itself, and nothing was complained about."""
        assert self.complaints == []
        assert len(set(self.requests)) == 1 and self.requests[0].startswith("file://")


Open = Callable[..., Opened]


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """Open a file as a reader without a network would."""
    contexts = []

    def opened(path: Path, hash_: str = "", size: tuple[int, int] = (1280, 900), **more: Any) -> Opened:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, offline=True, accept_downloads=True, **more
        )
        contexts.append(context)
        page = context.new_page()
        found = Opened(page)
        page.on(
            "request",
            lambda r: found.requests.append(r.url.split("#")[0]) if r.url[:5] not in ("blob:", "data:") else None,
        )
        page.on("console", lambda m: found.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: found.complaints.append(str(e)))
        page.on("dialog", lambda d: (found.complaints.append(f"dialog {d.message}"), d.dismiss()))
        page.goto(path.as_uri() + (f"#{hash_}" if hash_ else ""))
        page.wait_for_selector("html[data-ready=yes]", timeout=30_000)
        return found

    yield opened
    for context in contexts:
        context.close()


@dataclass(frozen=True)
class Mapped:
    """Results and the map written from them."""

    results: Results
    folder: Path

    @property
    def map(self) -> Path:
        return self.folder / "map.html"


def mapped_of(results: Results, folder: Path) -> Mapped:
    """The map of some results, written."""
    write_maps(results, folder)
    return Mapped(results, folder)


@dataclass(frozen=True)
class Programme:
    """The sample programme, measured once; ``at`` treats it for a level of sharing."""

    checked: Any
    found: Results

    def at(self, level: str) -> Results:
        from kmnet.share.levels import share

        study = self.checked.loaded.study.model_copy(update={"share": level})
        return share(self.found, self.checked.tables.register, study, b"k" * 32)


@pytest.fixture(scope="session")
def programme() -> Programme:
    from kmnet.pipeline import check, measured
    from tests.stories.running import CONFIGS

    checked = check(CONFIGS / "cig_programme.yaml", {"inference.draws": 99})
    return Programme(checked, measured(checked))


@pytest.fixture(scope="session")
def sample(programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    """The map of the sample programme, names shown."""
    return mapped_of(programme.at("inside"), tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    """A made-up study of 60 people, quick to draw."""
    return mapped_of(made.programme(60, organisations=8), tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    """A study in which every text is an attack."""
    return mapped_of(made.hostile(), tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session", params=["eies", "mooc_cohort1"])
def public_study(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    """Real studies of two kinds: two survey waves, and a log."""
    from kmnet.pipeline import analyse
    from tests.stories.running import study

    results = analyse(study(request.param), {"share": "inside", "inference.draws": 99})
    return mapped_of(results, tmp_path_factory.mktemp(request.param))
