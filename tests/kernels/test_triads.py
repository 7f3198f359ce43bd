"""Open paths and their roles against the definition, word for word."""

from __future__ import annotations

import numpy as np
import pytest

from kmnet.kernels import csr, triads
from kmnet.kernels.csr import CSR
from kmnet.kernels.triangles import triangles

GRAPHS = 300


def lists(tied: np.ndarray) -> tuple[CSR, CSR]:
    """Outgoing and incoming neighbour lists of a 0/1 matrix."""
    source, target = np.nonzero(tied)
    return csr.build(len(tied), source, target), csr.build(len(tied), target, source)


def made(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A random network (nobody, one person, isolates, symmetric or not) and groups."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(0, 13))
    tied = rng.random((n, n)) < rng.random()
    np.fill_diagonal(tied, False)
    if seed % 2:
        tied = np.triu(tied) | np.triu(tied).T
    return tied.astype(int), rng.integers(0, rng.integers(1, 5), n).astype(np.int32)


def by_definition(tied: np.ndarray, group: np.ndarray) -> np.ndarray:
    n = len(tied)
    count = np.zeros((n, 5))
    for v in range(n):
        for i in range(n):
            for k in range(n):
                if len({i, v, k}) == 3 and tied[i, v] and tied[v, k] and not tied[i, k]:
                    a, b, c = group[i], group[v], group[k]
                    role = 0 if a == b == c else 1 if a == c else 2 if a == b else 3 if b == c else 4
                    count[v, role] += 1
    return count


@pytest.mark.parametrize("seed", range(GRAPHS))
def test_roles_are_those_of_the_definition_listed_and_unlisted(seed: int) -> None:
    tied, group = made(seed)
    out, into = lists(tied)
    slow = by_definition(tied, group)
    paths = triads.open_paths(out, into)
    listed = triads.count_roles(paths, group)
    skeleton = csr.symmetric(len(tied), *np.nonzero(tied))
    unlisted, spread = triads.count_unlisted(out, into, group, skeleton, triangles(skeleton))
    assert np.array_equal(listed, slow)
    assert np.array_equal(unlisted, slow)
    for one, other in zip(triads.spread(paths, out, into), spread):
        assert np.array_equal(one, other)


def test_paths_are_sorted_and_say_whether_they_return() -> None:
    tied = np.zeros((4, 4), int)
    for i, k in ((0, 1), (1, 2), (2, 1), (1, 0), (1, 3)):
        tied[i, k] = 1
    paths = triads.open_paths(*lists(tied))
    found = list(zip(paths.broker, paths.source, paths.target, paths.returned))
    assert found == [(1, 0, 2, True), (1, 0, 3, False), (1, 2, 0, True), (1, 2, 3, False)]


def test_a_credit_weighs_each_path() -> None:
    tied = np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]])
    paths = triads.open_paths(*lists(tied))
    assert triads.count_roles(paths, np.zeros(3, int), np.array([0.25])).sum() == 0.25
