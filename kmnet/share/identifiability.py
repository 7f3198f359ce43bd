"""How easily people can be recognised although their names are gone: a sheet of figures for each release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

import pandas as pd

from kmnet.codes import CODES
from kmnet.network.network import Network
from kmnet.outputs import TABLES
from kmnet.results import Results

LIMIT = 0.2
"""Share of people unique by what is shown of them, above which a release is warned of."""

SAFE_DEGREE = 10
"""Mean number of contacts above which people are hard to tell apart by their place alone (Romanini et al. 2021)."""


def sheet(results: Results) -> dict[str, float]:
    """The figures, from the results as they are shown.

    Returns
    -------
    dict of str to float
        ``people``; ``by_attributes``: share unique by role, organisation and team; ``by_attendance``: share unique by
        workshops attended (NaN where that is not shown); ``by_neighbourhood``: largest share, over the networks,
        unique by own role, contacts' roles and the ties among them; ``mean_degree`` of the network where it is smallest (NaN without one).
    """
    people = results.people
    attributes = zip(people["role"], people["organisation"], people["team"])
    shots = [s for s in results.snapshots if s.label.facilitators == "with" and s.m]
    role = dict(zip(people["id"], people["role"]))
    places = [unique(neighbourhoods(s, role)) for s in shots]
    degrees = [float(s.mutual.degree.mean()) for s in shots]
    came = [tuple(sorted(set(rows))) for _, rows in results.attendance.groupby("person")["workshop"]]
    return {
        "people": float(len(people)),
        "by_attributes": unique(attributes),
        "by_attendance": unique(came) if came else float("nan"),
        "by_neighbourhood": max(places, default=float("nan")),
        "mean_degree": min(degrees, default=float("nan")),
    }


def unique(marks: Iterable[Hashable]) -> float:
    """Share of people whose mark nobody else bears; NaN for no people.

    Examples
    --------
    >>> unique(["a", "a", "b", "c"])
    0.5
    """
    count = Counter(marks)
    total = sum(count.values())
    return sum(n == 1 for n in count.values()) / total if total else float("nan")


def neighbourhoods(shot: Network, role: Mapping[str, str]) -> list[tuple[str, tuple[tuple[str, int], ...]]]:
    """What somebody sees who knows a person's contacts and the ties among them: own role, and for each contact the role
    and how many of the other contacts it knows (Weisfeiler and Leman's refinement of the ego network)."""
    view = shot.mutual
    contacts = [set(view.index[view.start[i] : view.start[i + 1]].tolist()) for i in range(shot.n)]
    own = [role.get(one, "") for one in shot.ids]
    return [
        (own[i], tuple(sorted((own[j], len(contacts[i] & contacts[j])) for j in contacts[i]))) for i in range(shot.n)
    ]


def warning(found: Mapping[str, float], results: Results) -> tuple[tuple[str, ...], dict[str, pd.DataFrame]]:
    """Sentences on the sheet, and the tables with a finding where too many people are the only one of their kind."""
    said = (
        f"How easily people can be recognised: {_percent(found['by_attributes'])} of the {found['people']:.0f} people "
        "are the only one with their role, organisation and team as shown; "
        f"{_percent(found['by_neighbourhood'])} have contacts whose roles and ties nobody else's have. {_contacts(found)}"
        "Codes hide names; a reader who knows the programme may still recognise people.",
    )
    tables = dict(results.tables)
    if found["by_attributes"] > LIMIT and "findings" in tables:
        code = CODES["KM704"]
        row = {"code": code.code, "name": code.name, "severity": code.severity, "file": "", "line": 0, "column": "",
               "message": code.meaning, "fix": code.cure}  # fmt: skip
        columns = [c.name for c in TABLES["findings"].columns]
        tables["findings"] = pd.DataFrame([*tables["findings"].to_dict("records"), row], columns=columns)
    return said, tables


def _contacts(found: Mapping[str, float]) -> str:
    mean = found["mean_degree"]
    if mean != mean or mean >= SAFE_DEGREE:
        return ""
    return (
        f"In the sparsest network a person has {mean:.1f} contacts on average; below about {SAFE_DEGREE}, contacts alone "
        "tell many people apart. "
    )


def _percent(share: float) -> str:
    return "none" if share == 0 else "an unknown share" if share != share else f"{100 * share:.0f}%"
