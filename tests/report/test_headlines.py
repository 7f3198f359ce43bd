"""The opening: every topic in words, with any of its numbers missing, and never a p-value."""

from __future__ import annotations

import re

import pytest

from kmnet.report import headlines
from kmnet.results import Headline

FULL = {
    "who": {"people": 191, "organisations": 20, "teams": 1},
    "connectivity_change": {
        "before": 4.8, "after": 6.4, "difference": 1.6, "low": 0.1, "high": 3.1, "people": 34, "pairs": 1122,
        "formed": 61, "kept": 143, "dissolved": 10,
    },
    "programme_mark": {
        "verdict": "supported", "exposure": "team", "exposed_pairs": 100, "exposed_ties": 29, "other_pairs": 100,
        "other_ties": 9, "estimate": 3.9, "low": 1.9, "high": 8.1,
    },
    "mixing": {"partition": "role", "before_across": 78, "before_ties": 311, "after_across": 246, "after_ties": 476,
               "new_across": 168, "new_ties": 221},
    "brokers": {"roles": (("Facilitator", 4), ("Methods expert", 1)), "top": 5, "facilitators": 4, "same_by_chance": 3},
    "equity": {"group": "Public adviser", "measure": "contacts", "value": 4.0, "others": 6.0, "people": 32},
    "evidence": {"artefacts": 72, "reached": 61, "used": 12, "organisations": 19, "organisations_reached": 18},
    "dependence": {"facilitators": 7, "reachable_with": 0.9, "reachable_without": 0.6, "isolates_without": 14},
    "no_change_possible": {"moments": 1},
    "cannot": {},
    "no_uncertainty_yet": {},
}  # fmt: skip


def said(topic: str, tag: str = "Clear", **numbers: object) -> str:
    return headlines.sentence(Headline(topic, tag, FULL[topic] | numbers, "why"))  # type: ignore[arg-type]


@pytest.mark.parametrize("topic", FULL)
@pytest.mark.parametrize("tag", ["Clear", "Likely", "Cannot tell"])
def test_every_topic_reads_with_any_number_missing(topic: str, tag: str) -> None:
    keys = list(FULL[topic])
    for gone in [None, *keys, keys]:
        left = {k: v for k, v in FULL[topic].items() if k != gone and gone is not keys}
        text = headlines.sentence(Headline(topic, tag, left, "why"))  # type: ignore[arg-type]
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith(".") and "nan" not in text and "None" not in text and ".." not in text
        assert not re.search(r"\bp\s*[=<]", text)


def test_change_says_what_it_rests_on_and_that_it_is_no_cause() -> None:
    text = said("connectivity_change")
    assert "6.4 per person after the programme, 4.8 before" in text
    assert "anything from 0.10 to 3.1 more" in text and "34\xa0people and 1,122\xa0pairs" in text
    assert "not its cause" in text


def test_a_change_that_is_not_settled_is_not_claimed() -> None:
    text = said("connectivity_change", "Cannot tell", low=-0.4, high=3.1)
    assert "does not settle" in text and "0.40 fewer to 3.1 more" in text and "more ties:" not in text


def test_fewer_ties_read_as_fewer() -> None:
    text = said("connectivity_change", before=6.4, after=4.8, difference=-1.6, low=-3.1, high=-0.1)
    assert text.startswith("People have fewer ties") and "0.10 to 3.1 fewer" in text


def test_a_negative_mark_is_not_told_as_a_success() -> None:
    assert "fewer new ties" in said("programme_mark", estimate=0.4)
    assert "fewer" not in said("programme_mark")


def test_a_verdict_that_was_not_shown_says_so() -> None:
    assert said("programme_mark", "Cannot tell", verdict="not_shown").startswith("The data do not show")


def test_counts_hidden_for_privacy_stay_hidden() -> None:
    assert "* of 72" not in said("evidence", reached="*") and "*" in said("evidence", reached="*")


def test_one_person_who_links_others_is_told_in_the_singular() -> None:
    text = said("brokers", roles=(("Adviser", 1),), top=1, facilitators=None, same_by_chance=None)
    assert text == "The person who most often links others is 1 adviser. Why."


def test_a_headline_whose_numbers_may_not_be_shown_tells_nothing() -> None:
    assert not headlines.tells(Headline("mixing", "Cannot tell", {"partition": "role", "people": 10.0}))
    assert headlines.tells(Headline("mixing", "Cannot tell", {}, "why")) and headlines.tells(
        Headline("cannot", "Cannot tell", {}, "x")
    )


def test_an_unknown_topic_prints_its_reason() -> None:
    assert headlines.sentence(Headline("weather", "Clear", {}, "it rained")) == "It rained."
    assert headlines.sentence(Headline("weather", "Clear")) == "Weather."


def test_the_plain_form_leaves_the_technical_reason_out() -> None:
    assert "why" not in headlines.plain(Headline("mixing", "Clear", FULL["mixing"], "why")).lower().split()
    assert headlines.plain(Headline("cannot", "Cannot tell", {}, "Nobody knows")) == "Nobody knows."


def test_what_nobody_wrote_down_is_not_told_as_nought() -> None:
    assert "it is on record for none that others" in said("evidence", "Cannot tell", reached=0, used=0)


def test_people_without_a_tie_stand_beside_those_who_have_none_anyway() -> None:
    assert "14\xa0people would have no tie; with them 5 have none" in said("dependence", isolates_with=5)
