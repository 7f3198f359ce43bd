"""Do ties last once the programme is over? Ties present at a moment after the first, and whether they are still there later.

Ties across groups are known to decay faster than ties inside them (Burt 2002), whatever a programme did; so both are
told beside each other, and the difference with an interval that respects shared people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kmnet.compare import intervals
from kmnet.compare.change import Row
from kmnet.compare.comparison import Comparison, settled
from kmnet.compare.gate import gate
from kmnet.compare.intervals import FEWEST_OF_EACH
from kmnet.compare.panel import Panel
from kmnet.network.network import MISSING

NO_LATER = "No network holds a moment later than one that follows the first, so whether ties last cannot be told."
LOCAL = "local_bridge"
DESCRIBED = "described only: which ties are local bridges comes from the same ties"


def survival(pairs: Sequence[Comparison], first: Mapping[tuple[str, str], str], force: bool = False) -> list[Row]:
    """Rows of the table of ties that last: from each moment but a network's first to each later one.

    Parameters
    ----------
    pairs : sequence of Comparison
        Two moments each; those from the first moment, of imposed ties, or that may not be compared have no rows.
    first : mapping of (network, cohort) to str
        The first moment of each.
    """
    rows: list[Row] = []
    for pair in pairs:
        one, two = pair.before.label, pair.after.label
        if first.get((one.network, one.cohort)) == one.moment or pair.before.layer == "imposed":
            continue
        found = gate(pair.before, pair.after, pair.instruments)
        if not (found.comparable or force):
            continue
        key = pair.key | {"from_moment": one.moment, "to_moment": two.moment}
        rows += [key | _noted(row, found.reason) for row in _of(settled(pair))]
    return rows


def _noted(row: Row, reason: str) -> Row:
    return row | {"note": "; ".join(filter(None, (reason, row["note"])))}


def _of(part: Panel) -> Iterator[Row]:
    """A row a grouping, and one for ties between people without a common contact; programme staff left out."""
    i, j = part.rows
    was = part.ties[0][i, j] > 0
    i, j = i[was], j[was]
    kept = (part.ties[1][i, j] > 0).astype(float)
    for partition in part.before.groups.values():
        known = np.array([name != MISSING for name in partition.names], dtype=bool)[partition.code]
        of = known[i] & known[j]
        crosses = partition.code[i] != partition.code[j]
        yield {"partition": partition.column} | _row(part, kept[of], crosses[of], i[of], j[of])
    either = (part.ties[0] + part.ties[0].T > 0).astype(np.float32)
    alone = (either @ either)[i, j] == 0
    yield {"partition": LOCAL} | _row(part, kept, alone, i, j, DESCRIBED)


def _row(
    part: Panel,
    kept: NDArray[np.float64],
    side: NDArray[np.bool_],
    i: NDArray[np.intp],
    j: NDArray[np.intp],
    why: str = "",
) -> Row:
    found = intervals.contrast(kept, side, i, j, part.n)
    row: Row = {
        "people": found.people, "ties_across": int(side.sum()), "kept_across": int(kept[side].sum()),
        "share_across": found.after, "ties_within": int((~side).sum()), "kept_within": int(kept[~side].sum()),
        "share_within": found.before, "difference": found.difference, "note": why,
    }  # fmt: skip
    if why:
        return row
    if found.people < intervals.FEWEST_PEOPLE:
        row["note"] = f"{found.people} people: too few for an interval"
    elif found.rows < intervals.FEWEST_ROWS:
        row["note"] = f"fewer than {intervals.FEWEST_ROWS} ties: too few for an interval"  # how many may be hidden
    elif not np.isfinite(found.error):
        row["note"] = (
            f"fewer than {FEWEST_OF_EACH} ties kept, or gone, across groups or inside them: too few for an interval"
        )
    else:
        row |= {"low": found.low, "high": found.high, "p": found.p}
    return row
