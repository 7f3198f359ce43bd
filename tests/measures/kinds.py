"""Networks of every kind that a programme can hand in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kmnet.network.network import Affiliation, Network, network


def _complete(n: int, directed: bool = False) -> Network:
    ids = [f"p{k}" for k in range(n)]
    return network(ids, [(i, j) for i in ids for j in ids if i != j and (directed or i < j)], directed=directed)


def _grouped() -> Network:
    chance = np.random.default_rng(11)
    ids = [f"p{k:02d}" for k in range(24)]
    ties = [(i, j) for i in ids for j in ids if i < j and chance.random() < 0.2]
    groups = {
        "role": {i: ["adviser", "practitioner", "researcher"][k % 3] for k, i in enumerate(ids)},
        "organisation": {i: f"o{k // 4}" for k, i in enumerate(ids)},
        "sector": {i: "health" if k < 20 else "" for k, i in enumerate(ids)},
    }
    return network(ids, ties, groups=groups)


def attended() -> Network:
    """People who met at events, one of whom came to none."""
    ids = ["a", "b", "c", "d"]
    return replace(
        network(ids, [("a", "b"), ("b", "c")], layer="imposed"),
        affiliation=Affiliation(
            ("w1", "w2", "w3"),
            np.array([0, 1, 1, 2], dtype=np.int32),
            np.array([0, 0, 1, 1], dtype=np.int32),
            np.full(4, np.nan),
        ),
    )


def _met(seed: int) -> Network:
    """A random number of people at a random number of events, tied where they met; some came to none."""
    chance = np.random.default_rng(seed)
    n, events = int(chance.integers(5, 12)), int(chance.integers(1, 6))
    ids = [f"p{k:02d}" for k in range(n)]
    came = chance.random((n, events)) < 0.35
    shared = came.astype(int) @ came.T.astype(int)
    ties = [(ids[i], ids[j], float(shared[i, j])) for i in range(n) for j in range(i) if shared[i, j]]
    role = {i: f"g{chance.integers(3)}" for i in ids}
    person, event = np.nonzero(came)
    order = np.lexsort((person, event))
    affiliation = Affiliation(
        tuple(f"w{k}" for k in range(events)),
        person[order].astype(np.int32),
        event[order].astype(np.int32),
        np.full(len(order), np.nan),
    )
    return replace(network(ids, ties, layer="imposed", groups={"role": role}), affiliation=affiliation)


ATTENDED = tuple(_met(seed) for seed in range(4))
"""Networks of attendance with groups."""

KINDS: dict[str, Network] = {
    "nobody": network([], []),
    "one person": network(["a"], []),
    "two strangers": network(["a", "b"], []),
    "two strangers, directed": network(["a", "b"], [], directed=True),
    "a pair": network(["a", "b"], [("a", "b")]),
    "one names the other": network(["a", "b"], [("a", "b")], directed=True),
    "a triangle": _complete(3),
    "everybody with everybody": _complete(6),
    "everybody names everybody": _complete(5, directed=True),
    "a star": network([*"abcde"], [("a", x) for x in "bcde"]),
    "a star, directed": network([*"abcde"], [("a", x) for x in "bcde"], directed=True),
    "a ring": network([*"abcdef"], list(zip("abcdef", "bcdefa"))),
    "a chain, weighted": network([*"abcde"], [("a", "b", 2.0), ("b", "c", 0.5), ("c", "d", 7.0), ("d", "e", 1.0)]),
    "two pieces": network([*"abcdef"], [("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("e", "f")]),
    "isolates": network([*"abcdef"], [("a", "b"), ("b", "c")]),
    "self ties are dropped": network([*"abc"], [("a", "a"), ("a", "b"), ("b", "c")]),
    "one group": network([*"abc"], [("a", "b"), ("b", "c")], groups={"role": dict.fromkeys("abc", "x")}),
    "groups of one": network([*"abc"], [("a", "b"), ("b", "c")], groups={"role": {x: x for x in "abc"}}),
    "grouped": _grouped(),
    "attended": attended(),
}


def with_person(net: Network, new: str, group: str = "") -> Network:
    """The same network with one more person, who has no ties and the named group (the first person's when left out)."""
    groups = {c: {i: p.names[k] for i, k in zip(net.ids, p.code.tolist())} for c, p in net.groups.items()}
    for part in groups.values():
        part[new] = group or next(iter(part.values()), "x")
    ties = [
        (net.ids[i], net.ids[j], float(w))
        for i, j, w in zip(net.source.tolist(), net.target.tolist(), net.weight.tolist())
    ]
    more = network([*net.ids, new], ties, directed=net.directed, groups=groups, label=net.label, layer=net.layer)
    assert more.ids[-1] == new
    return replace(more, affiliation=net.affiliation)
