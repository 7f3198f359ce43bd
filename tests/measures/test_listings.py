"""Tables tie by tie, contact by contact, group by group and event by event: rows, and what every analysis writes."""

from __future__ import annotations

import numpy as np
import pytest

from kmnet.measures import listings
from kmnet.measures.run import catalogue, run, value
from kmnet.outputs import TABLES
from tests.kernels.randoms import many
from tests.measures.kinds import KINDS, attended


def of(kind: str) -> list[str]:
    return [m.about.name for m in catalogue() if m.about.of == kind]


def test_every_measure_of_the_catalogue_stands_in_a_table() -> None:
    net = KINDS["grouped"]
    found = run(net, further=True)
    assert {*found.person, *found.further_person} >= set(of("person"))
    assert {*found.network, *found.further_network} >= set(of("network"))
    assert set(listings.ties(net)) >= set(of("tie"))
    assert set(listings.dyads(net)) >= set(of("pair"))
    assert net.partition is not None
    assert set(listings.groups(net, net.partition)) >= set(of("group"))
    assert not {*found.person} & {*found.further_person} and not {*found.network} & {*found.further_network}


def test_columns_are_those_of_the_contract() -> None:
    net = KINDS["grouped"]
    assert net.partition is not None
    made = {
        "ties": listings.ties(net),
        "dyads": listings.dyads(net),
        "groups": listings.groups(net, net.partition),
        "events": listings.events(attended()),
    }
    for name, rows in made.items():
        fixed = [c.name for c in TABLES[name].columns][3:]
        assert list(rows)[: len(fixed)] == fixed
        assert list(rows)[len(fixed) :] == (of(TABLES[name].measures) if TABLES[name].measures else [])
        assert len({len(column) for column in rows.values()}) == 1


def test_dyads_are_the_cells_of_the_matrices() -> None:
    for net in many()[:80]:
        rows, at = listings.dyads(net), {i: k for k, i in enumerate(net.ids)}
        cell = [at[i] for i in rows["id"]], [at[j] for j in rows["contact"]]
        for name in of("pair"):
            matrix = value(next(m for m in catalogue() if m.about.name == name), net)
            assert np.array_equal(matrix[cell], rows[name])
            matrix[cell] = 0
            assert not matrix.any()


def test_ties_say_who_names_whom_and_how_strongly() -> None:
    for net in many()[:80]:
        rows, weight = listings.ties(net), {}
        for i, j, w in zip(net.source.tolist(), net.target.tolist(), net.weight.tolist()):
            weight[net.ids[i], net.ids[j]] = w
        for a, b, strength, mutual in zip(rows["source"], rows["target"], rows["strength"], rows["mutual"]):
            both = [weight[pair] for pair in ((a, b), (b, a)) if pair in weight]
            assert strength == sum(both) and mutual == (len(both) == 2 or not net.directed)
        assert len(rows["source"]) == len({frozenset(pair) for pair in weight})


def test_events_have_the_other_mode_as_denominator() -> None:
    rows = listings.events(attended())
    assert dict(zip(rows["event"], rows["share"])) == {"w1": 0.5, "w2": 0.5, "w3": 0}
    assert listings.events(KINDS["grouped"]) == {}


def test_very_many_contacts_have_no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "MOST_CONTACTS", 1)
    assert listings.dyads(KINDS["grouped"]) == {}
