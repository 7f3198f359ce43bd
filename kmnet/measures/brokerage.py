"""Brokerage: who stands between people that are not tied, and between which groups (Gould & Fernandez 1989).

Open two-step paths only: i to v to k without a tie from i to k. On an undirected network each open pair counts once
(half of what sna counts on a symmetric matrix); a pair between the broker's own group and another has no direction
there and counts half as representative and half as gatekeeper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import rolechance, rolelabels, shuffle, triads
from kmnet.kernels.rolechance import Chance
from kmnet.kernels.rolelabels import Deal
from kmnet.kernels.triads import ROLES, OpenPaths, Spread
from kmnet.measures.measure import Measure, measure
from kmnet.measures.views import kept, triangles
from kmnet.network.network import Network, Partition

Array = NDArray[np.float64]
COLUMNS = (*ROLES, "total")
MOST_DRAWS = 999
"""Draws a person's p-value rests on at most."""

MOST_CELLS = 20_000_000
"""People times draws up to which labels are shuffled (80 MB)."""

NOT_POSSIBLE = "not possible: the groups are too few or too small for this role"
NO_PATH = "no pair of unlinked contacts to stand between"
NO_CHANCE = "chance cannot change it here: its standard deviation is 0"
TOO_MANY = "not drawn: too many people or two-step paths; see the exact score beside it"
_SOURCE = "Gould & Fernandez 1989, Sociological Methodology 19:89-126"
_AGREES = "sna brokerage (raw counts; undirected: half of sna's, which counts each pair in both directions), UCINET"
_MISREADING = "A high count can come from many contacts alone: compare it with what chance gives."


@kept
def paths(network: Network) -> OpenPaths | None:
    """The open paths, or None where there are too many to list."""
    if triads.two_paths(network.out, network.into) > triads.PATHS:
        return None
    return triads.open_paths(network.out, network.into)


@kept
def _spread(network: Network) -> Spread:
    listed = paths(network)
    if listed is not None:
        return triads.spread(listed, network.out, network.into)
    one_group = np.zeros(network.n, dtype=np.int64)
    return triads.count_unlisted(network.out, network.into, one_group, network.mutual, triangles(network))[1]


def _directions(network: Network) -> int:
    """How often a path is listed: undirected, once in each direction."""
    return 1 if network.directed else 2


@dataclass(frozen=True)
class _Counted:
    """The counts of one of a network's groupings, which many measures read: a view for :meth:`Network.once`."""

    column: str

    def __call__(self, network: Network) -> Array:
        found = _count(network, network.groups[self.column].code)
        found.flags.writeable = False
        return found


def _counts(network: Network, partition: Partition) -> Array:
    """Paths by role and in total, shape (n, 6), every possible role or not; listed paths, both directions."""
    if network.groups.get(partition.column) is partition:
        return network.once(_Counted(partition.column))
    return _count(network, partition.code)


def _count(network: Network, code: NDArray[np.integer]) -> Array:
    listed = paths(network)
    if listed is not None:
        roles = triads.count_roles(listed, code)
    else:
        roles = triads.count_unlisted(network.out, network.into, code, network.mutual, triangles(network))[0]
    return np.column_stack([roles, roles.sum(axis=1)])


def density(network: Network) -> float:
    """Ties over possible ties; NaN where there is no pair."""
    return network.m / network.possible if network.possible else float("nan")


def can_be(partition: Partition) -> NDArray[np.bool_]:
    """Whether each group's members could ever stand in each role (and in any), shape (groups, 6)."""
    return rolechance.possible(partition.sizes) > 0


def roles(network: Network, partition: Partition) -> Array:
    """Open paths that each person brokers, by role and in total, shape (n, 6); NaN where a role is not possible."""
    counts = _counts(network, partition) / _directions(network)
    return np.where(can_be(partition)[partition.code], counts, np.nan)


def _score(seen: Array, chance: Chance) -> Array:
    """(seen - mean) / sd; NaN where chance has no spread."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(chance.sd > 0, (seen - chance.mean) / chance.sd, np.nan)


def by_labels(network: Network, partition: Partition) -> Chance:
    """Exact mean and standard deviation of each person's roles when the labels of the others are shuffled, (n, 6)."""
    times = _directions(network)
    found = rolechance.labels(partition.sizes, partition.code, network.once(_spread))
    return Chance(found.mean / times, found.sd / times)


@dataclass(frozen=True)
class Dealt:
    """The shuffles of labels of one network, made once for all its groupings: a view for :meth:`Network.once`."""

    draws: int
    seed: int

    def __call__(self, network: Network) -> Deal:
        listed, key = paths(network), network.label
        assert listed is not None
        task = shuffle.words(key.network, key.cohort, key.moment, key.facilitators)
        return rolelabels.deal(listed, shuffle.permutations(network.n, self.draws, self.seed, task))


def can_draw(network: Network, draws: int) -> bool:
    """Whether labels can be shuffled so often for so many people and paths."""
    return paths(network) is not None and network.n * min(draws, MOST_DRAWS) <= MOST_CELLS


def label_p(network: Network, partition: Partition, chance: Chance, draws: int, seed: int) -> Array:
    """Two-sided p of each role against shuffled labels, (k + 1) / (draws + 1), shape (n, 6).

    ``chance`` is what :func:`by_labels` gives. NaN where shuffling cannot change the count (always so for the total), or
    where there is too much to draw (:func:`can_draw`).
    """
    found = np.full((network.n, len(COLUMNS)), np.nan)
    if not network.n or not can_draw(network, draws):
        return found
    many = min(draws, MOST_DRAWS)
    seen, mean = _counts(network, partition)[:, :5], chance.mean[:, :5] * _directions(network)
    far = rolelabels.strays(network.once(Dealt(many, seed)), partition.code, seen, mean)
    found[:, :5] = np.where(chance.sd[:, :5] > 0, (far + 1) / (many + 1), np.nan)
    return found


def brokerage(network: Network, partition: Partition, draws: int, seed: int) -> dict[str, Any]:
    """The rows of the table ``brokerage`` for one network and one grouping, without the network's own key columns.

    Parameters
    ----------
    network, partition : Network, Partition
        The network and the groups between which people broker.
    draws, seed : int
        Shuffles of the labels (at most :data:`MOST_DRAWS` are made) and the study's seed.

    Returns
    -------
    dict of str to array
        ``partition``, ``id``, ``group``; for each role and their total: the count, ``_expected``, ``_sd`` and ``_z``
        (independent ties), ``_expected_by_labels``, ``_sd_by_labels``, ``_z_by_labels`` (exact) and ``_p_by_labels``
        (drawn).
        NaN where undefined: see :func:`why_empty`.
    """
    ok = can_be(partition)[partition.code]
    seen = roles(network, partition)
    ties = rolechance.person(partition.sizes, density(network), network.directed)
    ties = Chance(ties.mean[partition.code], ties.sd[partition.code])
    shuffled = by_labels(network, partition)
    blocks = {
        "": seen,
        "_expected": ties.mean,
        "_sd": ties.sd,
        "_z": _score(seen, ties),
        "_expected_by_labels": shuffled.mean,
        "_sd_by_labels": shuffled.sd,
        "_z_by_labels": _score(seen, shuffled),
        "_p_by_labels": label_p(network, partition, shuffled, draws, seed),
    }
    columns: dict[str, Any] = {
        "partition": np.full(network.n, partition.column, dtype=object),
        "id": np.array(network.ids, dtype=object),
        "group": np.array([partition.names[c] for c in partition.code], dtype=object),
    }
    for ending, block in blocks.items():
        shown = np.where(ok, block, np.nan)
        columns |= {role + ending: shown[:, k] for k, role in enumerate(COLUMNS)}
    return columns


def why_empty(network: Network, partition: Partition, columns: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(id, column, reason) of every empty cell of :func:`brokerage`."""
    ok, chance = can_be(partition)[partition.code], by_labels(network, partition)
    open_ = network.once(_spread).paths > 0
    drawn = any(not np.isnan(values).all() for name, values in columns.items() if name.endswith("_p_by_labels"))
    found = []
    for name, values in columns.items():
        if name in ("partition", "id", "group"):
            continue
        k = next(k for k, role in enumerate(COLUMNS) if name == role or name.startswith(role + "_"))
        for v in np.flatnonzero(np.isnan(values)):
            if not ok[v, k]:
                why = NOT_POSSIBLE
            elif not open_[v]:
                why = NO_PATH
            elif name.endswith("_p_by_labels") and not drawn and chance.sd[v, k] > 0:
                why = TOO_MANY
            else:
                why = NO_CHANCE
            found.append((network.ids[v], name, why))
    return found


def totals(network: Network, partition: Partition, draws: int = 0, seed: int = 0) -> dict[str, Any]:
    """The rows of the table ``brokerage_totals``: each group and the whole network, without the network's key columns.

    ``expected`` and ``sd`` are exact under independent ties of the network's density. (sna's network-level standard
    deviations are not: too large for coordinator, representative, gatekeeper and total.) ``expected_by_labels`` is exact
    when the labels of everybody are shuffled; ``p_by_labels`` is drawn for the headline grouping, NaN for others.
    """
    counts = _counts(network, partition) / _directions(network)
    groups = len(partition.names)
    of_group = np.zeros((groups, len(COLUMNS)))
    np.add.at(of_group, partition.code, counts)
    ways = rolechance.possible(partition.sizes) * partition.sizes[:, None] / _directions(network)
    near = rolechance.group(partition.sizes, density(network), network.directed)
    far = rolechance.network(partition.sizes, density(network), network.directed)
    count = np.vstack([of_group, counts.sum(axis=0, keepdims=True)])
    possible = np.vstack([ways, ways.sum(axis=0, keepdims=True)])
    chance = Chance(np.vstack([near.mean, far.mean]), np.vstack([near.sd, far.sd]))
    ok = possible > 0
    rows = groups + 1
    triples = network.n * (network.n - 1) * (network.n - 2) / _directions(network)
    shuffled = possible * (counts[:, -1].sum() / triples if triples > 0 else np.nan)
    return {
        "partition": np.full(rows * len(COLUMNS), partition.column, dtype=object),
        "level": np.repeat(np.array(["group"] * groups + ["network"], dtype=object), len(COLUMNS)),
        "group": np.repeat(np.array([*partition.names, ""], dtype=object), len(COLUMNS)),
        "role": np.tile(np.array(COLUMNS, dtype=object), rows),
        "count": np.where(ok, count, np.nan).ravel(),
        "expected": np.where(ok, chance.mean, np.nan).ravel(),
        "sd": np.where(ok, chance.sd, np.nan).ravel(),
        "z": np.where(ok, _score(count, chance), np.nan).ravel(),
        "possible": possible.ravel(),
        "expected_by_labels": np.where(ok, shuffled, np.nan).ravel(),
        "p_by_labels": np.where(ok, _totals_p(network, partition, count, shuffled, draws, seed), np.nan).ravel(),
    }


TOTAL_DRAWS = 199
"""Draws that the p-values of groups and networks rest on at most."""


def _totals_p(
    network: Network, partition: Partition, count: Array, mean: Array, draws: int, seed: int
) -> NDArray[np.float64]:
    """Two-sided p of each group's and the network's roles when everybody's labels are shuffled."""
    headline = network.partition is not None and partition.column == network.partition.column
    listed = paths(network)
    if not headline or not draws or not network.n or listed is None or not can_draw(network, draws):
        return np.full(count.shape, np.nan)
    drawn = network.once(Dealt(min(draws, MOST_DRAWS), seed)).drawn[:, :TOTAL_DRAWS]
    found = rolelabels.together(listed, partition.code, drawn, len(partition.names)) / _directions(network)
    far = (np.abs(found - mean) >= np.abs(count - mean) - 1e-9).sum(axis=0)
    varied = found.std(axis=0) > 1e-9  # a total that no shuffle changes has no p
    return np.where(varied, (far + 1) / (drawn.shape[1] + 1), np.nan)


def _role(k: int, title: str, reads: str, pattern: str) -> Measure:
    """The person measure of one role."""

    def compute(network: Network, partition: Partition) -> Array:
        return np.asarray(roles(network, partition)[:, k])

    compute.__name__, compute.__module__ = ROLES[k], __name__
    return measure(
        of="person",
        title=title,
        reads=reads,
        formula=f"open paths i-v-k (no tie i to k) with groups {pattern}",
        denominator="none: a count",
        low=0,
        variant="open paths only; directed where the network is; undirected: each open pair once, own-to-other pairs "
        "half as representative and half as gatekeeper",
        undefined="Not possible where the groups are too few or too small for the role.",
        source=_SOURCE,
        misreading=_MISREADING,
        agrees_with=_AGREES,
        unit="pairs",
        partition=True,
        separate="scale",
    )(compute)


coordinator = _role(
    0, "Coordinator", "How often this person stands between two people of the person's own group.", "A-A-A"
)
itinerant = _role(
    1, "Itinerant broker", "How often this person stands between two people who share another group.", "A-B-A"
)
representative = _role(
    2, "Representative", "How often this person passes on from the own group to another group.", "A-A-B"
)
gatekeeper = _role(3, "Gatekeeper", "How often this person lets in from another group to the own group.", "A-B-B")
liaison = _role(4, "Liaison", "How often this person stands between two other groups, belonging to neither.", "A-B-C")
