"""Chance in closed form against every network, and every order of labels, that there is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from kmnet.kernels import rolechance, rolelabels, shuffle, triads
from tests.kernels.test_triads import lists, made

DENSITY = 0.3


def every_network(n: int, directed: bool, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Role counts of every person in every network of n people, and the probability of each network."""
    pairs = [(i, k) for i in range(n) for k in range(n) if (i != k if directed else i < k)]
    counts, chance = [], []
    for there in itertools.product((0, 1), repeat=len(pairs)):
        tied = np.zeros((n, n), int)
        for (i, k), yes in zip(pairs, there):
            tied[i, k] = yes
            if not directed:
                tied[k, i] = yes
        counts.append(triads.count_roles(triads.open_paths(*lists(tied)), group))
        chance.append(DENSITY ** sum(there) * (1 - DENSITY) ** (len(pairs) - sum(there)))
    table = np.array(counts) / (1 if directed else 2)
    return np.concatenate([table, table.sum(axis=2, keepdims=True)], axis=2), np.array(chance)


def moments(values: np.ndarray, chance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = np.tensordot(chance, values, 1)
    return mean, np.sqrt(np.maximum(np.tensordot(chance, values**2, 1) - mean**2, 0))


CASES = [(True, g) for g in ([0, 0, 1, 1], [0, 0, 0, 0], [0, 0, 0, 1], [0, 1, 2, 2])]
CASES += [(False, g) for g in ([0, 0, 1, 1, 1], [0, 0, 0, 0, 0], [0, 0, 1, 1, 2], [0, 1, 2, 3, 3])]


@pytest.mark.parametrize(("directed", "groups"), CASES)
def test_independent_ties_are_exact_for_person_group_and_network(directed: bool, groups: list[int]) -> None:
    group = np.array(groups)
    sizes = np.bincount(group)
    counts, chance = every_network(len(group), directed, group)
    of_group = np.stack([counts[:, group == g].sum(axis=1) for g in range(len(sizes))], axis=1)
    for found, seen in (
        (rolechance.person(sizes, DENSITY, directed), counts),
        (rolechance.group(sizes, DENSITY, directed), of_group),
        (rolechance.network(sizes, DENSITY, directed), counts.sum(axis=1, keepdims=True)),
    ):
        mean, sd = moments(seen, chance)
        if seen is counts:
            found = rolechance.Chance(found.mean[group], found.sd[group])
        assert np.allclose(found.mean, mean, atol=1e-12)
        assert np.allclose(found.sd, sd, atol=1e-9)


@pytest.mark.parametrize("seed", range(300))
def test_shuffled_labels_are_exact(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 6 if seed < 24 else int(rng.integers(1, 6))
    tied = (rng.random((n, n)) < 0.5).astype(int)
    np.fill_diagonal(tied, 0)
    if seed % 2:
        tied = np.triu(tied) + np.triu(tied).T
    code = rng.integers(0, 3, n)
    out, into = lists(tied)
    paths = triads.open_paths(out, into)
    found = rolechance.labels(np.bincount(code, minlength=3), code, triads.spread(paths, out, into))
    for v in range(n):
        others = [x for x in range(n) if x != v]
        counts = []
        for order in itertools.permutations(others):
            label = code.copy()
            label[others] = code[list(order)]
            counts.append(triads.count_roles(paths, label)[v])
        assert np.allclose(found.mean[v, :5], np.mean(counts, axis=0))
        assert np.allclose(found.sd[v, :5], np.std(counts, axis=0))


def test_possible_roles_follow_from_group_sizes() -> None:
    possible = rolechance.possible(np.array([1, 3]))
    # One person alone in a group can only be itinerant; without a third group nobody is a liaison.
    assert possible.tolist() == [[0, 6, 0, 0, 0, 6], [2, 0, 2, 2, 0, 6]]


@pytest.mark.parametrize("seed", [4, 7, 8, 13])
def test_drawn_labels_are_those_of_the_orders(seed: int) -> None:
    tied, code = made(seed)
    n = len(tied)
    out, into = lists(tied)
    paths = triads.open_paths(out, into)
    seen = triads.count_roles(paths, code)
    mean = rolechance.labels(np.bincount(code), code, triads.spread(paths, out, into)).mean[:, :5]
    orders = shuffle.permutations(n, 40, seed=5)
    far = np.zeros((n, 5), int)
    for order, v in itertools.product(orders, range(n)):
        label = code[order].copy()
        label[np.flatnonzero(order == v)[0]] = label[v]  # whoever drew the broker's label takes the broker's draw
        label[v] = code[v]
        far[v] += np.abs(triads.count_roles(paths, label)[v] - mean[v]) >= np.abs(seen[v] - mean[v]) - 1e-9
    busy = np.unique(paths.broker)
    assert len(busy)
    assert np.array_equal(rolelabels.strays(rolelabels.deal(paths, orders), code, seen, mean)[busy], far[busy])
