"""Two-mode density and degree, each mode with its own denominator."""

from __future__ import annotations

import numpy as np

from kmnet.measures import attendance
from tests.measures.kinds import KINDS


def test_by_hand() -> None:
    net = KINDS["attended"]  # a at w1; b at w1 and w2; c at w2; d nowhere; nobody at w3
    assert attendance.events_attended(net).tolist() == [1, 2, 1, 0]
    assert np.allclose(attendance.events_share(net), [1 / 3, 2 / 3, 1 / 3, 0])
    assert attendance.attendance_density(net) == 4 / 12
    assert attendance.mean_event_size(net) == 4 / 3
    assert attendance.largest_event_share(net) == 0.5


def test_no_attendance_is_empty() -> None:
    net = KINDS["a pair"]
    assert np.isnan(attendance.events_attended(net)).all() and np.isnan(attendance.events_share(net)).all()
    assert np.isnan(attendance.attendance_density(net))
