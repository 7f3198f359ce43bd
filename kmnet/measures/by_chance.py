"""Numbers that depend on a network's size, beside what chance would give in networks of the same size.

The same way of making ties gives other path lengths, centralisations and transitivities among 15 people than among 60,
so across cohorts, moments and programmes such numbers are compared with what chance gives and not with each other
(Anderson, Butts & Carley 1999; Faust 2006). Described only: chance is no programme in which nothing happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import nulls, shuffle
from kmnet.measures.run import Measured
from kmnet.measures.views import over, returned, standard
from kmnet.network.network import Label, Network
from kmnet.network.windows import ALL

MEASURES = (
    "mean_path_length", "global_efficiency", "reachable_pairs_share", "transitivity", "reciprocity",
    "degree_centralisation", "in_degree_centralisation", "out_degree_centralisation",
)  # fmt: skip
"""Network measures that are told beside chance, in this order."""

KEPT: Mapping[str, frozenset[str]] = {
    "same_degrees": frozenset(("in_degree_centralisation", "out_degree_centralisation")),
    "same_ties": frozenset(),
    "same_dyads": frozenset(("reciprocity",)),
}
"""The ways of drawing, the default first, and what each keeps as it is, which therefore says nothing beside it."""

MOST_DRAWS, FEWEST_DRAWS = 200, 50
"""Networks drawn in each way; the fewest of up to :data:`LARGE` ties, half of them beyond."""

BUDGET = 10_000
"""Ties x networks drawn: the numbers of large networks vary little from draw to draw, and cost much."""

LARGE = 2_000
MOST_PEOPLE = 1_000
"""Beyond, drawing would take longer than everything else, and values by chance hardly vary."""
FEWEST = 10
"""People, and ties, below which nothing is drawn."""

NO_Z = "Chance gives this one value only, or a value in fewer than two of the networks drawn."
NO_RATIO = "Chance gives nought, or no value."

COLUMNS = ("measure", "model", "people", "observed", "expected", "sd", "z", "ratio", "draws")


def why_not(network: Network, several: bool) -> str:
    """Why a network has no rows; empty where it has.

    Parameters
    ----------
    several : bool
        Whether the network holds people of several cohorts.
    """
    if network.layer == "imposed":
        return "the programme made these ties"
    if several:
        return "chance would tie people of different cohorts, who could not meet"
    if network.n < FEWEST or network.m < FEWEST:
        return f"fewer than {FEWEST} people or ties"
    return f"more than {MOST_PEOPLE:,} people" if network.n > MOST_PEOPLE else ""


def draws_for(ties: int) -> int:
    """Networks drawn of so many ties: one of four numbers, as a number that followed every tie would tell how many there
    are where only rounded numbers may be shown."""
    draws, fewest = MOST_DRAWS, FEWEST_DRAWS if ties <= LARGE else FEWEST_DRAWS // 2
    while draws > fewest and draws * ties > BUDGET:
        draws //= 2
    return draws


def every(
    networks: Sequence[Network], measured: Mapping[Label, Measured], seed: int
) -> Iterator[tuple[Label, dict[str, Any]]]:
    """Rows of each network that has any, once: without programme staff where there are some."""
    labels = {network.label for network in networks}
    cohorts = {(label.network, label.cohort) for label in labels}
    for network in networks:
        label = network.label
        if label.facilitators == "with" and replace(label, facilitators="without") in labels:
            continue
        several = label.cohort == ALL and any(name == label.network and cohort != ALL for name, cohort in cohorts)
        present = network.among_present
        if not why_not(present, several):
            yield label, by_chance(present, measured[label].network, seed)


def by_chance(network: Network, measured: Mapping[str, float], seed: int) -> dict[str, Any]:
    """Rows of the table of numbers beside chance, without the network's own key columns.

    Parameters
    ----------
    network : Network
        For which :func:`why_not` says nothing.
    measured : mapping of str to float
        Its measures; those of :data:`MEASURES` that are defined have rows.
    seed : int
        The study's seed.

    Returns
    -------
    dict of str to list or array
        One row a measure and way of drawing: ``same_degrees`` (everybody keeps their numbers of ties, in and out where
        directed; rewiring), ``same_ties`` (conditional uniform graphs given people and ties) and, where directed,
        ``same_dyads`` (given the numbers of pairs tied both ways and one way). ``expected`` and ``sd`` are of the
        networks drawn in which the measure is defined, ``z`` is (observed - expected) / sd, ``ratio`` is observed /
        expected.
    """
    found: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    number = draws_for(network.m)
    for model, draw in _MODELS.items():
        if model == "same_dyads" and not network.directed:
            continue
        label = network.label
        task = shuffle.words("by_chance", label.network, label.cohort, label.moment, label.facilitators, model)
        drawn = draw(network, number, shuffle.generator(seed, *task))
        values = nulls.statistics(network.n, drawn, network.directed)
        kept = KEPT[model]
        if model == "same_degrees" and not network.directed:
            kept |= {"degree_centralisation"}  # contacts are degrees then
        for name in MEASURES:
            if name in values and name not in kept and np.isfinite(measured.get(name, np.nan)):
                row = (name, model, network.n, measured[name], *_moments(values[name], measured[name]), number)
                for column, cell in zip(COLUMNS, row):
                    found[column].append(cell)
    return found


def _moments(values: NDArray[np.float64], observed: float) -> tuple[float, float, float, float]:
    """Mean and standard deviation of what was drawn, and the observed value beside them."""
    known = values[np.isfinite(values)]
    if len(known) < 2:
        return (float("nan"),) * 4
    mean, sd = known.mean(), known.std(ddof=1)
    z = float(standard(np.array(observed), np.array(mean), np.array(sd)))
    return float(mean), float(sd), z, float(over(np.array(observed), np.array(mean)))


def _ends(network: Network) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return network.source.astype(np.int64), network.target.astype(np.int64)


def _same_degrees(network: Network, draws: int, generator: np.random.Generator) -> nulls.Drawn:
    return nulls.rewired(network.n, *_ends(network), network.directed, draws, generator)


def _same_ties(network: Network, draws: int, generator: np.random.Generator) -> nulls.Drawn:
    return nulls.same_ties(network.n, network.m, network.directed, draws, generator)


def _same_dyads(network: Network, draws: int, generator: np.random.Generator) -> nulls.Drawn:
    both = int(returned(network).sum()) // 2
    return nulls.same_dyads(network.n, both, network.m - 2 * both, draws, generator)


_MODELS: Mapping[str, Callable[[Network, int, np.random.Generator], nulls.Drawn]] = {
    "same_degrees": _same_degrees,
    "same_ties": _same_ties,
    "same_dyads": _same_dyads,
}
