"""Organisations seen through their people: how many, and whom their ties reach."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.network.network import MISSING, Network


def organisations(network: Network) -> dict[str, NDArray]:
    """Columns of the table ``organisations`` for one network: id, people, ties, inside, partners.

    A tie between people of two organisations counts once for each of the two; people without an organisation belong
    to none. Empty where people have no organisation column.
    """
    partition = network.groups.get("organisation")
    if partition is None:
        return {}
    k = len(partition.names)
    a, b = partition.code[network.source], partition.code[network.target]
    across = a != b
    ties = np.bincount(a[across], minlength=k) + np.bincount(b[across], minlength=k)
    inside = np.bincount(a[~across], minlength=k)
    linked = np.zeros((k, k), dtype=bool)
    real = np.array([name != MISSING for name in partition.names], dtype=bool)
    linked[a[across], b[across]] = linked[b[across], a[across]] = True
    linked &= real[None, :]
    return {
        "id": np.array(partition.names, dtype=object)[real],
        "people": partition.sizes[real],
        "ties": ties[real],
        "inside": inside[real],
        "partners": linked.sum(axis=1)[real],
    }
