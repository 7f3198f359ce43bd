from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from kmnet.network.network import network
from kmnet.share.identifiability import neighbourhoods, unique
from kmnet.share.levels import share
from kmnet.tables.schema import Register
from tests.share.made import register, results, shot, study


@pytest.mark.parametrize(
    ("graph", "stated"),
    [(nx.karate_club_graph(), 0.47), (nx.les_miserables_graph(), 0.35), (nx.florentine_families_graph(), 0.33)],
    ids=["karate", "les miserables", "florentine"],
)
def test_4_4_neighbourhoods_of_known_networks(graph: nx.Graph, stated: float) -> None:
    """Measured shares of people with a one-step neighbourhood of their own."""
    net = network([str(v) for v in graph], [(str(a), str(b)) for a, b in graph.edges if a != b])
    assert unique(neighbourhoods(net, {})) == pytest.approx(stated, abs=0.01)


def test_4_4_attendance_of_the_southern_women() -> None:
    graph = nx.davis_southern_women_graph()
    women = graph.graph["top"]
    assert unique(tuple(sorted(graph[w])) for w in women) == pytest.approx(0.89, abs=0.01)


def test_nobody() -> None:
    assert np.isnan(unique([]))


def test_4_4_a_release_with_many_of_a_kind_of_their_own_is_warned_of() -> None:
    frame = register({f"p{k:02d}": (f"role{k // 5}", f"org{k % 5}") for k in range(25)})
    found = results(frame, [shot(frame["id"], [("p00", "p01")], frame)])
    shown = share(found, Register(), study(share="partners"), b"0" * 64)
    assert shown.facts["identifiability"]["by_attributes"] == 1.0
    assert "KM704" in set(shown.tables["findings"]["code"])
    assert any("a person has 0.1 contacts on average; below about 10" in note for note in shown.notes)
    alike = register({f"p{k:02d}": ("role", "org") for k in range(25)})
    shown = share(results(alike), Register(), study(share="partners"), b"0" * 64)
    assert "KM704" not in set(shown.tables["findings"]["code"])
