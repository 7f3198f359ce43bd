"""Who is said to link others most: those who stand out, and nobody else."""

import numpy as np
import pytest

from kmnet.compare.headlines import brokers, evidence
from tests.compare.worlds import from_matrix

GROUPS = {"role": ["a"] * 6 + ["b"] * 6}


@pytest.mark.parametrize(
    ("betweenness", "roles"),
    [
        ([9, 8, 7, 6, 5, 0, 4, 3, 0, 0, 0, 0], (("a", 5),)),
        ([9, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0], (("a", 1), ("b", 1))),
        ([9, 8, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5], (("a", 2),)),
        ([0.1 + 0.2, 1, 1, 1, 1, 0, 0.3, 0, 0, 0, 0, 0], (("a", 4),)),
        ([5] * 12, None),
        ([0] * 12, None),
    ],
)
def test_people_who_stand_level_are_not_told_apart(betweenness, roles):
    network = from_matrix(np.zeros((12, 12)), directed=False, groups=GROUPS)
    found = brokers(network, np.array(betweenness, dtype=float), 5.0)
    assert (None if found is None else found.numbers["roles"]) == roles
    if found is not None:
        five = found.numbers["top"] == 5
        assert five == ("same_by_chance" in found.numbers) == (found.tag == "Likely")


@pytest.mark.parametrize(("reached", "sure"), [(0, "Cannot tell"), (2, "Clear")])
def test_evidence_without_any_receipt_on_record_cannot_be_told(reached: int, sure: str) -> None:
    row = {"partition": "everybody", "group": "everybody", "reached": reached, "used": 0, "organisation_recorded": ""}
    found = evidence([row])
    assert found is not None and found.tag == sure and found.reason
