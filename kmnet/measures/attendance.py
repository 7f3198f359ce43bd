"""Attendance: people and events as one two-mode network, each mode with its own denominator."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.measures.measure import measure
from kmnet.measures.views import NAN, over, ratio
from kmnet.network.network import Network

Array = NDArray[np.float64]

_NONE = "The network does not rest on attendance."


def _sizes(network: Network) -> NDArray[np.int64]:
    """People at each event that anybody of the network attended or could have."""
    assert network.affiliation is not None
    return np.bincount(network.affiliation.event, minlength=len(network.affiliation.events))


@measure(
    of="person",
    title="Events attended",
    reads="How many of the events this person attended.",
    formula="number of events of i",
    low=0,
    undefined=_NONE,
    source="Borgatti & Everett 1997",
    misreading="Being at an event is exposure, not contact.",
    agrees_with="networkx (bipartite degree)",
    unit="events",
    column=False,
)
def events_attended(network: Network) -> Array:
    """Events of each person; NaN where there is no attendance."""
    if network.affiliation is None:
        return np.full(network.n, np.nan)
    return np.bincount(network.affiliation.person, minlength=network.n).astype(np.float64)


@measure(
    of="person",
    title="Share of events attended",
    reads="The part of all events that this person attended.",
    formula="events of i / events",
    denominator="events (the other mode)",
    low=0,
    high=1,
    undefined=_NONE,
    variant="two-mode degree, normalised by the other mode",
    source="Borgatti & Everett 1997",
    misreading="People who joined late could not attend every event.",
    agrees_with="networkx (bipartite.degree_centrality)",
    column=False,
)
def events_share(network: Network) -> Array:
    """Events of each person over all events."""
    if network.affiliation is None:
        return np.full(network.n, np.nan)
    return over(events_attended(network), np.full(network.n, len(network.affiliation.events)))


@measure(
    of="network",
    title="Attendance density",
    reads="The part of all possible attendances that happened.",
    formula="attendances / (people x events)",
    denominator="people times events",
    low=0,
    high=1,
    undefined=_NONE,
    variant="two-mode density",
    source="Borgatti & Everett 1997",
    misreading="It is not the density of the network of people who met.",
    agrees_with="networkx (bipartite.density)",
    separate="scale",
    column=False,
)
def attendance_density(network: Network) -> float:
    """Attendances over people times events."""
    if network.affiliation is None:
        return NAN
    return ratio(len(network.affiliation.person), network.n * len(network.affiliation.events))


@measure(
    of="network",
    title="People per event",
    reads="How many people were at an event on average.",
    formula="attendances / events",
    denominator="events",
    low=0,
    undefined=_NONE,
    source="Borgatti & Everett 1997",
    misreading="A few large events tie everybody to everybody: look at the spread.",
    agrees_with="networkx",
    unit="people",
    column=False,
)
def mean_event_size(network: Network) -> float:
    """Mean number of people at an event."""
    return ratio(_sizes(network).sum(), len(_sizes(network))) if network.affiliation is not None else NAN


@measure(
    of="network",
    title="Largest event",
    reads="The part of all people who were at the largest event.",
    formula="people at the largest event / people",
    denominator="people (the other mode)",
    low=0,
    high=1,
    undefined=_NONE,
    variant="largest two-mode degree of an event, normalised by the other mode",
    source="Borgatti & Everett 1997",
    misreading="An event with everybody makes the network of people who met complete, whatever else happened.",
    agrees_with="networkx (bipartite.degree_centrality)",
    separate="scale",
    column=False,
)
def largest_event_share(network: Network) -> float:
    """Share of people at the largest event."""
    return ratio(_sizes(network).max(initial=0), network.n) if network.affiliation is not None else NAN
