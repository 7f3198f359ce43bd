"""A folder for a study: new, copied from a sample, or drafted from files that are there."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from kmnet.config.wording import did_you_mean
from kmnet.errors import ConfigError, OutputError, Place, Problem
from kmnet.init.draft import Draft, drafted
from kmnet.init.guess import word_of
from kmnet.init.samples import samples
from kmnet.init.telling import schema_text
from kmnet.init.template import template
from kmnet.share.codes import read_key

IGNORED = "kmnet.key\nkmnet.releases\naliases-to-review.csv\nresults*/\n"

HEAD = """\
# yaml-language-server: $schema=./kmnet.schema.json
# Settings of a study for kmnet. Lines that begin with # are comments. `kmnet check config.yaml` finds every mistake.
#
# Before you collect data: tell people what is recorded, who will see names, and that they may withdraw. People who are
# named by others are part of the data too. Do not use the results to appraise staff.

version: 1
title: {title}
"""

COHORTS = """
# --- The cohorts: when the programme began and ended for each. Leave out if there is one and you have no dates. -----
# cohorts:
#   - {name: Cohort 1, start: 2024-01-15, end: 2024-09-30}
"""

WHEN = """
# --- What before, during and after mean. Left out: the waves of the survey, or the dates round start and end. -------
# moments:
#   - {name: before, from: start - 6 months, until: start, wave: baseline}
#   - {name: during, from: start, until: end}
#   - {name: after, from: end, until: end + 6 months, wave: follow-up}

# --- What counts as a tie. Left out: one network for each source of ties. The first one is the headline. ------------
# networks:
#   knows: {from: survey, relation: knows, at_least: 2, reports: either}
#   advice: {from: interactions, kinds: [advice], directed: true}
#   met: {from: attendance, within: table, weight: newman}
"""

GROUPS = """
# --- Groups of people: the first is the one that brokers stand between. ---------------------------------------------
# groups: [role, organisation, sector]
"""

TAIL = """
# --- The one question that is tested: did people of one team come to know each other beyond other pairs? ------------
# effect: {exposure: team, outcome: knows}

# --- Who may see the results: inside (names, the project team only), partners (codes), public (no people). ----------
share: partners
output: results
"""

NEW_DATA = """
# --- Where the data are. Delete the lines of tables that you do not have; CSV files do as well: people: people.csv --
data:
  people: {path: tables.xlsx, sheet: people}                  # id, name, role, organisation, team, cohort, ...
  organisations: {path: tables.xlsx, sheet: organisations}    # id, name, sector, region
  workshops: {path: tables.xlsx, sheet: workshops}            # id, title, date, cohort
  attendance: {path: tables.xlsx, sheet: attendance}          # who came to which workshop
  interactions: {path: tables.xlsx, sheet: interactions}      # who was in contact with whom, and when
  survey: {path: tables.xlsx, sheet: survey}                  # who named whom, in which wave
  respondents: {path: tables.xlsx, sheet: respondents}        # who answered in which wave
  artefacts: {path: tables.xlsx, sheet: artefacts}            # what was made
  artefact_events: {path: tables.xlsx, sheet: artefact_events}  # who made, shared, received or used it
  aliases: {path: tables.xlsx, sheet: aliases}                # confirmed spellings of names
  withdrawn: {path: tables.xlsx, sheet: withdrawn}            # people who withdrew: removed before anything else
"""


def new(folder: Path) -> list[str]:
    """A study from nothing: config, Excel template, key, .gitignore and the schema for editors."""
    title = re.sub(r"[^\w \-]", " ", folder.resolve().name).strip() or "My programme"
    _write(folder, {
        "config.yaml": _config(title, Draft(NEW_DATA, "", "", [])),
        "tables.xlsx": template(),
        "kmnet.schema.json": schema_text().encode(),
        ".gitignore": IGNORED.encode(),
    })  # fmt: skip
    return [
        f"Made {folder}: config.yaml, tables.xlsx, kmnet.key (keep it to yourself), .gitignore.",
        f"Next: fill in {folder / 'tables.xlsx'}, then kmnet check {folder / 'config.yaml'}",
    ]


def draft(folder: Path, data: Path) -> list[str]:
    """A study from files that are there: which file is which table, and which heading is which column."""
    found = drafted(data, folder)
    title = re.sub(r"[^\w \-]", " ", folder.resolve().name).strip() or "My programme"
    _write(folder, {
        "config.yaml": _config(title, found),
        "kmnet.schema.json": schema_text().encode(),
        ".gitignore": IGNORED.encode(),
    })  # fmt: skip
    return [*found.told, f"Next: read {folder / 'config.yaml'}, then kmnet check {folder / 'config.yaml'}"]


def sample(folder: Path, name: str) -> list[str]:
    """A copy of a sample study, ready to be analysed and changed."""
    every = {one.name: one for one in samples()}
    if name not in every:
        message = f"there is no such sample{did_you_mean(name, every)}"
        raise ConfigError(Problem.of("KM110", message, fix=f"There are: {', '.join(every)}.", seen=name))
    one = every[name]
    files: dict[str, bytes] = {".gitignore": IGNORED.encode()}
    for k, config in enumerate(one.configs):
        text = re.sub(rf"(\.\./)+sample_networks/{re.escape(name)}/", "data/", config.read_text(encoding="utf-8"))
        files["config.yaml" if k == 0 else config.name] = text.encode()
    for path in sorted(p for p in one.folder.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")):
        files[f"data/{path.relative_to(one.folder).as_posix()}"] = path.read_bytes()
    _write(folder, files)
    if not one.configs:
        _write(folder, {"config.yaml": _config(one.about, drafted(folder / "data", folder))})
    return [f"Copied {name} to {folder}.", f"Next: kmnet analyse {folder / 'config.yaml'}"]


def _config(title: str, found: Draft) -> bytes:
    """The whole config; what was not found stands there as a comment to fill in."""
    when = WHEN
    if len(found.waves) > 1:
        first, last = (f"wave: {word_of(wave)}}}" for wave in (found.waves[0], found.waves[-1]))
        when = WHEN.replace("wave: baseline}", first).replace("wave: follow-up}", last)
    blocks = (found.data, found.cohorts or COHORTS, when, found.groups or GROUPS, TAIL)
    return (HEAD.format(title=_quoted(title)) + "".join(blocks)).encode()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files and a key into a folder, none over what is there; on failure what was made goes again."""
    there = [name for name in files if (folder / name).exists()]
    if there or folder.exists() and not folder.is_dir():
        message = f"there is a {there[0]} already" if there else "this is a file, not a folder"
        raise OutputError(Problem.of("KM602", message, place=Place(str(folder)), fix="Choose another folder."))
    fresh = not folder.exists()
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        read_key(folder / "kmnet.key", folder / "results")
    except OSError as error:
        if fresh:
            shutil.rmtree(folder, ignore_errors=True)
        message = f"the folder could not be written ({os.strerror(error.errno or 0)})"
        raise OutputError(Problem.of("KM601", message, place=Place(str(folder)))) from None
