"""What the numbers mean that only comparisons have."""

from __future__ import annotations

from kmnet.results import About

TIES_PER_PERSON = About(
    name="ties_per_person",
    title="Ties per person",
    of="network",
    reads="How many ties a person has on average, counted over the pairs that could be judged at both moments.",
    formula="directed: ties / respondents; undirected: 2 x ties / people",
    denominator="people who answered at both moments (directed) or stand in a judged pair (undirected)",
    low=0.0,
    variant="same people, same judged pairs",
    undefined="nobody can be judged at both moments",
    source="kmnet",
    misreading="It says that ties changed, not why.",
    family="change",
    unit="ties",
)


def _rank(end: str, title: str, reads: str) -> About:
    return About(
        name=f"betweenness_rank{end}",
        title=title,
        of="person",
        reads=reads,
        formula="place by betweenness, 1 the highest; equal people share the mean of their places",
        low=1.0,
        variant="100 networks, each tie missing with a chance of one in ten; 95 % range",
        undefined="the network has fewer than 10 ties or fewer than 5 people, or was not compared",
        source="kmnet",
        misreading="Overlapping ranges mean that the order of two people is not known.",
        family="change",
    )


RANKS = (
    _rank(
        "", "Place in betweenness", "1 for the person on most shortest paths between others, 2 for the next, and so on."
    ),
    _rank("_low", "Best likely place", "The best place that is likely, were a tenth of the ties missing."),
    _rank("_high", "Worst likely place", "The worst place that is likely, were a tenth of the ties missing."),
)
