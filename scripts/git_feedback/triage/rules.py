"""Triage by rules: plain words of keywords.yml, matched on folded text, with a guard for negations.

The first category rule that hits gives the category; urgency and impact are the category's, raised by alarms.
What no rule decides is left to a human.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from git_feedback.desk import state
from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.policy import Keyword, Policy
from git_feedback.triage.matching import Match, folded, folded_text, hits, negations_of
from git_feedback.triage.scope import SINGLE, Scope
from git_feedback.triage.weights import Reason, Weights

BY = "rules"
CHOSEN = "intake"
"""Who writes down what a submitter chose in a form or a menu."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A category that an item may be of: the words that speak for it, and how likely it is (None: rules do not know)."""

    category: str
    words: tuple[str, ...]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the rules say of one item; `event` is None when none of them decides."""

    id: str
    event: ev.Classify | None
    level: str | None
    department: str | None
    owner: str | None
    alarms: tuple[Match, ...] = ()
    reasons: tuple[Reason, ...] = ()
    """What urgency and impact are made of."""
    confidence: float | None = None
    """How likely it is that a model is right; None for rules."""
    candidates: tuple[Candidate, ...] = ()
    """What it may be where nothing decides, the likeliest first."""


class Rules:
    """The keyword rules of a policy, folded once."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._alarms = [(rule, folded(rule.words)) for rule in policy.alarms]
        self._rules = [(rule, folded(rule.words)) for rule in policy.rules]
        self._negations = negations_of(policy.negations)
        self._weights = Weights(policy)

    def suggest(self, item: Item, now: datetime, scope: Scope = SINGLE) -> Suggestion:
        """The classification of one item as of `now`; `scope` is how many have its problem."""
        alarms, named = self.alarms(item), self.decides(item)
        if named is None or named.rule.category is None:
            return Suggestion(item.id, None, None, None, None, alarms)
        return self._suggested(item, named.rule.category, (named, *alarms), BY, _said(named), now, scope)

    def suggest_as(
        self, item: Item, category: str, by: str, because: str, now: datetime, scope: Scope = SINGLE
    ) -> Suggestion:
        """The classification of an item whose category somebody else decides: the words of alarms raise it all the same."""
        return self._suggested(item, category, self.alarms(item), by, because, now, scope)

    def raised(self, item: Item, now: datetime, scope: Scope = SINGLE) -> Suggestion | None:
        """What a form or a menu classified, raised by the words of alarms; None where they raise nothing.

        The chosen category stays.  Once is enough: what rules, a model or a person said already is left alone.
        """
        said = [event for event in item.history if isinstance(event, ev.Classify)]
        alarms = self.alarms(item) if said and all(event.by == CHOSEN for event in said) else ()
        category = self._policy.category_ids.get(said[-1].category, said[-1].category) if alarms else None
        if category is None or category not in self._policy.categories:
            return None
        last = max(said, key=lambda event: event.at)
        found = self._suggested(item, category, alarms, BY, "", max(now, last.at + timedelta(seconds=1)), scope)
        event = found.event
        if event is None or (event.urgency <= last.urgency and event.impact <= last.impact):
            return None
        higher = {"urgency": max(event.urgency, last.urgency), "impact": max(event.impact, last.impact)}
        return replace(found, event=event.model_copy(update={**higher, "tags": last.tags}))

    def _suggested(
        self, item: Item, name: str, matches: Sequence[Match], by: str, because: str, now: datetime, scope: Scope
    ) -> Suggestion:
        scored = self._weights.score(item, self._policy.categories[name], matches, scope)
        event = ev.Classify(
            at=now,
            by=by,
            category=name,
            urgency=scored.urgency,
            impact=scored.impact,
            scope=None if scored.scope == "single" else scored.scope,
            because="; ".join(part for part in (because, scored.because) if part) or None,
        )
        after = state(item.model_copy(update={"history": (*item.history, event)}), self._policy, now)
        alarms = tuple(match for match in matches if match.rule in self._policy.alarms)
        return Suggestion(item.id, event, after.level, after.department, after.owner, alarms, scored.reasons)

    def decides(self, item: Item) -> Match | None:
        """The rule that gives the category: the first that hits, else an alarm that names one."""
        text = folded_text(item)
        matches = chain(self._matches(text, item.channel, self._rules), self._matches(text, item.channel, self._alarms))
        return next((match for match in matches if match.rule.category), None)

    def hits(self, item: Item) -> dict[str, tuple[str, ...]]:
        """The words of each category that an item holds, in the order of the rules."""
        found: dict[str, tuple[str, ...]] = {}
        for match in self._matches(folded_text(item), item.channel, self._rules):
            if match.rule.category:
                found[match.rule.category] = (*found.get(match.rule.category, ()), *match.words)
        return found

    def alarms(self, item: Item) -> tuple[Match, ...]:
        """The alarms that its words raise."""
        return tuple(self._matches(folded_text(item), item.channel, self._alarms))

    def undecided(self, items: Iterable[Item], now: datetime) -> Iterator[Item]:
        """Those of `items` received by `now` that nobody has classified and that still need it."""
        there = (item for item in items if item.received <= now)
        return (item for item in there if state(item, self._policy, now).life == "new")

    def _matches(self, text: str, channel: str, shelf: list[tuple[Keyword, tuple[str, ...]]]) -> Iterator[Match]:
        for rule, words in shelf:
            if rule.channel and channel not in rule.channel:
                continue
            found = hits(rule.words, words, text, self._negations)
            if found:
                yield Match(rule, found)


def _said(match: Match) -> str:
    return f"keyword {', '.join(match.words)}; rule {match.rule.id}"
