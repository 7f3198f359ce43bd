"""Networks and tables in disguise: ids become codes, and the order becomes that of the codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kmnet.network.network import Network, Partition
from kmnet.outputs import TABLES, Column
from kmnet.results import Reason
from kmnet.share.disguise import OTHER, Disguise


def network(shot: Network, hide: Disguise) -> Network:
    """A network whose nodes are codes, in the order of the codes; who attended and who reported what is left out."""
    code = np.array([hide.people[one] for one in shot.ids], dtype=object)
    order = np.argsort(code.astype(str), kind="stable")
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    source, target = place[shot.source], place[shot.target]
    if not shot.directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    rows = np.lexsort((target, source))
    return replace(
        shot,
        ids=tuple(code[order]),
        source=source[rows],
        target=target[rows],
        weight=shot.weight[rows],
        groups={
            column: Partition.of(column, [hide.group(column, part.names[part.code[i]]) for i in order])
            for column, part in shot.groups.items()
        },
        answered=shot.answered[order],
        present=shot.present[order],
        facilitator=shot.facilitator[order],
        reports=None,
        affiliation=None,
    )


def table(name: str, frame: pd.DataFrame, hide: Disguise, directed: Mapping[str, bool]) -> pd.DataFrame:
    """An output table in disguise; rows of people are ordered by code, rows of joined groups are brought together."""
    frame = frame.copy()
    columns = [c for c in TABLES[name].columns if c.name in frame]
    for column in columns:
        change = _CHANGE.get(column.kind)
        if change:
            frame[column.name] = change(frame, column, hide)
    if name == "artefacts":
        frame["kind"] = [hide.kinds["artefacts"].get(str(kind), "other") for kind in frame["kind"]]
    if name == "attendance":
        frame["title"] = [hide.titles.get(one, one) for one in frame["workshop"]]
    for ends in (("source", "target"), ("from_group", "to_group")):
        if set(ends) <= set(frame) and len(frame):
            frame = _undirected(frame, ends, {} if name in _PAIRS else directed)
    frame = _joined(name, frame)
    people = [c.name for c in columns if c.kind == "person" and c.name != "via"]
    order = [c.name for c in columns if c.kind == "key" or c.name == "removed"]
    return _by_code(frame, order, people) if people else frame.reset_index(drop=True)


_PAIRS = ("ties", "bridges")
"""Tables whose rows are pairs without a direction, whatever the network."""


def _people(frame: pd.DataFrame, column: Column, hide: Disguise) -> list[str]:
    return [hide.people.get(one, "") if isinstance(one, str) else "" for one in frame[column.name]]


def _groups(frame: pd.DataFrame, column: Column, hide: Disguise) -> list[str]:
    part = column.name if column.name in hide.groups else "team"
    parts = frame["partition"] if "partition" in frame else [part] * len(frame)
    return [hide.group(str(part), value) for part, value in zip(parts, frame[column.name])]


def _texts(frame: pd.DataFrame, column: Column, hide: Disguise) -> list[Any]:
    """A text that is nothing but the id of a person or the name of a team is shown as these are; events by number."""
    if column.name == "event":
        return hide.events(frame["event"])
    teams = hide.groups.get("team", {})
    return [hide.people.get(text, teams.get(text, text)) for text in frame[column.name]]


def _mapped(which: str) -> Callable[[pd.DataFrame, Column, Disguise], list[str]]:
    def change(frame: pd.DataFrame, column: Column, hide: Disguise) -> list[str]:
        known: Mapping[str, str] = getattr(hide, which)
        return [known.get(one, "") if isinstance(one, str) else "" for one in frame[column.name]]

    return change


def _months(frame: pd.DataFrame, column: Column, hide: Disguise) -> pd.Series:
    return months(frame[column.name])


def months(dates: pd.Series) -> pd.Series:
    """Each date as the first day of its month."""
    days = pd.to_datetime(dates, errors="coerce")
    return pd.Series(days.to_numpy().astype("datetime64[M]").astype("datetime64[ns]"), index=dates.index)


_CHANGE: Mapping[str, Callable[[pd.DataFrame, Column, Disguise], Any]] = {
    "person": _people,
    "group": _groups,
    "organisation": _mapped("organisations"),
    "workshop": _mapped("workshops"),
    "artefact": _mapped("artefacts"),
    "date": _months,
    "text": _texts,
}


def _undirected(frame: pd.DataFrame, ends: tuple[str, str], directed: Mapping[str, bool]) -> pd.DataFrame:
    """Pairs of an undirected network with the lower name first, each pair once: their order was that of the ids."""
    one, two = ends
    low, high = frame[one].astype(str), frame[two].astype(str)
    kept = frame["network"].map(lambda n: directed.get(str(n), False)).to_numpy(bool) | (low <= high).to_numpy()
    return frame.assign(**{one: low.where(kept, high), two: high.where(kept, low)})


ADDED: Mapping[str, tuple[str, ...]] = {
    "mixing": ("ties", "possible", "expected"),
    "brokerage_totals": ("count", "expected", "expected_by_labels"),
    "artefacts": ("people", "reachable", "reached", "used"),
}
"""Columns that add up when groups are joined. In every other table, joined groups have no row."""

RATIOS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "mixing": (("density", "ties", "possible"),),
    "artefacts": (("share", "reached", "people"),),
    "attendance": (("share", "attended", "expected"),),
}
"""Shares that are worked out again from two columns of the same row."""


def _joined(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows that now say the same of the same groups, as one row; what does not add up is empty."""
    kinds = {c.name: c.kind for c in TABLES[name].columns}
    grouping = [c for c in map(str, frame.columns) if kinds.get(c) in ("group", "organisation")]
    if not grouping or frame.empty:
        return frame
    if name not in ADDED:  # a row a person keeps its joined group; a row that is of the joined group only has to go
        other = np.logical_or.reduce([frame[c].astype(str).str.startswith(OTHER + " ") for c in grouping])
        person = [c for c, kind in kinds.items() if kind == "person"]
        return frame[~other | (frame[person[0]] != "")] if person else frame[~other]
    keys = [c for c in map(str, frame.columns) if kinds.get(c) in ("key", "group", "organisation", "artefact")]
    twice = frame.duplicated(keys, keep=False)
    once, several = frame[~twice], frame[twice]
    if several.empty:
        return frame
    added = [c for c in ADDED[name] if c in frame]
    sums = several[keys].assign(**{c: pd.to_numeric(several[c]) for c in added})
    rows = pd.DataFrame(sums.groupby(keys, sort=False, dropna=False)[added].sum()).reset_index()
    return pd.concat([once, ratios(name, rows)]).reindex(columns=frame.columns)


def possible(mixing: pd.DataFrame, shots: Iterable[Network]) -> pd.DataFrame:
    """Pairs that could be tied, density and expectations of joined groups, from their sizes and their ties.

    A table of many groups holds only pairs of groups that are tied, so the pairs of joined groups cannot be added up.
    The mean under shuffled labels is the share of all pairs times the ties.
    """
    label = {(s.label.network, s.label.cohort, s.label.moment): s for s in shots if s.label.facilitators == "with"}
    mixing = mixing.reset_index(drop=True)
    ends = [mixing[c].astype(str) for c in ("from_group", "to_group")]
    joined = mixing[ends[0].str.startswith(OTHER + " ") | ends[1].str.startswith(OTHER + " ")]
    parts = []
    for key, rows in joined.groupby(["network", "cohort", "moment", "partition"]):
        name, cohort, moment, grouping = map(str, key)
        shot = label.get((name, cohort, moment))
        part = shot.groups.get(grouping) if shot else None
        if shot is not None and part is not None and shot.possible:
            parts.append(_of_joined(rows, shot, grouping))
    if not parts:
        return mixing
    found = pd.concat(parts)
    for column in found:
        mixing.loc[found.index, column] = found[column]
    return mixing


def _of_joined(rows: pd.DataFrame, shot: Network, grouping: str) -> pd.DataFrame:
    size = dict(zip(shot.groups[grouping].names, shot.groups[grouping].sizes.tolist()))
    one, two = (np.array([size.get(g, 0) for g in rows[c]]) for c in ("from_group", "to_group"))
    same = (rows["from_group"] == rows["to_group"]).to_numpy(bool)
    pairs = np.where(same, one * (one - 1) // (1 if shot.directed else 2), one * two).astype(float)
    ties = rows["ties"].to_numpy(float)
    density = np.divide(ties, pairs, out=np.full(len(rows), np.nan), where=pairs > 0)
    found = {"possible": pairs, "density": density, "expected": shot.m * pairs / shot.possible}
    found |= {"expected_by_activity": _by_activity(rows, shot, grouping)}
    found |= dict.fromkeys(("z", "residual", "returned"), np.full(len(rows), np.nan))
    return pd.DataFrame(found, index=rows.index)


def _by_activity(rows: pd.DataFrame, shot: Network, grouping: str) -> NDArray[np.float64]:
    """Ties if each group's ties went wherever ties go in general; undefined without ties."""
    if not shot.m:
        return np.full(len(rows), np.nan)
    part = shot.groups[grouping]
    out, into = (
        np.bincount(part.code[end], minlength=len(part.names)).astype(float) for end in (shot.source, shot.target)
    )
    if not shot.directed:
        out = into = out + into
    made, got = dict(zip(part.names, out.tolist())), dict(zip(part.names, into.tolist()))
    found = np.array([made.get(g, 0.0) * got.get(h, 0.0) for g, h in zip(rows["from_group"], rows["to_group"])])
    half = 1.0 if shot.directed else np.where(rows["from_group"] == rows["to_group"], 0.5, 1.0)
    return found / (shot.m * (1 if shot.directed else 2)) * half


JOINED = "Groups were joined because they are small: the measure does not follow from those of its parts."


def joined_reasons(mixing: pd.DataFrame) -> tuple[Reason, ...]:
    """Why cells of joined groups are empty."""
    others = {g for c in ("from_group", "to_group") for g in set(mixing[c].astype(str)) if g.startswith(OTHER + " ")}
    columns = [c for c in ("z", "residual", "returned") if c in mixing]
    return tuple(
        Reason("mixing", ((end, other),), column, JOINED)
        for column in columns
        for other in sorted(others)
        for end in ("from_group", "to_group")
    )


def ratios(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The shares of a table, worked out from its own counts."""
    for share, part, whole in RATIOS.get(name, ()):
        below = pd.to_numeric(frame[whole])
        frame = frame.assign(**{share: pd.to_numeric(frame[part]) / below.where(below > 0)})
    return frame


def _by_code(frame: pd.DataFrame, keys: list[str], people: list[str]) -> pd.DataFrame:
    """Rows in the order of codes, within the order in which the keys came."""
    rank = {c: {v: k for k, v in enumerate(dict.fromkeys(frame[c].astype(str)))} for c in keys}
    order = pd.DataFrame(
        {c: [rank[c][v] for v in frame[c].astype(str)] for c in keys} | {c: list(frame[c]) for c in people}
    )
    return frame.iloc[order.sort_values([*keys, *people], kind="stable").index].reset_index(drop=True)
