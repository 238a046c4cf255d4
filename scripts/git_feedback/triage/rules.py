"""Triage by rules: plain words of keywords.yml, matched on folded text, with a guard for negations.

The first category rule that hits gives the category; urgency and impact are the category's, raised by alarms.
What no rule decides is left to a human.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from git_feedback.desk import state
from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.policy import Category, Keyword, Policy
from git_feedback.triage.matching import folded, folded_text, hits, negations_of

BY = "rules"


@dataclass(frozen=True, slots=True)
class Match:
    """A rule and the words of it that the text holds."""

    rule: Keyword
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the rules say of one item; `event` is None when none of them decides."""

    id: str
    event: ev.Classify | None
    level: str | None
    department: str | None
    owner: str | None
    alarms: tuple[Match, ...] = ()


class Rules:
    """The keyword rules of a policy, folded once."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._alarms = [(rule, folded(rule.words)) for rule in policy.alarms]
        self._rules = [(rule, folded(rule.words)) for rule in policy.rules]
        self._negations = negations_of(policy.negations)

    def suggest(self, item: Item, now: datetime) -> Suggestion:
        """The classification of one item as of `now`."""
        text = folded_text(item)
        alarms = tuple(self._matches(text, item.channel, self._alarms))
        decided = next((match for match in self._matches(text, item.channel, self._rules) if match.rule.category), None)
        named = decided or next((match for match in alarms if match.rule.category), None)
        category = self._policy.categories[named.rule.category] if named and named.rule.category else None
        if category is None or named is None:
            return Suggestion(item.id, None, None, None, None, alarms)
        event = self._event(category, named, alarms, now)
        after = state(item.model_copy(update={"history": (*item.history, event)}), self._policy, now)
        return Suggestion(item.id, event, after.level, after.department, after.owner, alarms)

    def alarms(self, item: Item) -> tuple[Match, ...]:
        """The alarms that its words raise."""
        return tuple(self._matches(folded_text(item), item.channel, self._alarms))

    def undecided(self, items: Iterable[Item], now: datetime) -> Iterator[Item]:
        """Those of `items` received by `now` that nobody has classified and that still need it."""
        there = (item for item in items if item.received <= now)
        return (item for item in there if state(item, self._policy, now).life == "new")

    def _event(self, category: Category, named: Match, alarms: tuple[Match, ...], now: datetime) -> ev.Classify:
        urgency, impact = category.urgency, category.impact
        reasons = [_said(named)]
        for match in (named, *alarms):
            raised = max(urgency, match.rule.urgency or 0), max(impact, match.rule.impact or 0)
            if raised != (urgency, impact):
                reasons.append(f"{_said(match)}: urgency {raised[0]}, impact {raised[1]}")
                urgency, impact = raised
        because = "; ".join(dict.fromkeys(reasons))
        return ev.Classify(at=now, by=BY, category=category.id, urgency=urgency, impact=impact, because=because)

    def _matches(self, text: str, channel: str, shelf: list[tuple[Keyword, tuple[str, ...]]]) -> Iterator[Match]:
        for rule, words in shelf:
            if rule.channel and channel not in rule.channel:
                continue
            found = hits(rule.words, words, text, self._negations)
            if found:
                yield Match(rule, found)


def _said(match: Match) -> str:
    return f"keyword {', '.join(match.words)}; rule {match.rule.id}"
