"""What igraph and networkx give on the public studies where no value of theirs is stored."""

from __future__ import annotations

from tests.oracles import live
from tests.shared_data import shared


def test_every_row_agrees() -> None:
    shared("eies")
    rows = list(live.rows())
    assert {row.measure for row in rows} == {*live.PERSON, *live.DIRECTED, *live.TIE}
    wrong = [row for row in rows if not row.difference <= row.tolerance]
    assert not wrong, wrong[:5]
