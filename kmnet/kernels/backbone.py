"""How many events two people share by chance: four null models of an attendance table, all exact.

* SDSM: every cell is drawn alone, with the probabilities that keep all row and column sums on average and are otherwise
  as random as can be (BiCM); the shared events of a pair follow a Poisson-binomial law.
* fixed row: each person keeps the number of events, any events; a hypergeometric law.
* fixed column: each event keeps the number of people, any people; a Poisson-binomial law.
* fixed fill: only the number of attendances stays.

People with equal numbers of events are alike to all four, so laws are computed once a pair of such classes.
"""

from __future__ import annotations

from math import comb

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STEPS = 200
"""Newton steps at most; a dozen are usual."""


def bicm(row: NDArray[np.integer], column: NDArray[np.integer]) -> Array:
    """Probability of each cell given the row and column sums, shape (rows, columns).

    Maximum entropy with the expected sums equal to those given (Saracco et al. 2015): p = xy / (1 + xy). Rows and
    columns that are empty or full are set aside first, as no finite x fits them. Cells of equal sums have equal
    probabilities, so the fit is over classes: Newton's method on the (concave) likelihood, to 1e-13 of each sum.
    """
    row, column = np.asarray(row, dtype=np.int64), np.asarray(column, dtype=np.int64)
    cell = np.full((len(row), len(column)), np.nan)
    rows, columns = np.arange(len(row)), np.arange(len(column))
    r, c = row, column
    while len(rows) and len(columns):
        # a full row takes one from every column left, and the other way round
        if (r == 0).any() or (r == len(columns)).any():
            full, keep = r == len(columns), (r > 0) & (r < len(columns))
            cell[np.ix_(rows[r == 0], columns)], cell[np.ix_(rows[full], columns)] = 0.0, 1.0
            c = c - int(full.sum())
            rows, r = rows[keep], r[keep]
        elif (c == 0).any() or (c == len(rows)).any():
            full, keep = c == len(rows), (c > 0) & (c < len(rows))
            cell[np.ix_(rows, columns[c == 0])], cell[np.ix_(rows, columns[full])] = 0.0, 1.0
            r = r - int(full.sum())
            columns, c = columns[keep], c[keep]
        else:
            cell[np.ix_(rows, columns)] = _fit(r, c)
            break
    return cell


def _fit(row: NDArray[np.integer], column: NDArray[np.integer]) -> Array:
    """The BiCM of a table without empty or full rows and columns."""
    (r, row_class, many_r), (c, column_class, many_c) = (
        np.unique(x, return_inverse=True, return_counts=True) for x in (row, column)
    )
    a, b = np.log(r / np.sqrt(row.sum())), np.log(c / np.sqrt(row.sum()))
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
    return np.asarray(p[row_class][:, column_class])


def poisson_binomial(p: Array) -> Array:
    """Laws of the number of successes, one a row of ``p`` (laws, trials). O(laws x trials^2)."""
    laws, trials = p.shape
    law = np.zeros((laws, trials + 1))
    law[:, 0] = 1.0
    for t in range(trials):
        hit = p[:, t, None]
        law[:, 1 : t + 2] = law[:, 1 : t + 2] * (1 - hit) + law[:, : t + 1] * hit
        law[:, 0] *= 1 - hit[:, 0]
    return law


def upper_tails(law: Array) -> Array:
    """P(at least k) for every k, from the smallest terms up so that small tails keep their digits."""
    return np.minimum(np.cumsum(law[:, ::-1], axis=1)[:, ::-1], 1.0)


def sdsm_laws(cell: Array, pairs: NDArray[np.integer]) -> Array:
    """Laws of the events shared by each pair of rows (pairs, 2) under the cell probabilities, exact."""
    return poisson_binomial(cell[pairs[:, 0]] * cell[pairs[:, 1]])


def hypergeometric_law(events: int, one: int, other: int) -> Array:
    """Law of shared events when each of the two went to that many of the events, any of them; exact."""
    whole = comb(events, other)
    return np.array(
        [comb(one, k) * comb(events - one, other - k) / whole if k <= other else 0.0 for k in range(events + 1)]
    )


def fixed_column_law(column: NDArray[np.integer], people: int) -> Array:
    """Law of shared events when each event drew its number of people at random; exact, and one for all pairs."""
    size = np.asarray(column, dtype=float)
    return poisson_binomial((size * (size - 1) / (people * (people - 1)))[None, :])[0]


def fixed_fill_law(people: int, events: int, fill: int) -> Array:
    """Law of shared events when ``fill`` attendances fell anywhere in the table; exact, and one for all pairs.

    With s of them in the pair's two rows, k events are shared in C(W, k) C(W - k, s - 2k) 2^(s - 2k) ways.
    """
    whole = comb(people * events, fill)
    elsewhere = [comb((people - 2) * events, fill - s) if s <= fill else 0 for s in range(2 * events + 1)]
    law = []
    for k in range(events + 1):
        ways = sum(
            comb(events - k, s - 2 * k) * (1 << (s - 2 * k)) * elsewhere[s] for s in range(2 * k, events + k + 1)
        )
        law.append(comb(events, k) * ways / whole)
    return np.array(law)
