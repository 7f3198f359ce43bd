"""What changed between two moments: every tie, and every measure, with its denominator and, where it can be had, its
interval.

A change is a fact, not an effect: under general growth any honest interval lies above nought without the programme
having done anything. The programme's mark is looked for in :mod:`kmnet.compare.effect`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from kmnet.compare import intervals
from kmnet.compare.intervals import FEWEST_OF_EACH, FEWEST_PEOPLE, FEWEST_ROWS, Estimate
from kmnet.compare.panel import Panel
from kmnet.network.network import Network

IMPOSED = "imposed: being in the same room, not an outcome"
DESCRIBED = "described only: no interval holds its level for this kind of number"

Row = dict[str, Any]


class Measured(Protocol):
    """Values of one network: one array a person measure, one number a network measure."""

    @property
    def person(self) -> Mapping[str, NDArray[np.float64]]:
        """Values by measure, positions as in the network's ids."""

    @property
    def network(self) -> Mapping[str, float]:
        """Value by measure."""


Measure = Callable[[Network], Measured]
"""Gives the values of a network among the people present at its moment."""


class Turnover(NamedTuple):
    """How many judged rows formed, were kept, dissolved, never tied."""

    formed: int
    kept: int
    dissolved: int
    never: int

    @property
    def rates(self) -> dict[str, float]:
        """Formation among rows at risk, persistence among rows tied, and Jaccard; NaN where nothing is at risk."""

        def share(part: int, whole: int) -> float:
            return part / whole if whole else float("nan")

        changed = self.formed + self.kept + self.dissolved
        return {
            "formation_rate": share(self.formed, self.formed + self.never),
            "persistence_rate": share(self.kept, self.kept + self.dissolved),
            "jaccard": share(self.kept, changed),
        }


Rows = tuple[NDArray[np.intp], NDArray[np.intp]]


def turnover(panel: Panel, rows: Rows | None = None) -> Turnover:
    """Count the judged rows of a panel, or some of them, by what became of them."""
    i, j = panel.rows if rows is None else rows
    before, after = (tie[i, j] > 0 for tie in panel.ties)
    return Turnover(
        int((~before & after).sum()),
        int((before & after).sum()),
        int((before & ~after).sum()),
        int((~before & ~after).sum()),
    )


def returned(panel: Panel, rows: Rows | None = None) -> dict[str, float]:
    """Reciprocity at each moment: of the ties of rows judged in both directions, the part that are returned.

    NaN where ties have no direction, or there are none.
    """
    i, j = panel.rows if rows is None else rows
    found = [float("nan"), float("nan")]
    if panel.directed:
        both = panel.judged[j, i]
        for k, tie in enumerate(panel.ties):
            mine = (tie[i, j] > 0) & both
            found[k] = float((tie[j, i] > 0)[mine].mean()) if mine.any() else float("nan")
    return {"reciprocity_before": found[0], "reciprocity_after": found[1]}


def tie_changes(panel: Panel, before: Network, after: Network) -> list[Row]:
    """One row for each pair tied at either moment: formed, kept or dissolved where it was judged at both moments,
    cannot_tell where it was not (nobody who could report it answered both times, or one of the two was not there)."""
    judged, ties = _widen(panel, before.n)
    seen = _tied(before), _tied(after)
    i, j = np.nonzero(np.logical_or.reduce((*seen, *ties)))
    if not panel.directed:
        i, j = i[i < j], j[i < j]
    rows = []
    for a, b in zip(i.tolist(), j.tolist()):
        was, now = bool(ties[0][a, b]), bool(ties[1][a, b])
        known = judged[a, b] and (was or now)
        change = ("kept" if was and now else "formed" if now else "dissolved") if known else "cannot_tell"
        if not known:
            was, now = bool(seen[0][a, b]), bool(seen[1][a, b])
        rows.append({"source": before.ids[a], "target": before.ids[b], "before": was, "after": now, "change": change})
    return rows


def _tied(network: Network) -> NDArray[np.bool_]:
    found = np.zeros((network.n, network.n), dtype=bool)
    found[network.source, network.target] = True
    return found if network.directed else found | found.T


def _widen(panel: Panel, n: int) -> tuple[NDArray[np.bool_], tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """The panel's judged pairs and ties on all the people of the snapshots."""
    at = np.ix_(panel.people, panel.people)
    wide = [np.zeros((n, n), dtype=bool) for _ in range(3)]
    for full, part in zip(wide, (panel.judged, panel.ties[0] > 0, panel.ties[1] > 0)):
        full[at] = part
    return wide[0], (wide[1], wide[2])


def summary(panel: Panel, cannot_tell: int, rows: Rows | None = None) -> Row:
    """The counts of :func:`turnover` with their denominators; ``people`` are those of the panel."""
    found = turnover(panel, rows)
    return {
        "people": panel.n,
        "pairs": sum(found),
        **found._asdict(),
        "cannot_tell": cannot_tell,
        **found.rates,
        **returned(panel, rows),
    }


def people(before: Network, after: Network) -> Row:
    """Who joined, left, and was there at both moments without answering twice; and whether leavers had fewer contacts,
    which by itself makes a network look better connected."""
    both, left = before.present & after.present, before.present & ~after.present
    degree = before.mutual.degree

    def contacts(who: NDArray[np.bool_]) -> float:
        return float(degree[who].mean()) if who.any() else float("nan")

    return {
        "joined": int((after.present & ~before.present).sum()), "left": int(left.sum()),
        "silent": int((both & ~(before.answered & after.answered)).sum()),
        "contacts_of_leavers": contacts(left), "contacts_of_stayers": contacts(both),
    }  # fmt: skip


def same_people(panel: Panel, measure: Measure) -> Iterator[Row]:
    """Rows of the change table for the people of both moments.

    ``ties_per_person`` rests on every judged pair; the measures on the people who answered both times, among whom
    every pair was judged.
    """
    yield {"measure": "ties_per_person", "people": len(panel.people), **_shown(intervals.ties_per_person(panel), panel)}
    values = [_flat(measure(network)) for network in panel.complete]
    estimates = intervals.known(panel)
    people = int(panel.answered.sum())
    for name, before in values[0].items():
        after = values[1].get(name, float("nan"))
        row: Row = {"measure": name, "people": people, "before": before, "after": after}
        found = estimates.get(name)
        if found is not None and _agree(found, before, after):
            yield row | _shown(found, panel)
        else:
            yield row | {
                "difference": after - before,
                "method": "none",
                "note": IMPOSED if panel.before.layer == "imposed" else DESCRIBED,
            }


def all_people(before: Network, after: Network, measure: Measure) -> Iterator[Row]:
    """Rows for everybody there was at each moment: the denominators move, so no interval is given."""
    one, two = before.among_present, after.among_present
    values = [_flat(measure(network)) for network in (before, after)]
    note = "everybody at each moment: people who joined or left can make the whole difference"
    if before.layer == "imposed":
        note = IMPOSED
    base = [(n.answered.sum() if n.layer == "reported" and n.directed else n.n) for n in (one, two)]
    ties = [n.m * (1 if n.directed else 2) / b if b else float("nan") for n, b in zip((one, two), base)]
    both = max(one.n, two.n)
    for name, a, b in (
        ("ties_per_person", ties[0], ties[1]),
        *((name, value, values[1].get(name, float("nan"))) for name, value in values[0].items()),
    ):
        yield {
            "measure": name, "before": a, "after": b, "difference": b - a, "people": both,
            "method": "none", "note": note,
        }  # fmt: skip


def _flat(values: Measured) -> dict[str, float]:
    """Network measures, and the mean of every person measure over the people for whom it is defined."""
    flat = dict(values.network)
    for name, array in values.person.items():
        known = array[np.isfinite(array)]
        flat.setdefault(f"mean_{name}", float(known.mean()) if len(known) else float("nan"))
    return flat


def _agree(found: Estimate, before: float, after: float) -> bool:
    """Whether a measure is the mean or ratio that an estimate is of."""
    pairs = ((found.before, before), (found.after, after))
    return all(np.isfinite(a) and np.isfinite(b) and abs(a - b) <= 1e-9 * max(1.0, abs(a)) for a, b in pairs)


def _shown(found: Estimate, panel: Panel) -> Row:
    """An estimate as cells; interval and p only where the data bear them, else the reason."""
    row: Row = {
        "before": found.before, "after": found.after, "difference": found.difference, "method": "none", "note": ""
    }  # fmt: skip
    if panel.before.layer == "imposed":
        row["note"] = IMPOSED
    elif found.people < FEWEST_PEOPLE:
        row["note"] = f"{found.people} people: too few for an interval"
    elif panel.answered.sum() < FEWEST_PEOPLE:
        row["note"] = f"{int(panel.answered.sum())} people answered both times: too few for an interval"
    elif found.rows < FEWEST_ROWS:
        row["note"] = f"fewer than {FEWEST_ROWS} pairs: too few for an interval"
    elif not np.isfinite(found.error):
        few = f"fewer than {FEWEST_OF_EACH} ties of one of the two kinds at a moment: too few for an interval"
        row["note"] = few if found.difference else "nothing changed, so no interval can be made"
    else:
        row |= {"low": found.low, "high": found.high, "p": found.p, "method": intervals.METHOD}
        if found.people < 20:
            row["note"] = f"{found.people} people: only large changes can be told from chance"
    return row
