"""The report says how much hangs on what was never told, and says it of groups only where that is safe."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from kmnet.network.network import Partition
from kmnet.outputs import TABLES
from kmnet.report.reading import Reading
from kmnet.report.sections import missing
from kmnet.results import Results
from tests.browser.made import programme
from tests.report.made_results import made


def with_bounds(results: Results, *differences: float) -> Reading:
    columns = [c.name for c in TABLES["sensitivity"].columns]
    network = Reading(results).network
    rows = [
        {"network": network, "cohort": "Cohort 1", "scenario": scenario, "difference": value}
        for scenario, value in zip(missing.ASSUMED, differences)
    ]
    rows.append(
        {"network": network, "cohort": "Cohort 1", "scenario": "fewer_ties", "dropped": 0.1, "difference": 1.8}
        | {"low": 1.5, "high": 2.1, "top_five_kept": 4.2}
    )
    frame = pd.DataFrame(rows).reindex(columns=columns)
    return Reading(replace(results, tables={**results.tables, "sensitivity": frame}))


@pytest.mark.parametrize(
    ("differences", "grade", "said"),
    [((2.0, 2.1, 2.6, 9.0), "Good", "direction stays the same"), ((-0.4, 0.1, 0.5, 9.0), "Check", "hangs on")],
)
def test_the_direction_of_change_is_graded(differences: tuple[float, ...], grade: str, said: str) -> None:
    check = next(c for c in missing.checks(with_bounds(made(), *differences)) if c.title == "People who did not answer")
    assert check.grade == grade and said in check.found and "+9.0 (Cohort 1)" in check.found


def test_each_assumption_has_its_column_and_more_missing_its_row() -> None:
    table, fold = missing.tables(with_bounds(made(), 2.0, 2.1, 2.6, 9.0))
    assert [cell.text for cell in table.rows[0]] == ["Cohort 1", "+2.0", "+2.1", "+2.6", "+9.0"]
    assert [cell.text for cell in fold.blocks[0].rows[0]] == ["Cohort 1", "10% of ties", "+1.8", "+1.5 to +2.1", "4.2"]


def test_without_bounds_nothing_is_said() -> None:
    results = made()
    bare = Reading(replace(results, tables={k: v for k, v in results.tables.items() if k != "sensitivity"}))
    assert missing.tables(bare) == []


def test_4_2_who_answered_is_told_by_group_inside_only() -> None:
    results = programme(40)
    roles = dict(zip(results.people["id"], results.people["role"]))
    grouped = tuple(
        replace(s, groups={"role": Partition.of("role", [roles[i] for i in s.ids])}) for s in results.snapshots
    )
    blocks = missing.answers(Reading(replace(results, snapshots=grouped)))
    cells = [[cell.text for cell in row] for row in blocks[0].rows]
    silent = {f"N{k:05d}" for k in range(0, 40, 9)}
    for role, before, after in cells:
        asked = [i for i in roles if roles[i] == role]
        assert before == f"{len(asked)} of {len(asked)} (100%)"
        assert after.startswith(f"{len(set(asked) - silent)} of {len(asked)} (")
    assert sum(int(row[1].split()[0]) for row in cells) == 40
    assert missing.answers(Reading(replace(results, snapshots=grouped, share="partners"))) == []


def test_one_place_is_one_number() -> None:
    assert (missing.places(1.0, 1.0), missing.places(2, 7)) == ("1", "2–7")


@pytest.mark.parametrize(
    ("scenario", "dropped", "words"),
    [
        ("fewer_attendances", 0.2, "20% of attendances"),
        ("fewer_answers_as_happened", 0.38, "38% of people's answers, in each group as many as were not given"),
        ("fewer_answers_as_happened", float("nan"), "People's answers, in each group as many as were not given"),
    ],
)
def test_what_is_left_out_is_said_alike_everywhere(scenario: str, dropped: float, words: str) -> None:
    assert missing.left_out({"scenario": scenario, "dropped": dropped}) == words
