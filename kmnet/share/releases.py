"""The list of releases: who was in each, by code, so that two which differ by a few people are not both given out.

Each number of a release may be safe by itself, and the difference of two of them still tell of the few people who are in
one only. The list lies beside the key, never in the output: it changes nothing that is written there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kmnet.config.load import Loaded
from kmnet.errors import Place, Problem
from kmnet.share.codes import codes, read_key
from kmnet.share.small_numbers import RULES

KEPT = 200
"""So many releases are kept, the latest."""


@dataclass(frozen=True)
class Releases:
    """The earlier releases, and the one that is being made.

    ``path`` is the list (``kmnet.releases`` beside ``kmnet.key``), or None where nothing is released: the project team
    itself sees everything. ``people`` are those of the new release, by code; ``base`` is the fewest people that a figure
    may rest on (8 under the NHS rule, 0 where the rule hides nothing).
    """

    path: Path | None
    people: frozenset[str] = frozenset()
    base: int = 0

    @classmethod
    def of(cls, loaded: Loaded, people: Iterable[str]) -> Releases:
        """The releases of a study, of which these are the people."""
        if loaded.study.share == "inside":
            return cls(None)
        key = read_key(loaded.key, loaded.output)
        rule = RULES[loaded.study.disclosure.small_numbers]
        return cls(loaded.key.with_suffix(".releases"), frozenset(codes(people, key).values()), rule.base)

    def few_differ(self) -> list[Problem]:
        """A warning where an earlier release has other people, but fewer others than a figure may rest on."""
        if self.path is None:
            return []
        for run, people in reversed(self._earlier()):
            if 0 < len(self.people ^ people) < self.base:
                message = (
                    f"Fewer than {self.base} people are in only one of this release and an earlier one (run {run})"
                )
                return [Problem.of("KM710", message, place=Place(self.path.name))]
        return []

    def record(self, run: str) -> list[Problem]:
        """Add the release to the list, which only the user may read; a warning where that cannot be done."""
        if self.path is None:
            return []
        kept = [*((r, p) for r, p in self._earlier() if p != self.people), (run, self.people)][-KEPT:]
        text = json.dumps([{"run": r, "people": sorted(p)} for r, p in kept], indent=1) + "\n"
        new = self.path.with_name(f"{self.path.name}.new")
        try:
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
                stream.write(text)
            new.replace(self.path)
        except OSError:
            return [Problem.of("KM711", "The list of releases cannot be written", place=Place(self.path.name))]
        return []

    def _earlier(self) -> list[tuple[str, frozenset[str]]]:
        """Runs and their people; of a damaged list, what can be read."""
        try:
            told = json.loads(self.path.read_text(encoding="utf-8")) if self.path else []
        except (OSError, ValueError, RecursionError):
            return []
        rows = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
        return [
            (str(o.get("run")), frozenset(map(str, o["people"]))) for o in rows if isinstance(o.get("people"), list)
        ]
