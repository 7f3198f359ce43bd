"""Safety limits: what would take too much memory or time is refused before it is built or measured."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from kmnet.errors import LimitError, Problem
from kmnet.kernels.triangles import looked_at
from kmnet.network.network import Network


def crowd(size: NDArray[np.integer], n: int, limit: int) -> None:
    """Refuse a crowd before its ties are built: each event ties everybody who came, and there are only so many pairs.

    Parameters
    ----------
    size : integer array
        People at each event.
    n : int
        People of the network.
    limit : int
        Ties that it may have.

    Raises
    ------
    LimitError
        KM501.
    """
    met = int(sum(int(k) * (int(k) - 1) // 2 for k in size))
    ties = min(met, n * (n - 1) // 2)
    if ties > limit:
        message = (
            f"being at the same event would make up to {ties:,} ties; the limit is {limit:,} "
            f"(the largest event has {int(size.max()):,} people)"
        )
        raise LimitError(Problem.of("KM501", message))


def dense(networks: Iterable[Network], limit: int) -> None:
    """Refuse networks with more pairs of contacts to look at for triangles than ``limit``, before they are measured.

    Raises
    ------
    LimitError
        KM508, one for each name of a network.
    """
    found: dict[str, Problem] = {}
    for network in networks:
        n, name = network.n, network.label.network
        if n * (n - 1) * (n - 2) // 6 > limit and name not in found and (work := looked_at(network.mutual)) > limit:
            message = (
                f"network {name}: {network.m:,} ties among {n:,} people make {work:,} pairs of contacts to look at; "
                f"the limit is {limit:,}"
            )
            found[name] = Problem.of("KM508", message)
    if found:
        raise LimitError(list(found.values()))
