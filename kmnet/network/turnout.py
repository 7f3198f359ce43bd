"""Who came: attendance by workshop, beside the number who could have come."""

from __future__ import annotations

import pandas as pd

from kmnet.config.schema import Study
from kmnet.network.coded import coded
from kmnet.network.snapshots import cohort_members
from kmnet.network.windows import ALL
from kmnet.tables.schema import Tables


def turnout(study: Study, tables: Tables) -> pd.DataFrame:
    """One row a cohort and workshop: people of the cohort who attended, out of all its people.

    A workshop that names its cohorts counts for those; one that names none for each cohort of which anybody came.
    """
    rows = coded(tables)
    out = []
    for name, who in cohort_members(study, rows.people).items():
        inside = set(who.tolist())
        seen = rows.attendance[rows.attendance["person"].isin(inside)]
        came = seen.groupby("workshop")["person"].nunique()
        shown = rows.workshops[["id", "title", "date", "cohort"]].itertuples(index=False, name=None)
        for workshop, title, date, named in shown:
            if name in named or name == ALL or (not named and workshop in came.index):
                attended = int(came.get(workshop, 0))
                out.append((name, workshop, title, date, attended, len(who), attended / len(who)))
    columns = ["cohort", "workshop", "title", "date", "attended", "expected", "share"]
    return pd.DataFrame(out, columns=columns).sort_values(["cohort", "date", "workshop"], ignore_index=True)
