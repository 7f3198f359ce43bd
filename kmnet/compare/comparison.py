"""What is compared, and with how much chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kmnet.compare.change import Measure, Row
from kmnet.compare.company import Company
from kmnet.compare.exposure import Exposure
from kmnet.compare.gate import Gate, Instrument
from kmnet.compare.outcomes import Outcome
from kmnet.compare.panel import Panel, panel
from kmnet.network.network import Label, Network


@dataclass(frozen=True, slots=True)
class Settings:
    """How much chance is drawn, from which seed; ``force`` compares what the gate refuses."""

    draws: int = 2000
    seed: int = 20231122
    force: bool = False


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two moments of one network and cohort.

    Parameters
    ----------
    before, after : Network
        Snapshots *with* facilitators, on the same ids in the same order.
    members : bool array, shape (n, cohorts), optional
        Who belongs to which cohort, where the snapshots hold several cohorts.
    exposure : Exposure, optional
        What pairs shared of the programme; without it no effect is looked for.
    instruments : pair of Instrument
        How the ties of each moment were observed, as far as it is known.
    outcome : {"primary", "secondary", "exploratory"}
        What the network is to the question of the exposure.
    """

    before: Network
    after: Network
    members: NDArray[np.bool_] | None = None
    exposure: Exposure | None = None
    instruments: tuple[Instrument, Instrument] = (Instrument(), Instrument())
    outcome: Outcome = "primary"

    @property
    def key(self) -> dict[str, str]:
        """The columns that name it."""
        return {"network": self.before.label.network, "cohort": self.before.label.cohort}


def settled(pair: Comparison) -> Panel:
    """The panel without facilitators: they are tied to everybody because it is their task."""
    both = panel(pair.before, pair.after, pair.members)
    staff = both.before.facilitator
    return both if staff.all() or not staff.any() else both.only(~staff)


Whole = Mapping[Label, Network]
"""The study's snapshots by label: what was measured once need not be made again."""


Made = Iterator[tuple[str, Iterable[Row]]]
"""Rows by the name of their table."""


@dataclass(frozen=True, eq=False)
class Given:
    """What every comparison is made with."""

    measure: Measure
    settings: Settings
    whole: Whole
    focus: Mapping[str, str]
    company: Company

    def allows(self, found: Gate) -> bool:
        """Whether moments may be compared: they are comparable, or it is forced."""
        return found.comparable or self.settings.force


def without_staff(network: Network, whole: Whole) -> Network:
    """A snapshot without facilitators: the study's own where it has one."""
    label = replace(network.label, facilitators="without")
    found = whole.get(label)
    return network.take(~network.facilitator, label=label) if found is None else found
