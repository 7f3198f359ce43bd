"""What was planted in the sample programme is found; what was not is not claimed."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.stories.running import CONFIGS, SAMPLES, Output, analysed, shipped

TRUTH = json.loads((SAMPLES / "cig_programme" / "truth.json").read_text(encoding="utf-8"))
COHORTS = tuple(TRUTH["cohorts"])
BROKERS = {c: set(ids) for c, ids in TRUTH["brokers"].items()}


@pytest.fixture(scope="module")
def sample() -> Output:
    ran, output = analysed(shipped() / "cig_programme.yaml")
    assert ran.code == 0, ran.said
    return output


def test_people_answers_and_ties_are_counted_as_the_files_say(sample: Output) -> None:
    for cohort, told in TRUTH["cohorts"].items():
        for moment, wave in (("before", "baseline"), ("after", "follow-up")):
            row = sample.row("networks", network="knows", cohort=cohort, moment=moment, facilitators="with")
            assert row["people"] == told[wave]["asked"]  # joiners and leavers were not asked: not part of the moment
            assert row["answered"] == told[wave]["answered"]
            assert row["ties"] == told[wave]["knows_ties_if_either_reports"]
            assert row["isolates"] == told[wave]["isolates_among_those_asked"]


def test_the_lone_people_are_the_planted_ones(sample: Output) -> None:
    people = sample.table("people")
    for cohort, told in TRUTH["cohorts"].items():
        alone = [
            set(people[(people["network"] == "knows") & (people["cohort"] == cohort) & (people["moment"] == m)]
                .loc[lambda f: f["degree"] == 0, "id"])
            for m in ("before", "after")
        ]  # fmt: skip
        assert alone[0] & alone[1] == set(told["never_named_and_silent"])


def test_the_planted_brokers_lead_between_advisers_and_commissioners(sample: Output) -> None:
    table = sample.table("brokerage")
    table = table[(table["network"] == "advice") & (table["partition"] == "role") & (table["moment"] == "during")]
    for cohort in COHORTS:
        ranked = table[table["cohort"] == cohort].sort_values("liaison", ascending=False)
        assert set(ranked["id"].head(len(BROKERS[cohort]))) == BROKERS[cohort]


def verdict(output: Output, network: str, cohort: str) -> pd.Series:
    return output.row("effect", network=network, cohort=cohort, test="verdict")


def test_the_effect_is_supported_where_it_was_planted(sample: Output) -> None:
    assert verdict(sample, "knows", "All")["verdict"] == "supported"
    formation = sample.row("effect", network="knows", cohort="All", test="formation")
    assert formation["estimate"] > 2 and formation["low"] > 1
    change = sample.row("effect", network="knows", cohort="All", test="association_change")
    assert change["estimate"] > 1 and change["low"] > 1
    placebo = sample.row("effect", network="knows", cohort="All", test="placebo")
    assert placebo["p"] > 0.05


def test_no_effect_is_claimed_for_the_third_cohort(sample: Output) -> None:
    assert verdict(sample, "knows", "Cohort 3")["verdict"] in ("not_shown", "mixed", "cannot_be_tested")


@pytest.mark.parametrize("network", ["knows", "works_together"])
def test_cohorts_1_and_2_together_are_supported(tmp_path: Path, network: str) -> None:
    """Only the survey network in question, through the library, which is quicker than writing every file."""
    import kmnet

    text = (
        (CONFIGS / "cig_programme.yaml").read_text(encoding="utf-8").replace("../sample_networks", SAMPLES.as_posix())
    )
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    two = [{"name": n, "start": t["start"], "end": t["end"]} for n, t in TRUTH["cohorts"].items() if n != "Cohort 3"]
    rule = {"from": "survey", "relation": network.replace("_", " "), "at_least": 2, "directed": network != "knows"}
    results = kmnet.analyse(
        tmp_path / "config.yaml",
        {"cohorts": two, "networks": {network: rule}, "effect.outcome": network, "inference.draws": 499},
    )
    effect = results.tables["effect"]
    verdicts = effect[(effect["cohort"] == "All") & (effect["test"] == "verdict")]["verdict"]
    assert list(verdicts) == ["supported"]


def test_ties_across_regions_are_what_pairs_offer(sample: Output) -> None:
    """Outside teams and organisations, the ties found cross regions about as often as the pairs do."""
    people, places = (
        pd.read_csv(SAMPLES / "cig_programme" / f"{name}.csv", dtype=str, keep_default_na=False).set_index("id")
        for name in ("people", "organisations")
    )
    region = people["organisation"].map(places["region"])
    ties = sample.table("tie_change")
    for cohort in COHORTS:
        ids = [
            i for i in people.index if cohort in people.loc[i, "cohort"].split(";") and people.loc[i, "organisation"]
        ]

        def counts(a: str, b: str) -> bool:
            one, two = people.loc[a], people.loc[b]
            return one["organisation"] != two["organisation"] and (one["team"] != two["team"] or not one["team"])

        pairs = [(a, b) for k, a in enumerate(ids) for b in ids[k + 1 :] if counts(a, b)]
        offered = sum(region[a] != region[b] for a, b in pairs) / len(pairs)
        found = ties[(ties["network"] == "knows") & (ties["cohort"] == cohort)]
        for moment in ("before", "after"):
            tied = [
                (a, b)
                for a, b in zip(found[found[moment] == True]["source"], found[found[moment] == True]["target"])  # noqa: E712
                if a in ids and b in ids and counts(a, b)
            ]
            crossing = sum(region[a] != region[b] for a, b in tied)
            spread = (offered * (1 - offered) / len(tied)) ** 0.5
            assert abs(crossing / len(tied) - offered) < 2.5 * spread, (cohort, moment)


def test_the_artefacts_went_where_they_were_sent(sample: Output) -> None:
    table = sample.table("artefacts")
    told = TRUTH["artefacts"]
    role = table[table["partition"] == "role"]
    travelled = role[role["artefact"] == told["travelled"]["id"]].set_index("group")
    assert travelled["reached"].sum() == 2
    assert travelled.loc["Commissioner", "reached"] == travelled.loc["Researcher", "reached"] == 1
    assert travelled.loc["Commissioner", "used"] == 1
    assert role[role["artefact"] == told["stayed_with_its_makers"]["id"]]["reached"].sum() == 0
    late = role[role["artefact"] == told["too_late_for_anyone"]["id"]]
    assert late["reached"].sum() == 0
    assert late["reachable"].sum() <= len(told["too_late_for_anyone"]["makers"])


def test_the_flaws_are_found_and_counted(sample: Output) -> None:
    ledger = sample.table("ledger").set_index("table")
    rows = TRUTH["rows"]
    assert ledger.loc["attendance", "read"] == rows["attendance"]
    assert ledger.loc["attendance", "merged"] == TRUTH["flaws"]["duplicate_attendance_rows"]
    assert ledger.loc["interactions", "set_aside"] == 1 + TRUTH["flaws"]["self_contacts"]
    assert ledger.loc["people", "withdrawn"] == len(TRUTH["flaws"]["withdrawn"])


def test_nobody_who_withdrew_is_in_any_file(sample: Output) -> None:
    gone = [f'"{i}"' for i in TRUTH["flaws"]["withdrawn"]]
    for path in sample.folder.rglob("*"):
        if path.suffix in (".json", ".csv", ".html", ".graphml"):
            text = path.read_text(encoding="utf-8").replace(",", '"')
            assert not [i for i in gone if i in text], path.name


def test_those_who_will_not_be_named_are_named_nowhere(sample: Output) -> None:
    register = pd.read_csv(SAMPLES / "cig_programme" / "people.csv", dtype=str, keep_default_na=False).set_index("id")
    names = [register.loc[i, "name"] for i in TRUTH["flaws"]["no_name"]]
    for path in sample.folder.rglob("*"):
        if path.suffix in (".json", ".csv", ".html", ".svg", ".graphml"):
            text = path.read_text(encoding="utf-8")
            assert not [n for n in names if n in text], path.name
