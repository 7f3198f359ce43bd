"""What the map page is given: an allow-list of ids, labels, positions, ties and measures, as plain lists.

Nothing else of the results can reach the page. Whole columns are lists, people are their position in ``nodes``, and
dates become steps, so that the file is small and holds no date of a meeting between two people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

import numpy as np

from kmnet.network.network import Network
from kmnet.report import map_events, map_groups, scene, style, words
from kmnet.report.map_index import Index, finite, grouping, texts
from kmnet.report.scene import Spots
from kmnet.results import Results

PEOPLE_LIMIT = 20_000
"""People above whom only organisations are drawn: no screen shows more, and browsers stop answering."""
OPEN_ON_GROUPS = 1_500
"""People from whom on the map opens on organisations."""

MEASURES = (
    "degree",
    "in_degree",
    "out_degree",
    "betweenness",
    "betweenness_share",
    "harmonic_closeness",
    "constraint",
    "effective_size",
    "ei_index",
    "workshops",
    "workshops_attended",
)
"""Person measures that the page may hold; each also with its ``_rank_low`` and ``_rank_high``."""


def payload(results: Results, names: Sequence[str], drawings: Mapping[str, Spots]) -> dict[str, Any]:
    """Everything the page knows.

    Parameters
    ----------
    results : Results
    names : sequence of str
        Networks to offer, the first one being shown.
    drawings : mapping of network to positions
        Of :func:`kmnet.report.scene.positions`.
    """
    people = tuple(sorted({i for name in names for s in scene.snapshots(results, name) for i in s.ids}))
    drawn = people if len(people) <= PEOPLE_LIMIT else ()
    index = Index.of(results, people, drawn)
    steps = map_events.steps(results)
    moments = _moments(results, names)
    cohorts = list(dict.fromkeys(s.label.cohort for name in names for s in scene.snapshots(results, name)))
    cohorts.sort(key=lambda c: c != "All")
    return {
        "title": results.title,
        "share": results.share,
        "noun": _noun(str(results.facts.get("nodes") or "")),
        "grouping": _grouping(results),
        "peopleCount": len(people),
        "groupsFirst": len(people) >= OPEN_ON_GROUPS,
        "tooMany": len(people) > PEOPLE_LIMIT,
        "nodes": index.rows,
        "roles": index.roles,
        "organisations": index.organisations,
        "teams": index.teams,
        "cohorts": [{"name": c, "title": "Everybody" if c == "All" else c} for c in cohorts],
        "moments": [{"name": m, "title": _title(m)} for m in moments],
        "before": _place(moments, results.facts.get("before")),
        "after": _place(moments, results.facts.get("after")),
        "measures": _abouts(results),
        "networks": [_network(results, name, drawings[name], index, cohorts, moments) for name in names],
        "steps": [{"title": title, "cohorts": held} for title, held in steps.titles],
        "stepWord": steps.word,
        **map_events.contacts(results, index, steps),
        **map_events.evidence(results, index, steps, drawings, names),
        **map_events.meetings(results, index),
        "ties": {k: [line.colour, line.width, list(line.dash), line.title] for k, line in style.TIES.items()},
        "tie": [style.TIE.colour, style.TIE.width, list(style.TIE.dash), style.TIE.title],
        "actions": [[k, line.colour, line.width, list(line.dash), line.title] for k, line in style.ACTIONS.items()],
    }


def _noun(nodes: str) -> tuple[str, str]:
    """What a symbol stands for: a person, or a group of them where no person may be shown."""
    one = words.plain(nodes)
    if not one:
        return "person", "people"
    return one, f"{one[:-1]}ies" if one.endswith("y") else f"{one}es" if one.endswith(("s", "x", "ch")) else f"{one}s"


def _grouping(results: Results) -> str:
    """What colours and shapes stand for; where symbols are groups of people, the groups themselves or their sector."""
    nodes = str(results.facts.get("nodes") or "")
    return {"": words.plain(grouping(results)), "organisation": "sector"}.get(nodes, nodes)


def _title(name: str) -> str:
    spaced = words.plain(name).strip() or "(no name)"
    return spaced[:1].upper() + spaced[1:]


def _place(moments: Sequence[str], name: object) -> int:
    return list(moments).index(str(name)) if name in moments else -1


def _moments(results: Results, names: Sequence[str]) -> list[str]:
    """Moments in the order of the config: as the network that has most of them lists them, others after."""
    held = [list(dict.fromkeys(s.label.moment for s in scene.snapshots(results, name))) for name in names]
    return list(dict.fromkeys(moment for moments in sorted(held, key=len, reverse=True) for moment in moments))


def _abouts(results: Results) -> dict[str, dict[str, str]]:
    return {
        name: {"title": about.title, "reads": about.reads}
        for name, about in sorted(results.measures.items())
        if name in MEASURES
    }


def _network(
    results: Results, name: str, base: Spots, index: Index, cohorts: Sequence[str], moments: Sequence[str]
) -> dict[str, Any]:
    """One network: its people and where they stand, its ties, what is seen at each moment, what changed."""
    shots = scene.snapshots(results, name)
    directed = bool(shots) and shots[0].directed
    ids = sorted(base) if index.drawn else []
    ties = _Ties(index.where, directed)
    seen = [_shot(results, s, index, ties, cohorts, moments) for s in shots]
    changed = _changes(results, name, ties, cohorts, moments)
    groups = map_groups.groups(results, name, index, cohorts, moments)
    return {
        "name": name,
        "title": _title(name),
        "directed": directed,
        "layer": shots[0].layer if shots else "reported",
        "people": [index.where[i] for i in ids],
        "drawings": {key: _flat(spots, ids) for key, spots in _arrangements(base, index, bool(ids)).items()},
        "a": ties.a,
        "b": ties.b,
        "shots": seen,
        "changes": changed,
        "groups": groups,
    }


def _arrangements(base: Spots, index: Index, drawn: bool) -> dict[str, Spots]:
    if not drawn:
        return {}
    found = {"ties": base}
    for key, group in (("role", index.role_of), ("organisation", index.organisation_of)):
        if len({group.get(i, "") for i in base}) > 1:
            found[key] = scene.by_group(base, group)
    return found


def _flat(spots: Spots, ids: Sequence[str]) -> list[float]:
    return [value for name in ids for value in spots[name]]


class _Ties:
    """Ties of a network, each with a number; arcs where directed, pairs otherwise."""

    def __init__(self, where: Mapping[str, int], directed: bool) -> None:
        self.where, self.directed = where, directed
        self.a: list[int] = []
        self.b: list[int] = []
        self._number: dict[tuple[int, int], int] = {}

    def number(self, source: str, target: str) -> int | None:
        """The tie's number, given out on first sight; None if an end is not drawn."""
        a, b = self.where.get(source), self.where.get(target)
        if a is None or b is None:
            return None
        key = (a, b) if self.directed or a < b else (b, a)
        if key not in self._number:
            self._number[key] = len(self.a)
            self.a.append(key[0])
            self.b.append(key[1])
        return self._number[key]


def _shot(
    results: Results, s: Network, index: Index, ties: _Ties, cohorts: Sequence[str], moments: Sequence[str]
) -> dict[str, Any]:
    """One snapshot. Who answered is listed only inside; elsewhere only how many did."""
    numbers = [ties.number(s.ids[i], s.ids[j]) for i, j in zip(s.source.tolist(), s.target.tolist())]
    reported = s.reports is not None
    shot: dict[str, Any] = {
        "cohort": list(cohorts).index(s.label.cohort),
        "moment": list(moments).index(s.label.moment),
        "n": int(s.present.sum()),
        "answered": int((s.answered & s.present).sum()) if reported else None,
        "ties": [k for k in numbers if k is not None],
    }
    if results.facts.get("nodes"):  # symbols are groups of people: the weight is the number of ties between two
        shot["n_ties"] = [finite(w) for k, w in zip(numbers, s.weight.tolist()) if k is not None]
    if index.drawn:
        shot["people"] = [index.where[i] for i in s.ids]
        shot["away"] = [index.where[s.ids[k]] for k in np.flatnonzero(~s.present)]
        if reported and results.share == "inside":
            shot["silent"] = [index.where[s.ids[k]] for k in np.flatnonzero(~s.answered)]
        shot["measures"] = _measures(results, s)
    return shot


def _measures(results: Results, s: Network) -> dict[str, list[float | int | str | None]]:
    table = results.tables.get("people")
    if table is None or not len(table):
        return {}
    mine = table[
        (table["network"] == s.label.network)
        & (table["cohort"] == s.label.cohort)
        & (table["moment"] == s.label.moment)
    ]
    if not len(mine):
        return {}
    mine = mine.drop_duplicates("id").set_index("id").reindex(list(s.ids))
    wanted = [c + end for c in MEASURES for end in ("", "_rank_low", "_rank_high") if c + end in mine.columns]
    return {c: [finite(v) for v in mine[c].tolist()] for c in wanted}


def _changes(
    results: Results, name: str, ties: _Ties, cohorts: Sequence[str], moments: Sequence[str]
) -> list[dict[str, Any]]:
    """Per cohort and two moments the ties in each state: those that the study compares first, then any others."""
    found: dict[tuple[int, int, int], dict[str, list[int]]] = {}
    chosen = (str(results.facts.get("before")), str(results.facts.get("after")))
    for table in ("tie_change", "tie_change_moments"):
        rows = results.tables.get(table)
        if rows is None or not len(rows):
            continue
        rows = rows[(rows["network"] == name).to_numpy(dtype=bool)]
        between = (
            zip(*(texts(rows[c]) for c in ("from_moment", "to_moment"))) if "from_moment" in rows else repeat(chosen)
        )
        ends = (texts(rows[c]) for c in ("cohort", "source", "target", "change"))
        for (one, two), cohort, source, target, state in zip(between, *ends):
            if cohort not in cohorts or one not in moments or two not in moments or state not in style.TIES:
                continue
            number = ties.number(source, target)
            key = (cohorts.index(cohort), moments.index(one), moments.index(two))
            states = found.setdefault(key, {name: [] for name in style.TIES})
            if number is not None:
                states[state].append(number)
    return [{"cohort": k, "from": one, "to": two, **states} for (k, one, two), states in found.items()]
