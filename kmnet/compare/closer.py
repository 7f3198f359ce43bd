"""What is asked of the headline network only: who gained, who brokers, who was not reached, how much hangs on missing
answers."""

from __future__ import annotations

from kmnet.compare import missing
from kmnet.compare.brokers import change_of_brokerage
from kmnet.compare.brokers_kept import kept
from kmnet.compare.change import Row
from kmnet.compare.company import people_not_reached
from kmnet.compare.comparison import Comparison, Given, Made, settled
from kmnet.compare.equity import changes
from kmnet.compare.gains import gains, tokenism
from kmnet.compare.gate import Gate
from kmnet.compare.go_betweens import go_betweens
from kmnet.compare.panel import panel
from kmnet.compare.question import ask


def closer(pair: Comparison, found: Gate, given: Given, number: int) -> Made:
    """Tables of the headline network only: who gained, who brokers, how much hangs on missing answers."""
    if not given.allows(found):
        return
    part, seed = settled(pair), given.settings.seed
    chance = given.settings
    yield "gains", gains(part, given.focus)
    yield "equity_change", changes(part, given.measure, given.focus, chance.draws, chance.seed, (number, 11))
    for network, earlier in ((pair.before, None), (pair.after, pair.before)):
        signs = tokenism(network, earlier, given.focus, given.company)
        yield "warnings_of_tokenism", [{"moment": network.label.moment} | row for row in signs]
    yield "brokerage_pairs_change", go_betweens(part, given.focus)
    yield "people_not_reached", people_not_reached(pair.after, given.company)
    if pair.members is None:  # cohorts together would only repeat, slowly, what each of them says
        yield "sensitivity", missing.bounds(pair.before, pair.after)
        question = None if pair.exposure is None else ask(part, pair.exposure, found, seed, (number, 12))
        yield "sensitivity", missing.thinned(part, chance.draws, seed, (number, 10), question)
        yield "sensitivity", missing.otherwise(panel(pair.before, pair.after, pair.members), question)
        changed: list[Row] = []
        if pair.before.partition is not None and part.answered.any():
            changed = change_of_brokerage(part, pair.before.partition, pair.exposure, chance.draws, seed, (number, 5))
        yield "brokerage_change", changed
        yield "broker_stability", kept(part, changed)
