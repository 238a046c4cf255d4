"""`merge-driver`: what Git runs for each item that both sides changed."""

from pathlib import Path

import click

from git_feedback.cli.session import Session, common
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.jobs import merging
from git_feedback.store import Git, GitFailed


@click.command("merge-driver")
@click.argument("files", metavar="[BASE OURS THEIRS PATH]", nargs=-1)
@click.option("--install", is_flag=True, help="Register it in this clone; `init` does so in a new desk.")
@common
def command(session: Session, files: tuple[str, ...], install: bool) -> int:
    """Merge one item, as Git asks for it: events of both sides united, other fields three ways.

    Git calls it with the files it has made and the PATH they are of; the result goes to OURS.  Ends with 1 when
    something is left to a person: the file has markers then.  A clone is taught once: git feedback merge-driver --install

    Git starts it anew for each file.  Where hundreds have changed on both sides, `sync` takes all of them in one go.
    """
    if install and not files:
        return _install(session)
    if install or len(files) != 4:
        raise Stop("merge-driver-usage", USAGE, session.language_without_desk)
    base, ours, theirs, path = files
    problems = merging.drive(Git(Path.cwd()), Path(base), Path(ours), Path(theirs), path)
    for problem in problems:
        click.echo(problem.said(session.language), err=True)
    return 1 if problems else 0


def _install(session: Session) -> int:
    try:
        is_new = merging.install(session.git)
        is_asked_for = merging.is_asked_for(session.git)
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
    if session.style == "json":
        session.show_json({"installed": is_new, "attributes": is_asked_for})
    else:
        click.echo(session.words("merge-driver-new" if is_new else "merge-driver-there"))
    if not is_asked_for:
        session.say("merge-no-attribute")
    return 0 if is_asked_for else 1
