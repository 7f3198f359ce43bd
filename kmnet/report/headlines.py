"""The opening: each :class:`~kmnet.results.Headline` as a plain sentence.

A topic is a function of this file; its docstring lists the keys of ``Headline.numbers`` that it reads. Every key may
be missing: the sentence then says less. A topic without a function prints the headline's ``reason``. No sentence of
the opening holds a p-value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from kmnet.report import words as w
from kmnet.results import Headline

Numbers = Mapping[str, Any]

RULE = {
    "Clear": "the interval lies wholly on one side of no change, both tests of the programme's mark agree, or the sentence"
    " only counts what is on record",
    "Likely": "one of the two tests says so, or both do and the data have a weakness, or an order of people mostly holds"
    " with ties missing",
    "Cannot tell": "the data do not settle it; the sentence says why",
}


def tells(headline: Headline) -> bool:
    """Whether there is anything to say: of numbers that may not be shown there is not."""
    return bool(_said(headline) or headline.reason)


def plain(headline: Headline) -> str:
    """One headline without its technical reason; never empty."""
    return _said(headline) or sentence(headline)


def sentence(headline: Headline) -> str:
    """One headline in words; never empty."""
    return f"{_said(headline)} {w.sentence(headline.reason)}".strip() or w.sentence(w.plain(headline.topic))


def _said(headline: Headline) -> str:
    say = _TOPICS.get(headline.topic)
    return w.sentence(say(headline.numbers, headline.tag) if say else "")


def _given(numbers: Numbers, *keys: str) -> bool:
    return all(not w.undefined(numbers.get(key)) for key in keys)


def _who(n: Numbers, tag: str) -> str:
    """people, organisations, teams, workshops, cohorts, ties."""
    nouns = {
        "people": ("person", "people"), "organisations": ("organisation", ""), "teams": ("team", ""),
        "cohorts": ("cohort", ""), "workshops": ("workshop", ""), 
        "artefacts": ("piece of evidence", "pieces of evidence"),
    }  # fmt: skip
    said = [w.many(n[key], *noun) for key, noun in nouns.items() if _given(n, key)]
    return f"The study holds {w.listing(said)}" if said else ""


def _connectivity_change(n: Numbers, tag: str) -> str:
    """before, after, difference (ties per person), low, high, people, pairs, formed, kept, dissolved, network."""
    if not _given(n, "before", "after"):
        return ""
    before, after = w.number(n["before"]), w.number(n["after"])
    change = n.get("difference", n["after"] - n["before"])
    direction = "more" if change > 0 else "fewer"
    if tag == "Cannot tell":
        opening = (
            f"Ties per person went from {before} before to {after} after, which does not settle whether ties changed"
        )
    elif change == 0:
        opening = f"Ties per person stayed at {after}"
    else:
        better = "People have more ties" if change > 0 else "People have fewer ties"
        opening = f"{better}: {after} per person after the programme, {before} before"
    detail = []
    if _given(n, "low", "high"):
        low, high = n["low"], n["high"]
        if low > 0 or high < 0:
            ends = sorted((abs(low), abs(high)))
            detail.append(f"the data fit anything from {w.number(ends[0])} to {w.number(ends[1])} {direction}")
        else:
            detail.append(f"the data fit anything from {w.number(abs(low))} fewer to {w.number(high)} more")
    if _given(n, "people"):
        pairs = f" and {w.many(n['pairs'], 'pair')}" if _given(n, "pairs") else ""
        detail.append(f"{w.many(n['people'], 'person', 'people')}{pairs} seen both times")
    text = f"{opening} ({'; '.join(detail)})" if detail else opening
    if _given(n, "formed", "kept", "dissolved"):
        text += (
            f". {w.many(n['formed'], 'tie was', 'ties were')} formed, {w.count(n['kept'])} kept"
            f" and {w.count(n['dissolved'])} lost"
        )
    return text + ". This shows change, not its cause"


_SHARED = {
    "team": ("were in the same team", "Being in the same team"),
    "workshops": ("came to more of the same workshops than the typical pair", "Coming to the same workshops"),
    "tables": ("sat at more of the same tables than the typical pair", "Sitting at the same tables"),
    "participation": ("both took part", "Taking part together"),
}
_VERDICTS = {
    "supported": "{mark} goes with new ties beyond what other pairs show",
    "suggestive": "{mark} may well go with new ties beyond what other pairs show, which the data suggest and do not settle",
    "mixed": "The two tests of whether {lower} goes with new ties disagree",
    "not_shown": "The data do not show that {lower} goes with new ties",
    "cannot_be_tested": "Whether {lower} goes with new ties cannot be tested here",
}


def _programme_mark(n: Numbers, tag: str) -> str:
    """verdict, exposure, exposed_pairs, exposed_ties, other_pairs, other_ties, estimate, low, high."""
    exposure = str(n.get("exposure", "team"))
    did, mark = _SHARED.get(exposure, (f"shared {w.plain(exposure)}", f"Sharing {w.plain(exposure)}"))
    verdict = _VERDICTS.get(str(n.get("verdict", "")), "")
    text = verdict.format(mark=mark, lower=mark[0].lower() + mark[1:])
    if text and _negative(n):
        text = text.replace("with new ties", "with fewer new ties")
    if _given(n, "exposed_pairs", "exposed_ties", "other_pairs", "other_ties"):
        counts = (
            f"among pairs without a tie before, {w.part(n['exposed_ties'], n['exposed_pairs'])} who {did} formed one,"
            f" and {w.part(n['other_ties'], n['other_pairs'])} of the others"
        )
        text = f"{text}: {counts}" if text else counts
    return text


def _negative(n: Numbers) -> bool:
    return w.real(n.get("estimate"), 1.0) < 1


def _mixing(n: Numbers, tag: str) -> str:
    """partition, people, before_across, before_ties, after_across, after_ties, new_across, new_ties."""
    across = f"across {_groups(n.get('partition', 'groups'))}"
    if _given(n, "people"):
        across += f", among the {w.many(n['people'], 'person', 'people')} who can be seen both times"
    if not _given(n, "after_across", "after_ties"):
        return ""
    after = w.part(n["after_across"], n["after_ties"])
    if not _given(n, "before_across", "before_ties"):
        return f"{after} ties run {across}"
    before = w.part(n["before_across"], n["before_ties"])
    text = f"Ties {across}: {before} before, {after} after"
    if _given(n, "new_across", "new_ties"):
        text += f"; of the new ties {w.part(n['new_across'], n['new_ties'])}"
    return text


def _groups(partition: Any) -> str:
    name = w.plain(str(partition))
    return name if name.endswith("s") else f"{name}s"


def _brokers(n: Numbers, tag: str) -> str:
    """roles (pairs of role and number among the first ``top``), top, facilitators, share (of cross-group routes)."""
    roles = n.get("roles") or ()
    if not roles:
        return ""
    partition = str(n.get("partition", "role"))
    said = w.listing(f"{w.count(number)} {_members(role, number, partition)}" for role, number in roles)
    top = w.count(n.get("top", sum(number for _, number in roles if not isinstance(number, str))))
    text = f"The {top} people who most often link others are {said}"
    if n.get("top") == 1:
        text = f"The person who most often links others is {said}"
    if _given(n, "facilitators"):
        text += f"; {w.small(n['facilitators'])} of them {'is' if n['facilitators'] == 1 else 'are'} programme staff"
    if _given(n, "same_by_chance"):
        text += f". Even if nothing had changed, about {w.count(n['same_by_chance'])} of the {top} would stay the same"
    return text


def _members(group: Any, number: Any, partition: str) -> str:
    """People of a group: by their role where the group is one, else by where they are from."""
    name = str(group)
    if partition != "role":
        return f"from {name}" if name.lower() not in ("other", "others") else f"from another {w.plain(partition)}"
    return "of other roles" if re.match(r"others?\b", name, re.IGNORECASE) else _plural(name, number)


def _plural(role: Any, number: Any) -> str:
    name = str(role)
    name = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    return name if number == 1 or name.endswith("s") else f"{name}s"


def _equity(n: Numbers, tag: str) -> str:
    """group, partition, measure (a title), value, others, people, low, high."""
    if not _given(n, "value", "others"):
        return ""
    group = _members(n.get("group", "the group"), 2, str(n.get("partition", "role")))
    group = group if group.startswith(("from ", "of ")) else f"among {group}"
    people = f" ({w.many(n['people'], 'person', 'people')})" if _given(n, "people") else ""
    what = w.plain(str(n.get("measure", "ties")))
    text = (
        f"A typical person {group}{people} has {w.number(n['value'])} {what.lower()},"
        f" a typical other person {w.number(n['others'])}"
    )
    if tag == "Cannot tell":
        text += "; the difference is within what chance gives"
    return text


def _evidence(n: Numbers, tag: str) -> str:
    """artefacts, reached (received outside their makers), used, organisations_reached, organisations."""
    if not _given(n, "artefacts"):
        return ""
    if not _given(n, "reached"):
        return f"{w.many(n['artefacts'], 'piece')} of evidence {'is' if n['artefacts'] == 1 else 'are'} recorded"
    if tag == "Cannot tell":
        return (
            f"Of {w.many(n['artefacts'], 'piece')} of evidence it is on record for none that others received or used it"
        )
    text = f"Of {w.many(n['artefacts'], 'piece')} of evidence, {_of(n['reached'], n['artefacts'])} are recorded as"
    text += " received by others"
    if _given(n, "used"):
        text += f" and {_of(n['used'], n['artefacts'])} as used"
    if _given(n, "organisations_reached", "organisations"):
        text += f"; they came to {w.part(n['organisations_reached'], n['organisations'])} organisations"
    return text


def _of(some: Any, whole: Any) -> str:
    """A part whose whole was just named."""
    return w.part(some, whole).replace(f" of {w.count(whole)}", "", 1)


def _dependence(n: Numbers, tag: str) -> str:
    """facilitators, reachable_with, reachable_without (shares of pairs), isolates_with, isolates_without."""
    if not _given(n, "reachable_with", "reachable_without"):
        return ""
    staff = w.many(n["facilitators"], "facilitator") if _given(n, "facilitators") else "the facilitators"
    text = (
        f"Without {staff}, {w.percent(n['reachable_without'])} of the remaining pairs can still reach each other"
        f" through the network; with them it is {w.percent(n['reachable_with'])}"
    )
    if _given(n, "isolates_without"):
        text += f". {w.many(n['isolates_without'], 'person', 'people')} would have no tie"
        text += f"; with them {w.count(n['isolates_with'])} have none" if _given(n, "isolates_with") else ""
    return text


def _no_change_possible(n: Numbers, tag: str) -> str:
    """moments (how many there are)."""
    return "The data hold one moment only, so no change can be shown"


def _cannot(n: Numbers, tag: str) -> str:
    """reason of the headline says it."""
    return ""


def _no_uncertainty_yet(n: Numbers, tag: str) -> str:
    """Nothing."""
    return "No uncertainty is shown yet: the numbers describe these data and may not be read as effects"


_TOPICS: dict[str, Callable[[Numbers, str], str]] = {
    "who": _who,
    "connectivity_change": _connectivity_change,
    "programme_mark": _programme_mark,
    "mixing": _mixing,
    "brokers": _brokers,
    "equity": _equity,
    "evidence": _evidence,
    "dependence": _dependence,
    "no_change_possible": _no_change_possible,
    "cannot": _cannot,
    "no_uncertainty_yet": _no_uncertainty_yet,
}
