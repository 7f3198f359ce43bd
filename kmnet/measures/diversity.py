"""Diversity: how mixed a person's contacts are, by a grouping of people."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.measures.measure import measure
from kmnet.measures.participation import strength
from kmnet.measures.views import contacts_by_group, contacts_inside, over, triangles
from kmnet.network.network import Network, Partition

Array = NDArray[np.float64]

_ALONE = "The person has no contacts."
_BLAU = "Blau 1977"


def _squares(network: Network, partition: Partition) -> Array:
    """Sum over groups of the squared share of each person's contacts; NaN without contacts."""
    person, count = contacts_by_group(network, partition)
    squares = np.bincount(person, weights=count.astype(np.float64) ** 2, minlength=network.n)
    return over(squares, network.mutual.degree.astype(np.float64) ** 2)


@measure(
    of="person",
    title="E-I of the person",
    reads="Whether contacts lie outside the person's own group (+1 all outside, -1 all inside, 0 half and half).",
    formula="(external - internal) / (external + internal), over contacts",
    denominator="the person's contacts",
    low=-1,
    high=1,
    undefined=_ALONE,
    variant="contacts in either direction, each once",
    source="Krackhardt & Stern 1988",
    misreading="Members of small groups have most contacts outside whatever they do: compare with group sizes.",
    agrees_with="isnar, UCINET (undirected)",
    partition=True,
)
def ei_index(network: Network, partition: Partition) -> Array:
    """E-I index of each person's contacts; NaN without contacts."""
    k = network.mutual.degree
    return over(k - 2 * contacts_inside(network, partition), k)


@measure(
    of="person",
    title="Diversity of contacts (Blau)",
    reads="How likely two of this person's contacts, drawn with replacement, are from different groups.",
    formula="1 - sum_g (contacts in g / contacts)^2",
    denominator="the person's contacts",
    low=0,
    high=1,
    undefined=_ALONE,
    source=_BLAU,
    misreading="It is biased low for people with few contacts: blau_corrected takes that out.",
    agrees_with="UCINET (heterogeneity), egor",
    partition=True,
)
def blau(network: Network, partition: Partition) -> Array:
    """Blau's index of each person's contacts; NaN without contacts."""
    return 1 - _squares(network, partition)


@measure(
    of="person",
    title="Diversity of contacts, corrected",
    reads="How likely two different contacts of this person are from different groups.",
    formula="k / (k - 1) (1 - sum_g (contacts in g / k)^2)",
    denominator="pairs of the person's contacts",
    low=0,
    high=1,
    undefined="The person has fewer than two contacts.",
    variant="unbiased for few contacts",
    source="Blau 1977; Simpson 1949",
    misreading="Two contacts of two groups already give 1.",
    agrees_with="hand count over pairs",
    partition=True,
    column=False,
)
def blau_corrected(network: Network, partition: Partition) -> Array:
    """Blau's index with the k / (k - 1) correction; NaN below two contacts."""
    k = network.mutual.degree.astype(np.float64)
    return blau(network, partition) * over(k, k - 1)


@measure(
    of="person",
    title="Diversity of contacts, share of the most possible",
    reads="Diversity as a part of the most possible: 1 is contacts spread evenly over all groups.",
    formula="(1 - sum_g p_g^2) / (1 - 1 / G)",
    denominator="diversity of an even spread over the G groups",
    low=0,
    high=1,
    undefined="The person has no contacts, or there is only one group.",
    variant="index of qualitative variation",
    source="Agresti & Agresti 1978",
    misreading="With fewer contacts than groups, 1 cannot be reached.",
    agrees_with="UCINET (IQV)",
    separate="scale",
    partition=True,
    column=False,
)
def iqv(network: Network, partition: Partition) -> Array:
    """Index of qualitative variation of each person's contacts."""
    groups = len(partition.names)
    return blau(network, partition) / (1 - 1 / groups if groups > 1 else np.nan)


@measure(
    of="person",
    title="Participation",
    reads="How evenly a person's ties are spread over groups: 0 is all in one group.",
    formula="1 - sum_g (ties to g / ties)^2",
    denominator="the person's contacts",
    low=0,
    high=1,
    undefined=_ALONE,
    variant="the participation coefficient; over contacts it equals blau",
    source="Guimera & Amaral 2005",
    misreading="It is Blau's index by another name: do not report both as two findings.",
    agrees_with="hand count",
    partition=True,
    column=False,
)
def participation(network: Network, partition: Partition) -> Array:
    """Participation coefficient over contacts; NaN without contacts."""
    return blau(network, partition)


@measure(
    of="person",
    title="Participation, weighted",
    reads="How evenly the strength of a person's ties is spread over groups: 0 is all in one group.",
    formula="1 - sum_g (strength to g / strength)^2",
    denominator="the person's strength",
    low=0,
    high=1,
    undefined=_ALONE,
    variant="strengths of both directions added",
    source="Guimera & Amaral 2005",
    misreading="One very strong tie makes anybody look narrow.",
    agrees_with="hand count",
    partition=True,
    weighted=True,
    column=False,
)
def participation_weighted(network: Network, partition: Partition) -> Array:
    """Participation coefficient over strength; NaN without contacts."""
    groups, csr = len(partition.names), network.mutual_weighted
    cell, where = np.unique(triangles(network).row * groups + partition.code[csr.index], return_inverse=True)
    tied = np.bincount(where, weights=csr.weight, minlength=len(cell))
    squares = np.bincount(cell // max(groups, 1), weights=tied**2, minlength=network.n)
    return 1 - over(squares, strength(network) ** 2)


@measure(
    of="person",
    title="Groups among contacts",
    reads="How many different groups this person's contacts come from.",
    formula="number of groups with at least one contact",
    low=0,
    source="Burt 1983 (range)",
    misreading="It cannot be more than the number of contacts.",
    agrees_with="hand count",
    unit="groups",
    partition=True,
    column=False,
)
def groups_reached(network: Network, partition: Partition) -> Array:
    """Groups among each person's contacts."""
    person, _ = contacts_by_group(network, partition)
    return np.bincount(person, minlength=network.n).astype(np.float64)


@measure(
    of="person",
    title="Diversity available",
    reads="How diverse contacts would be if they were drawn from everybody else: what diversity is compared with.",
    formula="1 - sum_g (others in g / (n - 1))^2",
    denominator="other people in the network",
    low=0,
    high=1,
    undefined="Nobody else is in the network.",
    source=_BLAU,
    misreading="It is a property of the network's make-up, not of the person's ties.",
    agrees_with="hand count",
    separate="all",
    partition=True,
    column=False,
)
def blau_available(network: Network, partition: Partition) -> Array:
    """Blau's index of everybody else; NaN with fewer than two people."""
    sizes = partition.sizes.astype(np.float64)
    own = sizes[partition.code]
    squares = (sizes**2).sum() - own**2 + (own - 1) ** 2
    return 1 - over(squares, np.full(network.n, (network.n - 1.0) ** 2))
