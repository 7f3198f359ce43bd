"""What an analyst would write with pandas and networkx for the same numbers: the yardstick of the whole job.

``python benchmarks/plain_script.py FOLDER`` reads people.csv and interactions.csv and prints density, components, path
length, E-I, and each person's degree, betweenness, constraint, effective size and brokerage roles.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import networkx as nx
import pandas as pd


def main(folder: Path) -> None:
    people = pd.read_csv(folder / "people.csv", dtype=str)
    log = pd.read_csv(folder / "interactions.csv", dtype=str)
    graph = nx.DiGraph()
    graph.add_nodes_from(people["id"])
    graph.add_edges_from(zip(log["source"], log["target"]))
    role = dict(zip(people["id"], people["role"]))
    both = graph.to_undirected()
    external = sum(role[a] != role[b] for a, b in graph.edges)
    lengths = [d for _, row in nx.all_pairs_shortest_path_length(graph) for d in row.values() if d]
    print(nx.density(graph), nx.number_connected_components(both), sum(lengths) / len(lengths))
    print(2 * external / graph.number_of_edges() - 1, nx.transitivity(both), nx.overall_reciprocity(graph))
    table = pd.DataFrame({
        "degree": dict(both.degree),
        "betweenness": nx.betweenness_centrality(graph, normalized=False),
        "constraint": nx.constraint(graph, list(graph)),
        "effective_size": nx.effective_size(graph, list(graph)),
        "core": nx.core_number(both),
    })  # fmt: skip
    roles: dict[str, Counter] = {v: Counter() for v in graph}
    for v in graph:
        for a in graph.predecessors(v):
            for b in graph.successors(v):
                if a != b and not graph.has_edge(a, b):
                    roles[v][role[a] == role[v], role[v] == role[b], role[a] == role[b]] += 1
    table["brokered"] = pd.Series({v: sum(c.values()) for v, c in roles.items()})
    print(len(list(nx.local_bridges(both))), len(list(nx.bridges(both))), len(list(nx.articulation_points(both))))
    print(table.describe().to_string())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
