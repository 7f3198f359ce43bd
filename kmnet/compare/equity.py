"""Who stands where: gaps in position between each group of people and the others.

A gap is a difference of means. Its p and its interval come from shuffling group labels inside teams, because teams
differ in how connected they are and a programme decides who sits in which team. Where roles cluster in the network the
p is slightly too small (7 to 10 % false alarms), so it is called approximate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kmnet.compare.change import Measure, Row
from kmnet.compare.panel import Panel
from kmnet.compare.positions import positions
from kmnet.kernels import qap, shuffle
from kmnet.kernels.families import false_discovery
from kmnet.network.network import MISSING, Network, Partition

Key = tuple[int, ...]

SHOWN, SAFE = 3, 5
"""Smallest group of which a median is given, and of which a difference of means is."""


def equity(
    networks: Sequence[Network],
    measure: Measure,
    focus: Mapping[str, str],
    draws: int,
    seed: int,
) -> list[Row]:
    """Rows of the equity table for every network given; facilitators are left out.

    Parameters
    ----------
    networks : sequence of Network
        Snapshots with facilitators.
    focus : mapping of str to str
        Grouping to the group that is looked at first; without it every group of the headline grouping.
    """
    rows: list[Row] = []
    for number, network in enumerate(networks):
        present = network.among_present
        people = present.take(~present.facilitator) if present.facilitator.any() else present
        if people.n < 2:
            continue
        key = {
            "network": network.label.network, "cohort": network.label.cohort, "moment": network.label.moment
        }  # fmt: skip
        rows += [key | row for row in _network(people, measure, focus, draws, seed, number)]
    return rows


def _network(
    network: Network, measure: Measure, focus: Mapping[str, str], draws: int, seed: int, number: int
) -> list[Row]:
    rows: list[Row] = []
    for place, (partition, groups) in enumerate(wanted(network, focus)):
        teams = _teams(network, partition)
        orders = shuffle.permutations(network.n, draws, seed, (6, number, place), teams)
        values = positions(network, measure, partition)
        for group in groups:
            inside = partition.code == partition.names.index(group)
            for name, value in values.items():
                rows.append(
                    {"partition": partition.column, "group": group, "measure": name}
                    | _noted(gap(value, inside, orders, _reports(network, name)), _how(teams))
                )
    return _family(rows)


def changes(panel: Panel, measure: Measure, focus: Mapping[str, str], draws: int, seed: int, key: Key) -> list[Row]:
    """Rows of the equity-change table: by how much the gap of a group moved, among those who answered both times.

    The change of a gap is the difference of mean changes; labels are shuffled inside teams.
    """
    before, after = panel.complete
    if before.n < 2:
        return []
    rows: list[Row] = []
    for place, (partition, groups) in enumerate(wanted(before, focus)):
        teams = _teams(before, partition)
        orders = shuffle.permutations(before.n, draws, seed, (*key, place), teams)
        was, now = (positions(network, measure, partition) for network in (before, after))
        for group in groups:
            inside = partition.code == partition.names.index(group)
            for name in (name for name in was if name in now):
                known = np.isfinite(was[name]) & np.isfinite(now[name])
                row = gap(np.where(known, now[name] - was[name], np.nan), inside, orders, known)
                moved: Row = {c: row[c] for c in ("people", "low", "high", "p", "note") if c in row}
                if "gap" in row:
                    moved |= {
                        "before": _difference(was[name], inside, known), "after": _difference(now[name], inside, known),
                        "difference": row["gap"],
                    }  # fmt: skip
                key_ = {"partition": partition.column, "group": group, "measure": name}
                rows.append(key_ | _noted(moved, _how(teams)))
    return _family(rows)


def _difference(value: NDArray[Any], inside: NDArray[np.bool_], known: NDArray[np.bool_]) -> float:
    return float(value[inside & known].mean() - value[~inside & known].mean())


def _how(teams: NDArray[np.int32] | None) -> str:
    return "labels shuffled" if teams is None else "labels shuffled within team"


def _family(rows: list[Row]) -> list[Row]:
    q = false_discovery(np.array([row.get("p", np.nan) for row in rows], dtype=float))
    return [row | {"q": float(value)} for row, value in zip(rows, q)]


def _noted(row: Row, how: str) -> Row:
    return row if "note" in row else row | {"note": f"{how}; approximate where roles cluster"}


def _reports(network: Network, name: str) -> NDArray[np.bool_]:
    """Whose value is known: naming others rests on one's own answer."""
    if network.layer == "reported" and name in ("out_degree", "returned_share"):
        return network.answered
    return np.ones(network.n, dtype=bool)


def wanted(network: Network, focus: Mapping[str, str]) -> Iterator[tuple[Partition, list[str]]]:
    """Groupings and their groups: those in focus, else every group of the headline grouping."""
    chosen = [(network.groups[column], [group]) for column, group in focus.items() if column in network.groups]
    headline = network.partition
    if chosen:
        yield from ((part, [g for g in groups if g in part.names]) for part, groups in chosen)
    elif headline is not None and len(headline.names) > 1:
        yield headline, [name for name in headline.names if name != MISSING]


def _teams(network: Network, partition: Partition) -> NDArray[np.int32] | None:
    team = network.groups.get("team")
    return None if team is None or partition.column == "team" else team.code


def gap(value: NDArray[Any], inside: NDArray[np.bool_], orders: NDArray[np.int32], known: NDArray[np.bool_]) -> Row:
    """One row: medians, Cliff's delta, the difference of means, and what shuffled labels give.

    Parameters
    ----------
    value : float array, shape (n,)
        A position; NaN where undefined.
    inside : bool array, shape (n,)
        The group.
    orders : int array, shape (draws, n)
        Shuffled orders of the people.
    known : bool array, shape (n,)
        Whose value was observed.
    """
    counted = np.isfinite(value) & known
    mine, others = value[inside & counted], value[~inside & counted]
    row: Row = {"people": int(inside.sum())}
    if min(len(mine), len(others)) < SHOWN:
        return row | {"note": f"fewer than {SHOWN} people with a value: not shown"}
    row |= {"value": float(np.median(mine)), "others": float(np.median(others))}
    row["cliffs_delta"] = float(np.sign(mine[:, None] - others[None, :]).mean())
    if min(len(mine), len(others)) < SAFE:
        return row | {"note": f"fewer than {SAFE} people: a difference of means would be one person's"}
    observed = float(mine.mean() - others.mean())
    row["gap"] = observed
    labels = inside[orders].astype(float) * counted
    filled = np.where(counted, value, 0.0)
    size = labels.sum(axis=1)
    fine = (size > 0) & (size < counted.sum())
    if not fine.any() or not (labels != labels[0]).any():
        return row | {"note": "every team holds one kind of person only, so labels cannot be shuffled inside teams"}
    top = (labels @ filled)[fine]
    drawn = top / size[fine] - (filled.sum() - top) / (counted.sum() - size[fine])
    p = qap.share_as_large(observed, drawn)
    reach = float(np.sort(np.abs(drawn))[min(int(np.ceil((len(drawn) + 1) * 0.95)), len(drawn)) - 1])
    reach = max(reach, abs(observed) * 1.0001) if p > 0.05 else min(reach, abs(observed) * 0.9999)
    return row | {
        "low": observed - reach, "high": observed + reach, "p": p,
    }  # fmt: skip
