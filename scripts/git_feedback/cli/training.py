"""What the commands of training share: a pass made from what was said or handed over, and duties in words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from git_feedback.cli.session import Session
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.moments import parse_day
from git_feedback.intake import issues
from git_feedback.intake.issue_form.training_form import handed_in
from git_feedback.jobs.knowledge import today_at
from git_feedback.jobs.passes import known_to
from git_feedback.jobs.reminding import Told
from git_feedback.jobs.training import article_versions, lessons_of
from git_feedback.learning import passes_checked
from git_feedback.learning.passes import Duty
from git_feedback.learning.training import articles_of
from git_feedback.model.training import Course, Pass
from git_feedback.outbox.training_reminders import own_line, team_line
from git_feedback.store.passes import BadPass, pass_id, read_pass
from git_feedback.text import visible

Json = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """A record with the file that it goes to."""

    record: Pass
    file: str
    content: bytes


@dataclass(frozen=True)
class Known:
    """What a pass may name, and the day."""

    known: passes_checked.Known
    today: date

    @classmethod
    def of(cls, session: Session) -> "Known":
        """What the session's desk teaches now."""
        return cls(known_to(lessons_of(session.root)), today_at(session.desk, session.now))


# ---- making a record --------------------------------------------------------------------------------------------------


def by_word(session: Session, known: Known, person: str, course: str, score: int, passed: str | None) -> Pass:
    """A pass by word of the actor, who is somebody else; of the articles the versions of today, if it was today."""
    if person not in session.policy.people:
        raise Stop("no-such-person", USAGE, session.language, given=person, known=tuple(session.policy.people))
    if session.actor == person:
        raise Stop("train-own-word", USAGE, session.language, person=person)
    day = _day(session, passed) if passed else known.today
    found = known.known.training.courses.get(course)
    if found is None:
        raise Stop("pass-no-course", USAGE, session.language, given=course, known=known.known.courses or "-")
    versions = article_versions(session.root) if day == known.today else {}
    return Pass(
        id=pass_id(person, course, day),
        person=person,
        course=course,
        version=found.version,
        passed=day,
        score=score,
        articles={name: versions[name] for name in articles_of(found, known.known.training) if name in versions},
        by=session.actor,
    )


def _day(session: Session, given: str) -> date:
    try:
        return parse_day(given)
    except ValueError:
        raise Stop("train-bad-day", USAGE, session.language, given=given) from None


def handed_over(session: Session, file: Path | None, issue: Path | None) -> Pass:
    """The pass in the file of a certificate, or in an issue."""
    where = file or issue
    assert where
    source = where.read_bytes() if file else _in_issue(session, where)
    try:
        return read_pass(source, where.as_posix())
    except BadPass as bad:
        session.show_problems(bad.problems)
        raise Stop("train-unreadable", USAGE, session.language, file=where.as_posix()) from None


def _in_issue(session: Session, file: Path) -> bytes:
    """The lines of a pass in an issue: the event of a workflow, or the issue itself."""
    source = file.read_bytes()
    try:
        told = json.loads(source.decode("utf-8-sig"))
        is_issue = isinstance(told, dict) and "issue" not in told
        found = issues.told_by_host(told) if is_issue else issues.issue(source)
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise Stop("bad-event", language=session.language, file=file.as_posix(), reason=reason) from None
    lines = handed_in(found.body)
    if not lines.strip():
        raise Stop("train-nothing-handed-in", USAGE, session.language, file=file.as_posix())
    return lines.encode()


def from_certificate(session: Session, made: Pass, person: str | None, course: str | None) -> Pass:
    """A pass as it was handed over; who writes it down for somebody else is noted."""
    for given, own in ((person, made.person), (course, made.course)):
        if given is not None and given != own:
            raise Stop("train-not-that-one", USAGE, session.language, given=given, own=own)
    by = None if session.actor == made.person else session.actor
    return made.model_copy(update={"by": by})


def stop_at_faults(session: Session, known: Known, made: Pass) -> None:
    """Stops at the first thing that `check` would find in a record."""
    for code, _, values in passes_checked.faults(made, session.policy, known.known, known.today):
        raise Stop(code, USAGE, session.language, **values)


def is_same(there: bytes, made: Written) -> bool:
    """Whether the record that is there says the same; who wrote it down aside."""
    try:
        found = read_pass(there, made.file)
    except BadPass:
        return False
    return found.model_copy(update={"by": None}) == made.record.model_copy(update={"by": None})


# ---- words ------------------------------------------------------------------------------------------------------------


def title(course: Course, language: str) -> str:
    """What a course is called."""
    return course.title.zh if language == "zh" else course.title.en


def course_facts(session: Session, one: Course) -> str:
    """For whom a course is, and how long it takes."""
    joint = "、" if session.language == "zh" else ", "
    return session.words(
        "train-course-facts",
        whom=joint.join(session.words(f"training-whom-{whom}") for whom in one.whom),
        minutes=one.minutes,
        quizzes=len(list(one.of("quiz"))),
        months=one.again_after_months,
        version=one.version,
    )


def duty_lines(session: Session, one: Duty) -> Iterator[str]:
    """A person and a course: how it stands, until when, and what is newer than the pass."""
    person = session.policy.people[one.person].name.said(session.language)
    yield session.words("train-duty", person=person, id=one.person, course=one.course.id, stands=stands(session, one))
    if one.last and one.newer:
        yield "  " + session.words("train-newer", was=one.last.version, now=one.course.version)
    if one.changed:
        names = [each.name for each in one.changed]
        yield "  " + session.words("train-duty-changed", names=names)


def stands(session: Session, one: Duty) -> str:
    """How a duty stands, with its days."""
    day, last = one.due.isoformat() if one.due else "", one.last.passed.isoformat() if one.last else ""
    if one.due is None:
        return session.words("train-stands-for-good", last=last)
    return session.words(f"train-stands-{one.state}", day=day, last=last)


def reminded_said(session: Session, one: Told) -> str:
    """One line of the night: who was told, or (dry run) would be."""
    code = "night-training-would-tell" if session.dry_run else "night-training-told"
    n = len(one.reminder.own) + len(one.reminder.team)
    return session.words(code, n=n, addressee=one.reminder.addressee, channel=one.channel)


def reminder_lines(session: Session, one: Told) -> Iterator[str]:
    """Who is reminded, by which way, and of what."""
    yield session.words("train-reminder", addressee=one.reminder.addressee, channel=one.channel)
    yield from (f"  {visible(own_line(duty, session.language))}" for duty in one.reminder.own)
    yield from (f"  {visible(team_line(duty, session.policy, session.language))}" for duty in one.reminder.team)


# ---- JSON -------------------------------------------------------------------------------------------------------------


def duty_as_json(one: Duty) -> Json:
    """A duty as `due` prints it."""
    changed = [{"article": each.name, "was": each.was, "now": each.now} for each in one.changed]
    return {**one.as_json(), "changed": changed}


def reminder_as_json(one: Told) -> Json:
    """A reminder as `remind` and the night print it."""
    rows = {"own": one.reminder.own, "team": one.reminder.team}
    listed = {name: [{"person": it.person, "course": it.course.id} for it in found] for name, found in rows.items()}
    return {"addressee": one.reminder.addressee, "channel": one.channel, **listed}
