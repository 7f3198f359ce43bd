"""Every comparison of a study in one call: :func:`compare`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import pandas as pd

from kmnet.compare import change, mark, pair_kinds
from kmnet.compare.associations import Model, every, stability
from kmnet.compare.between import between
from kmnet.compare.brokers import UNSHARED, UNTESTED, rank_ranges
from kmnet.compare.change import Measure, Row
from kmnet.compare.closer import closer
from kmnet.compare.cohorts import ONE_CASE, cohorts, differences
from kmnet.compare.company import Company, organisations_reached
from kmnet.compare.comparison import Comparison, Given, Made, Settings, Whole, settled, without_staff
from kmnet.compare.equity import equity
from kmnet.compare.evidence import Evidence
from kmnet.compare.flow import RULE, flow
from kmnet.compare.frames import table
from kmnet.compare.gate import Gate, gate
from kmnet.compare.opening import opening
from kmnet.compare.outcomes import corrected
from kmnet.compare.panel import Panel, panel
from kmnet.compare.survival import NO_LATER, survival
from kmnet.compare.words import POSITIONS, RANKS, TIES_PER_PERSON
from kmnet.network.network import Network
from kmnet.results import About, Headline, Reason

DEFAULT = Settings()

TABLES_MADE = (
    "change", "tie_change", "tie_change_moments", "tie_change_summary", "tie_change_pairs",
    "tie_survival", "effect", "associations", "brokerage_change",
    "broker_stability", "brokerage_pairs_change", "sensitivity", "gains", "equity_change", "warnings_of_tokenism",
    "people_not_reached", "organisations_reached", "cohorts", "cohort_differences", "equity", "artefacts", "carriers",
)  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """What was found: output tables by name, opening statements, reasons of empty cells, small facts, and the words
    of measures that only comparisons have. ``people`` holds more columns of the people table, by network, cohort,
    moment and id.
    """

    tables: Mapping[str, pd.DataFrame]
    headlines: tuple[Headline, ...] = ()
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    measures: Mapping[str, About] = field(default_factory=dict)
    people: pd.DataFrame = field(default_factory=pd.DataFrame)


def compare(
    pairs: Sequence[Comparison],
    measure: Measure,
    settings: Settings = DEFAULT,
    *,
    snapshots: Sequence[Network] = (),
    evidence: Evidence | None = None,
    focus: Mapping[str, str] | None = None,
    company: Company | None = None,
    others: Sequence[Comparison] = (),
    models: Sequence[Model] = (),
) -> Compared:
    """Compare moments, groups and cohorts, and follow the evidence.

    Parameters
    ----------
    pairs : sequence of Comparison
        The headline network first.
    measure : callable
        Gives the values of a network; called on snapshots and on their panels.
    settings : Settings
        Draws, seed, force.
    snapshots : sequence of Network
        Every network at every moment, with and without facilitators: for cohorts, equity and ranks.
    evidence : Evidence, optional
        Artefacts and dated contacts.
    focus : mapping of str to str
        Grouping to the group whose position is looked at first.
    company : Company, optional
        Who came, who made something, and whom the programme meant to reach.
    others : sequence of Comparison
        Further pairs of moments, for which only the ties are compared.
    models : sequence of Model
        Regressions and correlations of networks that the study asks for.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES_MADE}
    notes: list[str] = []
    facts: dict[str, Any] = {}
    given = Given(
        measure, settings, {network.label: network for network in snapshots}, focus or {}, company or Company()
    )
    for number, pair in enumerate(pairs):
        found = gate(pair.before, pair.after, pair.instruments)
        notes += [f"{pair.before.label.network}, {pair.before.label.cohort}: {said}" for said in found.said]
        made = [_described(pair, found, given, number), _mark(pair, found, given, number)]
        if pair.key["network"] == pairs[0].key["network"] and pair.before.layer != "imposed":
            made.append(closer(pair, found, given, number))
        for name, new in chain.from_iterable(made):
            rows[name] += [pair.key | row for row in new]
    with_ = [network for network in snapshots if network.label.facilitators == "with"]
    members = {pair.before.label.network: pair.members for pair in pairs if pair.members is not None}
    rows["tie_change_moments"] = between(others, settings.force)
    first: dict[tuple[str, str], str] = {}
    for label in (network.label for network in with_):
        first.setdefault((label.network, label.cohort), label.moment)
    rows["tie_survival"] = survival([*pairs, *others], first, settings.force)
    asked = {n.label: how for pair in pairs for n, how in zip((pair.before, pair.after), pair.instruments)}
    rows["cohorts"] = cohorts(with_, measure, members, asked)
    rows["effect"] = corrected(rows["effect"])
    rows["associations"] += every(models, settings.draws, settings.seed)
    rows["cohort_differences"] = differences(rows["change"])
    several = len({network.label.cohort for network in with_}) > 1
    if several:
        notes.append(f"Cohorts are shown side by side: {ONE_CASE}.")
    last = _last(pairs, with_)
    rows["organisations_reached"] = list(organisations_reached(last, given.company)) if last is not None else []
    rows["equity"] = equity(_outcomes(snapshots), measure, focus or {}, settings.draws, settings.seed)
    people, facts["top_five_kept"] = _ranks(pairs, with_, settings.seed)
    if evidence is not None:
        followed = flow(evidence, settings.seed)
        rows["artefacts"], rows["carriers"], facts["flow"] = followed
        notes += [RULE, *evidence.notes]
    return Compared(
        tables={name: table(name, found) for name, found in rows.items()},
        headlines=opening(pairs, rows, given.whole, measure, facts["top_five_kept"], several),
        reasons=(*_reasons(rows["brokerage_change"]), *_undefined(rows)),
        notes=tuple(notes),
        facts=facts,
        measures={about.name: about for about in (TIES_PER_PERSON, *POSITIONS, *RANKS)},
        people=people,
    )


def _reasons(rows: Sequence[Row]) -> Iterator[Reason]:
    """Why changes of brokerage have no p, and no number without the programme, once a comparison."""
    for columns, why in ((("p", "q"), UNTESTED), (("without_programme",), UNSHARED)):
        for network, cohort in sorted({(r["network"], r["cohort"]) for r in rows if r[columns[0]] != r[columns[0]]}):
            for column in columns:
                yield Reason("brokerage_change", (("network", network), ("cohort", cohort)), column, why)


def _undefined(rows: Mapping[str, Sequence[Row]]) -> Iterator[Reason]:
    """Why rates of what became of ties are empty."""
    for name in ("tie_change_summary", "tie_change_pairs"):
        for column, why in pair_kinds.WHY.items():
            if any(row[column] != row[column] for row in rows[name]):
                yield Reason(name, (), column, why)
    if not rows["tie_survival"]:
        yield Reason("tie_survival", (), "difference", NO_LATER)
    elif any(row["difference"] != row["difference"] for row in rows["tie_survival"]):
        for column in ("share_across", "share_within", "difference"):
            yield Reason("tie_survival", (), column, "There is no such tie at the earlier moment.")


def _outcomes(snapshots: Sequence[Network]) -> list[Network]:
    """Each network once, without facilitators where that differs; imposed ties only if there are no others."""
    without = {n.label: n for n in snapshots if n.label.facilitators == "without"}
    each = [
        without.get(replace(n.label, facilitators="without"), n) for n in snapshots if n.label.facilitators == "with"
    ]
    return [n for n in each if n.layer != "imposed"] or each


def _last(pairs: Sequence[Comparison], with_: Sequence[Network]) -> Network | None:
    """The headline network of most people at the later moment, or at its only one."""
    first = pairs[0].key["network"] if pairs else with_[0].label.network if with_ else ""
    each = [p.after for p in pairs if p.key["network"] == first] or [n for n in with_ if n.label.network == first]
    return max(reversed(each), key=lambda network: network.n, default=None)


def _ranks(pairs: Sequence[Comparison], with_: Sequence[Network], seed: int) -> tuple[pd.DataFrame, dict[str, float]]:
    """Ranges of ranks in the headline network, and how many of the five highest stay (by cohort, at its last moment)."""
    if pairs:
        first = pairs[0].key["network"]
        networks = [n for p in pairs if p.key["network"] == first for n in (p.before, p.after)]
    else:
        networks = [n for n in with_ if n.label.network == with_[0].label.network]
    kept: dict[str, float] = {}
    rows: list[Row] = []
    for number, network in enumerate(networks):
        label = network.label
        found, kept[label.cohort] = rank_ranges(network.among_present, seed, (8, number))
        rows += [{"network": label.network, "cohort": label.cohort, "moment": label.moment} | row for row in found]
    return pd.DataFrame(rows, columns=["network", "cohort", "moment", "id", *(about.name for about in RANKS)]), kept


def _mark(pair: Comparison, found: Gate, given: Given, number: int) -> Made:
    """The effect table."""
    if pair.exposure is None:
        return
    part, chance = settled(pair), given.settings
    exposure = pair.exposure.only(part.people)
    made = mark.rows(part, exposure, found, chance.draws, chance.seed, (number,), chance.force)
    yield "effect", [{"outcome": pair.outcome} | row for row in made]


def _described(pair: Comparison, found: Gate, given: Given, number: int) -> Made:
    """Change tables of one comparison, with and without facilitators."""
    both = panel(pair.before, pair.after, pair.members)
    if not given.allows(found):
        yield "change", [_refused(found, both)]
        return
    ties = change.tie_changes(both, pair.before, pair.after)
    yield "tie_change", ties
    chance, others = given.settings, settled(pair)
    yield "associations", stability(pair, others, chance.draws, chance.seed, number)
    if pair.before.layer != "imposed":
        yield "tie_change_pairs", pair_kinds.by_kind(pair, others, ties)
    for name, part, before, after in _with_and_without(pair, both, given.whole):
        kept = set(before.ids)
        unknown = sum(r["change"] == "cannot_tell" and {r["source"], r["target"]} <= kept for r in ties)
        extra = {"facilitators": name}
        forced = "" if found.comparable else f"compared although {found.reason}"
        yield "tie_change_summary", [extra | change.summary(part, unknown) | change.people(before, after)]
        for kind, made in (
            ("same_people", change.same_people(part, given.measure)),
            ("all_people", change.all_people(before, after, given.measure)),
        ):
            yield "change", [_forced(extra | {"panel": kind} | row, forced) for row in made]


def _with_and_without(pair: Comparison, both: Panel, whole: Whole) -> Iterator[tuple[str, Panel, Network, Network]]:
    yield "with", both, pair.before, pair.after
    staff = pair.before.facilitator
    if staff.any() and not staff.all():
        before, after = (without_staff(network, whole) for network in (pair.before, pair.after))
        yield "without", both.only(~both.before.facilitator), before, after


def _refused(found: Gate, both: Panel) -> Row:
    return {
        "measure": "ties_per_person", "panel": "same_people", "facilitators": "with", "method": "none",
        "people": both.n, "note": f"not comparable: {found.reason}",
    }  # fmt: skip


def _forced(row: Row, forced: str) -> Row:
    return row | {"note": " ".join(filter(None, (forced, row.get("note", ""))))} if forced else row
