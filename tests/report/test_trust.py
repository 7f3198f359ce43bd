"""Whether the data can be trusted: what was matched by name is counted over all files."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from kmnet.report.reading import Reading
from kmnet.report.sections import trust
from tests.report.made_results import made


@pytest.mark.parametrize(
    ("messages", "said"),
    [
        (("A name stands in place of an id (1,118 rows)", "A name stands in place of an id"), "an id (1,119\xa0rows)."),
        (("Rows gave a name instead of an id. (7 times)",), "Rows gave a name instead of an id (7\xa0times)."),
    ],
)
def test_names_that_were_matched_are_added_up(messages: tuple[str, ...], said: str) -> None:
    results = made()
    rows = [{"code": "KM305", "name": "matched-by-name", "severity": "note", "message": m} for m in messages]
    findings = pd.DataFrame(rows).reindex(columns=results.tables["findings"].columns)
    reading = Reading(replace(results, tables={**results.tables, "findings": findings}))
    text = next(check.found for check in trust._names(reading))
    assert text.endswith(said) and text.count("(") == 1
