"""Structural holes (Burt 1992): whose contacts do not know each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import holes as kernel
from kmnet.kernels.csr import CSR
from kmnet.measures.measure import measure
from kmnet.measures.views import Burt, burt, burt_ego, burt_weighted, over, triangles
from kmnet.network.network import Network

Array = NDArray[np.float64]

_ALONE = "The person has no contacts."
_BURT = "Burt 1992, Structural Holes, ch. 2"


def _effective(network: Network, dyads: Burt) -> Array:
    row = triangles(network).row
    return kernel.total(network.mutual, row, 1.0 - dyads.redundancy)


def _hierarchy(network: Network, dyads: Burt) -> Array:
    return kernel.concentration(network.mutual, triangles(network).row, dyads.constraint)


def _matrix(csr: CSR, values: Array) -> Array:
    full = np.zeros((csr.n, csr.n))
    full[np.repeat(np.arange(csr.n), csr.degree), csr.index] = values
    return full


@measure(
    of="person",
    title="Constraint",
    reads="How far a person's contacts are tied to each other, so that few can be reached only through that person.",
    formula="sum over contacts j of (p_ij + sum_q p_iq p_qj)^2, p_ij = (a_ij + a_ji) / sum_k (a_ik + a_ki)",
    low=0,
    high=2,
    undefined=_ALONE,
    variant="whole network: a contact's proportions run over all of that contact's ties",
    source=_BURT,
    misreading="People with one or two contacts are always highly constrained: read it beside degree.",
    agrees_with="igraph, networkx",
)
def constraint(network: Network) -> Array:
    """Burt's constraint over the whole network; NaN without contacts."""
    return kernel.total(network.mutual, triangles(network).row, burt(network).constraint)


@measure(
    of="person",
    title="Constraint, own circle",
    reads="Constraint counted only among the person and that person's own contacts.",
    formula="as constraint, with p_qj taken over the ties of q to the person and to the person's contacts",
    low=0,
    high=2,
    undefined=_ALONE,
    variant="ego network: UCINET's default",
    source="Burt 1992; Everett & Borgatti 2020",
    misreading="Never compare it with constraint from igraph or networkx: it is a different number.",
    agrees_with="UCINET",
)
def constraint_ego(network: Network) -> Array:
    """Burt's constraint inside each person's own circle; NaN without contacts."""
    return kernel.total(network.mutual, triangles(network).row, burt_ego(network).constraint)


@measure(
    of="person",
    title="Constraint, weighted",
    reads="Constraint in which strong ties count for more.",
    formula="as constraint, with strengths w_ij in place of a_ij",
    low=0,
    high=2,
    undefined=_ALONE,
    variant="whole network, strengths of both directions added",
    source=_BURT,
    misreading="It depends on the scale of strength: doubling a survey's top code changes it.",
    agrees_with="igraph, networkx",
    weighted=True,
    column=False,
)
def constraint_weighted(network: Network) -> Array:
    """Burt's constraint on strengths; NaN without contacts."""
    return kernel.total(network.mutual, triangles(network).row, burt_weighted(network).constraint)


@measure(
    of="person",
    title="Effective size",
    reads="How many of a person's contacts are not repeated: contacts that know each other count for less.",
    formula="sum over contacts j of (1 - sum_q p_iq m_jq), m_jq = z_jq / max_k z_jk; undirected k - 2t/k",
    low=0,
    undefined=_ALONE,
    variant="whole network, both directions added",
    source=_BURT,
    misreading="It grows with the number of contacts: efficiency takes that out.",
    agrees_with="networkx (nodes given), Burt's text; not networkx with nodes=None",
)
def effective_size(network: Network) -> Array:
    """Burt's effective size; NaN without contacts."""
    return _effective(network, burt(network))


@measure(
    of="person",
    title="Effective size, own circle",
    reads="Effective size counted only among the person and that person's own contacts.",
    formula="as effective_size, with the largest z_jk taken inside the person's circle",
    low=0,
    undefined=_ALONE,
    variant="ego network: UCINET's default",
    source=_BURT,
    misreading="On undirected networks it equals effective_size; on directed ones it need not.",
    agrees_with="UCINET",
    column=False,
)
def effective_size_ego(network: Network) -> Array:
    """Burt's effective size inside each person's own circle; NaN without contacts."""
    return _effective(network, burt_ego(network))


@measure(
    of="person",
    title="Effective size, weighted",
    reads="Effective size in which strong ties count for more.",
    formula="as effective_size, with strengths",
    low=0,
    undefined=_ALONE,
    variant="whole network, strengths of both directions added",
    source=_BURT,
    misreading="A contact with one very strong tie elsewhere hardly counts as repeated.",
    agrees_with="networkx (nodes given)",
    weighted=True,
    column=False,
)
def effective_size_weighted(network: Network) -> Array:
    """Burt's effective size on strengths; NaN without contacts."""
    return _effective(network, burt_weighted(network))


@measure(
    of="person",
    title="Efficiency",
    reads="The part of a person's contacts that is not repeated; 1 means that no two contacts know each other.",
    formula="effective size / contacts",
    denominator="the person's contacts",
    low=0,
    high=1,
    undefined=_ALONE,
    source=_BURT,
    misreading="Somebody with one contact is always fully efficient: read it beside degree.",
    agrees_with="networkx, UCINET (undirected)",
)
def efficiency(network: Network) -> Array:
    """Effective size over contacts; NaN without contacts."""
    return over(effective_size(network), network.mutual.degree)


@measure(
    of="person",
    title="Efficiency, own circle",
    reads="Efficiency counted only among the person and that person's own contacts.",
    formula="effective_size_ego / contacts",
    denominator="the person's contacts",
    low=0,
    high=1,
    undefined=_ALONE,
    variant="ego network: UCINET's default",
    source=_BURT,
    misreading="Somebody with one contact is always fully efficient.",
    agrees_with="UCINET",
    column=False,
)
def efficiency_ego(network: Network) -> Array:
    """Effective size in the own circle over contacts; NaN without contacts."""
    return over(effective_size_ego(network), network.mutual.degree)


@measure(
    of="person",
    title="Hierarchy",
    reads="Whether a person's constraint comes from one contact (near 1) or evenly from all of them (0).",
    formula="sum_j r_j ln r_j / (k ln k), r_j = c_ij / (C_i / k)",
    low=0,
    high=1,
    undefined=_ALONE,
    variant="Coleman-Theil, of whole-network dyadic constraint; 1 for a single contact",
    source="Burt 1992, p. 71",
    misreading="It says where constraint comes from, not how large it is.",
    agrees_with="hand computation of Burt's formula",
)
def hierarchy(network: Network) -> Array:
    """Concentration of a person's dyadic constraint; NaN without contacts."""
    return _hierarchy(network, burt(network))


@measure(
    of="person",
    title="Hierarchy, own circle",
    reads="Hierarchy counted only among the person and that person's own contacts.",
    formula="as hierarchy, with dyadic constraint of the ego network",
    low=0,
    high=1,
    undefined=_ALONE,
    variant="ego network: UCINET's default",
    source="Burt 1992, p. 71",
    misreading="It says where constraint comes from, not how large it is.",
    agrees_with="UCINET",
    column=False,
)
def hierarchy_ego(network: Network) -> Array:
    """Concentration of a person's dyadic constraint in the own circle; NaN without contacts."""
    return _hierarchy(network, burt_ego(network))


@measure(
    of="pair",
    title="Dyadic constraint",
    reads="How much each contact (column) constrains each person (row).",
    formula="(p_ij + sum_q p_iq p_qj)^2 for contacts j, 0 elsewhere",
    low=0,
    high=1,
    variant="whole network",
    source=_BURT,
    misreading="It is not symmetric: a small contact can be much constrained by a large one and not the reverse.",
    agrees_with="hand computation of Burt's formula",
    column=False,
)
def dyadic_constraint(network: Network) -> Array:
    """Burt's dyadic constraint, shape (n, n)."""
    return _matrix(network.mutual, burt(network).constraint)


@measure(
    of="pair",
    title="Dyadic constraint, own circle",
    reads="How much each contact (column) constrains each person (row) inside that person's own circle.",
    formula="as dyadic_constraint, with p_qj inside the circle of i",
    low=0,
    high=1,
    variant="ego network: UCINET's default",
    source=_BURT,
    misreading="It is not symmetric.",
    agrees_with="UCINET (row sums)",
    column=False,
)
def dyadic_constraint_ego(network: Network) -> Array:
    """Burt's dyadic constraint inside each person's own circle, shape (n, n)."""
    return _matrix(network.mutual, burt_ego(network).constraint)


@measure(
    of="pair",
    title="Dyadic redundancy",
    reads="How far each contact (column) is already reached through the other contacts of each person (row).",
    formula="sum_q p_iq m_jq for contacts j, 0 elsewhere",
    low=0,
    high=1,
    variant="whole network",
    source=_BURT,
    misreading="It is not symmetric.",
    agrees_with="networkx (row sums)",
    column=False,
)
def dyadic_redundancy(network: Network) -> Array:
    """Burt's dyadic redundancy, shape (n, n)."""
    return _matrix(network.mutual, burt(network).redundancy)


@measure(
    of="pair",
    title="Dyadic redundancy, own circle",
    reads="How far each contact (column) is already reached through the others inside the person's (row's) own circle.",
    formula="as dyadic_redundancy, with the largest z_jk taken inside the circle of i",
    low=0,
    high=1,
    variant="ego network: UCINET's default",
    source=_BURT,
    misreading="It is not symmetric.",
    agrees_with="UCINET (row sums)",
    column=False,
)
def dyadic_redundancy_ego(network: Network) -> Array:
    """Burt's dyadic redundancy inside each person's own circle, shape (n, n)."""
    return _matrix(network.mutual, burt_ego(network).redundancy)
