"""Cohorts side by side over their own time: each moment's value, its interval, and whether it may be compared.

Cohorts are few and differ in many ways besides the programme: ordinary luck between cohorts of one programme makes a
test call them different in 27 to 54 % of cases. So the table describes, and nothing is claimed of a difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kmnet.compare import intervals
from kmnet.compare.change import IMPOSED, Measure, Row
from kmnet.compare.gate import MOST_PEOPLE, Instrument, alone, gate
from kmnet.network.network import Label, Network

ONE_CASE = "one cohort is one case: a difference between cohorts is not a difference in what the programme did"


def cohorts(
    networks: Sequence[Network],
    measure: Measure,
    members: Mapping[str, NDArray[np.bool_]],
    instruments: Mapping[Label, Instrument] | None = None,
) -> list[Row]:
    """Rows of the cohorts table: every network measure, and ties per person with its interval.

    Parameters
    ----------
    networks : sequence of Network
        Snapshots with facilitators, moments of a cohort in time.
    members : mapping of str to bool array
        By network name, who belongs to which cohort, for snapshots that hold several.
    instruments : mapping of Label to Instrument, optional
        How ties were observed, as far as it is known.
    """
    asked = instruments or {}
    first: dict[tuple[str, str], Network] = {}
    rows: list[Row] = []
    for network in networks:
        name, cohort = network.label.network, network.label.cohort
        start = first.setdefault((name, cohort), network)
        how = asked.get(start.label, Instrument()), asked.get(network.label, Instrument())
        found = alone(network) if network is start else gate(start, network, how)
        reason = " ".join(filter(None, (IMPOSED if network.layer == "imposed" else "", found.reason)))
        key = {
            "network": name, "cohort": cohort, "moment": network.label.moment,
            "comparable": found.comparable, "reason": reason,
        }  # fmt: skip
        rows += [key | row for row in _values(network, measure, members.get(name) if cohort == "All" else None)]
    return rows


def _values(network: Network, measure: Measure, members: NDArray[np.bool_] | None) -> list[Row]:
    measured: list[Row] = [{"measure": name, "value": value} for name, value in measure(network).network.items()]
    if network.n > MOST_PEOPLE:  # pair by pair, ties per person would not fit the memory: see mean_degree
        return measured
    level = intervals.level(network, members)
    row: Row = {"measure": "ties_per_person", "value": level.after}
    bears = level.people >= intervals.FEWEST_PEOPLE and level.rows >= intervals.FEWEST_ROWS
    if bears and network.layer != "imposed":
        row |= {"low": max(level.low, 0.0), "high": level.high}
    return [row, *measured]


def differences(changes: Sequence[Row]) -> list[Row]:
    """Differences between cohorts in the change of ties per person, with Welch intervals and no p.

    Parameters
    ----------
    changes : sequence of dict
        Rows of the change table.
    """
    known = [
        row
        for row in changes
        if row["measure"] == "ties_per_person" and row["panel"] == "same_people" and "low" in row
        and row["cohort"] != "All"
    ]  # fmt: skip
    without = {(row["network"], row["cohort"]) for row in known if row["facilitators"] == "without"}
    known = [r for r in known if r["facilitators"] == "without" or (r["network"], r["cohort"]) not in without]
    return [
        {"network": one["network"], "cohort": one["cohort"], "other": two["cohort"], "measure": one["measure"]}
        | _welch(one, two)
        for k, one in enumerate(known)
        for two in known[k + 1 :]
        if one["network"] == two["network"]
    ]


def _welch(one: Row, two: Row) -> Row:
    variance = [((r["high"] - r["low"]) / 2 / intervals.quantile(r["people"])) ** 2 for r in (one, two)]
    total = sum(variance)
    freedom = total**2 / sum(v**2 / (r["people"] - 1) for v, r in zip(variance, (one, two)))
    difference = one["difference"] - two["difference"]
    reach = intervals.quantile(freedom + 1) * float(np.sqrt(total))
    return {"difference": difference, "low": difference - reach, "high": difference + reach, "note": ONE_CASE}
