"""Structural holes (Burt 1992): proportions, dyadic redundancy and dyadic constraint of every arc, and their sums.

All functions take a symmetric CSR whose weight is the strength of both directions together, ``z_ij = a_ij + a_ji``,
and the triangles of it. "Whole" takes a contact's proportions over all of that contact's own contacts (Burt's text,
igraph, networkx); "ego" only over those inside the person's own circle (UCINET's default).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.csr import CSR
from kmnet.kernels.triangles import Triangles

Array = NDArray[np.float64]


def _sum(at: NDArray[np.integer], values: Array, size: int) -> Array:
    return np.bincount(at, weights=values, minlength=size).astype(np.float64)


def proportions(csr: CSR, row: NDArray[np.integer]) -> Array:
    """``p_ij = z_ij / sum_k z_ik`` of every arc."""
    return csr.weight / _sum(row, csr.weight, csr.n)[row]


def two_step(csr: CSR, shape: Triangles, first: Array, second: Array) -> Array:
    """``sum_q first_iq second_qj`` over the shared contacts q of i and j, for every arc i to j."""
    total = np.zeros(len(csr.index))
    for ij, iq, qj in shape.corners:
        total += _sum(ij, first[iq] * second[qj], len(total))
    return total


def dyadic_constraint(csr: CSR, shape: Triangles) -> Array:
    """``(p_ij + sum_q p_iq p_qj)^2`` of every arc, proportions over the whole network."""
    p = proportions(csr, shape.row)
    return (p + two_step(csr, shape, p, p)) ** 2


def dyadic_constraint_ego(csr: CSR, shape: Triangles) -> Array:
    """``(p_ij + sum_q p_iq p_qj)^2`` of every arc, q's proportions taken within the circle of i."""
    size = len(csr.index)
    inside = csr.weight.copy()  # of arc i to q: strength of q's ties to i and to the contacts of i
    for ij, _, qj in shape.corners:
        inside += _sum(ij, csr.weight[qj], size)
    p = proportions(csr, shape.row)
    indirect = np.zeros(size)
    for ij, iq, qj in shape.corners:
        indirect += _sum(ij, p[iq] * csr.weight[qj] / inside[iq], size)
    return (p + indirect) ** 2


def redundancy(csr: CSR, shape: Triangles) -> Array:
    """``sum_q p_iq m_jq`` of every arc i to j: how far j is reached through i's other contacts already.

    ``m_jq`` is ``z_jq`` over the strongest tie of j anywhere in the network.
    """
    strongest = np.zeros(csr.n)
    np.maximum.at(strongest, shape.row, csr.weight)
    scaled = csr.weight / strongest[csr.index]  # of arc q to j: z_jq over j's strongest
    return two_step(csr, shape, proportions(csr, shape.row), scaled)


def redundancy_ego(csr: CSR, shape: Triangles) -> Array:
    """As :func:`redundancy`, with ``m_jq`` over the strongest tie of j within the circle of i."""
    size = len(csr.index)
    strongest = csr.weight.copy()
    for ij, _, qj in shape.corners:
        np.maximum.at(strongest, ij, csr.weight[qj])
    p = proportions(csr, shape.row)
    total = np.zeros(size)
    for ij, iq, qj in shape.corners:
        total += _sum(ij, p[iq] * csr.weight[qj] / strongest[ij], size)
    return total


def total(csr: CSR, row: NDArray[np.integer], values: Array) -> Array:
    """Sum of an arc value over each node's arcs; NaN for a node without any."""
    return np.where(csr.degree > 0, _sum(row, values, csr.n), np.nan)


def concentration(csr: CSR, row: NDArray[np.integer], dyadic: Array) -> Array:
    """Coleman-Theil concentration of a node's dyadic constraint, 0 (even) to 1 (one contact); NaN without contacts.

    ``sum_j r_j ln r_j / (k ln k)`` with ``r_j = c_ij / (C_i / k)``; 1 for a single contact (Burt 1992, p. 71).
    """
    k = csr.degree.astype(np.float64)
    share = dyadic / (total(csr, row, dyadic) / np.where(k > 0, k, np.nan))[row]
    entropy = _sum(row, share * np.log(share), csr.n)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.clip(entropy / (k * np.log(k)), 0.0, 1.0)
    return np.where(k > 1, value, np.where(k == 1, 1.0, np.nan))
