"""Reference graphs, built as ``shared/data/GRAPHS.md`` says, with nothing of kmnet's own readers."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from kmnet.network.network import Affiliation, Label, Network, network
from tests.shared_data import SHARED

DATASETS = (
    "ceos_clubs",
    "eies",
    "email_eu_core",
    "hightech_managers",
    "hospital_ward",
    "hypertext2009",
    "indiana_tobacco",
    "jazz",
    "karate",
    "knoke_bureaucracies",
    "lawfirm",
    "monks",
    "mooc_cohort1",
    "southern_women",
)
Pairs = dict[tuple[str, str], float]


def folder(dataset: str) -> Path:
    return SHARED / "data" / dataset


def rows(path: Path) -> list[dict[str, str]]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(text.decode("utf-8").splitlines()))


@cache
def table(dataset: str, name: str) -> list[dict[str, str]]:
    path = folder(dataset) / f"{name}.csv"
    return rows(path if path.exists() else path.with_suffix(".csv.gz"))


@cache
def oracle(dataset: str) -> dict[str, Any]:
    return json.loads((folder(dataset) / "oracle.json").read_text(encoding="utf-8"))


def specs(dataset: str) -> list[dict[str, Any]]:
    return json.loads((folder(dataset) / "graphs.json").read_text(encoding="utf-8"))["graphs"]


@cache
def build(dataset: str, name: str) -> Network:
    """One graph of ``graphs.json`` as a kmnet network."""
    spec = next(s for s in specs(dataset) if s["name"] == name)
    people = table(dataset, "people")
    if spec.get("drop_people"):
        column, value = spec["drop_people"].split("=")
        people = [p for p in people if p[column] != value]
    ids = {p["id"] for p in people}
    pairs = {"survey_ties": _survey, "interactions": _interactions, "projection": _projection}[spec["source"]]
    ties = pairs(dataset, spec, ids)
    group = spec.get("group")
    return network(
        sorted(ids),
        [(i, j, w) for (i, j), w in sorted(ties.items())],
        directed=spec["directed"],
        groups={group: {p["id"]: p[group] for p in people}} if group else None,
        label=Label(dataset, "All", name),
    )


def _undirected(arcs: Pairs, rule: str, add: bool) -> Pairs:
    found: Pairs = {}
    for (i, j), w in arcs.items():
        pair = (min(i, j), max(i, j))
        if rule == "mutual" and (j, i) not in arcs:
            continue
        found[pair] = found.get(pair, 0.0) + w if add else max(found.get(pair, 0.0), w)
    return found


def _survey(dataset: str, spec: dict[str, Any], ids: set[str]) -> Pairs:
    arcs: Pairs = {}
    for row in table(dataset, "survey_ties"):
        i, j, strength = row["source"], row["target"], row["strength"]
        if any(spec.get(key) not in (None, row[key]) for key in ("wave", "relation")):
            continue
        if not strength or i == j or i not in ids or j not in ids or float(strength) < spec.get("min_strength", 1):
            continue
        arcs[i, j] = max(arcs.get((i, j), 0.0), float(strength))
    return arcs if spec["directed"] else _undirected(arcs, spec.get("symmetrise", "any"), add=False)


def _interactions(dataset: str, spec: dict[str, Any], ids: set[str]) -> Pairs:
    arcs: Pairs = defaultdict(float)
    for row in table(dataset, "interactions"):
        i, j = row["source"], row["target"]
        if i != j and i in ids and j in ids and spec.get("kind") in (None, row["kind"]):
            arcs[i, j] += float(row["weight"])
    pairs = arcs if spec["directed"] else _undirected(arcs, spec.get("symmetrise", "any"), add=True)
    return {pair: w for pair, w in pairs.items() if w >= spec.get("min_weight", 0)}


def _projection(dataset: str, spec: dict[str, Any], ids: set[str]) -> Pairs:
    members: dict[str, set[str]] = defaultdict(set)
    for row in table(dataset, "attendance"):
        if row["person"] in ids:
            members[row["event"]].add(row["person"])
    shared: Pairs = defaultdict(float)
    for people in members.values():
        for pair in combinations(sorted(people), 2):
            shared[pair] += 1
    return {pair: w for pair, w in shared.items() if w >= spec["min_shared"]}


def undirected(net: Network) -> Network:
    """The undirected view as a network of its own."""
    ids, (source, target) = net.ids, net.pairs
    groups = {c: {i: part.names[k] for i, k in zip(ids, part.code.tolist())} for c, part in net.groups.items()}
    ties = [(ids[i], ids[j]) for i, j in zip(source.tolist(), target.tolist())]
    return network(list(ids), ties, groups=groups, label=net.label) if net.directed else net


def attendance(dataset: str) -> Network:
    """People and events without ties: what two-mode measures read."""
    ids = tuple(sorted(p["id"] for p in table(dataset, "people")))
    path = folder(dataset) / "attendance.csv"
    text = path.read_bytes() if path.exists() else gzip.decompress(path.with_suffix(".csv.gz").read_bytes())
    lines = csv.reader(text.decode("utf-8").splitlines())
    heading = next(lines)
    person, event = heading.index("person"), heading.index("event")
    attended = [(line[event], line[person]) for line in lines]
    events = tuple(sorted({e for e, _ in attended}))
    where, at = ({name: k for k, name in enumerate(names)} for names in (ids, events))
    key = np.unique(np.array([at[e] * len(ids) + where[p] for e, p in attended]))
    return replace(
        network(ids, []),
        affiliation=Affiliation(
            events,
            (key % len(ids)).astype(np.int32),
            (key // len(ids)).astype(np.int32),
            np.full(len(key), np.nan),
        ),
    )
