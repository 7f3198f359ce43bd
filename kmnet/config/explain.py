"""What a config left to kmnet, said in sentences for ``kmnet check`` and the report."""

from __future__ import annotations

from kmnet.config.schema import Study


def defaults(study: Study) -> tuple[str, ...]:
    """A sentence for each default that was taken and that changes what is found.

    Examples
    --------
    >>> defaults(Study(title="x", data={"people": "people.csv"}))[0]
    'Cohorts are not named: everybody belongs to one.'
    """
    given = study.model_fields_set
    disclosure = study.disclosure
    sentences = {
        "cohorts": "Cohorts are not named: everybody belongs to one.",
        "moments": "Moments are not named: they follow the survey's waves, or the dates around start and end; "
        "without either there is one moment, and no change can be shown.",
        "networks": "Networks are not named: there is one for each source of ties.",
        "groups": "Groupings are not named: role, organisation and sector are used as far as they are there.",
        "compare": "The moments to compare are not named: the first and the last are compared.",
        "effect": "No primary question is named: pairs of one team are held against other pairs, in the first network.",
        "equity": "No group is named to be looked at first: public advisers are, where there are any.",
        "inference": f"Chance is drawn {study.inference.draws} times.",
        "share": f"The results are made for sharing at level {study.share}.",
        "disclosure": _disclosure(
            disclosure.small_numbers, disclosure.minimum, disclosure.unregistered, disclosure.consent_missing
        ),
        "output": f"The results go into the folder {study.output} beside the config.",
        "seed": f"Random draws start from seed {study.seed}.",
    }
    taken = [text for name, text in sentences.items() if name not in given]
    for name, rule in study.networks.items():
        fields = rule.model_fields_set
        if rule.from_ == "survey" and not rule.directed and "reports" not in fields:
            taken.append(f"In network {name} two people are tied if either of them says so.")
        if "at_least" not in fields:
            taken.append(f"In network {name} a strength of 1 is enough for a tie.")
        if rule.from_ == "attendance" and "weight" not in fields:
            taken.append(f"In network {name} a tie counts shared events, however many people were there.")
    return tuple(taken)


def _disclosure(small: str, minimum: int, unregistered: str, missing: str) -> str:
    rule = {
        "nhs": "numbers of 1 to 7 people are hidden and others rounded to the nearest 5 where results are public",
        "sacro": "numbers under 10 people are hidden where results are public",
        "none": "small numbers are shown",
    }[small]
    people = {"drop": "are left out", "group": "are counted as one group", "keep": "are kept"}[unregistered]
    consent = "included" if missing == "include" else "left out"
    return (
        f"Groups of fewer than {minimum} people are joined; {rule}. People who are not in the register {people}; "
        f"people without a word on consent are {consent}."
    )
