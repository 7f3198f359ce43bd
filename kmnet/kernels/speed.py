"""One source, two speeds: a kernel runs as plain Python when the work is small and compiled when it is large.

At the size of a real programme (a hundred people) importing and compiling numba costs far more than the arithmetic,
so a kernel names an estimate of its inner steps and is interpreted below :data:`LIMIT` of them. Both speeds run the
same lines; ``tests/kernels/test_speed.py`` runs every kernel both ways.

A kernel made with ``lists=True`` is handed its one-dimensional arrays as lists when interpreted, which Python reads
several times faster; such a kernel only indexes its arguments and takes their ``len``, keeps its working space in
lists, and gives back arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, update_wrapper
from types import FunctionType
from typing import Any, cast

import numpy as np

LIMIT = 1_000_000
"""Inner steps above which a kernel is compiled (about half a second interpreted)."""


class Kernel:
    """A function in the subset of Python that numba compiles, with an estimate of its work.

    Attributes
    ----------
    python : callable
        The function as written.
    compiled : callable
        The same function compiled by numba (imported on first use, cached on disk).
    """

    def __init__(self, python: FunctionType, work: Callable[..., float] | None, lists: bool) -> None:
        self.python = python
        self.work = work
        self.lists = lists
        update_wrapper(self, python)

    def __call__(self, *args: Any) -> Any:
        if self.work is None or self.work(*args) <= LIMIT:
            if self.lists:
                args = tuple(arg.tolist() if isinstance(arg, np.ndarray) else arg for arg in args)
            return self.python(*args)
        return self.compiled(*args)

    @cached_property
    def compiled(self) -> Any:
        import numba

        # Kernels that this one calls must be compiled too; numba cannot see through a Kernel.
        names = {
            key: value.compiled if isinstance(value, Kernel) else value
            for key, value in self.python.__globals__.items()
            if key in self.python.__code__.co_names
        }
        twin = FunctionType(self.python.__code__, names, self.python.__name__, self.python.__defaults__)
        twin.__qualname__ = self.python.__qualname__
        twin.__module__ = self.python.__module__
        try:
            return numba.njit(cache=True, nogil=True)(twin)
        except RuntimeError:  # no folder that compiled code could be kept in: compiled anew each time
            return numba.njit(nogil=True)(twin)


def kernel(work: Callable[..., float] | None = None, *, lists: bool = False) -> Callable[[Callable[..., Any]], Kernel]:
    """Make a function a kernel. ``work(*args)`` estimates inner steps; without it the kernel is a helper of others."""
    return lambda function: Kernel(cast(FunctionType, function), work, lists)
