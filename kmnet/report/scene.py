"""What is drawn where: positions that the map and the figures share.

A network has one drawing for all its moments and cohorts, laid out on the union of its ties, so that a person stands
on the same spot before and after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.discs import discs
from kmnet.kernels.layout import Points, apart, layout
from kmnet.network.network import Network
from kmnet.results import Results

UNIT = 40.0
"""Pixels (at zoom 1) of the usual gap between neighbours."""

Spots = dict[str, tuple[float, float]]
"""Position of each id, in pixels at zoom 1; x to the right, y downwards."""


@dataclass(frozen=True, eq=False)
class Union:
    """Everybody and every tied pair of a network over its moments and cohorts; ids sorted, pairs i < j, once each."""

    ids: tuple[str, ...]
    source: NDArray[np.int64]
    target: NDArray[np.int64]


def network_names(results: Results) -> tuple[str, ...]:
    """Names of the networks in the order of the snapshots: the headline network first."""
    return tuple(dict.fromkeys(s.label.network for s in results.snapshots))


def snapshots(results: Results, network: str) -> tuple[Network, ...]:
    """The snapshots of a network, programme staff included."""
    return tuple(s for s in results.snapshots if s.label.network == network and s.label.facilitators == "with")


def union(networks: Sequence[Network]) -> Union:
    """The union of some networks."""
    ids = sorted({name for s in networks for name in s.ids})
    where = {name: k for k, name in enumerate(ids)}
    keys = [np.empty(0, dtype=np.int64)]
    for s in networks:
        place = np.array([where[name] for name in s.ids], dtype=np.int64)
        a, b = place[s.source], place[s.target]
        keys.append(np.minimum(a, b) * len(ids) + np.maximum(a, b))
    pair = np.unique(np.concatenate(keys))
    return Union(tuple(ids), pair // max(len(ids), 1), pair % max(len(ids), 1))


def positions(results: Results, network: str, anchor: Mapping[str, tuple[float, float]] | None = None) -> Spots:
    """Where each person of a network stands, at every moment.

    Parameters
    ----------
    results : Results
    network : str
        Name of the network.
    anchor : mapping of id to (x, y), optional
        Positions of an earlier drawing; people found there keep their spot.

    Returns
    -------
    dict of str to (float, float)
        In pixels at zoom 1, rounded to 0.1. Costs about 0.2 s for 230 people and 3 s for 1,500: compute it once
        and pass it on.
    """
    whole = union(snapshots(results, network))
    return spots(whole.ids, layout(len(whole.ids), whole.source, whole.target, _anchored(whole.ids, anchor)))


def spots(ids: Sequence[str], points: Points) -> Spots:
    """Positions by id in pixels; rounded, so that the last digits of a processor do not reach a file."""
    rounded = np.round(points * UNIT, 1) + 0.0
    return {name: (float(x), float(y)) for name, (x, y) in zip(ids, rounded)}


def _points(ids: Sequence[str], base: Mapping[str, tuple[float, float]]) -> Points:
    return np.array([base[name] for name in ids], dtype=np.float64).reshape(-1, 2) / UNIT


def _anchored(ids: Sequence[str], anchor: Mapping[str, tuple[float, float]] | None) -> Points | None:
    if not anchor:
        return None
    nowhere = (np.nan, np.nan)
    return np.array([anchor.get(name, nowhere) for name in ids], dtype=np.float64).reshape(-1, 2) / UNIT


def by_group(base: Spots, group: Mapping[str, str]) -> Spots:
    """The same people with each group on a disc of its own."""
    ids = sorted(base)
    names = sorted({group.get(name, "") for name in ids})
    code = np.array([names.index(group.get(name, "")) for name in ids], dtype=np.int64)
    return spots(ids, discs(_points(ids, base), code))


def beside(base: Spots, links: Sequence[tuple[str, str]]) -> Spots:
    """Things at the middle of the people they belong to, kept clear of everybody; ``links`` are (thing, person).

    Things without a person of this drawing get no position.
    """
    held: dict[str, list[tuple[float, float]]] = {}
    for thing, person in links:
        if person in base:
            held.setdefault(thing, []).append(base[person])
    things, people = sorted(held), sorted(base)
    if not things:
        return {}
    middle = np.array([np.mean(held[thing], axis=0) for thing in things]) / UNIT
    fixed = np.arange(len(people) + len(things)) < len(people)
    placed = apart(np.concatenate([_points(people, base), middle]), fixed, gap=0.75)
    return spots(things, placed[len(people) :])


def two_mode(people: Sequence[str], links: Sequence[tuple[str, str]]) -> tuple[Spots, Spots]:
    """People and things (workshops) laid out by who was where; ``links`` are (thing, person)."""
    things = sorted({thing for thing, _ in links})
    ids = sorted(people)
    where_thing = {name: k for k, name in enumerate(things)}
    where = {name: len(things) + k for k, name in enumerate(ids)}
    pairs = sorted({(where_thing[t], where[p]) for t, p in links if p in where})
    source, target = (np.array(c, dtype=np.int64) for c in zip(*pairs)) if pairs else (np.empty(0, np.int64),) * 2
    points = layout(len(things) + len(ids), source, target)
    if things:  # those that the same people came to lie on one another: spread them, then keep them clear of people
        points[: len(things)] = apart(points[: len(things)], np.zeros(len(things), dtype=bool), gap=1.7)
        points = apart(points, np.arange(len(points)) >= len(things), gap=0.8)
    placed = spots([*things, *ids], points)
    return {p: placed[p] for p in ids}, {t: placed[t] for t in things}
