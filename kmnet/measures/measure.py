"""What a measure is: a function of a network (and perhaps a grouping), with the words that explain its number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from kmnet.results import About


@dataclass(frozen=True, eq=False)
class Measure:
    """A measure and what it means.

    ``compute(network)``, or ``compute(network, partition)`` where ``about.partition`` is true, gives a float64 array
    with one value a person (``about.of == "person"``), one value a tie of ``network.pairs`` (``"tie"``), a square array
    over people (``"pair"``), one value a group (``"group"``), a square array over groups (``"groups"``), or one float
    (``"network"``). Undefined is NaN. Where ``about.chance`` is true a ``numpy.random.Generator`` comes last.
    """

    about: About
    compute: Callable[..., Any]

    def __call__(self, *args: Any) -> Any:
        return self.compute(*args)


def measure(
    *,
    of: Literal["person", "network", "tie", "organisation", "pair", "group", "groups"],
    title: str,
    reads: str,
    **about: Any,
) -> Callable[[Callable[..., Any]], Measure]:
    """Make a function a measure: its name is the column's name; the keywords are those of :class:`About`.

    Examples
    --------
    >>> @measure(of="network", title="People", reads="How many people are in the network.", low=0)
    ... def people(network):
    ...     return float(network.n)
    >>> people.about.name
    'people'
    """

    def wrap(function: Callable[..., Any]) -> Measure:
        family = function.__module__.rsplit(".", 1)[-1]
        return Measure(About(name=function.__name__, title=title, of=of, reads=reads, family=family, **about), function)

    return wrap
