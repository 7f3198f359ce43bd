from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kmnet.share.groups import frequent, joined, naming


@given(st.lists(st.sampled_from("abcdefgh"), max_size=60), st.integers(2, 8))
def test_4_1_no_group_that_is_shown_has_fewer_people_than_asked(values: list[str], least: int) -> None:
    shown = joined(values, least, "Other")
    sizes = Counter(shown[v] for v in values)
    if len(values) >= least:
        assert all(n >= least for n in sizes.values())
    own = {v for v in set(values) if shown[v] == v}
    assert all(values.count(v) >= least for v in own)


def test_only_the_smallest_are_joined() -> None:
    values = ["a"] * 20 + ["b"] * 9 + ["c"] * 3 + ["d"] * 2
    assert joined(values, 5, "Other") == {"a": "a", "b": "b", "c": "Other", "d": "Other"}
    assert joined(values[:-2], 5, "Other") == {"a": "a", "b": "Other", "c": "Other"}


def test_words_for_few_things_are_other() -> None:
    assert frequent({"": 1, "rare": 1, "usual": 2}, 2, "other") == {"": "", "rare": "other", "usual": "usual"}


def test_4_9_a_label_with_somebody_s_name_is_joined_however_large_it_is() -> None:
    names = ["Ann Lee", "Wu", "Łukasz  Nowak"]
    labels = ["Friend of ANN LEE", "Lukasz Nowak lecture", "Wu", "Ann Leeson", "Advice"]
    hidden = naming(labels, names)
    assert hidden == {"Friend of ANN LEE", "Lukasz Nowak lecture"}
    assert frequent(dict.fromkeys(labels, 9), 2, "other", hidden)["Lukasz Nowak lecture"] == "other"
    shown = joined(["Friend of ANN LEE"] * 9 + ["b"] * 6 + ["c"] * 7, 10, "Other", hidden)
    assert shown == {"Friend of ANN LEE": "Other", "b": "Other", "c": "Other"}
