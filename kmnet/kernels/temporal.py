"""Paths that respect time: who can have had something, when first, and through whom.

An *event* lets its senders pass what they hold to its receivers between ``start`` and ``stop``: a letter has one of
each, a conversation two people who are both, a workshop all who came. Two rules for moments without length (start =
stop): *strict*, what is received at t is passed on only later (its maker may pass it on at once); not strict, a chain
of events of the same moment counts. The truth lies between the two where only days are known.
"""

from __future__ import annotations

import heapq
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NOBODY = -1

Lists = tuple[NDArray[np.int64], NDArray[np.int32]]


class Events(NamedTuple):
    """Events in order of ``start``, with who may send and who may receive in each.

    ``sender``/``receiver`` hold positions of people, those of event e at ``sender_start[e]:sender_start[e + 1]``.
    """

    n: int
    start: NDArray[np.float64]
    stop: NDArray[np.float64]
    sender_start: NDArray[np.int64]
    sender: NDArray[np.int32]
    receiver_start: NDArray[np.int64]
    receiver: NDArray[np.int32]


class Arrival(NamedTuple):
    """``time`` of the earliest arrival (inf: never), ``via`` whom (-1: its source, or nobody), ``hops`` passings on the
    way (-1: never)."""

    time: NDArray[np.float64]
    via: NDArray[np.int32]
    hops: NDArray[np.int32]


def events(
    n: int,
    start: NDArray[np.floating],
    stop: NDArray[np.floating],
    senders: list[list[int]],
    receivers: list[list[int]],
) -> Events:
    """Put events in order of start (ties in the order given)."""
    order = np.argsort(start, kind="stable")

    def flat(lists: list[list[int]]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        ordered = [sorted(set(lists[k])) for k in order]
        ends = np.zeros(len(ordered) + 1, dtype=np.int64)
        np.cumsum([len(people) for people in ordered], out=ends[1:])
        return ends, np.array([person for people in ordered for person in people], dtype=np.int32)

    return Events(n, np.asarray(start, float)[order], np.asarray(stop, float)[order], *flat(senders), *flat(receivers))


def contacts(
    n: int,
    time: NDArray[np.floating],
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    directed: bool = False,
    stop: NDArray[np.floating] | None = None,
) -> Events:
    """Events of two people each."""
    pairs = list(zip(source.tolist(), target.tolist()))
    senders = [[a] if directed else [a, b] for a, b in pairs]
    receivers = [[b] if directed else [a, b] for a, b in pairs]
    return events(n, time, time if stop is None else stop, senders, receivers)


def reverse(found: Events) -> Events:
    """The same events with time and direction turned: arrivals in it are (negated) latest departures."""
    count = len(found.start)
    senders = [found.sender[found.sender_start[e] : found.sender_start[e + 1]].tolist() for e in range(count)]
    receivers = [found.receiver[found.receiver_start[e] : found.receiver_start[e + 1]].tolist() for e in range(count)]
    return events(found.n, -found.stop, -found.start, receivers, senders)


def earliest(found: Events, release: NDArray[np.floating], strict: bool) -> Arrival:
    """Earliest arrival from people who hold something from their ``release`` time on (inf: not a source).

    Cost O(k log k) for k participations: each event passes things on once, as early as anyone in it can.
    """
    n = found.n
    time, via, hops = release.astype(float).tolist(), [NOBODY] * n, [0 if t < np.inf else -1 for t in release]
    start, stop = found.start.tolist(), found.stop.tolist()
    receiver, ends = found.receiver.tolist(), found.receiver_start.tolist()
    mine = _by_person(found)
    done = [False] * len(start)
    heap = [(t, 0, i) for i, t in enumerate(time) if t < np.inf]
    heapq.heapify(heap)
    while heap:
        now, step, person = heapq.heappop(heap)
        if (now, step) != (time[person], hops[person]):
            continue
        for e in mine[person]:
            if done[e]:
                continue
            moment = start[e] == stop[e]
            late = now > start[e] or (now == start[e] and strict and step > 0) if moment else now >= stop[e]
            if late:
                continue
            done[e] = True
            then = max(now, start[e])
            for other in receiver[ends[e] : ends[e + 1]]:
                if (then, step + 1) < (time[other], hops[other] if time[other] < np.inf else n + 1):
                    time[other], hops[other], via[other] = then, step + 1, person
                    heapq.heappush(heap, (then, step + 1, other))
    return Arrival(np.array(time), np.array(via, dtype=np.int32), np.array(hops, dtype=np.int32))


def _by_person(found: Events) -> list[list[int]]:
    mine: list[list[int]] = [[] for _ in range(found.n)]
    ends = found.sender_start.tolist()
    for e in range(len(found.start)):
        for person in found.sender[ends[e] : ends[e + 1]].tolist():
            mine[person].append(e)
    return mine


def reached(found: Events, release: NDArray[np.floating], silent: int = NOBODY) -> NDArray[np.bool_]:
    """Who is reached, for many releases at once under the strict rule, shape (releases, n).

    Parameters
    ----------
    release : float array, shape (releases, n)
        As in :func:`earliest`. Only moments without length are allowed here.
    silent : int, optional
        One person who passes nothing on.
    """
    # What a person holds is one whole number, a bit a release: passing on is one "or".
    count, n = release.shape
    held = [0] * n
    begins = sorted((t, i, 1 << k) for k, row in enumerate(release.tolist()) for i, t in enumerate(row) if t < np.inf)
    start, sender, receiver = found.start.tolist(), found.sender.tolist(), found.receiver.tolist()
    sends, receives = found.sender_start.tolist(), found.receiver_start.tolist()
    next_, e = 0, 0
    while e < len(start):
        now, new = start[e], []
        while next_ < len(begins) and begins[next_][0] <= now:
            held[begins[next_][1]] |= begins[next_][2]
            next_ += 1
        while e < len(start) and start[e] == now:
            some = 0
            for i in sender[sends[e] : sends[e + 1]]:
                if i != silent:
                    some |= held[i]
            if some:
                new.append((e, some))
            e += 1
        for event, some in new:
            for i in receiver[receives[event] : receives[event + 1]]:
                held[i] |= some
    for _, i, bit in begins[next_:]:
        held[i] |= bit
    width = (count + 7) // 8
    packed = np.frombuffer(b"".join(h.to_bytes(width, "little") for h in held), dtype=np.uint8).reshape(n, width)
    return np.unpackbits(packed, axis=1, bitorder="little", count=count).T.astype(bool)


def retimed(found: Events, order: NDArray[np.integer]) -> Events:
    """The same meetings with their times shuffled: event ``order[k]`` takes the k-th time."""
    count = np.diff(found.sender_start)[order], np.diff(found.receiver_start)[order]

    def taken(ends: NDArray[np.int64], size: NDArray[np.int64], people: NDArray[np.int32]) -> Lists:
        start = np.zeros(len(size) + 1, dtype=np.int64)
        np.cumsum(size, out=start[1:])
        at = np.arange(start[-1]) - np.repeat(start[:-1], size) + np.repeat(ends[:-1][order], size)
        return start, people[at]

    senders = taken(found.sender_start, count[0], found.sender)
    receivers = taken(found.receiver_start, count[1], found.receiver)
    return Events(found.n, found.start, found.stop, *senders, *receivers)
