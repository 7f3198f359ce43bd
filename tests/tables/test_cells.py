"""D4: what is one text, and what a number or a flag is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmnet.tables.cells import clean, flag, fold, has_control, number, plain, strip_control


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_D4_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert clean(clean(text)) == clean(text)
    assert plain(plain(text)) == plain(text)
    assert fold(clean(text)) == fold(text)


@pytest.mark.parametrize(
    "text", ["Jose\u0301", "JOSÉ", " José ", "Jos\u200bé", "\u202eJosé\u202c", "José\u00a0", "\ufeffJosé", "Jos\u00adé"]
)
def test_D4_one_name_in_eight_disguises(text: str) -> None:
    assert fold(text) == fold("José")


def test_D4_shown_text_keeps_its_case_and_accents() -> None:
    assert clean(" \u202eDE  LA\u00a0Cruz\u0301 ") == "DE LA Cruź"


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_B10_nothing_is_left_that_an_export_cannot_carry(text: str) -> None:
    assert not has_control(strip_control(text))


@pytest.mark.parametrize("text", ["nan", "inf", "1,5", "1 000", "1_000", "0x1", "1e999", "", "٣", "²"])
def test_what_is_no_number(text: str) -> None:
    assert number(text) is None


def test_flags_are_words_not_guesses() -> None:
    assert [flag(t) for t in ("Yes", "TRUE", "1", "", "no", "maybe", "2")] == [
        True,
        True,
        True,
        False,
        False,
        None,
        None,
    ]
