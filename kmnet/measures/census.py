"""The triad census: how many triples of people are tied in each of the sixteen ways of a directed network."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import census as kernel
from kmnet.measures.measure import Measure, measure
from kmnet.measures.views import NAN, kept, triangles
from kmnet.network.network import Network


@kept
def _counts(network: Network) -> NDArray[np.int64]:
    return kernel.triad_census(network.mutual, network.into, triangles(network))


def _triad(code: str, shape: str, separate: str = "nothing") -> Measure:
    """The measure that counts triples of one kind."""

    def count(network: Network) -> float:
        return float(_counts(network)[kernel.NAMES.index(code)]) if network.directed else NAN

    count.__name__ = f"triad_{code.lower()}"
    count.__doc__ = f"Triples of kind {code}; NaN on an undirected network."
    return measure(
        of="network",
        title=f"Triples {code}",
        reads=f"How many groups of three people there are with {shape}.",
        formula=f"number of triples of kind {code}: mutual, one-way and empty pairs, then the shape",
        denominator="triples of people",
        low=0,
        undefined="The network has no direction.",
        source="Davis & Leinhardt 1972; Holland & Leinhardt 1976",
        misreading="Raw counts follow density and size: compare them with a random network of the same ties.",
        agrees_with="igraph, networkx, sna",
        unit="triples",
        separate=separate,
        column=False,
    )(count)


triad_003 = _triad("003", "no tie at all", separate="scale")
triad_012 = _triad("012", "a single one-way tie", separate="scale")
triad_102 = _triad("102", "a single mutual tie", separate="scale")
triad_021d = _triad("021D", "one person naming both others, who are not tied")
triad_021u = _triad("021U", "both others naming one person, and they are not tied")
triad_021c = _triad("021C", "a chain of two one-way ties")
triad_111d = _triad("111D", "a mutual pair, one of whom is named by the third")
triad_111u = _triad("111U", "a mutual pair, one of whom names the third")
triad_030t = _triad("030T", "three one-way ties, transitive")
triad_030c = _triad("030C", "three one-way ties in a circle")
triad_201 = _triad("201", "two mutual ties and the third pair not tied")
triad_120d = _triad("120D", "a mutual pair, both named by the third")
triad_120u = _triad("120U", "a mutual pair, both naming the third")
triad_120c = _triad("120C", "a mutual pair, one naming the third and the other named by the third")
triad_210 = _triad("210", "two mutual ties and a one-way tie")
triad_300 = _triad("300", "all three naming each other")
