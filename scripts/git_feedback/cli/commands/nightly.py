"""`nightly`: everything a night does, anywhere."""

import click

from git_feedback.cli.commands.build import build
from git_feedback.cli.commands.sla import clock_said
from git_feedback.cli.session import Session, writing
from git_feedback.desk import standings
from git_feedback.jobs import nights
from git_feedback.store import GitFailed


@click.command("nightly")
@click.option("--no-build", is_flag=True, help="Leave the site alone.")
@click.option("--push", is_flag=True, help="Pull before and push after.")
@click.option("--fail-on", type=click.Choice(["breach"]), help="End with 1 when a clock is late.")
@writing
def command(session: Session, no_build: bool, push: bool, fail_on: str | None) -> int:
    """Check, triage, clocks, site.  A second run finds nothing left to do and leaves the head as it is.

    A bad file is named and the rest goes on; ends with 1 when there was one.
    """
    if push:
        _git(session, "pull", "--ff-only")
    problems, paths = nights.check_and_triage(session.root, session.desk, session.now, dry_run=session.dry_run)
    session.show_problems(problems)
    session.say("checked", n=len(session.desk.subjects), problems=len(problems))
    session.commit(paths, f"nightly: triage of {len(paths)} items")
    if paths and not session.dry_run:
        del session.desk
    late = _late(session)
    if not no_build and not session.dry_run:
        build(session, None, strict=False)
    if push and not session.dry_run:
        _git(session, "push")
    return 1 if problems or (late and fail_on == "breach") else 0


def _late(session: Session) -> int:
    found = standings(session.desk.items, session.policy, session.now)
    for one, clock in nights.late(found):
        click.echo(f"{one.item.id}  {clock_said(session, one, clock)}  {one.state.owner or '-'}")
    coming = nights.before_next_run(found, session.now)
    for one, clock in coming:
        click.echo(session.words("before-next-run", line=f"{one.item.id}  {clock_said(session, one, clock)}"))
    return len(nights.late(found))


def _git(session: Session, *words: str) -> None:
    from git_feedback.cli.trouble import Stop

    try:
        session.git.run(*words)
    except GitFailed as failed:
        raise Stop("git-failed", language=session.language, reason=str(failed)) from None
