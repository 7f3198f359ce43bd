"""Networks that chance would make: the same numbers of ties for everybody, the same number of ties, or the same numbers
of returned and unreturned ties; and what is the case in each of many such networks.

Drawn networks are rows of two arrays, ``source`` and ``target`` of shape (draws, ties). What is asked of them is worked
out for all rows at once: who reaches whom is a set of bits a person, and a step further is one ``or`` over contacts.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.speed import kernel

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

BURN_IN, BETWEEN = 10, 2
"""Swaps tried for each tie before the first network of a chain, and between two of its networks: by then each tie has
changed its ends some 20, and some 4, times."""


class Drawn(NamedTuple):
    """Networks by chance: ends of their ties, each of shape (draws, ties)."""

    source: Ints
    target: Ints


@kernel(lambda source, target, tied, n, one, other, turn, every, directed: len(one) + n * n / 8, lists=True)
def swaps(
    source: Any, target: Any, tied: Any, n: int, one: Any, other: Any, turn: Any, every: int, directed: bool
) -> Ints:
    """The network after every ``every`` tried swaps.

    A swap of the ties i -> j and x -> y makes i -> y and x -> j, and is tried and left undone where a self tie or a tie
    twice would come of it, so that every network with these degrees is as likely (undone trials count).

    Parameters
    ----------
    source, target : int array, shape (m,)
        Ends of the ties; changed in place.
    tied : uint8 array, shape (n * n,)
        Who is tied to whom (both ways where undirected); changed in place.
    one, other : int array, shape (trials,)
        Which two ties to swap.
    turn : uint8 array, shape (trials,)
        Whether to turn the second tie round first, where ties have no direction.

    Returns
    -------
    int64 array, shape (trials // every, 2, m)
    """
    m = len(source)
    found = np.empty((len(one) // every, 2, m), dtype=np.int64)
    for step in range(len(one)):
        a = one[step]
        b = other[step]
        i = source[a]
        j = target[a]
        x = source[b]
        y = target[b]
        if not directed and turn[step]:
            x, y = y, x
        if i != y and x != j and not tied[i * n + y] and not tied[x * n + j]:
            tied[i * n + j] = 0
            tied[x * n + y] = 0
            tied[i * n + y] = 1
            tied[x * n + j] = 1
            if not directed:
                tied[j * n + i] = 0
                tied[y * n + x] = 0
                tied[y * n + i] = 1
                tied[j * n + x] = 1
            target[a] = y
            source[b] = x
            target[b] = j
        if (step + 1) % every == 0:
            k = step // every
            for t in range(m):
                found[k, 0, t] = source[t]
                found[k, 1, t] = target[t]
    return found


def rewired(n: int, source: Ints, target: Ints, directed: bool, draws: int, generator: np.random.Generator) -> Drawn:
    """Networks in which everybody has as many ties as observed (in and out, where directed), from one chain of swaps.

    Notes
    -----
    The switch chain (Rao, Jana & Bandyopadhyay 1996; Milo et al. 2003) with :data:`BURN_IN` and :data:`BETWEEN`.
    O((burn-in + draws x between) m).
    """
    m = len(source)
    every = BETWEEN * m
    first = -(-BURN_IN // BETWEEN)
    trials = (first + draws) * every
    one, other = generator.integers(m, size=(2, trials))
    turn = generator.integers(2, size=trials, dtype=np.uint8)
    tied = np.zeros(n * n, dtype=np.uint8)
    tied[source * n + target] = 1
    if not directed:
        tied[target * n + source] = 1
    found = swaps(source.copy(), target.copy(), tied, n, one, other, turn, every, directed)[first:]
    return Drawn(found[:, 0], found[:, 1])


def same_ties(n: int, ties: int, directed: bool, draws: int, generator: np.random.Generator) -> Drawn:
    """Networks of as many people and ties, every one as likely (conditional uniform graphs)."""
    pairs = n * (n - 1) // (1 if directed else 2)
    chosen = np.array([generator.choice(pairs, ties, replace=False, shuffle=False) for _ in range(draws)])
    return Drawn(*(_ordered if directed else _unordered)(chosen.astype(np.int64), n))


def same_dyads(n: int, returned: int, single: int, draws: int, generator: np.random.Generator) -> Drawn:
    """Directed networks of as many pairs tied both ways and one way, every one as likely (U | MAN)."""
    pairs = n * (n - 1) // 2
    each = [generator.choice(pairs, returned + single, replace=False) for _ in range(draws)]
    one, other = _unordered(np.array(each, dtype=np.int64).reshape(draws, -1), n)
    turned = generator.integers(2, size=(draws, single)).astype(bool)
    there, back = one[:, returned:], other[:, returned:]
    single_ = np.where(turned, back, there), np.where(turned, there, back)
    both = one[:, :returned], other[:, :returned]
    return Drawn(*(np.concatenate([both[k], both[1 - k], single_[k]], axis=1) for k in (0, 1)))


def _ordered(number: Ints, n: int) -> tuple[Ints, Ints]:
    """Number of an ordered pair to its ends."""
    source, target = number // (n - 1), number % (n - 1)
    return source, target + (target >= source)


def _unordered(number: Ints, n: int) -> tuple[Ints, Ints]:
    """Number of an unordered pair to its ends, the lower first."""
    starts = np.concatenate([[0], np.cumsum(np.arange(n - 1, 0, -1))])
    low = np.searchsorted(starts, number, side="right") - 1
    return low, number - starts[low] + low + 1


MOST_WORDS = 4_000_000
"""Words of 64 bits worked on at once."""


def statistics(n: int, drawn: Drawn, directed: bool) -> dict[str, Floats]:
    """What is the case in each network, shape (draws,); NaN where undefined.

    ``mean_path_length``, ``global_efficiency`` and ``reachable_pairs_share`` follow direction; ``transitivity`` and
    ``degree_centralisation`` are of the undirected view; directed also ``in_degree_centralisation``,
    ``out_degree_centralisation`` and ``reciprocity``. O(draws x steps x m x n / 64).
    """
    draws, m = drawn.source.shape
    step = max(1, MOST_WORDS // (2 * m * _words(n)))
    parts = [
        _statistics(n, Drawn(drawn.source[k : k + step], drawn.target[k : k + step]), directed)
        for k in range(0, draws, step)
    ]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _statistics(n: int, drawn: Drawn, directed: bool) -> dict[str, Floats]:
    draws = len(drawn.source)
    first = (np.arange(draws) * n)[:, None]  # person i of draw k is row k n + i
    source, target = first + drawn.source, first + drawn.target
    a, b = source.ravel(), target.ravel()
    both = np.concatenate([a, b]), np.concatenate([b, a])
    near = _bits(*both, draws, n)
    returned = _has(_bits(a, b, draws, n), b, a, n) if directed else np.zeros(len(a), dtype=bool)
    once = ~returned | (a < b)  # a pair tied both ways is one tie of the undirected view
    shared = np.bitwise_count(near[a[once]] & near[b[once]]).sum(axis=1)
    degree = np.bitwise_count(near).sum(axis=1, dtype=np.int64).reshape(draws, n)
    found = {
        "transitivity": _over(np.bincount(a[once] // n, shared, draws), (degree * (degree - 1) // 2).sum(axis=1)),
        "degree_centralisation": _centralisation(degree, (n - 1) * (n - 2)),
        **_paths(a if directed else both[0], b if directed else both[1], draws, n),
    }
    if directed:
        for name, end in (("in", b), ("out", a)):
            counts = np.bincount(end, minlength=draws * n).reshape(draws, n)
            found[f"{name}_degree_centralisation"] = _centralisation(counts, (n - 1) ** 2)
        found["reciprocity"] = returned.reshape(draws, -1).mean(axis=1)
    return found


def _words(n: int) -> int:
    return (n + 63) // 64


def _bits(row: Ints, other: Ints, draws: int, n: int) -> NDArray[np.uint64]:
    """One row of bits a person: bit i is whether somebody of the same draw is person i of the draw's contacts."""
    found = np.zeros((draws * n, _words(n)), dtype=np.uint64)
    bit = other % n
    np.bitwise_or.at(found, (row, bit >> 6), np.uint64(1) << (bit & 63).astype(np.uint64))
    return found


def _has(bits: NDArray[np.uint64], row: Ints, other: Ints, n: int) -> NDArray[np.bool_]:
    bit = other % n
    return (bits[row, bit >> 6] >> (bit & 63).astype(np.uint64)) & np.uint64(1) > 0


def _over(part: NDArray[np.number], whole: NDArray[np.number]) -> Floats:
    return np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole != 0)


def _centralisation(degree: Ints, most: int) -> Floats:
    """Freeman's, of each row."""
    return (degree.max(axis=1) * degree.shape[1] - degree.sum(axis=1)) / most


def _paths(source: Ints, target: Ints, draws: int, n: int) -> dict[str, Floats]:
    """Steps between people of each draw: everybody's set of people within k steps, k = 1, 2, ..."""
    order = np.argsort(source, kind="stable")
    target = target[order]
    rows, starts = np.unique(source[order], return_index=True)
    reach = np.zeros((draws * n, _words(n)), dtype=np.uint64)
    person = np.arange(draws * n) % n
    reach[np.arange(draws * n), person >> 6] = np.uint64(1) << (person & 63).astype(np.uint64)
    before = np.full(draws, n, dtype=np.int64)
    total, inverse = np.zeros(draws), np.zeros(draws)
    for k in range(1, n):
        reach[rows] |= np.bitwise_or.reduceat(reach[target], starts, axis=0)
        within = np.bitwise_count(reach).sum(axis=1, dtype=np.int64).reshape(draws, n).sum(axis=1)
        new = within - before
        if not new.any():
            break
        total += k * new
        inverse += new / k
        before = within
    reached = before - n
    return {
        "mean_path_length": _over(total, reached),
        "global_efficiency": inverse / (n * (n - 1)),
        "reachable_pairs_share": reached / (n * (n - 1)),
    }
