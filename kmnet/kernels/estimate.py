"""Shortest paths of networks too large for exact betweenness: distances of everybody, and paths drawn at random.

Distances are exact: searches from 64 times :data:`WORDS` people advance together as bits. Betweenness is estimated from
shortest paths between pairs of people drawn at random (Riondato & Kornaropoulos 2016, Data Mining and Knowledge
Discovery 30:438-475), found by two searches that meet; their theorem bounds the error for everybody at once.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels.csr import CSR
from kmnet.kernels.paths import Paths
from kmnet.kernels.speed import Kernel, kernel

WORDS = 8
"""Words of 64 searches that advance together."""
BATCH = 20_000
"""Paths whose random numbers are held at once."""

_EVEN, _PAIRS, _NIBBLES = (np.uint64(int(byte * 8, 16)) for byte in ("55", "33", "0f"))
_ONE, _TWO, _FOUR, _EIGHT, _SIXTEEN, _THIRTY_TWO = (np.uint64(k) for k in (1, 2, 4, 8, 16, 32))
_LOW = np.uint64(127)
_NONE = np.uint64(0)


def margin(samples: int, longest: int, doubt: float = 0.05) -> float:
    """How far the share of drawn paths through a person may be from the share of all, for everybody at once.

    Parameters
    ----------
    samples : int
        Paths drawn.
    longest : int
        The longest distance.
    doubt : float
        Probability that somebody's share is farther off.
    """
    inner = longest - 1  # people between the ends of the longest shortest path
    if inner < 1:
        return 0.0
    return math.sqrt(0.5 / samples * (math.floor(math.log2(inner)) + 1 + math.log(1 / doubt)))


def sampled(
    out: CSR, into: CSR, arcs: NDArray[np.integer], samples: int, draw: np.random.Generator, *, symmetric: bool
) -> Paths:
    """What :func:`kmnet.kernels.paths.all_pairs` gives, ``through`` and ``along`` estimated from drawn paths.

    Parameters
    ----------
    out, into : CSR
        Contacts that arcs lead to and come from; the same lists twice for a symmetric network.
    arcs : integer array
        Positions in ``out.index`` of the arcs whose betweenness is wanted.
    samples : int
        Pairs of people drawn.
    draw : numpy.random.Generator
        Where chance comes from.
    symmetric : bool
        Whether every arc has its return.
    """
    reached, total, inverse, pairs = near(out)
    reached_by, _, inverse_to, _ = (reached, total, inverse, pairs) if symmetric else near(into)
    longest = int(np.flatnonzero(pairs).max(initial=0))
    n = out.n
    wanted = np.full(len(out.index), -1, dtype=np.int64)
    wanted[arcs] = np.arange(len(arcs))
    through, along = np.zeros(n), np.zeros(len(arcs))
    for first in range(0, samples if n > 1 else 0, BATCH):
        many = min(BATCH, samples - first)
        source = draw.integers(n, size=many)
        target = (source + draw.integers(1, n, size=many)) % n
        luck = draw.random((many, longest + 2))
        one, two = _fast(_walks, out.start, out.index, into.start, into.index, source, target, luck, wanted, len(arcs))
        through += one
        along += two
    scale = n * (n - 1) / max(samples, 1)
    return Paths(reached, total, inverse, reached_by, inverse_to, pairs[: longest + 1], through * scale, along * scale)


def near(lists: CSR) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Of each node: how many nodes it reaches along the lists, the sum of their distances and of 1/distance; and how
    many ordered pairs there are at each distance. Time O(n x arcs x longest distance / 512)."""
    found: tuple[NDArray, NDArray, NDArray, NDArray] = _fast(_near, lists.start, lists.index, WORDS)
    return found


def _fast(item: Kernel, *args: Any) -> Any:
    """A kernel of this file is only met by large networks: compiled, unless a test says otherwise."""
    return item.compiled(*args)


@kernel()
def _bits(word: Any) -> Any:
    """How many bits of a word are set."""
    word = word - ((word >> _ONE) & _EVEN)
    word = (word & _PAIRS) + ((word >> _TWO) & _PAIRS)
    word = (word + (word >> _FOUR)) & _NIBBLES
    word = word + (word >> _EIGHT)
    word = word + (word >> _SIXTEEN)
    word = word + (word >> _THIRTY_TWO)
    return word & _LOW


@kernel()
def _near(start: Any, index: Any, words: int) -> Any:
    """Of each node: nodes reached along the lists, the sum of distances and of 1/distance; and pairs by distance."""
    n = len(start) - 1
    reached = np.zeros(n, dtype=np.int64)
    total = np.zeros(n, dtype=np.int64)
    inverse = np.zeros(n)
    pairs = np.zeros(max(n, 1), dtype=np.int64)
    seen = np.zeros((n, words), dtype=np.uint64)
    front = np.zeros((n, words), dtype=np.uint64)
    new = np.zeros((n, words), dtype=np.uint64)
    left = np.zeros(n, dtype=np.int64)  # searches that have not come here yet
    for first in range(0, n, 64 * words):
        last = min(first + 64 * words, n)
        seen[:] = _NONE
        front[:] = _NONE
        left[:] = last - first
        for s in range(first, last):
            left[s] -= 1
            bit = _ONE << np.uint64((s - first) % 64)
            seen[s, (s - first) // 64] |= bit
            front[s, (s - first) // 64] |= bit
        step = 0
        moved = True
        while moved:
            step += 1
            moved = False
            for v in range(n):
                count = 0
                for w in range(words):
                    new[v, w] = _NONE
                if left[v] == 0:
                    continue
                for k in range(start[v], start[v + 1]):
                    u = index[k]
                    for w in range(words):
                        new[v, w] |= front[u, w]
                for w in range(words):
                    new[v, w] &= ~seen[v, w]
                    if new[v, w] != _NONE:
                        count += int(_bits(new[v, w]))
                if count > 0:
                    moved = True
                    left[v] -= count
                    reached[v] += count
                    total[v] += count * step
                    inverse[v] += count / step
                    pairs[step] += count
            for v in range(n):
                for w in range(words):
                    seen[v, w] |= new[v, w]
                    front[v, w] = new[v, w]
    return reached, total, inverse, pairs


@kernel()
def _pick(start: Any, index: Any, v: int, level: Any, wanted: int, ways: Any, luck: float) -> Any:
    """A neighbour of v at a level, drawn in proportion to the paths that lead to it."""
    left = 0.0
    for k in range(start[v], start[v + 1]):
        if level[index[k]] == wanted:
            left += ways[index[k]]
    left *= luck
    chosen = -1
    for k in range(start[v], start[v + 1]):
        u = index[k]
        if level[u] == wanted:
            chosen = u
            left -= ways[u]
            if left < 0.0:
                break
    return chosen


@kernel()
def _mark(start: Any, index: Any, wanted: Any, along: Any, u: int, v: int) -> Any:
    """Count the arc u -> v if its betweenness is wanted."""
    low = start[u]
    high = start[u + 1]
    while low < high:
        middle = (low + high) // 2
        if index[middle] < v:
            low = middle + 1
        else:
            high = middle
    if wanted[low] >= 0:
        along[wanted[low]] += 1.0


@kernel()
def _grow(start: Any, index: Any, queue: Any, head: int, tail: int, level: Any, ways: Any, other: Any) -> Any:
    """Advance a search by one step: the end of its queue, the arcs of its new front, and whether it met the other."""
    end = tail
    work = 0
    met = False
    for position in range(head, tail):
        v = queue[position]
        for k in range(start[v], start[v + 1]):
            w = index[k]
            if level[w] < 0:
                level[w] = level[v] + 1
                ways[w] = ways[v]
                queue[end] = w
                end += 1
                work += start[w + 1] - start[w]
                if other[w] >= 0:
                    met = True
            elif level[w] == level[v] + 1:
                ways[w] += ways[v]
    return end, work, met


@kernel()
def _walks(
    out_start: Any,
    out_index: Any,
    in_start: Any,
    in_index: Any,
    source: Any,
    target: Any,
    luck: Any,
    wanted: Any,
    size: int,
) -> Any:
    """Draw one shortest path for each pair: how many pass through each node, and along each arc wanted."""
    n = len(out_start) - 1
    through = np.zeros(n)
    along = np.zeros(size)
    ahead = np.full(n, -1, dtype=np.int32)
    behind = np.full(n, -1, dtype=np.int32)
    ways = np.zeros(n)
    ways_back = np.zeros(n)
    queue = np.zeros(n, dtype=np.int32)
    queue_back = np.zeros(n, dtype=np.int32)
    for k in range(len(source)):
        s = source[k]
        t = target[k]
        ahead[s] = 0
        behind[t] = 0
        ways[s] = 1.0
        ways_back[t] = 1.0
        queue[0] = s
        queue_back[0] = t
        head, tail, head_back, tail_back = 0, 1, 0, 1
        work = out_start[s + 1] - out_start[s]
        work_back = in_start[t + 1] - in_start[t]
        met = False
        forward = True
        while not met and head < tail and head_back < tail_back:
            forward = work <= work_back
            if forward:
                end, work, met = _grow(out_start, out_index, queue, head, tail, ahead, ways, behind)
                head, tail = tail, end
            else:
                end, work_back, met = _grow(
                    in_start, in_index, queue_back, head_back, tail_back, behind, ways_back, ahead
                )
                head_back, tail_back = tail_back, end
        if met:
            # The two searches meet in their newest fronts only: choose where, then walk to either end.
            left = 0.0
            first, last = (head, tail) if forward else (head_back, tail_back)
            for position in range(first, last):
                v = queue[position] if forward else queue_back[position]
                if ahead[v] >= 0 and behind[v] >= 0:
                    left += ways[v] * ways_back[v]
            left *= luck[k, 0]
            middle = -1
            for position in range(first, last):
                v = queue[position] if forward else queue_back[position]
                if ahead[v] >= 0 and behind[v] >= 0:
                    middle = v
                    left -= ways[v] * ways_back[v]
                    if left < 0.0:
                        break
            if middle != s and middle != t:
                through[middle] += 1.0
            turn = 1
            v = middle
            while ahead[v] > 0:
                u = _pick(in_start, in_index, v, ahead, ahead[v] - 1, ways, luck[k, turn])
                turn += 1
                _mark(out_start, out_index, wanted, along, u, v)
                if u != s:
                    through[u] += 1.0
                v = u
            v = middle
            while behind[v] > 0:
                u = _pick(out_start, out_index, v, behind, behind[v] - 1, ways_back, luck[k, turn])
                turn += 1
                _mark(out_start, out_index, wanted, along, v, u)
                if u != t:
                    through[u] += 1.0
                v = u
        for position in range(tail):
            ahead[queue[position]] = -1
        for position in range(tail_back):
            behind[queue_back[position]] = -1
    return through, along
