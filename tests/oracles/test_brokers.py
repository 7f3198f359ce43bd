"""Every row of brokerage, bridging scores and shared events on the conformance page agrees."""

from __future__ import annotations

from tests.oracles import brokers
from tests.shared_data import shared


def test_every_row_agrees() -> None:
    shared("eies")
    rows = list(brokers.rows())
    assert len(rows) > 300
    wrong = [row for row in rows if not row.difference <= row.tolerance]
    assert not wrong, wrong[:5]
