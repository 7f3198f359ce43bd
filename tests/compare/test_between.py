"""What became of ties between any two moments follows the rule of the main comparison."""

from kmnet.compare.between import between
from kmnet.compare.change import tie_changes
from kmnet.compare.comparison import Comparison
from kmnet.compare.gate import Instrument
from kmnet.compare.panel import panel
from tests.compare.worlds import eies

ALIKE, OTHER = Instrument(source="survey", relation="knows"), Instrument(source="interactions")


def test_states_are_those_of_the_main_comparison():
    before, after = eies(3)
    rows = between([Comparison(before, after, instruments=(ALIKE, ALIKE))])
    wanted = [(r["source"], r["target"], r["change"]) for r in tie_changes(panel(before, after), before, after)]
    assert [(r["source"], r["target"], r["change"]) for r in rows] == wanted and len(wanted) == 214
    assert {(r["from_moment"], r["to_moment"]) for r in rows} == {(before.label.moment, after.label.moment)}


def test_moments_that_may_not_be_compared_have_no_rows_unless_forced():
    pair = Comparison(*eies(3), instruments=(ALIKE, OTHER))
    assert between([pair]) == []
    assert len(between([pair], force=True)) == 214
