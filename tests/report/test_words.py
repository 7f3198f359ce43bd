"""Numbers in words: nothing is rounded to nothing, undefined stays undefined, no locale gets in."""

from __future__ import annotations

import doctest

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmnet.report import words as w

finite = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9)


def test_the_examples_hold() -> None:
    assert doctest.testmod(w).failed == 0


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT, ""])
def test_undefined_is_a_dash_everywhere(nothing: object) -> None:
    for say in (w.number, w.count, w.percent, w.points, w.difference, w.chance, w.day, w.hundred):
        assert say(nothing) == "\u2013"
    assert w.span(nothing, 1.0) == "\u2013"


def test_a_hidden_count_passes_through() -> None:
    assert w.part("*", 40) == "* of 40" and w.count("*") == "*" and w.many("*", "person", "people") == "*\xa0people"


@given(finite)
def test_only_nought_is_said_to_be_nought(x: float) -> None:
    said_none = not w.number(x).strip("0.\u2212")
    assert said_none == (x == 0)


@given(st.floats(0, 1))
def test_a_share_is_all_or_none_only_if_it_is(x: float) -> None:
    assert (w.percent(x) == "0%") == (x == 0)
    assert (w.percent(x) == "100%") == (x == 1)


@given(finite)
def test_a_difference_carries_its_sign(x: float) -> None:
    said = w.difference(x)
    if x >= 0.001:
        assert said.startswith("+")
    if x <= -0.001:
        assert said.startswith("\u2212")
    assert "-" not in said


@given(finite, finite)
def test_clear_means_that_no_difference_lies_outside(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert (w.certainty(low, high) == "Clear") == (not low <= 0 <= high)
