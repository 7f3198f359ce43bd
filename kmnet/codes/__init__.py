"""The catalogue of problem codes: what each means and how to mend it.

Blocks: KM1xx config, KM2xx reading files, KM3xx people and identity, KM4xx rows that do not fit together,
KM5xx networks and limits, KM6xx output, KM7xx sharing and privacy, KM8xx what the data cannot bear,
KM9xx published tables that are checked.
A code, once published, keeps its meaning. ``kmnet explain CODE`` and ``docs/problems.md`` are made from these files.
"""

from __future__ import annotations

from kmnet.codes import config, files, networks, output, people, published, rows, sharing
from kmnet.codes.code import Code

__all__ = ["CODES", "Code"]

_BLOCKS = (config, files, people, rows, networks, output, sharing, published)

CODES: dict[str, Code] = {code.code: code for block in _BLOCKS for code in block.CODES}
