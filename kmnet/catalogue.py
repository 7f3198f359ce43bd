"""How readers, tie rules, measures, null models and writers are found.

An item of a catalogue is an object of a known class that stands in a module of a known package. To add one, write it
in a file of that package: nothing is registered, and importing a module has no side effect.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TypeVar

T = TypeVar("T")


@cache
def collect(package: str, kind: type[T]) -> tuple[T, ...]:
    """Every object of class ``kind`` defined at the top level of a module of ``package``.

    Modules are taken in alphabetical order and objects in the order they are written, so the result never depends
    on the file system. Two items of one name are a programming error.

    Examples
    --------
    >>> from kmnet.catalogue import collect
    >>> from kmnet.measures.measure import Measure
    >>> "density" in {m.about.name for m in collect("kmnet.measures", Measure)}
    True
    """
    root = importlib.import_module(package)
    found: dict[int, T] = {}
    for module in sorted(m.name for m in pkgutil.iter_modules(root.__path__)):
        names = vars(importlib.import_module(f"{package}.{module}"))
        for value in names.values():
            if isinstance(value, kind) and id(value) not in found:
                found[id(value)] = value
    return tuple(found.values())
