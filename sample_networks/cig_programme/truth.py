"""What is true of the sample, for tests: what was planted, and plain counts of the rows."""

from __future__ import annotations

from collections import Counter

from artefacts import STAYED, TOO_LATE, TRAVELLED, planted_route
from people import COHORTS, Person
from ties import WAVES


def tell_truth(
    everyone: list[Person],
    workshops: list[tuple],
    attendance: list[tuple],
    survey: list[tuple],
    respondents: list[tuple],
    interactions: list[tuple],
    artefacts: list[tuple],
    events: list[tuple],
) -> dict:
    """Everything planted, and counts that a reader of the files can check by hand."""
    gone = {p.id for p in everyone if p.withdrew}
    by_id = {p.id: p for p in everyone}
    maker, broker, buyer = planted_route(everyone)
    return {
        "rows": {
            "people": len(everyone),
            "workshops": len(workshops),
            "attendance": len(attendance),
            "survey": len(survey),
            "interactions": len(interactions),
            "artefacts": len(artefacts),
            "artefact_events": len(events),
        },
        "flaws": {
            "withdrawn": sorted(p.id for p in everyone if p.withdrew),
            "no_name": sorted(p.id for p in everyone if p.consent == "no name"),
            "duplicate_attendance_rows": len(attendance) - len({(r[0], r[1]) for r in attendance}),
            "unknown_people": ["Dr J. Ashworth", "Visitor from the press office"],
            "self_contacts": sum(r[0] == r[1] for r in interactions),
            "misspelt": {p.misspelt: p.id for p in everyone if p.misspelt},
            "same_name": sorted(p.id for p in everyone if p.name == "Anne Hughes"),
            "rows_by_name": sum(r[0] not in by_id for r in attendance),
        },
        "cohorts": {c.name: _cohort(c.code, everyone, gone, survey, respondents, interactions) for c in COHORTS},
        "effect": {
            "exposure": "team",
            "networks": ["knows", "works_together"],
            "planted_odds_ratio": {c.name: round(2.718281828459045**c.effect, 1) for c in COHORTS},
            "verdict": {"Cohort 1 and 2": "supported", "Cohort 3": "not supported"},
        },
        "nothing": {
            "region": "No tie depends on region: outside teams and organisations, the share of ties that cross "
            "regions is that of the pairs, before and after.",
            "cohort_3": "Sharing a team changed nothing in Cohort 3.",
        },
        "brokers": {c.name: sorted(p.id for p in everyone if p.broker and c.code in p.cohorts) for c in COHORTS},
        "artefacts": {
            "travelled": {
                "id": TRAVELLED,
                "route": [maker.id, broker.id, buyer.id],
                "used_by_organisation": buyer.organisation,
            },
            "stayed_with_its_makers": {"id": STAYED, "makers": sorted({e[1] for e in events if e[0] == STAYED})},
            "too_late_for_anyone": {"id": TOO_LATE, "makers": sorted({e[1] for e in events if e[0] == TOO_LATE})},
            "kinds": dict(sorted(Counter(a[2] for a in artefacts).items())),
            "actions": dict(sorted(Counter(e[3] for e in events).items())),
        },
    }


def _cohort(
    code: str, everyone: list[Person], gone: set[str], survey: list[tuple], respondents: list[tuple], log: list[tuple]
) -> dict:
    mine = {p.id for p in everyone if code in p.cohorts} - gone
    cohort = next(c for c in COHORTS if c.code == code)
    told: dict = {
        "people_registered": sum(code in p.cohorts for p in everyone),
        "people": len(mine),
        "teams": len({p.team for p in everyone if p.id in mine and p.cohorts[0] == code} - {""}),
        "start": cohort.start.isoformat(),
        "end": cohort.end.isoformat(),
        "never_named_and_silent": sorted(p.id for p in everyone if p.isolate and p.id in mine),
        "contacts": sum(r[0] in mine and r[1] in mine and r[0] != r[1] for r in log),
    }
    for wave in WAVES:
        asked = {r[1]: r[2] == "true" for r in respondents if r[0] == wave and r[1] in mine}
        pairs = {
            frozenset((r[1], r[2]))
            for r in survey
            if r[0] == wave and r[3] == "knows" and r[4] >= 2 and r[1] in mine and r[2] in mine
        }
        tied = {i for pair in pairs for i in pair}
        told[wave] = {
            "asked": len(asked),
            "answered": sum(asked.values()),
            "knows_ties_if_either_reports": len(pairs),
            "isolates": len(mine - tied),
            "isolates_among_those_asked": len(set(asked) - tied),
        }
    return told
