"""Positions: neighbours are near, nobody covers anybody, nothing depends on chance, and earlier spots are kept."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.distance import pdist, squareform

from kmnet.kernels.discs import discs
from kmnet.kernels.layout import GAP, apart, layout, sunflower


def random_ties(n: int, m: int, seed: int, groups: int = 4) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    code = np.arange(n) % groups
    a, b = rng.integers(0, n, (2, 6 * m))
    keep = (a != b) & ((code[a] == code[b]) | (rng.random(6 * m) < 0.1))
    return a[keep][:m], b[keep][:m]


@pytest.mark.parametrize("n", [1, 2, 3, 12, 90])
@pytest.mark.parametrize("seed", [1, 2])
def test_nobody_covers_anybody(n: int, seed: int) -> None:
    source, target = random_ties(n, 2 * n, seed) if n > 3 else (np.arange(n - 1), np.arange(1, n))
    points = layout(n, source, target)
    assert points.shape == (n, 2) and np.isfinite(points).all()
    if n > 1:
        assert pdist(points).min() >= 0.9 * GAP


def test_empty_and_tieless() -> None:
    none = np.empty(0, dtype=np.int64)
    assert layout(0, none, none).shape == (0, 2)
    alone = layout(30, none, none)
    assert pdist(alone).min() >= GAP


def test_neither_order_nor_direction_nor_repetition_of_ties_matters() -> None:
    source, target = random_ties(60, 130, 3)
    first = layout(60, source, target)
    order = np.random.default_rng(0).permutation(len(source))
    assert (first == layout(60, target[order], source[order])).all()
    assert (first == layout(60, np.tile(source, 2), np.tile(target, 2))).all()


def test_tied_people_stand_nearer_than_others() -> None:
    source, target = random_ties(120, 300, 4)
    distance = squareform(pdist(layout(120, source, target)))
    assert np.median(distance[source, target]) < 0.6 * np.median(distance[np.triu_indices(120, 1)])


def test_a_path_is_laid_level_and_in_order() -> None:
    points = layout(12, np.arange(11), np.arange(1, 12))
    assert np.ptp(points[:, 0]) > 4 * np.ptp(points[:, 1])
    steps = np.diff(points[:, 0])
    assert (steps > 0).all() or (steps < 0).all()


def test_a_ring_stays_a_ring() -> None:
    n = 16
    points = layout(n, np.arange(n), (np.arange(n) + 1) % n)
    radius = np.linalg.norm((points - points.mean(axis=0)) / points.std(axis=0), axis=1)
    assert radius.min() > 0.8 * radius.max()


def test_people_without_ties_lie_below_and_pieces_do_not_mix() -> None:
    ring = np.arange(10)
    source = np.concatenate([ring, [10, 11]])
    target = np.concatenate([(ring + 1) % 10, [11, 12]])
    points = layout(20, source, target)
    tied, alone = points[:13], points[13:]
    assert alone[:, 1].min() > tied[:, 1].max()
    inside = (points[10:13, None] > points[:10].min(axis=0)) & (points[10:13, None] < points[:10].max(axis=0))
    assert not inside.all(axis=2).any()


def test_anchored_people_keep_their_spot_and_others_join_their_contacts() -> None:
    source, target = random_ties(80, 200, 5)
    first = layout(80, source, target)
    anchor = np.vstack([first, np.full((3, 2), np.nan)])
    more = layout(83, np.concatenate([source, [80, 81]]), np.concatenate([target, [7, 80]]), anchor)
    assert (more[:80] == first).all()
    assert np.linalg.norm(more[80] - first[7]) < 4 and np.linalg.norm(more[81] - more[80]) < 4
    assert more[82, 1] > first[:, 1].max()
    new = np.linalg.norm(more[80:, None] - more[None, :80], axis=2)
    assert new.min() >= 0.8 * GAP


def test_the_long_way_for_many_people_keeps_groups_together() -> None:
    source, target = random_ties(900, 2200, 6, groups=3)
    points = layout(900, source, target)
    assert pdist(points).min() >= 0.8 * GAP
    tied = squareform(pdist(points))
    assert np.median(tied[source, target]) < 0.7 * np.median(tied[np.triu_indices(900, 1)])


def test_apart_moves_only_the_free() -> None:
    points = np.zeros((5, 2))
    fixed = np.array([True, False, False, False, False])
    moved = apart(points, fixed, gap=1.0)
    assert (moved[0] == 0).all() and pdist(moved).min() >= 0.95


def test_discs_do_not_touch_and_hold_their_group() -> None:
    rng = np.random.default_rng(2)
    code = rng.integers(0, 5, 150)
    placed = discs(rng.normal(size=(150, 2)) * 10, code)
    centre = np.array([placed[code == c].mean(axis=0) for c in range(5)])
    reach = np.array([np.linalg.norm(placed[code == c] - centre[c], axis=1).max() for c in range(5)])
    apart_ = squareform(pdist(centre)) - reach[:, None] - reach[None, :]
    assert apart_[np.triu_indices(5, 1)].min() > 0
    assert pdist(placed).min() > 0.5


def test_discs_of_one_and_of_none() -> None:
    assert discs(np.empty((0, 2)), np.empty(0, dtype=int)).shape == (0, 2)
    assert discs(np.array([[3.0, 4.0]]), np.array([0])).shape == (1, 2)


def test_sunflower_fills_a_disc() -> None:
    spots = sunflower(200)
    assert np.linalg.norm(spots, axis=1).max() <= 1
    assert pdist(spots).min() > 0.05


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("n", [3, 4, 5])
def test_small_pieces_stay_in_reach_and_keep_equal_ties_equal(n: int) -> None:
    """Everybody tied to everybody: a step along which nothing bends must not carry the drawing away."""
    i, j = np.triu_indices(n, 1)
    points = layout(n, i, j)
    length = np.sqrt(((points[i] - points[j]) ** 2).sum(axis=1))
    assert length.max() < 3 * length.min() < 30
