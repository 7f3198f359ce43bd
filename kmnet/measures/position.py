"""Position: who is in the middle, by core and periphery and by the company a person keeps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import periphery as kernel
from kmnet.measures.measure import measure
from kmnet.measures.views import component, ratio
from kmnet.network.network import Network

Array = NDArray[np.float64]

_CORE = "exact best discrete core (Lip 2011); people with equally many contacts stay together; undirected view"


@measure(
    of="person",
    title="In the core",
    reads="Whether a person belongs to the densely tied core rather than the periphery (1 core, 0 periphery).",
    formula="1 if i is in the set with fewest missing ties inside plus ties among the rest",
    low=0,
    high=1,
    variant=_CORE,
    source="Borgatti & Everett 1999; Lip 2011",
    misreading="Every network gets a core; core_periphery_fit says whether the picture is true.",
    agrees_with="exhaustive search",
    column=False,
)
def core_member(network: Network) -> Array:
    """1 for members of the best discrete core."""
    return kernel.core(network.mutual.degree).astype(np.float64)


@measure(
    of="network",
    title="People in the core",
    reads="The part of people who belong to the densely tied core.",
    formula="people in the core / n",
    denominator="people in the network",
    low=0,
    high=1,
    undefined="There are no people.",
    variant=_CORE,
    source="Borgatti & Everett 1999; Lip 2011",
    misreading="Every network gets a core; core_periphery_fit says whether the picture is true.",
    agrees_with="exhaustive search",
    separate="scale",
    column=False,
)
def core_share(network: Network) -> float:
    """Share of people in the best discrete core."""
    return ratio(core_member(network).sum(), network.n)


@measure(
    of="network",
    title="Fit of core and periphery",
    reads="How well a core where all are tied and a periphery where none are describe the network: 1 is perfect.",
    formula="correlation of ties with 1 inside the core and 0 inside the periphery, pairs across left out",
    low=-1,
    high=1,
    undefined="There is no core or no periphery to compare, or all pairs are alike.",
    variant=_CORE,
    source="Borgatti & Everett 1999",
    misreading="A star and a clique with loose people both fit well.",
    agrees_with="numpy corrcoef over the pairs",
    separate="all",
    column=False,
)
def core_periphery_fit(network: Network) -> float:
    """Borgatti and Everett's correlation for the best discrete core."""
    member = core_member(network) > 0
    one, two = member[network.pairs[0]], member[network.pairs[1]]
    return kernel.fit(network.n, int((one & two).sum()), int((~one & ~two).sum()), int(member.sum()))


@measure(
    of="person",
    title="Well-connected contacts",
    reads="High for people whose contacts are themselves well connected; the highest is 1.",
    formula="leading eigenvector of the adjacency matrix, largest entry 1",
    low=0,
    high=1,
    undefined="The person is outside the largest piece, two pieces are equally large, or there are no ties.",
    variant="undirected view, within the largest component",
    source="Bonacich 1972",
    misreading="In a network with one dense group it only says who belongs to that group.",
    agrees_with="igraph, networkx (rescaled), on connected networks",
    column=False,
)
def eigenvector(network: Network) -> Array:
    """Eigenvector centrality within the largest component; NaN elsewhere."""
    size = np.bincount(component(network)) if network.n else np.zeros(1)
    if size.max() < 2 or (size == size.max()).sum() > 1:
        return np.full(network.n, np.nan)
    return kernel.eigenvector(network.mutual, np.flatnonzero(component(network) == size.argmax()))


@measure(
    of="person",
    title="PageRank",
    reads="High for people named by others who are themselves named; all values add up to 1.",
    formula="r_i = 0.15 / n + 0.85 (sum over j -> i of r_j / out_j + share of people who name nobody)",
    denominator="everybody together has 1",
    low=0,
    high=1,
    variant="damping 0.85, unweighted, follows the direction of ties",
    source="Brin & Page 1998",
    misreading="On undirected networks it is close to the share of ties and adds little.",
    agrees_with="networkx, igraph",
    separate="all",
    column=False,
)
def pagerank(network: Network) -> Array:
    """PageRank of each person."""
    return kernel.pagerank(network.out)
