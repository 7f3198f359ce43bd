"""What the rows tell of people besides their ties: who came, who made something, and whom the programme meant to reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kmnet.compare.change import Row
from kmnet.network.network import Network


@dataclass(frozen=True, eq=False)
class Company:
    """People and organisations of a study, as its register and lists show them.

    Parameters
    ----------
    came : mapping of str to (int, int)
        By person: workshops the person came to, and workshops that anybody of the person's team (without a team: of the
        cohort) came to. Empty where nobody signed in.
    made : frozenset of str
        People recorded as makers of an artefact.
    in_making_team : frozenset of str
        People of a team of which somebody is recorded as maker.
    organisations : mapping of str to str
        Organisations the programme knows of, with their sector.
    works_for : mapping of str to str
        Each person's organisation.
    heard : mapping of str to str
        By organisation: used or received, where evidence is recorded to have come to it or to its people.
    """

    came: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    made: frozenset[str] = frozenset()
    in_making_team: frozenset[str] = frozenset()
    organisations: Mapping[str, str] = field(default_factory=dict)
    works_for: Mapping[str, str] = field(default_factory=dict)
    heard: Mapping[str, str] = field(default_factory=dict)

    def regulars(self, ids: tuple[str, ...]) -> NDArray[np.bool_]:
        """Who came to at least half of the workshops that their team came to."""
        each = [self.came.get(person, (0, 0)) for person in ids]
        return np.array([of > 0 and 2 * mine >= of for mine, of in each], dtype=bool)


def organisations_reached(after: Network, company: Company) -> Iterator[Row]:
    """Each organisation that the study knows of, and how far the programme got to it by the later moment.

    ``status`` is the first that holds: nobody_registered, nobody_came (where anybody signed in at all), no_tie_outside
    (nobody is tied to a person of another organisation; not asked of ties that are imposed), reached.
    """
    imposed = after.layer == "imposed"
    tied = set() if imposed else _tied_outside(after, company)
    for house, sector in sorted(company.organisations.items()):
        people = [p for p in after.ids if company.works_for.get(p) == house]
        came = sum(company.came.get(p, (0, 0))[0] > 0 for p in people)
        outside = sum(p in tied for p in people)
        status = "reached"
        if not people:
            status = "nobody_registered"
        elif company.came and not came:
            status = "nobody_came"
        elif not outside and not imposed:
            status = "no_tie_outside"
        row: Row = {
            "network": after.label.network, "cohort": after.label.cohort, "moment": after.label.moment, "id": house,
            "sector": sector, "people": len(people), "evidence": company.heard.get(house, ""), "status": status,
        }  # fmt: skip
        yield row | ({"came": came} if company.came else {}) | ({} if imposed else {"tied": outside})


def _tied_outside(network: Network, company: Company) -> set[str]:
    found: set[str] = set()
    for a, b in zip(network.source.tolist(), network.target.tolist()):
        one, two = network.ids[a], network.ids[b]
        houses = {company.works_for.get(one, ""), company.works_for.get(two, "")}
        if len(houses) == 2 and "" not in houses:  # where somebody works who names nowhere is not known
            found |= {one, two}
    return found


def people_not_reached(after: Network, company: Company) -> Iterator[Row]:
    """People who belong to the later moment, never came to a workshop and have no tie at it; nobody where there are no
    lists of who came."""
    if not company.came:
        return
    partition = after.partition
    alone = (after.mutual.degree == 0) & after.present & ~after.facilitator
    for k in np.flatnonzero(alone).tolist():
        if not company.came.get(after.ids[k], (0, 0))[0]:
            yield {
                "id": after.ids[k], "group": partition.names[partition.code[k]] if partition else "",
                "answered": bool(after.answered[k]),
            }  # fmt: skip
