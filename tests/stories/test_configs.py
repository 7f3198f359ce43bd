"""Every config that ships runs through the command line and writes everything it promises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stories.running import CONFIGS, analysed, kmnet, shipped

EVERY = sorted(config.name for config in CONFIGS.glob("*.yaml"))


def test_the_configs_of_the_readme_are_there() -> None:
    readme = (CONFIGS.parent / "README.md").read_text(encoding="utf-8")
    assert EVERY and all(f"configs/{name}" in readme for name in EVERY)


@pytest.mark.parametrize("config", EVERY)
def test_results_belong_beside_the_config_each_in_a_folder_of_its_own(config: str) -> None:
    from kmnet.config.load import load

    assert load(shipped() / config).output == shipped() / "results" / Path(config).stem


@pytest.mark.parametrize("config", EVERY)
def test_check_finds_nothing_to_mend(config: str) -> None:
    ran = kmnet("check", shipped() / config)
    assert ran.code == 0, ran.said
    assert "Traceback" not in ran.said


@pytest.mark.parametrize("config", EVERY)
def test_analyse_writes_the_whole_folder(config: str) -> None:
    ran, output = analysed(shipped() / config)
    assert ran.code == 0, ran.said
    assert "Traceback" not in ran.said
    for name in ("report.html", "summary.html", "results.xlsx", "results.json", "manifest.json", "tables/README.md"):
        assert (output.folder / name).stat().st_size > 0, name
    assert list(output.folder.glob("map*.html"))
    manifest = json.loads((output.folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) | {"manifest.json"} == set(output.bytes())
    assert not [p for p in output.folder.parent.iterdir() if p.name.startswith(f".{output.folder.name}.")]


@pytest.mark.parametrize("config", EVERY)
def test_every_row_read_is_accounted_for(config: str) -> None:
    ledger = analysed(shipped() / config)[1].table("ledger")
    parts = ledger[["used", "set_aside", "merged", "withdrawn"]].sum(axis=1)
    assert (ledger["read"] == parts).all(), ledger
    assert (ledger["read"] > 0).all()


@pytest.mark.parametrize("config", EVERY)
def test_no_output_tells_of_this_machine(config: str) -> None:
    import getpass
    import socket

    _, output = analysed(shipped() / config)
    secrets = [str(output.folder), str(CONFIGS.parent)]
    secrets += [name for name in (getpass.getuser(), socket.gethostname()) if len(name) > 5]  # "root" is a word
    for path in output.folder.rglob("*"):
        if path.suffix in (".html", ".json", ".csv", ".md", ".svg", ".graphml"):
            text = path.read_text(encoding="utf-8")
            assert not [s for s in secrets if s in text], path.name
