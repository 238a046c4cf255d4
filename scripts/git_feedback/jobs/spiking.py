"""Problems that rise steeply: whoever leads the department is told once a week, and the record says so.

The alarm stands in the history of the item in the middle of the group, with the week as its cycle; any item of the
group that holds one of this week means that it was told.  What cannot be written down is not sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from git_feedback.checks import Subject
from git_feedback.desk import Refusal, Standing, act, alarms
from git_feedback.jobs.alarming import Post, Unsent, route_to
from git_feedback.jobs.reading import Whole
from git_feedback.model import Event, Item, Problem
from git_feedback.model import events as ev
from git_feedback.outbox import SENDERS, NotSent
from git_feedback.outbox.rises import rise_message
from git_feedback.policy import Policy
from git_feedback.store import BadItem, append, read, write_file
from git_feedback.triage.recurring import Recurring


@dataclass(frozen=True, slots=True)
class Rise:
    """A problem that rises steeply, of which somebody is to be told, by the way of that name."""

    problem: Recurring
    addressee: str
    channel: str


def due(
    root: Path, found: Sequence[Standing], problems: Sequence[Recurring], policy: Policy, now: datetime, post: Post
) -> list[Rise]:
    """Of which problems somebody is to be told now: none that was told this week, and none in quiet hours."""
    if policy.notify is None or alarms.is_quiet(policy, now):
        return []
    by_id = {one.item.id: one for one in found}
    rising = [one for one in problems if one.spike and not _told(one, by_id, week(policy, now))]
    whom = [(one, addressee(by_id[one.middle], policy, now)) for one in rising]
    return [Rise(one, person, route_to(person, root, policy, now, post).name) for one, person in whom]


def tell(
    root: Path, desk: Whole, found: Sequence[Standing], problems: Sequence[Recurring], now: datetime, post: Post
) -> tuple[list[Rise], list[str], list[Problem]]:
    """Send what is due and write it down: what was told, the paths that were written, and why others could not be."""
    files = {subject.item.id: subject for subject in desk.subjects}
    told: list[Rise] = []
    paths: list[str] = []
    wrong: list[Problem] = []
    for one in due(root, found, problems, desk.policy, now, post):
        subject = files[one.problem.middle]
        try:
            written = _appended(root, subject, one, desk.policy, now)
            if isinstance(written, Refusal):
                post.unsent.append(Unsent(None, None, (subject.item.id,), written))
            elif _sent(root, one, files, desk.policy, now, post):
                write_file(root / subject.file, written)
                told.append(one)
                paths.append(subject.file)
        except BadItem as bad:
            wrong += bad.problems
        except OSError as error:
            wrong.append(Problem(subject.file, 1, 1, "unreadable-file", {"reason": error.strerror or str(error)}))
    return told, paths, wrong


def week(policy: Policy, now: datetime) -> int:
    """The week of a moment at the desk: 202647."""
    found = now.astimezone(policy.zone).isocalendar()
    return found.year * 100 + found.week


def addressee(middle: Standing, policy: Policy, now: datetime) -> str:
    """Who is told: the lead of the department, or its deputy; before there is a department, the desk's coordinator."""
    leads = alarms.addressees("lead", middle.state, policy, now)
    day = now.astimezone(policy.office.tz).date()
    return leads[0] if leads else policy.on_duty(policy.desk.coordinator, day)


def _told(one: Recurring, by_id: Mapping[str, Standing], this_week: int) -> bool:
    events = (event for name in one.ids if name in by_id for event in by_id[name].item.history)
    return any(isinstance(event, ev.Alarm) and _is_of(event, this_week) for event in events)


def _is_of(event: ev.Alarm, this_week: int) -> bool:
    return event.clock == alarms.RISE and event.cycle == this_week


def _appended(root: Path, subject: Subject, one: Rise, policy: Policy, now: datetime) -> bytes | Refusal:
    """The file with the alarm in it; read anew, for somebody may have written meanwhile."""
    source = (root / subject.file).read_bytes()
    event = _event(read(source, file=subject.file), one, policy, now)
    return event if isinstance(event, Refusal) else append(source, event, file=subject.file)


def _event(item: Item, one: Rise, policy: Policy, now: datetime) -> Event | Refusal:
    facts = {
        "clock": alarms.RISE,
        "cycle": week(policy, now),
        "addressee": one.addressee,
        "channel": one.channel,
        "since": one.problem.last,
    }
    return act("alarm", item, policy, now, "nightly", facts)


def _sent(root: Path, one: Rise, files: Mapping[str, Subject], policy: Policy, now: datetime, post: Post) -> bool:
    """Whether it went out; once a run, also where the run is redone because others pushed meanwhile."""
    if one.problem.key in post.rises:
        return True
    route = route_to(one.addressee, root, policy, now, post)
    examples = [files[name].item for name in one.problem.examples if name in files]
    try:
        SENDERS[route.way.by](rise_message(one.problem, examples, one.addressee, policy, now), route)
    except NotSent as why:
        post.unsent.append(Unsent(one.addressee, one.channel, (one.problem.middle,), why))
        return False
    post.rises[one.problem.key] = one.channel
    return True
