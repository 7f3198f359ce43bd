"""Brokerage of organisations: people contracted to their organisations, and who then stands between whom."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kmnet.kernels import csr, triads
from kmnet.kernels.csr import CSR
from kmnet.measures.brokerage import COLUMNS
from kmnet.network.network import MISSING, Network, Partition

AT_LEAST = (1, 2)
"""Ties between people that make a tie between their organisations: any, and at least two."""


def contracted(network: Network, organisations: Partition, at_least: int) -> tuple[CSR, CSR]:
    """Outgoing and incoming lists of organisations, tied if at least so many ties of their people lead over.

    People without an organisation are left out. Undirected, the lists are the same.
    """
    real = np.array([name != MISSING for name in organisations.names], dtype=bool)
    a, b = organisations.code[network.source], organisations.code[network.target]
    use = (a != b) & real[a] & real[b]
    a, b = a[use], b[use]
    n = len(organisations.names)
    lists = csr.build(n, a, b) if network.directed else csr.symmetric(n, a, b)
    row = np.repeat(np.arange(n), lists.degree)
    kept = lists.weight >= at_least
    return csr.build(n, row[kept], lists.index[kept]), csr.build(n, lists.index[kept], row[kept])


def sector_of(organisations: Partition, sectors: Partition) -> NDArray[np.int64]:
    """The sector most of each organisation's people have (the first by name of equals)."""
    found = np.zeros(len(organisations.names), dtype=np.int64)
    for organisation in range(len(found)):
        many = Counter(sectors.code[organisations.code == organisation].tolist())
        found[organisation] = min(many, key=lambda s: (-many[s], s))
    return found


def organisation_brokerage(network: Network, sectors: Partition | None) -> dict[str, Any]:
    """The rows of the table ``organisation_brokerage``, without the network's key columns.

    Gould-Fernandez roles of organisations by sector (roles are NaN without one), for ties between organisations that
    rest on at least one and on at least two ties between people; with the headcount, as large organisations are linked
    by size alone. Empty where people have no organisation column.
    """
    organisations = network.groups.get("organisation")
    if organisations is None or not network.n:
        return {}
    real = np.array([name != MISSING for name in organisations.names], dtype=bool)
    code = np.zeros(len(real), dtype=np.int64) if sectors is None else sector_of(organisations, sectors)
    blocks = []
    for at_least in AT_LEAST:
        out, into = contracted(network, organisations, at_least)
        roles = triads.count_roles(triads.open_paths(out, into), code) / (1 if network.directed else 2)
        total = roles.sum(axis=1)
        blocks.append(np.column_stack([np.full_like(roles, np.nan) if sectors is None else roles, total])[real])
    table, many = np.vstack(blocks), int(real.sum())
    sector = [sectors.names[c] if sectors is not None else "" for c in code[real]]
    return {
        "at_least": np.repeat(np.array(AT_LEAST), many),
        "id": np.tile(np.array(organisations.names, dtype=object)[real], len(AT_LEAST)),
        "sector": np.array(sector * len(AT_LEAST), dtype=object),
        "people": np.tile(organisations.sizes[real], len(AT_LEAST)),
        **{role: table[:, k] for k, role in enumerate(COLUMNS)},
    }
