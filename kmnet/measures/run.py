"""All measures of one network: the columns and rows that it adds to the tables, and why a cell is empty."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from kmnet.catalogue import collect
from kmnet.measures.measure import Measure
from kmnet.measures.tables import cell_activity, cell_moments
from kmnet.measures.views import (
    cuts,
    local_bridge_arcs,
    local_bridge_traffic,
    over,
    spans,
    standard,
    triangles,
)
from kmnet.network.network import Network, Partition
from kmnet.results import About

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Measured:
    """What the measures say of one network.

    Attributes
    ----------
    person : mapping of str to float array, shape (n,)
        Person measures by column; positions are those of ``network.ids``.
    network : mapping of str to float
        Network measures by column.
    bridges : mapping of str to list
        Columns of the bridging ties, in the order of ``network.pairs``; ``source`` and ``target`` hold ids.
    mixing : mapping of str to list
        Columns of the mixing table of every grouping.
    reasons : mapping of (table, column) to str
        Why cells of that column are empty, for every column with an empty cell.
    further_person, further_network : mapping
        The measures that stand in the tables but are not compared between moments; empty unless asked for.
    """

    person: Mapping[str, Array]
    network: Mapping[str, float]
    bridges: Mapping[str, list[Any]]
    mixing: Mapping[str, list[Any]]
    reasons: Mapping[tuple[str, str], str]
    further_person: Mapping[str, Array] = field(default_factory=dict)
    further_network: Mapping[str, float] = field(default_factory=dict)


FAMILIES = (
    "participation",
    "reach",
    "holes",
    "brokerage",
    "diversity",
    "ei",
    "mixing",
    "bridging",
    "cohesion",
    "position",
)
"""Order of the families in tables; families that are not named follow in alphabetical order."""


Level = Literal["person", "network"]

LEVELS: Mapping[Level, str] = {"person": "people", "network": "networks"}
"""What a column is of, and the table that it stands in."""

_CHANCE = "No such pair is possible, or chance could only give one value."
_MIXING_REASONS = {
    "density": _CHANCE,
    "expected": _CHANCE,
    "z": _CHANCE,
    "expected_by_activity": "There are no ties.",
    "residual": "A group makes or gets no tie, or all of them.",
    "returned": "The network has no direction, or there are no such ties.",
}

NO_DETOUR = "Nothing else joins the two people: the tie is a bridge."
"""Why a tie has no span."""

FEW = 30
"""Groups up to which the mixing table holds every pair of groups, tied or not."""


def catalogue() -> tuple[Measure, ...]:
    """Every measure, family by family."""
    place = {family: k for k, family in enumerate(FAMILIES)}
    return tuple(sorted(collect("kmnet.measures", Measure), key=lambda m: place.get(m.about.family, len(place))))


def columns(of: Level, groups: tuple[str, ...], further: bool = False) -> dict[str, About]:
    """The columns that :func:`run` gives, in order, with what each means; the further ones where asked for.

    A measure by a grouping has the measure's own name for the headline grouping (the first) and ``name_grouping`` for
    each other one. Further measures of a person are by the headline grouping only.
    """
    return {column: about for column, about, _, _ in _plan(of, groups, further)}


def _plan(of: Level, groups: tuple[str, ...], further: bool) -> Iterator[tuple[str, About, Measure, str]]:
    """(column, about, measure, grouping) of every column, ``""`` where no grouping is needed."""
    for item in catalogue():
        about = item.about
        if about.of != of or about.column == further:
            continue
        if not about.partition:
            yield about.name, about, item, ""
            continue
        yield about.name, about, item, groups[0] if groups else ""
        for group in groups[1:] if not further or of == "network" else ():
            name = f"{about.name}_{group}"
            yield name, replace(about, name=name, title=f"{about.title}, by {group}"), item, group


def value(item: Measure, network: Network, partition: Partition | None = None, seed: int = 20231122) -> Any:
    """One measure of one network; where it needs a grouping, by ``partition`` (the headline one when left out).

    Draws come from the seed, the network's label and the measure's name, whatever else is computed.
    """
    about = item.about
    extra: tuple[Any, ...] = ()
    if about.partition:
        partition = partition or network.partition
        if partition is None:
            return np.full(network.n, np.nan) if about.of == "person" else float("nan")
        extra = (partition,)
    if about.chance:
        label = network.label
        key = "\n".join(
            (
                label.network,
                label.cohort,
                label.moment,
                label.facilitators,
                about.name,
                partition.column if partition else "",
            )
        )
        seeds = np.random.SeedSequence(seed, spawn_key=(zlib.crc32(key.encode()),))
        extra += (np.random.default_rng(seeds),)
    return item(network, *extra)


def run(network: Network, *, seed: int = 20231122, further: bool = False) -> Measured:
    """Every measure that stands in a table of people or networks, for one network.

    Parameters
    ----------
    network : Network
    seed : int
        The study's seed, for the measures that use draws.
    further : bool
        Whether to give also the measures that are not compared between moments.
    """
    reasons: dict[tuple[str, str], str] = {}
    person, whole = (_measured(network, of, seed, False, reasons) for of in LEVELS)
    mixing = mixing_rows(network)
    for column, why in _MIXING_REASONS.items():
        if any(np.isnan(mixing[column])):
            reasons["mixing", column] = why
    bridges = bridge_rows(network)
    if any(np.isnan(bridges["span"])):
        reasons["bridges", "span"] = NO_DETOUR
    more = [_measured(network, of, seed, True, reasons) for of in LEVELS] if further else [{}, {}]
    return Measured(person, whole, bridges, mixing, reasons, *more)


def _measured(
    network: Network, of: Level, seed: int, further: bool, reasons: dict[tuple[str, str], str]
) -> dict[str, Any]:
    """The usual or the further columns of one table; ``reasons`` is told why cells are empty."""
    groups = tuple(network.groups)
    found: dict[str, Any] = {}
    for column, about, item, group in _plan(of, groups, further):
        seen = value(item, network, network.groups.get(group), seed)
        found[column] = np.asarray(seen, dtype=np.float64) if of == "person" else float(seen)
        if np.isnan(seen).any():
            ungrouped = about.partition and not groups
            reasons[LEVELS[of], column] = "People have no grouping." if ungrouped else about.undefined
    return found


def bridge_rows(network: Network) -> dict[str, list[Any]]:
    """Local bridges (bridges among them) as columns; ``span`` is NaN for a bridge."""
    at = local_bridge_arcs(network)
    source, target = triangles(network).row[at], network.mutual.index[at]
    length = spans(network)
    crossed = [
        ", ".join(name for name, part in network.groups.items() if part.code[i] != part.code[j])
        for i, j in zip(source.tolist(), target.tolist())
    ]
    return {
        "source": [network.ids[i] for i in source],
        "target": [network.ids[j] for j in target],
        "span": np.where(np.isinf(length), np.nan, length).tolist(),
        "bridge": cuts(network).bridges[at].tolist(),
        "local_bridge": [True] * len(at),
        "betweenness": local_bridge_traffic(network).tolist(),
        "groups_crossed": crossed,
    }


def mixing_rows(network: Network) -> dict[str, list[Any]]:
    """Ties from each group to each group of every grouping as columns; undirected, each pair of groups once.

    A grouping of more than :data:`FEW` groups gives only the pairs of groups that are tied.
    """
    rows: dict[str, list[Any]] = {name: [] for name in ("partition", "from_group", "to_group", "ties", "possible")}
    rows |= {name: [] for name in _MIXING_REASONS}
    for column, part in network.groups.items():
        one, two, ties = _cells(network, part)
        sizes = part.sizes.astype(np.int64)
        pairs = np.where(one == two, sizes[one] * (sizes[one] - 1), sizes[one] * sizes[two])
        possible = pairs if network.directed else np.where(one == two, pairs // 2, pairs)
        mean, sd = cell_moments(network, part, one, two)
        rows["partition"] += [column] * len(one)
        rows["from_group"] += [part.names[g] for g in one]
        rows["to_group"] += [part.names[h] for h in two]
        rows["ties"] += ties.tolist()
        rows["possible"] += possible.tolist()
        rows["density"] += over(ties, possible).tolist()
        rows["expected"] += mean.tolist()
        rows["z"] += standard(ties, mean, sd).tolist()
        activity, residual, returned = cell_activity(network, part, one, two, ties)
        rows["expected_by_activity"] += activity.tolist()
        rows["residual"] += residual.tolist()
        rows["returned"] += returned.tolist()
    return rows


def _cells(network: Network, part: Partition) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of groups, and the ties from the first to the second."""
    groups = len(part.names)
    ends = part.code[network.source].astype(np.int64), part.code[network.target].astype(np.int64)
    if not network.directed:
        ends = np.minimum(*ends), np.maximum(*ends)
    cell, ties = np.unique(ends[0] * groups + ends[1], return_counts=True)
    if groups <= FEW:
        one, two = np.indices((groups, groups)).reshape(2, -1) if network.directed else np.triu_indices(groups)
        count = np.zeros(groups * groups, dtype=np.int64)
        count[cell] = ties
        return one, two, count[one * groups + two]
    return cell // groups, cell % groups, ties
