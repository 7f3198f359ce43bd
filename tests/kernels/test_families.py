from __future__ import annotations

import numpy as np
import pytest

from kmnet.kernels.families import false_discovery, family_wise


def test_by_hand() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.5])
    assert false_discovery(p).tolist() == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert family_wise(p).tolist() == pytest.approx([0.04, 0.09, 0.09, 0.5])


def test_what_was_not_tested_is_not_counted() -> None:
    p = np.array([0.01, 0.04, 0.03, np.nan])
    assert false_discovery(p)[:3] == pytest.approx([0.03, 0.04, 0.04])
    assert family_wise(p)[:3] == pytest.approx([0.03, 0.06, 0.06])
    assert np.isnan(false_discovery(p)[3]) and np.isnan(family_wise(p)[3])
    assert not len(false_discovery(np.empty(0))) and not len(family_wise(np.empty(0)))
