"""Who gained: contacts before and after by baseline third and by group, and signs that a group is there for show."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kmnet.compare.change import Row
from kmnet.compare.company import Company
from kmnet.compare.equity import SHOWN, wanted
from kmnet.compare.panel import Panel
from kmnet.network.network import Network, Partition

THIRDS = ("1 fewest contacts", "2 middle", "3 most contacts")
REGRESSION = "people with few contacts one time tend to have more the next, and the other way round, without any cause"


def gains(panel: Panel, focus: Mapping[str, str]) -> list[Row]:
    """Rows of the gains table: among those who answered twice, contacts in either direction."""
    whole = panel.only(panel.answered)
    if whole.n < 3 * SHOWN:
        return []
    before, after = (np.maximum(tie, tie.T) > 0 for tie in whole.ties)
    judged = whole.judged | whole.judged.T
    at_risk, formed = judged & ~before, judged & ~before & after
    open_, new = at_risk.sum(axis=1), formed.sum(axis=1)
    was, now = before.sum(axis=1), after.sum(axis=1)
    rows = [_group("baseline_third", name, mine, was, now, new, open_) for name, mine in _thirds(was)]
    for partition, groups in wanted(whole.before, focus):
        for group in groups:
            mine = partition.code == partition.names.index(group)
            row = _group(partition.column, group, mine, was, now, new, open_)
            rows.append(row | (_involved(mine, formed, at_risk) if "before" in row else {}))
    return [row for row in rows if row["people"]]


def _involved(mine: NDArray[np.bool_], formed: NDArray[np.bool_], at_risk: NDArray[np.bool_]) -> Row:
    """Pairs that connected, and pairs that could have, with somebody of the group in them."""
    involved = mine[:, None] | mine[None, :]
    row: Row = {
        "new_ties": int(np.triu(formed).sum()), "new_ties_involving": int(np.triu(formed & involved).sum())
    }  # fmt: skip
    pairs = int(np.triu(at_risk).sum())
    return row | (
        {"expected_involving": row["new_ties"] * int(np.triu(at_risk & involved).sum()) / pairs} if pairs else {}
    )


def _thirds(was: NDArray[np.integer]) -> list[tuple[str, NDArray[np.bool_]]]:
    """People by contacts before; equal people fall into one third, so thirds may be unequal."""
    low, high = np.quantile(was, [1 / 3, 2 / 3])
    return [(THIRDS[0], was <= low), (THIRDS[1], (was > low) & (was <= high)), (THIRDS[2], was > high)]


def _group(
    partition: str,
    group: str,
    mine: NDArray[np.bool_],
    was: NDArray[np.integer],
    now: NDArray[np.integer],
    new: NDArray[np.integer],
    open_: NDArray[np.integer],
) -> Row:
    row: Row = {"partition": partition, "group": group, "people": int(mine.sum())}
    if mine.sum() < SHOWN:
        return row | {"note": f"fewer than {SHOWN} people: not shown"}
    row |= {
        "before": float(was[mine].mean()), "after": float(now[mine].mean()),
        "difference": float(now[mine].mean() - was[mine].mean()),
        "note": REGRESSION if partition == "baseline_third" else "",
    }  # fmt: skip
    if new.sum():
        row["share_of_new"] = float(new[mine].sum() / new.sum())
    if open_.sum():
        row["share_of_open"] = float(open_[mine].sum() / open_.sum())
    return row


def tokenism(
    network: Network, earlier: Network | None, focus: Mapping[str, str], company: Company | None = None
) -> list[Row]:
    """Counts of people, by group, who show a warning sign at one moment; facilitators are looked at as contacts only.

    Parameters
    ----------
    network : Network
        With facilitators.
    earlier : Network, optional
        The moment before, on the same people.
    company : Company, optional
        Who came to workshops and who made artefacts.
    """
    rows: list[Row] = []
    counted = network.present & ~network.facilitator
    for partition, groups in wanted(network, focus):
        for group in groups:
            mine = (partition.code == partition.names.index(group)) & counted
            rows += _signs(network, earlier, partition, group, mine, company or Company())
    return rows


def _signs(
    network: Network,
    earlier: Network | None,
    partition: Partition,
    group: str,
    mine: NDArray[np.bool_],
    company: Company,
) -> list[Row]:
    degree = network.mutual.degree
    owner = np.repeat(np.arange(network.n), degree)
    to_staff = np.bincount(owner, network.facilitator[network.mutual.index], network.n)
    tied = mine & (degree > 0)
    found: dict[str, tuple[NDArray[np.bool_], NDArray[np.bool_], str]] = {}
    if network.facilitator.any():
        means = "at least half of the person's contacts are programme staff"
        found["mostly_tied_to_staff"] = ((to_staff >= degree / 2) & tied, tied, means)
    if network.directed:
        named, names = network.into.degree, network.out.degree
        naming = mine & (names >= 2)
        found["names_but_is_not_named"] = (naming & (named == 0), naming, "names at least two people, named by nobody")
    team = network.groups.get("team")
    # One person of each organisation in a team is how teams are made: a sign for a role, none for an organisation.
    if team is not None and partition.column not in ("team", "organisation"):
        size = np.bincount(team.code, mine, len(team.names))
        found["alone_in_team"] = (mine & (size[team.code] == 1), mine, "the only person of the group in the team")
    if earlier is not None:
        had = mine & (earlier.mutual.degree > 0) & earlier.answered & network.answered
        found["lost_all_ties"] = (had & (degree == 0), had, "had contacts at the earlier moment and has none now")
    found |= _taking_part(network, mine & network.answered, mine, company)
    return [
        {
            "partition": partition.column, "group": group, "sign": sign, "people": int(who.sum()),
            "of": int(could.sum()), "means": means,
        }
        for sign, (who, could, means) in found.items()
        if could.any()
    ]  # fmt: skip


def _taking_part(
    network: Network, seen: NDArray[np.bool_], mine: NDArray[np.bool_], company: Company
) -> dict[str, tuple[NDArray[np.bool_], NDArray[np.bool_], str]]:
    """Signs in what people did: coming without being tied in return, and being left out of what the team made."""
    came = seen & company.regulars(network.ids)
    ties = set(zip(network.source.tolist(), network.target.tolist()))
    back = {a for a, b in ties if not network.directed or (b, a) in ties}
    back |= set() if network.directed else {b for _, b in ties}
    returned = np.array([k in back for k in range(network.n)], dtype=bool)
    teams, made = (
        np.array([person in people for person in network.ids], dtype=bool)
        for people in (company.in_making_team, company.made)
    )
    how = "no tie that is returned" if network.directed else "no tie"
    return {
        "comes_without_returned_tie": (
            came & ~returned, came, f"came to at least half of the team's workshops and has {how}"
        ),
        "never_a_maker": (
            mine & teams & ~made, mine & teams, "the team made something, and the person is never named as a maker"
        ),
    }  # fmt: skip
