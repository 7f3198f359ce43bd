"""Where names stand in a picture: beside their symbols or a little off, where they cover nobody."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Line = tuple[float, float, float, float]
Placed = tuple[float, float, str, list[Line]]
"""Middle and base line of a name, its text, and the line to its symbol where it stands off."""

RINGS = (12.0, 24.0, 38.0, 54.0, 72.0, 92.0)
"""How far off a name may stand that finds no room beside its symbol."""
ACROSS, ABOVE, BELOW = 6.7, 11.0, 4.0
"""Usual width of a sign, and room over and under the base line, at the size of names."""


def placed(
    place: NDArray[np.float64], radius: NDArray[np.float64], names: Mapping[int, str], width: float, bottom: float
) -> list[Placed]:
    """Names beside, over or under their symbols, else on a ring round them, where they cover fewest symbols.

    Parameters
    ----------
    place, radius : ndarray of shape (n, 2) and (n,)
        Symbols in points, the origin at the top left.
    names : mapping of position to text
        In the order of their importance: one that would cover an earlier name is left out.
    width, bottom : float
        Right and lower edge of the picture, which names do not leave.
    """
    low, high = place - radius[:, None], place + radius[:, None]
    taken: list[Line] = []
    out: list[Placed] = []
    for k, text in names.items():
        (x, y), r, wide = place[k].tolist(), float(radius[k]), ACROSS * len(text)
        best: tuple[float, int, float, float, Line] | None = None
        for ring, u, v in _spots(x, y, r, wide):
            box = (u - wide / 2, v - ABOVE, u + wide / 2, v + BELOW)
            inside = box[0] >= 2 and box[1] >= 20 and box[2] <= width - 2 and box[3] <= bottom
            if not inside or any(_overlap(box, other) for other in taken):
                continue
            met = (low[:, 0] < box[2]) & (high[:, 0] > box[0]) & (low[:, 1] < box[3]) & (high[:, 1] > box[1])
            cost = 10 * float(met.sum()) + ring
            if best is None or cost < best[0]:
                best = (cost, ring, u, v, box)
        if best is not None:
            _, ring, u, v, box = best
            taken.append(box)
            out.append((u, v, text, [_lead(x, y, r, box)] if ring else []))
    return out


def _spots(x: float, y: float, r: float, wide: float) -> Iterator[tuple[int, float, float]]:
    """(ring, middle, base line) of the places that a name may have, the nearest first."""
    beside = r + 3 + wide / 2
    yield from ((0, x + beside, y + BELOW), (0, x - beside, y + BELOW), (0, x, y - r - BELOW), (0, x, y + r + 13))
    for ring, far in enumerate(RINGS, 1):
        for step in range(16):
            across, down = math.cos(step * math.pi / 8), math.sin(step * math.pi / 8)
            side = 0.0 if abs(across) < 0.3 else math.copysign(wide / 2, across)
            base = BELOW if abs(down) < 0.3 else (ABOVE if down > 0 else -BELOW)
            yield ring, x + (r + far) * across + side, y + (r + far) * down + base


def _lead(x: float, y: float, r: float, box: Line) -> Line:
    """From the edge of a symbol to the nearest point of a name's box."""
    near = (min(max(x, box[0]), box[2]), min(max(y, box[1] + 2), box[3] - 2))
    away = math.hypot(near[0] - x, near[1] - y) or 1.0
    return (x + (near[0] - x) * r / away, y + (near[1] - y) * r / away, *near)


def _overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two boxes (left, top, right, bottom) meet."""
    return all(one[k] < other[k + 2] and other[k] < one[k + 2] for k in (0, 1))
