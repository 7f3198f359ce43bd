"""What a study's settings and rows say of a comparison: what each wave asked, who was compared, and who came."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import kmnet
from kmnet.results import Results

PEOPLE = [f"p{k:02d}" for k in range(24)]


def study(folder: Path, before: str, after: str, more: str = "", top: int = 3) -> Results:
    """24 people in two arms and six teams; each wave asks one relation."""
    rng = np.random.default_rng(5)
    rows = ["wave,source,target,relation,strength"]
    for wave, relation, high in (("w1", before, 3), ("w2", after, top)):
        for one in PEOPLE:
            for other in PEOPLE:
                if one != other and rng.random() < 0.2:
                    rows.append(f"{wave},{one},{other},{relation},{rng.integers(1, high + 1)}")
    (folder / "survey.csv").write_text("\n".join(rows), encoding="utf-8")
    people = ["id,team,organisation,arm", *(f"{p},t{k % 6},o{k % 5},{'ab'[k % 2]}" for k, p in enumerate(PEOPLE))]
    (folder / "people.csv").write_text("\n".join(people), encoding="utf-8")
    (folder / "config.yaml").write_text(
        "title: Waves\ndata: {people: people.csv, survey: survey.csv}\nshare: inside\ninference: {draws: 99}\n"
        "moments: [{name: before, wave: w1}, {name: after, wave: w2}]\n" + more,
        encoding="utf-8",
    )
    return kmnet.analyse(folder / "config.yaml")


def test_another_question_in_the_later_wave_is_no_change(tmp_path: Path) -> None:
    any_ = study(tmp_path, "knows", "shares", "networks: {ties: {from: survey, directed: true}}\n")
    assert any_.tables["change"]["note"].tolist() == [
        "not comparable: Another relation was asked about (knows before, shares after)."
    ]
    assert not any_.tables["cohorts"].query("moment == 'after'")["comparable"].any()


def test_a_question_that_one_wave_did_not_ask_formed_no_ties(tmp_path: Path) -> None:
    found = study(tmp_path, "knows", "shares", "networks: {shares: {from: survey, relation: shares, directed: true}}\n")
    assert "asked at one moment only" in found.tables["change"]["note"].iloc[0]
    assert not len(found.tables["tie_change"])
    assert found.headlines[0].tag == "Cannot tell"


def test_people_of_the_comparison_group_are_taken_from_their_column(tmp_path: Path) -> None:
    more = (
        "networks: {knows: {from: survey, directed: true}, close: {from: survey, directed: true, at_least: 3}}\n"
        "effect: {exposure: participation, comparison: {arm: b}, outcome: knows, secondary: close}\n"
    )
    found = study(tmp_path, "knows", "knows", more, top=1)
    effect = found.tables["effect"].set_index(["network", "test"])
    row = effect.loc[("knows", "association_change")]
    assert row["exposed_pairs"] == 12 * 11
    assert row["other_pairs"] == 24 * 23 - 12 * 11
    assert effect.loc[("close", "verdict")]["outcome"] == "secondary"
    # The later wave knows one strength only: nothing goes beyond likely.
    assert any("Answers go up to 3 before and to 1 after" in note for note in found.notes)
    assert "not drawn by lot" in found.headlines[-1].reason
