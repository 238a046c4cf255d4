"""`nightly`: everything a night does, anywhere."""

import random
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import click

from git_feedback.cli import catching_up, sweeping, training
from git_feedback.cli.alone import alone, check_fit_to_push, said_busy
from git_feedback.cli.catching_up import CatchingUp
from git_feedback.cli.commands.audit import note_witness
from git_feedback.cli.commands.build import build
from git_feedback.cli.commands.check import problem_as_json
from git_feedback.cli.commands.sla import clock_as_json, clock_said
from git_feedback.cli.commands.to_call import draft_what_is_due
from git_feedback.cli.posting import post_of
from git_feedback.cli.repeating import copies_as_json, remark_on_copies, rise_as_json, rise_said
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock import Duration, write_moment
from git_feedback.desk import Standing, standings
from git_feedback.desk.sla import Clock
from git_feedback.insight.coordination import askable, ping_pong
from git_feedback.insight.measured import overdue
from git_feedback.insight.silence import silent
from git_feedback.jobs import alarming, nights, pairing, reminding, spiking
from git_feedback.jobs.alarming import Post, Sent
from git_feedback.jobs.arriving import Arrived
from git_feedback.jobs.locks import Busy
from git_feedback.jobs.measuring import measures_of
from git_feedback.jobs.passes import taught
from git_feedback.jobs.pushing import Patience, written_and_pushed
from git_feedback.jobs.spiking import Rise
from git_feedback.jobs.sweeping import Sweep
from git_feedback.model import Problem
from git_feedback.model.measures import Measure
from git_feedback.policy.calendar_years import missing_years
from git_feedback.store import GitFailed
from git_feedback.text import visible

PATIENCE_S = 300

Rows = list[tuple[Standing, Clock]]


class Written(NamedTuple):
    """What a night found and did: problems, the items that the rules classified, the alarms it sent or would send.

    `rises` are problems of whose steep rise it told, or would tell; `swept` is what it took in, `caught` what it made up
    for on the desk's host: None where it did not look.
    """

    problems: list[Problem]
    triaged: list[str]
    alarms: list[Sent]
    found: list[Standing]
    rises: list[Rise]
    swept: Sweep | None = None
    caught: CatchingUp | None = None


@click.command("nightly")
@click.option("--no-sweep", is_flag=True, help="Leave the sources of policy/intake.yml alone.")
@click.option("--no-build", is_flag=True, help="Leave the site alone.")
@click.option("--no-alarms", is_flag=True, help="Tell nobody of clocks that run out.")
@click.option(
    "--next-run",
    default="24h",
    show_default=True,
    metavar="TIME",
    help="When it runs again: 30m, 24h. Looks so far ahead.",
)
@click.option(
    "--push", is_flag=True, help="Pull before and push after; redone while others push too, for five minutes."
)
@click.option("--fail-on", type=click.Choice(["breach"]), help="End with 1 when a clock is late.")
@click.option(
    "--witness",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A file or folder elsewhere that notes what the record holds now, for `audit`.",
)
@writing
def command(
    session: Session,
    no_sweep: bool,
    no_build: bool,
    no_alarms: bool,
    next_run: str,
    push: bool,
    fail_on: str | None,
    witness: Path | None,
) -> int:
    """Sweep, check, triage, clocks, alarms, site.  A second run finds nothing left to do and leaves the head as it is.

    A bad file, and a message that could not be sent, are named and the rest goes on; ends with 1 when there was one.
    Ends with 0, with a remark, while another run is at work in this clone; with 3 when it could not pull or push.
    """
    interval = _interval(session, next_run)
    try:
        click.get_current_context().with_resource(alone(session))
    except Busy as busy:
        return said_busy(session, busy)
    post = None if no_alarms else post_of(interval)
    patience = Patience(PATIENCE_S, time.monotonic, time.sleep, random.random)
    arrived = [] if no_sweep else _arrived(session)
    caught = None if no_sweep else catching_up.begun(session)
    pushing = push and not session.dry_run
    written = _pushed(session, post, patience, arrived, caught) if pushing else _written(session, post, arrived, caught)
    if written.swept:
        sweeping.put_all_away(session, written.swept)
    reminded = _remind(session, post)
    late = nights.late(written.found)
    _show(session, written, post, reminded, late, nights.before_next_run(written.found, session.now, interval))
    _remark(session, post)
    _remark_on_items(session, written.found)
    _remark_on_measures(session)
    _remark_on_reports(session, written.found)
    if not no_alarms and not session.dry_run:
        draft_what_is_due(session, written.found)
    if caught and pushing:
        catching_up.write_back(session, caught, written.found, posts=not no_alarms)
    if witness and not session.dry_run:
        note_witness(session, witness)
    if not no_build and not session.dry_run:
        session.style = "remarks" if session.style == "json" else session.style
        build(session, None, strict=False)
    left_out = (written.swept and not written.swept.is_well) or (caught and not caught.is_well)
    failed = written.problems or left_out or (post and post.unsent) or (late and fail_on == "breach")
    return 1 if failed else 0


def _interval(session: Session, given: str) -> timedelta:
    """The time until the next run: minutes or hours of real time."""
    with suppress(ValueError):
        length = Duration.parse(given)
        if length.seconds is not None and length.calendar is None:
            return timedelta(seconds=length.seconds)
    raise Stop("bad-next-run", USAGE, session.language, given=given)


# ---- doing it -------------------------------------------------------------------------------------------------------


def _arrived(session: Session) -> list[Arrived]:
    """What arrived at the sources that can be asked from here; which cannot is said, and no failure."""
    sweeping.after_a_crash(session)
    found = sweeping.asked(session, session.policy.intake.sources)
    for one in found:
        if one.failed and one.failed.code == sweeping.NO_TOKEN:
            session.say("sweep-skipped", id=one.source.id, words=one.failed.said(session.language))
    return [one for one in found if not one.failed or one.failed.code != sweeping.NO_TOKEN]


def _pushed(
    session: Session,
    post: Post | None,
    patience: Patience,
    arrived: Sequence[Arrived] = (),
    caught: CatchingUp | None = None,
) -> Written:
    """What was written, once it has reached the other side; redone on the fresh tip while others push too."""
    check_fit_to_push(session)
    try:
        return written_and_pushed(session.git, lambda: _written(session, post, arrived, caught), patience)
    except GitFailed as failed:
        _keep(session, post)
        raise session.git_stopped(failed) from None


def _keep(session: Session, post: Post | None) -> None:
    """What went out stays noted here, though no push came through: the next one takes it along."""
    if post and (post.sent or post.risen):
        session.forget()
        paths, problems = alarming.write_down(session.root, session.desk, session.now, post)
        risen, wrong = spiking.write_down(session.root, session.desk, post)
        session.show_problems([*problems, *wrong])
        _commit_alarms(session, list(dict.fromkeys((*paths, *risen))))


def _commit_alarms(session: Session, paths: Sequence[str]) -> None:
    session.commit(paths, f"nightly: alarms of {len(paths)} items")


def _written(
    session: Session, post: Post | None, arrived: Sequence[Arrived] = (), caught: CatchingUp | None = None
) -> Written:
    """The night's work, each step in a commit of its own before the next one takes its time.

    A run that is killed while messages go out leaves no changed file behind, which would stop every run after it.
    """
    session.forget()
    swept = sweeping.taken_in(session, arrived) if arrived else None
    if caught:
        catching_up.take(session, caught)
    problems, triaged = nights.check_and_triage(session.root, session.desk, session.now, dry_run=session.dry_run)
    files = len(session.desk.subjects) + len({problem.file for problem in session.desk.broken})
    session.say("checked", n=files, problems=len(problems))
    if triaged:
        session.commit(triaged, f"nightly: triage of {len(triaged)} items")
        session.forget()
    found = standings(session.desk.items, session.policy, session.now)
    told, unwritten = _tell(session, found, post)
    _commit_alarms(session, told)
    rises, risen, unwritten_too = _tell_of_rises(session, found, post)
    _commit_alarms(session, risen)
    if told or risen:
        session.forget()
    listed = [*problems, *(problem for problem in (*unwritten, *unwritten_too) if problem not in problems)]
    return Written(listed, triaged, _alarms(session, found, post), found, rises, swept, caught)


def _tell(session: Session, found: list[Standing], post: Post | None) -> tuple[list[str], list[Problem]]:
    if post is None or session.dry_run or session.policy.notify is None:
        return [], []
    try:
        return alarming.tell(session.root, session.desk, found, session.now, post)
    except BaseException:  # cut off, and written down all the same: it is committed too
        ids = {one.alarm.item.id for one in post.sent}
        _commit_alarms(session, [one.file for one in session.desk.subjects if one.item.id in ids])
        raise


def _tell_of_rises(
    session: Session, found: list[Standing], post: Post | None
) -> tuple[list[Rise], list[str], list[Problem]]:
    """Problems that rise steeply: of which somebody was told, or (dry run) would be, and what was written."""
    if post is None or session.policy.notify is None:
        return [], [], []
    problems = pairing.problems(found, session.policy, session.now)
    if session.dry_run:
        return spiking.due(found, problems, session.policy, session.now), [], []
    return spiking.tell(session.root, session.desk, found, problems, session.now, post)


def _remind(session: Session, post: Post | None) -> list[reminding.Told]:
    """Who was told, or (dry run) would be, that training is due: by one run a week, and nothing is written down."""
    monday = reminding.week_of_run(session.policy, session.now, post.interval) if post else None
    if post is None or monday is None:
        return []
    duties = taught(session.root, session.desk, session.now).duties
    due = reminding.due_in_week(duties, session.policy, monday)
    if session.dry_run:
        return reminding.planned(due, session.policy)
    return reminding.send(due, session.root, session.policy, session.now, post)


def _alarms(session: Session, found: list[Standing], post: Post | None) -> list[Sent]:
    """What was sent, or (dry run) would be; the daily line is no alarm."""
    if post is None or session.policy.notify is None:
        return []
    listed = alarming.planned(found, session.policy, session.now, post) if session.dry_run else post.sent
    return [one for one in listed if not one.alarm.repeat]


# ---- telling of it --------------------------------------------------------------------------------------------------


def _show(
    session: Session,
    written: Written,
    post: Post | None,
    reminded: Sequence[reminding.Told],
    late: Rows,
    coming: Rows,
) -> None:
    if session.style == "json":
        clocks = {"late": late, "before_next_run": coming}
        rows = {name: [clock_as_json(*row) for row in listed] for name, listed in clocks.items()}
        said = [problem_as_json(problem, session.language) for problem in written.problems]
        sent = [_sent_as_json(one) for one in written.alarms]
        unsent = [_unsent_as_json(one, session.language) for one in post.unsent] if post else []
        swept = {"swept": sweeping.as_json(session, written.swept, {})} if written.swept else {}
        rises = [rise_as_json(session, one) for one in written.rises]
        told = {"problems": said, "triaged": written.triaged, "alarms": sent, "unsent": unsent, **rows, **swept}
        told |= {"comments": catching_up.as_json(written.caught)} if written.caught else {}
        told |= {"rises": rises, "copies": copies_as_json(session, written.found)}
        told |= {"measures_overdue": [one.id for one in _overdue(session)]}
        told |= {"training_reminders": [training.reminder_as_json(one) for one in reminded]} if reminded else {}
        session.show_json(told)
        return
    if written.swept:
        sweeping.show(session, written.swept)
    if written.caught:
        catching_up.show(session, written.caught)
    session.show_problems(written.problems)
    for sent_one in written.alarms:
        click.echo(_sent_said(session, sent_one))
    for rise in written.rises:
        click.echo(rise_said(session, rise))
    for one_told in reminded:
        click.echo(training.reminded_said(session, one_told))
    for one in post.unsent if post else ():
        click.echo(one.said(session.language))
    for standing, clock in late:
        click.echo(f"{standing.item.id}  {clock_said(session, clock)}  {standing.state.owner or '-'}")
    for standing, clock in coming:
        click.echo(session.words("before-next-run", line=f"{standing.item.id}  {clock_said(session, clock)}"))


def _sent_said(session: Session, one: Sent) -> str:
    alarm = one.alarm
    return session.words(
        "night-would-tell" if session.dry_run else "night-told",
        addressee=alarm.addressee,
        channel=one.channel,
        id=alarm.item.id,
        clock=session.words(f"cli-clock-{alarm.clock.name}"),
        rungs=[f"{rung} %" if session.language == "en" else f"{rung}%" for rung in alarm.rungs],
        since=alarm.since.astimezone(session.policy.zone).strftime("%Y-%m-%d %H:%M"),
    )


def _sent_as_json(one: Sent) -> dict[str, object]:
    alarm = one.alarm
    return {
        "id": alarm.item.id,
        "clock": alarm.clock.name,
        "cycle": alarm.number,
        "rungs": list(alarm.rungs),
        "addressee": alarm.addressee,
        "channel": one.channel,
        "since": write_moment(alarm.since),
    }


def _unsent_as_json(one: alarming.Unsent, language: str) -> dict[str, object]:
    return {
        "addressee": one.addressee,
        "channel": one.channel,
        "ids": list(one.ids),
        "code": one.why.code,
        "message": one.said(language),
    }


def _remark(session: Session, post: Post | None) -> None:
    """What waits for the morning, and which rules and calendars somebody should look at."""
    day = session.now.astimezone(session.policy.zone).date()
    if post and post.waiting:
        session.say("night-waiting", n=post.waiting)
    unreviewed = nights.unreviewed_since(session.policy, day)
    if unreviewed:
        session.say("night-unreviewed", day=unreviewed.isoformat())
    for missing in missing_years(session.policy, day):
        session.say(missing.code, calendar=missing.calendar, year=missing.year)


def _remark_on_reports(session: Session, found: list[Standing]) -> None:
    """The month is over, and its report is not there."""
    month = nights.month_to_report(session.root, found, session.policy, session.now)
    if month:
        session.say("night-report", month=month)


def _remark_on_items(session: Session, found: list[Standing]) -> None:
    """Whose silence asks for a word, what nobody wants, and what says the same as something else, a line each."""
    remark_on_copies(session, found)
    for one in silent(found, session.policy, session.now):
        session.say(f"night-silent-{one.due}", id=one.standing.item.id, n=one.days, command=one.command)
    for unwanted in ping_pong(found, session.now):
        who = askable(unwanted, session.policy)
        session.say("night-ping-pong", id=unwanted.standing.item.id, n=unwanted.times, who=who)


def _remark_on_measures(session: Session) -> None:
    """Measures that were to be done by now, a line each with its owner."""
    today = session.now.astimezone(session.policy.zone).date()
    for one in _overdue(session):
        assert one.due
        title = visible(one.words(one.title, session.language)[0])
        session.say("night-measure-overdue", n=(today - one.due).days, id=one.id, title=title, owner=one.owner)


def _overdue(session: Session) -> list[Measure]:
    return overdue(measures_of(session.root).all, session.now.astimezone(session.policy.zone).date())
