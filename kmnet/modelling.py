"""Regressions and correlations of whole networks that a study asks for: what its predictors name, as matrices."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kmnet import design
from kmnet.compare.associations import Model
from kmnet.compare.panel import matrix
from kmnet.config.schema import Association, Study
from kmnet.errors import Problem
from kmnet.network import groupings
from kmnet.network.network import Network, Partition
from kmnet.network.snapshots import Snapshots
from kmnet.network.windows import ALL
from kmnet.tables.schema import Tables

Matrix = NDArray[np.float64]
Found = dict[tuple[str, str, str], Network]


def models(study: Study, tables: Tables, shots: Snapshots) -> tuple[Model, ...]:
    """A model for each association that is asked for and each cohort (all together too) whose outcome exists."""
    found = {
        (n.label.network, n.label.cohort, n.label.moment): n for n in shots.networks if n.label.facilitators == "with"
    }
    return tuple(
        replace(model, place=k)
        for k, asked in enumerate(study.associations, 1)
        for model in _models(asked, study, tables, shots, found)
    )


def unknown(study: Study, tables: Tables, shots: Snapshots) -> list[Problem]:
    """KM110 for each predictor, outcome, moment or grouping of an association that means nothing in this study."""
    columns = [str(c) for c in tables.people.columns if c not in ("id", "facilitator")]
    known = [*shots.rules, "baseline", "workshops", "tables", "introduced", *columns]
    times = [window.moment for windows in shots.windows.values() for window in windows]
    named: list[tuple[str, str, Collection[str]]] = []
    for k, asked in enumerate(study.associations):
        key = f"associations.{k}"
        named += [(f"{key}.outcome", asked.outcome, shots.rules)]
        named += [(f"{key}.predictors.{j}", name, known) for j, name in enumerate(asked.predictors)]
        named += [(f"{key}.moment", asked.moment, dict.fromkeys(times))] if asked.moment is not None else []
        named += [(f"{key}.within", asked.within, columns)] if asked.within is not None else []
    return design.missing(named)


def _models(asked: Association, study: Study, tables: Tables, shots: Snapshots, found: Found) -> Iterator[Model]:
    chosen = design.moments(study, shots)
    cohorts = dict.fromkeys(cohort for name, cohort, _ in found if name == asked.outcome)
    for cohort in cohorts:
        moments = [m for name, c, m in found if name == asked.outcome and c == cohort]
        moment = asked.moment or (chosen[1] if chosen and chosen[1] in moments else moments[-1])
        outcome = found.get((asked.outcome, cohort, moment))
        if outcome is None:
            continue
        earlier = found.get((asked.outcome, cohort, chosen[0])) if chosen else None
        predictors: dict[str, Matrix] = {}
        known = np.ones(len(outcome.ids), dtype=bool)
        for name in asked.predictors:
            other = earlier if name == "baseline" else found.get((name, cohort, moment))
            if name in shots.rules or name == "baseline":
                values, seen = _network(other, outcome)
                known &= seen
            else:
                values = _of_rows(name, tables, outcome)
            predictors[name] = values
        blocks = (
            None if asked.within is None else Partition.of(asked.within, _cells(tables, asked.within, outcome)).code
        )
        members = design.members(outcome, shots) if cohort == ALL else None
        yield Model(outcome, predictors, known, asked.method, asked.logistic, blocks, members)


def _network(other: Network | None, outcome: Network) -> tuple[Matrix, NDArray[np.bool_]]:
    """Ties of another network on the outcome's people, and whose ties are known; nobody's where it does not exist."""
    n = len(outcome.ids)
    if other is None:
        return np.zeros((n, n)), np.zeros(n, dtype=bool)
    where = {person: k for k, person in enumerate(other.ids)}
    at = np.array([where.get(person, -1) for person in outcome.ids])
    here = at >= 0
    values = np.zeros((n, n))
    values[np.ix_(here, here)] = matrix(other)[np.ix_(at[here], at[here])]
    known = np.zeros(n, dtype=bool)
    known[here] = (other.answered & other.present)[at[here]]
    return values, known


def _of_rows(name: str, tables: Tables, outcome: Network) -> Matrix:
    """How much two people shared, whether somebody introduced them, or whether they have the same value of a column."""
    if name in ("workshops", "tables"):
        return design.sharing(design.attended(tables, name, outcome))
    if name == "introduced":
        where = {person: k for k, person in enumerate(outcome.ids)}
        values = np.zeros((len(where), len(where)))
        log = tables.interactions
        for one, two, by in zip(log["source"], log["target"], log["introduced_by"]):
            if by and one in where and two in where and one != two:
                values[where[one], where[two]] = values[where[two], where[one]] = 1.0
        return values
    held = [set(filter(None, (part.strip() for part in cell.split(";")))) for cell in _cells(tables, name, outcome)]
    return np.minimum(design.sharing(held), 1.0)


def _cells(tables: Tables, column: str, outcome: Network) -> list[str]:
    """What a column says of each person; several values are separated by a semicolon."""
    value = dict(zip(tables.people["id"], groupings.cells(tables.people[column])))
    return [value.get(person, "") for person in outcome.ids]
