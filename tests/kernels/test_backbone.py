"""Null models of shared events against enumeration, simulation of nothing, and other programs' numbers."""

from __future__ import annotations

import itertools
import json
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmnet.kernels import backbone as kernel
from tests.shared_data import shared

TOY = np.array([[1, 0, 1, 1], [0, 1, 0, 0], [1, 0, 0, 1]])


def every_table(people: int, events: int) -> np.ndarray:
    cells = np.array(list(itertools.product((0, 1), repeat=people * events)))
    return cells.reshape(-1, people, events)


def law_of(tables: np.ndarray) -> np.ndarray:
    """Law of the events shared by the first two people over tables that are equally likely."""
    together = (tables[:, 0] & tables[:, 1]).sum(axis=1)
    return np.bincount(together, minlength=tables.shape[2] + 1) / len(tables)


def test_fixed_laws_are_those_of_all_tables() -> None:
    tables = every_table(3, 3)
    fill = tables[tables.sum(axis=(1, 2)) == 5]
    assert np.allclose(kernel.fixed_fill_law(3, 3, 5, 3), law_of(fill))
    column = tables[(tables.sum(axis=1) == [2, 1, 3]).all(axis=1)]
    assert np.allclose(kernel.fixed_column_law(np.array([2, 1, 3]), 3, 3), law_of(column))
    row = tables[(tables.sum(axis=2)[:, :2] == [2, 1]).all(axis=1)]
    assert np.allclose(kernel.hypergeometric_law(3, 2, 1, 3), law_of(row))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=0, max_size=7))
def test_poisson_binomial_is_that_of_all_outcomes(p: list[float]) -> None:
    law = kernel.poisson_binomial(np.array([p]).reshape(1, -1), np.ones(len(p), dtype=int), len(p))[0]
    slow = np.zeros(len(p) + 1)
    for hits in itertools.product((0, 1), repeat=len(p)):
        slow[sum(hits)] += np.prod([q if h else 1 - q for h, q in zip(hits, p)])
    assert np.allclose(law, slow, atol=1e-12)


@pytest.mark.parametrize("seed", range(300))
def test_bicm_keeps_all_sums_and_gives_equal_odds_ratios(seed: int) -> None:
    rng = np.random.default_rng(seed)
    table = (rng.random((rng.integers(1, 10), rng.integers(1, 8))) < rng.random()).astype(int)
    cell = kernel.bicm(table.sum(axis=1), table.sum(axis=0)).whole
    assert np.allclose(cell.sum(axis=1), table.sum(axis=1), atol=1e-9)
    assert np.allclose(cell.sum(axis=0), table.sum(axis=0), atol=1e-9)
    inner = cell[((cell > 0) & (cell < 1)).any(axis=1)][:, ((cell > 0) & (cell < 1)).any(axis=0)]
    if inner.size and ((inner > 0) & (inner < 1)).all():
        odds = np.log(inner / (1 - inner))  # maximum entropy: log odds are a row part plus a column part
        assert np.allclose(odds - odds[:1] - odds[:, :1] + odds[0, 0], 0, atol=1e-6)


def test_printed_examples() -> None:
    given_ = json.loads(shared("reference", "reference_values.json").read_text(encoding="utf-8"))
    assert np.allclose(
        kernel.bicm(np.array([1, 1, 2]), np.array([1, 1, 2])).whole, given_["bicm_toy_3x3"]["P"], atol=5e-4
    )
    binomial = given_["poisson_binomial"]
    law = kernel.poisson_binomial(np.array([binomial["p"]]), np.ones(len(binomial["p"]), dtype=int), len(binomial["p"]))
    lower, upper = binomial["exact_lower_upper"]
    assert kernel.upper_tails(law)[0, binomial["k"]] == pytest.approx(upper, rel=1e-12)
    assert law[0, : binomial["k"] + 1].sum() == pytest.approx(lower, rel=1e-12)
    toy = given_["backbone_toy_3x4"]
    assert toy["B"] == TOY.tolist()
    one, other = np.indices((3, 3)).reshape(2, -1)
    together = (TOY @ TOY.T).ravel()
    cell = kernel.bicm(TOY.sum(axis=1), TOY.sum(axis=0))
    tail = kernel.upper_tails(kernel.sdsm_laws(cell, np.column_stack([one, other]), 4))
    sdsm = tail[np.arange(9), together].reshape(3, 3)
    # Their diagonal takes the pair of a person with itself as two people of equal rows; so does ours.
    assert np.allclose(sdsm, toy["exact_sdsm_Pupper"], atol=5e-5)
    fill = kernel.upper_tails(kernel.fixed_fill_law(3, 4, 6, 4)[None, :])[0]
    assert np.allclose(fill[together].reshape(3, 3), toy["fixedfill_Pupper"], atol=5e-4)
    size = TOY.sum(axis=1)
    row = [
        kernel.upper_tails(kernel.hypergeometric_law(4, size[i], size[j], 4)[None, :])[0, k]
        for i, j, k in zip(one, other, together)
    ]
    assert np.allclose(np.reshape(row, (3, 3)), toy["fixedrow_hypergeometric_Pupper"], atol=5e-4)


@pytest.mark.parametrize("seed", range(60))
def test_fixed_fill_word_for_word(seed: int) -> None:
    rng = np.random.default_rng(seed)
    people, events = int(rng.integers(2, 7)), int(rng.integers(1, 9))
    fill = int(rng.integers(0, people * events + 1))
    whole = comb(people * events, fill)
    slow = [
        sum(
            comb(events, k) * comb(events - k, s - 2 * k) * 2 ** (s - 2 * k) * comb((people - 2) * events, fill - s)
            for s in range(2 * k, min(events + k, fill) + 1)
        )
        / whole
        for k in range(events + 1)
    ]
    assert np.allclose(kernel.fixed_fill_law(people, events, fill, events), slow, rtol=1e-11, atol=0)


@pytest.mark.parametrize("seed", range(20))
def test_a_law_cut_off_is_the_law_up_to_there(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p, trials = rng.random((3, 4)), rng.integers(1, 9, size=4)
    full = kernel.poisson_binomial(p, trials, int(trials.sum()))
    assert np.allclose(
        kernel.poisson_binomial(np.repeat(p, trials, axis=1), np.ones(int(trials.sum()), int), 40)[:, : full.shape[1]],
        full,
    )
    assert np.array_equal(kernel.poisson_binomial(p, trials, 3), full[:, :4]) or full.shape[1] < 4
    assert np.allclose(full.sum(axis=1), 1)
