"""What became of ties between any two moments, for studies that hold more than the two that they compare.

The rule is that of the main comparison: the same people, and the pairs that were judged alike at both moments.
"""

from __future__ import annotations

from collections.abc import Sequence

from kmnet.compare.change import Row, tie_changes
from kmnet.compare.comparison import Comparison
from kmnet.compare.gate import gate
from kmnet.compare.panel import panel


def between(pairs: Sequence[Comparison], force: bool = False) -> list[Row]:
    """One row for each pair of people tied at either of two moments; moments that may not be compared have none."""
    rows: list[Row] = []
    for pair in pairs:
        if not (force or gate(pair.before, pair.after, pair.instruments).comparable):
            continue
        moments = {"from_moment": pair.before.label.moment, "to_moment": pair.after.label.moment}
        both = panel(pair.before, pair.after, pair.members)
        for row in tie_changes(both, pair.before, pair.after):
            rows.append(pair.key | moments | {name: row[name] for name in ("source", "target", "change")})
    return rows
