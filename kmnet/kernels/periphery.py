"""Core and periphery, and positions given by an eigenvector."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.csr import CSR

Array = NDArray[np.float64]


def core(degree: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Who belongs to the core: the exact best discrete core (Lip 2011), whole degree classes only.

    The ideal core is fully tied within, the ideal periphery not at all; ties between the two are free. A core of k
    people misses ``k(k-1)/2 - sum of their degrees + m`` of that, so the best k people are those with most contacts.
    People with equally many contacts stay together, so that who is in the core never depends on their order.
    """
    order = np.sort(degree)[::-1].astype(np.int64)
    k = np.arange(1, len(order) + 1)
    missed = np.concatenate([[0], k * (k - 1) // 2 - np.cumsum(order)])
    whole = np.ones(len(order) + 1, dtype=bool)
    whole[1:-1] = order[1:] < order[:-1]
    allowed = np.flatnonzero(whole)
    best = allowed[np.argmin(missed[allowed])]
    return degree >= order[best - 1] if best else np.zeros(len(order), dtype=bool)


def fit(n: int, inside: int, outside: int, size: int) -> float:
    """Correlation (Borgatti & Everett 1999) of ties with the ideal core: 1 within the core, 0 within the periphery.

    ``inside`` and ``outside`` are the ties within the core of ``size`` people and within the periphery; pairs across
    are left out. NaN where either set has no variation.
    """
    core_pairs, rest_pairs = size * (size - 1) / 2, (n - size) * (n - size - 1) / 2
    pairs, ties = core_pairs + rest_pairs, inside + outside
    spread = core_pairs * rest_pairs * ties * (pairs - ties)
    return float((inside * pairs - core_pairs * ties) / np.sqrt(spread)) if spread > 0 else float("nan")


def eigenvector(csr: CSR, members: NDArray[np.integer]) -> Array:
    """Leading eigenvector of a connected part of a symmetric CSR (unweighted), largest entry 1; NaN elsewhere.

    Lanczos from a constant start, so that the result is the same on every run.
    """
    from scipy.sparse import csr_array, eye_array
    from scipy.sparse.linalg import eigsh

    value = np.full(csr.n, np.nan)
    whole = csr_array((np.ones(len(csr.index)), csr.index, csr.start), shape=(csr.n, csr.n))
    part = whole[members][:, members]
    if len(members) < 20:
        vector = np.linalg.eigh(part.toarray())[1][:, -1]
    else:
        # One more on the diagonal keeps the eigenvectors and parts a bipartite network's two largest eigenvalues.
        shifted = part + eye_array(len(members), format="csr")
        vector = eigsh(shifted, k=1, which="LA", v0=np.ones(len(members)), tol=1e-14)[1][:, 0]
    vector = np.abs(vector)
    value[members] = vector / vector.max()
    return value


def pagerank(csr: CSR, damping: float = 0.85, tolerance: float = 1e-14) -> Array:
    """Stationary share of a walk along arcs (unweighted) that starts anew with chance ``1 - damping``.

    From somebody without outgoing arcs it goes to anybody. Iterated until the summed change is below ``tolerance``.
    """
    n = csr.n
    if not n:
        return np.empty(0)
    row = np.repeat(np.arange(n), csr.degree)
    out = csr.degree.astype(np.float64)
    stuck = out == 0
    share = np.divide(1.0, out, out=np.zeros(n), where=~stuck)
    value = np.full(n, 1.0 / n)
    for _ in range(10_000):
        flow = np.bincount(csr.index, weights=(value * share)[row], minlength=n)
        new = (1 - damping) / n + damping * (flow + value[stuck].sum() / n)
        change = np.abs(new - value).sum()
        value = new
        if change < tolerance:
            break
    return value / value.sum()
