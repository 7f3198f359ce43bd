"""What makes two moments incomparable, and what is only to be minded."""

from dataclasses import replace

import numpy as np
import pytest

from kmnet.compare.gate import Instrument, gate
from tests.compare.worlds import from_matrix


def two(**more):
    ties = (np.random.default_rng(1).random((14, 14)) < 0.3) * (1 - np.eye(14))
    return from_matrix(ties, **more), from_matrix(ties, moment="after", **more)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (Instrument(relation="knows"), Instrument(relation="shares"), "Another relation was asked about"),
        (Instrument(threshold=1), Instrument(threshold=2), "Another threshold makes a tie (1 before, 2 after)"),
        (Instrument(source="survey"), Instrument(source="interactions"), "different sources"),
    ],
)
def test_another_instrument_is_refused(one, other, words):
    found = gate(*two(), (one, other))
    assert not found.comparable
    assert words in found.reason
    assert found.said[0].startswith("not comparable: ")


def test_another_scale_is_to_be_minded():
    found = gate(*two(), (Instrument(top=1), Instrument(top=4)))
    assert found.comparable
    assert found.said == (
        "compare with caution: Answers go up to 1 before and to 4 after: check that both waves asked on the same scale.",
    )
    assert gate(*two(), (Instrument(top=3), Instrument(top=4))).said == ()


def test_windows_of_a_log():
    before, after = two(layer="behavioural", directed=False)
    assert "How long a window is cannot be told" in gate(before, after).reason
    assert gate(replace(before, days=180.0), replace(after, days=182.0)).comparable
    unequal = gate(replace(before, days=90.0), replace(after, days=180.0))
    assert unequal.reason == "The windows differ in length (90 days before, 180 after)."


def test_few_answers_and_a_jump_are_to_be_minded():
    before, after = two()
    silent = replace(after, answered=np.arange(14) < 7)
    assert "Only 7 of 14 people answered after (50%)." in gate(before, silent).cautions
    full = from_matrix(1 - np.eye(14), moment="after")
    few = from_matrix(np.eye(14, k=1))
    assert any("jump from" in said for said in gate(few, full).cautions)
    assert any("the number was prescribed" in said for said in gate(before, full).cautions)
