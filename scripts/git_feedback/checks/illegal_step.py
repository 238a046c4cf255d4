"""An item's events follow the table of its life: a step out of order hides that something was left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from git_feedback import i18n
from git_feedback.checks.subject import Subject
from git_feedback.desk import STEPS, State, is_answerable, legal, ordered, states
from git_feedback.model import Item, Problem
from git_feedback.policy import Policy

CODE = "illegal-step"


@dataclass(frozen=True, slots=True)
class Misstep(Problem):
    """A problem that names a state, by its word in the language of the reader."""

    def _halves(self, language: str) -> tuple[str, str]:
        word = i18n.text(f"life-{self.values['state']}", language)
        return i18n.halves(self.code, language, **{**self.values, "state": word})


def check(subject: Subject, policy: Policy) -> Iterator[Problem]:
    """Each event against the state before it; imported history is as it is."""
    item = subject.item
    if item.record == "history":
        return
    events = ordered(item.history)
    for event, (before, _after) in zip(events, pairwise(states(item, policy, events)), strict=True):
        options = _options(item, policy, before)
        if event.verb not in options:
            place = ("history", item.history.index(event), event.verb)
            found = subject.problem(CODE, *place, verb=event.verb, state=before.life, legal=options)
            yield Misstep(found.file, found.line, found.column, found.code, found.values)


def _options(item: Item, policy: Policy, before: State) -> tuple[str, ...]:
    """What may follow; with an unknown channel nobody knows whether it carries answers, and either way is right."""
    ways = (is_answerable(item, policy),) if item.channel in policy.channels else (True, False)
    found = {verb for way in ways for verb in legal(before.life, short=before.short, answerable=way)}
    return tuple(verb for verb in STEPS if verb in found)
