"""The policy as lives and clocks ask it.  The same questions come with every item, so their answers are kept."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import NamedTuple

from git_feedback.clock import Calendar
from git_feedback.model import Item
from git_feedback.policy import Edition, Policy, Target
from git_feedback.policy.model import Facts

ASSUMED = (3, 3)
"""Urgency and impact of what nobody has classified yet: it must not wait without a deadline."""

Span = tuple[int, int]
"""From and to, in seconds since 1970."""

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


class Rulebook:
    """A policy, and what was already asked of it."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.office = policy.office
        self._zone = policy.office.tz
        begins = (datetime.combine(edition.effective, time(), self._zone) for edition in policy.editions)
        self._begins = [seconds_of(moment) for moment in begins]
        self._levels: dict[tuple[int, int | None, int | None, int], str] = {}
        self._goals: dict[tuple[str, int, Weight, str, str], tuple[Goal, ...]] = {}
        self._provisional: dict[tuple[str, int, int], bool] = {}
        self._open: dict[tuple[str, int], bool] = {}

    def moment(self, second: int) -> datetime:
        """A moment in the desk's zone."""
        return datetime.fromtimestamp(second, self._zone)

    def edition(self, second: int) -> Edition:
        """The edition in force at a moment; before the first one, the first."""
        return self.policy.editions[self._place(second)]

    def _place(self, second: int) -> int:
        return max(0, bisect_right(self._begins, second) - 1)

    def level(self, second: int, weight: Weight) -> str:
        """The level of an item of such a weight by the edition of that moment."""
        asked = (self._place(second), weight.urgency, weight.impact, weight.raised)
        if asked not in self._levels:
            edition = self.policy.editions[asked[0]]
            urgency, impact = (weight.urgency or ASSUMED[0], weight.impact or ASSUMED[1])
            self._levels[asked] = edition.raised(edition.level(urgency, impact), weight.raised)
        return self._levels[asked]

    def goals(self, clock: str, start: int, weight: Weight, item: Item) -> tuple[Goal, ...]:
        """The target of a clock that starts at a moment, then its caps; empty where no clock runs."""
        submitter = (item.submitter.kind if item.submitter else None) or ""
        asked = (clock, self._place(start), weight, item.channel, submitter)
        found = self._goals.get(asked)
        if found is None:
            level = self.level(start, weight)
            facts = Facts(level, weight.category, item.channel, weight.department, submitter)
            found = self._goals[asked] = self._asked(clock, asked[1], facts)
        return found

    def answering(self, start: int, level: str) -> Goal | None:
        """How soon a level wants a first answer, whoever asks and however: what a rise of the level leaves at least."""
        found = self._asked("respond", self._place(start), Facts(level, "", "", ""))
        return found[0] if found else None

    def _asked(self, clock: str, place: int, facts: Facts) -> tuple[Goal, ...]:
        return tuple(self._goal(target) for target in self.policy.editions[place].targets(clock, facts))

    def _goal(self, target: Target) -> Goal:
        """Working days always count on the desk's office calendar."""
        days = target.duration.working_days
        name = target.calendar if days is None else self.policy.desk.office
        return Goal(target.duration.seconds, days or 0, self.policy.calendars[name], name, target.rule)

    def due(self, goal: Goal, start: int, pauses: Sequence[Span]) -> tuple[int, int]:
        """When a target that starts at a moment is used up, and its seconds.

        `3wd` is what lies between the start and that day's close of business; pauses come on top.
        """
        if goal.seconds is not None:
            return goal.calendar.add_s(start, goal.seconds, pauses), goal.seconds
        close = self.office.close_of_day_s(self.moment(start).date(), goal.days)
        seconds = self.office.elapsed_s(start, close)
        return (self.office.add_s(start, seconds, pauses) if pauses else close), seconds

    def is_provisional(self, calendar: str, first: int, last: int) -> bool:
        """Whether the holidays of a year from `first` to `last` are not published."""
        asked = (calendar, first, last)
        if asked not in self._provisional:
            self._provisional[asked] = self.policy.calendars.is_provisional(calendar, first, last)
        return self._provisional[asked]

    def is_open(self, goal: Goal, second: int) -> bool:
        """Whether the time of a target runs at a moment."""
        asked = (goal.name, second)
        if asked not in self._open:
            self._open[asked] = goal.calendar.is_open(self.moment(second))
        return self._open[asked]
