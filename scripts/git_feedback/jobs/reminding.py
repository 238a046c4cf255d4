"""Reminders of training: whoever is due is told four weeks before and in the week of the day, the lead two weeks after.

Nothing is written down.  Each reminder belongs to a week, and is sent by the first run that serves a working day of
that week (`desk.alarms.repeat_day`: the last run before the office opens, or the first after it where hours are quiet).
So every run knows by itself whether it is the one.  Whoever has several ways is told by each of them.  A night that is lost is not made up for: the page and `train due`
say the same on every day.  A second run of the same night sends the same again, and a folder of drafts keeps one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from git_feedback.clock import Calendar
from git_feedback.desk import alarms
from git_feedback.jobs.alarming import Post, Unsent, give, route_to
from git_feedback.learning.passes import Duty, half_year_before
from git_feedback.outbox import NotSent
from git_feedback.outbox.training_reminders import Reminder, training_reminder
from git_feedback.policy import Policy

BEFORE, AFTER = timedelta(28), timedelta(14)
"""How long before the day its person is told first, and how long after it the lead is."""
_WEEK = timedelta(7)
_SHORTEST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A reminder that went out, or would, by the way of that name."""

    reminder: Reminder
    channel: str


def week_of_run(policy: Policy, now: datetime, interval: timedelta) -> date | None:
    """The Monday of the week whose reminders belong into this run, or None; `interval` is the time between runs."""
    day = alarms.repeat_day(policy, now, interval)
    if day is None:
        return None
    monday = _monday(day)
    step, earlier = max(interval, _SHORTEST), now
    while (earlier := earlier - step) > now - _WEEK:
        before = alarms.repeat_day(policy, earlier, interval)
        if before is not None:
            return monday if before < monday else None
    return monday


def due_in_week(duties: Iterable[Duty], policy: Policy, monday: date) -> list[Reminder]:
    """Who is reminded of what in a week, by the order of people.yml."""
    listed = list(duties)
    own: dict[str, list[Duty]] = {}
    team: dict[str, list[Duty]] = {}
    for one in listed:
        if _is_own_week(one, policy.office, monday):
            own.setdefault(one.person, []).append(one)
        if _is_lead_s_week(one, policy.office, monday):
            for lead in _leads(one.person, policy, monday):
                team.setdefault(lead, []).append(one)
    return [
        Reminder(person, tuple(own.get(person, ())), tuple(team.get(person, ())))
        for person in policy.people
        if person in own or person in team
    ]


def planned(reminders: Iterable[Reminder], policy: Policy) -> list[Told]:
    """What would be sent, each with its way; nothing is."""
    notify = policy.notify
    return [Told(one, channel) for one in reminders for channel in (notify.ways_of(one.addressee) if notify else ())]


def send(reminders: Sequence[Reminder], root: Path, policy: Policy, now: datetime, post: Post) -> list[Told]:
    """Send each reminder; one that fails keeps no other back, only a way that wants peace is not asked again."""
    sent: list[Told] = []
    for told in planned(reminders, policy):
        one = told.reminder
        route = route_to(one.addressee, told.channel, root, policy, now, post)
        try:
            give(training_reminder(one, policy), replace(route, now=_midnight(policy, now)), post)
        except NotSent as why:
            post.unsent.append(Unsent(one.addressee, told.channel, (), why))
        else:
            sent.append(told)
    return sent


def _midnight(policy: Policy, now: datetime) -> datetime:
    """The moment a reminder carries: the same for all runs of a day, so that the same words are the same message."""
    return datetime.combine(now.astimezone(policy.zone).date(), time(), policy.zone)


# ---- weeks ------------------------------------------------------------------------------------------------------------


def _is_own_week(one: Duty, office: Calendar, monday: date) -> bool:
    return one.due is not None and one.is_asked and monday in (_week(one.due - BEFORE, office), _week(one.due, office))


def _is_lead_s_week(one: Duty, office: Calendar, monday: date) -> bool:
    """Of who never passed, the lead hears after each half-year: since when they are here, no record says."""
    if one.due is None or one.state not in ("overdue", "never"):
        return False
    was = one.due if one.state == "overdue" else half_year_before(one.due, office)
    return monday == _week(was + AFTER, office)


def _week(day: date, office: Calendar) -> date:
    """The Monday of the week of a day, or of the first one after it in which somebody works."""
    monday = _monday(day)
    weeks: Iterator[date] = (monday + n * _WEEK for n in range(5))
    return next((one for one in weeks if any(office.is_working_day(one + timedelta(n)) for n in range(7))), monday)


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _leads(person: str, policy: Policy, day: date) -> list[str]:
    """Who leads somebody's department, or stands in; of a lead the managers are told."""
    department = policy.departments.get(policy.people[person].department)
    if department is None:
        return []
    if department.lead != person:
        return [policy.on_duty(department.lead, day)]
    return [one.id for one in policy.people.values() if "manager" in one.roles and one.id != person]
