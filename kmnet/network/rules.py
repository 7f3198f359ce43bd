"""What counts as a tie: one function a source. To add a source, write its rule here and name it in the config schema.

A rule sees the rows of one window among one set of people and gives ties between positions 0..n-1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kmnet.config.schema import TieRule
from kmnet.kernels import csr
from kmnet.network import limits
from kmnet.network.network import Affiliation, Layer, Reports

MEETINGS = 4_000_000
"""Pairs of people at events that are held at once (about 100 MB)."""


@dataclass(frozen=True, eq=False)
class Ties:
    """Ties in canonical order: by (source, target), each once; source < target where undirected."""

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    weight: NDArray[np.float64]
    reports: Reports | None = None
    affiliation: Affiliation | None = None


@dataclass(frozen=True, eq=False)
class Rule:
    """How one source makes ties. ``build(rows, n, rule, limit)`` gives :class:`Ties`."""

    name: str
    layer: Layer
    build: Callable[[pd.DataFrame, int, TieRule, int], Ties]


def tie_rule(name: str, layer: Layer) -> Callable[[Callable[[pd.DataFrame, int, TieRule, int], Ties]], Rule]:
    """Make a function the rule of a source."""
    return lambda build: Rule(name, layer, build)


def _arcs(n: int, source: NDArray, target: NDArray, weight: NDArray) -> Ties:
    rows = csr.build(n, source, target, weight)
    return Ties(np.repeat(np.arange(n, dtype=np.int32), rows.degree), rows.index, rows.weight)


def _fold(source: NDArray, target: NDArray) -> tuple[NDArray, NDArray]:
    return np.minimum(source, target), np.maximum(source, target)


def _keep(ties: Ties, kept: NDArray[np.bool_]) -> Ties:
    return Ties(ties.source[kept], ties.target[kept], ties.weight[kept])


@tie_rule("interactions", "behavioural")
def interactions(rows: pd.DataFrame, n: int, rule: TieRule, limit: int) -> Ties:
    """Logged contacts. The weight of a pair is summed; the threshold is on the sum (over both directions where
    undirected)."""
    source, target = rows["source"].to_numpy(), rows["target"].to_numpy()
    if not rule.directed:
        source, target = _fold(source, target)
    ties = _arcs(n, source, target, rows["weight"].to_numpy(dtype=np.float64))
    return _keep(ties, ties.weight >= rule.at_least)


@tie_rule("survey", "reported")
def survey(rows: pd.DataFrame, n: int, rule: TieRule, limit: int) -> Ties:
    """Reported ties of at least the threshold. ``either``: one of the two reports it; ``both``: both do;
    ``as_reported``: from the reporter to the named. The weight is the larger strength."""
    strong = rows[rows["strength"] >= rule.at_least]
    named = strong.groupby(["source", "target"], sort=True)["strength"].max()
    source = named.index.get_level_values(0).to_numpy(dtype=np.int32)
    target = named.index.get_level_values(1).to_numpy(dtype=np.int32)
    reports = Reports(rule.rule, source, target, named.to_numpy(dtype=np.float64))
    ties = reported(n, reports)
    return Ties(ties.source, ties.target, ties.weight, reports=reports)


def reported(n: int, reports: Reports) -> Ties:
    """Ties that a set of reports makes under its rule. Cost O(m log m)."""
    if reports.rule == "as_reported":
        return Ties(reports.source, reports.target, reports.weight)
    low, high = _fold(reports.source, reports.target)
    key = low.astype(np.int64) * max(n, 1) + high
    unique, inverse, count = np.unique(key, return_inverse=True, return_counts=True)
    weight = np.zeros(len(unique))
    np.maximum.at(weight, inverse, reports.weight)
    kept = count >= (2 if reports.rule == "both" else 1)
    return Ties(
        (unique[kept] // max(n, 1)).astype(np.int32),
        (unique[kept] % max(n, 1)).astype(np.int32),
        weight[kept],
    )


@tie_rule("attendance", "imposed")
def attendance(rows: pd.DataFrame, n: int, rule: TieRule, limit: int) -> Ties:
    """People in the same room: exposure, not an outcome.

    Events are workshops, or tables within workshops (a row without a table belongs to none). The threshold is on
    the number of shared events. Weights: ``count`` shared events; ``newman`` the sum over shared events of
    1/(attendees - 1) (Newman 2001); ``jaccard`` shared / attended by either; ``minutes`` the sum of the shorter stay.
    """
    if rule.within == "table":
        rows = rows[rows["table"] != ""]
        event = rows["workshop"] + " / " + rows["table"]
    else:
        event = rows["workshop"]
    return _together(rows["person"].to_numpy(), event, rows["minutes"].to_numpy(np.float64), n, rule, limit)


@tie_rule("artefacts", "imposed")
def artefacts(rows: pd.DataFrame, n: int, rule: TieRule, limit: int) -> Ties:
    """People who handled the same artefact (any action, or those named in ``kinds``)."""
    rows = rows[rows["person"] >= 0]
    nothing = np.full(len(rows), np.nan)
    return _together(rows["person"].to_numpy(), rows["artefact"], nothing, n, rule, limit)


def _together(
    person: NDArray, event: pd.Series, minutes: NDArray[np.float64], n: int, rule: TieRule, limit: int
) -> Ties:
    names = sorted(set(event))
    code = pd.Index(names).get_indexer(pd.Index(event)).astype(np.int64)
    key = code * max(n, 1) + person
    unique, inverse = np.unique(key, return_inverse=True)
    stay = np.zeros(len(unique))
    np.add.at(stay, inverse, minutes)
    who, where = (unique % max(n, 1)).astype(np.int32), (unique // max(n, 1)).astype(np.int32)
    size = np.bincount(where, minlength=len(names))
    everywhere = Affiliation(tuple(names), who, where, stay)
    if rule.max_event_size is not None:
        fits = size[where] <= rule.max_event_size
        who, where, stay = who[fits], where[fits], stay[fits]
    limits.crowd(np.bincount(where, minlength=1), n, limit)
    none = np.empty(0, dtype=np.int32)
    weights = shared = _arcs(n, none, none, np.empty(0))
    for low, high, at, shorter in _met(who, where, stay):
        each = {
            "count": np.ones(len(low)),
            "jaccard": np.ones(len(low)),
            "newman": 1.0 / np.maximum(size[at] - 1, 1),
            "minutes": shorter,
        }[rule.weight]
        weights = _sum(n, weights, _arcs(n, low, high, each))
        shared = _sum(n, shared, _arcs(n, low, high, np.ones(len(low))))
    weight = weights.weight
    if rule.weight == "jaccard":
        attended = np.bincount(who, minlength=n)
        weight = shared.weight / (attended[shared.source] + attended[shared.target] - shared.weight)
    kept = (shared.weight >= rule.at_least) & (weight > 0)
    return Ties(shared.source[kept], shared.target[kept], weight[kept], affiliation=everywhere)


def _sum(n: int, one: Ties, other: Ties) -> Ties:
    """The ties of both, weights of the same tie added up."""
    if not len(one.source):
        return other
    ends = (np.concatenate([one.source, other.source]), np.concatenate([one.target, other.target]))
    return _arcs(n, *ends, np.concatenate([one.weight, other.weight]))


def _met(who: NDArray, where: NDArray, stay: NDArray) -> Iterator[tuple[NDArray, NDArray, NDArray, NDArray]]:
    """Every pair at every event: lower position, higher position, event, shorter stay; in blocks that fit the memory."""
    starts = np.flatnonzero(np.r_[True, where[1:] != where[:-1]]) if len(where) else np.empty(0, np.int64)
    ends = np.r_[starts[1:], len(where)] if len(starts) else starts
    held: list[tuple[NDArray, NDArray, NDArray, NDArray]] = []
    many = 0
    for begin, end in zip(starts, ends):
        i, j = (side.astype(np.int32) for side in np.triu_indices(end - begin, 1))
        come, stayed = who[begin:end], stay[begin:end]
        held.append((come[i], come[j], np.full(len(i), where[begin]), np.minimum(stayed[i], stayed[j])))
        many += len(i)
        if many > MEETINGS:
            yield _joined(held)
            held, many = [], 0
    if held:
        yield _joined(held)


def _joined(held: list[tuple[NDArray, NDArray, NDArray, NDArray]]) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    low, high, at, shorter = (np.concatenate(side) for side in zip(*held))
    return low, high, at, shorter
