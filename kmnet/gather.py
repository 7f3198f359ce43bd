"""The stages' findings brought together as one :class:`~kmnet.results.Results`.

Only arranging: rows of measured networks become tables, and what was observed becomes the frames that the map draws.
People carry their id as label here; :mod:`kmnet.share` decides what may be shown in its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
import pandas as pd

from kmnet import __version__
from kmnet.compare.run import Compared
from kmnet.compare.words import RANKS, TIES_PER_PERSON, mean_of
from kmnet.config.load import Loaded
from kmnet.config.schema import Study
from kmnet.errors import Problem
from kmnet.measures.backbone import backbone
from kmnet.measures.brokerage import brokerage, totals, why_empty
from kmnet.measures.brokerage_credit import between_groups, broker_types, variants
from kmnet.measures.by_chance import NO_RATIO, NO_Z, every
from kmnet.measures.dependence import dependence
from kmnet.measures.listings import abouts, dyads, events, ties
from kmnet.measures.listings import groups as groups_one_by_one
from kmnet.measures.organisation_brokerage import organisation_brokerage
from kmnet.measures.organisations import organisations
from kmnet.measures.run import NO_DETOUR, Measured, columns
from kmnet.measures.two_mode_brokerage import event_brokerage
from kmnet.measures.views import EXACT_BETWEENNESS, SAMPLED_PATHS, betweenness_margin
from kmnet.network.network import MISSING, Label, Network
from kmnet.network.snapshots import Snapshots
from kmnet.network.windows import moment_order
from kmnet.outputs import TABLES
from kmnet.results import About, Provenance, Reason, Results
from kmnet.tables.schema import Tables

_LIBRARIES = ("networkx", "numpy", "pandas", "pyvis", "scipy", "matplotlib")


def table(name: str, parts: Iterable[tuple[Label, Mapping[str, Any]]], **extra: Any) -> pd.DataFrame:
    """One output table from columns measured network by network; the label fills the key columns that the table has.

    Columns stand in the order of :data:`~kmnet.outputs.TABLES`, measures after them; a table without rows keeps its
    fixed columns.
    """
    fixed = [column.name for column in TABLES[name].columns]
    keyed = [key for key in ("network", "cohort", "moment", "facilitators") if key in fixed]
    sizes: list[int] = []
    columns: list[dict[str, Any]] = []
    for label, part in parts:
        size = len(next(iter(part.values()), ()))
        if size:
            sizes.append(size)
            columns.append({key: [getattr(label, key)] * size for key in keyed} | dict(part))
    if not sizes:
        return pd.DataFrame(columns=fixed)
    names = dict.fromkeys([*fixed, *(column for one in columns for column in one)])
    return pd.DataFrame({name: _stacked([one.get(name) for one in columns], sizes) for name in names})


def _stacked(parts: list[Any], sizes: list[int]) -> Any:
    """One column below the other, NaN where a part does not have it: arrays stay arrays, lists one list."""
    if all(isinstance(part, np.ndarray) for part in parts):
        return np.concatenate(parts)
    return [value for part, size in zip(parts, sizes) for value in ([np.nan] * size if part is None else part)]


def results(
    loaded: Loaded,
    tables: Tables,
    shots: Snapshots,
    found: Mapping[Label, Measured],
    compared: Compared,
    came: pd.DataFrame,
    problems: Iterable[Problem],
    moments: tuple[str, str] | None,
) -> Results:
    """Everything found, as one value; the level is ``inside`` until :mod:`kmnet.share` has been through it."""
    study = loaded.study
    measured, reasons = _measured(study, shots, found)
    keys = ["network", "cohort", "moment", "id"]
    if len(compared.people):
        measured["people"] = measured["people"].merge(compared.people, how="left", on=keys, validate="one_to_one")
    groups = tuple(dict.fromkeys(column for network in shots.networks for column in network.groups))
    usual = {**columns("person", groups), **columns("network", groups)}
    further = {**columns("person", groups, further=True), **columns("network", groups, further=True)}
    measures = {
        **_means(usual, compared),
        **abouts("tie"),
        **abouts("group"),
        **further,
        **usual,
        **compared.measures,
    }
    drawn = drawing(tables, shots)
    return Results(
        title=study.title,
        share="inside",
        tables={
            **measured,
            **compared.tables,
            "attendance": came,
            "ledger": tables.ledger,
            "findings": findings(problems),
        },
        snapshots=shots.networks,
        **drawn,
        measures=measures,
        headlines=compared.headlines,
        reasons=(*reasons, *compared.reasons, *_undefined({**measured, **compared.tables}, measures)),
        provenance=provenance(loaded, tables),
        notes=(*shots.notes, *_estimates(shots), *compared.notes),
        facts={**facts(study, tables, shots, moments), "organisations": _many(drawn["people"]), **compared.facts},
    )


def _many(people: pd.DataFrame) -> int:
    """How many organisations the people belong to."""
    return len(set(people["organisation"]) - {"", MISSING})


def _undefined(tables: Mapping[str, pd.DataFrame], measures: Mapping[str, About]) -> Iterator[Reason]:
    """Why places, measures of ties and groups, and values at one of two moments are empty: as their own words say."""
    for name, measured in (
        ("people", [about.name for about in RANKS]),
        ("ties", ["span"]),
        ("groups", abouts("group")),
    ):
        for column in measured:
            if column in tables[name] and tables[name][column].isna().any():
                yield Reason(name, (), column, measures[column].undefined or NO_DETOUR)
    for column, why in (("z", NO_Z), ("ratio", NO_RATIO), ("expected", NO_RATIO), ("sd", NO_Z)):
        if tables["networks_by_chance"][column].isna().any():
            yield Reason("networks_by_chance", (), column, why)
    # Moments that may not be compared have a row with a note in place of numbers.
    change = tables["change"][tables["change"]["measure"] != TIES_PER_PERSON.name]
    for column in ("before", "after", "difference"):
        for measure in dict.fromkeys(change.loc[change[column].isna(), "measure"]):
            yield Reason("change", (("measure", measure),), column, measures[measure].undefined)


def _estimates(shots: Snapshots) -> list[str]:
    """What the report must say of networks whose betweenness is not exact: that it is not, and how far off it may be."""
    large = [(n.label, margin) for n in shots.networks if (margin := betweenness_margin(n.among_present))]
    if not large:
        return []
    worst = max(margin for _, margin in large)
    names = ", ".join(dict.fromkeys(label.network for label, _ in large))
    return [
        f"Betweenness in networks of more than {EXACT_BETWEENNESS:,} people ({names}) is estimated from "
        f"{SAMPLED_PATHS:,} shortest paths drawn at random: with 95 % certainty nobody's share is off by more than "
        f"{worst:.4f}. Column betweenness_margin of tables/networks.csv holds the bound of each network."
    ]


def _measured(
    study: Study, shots: Snapshots, found: Mapping[Label, Measured]
) -> tuple[dict[str, pd.DataFrame], list[Reason]]:
    """The tables that hold measures of one network each; people and groups of the networks with facilitators."""
    everyone = [n.among_present for n in shots.networks if n.label.facilitators == "with"]
    brokers, reasons = [], []
    for network in everyone:
        for partition in (network.groups[column] for column in shots.asked):
            rows = brokerage(network, partition, study.inference.draws, study.seed)
            brokers.append((network.label, rows))
            empty = dict.fromkeys((column, why) for _, column, why in why_empty(network, partition, rows))
            reasons += [_reason("brokerage", network.label, c, why, partition.column) for c, why in empty]
    for label, one in found.items():
        reasons += [_reason(of, label, column, why) for (of, column), why in one.reasons.items()]
    made: dict[str, Iterable[tuple[Label, Mapping[str, Any]]]] = {
        "people": [(n.label, {"id": list(n.ids), **_of_people(found[n.label])}) for n in everyone],
        "networks": [(n.label, {**_size(n.among_present), **_of_network(found[n.label])}) for n in shots.networks],
        "networks_by_chance": list(every(shots.networks, found, study.seed)),
        "organisations": [(n.label, organisations(n)) for n in everyone],
        "brokerage": brokers,
        "dependence": [(n.label, dependence(n, n.groups.get("team"), study.seed)) for n in everyone],
        **_brokering(everyone, shots.asked, study.inference.draws),
        "bridges": [(n.label, found[n.label].bridges) for n in everyone],
        "mixing": [(n.label, found[n.label].mixing) for n in everyone],
        "groups": [(n.label, groups_one_by_one(n, n.groups[c])) for n in everyone for c in shots.asked],
        "ties": [(n.label, ties(n)) for n in everyone],
        "dyads": [(n.label, dyads(n)) for n in everyone],
        "events": [(n.label, events(n)) for n in everyone],
    }
    return {name: table(name, parts) for name, parts in made.items()}, reasons


def _means(usual: Mapping[str, About], compared: Compared) -> dict[str, About]:
    """Words for the means over people that stand in the table of changes."""
    shown = set(compared.tables["change"]["measure"])
    return {f"mean_{name}": mean_of(about) for name, about in usual.items() if f"mean_{name}" in shown}


_OF_THE_HEADLINE_GROUPING = {
    "brokerage_variants": variants,
    "brokerage_pairs": between_groups,
    "broker_types": broker_types,
    "event_brokerage": event_brokerage,
}


def _brokering(
    everyone: list[Network], asked: tuple[str, ...], draws: int
) -> dict[str, Iterable[tuple[Label, Mapping[str, Any]]]]:
    """Tables of brokerage beside the classic one, and of meetings that chance does not explain."""
    pairs = [(n.label, *backbone(n)) for n in everyone]
    return {
        "brokerage_totals": [(n.label, totals(n, n.groups[c], draws, n.seed)) for n in everyone for c in asked],
        **{
            t: [(n.label, of(n, n.groups[c])) for n in everyone for c in asked[:1]]
            for t, of in _OF_THE_HEADLINE_GROUPING.items()
        },
        "organisation_brokerage": [(n.label, organisation_brokerage(n, n.groups.get("sector"))) for n in everyone],
        "backbone": [(label, rows) for label, rows, _ in pairs],
        "backbone_summary": [(label, rows) for label, _, rows in pairs],
    }


def _size(network: Network) -> dict[str, list[int]]:
    return {
        "people": [network.n],
        "ties": [network.m],
        "possible": [network.possible],
        "answered": [int(network.answered.sum())],
    }


def _of_people(one: Measured) -> dict[str, Any]:
    return {**one.person, **one.further_person}


def _of_network(one: Measured) -> dict[str, list[float]]:
    return {name: [value] for name, value in {**one.network, **one.further_network}.items()}


def _reason(table: str, label: Label, column: str, why: str, partition: str = "") -> Reason:
    where = [("network", label.network), ("cohort", label.cohort), ("moment", label.moment)]
    where += [("partition", partition)] if partition else [("facilitators", label.facilitators)]
    return Reason(table, tuple(where), column, why)


def findings(problems: Iterable[Problem]) -> pd.DataFrame:
    """The table of findings; values of cells are not in it."""
    rows = [
        (p.code, p.name, p.severity, p.place.file, p.place.line, p.place.column, p.message, p.fix)
        for p in sorted(problems, key=lambda p: p.order)
    ]
    return pd.DataFrame(rows, columns=[column.name for column in TABLES["findings"].columns])


def drawing(tables: Tables, shots: Snapshots) -> dict[str, pd.DataFrame]:
    """What the map draws: people, organisations, workshops, artefacts, dated contacts, attendances, artefact events."""
    whole = {
        i: {c: p.names[p.code[k]] for c, p in n.groups.items()} for n in shots.networks for k, i in enumerate(n.ids)
    }
    people = tables.people.sort_values("id", ignore_index=True)
    people = people[people["id"].isin(whole)].reset_index(drop=True)
    columns = list(dict.fromkeys(c for n in shots.networks for c in n.groups))
    for column in columns:
        people[column] = [whole[i][column] for i in people["id"]]
    for column in ("role", "organisation", "team"):
        if column not in people:
            people[column] = ""
    people["cohort"] = [";".join(c) for c in people["cohort"]]
    people["label"] = people["id"]
    kept = ["id", "label", "role", "organisation", "team", "cohort", "facilitator"]
    people = people[[*kept, *(c for c in columns if c not in kept)]]
    inside = set(people["id"])
    workshops = tables.workshops.assign(
        label=_named(tables.workshops, "title"), cohort=[";".join(c) for c in tables.workshops["cohort"]]
    )
    log, came, events = tables.interactions, tables.attendance, tables.artefact_events
    return {
        "people": people,
        "organisations": tables.organisations.assign(label=_named(tables.organisations, "name"))[
            ["id", "label", *(c for c in ("sector", "region") if c in tables.organisations)]
        ],
        "workshops": workshops[["id", "label", "date", "cohort", "kind"]],
        "artefacts": tables.artefacts.assign(label=_named(tables.artefacts, "title"))[
            ["id", "label", "kind", "date", "team"]
        ],
        "contacts": log.loc[
            log["source"].isin(inside) & log["target"].isin(inside), ["source", "target", "date", "kind", "weight"]
        ].reset_index(drop=True),
        "attendance": came.loc[
            came["person"].isin(inside), ["person", "workshop", "date", "minutes", "table"]
        ].reset_index(drop=True),
        "artefact_events": events.loc[
            events["person"].isin(inside), ["artefact", "person", "organisation", "action", "date"]
        ].reset_index(drop=True),
    }


def _named(frame: pd.DataFrame, column: str) -> pd.Series:
    return frame[column].where(frame[column] != "", frame["id"])


def facts(study: Study, tables: Tables, shots: Snapshots, moments: tuple[str, str] | None) -> dict[str, Any]:
    """Small facts that the report prints: headline network, compared moments, dates, response by wave, draws."""
    days = pd.concat([tables.interactions["date"], tables.attendance["date"], tables.workshops["date"]]).dropna()
    nobody_asked = tables.respondents["person"].isin(tables.strangers) & ~tables.respondents["answered"]
    asked = tables.respondents[~nobody_asked].groupby("wave")["answered"]
    before, after = moments or ("", "")
    return {
        "network": next(iter(shots.rules)),
        "before": before,
        "after": after,
        "start": days.min().date().isoformat() if len(days) else "",
        "end": days.max().date().isoformat() if len(days) else "",
        "draws": study.inference.draws,
        "response": {
            wave: (int(asked.get_group(wave).sum()), int(asked.get_group(wave).count()))
            for wave in sorted(map(str, asked.groups), key=moment_order)
        },
        "responses": tables.facts.get("response", ""),
        "instruments": {name: rule.model_dump(mode="json", by_alias=True) for name, rule in shots.rules.items()},
        "scales": _scales(tables, shots),
        "groups": list(shots.asked),
        "days": _days(shots),
    }


def _scales(tables: Tables, shots: Snapshots) -> dict[str, float]:
    """The highest answer to each network's question of the survey: two studies may have asked on different scales."""
    rows = {name: tables.survey for name, rule in shots.rules.items() if rule.from_ == "survey"}
    for name, survey in rows.items():
        if (relation := shots.rules[name].relation) is not None:
            rows[name] = survey[survey["relation"] == relation]
    return {name: float(found["strength"].max()) for name, found in rows.items() if found["strength"].notna().any()}


def _days(shots: Snapshots) -> dict[str, dict[str, float]]:
    """Length of each moment, by network; the longest over cohorts. Empty where moments have no dates."""
    longest: dict[str, dict[str, float]] = {}
    for network in shots.networks:
        if network.days == network.days:
            moments = longest.setdefault(network.label.network, {})
            moments[network.label.moment] = max(network.days, moments.get(network.label.moment, 0.0))
    return longest


def provenance(loaded: Loaded, tables: Tables) -> Provenance:
    """How to remake the run; its name is the hash of all that decides the numbers."""
    versions = {"kmnet": __version__}
    for library in _LIBRARIES:
        try:
            versions[library] = version(library)
        except PackageNotFoundError:  # vendored or stripped metadata: the run can still be made
            versions[library] = "unknown"
    config_hash = hashlib.sha256(loaded.text.encode()).hexdigest()
    inputs = dict(sorted(tables.hashes.items()))
    parts = [config_hash, str(loaded.study.seed), str(sorted(versions.items())), str(sorted(inputs.items()))]
    run = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
    return Provenance(inputs, config_hash, loaded.text, versions, loaded.study.seed, run)
