"""Where to draw nodes so that distance on paper follows distance in the network.

Stress majorisation (Gansner, Koren & North 2005, "Graph drawing by stress majorization"), on all pairs of a small
component and on pivots of a large one (Ortmann, Klimenta & Brandes 2017, "A sparse stress model"). Every step is a
loop of fixed order (sparse products, counts), so neither the number of processors nor a library's threads move a node.
One unit is the usual length of a tie.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from kmnet.kernels.csr import CSR, symmetric

Points = NDArray[np.float64]

ALL_PAIRS = 700
"""Nodes of a component up to which every pair has a say; above, each node minds its contacts and the pivots."""
PIVOTS = 80
GAP = 0.42
"""Least distance of two nodes, in usual distances of nearest neighbours after scaling."""


class Terms(NamedTuple):
    """Pairs whose distance matters, each in both directions: ends, weight and wanted distance."""

    weight: csr_array
    distance: NDArray[np.float64]
    row: NDArray[np.int64]


def layout(n: int, source: NDArray[np.integer], target: NDArray[np.integer], anchor: Points | None = None) -> Points:
    """Positions of the nodes of an undirected network.

    Parameters
    ----------
    n : int
        Number of nodes.
    source, target : integer arrays of one length
        Ties, in any order and direction; repeated ones count once.
    anchor : float64 array, shape (n, 2), optional
        Positions that must stay (NaN: free). They come back unchanged.

    Returns
    -------
    float64 array, shape (n, 2)
        x to the right, y downwards; neighbours lie about one unit apart, the longer axis is horizontal, components
        are packed beside the largest, nodes without ties lie on an arc below. No two nodes lie closer than
        :data:`GAP`, unless both are anchored.
    """
    ties = symmetric(n, np.asarray(source), np.asarray(target))
    fixed = np.zeros(n, dtype=np.bool_) if anchor is None else np.isfinite(np.asarray(anchor)[:, 0])
    if anchor is not None and fixed.any():
        return _add(ties, np.asarray(anchor, dtype=np.float64), fixed)
    parts = [_component(ties, nodes) for nodes in _components(ties)]
    return _pack(ties, parts)


def _components(ties: CSR) -> list[NDArray[np.int64]]:
    """Nodes of each component with a tie, largest first (equal sizes: lowest node first)."""
    matrix = csr_array((np.ones(len(ties.index)), ties.index, ties.start), shape=(ties.n, ties.n))
    _, code = connected_components(matrix, directed=False)
    size = np.bincount(code, minlength=1)
    order = np.lexsort((np.arange(len(size)), -size))
    return [np.flatnonzero(code == c) for c in order if size[c] > 1]


def _component(ties: CSR, nodes: NDArray[np.int64]) -> tuple[NDArray[np.int64], Points]:
    where = np.full(ties.n, -1, dtype=np.int64)
    where[nodes] = np.arange(len(nodes))
    row = np.repeat(np.arange(ties.n), ties.degree)
    inside = where[row] >= 0
    lengths = _lengths(len(nodes), where[row[inside]], where[ties.index[inside]])
    if len(nodes) == 2:
        return nodes, np.array([[-0.5, 0.0], [0.5, 0.0]])
    terms, points = _terms(lengths)
    points = majorise(terms, points)
    if len(nodes) >= 40:
        points = _even(points, 0.5 if len(nodes) <= ALL_PAIRS else 0.85)
    points = _scale(_horizontal(points))
    return nodes, apart(points, np.zeros(len(nodes), dtype=np.bool_))


def _lengths(n: int, row: NDArray[np.integer], column: NDArray[np.integer]) -> csr_array:
    """Wanted length of every tie: from 1.2 where the ends share no contact down to 0.6 where they share all."""
    near = coo_array((np.ones(len(row)), (row, column)), shape=(n, n)).tocsr()
    near.data[:] = 1.0
    shared = (near @ near).multiply(near).tocsr()  # common contacts of tied pairs; ties without any drop out
    degree = np.diff(near.indptr)
    both = near.tocoo()
    overlap = np.zeros(near.nnz)
    if shared.nnz:
        entry = shared.tocoo()
        key, held = both.row.astype(np.int64) * n + both.col, entry.row.astype(np.int64) * n + entry.col
        order = np.argsort(key, kind="stable")
        overlap[order[np.searchsorted(key[order], held)]] = entry.data
    union = degree[both.row] + degree[both.col] - overlap - 2
    share = overlap / np.maximum(union, 1)
    return coo_array((1.2 - 0.6 * share, (both.row, both.col)), shape=(n, n)).tocsr()


def _terms(lengths: csr_array) -> tuple[Terms, Points]:
    """The pairs that matter and a first drawing."""
    n = lengths.shape[0]
    if n <= ALL_PAIRS:
        distance = dijkstra(lengths, directed=False)
        row, column = np.nonzero(~np.eye(n, dtype=bool))
        wanted = distance[row, column]
        return _symmetric_terms(n, row, column, wanted, wanted**-2.0), _spread(distance[_sample(distance[0], PIVOTS)])
    hub = int(np.argmax(np.diff(lengths.indptr)))
    pivots = _sample(dijkstra(lengths, directed=False, indices=hub), max(PIVOTS, 400_000 // n))
    far = dijkstra(lengths, directed=False, indices=pivots)
    region = np.bincount(np.argmin(far, axis=0), minlength=len(pivots)).astype(np.float64)
    k, node = np.nonzero(far > 0)
    tie = lengths.tocoo()
    upper = tie.row < tie.col
    row = np.concatenate([tie.row[upper], node])
    column = np.concatenate([tie.col[upper], pivots[k]])
    distance = np.concatenate([tie.data[upper], far[k, node]])
    stands_for = np.concatenate([np.full(int(upper.sum()), 2.0), region[k]])
    return _symmetric_terms(n, row, column, distance, stands_for * distance**-2.0), _spread(far)


def _symmetric_terms(
    n: int,
    row: NDArray[np.integer],
    column: NDArray[np.integer],
    distance: NDArray[np.float64],
    weight: NDArray[np.float64],
) -> Terms:
    """Both directions of every pair with their weights averaged; a pair named twice keeps its mean distance."""
    shape = (n, n)
    total = coo_array((weight, (row, column)), shape=shape).tocsr()
    product = coo_array((weight * distance, (row, column)), shape=shape).tocsr()
    total, product = (total + total.T).tocsr(), (product + product.T).tocsr()
    total.sort_indices()
    product.sort_indices()
    keep = total.data > 0
    wanted = np.where(keep, product.data / np.where(keep, total.data, 1.0), 1.0)
    rows = np.repeat(np.arange(n), np.diff(total.indptr))
    return Terms(total, wanted, rows)


def _sample(distance: NDArray[np.float64], k: int) -> NDArray[np.int64]:
    """k nodes (or all), spread evenly over the ``distance`` from one of them."""
    order = np.argsort(distance, kind="stable")
    return np.sort(order[np.unique(np.linspace(0, len(order) - 1, min(k, len(order))).astype(np.int64))])


def _spread(far: NDArray[np.float64]) -> Points:
    """First drawing from distances to pivots (Brandes & Pich 2006), by plain power iteration."""
    square = far.T**2
    centred = square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean()
    n, k = centred.shape
    axes = np.cos(np.outer(np.arange(1, k + 1), [1.0, 2.0]))
    for _ in range(60):
        axes = np.einsum("ni,nj->ij", centred, np.einsum("ni,ij->nj", centred, axes))
        for j in range(2):
            for other in range(j):
                axes[:, j] -= np.einsum("i,i->", axes[:, j], axes[:, other]) * axes[:, other]
            size = np.sqrt(np.einsum("i,i->", axes[:, j], axes[:, j]))
            axes[:, j] = axes[:, j] / size if size > 1e-12 else 0.0
    points = np.einsum("ni,ij->nj", centred, axes)
    spread = np.abs(points).max(axis=0)
    points = points / np.where(spread > 0, spread, 1.0) * far.max() / 2
    return points + 0.15 * sunflower(n)  # equal nodes must not start on one spot


def sunflower(n: int) -> Points:
    """n spots that fill a disc of radius 1 evenly, the first in the middle."""
    k = np.arange(n)
    radius = np.sqrt((k + 0.5) / max(n, 1))
    angle = k * np.pi * (3 - np.sqrt(5))
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def majorise(terms: Terms, points: Points, rounds: int = 100, enough: float = 2e-4) -> Points:
    """Lower the stress of a drawing, the squared misfit of distances over their squares, until it hardly falls."""
    weight, wanted, row = terms
    column = weight.indices
    total = np.asarray(weight.sum(axis=1)).ravel()
    pull = weight.copy()
    strength = weight.data * wanted
    stress = np.inf
    for _ in range(rounds):
        length = np.sqrt((points[row, 0] - points[column, 0]) ** 2 + (points[row, 1] - points[column, 1]) ** 2)
        now = float(np.sum(weight.data * (length - wanted) ** 2))
        if stress - now < enough * now:
            break
        stress = now
        pull.data = strength / np.maximum(length, 1e-9)
        right = np.asarray(pull.sum(axis=1))[:, None] * points - pull @ points
        points = _solve(weight, total, right, points)
    return points


def _solve(weight: csr_array, total: NDArray[np.float64], right: Points, start: Points) -> Points:
    """A few conjugate-gradient steps on ``(diag(total) - weight) x = right``, each axis by itself."""
    x = start
    scale = np.where(total > 0, total, 1.0)[:, None]
    rest = right - (total[:, None] * x - weight @ x)
    direction = rest / scale
    old = np.einsum("ij,ij->j", rest, direction)
    enough = 1e-14 * old + 1e-200
    for _ in range(6):
        image = total[:, None] * direction - weight @ direction
        bend = np.einsum("ij,ij->j", direction, image)
        # A direction that only shifts everybody bends nothing: what is left along it is rounding, and no step at all.
        stiff = bend > 1e-12 * np.einsum("ij,ij->j", scale * direction, direction)
        step = np.where((old > enough) & stiff, old / np.where(stiff, bend, 1.0), 0.0)
        x = x + step * direction
        rest = rest - step * image
        z = rest / scale
        new = np.einsum("ij,ij->j", rest, z)
        direction = z + np.where(old > enough, new / np.maximum(old, 1e-200), 0.0) * direction
        old = new
    return x


def _scale(points: Points) -> Points:
    """Make the usual distance to the nearest other node one unit."""
    from scipy.spatial import cKDTree

    gap = cKDTree(points).query(points, k=2)[0][:, 1]
    usual = float(np.median(gap))
    extent = float(np.abs(points - points.mean(axis=0)).max())
    floor = 0.25 * extent / np.sqrt(len(points))  # many nodes on one spot must not blow the rest up
    return (points - points.mean(axis=0)) / max(usual, floor, 1e-9)


def _even(points: Points, share: float) -> Points:
    """Move nodes part of the way to where their rank of distance from the middle would put them on an even disc.

    Far-off nodes come nearer and a crowded middle opens; directions and the order of distances stay.
    """
    middle = points - np.median(points, axis=0)
    radius = np.sqrt((middle**2).sum(axis=1))
    rank = np.empty(len(points))
    rank[np.argsort(radius, kind="stable")] = np.arange(1, len(points) + 1)
    outer = np.quantile(radius, 0.9)
    wanted = (1 - share) * np.minimum(radius, 1.6 * outer) + share * outer * np.sqrt(rank / len(points))
    return middle * (wanted / np.maximum(radius, 1e-9))[:, None]


def _horizontal(points: Points) -> Points:
    """Turn the longest axis level, the heavier half to the left and on top, so that no turn depends on chance."""
    x, y = points[:, 0], points[:, 1]
    angle = 0.5 * np.arctan2(2 * np.einsum("i,i->", x, y), np.einsum("i,i->", x, x) - np.einsum("i,i->", y, y))
    c, s = np.cos(angle), np.sin(angle)
    turned = np.stack([c * x + s * y, c * y - s * x], axis=1)
    skew = (turned**3).sum(axis=0)
    turned = turned * np.where(skew < -1e-9, -1.0, 1.0)
    wide, high = np.ptp(turned, axis=0)
    return turned * [min(1.2, max(1.0, 1.2 * high / max(wide, 1e-9))), 1.0]  # screens and pages lie flat


def apart(points: Points, fixed: NDArray[np.bool_], gap: float = GAP, rounds: int = 200) -> Points:
    """Push nodes that lie closer than ``gap`` apart; ``fixed`` ones do not give way."""
    from scipy.spatial import cKDTree

    points = points.copy()
    n = len(points)
    give = np.where(fixed, 0.0, 1.0)
    for _ in range(rounds):
        pair = cKDTree(points).query_pairs(gap * 0.999, output_type="ndarray")
        pair = pair[(give[pair[:, 0]] + give[pair[:, 1]]) > 0]
        if not len(pair):
            break
        pair = pair[np.lexsort((pair[:, 1], pair[:, 0]))]
        i, j = pair[:, 0], pair[:, 1]
        difference = points[i] - points[j]
        length = np.sqrt((difference**2).sum(axis=1))
        angle = (i * n + j) * 2.399963  # nodes on one spot leave it in different directions
        away = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        apart = length > 1e-9
        away[apart] = difference[apart] / length[apart, None]
        push = (gap * 1.02 - length)[:, None] * away / (give[i] + give[j])[:, None]
        step = np.zeros_like(points)
        for axis in (0, 1):
            step[:, axis] = np.bincount(i, push[:, axis] * give[i], n) - np.bincount(j, push[:, axis] * give[j], n)
        touched = np.bincount(np.concatenate([i, j]), minlength=n)
        points += step / np.sqrt(np.maximum(touched, 1))[:, None]
    return points


def _pack(ties: CSR, parts: list[tuple[NDArray[np.int64], Points]]) -> Points:
    """The largest component, the others in rows below it, nodes without ties on arcs below all."""
    placed = np.zeros((ties.n, 2))
    alone = np.flatnonzero(ties.degree == 0)
    width = 4.0
    bottom = 0.0
    if parts:
        nodes, points = parts[0]
        placed[nodes] = points - (points.max(axis=0) + points.min(axis=0)) / 2
        area = sum(float(np.prod(np.ptp(p, axis=0) + 1.2)) for _, p in parts)
        width = max(width, float(np.ptp(points[:, 0])), 1.3 * area**0.5)
        bottom = float(np.ptp(points[:, 1])) / 2
    x, top, height = -width / 2, bottom + 1.2, 0.0
    for nodes, points in parts[1:]:
        size = np.ptp(points, axis=0)
        if x + size[0] > width / 2 and x > -width / 2:
            x, top, height = -width / 2, top + height + 1.0, 0.0
        placed[nodes] = points - points.min(axis=0) + [x, top]
        x, height = x + float(size[0]) + 1.2, max(height, float(size[1]))
        bottom = top + height
    placed[alone] = _arc(len(alone), width, bottom)
    return placed


def _arc(n: int, width: float, top: float) -> Points:
    """n spots on bent rows of at most ``width``, under a round drawing whose lowest point is at height ``top``."""
    row = max(int(width / 0.9), 6)
    k = np.arange(n)
    line, spot = k // row, k % row
    held = np.minimum(row, n - line * row)
    x = (spot - (held - 1) / 2) * 0.9
    bend = 0.1 * width * (1 - (2 * x / width) ** 2)
    widest = float(np.max(np.abs(x))) if n else 0.0
    lowest = 0.1 * width * (1 - (2 * widest / width) ** 2)
    return np.stack([x, top + 1.3 + line * 0.9 + bend - lowest], axis=1)


def _add(ties: CSR, anchor: Points, fixed: NDArray[np.bool_]) -> Points:
    """Place the free nodes beside anchored ones that do not move."""
    points = np.where(fixed[:, None], anchor, 0.0)
    if fixed.all():
        return points
    middle, lowest = points[fixed].mean(axis=0), points[fixed].max(axis=0)[1]
    width = max(float(np.ptp(points[fixed][:, 0])), 4.0)
    known = fixed.copy()
    for _ in range(ties.n):  # outwards from the anchored nodes, a step at a time
        row = np.repeat(np.arange(ties.n), ties.degree)
        seen = known[ties.index] & ~known[row]
        held = np.bincount(row[seen], minlength=ties.n)
        new = held > 0
        if not new.any():
            break
        for axis in (0, 1):
            total = np.bincount(row[seen], points[ties.index[seen], axis], minlength=ties.n)
            points[new, axis] = total[new] / held[new]
        known |= new
    loose = ~known & (ties.degree > 0)
    points[loose] = [middle[0], lowest + 2.0] + sunflower(int(loose.sum())) * 1.5
    alone = ~known & (ties.degree == 0)
    points[alone] = _arc(int(alone.sum()), width, lowest + (4.0 if loose.any() else 1.2)) + [middle[0], 0.0]
    free = np.flatnonzero(~fixed)
    points[free] += 0.3 * sunflower(len(free))
    return apart(points, fixed)
