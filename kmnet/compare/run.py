"""Every comparison of a study in one call: :func:`compare`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kmnet.compare import change, mark
from kmnet.compare.change import Measure, Row
from kmnet.compare.exposure import Exposure
from kmnet.compare.gate import Gate, Instrument, gate
from kmnet.compare.panel import Panel, panel
from kmnet.network.network import Network
from kmnet.results import TABLES, About, Headline, Reason


@dataclass(frozen=True, slots=True)
class Settings:
    """How much chance is drawn, from which seed; ``force`` compares what the gate refuses."""

    draws: int = 2000
    seed: int = 20231122
    force: bool = False


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two moments of one network and cohort.

    Parameters
    ----------
    before, after : Network
        Snapshots *with* facilitators, on the same ids in the same order.
    members : bool array, shape (n, cohorts), optional
        Who belongs to which cohort, where the snapshots hold several cohorts.
    exposure : Exposure, optional
        What pairs shared of the programme; without it no effect is looked for.
    instruments : pair of Instrument
        How the ties of each moment were observed, as far as it is known.
    """

    before: Network
    after: Network
    members: NDArray[np.bool_] | None = None
    exposure: Exposure | None = None
    instruments: tuple[Instrument, Instrument] = (Instrument(), Instrument())

    @property
    def key(self) -> dict[str, str]:
        """The columns that name it."""
        return {"network": self.before.label.network, "cohort": self.before.label.cohort}


@dataclass(frozen=True)
class Compared:
    """What was found: output tables by name, opening statements, reasons of empty cells, small facts, and the words
    of measures that only comparisons have."""

    tables: Mapping[str, pd.DataFrame]
    headlines: tuple[Headline, ...] = ()
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    measures: Mapping[str, About] = field(default_factory=dict)


def compare(pairs: Sequence[Comparison], measure: Measure, settings: Settings = Settings()) -> Compared:
    """Compare.

    Parameters
    ----------
    pairs : sequence of Comparison
        The headline network first.
    measure : callable
        Gives the values of a network; called on snapshots and on their panels.
    settings : Settings
        Draws, seed, force.
    """
    rows: dict[str, list[Row]] = {name: [] for name in ("change", "tie_change", "tie_change_summary", "effect")}
    notes: list[str] = []
    for number, pair in enumerate(pairs):
        found = gate(pair.before, pair.after, pair.instruments)
        if found.reason:
            notes.append(f"{pair.before.label.network}, {pair.before.label.cohort}: {found.reason}")
        for name, new in _described(pair, found, measure, settings):
            rows[name] += [pair.key | row for row in new]
        rows["effect"] += [pair.key | row for row in _effect(pair, found, settings, number)]
    return Compared(
        tables={name: table(name, found) for name, found in rows.items()},
        notes=tuple(notes),
        measures={"ties_per_person": TIES_PER_PERSON},
    )


def _described(
    pair: Comparison, found: Gate, measure: Measure, settings: Settings
) -> Iterator[tuple[str, Iterable[Row]]]:
    """Change tables of one comparison, with and without facilitators."""
    both = panel(pair.before, pair.after, pair.members)
    if not found.comparable and not settings.force:
        yield "change", [_refused(found, both)]
        return
    ties = change.tie_changes(both, pair.before, pair.after)
    yield "tie_change", ties
    for name, part, before, after in _with_and_without(pair, both):
        kept = set(before.ids)
        unknown = sum(r["change"] == "cannot_tell" and {r["source"], r["target"]} <= kept for r in ties)
        extra = {"facilitators": name}
        forced = "" if found.comparable else f"compared although {found.reason}"
        yield "tie_change_summary", [extra | change.summary(part, unknown)]
        for kind, made in (
            ("same_people", change.same_people(part, measure)),
            ("all_people", change.all_people(before, after, measure)),
        ):
            yield "change", [_forced(extra | {"panel": kind} | row, forced) for row in made]


def _effect(pair: Comparison, found: Gate, settings: Settings, number: int) -> list[Row]:
    """The programme's mark, without facilitators: they are tied to everybody because it is their task."""
    if pair.exposure is None:
        return []
    both = panel(pair.before, pair.after, pair.members)
    staff = both.before.facilitator
    part = both if staff.all() else both.only(~staff)
    exposure = pair.exposure.only(part.people)
    return mark.rows(part, exposure, found, settings.draws, settings.seed, (number,), settings.force)


def _with_and_without(pair: Comparison, both: Panel) -> Iterator[tuple[str, Panel, Network, Network]]:
    yield "with", both, pair.before, pair.after
    staff = pair.before.facilitator
    if staff.any() and not staff.all():
        yield "without", both.only(~both.before.facilitator), pair.before.take(~staff), pair.after.take(~staff)


def _refused(found: Gate, both: Panel) -> Row:
    return {
        "measure": "ties_per_person", "panel": "same_people", "facilitators": "with", "method": "none",
        "people": both.n, "note": f"not comparable: {found.reason}",
    }  # fmt: skip


def _forced(row: Row, forced: str) -> Row:
    return row | {"note": " ".join(filter(None, (forced, row.get("note", ""))))} if forced else row


def table(name: str, rows: Sequence[Row]) -> pd.DataFrame:
    """Rows as an output table: exactly the columns of the contract, in its order."""
    columns = [column.name for column in TABLES[name].columns]
    frame = pd.DataFrame(list(rows), columns=columns)
    for column in TABLES[name].columns:
        if column.kind in ("number", "share", "p"):
            frame[column.name] = frame[column.name].astype(np.float64)
        elif column.kind in ("people", "count"):
            frame[column.name] = frame[column.name].astype("Int64")
        elif column.kind != "flag":
            frame[column.name] = frame[column.name].astype("str").where(frame[column.name].notna(), "")
    return frame


TIES_PER_PERSON = About(
    name="ties_per_person",
    title="Ties per person",
    of="network",
    reads="How many ties a person has on average, counted over the pairs that could be judged at both moments.",
    formula="directed: ties / respondents; undirected: 2 x ties / people",
    denominator="people who answered at both moments (directed) or stand in a judged pair (undirected)",
    low=0.0,
    variant="same people, same judged pairs",
    undefined="nobody can be judged at both moments",
    source="kmnet",
    misreading="It says that ties changed, not why.",
    family="change",
    unit="ties",
)
