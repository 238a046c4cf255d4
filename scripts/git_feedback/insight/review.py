"""What a review of a quarter should speak about: where most went wrong, what nobody has taken up, and how long it takes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from git_feedback.clock.periods import Period
from git_feedback.insight.courses import Course
from git_feedback.insight.ledger import Ledger
from git_feedback.model.measures import Measure
from git_feedback.model.problems import ProblemRecord

TOPICS = 3
FEWEST = 2
"""One item that went wrong is a matter for its owner, not for a meeting."""
MINUTES: Mapping[str, int] = {
    "figures": 10,
    "topic": 15,
    "overdue": 5,
    "problems": 5,
    "rules": 5,
    "ahead": 10,
    "closing": 5,
}
"""How long the points of an agenda take; of overdue measures and of problems, each one."""
EACH = ("overdue", "problems")
MOST = 15
"""Minutes for all overdue measures, and for all problems, however many they are."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A category in which things went wrong: items `received` in the period and in the one `before` (None: unknown).

    `late`: items that broke a promise in the period.  `reopened`: opened again in it.  `unsatisfied`: whose submitter
    last said so in it.  `items`: all of these, each once.
    """

    category: str
    received: int
    before: int | None
    late: int
    reopened: int
    unsatisfied: int
    items: tuple[str, ...]


def topics(ledger: Ledger, period: Period, *, has_before: bool) -> tuple[Topic, ...]:
    """The categories with the most items that went wrong, TOPICS at most; of equals the one that received more.

    `has_before`: the desk was there in the period before, so a comparison means something.
    """
    look = ledger.look(period)
    received = _numbers(look.received)
    before = _numbers(ledger.look(period.previous).received) if has_before else None
    wrong = _wrong(ledger, period)
    found = [
        Topic(
            category=name,
            received=received.get(name, 0),
            before=None if before is None else before.get(name, 0),
            items=tuple(sorted({item for kind in wrong for item in wrong[kind].get(name, ())})),
            **{kind: len(wrong[kind].get(name, ())) for kind in wrong},
        )
        for name in sorted({name for kind in wrong.values() for name in kind})
    ]
    worth = [one for one in found if len(one.items) >= FEWEST]
    return tuple(sorted(worth, key=lambda one: (-len(one.items), -one.received, one.category))[:TOPICS])


def _wrong(ledger: Ledger, period: Period) -> dict[str, dict[str, list[str]]]:
    """What went wrong, by kind and category: ids."""
    look = ledger.look(period)
    late = {one.standing.item.id for one in look.breached}
    return {
        "late": _ids(one for one in ledger.courses if one.standing.item.id in late),
        "reopened": _ids(look.reopened),
        "unsatisfied": _ids(_unsatisfied(ledger, period)),
    }


def _unsatisfied(ledger: Ledger, period: Period) -> Iterator[Course]:
    """Whose submitter said so when last heard in the period."""
    start, end = ledger.bounds(period)
    for course in ledger.courses:
        heard = [one for one in course.heard if start <= one.at < end]
        if heard and heard[-1].verdict == "unsatisfied":
            yield course


def _ids(found: Iterable[Course]) -> dict[str, list[str]]:
    by_category: dict[str, list[str]] = {}
    for course in found:
        by_category.setdefault(course.category, []).append(course.standing.item.id)
    return by_category


def _numbers(found: Iterable[Course]) -> dict[str, int]:
    return {name: len(ids) for name, ids in _ids(found).items()}


def untaken(records: Iterable[ProblemRecord], measures: Sequence[Measure], last: date) -> list[ProblemRecord]:
    """Problems that were there on a day, are open, and that no measure is about (dropped ones aside); the oldest first."""
    alive = [one for one in measures if one.status != "dropped"]
    taken = {one.problem for one in alive if one.problem}
    ids = {one.id for one in alive}
    found = [
        one
        for one in records
        if one.is_open and one.since <= last and one.id not in taken and not ids.intersection(one.measures)
    ]
    return sorted(found, key=lambda one: (one.since, one.id))


def minutes(kind: str, many: int = 1) -> int:
    """How long a point of the agenda takes."""
    return min(MINUTES[kind] * many, MOST) if kind in EACH else MINUTES[kind]
