"""One line on brokers over time: how many stayed, beside how many would have stayed had nothing changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kmnet.compare.brokers import ORDER_BY_CHANCE, SAME_BY_CHANCE, TOP, places
from kmnet.compare.change import Row
from kmnet.compare.panel import Panel

LEVEL = 0.05
NOISE = "noise: half the ties of simulated networks redrawn, nothing else changed"


def kept(panel: Panel, changed: Sequence[Row]) -> list[Row]:
    """The row of the broker-stability table; nothing for fewer than ten people or a moment with fewer than ten ties.

    Parameters
    ----------
    changed : sequence of dict
        Rows of the brokerage-change table of the same people.
    """
    before, after = panel.complete
    if before.n < 2 * TOP or min(before.m, after.m) < 2 * TOP:
        return []
    was, now = (places(network) for network in (before, after))
    # Equal people share a place, so more than five can be among the first five: the share is of those before.
    first, then = (place <= np.sort(place)[TOP - 1] for place in (was, now))
    row: Row = {
        "people": before.n, "top": int(first.sum()), "stayed": int((first & then).sum()),
        "stayed_by_chance": SAME_BY_CHANCE * int(first.sum()), "order_by_chance": ORDER_BY_CHANCE,
        "only_by_programme": sum(r["after"] > 0 and r["without_programme"] == 0 for r in changed),
        "changed": sum(r["q"] <= LEVEL for r in changed), "note": NOISE,
    }  # fmt: skip
    if np.ptp(was) > 0 and np.ptp(now) > 0:
        # Ranks are exact, their correlation is not quite: the same on every machine.
        row["order"] = round(float(np.corrcoef(was, now)[0, 1]), 12)
    return [row]
