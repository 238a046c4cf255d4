"""How much an item matters: urgency and impact of its category, and all that raises them, each with its reason.

Words of alarms raise to a value, submitter and scope add to it, a condition of the policy lifts to its level.  Nothing
lowers anything.  The reasons are written into `because` in one fixed form, so that pages and commands can say them in
the language of whoever reads.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from git_feedback import i18n
from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.policy import Category, Edition, Policy
from git_feedback.policy.triage_files import Condition, Raise, ScopeName, SubmitterKind
from git_feedback.triage.matching import Match, folded, folded_text, hits, negations_of
from git_feedback.triage.scope import SINGLE, Scope

SHOWN_ITEMS = 10
"""So many of the items that make it common are named; the number of submitters says the rest."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that weighs: its code, the values in its words, and how it stands in `because` (empty: it does not)."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    written: str = ""

    @property
    def part(self) -> tuple[str, ...]:
        """The piece of the policy that it comes from, as the site's origins name it; empty for what stood before."""
        kind = next((kind for kind in _PARTS_OF if kind in self.values), None)
        return (_PARTS_OF[kind], str(self.values[kind])) if kind else ()

    def said(self, language: str, policy: Policy) -> str:
        """The reason in words, with what it came to where it raised something."""
        named = {name: _named(name, value, language, policy) for name, value in self.values.items()}
        said = i18n.text(self.code, language, None, **named)
        return i18n.text("score-weighs", language, None, said=said, **named) if "urgency" in self.values else said


@dataclass(frozen=True, slots=True)
class Score:
    """What an item weighs, and why; the first reason is its category, or what was said of it before."""

    urgency: int
    impact: int
    scope: ScopeName
    level: str
    reasons: tuple[Reason, ...]

    @property
    def because(self) -> str:
        """What raised it, as events have it; empty where nothing did."""
        return "; ".join(reason.written for reason in self.reasons if reason.written)


def score(
    item: Item, category: Category, policy: Policy, matches: Sequence[Match] = (), scope: Scope = SINGLE
) -> Score:
    """What an item of a category weighs, with the keyword rules that its words hit and how many it concerns."""
    return Weights(policy).score(item, category, matches, scope)


class Weights:
    """What raises urgency and impact at a desk, its words folded once."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._conditions = [(one, folded(one.when.words)) for one in policy.triage.conditions]
        self._negations = negations_of(policy.negations)

    def score(self, item: Item, category: Category, matches: Sequence[Match] = (), scope: Scope = SINGLE) -> Score:
        """`score` of one item after the other."""
        tally = _Tally(category.urgency, category.impact, self._edition(item))
        tally.begin("score-category", category=category.id)
        for match in matches:
            tally.reach(match)
        kind = item.submitter.kind if item.submitter else None
        raised = self._policy.triage.submitter.get(kind) if kind else None
        if kind and raised:
            tally.add(raised, kind)
        wide = self._as_said(scope, matches)
        self._widen(tally, wide, "single")
        return self._lifted(tally, item, category.id, matches, wide)

    def widened(self, item: Item, said: ev.Classify, matches: Sequence[Match], scope: Scope) -> Score:
        """What an item weighs that was classified before more people had its problem: only what is new is added."""
        tally = _Tally(said.urgency, said.impact, self._edition(item))
        tally.begin("score-before")
        self._widen(tally, scope, said.scope or "single")
        category = self._policy.category_ids.get(said.category, said.category)
        return self._lifted(tally, item, category, matches, scope)

    def _edition(self, item: Item) -> Edition:
        """The rules by which the item is judged."""
        return self._policy.edition(_day(item, self._policy))

    def _as_said(self, scope: Scope, matches: Sequence[Match]) -> Scope:
        """The scope that was counted, or that the item's own words say where that is wider."""
        alarms = self._policy.triage.systemic_alarms
        named = next((match.rule.id for match in matches if match.rule.id in alarms), None)
        return Scope("systemic", scope.submitters, alarm=named) if named and scope.kind != "systemic" else scope

    def _widen(self, tally: "_Tally", scope: Scope, before: ScopeName) -> None:
        if scope.is_wider_than(before):
            more, less = self._policy.triage.raise_of(scope.kind), self._policy.triage.raise_of(before)
            raised = Raise(urgency=max(0, more.urgency - less.urgency), impact=max(0, more.impact - less.impact))
            tally.widen(raised, scope)

    def _lifted(self, tally: "_Tally", item: Item, category: str, matches: Sequence[Match], scope: Scope) -> Score:
        for condition, words in self._conditions:
            if self._holds(condition, words, item, category, matches, scope):
                tally.lift(condition)
        return Score(tally.urgency, tally.impact, scope.kind, tally.level, tuple(tally.reasons))

    def _holds(
        self,
        condition: Condition,
        words: tuple[str, ...],
        item: Item,
        category: str,
        matches: Sequence[Match],
        scope: Scope,
    ) -> bool:
        """Whether of every list that a condition gives an entry is true of the item."""
        when, kind = condition.when, item.submitter.kind if item.submitter else None
        return (
            (not when.alarm or any(match.rule.id in when.alarm for match in matches))
            and (not when.category or bool(self._names(category) & set(when.category)))
            and (not when.channel or item.channel in when.channel)
            and (not when.submitter or kind in when.submitter)
            and (not when.scope or scope.kind in when.scope)
            and (not words or bool(hits(when.words, words, folded_text(item), self._negations)))
        )

    def _names(self, category: str) -> set[str]:
        """What a category is called, was called before, and the groups of those names."""
        found = self._policy.categories.get(category)
        names = {category, *(found.was if found else ())}
        return names | {name.split("/")[0] for name in names}


class _Tally:
    """Urgency and impact while reasons are added up."""

    def __init__(self, urgency: int, impact: int, edition: Edition) -> None:
        self.urgency, self.impact, self._edition = urgency, impact, edition
        self.reasons: list[Reason] = []

    @property
    def level(self) -> str:
        return self._edition.level(self.urgency, self.impact)

    def begin(self, code: str, **values: object) -> None:
        """Where it starts from; events do not repeat it."""
        self.reasons.append(Reason(code, {**values, "urgency": self.urgency, "impact": self.impact}))

    def reach(self, match: Match) -> None:
        """Words of a rule raise to its values."""
        said = f"keyword {', '.join(match.words)}; rule {match.rule.id}"
        reason = Reason("score-keyword", {"words": match.words, "rule": match.rule.id}, said)
        self._to(match.rule.urgency or 0, match.rule.impact or 0, reason)

    def add(self, raised: Raise, kind: SubmitterKind) -> None:
        """Who says it adds something."""
        reason = Reason("score-submitter", {"submitter": kind}, f"submitter {kind}")
        self._to(self.urgency + raised.urgency, self.impact + raised.impact, reason)

    def widen(self, raised: Raise, scope: Scope) -> None:
        """How many it concerns adds something, and is said where nothing is left to be raised."""
        self._to(self.urgency + raised.urgency, self.impact + raised.impact, _of_scope(scope), anyway=True)

    def lift(self, condition: Condition) -> None:
        """To the level of a condition, by the least that reaches it; of two such ways the one with more urgency."""
        higher = product(range(self.urgency, 6), range(self.impact, 6))
        reaching = [(u, i) for u, i in higher if self._edition.level(u, i) <= condition.level]
        if reaching:
            urgency, impact = min(reaching, key=lambda pair: (sum(pair), -pair[0]))
            values, said = {"condition": condition.id, "level": condition.level}, f"condition {condition.id}"
            self._to(urgency, impact, Reason("score-condition", values, f"{said}, level {condition.level}"))

    def _to(self, urgency: int, impact: int, reason: Reason, *, anyway: bool = False) -> None:
        """Raise to values; a reason that raises nothing is left out, unless it is noted `anyway`."""
        raised = min(5, max(self.urgency, urgency)), min(5, max(self.impact, impact))
        if raised != (self.urgency, self.impact):
            self.urgency, self.impact = raised
            weighs = {"urgency": raised[0], "impact": raised[1]}
            written = f"{reason.written}: urgency {raised[0]}, impact {raised[1]}"
            self.reasons.append(Reason(reason.code, {**reason.values, **weighs}, written))
        elif anyway:
            self.reasons.append(reason)


def _of_scope(scope: Scope) -> Reason:
    """Words alone say how many it concerns, or submitters who were counted."""
    if scope.alarm:
        said = f"scope {scope.kind}, rule {scope.alarm}"
        return Reason("score-scope-words", {"scope": scope.kind, "rule": scope.alarm}, said)
    items = scope.items[:SHOWN_ITEMS]
    said = f"scope {scope.kind}, {scope.submitters} submitters, {' '.join(items)}"
    return Reason("score-scope", {"scope": scope.kind, "submitters": scope.submitters, "items": items}, said)


_PARTS_OF = {
    "rule": "keyword",
    "scope": "scope",
    "submitter": "submitter",
    "condition": "condition",
    "category": "category",
}


# ---- said in the language of whoever reads --------------------------------------------------------------------------


def _named(name: str, value: object, language: str, policy: Policy) -> object:
    """A value as people call it."""
    if name == "submitter":
        return i18n.text(f"page-submitter-{value}", language)
    if name == "scope":
        return i18n.text(f"scope-{value}", language)
    if name == "category":
        category = policy.categories.get(str(value))
        return category.name.said(language) if category else value
    if name == "condition":
        return next((one.name.said(language) for one in policy.triage.conditions if one.id == value), value)
    return value


_RAISED = r"(?:: urgency (?P<urgency>[1-5]), impact (?P<impact>[1-5]))?"
_WRITTEN = {
    "score-keyword": re.compile(rf"keyword (?P<words>[^;]+); rule (?P<rule>[\w-]+){_RAISED}"),
    "score-submitter": re.compile(rf"submitter (?P<submitter>new|returning|high-value|anonymous){_RAISED}"),
    "score-scope-words": re.compile(rf"scope (?P<scope>common|systemic), rule (?P<rule>[\w-]+){_RAISED}"),
    "score-scope": re.compile(
        rf"scope (?P<scope>common|systemic), (?P<submitters>\d+) submitters, (?P<items>[\w -]+?){_RAISED}"
    ),
    "score-condition": re.compile(rf"condition (?P<condition>[\w./-]+), level (?P<level>P[0-9]){_RAISED}"),
}
_BETWEEN = re.compile(r"; (?!rule )")


def reasons_of(because: str | None) -> tuple[Reason, ...]:
    """What raised an item, as the `because` of a machine's classification has it; what is no such reason is left out."""
    return tuple(_raising(because or ""))


def _raising(because: str) -> Iterator[Reason]:
    for part in _BETWEEN.split(because):
        for code, form in _WRITTEN.items():
            found = form.fullmatch(part)
            if found and (found["urgency"] or code.startswith("score-scope")):
                yield Reason(code, {name: _value(name, one) for name, one in found.groupdict().items() if one}, part)


def _value(name: str, said: str) -> object:
    if name == "words":
        return tuple(said.split(", "))
    return tuple(said.split()) if name == "items" else said


def _day(item: Item, policy: Policy) -> date:
    return item.received.astimezone(policy.office.tz).date()
