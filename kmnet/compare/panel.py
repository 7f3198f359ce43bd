"""Who can be compared: the people of both moments, and the pairs that were judged alike at both.

The one rule behind every difference: *the same mask at both moments*. A directed tie is judged if its sender answered
both times; a pair under ``either`` if at least one of the two did, under ``both`` if both did. Reports of people who
answered once are left out of both moments, because a tie they alone could report would come or go with them
(symmetrising over whoever answered finds change in 72 % of programmes in which nothing happened).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import csr, dyads
from kmnet.network.network import Network, Reports
from kmnet.network.rules import reported


@dataclass(frozen=True, eq=False)
class Panel:
    """Two moments on one set of people with one mask.

    Parameters
    ----------
    before, after : Network
        The same people in the same order: those in both moments. Ties rest only on reports of people who answered
        both times.
    people : int32 array, shape (n,)
        Their positions in the snapshots that were compared.
    answered : bool array, shape (n,)
        Who answered both times (all true where ties do not rest on reports).
    joined, left, silent : int32 arrays
        Positions in the snapshots: only after, only before, in both but not answered both times.
    members : bool array, shape (n, cohorts)
        Who belongs to which cohort; pairs that share none are never judged (they met other programmes at other times,
        and counting them invents effects in 97 % of programmes that had none).
    """

    before: Network
    after: Network
    people: NDArray[np.int32]
    answered: NDArray[np.bool_]
    joined: NDArray[np.int32]
    left: NDArray[np.int32]
    silent: NDArray[np.int32]
    members: NDArray[np.bool_]

    @property
    def n(self) -> int:
        """People in both moments."""
        return len(self.people)

    @property
    def directed(self) -> bool:
        """Whether rows are ordered pairs."""
        return self.before.directed

    @property
    def rule(self) -> str:
        """How reports became ties: as_reported, either, both, or everybody (ties that nobody reported)."""
        return _rule(self.before)

    @cached_property
    def judged(self) -> NDArray[np.bool_]:
        """Which pairs can be judged at both moments, shape (n, n), false on the diagonal; symmetric if undirected."""
        answered = self.answered
        if self.rule == "as_reported":
            mask = np.broadcast_to(answered[:, None], (self.n, self.n)).copy()
        elif self.rule == "either":
            mask = answered[:, None] | answered[None, :]
        elif self.rule == "both":
            mask = answered[:, None] & answered[None, :]
        else:
            mask = np.ones((self.n, self.n), dtype=bool)
        if self.members.shape[1] > 1:
            mask &= self.members.astype(np.float32) @ self.members.T.astype(np.float32) > 0
        np.fill_diagonal(mask, False)
        return mask

    @cached_property
    def rows(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Judged pairs as rows (ordered where directed, i < j otherwise)."""
        return dyads.rows(self.judged, self.directed)

    @cached_property
    def ties(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Ties before and after as 0/1 matrices (symmetric if undirected)."""
        return matrix(self.before), matrix(self.after)

    @cached_property
    def complete(self) -> tuple[Network, Network]:
        """Before and after among those who answered both times: every pair in them was judged at both."""
        return self.before.take(self.answered), self.after.take(self.answered)

    def only(self, keep: NDArray[np.bool_]) -> Panel:
        """The panel among some of its people (``keep`` as long as the panel), such as all but the facilitators."""
        kept = self.people[keep]

        def mine(positions: NDArray[np.int32]) -> NDArray[np.int32]:
            return positions[np.isin(positions, kept)]

        return replace(
            self,
            before=self.before.take(keep),
            after=self.after.take(keep),
            people=kept,
            answered=self.answered[keep],
            silent=mine(self.silent),
            members=self.members[keep],
        )


def matrix(network: Network, weighted: bool = False) -> NDArray[np.float64]:
    """Ties as a matrix, shape (n, n): 0/1, or strengths; symmetric where undirected."""
    found = np.zeros((network.n, network.n))
    value = network.weight if weighted else 1.0
    found[network.source, network.target] = value
    if not network.directed:
        found[network.target, network.source] = value
    return found


def panel(before: Network, after: Network, members: NDArray[np.bool_] | None = None) -> Panel:
    """Put two moments on the same people and the same judged pairs.

    Parameters
    ----------
    before, after : Network
        Snapshots of one network and cohort: the same ids in the same order.
    members : bool array, shape (n, cohorts), optional
        Who belongs to which cohort, where the snapshots hold several.
    """
    if before.ids != after.ids:
        raise ValueError("moments to compare must stand on the same people in the same order")
    both = before.present & after.present
    answered = before.answered & after.answered & both
    members = np.ones((before.n, 1), dtype=bool) if members is None else members
    return Panel(
        before=_seen(before, answered).take(both),
        after=_seen(after, answered).take(both),
        people=np.flatnonzero(both).astype(np.int32),
        answered=answered[both],
        joined=np.flatnonzero(after.present & ~before.present).astype(np.int32),
        left=np.flatnonzero(before.present & ~after.present).astype(np.int32),
        silent=np.flatnonzero(both & ~answered).astype(np.int32),
        members=members[both],
    )


def _rule(network: Network) -> str:
    if network.layer != "reported":
        return "everybody"
    if network.reports is not None:
        return network.reports.rule
    # Reported ties without their reports: a directed tie still needs its sender's answer, an undirected one both.
    return "as_reported" if network.directed else "both"


def _seen(network: Network, answered: NDArray[np.bool_]) -> Network:
    """The network that the reports of ``answered`` alone make."""
    rule = _rule(network)
    if rule == "everybody":
        return network
    if network.reports is None:
        kept = answered[network.source] & (answered[network.target] | network.directed)
        return replace(
            network,
            source=network.source[kept],
            target=network.target[kept],
            weight=network.weight[kept],
        )
    raw = network.reports
    kept = answered[raw.source]
    reports = Reports(raw.rule, raw.source[kept], raw.target[kept], raw.weight[kept])
    ties = reported(network.n, reports)
    order = csr.build(network.n, ties.source, ties.target, ties.weight)
    source = np.repeat(np.arange(network.n, dtype=np.int32), order.degree)
    return replace(network, source=source, target=order.index, weight=order.weight, reports=reports)
