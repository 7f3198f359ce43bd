"""The report says how far evidence could have come, and whether the order of contacts mattered."""

from __future__ import annotations

from dataclasses import replace

from kmnet.report.blocks import Text
from kmnet.report.reading import Reading
from kmnet.report.sections import evidence
from tests.report.made_results import made


def test_whether_order_mattered_has_its_p_and_what_it_rests_on() -> None:
    flow = {"reach": 12.0, "people": 40, "reach_shuffled": 18.2, "clock_p": 0.045, "clocks": 243}
    results = made()
    found = evidence._flow(Reading(replace(results, facts={**results.facts, "flow": flow})))
    said = [block.text for block in found if isinstance(block, Text)]
    assert said[0].endswith("it would have been 18 (p = 0.045, from 243 random orders).")
    assert not evidence._flow(Reading(replace(results, facts={**results.facts, "flow": {"reach": 12.0}})))
