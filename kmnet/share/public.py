"""Level ``public``: no people at all; groups with enough people behind them, and numbers that do not give people away.

Every number shown is worked out from numbers that may be shown: ratios from rounded counts, differences from rounded
values. What depends on exact group sizes in another way is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from kmnet.config.schema import Study
from kmnet.outputs import TABLES
from kmnet.results import About, Headline, Reason, Results
from kmnet.share import of_pairs, resting
from kmnet.share.between import between
from kmnet.share.partners import CODED
from kmnet.share.relabel import ratios
from kmnet.share.small_numbers import RULES, Rule, in_words


def public(partners: Results, study: Study) -> Results:
    """Results for everybody, from results at level ``partners``.

    Parameters
    ----------
    partners : Results
        Groups are already joined, people already codes.
    study : Study
        ``disclosure.small_numbers`` names the rule, ``disclosure.minimum`` the fewest people of a group.
    """
    rule = RULES[study.disclosure.small_numbers]
    shots, nodes, kind = between(partners, study.disclosure.minimum, rule)
    made = {n: _table(n, f, partners, rule) for n, f in partners.tables.items()}
    hidden = tuple(reason for name, (_, cells) in made.items() for reason in cells)
    kept = tuple(r for r in partners.reasons if not _of_person(r))
    facts = {name: value for name, value in partners.facts.items() if name in _FACTS}
    return replace(
        partners,
        share="public",
        tables={n: frame for n, (frame, _) in made.items()},
        snapshots=shots,
        people=nodes,
        contacts=partners.contacts.iloc[:0],
        artefact_events=partners.artefact_events.iloc[:0],
        attendance=partners.attendance.iloc[:0],
        headlines=tuple(h for h in (_headline(h, partners, rule) for h in partners.headlines) if h is not None),
        reasons=_either(kept, hidden),
        facts=facts | {"response": _response(facts.get("response", {}), rule), "nodes": kind},
        notes=(*(in_words(note, rule) for note in partners.notes if not _of_codes(note)), *_note(study, rule)),
    )


_FACTS = frozenset(
    (
        "network",
        "organisations",
        "before",
        "after",
        "start",
        "end",
        "draws",
        "response",
        "responses",
        "instruments",
        "days",
        "scales",
        "groups",
    )
)


def _either(kept: tuple[Reason, ...], hidden: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """All reasons; where a column has cells that are undefined and cells that are hidden, one reason for both."""
    also = {(r.table, r.column): r for r in hidden}
    both = {(r.table, r.column) for r in kept if not r.where and (r.table, r.column) in also}
    told = (
        replace(r, why=f"{r.why.rstrip('.')}, or {also[r.table, r.column].why}.")
        if not r.where and (r.table, r.column) in both
        else r
        for r in kept
    )
    return (*told, *(r for r in hidden if (r.table, r.column) not in both))


def _of_person(reason: Reason) -> bool:
    kinds = {c.name: c.kind for c in TABLES[reason.table].columns} if reason.table in TABLES else {}
    return any(kinds.get(column) == "person" for column, _ in reason.where)


def _of_codes(note: str) -> bool:
    """Whether a note speaks of the codes of people, which nothing public shows."""
    return note == CODED or "recognised" in note


def _note(study: Study, rule: Rule) -> tuple[str, ...]:
    if not rule.on:
        return (f"Small numbers are shown: {study.disclosure.reason}",)
    how = "the others are rounded to the nearest 5" if rule.name == "nhs" else "the others are exact"
    few = "1 to 7" if rule.name == "nhs" else "fewer than 10"
    return (f"No person is shown. Numbers of {few} people or ties are hidden, {how}; ratios and differences are "
            "worked out from these.",)  # fmt: skip


def _response(response: Any, rule: Rule) -> dict[str, tuple[float, float]]:
    return {wave: (float(rule.count(n)), float(rule.count(k))) for wave, (n, k) in dict(response).items()}


def _table(name: str, frame: pd.DataFrame, results: Results, rule: Rule) -> tuple[pd.DataFrame, tuple[Reason, ...]]:
    """One table under the rule, and why its cells are empty."""
    frame = frame.reset_index(drop=True)
    kinds = {c.name: c.kind for c in TABLES[name].columns}
    for column in [c for c in map(str, frame.columns) if kinds.get(c) == "person"]:
        if column == "via":
            frame = frame.assign(via="")
        else:
            frame = frame[(frame[column].fillna("") == "").to_numpy(bool)].reset_index(drop=True)
    if not rule.on or frame.empty:
        return frame, ()
    shown = frame.copy()
    for column in map(str, frame.columns):
        how = _how(name, column, kinds, results.measures, rule)
        if how is not None and _numeric(frame[column]):
            shown[column] = how(pd.to_numeric(frame[column], errors="coerce"))
    for column, kind in kinds.items():
        if kind == "text" and column in shown:
            shown[column] = [in_words(t, rule) if isinstance(t, str) else t for t in shown[column]]
    shown = _MORE.get(name, _nothing)(frame, shown, results, rule)
    shown = _few(frame, resting.components(frame, shown, rule), kinds, rule)
    reasons = _why(name, frame, shown, rule)
    return shown.reset_index(drop=True), reasons


def _numeric(column: pd.Series) -> bool:
    return bool(pd.to_numeric(column, errors="coerce").notna().any())


def _how(
    name: str, column: str, kinds: Mapping[str, str], measures: Mapping[str, About], rule: Rule
) -> Callable[[Any], Any] | None:
    """How a column is shown; None leaves it."""
    if name == "findings" or column in ("draws", "line", "set_size", "components", "partners"):
        return None
    kind = kinds.get(column)
    if kind in ("people", "count"):
        return rule.count
    if kind in ("number", "share", "p"):
        return rule.value
    if kind is None and column in measures:
        return rule.count if measures[column].unit in ("people", "ties") and _whole(measures[column]) else rule.value
    return rule.value if kind is None else None


def _whole(about: About) -> bool:
    """Whether values are counts: of a network, and not a mean."""
    return about.of == "network" and not about.name.startswith("mean") and not about.denominator


def _few(frame: pd.DataFrame, shown: pd.DataFrame, kinds: Mapping[str, str], rule: Rule) -> pd.DataFrame:
    """No figure rests on fewer people than the rule's base."""
    if "people" not in frame or kinds.get("people") != "people":
        return shown
    few = (pd.to_numeric(frame["people"].loc[shown.index], errors="coerce") < rule.base).to_numpy()
    for column in map(str, shown.columns):
        if kinds.get(column, "number") in ("people", "count", "number", "share", "p") and _numeric(shown[column]):
            shown[column] = pd.to_numeric(shown[column], errors="coerce").where(~few)
    return shown


def _why(name: str, frame: pd.DataFrame, shown: pd.DataFrame, rule: Rule) -> tuple[Reason, ...]:
    """One reason a column, which holds wherever nothing else explains an empty cell."""
    kept = frame.loc[shown.index]
    emptied = [c for c in map(str, shown.columns) if (shown[c].isna() & kept[c].notna()).any()]
    return tuple(Reason(name, (), column, rule.hidden) for column in emptied)


def _nothing(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    return shown


def _networks(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """Pairs, density and ties a person, worked out from the numbers of people and ties that are shown."""
    directed = (
        frame["network"].map({s.label.network: s.directed for s in results.snapshots}).fillna(False).to_numpy(bool)
    )
    further = [c for c in map(str, shown.columns) if c in results.measures and not results.measures[c].column]
    shown = shown.drop(columns=further)  # census counts and the like would give exact numbers of people back
    n, m = shown["people"].to_numpy(float), shown["ties"].to_numpy(float)
    possible = n * (n - 1) / np.where(directed, 1, 2)
    shown = shown.assign(possible=possible)
    with np.errstate(invalid="ignore", divide="ignore"):
        if "density" in shown:
            shown = shown.assign(density=rule.value(np.minimum(m / possible, 1)))
        if "mean_degree" in shown:
            shown = shown.assign(mean_degree=rule.value(2 * m / n))
    return shown


PER_PERSON, PER_PAIR = ("ties_per_person", "mean_degree"), ("density",)
"""Measures whose value times the number of people, or of pairs, is a number of ties: they are worked out again from the
rounded number of people, or the exact one could be had by dividing."""


def _again(measure: str, people: float, rule: Rule) -> float:
    """What a value is multiplied by, so that it rests on the rounded number of people."""
    shown = float(rule.count(people))
    if measure in PER_PERSON:
        return people / shown if shown else float("nan")
    if measure in PER_PAIR:
        return people * (people - 1) / (shown * (shown - 1)) if shown > 1 else float("nan")
    return 1.0


def _difference(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """Before and after rounded as their measure is, and only then subtracted."""
    about = [results.measures.get(m) for m in frame["measure"]]
    counted = [a is not None and a.unit in resting.COUNTS and _whole(a) for a in about]
    counted = [c or m == "components" for c, m in zip(counted, frame["measure"])]
    base = _bases(frame, results)
    again = np.array([_again(m, n, rule) for m, n in zip(frame["measure"], base)])
    for column in ("before", "after", "value", "low", "high"):
        if column in frame:
            exact = pd.to_numeric(frame[column], errors="coerce").to_numpy(float)
            shown = shown.assign(
                **{column: np.where(counted, np.sign(exact) * rule.count(np.abs(exact)), rule.value(exact * again))}
            )
    if "difference" in shown:
        shown = shown.assign(difference=shown["after"] - shown["before"])
    return shown


def _bases(frame: pd.DataFrame, results: Results) -> list[float]:
    """People that each row rests on."""
    if "people" in frame:
        return [float(n) for n in pd.to_numeric(frame["people"], errors="coerce")]
    size = resting.sizes(results)
    return [size.get((n, c, m), float("nan")) for n, c, m in zip(frame["network"], frame["cohort"], frame["moment"])]


def _equity(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """No figure where the others are too few."""
    size = resting.sizes(results)
    keys = zip(frame["network"], frame["cohort"], frame["moment"])
    others = np.array([size.get(key, np.nan) for key in keys]) - pd.to_numeric(frame["people"]).to_numpy(float)
    numbers = [c for c in ("value", "others", "gap", "low", "high", "p", "q") if c in shown]
    return shown.assign(**{c: pd.to_numeric(shown[c], errors="coerce").where(~(others < rule.base)) for c in numbers})


def _organisations(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """No row for an organisation with too few people in this network."""
    return shown[shown["people"].notna()]


def _mixing(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """Ties only: possible pairs and expectations would give exact group sizes back."""
    kept = ("ties", *(c for c in map(str, shown.columns) if not _numeric(shown[c])))
    return shown.assign(**{c: np.nan for c in map(str, shown.columns) if c not in kept})


def _no_rows(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """Nothing: exact indices of groups and events would give their exact sizes back."""
    return shown.iloc[:0]


def _shares(name: str) -> Callable[[pd.DataFrame, pd.DataFrame, Results, Rule], pd.DataFrame]:
    return lambda frame, shown, results, rule: ratios(name, shown)


def _totals(frame: pd.DataFrame, shown: pd.DataFrame, results: Results, rule: Rule) -> pd.DataFrame:
    """Counts and scores only: expectations would give exact group sizes back."""
    return shown.assign(possible=np.nan, expected=np.nan, sd=np.nan, expected_by_labels=np.nan)


_MORE: Mapping[str, Callable[[pd.DataFrame, pd.DataFrame, Results, Rule], pd.DataFrame]] = {
    "networks": _networks,
    "change": _difference,
    "cohorts": _difference,
    "effect": of_pairs.effect,
    "associations": of_pairs.associations,
    "equity": _equity,
    "organisations": _organisations,
    "organisations_reached": _organisations,
    "gains": resting.gains,
    "cohort_differences": resting.cohort_differences,
    "sensitivity": resting.sensitivity,
    "dependence": resting.dependence,
    "tie_change_summary": of_pairs.rates,
    "tie_change_pairs": of_pairs.rates,
    "tie_survival": of_pairs.survival,
    "mixing": _mixing,
    "groups": _no_rows,
    "events": _no_rows,
    "brokerage_totals": _totals,
    "attendance": _shares("attendance"),
    "artefacts": _shares("artefacts"),
}

_COUNTED = {"people", "pairs", "formed", "kept", "dissolved", "facilitators", "isolates_with", "isolates_without"} | {
    f"{which}_{what}" for which in ("exposed", "other") for what in ("pairs", "ties")
} | {f"{when}_{what}" for when in ("before", "after", "new") for what in ("across", "ties")}  # fmt: skip
_AS_THEY_ARE = {"organisations", "teams", "cohorts", "workshops", "artefacts", "moments", "reached", "used"} | {
    "organisations_reached"
}


def _people(headline: Headline, results: Results) -> Any:
    """People that a headline rests on; those of the test with the same pairs, where it does not say so itself."""
    numbers = headline.numbers
    if "people" in numbers or "other_pairs" not in numbers or "effect" not in results.tables:
        return numbers.get("people")
    rows = results.tables["effect"]
    same = (rows["other_pairs"] == numbers["other_pairs"]) & (rows["exposed_pairs"] == numbers.get("exposed_pairs"))
    return rows.loc[same, "people"].iloc[0] if same.any() else float("nan")


def _headline(headline: Headline, results: Results, rule: Rule) -> Headline | None:
    """A headline whose numbers may be shown; None where it speaks of people one by one or of too few."""
    people = _people(headline, results)
    alone = people is not None and headline.topic != "who" and np.isnan(rule.count(people))
    if headline.topic == "brokers" or alone:
        return None
    again = 1.0
    if headline.topic == "connectivity_change" and people is not None:
        again = _again(PER_PERSON[0], float(people), rule)
    numbers: dict[str, Any] = {}
    for name, value in headline.numbers.items():
        if isinstance(value, (list, tuple, dict)):
            continue
        shown = _number(name, value, people, again, rule)
        if not (isinstance(shown, float) and np.isnan(shown)):
            numbers[name] = shown
    if "before" in numbers and "after" in numbers and "difference" in numbers and rule.on:
        numbers["difference"] = numbers["after"] - numbers["before"]
    for part, whole in _PARTS.items():
        told = {part, whole} <= numbers.keys() and numbers[part] >= numbers[whole]
        if told and headline.numbers[part] < headline.numbers[whole]:  # rounding made a part of it the whole
            del numbers[part]
    return replace(headline, numbers=numbers, reason=in_words(headline.reason, rule))


_PARTS = {
    "before_across": "before_ties",
    "after_across": "after_ties",
    "new_across": "new_ties",
    "exposed_ties": "exposed_pairs",
    "other_ties": "other_pairs",
}
"""Numbers of a headline that are printed as a share, and what they are out of."""


def _number(name: str, value: Any, people: Any, again: float, rule: Rule) -> Any:
    if not isinstance(value, (int, float, np.number)) or isinstance(value, bool) or name in _AS_THEY_ARE:
        return value
    if name.endswith("pairs") and people is not None:
        return float(of_pairs.scaled(value, people, rule))
    if name in _COUNTED:
        return float(rule.count(value))
    return float(rule.value(float(value) * again)) if isinstance(value, (float, np.floating)) else value
