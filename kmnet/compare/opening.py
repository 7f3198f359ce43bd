"""The opening statements of a study, from the rows that were found: headline network, everybody together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kmnet.compare import headlines
from kmnet.compare.change import Measure, Row
from kmnet.compare.comparison import Comparison, Whole, settled, without_staff
from kmnet.compare.gate import gate
from kmnet.network.network import Network
from kmnet.results import Headline


def opening(
    pairs: Sequence[Comparison],
    rows: Mapping[str, Sequence[Row]],
    whole: Whole,
    measure: Measure,
    kept: Mapping[str, float],
    several: bool,
) -> tuple[Headline, ...]:
    """Most important first; the statement on what cannot be concluded last."""
    found: list[Headline | None] = []
    pair = _main(pairs)
    if pair is None:
        found.append(Headline("no_change_possible", "Cannot tell", {"moments": 1}))
    else:
        found += _changed(pair, rows)
    last = pair.after if pair is not None else _largest(whole)
    imposed = last is not None and last.layer == "imposed"
    if last is not None and not imposed:
        found += _standing(last, whole, measure, kept.get(last.label.cohort, float("nan")))
        found.append(headlines.equity(_of(rows["equity"], last)))
    found.append(headlines.evidence(rows["artefacts"]))
    found.append(headlines.cannot(pair is not None, several, _beside_others(pairs), imposed))
    return tuple(headline for headline in found if headline is not None)


def _largest(whole: Whole) -> Network | None:
    """The first network at its only moment: all cohorts together where there are several."""
    with_ = [network for network in whole.values() if network.label.facilitators == "with"]
    mine = [network for network in with_ if network.label.network == with_[0].label.network]
    return max(reversed(mine), key=lambda network: network.n, default=None)


def _main(pairs: Sequence[Comparison]) -> Comparison | None:
    """The comparison of the headline network that holds the most people."""
    mine = [pair for pair in pairs if pair.key["network"] == pairs[0].key["network"]]
    return max(mine, key=lambda pair: pair.before.n, default=None)


def _of(rows: Sequence[Row], network: Network) -> list[Row]:
    label = network.label
    want = {"network": label.network, "cohort": label.cohort, "moment": label.moment}
    return [row for row in rows if all(row[key] == value for key, value in want.items())]


def _changed(pair: Comparison, rows: Mapping[str, Sequence[Row]]) -> list[Headline | None]:
    def mine(name: str) -> list[Row]:
        return [row for row in rows[name] if all(row[key] == value for key, value in pair.key.items())]

    if pair.before.layer == "imposed":
        reason = "Being in the same room is what the programme arranged: it cannot show that people connected."
        return [Headline("connectivity_change", "Cannot tell", {}, reason)]
    summary = mine("tie_change_summary")
    which = "without" if any(row["facilitators"] == "without" for row in summary) else "with"
    change = [
        row
        for row in mine("change")
        if row["measure"] == "ties_per_person" and row["panel"] == "same_people" and row["facilitators"] == which
    ]
    if not summary or not change:
        note = next((row["note"] for row in mine("change")), "the two moments cannot be compared")
        return [Headline("connectivity_change", "Cannot tell", {}, note)]
    counted = next(row for row in summary if row["facilitators"] == which)
    found = gate(pair.before, pair.after, pair.instruments)
    return [
        headlines.change(change[0], counted, found),
        headlines.mark(_primary(rows["effect"], pair)),
        headlines.mixing(settled(pair), found),
    ]


def _beside_others(pairs: Sequence[Comparison]) -> bool:
    """Whether people of the programme are compared with people outside it."""
    return any(pair.exposure is not None and pair.exposure.took_part is not None for pair in pairs)


def _primary(rows: Sequence[Row], pair: Comparison) -> list[Row]:
    """The tests of the primary outcome, which need not be the headline network, of the same people."""
    return [row for row in rows if row["outcome"] == "primary" and row["cohort"] == pair.key["cohort"]]


def _standing(network: Network, whole: Whole, measure: Measure, kept: float) -> list[Headline | None]:
    """Who bridges, and what depends on programme staff."""
    present = network.among_present
    values = measure(network)
    found = [headlines.brokers(present, values.person.get("betweenness", np.full(present.n, np.nan)), kept)]
    staff = present.facilitator
    if staff.any() and not staff.all():
        without = measure(without_staff(network, whole))
        found.append(headlines.dependence(values.network, without.network, int(staff.sum())))
    return found
