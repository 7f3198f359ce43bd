"""The network of one moment: nodes in a fixed order, ties as arrays, and the views that measures read.

A network knows ids, never names. It is frozen; each derived view is computed once, when it is first read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import csr
from kmnet.kernels.csr import CSR

T = TypeVar("T")

MISSING = "(missing)"
"""The group of people for whom a grouping says nothing; it is one more group, and it is counted aloud."""

Layer = Literal["reported", "behavioural", "imposed"]
"""Reported in a survey, seen in a log, or imposed by being in the same room (exposure, never an outcome)."""


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """Which network this is: its name in the config, its cohort, its moment, and whether facilitators are in it."""

    network: str
    cohort: str
    moment: str
    facilitators: Literal["with", "without"] = "with"


@dataclass(frozen=True, eq=False)
class Partition:
    """A division of the nodes into groups: ``code[i]`` is a position in ``names`` (sorted)."""

    column: str
    names: tuple[str, ...]
    code: NDArray[np.int32]

    @classmethod
    def of(cls, column: str, values: list[str]) -> Partition:
        """Group equal values; an empty one falls into :data:`MISSING`."""
        filled = [value or MISSING for value in values]
        names = tuple(sorted(set(filled)))
        where = {name: k for k, name in enumerate(names)}
        return cls(column, names, np.array([where[v] for v in filled], dtype=np.int32))

    @property
    def sizes(self) -> NDArray[np.int64]:
        """People in each group."""
        return np.bincount(self.code, minlength=len(self.names))

    def take(self, keep: NDArray[np.integer]) -> Partition:
        """The same grouping of fewer nodes (groups that lost everybody go)."""
        return Partition.of(self.column, [self.names[c] for c in self.code[keep]])


@dataclass(frozen=True, eq=False)
class Affiliation:
    """Who was at which event (workshop, table or artefact): the two-mode network behind imposed ties.

    ``person`` and ``event`` are int32 positions, one entry an attendance, each pair once, sorted by (event, person).
    """

    events: tuple[str, ...]
    person: NDArray[np.int32]
    event: NDArray[np.int32]
    minutes: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Reports:
    """Ties as people reported them, before a rule made ties of them: ``source`` named ``target``."""

    rule: Literal["either", "both", "as_reported"]
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    weight: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Network:
    """People and the ties between them at one moment.

    Parameters
    ----------
    label : Label
        Which network this is.
    ids : tuple of str
        Node ids in canonical (sorted) order; positions 0..n-1 refer to it.
    directed : bool
        Whether a tie from i to j says something else than one from j to i.
    source, target : int32 arrays, shape (m,)
        Each tie once, no self ties, sorted by (source, target); undirected ties have source < target.
    weight : float64 array, shape (m,)
        Strength of each tie (> 0).
    layer : {"reported", "behavioural", "imposed"}
        What kind of tie it is.
    groups : mapping of str to Partition
        Groupings by column name; the first is the headline partition.
    answered : bool array, shape (n,)
        Whose reports were seen at this moment; all true where ties do not rest on reports.
    present : bool array, shape (n,)
        Who belonged to the cohort's boundary at this moment (all true unless the data say otherwise).
    facilitator : bool array, shape (n,)
        Programme staff.
    reports : Reports, optional
        The reports behind survey ties.
    affiliation : Affiliation, optional
        The attendances behind imposed ties.
    days : float
        Length of the moment's window in days; NaN where it has none.
    seed : int
        The study's seed: views of very large networks are estimated by draws.
    """

    label: Label
    ids: tuple[str, ...]
    directed: bool
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    weight: NDArray[np.float64]
    layer: Layer
    groups: Mapping[str, Partition]
    answered: NDArray[np.bool_]
    present: NDArray[np.bool_]
    facilitator: NDArray[np.bool_]
    reports: Reports | None = None
    affiliation: Affiliation | None = None
    days: float = float("nan")
    seed: int = 20231122
    notes: tuple[str, ...] = field(default=())

    @property
    def n(self) -> int:
        """People."""
        return len(self.ids)

    @property
    def m(self) -> int:
        """Ties (arcs where directed)."""
        return len(self.source)

    @property
    def possible(self) -> int:
        """Ties there could be: n(n-1), or half of it where undirected."""
        return self.n * (self.n - 1) // (1 if self.directed else 2)

    @cached_property
    def out(self) -> CSR:
        """Contacts that ties lead to (both ends where undirected)."""
        if not self.directed:
            return self.mutual_weighted
        return csr.build(self.n, self.source, self.target, self.weight)

    @cached_property
    def into(self) -> CSR:
        """Contacts that ties come from (both ends where undirected)."""
        if not self.directed:
            return self.mutual_weighted
        return csr.build(self.n, self.target, self.source, self.weight)

    @cached_property
    def mutual(self) -> CSR:
        """The undirected view: contacts in either direction; weight is the number of arcs between the two (1 or 2)."""
        return csr.symmetric(self.n, self.source, self.target)

    @cached_property
    def mutual_weighted(self) -> CSR:
        """The undirected view; weight is the summed strength of both directions."""
        return csr.symmetric(self.n, self.source, self.target, self.weight)

    @cached_property
    def pairs(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Tied pairs of the undirected view, each once with i < j, sorted."""
        row = np.repeat(np.arange(self.n, dtype=np.int32), self.mutual.degree)
        upper = row < self.mutual.index
        return row[upper], self.mutual.index[upper]

    @cached_property
    def _kept(self) -> dict[Any, Any]:
        return {}

    def __getstate__(self) -> dict[str, Any]:
        """What travels to another process: the network itself, not what was computed from it."""
        return {name: self.__dict__[name] for name in self.__dataclass_fields__}

    def once(self, view: Callable[[Network], T]) -> T:
        """``view(self)``, computed when first asked for and kept: arrays that several measures share."""
        if view not in self._kept:
            self._kept[view] = view(self)
        return self._kept[view]

    @cached_property
    def among_present(self) -> Network:
        """The network among those who belonged to the boundary at this moment: what its measures are of."""
        return self if self.present.all() else self.take(self.present)

    @property
    def partition(self) -> Partition | None:
        """The headline grouping (the first of the config's ``groups``)."""
        return next(iter(self.groups.values()), None)

    def take(self, keep: NDArray[np.bool_] | NDArray[np.integer], **changes: object) -> Network:
        """The network among some of its nodes (in their order); reports and attendances are cut alike."""
        kept = np.flatnonzero(keep) if np.asarray(keep).dtype == bool else np.sort(np.asarray(keep))
        where = np.full(self.n, -1, dtype=np.int32)
        where[kept] = np.arange(len(kept), dtype=np.int32)

        def cut(source: NDArray, target: NDArray, weight: NDArray) -> tuple[NDArray, NDArray, NDArray]:
            inside = (where[source] >= 0) & (where[target] >= 0)
            return where[source[inside]], where[target[inside]], weight[inside]

        source, target, weight = cut(self.source, self.target, self.weight)
        reports, affiliation = self.reports, self.affiliation
        if reports is not None:
            reports = Reports(reports.rule, *cut(reports.source, reports.target, reports.weight))
        if affiliation is not None:
            inside = where[affiliation.person] >= 0
            affiliation = Affiliation(
                affiliation.events,
                where[affiliation.person[inside]],
                affiliation.event[inside],
                affiliation.minutes[inside],
            )
        fields: dict[str, Any] = dict(  # noqa: C408
            ids=tuple(self.ids[i] for i in kept),
            source=source,
            target=target,
            weight=weight,
            groups={name: part.take(kept) for name, part in self.groups.items()},
            answered=self.answered[kept],
            present=self.present[kept],
            facilitator=self.facilitator[kept],
            reports=reports,
            affiliation=affiliation,
        )
        return replace(self, **(fields | changes))


def network(
    ids: tuple[str, ...] | list[str],
    ties: list[tuple[str, str]] | list[tuple[str, str, float]],
    *,
    directed: bool = False,
    groups: Mapping[str, Mapping[str, str]] | None = None,
    label: Label | None = None,
    layer: Layer = "reported",
) -> Network:
    """A network from plain lists, for notebooks and tests. Self ties are dropped; repeated ties add up.

    Examples
    --------
    >>> network(["a", "b", "c"], [("a", "b"), ("b", "c")]).m
    2
    """
    order = tuple(sorted(ids))
    where = {name: k for k, name in enumerate(order)}
    rows = [(where[t[0]], where[t[1]], float(t[2]) if len(t) > 2 else 1.0) for t in ties if t[0] != t[1]]
    if not directed:
        rows = [(min(s, t), max(s, t), w) for s, t, w in rows]
    source, target, weight = (np.array(c) for c in zip(*rows)) if rows else (np.empty(0),) * 3
    arcs = csr.build(len(order), source.astype(np.int32), target.astype(np.int32), weight.astype(np.float64))
    yes = np.ones(len(order), dtype=bool)
    return Network(
        label=label or Label("network", "All", "now"),
        ids=order,
        directed=directed,
        source=np.repeat(np.arange(len(order), dtype=np.int32), arcs.degree),
        target=arcs.index,
        weight=arcs.weight,
        layer=layer,
        groups={
            column: Partition.of(column, [values.get(name, "") for name in order])
            for column, values in (groups or {}).items()
        },
        answered=yes,
        present=yes,
        facilitator=~yes,
    )
