"""The policy as lives and clocks ask it.  The same questions come with every item, so their answers are kept."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time, tzinfo
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from git_feedback.clock import Calendar
from git_feedback.model import Item
from git_feedback.policy import Edition, Policy, Target
from git_feedback.policy.model import Facts

ASSUMED = (3, 3)
"""Urgency and impact of what nobody has classified yet: it must not wait without a deadline."""

Span = tuple[int, int]
"""From and to, in seconds since 1970."""

Kept = TypeVar("Kept")

_1970 = datetime(1970, 1, 1, tzinfo=UTC)


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 1970; a fraction is dropped."""
    since = moment - _1970
    return since.days * 86_400 + since.seconds


class Weight(NamedTuple):
    """What targets look at in an item, apart from how it came in.  `urgency` is None while it is unclassified."""

    urgency: int | None
    impact: int | None
    raised: int
    category: str
    department: str


class Goal(NamedTuple):
    """A target with its calendar: `seconds` of it, or close of business of a working day after the start."""

    seconds: int | None
    days: int
    calendar: Calendar
    name: str
    rule: int
    official: tuple[Span, ...]
    """The stretches of time in which the calendar's holidays are known for sure; empty where it needs none."""

    def is_provisional(self, start: int, due: int) -> bool:
        """Whether it passes through a year whose holidays are not published."""
        for first, end in self.official:
            if first <= start and due < end:
                return False
        return bool(self.official)


Goals = Mapping[str, tuple[Goal, ...]]
"""By clock: its target, then its caps; a clock that does not run is not there."""


class Rulebook:
    """A policy, and what was already asked of it."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.office = policy.office
        self.zone: tzinfo = policy.office.tz
        begins = (datetime.combine(edition.effective, time(), policy.zone) for edition in policy.editions)
        self.category_ids, self.department_ids = policy.category_ids, policy.department_ids
        """What was renamed: former ids, and those of now."""
        self._begins = [seconds_of(moment) for moment in begins]
        self._levels: dict[tuple[int, int | None, int | None, int], str] = {}
        self._goals: dict[tuple[int, Weight, str, str], Goals] = {}
        self._answering: dict[tuple[int, str], Goal | None] = {}
        self._official: dict[str, tuple[Span, ...]] = {}
        self._open: dict[tuple[str, int], bool] = {}
        self._closes: dict[tuple[int, int], int] = {}
        self._unstarted: dict[tuple[str, str, int], Any] = {}

    def moment(self, second: int) -> datetime:
        """A moment in the desk's zone."""
        return datetime.fromtimestamp(second, self.zone)

    def edition(self, second: int) -> Edition:
        """The edition in force at a moment; before the first one, the first."""
        return self.policy.editions[self.place(second)]

    def place(self, second: int) -> int:
        """The place of that edition among all."""
        return max(0, bisect_right(self._begins, second) - 1)

    def level(self, second: int, weight: Weight) -> str:
        """The level of an item of such a weight by the edition of that moment."""
        asked = (self.place(second), weight.urgency, weight.impact, weight.raised)
        found = self._levels.get(asked)
        if found is None:
            edition = self.policy.editions[asked[0]]
            urgency, impact = (weight.urgency or ASSUMED[0], weight.impact or ASSUMED[1])
            found = self._levels[asked] = edition.raised(edition.level(urgency, impact), weight.raised)
        return found

    def goals(self, start: int, weight: Weight, item: Item) -> Goals:
        """The targets of every clock that starts at a moment."""
        place = self.place(start)
        asked = (place, weight, item.channel, (item.submitter.kind if item.submitter else None) or "")
        found = self._goals.get(asked)
        if found is None:
            found = self._goals[asked] = self._asked(place, self._facts(start, weight, item.channel, asked[3]))
        return found

    def _facts(self, start: int, weight: Weight, channel: str, submitter: str) -> Facts:
        """What rules look at; those that name a category or a department by a former id mean it too."""
        category = self.policy.categories.get(weight.category)
        department = self.policy.departments.get(weight.department)
        return Facts(
            self.level(start, weight),
            weight.category,
            channel,
            weight.department,
            submitter,
            category.was if category else (),
            department.was if department else (),
        )

    def answering(self, start: int, level: str) -> Goal | None:
        """How soon a level wants a first answer, whoever asks and however: what a rise of the level leaves at least."""
        asked = (self.place(start), level)
        if asked not in self._answering:
            found = self._asked(asked[0], Facts(level, "", "", "")).get("respond")
            self._answering[asked] = found[0] if found else None
        return self._answering[asked]

    def _asked(self, place: int, facts: Facts) -> Goals:
        listed = self.policy.editions[place].all_targets(facts)
        return {clock: tuple(self._goal(target) for target in targets) for clock, targets in listed.items()}

    def _goal(self, target: Target) -> Goal:
        """Working days always count on the desk's office calendar."""
        days = target.duration.working_days
        name = target.calendar if days is None else self.policy.desk.office
        calendar = self.policy.calendars[name]
        return Goal(target.duration.seconds, days or 0, calendar, name, target.rule, self._known(name))

    def _known(self, name: str) -> tuple[Span, ...]:
        """The stretches of years for which a calendar has official data, as its own zone counts them."""
        if name not in self._official:
            zone = self.policy.calendars[name].tz
            self._official[name] = tuple(
                (seconds_of(datetime(first, 1, 1, tzinfo=zone)), seconds_of(datetime(last + 1, 1, 1, tzinfo=zone)))
                for first, last in _stretches(sorted(self.policy.calendars.years.get(name, ())))
            )
        return self._official[name]

    def due(self, goal: Goal, start: int, pauses: Sequence[Span]) -> tuple[int, int]:
        """When a target that starts at a moment is used up, and its seconds.

        `3wd` is what lies between the start and that day's close of business; pauses come on top.
        """
        if goal.seconds is not None:
            return goal.calendar.add_s(start, goal.seconds, pauses), goal.seconds
        close = self._close(start, goal.days)
        seconds = self.office.elapsed_s(start, close)
        return (self.office.add_s(start, seconds, pauses) if pauses else close), seconds

    def _close(self, start: int, days: int) -> int:
        """Close of business of the n-th working day after the date of a moment; asked for by the quarter of an hour.

        Since 2000 every date of every zone has begun at a full quarter of an hour of UTC.
        """
        asked = (start // 900, days)
        found = self._closes.get(asked)
        if found is None:
            found = self._closes[asked] = self.office.close_of_day_s(self.moment(start).date(), days)
        return found

    def unstarted(self, name: str, state: str, goal: Goal, make: Callable[[str, str, Goal, int], Kept]) -> Kept:
        """What `make` makes of a clock that has not started, made once; working days count as full ones."""
        asked = (name, state, id(goal))  # goals live as long as the book
        if asked not in self._unstarted:
            self._unstarted[asked] = make(name, state, goal, goal.seconds or goal.days * self._full_day)
        found: Kept = self._unstarted[asked]
        return found

    @cached_property
    def _full_day(self) -> int:
        """The seconds of the longest working day of an ordinary week."""
        first = seconds_of(datetime(2024, 6, 3, tzinfo=self.zone))
        return max(self.office.elapsed_s(first + n * 86_400, first + (n + 1) * 86_400) for n in range(7))

    def is_open(self, goal: Goal, second: int) -> bool:
        """Whether the time of a target runs at a moment."""
        asked = (goal.name, second)
        if asked not in self._open:
            self._open[asked] = goal.calendar.is_open(self.moment(second))
        return self._open[asked]


_kept: list[Rulebook] = []


def rulebook(policy: Policy) -> Rulebook:
    """The rulebook of a policy: the same one as long as the same policy is asked for."""
    if not _kept or _kept[0].policy is not policy:
        _kept[:] = [Rulebook(policy)]
    return _kept[0]


def _stretches(years: Sequence[int]) -> list[tuple[int, int]]:
    """Years in a row, as (first, last)."""
    if not years:
        return []
    breaks = [(one, other) for one, other in pairwise(years) if other != one + 1]
    firsts = [years[0], *(other for _, other in breaks)]
    lasts = [*(one for one, _ in breaks), years[-1]]
    return list(zip(firsts, lasts, strict=True))
