"""The speed table: kmnet beside other programs, on the same graphs, in one run. Read the ratios, not the seconds.

``python benchmarks/speed.py [SIZES ...]`` (default 100 1000). CPU seconds, the best of a few rounds; kmnet's
kernels are compiled before the clock starts (the cost of compiling stands in its own row), and peers imported.
Programs that are not installed are left out: igraph, and R with sna.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.world import World, world, write  # noqa: E402
from kmnet.measures.run import catalogue, value  # noqa: E402
from kmnet.network.network import Network, network  # noqa: E402

try:
    import igraph
except ImportError:
    igraph = None

PATIENCE = 60.0  # CPU seconds after which a program is not asked for a larger graph


def build(made: World) -> Network:
    """The world as kmnet's network."""
    ids = made.ids()
    ties = list({(ids[s], ids[t]) for s, t in zip(made.source, made.target)})
    groups = {"role": {i: f"Role {r}" for i, r in zip(ids, made.role)}}
    return network(ids, sorted(ties), directed=True, groups=groups)


def fresh(net: Network) -> Network:
    """The same network with none of its derived views remembered."""
    return net.take(np.ones(net.n, dtype=bool))


def cpu(job: Callable[[], Any], rounds: int = 3) -> float:
    """Best CPU seconds of a few rounds; one round where it is slow."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        job()
        best = min(best, time.process_time() - start)
        if best > 2:
            break
    return best


def measures(*names: str) -> Callable[[Network], list[Any]]:
    """Compute measures by name."""
    by_name = {(m.about.name, m.about.of): m for m in catalogue()}
    wanted = [m for name in names for (n, _), m in by_name.items() if n == name]
    return lambda net: [value(m, net) for m in wanted]


def jobs(net: Network, made: World) -> dict[str, tuple[Callable[[], Any], dict[str, Callable[[], Any]]]]:
    """Row of the table: kmnet's job, and the peers' jobs by program."""
    directed = nx.DiGraph()
    directed.add_nodes_from(net.ids)
    directed.add_edges_from((net.ids[s], net.ids[t]) for s, t in zip(net.source, net.target))
    both = directed.to_undirected()
    table: dict[str, tuple[Callable[[], Any], dict[str, Callable[[], Any]]]] = {}

    def row(name: str, ours: Callable[[Network], Any], **peers: Callable[[], Any]) -> None:
        table[name] = (lambda: ours(fresh(net)), peers)

    row(
        "constraint and effective size",
        measures("constraint", "effective_size"),
        networkx=lambda: (nx.constraint(directed, list(directed)), nx.effective_size(directed, list(directed))),
    )
    row("betweenness", measures("betweenness"), networkx=lambda: nx.betweenness_centrality(directed, normalized=False))
    row(
        "path length, efficiency, closeness",
        measures("mean_path_length", "global_efficiency", "harmonic_closeness"),
        networkx=lambda: [sum(r.values()) for _, r in nx.all_pairs_shortest_path_length(directed)],
    )
    row("local bridges", measures("local_bridges"), networkx=lambda: list(nx.local_bridges(both)))
    row(
        "components, bridges, cut-points",
        measures("components", "bridges", "cut_points"),
        networkx=lambda: (
            list(nx.connected_components(both)),
            list(nx.bridges(both)),
            list(nx.articulation_points(both)),
        ),
    )
    if igraph is not None:
        order = igraph.Graph(n=net.n, edges=list(zip(net.source.tolist(), net.target.tolist())), directed=True)
        flat = order.as_undirected()
        table["constraint and effective size"][1]["igraph (constraint only)"] = order.constraint
        table["betweenness"][1]["igraph"] = order.betweenness
        table["path length, efficiency, closeness"][1]["igraph"] = order.distances
        table["components, bridges, cut-points"][1]["igraph"] = lambda: (
            flat.connected_components(),
            flat.bridges(),
            flat.articulation_points(),
        )
    return table


def brokerage(net: Network) -> dict[str, Callable[[], Any]]:
    """The five roles with closed-form chance: kmnet, and R's sna where it is (which times itself)."""
    from kmnet.measures.brokerage import roles

    part = net.partition
    assert part is not None
    found = {"kmnet": lambda: roles(fresh(net), part)}
    return found


def sna_brokerage(net: Network) -> float | None:
    """CPU seconds of sna::brokerage, or None without R."""
    if shutil.which("Rscript") is None or net.partition is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        arcs = np.column_stack([net.source + 1, net.target + 1])
        np.savetxt(Path(folder) / "arcs.csv", arcs, fmt="%d", delimiter=",")
        np.savetxt(Path(folder) / "group.csv", net.partition.code, fmt="%d")
        program = (
            "suppressMessages(library(sna)); a <- as.matrix(read.csv('arcs.csv', header=FALSE));"
            f"m <- matrix(0, {net.n}, {net.n}); m[a] <- 1; g <- scan('group.csv', quiet=TRUE);"
            "t <- system.time(brokerage(m, g)); cat(t[['user.self']] + t[['sys.self']])"
        )
        done = subprocess.run(["Rscript", "-e", program], cwd=folder, capture_output=True, text=True)
    return float(done.stdout) if done.returncode == 0 else None


def whole_process(command: list[str]) -> float:
    """CPU seconds of a process and its children, start-up included."""
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


WHOLE = "import sys; from kmnet import pipeline; pipeline.measured(pipeline.check(sys.argv[1]))"


def main(sizes: list[int]) -> None:
    print("| what | n | kmnet | other program | its time | times faster |")
    print("|---|---|---|---|---|---|")
    given_up: set[tuple[str, str]] = set()
    for n in sizes:
        made = world(n)
        net = build(made)
        for name, (ours, peers) in jobs(net, made).items():
            start = time.process_time()
            ours()
            first = time.process_time() - start
            mine = cpu(ours)
            if first > 2 * mine + 0.5:
                print(f"| {name}: first time, with compiling | {n} | {first:.3f} | | | |")
            for program, job in peers.items():
                if (name, program) in given_up:
                    print(f"| {name} | {n} | {mine:.4f} | {program} | not tried | |")
                    continue
                theirs = cpu(job)
                if theirs > PATIENCE / 10:
                    given_up.add((name, program))
                print(f"| {name} | {n} | {mine:.4f} | {program} | {theirs:.4f} | {theirs / max(mine, 1e-9):.1f} |")
        mine = cpu(brokerage(net)["kmnet"])
        theirs = sna_brokerage(net) if n <= 3000 else None
        told = (
            f"{theirs:.4f} | {theirs / max(mine, 1e-9):.1f}" if theirs is not None else "R is not here, or too large | "
        )
        print(f"| Gould-Fernandez roles | {n} | {mine:.4f} | sna | {told} |", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            config = write(made, Path(folder))
            mine = min(whole_process([sys.executable, "-c", WHOLE, str(config)]) for _ in range(2))
            if n <= 3000:
                script = str(Path(__file__).with_name("plain_script.py"))
                theirs = whole_process([sys.executable, script, folder])
                told = f"{theirs:.2f} | {theirs / mine:.1f}"
            else:
                told = "not tried | "
            print(f"| the whole job with start-up | {n} | {mine:.2f} | pandas + networkx script | {told} |")


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or [100, 1000])
