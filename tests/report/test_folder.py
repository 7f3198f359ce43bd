"""The output folder: which files it holds, what its manifest says, and that two runs give the same bytes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from kmnet.report.folder import publish, publish_map
from tests.report.made_results import made


def held(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    said: list[tuple[str, float]] = []
    folder = publish(made(), tmp_path_factory.mktemp("a") / "results", lambda what, share: said.append((what, share)))
    assert [s for _, s in said] == sorted(s for _, s in said) and said[0][1] < said[-1][1] <= 1
    return folder


def test_the_folder_of_the_interface(out: Path) -> None:
    names = set(held(out))
    assert {"report.html", "summary.html", "map.html", "results.xlsx", "results.json", "manifest.json"} <= names
    assert {"tables/README.md", "tables/people.csv", "tables/change.csv", "tables/ledger.csv"} <= names
    assert {n.rsplit(".", 1)[0] for n in names if n.endswith(".svg")} == {
        n.rsplit(".", 1)[0] for n in names if n.endswith(".png")
    }
    assert "graphs/works-together_cohort-1_after.graphml" in names


def test_every_link_of_the_report_leads_to_a_file(out: Path) -> None:
    import re

    links = re.findall(r'href="([^"#]+)"', (out / "report.html").read_text(encoding="utf-8"))
    assert links and all((out / link).exists() for link in links)


def test_f9_the_manifest_names_every_other_file_with_its_hash(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    files = {name: hashlib.sha256(data).hexdigest() for name, data in held(out).items() if name != "manifest.json"}
    assert manifest["files"] == files
    assert manifest["seed"] == 7 and manifest["inputs"] == {"people.csv": "ab" * 32}
    assert manifest["ledger"][0]["table"] == "people"


def test_g1_two_runs_in_two_places_give_the_same_bytes(out: Path, tmp_path: Path) -> None:
    again = publish(made(), tmp_path / "elsewhere" / "other name")
    assert held(again) == held(out)


def test_4_2_no_path_of_the_machine_gets_in(out: Path) -> None:
    place = str(out.parent).encode()
    assert not any(place in data for data in held(out).values())


def test_only_the_map(tmp_path: Path) -> None:
    pages = publish_map(made(), tmp_path / "map")
    assert pages[0].name == "map.html" and all(page.is_file() for page in pages)
    assert "report.html" not in held(tmp_path / "map") and "manifest.json" in held(tmp_path / "map")


def test_a9_hostile_names_become_harmless_file_names(tmp_path: Path) -> None:
    folder = publish(made(name=lambda text: f"../{text}\x00<>:*?|"), tmp_path / "results")
    names = set(held(folder))
    assert all(name.isascii() and ".." not in name and not set(name) & set('<>:*?|"\\') for name in names)
    assert [p.name for p in tmp_path.iterdir()] == ["results"]
