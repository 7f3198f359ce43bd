"""What goes with being tied: correlations and regressions of whole networks that a study asks for, with p by renaming
people (QAP, MRQAP)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from kmnet.compare import mrqap
from kmnet.compare.change import Row
from kmnet.compare.comparison import Comparison
from kmnet.compare.effect import affordable_draws
from kmnet.compare.panel import Panel, matrix
from kmnet.kernels import logit
from kmnet.network.network import Network

Method = Literal["correlation", "double_semi_partialling", "freedman_lane", "y_permutation"]

FEWEST, LARGEST = 10, 1000
"""People between whom there are too few pairs, and too many."""

REFITS = 1_000_000
"""Rows x draws that are refitted one by one where the model is logistic (199 draws at least)."""


@dataclass(frozen=True, eq=False)
class Model:
    """One question: does the outcome go with the predictors?

    Parameters
    ----------
    outcome : Network
        Its ties are the outcome; people who did not answer, and facilitators, are left out.
    predictors : mapping of str to float array, shape (n, n)
        On the people of the outcome, in its order.
    known : bool array, shape (n,)
        Whose values of every predictor are known.
    method : str
        correlation (each predictor by itself), or how a regression renames people.
    logistic : bool
        Odds of a tie in place of its chance.
    blocks : integer array, shape (n,), optional
        People change names only within a block.
    members : bool array, shape (n, cohorts), optional
        Pairs that share no cohort are not looked at.
    place : int
        Its place in the config, from 1; 0 is the comparison of the two moments.
    """

    outcome: Network
    predictors: Mapping[str, NDArray[Any]]
    known: NDArray[np.bool_]
    method: Method = "double_semi_partialling"
    logistic: bool = False
    blocks: NDArray[np.integer] | None = None
    members: NDArray[np.bool_] | None = None
    place: int = 0


def stability(pair: Comparison, part: Panel, draws: int, seed: int, key: int) -> Iterator[Row]:
    """How far the network after is that before: their correlation among those who answered both times; not of ties that
    are imposed."""
    before, after = part.complete
    if after.layer == "imposed" or not FEWEST <= after.n <= LARGEST:
        return
    members = part.members[part.answered]
    many = members.shape[1] > 1
    model = Model(
        after, {before.label.moment: matrix(before)}, np.ones(after.n, dtype=bool), "correlation",
        members=members if many else None,
    )  # fmt: skip
    yield from rows(model, draws, seed, key)


def rows(model: Model, draws: int, seed: int, key: int) -> Iterator[Row]:
    """Rows of the associations table: one a term, the intercept of a regression first."""
    network = model.outcome
    label = network.label
    keep = network.present & network.answered & ~network.facilitator & model.known
    base: Row = {
        "network": label.network, "cohort": label.cohort, "moment": label.moment, "model": str(model.place),
        "method": model.method,
        "family": "" if model.method == "correlation" else "logistic" if model.logistic else "linear",
        "people": int(keep.sum()),
    }  # fmt: skip
    why = _obstacle(int(keep.sum()))
    if why:
        yield base | {"term": ", ".join(model.predictors), "note": why}
        return
    found = _matrices(model, keep)
    blocks = _blocks(model, keep)
    if model.method == "correlation":
        yield from (base | row for row in _correlations(found, draws, seed + key, blocks))
        return
    names, why = _undefined(found, model.logistic)
    if why:
        yield base | {"term": ", ".join(names), "rows": len(found.i), "note": why}
        return
    yield from (base | row for row in _regression(model, found, draws, seed + key, blocks))


def _obstacle(people: int) -> str:
    if people < FEWEST:
        return f"{people} people with an answer: too few"
    return f"{people} people: too many for renaming all of them" if people > LARGEST else ""


def _undefined(found: mrqap.Matrices, logistic: bool) -> tuple[Sequence[str], str]:
    """Why a regression has no coefficients, and the terms that it hangs on; empty where it has."""
    design, y = found.design, found.y[found.i, found.j]
    if not np.ptp(y):
        return found.names, "all pairs are tied, or none is"
    free = logit.independent(design)
    lost = [found.names[k - 1] for k in range(1, design.shape[1]) if k not in free]
    if lost:
        return lost, "the same for all pairs, or told by the others"
    if logistic and not logit.fit(design, y, firth=False).settled:
        return found.names, "the predictors tell of some pairs for certain whether they are tied: the odds have no end"
    return (), ""


def _matrices(model: Model, keep: NDArray[np.bool_]) -> mrqap.Matrices:
    at = np.ix_(keep, keep)
    directed = model.outcome.directed
    x = {name: (values if directed else np.maximum(values, values.T))[at] for name, values in model.predictors.items()}
    mask = None
    if model.members is not None:
        inside = model.members[keep].astype(np.float32)
        mask = inside @ inside.T > 0
    return mrqap.matrices(matrix(model.outcome)[at], x, mask, directed=directed)


def _blocks(model: Model, keep: NDArray[np.bool_]) -> NDArray[np.integer] | None:
    """People who may change names: of one block, and of the same cohorts."""
    parts = [np.asarray(b)[keep] for b in (model.blocks,) if b is not None]
    if model.members is not None:
        parts.append(np.unique(model.members[keep], axis=0, return_inverse=True)[1].reshape(-1))
    return np.unique(np.column_stack(parts), axis=0, return_inverse=True)[1].reshape(-1) if parts else None


def _correlations(found: mrqap.Matrices, draws: int, seed: int, blocks: NDArray[np.integer] | None) -> Iterator[Row]:
    for k, name in enumerate(found.names):
        made = mrqap.correlated(found, k, affordable_draws(draws, len(found.i)), seed, blocks)
        row: Row = {"term": name, "rows": len(found.i), "draws": made.draws}
        if made.r == made.r:
            yield row | {"estimate": made.r, "p": made.p}
        else:
            yield row | {"note": "one of the two is the same for all pairs"}


def _regression(
    model: Model, found: mrqap.Matrices, draws: int, seed: int, blocks: NDArray[np.integer] | None
) -> Iterator[Row]:
    draws = affordable_draws(draws, len(found.i))
    if model.logistic:
        draws = min(draws, max(199, REFITS // max(len(found.i), 1)))
    if model.method == "freedman_lane":
        made = mrqap.freedman_lane(found, draws, seed, blocks)
    else:
        scheme = mrqap.y_permutation if model.method == "y_permutation" else mrqap.double_semi_partialling
        made = scheme(found, draws, seed, blocks, logistic=model.logistic)
    for term in made.terms:
        row: Row = {
            "term": term.name, "estimate": term.estimate, "statistic": term.statistic, "rows": made.rows, "draws": draws
        }  # fmt: skip
        yield (
            row
            | ({"p": term.p} if term.p == term.p else {})
            | ({} if model.logistic else {"r_squared": made.r_squared})
        )


def every(models: Sequence[Model], draws: int, seed: int) -> list[Row]:
    """Rows of all models that a study asks for."""
    return [row for k, model in enumerate(models) for row in rows(model, draws, seed, 1000 + k)]
