"""Who has passed what, until when that holds, and who is due: worked out from the records, the courses and the day.

Everybody is due twice a year at most.  A pass runs out so many months after its day as the course says; due is then the
last working day of the half-year in which it runs out (June or December, by the office calendar).  So people of a desk
are asked together, and nobody in the middle of a sale.  Who never passed is due at the end of the half-year now running.

| course for | asked of |
|---|---|
| new-staff | everybody without any pass at all; once |
| hotline | agent |
| handlers | handler, coordinator |
| reviewers | reviewer |
| managers | lead, head, manager, director |
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from git_feedback.clock import Calendar
from git_feedback.learning.training import Training, articles_of
from git_feedback.model.training import Course, Pass
from git_feedback.policy import Person, Policy

State = Literal["overdue", "never", "soon", "passed"]
STATES: tuple[State, ...] = ("overdue", "never", "soon", "passed")
ROLES: Mapping[str, tuple[str, ...]] = {
    "hotline": ("agent",),
    "handlers": ("handler", "coordinator"),
    "reviewers": ("reviewer",),
    "managers": ("lead", "head", "manager", "director"),
}
"""The roles of policy/people.yml that a course for them is asked of; `new-staff` is no role."""
NEW = "new-staff"
_JUNE = 6


@dataclass(frozen=True, slots=True)
class Changed:
    """An article that is newer than the one read for a pass: its version then (None: the course had it not) and now."""

    name: str
    was: int | None
    now: int


@dataclass(frozen=True, slots=True)
class Duty:
    """One person and one course: how it stands, and until when it is to be passed (again).

    `overdue`: was due; `never`: to be passed for the first time; `soon`: due in this half-year; `passed`: later, or
    (without `due`) never again.  `changed` and `newer` say what a pass that still counts does not know: read that first.
    """

    person: str
    course: Course
    state: State
    due: date | None
    last: Pass | None = None
    changed: tuple[Changed, ...] = ()

    @property
    def newer(self) -> bool:
        """Whether the course has another version than the one that was passed."""
        return self.last is not None and self.last.version < self.course.version

    def as_json(self) -> dict[str, object]:
        """For JSON, without the articles that changed."""
        last = self.last
        return {
            "person": self.person,
            "course": self.course.id,
            "state": self.state,
            "due": self.due.isoformat() if self.due else None,
            "passed": last.passed.isoformat() if last else None,
            "score": last.score if last else None,
            "version": last.version if last else None,
            "newer": self.newer,
        }

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to do something by the end of this half-year."""
        return self.state != "passed"


def duties(
    known: Training, passes: Iterable[Pass], policy: Policy, versions: Mapping[str, int], today: date
) -> list[Duty]:
    """What everybody has to pass or has passed, as of a day, soonest due first; `versions` are those of articles now."""
    last = latest(passes, today)
    found = [
        duty
        for person in policy.people.values()
        for course in known.courses.values()
        if (duty := _duty(person, course, last, known, policy, versions, today))
    ]
    return sorted(found, key=lambda one: (one.due or date.max, STATES.index(one.state), one.course.id, one.person))


def latest(passes: Iterable[Pass], today: date) -> dict[tuple[str, str], Pass]:
    """The pass that counts of each person and course: the newest one by that day."""
    found: dict[tuple[str, str], Pass] = {}
    for one in sorted(passes, key=lambda one: (one.passed, one.version, one.id)):
        if one.passed <= today:
            found[one.person, one.course] = one
    return found


def needed(person: Person, course: Course, *, passed_any: bool) -> bool:
    """Whether a course is asked of somebody."""
    roles = {role for whom in course.whom for role in ROLES.get(whom, ())}
    return bool(roles.intersection(person.roles)) or (NEW in course.whom and not passed_any)


def due_day(passed: date, course: Course, office: Calendar) -> date:
    """Until when a course that was passed is to be passed again."""
    return half_year_end(months_later(passed, course.again_after_months), office)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a month that is shorter."""
    year, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, index + 1, min(day.day, monthrange(year, index + 1)[1]))


def half_year_end(day: date, office: Calendar) -> date:
    """The last working day of the half-year of a day; where nobody works for a month before, its last day."""
    last = date(day.year, _JUNE, 30) if day.month <= _JUNE else date(day.year, 12, 31)
    found = (last - timedelta(days) for days in range(31))
    return next((one for one in found if office.is_working_day(one)), last)


def half_year_before(day: date, office: Calendar) -> date:
    """The last working day of the half-year before that of a day."""
    return half_year_end(date(day.year, 1 if day.month <= _JUNE else _JUNE + 1, 1) - timedelta(1), office)


def round_end(today: date, office: Calendar) -> date:
    """When the half-year now running ends for the office: that of today, or (after its last working day) the next."""
    end = half_year_end(today, office)
    return end if today <= end else half_year_end(today + timedelta(31), office)


def _duty(
    person: Person,
    course: Course,
    last: Mapping[tuple[str, str], Pass],
    known: Training,
    policy: Policy,
    versions: Mapping[str, int],
    today: date,
) -> Duty | None:
    one = last.get((person.id, course.id))
    is_needed = needed(person, course, passed_any=any(whose == person.id for whose, _ in last))
    if one is None:
        return Duty(person.id, course, "never", round_end(today, policy.office)) if is_needed else None
    changed = tuple(_changed(one, articles_of(course, known), versions))
    due = due_day(one.passed, course, policy.office) if is_needed else None
    return Duty(person.id, course, _state(due, today, policy.office), due, one, changed)


def _state(due: date | None, today: date, office: Calendar) -> State:
    if due is None:
        return "passed"
    if due < today:
        return "overdue"
    return "soon" if due <= round_end(today, office) else "passed"


def _changed(one: Pass, articles: Sequence[str], versions: Mapping[str, int]) -> Iterator[Changed]:
    """What is newer than what was read; a pass that notes no article says nothing of them."""
    if not one.articles:
        return
    for name in sorted({*one.articles, *articles}):
        was, now = one.articles.get(name), versions.get(name)
        if now is not None and (was is None or was < now):
            yield Changed(name, was, now)
