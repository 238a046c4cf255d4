"""Who decides what a new item is: a person before all, then rules, and a model where it has shown that it does better.

A model decides beside rules, not over them: words of an alarm stay with the rules, and so does every category of which
there are too few items to learn from, or which the rules give rightly in nine of ten cases.  Where it is not sure, a person decides, and sees what it may be.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from git_feedback.desk import Standing
from git_feedback.jobs import learning
from git_feedback.jobs.learning import CANDIDATES, Learned
from git_feedback.model import Item
from git_feedback.policy import Policy
from git_feedback.triage import Candidate, Rules, Suggestion
from git_feedback.triage.scope import SINGLE, Scope

BY = "model"


def advice(root: Path, policy: Policy, found: Sequence[Standing]) -> dict[str, tuple[Candidate, ...]]:
    """What each item that nobody has classified may be, by id; empty where nothing was learned."""
    new = [one.item for one in found if one.state.life == "new"]
    deciding = Deciding(root, policy, found)
    return {item.id: deciding.candidates(item) for item in new} if new and deciding.learned else {}


class Deciding:
    """The rules of a desk, and what its confirmed items teach; `root` is None where nothing may be learned."""

    def __init__(self, root: Path | None, policy: Policy, found: Sequence[Standing]) -> None:
        self.rules, self._root, self._policy, self._found = Rules(policy), root, policy, found
        self._learned: Learned | None = None
        self._asked = False

    @property
    def learned(self) -> Learned | None:
        """What was learned; learning begins when somebody asks."""
        if not self._asked and self._root is not None:
            self._learned = learning.learned(self._root, self._found, self._policy)
        self._asked = True
        return self._learned

    def suggest(self, item: Item, now: datetime, scope: Scope = SINGLE) -> Suggestion:
        """What is decided of a new item; without an event what it may be."""
        own = self.rules.suggest(item, now, scope)
        if self.learned is None or (own.event and self._is_the_rules(own, self.learned)):
            return own if own.event else replace(own, candidates=self.candidates(item))
        said = self.learned.of(item)[0]
        if self.learned.decides(said):
            because = f"n-grams {', '.join(said.words)}; confidence {said.confidence:.2f}"
            made = self.rules.suggest_as(item, said.category, BY, because, now, scope)
            return replace(made, confidence=said.confidence)
        undecided = Suggestion(item.id, None, None, None, None, own.alarms)
        return replace(undecided, candidates=self.candidates(item))

    def raised(self, found: Iterable[Standing], now: datetime) -> Iterator[Suggestion]:
        """Open items that a form classified and whose words raise an alarm; a person's word stays."""
        for one in found:
            if one.state.is_unfinished and not one.state.confirmed and one.item.record != "history":
                made = self.rules.raised(one.item, now)
                if made:
                    yield made

    def candidates(self, item: Item) -> tuple[Candidate, ...]:
        """What it may be, the likeliest first: by the model where there is one, then by words of rules."""
        learned = self.learned.of(item) if self.learned else []
        by_rules = (Candidate(name, words) for name, words in self.rules.hits(item).items())
        found: dict[str, Candidate] = {}
        for one in (*learned[:1], *by_rules, *learned[1:]):
            if one.category in self._policy.categories:
                found.setdefault(one.category, one)
        return tuple(found.values())[:CANDIDATES]

    def _is_the_rules(self, own: Suggestion, learned: Learned) -> bool:
        """Whether the rules keep the word: no better model, an alarm, a category too rare to learn, or one they know well."""
        verdict, event = learned.verdict, own.event
        if not verdict.takes_over or own.alarms or event is None:
            return True
        return event.category not in verdict.labels or event.category in verdict.sure
