"""`nightly`: everything a night does, anywhere."""

import random
import time

import click

from git_feedback.cli.commands.build import build
from git_feedback.cli.commands.check import problem_as_json
from git_feedback.cli.commands.sla import clock_as_json, clock_said
from git_feedback.cli.session import Session, writing
from git_feedback.desk import Standing, standings
from git_feedback.desk.sla import Clock
from git_feedback.jobs import nights
from git_feedback.jobs.pushing import Patience, written_and_pushed
from git_feedback.model import Problem
from git_feedback.store import GitFailed

PATIENCE_S = 300

Written = tuple[list[Problem], list[str]]


@click.command("nightly")
@click.option("--no-build", is_flag=True, help="Leave the site alone.")
@click.option(
    "--push", is_flag=True, help="Pull before and push after; redone while others push too, for five minutes."
)
@click.option("--fail-on", type=click.Choice(["breach"]), help="End with 1 when a clock is late.")
@writing
def command(session: Session, no_build: bool, push: bool, fail_on: str | None) -> int:
    """Check, triage, clocks, site.  A second run finds nothing left to do and leaves the head as it is.

    A bad file is named and the rest goes on; ends with 1 when there was one.
    """
    problems, paths = _pushed(session) if push and not session.dry_run else _written(session)
    found = standings(session.desk.items, session.policy, session.now)
    late = nights.late(found)
    _show(session, problems, paths, late, nights.before_next_run(found, session.now))
    if not no_build and not session.dry_run:
        session.style = "remarks" if session.style == "json" else session.style
        build(session, None, strict=False)
    return 1 if problems or (late and fail_on == "breach") else 0


Rows = list[tuple[Standing, Clock]]


def _show(session: Session, problems: list[Problem], paths: list[str], late: Rows, coming: Rows) -> None:
    if session.style == "json":
        clocks = {"late": late, "before_next_run": coming}
        rows = {name: [clock_as_json(*row) for row in listed] for name, listed in clocks.items()}
        said = [problem_as_json(problem, session.language) for problem in problems]
        session.show_json({"problems": said, "triaged": paths, **rows})
        return
    session.show_problems(problems)
    for one, clock in late:
        click.echo(f"{one.item.id}  {clock_said(session, clock)}  {one.state.owner or '-'}")
    for one, clock in coming:
        click.echo(session.words("before-next-run", line=f"{one.item.id}  {clock_said(session, clock)}"))


def _pushed(session: Session) -> Written:
    """What was written, once it has reached the other side; redone on the fresh tip while others push too."""
    patience = Patience(PATIENCE_S, time.monotonic, time.sleep, random.random)
    try:
        return written_and_pushed(session.git, lambda: _written(session), patience)
    except GitFailed as failed:
        raise session.git_stopped(failed) from None


def _written(session: Session) -> Written:
    """What is wrong, and the items that the rules classified: written and committed."""
    session.forget()
    problems, paths = nights.check_and_triage(session.root, session.desk, session.now, dry_run=session.dry_run)
    files = len(session.desk.subjects) + len({problem.file for problem in session.desk.broken})
    session.say("checked", n=files, problems=len(problems))
    session.commit(paths, f"nightly: triage of {len(paths)} items")
    if paths:
        session.forget()
    return problems, paths
