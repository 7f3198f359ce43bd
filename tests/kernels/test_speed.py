"""Every kernel gives the same whether interpreted or compiled, and the work decides which way is taken."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from kmnet.kernels import cohesion, components, estimate
from kmnet.kernels.speed import LIMIT, Kernel, kernel
from tests.kernels.randoms import many


def both(item: Kernel, *args: np.ndarray) -> tuple[Any, Any]:
    """The kernel's answers, interpreted and compiled."""
    return item.python(*[a.tolist() for a in args]), item.compiled(*args)


@pytest.mark.parametrize(
    "item", [components._label, components._cut, components._strong, cohesion._coreness], ids=lambda k: k.__name__
)
def test_on_networks(item: Kernel) -> None:
    for net in many()[:120]:
        csr = net.out if item is components._strong else net.mutual
        slow, fast = both(item, csr.start, csr.index)
        for one, other in zip(slow, fast) if isinstance(slow, tuple) else [(slow, fast)]:
            assert one.tolist() == other.tolist()


def test_detours() -> None:
    for net in many()[:120]:
        csr = net.mutual
        row = np.repeat(np.arange(csr.n, dtype=np.int32), csr.degree)
        slow, fast = both(components._detour, csr.start, csr.index, row, csr.index)
        assert slow.tolist() == fast.tolist()


def test_drawn_paths_and_searches_in_bits() -> None:
    chance = np.random.default_rng(3)
    for net in [net for net in many() if net.n > 1][:24]:
        out, into = (net.out.start, net.out.index), (net.into.start, net.into.index)
        one, other = (run(*out, 2) for run in (estimate._near.python, estimate._near.compiled))
        assert all(a.tolist() == b.tolist() for a, b in zip(one, other))
        source = chance.integers(net.n, size=20)
        target = (source + chance.integers(1, net.n, size=20)) % net.n
        wanted = np.arange(len(net.out.index))
        args = (*out, *into, source, target, chance.random((20, net.n + 2)), wanted, len(wanted))
        one, other = estimate._walks.python(*args), estimate._walks.compiled(*args)
        assert all(a.tolist() == b.tolist() for a, b in zip(one, other))


def test_the_work_decides() -> None:
    ways = []

    class Watched(Kernel):
        @property
        def compiled(self) -> Any:  # type: ignore[override]
            ways.append("compiled")
            return lambda *args: None

    watched = Watched(lambda values: ways.append(type(values).__name__), lambda values: len(values), lists=True)  # type: ignore[arg-type]
    watched(np.zeros(10))
    watched(np.zeros(LIMIT))
    watched(np.zeros(LIMIT + 1))
    assert ways == ["list", "list", "compiled"]


def test_a_helper_without_work_is_interpreted() -> None:
    @kernel()
    def add(a: int, b: int) -> int:
        return a + b

    assert add(1, 2) == 3


def test_a_machine_where_nothing_can_be_kept_still_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only installation without a home: numba finds no folder for its cache."""
    from numba.core import caching

    def refused(self: object) -> None:
        raise OSError("read-only")

    monkeypatch.setattr(caching._CacheLocator, "ensure_cache_path", refused)
    counted = kernel(work=lambda n: n)(_count)
    assert counted.compiled(3) == 3


def _count(n: int) -> int:
    found = 0
    for _ in range(n):
        found += 1
    return found
