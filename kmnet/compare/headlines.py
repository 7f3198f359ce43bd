"""The opening statements: which numbers, how certain, and always one on what cannot be concluded.

**Clear**: a supported verdict, or an interval wholly on one side. **Likely**: a suggestive verdict. **Cannot tell**:
everything else, with the reason. The sentences are the report's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from kmnet.compare import intervals
from kmnet.compare.brokers import SAME_BY_CHANCE, TOP
from kmnet.compare.change import Row
from kmnet.compare.gate import Gate
from kmnet.compare.intervals import FEWEST_PEOPLE
from kmnet.compare.panel import Panel
from kmnet.network.network import MISSING, Network
from kmnet.results import Headline, Tag

NOT_CAUSE = (
    "What happened to the same pairs at the same time for another reason cannot be told from what the programme did"
)
NO_OTHERS = "without people outside the programme nothing can be said of how they would have fared without it"
ROOM = (
    "Attendance shows who was in the same room, which the programme arranged; it cannot show who is connected, nor that"
    " anybody became so"
)
NO_LOT = "who took part was not drawn by lot, so the people compared may differ in more than the programme"

WORDS = {
    "degree": "contacts", "in_degree": "people who name them", "out_degree": "people they name",
    "harmonic_closeness": "closeness to everybody else", "betweenness": "shortest paths through them",
    "core_member": "place in the core", "coreness": "depth in the core", "ei_index": "balance of outside contacts",
}  # fmt: skip


def change(row: Row, summary: Row, gate: Gate) -> Headline:
    """Of the ``ties_per_person`` row of the change table and the summary of ties; no more than likely where the moments
    are to be compared with caution."""
    if "difference" not in row:
        return Headline("connectivity_change", "Cannot tell", {}, row.get("note", ""))
    numbers: dict[str, Any] = {
        key: row[key] for key in ("before", "after", "difference", "low", "high", "people") if key in row
    }
    numbers |= {key: summary[key] for key in ("pairs", "formed", "kept", "dissolved")} | {"network": row["network"]}
    reason = gate.reason if "low" in row else row.get("note", "")
    return Headline("connectivity_change", _sure(row.get("low"), row.get("high"), gate), numbers, reason)


def _sure(low: float | None, high: float | None, gate: Gate) -> Tag:
    """What an interval of a change allows, given how the moments compare."""
    if low is None or high is None or not (low > 0 or high < 0):
        return "Cannot tell"
    return "Likely" if gate.reason else "Clear"


def mark(rows: Sequence[Row]) -> Headline | None:
    """Of the effect table's verdict; its reason is the note of the verdict."""
    verdict = next((row for row in rows if row["test"] == "verdict"), None)
    if verdict is None:
        return None
    said: dict[str, Tag] = {"supported": "Clear", "suggestive": "Likely"}
    keys = (
        "verdict", "exposure", "exposed_pairs", "exposed_ties", "other_pairs", "other_ties", "estimate", "low", "high"
    )  # fmt: skip
    numbers = {key: verdict[key] for key in keys if key in verdict}
    return Headline("programme_mark", said.get(verdict["verdict"], "Cannot tell"), numbers, verdict["note"])


def mixing(panel: Panel, gate: Gate) -> Headline | None:
    """Ties across the headline grouping, before, after and among the new ones, of those who answered both times."""
    whole = panel.only(panel.answered)
    partition = whole.before.partition
    if partition is None or len([g for g in partition.names if g != MISSING]) < 2:
        return None
    i, j = whole.rows
    across = partition.code[i] != partition.code[j]
    before, after = (tie[i, j] > 0 for tie in whole.ties)
    if not before.any() or not after.any():
        return None
    numbers: dict[str, Any] = {
        "partition": partition.column, "people": whole.n,
        "before_across": int((across & before).sum()), "before_ties": int(before.sum()),
        "after_across": int((across & after).sum()), "after_ties": int(after.sum()),
        "new_across": int((across & after & ~before).sum()), "new_ties": int((after & ~before).sum()),
    }  # fmt: skip
    found = intervals.known(whole)["external_share"]
    tag: Tag = "Cannot tell"
    if found.people >= FEWEST_PEOPLE and np.isfinite(found.low):
        numbers |= {"low": found.low, "high": found.high}
        tag = _sure(found.low, found.high, gate)
    return Headline("mixing", tag, numbers, "")


def brokers(network: Network, betweenness: np.ndarray, kept: float) -> Headline | None:
    """Who most often links others, by group of the headline partition: five people, or fewer where the fifth stands level
    with the sixth; ``kept`` of the five stay with ties missing. None where nobody stands out."""
    partition = network.partition
    if partition is None or network.n < 2 * TOP or not np.isfinite(betweenness).any():
        return None
    top = _first(np.round(np.nan_to_num(betweenness), 6))
    if not len(top):
        return None
    names, counts = np.unique([partition.names[c] for c in partition.code[top]], return_counts=True)
    order = np.lexsort((names, -counts))
    numbers: dict[str, Any] = {
        "roles": tuple((str(names[k]), int(counts[k])) for k in order),
        "top": len(top), "partition": partition.column,
    }  # fmt: skip
    if len(top) == TOP:
        numbers["same_by_chance"] = round(SAME_BY_CHANCE * TOP)
    if network.facilitator[top].any():
        numbers["facilitators"] = int(network.facilitator[top].sum())
    tag: Tag = "Likely" if len(top) == TOP and kept >= TOP - 1 else "Cannot tell"
    reason = "Places are close and shift when a few ties are missing: see the ranges, and do not read them as a league"
    return Headline("brokers", tag, numbers, reason)


def _first(values: np.ndarray) -> np.ndarray:
    """Positions of the highest values above nought: as many of the first five as do not stand level with the next."""
    order = np.argsort(-values, kind="stable")
    after = values[order[min(TOP, len(order) - 1)]]
    return order[:TOP][values[order[:TOP]] > max(after, 0.0)]


def equity(rows: Sequence[Row]) -> Headline | None:
    """The clearest gap of the rows given: one group, one network, one moment."""
    known = [row for row in rows if row.get("p", np.nan) == row.get("p", np.nan) and "gap" in row]
    if not known:
        return None
    # Contacts are what everybody understands; other positions stand in the table.
    plain = [row for row in known if row["measure"] == "degree"] or known
    row = min(plain, key=lambda r: (r["q"], r["measure"], r["group"]))
    tag: Tag = "Clear" if row["q"] <= 0.05 else "Likely" if row["p"] <= 0.05 else "Cannot tell"
    keys = [k for k in ("group", "partition", "value", "others", "people", "low", "high") if k in row]
    return Headline("equity", tag, {k: row[k] for k in keys} | {"measure": WORDS.get(row["measure"], row["measure"])})


def evidence(rows: Sequence[Row]) -> Headline | None:
    """How many artefacts are recorded as received and used by others, and in how many organisations."""
    everybody = [row for row in rows if row["partition"] == "everybody"]
    if not everybody:
        return None
    numbers: dict[str, Any] = {
        "artefacts": len(everybody),
        "reached": sum(row["reached"] > 0 or row["organisation_recorded"] != "" for row in everybody),
        "used": sum(row["used"] > 0 or row["organisation_recorded"] == "used" for row in everybody),
    }
    houses = [row for row in rows if row["partition"] == "organisation" and row["group"] != MISSING]
    if houses:
        numbers["organisations"] = len({row["group"] for row in houses})
        numbers["organisations_reached"] = len(
            {row["group"] for row in houses if row["reached"] or row["organisation_recorded"]}
        )
    if not any(numbers.get(key) for key in ("reached", "used", "organisations_reached")):
        reason = "A receipt that nobody wrote down looks the same as none"
        return Headline("evidence", "Cannot tell", numbers, reason)
    return Headline("evidence", "Clear", numbers, "Records can only miss receipts, so these are lower bounds")


def dependence(with_: Mapping[str, float], without: Mapping[str, float], facilitators: int) -> Headline | None:
    """What is left of reach without programme staff."""
    reach = with_.get("reachable_pairs_share", np.nan), without.get("reachable_pairs_share", np.nan)
    if not all(np.isfinite(reach)):
        return None
    numbers: dict[str, Any] = {
        "facilitators": facilitators, "reachable_with": reach[0], "reachable_without": reach[1]
    }  # fmt: skip
    for name, values in (("isolates_with", with_), ("isolates_without", without)):
        if np.isfinite(values.get("isolates", np.nan)):
            numbers[name] = int(values["isolates"])
    return Headline("dependence", "Clear", numbers)


def cannot(moments: bool, several: bool, comparison: bool = False, imposed: bool = False) -> Headline:
    """What cannot be concluded: always there. ``comparison`` says that people outside the programme were compared,
    ``imposed`` that the ties are being in the same room."""
    if imposed:
        return Headline("cannot", "Cannot tell", {}, f"{ROOM}.")
    if not moments:
        return Headline("cannot", "Cannot tell", {}, "One moment shows who is connected, not what changed or why.")
    also = "; a difference between cohorts is no proof either, since one cohort is one case" if several else ""
    return Headline("cannot", "Cannot tell", {}, f"{NOT_CAUSE}; {NO_LOT if comparison else NO_OTHERS}{also}.")
