"""What chance would do: how many events two people share if only some sums of the attendance table are kept.

To add a null model, write one function with ``@null_model`` here; it then stands in the tables of co-attendance beyond
chance. The first is the one that is reported first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import backbone as kernel

Counts = NDArray[np.int64]
Laws = Callable[[Counts, Counts, Counts, int], NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class NullModel:
    """A null model of attendance.

    ``laws(row, column, classes, most)`` gives the probability of sharing 0, 1, ... ``most`` events, one row a class of
    pairs, or one row for all of them: ``row`` holds the events of each person, ``column`` the people of each event,
    ``classes`` the two persons' numbers of events, smaller first.
    """

    name: str
    keeps: str
    laws: Laws


def null_model(keeps: str) -> Callable[[Laws], NullModel]:
    """Make a function a null model; ``keeps`` says which sums of the table are kept."""
    return lambda laws: NullModel(laws.__name__, keeps, laws)


@null_model(keeps="how often each person came and how many came to each event, both on average")
def sdsm(row: Counts, column: Counts, classes: Counts, most: int) -> NDArray[np.float64]:
    """Independent cells with the probabilities of the bipartite configuration model (Neal 2014), exact."""
    example = {int(r): k for k, r in enumerate(row)}  # people of as many events have one row of probabilities
    pairs = np.array([[example[int(a)], example[int(b)]] for a, b in classes])
    return kernel.sdsm_laws(kernel.bicm(row, column), pairs, most)


@null_model(keeps="how often each person came")
def fixed_row(row: Counts, column: Counts, classes: Counts, most: int) -> NDArray[np.float64]:
    """Each person at as many events as they came to, every choice as likely: hypergeometric."""
    return np.array([kernel.hypergeometric_law(len(column), int(a), int(b), most) for a, b in classes])


@null_model(keeps="how many people came to each event")
def fixed_column(row: Counts, column: Counts, classes: Counts, most: int) -> NDArray[np.float64]:
    """Each event with as many people as it had, every choice as likely."""
    return kernel.fixed_column_law(column, len(row), most)[None, :]


@null_model(keeps="how many attendances there were in all")
def fixed_fill(row: Counts, column: Counts, classes: Counts, most: int) -> NDArray[np.float64]:
    """As many attendances as there were, every table as likely."""
    return kernel.fixed_fill_law(len(row), len(column), int(row.sum()), most)[None, :]
