"""Tables of a network tie by tie, contact by contact, group by group and event by event."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kmnet.measures.run import catalogue, value
from kmnet.measures.views import burt, burt_ego, over, tie_arcs, triangles
from kmnet.network.network import Network, Partition
from kmnet.results import About

MOST_CONTACTS = 200_000
"""Pairs of a person and a contact up to which the table ``dyads`` is written."""


def abouts(of: str) -> dict[str, About]:
    """The measures whose columns follow the fixed ones in a table of ties or of groups."""
    return {m.about.name: m.about for m in catalogue() if m.about.of == of}


def _names(network: Network, at: NDArray[np.integer]) -> NDArray[np.object_]:
    return np.array(network.ids, dtype=object)[at]


def ties(network: Network) -> dict[str, Any]:
    """The rows of the table ``ties``: every tied pair of the undirected view with every measure of a tie.

    ``strength`` adds both directions; ``mutual`` says whether both people named the other (undirected: always). A
    bridge has no span.
    """
    one, two = network.pairs
    arcs = tie_arcs(network)
    measured = {m.about.name: value(m, network) for m in catalogue() if m.about.of == "tie"}
    measured["span"] = np.where(np.isinf(measured["span"]), np.nan, measured["span"])
    return {
        "source": _names(network, one),
        "target": _names(network, two),
        "strength": network.mutual_weighted.weight[arcs],
        "mutual": network.mutual.weight[arcs] > 1 if network.directed else np.ones(len(one), dtype=bool),
        **measured,
    }


def dyads(network: Network) -> dict[str, Any]:
    """The rows of the table ``dyads``: how each contact constrains each person, and how far it is redundant (Burt).

    The cells of the matrices of the measures of a pair that are not 0 by definition. Empty where there are more than
    :data:`MOST_CONTACTS`.
    """
    row = triangles(network).row
    if len(row) > MOST_CONTACTS:
        return {}
    whole, own = burt(network), burt_ego(network)
    return {
        "id": _names(network, row),
        "contact": _names(network, network.mutual.index),
        "dyadic_constraint": whole.constraint,
        "dyadic_constraint_ego": own.constraint,
        "dyadic_redundancy": whole.redundancy,
        "dyadic_redundancy_ego": own.redundancy,
    }


def groups(network: Network, partition: Partition) -> dict[str, Any]:
    """The rows of the table ``groups``: every group of one grouping with every measure of a group."""
    measured = {m.about.name: value(m, network, partition) for m in catalogue() if m.about.of == "group"}
    return {
        "partition": np.full(len(partition.names), partition.column, dtype=object),
        "group": np.array(partition.names, dtype=object),
        "people": partition.sizes,
        **measured,
    }


def events(network: Network) -> dict[str, Any]:
    """The rows of the table ``events``: people at each event, also as a share of all people (two-mode degree).

    Empty where the network does not rest on attendance or artefacts.
    """
    came = network.affiliation
    if came is None:
        return {}
    people = np.bincount(came.event, minlength=len(came.events))
    return {
        "event": np.array(came.events, dtype=object),
        "people": people,
        "share": over(people, np.full(len(people), network.n)),
    }
