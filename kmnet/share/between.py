"""Groups in place of people: the networks that are drawn where nobody may be seen."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kmnet.network.network import MISSING, Network, Partition
from kmnet.results import Results
from kmnet.share.disguise import OTHER
from kmnet.share.small_numbers import Rule


def between(results: Results, least: int, rule: Rule) -> tuple[tuple[Network, ...], pd.DataFrame, str]:
    """Networks of groups, a row a group in the form of ``Results.people``, and which grouping it is.

    The groups are organisations where every network shows at least three, else those of the headline grouping. Two
    groups are tied where at least ``least`` people on either side take part; the weight is the number of such ties. A
    network of which no group may be shown is left out.

    Parameters
    ----------
    results : Results
        At level ``partners``: groups are joined already.
    least : int
        Fewest people of a group, and fewest on either side of a tie.
    rule : Rule
        How ties are counted.
    """
    shots = [s for s in results.snapshots if s.label.facilitators == "with"]
    column = _column(results, shots, least)
    role = _words(results, column)
    each = (_network(s, column, least, rule, role) for s in shots if column in s.groups)
    made = tuple(network for network in each if network.n)
    ids = sorted({one for s in made for one in s.ids})
    label = dict(zip(results.organisations["id"], results.organisations["label"])) if column == "organisation" else {}
    nodes = pd.DataFrame(
        {
            "id": ids,
            "label": [label.get(one, one) for one in ids],
            "role": [_kind(one, role) for one in ids],
            "organisation": ids if column == "organisation" else "",
            "team": "",
            "cohort": "",
            "facilitator": False,
        }
    )
    nodes[_colour(column, role)] = [_kind(one, role) for one in ids]
    return made, nodes, column


def _column(results: Results, shots: list[Network], least: int) -> str:
    """Organisations where every network shows three or more of them, else the headline grouping."""
    columns = list(dict.fromkeys(c for s in shots for c in s.groups))
    if columns and "organisation" in columns and all(len(_kept(s.groups["organisation"], least)) >= 3 for s in shots):
        return "organisation"
    return next((c for c in columns if c != "organisation"), "organisation")


def _kept(part: Partition, least: int) -> list[int]:
    """Positions of the groups with enough people."""
    return [k for k, n in enumerate(part.sizes.tolist()) if n >= least and part.names[k] != MISSING]


def _words(results: Results, column: str) -> dict[str, str]:
    """What kind of group each is, for colour and legend: the sector of an organisation, else the group itself."""
    frame = results.organisations
    if column != "organisation" or "sector" not in frame:
        return {}
    return {one: sector for one, sector in zip(frame["id"], frame["sector"]) if sector}


def _kind(one: str, role: dict[str, str]) -> str:
    """The sector of an organisation, that of joined ones being another; else the group itself."""
    return role.get(one, f"{OTHER} sector") if role else one


def _colour(column: str, role: dict[str, str]) -> str:
    """The grouping of the groups themselves: sector of organisations, else each by itself."""
    return "sector" if role else column


def _network(shot: Network, column: str, least: int, rule: Rule, role: dict[str, str]) -> Network:
    part = shot.groups[column]
    keep = _kept(part, least)
    ids = tuple(part.names[k] for k in keep)
    ends: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for s, t in zip(shot.source.tolist(), shot.target.tolist()):
        g, h = int(part.code[s]), int(part.code[t])
        if g == h:
            continue
        if not shot.directed and g > h:
            g, h, s, t = h, g, t, s
        ends.setdefault((g, h), []).append((s, t))
    place = {k: i for i, k in enumerate(keep)}
    rows = []
    for (g, h), ties in sorted(ends.items()):
        people = min(len({s for s, _ in ties}), len({t for _, t in ties}))
        weight = float(rule.count(len(ties)))
        if g in place and h in place and people >= least and weight > 0:
            rows.append((place[g], place[h], weight))
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    everybody = np.ones(len(ids), dtype=bool)
    return Network(
        label=shot.label,
        ids=ids,
        directed=shot.directed,
        source=table[:, 0].astype(np.int32),
        target=table[:, 1].astype(np.int32),
        weight=table[:, 2],
        layer=shot.layer,
        groups={_colour(column, role): Partition.of(_colour(column, role), [_kind(one, role) for one in ids])},
        answered=everybody,
        present=everybody,
        facilitator=~everybody,
        days=shot.days,
    )
