"""The map's file, as Python sees it: what it holds and what it cannot hold."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kmnet.report import map_builder, scene, style
from kmnet.report.map_payload import PEOPLE_LIMIT
from kmnet.report.maps import LAYOUT, map_html, read_layout, write_maps
from kmnet.results import Results
from tests.browser import made
from tests.shared_data import ROOT


def data_of(page: str) -> dict[str, Any]:
    return json.loads(re.search(r'id="kmnet-data">(.*?)</script>', page, re.S).group(1))


@pytest.fixture(scope="module")
def results() -> Results:
    return made.programme(40, organisations=6)


def test_f8_pyvis_still_has_what_is_used() -> None:
    """Pinned to 0.3: these names, and the script in its wheel."""
    assert "vis-network" in map_builder.vis_network()[:200]
    net = map_builder.MapNetwork()
    for name in ("nodes", "edges", "options", "get_network_data", "templateEnv", "path", "generate_html"):
        assert hasattr(net, name)
    assert "</script" not in map_builder.vis_network() and "<!--" not in map_builder.vis_network()


def test_builder_keeps_parallel_ties_and_plain_labels() -> None:
    net = map_builder.MapNetwork()
    net.add_node(0, "<b>href</b>")
    net.add_node(1)
    net.add_node(1, "again")
    for _ in range(2):
        net.add_edge(0, 1)
    assert [n["label"] for n in net.nodes] == ["<b>href</b>", "1"] and len(net.edges) == 2
    with pytest.raises(KeyError):
        net.add_edge(0, 2)


def test_f8_g5_files_are_the_same_bytes_wherever_they_are_made(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from tests.browser import made; from kmnet.report.maps import write_maps; "
        "folder = pathlib.Path(sys.argv[1]); folder.mkdir(); write_maps(made.programme(40, organisations=6), folder)"
    )
    seen = []
    for k, more in enumerate(
        (
            {"PYTHONHASHSEED": "0"},
            {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONUTF8": "0", "OMP_NUM_THREADS": "1"},
        )
    ):
        folder = tmp_path / f"run {k}"
        here = tmp_path / f"cwd{k}"
        here.mkdir()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **more}
        subprocess.run([sys.executable, "-c", code, str(folder)], check=True, cwd=here, env=environment)
        assert sorted(p.name for p in folder.iterdir()) == ["layout.csv", "map.html"]
        assert list(here.iterdir()) == []
        seen.append({p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()})
    assert seen[0] == seen[1]


def test_same_spots_before_and_after_and_in_the_figures(results: Results) -> None:
    data = data_of(map_html(results))
    network = data["networks"][0]
    xy = network["drawings"]["ties"]
    ids = data["nodes"]["id"]
    drawn = {ids[p]: (xy[2 * k], xy[2 * k + 1]) for k, p in enumerate(network["people"])}
    assert drawn == scene.positions(results, "knows")
    assert len(set(drawn.values())) == len(drawn)


def test_row_order_changes_nothing(results: Results) -> None:
    shuffled = replace(
        results,
        people=results.people.sample(frac=1, random_state=1, ignore_index=True),
        organisations=results.organisations.iloc[::-1].reset_index(drop=True),
        tables={name: frame.sample(frac=1, random_state=2) for name, frame in results.tables.items()},
    )
    first, second = (data_of(map_html(r)) for r in (results, shuffled))
    for data in (first, second):  # the order of ties within a state is that of the table
        for change in data["networks"][0]["changes"]:
            for state in style.TIES:
                change[state] = sorted(change[state])
    assert first == second


def test_spots_are_kept_when_people_join(results: Results, tmp_path: Path) -> None:
    write_maps(results, tmp_path)
    first = read_layout(tmp_path / LAYOUT)["knows"]
    before, after = results.snapshots
    ids = [*after.ids, "N99998", "N99999"]
    ties = [(after.ids[i], after.ids[j]) for i, j in zip(after.source.tolist(), after.target.tolist())]
    later = made.snapshot(ids, [*ties, ("N00003", "N99998")], "after", set(ids))
    (tmp_path / "next").mkdir()
    write_maps(replace(results, snapshots=(before, later)), tmp_path / "next", tmp_path)
    second = read_layout(tmp_path / "next" / LAYOUT)["knows"]
    assert {name: second[name] for name in first} == first and len(second) == len(first) + 2


def test_a_damaged_layout_is_not_trusted(tmp_path: Path) -> None:
    (tmp_path / LAYOUT).write_text(
        "network,id,x,y\nknows,a,1,nan\nknows,b,1\nknows,c,x,y\nknows,d,1e9,0\nknows,e,1,2\n"
    )
    assert read_layout(tmp_path / LAYOUT) == {"knows": {"e": (1.0, 2.0)}}
    assert read_layout(tmp_path / "none.csv") == {}


def test_layout_file_holds_no_formula(tmp_path: Path) -> None:
    hostile = made.hostile()
    write_maps(hostile, tmp_path)
    rows = (tmp_path / LAYOUT).read_text(encoding="utf-8").splitlines()[1:]
    assert rows and not [row for row in rows if re.match(r'\w+,"?[=+\-@]', row)]
    assert set(read_layout(tmp_path / LAYOUT)["knows"]) == set(hostile.snapshots[0].ids)


def test_5_1_policy_covers_every_script_and_nothing_else() -> None:
    page = map_html(made.hostile())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1)
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "http" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    styles = re.findall(r"<style>(.*?)</style>", page, re.S)
    assert len(scripts) == 2 and len(styles) == 1
    for text in (*scripts, *styles):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert page.count("</script>") == 3
    found: list[tuple[str, str]] = []

    class Attributes(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend((tag, name) for name, _ in attrs if name[:2] == "on" or name in ("style", "src", "href"))

    Attributes().feed(page)
    assert found == [("a", "href")]  # the link that skips the map


def test_5_1_our_scripts_make_no_html_and_call_nobody() -> None:
    folder = Path(map_builder.__file__).parent / "static"
    for name in map_builder.SCRIPTS:
        text = (folder / f"{name}.js").read_text(encoding="utf-8")
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "fetch(",
            "XMLHttpRequest",
            "localStorage",
            "sessionStorage",
            "cookie",
        ):
            assert word not in text, (name, word)


def test_payload_holds_only_what_is_listed(results: Results) -> None:
    secret = replace(
        results,
        people=results.people.assign(email="a@b.invalid", phone="0151 496 0000", notes="private remark"),
        contacts=pd.DataFrame(
            {
                "source": ["N00001"],
                "target": ["N00002"],
                "date": [pd.Timestamp("2024-05-17")],
                "kind": ["call"],
                "weight": [1.0],
                "comment": ["private remark"],
            }
        ),
    )
    page = map_html(secret)
    for word in ("a@b.invalid", "0151 496", "private remark", "2024-05-17"):
        assert word not in page


@pytest.mark.parametrize("share", ["partners", "public"])
def test_4_2_who_did_not_answer_is_told_inside_only(results: Results, share: str) -> None:
    inside = data_of(map_html(results))
    outside = data_of(map_html(replace(results, share=share)))
    assert any(s.get("silent") for s in inside["networks"][0]["shots"])
    assert not any("silent" in s for s in outside["networks"][0]["shots"])


def test_changes_are_those_of_the_table(results: Results) -> None:
    change = data_of(map_html(results))["networks"][0]["changes"][0]
    counted = results.tables["tie_change"]["change"].value_counts()
    assert {state: len(change[state]) for state in style.TIES} == {
        state: int(counted.get(state, 0)) for state in style.TIES
    }


def test_several_networks_give_one_page_and_a_page_each(results: Results, tmp_path: Path) -> None:
    again = tuple(replace(s, label=replace(s.label, network="works with")) for s in results.snapshots)
    files = write_maps(replace(results, snapshots=results.snapshots + again), tmp_path)
    assert [f.name for f in files] == ["map.html", "map-knows.html", "map-works-with.html", "layout.csv"]
    assert [n["name"] for n in data_of(files[0].read_text(encoding="utf-8"))["networks"]] == ["knows", "works with"]
    assert [n["name"] for n in data_of(files[2].read_text(encoding="utf-8"))["networks"]] == ["works with"]


def test_no_network_no_map(results: Results, tmp_path: Path) -> None:
    assert write_maps(replace(results, snapshots=()), tmp_path) == [] and list(tmp_path.iterdir()) == []


def test_a_lonely_person_and_an_empty_moment_can_be_drawn() -> None:
    people = pd.DataFrame({"id": ["a"], "label": ["A"], "role": [""], "organisation": [""]})
    alone = made.results(people, made.snapshot(["a"], [], "before"), made.snapshot(["a"], [], "after"))
    data = data_of(map_html(alone))
    assert data["nodes"]["label"][0] == "A" and len(data["networks"][0]["drawings"]["ties"]) == 2


def test_h3_too_many_people_are_drawn_as_organisations() -> None:
    n = PEOPLE_LIMIT + 1
    ids = [f"N{k:06d}" for k in range(n)]
    people = pd.DataFrame({"id": ids, "label": ids, "role": "R", "organisation": [f"O{k % 30}" for k in range(n)]})
    shots = tuple(
        made.snapshot(ids, [(ids[k], ids[k + 1]) for k in range(0, n - 1, 7)], m) for m in ("before", "after")
    )
    many = replace(made.programme(30), people=people, snapshots=shots, tables={})
    page = map_html(many)
    data = data_of(page)
    assert data["tooMany"] and data["networks"][0]["people"] == [] and len(data["networks"][0]["groups"]["nodes"]) == 30
    assert "N000001" not in page


def test_h3_more_attendances_than_lines_can_show_are_counted(results: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = list(results.people["id"][:4])
    held = pd.DataFrame({"id": ["W1"], "label": ["W1"], "date": [pd.Timestamp("2024-01-15")], "cohort": ["All"]})
    results = replace(results, workshops=held, attendance=pd.DataFrame({"person": ids, "workshop": "W1"}))
    assert len(data_of(map_html(results))["meetings"]["person"]) == 4
    monkeypatch.setattr("kmnet.report.map_events.MEETINGS_LIMIT", 3)
    data = data_of(map_html(results))
    assert data["meetingsLeftOut"] == 4 and data["meetings"]["person"] == [] and data["meetingSpots"] == {}


def test_style_gives_every_group_its_own_symbol() -> None:
    roles = [f"R{k}" for k in range(9) for _ in range(20 - k)] + ["(missing)"]
    found = style.symbols(roles)
    own = [found[f"R{k}"] for k in range(6)]
    assert len({s.shape for s in own}) == len({s.colour for s in own}) == 6
    assert found["R8"] == style.OTHER and found["(missing)"] == style.UNSTATED
    assert style.symbols(roles + ["R3"] * 2) == found


def contrast(colour: str, other: str = style.PAPER) -> float:
    def luminance(c: str) -> float:
        parts = np.array([int(c[k : k + 2], 16) / 255 for k in (1, 3, 5)])
        parts = np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(parts @ [0.2126, 0.7152, 0.0722])

    a, b = sorted((luminance(colour), luminance(other)))
    return (b + 0.05) / (a + 0.05)


def test_lines_and_texts_stand_out() -> None:
    assert contrast(style.INK) > 12 and contrast(style.MUTED) > 6
    for line in (*style.TIES.values(), *style.ACTIONS.values(), style.TIE):
        assert contrast(line.colour) >= 3


def test_notebooks_get_a_plain_and_safe_pyvis_network(results: Results) -> None:
    from kmnet.report.map_notebook import to_pyvis

    net = to_pyvis(results, moment="before")
    before = results.snapshots[0]
    assert [n["id"] for n in net.nodes] == list(before.ids) and len(net.edges) == before.m
    spots = scene.positions(results, "knows")
    assert all((n["x"], n["y"]) == spots[n["id"]] for n in net.nodes)
    assert not net.options.physics.enabled
    hostile = to_pyvis(made.hostile())
    assert not [n for n in hostile.nodes if "href" in n["title"]]
    with pytest.raises(KeyError):
        to_pyvis(results, "no such network")
