"""What pairs shared of the programme, and what else could have brought them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kmnet.compare.panel import Panel
from kmnet.kernels import logit
from kmnet.network.network import MISSING, Partition

Floats = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Exposure:
    """What pairs shared: a team (0 or 1), a number of workshops or tables, or that both took part.

    Parameters
    ----------
    name : str
        team, workshops, tables or participation.
    shared : float array, shape (n, n)
        Symmetric, on the people of the snapshots.
    attended : float array, shape (n,), optional
        How often each person came. A dose cannot be told from keenness without it: keen people meet more, and know
        more people anyway (31 to 61 % false alarms).
    took_part : float array, shape (n,), optional
        1 for people of the programme, 0 for those of the comparison group: of a pair, one, both or neither may have
        taken part, and only both counts as shared.
    came : bool array, shape (n, events), optional
        Who came to which workshop or table.
    """

    name: str
    shared: Floats
    attended: Floats | None = None
    took_part: Floats | None = None
    came: Floats | None = None

    @property
    def dose(self) -> bool:
        """Whether pairs share more or less, and not only yes or no."""
        return bool(((self.shared != 0) & (self.shared != 1)).any())

    def only(self, people: NDArray[np.integer]) -> Exposure:
        """The exposure among some people."""
        mine = (None if one is None else one[people] for one in (self.attended, self.took_part, self.came))
        return Exposure(self.name, self.shared[np.ix_(people, people)].astype(float), *mine)


def meetings(name: str, came: NDArray[Any]) -> Exposure:
    """How many workshops or tables every two people shared; ``came`` has shape (n, events)."""
    has = came.astype(float)
    shared = has @ has.T
    np.fill_diagonal(shared, 0.0)
    return Exposure(name, shared, has.sum(axis=1), came=has)


def participation(took_part: NDArray[np.bool_]) -> Exposure:
    """Both took part, beside people of a comparison group."""
    inside = took_part.astype(float)
    shared = np.outer(inside, inside)
    np.fill_diagonal(shared, 0.0)
    return Exposure("participation", shared, took_part=inside)


def same(partition: Partition) -> Floats:
    """1 where two people are of one group (people whose group is missing are of none), 0 on the diagonal."""
    missing = np.array([name == MISSING for name in partition.names], dtype=bool)[partition.code]
    alike = (partition.code[:, None] == partition.code[None, :]) & ~missing[:, None]
    found = alike.astype(float)
    np.fill_diagonal(found, 0.0)
    return found


def likeness(panel: Panel, exposure: Exposure) -> list[Floats]:
    """Same organisation and same role; where a study has neither, its headline grouping."""
    groups = {name: part for name, part in panel.before.groups.items() if name != exposure.name}
    names = [name for name in ("organisation", "role") if name in groups] or list(groups)[:1]
    # A grouping that is what pairs shared itself would explain all of it.
    return [alike for alike in (same(groups[name]) for name in names) if not np.array_equal(alike, exposure.shared)]


def blocks(panel: Panel) -> NDArray[np.intp]:
    """People who belong to the same cohorts: only they change places in a permutation."""
    return np.unique(panel.members, axis=0, return_inverse=True)[1].reshape(-1)


def cohort_terms(panel: Panel) -> list[Floats]:
    """One 0/1 matrix a cohort but the first: the first cohort that a pair shares."""
    if panel.members.shape[1] < 2:
        return []
    shared = panel.members[:, None, :] & panel.members[None, :, :]
    first = np.where(shared.any(axis=2), shared.argmax(axis=2), -1)
    return [(first == c).astype(float) for c in range(1, panel.members.shape[1])]


def personal_terms(panel: Panel, exposure: Exposure) -> list[Floats]:
    """What of an exposure is each person's own: how often each of the two came (of a dose), whether each took part."""
    own = exposure.took_part if exposure.took_part is not None else exposure.attended if exposure.dose else None
    return [] if own is None else _of_both(own, own, panel.directed)


def standing_terms(panel: Panel) -> list[Floats]:
    """How many others the one named, and how many named the other, at baseline."""
    baseline = panel.ties[0]
    return _of_both(baseline.sum(axis=1), baseline.sum(axis=0), panel.directed)


def _of_both(one: Floats, other: Floats, directed: bool) -> list[Floats]:
    """A number of the sender and one of the receiver as matrices; their sum where ties have no direction."""
    a, b = (((v - v.mean()) / (v.std() + 1e-9)) for v in (one, other))
    sender, receiver = np.repeat(a[:, None], len(a), axis=1), np.repeat(b[None, :], len(b), axis=0)
    return [sender, receiver] if directed else [(sender + sender.T) / 2 + (receiver + receiver.T) / 2]


def design(terms: list[Floats], i: NDArray[np.integer], j: NDArray[np.integer]) -> Floats:
    """Intercept and terms over rows, without constant and repeated columns."""
    columns = np.column_stack([np.ones(len(i)), *(term[i, j] for term in terms)])
    return columns[:, logit.independent(columns)]


def residual(panel: Panel, exposure: Exposure, terms: list[Floats]) -> Floats:
    """What of the exposure the terms do not explain, over all pairs inside cohorts; 0 elsewhere."""
    inside = np.ones((panel.n, panel.n), dtype=bool)
    if panel.members.shape[1] > 1:
        inside = panel.members.astype(np.float32) @ panel.members.T.astype(np.float32) > 0
    np.fill_diagonal(inside, False)
    i, j = np.nonzero(inside if panel.directed else np.triu(inside))
    columns = design(terms, i, j)
    shared = exposure.shared[i, j]
    basis = np.linalg.qr(columns)[0]
    found = np.zeros((panel.n, panel.n))
    found[i, j] = shared - basis @ (basis.T @ shared)
    return found if panel.directed else found + found.T
