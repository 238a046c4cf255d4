"""What triage is worth: rules, a model and both together, on the items that people confirmed and on labelled lines.

Labelled lines lie in `tests/cases/triage/` of the desk, where there are any.  Against an older policy it is a gate: words
that were right and no longer are, are named one by one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from git_feedback.desk import standings
from git_feedback.insight.corrections import Corrections, corrections
from git_feedback.jobs.learning import Example, can_learn, examples, learned, said_by
from git_feedback.jobs.reading import Whole
from git_feedback.model import Item, Problem
from git_feedback.notation import Bad
from git_feedback.policy import Policy
from git_feedback.triage import Rules
from git_feedback.triage.lines import Found, Hit, Line, compared, lines_of
from git_feedback.triage.scoring import Figures, figures

LINES = "tests/cases/triage"
CONFUSED = 10
_LANGUAGE = re.compile(r"-(?:zh|en)$")


@dataclass(frozen=True, slots=True)
class Way:
    """How well one way of deciding does; what only learning has is None for rules.

    `coverage` is the share it decides at 90 % precision (of rules: at all), `threshold` the confidence that holds it,
    `ece` the expected calibration error.
    """

    name: str
    figures: Figures
    coverage: float
    threshold: float | None = None
    ece: float | None = None

    def confused(self) -> list[tuple[str, str, int]]:
        """What people gave, what was said instead ("" for nothing), and how often; the most frequent first."""
        pairs = [
            (given, said, n)
            for given, row in self.figures.confusion.items()
            for said, n in row.items()
            if said != given
        ]
        return sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))[:CONFUSED]


@dataclass(frozen=True, slots=True)
class Turn:
    """An example that another policy decided in another way; `was` and `is_` are categories, or hits of alarms."""

    id: str
    title: str
    given: str
    was: str
    is_: str

    @property
    def breaks(self) -> bool:
        """Whether it was right and is not any more."""
        return self.was == self.given != self.is_


@dataclass(frozen=True, slots=True)
class Gate:
    """The rules of another policy beside these, on the same examples; macro-F1 is None without any."""

    name: str
    before: float | None
    after: float | None
    turns: tuple[Turn, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing became worse."""
        lower = self.before is not None and self.after is not None and self.after < self.before - 1e-9
        return not lower and not any(turn.breaks for turn in self.turns)


@dataclass(frozen=True)
class Evaluated:
    """All of it; `ways` is empty without examples, `why_rules` says why no model takes part, where none does."""

    confirmed: int
    labelled: int
    ways: tuple[Way, ...]
    why_rules: str | None
    takes_over: bool
    lines: Found
    drift: tuple[Corrections, ...]
    gate: Gate | None


class Desk:
    """The examples of a desk: what people confirmed, and the labelled lines."""

    def __init__(self, root: Path, found: Whole, now: datetime) -> None:
        self.root, self.now, self.policy = root, now, found.policy
        self.standings = standings([item for item in found.items if item.received <= now], found.policy, now)
        self.problems: list[Problem] = []
        self.lines = list(self._lines())

    @cached_property
    def confirmed(self) -> list[Example]:
        """The items that people confirmed, of categories that there are."""
        return [one for one in examples(self.standings) if one.label in self.policy.categories]

    @cached_property
    def labelled(self) -> list[Example]:
        """The lines that have a category."""
        made = ((line, _item(line.text, self.policy, self.now)) for line in self.lines if line.category)
        found = [Example(line.place, item.title, line.category or "", item) for line, item in made]
        return [one for one in found if one.label in self.policy.categories]

    def _lines(self) -> Iterator[Line]:
        for path in sorted((self.root / LINES).glob("*.yml")):
            name = path.relative_to(self.root).as_posix()
            try:
                yield from lines_of(path.read_bytes(), name)
            except Bad as bad:
                self.problems += [Problem(name, one.line, one.column, one.code, one.values) for one in bad.faults]


def _item(text: str, policy: Policy, now: datetime) -> Item:
    """A line as if somebody had sent it."""
    return Item(id="Q000000-0000000", received=now, channel=next(iter(policy.channels)), title=text)


def evaluated(desk: Desk, other: Policy | None = None, name: str = "") -> Evaluated:
    """What triage is worth at a desk; beside the rules of another policy only the rules are judged."""
    rules, known = Rules(desk.policy), [*desk.confirmed, *desk.labelled]
    ways, why = _ways(known, rules, learning=other is None) if known else ((), "evaluate-no-examples")
    own = learned(desk.root, desk.standings, desk.policy) if other is None else None
    return Evaluated(
        confirmed=len(desk.confirmed),
        labelled=len(desk.labelled),
        ways=ways,
        why_rules=why,
        takes_over=bool(own and own.verdict.takes_over),
        lines=compared(desk.lines, _hits(desk, rules)),
        drift=tuple(corrections(desk.standings, desk.policy, desk.now, desk.policy.zone)),
        gate=_gate(desk, known, rules, Rules(other), name) if other else None,
    )


def _ways(known: Sequence[Example], rules: Rules, *, learning: bool) -> tuple[tuple[Way, ...], str | None]:
    labels, said = [one.label for one in known], said_by(rules, known)
    own = figures(labels, said)
    decided = sum(1 for one in said if one) / len(said)
    if not learning:
        return (Way("rules", own, decided),), "evaluate-gate"
    if not can_learn():
        return (Way("rules", own, decided),), "evaluate-no-extra"
    from git_feedback.triage.worth import worth

    try:
        found = worth([one.text for one in known], labels, [rules.hits(one.item) for one in known], said)
    except ValueError:
        return (Way("rules", own, decided),), "evaluate-too-few"
    tried = [("model", found.model), *([("together", found.together)] if found.together else [])]
    tries = [
        Way(name, figures(labels, [p.label for p in one.predictions]), one.coverage, one.threshold_90, one.ece)
        for name, one in tried
    ]
    return (Way("rules", own, decided), *tries), None


def _hits(desk: Desk, rules: Rules) -> Mapping[str, frozenset[Hit]]:
    return {line.text: hits_of(_item(line.text, desk.policy, desk.now), rules) for line in desk.lines}


def hits_of(item: Item, rules: Rules) -> frozenset[Hit]:
    """The kinds of alarms that its words raise, and the category that the rules give."""
    kinds: set[Hit] = {("alarm", _LANGUAGE.sub("", match.rule.id)) for match in rules.alarms(item)}
    decided = rules.decides(item)
    return frozenset(kinds | {("category", decided.rule.category)} if decided and decided.rule.category else kinds)


# ---- beside another policy ------------------------------------------------------------------------------------------


def _gate(desk: Desk, known: Sequence[Example], ours: Rules, other: Rules, name: str) -> Gate:
    labels, after = [one.label for one in known], said_by(ours, known)
    current = desk.policy.category_ids
    before = [current.get(one, one) if one else None for one in said_by(other, known)]
    macro = [figures(labels, said).macro_f1 if known else None for said in (before, after)]
    turned = [
        Turn(one.id, one.item.title, one.label, was or "", is_ or "")
        for one, was, is_ in zip(known, before, after, strict=True)
        if was != is_
    ]
    return Gate(name, macro[0], macro[1], (*turned, *_alarms_turned(desk, ours, other)))


def _alarms_turned(desk: Desk, ours: Rules, other: Rules) -> Iterator[Turn]:
    for line in desk.lines:
        item = _item(line.text, desk.policy, desk.now)
        was, is_ = (
            ", ".join(sorted(kind for what, kind in hits_of(item, rules) if what == "alarm")) for rules in (other, ours)
        )
        if was != is_:
            yield Turn(line.place, line.text, ", ".join(sorted(line.alarms)), was, is_)
