"""Networks for the tests of comparisons: from matrices, from the public EIES study, and hand-made."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from kmnet.network.network import Label, Network, Partition, Reports
from kmnet.network.rules import reported
from tests.shared_data import shared


class Measured(NamedTuple):
    """Values of a network, as kmnet.measures gives them."""

    person: dict
    network: dict


def from_matrix(
    ties, *, directed=True, groups=None, answered=None, moment="before", rule=None, layer="reported", **more
) -> Network:
    """A network from a matrix: reports are its rows, under the rule that fits its direction."""
    n = len(ties)
    source, target = np.nonzero(ties)
    answered = np.ones(n, bool) if answered is None else np.asarray(answered, bool)
    rule = rule or ("as_reported" if directed else "either")
    kept = answered[source]
    source, target = source[kept].astype(np.int32), target[kept].astype(np.int32)
    reports = Reports(rule, source, target, np.ones(len(source)))
    made = reported(n, reports)
    yes = np.ones(n, bool)
    found = Network(
        Label("knows", "All", moment),
        tuple(f"p{i:03d}" for i in range(n)),
        directed,
        made.source,
        made.target,
        made.weight,
        layer,
        {c: Partition.of(c, [str(v) for v in values]) for c, values in (groups or {}).items()},
        answered,
        yes,
        ~yes,
        reports if layer == "reported" else None,
    )
    return replace(found, **more)


def eies(at_least: int) -> tuple[Network, Network]:
    """EIES before and after: acquaintance of at least a strength, directed; grouped by discipline."""
    people = pd.read_csv(shared("eies", "people.csv"))
    ties = pd.read_csv(shared("eies", "survey_ties.csv"))
    where = {name: k for k, name in enumerate(people["id"])}
    found = []
    for wave in ("t1", "t2"):
        rows = ties[(ties["wave"] == wave) & (ties["strength"] >= at_least)]
        matrix = np.zeros((len(people), len(people)))
        matrix[rows["source"].map(where), rows["target"].map(where)] = 1
        found.append(from_matrix(matrix, groups={"discipline": people["discipline"]}, moment=wave))
    return found[0], found[1]


def eies_messages() -> np.ndarray:
    """Messages sent, 32 x 32, without messages to oneself."""
    people = pd.read_csv(shared("eies", "people.csv"))
    sent = pd.read_csv(shared("eies", "interactions.csv"))
    where = {name: k for k, name in enumerate(people["id"])}
    matrix = np.zeros((len(people), len(people)))
    matrix[sent["source"].map(where), sent["target"].map(where)] = sent["weight"]
    np.fill_diagonal(matrix, 0)
    return matrix


def tiny() -> tuple[Network, Network]:
    """Six people in two teams (methods E1)."""
    made = []
    for moment, arcs in (("before", "12 21 34 45 54"), ("after", "12 21 13 31 45 46 64")):
        matrix = np.zeros((6, 6))
        for arc in arcs.split():
            matrix[int(arc[0]) - 1, int(arc[1]) - 1] = 1
        made.append(from_matrix(matrix, groups={"team": [1, 1, 1, 2, 2, 2]}, moment=moment))
    return made[0], made[1]
