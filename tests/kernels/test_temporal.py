"""Earliest arrival against a time-expanded graph on random logs, and against tsna on its own example."""

import json

import networkx as nx
import numpy as np
import pytest

from kmnet.kernels import temporal
from tests.shared_data import shared


def expanded(n, log, release, strict):
    """Arrivals by search in the graph of (person, moment, before or after its events): word for word, and slow."""
    times = sorted({t for t, *_ in log} | {t for t in release if t < np.inf})
    graph = nx.DiGraph()
    for k in range(len(times)):
        for v in range(n):
            graph.add_edge((v, k, "before"), (v, k, "after"))
            if k + 1 < len(times):
                graph.add_edge((v, k, "after"), (v, k + 1, "before"))
    for t, senders, receivers in log:
        k = times.index(t)
        for a in senders:
            for b in receivers:
                if a != b:
                    graph.add_edge((a, k, "before"), (b, k, "after"))
                    if not strict:
                        graph.add_edge((a, k, "after"), (b, k, "after"))
    found = np.full(n, np.inf)
    for s, t in enumerate(release):
        if t == np.inf:
            continue
        start = (s, times.index(t), "before")
        reach = nx.descendants(graph, start) | {start}
        for v, k, _ in reach:
            found[v] = min(found[v], times[k])
    return found


@pytest.mark.parametrize("strict", [True, False])
def test_against_the_time_expanded_graph(strict):
    rng = np.random.default_rng(11)
    for _ in range(300):
        n = int(rng.integers(3, 8))
        log = []
        for _ in range(int(rng.integers(3, 20))):
            people = rng.choice(n, int(rng.integers(2, min(n, 4) + 1)), replace=False).tolist()
            one_way = rng.random() < 0.4
            log.append((int(rng.integers(0, 8)), people[:1] if one_way else people, people[1:] if one_way else people))
        release = np.full(n, np.inf)
        release[rng.integers(0, n)] = rng.integers(0, 4)
        if rng.random() < 0.4:
            release[rng.integers(0, n)] = rng.integers(0, 6)
        time = np.array([t for t, *_ in log], float)
        events = temporal.events(n, time, time, [s for _, s, _ in log], [r for *_, r in log])
        found = temporal.earliest(events, release, strict)
        assert found.time.tolist() == expanded(n, log, release, strict).tolist()
        for v in range(n):
            if found.hops[v] > 0:
                assert found.time[found.via[v]] <= found.time[v]
                assert found.hops[found.via[v]] == found.hops[v] - 1
        if strict:
            both = temporal.reached(events, np.stack([release, np.full(n, np.inf)]))
            assert both[0].tolist() == np.isfinite(found.time).tolist()
            assert not both[1].any()


def moody():
    example = json.loads(shared("reference", "reference_values.json").read_text())["moodyContactSim"]
    spells = np.array(example["spells_onset_terminus_tail_head"])
    events = temporal.contacts(16, spells[:, 0], spells[:, 2] - 1, spells[:, 3] - 1, stop=spells[:, 1])
    return example, events


def reach(events, start):
    sizes = []
    for person in range(16):
        release = np.full(16, np.inf)
        release[person] = start
        sizes.append(int(np.isfinite(temporal.earliest(events, release, strict=False).time).sum()))
    return sorted(sizes)


def test_moody_contacts_forward_and_backward():
    example, events = moody()
    release = np.full(16, np.inf)
    release[9] = events.start.min()
    distance = temporal.earliest(events, release, strict=False).time - events.start.min()
    assert distance.tolist() == example["tPath_from_10_tdist"]
    assert reach(events, events.start.min()) == example["tReach_fwd_sorted"]
    assert reach(temporal.reverse(events), -events.stop.max()) == example["tReach_bkwd_sorted"]


def test_order_of_contacts_decides():
    late_first = temporal.contacts(3, np.array([2.0, 1.0]), np.array([0, 1]), np.array([1, 2]))
    release = np.array([0.0, np.inf, np.inf])
    assert temporal.earliest(late_first, release, True).time.tolist() == [0, 2, np.inf]
    same_day = temporal.contacts(3, np.array([1.0, 1.0]), np.array([0, 1]), np.array([1, 2]))
    assert temporal.earliest(same_day, release, True).time.tolist() == [0, 1, np.inf]
    assert temporal.earliest(same_day, release, False).time.tolist() == [0, 1, 1]
    assert temporal.earliest(same_day, release, False).via.tolist() == [-1, 0, 1]
