"""Arrays that several measures read, computed once a network (see :meth:`Network.once`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import components as pieces
from kmnet.kernels import estimate, holes, mixing, shuffle
from kmnet.kernels import paths as routes
from kmnet.kernels import triangles as corners
from kmnet.kernels.csr import CSR
from kmnet.network.network import Network, Partition

T = TypeVar("T")
Array = NDArray[np.float64]
NAN = float("nan")


def kept(view: Callable[[Network], T]) -> Callable[[Network], T]:
    """Make a function of a network one that is computed once a network."""

    @wraps(view)
    def read(network: Network) -> T:
        return network.once(view)

    return read


def ratio(part: float, whole: float) -> float:
    """part / whole; NaN where there is nothing to divide by."""
    return float(part) / float(whole) if whole else NAN


def over(part: Array | NDArray[np.integer], whole: Array | NDArray[np.integer]) -> Array:
    """part / whole of every entry; NaN where there is nothing to divide by."""
    top, bottom = np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    return np.divide(top, bottom, out=np.full(np.broadcast(top, bottom).shape, np.nan), where=bottom != 0)


@kept
def triangles(network: Network) -> corners.Triangles:
    """Triangles of the undirected view, as arcs of ``network.mutual``."""
    return corners.triangles(network.mutual)


@kept
def tie_arcs(network: Network) -> NDArray[np.int64]:
    """Position in ``network.mutual`` of each tie of ``network.pairs``."""
    return np.flatnonzero(triangles(network).row < network.mutual.index)


@kept
def shared_contacts(network: Network) -> NDArray[np.int64]:
    """Contacts that both ends of each arc of ``network.mutual`` have."""
    shape = triangles(network)
    size = len(network.mutual.index)
    count = sum((np.bincount(ij, minlength=size) for ij, _, _ in shape.corners), np.zeros(size, dtype=np.int64))
    return np.asarray(count, dtype=np.int64)


@kept
def triangles_of(network: Network) -> NDArray[np.int64]:
    """Triangles that each person belongs to, undirected view."""
    row = triangles(network).row
    return np.bincount(row, weights=shared_contacts(network), minlength=network.n).astype(np.int64) // 2


@kept
def paths(network: Network) -> routes.Paths:
    """All shortest paths along the direction of ties; ``along`` is of every arc of ``network.out`` where directed."""
    if not network.directed:
        return undirected_paths(network)
    return _routes(network, network.out, network.into, np.arange(len(network.out.index)), symmetric=False)


@kept
def undirected_paths(network: Network) -> routes.Paths:
    """All shortest paths of the undirected view; ``along`` is of each tie of ``network.pairs``, each pair of people
    once."""
    return _routes(network, network.mutual, network.mutual, tie_arcs(network), symmetric=True)


EXACT_BETWEENNESS = 20_000
"""People up to whom betweenness is exact; above, it is estimated from :data:`SAMPLED_PATHS` drawn paths."""
SAMPLED_PATHS = 100_000


def _routes(network: Network, out: CSR, into: CSR, arcs: NDArray[np.integer], *, symmetric: bool) -> routes.Paths:
    if network.n <= EXACT_BETWEENNESS:
        return routes.all_pairs(out, arcs)
    key = network.label
    task = shuffle.words("paths", key.network, key.cohort, key.moment, key.facilitators, str(symmetric))
    draw = shuffle.generator(network.seed, *task)
    return estimate.sampled(out, into, arcs, SAMPLED_PATHS, draw, symmetric=symmetric)


def betweenness_margin(network: Network) -> float:
    """How far a share of betweenness may be from the exact one, for everybody at once with 95 % certainty; 0 if exact."""
    if network.n <= EXACT_BETWEENNESS:
        return 0.0
    return estimate.margin(SAMPLED_PATHS, len(paths(network).pairs) - 1) * network.n / (network.n - 2)


@kept
def local_bridge_arcs(network: Network) -> NDArray[np.int64]:
    """Positions in ``network.mutual`` (lower end first) of ties whose ends share no contact."""
    arcs = tie_arcs(network)
    return arcs[shared_contacts(network)[arcs] == 0]


@kept
def local_bridge_traffic(network: Network) -> Array:
    """Betweenness of each local bridge on the undirected view, each pair of people counted once."""
    return undirected_paths(network).along[shared_contacts(network)[tie_arcs(network)] == 0]


class Cuts(NamedTuple):
    """Cut-points (a flag a person) and bridges (a flag an arc of ``network.mutual``)."""

    points: NDArray[np.bool_]
    bridges: NDArray[np.bool_]


@kept
def cuts(network: Network) -> Cuts:
    """What holds the pieces of the undirected view together."""
    return Cuts(*pieces.cuts(network.mutual))


@kept
def spans(network: Network) -> Array:
    """Of each local bridge: distance between its ends without it, infinite for a bridge."""
    arcs = local_bridge_arcs(network)
    source, target = triangles(network).row[arcs], network.mutual.index[arcs]
    loose = cuts(network).bridges[arcs]
    span = np.full(len(arcs), np.inf)
    span[~loose] = pieces.detours(network.mutual, source[~loose], target[~loose])
    return span


@kept
def component(network: Network) -> NDArray[np.int64]:
    """Component of each person, undirected view."""
    return pieces.components(network.mutual)


@kept
def strong_component(network: Network) -> NDArray[np.int64]:
    """Strong component of each person: everyone in it reaches everyone in it along the direction of ties."""
    return pieces.strong_components(network.out)


class Burt(NamedTuple):
    """Burt's dyadic quantities of every arc: constraint and redundancy, over the whole network or inside the circle."""

    constraint: Array
    redundancy: Array


def _burt(network: Network, csr: CSR) -> Burt:
    shape = triangles(network)
    return Burt(holes.dyadic_constraint(csr, shape), holes.redundancy(csr, shape))


@kept
def burt(network: Network) -> Burt:
    """Over the whole network, each contact counting once or, where named in both directions, twice."""
    return _burt(network, network.mutual)


@kept
def burt_weighted(network: Network) -> Burt:
    """Over the whole network, strengths of both directions added."""
    return _burt(network, network.mutual_weighted)


@kept
def burt_ego(network: Network) -> Burt:
    """Inside each person's own circle, as UCINET."""
    csr, shape = network.mutual, triangles(network)
    return Burt(holes.dyadic_constraint_ego(csr, shape), holes.redundancy_ego(csr, shape))


@kept
def forward(network: Network) -> NDArray[np.bool_]:
    """Of each arc i-j of ``network.mutual``: whether there is a tie i to j (always, where undirected)."""
    if not network.directed:
        return np.ones(len(network.mutual.index), dtype=bool)
    return corners.find(network.out, triangles(network).row, network.mutual.index) >= 0


@kept
def arcs(network: Network) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Arcs as the kernels of mixing take them: each tie in both directions where undirected."""
    s, t = network.source.astype(np.int64), network.target.astype(np.int64)
    return (s, t) if network.directed else (np.concatenate([s, t]), np.concatenate([t, s]))


@kept
def touching(network: Network) -> mixing.Touching:
    """How pairs of arcs touch."""
    return mixing.touching(network.n, *arcs(network))


@kept
def returned(network: Network) -> NDArray[np.bool_]:
    """Whether each tie (arc) is returned."""
    s, t = network.source.astype(np.int64), network.target.astype(np.int64)
    return np.isin(s * network.n + t, t * network.n + s)


def contacts_by_group(network: Network, partition: Partition) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Contacts by person and group, only where there are any: the person, and the number of contacts in one group."""
    groups = len(partition.names)
    cell, count = np.unique(triangles(network).row * groups + partition.code[network.mutual.index], return_counts=True)
    return cell // max(groups, 1), count


def contacts_inside(network: Network, partition: Partition) -> NDArray[np.int64]:
    """Contacts of each person in the person's own group."""
    row = triangles(network).row
    same = partition.code[row] == partition.code[network.mutual.index]
    return np.bincount(row[same], minlength=network.n)


def ties_by_group(network: Network, partition: Partition) -> NDArray[np.int64]:
    """Ties from each group to each group (groups, groups); undirected, the diagonal counts each tie once."""
    table = mixing.table(*arcs(network), partition.code, len(partition.names))
    if not network.directed:
        table[np.diag_indices_from(table)] //= 2
    return table


def pairs_by_group(network: Network, partition: Partition) -> NDArray[np.int64]:
    """Pairs that could be tied between each two groups; undirected, the diagonal counts each pair once."""
    sizes = partition.sizes.astype(np.int64)
    table = np.outer(sizes, sizes)
    np.fill_diagonal(table, sizes * (sizes - 1) // (1 if network.directed else 2))
    return table


def inside(network: Network, partition: Partition) -> int:
    """Ties within groups."""
    return int((partition.code[network.source] == partition.code[network.target]).sum())


def inside_possible(network: Network, partition: Partition) -> int:
    """Pairs within groups that could be tied."""
    sizes = partition.sizes.astype(np.int64)
    return int((sizes * (sizes - 1)).sum()) // (1 if network.directed else 2)


def standard(observed: Array | NDArray[np.integer], mean: Array, sd: Array) -> Array:
    """(observed - mean) / sd; NaN where chance can only give one value, up to rounding."""
    return over(observed - mean, np.where(sd > 1e-6 * np.maximum(1.0, mean), sd, 0.0))
