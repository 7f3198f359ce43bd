"""Names beside ids, for those who read the tables in Excel: the CSV tables keep to ids, which programs join by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from kmnet.report import words as w
from kmnet.report.export import Column, Sheet
from kmnet.report.map_index import grouping
from kmnet.results import Results


def with_names(tables: Sequence[Sheet], results: Results) -> Iterator[Sheet]:
    """Each table with a column of labels behind each column of ids, and people with the group that maps colour them by.

    A label is what may be shown of somebody at the results' level of sharing: a name inside the team, else a code that
    says the role. Ids that are their own labels get no second column.
    """
    known = {
        "person": _labels(results.people),
        "organisation": _labels(results.organisations),
        "artefact": _labels(results.artefacts),
    }
    group = grouping(results)
    groups = _labels(results.people, group)
    for table in tables:
        kinds = {column.name: column.kind for column in table.spec.columns}
        taken = {column.name for column in table.columns}
        columns: list[Column] = []
        for column in table.columns:
            columns.append(column)
            labels = known.get(kinds.get(column.name, ""), {})
            found = [labels.get(value) for value in column.values] if labels else []
            name = "name" if column.name == "id" else f"{column.name}_name"
            if name not in taken and any(label not in (None, value) for label, value in zip(found, column.values)):
                columns.append(Column(name, found, None))
                if table.spec.name == "people" and group not in taken:
                    columns.append(Column(group, [groups.get(value) for value in column.values], None))
        yield Sheet(table.spec, columns, table.length)


def _labels(frame: pd.DataFrame, column: str = "label") -> Mapping[str, str]:
    if not len(frame) or column not in frame:
        return {}
    return {str(i): str(text) for i, text in zip(frame["id"], frame[column]) if not w.undefined(text)}
