"""The small-number rule beside ACRO's on the same table; for developers, where acro is installed (it is heavy)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kmnet.share.small_numbers import RULES


def test_4_5_sacro_hides_the_cells_that_acro_hides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acro = pytest.importorskip("acro", reason="acro is not installed: pip install acro")
    monkeypatch.chdir(tmp_path)
    chance = np.random.default_rng(20231122)
    for _ in range(5):
        people = pd.DataFrame(
            {
                "role": chance.choice(["Adviser", "Nurse", "Commissioner"], 120, p=[0.1, 0.5, 0.4]),
                "organisation": chance.choice(["North", "South", "Council"], 120, p=[0.6, 0.3, 0.1]),
            }
        )
        exact = pd.crosstab(people["role"], people["organisation"])
        theirs = acro.ACRO(suppress=True).crosstab(people["role"], people["organisation"])
        ours = RULES["sacro"].count(exact.to_numpy())
        # ACRO leaves a cell of nobody as it is; kmnet hides it too, since it tells of everybody in the row.
        told = (exact.to_numpy() > 0) & ~np.isnan(ours)
        assert (told == (theirs.reindex_like(exact).fillna(0).to_numpy() > 0)).all()
        assert (ours[told] == exact.to_numpy()[told]).all()
