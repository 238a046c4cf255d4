"""`train`: courses, who passed them, who is due.

`--format json`: `list` prints `{courses: [{id, title, version, whom, minutes, months, quizzes}]}`; `record` `{id, file,
written, record}`; `due` `{duties: [{person, course, state, due, passed, score, version, newer, changed}]}`; `remind`
`{week, reminders: [{addressee, channel, own, team}]}`; `certificate` `{file, record}`.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from git_feedback.cli import handing_in, training
from git_feedback.cli.pushed import pushed
from git_feedback.cli.session import Session, reading, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.jobs import reminding
from git_feedback.jobs.passes import taught
from git_feedback.jobs.training import lessons_of
from git_feedback.model.training import Course, Pass
from git_feedback.store import write_file
from git_feedback.store.passes import path_of, write_pass
from git_feedback.text import visible

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """What a pass is made from: words of a colleague, or the file that holds what was handed over."""

    person: str | None
    course: str | None
    score: int | None
    passed: str | None
    handed: Path | None
    issue: Path | None


@click.group("train")
def command() -> None:
    """Courses, who passed them and until when that holds, who is due."""


@command.command("list")
@reading
def list_courses(session: Session) -> None:
    """List the courses: for whom, how long, how many quizzes, which version."""
    found = lessons_of(session.root).all
    listed = [found.courses[name] for name in sorted(found.courses)]
    if session.style == "json":
        session.show_json({"courses": [_course_as_json(one) for one in listed]})
        return
    for one in listed:
        click.echo(f"{one.id}  {visible(training.title(one, session.language))}")
        click.echo("  " + training.course_facts(session, one))
    session.say("train-list-count", n=len(listed))


@command.command("record", epilog="\b\nExample:\n  git feedback train record li.lei newcomer --score 92")
@click.argument("person", required=False)
@click.argument("course", required=False)
@click.option("--score", type=click.IntRange(0, 100), metavar="N", help="Percent of the questions that were right.")
@click.option("--passed", metavar="DAY", help="The day it was passed (default: today).")
@click.option("--from", "handed", type=_FILE, metavar="FILE", help="The file that the certificate page hands over.")
@click.option("--issue", type=_FILE, metavar="FILE", help="An issue (JSON) that was made with the form for passes.")
@click.option("--event", type=_FILE, metavar="FILE", help="An issue's event: its author acts and is answered there.")
@click.option(
    "--push", is_flag=True, help="Pull before and push after; redone while others push too, for three minutes."
)
@writing
def record(
    session: Session,
    person: str | None,
    course: str | None,
    score: int | None,
    passed: str | None,
    handed: Path | None,
    issue: Path | None,
    event: Path | None,
    push: bool,
) -> int:
    """Write down that PERSON passed COURSE, in one commit: by word of a colleague, or from what the quiz handed over.

    Nobody writes down their own pass without the certificate. A record that is there already stays as it is.
    """
    source = Source(person, course, score, passed, handed, issue or event)
    is_pushed = push and not (session.dry_run or session.no_commit)

    def write() -> training.Written:
        return pushed(session, lambda: _recorded(session, source)) if is_pushed else _recorded(session, source)

    if event:
        handing_in.handed_in(session, event, write)
    else:
        write()
    return 0


def _recorded(session: Session, source: Source) -> training.Written:
    known = training.Known.of(session)
    made = _made(session, source, known)
    training.stop_at_faults(session, known, made)
    return _written(session, training.Written(made, path_of(made.id), write_pass(made)))


def _made(session: Session, source: Source, known: training.Known) -> Pass:
    if source.handed or source.issue:
        if source.score is not None or source.passed is not None:
            raise Stop("train-one-source", USAGE, session.language)
        lines = training.handed_over(session, source.handed, source.issue)
        return training.from_certificate(session, lines, source.person, source.course)
    if source.person and source.course and source.score is not None:
        return training.by_word(session, known, source.person, source.course, source.score, source.passed)
    raise Stop("train-record-what", USAGE, session.language)


@command.command("due")
@click.option("--person", metavar="ID", help="Only this person, with what they have passed.")
@click.option("--all", "everything", is_flag=True, help="Also who has passed and is not due in this half-year.")
@reading
def due(session: Session, person: str | None, everything: bool) -> None:
    """List who has to pass what, and until when: the last working day of the half-year in which a pass runs out."""
    if person is not None and person not in session.policy.people:
        known = tuple(session.policy.people)
        raise Stop("no-such-person", USAGE, session.language, given=person, known=known)
    found = taught(session.root, session.desk, session.now).duties
    listed = [one for one in found if one.person == person] if person else list(found)
    shown = [one for one in listed if one.is_asked or everything or person]
    if session.style == "json":
        session.show_json({"duties": [training.duty_as_json(one) for one in shown]})
        return
    for one in shown:
        for line in training.duty_lines(session, one):
            click.echo(line)
    session.say("train-due-count", n=sum(one.is_asked for one in shown))


@command.command("remind")
@reading
def remind(session: Session) -> None:
    """List whom the nights of this week remind of what; nothing is sent.  The night run sends it, once a week."""
    policy = session.policy
    today = session.now.astimezone(policy.zone).date()
    monday = today - timedelta(today.weekday())
    found = reminding.due_in_week(taught(session.root, session.desk, session.now).duties, policy, monday)
    if policy.notify is None:
        session.say("train-remind-nobody")
        found = []
    told = reminding.planned(found, policy)
    if session.style == "json":
        rows = [training.reminder_as_json(one) for one in told]
        session.show_json({"week": monday.isoformat(), "reminders": rows})
        return
    for one in told:
        for line in training.reminder_lines(session, one):
            click.echo(line)
    session.say("train-remind-count", n=len(told), day=monday.isoformat())


@command.command("certificate")
@click.argument("person")
@click.argument("course")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where the page goes.")
@reading
def certificate(session: Session, person: str, course: str, out: Path) -> int:
    """Write the certificate of PERSON for COURSE as a page to print, from the record of the last pass."""
    from git_feedback.pages import certificate

    found = taught(session.root, session.desk, session.now).duties
    duty = next((one for one in found if (one.person, one.course.id) == (person, course)), None)
    if duty is None or duty.last is None:
        raise Stop("train-no-pass", USAGE, session.language, person=person, course=course)
    try:
        out.write_bytes(certificate.certificate(duty.course, duty.last, session.policy, session.language))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Stop("train-cannot-write", language=session.language, file=out.as_posix(), reason=reason) from None
    if session.style == "json":
        session.show_json({"file": out.as_posix(), "record": duty.last.id})
    else:
        session.say("train-certificate-written", file=out.as_posix(), id=duty.last.id)
    return 0


def _course_as_json(one: Course) -> Json:
    return {
        "id": one.id,
        "title": one.title.model_dump(),
        "version": one.version,
        "whom": list(one.whom),
        "minutes": one.minutes,
        "months": one.again_after_months,
        "quizzes": list(one.of("quiz")),
    }


def _written(session: Session, made: training.Written) -> training.Written:
    """Write the record where it is not there yet; a second run changes nothing."""
    path = session.root / made.file
    is_new = not path.exists()
    if not is_new and not training.is_same(path.read_bytes(), made):
        raise Stop("train-there", USAGE, session.language, file=made.file)
    written = is_new and not session.dry_run
    if written:
        write_file(path, made.content)
    if session.style == "json":
        fields = made.record.model_dump(mode="json", exclude_none=True)
        session.show_json({"id": made.record.id, "file": made.file, "written": written, "record": fields})
    else:
        click.echo(made.content.decode(), nl=False)
        session.say("train-written" if written else "train-would-write" if is_new else "train-already", file=made.file)
    if written:
        session.commit([made.file], f"training {made.record.id}: {made.record.score} %")
    return made
