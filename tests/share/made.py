"""A made study with a canary in every column of every table, and small results made by hand."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from kmnet.config.schema import Study
from kmnet.network.network import Label, Network, network
from kmnet.outputs import TABLES
from kmnet.results import Provenance, Results
from kmnet.share.rows import Person

ROLES = ("Public adviser", "Practitioner", "Commissioner")
ORGANISATIONS = ("North Trust", "South Trust", "Council")
TEAMS = ("Falls", "Sleep")

CONFIG = """\
title: Planted names
data:
  people: people.csv
  organisations: organisations.csv
  workshops: workshops.csv
  attendance: signin-vorpalinski.csv
  interactions: interactions.csv
  survey: survey.csv
  respondents: respondents.csv
  artefacts: artefacts.csv
  artefact_events: artefact_events.csv
  aliases: aliases.csv
  withdrawn: withdrawn.csv
cohorts: [{name: One, start: 2020-03-01, end: 2020-09-01}]
moments:
  - {name: before, from: start - 6 months, until: start, wave: baseline}
  - {name: after, from: end, until: end + 6 months, wave: follow-up}
networks:
  knows: {from: survey, relation: knows}
  advice: {from: interactions, directed: true}
  met: {from: attendance, within: table}
groups: [role, organisation, sector, hobby]
inference: {draws: 99}
"""

CANARIES = {
    "person": "zqpersonid77", "name": "Zdeněk Vorpalinski", "role": "Zqrolewright", "organisation": "Zqorgworth",
    "team": "Zqteamfold", "email": "z.vorpalinski@zqmailford.org", "hobby": "Zqhobbyhorse",
    "hostile 1": "Zqscript</script><img src=x onerror=alert(1)>", "hostile 2": '=HYPERLINK("http://zqlink.example")',
    "hostile 3": "Zqmath $x_zqsub$ Zqmathson", "org name": "Zqorgnamely Ltd", "sector": "Zqsectoral", "region": "Zqregional",
    "workshop": "zqworkshopid", "title": "Zqtitled session", "workshop kind": "Zqkindly", "table": "Zqtabletop",
    "contact kind": "Zqchatter", "artefact": "zqartefactid", "artefact title": "Zqpaperwork notes",
    "artefact kind": "Zqpamphlet", "written": "Zqaliasname Vorpal", "withdrawn": "zqwithdrawn88",
    "withdrawn name": "Zqgonewell Departed", "stranger": "Zqstranger Passerby",
}  # fmt: skip
"""What is planted, by where; each is unique, and none may be seen outside the team."""


def canaries() -> tuple[Person, ...]:
    """The planted texts as people to look for: whole, and every part of them."""
    return tuple(
        Person(f"nobody{k}xyz" if " " in text else text, text, text if "@" in text else "")
        for k, text in enumerate(CANARIES.values())
    )


def write_study(folder: Path, *, canary: bool = True, people: int = 36) -> Path:
    """The study's files; returns the config."""
    chance = random.Random(5)
    c = CANARIES
    ids = [f"u{k:03d}" for k in range(people)]
    rows = [
        (
            i,
            f"Firstly{k} Lastly{k}",
            ROLES[k % 3],
            ORGANISATIONS[k // 2 % 3],
            TEAMS[k % 2],
            f"u{k}@example.org",
            f"h{k % 2}",
        )
        for k, i in enumerate(ids)
    ]
    days = ("2019-11-05", "2020-01-20", "2020-10-02", "2020-12-11")
    talk = [(*chance.sample(ids, 2), chance.choice(days), "advice", "") for _ in range(160)]
    named = [(w, *chance.sample(ids, 2), "knows") for w in ("baseline", "follow-up") for _ in range(90)]
    came = [(i, f"w{k}", f"2020-0{3 + k}-10", 60, f"t{chance.randrange(4)}") for i in ids for k in range(3)]
    asked = [(w, i, "true") for w in ("baseline", "follow-up") for i in ids]
    events = [
        (f"a{k}", chance.choice(ids), "", action, "2020-05-0" + str(1 + k))
        for k in range(4)
        for action in ("made", "used")
    ]
    organisations = [(o, f"{o} of Made", "Health", "North") for o in ORGANISATIONS]
    workshops = [(f"w{k}", f"Session {k}", f"2020-0{3 + k}-10", "workshop") for k in range(3)]
    artefacts = [(f"a{k}", f"Paper {k}", "report", f"2020-05-0{1 + k}", TEAMS[k % 2]) for k in range(4)]
    aliases: list[tuple[Any, ...]] = []
    withdrawn: list[tuple[Any, ...]] = []
    if canary:
        rows += [
            (c["person"], c["name"], c["role"], c["organisation"], c["team"], c["email"], c["hobby"]),
            ("u900", c["hostile 1"], ROLES[0], ORGANISATIONS[0], TEAMS[0], "", "h1"),
            ("u901", c["hostile 2"], ROLES[1], ORGANISATIONS[1], TEAMS[1], "", "h1"),
            ("u902", c["hostile 3"], ROLES[2], ORGANISATIONS[2], TEAMS[0], "", "h0"),
            (c["withdrawn"], c["withdrawn name"], ROLES[2], ORGANISATIONS[2], TEAMS[0], "gone@zqmailford.org", "h0"),
        ]
        both = (c["person"], "u900", "u901", "u902", c["withdrawn"])
        talk += [(one, ids[k], days[k % 4], "advice", c["person"]) for k, one in enumerate(both)]
        talk += [(c["person"], ids[5], days[1], c["contact kind"], "")]
        talk += [(c["stranger"], ids[3], days[0], "advice", "")]
        named += [(w, one, ids[k], "knows") for k, one in enumerate(both) for w in ("baseline", "follow-up")]
        came += [(one, "w1", "2020-04-10", 47, c["table"]) for one in both]
        came += [(c["person"], c["workshop"], "2020-06-11", 33, "t1"), (c["written"], "w2", "2020-05-10", 5, "t1")]
        asked += [(w, one, "true") for w in ("baseline", "follow-up") for one in both]
        events += [
            (c["artefact"], c["person"], "", "made", "2020-06-01"),
            ("a1", c["withdrawn"], "", "used", "2020-07-01"),
        ]
        organisations.append((c["organisation"], c["org name"], c["sector"], c["region"]))
        workshops.append((c["workshop"], c["title"], "2020-06-11", c["workshop kind"]))
        artefacts.append((c["artefact"], c["artefact title"], c["artefact kind"], "2020-06-01", c["team"]))
        aliases.append((c["written"], c["person"]))
        withdrawn.append((c["withdrawn"], "2020-08-01"))
    _csv(folder, "people", "id name role organisation team email hobby", rows)
    _csv(folder, "organisations", "id name sector region", organisations)
    _csv(folder, "workshops", "id title date kind", workshops)
    _csv(folder, "signin-vorpalinski", "person workshop date minutes table", came)
    _csv(folder, "interactions", "source target date kind introduced_by", talk)
    _csv(folder, "survey", "wave source target relation", sorted(set(named)))
    _csv(folder, "respondents", "wave person answered", asked)
    _csv(folder, "artefacts", "id title kind date team", artefacts)
    _csv(folder, "artefact_events", "artefact person organisation action date", events)
    _csv(folder, "aliases", "written person", aliases)
    _csv(folder, "withdrawn", "person date", withdrawn)
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    return folder / "config.yaml"


def _csv(folder: Path, name: str, heads: str, rows: Iterable[tuple[Any, ...]]) -> None:
    frame = pd.DataFrame(list(rows), columns=heads.split())
    frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


def study(**more: Any) -> Study:
    """A study's settings, for results made by hand."""
    return Study.model_validate({"title": "Made", "data": {"people": "people.csv"}, **more})


def results(frame: pd.DataFrame, shots: Iterable[Network] = (), /, **tables: pd.DataFrame) -> Results:
    """Results with a few tables, and empty frames for all else."""
    frames = {name: pd.DataFrame(columns=[c.name for c in spec.columns]) for name, spec in TABLES.items()}
    return Results(
        title="Made",
        share="inside",
        tables=frames | tables,
        snapshots=tuple(shots),
        people=frame,
        organisations=pd.DataFrame(columns=["id", "label", "sector", "region"]),
        workshops=pd.DataFrame(columns=["id", "label", "date", "cohort", "kind"]),
        artefacts=pd.DataFrame(columns=["id", "label", "kind", "date", "team"]),
        contacts=pd.DataFrame(columns=["source", "target", "date", "kind", "weight"]),
        artefact_events=pd.DataFrame(columns=["artefact", "person", "organisation", "action", "date"]),
        attendance=pd.DataFrame(columns=["person", "workshop", "date", "minutes", "table"]),
        measures={},
        headlines=(),
        reasons=(),
        provenance=Provenance({}, "", "", {}, 1),
    )


def register(groups: dict[str, tuple[str, str]]) -> pd.DataFrame:
    """A people frame from id: (role, organisation)."""
    return pd.DataFrame(
        [(i, i, role, place, "", "", False) for i, (role, place) in groups.items()],
        columns=["id", "label", "role", "organisation", "team", "cohort", "facilitator"],
    )


def shot(ids: Iterable[str], ties: list[tuple[str, str]], people: pd.DataFrame, *, directed: bool = False) -> Network:
    """A network called knows, before, with the groups of a people frame."""
    groups = {c: dict(zip(people["id"], people[c])) for c in ("role", "organisation")}
    return network(list(ids), ties, directed=directed, groups=groups, label=Label("knows", "All", "before"))
