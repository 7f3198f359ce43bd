"""The small-number rules: which counts may be shown, and numbers worked out from what may be shown only.

``nhs``: 1 to 7 are hidden, 0 stays 0, all else is rounded to the nearest 5 (NHS England, secondary-care rule);
``sacro``: fewer than 10 are hidden, 0 too; ``none``: everything is shown. Hidden is NaN.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rule:
    """How numbers of people are shown. ``base`` is the fewest people that a mean may rest on; ``hidden`` says in words
    what is not shown."""

    name: Literal["nhs", "sacro", "none"]
    base: int
    hidden: str
    count: Callable[[Any], Any]
    value: Callable[[Any], Any]

    @property
    def on(self) -> bool:
        """Whether anything is hidden at all."""
        return self.name != "none"


def nhs(counts: Any) -> Any:
    """Counts under the NHS rule.

    Examples
    --------
    >>> nhs([0, 7, 8, 12, 13]).tolist()
    [0.0, nan, 10.0, 10.0, 15.0]
    """
    number = np.asarray(counts, dtype=np.float64)
    nearest = np.floor(number / 5 + 0.5) * 5
    return np.where((number > 0) & (number < 8), np.nan, np.where(number == 0, 0.0, nearest))


def sacro(counts: Any) -> Any:
    """Counts under 10 are hidden, zero too."""
    number = np.asarray(counts, dtype=np.float64)
    return np.where(number < 10, np.nan, number)


def two_digits(values: Any) -> Any:
    """Numbers to two significant digits, which do not give exact counts back.

    Examples
    --------
    >>> two_digits([0.34782, 12.4, 0.0]).tolist()
    [0.35, 12.0, 0.0]
    """
    number = np.asarray(values, dtype=np.float64)
    flat = [float(f"{x:.1e}") if np.isfinite(x) else x for x in number.ravel().tolist()]
    return np.array(flat, dtype=np.float64).reshape(number.shape)


def _same(values: Any) -> Any:
    return np.asarray(values, dtype=np.float64)


RULES: dict[str, Rule] = {
    "nhs": Rule("nhs", 8, "1 to 7 people or ties: not shown", nhs, two_digits),
    "sacro": Rule("sacro", 10, "fewer than 10 people or ties: not shown", sacro, two_digits),
    "none": Rule("none", 0, "", _same, _same),
}

_PEOPLE = re.compile(
    r"(?<!ewer than )(?<!ore than )\b(\d+)(?= (?:of \d+ )?(?:people|persons|person|respondents|members|advisers|facilitators)\b)"
)


"""Numbers of people; a limit, such as fewer than 3 people, is none."""

_PERCENT = re.compile(r"(\d+ of \d+ people\b[^.(]*) \(\d+ ?%\)")
"""A part of people with its percentage, which would give the exact number of people back."""


def in_words(text: str, rule: Rule) -> str:
    """A sentence with its numbers of people under the rule, without the percentages of such numbers.

    Examples
    --------
    >>> in_words("3 people and 23 people did not answer", RULES["nhs"])
    'a few people and about 25 people did not answer'
    """

    def shown(match: re.Match[str]) -> str:
        number = float(rule.count(int(match[1])))
        return "a few" if np.isnan(number) else f"about {number:.0f}" if number else "0"

    return _PEOPLE.sub(shown, _PERCENT.sub(r"\1", text)) if rule.on else text
