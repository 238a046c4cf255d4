"""What an undecided item may be: each candidate with its level, its department, its reason, and the command that confirms it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from git_feedback.desk import Standing
from git_feedback.pages.page import Record
from git_feedback.pages.views.words import Words
from git_feedback.text import shorten, visible
from git_feedback.triage import Candidate, Rules, Suggestion

CANDIDATES = 3
WORD = 24
"""Columns of a word that is shown as a reason."""
SUREST = 0.99
"""No model is surer than that."""


@dataclass(frozen=True, slots=True)
class Maybe:
    """One candidate as a page shows it."""

    level: Markup
    category: str
    department: str
    reason: str
    command: str


class Advice:
    """What a record knows of its undecided items; what nobody looked at is judged by the words of rules alone."""

    def __init__(self, record: Record, unclear: str) -> None:
        self._record, self._rules, self._unclear = record, Rules(record.policy), unclear

    def of(self, one: Standing, words: Words) -> list[Maybe]:
        """At most three candidates, the likeliest first."""
        advice: Mapping[str, Sequence[Candidate]] = self._record.advice
        found = advice.get(one.item.id) or [Candidate(name, said) for name, said in self._rules.hits(one.item).items()]
        fitting = [each for each in found if each.category != self._unclear][:CANDIDATES]
        return [self._maybe(one, each, words) for each in fitting]

    def alarms(self, one: Standing, words: Words) -> str:
        """The words of alarms that it holds; empty for none."""
        said = dict.fromkeys(word for match in self._rules.alarms(one.item) for word in match.words)
        return words.say("page-human-alarm", words=tuple(said)) if said else ""

    def _maybe(self, one: Standing, candidate: Candidate, words: Words) -> Maybe:
        made = self._rules.suggest_as(one.item, candidate.category, "rules", "", self._record.now)
        return Maybe(
            level=words.token(made.level or ""),
            category=words.category(candidate.category),
            department=words.department(made.department),
            reason=_reason(candidate, words),
            command=_command(one.item.id, made),
        )


def _command(item_id: str, made: Suggestion) -> str:
    """With urgency and impact: what an alarm has raised stays raised."""
    assert made.event
    event = made.event
    return (
        f"git feedback classify {item_id} --category {event.category} --urgency {event.urgency} --impact {event.impact}"
    )


def _reason(candidate: Candidate, words: Words) -> str:
    said = tuple(shorten(visible(word), WORD) for word in candidate.words)
    if candidate.confidence is None:
        return words.say("page-human-words", words=said)
    sure = f"{min(candidate.confidence, SUREST):.0%}"
    if not said:
        return words.say("page-human-likely", confidence=sure)
    return words.say("page-human-model", words=said, confidence=sure)
