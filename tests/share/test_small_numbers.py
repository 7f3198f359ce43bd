from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kmnet.share.small_numbers import RULES, in_words, nhs, sacro, two_digits


@given(st.integers(0, 100_000))
def test_4_5_nhs_hides_one_to_seven_and_rounds_the_rest_to_five(n: int) -> None:
    shown = float(nhs(n))
    if n == 0:
        assert shown == 0
    elif n < 8:
        assert np.isnan(shown)
    else:
        assert shown % 5 == 0 and abs(shown - n) <= 2.5


def test_4_5_a_hidden_cell_beside_a_total_stays_open() -> None:
    """From a shown total and the other shown cells, at least five values of a hidden cell remain possible."""
    rng = np.random.default_rng(1)
    for _ in range(300):
        cells = rng.integers(0, 40, 5)
        shown, total = nhs(cells), float(nhs(cells.sum()))
        for k in np.flatnonzero(np.isnan(shown)):
            others = [c for j, c in enumerate(range(5)) if j != k]
            possible = []
            for guess in range(1, 8):
                low = guess + sum(0 if shown[j] == 0 else 1 if np.isnan(shown[j]) else shown[j] - 2.5 for j in others)
                high = guess + sum(0 if shown[j] == 0 else 7 if np.isnan(shown[j]) else shown[j] + 2.5 for j in others)
                if low <= total + 2.5 and high >= total - 2.5:
                    possible.append(guess)
            if sum(shown[j] != 0 for j in others):
                assert len(possible) >= 5


def test_4_5_sacro_and_none() -> None:
    assert np.isnan(sacro([0, 9])).all() and float(sacro(10)) == 10
    assert not RULES["none"].on and RULES["none"].count([3]).tolist() == [3]


def test_two_digits() -> None:
    assert two_digits([0.34782, 1234.0, 0.0, -0.0567]).tolist() == [0.35, 1200.0, 0.0, -0.057]
    assert np.isnan(two_digits(np.nan))


def test_numbers_of_people_in_sentences() -> None:
    rule = RULES["nhs"]
    assert in_words("Only 25 of 42 people answered after.", rule) == "Only about 25 of about 40 people answered after."
    few = "Only 1 of 6 people answered before (17%). Only 25 of 42 people answered after (60%)."
    assert (
        in_words(few, rule)
        == "Only a few of a few people answered before. Only about 25 of about 40 people answered after."
    )
    assert (
        in_words("Fewer than 3 people with a value: not shown.", rule) == "Fewer than 3 people with a value: not shown."
    )
    assert in_words("2 people left in 2020.", rule) == "a few people left in 2020."
    assert in_words("2 people", RULES["none"]) == "2 people"
