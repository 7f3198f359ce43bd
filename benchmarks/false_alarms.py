"""How often is an effect claimed that is not there, and how often is one found that is? Makes docs/evidence.md.

    python -m benchmarks.false_alarms                                    # the full table (an hour and more)
    python -m benchmarks.false_alarms --programmes 200 --effects 200     # a reduced one (minutes)

Every number of the page comes from the run that wrote it; the page says how large that run was.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from kmnet.compare import intervals, mark
from kmnet.compare.change import turnover
from kmnet.compare.gate import gate
from kmnet.compare.panel import panel
from tests.compare.simulated import World, simulate, simulate_leavers, simulate_log

PAGE = Path(__file__).resolve().parents[1] / "docs" / "evidence.md"

NULLS = {
    "nothing happens": World(),
    "nothing happens, 20 people": World(n=20, degree=3.0),
    "nothing happens, 12 people": World(n=12, degree=2.5),
    "everybody grew closer": World(growth=0.6),
    "some became keener": World(drift=1.0),
    "friends of friends met, and growth": World(closure=1.0, growth=0.5),
    "teammates were close already": World(hidden=1.0),
    "teammates were close already, and growth": World(hidden=1.0, growth=1.0),
    "teammates were very close already": World(hidden=2.0),
    "teams built on recorded ties": World(built="keep"),
    "teams built to mix strangers": World(built="avoid"),
    "30 % did not answer the follow-up": World(silent=0.3),
    "undirected ties, close teammates, growth": World(directed=False, hidden=1.0, growth=0.6),
    "close, growing, keener, 30 % silent": World(hidden=1.0, growth=0.6, drift=0.7, silent=0.3),
    "ties only gather": World(gathers=0.5, degree=3.0),
    "ties only gather, teammates very close": World(gathers=0.5, degree=3.0, hidden=2.0),
    "ties only gather, strangers mixed": World(gathers=0.5, degree=3.0, built="avoid"),
    "shared workshops, keen people attend": World(dose=True),
}
OR3, OR5 = 1.1, 1.6
EFFECTS = {
    "odds ratio 3, 20 people": World(n=20, degree=3.0, effect=OR3),
    "odds ratio 3, 40 people": World(effect=OR3),
    "odds ratio 3, 80 people": World(n=80, effect=OR3),
    "odds ratio 5, 12 people": World(n=12, degree=2.5, effect=OR5),
    "odds ratio 5, 20 people": World(n=20, degree=3.0, effect=OR5),
    "odds ratio 5, 40 people": World(effect=OR5),
    "odds ratio 5, 80 people": World(n=80, effect=OR5),
    "odds ratio 5, teammates close already": World(effect=OR5, hidden=1.0),
    "odds ratio 5, 30 % silent": World(effect=OR5, silent=0.3),
    "odds ratio 5, undirected": World(effect=OR5, directed=False),
    "odds ratio 5, ties only gather": World(effect=OR5, gathers=0.5, degree=3.0),
    "shared workshops, 1.2 a standard deviation": World(dose=True, effect=1.2),
}


def mcnemar(formed: int, dissolved: int) -> float:
    """Exact p of formed against dissolved ties, as if pairs were independent."""
    from scipy.stats import binomtest

    return float(binomtest(formed, formed + dissolved, 0.5).pvalue) if formed + dissolved else 1.0


def shares(world: World, programmes: int, draws: int, seed: int) -> dict[str, float]:
    """The share of programmes of one world in which each test says that something happened."""
    rng = np.random.default_rng(seed)
    said: dict[str, list[bool]] = {}
    for k in range(programmes):
        made = simulate(world, rng)
        for test, yes in outcomes(made, draws, k).items():
            said.setdefault(test, []).append(yes)
    return {test: float(np.mean(values)) for test, values in said.items()}


def outcomes(made, draws: int, seed: int) -> dict[str, bool]:
    found = panel(made.before, made.after, made.members)
    counts = turnover(found)
    rows = {
        r["test"]: r
        for r in mark.rows(found, made.exposure.only(found.people), gate(made.before, made.after), draws, seed)
    }

    def p(test: str) -> float:
        value = rows.get(test, {}).get("p", 1.0)
        return 1.0 if value != value else value

    return {
        "mcnemar": mcnemar(counts.formed, counts.dissolved) <= 0.05,
        "max-variance": bool(intervals.ties_per_person(found).p <= 0.05),
        "formation": p("formation") <= 0.05,
        "association": p("association_change") <= 0.05,
        "supported": rows["verdict"]["verdict"] == "supported",
        "untested": rows["verdict"]["verdict"] == "cannot_be_tested",
    }


def random_null(rng: np.random.Generator) -> World:
    """A world without effect whose every other feature is drawn: nothing was tuned on it."""
    return World(
        n=int(rng.integers(16, 61)), degree=float(rng.uniform(2, 6)), hidden=float(rng.choice([0, 0, 1, 2])),
        growth=float(rng.choice([0, 0.5, 1.0])), drift=float(rng.choice([0, 0.7])),
        closure=float(rng.choice([0, 0.7])), gathers=float(rng.choice([0, 0, 0.5])),
        built=str(rng.choice(["", "", "keep", "avoid"])), silent=float(rng.choice([0, 0, 0.25])),
        directed=bool(rng.random() < 0.7),
    )  # fmt: skip


def drawn_worlds(programmes: int, draws: int, seed: int) -> dict[str, float]:
    rng = np.random.default_rng(seed)
    said: dict[str, list[bool]] = {}
    for k in range(programmes):
        for test, yes in outcomes(simulate(random_null(rng), rng), draws, k).items():
            said.setdefault(test, []).append(yes)
    return {test: float(np.mean(values)) for test, values in said.items()}


def logs(programmes: int, draws: int, seed: int) -> list[tuple[str, float, float]]:
    """Contact logs: the share in which the rate test, and a plain count of contacts, says that something happened."""
    rows = []
    for name, given in (
        ("nothing happens", {}),
        ("twice as much is written down", {"recording": 2.0}),
        ("180 days before, 365 after", {"days": (180.0, 365.0)}),
        ("teammates meet twice as often", {"effect": 0.7}),
        ("teammates meet three times as often", {"effect": 1.1}),
    ):
        rng, rate, plain = np.random.default_rng(seed), [], []
        for k in range(programmes):
            made = simulate_log(rng, **given)
            found = panel(made.before, made.after)
            each = mark.rows(found, made.exposure, gate(made.before, made.after), draws, k)
            rate.append(next(r for r in each if r["test"] == "rate_change").get("p", 1.0) <= 0.05)
            one, two = (replace(n, days=180.0) for n in (made.before, made.after))
            plain.append(bool(intervals.ties_per_person(panel(one, two)).p <= 0.05))
        rows.append((name, float(np.mean(rate)), float(np.mean(plain))))
    return rows


def leavers(programmes: int, seed: int) -> float:
    rng = np.random.default_rng(seed)
    found = (simulate_leavers(rng) for _ in range(programmes))
    return float(np.mean([intervals.ties_per_person(panel(m.before, m.after)).p <= 0.05 for m in found]))


COLUMNS = ("mcnemar", "max-variance", "formation", "association", "supported", "untested")
HEADER = (
    "| world | before/after, pairs taken as independent | before/after, max-variance | formation alone |"
    " change in association alone | **verdict supported** | cannot be tested |\n|---|---|---|---|---|---|---|"
)


def lines(table: dict[str, dict[str, float]]) -> str:
    return "\n".join(
        f"| {name} | " + " | ".join(f"{found[c]:.3f}" for c in COLUMNS) + " |" for name, found in table.items()
    )


class Kept:
    """Results already made, so that a stopped run goes on where it was."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.found = json.loads(file.read_text(encoding="utf-8")) if file and file.exists() else {}

    def __call__(self, make, *given):
        key = repr((make.__name__, *given))
        if key not in self.found:
            self.found[key] = make(*given)
            if self.file:
                self.file.write_text(json.dumps(self.found), encoding="utf-8")
        return self.found[key]


def page(programmes: int, effects: int, draws: int, seed: int, kept: Kept) -> str:
    """The whole page."""
    error = 1.96 * (0.05 * 0.95 / programmes) ** 0.5, 1.96 * (0.25 / effects) ** 0.5
    nulls = {name: kept(shares, world, programmes, draws, seed + k) for k, (name, world) in enumerate(NULLS.items())}
    planted = {
        name: kept(shares, world, effects, draws, seed + 100 + k) for k, (name, world) in enumerate(EFFECTS.items())
    }
    drawn = {"each world drawn at random": kept(drawn_worlds, 2 * programmes, draws, seed + 200)}
    log = "\n".join(f"| {n} | {a:.3f} | {b:.3f} |" for n, a, b in kept(logs, effects, draws, seed + 300))
    worst = max(found["supported"] for found in nulls.values())
    return f"""# How often the tests are right

Made by `python -m benchmarks.false_alarms --programmes {programmes} --effects {effects} --draws {draws} --seed {seed}`; do not edit.
Each row where nothing happened: {programmes} simulated programmes ({2 * programmes} where worlds are drawn at random); each other row:
{effects}. {draws} permutations a test, 40 people in teams of about five unless said. A share of .05 has a Monte Carlo error of
+/- {error[0]:.3f} where nothing happened, a share of one half one of +/- {error[1]:.3f} elsewhere. The simulated worlds are ours; planted
effects act on the log odds that teammates are tied.

## Nothing that the programme did: the share of programmes flagged at 5 %

{HEADER}
{lines(nulls)}
{lines(drawn)}

Highest share of *supported* in a row of named worlds: {worst:.3f}. Growth, keenness and closure move the first two columns
because ties really changed; that is not evidence of what the programme did. Each of the two tests alone cries wolf in some
world; the verdict needs both.

Poorly connected people leave and nothing else happens: the same-people interval excludes nought in {kept(leavers, programmes, seed + 400):.3f}.

## A planted effect: the share found

{HEADER}
{lines(planted)}

## Contact logs

| world | rate test of teammates | plain before/after of ties per person |
|---|---|---|
{log}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programmes", type=int, default=2000)
    parser.add_argument("--effects", type=int, default=500, help="programmes of a world with an effect, and of logs")
    parser.add_argument("--draws", type=int, default=299)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--resume", type=Path, help="a JSON file in which finished rows are kept")
    parser.add_argument("--out", type=Path, default=PAGE)
    given = parser.parse_args()
    given.out.write_text(
        page(given.programmes, given.effects, given.draws, given.seed, Kept(given.resume)), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
