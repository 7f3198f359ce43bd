"""The map of organisations: one symbol an organisation, ties counted between them, before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from kmnet.kernels.layout import layout
from kmnet.report import scene, style
from kmnet.report.map_index import ORGANISATION, Index, texts
from kmnet.results import Results


def groups(results: Results, name: str, index: Index, cohorts: Sequence[str], moments: Sequence[str]) -> dict[str, Any]:
    """Organisations of a network, where they stand, and for each snapshot their people and the ties between them.

    ``shots`` hold people by organisation and ``[a, b, ties]`` rows (a = b: ties inside); ``changes`` hold
    ``[a, b, formed, kept, dissolved, cannot tell]`` rows.
    """
    shots = scene.snapshots(results, name)
    of = {i: index.things[ORGANISATION, index.organisation_of[i]] for s in shots for i in s.ids}
    nodes = sorted(set(of.values()))
    seen, pairs = [], set()
    for s in shots:
        held = Counter(of[i] for i in s.ids)
        code = [of[i] for i in s.ids]
        count = Counter(tuple(sorted((code[i], code[j]))) for i, j in zip(s.source.tolist(), s.target.tolist()))
        pairs |= {pair for pair in count if pair[0] != pair[1]}
        seen.append(
            {
                "cohort": list(cohorts).index(s.label.cohort),
                "moment": list(moments).index(s.label.moment),
                "people": [held.get(k, 0) for k in nodes],
                "ties": [[*pair, n] for pair, n in sorted(count.items())],
            }
        )
    place = {k: p for p, k in enumerate(nodes)}
    a, b = (np.array([place[pair[e]] for pair in sorted(pairs)], dtype=np.int64) for e in (0, 1))
    points = np.round(layout(len(nodes), a, b) * scene.UNIT * 2, 1) + 0.0
    return {
        "nodes": nodes,
        "xy": points.ravel().tolist(),
        "shots": seen,
        "changes": _changes(results, name, of, cohorts),
    }


def _changes(results: Results, name: str, of: dict[str, int], cohorts: Sequence[str]) -> list[dict[str, Any]]:
    table = results.tables.get("tie_change")
    if table is None or not len(table):
        return []
    found = []
    states = list(style.TIES)
    for k, cohort in enumerate(cohorts):
        mine = table[(table["network"] == name) & (table["cohort"] == cohort)]
        rows: dict[tuple[int, int], list[int]] = {}
        for source, target, state in zip(texts(mine["source"]), texts(mine["target"]), texts(mine["change"])):
            if source in of and target in of and state in states:
                pair = (min(of[source], of[target]), max(of[source], of[target]))
                rows.setdefault(pair, [0] * len(states))[states.index(state)] += 1
        if rows:
            found.append({"cohort": k, "ties": [[*pair, *counts] for pair, counts in sorted(rows.items())]})
    return found
