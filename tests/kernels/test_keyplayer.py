"""What is left after removals, against removing and looking."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pytest

from kmnet.kernels import csr, keyplayer
from kmnet.kernels.shuffle import permutations


def made(seed: int) -> tuple[nx.Graph, csr.CSR, np.ndarray]:
    """A sparse random network in several pieces, with groups."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(0, 15))
    tied = np.triu(rng.random((n, n)) < rng.uniform(0, 0.35), 1)
    graph = nx.from_numpy_array(tied | tied.T)
    return graph, csr.symmetric(n, *np.nonzero(tied)), rng.integers(0, 3, n)


def left(graph: nx.Graph, gone: list[int]) -> tuple[int, int, int]:
    rest = graph.subgraph([v for v in graph if v not in gone])
    sizes = [len(c) for c in nx.connected_components(rest)]
    return len(sizes), sum(1 for v in rest if rest.degree(v) == 0), sum(s * (s - 1) // 2 for s in sizes)


@pytest.mark.parametrize("seed", range(300))
def test_every_single_removal(seed: int) -> None:
    graph, lists, code = made(seed)
    cut = keyplayer.pieces(lists)
    found = keyplayer.without_each(lists, cut)
    within = keyplayer.pairs_within(cut, code)
    for v in graph:
        assert (found.components[v], found.isolates[v], found.pairs[v]) == left(graph, [v])
        rest = graph.subgraph([w for w in graph if w != v])
        same = sum(
            code[a] == code[b] for c in nx.connected_components(rest) for a, b in itertools.combinations(sorted(c), 2)
        )
        assert within[v] == same


@pytest.mark.parametrize("seed", range(300))
def test_sets_and_best_sets(seed: int) -> None:
    graph, lists, _ = made(seed)
    n = len(graph)
    if n < 3:
        return
    gone = np.arange(n) % 3 == 0
    label = keyplayer.labels_without(lists, gone)
    _, sizes = np.unique(label[~gone], return_counts=True)
    assert (label[gone] == -1).all() and (label[~gone] >= 0).all()
    assert (len(sizes), (sizes * (sizes - 1) // 2).sum()) == left(graph, list(np.flatnonzero(gone)))[::2]
    fewest = min(left(graph, list(pair))[2] for pair in itertools.combinations(range(n), 2))
    assert left(graph, list(keyplayer.best_pair(lists)))[2] == fewest
    chosen = keyplayer.greedy(lists, 2)
    assert left(graph, chosen[:1])[2] == min(left(graph, [v])[2] for v in range(n))
    assert left(graph, chosen)[2] == min(left(graph, [chosen[0], v])[2] for v in range(n) if v != chosen[0])


def test_random_removal_averages_over_the_orders_given() -> None:
    graph, lists, _ = made(7)
    n = len(graph)
    orders = permutations(n, 20, seed=1)
    found = keyplayer.random_pairs(lists, orders, 3)
    for many in range(4):
        kept = [left(graph, list(order[n - many :]))[2] for order in orders]
        assert found[many] == pytest.approx(np.mean(kept))


def test_the_widest_set_of_a_star_with_a_tail_is_the_centre_then_the_far_end() -> None:
    lists = csr.symmetric(7, np.array([0, 0, 0, 3, 4, 5]), np.array([1, 2, 3, 4, 5, 6]))
    assert keyplayer.widest(lists, 2) == [0, 5]


def test_both_speeds_agree() -> None:
    _, lists, _ = made(31)
    orders = permutations(lists.n, 5, seed=2).ravel().astype(np.int64)
    for kernel, args in (
        (keyplayer._walk, (lists.start, lists.index)),
        (keyplayer._random, (lists.start, lists.index, orders, 4, 5)),
    ):
        plain = kernel.python(*(a.tolist() if isinstance(a, np.ndarray) else a for a in args))
        fast = kernel.compiled(*args)
        for one, other in zip(
            plain if isinstance(plain, tuple) else [plain], fast if isinstance(fast, tuple) else [fast]
        ):
            assert np.array_equal(one, other)
