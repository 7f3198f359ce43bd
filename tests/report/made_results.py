"""Results with every table filled, small and known: what the report is shown, and what it is attacked with."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any, Literal

import numpy as np
import pandas as pd

from kmnet.network.network import Label, Network, network
from kmnet.outputs import TABLES
from kmnet.results import About, Headline, Provenance, Reason, Results

Name = Callable[[str], str]
ROLES = ("Commissioner", "Practitioner", "Public adviser")
IDS = tuple(f"P{k:02d}" for k in range(12))


def same(text: str) -> str:
    return text


def made(share: Literal["inside", "partners", "public"] = "inside", name: Name = same) -> Results:
    """Two cohorts, two networks, two moments; ``name`` turns each text of the data into another (an attack)."""
    ids = [name(i) for i in IDS]
    role = {i: name(ROLES[k % 3]) for k, i in enumerate(ids)}
    shots = [
        _snapshot(ids, role, name, net, cohort, moment)
        for net, cohort, moment in product(("knows", "works_together"), ("All", name("Cohort 1")), ("before", "after"))
    ]
    people = pd.DataFrame(
        {
            "id": ids,
            "label": [name(f"Person {i}") for i in IDS],
            "role": list(role.values()),
            "organisation": [name(f"Trust {k % 4}") for k in range(12)],
            "team": [name(f"Team {k % 2}") for k in range(12)],
            "cohort": name("Cohort 1"),
            "facilitator": [k == 0 for k in range(12)],
        }
    )
    days = pd.to_datetime(["2018-01-10", "2018-03-12", "2018-06-04"])
    return Results(
        title=name("Did people meet?"),
        share=share,
        tables=_tables(ids, role, name),
        snapshots=tuple(shots),
        people=people,
        organisations=pd.DataFrame({"id": [name(f"Trust {k}") for k in range(4)], "label": [name(f"T{k}") for k in range(4)]}),
        workshops=pd.DataFrame(
            {"id": ["W1", "W2", "W3"], "label": [name(f"Day {k}") for k in range(3)], "date": days, "cohort": "", "kind": ""}
        ),
        artefacts=pd.DataFrame(
            {"id": ["A1", "A2", "A3"], "label": [name(f"Plan {k}") for k in range(3)], "kind": "", "date": days, "team": ""}
        ),
        contacts=pd.DataFrame({"source": ids[:2], "target": ids[2:4], "date": days[:2], "kind": "", "weight": 1.0}),
        attendance=pd.DataFrame({"person": ids[:3], "workshop": "W1", "date": days, "minutes": np.nan, "table": ""}),
        artefact_events=pd.DataFrame(
            {"artefact": "A1", "person": ids[:2], "organisation": "", "action": ["made", "used"], "date": days[:2]}
        ),
        measures=_measures(name),
        headlines=_headlines(name),
        reasons=(
            Reason("networks", (("network", "knows"), ("moment", "before")), "reciprocity", name("it is undirected")),
            Reason("people", (), "constraint", name("nobody to be constrained by")),
        ),
        provenance=Provenance({name("people.csv"): "ab" * 32}, "cd" * 32, name("title: x"), {"kmnet": "0.1"}, 7, "run1"),
        notes=(name("Dates were taken as given."),),
        facts={
            "network": "knows", "before": "before", "after": "after", "start": "2018-01-10", "end": "2018-12-01",
            "draws": 999, "response": {name("baseline"): (9, 12), name("follow-up"): (6, 12)}, "responses": "inferred",
        },
    )  # fmt: skip


def _snapshot(ids: list[str], role: dict[str, str], name: Name, net: str, cohort: str, moment: str) -> Network:
    n = len(ids) - 1  # the last person has no tie
    ring = [(ids[k], ids[(k + 1) % n]) for k in range(n)]
    chords = [(ids[k], ids[(k + 4) % n]) for k in range(0, n, 2)] if moment == "after" else []
    return network(ids, ring[3:] + chords, groups={"role": role}, label=Label(net, cohort, moment))


def _measures(name: Name) -> dict[str, About]:
    titles = {
        "density": "Density", "mean_degree": "Contacts per person", "reciprocity": "Returned ties", "degree": "Contacts",
        "betweenness": "Betweenness", "constraint": "Constraint", "ties_per_person": "Ties per person",
    }  # fmt: skip
    return {
        key: About(
            name=key, title=title, of="network", reads=name(f"What {title} says."), formula="m / (n(n-1))", low=0.0,
            high=1.0, source=name("Somebody 1979"), misreading="Bigger is not better.",
        )
        for key, title in titles.items()
    }  # fmt: skip


def _headlines(name: Name) -> tuple[Headline, ...]:
    return (
        Headline(
            "connectivity_change", "Clear",
            {"before": 4.8, "after": 6.4, "difference": 1.6, "low": 0.1, "high": 3.1, "people": 34, "pairs": 1122,
             "formed": 61, "kept": 143, "dissolved": 10},
        ),
        Headline(
            "programme_mark", "Likely",
            {"verdict": "suggestive", "exposure": "team", "exposed_pairs": 100, "exposed_ties": 29, "other_pairs": 500,
             "other_ties": 43, "estimate": 3.9},
        ),
        Headline("brokers", "Cannot tell", {"roles": ((name("Facilitator"), 3), (name("Researcher"), 2)), "top": 5}),
        Headline("equity", "Clear", {"group": name("Public adviser"), "value": 4.0, "others": 6.0, "measure": "contacts"}),
        Headline("something_new", "Cannot tell", {}, name("Nobody looked at it")),
        Headline("cannot", "Cannot tell", {}, name("Why it changed")),
    )  # fmt: skip


def _frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows with every fixed column: what a row leaves out is filled by the column's kind."""
    fill = {
        "people": 9.0, "count": 3.0, "number": 1.25, "share": 0.4, "p": 0.03, "flag": True, "date": "2018-03-12",
        "text": "", "key": "", "group": "", "person": "", "organisation": "", "artefact": "", "workshop": "",
    }  # fmt: skip
    fixed = TABLES[table].columns
    whole = [{c.name: row.get(c.name, fill[c.kind]) for c in fixed} | row for row in rows]
    return pd.DataFrame(whole)


def _tables(ids: list[str], role: dict[str, str], name: Name) -> dict[str, pd.DataFrame]:
    first, groups, cohort = ids[0], sorted(set(role.values())), name("Cohort 1")
    nets, cohorts, moments, staff = (
        ("knows", "works_together"),
        ("All", cohort),
        ("before", "after"),
        ("with", "without"),
    )
    keys = [{"network": n, "cohort": c, "moment": m} for n, c, m in product(nets, cohorts, moments)]
    measures = ("ties_per_person", "density", "reciprocity", "mean_degree")
    rows: dict[str, list[dict[str, Any]]] = {
        "people": [
            key | {"id": i, "degree": 3.0 + k, "betweenness": 10.0 - k, "constraint": np.nan if k == 1 else 0.3,
                   "betweenness_rank_low": 1.0, "betweenness_rank_high": 5.0}
            for key in keys for k, i in enumerate(ids)
        ],
        "networks": [
            key | {"facilitators": f, "density": 0.2, "mean_degree": 3.0, "reciprocity": np.nan, "isolates": 1.0}
            for key in keys for f in staff
        ],
        "organisations": [key | {"id": name("Trust 0")} for key in keys],
        "brokerage": [key | {"partition": "role", "id": first, "group": groups[0]} for key in keys],
        "brokerage_totals": [
            key | {"partition": "role", "level": "group", "group": g, "role": r}
            for key in keys for g in groups for r in ("coordinator", "liaison", "total")
        ],
        "brokerage_change": [
            {"network": "knows", "cohort": "All", "partition": "role", "id": i, "group": role[i], "q": 0.01 + k / 10}
            for k, i in enumerate(ids[:4])
        ],
        "bridges": [key | {"source": ids[0], "target": ids[1], "groups_crossed": "role;team"} for key in keys],
        "mixing": [
            key | {"partition": "role", "from_group": a, "to_group": b, "density": 0.1 * (1 + i + j), "z": 3.0 - 3 * i}
            for key in keys for i, a in enumerate(groups) for j, b in enumerate(groups)
        ],
        "change": [
            {"network": n, "cohort": c, "measure": m, "panel": p, "facilitators": f, "before": 4.8, "after": 6.4,
             "difference": 1.6, "low": np.nan if m == "density" else 0.1, "high": np.nan if m == "density" else 3.1,
             "note": name("described only") if m == "density" else ""}
            for n, c, m, p, f in product(nets, cohorts, measures, ("same_people", "all_people"), staff)
        ],
        "tie_change": [
            {"network": "knows", "cohort": "All", "source": ids[k], "target": ids[k + 1],
             "change": ("formed", "kept", "dissolved", "cannot_tell")[k % 4]}
            for k in range(8)
        ],
        "tie_change_summary": [
            {"network": n, "cohort": c, "facilitators": f} for n, c, f in product(nets, cohorts, staff)
        ],
        "tie_survival": [
            {"network": "knows", "cohort": c, "from_moment": moments[-2], "to_moment": moments[-1], "partition": p}
            for c in cohorts for p in ("role", "local_bridge")
        ],
        "networks_by_chance": [
            key | {"facilitators": "without", "measure": m, "model": model}
            for key in keys for m in ("transitivity", "degree_centralisation") for model in ("same_degrees", "same_ties")
            if (m, model) != ("degree_centralisation", "same_degrees")
        ],
        "tie_change_pairs": [
            {"network": "knows", "cohort": c, "partition": p, "pairs_of": kind, "from_group": a, "to_group": b}
            for c in cohorts
            for p, kind, a, b in (("team", "shared", "", ""), ("role", "within", "", ""),
                                  *(("role", "groups", groups[0], g) for g in groups))
        ],
        "cohorts": [
            {"network": "knows", "measure": m, "cohort": c, "moment": t, "value": 4.0, "reason": name("short window")}
            for m, c, t in product(("ties_per_person", "density"), cohorts, moments)
        ],
        "artefacts": [
            {"artefact": f"A{k}", "kind": name("Report"), "partition": p, "group": g, "reached": 5.0 - k, "reachable": 8.0,
             "used": 1.0, "via": first}
            for k in (1, 2, 3) for p, g in [("everybody", "everybody"), *(("role", g) for g in groups)]
        ],
        "carriers": [{"id": i} for i in ids[:3]],
        "equity": [
            key | {"partition": "role", "group": groups[-1], "measure": m, "gap": -2.0, "low": -4.0, "high": -0.5,
                   "note": name("labels shuffled")}
            for key in keys for m in ("degree", "betweenness")
        ],
        "dependence": [
            key | {"removed": r, "id": first if r in ("person", "best set") else "", "set_size": 1.0 + s, "group": ""}
            for key in keys for s, r in enumerate(("person", "facilitators", "best set", "best set"))
        ],
        "effect": [
            {"network": "knows", "cohort": "All", "test": t, "exposure": "team", "verdict": "supported",
             "note": name("both agree")}
            for t in ("formation", "association_change", "placebo", "verdict")
        ],
        "attendance": [
            {"cohort": cohort, "workshop": w, "title": name(f"Day {w}"), "date": "2018-01-10", "share": 0.6}
            for w in ("W1", "W2", "W3")
        ],
        "ledger": [{"table": "people", "file": name("people.csv"), "read": 12, "used": 12, "set_aside": 0}],
        "findings": [
            {"code": "KM401", "name": "self-tie", "severity": "warning", "file": name("log.csv"), "line": 4,
             "message": name("A row ties a person to itself"), "fix": name("Nothing.")}
        ],
    }  # fmt: skip
    return {table: _frame(table, found) for table, found in rows.items() if table in TABLES}
