"""Every measure of the catalogue on every kind of network: what any measure must hold, whoever wrote it."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from kmnet.measures.measure import Measure
from kmnet.measures.run import catalogue, columns, run, value
from kmnet.network.network import MISSING, Network, network
from kmnet.results import About
from tests.kernels.randoms import many
from tests.measures.kinds import ATTENDED, KINDS, attended, with_person

MEASURES = catalogue()
SHAPES = {"person": "n", "tie": "pairs", "network": "", "pair": "nn", "group": "g", "groups": "gg", "organisation": "o"}


def name(item: Measure) -> str:
    return f"{item.about.of}-{item.about.name}"


def numbers(item: Measure, net: Network) -> np.ndarray:
    return np.asarray(value(item, net), dtype=np.float64)


@pytest.fixture(scope="module")
def networks() -> dict[str, Network]:
    met = {f"attended {k}": net for k, net in enumerate(ATTENDED)}
    return {**KINDS, **met, **{f"random {k}": net for k, net in enumerate(many()[:40])}}


def test_names_are_unique_and_usable() -> None:
    keys = [(m.about.of, m.about.name) for m in MEASURES]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", m.about.name) for m in MEASURES)
    assert len(MEASURES) > 100


@pytest.mark.parametrize("item", MEASURES, ids=name)
def test_words(item: Measure) -> None:
    """Everything a reader is shown is there: a sentence, a formula, a source, a common misreading."""
    about = item.about
    assert about.reads.endswith(".") and about.reads[0].isupper() and len(about.reads) < 200
    assert about.title and not about.title.endswith(".")
    for word in ("formula", "source", "misreading", "agrees_with"):
        assert getattr(about, word), word
    assert about.low < about.high


@pytest.mark.parametrize("item", MEASURES, ids=name)
def test_range_shape_and_reasons(item: Measure, networks: dict[str, Network]) -> None:
    about = item.about
    for kind, net in networks.items():
        found = numbers(item, net)
        groups = len(net.partition.names) if net.partition else 0
        shape = {"n": (net.n,), "pairs": (len(net.pairs[0]),), "": (), "nn": (net.n, net.n), "g": (groups,)}
        shape |= {"gg": (groups, groups), "o": found.shape}
        if net.partition is not None or not about.partition:
            assert found.shape == shape[SHAPES[about.of]], kind
        known = found[~np.isnan(found)]
        assert (known >= about.low - 1e-9).all() and (known <= about.high + 1e-9).all(), (kind, known)
        if np.isnan(found).any() and (net.partition is not None or not about.partition):
            assert about.undefined, f"{kind}: empty, and no reason is given"


@pytest.mark.parametrize("item", MEASURES, ids=name)
def test_g4_other_ids_and_another_order_change_nothing(item: Measure) -> None:
    """Renaming people, which also reorders them, moves each number with its person."""
    for seed, net in enumerate(SOME):
        order = np.random.default_rng(seed).permutation(net.n)
        new = {old: f"q{order[k]:03d}" for k, old in enumerate(net.ids)}
        again = _renamed(net, new)
        back = np.argsort([new[i] for i in net.ids], kind="stable")  # where each new position was before
        one, two = numbers(item, net), numbers(item, again)
        of = item.about.of
        if item.about.chance:
            continue
        if of == "person":
            one = one[back]
        elif of == "pair":
            one = one[np.ix_(back, back)]
        elif of == "tie":
            one = one[_ties_of(again, net, {new[i]: i for i in net.ids})]
        assert np.allclose(one, two, rtol=1e-9, atol=1e-12, equal_nan=True), seed


SOME = (*(many()[seed] for seed in (3, 4, 7, 9, 13, 22)), *ATTENDED)
"""Networks on which what may not change is tried: of ties of every kind, and of attendance."""


def _ties_of(again: Network, net: Network, old: dict[str, str]) -> np.ndarray:
    """For each tied pair of ``again``, its place among the pairs of ``net``."""
    place = {frozenset(net.ids[i] for i in pair): k for k, pair in enumerate(zip(*(p.tolist() for p in net.pairs)))}
    pairs = zip(*(p.tolist() for p in again.pairs))
    return np.array([place[frozenset(old[again.ids[i]] for i in pair)] for pair in pairs], dtype=np.int64)


def _renamed(net: Network, new: dict[str, str]) -> Network:
    ties = [
        (new[net.ids[i]], new[net.ids[j]], float(w))
        for i, j, w in zip(net.source.tolist(), net.target.tolist(), net.weight.tolist())
    ]
    groups = {c: {new[i]: part.names[k] for i, k in zip(net.ids, part.code.tolist())} for c, part in net.groups.items()}
    again = network(list(new.values()), ties[::-1], directed=net.directed, groups=groups)
    came = net.affiliation
    if came is None:
        return again
    person = np.array([again.ids.index(new[net.ids[i]]) for i in came.person], dtype=np.int32)
    order = np.lexsort((person, came.event))
    moved = replace(came, person=person[order], event=came.event[order], minutes=came.minutes[order])
    return replace(again, affiliation=moved)


@pytest.mark.parametrize("item", MEASURES, ids=name)
def test_g4_a_separate_person_changes_only_what_says_so(item: Measure) -> None:
    about = item.about
    if about.separate != "nothing":
        return
    for seed, net in enumerate(SOME):
        for more in (with_person(net, "zz"), with_person(net, "zz", group="new")):
            one, two = numbers(item, net), numbers(item, more)
            if about.of == "person":
                two = two[:-1]
            elif about.of == "pair":
                assert not two[-1].any() and not two[:, -1].any()  # nobody constrains the newcomer, nor is constrained
                two = two[:-1, :-1]
            elif about.of == "group":
                two = two[: len(one)]  # "new" comes last
            elif about.of == "groups":
                two = two[: len(one), : len(one)]
            assert np.allclose(one, two, rtol=1e-9, atol=1e-12, equal_nan=True), seed


def test_what_says_it_changes_does_change() -> None:
    """A measure that claims to depend on a separate person does so on at least one network."""
    nets = [(net, with_person(net, "zz", group)) for net in (*many()[:60], attended()) for group in ("", "new")]
    for item in MEASURES:
        if item.about.separate == "nothing" or item.about.chance:
            continue
        changed = False
        for net, more in nets:
            one, two = numbers(item, net), numbers(item, more)
            two = two[:-1] if item.about.of == "person" else two
            changed |= one.shape != two.shape or not np.allclose(one, two, equal_nan=True)
        assert changed, name(item)


@pytest.mark.parametrize("item", [m for m in MEASURES if not m.about.weighted], ids=name)
def test_weights_enter_only_where_the_name_says_so(item: Measure) -> None:
    for net in (many()[seed] for seed in (4, 13, 22)):
        ids, w = net.ids, np.arange(1, net.m + 1)
        ties = [(ids[i], ids[j], float(x)) for i, j, x in zip(net.source.tolist(), net.target.tolist(), w)]
        groups = {c: {i: p.names[k] for i, k in zip(ids, p.code.tolist())} for c, p in net.groups.items()}
        other = network(list(ids), ties, directed=net.directed, groups=groups, label=net.label)
        assert np.array_equal(numbers(item, net), numbers(item, other), equal_nan=True)


@pytest.mark.parametrize("kind", KINDS)
def test_run_gives_what_it_promises(kind: str) -> None:
    net = KINDS[kind]
    found = run(net)
    groups = tuple(net.groups)
    assert list(found.person) == list(columns("person", groups))
    assert list(found.network) == list(columns("network", groups))
    for column, values in found.person.items():
        assert values.shape == (net.n,)
        assert bool(np.isnan(values).any()) == (("people", column) in found.reasons)
    for column, number in found.network.items():
        assert np.isnan(number) == (("networks", column) in found.reasons)
    assert all(found.reasons.values())
    for table in (found.bridges, found.mixing):
        assert len({len(values) for values in table.values()}) == 1
    assert len(found.bridges["source"]) == found.network["local_bridges"]
    assert sum(found.bridges["bridge"]) == found.network["bridges"]
    for group in groups:
        ties = [t for p, t in zip(found.mixing["partition"], found.mixing["ties"]) if p == group]
        assert sum(ties) == net.m


def test_the_same_run_twice_and_alone() -> None:
    """Draws depend on the seed, the label and the measure, on nothing else."""
    one, two = (run(net, further=True) for net in (KINDS["grouped"], with_person(KINDS["grouped"], "zz")))
    again = run(KINDS["grouped"], further=True)
    assert one.further_network["ei_index_p"] == again.further_network["ei_index_p"]
    assert 0 < two.further_network["ei_index_p"] <= 1
    item = next(m for m in MEASURES if m.about.name == "ei_index_p")
    assert value(item, KINDS["grouped"]) == one.further_network["ei_index_p"]
    assert value(item, KINDS["grouped"], seed=1) != one.further_network["ei_index_p"]


def test_missing_group_is_one_more_group() -> None:
    net = network(["a", "b", "c"], [("a", "b"), ("b", "c")], groups={"role": {"a": "x", "b": "x"}})
    assert net.partition is not None and MISSING in net.partition.names
    assert run(net).network["ei_index"] == 0


def test_about_has_no_field_that_no_measure_fills() -> None:
    for field in fields(About):
        values: set[Any] = {getattr(m.about, field.name) for m in MEASURES}
        assert len(values) > 1, field.name
