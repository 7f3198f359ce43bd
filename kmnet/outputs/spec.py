"""What an output table is, and the columns that many of them share.

The kinds of columns decide what sharing does with a column (a ``person`` becomes a code, a ``group`` is generalised, a
``people`` count obeys the small-number rule), and what the exporters write.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnKind = Literal[
    "key",  # network, cohort, moment, measure: names from the config
    "person",  # a person's id
    "organisation",  # an organisation's id
    "artefact",
    "workshop",
    "group",  # a group of people, such as a role
    "people",  # a number of people (small-number rule)
    "count",  # a number of ties, pairs or events
    "number",
    "share",  # between 0 and 1 (or -1 and 1)
    "p",
    "flag",
    "date",
    "text",
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an output table."""

    name: str
    kind: ColumnKind
    means: str


@dataclass(frozen=True, slots=True)
class TableSpec:
    """An output table: what a row is, and the columns that are always there.

    ``measures`` names the kind of measure whose columns follow the fixed ones.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    measures: Literal["person", "network", "organisation", "tie", "group", ""] = ""


NETWORK = Column("network", "key", "Network, as named in the config.")
COHORT = Column("cohort", "key", "Cohort; All is every cohort together.")
MOMENT = Column("moment", "key", "Moment, aligned to the cohort's own start and end.")
FACILITATORS = Column("facilitators", "key", "with or without programme staff.")
PARTITION = Column("partition", "key", "Grouping of people.")
KEYS = (NETWORK, COHORT, MOMENT)
