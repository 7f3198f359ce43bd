# ruff: noqa: E501 (the lines of a table stay whole)
"""Make ``docs/conformance.md`` from the comparisons that the oracle tests assert on.

Run from the root of the checkout, with the reference studies beside it: ``python docs/make_conformance.py``.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kmnet.measures.run import catalogue  # noqa: E402
from tests.oracles import brokers, live  # noqa: E402
from tests.oracles.conformance import NODES_NOT_HERE, NOT_HERE, Row, conformance  # noqa: E402
from tests.oracles.graphs import DATASETS  # noqa: E402
from tests.oracles.printed import printed  # noqa: E402

HEAD = """# Conformance: kmnet beside other programs

Every line is a measure, the programs whose numbers it was held to, the public studies it was held to them on, how many
values were compared, and the largest difference (relative for values above 1). The tolerance is 1e-9; a number that is
only printed in a document must agree to its last printed digit. "own" and "own_py" are independent programs written from
the definitions in R and in Python. This page is made by `python docs/make_conformance.py` from the comparisons in
`tests/oracles`, which run with the tests. Where R and its package sna are installed, `tests/oracles/test_sna.py` also runs
sna itself beside kmnet on random networks: brokerage, centralisations, triad census, Krackhardt's measures, cores,
cut-points, reciprocity, transitivity, distances and regressions of matrices.

"""

DISAGREE = """
## Where programs disagree, and what kmnet does

| topic | programs | kmnet |
|---|---|---|
| constraint | UCINET counts inside the ego network by default; igraph and networkx over the whole network: up to .24 apart on one person of campnet | two measures: `constraint_ego`, `constraint` |
| constraint, directed | igraph and networkx add both directions, so a directed network and its undirected view differ | adds both directions (Burt) |
| constraint without contacts | 0 in influenceR; not a number in igraph and networkx | empty, with the reason |
| constraint by influenceR 0.1.5 | divides by the degree of the wrong person | follows Burt; not used as reference |
| effective size | networkx scales by the wrong row when asked for all nodes of a directed or weighted network | follows Burt; agrees with networkx asked node by node |
| hierarchy | netrics uses the contacts' own constraint | Burt's dyadic constraint; agrees with UCINET |
| reciprocity | sna's default counts pairs without ties as returned (.524 on hi-tech advice, where .474 of ties are returned) | `reciprocity` is the share of ties returned; `agreeing_pairs_share` is sna's default |
| transitivity without two-step paths | 1 (sna), 0 (networkx), not a number (igraph) | empty, with the reason |
| transitivity, directed | sna and UCINET count directed paths; igraph and networkx the undirected view | `transitivity_directed` and `transitivity` |
| local clustering below two contacts | 0 in networkx; left out in igraph | empty; `mean_clustering` leaves out, `mean_clustering_zero_filled` is networkx's |
| degree centralisation | igraph's default allows self ties and divides by a larger maximum | Freeman's maximum, as sna |
| betweenness | influenceR and networkit count both directions of an undirected pair | each pair once, as igraph, networkx, sna |
| closeness in pieces | within the component (igraph), scaled (networkx), 0 for everybody (sna) | `closeness`, `closeness_wf`; `harmonic_closeness` is the one in the tables; its centralisation is empty in pieces |
| connectedness | UCINET follows direction; sna the undirected view | `reachable_pairs_share` and `connectedness` |
| efficiency | four different things | `efficiency` (Burt), `global_efficiency` (Latora), `krackhardt_efficiency` |
| modularity, directed | UCINET takes sending and receiving apart; igraph's figure is of the undirected view | `modularity_directed` and `modularity` |
| Gould-Fernandez labels | netrics has representative and gatekeeper the wrong way round | A-A-B representative, A-B-B gatekeeper, as sna |
| Gould-Fernandez, undirected | sna counts each open pair twice and its standard deviations are too small by a factor of root two | each open pair once; the exact standard deviation |
| Gould-Fernandez, network totals | sna's standard deviations are too large | exact (checked by enumeration) |
| Valente-Fujimoto bridging | influenceR gives half of the published value | as published |
| Everett-Valente brokerage | table 1 multiplies by .641 where 100/156 is .64103 and cuts some digits: .002 apart | as defined; agrees with table 2 to every digit |
| shared events, SDSM and fixed column | R backbone approximates the Poisson-binomial law: up to .022 apart; bicm's `rna` and `normal` are lower tails | exact |
| people without a group | sna makes every expectation empty | one more group, counted aloud |
| weighted brokerage | the published WNGF counts pairs for whom the way over the broker is cheaper than their own tie, over possible pairs; "weighted brokerage" elsewhere often means the weaker of two ties | two measures: `wngf` as its authors' program, `brokerage_weighted` the weaker tie |
| stability of ties | netrics 0.3.1 gives .1429 for two identical networks (an operator binds first) | `jaccard` of `tie_change_summary` is 1 for identical networks |
| reach, density, eigenvector | netrics before 1.0 gave reach above 1, added weights up in density and dropped them in eigenvector | every measure keeps its declared range (tests/contract); weights enter only where a name says so |
| attributes of people | vivainsights (Python) joins attributes by position: three of four people in a small example get another's organisation | attributes are joined by id; renaming or reordering changes nothing (tests/contract) |
| honest broker index | UCINET's circle are those who name the person; others take contacts in either direction | as UCINET: `honest_broker`, `honest_broker_weak`, `honest_broker_non` |
| Everett-Valente, pieces | their script assumes one connected undirected network | people in reach stand for n - 1; 0 for people on no shortest path, as published |
| closeness in UCINET | the column "Closeness" holds farness (its author's list, 11) | `closeness` is a share of 1, larger is nearer |
| MRQAP | UCINET compares b / SE squared where nothing is missing, and takes symmetry from the predictor alone (31, 32) | the t (Wald z) of each refit; direction comes from the network |
| missing cells in UCINET | added as 1e38 in mixing tables, factions and Louvain; an imputation overwrites observed ties (15, 25, 27) | nothing is imputed; what was not observed is not counted |
| permutation p | sna and UCINET can print 0 | (1 + draws as far) / (1 + draws), never 0 |
| random networks of a given size | sna's `cug.test(cmode = "size")` draws density one half | `networks_by_chance` keeps the ties (its `cmode = "edges"`), the dyads (`"dyad.census"`) or everybody's degrees (igraph's rewire): expectations agree within Monte Carlo error (tests/measures/test_by_chance.py) |
| bicm before 3.1 | too few links validated; its default p is a Poisson approximation | exact Poisson-binomial |
| empty backbone | R backbone stops or returns no tie on Southern Women | the verdict "too few events": no finding, not "no tie" |

"""


def several(names: set[str]) -> str:
    return ", ".join(sorted(names, key=str.lower))


def lines(rows: list[Row]) -> list[str]:
    """One line a measure and kind of tolerance."""
    groups: dict[tuple[str, str, bool], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.of, row.measure, row.tolerance > 1e-9].append(row)
    out = [
        "| measure | of | programs | studies (graphs) | values | largest difference | tolerance |",
        "|---|---|---|---|---|---|---|",
    ]
    for (of, measure, is_printed), found in sorted(
        groups.items(), key=lambda item: (item[0][1], item[0][0], item[0][2])
    ):
        programs = several({p for row in found for p in row.programs})
        studies = {row.graph if is_printed else row.dataset for row in found}
        where = f"all {len(DATASETS)} studies" if studies == set(DATASETS) else several(studies)
        count = len({(row.dataset, row.graph) for row in found})
        worst = max(found, key=lambda row: row.difference / row.tolerance)
        limit = "last printed digit" if is_printed else "1e-9"
        gap = f"{worst.difference:.0e}" if worst.difference else "0"
        values = sum(row.values for row in found)
        out.append(f"| `{measure}` | {of} | {programs} | {where} ({count}) | {values:,} | {gap} | {limit} |")
    return out


def alone(rows: list[Row]) -> str:
    """Measures for which no other program's numbers are here, and what they are held to."""
    compared = {row.measure for row in rows} | {m.about.name for m in catalogue() if m.about.name.startswith("triad_")}
    left = sorted(
        {(m.about.name, m.about.of, m.about.agrees_with) for m in catalogue() if m.about.name not in compared}
    )
    return (
        "\n## Measures held to their definition\n\nNo number of another program for these is in the table above. Each is held "
        "to its formula, word for word, on at least 300 random networks, or follows from measures that are "
        "(`tests/kernels`, `tests/measures`). The last column says whose definition it is.\n\n"
        "| measure | of | definition |\n|---|---|---|\n"
        + "".join(f"| `{name}` | {of} | {what} |\n" for name, of, what in left)
    )


def page() -> str:
    """The whole page."""
    rows = [*conformance(), *printed(), *brokers.rows(), *live.rows()]
    wrong = [row for row in rows if not row.difference <= row.tolerance]
    if wrong:
        raise SystemExit("these disagree:\n" + "\n".join(map(str, wrong)))
    exceptions = sorted({(row.measure, row.exception) for row in rows if row.exception})
    text = (
        HEAD + f"{len(rows):,} comparisons, {sum(row.values for row in rows):,} values, none beyond its tolerance.\n\n"
    )
    text += (
        "\n".join(lines(rows))
        + "\n"
        + DISAGREE
        + "## Reference values that are not compared\n\n| reference | why |\n|---|---|\n"
    )
    text += "".join(f"| `{key}` | {why} |\n" for key, why in sorted({**NOT_HERE, **NODES_NOT_HERE}.items()))
    text += "".join(f"| `{measure}` | {why} |\n" for measure, why in exceptions)
    text += alone(rows)
    return text


if __name__ == "__main__":
    (ROOT / "docs" / "conformance.md").write_text(page(), encoding="utf-8")
