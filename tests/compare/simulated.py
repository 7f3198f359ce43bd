"""Simulated programmes of known truth: people in mixed teams, with or without an effect of sharing a team."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kmnet.compare.exposure import Exposure, participation
from kmnet.network.network import Network
from tests.compare.worlds import from_matrix


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def alike(codes: np.ndarray) -> np.ndarray:
    found = (codes[:, None] == codes[None, :]).astype(float)
    np.fill_diagonal(found, 0)
    return found


@dataclass(frozen=True)
class World:
    """One way things may be. ``effect`` is the planted conditional log odds ratio; ``hidden`` prior closeness of
    teammates; ``growth`` of everybody; ``drift`` sd of people becoming keener; ``built`` teams from recorded ties
    ("keep") or against them ("avoid"); ``gathers`` the rate at which ties only accumulate (0: half the ties are
    redrawn); ``silent`` share who do not answer the follow-up; ``leavers`` poorly connected people leave; ``arms``
    every second person takes part, the others are a comparison group, and the effect is on pairs who both take part."""

    n: int = 40
    degree: float = 4.0
    effect: float = 0.0
    hidden: float = 0.0
    growth: float = 0.0
    drift: float = 0.0
    built: str = ""
    gathers: float = 0.0
    silent: float = 0.0
    directed: bool = True
    dose: bool = False
    leavers: bool = False
    closure: float = 0.0
    arms: bool = False


@dataclass(frozen=True, eq=False)
class Programme:
    before: Network
    after: Network
    exposure: Exposure
    members: np.ndarray | None = None


def _closeness(world, team, organisation, role, rng, mean_degree):
    n = len(team)
    keen = 0.7 * (np.linalg.cholesky([[1, 0.3], [0.3, 1]]) @ rng.standard_normal((2, n)))
    place = rng.standard_normal((n, 2))
    distance = np.sqrt(((place[:, None] - place[None]) ** 2).sum(-1))
    own = np.triu(rng.standard_normal((n, n)), 1)
    eta = keen[0][:, None] + keen[1][None] + 1.5 * alike(organisation) + 0.5 * alike(role)
    eta += world.hidden * alike(team) - 0.8 * distance + 0.8 * (own + own.T)
    off = ~np.eye(n, dtype=bool)
    low, high = -12.0, 6.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if sigmoid(eta[off] + middle).sum() / n > mean_degree else (middle, high)
    return eta + middle, keen[0]


def _draw(eta, rng):
    found = (rng.random(eta.shape) < sigmoid(eta)).astype(float)
    np.fill_diagonal(found, 0)
    return found


def _teams(n, rng):
    k = max(2, round(n / 5))
    team = np.arange(n) % k
    organisations = max(3, n // 4)
    lead = rng.integers(0, organisations, k)
    organisation = np.where(rng.random(n) < 0.4, lead[team], rng.integers(0, organisations, n))
    return team, organisation, (np.arange(n) // k) % 4


def _rebuilt(team, ties, rng, up):
    """Teams after a hundred swaps that only go towards (or away from) recorded ties."""

    def inside(t):
        return (ties * (t[:, None] == t[None, :])).sum()

    now = inside(team)
    for _ in range(100):
        i, j = rng.integers(0, len(team), 2)
        swapped = team.copy()
        swapped[i], swapped[j] = team[j], team[i]
        then = inside(swapped)
        if (then > now) == up:
            team, now = swapped, then
    return team


def simulate(world: World, rng: np.random.Generator) -> Programme:
    """One programme of a world."""
    n = world.n
    team, organisation, role = _teams(n, rng)
    eta, keen = _closeness(world, team, organisation, role, rng, world.degree)
    before = (rng.random((n, n)) < 1 - np.exp(-np.exp(eta))).astype(float) if world.gathers else _draw(eta, rng)
    np.fill_diagonal(before, 0)
    if world.built:
        team = _rebuilt(team, before + before.T, rng, world.built == "keep")
    attended = None
    shared = alike(team)
    if world.dose:
        eager = 0.6 * keen / keen.std() + 0.8 * rng.standard_normal(n)
        came = rng.random((n, 6)) < sigmoid(0.4 + 0.8 * eager)[:, None]
        shared = came.astype(float) @ came.T
        np.fill_diagonal(shared, 0)
        attended = came.sum(1).astype(float)
    took_part = (np.arange(n) // 2 % 2 == 0) if world.arms else None
    if took_part is not None:
        shared = np.outer(took_part, took_part) * (1.0 - np.eye(n))
    scaled = (shared - shared.mean()) / shared.std() if world.dose else shared
    after = _follow(world, before, eta, world.effect * scaled, rng)
    if not world.directed:
        before, after = (np.triu(m, 1) for m in (before, after))
    answered = rng.random(n) >= world.silent
    groups = {"role": role, "organisation": organisation, "team": team}
    found = (
        from_matrix(before, directed=world.directed, groups=groups),
        from_matrix(after, directed=world.directed, groups=groups, answered=answered, moment="after"),
    )
    if took_part is not None:
        return Programme(*found, participation(took_part))
    return Programme(*found, Exposure("team" if not world.dose else "workshops", shared, attended))


def _follow(world, before, eta, push, rng):
    n = world.n
    if world.gathers:
        new = rng.random((n, n)) < 1 - np.exp(-world.gathers * np.exp(eta + push))
        lost = rng.random((n, n)) < 0.02
        after = np.where(lost, 0.0, np.maximum(before, new))
    else:
        later = eta + world.growth + push
        later = later + world.drift * (rng.standard_normal(n)[:, None] + rng.standard_normal(n)[None])
        if world.closure:
            tied = np.maximum(before, before.T)
            common = np.minimum(tied @ tied, 3)
            np.fill_diagonal(common, 0)
            later = later + world.closure * (common - common[~np.eye(n, dtype=bool)].mean())
        after = np.where(rng.random((n, n)) < 0.5, before, _draw(later, rng))
    np.fill_diagonal(after, 0)
    return after


def simulate_log(rng: np.random.Generator, *, n=40, recording=1.0, effect=0.0, days=(180.0, 180.0)) -> Programme:
    """A log of contacts: three a person and window, over-dispersed, teammates closer; ``recording`` multiplies what
    is written down after."""
    team, organisation, role = _teams(n, rng)
    eta, _ = _closeness(World(hidden=1.0), team, organisation, role, rng, 4.0)
    rate = np.triu(np.exp(eta), 1)
    rate *= 3 * n / 2 / rate.sum()
    after_rate = rate * recording * np.exp(effect * alike(team)) * days[1] / days[0]
    counts = [rng.poisson(r * rng.gamma(0.5, 2.0, (n, n))).astype(float) for r in (rate, after_rate)]
    groups = {"organisation": organisation, "team": team}
    made = []
    for count, moment, length in zip(counts, ("before", "after"), days):
        network = from_matrix(count > 0, directed=False, groups=groups, moment=moment, layer="behavioural", days=length)
        made.append(replace(network, weight=count[network.source, network.target]))
    return Programme(made[0], made[1], Exposure("team", alike(team)))


def simulate_leavers(rng: np.random.Generator, n=40) -> Programme:
    """Nothing happens, but the third with fewest ties tends to leave."""
    made = simulate(World(n=n), rng)
    ties = np.bincount(made.before.source, minlength=n) + np.bincount(made.before.target, minlength=n)
    gone = rng.random(n) < np.where(ties <= np.quantile(ties, 0.35), 0.7, 0.05)
    return Programme(made.before, replace(made.after, present=~gone, answered=~gone), made.exposure)
