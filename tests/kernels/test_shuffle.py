"""Permutations: whole, within blocks, and the same for one seed and task."""

from __future__ import annotations

import numpy as np

from kmnet.kernels.shuffle import permutations, words


def test_every_draw_is_an_order_and_stays_within_its_block() -> None:
    blocks = np.array([0, 1, 0, 1, 1, 2])
    draws = permutations(6, 200, seed=1, blocks=blocks)
    assert (np.sort(draws, axis=1) == np.arange(6)).all()
    assert (blocks[draws] == blocks).all()
    assert (draws != np.arange(6)).any(axis=0).tolist() == [True] * 5 + [False]


def test_all_orders_are_equally_likely() -> None:
    draws = permutations(3, 6000, seed=2)
    _, many = np.unique(draws, axis=0, return_counts=True)
    assert len(many) == 6
    assert np.abs(many - 1000).max() < 120  # four standard deviations


def test_one_seed_and_task_give_one_set_of_draws() -> None:
    assert np.array_equal(permutations(9, 5, 1, (4,)), permutations(9, 5, 1, (4,)))
    assert not np.array_equal(permutations(9, 5, 1, (4,)), permutations(9, 5, 1, (5,)))
    assert words("knows", "All") == words("knows", "All") != words("All", "knows")
