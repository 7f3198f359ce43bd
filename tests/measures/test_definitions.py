"""Measures of people, ties and networks against their definitions, word for word on dense matrices of 320 networks."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from kmnet.measures.run import catalogue, value
from kmnet.network.network import Network
from tests.kernels import slow
from tests.kernels.randoms import both_ways, many, matrix

NAN = math.nan


@dataclass(frozen=True)
class Dense:
    """One network as plain matrices: ties ``a``, their strengths ``w``, the undirected view ``u``, distances."""

    net: Network
    a: np.ndarray
    w: np.ndarray
    u: np.ndarray
    d: np.ndarray
    du: np.ndarray
    group: list[int]

    @classmethod
    def of(cls, net: Network) -> Dense:
        a, u = matrix(net, weighted=False), (both_ways(net) > 0).astype(float)
        assert net.partition is not None
        return cls(net, a, matrix(net), u, slow.distances(a), slow.distances(u), net.partition.code.tolist())

    @property
    def n(self) -> int:
        return self.net.n

    def contacts(self, i: int) -> list[int]:
        return np.flatnonzero(self.u[i]).tolist()

    def each(self, formula: Callable[[int], float]) -> list[float]:
        return [formula(i) for i in range(self.n)]


@pytest.fixture(scope="module")
def dense() -> list[Dense]:
    return [Dense.of(net) for net in many()]


def share(part: float, whole: float) -> float:
    return part / whole if whole else NAN


def reached(d: np.ndarray, i: int) -> list[float]:
    return [x for j, x in enumerate(d[i]) if j != i and x < math.inf]


def shares(found: Dense, i: int) -> list[float]:
    groups = Counter(found.group[j] for j in found.contacts(i))
    return [count / len(found.contacts(i)) for count in groups.values()]


def blau(found: Dense, i: int) -> float:
    return 1 - sum(p * p for p in shares(found, i)) if found.contacts(i) else NAN


def weighted_participation(found: Dense, i: int) -> float:
    both = found.w[i] + (found.w[:, i] if found.net.directed else 0)
    by_group: Counter[int] = Counter()
    for j in found.contacts(i):
        by_group[found.group[j]] += both[j]
    return 1 - sum((x / both.sum()) ** 2 for x in by_group.values()) if both.sum() else NAN


def around(found: Dense, i: int, arcs: int) -> float:
    """Pairs of those who name i (contacts, where undirected) with so many arcs between them."""
    circle = np.flatnonzero(found.a[:, i]).tolist()
    return sum(found.a[j, k] + found.a[k, j] == arcs for j, k in combinations(circle, 2))


def simmelian(found: Dense) -> np.ndarray:
    mutual = found.a * found.a.T
    return (mutual @ mutual * mutual) > 0


def available(found: Dense, i: int) -> float:
    others = Counter(g for j, g in enumerate(found.group) if j != i)
    return 1 - sum((c / (found.n - 1)) ** 2 for c in others.values()) if found.n > 1 else NAN


PERSON: dict[str, Callable[[Dense, int], float]] = {
    "degree": lambda f, i: f.u[i].sum(),
    "in_degree": lambda f, i: f.a[:, i].sum() if f.net.directed else NAN,
    "out_degree": lambda f, i: f.a[i].sum() if f.net.directed else NAN,
    "strength": lambda f, i: f.w[i].sum() + (f.w[:, i].sum() if f.net.directed else 0),
    "in_strength": lambda f, i: f.w[:, i].sum() if f.net.directed else NAN,
    "out_strength": lambda f, i: f.w[i].sum() if f.net.directed else NAN,
    "degree_share": lambda f, i: share(f.u[i].sum(), f.n - 1),
    "returned_share": lambda f, i: share((f.a[i] * f.a[:, i]).sum(), f.a[i].sum()) if f.net.directed else NAN,
    "harmonic_closeness": lambda f, i: share(sum(1 / x for x in reached(f.d, i)), f.n - 1),
    "harmonic_closeness_in": lambda f, i: share(sum(1 / x for x in reached(f.d.T, i)), f.n - 1),
    "closeness": lambda f, i: share(len(reached(f.d, i)), sum(reached(f.d, i))),
    "closeness_wf": lambda f, i: (
        share(len(reached(f.d, i)) * (share(len(reached(f.d, i)), sum(reached(f.d, i))) if reached(f.d, i) else 0), f.n - 1)
    ),
    "ei_index": lambda f, i: share(
        sum(1 if f.group[j] != f.group[i] else -1 for j in f.contacts(i)), len(f.contacts(i))
    ),
    "blau": blau,
    "participation": blau,
    "participation_weighted": weighted_participation,
    "blau_corrected": lambda f, i: blau(f, i) * share(len(f.contacts(i)), len(f.contacts(i)) - 1),
    "iqv": lambda f, i: share(blau(f, i), 1 - 1 / len(set(f.group))) if len(set(f.group)) > 1 else NAN,
    "groups_reached": lambda f, i: len({f.group[j] for j in f.contacts(i)}),
    "blau_available": available,
    "clustering": lambda f, i: share(
        sum(f.u[j, k] for j, k in combinations(f.contacts(i), 2)), math.comb(len(f.contacts(i)), 2)
    ),
    "component_size": lambda f, i: len(reached(f.du, i)) + 1,
    "honest_broker": lambda f, i: around(f, i, 0),
    "honest_broker_weak": lambda f, i: around(f, i, 1) if f.net.directed else NAN,
    "honest_broker_non": lambda f, i: around(f, i, 2),
    "simmelian_ties": lambda f, i: simmelian(f)[i].sum(),
    "mean_embeddedness": lambda f, i: share(sum((f.u[i] * f.u[j]).sum() for j in f.contacts(i)), len(f.contacts(i))),
}  # fmt: skip


@pytest.mark.parametrize("name", PERSON)
def test_persons(dense: list[Dense], name: str) -> None:
    item = next(m for m in catalogue() if (m.about.of, m.about.name) == ("person", name))
    for found in dense:
        wanted = found.each(lambda i, found=found: PERSON[name](found, i))
        assert np.allclose(value(item, found.net), wanted, rtol=1e-9, atol=1e-12, equal_nan=True), found.net.n


def inside(found: Dense) -> float:
    same = np.equal.outer(found.group, found.group)
    return float((found.a * same).sum()) / (1 if found.net.directed else 2)


def pairs_inside(found: Dense) -> float:
    return sum(c * (c - 1) for c in Counter(found.group).values()) / (1 if found.net.directed else 2)


def pieces(found: Dense) -> list[int]:
    return sorted(Counter(frozenset(np.flatnonzero(row < math.inf).tolist()) for row in found.du).values())


def concentration(values: np.ndarray, most: float) -> float:
    return share(float((values.max(initial=0) - values).sum()), most) if most > 0 else NAN


def mutual_pairs(found: Dense) -> float:
    return float((found.a * found.a.T).sum()) / 2


def two_steps(a: np.ndarray) -> np.ndarray:
    steps = a @ a
    np.fill_diagonal(steps, 0)
    return steps


def gini(values: np.ndarray) -> float:
    return share(float(np.abs(values[:, None] - values[None, :]).sum()), 2 * len(values) * float(values.sum()))


def attainable(found: Dense) -> Iterator[float]:
    m, within, possible = found.net.m, pairs_inside(found), found.net.possible
    yield share(m - 2 * min(m, within), m)
    yield share(2 * min(m, possible - within) - m, m)


def normalised(found: Dense) -> float:
    low, high = attainable(found)
    return 2 * share(share(found.net.m - 2 * inside(found), found.net.m) - low, high - low) - 1 if high > low else NAN


def krackhardt_hierarchy(found: Dense) -> float:
    reach = found.d < math.inf
    one_way = sum(reach[i, j] != reach[j, i] for i, j in combinations(range(found.n), 2))
    either = sum(reach[i, j] or reach[j, i] for i, j in combinations(range(found.n), 2))
    return share(float(one_way), float(either)) if found.net.directed else NAN


def krackhardt_efficiency(found: Dense) -> float:
    needed = sum(s - 1 for s in pieces(found))
    most = sum(s * (s - 1) for s in pieces(found)) - needed
    return 1 - share(found.net.m - needed, most) if found.net.directed else NAN


def off(d: np.ndarray) -> np.ndarray:
    return d[~np.eye(len(d), dtype=bool)]


NETWORK: dict[str, Callable[[Dense], float]] = {
    "density": lambda f: share(f.net.m, f.net.possible),
    "mean_degree": lambda f: share(f.u.sum(), f.n),
    "isolates": lambda f: sum(not row.any() for row in f.u),
    "degree_centralisation": lambda f: concentration(f.u.sum(1), (f.n - 1) * (f.n - 2)) if f.n else NAN,
    "in_degree_centralisation": lambda f: concentration(f.a.sum(0), (f.n - 1) ** 2) if f.net.directed and f.n > 1 else NAN,
    "out_degree_centralisation": lambda f: concentration(f.a.sum(1), (f.n - 1) ** 2) if f.net.directed and f.n > 1 else NAN,
    "degree_gini": lambda f: gini(f.u.sum(1)),
    "reciprocity": lambda f: share(2 * mutual_pairs(f), f.net.m) if f.net.directed else NAN,
    "mutual_pairs_share": lambda f: share(mutual_pairs(f), f.u.sum() / 2) if f.net.directed else NAN,
    "agreeing_pairs_share": lambda f: (
        1 - share(f.u.sum() / 2 - mutual_pairs(f), math.comb(f.n, 2)) if f.net.directed else NAN
    ),
    "reachable_pairs_share": lambda f: share(float((off(f.d) < math.inf).sum()), f.n * (f.n - 1)),
    "mean_path_length": lambda f: share(off(f.d)[off(f.d) < math.inf].sum(), (off(f.d) < math.inf).sum()),
    "diameter": lambda f: max(off(f.d)[off(f.d) < math.inf], default=NAN),
    "global_efficiency": lambda f: share((1 / off(f.d)).sum(), f.n * (f.n - 1)),
    "compactness": lambda f: share((1 / off(f.d)).sum(), f.n * (f.n - 1)),
    "components": lambda f: len(pieces(f)),
    "largest_component_share": lambda f: share(max(pieces(f), default=0), f.n),
    "connectedness": lambda f: share(sum(s * (s - 1) for s in pieces(f)), f.n * (f.n - 1)),
    "fragmentation": lambda f: 1 - share(sum(s * (s - 1) for s in pieces(f)), f.n * (f.n - 1)),
    "distance_fragmentation": lambda f: 1 - share((1 / off(f.du)).sum(), f.n * (f.n - 1)),
    "krackhardt_efficiency": krackhardt_efficiency,
    "krackhardt_hierarchy": krackhardt_hierarchy,
    "transitivity": lambda f: share((two_steps(f.u) * f.u).sum(), two_steps(f.u).sum()),
    "transitivity_directed": lambda f: share((two_steps(f.a) * f.a).sum(), two_steps(f.a).sum()),
    "ei_index": lambda f: share(f.net.m - 2 * inside(f), f.net.m),
    "ei_index_expected": lambda f: 1 - 2 * share(pairs_inside(f), f.net.possible),
    "ei_index_low": lambda f: next(attainable(f)),
    "ei_index_high": lambda f: list(attainable(f))[1],
    "ei_index_normalised": normalised,
    "internal_share": lambda f: share(inside(f), f.net.m),
    "within_density": lambda f: share(inside(f), pairs_inside(f)),
    "between_density": lambda f: share(f.net.m - inside(f), f.net.possible - pairs_inside(f)),
    "simmelian_share": lambda f: share(float(simmelian(f).sum()), float((f.a * f.a.T).sum())),
    "local_bridges": lambda f: sum(f.u[i, j] and not (f.u[i] * f.u[j]).any() for i, j in combinations(range(f.n), 2)),
}  # fmt: skip


@pytest.mark.parametrize("name", NETWORK)
def test_networks(dense: list[Dense], name: str) -> None:
    item = next(m for m in catalogue() if (m.about.of, m.about.name) == ("network", name))
    for found in dense:
        wanted, seen = NETWORK[name](found), value(item, found.net)
        assert math.isclose(seen, wanted, rel_tol=1e-9, abs_tol=1e-12) or math.isnan(seen) and math.isnan(wanted), (
            found.net
        )


TIE: dict[str, Callable[[Dense, int, int], Any]] = {
    "embeddedness": lambda f, i, j: (f.u[i] * f.u[j]).sum(),
    "local_bridge": lambda f, i, j: not (f.u[i] * f.u[j]).any(),
    "bridge": lambda f, i, j: slow.distances(slow.without_tie(f.u, i, j))[i, j] == math.inf,
    "span": lambda f, i, j: slow.distances(slow.without_tie(f.u, i, j))[i, j],
    "simmelian": lambda f, i, j: simmelian(f)[i, j],
}


@pytest.mark.parametrize("name", TIE)
def test_ties(dense: list[Dense], name: str) -> None:
    item = next(m for m in catalogue() if (m.about.of, m.about.name) == ("tie", name))
    for found in dense[:: 4 if name in ("bridge", "span") else 1]:  # both are held to all in tests/kernels
        wanted = [float(TIE[name](found, i, j)) for i, j in zip(*(ends.tolist() for ends in found.net.pairs))]
        assert value(item, found.net).tolist() == wanted


def test_everett_valente(dense: list[Dense]) -> None:
    """(Betweenness and those who end there) over ties, in and out; nothing for people on no shortest path."""
    names = ("betweenness", "everett_valente", "everett_valente_in", "everett_valente_out")
    items = {m.about.name: m for m in catalogue() if m.about.of == "person" and m.about.name in names}
    for found in dense:
        net = found.net
        got = {name: value(item, net) for name, item in items.items()}
        for i in range(found.n):
            through = got["betweenness"][i] * (1 if net.directed else 2)
            to, ahead = len(reached(found.d.T, i)), len(reached(found.d, i))
            tied = bool(found.contacts(i))
            into, out = found.a[:, i].sum(), found.a[i].sum()
            on = through > 1e-9
            wanted = [((through + k) / t if on else 0.0) if tied else NAN for k, t in ((to, into), (ahead, out))]
            assert np.isclose(got["everett_valente"][i], sum(wanted) / 2, rtol=1e-9, equal_nan=True)
            sides = wanted if net.directed else [NAN, NAN]
            seen = [got["everett_valente_in"][i], got["everett_valente_out"][i]]
            assert np.allclose(seen, sides, rtol=1e-9, equal_nan=True)
