"""The stages' findings brought together as one :class:`~kmnet.results.Results`.

Only arranging: rows of measured networks become tables, and what was observed becomes the frames that the map draws.
People carry their id as label here; :mod:`kmnet.share` decides what may be shown in its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
import pandas as pd

from kmnet import __version__
from kmnet.config.load import Loaded
from kmnet.errors import Problem
from kmnet.network.network import Label
from kmnet.network.snapshots import Snapshots
from kmnet.results import TABLES, Provenance
from kmnet.tables.schema import Tables

_LIBRARIES = ("networkx", "numpy", "pandas", "pyvis", "scipy", "matplotlib")


def table(name: str, parts: Iterable[tuple[Label, Mapping[str, Any]]], **extra: Any) -> pd.DataFrame:
    """One output table from columns measured network by network; the label fills the key columns that the table has.

    Columns stand in the order of :data:`~kmnet.results.TABLES`, measures after them; a table without rows keeps its
    fixed columns.
    """
    fixed = [column.name for column in TABLES[name].columns]
    frames = []
    for label, columns in parts:
        frame = pd.DataFrame(dict(columns))
        for key in ("network", "cohort", "moment", "facilitators"):
            if key in fixed and key not in frame:
                frame[key] = getattr(label, key)
        frames.append(frame)
    frames = [f for f in frames if len(f)]
    if not frames:
        return pd.DataFrame(columns=fixed)
    whole = pd.concat(frames, ignore_index=True)
    for key in fixed:
        if key not in whole:
            whole[key] = np.nan
    return whole[[*fixed, *(c for c in whole.columns if c not in fixed)]]


def findings(problems: Iterable[Problem]) -> pd.DataFrame:
    """The table of findings; values of cells are not in it."""
    rows = [
        (p.code, p.name, p.severity, p.place.file, p.place.line, p.place.column, p.message, p.fix)
        for p in sorted(problems, key=lambda p: p.order)
    ]
    return pd.DataFrame(rows, columns=[column.name for column in TABLES["findings"].columns])


def drawing(tables: Tables, shots: Snapshots) -> dict[str, pd.DataFrame]:
    """What the map draws: people, organisations, workshops, artefacts, dated contacts, attendances, artefact events."""
    whole = {
        i: {c: p.names[p.code[k]] for c, p in n.groups.items()} for n in shots.networks for k, i in enumerate(n.ids)
    }
    people = tables.people.sort_values("id", ignore_index=True)
    people = people[people["id"].isin(whole)].reset_index(drop=True)
    columns = list(dict.fromkeys(c for n in shots.networks for c in n.groups))
    for column in columns:
        people[column] = [whole[i][column] for i in people["id"]]
    for column in ("role", "organisation", "team"):
        if column not in people:
            people[column] = ""
    people["cohort"] = [";".join(c) for c in people["cohort"]]
    people["label"] = people["id"]
    kept = ["id", "label", "role", "organisation", "team", "cohort", "facilitator"]
    people = people[[*kept, *(c for c in columns if c not in kept)]]
    inside = set(people["id"])
    workshops = tables.workshops.assign(
        label=_named(tables.workshops, "title"), cohort=[";".join(c) for c in tables.workshops["cohort"]]
    )
    log, came, events = tables.interactions, tables.attendance, tables.artefact_events
    return {
        "people": people,
        "organisations": tables.organisations.assign(label=_named(tables.organisations, "name"))[
            ["id", "label", *(c for c in ("sector", "region") if c in tables.organisations)]
        ],
        "workshops": workshops[["id", "label", "date", "cohort", "kind"]],
        "artefacts": tables.artefacts.assign(label=_named(tables.artefacts, "title"))[
            ["id", "label", "kind", "date", "team"]
        ],
        "contacts": log.loc[
            log["source"].isin(inside) & log["target"].isin(inside), ["source", "target", "date", "kind", "weight"]
        ].reset_index(drop=True),
        "attendance": came.loc[
            came["person"].isin(inside), ["person", "workshop", "date", "minutes", "table"]
        ].reset_index(drop=True),
        "artefact_events": events.loc[
            events["person"].isin(inside), ["artefact", "person", "organisation", "action", "date"]
        ].reset_index(drop=True),
    }


def _named(frame: pd.DataFrame, column: str) -> pd.Series:
    return frame[column].where(frame[column] != "", frame["id"])


def provenance(loaded: Loaded, tables: Tables) -> Provenance:
    """How to remake the run; its name is the hash of all that decides the numbers."""
    versions = {"kmnet": __version__}
    for library in _LIBRARIES:
        try:
            versions[library] = version(library)
        except PackageNotFoundError:  # vendored or stripped metadata: the run can still be made
            versions[library] = "unknown"
    config_hash = hashlib.sha256(loaded.text.encode()).hexdigest()
    inputs = dict(sorted(tables.hashes.items()))
    parts = [config_hash, str(loaded.study.seed), str(sorted(versions.items())), str(sorted(inputs.items()))]
    run = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
    return Provenance(inputs, config_hash, loaded.text, versions, loaded.study.seed, run)
