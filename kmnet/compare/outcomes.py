"""Several outcomes asked one question: what each verdict is worth once the others are counted.

One outcome is declared primary and stands by itself. The secondary ones are a family: asked often enough, one of them
would answer yes by chance, so their p are corrected together (Holm). Exploratory ones are corrected for false
discoveries (Benjamini and Hochberg), are called exploratory, and never go beyond suggestive.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from kmnet.compare.change import Row
from kmnet.compare.verdict import LEVEL
from kmnet.kernels.families import false_discovery, family_wise
from kmnet.network.windows import ALL

Outcome = Literal["primary", "secondary", "exploratory"]

_CORRECTION: dict[str, tuple[str, Callable[[NDArray[np.floating]], NDArray[np.float64]]]] = {
    "secondary": ("Holm", family_wise),
    "exploratory": ("Benjamini-Hochberg", false_discovery),
}
_TESTS = ("formation", "association_change")
"""The two tests that a verdict rests on."""

_CORRECTED = (*_TESTS, "rate_change")
ALONE = "the one primary outcome: not corrected, each cohort by itself"


def corrected(rows: Sequence[Row]) -> list[Row]:
    """Rows of the effect table with ``p_adjusted`` and its ``family``, and verdicts that hold after it; a family is a
    cohort's outcomes of one kind, each test by itself (cohorts are cases of their own, and all together another).

    Parameters
    ----------
    rows : sequence of dict
        Rows with ``network``, ``cohort``, ``outcome``, ``test``, and ``p`` where a test was made.
    """
    found = [dict(row) | ({"family": ALONE} if row["outcome"] == "primary" else {}) for row in rows]
    for kind, (name, correct) in _CORRECTION.items():
        for cohort in dict.fromkeys(row["cohort"] for row in found if row["outcome"] == kind):
            family = [row for row in found if row["outcome"] == kind and row["cohort"] == cohort]
            count = len({row["network"] for row in family})
            many = f"{count} {kind} outcome{'s' if count > 1 else ''}"
            for test in _CORRECTED:
                each = [row for row in family if row["test"] == test]
                for row, p in zip(each, correct(np.array([row.get("p", np.nan) for row in each], dtype=float))):
                    row |= {"p_adjusted": float(p), "family": f"{many} of {_of(cohort)}, {name}"}
            for row in family:
                if row["test"] == "verdict":
                    row |= _settled(row, family, f"{many}, {name}")
    return found


def _of(cohort: str) -> str:
    return "all cohorts together" if cohort == ALL else cohort


def _settled(verdict: Row, family: Sequence[Row], how: str) -> dict[str, Any]:
    """The verdict of one outcome when the p of its family are corrected."""
    mine = {row["test"]: row for row in family if row["network"] == verdict["network"]}
    yes = sum(mine.get(test, {}).get("p_adjusted", 1.0) <= LEVEL for test in _TESTS)
    said = str(verdict["verdict"])
    if said == "cannot_be_tested":
        return {}
    if said in ("supported", "suggestive", "mixed") and yes == 0:
        said = "not_shown"
    elif said == "supported" and (yes < len(_TESTS) or verdict["outcome"] == "exploratory"):
        said = "suggestive"
    label = "exploratory: " if verdict["outcome"] == "exploratory" else ""
    fell = f", which was {verdict['verdict']} before" if said != verdict["verdict"] else ""
    return {"verdict": said, "note": f"{label}after correction ({how}){fell}; before it: {verdict['note']}"}
