"""How many events two people share by chance: four null models of an attendance table, all exact.

* SDSM: every cell is drawn alone, with the probabilities that keep all row and column sums on average and are otherwise
  as random as can be (BiCM); the shared events of a pair follow a Poisson-binomial law.
* fixed row: each person keeps the number of events, any events; a hypergeometric law.
* fixed column: each event keeps the number of people, any people; a Poisson-binomial law.
* fixed fill: only the number of attendances stays.

People with equal numbers of events are alike to all four, and so are events of equal size: laws are computed once a pair
of such classes of people, over classes of events. A law is given for 0 to ``most`` shared events.
"""

from __future__ import annotations

from math import comb
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.integer]

STEPS = 200
"""Newton steps at most; a dozen are usual."""


class Cells(NamedTuple):
    """Probabilities of a BiCM by class: ``p`` (row classes, column classes), the class of each row and of each column, and
    how many columns a class has."""

    p: Array
    row_class: NDArray[np.intp]
    column_class: NDArray[np.intp]
    columns: NDArray[np.int64]

    @property
    def whole(self) -> Array:
        """The probability of every cell, shape (rows, columns)."""
        return self.p[self.row_class][:, self.column_class]


def bicm(row: Counts, column: Counts) -> Cells:
    """Probability of each cell given the row and column sums.

    Maximum entropy with the expected sums equal to those given (Saracco et al. 2015): p = xy / (1 + xy). Rows and
    columns that are empty or full are set aside first, as no finite x fits them. Cells of equal sums have equal
    probabilities, so the fit is over classes: Newton's method on the (concave) likelihood, to 1e-13 of each sum.
    """
    (r, row_class, many_r), (c, column_class, many_c) = (
        np.unique(np.asarray(x, dtype=np.int64), return_inverse=True, return_counts=True) for x in (row, column)
    )
    p = np.full((len(r), len(c)), np.nan)
    rows, columns = np.arange(len(r)), np.arange(len(c))
    left_r, left_c = r.copy(), c.copy()
    while len(rows) and len(columns):
        wide, high = int(many_c[columns].sum()), int(many_r[rows].sum())
        mine, theirs = left_r[rows], left_c[columns]
        # a full row takes one from every column left, and the other way round
        if (mine == 0).any() or (mine == wide).any():
            p[np.ix_(rows[mine == 0], columns)], p[np.ix_(rows[mine == wide], columns)] = 0.0, 1.0
            left_c[columns] -= int(many_r[rows[mine == wide]].sum())
            rows = rows[(mine > 0) & (mine < wide)]
        elif (theirs == 0).any() or (theirs == high).any():
            p[np.ix_(rows, columns[theirs == 0])], p[np.ix_(rows, columns[theirs == high])] = 0.0, 1.0
            left_r[rows] -= int(many_c[columns[theirs == high]].sum())
            columns = columns[(theirs > 0) & (theirs < high)]
        else:
            p[np.ix_(rows, columns)] = _fit(mine, many_r[rows], theirs, many_c[columns])
            break
    return Cells(p, row_class.reshape(-1), column_class.reshape(-1), many_c.astype(np.int64))


def _fit(r: Counts, many_r: Counts, c: Counts, many_c: Counts) -> Array:
    """The BiCM of a table without empty or full rows and columns: sums of each class, and how many it has."""
    fill = float((r * many_r).sum())
    a, b = np.log(r / np.sqrt(fill)), np.log(c / np.sqrt(fill))
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-(a[:, None] + b[None, :])))
        miss_a, miss_b = r - p @ many_c, c - many_r @ p
        if max(np.abs(miss_a / r).max(), np.abs(miss_b / c).max()) < 1e-13:
            break
        spread = p * (1 - p)
        top = np.hstack([np.diag(spread @ many_c), spread * many_c])
        low = np.hstack([(spread * many_r[:, None]).T, np.diag(many_r @ spread)])
        # a + t, b - t is the same model: the smallest step of all that solve the system
        step = np.linalg.lstsq(np.vstack([top, low]), np.concatenate([miss_a, miss_b]), rcond=1e-12)[0]
        step *= min(1.0, 2.0 / max(np.abs(step).max(), 1e-300))
        a, b = a + step[: len(a)], b + step[len(a) :]
    return np.asarray(p)


def poisson_binomial(p: Array, trials: Counts, most: int) -> Array:
    """Laws of the number of successes, 0 to ``most``, one a row of ``p``.

    Parameters
    ----------
    p : float array, shape (laws, classes)
        Probability of success.
    trials : integer array, shape (classes,)
        How many trials have it.
    most : int
        Largest number of successes that is wanted. Time O(laws x classes x log(trials) x most^2).
    """
    law = np.zeros((len(p), most + 1))
    law[:, 0] = 1.0
    for k, many in enumerate(trials.tolist()):
        power = np.zeros((len(p), most + 1))
        power[:, 0] = 1 - p[:, k]
        power[:, 1:2] = p[:, k, None]
        while many:
            if many % 2:
                law = _both(law, power)
            many //= 2
            if many:
                power = _both(power, power)
    return law


def _both(one: Array, other: Array) -> Array:
    """Laws of the sum of two independent numbers, row by row."""
    found = np.zeros_like(one)
    for k in np.flatnonzero(other.any(axis=0)).tolist():
        found[:, k:] += one[:, : one.shape[1] - k] * other[:, k, None]
    return found


def upper_tails(law: Array) -> Array:
    """P(at least k) for every k, from the smallest terms up so that small tails keep their digits."""
    return np.minimum(np.cumsum(law[:, ::-1], axis=1)[:, ::-1], 1.0)


def sdsm_laws(cells: Cells, pairs: NDArray[np.integer], most: int) -> Array:
    """Laws of the events shared by each pair of rows (pairs, 2) under the cell probabilities, exact."""
    one, other = (cells.p[cells.row_class[pairs[:, k]]] for k in (0, 1))
    return poisson_binomial(one * other, cells.columns, most)


def hypergeometric_law(events: int, one: int, other: int, most: int) -> Array:
    """Law of shared events when each of the two went to that many of the events, any of them; exact."""
    whole = comb(events, other)
    law = np.zeros(most + 1)
    for k in range(min(most, one, other) + 1):
        law[k] = comb(one, k) * comb(events - one, other - k) / whole
    return law


def fixed_column_law(column: Counts, people: int, most: int) -> Array:
    """Law of shared events when each event drew its number of people at random; exact, and one for all pairs."""
    size, many = np.unique(column, return_counts=True)
    return poisson_binomial((size * (size - 1.0) / (people * (people - 1)))[None, :], many, most)[0]


def fixed_fill_law(people: int, events: int, fill: int, most: int) -> Array:
    """Law of shared events when ``fill`` attendances fell anywhere in the table; exact, and one for all pairs.

    The pair's two rows hold s of them by a hypergeometric law; given s, k events are shared in
    C(W, k) C(W - k, s - 2k) 2^(s - 2k) ways. Both laws are followed from term to term by the ratio of neighbours.
    """
    cells, rest = 2 * events, (people - 2) * events
    low, high = max(0, fill - rest), min(cells, fill)
    s = np.arange(low, high, dtype=np.float64)
    held = _followed(np.log((cells - s) * (fill - s)) - np.log((s + 1) * (rest - fill + s + 1)))
    law = np.zeros(most + 1)
    for total, chance in zip(range(low, high + 1), held.tolist()):
        if chance == 0.0:
            continue
        first, last = max(0, total - events), total // 2
        if first > most:
            break
        k = np.arange(first, last, dtype=np.float64)
        ratio = np.log((total - 2 * k) * (total - 2 * k - 1)) - np.log(4 * (k + 1) * (events - total + k + 1))
        upto = min(last, most) + 1
        law[first:upto] += chance * _followed(ratio)[: upto - first]
    return law


def _followed(log_ratio: Array) -> Array:
    """A law from the logarithms of the ratios of neighbouring terms."""
    term = np.concatenate([[0.0], np.cumsum(log_ratio)])
    term = np.exp(term - term.max())
    return term / term.sum()
