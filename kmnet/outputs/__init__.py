"""The contract of the output: every table and every fixed column, with its kind and meaning, a file a family."""

from __future__ import annotations

from kmnet.outputs import brokerage, change, cohorts, effect, equity, evidence, networks, study, ties
from kmnet.outputs.spec import Column, TableSpec

__all__ = ["TABLES", "Column", "TableSpec"]

_FAMILIES = (networks, brokerage, ties, change, cohorts, evidence, equity, effect, study)

TABLES: dict[str, TableSpec] = {spec.name: spec for family in _FAMILIES for spec in family.TABLES}
"""Output tables by name, in the order in which they are written."""
