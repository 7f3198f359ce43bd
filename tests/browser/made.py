"""Results made by hand, for pages whose every number is known beforehand."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd

from kmnet.network.network import Label, Network, network
from kmnet.outputs import TABLES
from kmnet.results import Provenance, Results

ROLES = ("Practitioner", "Commissioner", "Public adviser", "Researcher")


def snapshot(ids: list[str], ties: list[tuple[str, str]], moment: str, answered: set[str] | None = None) -> Network:
    """A reported network of one moment; ``answered`` None means that ties do not rest on reports."""
    made = network(ids, ties, label=Label("knows", "All", moment))
    if answered is None:
        return replace(made, layer="behavioural")
    from kmnet.network.network import Reports

    empty = np.empty(0, dtype=np.int32)
    return replace(
        made,
        answered=np.array([name in answered for name in made.ids]),
        reports=Reports("either", empty, empty, np.empty(0)),
    )


def tie_change(before: Network, after: Network) -> pd.DataFrame:
    """formed, kept, dissolved or cannot_tell, pair by pair: a pair is judged if one of the two answered both times."""
    both = {name for name, a, b in zip(before.ids, before.answered, after.answered) if a and b}
    first, second = (
        {(s.ids[i], s.ids[j]) for i, j in zip(s.source.tolist(), s.target.tolist())} for s in (before, after)
    )
    rows = []
    for a, b in sorted(first | second):
        was, now = (a, b) in first, (a, b) in second
        state = "kept" if was and now else "formed" if now else "dissolved"
        rows.append(("knows", "All", a, b, was, now, state if {a, b} & both else "cannot_tell"))
    return pd.DataFrame(rows, columns=[c.name for c in TABLES["tie_change"].columns])


def person_rows(shot: Network) -> pd.DataFrame:
    """Degree and betweenness by networkx."""
    graph = nx.Graph()
    graph.add_nodes_from(shot.ids)
    graph.add_edges_from((shot.ids[i], shot.ids[j]) for i, j in zip(shot.source.tolist(), shot.target.tolist()))
    n = len(graph)
    share = nx.betweenness_centrality(graph, k=None if n < 300 else 40 if n < 2000 else 3, seed=1)
    return pd.DataFrame(
        {
            "network": shot.label.network,
            "cohort": shot.label.cohort,
            "moment": shot.label.moment,
            "id": list(shot.ids),
            "degree": [graph.degree(name) for name in shot.ids],
            "betweenness_share": [share[name] for name in shot.ids],
        }
    )


def results(
    people: pd.DataFrame,
    before: Network,
    after: Network,
    *,
    share: str = "inside",
    title: str = "A made-up study",
    **frames: pd.DataFrame,
) -> Results:
    """Results of two moments; ``people`` has id, label, role and organisation."""
    empty = {
        name: pd.DataFrame(columns=columns)
        for name, columns in {
            "organisations": ["id", "label"],
            "workshops": ["id", "label", "date", "cohort", "kind"],
            "artefacts": ["id", "label", "kind", "date", "team"],
            "contacts": ["source", "target", "date", "kind", "weight"],
            "artefact_events": ["artefact", "person", "organisation", "action", "date"],
            "attendance": ["person", "workshop", "date", "minutes", "table"],
        }.items()
    }
    people = people.assign(**{c: people.get(c, pd.Series([""] * len(people))) for c in ("team", "cohort")})
    return Results(
        title=title,
        share=share,  # type: ignore[arg-type]
        tables={
            "people": pd.concat([person_rows(before), person_rows(after)], ignore_index=True),
            "tie_change": tie_change(before, after),
        },
        snapshots=(before, after),
        people=people.assign(facilitator=False),
        measures={},
        headlines=(),
        reasons=(),
        provenance=Provenance({}, "", "", {"kmnet": "0"}, 1),
        facts={"network": "knows", "before": before.label.moment, "after": after.label.moment},
        **(empty | frames),
    )


def programme(n: int, seed: int = 1, *, share: str = "inside", organisations: int = 25) -> Results:
    """A random programme in which people of one organisation meet more often, and more so afterwards."""
    rng = np.random.default_rng(seed)
    ids = [f"N{k:05d}" for k in range(n)]
    home = rng.integers(0, organisations, n)
    role = rng.integers(0, len(ROLES), n)

    def drawn(ties: int) -> set[tuple[str, str]]:
        a, b = rng.integers(0, n, (2, 3 * ties))
        near = (home[a] == home[b]) | (rng.random(3 * ties) < 0.3)
        pairs = {(min(i, j), max(i, j)) for i, j in zip(a[near].tolist(), b[near].tolist()) if i != j}
        return {(ids[i], ids[j]) for i, j in sorted(pairs)[:: max(1, len(pairs) // ties)]}

    early = drawn(int(1.5 * n))
    late = {pair for k, pair in enumerate(sorted(early)) if k % 7} | drawn(n)
    silent = {name for k, name in enumerate(ids) if k % 9 == 0}
    people = pd.DataFrame(
        {
            "id": ids,
            "label": [f"Person {k}" for k in range(n)],
            "role": [ROLES[k] for k in role],
            "organisation": [f"O{k}" for k in home],
        }
    )
    return results(
        people,
        snapshot(ids, sorted(early), "before", set(ids)),
        snapshot(ids, sorted(late), "after", set(ids) - silent),
        share=share,
        title=f"A made-up study of {n} people",
        organisations=pd.DataFrame(
            {
                "id": [f"O{k}" for k in range(organisations)],
                "label": [f"Organisation {k}" for k in range(organisations)],
            }
        ),
    )


PAYLOADS = (
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<!--<script>",
    '"><svg onload=window.pwned=1>',
    "<a href='javascript:window.pwned=1'>href</a>",
    "{{ 7*7 }}${7*7}",
    '=HYPERLINK("http://x.invalid","x")',
    "@SUM(1)",
    "+1",
    "-1",
    "\u202eevil\u2028line\u2029para",
    "]]>&lt;b&gt;",
    "__proto__",
    "constructor",
    "'; DROP TABLE people; --",
    "L" + "o" * 298 + "ng",
    "Zoë Łukasz 李 \U0001f469\u200d\U0001f52c",
    " ",
)
"""Texts that must stay texts wherever they stand."""


def hostile() -> Results:
    """A study in which every text is an attack."""
    ids = [f"{payload}#{k}" for k, payload in enumerate(PAYLOADS)]
    ring = [(ids[k], ids[(k + 1) % len(ids)]) for k in range(len(ids))]
    star = [(ids[0], name) for name in ids[2:9]]
    days = pd.to_datetime(["2024-01-10", "2024-02-10", "2024-03-10"])
    people = pd.DataFrame(
        {
            "id": ids,
            "label": list(PAYLOADS),
            "role": [PAYLOADS[k % 5] for k in range(len(ids))],
            "organisation": [PAYLOADS[(k + 3) % 6] for k in range(len(ids))],
            "team": [PAYLOADS[(k + 1) % 4] for k in range(len(ids))],
            "cohort": [PAYLOADS[k % 3] for k in range(len(ids))],
        }
    )
    things = [f"T{k}" for k in range(3)]
    return results(
        people,
        snapshot(ids, ring, "before", set(ids)),
        snapshot(ids, ring[4:] + star, "after", set(ids[3:])),
        title=PAYLOADS[1] + PAYLOADS[2],
        organisations=pd.DataFrame({"id": PAYLOADS[:6], "label": PAYLOADS[2:8]}),
        workshops=pd.DataFrame(
            {"id": things, "label": PAYLOADS[:3], "date": days, "cohort": [""] * 3, "kind": PAYLOADS[:3]}
        ),
        artefacts=pd.DataFrame(
            {"id": things, "label": PAYLOADS[3:6], "kind": PAYLOADS[:3], "date": days, "team": [""] * 3}
        ),
        contacts=pd.DataFrame(
            {"source": ids[:3], "target": ids[3:6], "date": days, "kind": PAYLOADS[:3], "weight": [1.0] * 3}
        ),
        artefact_events=pd.DataFrame(
            {
                "artefact": things,
                "person": ids[:3],
                "organisation": [""] * 3,
                "action": ["made", "used", "shared"],
                "date": days,
            }
        ),
        attendance=pd.DataFrame(
            {"person": ids[:6], "workshop": things * 2, "date": [pd.NaT] * 6, "minutes": [0.0] * 6, "table": [""] * 6}
        ),
    )
