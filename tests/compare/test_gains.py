"""Who gained, by hand; warning signs on a network drawn for them."""

from dataclasses import replace

import numpy as np
import pytest

from kmnet.compare.gains import gains, tokenism
from kmnet.compare.panel import panel
from tests.compare.worlds import from_matrix


def test_new_ties_by_group_and_third():
    before, after = np.zeros((12, 12)), np.zeros((12, 12))
    for a, b in ((0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (4, 5)):
        before[a, b] = after[a, b] = 1
    for a, b in ((0, 4), (1, 4), (6, 7)):
        after[a, b] = 1
    groups = {"role": ["x"] * 6 + ["y"] * 6}
    one, two = (from_matrix(m, directed=False, groups=groups, moment=t) for m, t in ((before, "b"), (after, "a")))
    rows = {(r["partition"], r["group"]): r for r in gains(panel(one, two), {})}
    x = rows["role", "x"]
    assert (x["before"], x["after"]) == (2.0, pytest.approx(16 / 6))
    assert x["share_of_new"] == pytest.approx(4 / 6)
    open_x = 6 * 11 - 12
    assert x["share_of_open"] == pytest.approx(open_x / (12 * 11 - 12))
    thirds = [r for key, r in rows.items() if key[0] == "baseline_third"]
    assert sum(r["people"] for r in thirds) == 12
    assert "without any cause" in thirds[0]["note"]


def test_warning_signs():
    ties = np.zeros((8, 8))
    ties[0, [6, 7]] = 1  # names two, named by nobody, both are staff
    ties[1, 2] = ties[2, 1] = 1
    groups = {"role": ["a", "a", "a", "b", "b", "b", "s", "s"], "team": ["t", "t", "u", "u", "u", "u", "", ""]}
    staff = np.arange(8) >= 6
    earlier = from_matrix(np.ones((8, 8)) - np.eye(8), groups=groups, facilitator=staff)
    now = from_matrix(ties, groups=groups, facilitator=staff, moment="after")
    rows = {r["sign"]: (r["people"], r["of"]) for r in tokenism(now, earlier, {"role": "a"})}
    assert rows == {
        "mostly_tied_to_staff": (1, 3),
        "names_but_is_not_named": (1, 1),
        "alone_in_team": (1, 3),
        "lost_all_ties": (0, 3),
    }
    others = {r["sign"]: (r["people"], r["of"]) for r in tokenism(now, earlier, {"role": "b"})}
    assert others["lost_all_ties"] == (3, 3)
    silent = replace(now, answered=np.arange(8) < 3)
    assert "lost_all_ties" not in {r["sign"] for r in tokenism(silent, earlier, {"role": "b"})}


def test_no_sign_where_it_says_nothing() -> None:
    """Without staff nobody is tied mostly to them, and one person of an organisation in a team is how teams are made."""
    groups = {"role": ["a", "a", "b"], "organisation": ["o", "p", "q"], "team": ["t", "u", "u"]}
    network = from_matrix(np.ones((3, 3)) - np.eye(3), groups=groups)
    assert {r["sign"] for r in tokenism(network, None, {"role": "a"})} == {"alone_in_team", "names_but_is_not_named"}
    assert {r["sign"] for r in tokenism(network, None, {"organisation": "o"})} == {"names_but_is_not_named"}
