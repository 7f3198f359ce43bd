"""Between-group betweenness against a plain loop over paths."""

import networkx as nx
import numpy as np
import pytest

from kmnet.kernels.across import across


def slow(ties, codes):
    graph = nx.from_numpy_array(ties, create_using=nx.DiGraph)
    n = len(ties)
    found = np.full(n, np.nan)
    for v in range(n):
        total, pairs = 0.0, 0
        for s in range(n):
            for t in range(n):
                if s == t or v in (s, t) or codes[s] == codes[t]:
                    continue
                pairs += 1
                if nx.has_path(graph, s, t):
                    paths = list(nx.all_shortest_paths(graph, s, t))
                    total += sum(v in path for path in paths) / len(paths)
        if pairs:
            found[v] = total / pairs
    return found


@pytest.mark.parametrize("seed", range(4))
def test_word_for_word(seed):
    rng = np.random.default_rng(seed)
    ties = (rng.random((9, 9)) < 0.3) * (1.0 - np.eye(9))
    if seed % 2:
        ties = np.maximum(ties, ties.T)
    codes = rng.integers(0, 3, 9)
    assert across(ties, codes) == pytest.approx(slow(ties, codes), nan_ok=True)


def test_one_group_has_no_pairs():
    assert np.isnan(across(np.ones((4, 4)), np.zeros(4, int))).all()
