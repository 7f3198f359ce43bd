"""What became of ties by kind of pair: counts that add up to those of all pairs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kmnet.compare import change, pair_kinds
from kmnet.compare.comparison import Comparison, settled
from kmnet.compare.exposure import Exposure
from kmnet.compare.panel import panel
from tests.compare.worlds import eies, from_matrix, tiny

COUNTS = ("pairs", "formed", "kept", "dissolved", "never", "cannot_tell")


def rows(pair: Comparison) -> list[dict]:
    both = panel(pair.before, pair.after, pair.members)
    return list(pair_kinds.by_kind(pair, settled(pair), change.tie_changes(both, pair.before, pair.after)))


def of(found: list[dict], pairs_of: str, partition: str) -> dict:
    return next(r for r in found if r["pairs_of"] == pairs_of and r["partition"] == partition)


def test_pairs_of_one_team_and_others() -> None:
    """methods E1: exposed pairs formed 4 lost 1, others 0 and 1; reciprocity .8 to 6/7."""
    team = np.repeat([0, 1], 3)
    shared = (team[:, None] == team[None, :]) * (1.0 - np.eye(6))
    pair = Comparison(*tiny(), exposure=Exposure("team", shared))
    found = rows(pair)
    yes, no = (of(found, kind, "team") for kind in ("shared", "not_shared"))
    assert (yes["formed"], yes["kept"], yes["dissolved"], yes["never"]) == (4, 3, 1, 4)
    assert (no["formed"], no["kept"], no["dissolved"], no["never"]) == (0, 0, 1, 17)
    assert not [r for r in found if r["pairs_of"] == "within"]  # it would only say again what pairs shared
    whole = change.summary(panel(*tiny()), 0)
    assert (whole["reciprocity_before"], whole["reciprocity_after"]) == pytest.approx((0.8, 6 / 7))
    assert (whole["jaccard"], whole["persistence_rate"], whole["formation_rate"]) == pytest.approx((1 / 3, 0.6, 4 / 25))


def test_eies_within_and_across_disciplines() -> None:
    found = rows(Comparison(*eies(3)))
    inside, outside = (of(found, kind, "discipline") for kind in ("within", "across"))
    assert (inside["formed"], inside["kept"], inside["dissolved"]) == (27, 76, 2)
    assert [inside[c] + outside[c] for c in COUNTS] == [992, 61, 143, 10, 778, 0]


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_kinds_add_up_to_all_pairs(seed: int, directed: bool) -> None:
    draw = np.random.default_rng(seed)
    n = 13
    groups = {"role": draw.integers(0, 3, n).tolist(), "place": ["", *draw.choice(["a", "b"], n - 1).tolist()]}
    answered = [draw.random(n) < 0.8 for _ in range(2)]
    before, after = (
        replace(
            from_matrix((draw.random((n, n)) < 0.3) * (1.0 - np.eye(n)), directed=directed, groups=groups, answered=who, moment=str(k)),
            facilitator=np.arange(n) == 5, present=np.arange(n) != 7 + k,
        )
        for k, who in enumerate(answered)
    )  # fmt: skip
    pair = Comparison(before, after)
    both = panel(before, after)
    ties = change.tie_changes(both, before, after)
    found, part = rows(pair), settled(pair)
    staff = before.ids[5]
    unknown = sum(r["change"] == "cannot_tell" and staff not in (r["source"], r["target"]) for r in ties)
    whole = change.summary(part, unknown)
    inside, outside = (of(found, kind, "role") for kind in ("within", "across"))
    each = [r for r in found if r["pairs_of"] == "groups"]
    for column in COUNTS:
        assert inside[column] + outside[column] == whole[column] == sum(r[column] for r in each)
    known = [r for r in found if r["partition"] == "place"]
    assert sum(r["pairs"] for r in known) < whole["pairs"]  # of whom no place is known is in neither
    i, j = part.rows
    role = np.array([groups["role"][k] for k in part.people])
    for row in each:
        one, two = int(row["from_group"]), int(row["to_group"])
        mine = [
            (a, b)
            for a, b in zip(i.tolist(), j.tolist())
            if (role[a], role[b]) == (one, two) or (not directed and (role[b], role[a]) == (one, two))
        ]
        assert row["pairs"] == len(mine) and row["people"] == len({k for two_ in mine for k in two_})
        tied = [(a, b) for a, b in mine if part.ties[1][a, b] and part.judged[b, a]]
        share = np.mean([part.ties[1][b, a] for a, b in tied]) if tied and directed else np.nan
        assert row["reciprocity_after"] == pytest.approx(share, nan_ok=True)
