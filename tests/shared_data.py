"""Where the public reference studies lie: in a folder ``shared`` beside the checkout. A user's clone has none."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def shared(*parts: str) -> Path:
    """A path under ``shared/data``; the test is skipped, with the reason, where the reference data are not there."""
    path = SHARED.joinpath("data", *parts)
    if not path.exists():
        pytest.skip(f"reference data not here: shared/data/{'/'.join(parts)}")
    return path
