"""The observed rows with people as positions: done once, so that every window only selects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kmnet.tables.schema import Tables


@dataclass(frozen=True)
class Coded:
    """Rows as arrays; ``people`` is in canonical order and positions refer to it.

    ``date`` columns are datetime64[ns] (NaT where undated).
    """

    people: pd.DataFrame
    interactions: pd.DataFrame
    survey: pd.DataFrame
    attendance: pd.DataFrame
    artefact_events: pd.DataFrame
    respondents: pd.DataFrame
    workshops: pd.DataFrame

    @property
    def ids(self) -> NDArray[np.object_]:
        """Ids of people in canonical order."""
        return self.people["id"].to_numpy(dtype=object)


def coded(tables: Tables) -> Coded:
    """People sorted by id with the sector and region of their organisation; person columns of rows as positions."""
    people = tables.people.sort_values("id", kind="stable").reset_index(drop=True)
    for column in tables.organisations.columns:
        if column not in ("id", "name") and column not in people.columns:
            known = dict(zip(tables.organisations["id"], tables.organisations[column]))
            people[column] = pd.Series([known.get(o, "") for o in people["organisation"]], dtype=object)
    where = pd.Index(people["id"])

    def positions(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
        frame = frame.copy()
        for column in columns:
            frame[column] = where.get_indexer(pd.Index(frame[column])).astype(np.int32)
        return frame

    attendance = positions(tables.attendance, "person")
    days = dict(zip(tables.workshops["id"], tables.workshops["date"]))
    hours = dict(zip(tables.workshops["id"], tables.workshops["hours"]))
    held = pd.Series([days.get(w, pd.NaT) for w in attendance["workshop"]], attendance.index, dtype="datetime64[ns]")
    lasted = pd.Series([60 * hours.get(w, np.nan) for w in attendance["workshop"]], attendance.index, dtype="float64")
    attendance["date"] = attendance["date"].fillna(held)
    attendance["minutes"] = attendance["minutes"].fillna(lasted)
    return Coded(
        people=people,
        interactions=positions(tables.interactions, "source", "target"),
        survey=positions(tables.survey, "source", "target"),
        attendance=attendance,
        artefact_events=positions(tables.artefact_events, "person"),
        respondents=positions(tables.respondents, "person"),
        workshops=tables.workshops,
    )
