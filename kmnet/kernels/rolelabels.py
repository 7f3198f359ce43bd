"""Brokerage roles under shuffled labels, drawn: how often chance strays as far from its mean as what was seen."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.triads import ROLES, OpenPaths, role_of

BLOCK = 255
"""Paths added up together in one byte a draw."""


class Seat(NamedTuple):
    """One broker at the table: where the contacts' labels come from in each draw.

    ``people`` are the contacts; ``source`` and ``target`` the ends of the open paths, as positions in ``people``. In the
    draws ``when`` the contact at ``place`` drew the broker's own label. ``times`` is 2 where each path stands for its
    return too.
    """

    broker: int
    people: NDArray[np.int64]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    place: NDArray[np.int64]
    when: NDArray[np.int64]
    times: int


class Deal(NamedTuple):
    """Labels dealt out to everybody, again and again: whose label each person draws (people, draws), and the seats."""

    drawn: NDArray[np.int32]
    seats: tuple[Seat, ...]


def deal(paths: OpenPaths, orders: NDArray[np.integer]) -> Deal:
    """Prepare the draws, whatever the labels are.

    A draw hands the labels of the other people round; the broker's own label stays. One order of everybody serves every
    broker: whoever drew the broker's own label takes, instead, the one that the broker drew.

    Parameters
    ----------
    paths : OpenPaths
        Open paths, both directions where the network is symmetric.
    orders : integer array, shape (draws, n)
        Random orders of all positions, as :func:`kmnet.kernels.shuffle.permutations` gives.
    """
    n = paths.n
    drawn = np.ascontiguousarray(orders.T.astype(np.int32))
    holder = np.empty_like(drawn)  # who drew the label of each person
    np.put_along_axis(holder, drawn, np.arange(n, dtype=np.int32)[:, None], axis=0)
    start = np.searchsorted(paths.broker, np.arange(n + 1))
    at = np.full(n, -1)
    seats = []
    for v in range(n):
        if start[v] == start[v + 1]:
            continue
        source, target = paths.source[start[v] : start[v + 1]], paths.target[start[v] : start[v + 1]]
        people = np.unique(np.concatenate([source, target])).astype(np.int64)
        at[people] = np.arange(len(people))
        symmetric = bool(paths.returned[start[v] : start[v + 1]].all())
        if symmetric:
            once = source < target
            source, target = source[once], target[once]
        place = at[holder[v]]
        when = np.flatnonzero(place >= 0)
        seats.append(Seat(v, people, at[source], at[target], place[when], when, 2 if symmetric else 1))
        at[people] = -1
    return Deal(drawn, tuple(seats))


def strays(
    dealt: Deal, code: NDArray[np.integer], seen: NDArray[np.floating], mean: NDArray[np.floating]
) -> NDArray[np.int64]:
    """In how many draws each person's role count strays from ``mean`` at least as far as ``seen`` does, shape (n, 5).

    Parameters
    ----------
    dealt : Deal
        The draws.
    code : integer array, shape (n,)
        Groups.
    seen, mean : arrays, shape (n, 5)
        Counts, and their exact mean under shuffled labels.

    Notes
    -----
    Time about draws x open paths nanoseconds.
    """
    small = np.uint8 if code.max(initial=0) < 256 else np.int32
    labels = code.astype(small)[dealt.drawn]
    found = np.zeros((len(code), 5), dtype=np.int64)
    reach = np.abs(seen - mean) - 1e-9 * np.maximum(1.0, np.abs(mean))
    for seat in dealt.seats:
        v = seat.broker
        label = labels[seat.people]
        label[seat.place, seat.when] = labels[v, seat.when]
        counts = _roles(label, seat, int(code[v]))
        found[v] = (np.abs(counts - mean[v][:, None]) >= reach[v][:, None]).sum(axis=1)
    return found


def _roles(label: NDArray, seat: Seat, own: int) -> NDArray[np.int64]:
    """Paths by role in each draw, shape (5, draws)."""
    mine = label == own
    from_own, to_own = mine[seat.source], mine[seat.target]
    equal = label[seat.source] == label[seat.target]
    same, source, target = _total(equal), _total(from_own), _total(to_own)
    coordinator = _total(equal & from_own)
    if seat.times == 2:
        source = target = source + target
        same, coordinator = 2 * same, 2 * coordinator
    paths = seat.times * len(seat.source)
    counts = np.empty((5, label.shape[1]), dtype=np.int64)
    counts[0] = coordinator
    counts[1] = same - coordinator
    counts[2] = source - coordinator
    counts[3] = target - coordinator
    counts[4] = paths - source - target + coordinator - counts[1]
    return counts


def _total(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Flags that are up in each column, added up byte by byte."""
    rows = flags.view(np.uint8)
    if len(rows) <= BLOCK:
        return np.add.reduce(rows, axis=0, dtype=np.uint8).astype(np.int64)
    total = np.zeros(rows.shape[1], dtype=np.int64)
    for first in range(0, len(rows), BLOCK):
        total += np.add.reduce(rows[first : first + BLOCK], axis=0, dtype=np.uint8)
    return total


def together(paths: OpenPaths, code: NDArray[np.integer], drawn: NDArray[np.int32], groups: int) -> NDArray[np.float64]:
    """Open paths by role of all members of each group together, and of everybody last, in each draw.

    Parameters
    ----------
    paths : OpenPaths
        Open paths.
    code : integer array, shape (n,)
        Everybody's group, below ``groups``.
    drawn : integer array, shape (n, draws)
        Whose label each person draws.

    Returns
    -------
    array, shape (draws, groups + 1, 6)
        The last column is the total over roles.
    """
    found = np.zeros((drawn.shape[1], groups + 1, len(ROLES) + 1))
    for k in range(drawn.shape[1]):
        label = code[drawn[:, k]]
        role = role_of(label, paths.source, paths.broker, paths.target)
        cell = label[paths.broker].astype(np.int64) * len(ROLES) + role
        found[k, :groups, :-1] = np.bincount(cell, minlength=groups * len(ROLES)).reshape(groups, len(ROLES))
    found[:, groups] = found[:, :groups].sum(axis=1)
    found[:, :, -1] = found[:, :, :-1].sum(axis=2)
    return found
