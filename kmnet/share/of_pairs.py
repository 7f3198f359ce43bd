"""Level ``public``: numbers of pairs, which would give the exact number of people back, and rates of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from kmnet.results import Results
from kmnet.share.small_numbers import Rule

_TIED = {"before": "dissolved", "after": "formed"}
"""What was tied at a moment, besides the ties kept."""


def scaled(pairs: Any, people: Any, rule: Rule) -> Any:
    """Numbers of pairs, scaled from the exact to the rounded number of people and rounded."""
    exact = np.asarray(pd.to_numeric(people, errors="coerce"), dtype=np.float64)
    shown = np.asarray(rule.count(exact), dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = shown * (shown - 1) / (exact * (exact - 1))
    return rule.count(np.asarray(pd.to_numeric(pairs, errors="coerce"), dtype=np.float64) * scale)


def rates(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """Rates of tie change, from the rounded counts; pairs as there would be among the rounded number of people.

    Pairs between two groups would give the exact sizes of both back, so they and their rate are left out. A hidden count
    is taken as nought in the pairs never tied, which it changes by a few of them.
    """
    pairs = scaled(frame["pairs"], frame["people"], rule)
    if "pairs_of" in frame:
        pairs = np.where(frame["pairs_of"] == "groups", np.nan, pairs)
    formed, kept, dissolved = (shown[c].to_numpy(float) for c in ("formed", "kept", "dissolved"))
    never = np.maximum(pairs - np.nan_to_num(formed) - np.nan_to_num(kept) - np.nan_to_num(dissolved), 0)
    for when, of in _TIED.items():
        column = f"reciprocity_{when}"
        if column in shown:
            ties = rule.count((frame["kept"] + frame[of]).to_numpy(float))
            shown = shown.assign(**{column: shown[column].where(~np.isnan(ties))})
    with np.errstate(invalid="ignore", divide="ignore"):
        return shown.assign(
            pairs=pairs,
            never=never,
            formation_rate=rule.value(formed / (formed + never)),
            persistence_rate=rule.value(kept / (kept + dissolved)),
            jaccard=rule.value(kept / (formed + kept + dissolved)),
        )


def effect(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """Pairs behind the tests."""
    return shown.assign(**{c: scaled(frame[c], frame["people"], rule) for c in ("exposed_pairs", "other_pairs")})


def associations(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """Pairs behind regressions."""
    return shown.assign(rows=scaled(frame["rows"], frame["people"], rule))


def survival(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """Shares and their difference from the counts that are shown, with the interval about it."""
    with np.errstate(invalid="ignore", divide="ignore"):
        across, within = (
            rule.value(shown[f"kept_{side}"].to_numpy(float) / shown[f"ties_{side}"].to_numpy(float))
            for side in ("across", "within")
        )
    difference = across - within
    high, low = (pd.to_numeric(frame[end], errors="coerce").to_numpy(float) for end in ("high", "low"))
    reach = rule.value((high - low) / 2)
    return shown.assign(
        share_across=across, share_within=within, difference=difference, low=difference - reach, high=difference + reach,
        p=shown["p"].where(~np.isnan(difference)),
    )  # fmt: skip
