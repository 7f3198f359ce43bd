"""Brokerage roles by chance, in closed form: independent ties, and shuffled group labels.

Columns are those of :data:`kmnet.kernels.triads.ROLES` and, last, their total. ``sizes`` are numbers of people a group.
With p the density and q = 1 - p, two paths that both need one tie present covary by p^3 q^3, two that both need it
absent by p^5 q, and two that disagree about it by -p^4 q^2; the rest is counting such pairs of paths.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.triads import Spread

Array = NDArray[np.float64]


class Chance(NamedTuple):
    """Mean and standard deviation, one row a person, a group or a network and one column a role (and the total)."""

    mean: Array
    sd: Array


class _Sizes(NamedTuple):
    """Group sizes ``n`` and, for members of each group: the others ``rest``, and power sums over the other groups."""

    n: Array
    total: float
    rest: Array
    two: Array
    three: Array

    @classmethod
    def of(cls, sizes: NDArray[np.integer]) -> _Sizes:
        n = np.asarray(sizes, dtype=float)
        return cls(n, n.sum(), n.sum() - n, (n**2).sum() - n**2, (n**3).sum() - n**3)


def _root(variance: Array) -> Array:
    return np.sqrt(np.maximum(variance, 0.0))


def possible(sizes: NDArray[np.integer]) -> Array:
    """Ordered pairs of people between whom one member of each group could stand, by role; shape (groups, 6)."""
    n, total, rest, two, _ = _Sizes.of(sizes)
    every = np.full(len(n), max(total - 1, 0) * max(total - 2, 0))
    return np.column_stack([(n - 1) * (n - 2), two - rest, (n - 1) * rest, (n - 1) * rest, rest**2 - two, every])


def person(sizes: NDArray[np.integer], density: float, directed: bool) -> Chance:
    """One member of each group under independent ties (Gould & Fernandez 1989), shape (groups, 6).

    Directed: as sna. Undirected: each open pair counts once, and between own and other group as half representative and
    half gatekeeper; that is half of sna's mean, and sna's standard deviation times sqrt(2)/2 (1/2 for those two roles).
    """
    n, total, rest, two, three = _Sizes.of(sizes)
    p, q = density, 1 - density
    ways, open_ = possible(sizes), density**2 * (1 - density)
    # ordered pairs of paths of one broker that share their source or their target
    meet = np.column_stack(
        [
            2 * (n - 1) * (n - 2) * (n - 3),
            2 * (three - 3 * two + 2 * rest),
            (n - 1) * rest * (total - 3),
            (n - 1) * rest * (total - 3),
            2 * (rest**2 * (rest - 1) - (2 * rest - 1) * two + three),
            np.full(len(n), 2 * (total - 1) * (total - 2) * (total - 3)),
        ]
    )
    sd = _root(ways * open_ * (1 - open_) + meet * p**3 * q**3)
    if directed:
        return Chance(ways * open_, sd)
    half = np.sqrt(0.5)
    return Chance(ways * open_ / 2, sd * np.array([half, half, 0.5, 0.5, half, half]))


class _Parts(NamedTuple):
    """One path's own variance, and what two paths share: a tie both need, one both need absent, or one in dispute."""

    open_: float
    one: float
    both: float
    none: float
    clash: float

    @classmethod
    def of(cls, density: float) -> _Parts:
        p, q = density, 1 - density
        e = p * p * q
        return cls(e, e * (1 - e), p**3 * q**3, p**5 * q, p**4 * q**2)


def group(sizes: NDArray[np.integer], density: float, directed: bool) -> Chance:
    """All members of each group together under independent ties; exact, shape (groups, 6)."""
    n = np.asarray(sizes, dtype=float)
    variance = _group_directed(sizes, density) if directed else _group_undirected(sizes, density)
    mean = possible(sizes) * n[:, None] * _Parts.of(density).open_ / (1 if directed else 2)
    return Chance(mean, _root(variance))


def _crossing(sizes: NDArray[np.integer], density: float) -> tuple[Array, Array]:
    """Variances of itinerant and liaison of each group's members, each path counted in its direction."""
    n, total, rest, two, three = _Sizes.of(sizes)
    _, one, both, none, _ = _Parts.of(density)
    same, same3 = two - rest, three - 3 * two + 2 * rest  # sums of m(m - 1) and m(m - 1)(m - 2) over the other groups
    apart, weighted = rest**2 - two, 2 * (two * rest - three)  # pairs of others in two groups; times the groups' sizes
    itinerant = n * (same * (one + (n - 1) * none) + 2 * same3 * both)
    liaison = n * (apart * (one + (2 * total - 2 * n - 2) * both + (n - 1) * none) - weighted * both)
    return itinerant, liaison


def _group_directed(sizes: NDArray[np.integer], density: float) -> Array:
    n, total, rest, _, _ = _Sizes.of(sizes)
    _, one, both, none, clash = _Parts.of(density)
    itinerant, liaison = _crossing(sizes, density)
    every = n * (total - 1) * (total - 2)
    z = n * (n - 1) * (total - 2) * (total - 3)
    inside = n * (n - 1) * (n - 2) * (one + (4 * n - 10) * (both - clash) + (n - 3) * none)
    bridge = n * (n - 1) * rest * (one + (total - 3) * both - (2 * n - 3) * clash + (n - 2) * none)
    whole = every * one + 2 * n * (n - 1) * (total - 2) * (both - clash)
    whole += both * 2 * (every * (total - 3) + z) - 4 * z * clash + z * none
    return np.column_stack([inside, itinerant, bridge, bridge, liaison, whole])


def _group_undirected(sizes: NDArray[np.integer], density: float) -> Array:
    n, total, rest, _, _ = _Sizes.of(sizes)
    e, one, both, none, clash = _Parts.of(density)
    itinerant, liaison = _crossing(sizes, density)
    every = n * (total - 1) * (total - 2)
    z = n * (n - 1) * (total - 2) * (total - 3)
    inside = n * (n - 1) * (n - 2) / 2 * (one - 2 * e * e + (n - 3) * (4 * both - 4 * clash + none))
    bridge = n * (n - 1) * rest * (one - e * e + 2 * (rest - 1) * both + (n - 2) * (both - 2 * clash + none))
    whole = every / 2 * one - n * (n - 1) * (total - 2) * e * e
    whole += both * (every * (total - 3) + z) - 2 * z * clash + z / 2 * none
    # An own-to-other pair is half representative, half gatekeeper: a quarter of the variance each.
    return np.column_stack([inside, itinerant / 2, bridge / 4, bridge / 4, liaison / 2, whole])


def network(sizes: NDArray[np.integer], density: float, directed: bool) -> Chance:
    """Everybody together under independent ties; exact (sna's network totals are not), shape (1, 6)."""
    n, total, rest, two, _ = _Sizes.of(sizes)
    e, one, both, none, clash = _Parts.of(density)
    alone = group(sizes, density, directed)
    inside = (alone.sd[:, 0] ** 2).sum()
    if directed:  # brokers of two groups never rest on one tie in these roles
        bridge = (alone.sd[:, 2] ** 2).sum()
    else:
        alike = rest * (one - e * e + 2 * (rest - 1) * both)
        mixed = ((n - 3) * rest + two) * (both - 2 * clash + none)
        bridge = (n * (n - 1) * (alike + mixed)).sum() / 4
    steady = rest * (one + 2 * (n - 3) * both + (rest - 1) * none)
    itinerant = (n * (n - 1) * (steady + 2 * two * both)).sum()
    s1, s2, s3, s4 = (float((n**k).sum()) for k in (1, 2, 3, 4))
    # ordered triples of people of three groups; the same, weighted by the people outside the groups of the first two
    triples = s1**3 - 3 * s1 * s2 + 2 * s3
    slots = (total - 1) * triples - 2 * (s2 * s1**2 - s2**2 - 2 * s3 * s1 + 2 * s4)
    liaison = triples * (one - 2 * e * e + (2 * both if directed else 0.0)) + slots * (4 * both - 4 * clash + none)
    whole = group(np.array([total]), density, directed).sd[0, 0] ** 2
    if not directed:
        itinerant, liaison = itinerant / 2, liaison / 2
    return Chance(
        group(sizes, density, directed).mean.sum(axis=0, keepdims=True),
        _root(np.array([[inside, itinerant, bridge, bridge, liaison, whole]])),
    )


def labels(sizes: NDArray[np.integer], code: NDArray[np.integer], paths: Spread) -> Chance:
    """Each person's roles when the labels of the others are shuffled, the network and the person's own label staying.

    Exact mean and standard deviation, shape (n, 6); the total does not change (sd 0). Two of the broker's paths are the
    same, reversed, share a source, share a target, are chained, or have nobody in common; how many of each there are
    stands in ``paths``, and the chance that both have the role follows from the group sizes.
    """
    n, total, rest, two, three = _Sizes.of(sizes)
    own, others = n - 1, total - 1
    two_, three_ = two - rest, three - 3 * two + 2 * rest  # falling factorials summed over the other groups
    fourth = (n**4).sum() - n**4
    four_ = fourth - 6 * three + 11 * two - 6 * rest
    squares = fourth - 2 * three + two  # sum of (m(m - 1))^2
    pairs_apart = two_**2 - squares + four_  # two same-group pairs without a person in common
    r2, r3, r4 = rest * (rest - 1), rest * (rest - 1) * (rest - 2), rest * (rest - 1) * (rest - 2) * (rest - 3)
    o2, o3, o4 = own * (own - 1), own * (own - 1) * (own - 2), own * (own - 1) * (own - 2) * (own - 3)
    zero = np.zeros_like(n)
    same_wide, same_apart = two_ * (rest - 2), two_ * (rest - 2) * (rest - 3)
    # ways that both paths have the role: same, reversed, shared source, shared target, chained, nobody in common
    ways = np.stack(
        [
            np.column_stack([o2, o2, o3, o3, o3, o4]),
            np.column_stack([two_, two_, three_, three_, three_, pairs_apart]),
            np.column_stack([own * rest, zero, own * r2, o2 * rest, zero, o2 * r2]),
            np.column_stack([own * rest, zero, o2 * rest, own * r2, zero, o2 * r2]),
            np.column_stack(
                [r2 - two_, r2 - two_] + [r3 - 2 * same_wide + three_] * 3 + [r4 - 2 * same_apart + pairs_apart]
            ),
        ],
        axis=1,
    )[code]
    t, back = paths.paths, paths.returned
    many = np.column_stack(
        [
            t,
            back,
            paths.sources - t,
            paths.targets - t,
            2 * (paths.chained - back),
            t**2 - t - back - (paths.sources - t) - (paths.targets - t) - 2 * (paths.chained - back),
        ]
    )
    people = [2, 2, 3, 3, 3, 4]
    arrangements = np.array([np.prod([others - x for x in range(k)]) for k in people])
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(arrangements > 0, ways / np.maximum(arrangements, 1), 0.0)
    mean = share[:, :, 0] * t[:, None]
    variance = (share * many[:, None, :]).sum(axis=2) - mean**2
    variance[variance < 1e-9 * np.maximum(mean**2, 1)] = 0.0
    return Chance(np.column_stack([mean, t]), np.column_stack([_root(variance), np.zeros(len(t))]))
