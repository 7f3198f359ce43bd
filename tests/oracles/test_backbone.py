"""Co-attendance against bicm, backbone and scipy on the two-mode studies."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kmnet.catalogue import collect
from kmnet.kernels import backbone as kernel
from kmnet.measures import backbone as measure
from kmnet.measures.backbone import Shared, backbone, every_model, shared_events
from kmnet.measures.null_models import NullModel
from kmnet.network.network import Affiliation, network
from kmnet.outputs import TABLES
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
    cell = kernel.bicm(np.bincount(came.person, minlength=net.n), np.bincount(came.event)).whole
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


def test_laws_are_cut_off_where_nothing_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """40 people at 300 events, some busy: every p as if all laws were followed to their ends."""
    together = crowd(40, 300)
    cut = every_model(together)
    whole = [(slice(0, len(measure._classes(together)[0])), len(together.column))]
    assert sum(1 for _ in measure._blocks(together, measure._classes(together)[0])) > 1
    monkeypatch.setattr(measure, "_blocks", lambda *_: whole)
    for name, full in every_model(together).items():
        for field in ("expected", "p", "least"):
            assert getattr(cut[name], field) == pytest.approx(getattr(full, field), rel=1e-12, abs=0), (name, field)


def test_too_many_events_are_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "MOST_WORK", 1)
    came = Affiliation(("e1", "e2"), np.array([0, 1, 0, 2]), np.array([0, 0, 1, 1]), np.full(4, np.nan))
    net = replace(network(["a", "b", "c"], []), affiliation=came)
    pairs, summary = backbone(net)
    assert pairs == {} and set(summary["verdict"]) == {"too_many_events"} and np.isnan(summary["significant"]).all()


def crowd(people: int, events: int) -> Shared:
    rng = np.random.default_rng(5)
    keen = rng.beta(0.5, 3, size=people)
    came = rng.random((people, events)) < keen[:, None]
    shares = came.astype(int) @ came.T.astype(int)
    one, other = np.nonzero(np.triu(shares, 1))
    return Shared(one, other, shares[one, other], came.sum(axis=1), came.sum(axis=0)[came.any(axis=0)])
