"""Real studies, written as configs: every number that other programs give for them comes out of the command line."""

from __future__ import annotations

import functools
import json
import math
from typing import Any

import pandas as pd
import pytest

from tests.shared_data import shared
from tests.stories.running import outcome

# (study, network, moment, facilitators, grouping) -> graph of oracle.json
GRAPHS = [
    *(("eies", net, t, "with", f"{t}_{net}") for t in ("t1", "t2") for net in ("any", "met", "friend", "friend_und")),
    ("eies", "messages", "t1", "with", "messages"),
    *(("southern_women", net, "all", "with", net) for net in ("proj1", "proj2", "proj3")),
    ("mooc_cohort1", "reply", "all", "with", "reply"),
    ("mooc_cohort1", "reply", "all", "without", "reply_nofac"),
    ("mooc_cohort1", "reply_und", "all", "with", "reply_und"),
    *(("hospital_ward", net, "all", "with", net) for net in ("contact", "contact_5min", "contact_30min")),
]

NETWORK = {  # column of networks: metric of the oracle, directed and undirected
    "people": ("n", "n"),
    "ties": ("m", "m"),
    "isolates": ("isolates", "isolates"),
    "density": ("density", "density"),
    "mean_degree": ("mean_degree_und", "mean_degree_und"),
    "reciprocity": ("reciprocity_edgewise", None),
    "transitivity": ("transitivity_und", "transitivity_und"),
    "components": ("components_weak", "components_weak"),
    "largest_component_share": ("largest_weak_share", "largest_weak_share"),
    "mean_path_length": ("avg_path_directed_reachable", "avg_path_und_reachable"),
    "global_efficiency": ("global_efficiency_directed", "global_efficiency_und"),
    "degree_centralisation": ("centralization_degree_und", "centralization_degree_und"),
    "in_degree_centralisation": ("centralization_indegree", None),
    "out_degree_centralisation": ("centralization_outdegree", None),
    "betweenness_centralisation": ("centralization_betweenness_directed", "centralization_betweenness_und"),
    "ei_index": ("ei_overall", "ei_overall"),
    "assortativity": ("assortativity_nominal", "assortativity_nominal"),
    "bridges": ("bridges_n", "bridges_n"),
    "local_bridges": ("local_bridges_n", "local_bridges_n"),
    "cut_points": ("articulation_points_n", "articulation_points_n"),
    "connectedness": ("krackhardt_connectedness", "krackhardt_connectedness"),
}

PERSON = {  # column of people: column of oracle_nodes, directed and undirected
    "degree": ("degree_und", "degree_und"),
    "in_degree": ("indegree", None),
    "out_degree": ("outdegree", None),
    "betweenness": ("betweenness_dir", "betweenness_und"),
    "harmonic_closeness": (None, "harmonic_und"),
    "constraint": ("constraint_dir", "constraint_und"),
    "effective_size": ("effsize_dir", "effsize_und"),
    "efficiency": (None, "efficiency_und_own"),
    "ei_index": ("ei_node_und", "ei_node_und"),
    "core": ("coreness", "coreness"),
    "cut_point": ("articulation", "articulation"),
}

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")


@functools.cache
def oracle(study: str, graph: str) -> dict[str, Any]:
    return json.loads(shared(study, "oracle.json").read_text(encoding="utf-8"))["graphs"][graph]


@functools.cache
def nodes(study: str, graph: str) -> pd.DataFrame:
    path = shared(study, "oracle_nodes", f"{graph}.csv")
    return pd.read_csv(path, dtype={"id": str}).set_index("id").sort_index()


def close(found: float, wanted: float) -> bool:
    """Equal to 1e-9, or to the last digit of an oracle written with twelve."""
    if wanted is None or math.isnan(wanted):
        return found is None or math.isnan(found)
    return found is not None and math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-9)


@pytest.mark.parametrize(("study", "network", "moment", "facilitators", "graph"), GRAPHS, ids=lambda v: str(v))
def test_numbers_of_the_network(study: str, network: str, moment: str, facilitators: str, graph: str) -> None:
    spec, metrics = oracle(study, graph)["spec"], oracle(study, graph)["metrics"]
    row = outcome(study).row("networks", network=network, moment=moment, facilitators=facilitators)
    compared, wrong = 0, {}
    for column, either in NETWORK.items():
        metric = either[0 if spec["directed"] else 1]
        if metric is None or metric not in metrics:
            continue
        compared += 1
        if not close(row[column], metrics[metric]["value"]):
            wrong[column] = (row[column], metrics[metric]["value"])
    reachable = metrics["reachable_pairs_directed" if spec["directed"] else "reachable_pairs_und"]["value"]
    n = metrics["n"]["value"]
    share = reachable / (n * (n - 1)) * (1 if spec["directed"] else 2)
    if not close(row["reachable_pairs_share"], share):
        wrong["reachable_pairs_share"] = (row["reachable_pairs_share"], share)
    assert not wrong
    assert compared >= (20 if spec["directed"] else 16)


@pytest.mark.parametrize(("study", "network", "moment", "facilitators", "graph"), GRAPHS, ids=lambda v: str(v))
def test_numbers_of_each_person(study: str, network: str, moment: str, facilitators: str, graph: str) -> None:
    if facilitators == "without":
        pytest.skip("the people table is of the whole network; without facilitators only networks.csv is written")
    directed = oracle(study, graph)["spec"]["directed"]
    want = nodes(study, graph)
    people = outcome(study).table("people")
    people = people[(people["network"] == network) & (people["moment"] == moment)].set_index("id").sort_index()
    assert list(people.index) == list(want.index)
    wrong = []
    for column, either in PERSON.items():
        name = either[0 if directed else 1]
        if name is None or name not in want:
            continue
        for person, found, wanted in zip(want.index, people[column], want[name]):
            lone = want.loc[person, "degree_und"] == 0
            if column == "efficiency" and lone or column == "core" and math.isnan(wanted):
                continue  # the oracle leaves these out for people without ties
            if not close(found, wanted):
                wrong.append((column, person, found, wanted))
    if "strength_total" in want:
        wrong += [
            ("strength", p, f, w)
            for p, f, w in zip(want.index, people["strength"], want["strength_total"])
            if not close(f, w)
        ]
    assert not wrong, (len(wrong), wrong[:8])


@pytest.mark.parametrize(("study", "network", "moment", "facilitators", "graph"), GRAPHS, ids=lambda v: str(v))
def test_roles_of_each_broker(study: str, network: str, moment: str, facilitators: str, graph: str) -> None:
    if facilitators == "without":
        pytest.skip("brokerage.csv is of the whole network")
    spec = oracle(study, graph)["spec"]
    half = 1 if spec["directed"] else 2  # the oracle counts each open pair of an undirected network twice
    want = nodes(study, graph)
    found = outcome(study).table("brokerage")
    found = found[
        (found["network"] == network) & (found["moment"] == moment) & (found["partition"] == spec["group"])
    ].set_index("id")
    wrong = []
    for person in want.index:
        for role in ROLES:
            if math.isnan(found.loc[person, role]):  # a role that nobody could have there is empty, not 0
                if want.loc[person, f"gf_{role}"] or want.loc[person, f"gf_{role}_exp"]:
                    wrong.append((person, role, "empty", want.loc[person, f"gf_{role}"]))
                continue
            if not close(found.loc[person, role], want.loc[person, f"gf_{role}"] / half):
                wrong.append((person, role, found.loc[person, role], want.loc[person, f"gf_{role}"] / half))
            expected = want.loc[person, f"gf_{role}_exp"] / half
            if not close(found.loc[person, f"{role}_expected"], expected):
                wrong.append((person, f"{role}_expected", found.loc[person, f"{role}_expected"], expected))
            sd = want.loc[person, f"gf_{role}_sd"]
            if half == 2 and role in ("coordinator", "itinerant", "liaison", "total"):
                sd *= math.sqrt(2)
            z = (want.loc[person, f"gf_{role}"] - want.loc[person, f"gf_{role}_exp"]) / sd if sd > 0 else math.nan
            if not math.isnan(z) and not math.isclose(found.loc[person, f"{role}_z"], z, rel_tol=1e-7, abs_tol=1e-7):
                wrong.append((person, f"{role}_z", found.loc[person, f"{role}_z"], z))
    assert not wrong, (len(wrong), wrong[:8])


def test_what_changed_among_the_researchers() -> None:
    """The published before and after of EIES, at two thresholds (methods: 147 formed, 506 kept, 7 dissolved)."""
    output = outcome("eies")
    for network, formed, kept, dissolved, never in (("met", 147, 506, 7, 332), ("friend", 61, 143, 10, 778)):
        row = output.row("tie_change_summary", network=network, facilitators="with")
        assert (row["formed"], row["kept"], row["dissolved"], row["never"]) == (formed, kept, dissolved, never)
        assert close(row["jaccard"], kept / (formed + kept + dissolved))
    change = output.row("change", network="friend", measure="ties_per_person", panel="same_people", facilitators="with")
    assert change["p"] == pytest.approx(0.0336, abs=2e-4)
    assert change["difference"] == pytest.approx(1.594, abs=5e-4)
    assert (change["high"] - change["low"]) / 2 / 2.039513 == pytest.approx(0.7167, abs=5e-5)
