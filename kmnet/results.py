"""What was found, and nothing of how: the one value that every later stage reads. Its tables are described in
:mod:`kmnet.outputs`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from kmnet.network.network import Network

Tag = Literal["Clear", "Likely", "Cannot tell"]


@dataclass(frozen=True, slots=True)
class About:
    """What a measure means, in the words shown beside its numbers. All texts are plain sentences or formulas.

    ``of`` says what one value belongs to; ``partition`` that it depends on a grouping of people; ``chance`` that it is
    found by random draws; ``column`` whether it is one of the usual columns, which are compared between moments, rather than
    a further one. ``separate`` says what an
    added person without ties changes: "nothing"; "scale", a denominator or a count of people; or "all".
    """

    name: str
    title: str
    of: Literal["person", "network", "tie", "organisation", "pair", "group", "groups"]
    reads: str
    formula: str = ""
    denominator: str = ""
    low: float = float("-inf")
    high: float = float("inf")
    variant: str = ""
    undefined: str = ""
    source: str = ""
    misreading: str = ""
    agrees_with: str = ""
    unit: str = ""
    partition: bool = False
    weighted: bool = False
    family: str = ""
    separate: Literal["nothing", "scale", "all"] = "nothing"
    chance: bool = False
    column: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a cell is empty: ``where`` holds the key columns of the row, ``column`` the empty cell."""

    table: str
    where: tuple[tuple[str, str], ...]
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Headline:
    """One statement of the opening: its certainty, its topic, and the numbers that ``report.words`` makes a sentence of.

    ``cannot`` is the sentence on what cannot be concluded, when this headline carries one.
    """

    topic: str
    tag: Tag
    numbers: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """How to remake the results: hashes, versions and the seed. Holds no path of a machine and no clock time."""

    inputs: Mapping[str, str]
    config_hash: str
    config: str
    versions: Mapping[str, str]
    seed: int
    run: str = ""


@dataclass(frozen=True)
class Results:
    """Everything that one analysis found.

    Attributes
    ----------
    title : str
        The study's title.
    share : {"inside", "partners", "public"}
        The level at which these results may be shared; names and ids have been treated accordingly.
    tables : mapping of str to pandas.DataFrame
        The output tables by name; :data:`kmnet.outputs.TABLES` describes them.
    snapshots : tuple of Network
        The networks behind the tables.
    people : pandas.DataFrame
        One row a node: id, label (what may be shown of the person), role, organisation, team, cohort (";" between
        several), facilitator, and every grouping.
    organisations, workshops, artefacts, contacts, artefact_events : pandas.DataFrame
        What the map draws beside people: ids, labels, dates, and dated contacts (source, target, date, kind, network).
    measures : mapping of str to About
        The measures whose columns appear, by name.
    headlines : tuple of Headline
        The opening statements, most important first.
    reasons : tuple of Reason
        Why cells are empty.
    notes : tuple of str
        Sentences that the report must print (assumptions made, defaults taken).
    facts : mapping
        Small facts of the run. The report reads ``network`` (the headline one), ``organisations`` (how many people
        belong to), ``before`` and ``after`` (moments), ``start`` and ``end`` (dates of the study), ``draws``,
        ``response`` (wave: (answered, asked)), ``responses`` ("given" or "inferred"). ``kmnet compare`` reads
        ``instruments`` (network: its tie rule), ``scales`` (network: highest answer), ``groups`` (groupings, the headline
        one first) and ``days`` (network: moment: length of its window).
    """

    title: str
    share: Literal["inside", "partners", "public"]
    tables: Mapping[str, pd.DataFrame]
    snapshots: tuple[Network, ...]
    people: pd.DataFrame
    organisations: pd.DataFrame
    workshops: pd.DataFrame
    artefacts: pd.DataFrame
    contacts: pd.DataFrame
    artefact_events: pd.DataFrame
    attendance: pd.DataFrame
    measures: Mapping[str, About]
    headlines: tuple[Headline, ...]
    reasons: tuple[Reason, ...]
    provenance: Provenance
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def networks(self) -> dict[tuple[str, str, str], nx.Graph]:
        """Each network as a typed networkx graph of people, organisations, workshops and artefacts.

        Keys are (network, cohort, moment). Node attribute ``kind`` is person, organisation, workshop or artefact;
        edge attribute ``kind`` is tie, member, attended or the artefact action.
        """
        from kmnet.network.exchange import typed_graph  # results know nothing of graphs until asked

        names = ("people", "organisations", "workshops", "artefacts", "attendance", "artefact_events")
        frames = {name: getattr(self, name) for name in names}
        return {
            (s.label.network, s.label.cohort, s.label.moment): typed_graph(s, frames)
            for s in self.snapshots
            if s.label.facilitators == "with"
        }
