"""Problems that rise steeply: whoever leads the department is told once a week, and the record says so.

The alarm stands in the history of the item in the middle of the group, with the week as its cycle; any item of the
group that holds one of this week means that it was told.  What cannot be written down is not sent.  Of several ways each
is written down for itself, and those that failed beside it: the next run sends by those alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from git_feedback.checks import Subject
from git_feedback.desk import Refusal, Standing, act, alarms
from git_feedback.jobs.alarming import Post, Unsent, give, route_to
from git_feedback.jobs.reading import Whole
from git_feedback.model import Event, Item, Problem
from git_feedback.model import events as ev
from git_feedback.outbox import NotSent
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


def due(found: Sequence[Standing], problems: Sequence[Recurring], policy: Policy, now: datetime) -> list[Rise]:
    """Of which problems somebody is to be told now: none that was told this week, and none in quiet hours."""
    if policy.notify is None or alarms.is_quiet(policy, now):
        return []
    by_id = {one.item.id: one for one in found}
    rising = ((one, addressee(by_id[one.middle], policy, now)) for one in problems if one.spike)
    return [
        Rise(one, person, channel)
        for one, person in rising
        for channel in _ways(person, _events_of_week(one, by_id, week(policy, now)), policy)
    ]


def _ways(person: str, told: Sequence[ev.Alarm], policy: Policy) -> list[str]:
    """By which ways somebody is still to be told: by all, or by those that the record says failed."""
    went = {event.channel for event in told if event.addressee == person}
    missed = {way for event in told if event.addressee == person for way in event.missed} - went
    ways = policy.notify.ways_of(person) if policy.notify else ()
    return [way for way in ways if not told or way in missed]


def tell(
    root: Path, desk: Whole, found: Sequence[Standing], problems: Sequence[Recurring], now: datetime, post: Post
) -> tuple[list[Rise], list[str], list[Problem]]:
    """Send what is due and write it down: what was told, the paths that were written, and why others could not be."""
    files = {subject.item.id: subject for subject in desk.subjects}
    told: list[Rise] = []
    paths: list[str] = []
    wrong: list[Problem] = []
    listed = due(found, problems, desk.policy, now)
    for _, group in groupby(listed, key=lambda one: one.problem.key):
        ways = list(group)
        subject = files[ways[0].problem.middle]
        try:
            went = _told(root, subject, ways, files, desk.policy, now, post)
        except BadItem as bad:
            wrong += bad.problems
        except OSError as error:
            wrong.append(Problem(subject.file, 1, 1, "unreadable-file", {"reason": error.strerror or str(error)}))
        else:
            told += went
            paths += [subject.file] if went else []
    return told, paths, wrong


def _told(
    root: Path,
    subject: Subject,
    ways: Sequence[Rise],
    files: Mapping[str, Subject],
    policy: Policy,
    now: datetime,
    post: Post,
) -> list[Rise]:
    """By which of the ways a problem was told; those are written down.  Raises BadItem, OSError."""
    written = _appended(root, subject, ways[:1], (), policy, now)
    if isinstance(written, Refusal):
        post.unsent.append(Unsent(None, None, (subject.item.id,), written))
        return []
    went = [one for one in ways if _sent(root, one, files, policy, now, post)]
    missed = tuple(sorted(one.channel for one in ways if one not in went))
    written = _appended(root, subject, went, missed, policy, now)
    if not went or isinstance(written, Refusal):
        return []
    write_file(root / subject.file, written)
    post.risen[subject.item.id, ways[0].problem.key] = read(written, file=subject.file).history[-len(went) :]
    return went


def write_down(root: Path, desk: Whole, post: Post) -> tuple[list[str], list[Problem]]:
    """Write again what went out where its commit was dropped: the paths, and why others could not be.  Sends nothing."""
    paths: list[str] = []
    wrong: list[Problem] = []
    for subject in desk.subjects:
        listed = (event for (item, _), events in post.risen.items() if item == subject.item.id for event in events)
        left = [event for event in listed if event not in subject.item.history]
        if not left:
            continue
        try:
            source = (root / subject.file).read_bytes()
            for event in left:
                source = append(source, event, file=subject.file)
            write_file(root / subject.file, source)
            paths.append(subject.file)
        except BadItem as bad:
            wrong += bad.problems
        except OSError as error:
            wrong.append(Problem(subject.file, 1, 1, "unreadable-file", {"reason": error.strerror or str(error)}))
    return paths, wrong


def week(policy: Policy, now: datetime) -> int:
    """The week of a moment at the desk: 202647."""
    found = now.astimezone(policy.zone).isocalendar()
    return found.year * 100 + found.week


def addressee(middle: Standing, policy: Policy, now: datetime) -> str:
    """Who is told: the lead of the department, or its deputy; before there is a department, the desk's coordinator."""
    leads = alarms.addressees("lead", middle.state, policy, now)
    day = now.astimezone(policy.office.tz).date()
    return leads[0] if leads else policy.on_duty(policy.desk.coordinator, day)


def _events_of_week(one: Recurring, by_id: Mapping[str, Standing], this_week: int) -> list[ev.Alarm]:
    """What the items of a group say was told of it this week."""
    events = (event for name in one.ids if name in by_id for event in by_id[name].item.history)
    alarmed = (event for event in events if isinstance(event, ev.Alarm))
    return [event for event in alarmed if event.clock == alarms.RISE and event.cycle == this_week]


def _appended(
    root: Path, subject: Subject, went: Sequence[Rise], missed: tuple[str, ...], policy: Policy, now: datetime
) -> bytes | Refusal:
    """The file with the alarms in it; read anew, for somebody may have written meanwhile."""
    source = (root / subject.file).read_bytes()
    for one in went:
        event = _event(read(source, file=subject.file), one, missed, policy, now)
        if isinstance(event, Refusal):
            return event
        source = append(source, event, file=subject.file)
    return source


def _event(item: Item, one: Rise, missed: tuple[str, ...], policy: Policy, now: datetime) -> Event | Refusal:
    facts = {
        "clock": alarms.RISE,
        "cycle": week(policy, now),
        "addressee": one.addressee,
        "channel": one.channel,
        "since": one.problem.last,
        "missed": missed,
    }
    return act("alarm", item, policy, now, "nightly", facts)


def _sent(root: Path, one: Rise, files: Mapping[str, Subject], policy: Policy, now: datetime, post: Post) -> bool:
    """Whether it went out; once a run and way, also where the run is redone because others pushed meanwhile."""
    if (one.problem.key, one.channel) in post.rises:
        return True
    route = route_to(one.addressee, one.channel, root, policy, now, post)
    examples = [files[name].item for name in one.problem.examples if name in files]
    try:
        give(rise_message(one.problem, examples, one.addressee, policy, now), route, post)
    except NotSent as why:
        post.unsent.append(Unsent(one.addressee, one.channel, (one.problem.middle,), why))
        return False
    post.rises.add((one.problem.key, one.channel))
    return True
