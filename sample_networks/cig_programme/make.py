"""Make the sample programme: `python make.py` writes every CSV of this folder and truth.json, the same bytes each time.

A fictional programme of Collaborative Implementation Groups (CIGs). What is planted is told in README.md and, for
programs, in truth.json. Needs numpy only; people.py makes who takes part, ties.py what happens between them.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
from artefacts import make_artefacts
from people import COHORTS, make_people
from ties import make_interactions, make_survey
from truth import tell_truth
from words import ORGANISATIONS
from workshops import make_attendance, make_workshops

HERE = Path(__file__).resolve().parent
SEED = 20170116


def write(name: str, header: list[str], rows: list[tuple]) -> None:
    """One table, comma separated, UTF-8, the line ends of Unix."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Every stage draws from its own stream, so that a change to one leaves the others alone."""
    streams = iter(np.random.default_rng(SEED).spawn(6))
    everyone = make_people(next(streams))
    workshops = make_workshops()
    attendance = make_attendance(everyone, workshops, next(streams))
    survey, respondents = make_survey(everyone, next(streams))
    interactions = make_interactions(everyone, survey, next(streams))
    artefacts, events, carried = make_artefacts(everyone, next(streams))
    interactions = sorted(interactions + carried, key=lambda row: (row[2], row[0], row[1], row[3]))

    write("organisations.csv", ["id", "name", "sector", "region"], list(ORGANISATIONS))
    write(
        "people.csv",
        ["id", "name", "role", "organisation", "team", "cohort", "facilitator", "consent", "email"],
        [p.row for p in sorted(everyone, key=lambda p: p.id)],
    )
    write("workshops.csv", ["id", "title", "date", "cohort", "hours", "kind"], workshops)
    write("attendance.csv", ["person", "workshop", "date", "minutes", "table"], attendance)
    write("survey.csv", ["wave", "source", "target", "relation", "strength"], survey)
    write("respondents.csv", ["wave", "person", "answered"], respondents)
    write("interactions.csv", ["source", "target", "date", "kind", "weight", "introduced_by"], interactions)
    write("artefacts.csv", ["id", "title", "kind", "date", "team"], artefacts)
    write("artefact_events.csv", ["artefact", "person", "organisation", "action", "date"], events)
    write("aliases.csv", ["written", "person"], [(p.misspelt, p.id) for p in everyone if p.misspelt])
    write("withdrawn.csv", ["person", "date"], [(p.id, p.withdrew) for p in everyone if p.withdrew])
    truth = tell_truth(everyone, workshops, attendance, survey, respondents, interactions, artefacts, events)
    text = json.dumps(truth, indent=1, ensure_ascii=False) + "\n"
    (HERE / "truth.json").write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    assert len(COHORTS) == 3
    main()
