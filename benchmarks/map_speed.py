"""How soon the map is ready and how large its file is, beside stock pyvis on the same graph in the same run.

Run from the repository: ``python -m benchmarks.map_speed [people ...]``. Ready means: the first picture is drawn and
the page answers. Stock pyvis is given a minute to stop moving; its external scripts are blocked, as they would be
without a network, which its ``in_line`` mode survives.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kmnet.report.maps import write_maps
from tests.browser.conftest import ARGUMENTS, find_browser
from tests.browser.made import programme

PATIENCE = 60.0


def ours(browser: Any, folder: Path) -> tuple[float, float]:
    """Seconds until ready, and for a change of view."""
    page = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}).new_page()
    begun = time.perf_counter()
    page.goto((folder / "map.html").as_uri() + "#draw=people")
    page.wait_for_selector("html[data-ready=yes]")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    ready = time.perf_counter() - begun
    turned = page.evaluate(
        """() => { const radio = document.querySelector("input[value=change]"); const t = performance.now();
            radio.click(); document.querySelector("#canvas canvas").getContext("2d").getImageData(0, 0, 1, 1);
            return (performance.now() - t) / 1000; }"""
    )
    page.context.close()
    return ready, turned


def stock(browser: Any, path: Path) -> float | None:
    """Seconds until stock pyvis has stopped moving; None if it had not after a minute."""
    page = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}).new_page()
    begun = time.perf_counter()
    page.goto(path.as_uri(), timeout=PATIENCE * 1000, wait_until="commit")
    try:
        page.wait_for_function(
            "typeof network !== 'undefined' && network && network.physics && (network.physics.stabilized || !network.physics.physicsEnabled)",
            timeout=PATIENCE * 1000,
        )
        return time.perf_counter() - begun
    except Exception:
        return None
    finally:
        page.context.close()


def main() -> None:
    from playwright.sync_api import sync_playwright
    from pyvis.network import Network

    path = find_browser()
    if path is None:
        raise SystemExit("no browser found; set KMNET_BROWSER")
    print(
        "| people | ties | map: written (s) | size (MB) | ready (s) | change of view (s) | pyvis: size (MB) | still (s) |"
    )
    print("|---|---|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        for n in [int(a) for a in sys.argv[1:]] or [120, 500, 1500]:
            results = programme(n, organisations=max(8, n // 25))
            after = results.snapshots[1]
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                begun = time.perf_counter()
                write_maps(results, folder)
                written = time.perf_counter() - begun
                net = Network(cdn_resources="in_line", directed=True)  # directed: its undirected add_edge takes minutes
                net.add_nodes(list(after.ids))
                net.add_edges(
                    [(after.ids[i], after.ids[j]) for i, j in zip(after.source.tolist(), after.target.tolist())]
                )
                plain = folder / "pyvis.html"
                plain.write_text(net.generate_html(), encoding="utf-8")
                ready, turned = ours(browser, folder)
                still = stock(browser, plain)
                sizes = [p.stat().st_size / 1e6 for p in (folder / "map.html", plain)]
                print(
                    f"| {n} | {after.m} | {written:.1f} | {sizes[0]:.2f} | {ready:.2f} | {turned:.3f} | {sizes[1]:.2f} "
                    f"| {'more than 60' if still is None else f'{still:.1f}'} |",
                    flush=True,
                )
        browser.close()


if __name__ == "__main__":
    main()
