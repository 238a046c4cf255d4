"""Items that more people turned out to have than was known when they were classified.

What a machine classified is classified once more by the rules, raised by what is new.  A person's word stays: for them
it is a suggestion, unless they said it when so many were known already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from git_feedback.desk import MACHINES, Standing, act
from git_feedback.desk.majors import counting
from git_feedback.desk.untold import counted
from git_feedback.model import events as ev
from git_feedback.policy import Policy
from git_feedback.triage.rules import BY, Rules
from git_feedback.triage.scope import Matters, Scope
from git_feedback.triage.weights import Score, Weights


@dataclass(frozen=True, slots=True)
class Widened:
    """An open item, how many have its problem now, and what it would weigh.

    `event` is what the rules say of it; None where a person classified it, who decides.
    """

    standing: Standing
    said: ev.Classify
    scope: Scope
    score: Score
    event: ev.Classify | None

    @property
    def command(self) -> str:
        """How a person agrees."""
        score = self.score
        return (
            f"git feedback classify {self.standing.item.id} --category {self.standing.state.category}"
            f" --urgency {score.urgency} --impact {score.impact} --scope {score.scope}"
        )


class Widening:
    """The rules of a desk about items that become common or systemic."""

    def __init__(self, policy: Policy, now: datetime, matters: Matters) -> None:
        self._policy, self._now, self._matters = policy, now, matters
        self._weights, self._rules = Weights(policy), Rules(policy)

    def among(self, standings: Iterable[Standing]) -> list[Widened]:
        """Those of some items that are wider than they were classified, in their order."""
        there = (one for one in standings if one.state.is_open and one.item.record != "history")
        return [found for one in there if (found := self._of(one))]

    def _of(self, one: Standing) -> Widened | None:
        scope = self._matters.scope(one.item)
        if scope.since is None:
            return None
        said = counting(counted(one.item, self._now))
        if said is None or not scope.is_wider_than(said.scope):
            return None
        by_person = said.by not in MACHINES
        if by_person and scope.since <= said.at:
            return None
        score = self._weights.widened(one.item, said, self._rules.alarms(one.item), scope)
        return Widened(one, said, scope, score, None if by_person else self._event(one, said, score))

    def _event(self, one: Standing, said: ev.Classify, score: Score) -> ev.Classify | None:
        """The machine's classification with what is new; its first reasons stay in `because`."""
        because = "; ".join(part for part in (said.because, score.because) if part)
        weighs = {"urgency": score.urgency, "impact": score.impact, "scope": score.scope, "because": because}
        kept = {"category": one.state.category, "tags": said.tags, "feasibility": said.feasibility}
        event = act("classify", one.item, self._policy, self._now, BY, {**kept, **weighs})
        return event if isinstance(event, ev.Classify) else None


def widened(
    standings: Iterable[Standing], policy: Policy, now: datetime, copies: Iterable[tuple[str, str]] = ()
) -> list[Widened]:
    """Open items that more people have than was known when they were classified; `copies` are pairs that say the same."""
    found = list(standings)
    matters = Matters((one.item for one in found), policy, now, copies)
    return Widening(policy, now, matters).among(found)
