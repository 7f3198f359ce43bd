"""Numbers printed by other programs' own documents: agreed to their last printed digit."""

from __future__ import annotations

import numpy as np

from tests.oracles import printed
from tests.oracles.conformance import number
from tests.shared_data import shared


def test_every_printed_number() -> None:
    shared("reference")
    rows = list(printed.printed())
    assert len(rows) > 30 and sum(row.values for row in rows) > 150
    assert not [row for row in rows if not row.difference <= row.tolerance]


def test_a_wrong_last_digit_would_be_seen() -> None:
    assert printed.row("person", "x", "y", "z", [(1.2345, 1.234), (0.5, 0.5)]).difference <= 0.00051
    wrong = printed.row("person", "x", "y", "z", [(1.2352, 1.234), (0.5, 0.5)])
    assert wrong.difference > wrong.tolerance


def test_the_two_constraints_are_not_one() -> None:
    """UCINET's and igraph's "constraint" differ by up to .24 on the same network: two measures, two names."""
    shared("reference")
    net = printed.campnet()
    gap = number("person", "constraint_ego", net) - number("person", "constraint", net)
    assert gap.max() > 0.24 and np.all(gap >= -1e-12)
