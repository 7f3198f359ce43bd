"""What the numbers mean that only comparisons have."""

from __future__ import annotations

from dataclasses import replace

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


RETURNED = About(
    name="returned_share",
    title="Naming that is returned",
    of="person",
    reads="Of the people whom a person names, the part who name that person too.",
    formula="people named who name back / people named",
    denominator="people the person names",
    low=0.0,
    high=1.0,
    undefined="the person names nobody, or ties have no direction",
    source="edgewise reciprocity of one person (Wasserman & Faust 1994)",
    misreading="Somebody who names few people has few that could be returned.",
    family="equity",
    unit="share",
)

BETWEEN_GROUPS = About(
    name="betweenness_between_groups",
    title="Betweenness between groups",
    of="person",
    reads="On what part of the shortest paths between people of different groups this person stands.",
    formula="mean over pairs s, t of two groups, neither of them i, of (shortest s-t paths through i) / (shortest s-t paths)",
    denominator="pairs of other people of two groups",
    low=0.0,
    high=1.0,
    variant="follows the direction of ties",
    undefined="there are no two groups, or more than 400 people",
    source="Freeman 1977, with ends in different groups",
    misreading="It hangs on how people are grouped: another grouping gives another number.",
    family="equity",
    unit="share",
)

BROKERAGE_ACROSS = About(
    name="brokerage_across",
    title="Brokerage across groups",
    of="person",
    reads="How many pairs of people, not all three of one group, this person links who are not tied to each other.",
    formula="open paths i-v-k (no tie i to k) whose three people are not all of one group; undirected: each pair once",
    low=0.0,
    variant="the sum of itinerant, representative, gatekeeper and liaison (Gould & Fernandez 1989)",
    undefined="there are no two groups, or more than 200 people",
    source="Gould & Fernandez 1989",
    misreading="A high count can come from many contacts alone.",
    family="equity",
    unit="pairs",
)


POSITIONS = (RETURNED, BETWEEN_GROUPS, BROKERAGE_ACROSS)


def mean_of(about: About) -> About:
    """What the mean over people of a person measure is: it stands in comparisons of whole networks."""
    return replace(
        about,
        name=f"mean_{about.name}",
        title=f"Mean of: {about.title[:1].lower()}{about.title[1:]}",
        of="network",
        reads=f"The mean over people of: {about.reads[:1].lower()}{about.reads[1:]}",
        formula=f"sum over people for whom it is defined of ({about.formula}) / number of those people",
        denominator="people for whom it is defined",
        undefined="it is defined for nobody",
        unit="",
        column=True,
    )


def _rank(end: str, title: str, reads: str) -> About:
    return About(
        name=f"betweenness_rank{end}",
        title=title,
        of="person",
        reads=reads,
        formula="place by betweenness, 1 the highest; equal people share the mean of their places",
        low=1.0,
        variant="100 networks (fewer of a large one, 40 at least), each tie missing with a chance of one in ten; 95 % range",
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
