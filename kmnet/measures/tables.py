"""Mixing tables, group by group: rows are where ties come from, columns where they lead."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import mixing as kernel
from kmnet.measures.measure import measure
from kmnet.measures.views import arcs, over, pairs_by_group, returned, standard, ties_by_group, touching
from kmnet.network.network import Network, Partition

Array = NDArray[np.float64]

_LABELS = "group labels dealt out at random over the same network, exact"


def moments(network: Network, partition: Partition) -> tuple[Array, Array]:
    """Mean and sd of :func:`ties_by_group` under permuted labels."""
    groups = np.arange(len(partition.names))
    return cell_moments(network, partition, groups[:, None], groups[None, :])


def cell_moments(
    network: Network, partition: Partition, one: NDArray[np.integer], two: NDArray[np.integer]
) -> tuple[Array, Array]:
    """Mean and sd of ties from groups ``one`` to groups ``two`` under permuted labels."""
    mean, sd = kernel.expected(touching(network), partition.sizes, one, two)
    half = 1.0 if network.directed else np.where(np.equal(one, two), 0.5, 1.0)
    return mean * half, sd * half


def cell_activity(
    network: Network,
    partition: Partition,
    one: NDArray[np.integer],
    two: NDArray[np.integer],
    ties: NDArray[np.integer],
) -> tuple[Array, Array, Array]:
    """Of ``ties`` from groups ``one`` to groups ``two``: expected by activity, adjusted residual, share returned.

    Cell by cell what :data:`mixing_expected_by_activity`, :data:`mixing_residual` and :data:`mixing_reciprocity` give
    as square arrays, which many groups would make too large.
    """
    half = 1.0 if network.directed else np.where(np.equal(one, two), 0.5, 1.0)  # a tie is two arcs of its own group
    source, target = arcs(network)
    row, column = (
        np.bincount(partition.code[end], minlength=len(partition.names)).astype(float) for end in (source, target)
    )
    total = np.full(len(one), float(len(source)))
    mean = over(row[one] * column[two], total)
    spread = np.sqrt(mean * (1 - over(row[one], total)) * (1 - over(column[two], total)))
    residual = over(ties / half - mean, spread)
    if not network.directed:
        return mean * half, residual, np.full(len(one), np.nan)
    groups = len(partition.names)
    back = returned(network)
    cell = partition.code[network.source[back]].astype(np.int64) * groups + partition.code[network.target[back]]
    there, many = np.unique(cell, return_counts=True)
    wanted = one.astype(np.int64) * groups + two
    at = np.minimum(np.searchsorted(there, wanted), max(len(there) - 1, 0))
    mutual = np.where(there[at] == wanted, many[at], 0) if len(there) else np.zeros(len(one), dtype=np.int64)
    return mean, residual, over(mutual, ties)


@measure(
    of="groups",
    title="Ties between groups",
    reads="How many ties there are from each group to each group.",
    formula="number of ties from g to h",
    low=0,
    variant="undirected: symmetric, each tie once on the diagonal",
    source="Wasserman & Faust 1994",
    misreading="Large groups have many ties: look at density and at the expectation.",
    agrees_with="UCINET, networkx",
    unit="ties",
    partition=True,
    column=False,
)
def mixing_ties(network: Network, partition: Partition) -> Array:
    """Ties from each group to each group."""
    return ties_by_group(network, partition).astype(np.float64)


@measure(
    of="groups",
    title="Density between groups",
    reads="The part of possible ties from each group to each group that are there.",
    formula="ties from g to h / pairs of one of g and one of h",
    denominator="pairs that could be tied",
    low=0,
    high=1,
    undefined="There is no such pair.",
    source="Wasserman & Faust 1994",
    misreading="A density between two tiny groups rests on a few pairs.",
    agrees_with="UCINET",
    partition=True,
    separate="scale",
    column=False,
)
def mixing_density(network: Network, partition: Partition) -> Array:
    """Ties over possible pairs, group by group."""
    return over(ties_by_group(network, partition), pairs_by_group(network, partition))


@measure(
    of="groups",
    title="Ties expected by group sizes",
    reads="How many ties there would be from each group to each group if ties ignored the groups.",
    formula="m n_g (n_h - [g = h]) / (n (n - 1))",
    low=0,
    undefined="There are fewer than two people.",
    variant=_LABELS,
    source="Krackhardt & Stern 1988; UCINET, Mixing",
    misreading="It takes sizes into account, not how active a group is: see mixing_expected_by_activity.",
    agrees_with="UCINET, permutation",
    unit="ties",
    partition=True,
    separate="all",
    column=False,
)
def mixing_expected(network: Network, partition: Partition) -> Array:
    """Exact mean of ties group by group under permuted labels."""
    return moments(network, partition)[0]


@measure(
    of="groups",
    title="Ties against chance",
    reads="How far the ties from each group to each group lie from chance, in its standard deviations.",
    formula="(ties - expected) / sd, both exact under permuted labels",
    undefined="Chance could only give one value.",
    variant=_LABELS,
    source="moments after Mantel 1967",
    misreading="Many cells are looked at together: one beyond 2 is no surprise among twenty.",
    agrees_with="permutation",
    partition=True,
    separate="all",
    column=False,
)
def mixing_z(network: Network, partition: Partition) -> Array:
    """Standard score of ties group by group under permuted labels."""
    mean, sd = moments(network, partition)
    return standard(ties_by_group(network, partition), mean, sd)


@measure(
    of="groups",
    title="Ties expected by activity",
    reads="How many ties there would be if each group's ties went wherever ties go in general.",
    formula="(ties from g) (ties to h) / m; undirected with both directions counted, halved on the diagonal",
    low=0,
    undefined="There are no ties.",
    variant="margins fixed, self ties not taken out",
    source="Newman 2003",
    misreading="It takes how active a group is as given, so it cannot show that a group is left out.",
    agrees_with="scipy (expected_freq)",
    unit="ties",
    partition=True,
    column=False,
)
def mixing_expected_by_activity(network: Network, partition: Partition) -> Array:
    """Product of margins over all ties."""
    table = kernel.table(*arcs(network), partition.code, len(partition.names)).astype(np.float64)
    value = over(np.outer(table.sum(axis=1), table.sum(axis=0)), np.full(table.shape, table.sum()))
    return value if network.directed else value * np.where(np.eye(len(value), dtype=bool), 0.5, 1.0)


@measure(
    of="groups",
    title="Adjusted residuals",
    reads="How far each cell lies from what the groups' activity gives, in the usual standard errors of a table.",
    formula="(O - E) / sqrt(E (1 - row share) (1 - column share)), E by activity, both directions where undirected",
    undefined="A group makes or gets no tie, or all of them.",
    variant="chi-square; assumes independent ties, so for display only",
    source="Haberman 1973",
    misreading="Ties are not independent: never read it as a test. mixing_z is the one to test by.",
    agrees_with="scipy, R (chisq.test stdres)",
    partition=True,
    column=False,
)
def mixing_residual(network: Network, partition: Partition) -> Array:
    """Adjusted residuals of the table of arcs."""
    table = kernel.table(*arcs(network), partition.code, len(partition.names)).astype(np.float64)
    total = np.full(table.shape, table.sum())
    row, column = table.sum(axis=1)[:, None], table.sum(axis=0)[None, :]
    mean = over(row * column, total)
    return over(table - mean, np.sqrt(mean * (1 - over(row, total)) * (1 - over(column, total))))


@measure(
    of="groups",
    title="Returned ties between groups",
    reads="Of the ties from one group to another, the part that are returned.",
    formula="returned ties from g to h / ties from g to h",
    denominator="ties from g to h",
    low=0,
    high=1,
    undefined="The network has no direction, or there are no such ties.",
    source="Wasserman & Faust 1994, ch. 13",
    misreading="A group that did not answer never returns a tie.",
    agrees_with="hand count",
    partition=True,
    column=False,
)
def mixing_reciprocity(network: Network, partition: Partition) -> Array:
    """Share of ties returned, group by group."""
    groups = len(partition.names)
    if not network.directed:
        return np.full((groups, groups), np.nan)
    back = returned(network)
    mutual = kernel.table(network.source[back], network.target[back], partition.code, groups)
    return over(mutual, ties_by_group(network, partition))
