"""Level ``public``: tables of numbers that do not say on how many people they rest: the table of change, or the network, does."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kmnet.results import Results
from kmnet.share.small_numbers import Rule

Key = tuple[str, str]
COUNTS = ("people", "ties")
"""Units of whole numbers that the rule is for."""


def components(frame: pd.DataFrame, shown: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Components under the rule where some are lone people: two components tell that exactly one person is alone."""
    if not {"components", "isolates"} <= {*frame}:
        return shown
    alone, parts = (pd.to_numeric(frame[c].loc[shown.index], errors="coerce") for c in ("isolates", "components"))
    return shown.assign(components=np.where(alone == 0, parts, rule.count(parts)))


def _change(results: Results) -> dict[Key, pd.Series]:
    """Change of ties per person of the same people, by network and cohort: without staff where that is told."""
    table = results.tables.get("change", pd.DataFrame())
    if table.empty:
        return {}
    rows = table[(table["measure"] == "ties_per_person") & (table["panel"] == "same_people")]
    rows = rows.sort_values("facilitators", kind="stable")  # with, then without, which stays
    return {(str(row["network"]), str(row["cohort"])): row for _, row in rows.iterrows()}


def _again(row: pd.Series, rule: Rule) -> float:
    """What a mean is multiplied by so that it rests on the rounded number of people; NaN where they are too few."""
    people, shown = float(row["people"]), float(rule.count(row["people"]))
    return people / shown if people >= rule.base and shown else float("nan")


def _silent(results: Results, rule: Rule) -> dict[Key, float]:
    """Part of the people who did not answer both times, by network and cohort: without staff where that is told."""
    table = results.tables.get("tie_change_summary", pd.DataFrame())
    if table.empty:
        return {}
    rows = table.sort_values("facilitators", kind="stable")
    with np.errstate(invalid="ignore", divide="ignore"):
        part = rule.value(rule.count(rows["silent"]) / rule.count(rows["people"]))
    return dict(zip(zip(rows["network"].astype(str), rows["cohort"].astype(str)), part.tolist()))


def _shown(row: pd.Series, rule: Rule) -> float:
    """The difference as the table of change shows it: of two rounded means."""
    again = _again(row, rule)
    return float(rule.value(float(row["after"]) * again)) - float(rule.value(float(row["before"]) * again))


def cohort_differences(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """Differences of the changes that are shown, with the interval about them; nothing where either rests on too few."""
    change = {key: _shown(row, rule) for key, row in _change(results).items()}
    nothing = float("nan")
    one = [change.get((n, c), nothing) for n, c in zip(frame["network"], frame["cohort"])]
    two = [change.get((n, c), nothing) for n, c in zip(frame["network"], frame["other"])]
    difference = np.array(one, dtype=np.float64) - np.array(two, dtype=np.float64)
    high, low = (pd.to_numeric(frame[c], errors="coerce").to_numpy(float) for c in ("high", "low"))
    reach = rule.value((high - low) / 2)
    return shown.assign(difference=difference, low=difference - reach, high=difference + reach)


def sensitivity(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """Means on the rounded number of people; nothing where they are too few. The part that did not answer is of rounded
    numbers, or the exact number of those people could be had by multiplying."""
    change = {key: _again(row, rule) for key, row in _change(results).items()}
    again = np.array([change.get((n, c), float("nan")) for n, c in zip(frame["network"], frame["cohort"])], dtype=float)
    for column in ("difference", "low", "high"):
        exact = pd.to_numeric(frame[column], errors="coerce").to_numpy(float)
        shown = shown.assign(**{column: rule.value(exact * again)})
    few = np.isnan(again)
    silent = _silent(results, rule)
    part = [silent.get((n, c), float("nan")) for n, c in zip(frame["network"], frame["cohort"])]
    happened = (frame["scenario"] == "fewer_answers_as_happened").to_numpy()
    return shown.assign(
        dropped=np.where(happened, part, pd.to_numeric(shown["dropped"], errors="coerce").to_numpy(float)),
        **{c: pd.to_numeric(shown[c], errors="coerce").where(~few) for c in ("top_five_kept", "verdict_kept")},
        verdict=shown["verdict"].where(~few, ""),
    )


def gains(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """Differences of the means that are shown; what chance would give would give exact numbers of people back."""
    hidden = [c for c in ("expected_involving", "share_of_open") if c in shown]
    shown = shown.assign(**dict.fromkeys(hidden, np.nan))
    return shown.assign(difference=shown["after"] - shown["before"]) if {"before", "after"} <= {*shown} else shown


def sizes(results: Results) -> dict[tuple[str, str, str], float]:
    """People of each network, cohort and moment, programme staff among them."""
    with_staff = [s for s in results.snapshots if s.label.facilitators == "with"]
    return {(s.label.network, s.label.cohort, s.label.moment): float(s.n) for s in with_staff}


def dependence(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """The size of a set that is a group of people obeys the rule; that of the best set of k was asked for.

    Of fewer than twenty people the 95th percentile is the largest value, and so somebody's own.
    """
    size = sizes(results)
    people = np.array([size.get(key, np.nan) for key in zip(frame["network"], frame["cohort"], frame["moment"])])
    own = (frame["removed"] == "person (95th percentile)") & (people < 20)
    frame, shown = frame[~own], shown[~own]
    group = (frame["group"].astype(str) != "").to_numpy() if "group" in frame else np.zeros(len(frame), bool)
    removed = pd.to_numeric(frame["set_size"], errors="coerce").to_numpy(float)
    return shown.assign(set_size=np.where(group, rule.count(removed), removed))
