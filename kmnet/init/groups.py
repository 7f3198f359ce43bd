"""Groupings drafted from the columns of people and organisations, for the user to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kmnet.config.schema import Source
from kmnet.init.guess import Guess, word_of
from kmnet.tables.headings import matched
from kmnet.tables.schema import INPUTS

FOUND = """
# --- Groups of people, as found: the first is the one that brokers stand between. A DRAFT: keep those that matter. ---
"""

USUAL = ("role", "organisation", "sector")
"""Groupings that are taken where nothing is said."""

FEW, LARGE = 12, 10
"""A column of few different values seems to hold groups, and so does one whose values have many people each."""

MORE = 3
"""Further groupings drafted: each makes every table of brokers longer."""


def groups_of(guesses: Sequence[Guess]) -> str:
    """The ``groups:`` block that further columns of people and organisations show; "" where they show none."""
    known = [name for name in USUAL if any(name in usual for usual in map(_usual, guesses))]
    more = list(dict.fromkeys(heading for guess in guesses for heading in _further(guess)))[:MORE]
    return f"{FOUND}groups: [{', '.join(map(word_of, known + more))}]\n" if more else ""


def _usual(guess: Guess) -> set[str]:
    if guess.table not in ("people", "organisations") or guess.reading is None:
        return set()
    return matched(guess.reading.headings, INPUTS[guess.table], Source(path="")) & set(USUAL)


def _further(guess: Guess) -> Iterator[str]:
    """Headings that kmnet has no column for, over cells that put people into a few groups."""
    if guess.table not in ("people", "organisations") or guess.reading is None:
        return
    for heading, column in zip(guess.reading.headings, guess.reading.columns, strict=True):
        if not heading or matched((heading,), INPUTS[guess.table], Source(path="")):
            continue
        said = [cell for cell in column.cells() if cell]
        groups = len(set(said))
        some = 2 <= groups <= max(FEW, len(said) // LARGE) and 2 * groups <= len(said)
        if some and 2 * len(said) >= len(column):
            yield heading
