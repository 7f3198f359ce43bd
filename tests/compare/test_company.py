"""Whom the programme reached, who stands between two groups, and how many brokers stayed."""

import numpy as np
import pytest

from kmnet.compare.brokers_kept import kept
from kmnet.compare.company import Company, organisations_reached, people_not_reached
from kmnet.compare.gains import tokenism
from kmnet.compare.go_betweens import go_betweens, through
from kmnet.compare.panel import panel
from tests.compare.simulated import World, simulate
from tests.compare.worlds import from_matrix

PEOPLE = tuple(f"p{k:03d}" for k in range(6))


def company(**more):
    """Three workshops of the team; p000 and p001 come to all, p002 to one, the others to none."""
    works_for = dict(zip(PEOPLE, ["north", "south", "north", "east", "east", ""]))
    came = {p: (n, 3) for p, n in zip(PEOPLE, (3, 3, 1, 0, 0, 0))}
    houses = {"north": "trust", "south": "council", "east": "council", "west": "charity"}
    return Company(came=came, organisations=houses, works_for=works_for, heard={"west": "received"}, **more)


def network(*pairs, directed=False, **more):
    ties = np.zeros((6, 6))
    for a, b in pairs:
        ties[a, b] = 1
    return from_matrix(ties, directed=directed, groups={"role": list("aabbcc")}, moment="after", **more)


def test_a_tie_to_somebody_whose_organisation_is_not_known_reaches_nobody():
    rows = {row["id"]: row for row in organisations_reached(network((0, 5)), company())}
    assert (rows["north"]["tied"], rows["north"]["status"]) == (0, "no_tie_outside")


def test_organisations_by_how_far_the_programme_got():
    rows = {row["id"]: row for row in organisations_reached(network((0, 1), (3, 4)), company())}
    assert {name: row["status"] for name, row in rows.items()} == {
        "north": "reached", "south": "reached", "east": "nobody_came", "west": "nobody_registered"
    }  # fmt: skip
    assert [(rows[n]["people"], rows[n]["came"], rows[n]["tied"]) for n in ("north", "east", "west")] == [
        (2, 2, 1), (2, 0, 0), (0, 0, 0)
    ]  # fmt: skip
    assert rows["west"]["evidence"] == "received"
    apart = {row["id"]: row["status"] for row in organisations_reached(network((0, 2)), company())}
    assert apart["north"] == "no_tie_outside"
    room = {row["id"]: row for row in organisations_reached(network((0, 2), layer="imposed"), company())}
    assert room["north"]["status"] == "reached" and "tied" not in room["north"]


def test_people_who_neither_came_nor_have_a_tie():
    rows = list(people_not_reached(network((0, 1), (3, 4), answered=[1, 1, 1, 1, 1, 0]), company()))
    assert rows == [{"id": "p005", "group": "c", "answered": False}]
    assert list(people_not_reached(network(), Company())) == []


def test_signs_in_what_people_did():
    now = network((0, 1), (1, 0), (2, 0), directed=True)
    given = company(made=frozenset({"p000"}), in_making_team=frozenset({"p000", "p001", "p002"}))
    found = {(r["group"], r["sign"]): (r["people"], r["of"]) for r in tokenism(now, None, {}, given)}
    assert found["a", "comes_without_returned_tie"] == (0, 2)
    assert found["a", "never_a_maker"] == (1, 2)
    assert found["b", "never_a_maker"] == (1, 1)
    alone = network((0, 1), directed=True)
    found = {(r["group"], r["sign"]): (r["people"], r["of"]) for r in tokenism(alone, None, {}, given)}
    assert found["a", "comes_without_returned_tie"] == (2, 2)


def test_who_stands_between_two_groups():
    """Before, 2 links 0 (a) with 4 (c); after, also 3 does, and 0 and 4 know each other's 5."""
    before = network((0, 2), (2, 4))
    after = network((0, 2), (2, 4), (0, 3), (3, 4), (3, 5))
    rows = {(r["from_group"], r["to_group"], r["id"]): r for r in go_betweens(panel(before, after), {"role": "a"})}
    whole = rows["a", "c", ""]
    assert (whole["before"], whole["after"], whole["difference"], whole["people"]) == (1, 3, 2, 4)
    assert (rows["a", "c", "p002"]["before"], rows["a", "c", "p002"]["after"]) == (1, 1)
    assert (rows["a", "c", "p003"]["before"], rows["a", "c", "p003"]["after"]) == (0, 2)
    assert ("b", "c", "") not in rows


@pytest.mark.parametrize("seed", range(3))
def test_paths_between_groups_word_for_word(seed):
    rng = np.random.default_rng(seed)
    ties = (rng.random((8, 8)) < 0.4) * (1.0 - np.eye(8))
    start, end = np.arange(8) < 3, np.arange(8) > 4
    slow = [
        sum(
            ties[i, v] and ties[v, k] and not ties[i, k]
            for i in range(8) for k in range(8) if start[i] and end[k] and i != k
        )
        for v in range(8)
    ]  # fmt: skip
    assert through(ties, start, end).tolist() == slow


def test_brokers_who_stayed():
    made = simulate(World(), np.random.default_rng(3))
    same = panel(made.before, made.before)
    row = kept(same, [])[0]
    assert (row["people"], row["top"], row["stayed"], row["order"]) == (40, 5, 5, 1.0)
    assert row["stayed_by_chance"] == pytest.approx(3.05)
    changed = [
        {"after": 3.0, "without_programme": 0.0, "q": 0.5}, {"after": 3.0, "without_programme": 1.0, "q": 0.01},
        {"after": 0.0, "without_programme": 0.0, "q": float("nan")},
    ]  # fmt: skip
    row = kept(panel(made.before, made.after), changed)[0]
    assert (row["only_by_programme"], row["changed"]) == (1, 1)
    assert row["stayed"] < 5
    assert kept(panel(network((0, 1)), network((0, 1))), []) == []
