"""Co-attendance against bicm, backbone and scipy on the two-mode studies."""

from __future__ import annotations

import numpy as np
import pytest

from kmnet.catalogue import collect
from kmnet.kernels import backbone as kernel
from kmnet.measures.backbone import backbone, every_model, shared_events
from kmnet.measures.null_models import NullModel
from kmnet.network.network import network
from kmnet.results import TABLES
from tests.oracles import graphs
from tests.shared_data import shared

STUDIES = ("southern_women", "ceos_clubs")
KINDS = {
    "sdsm": ("sdsm_exact_p_upper", 1e-9),
    "fixed_row": ("hypergeom_p_upper", 1e-9),
    "fixed_fill": ("fixedfill_p_upper", 1e-9),
    # R backbone approximates this Poisson-binomial law by a refined normal one; ours is exact.
    "fixed_column": ("fixedcol_p_upper", 0.021),
}


@pytest.mark.parametrize("study", STUDIES)
def test_cell_probabilities(study: str) -> None:
    shared(study)
    net = graphs.attendance(study)
    came = net.affiliation
    assert came is not None
    cell = kernel.bicm(np.bincount(came.person, minlength=net.n), np.bincount(came.event))
    for row in graphs.rows(graphs.folder(study) / "oracle_bicm_probabilities.csv"):
        seen = cell[net.ids.index(row["person"]), came.events.index(row["event"])]
        assert seen == pytest.approx(float(row["p_own"]), rel=1e-9)
        assert seen == pytest.approx(float(row["p"]), abs=1e-8)  # R backbone stops its fit at about 1e-8


@pytest.mark.parametrize("study", STUDIES)
@pytest.mark.parametrize("model", [m.name for m in collect("kmnet.measures", NullModel)])
def test_pairs(study: str, model: str) -> None:
    shared(study)
    net = graphs.attendance(study)
    together = shared_events(net)
    seen = dict(zip(zip(together.one.tolist(), together.other.tolist()), every_model(together)[model].p))
    column, tolerance = KINDS[model]
    rows = graphs.rows(graphs.folder(study) / "oracle_projection.csv")
    compared = 0
    for row in rows:
        pair = tuple(sorted(net.ids.index(row[end]) for end in ("source", "target")))
        assert (pair in seen) == (row["shared"] != "0")
        if pair in seen:
            compared += 1
            assert seen[pair] == pytest.approx(float(row[column]), rel=tolerance, abs=tolerance)
    assert compared == len(seen) > 100


@pytest.mark.parametrize("study", STUDIES)
def test_so_few_events_cannot_tell(study: str) -> None:
    shared(study)
    pairs, summary = backbone(graphs.attendance(study))
    assert [c.name for c in TABLES["backbone"].columns][3:] == list(pairs)
    assert [c.name for c in TABLES["backbone_summary"].columns][3:] == list(summary)
    sdsm = dict(zip(summary, (values[0] for values in summary.values())))
    assert sdsm["model"] == "sdsm"
    assert sdsm["verdict"] == "too_few_events"
    assert (sdsm["significant"], sdsm["significant_bh"], sdsm["could_corrected"]) == (0, 0, 0)
    assert summary["significant"][1] == 17  # hypergeometric, before any correction; none survives it
    assert summary["significant_holm"][1] == 0
    assert (pairs["least_p"] <= pairs["p_sdsm"] + 1e-12).all()


def test_no_attendance_no_backbone() -> None:
    assert backbone(network(["a", "b"], [("a", "b")])) == ({}, {})
