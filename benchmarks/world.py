"""Made-up programmes of any size: people in teams, roles and organisations, with contacts and attendance."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class World:
    """``source``/``target``: about four contacts a person, half inside teams of ten; ``at``: (person, event)."""

    n: int
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    role: NDArray[np.int64]
    team: NDArray[np.int64]
    person: NDArray[np.int64]
    event: NDArray[np.int64]

    def ids(self) -> list[str]:
        return [f"P{i:07d}" for i in range(self.n)]


def world(n: int, seed: int = 1) -> World:
    """The same world for the same size and seed."""
    rng = np.random.default_rng([seed, n])
    team = np.arange(n) // 10
    m = 4 * n
    source = rng.integers(0, n, m)
    inside = np.minimum(team[source] * 10 + rng.integers(0, 10, m), n - 1)
    popular = (n * rng.random(m) ** 2.5).astype(np.int64)
    target = np.where(rng.random(m) < 0.5, inside, popular)
    kept = source != target
    events = max(6, n // 20)
    person = rng.integers(0, n, 10 * n)
    event = (person // 10 * 7 + rng.geometric(0.3, 10 * n)) % events
    return World(n, source[kept], target[kept], rng.integers(0, 6, n), team, person, event)


def write(made: World, folder: Path) -> Path:
    """The world as CSV files and a config; the config's path."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = made.ids()

    def table(name: str, head: list[str], rows: list[tuple]) -> None:
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([head, *rows])

    table(
        "people.csv", ["id", "role", "team"], [(i, f"Role {r}", f"T{t}") for i, r, t in zip(ids, made.role, made.team)]
    )
    table("interactions.csv", ["source", "target"], [(ids[s], ids[t]) for s, t in zip(made.source, made.target)])
    (folder / "config.yaml").write_text(
        "title: A made-up programme\n"
        "data: {people: people.csv, interactions: interactions.csv}\n"
        "networks: {contact: {from: interactions, directed: true}}\n"
        "groups: [role]\ninference: {draws: 99}\nshare: inside\n",
        encoding="utf-8",
    )
    return folder / "config.yaml"
