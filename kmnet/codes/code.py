"""What a code of a problem is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem: ``meaning`` says what was found and why it matters, ``cure`` what to do."""

    code: str
    name: str
    severity: Literal["error", "warning", "note"]
    meaning: str
    cure: str
