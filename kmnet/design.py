"""Which moments are compared with which, for every network and cohort: the study's settings meet its networks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kmnet.compare.gate import Instrument
from kmnet.compare.run import Comparison
from kmnet.config.schema import Study
from kmnet.network.network import Network
from kmnet.network.snapshots import Snapshots
from kmnet.network.windows import ALL


def moments(study: Study, shots: Snapshots) -> tuple[str, str] | None:
    """The two moments that the study compares: those of ``compare``, else the first and the last; None if there is one.

    A moment called during is no outcome and is passed over where others are left.
    """
    if study.compare is not None:
        return study.compare.before, study.compare.after
    names = list(dict.fromkeys(window.moment for windows in shots.windows.values() for window in windows))
    outer = [name for name in names if name != "during"]
    names = outer if len(outer) > 1 else names
    return (names[0], names[-1]) if len(names) > 1 else None


def comparisons(study: Study, shots: Snapshots) -> tuple[Comparison, ...]:
    """Every comparison, the headline network first: snapshots with facilitators that exist at both moments."""
    chosen = moments(study, shots)
    return tuple(_pairs(shots, *chosen)) if chosen else ()


def _pairs(shots: Snapshots, before: str, after: str) -> Iterator[Comparison]:
    found = {
        (n.label.network, n.label.cohort, n.label.moment): n for n in shots.networks if n.label.facilitators == "with"
    }
    for network, cohort in dict.fromkeys((n, c) for n, c, _ in found):
        one, two = found.get((network, cohort, before)), found.get((network, cohort, after))
        if one is not None and two is not None:
            asked = _instrument(shots, network)
            yield Comparison(one, two, _members(one, shots) if cohort == ALL else None, (asked, asked))


def _instrument(shots: Snapshots, network: str) -> Instrument:
    rule = shots.rules[network]
    return Instrument(source=rule.from_, relation=rule.relation or "", threshold=rule.at_least)


def _members(everyone: Network, shots: Snapshots) -> np.ndarray | None:
    """Who of all cohorts together belongs to which cohort, shape (n, cohorts)."""
    of = {
        n.label.cohort: set(n.ids)
        for n in shots.networks
        if n.label.network == everyone.label.network and n.label.cohort != ALL and n.label.facilitators == "with"
    }
    if not of:
        return None
    return np.array([[person in members for members in of.values()] for person in everyone.ids], dtype=bool)
