"""How many people have each problem of a desk: counted for what is new, and again for what was classified before."""

from collections.abc import Sequence
from datetime import datetime

from git_feedback.desk import Standing, standings, state
from git_feedback.jobs import pairing
from git_feedback.jobs.reading import Whole
from git_feedback.model import Item
from git_feedback.policy import Policy
from git_feedback.triage.pairing import Pair
from git_feedback.triage.rules import Suggestion
from git_feedback.triage.scope import Matters
from git_feedback.triage.widening import Widened, Widening


class Crowd:
    """The items of a desk and how many have each problem; texts are compared once, when it is made."""

    def __init__(self, found: Whole, now: datetime, pairs: Sequence[Pair] | None = None) -> None:
        self.policy, self.now = found.policy, now
        there = [item for item in found.items if item.received <= now]
        self.standings: list[Standing] = standings(there, found.policy, now)
        if pairs is None:
            pairs = pairing.pairs(self.standings, found.policy, now)
        same = [(pair.id, pair.original) for pair in pairing.copies(pairs)]
        self.matters = Matters(there, found.policy, now, same)

    def widened(self) -> list[Widened]:
        """Open items that more people have than was known when they were classified."""
        return Widening(self.policy, self.now, self.matters).among(self.standings)

    def suggestions(self) -> list[Suggestion]:
        """What the rules write of them; what a person classified is left to people."""
        return [_suggested(one, self.policy, self.now) for one in self.widened() if one.event]


def _suggested(one: Widened, policy: Policy, now: datetime) -> Suggestion:
    item = one.standing.item
    after = state(_with(item, one), policy, max(now, one.event.at) if one.event else now)
    whose = after.department, after.owner
    return Suggestion(item.id, one.event, after.level, *whose, reasons=one.score.reasons)


def _with(item: Item, one: Widened) -> Item:
    history = (*item.history, one.event) if one.event else item.history
    return item.model_copy(update={"history": history})
