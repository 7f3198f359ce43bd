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
    organisations = tables.organisations.set_index("id")
    for column in organisations.columns:
        if column != "name" and column not in people.columns:
            people[column] = people["organisation"].map(organisations[column]).fillna("").astype(str)
    where = pd.Index(people["id"])

    def positions(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
        frame = frame.copy()
        for column in columns:
            frame[column] = where.get_indexer(pd.Index(frame[column])).astype(np.int32)
        return frame

    attendance = positions(tables.attendance, "person")
    dates = tables.workshops.set_index("id")["date"]
    attendance["date"] = attendance["date"].fillna(attendance["workshop"].map(dates))
    hours = tables.workshops.set_index("id")["hours"]
    attendance["minutes"] = attendance["minutes"].fillna(attendance["workshop"].map(hours) * 60)
    return Coded(
        people=people,
        interactions=positions(tables.interactions, "source", "target"),
        survey=positions(tables.survey, "source", "target"),
        attendance=attendance,
        artefact_events=positions(tables.artefact_events, "person"),
        respondents=positions(tables.respondents, "person"),
        workshops=tables.workshops,
    )
