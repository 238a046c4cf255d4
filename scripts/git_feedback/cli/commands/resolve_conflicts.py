"""`resolve-conflicts`: all conflicted items of a merge, a rebase or a cherry-pick, in one process."""

import click

from git_feedback.cli.commands.check import problem_as_json
from git_feedback.cli.session import Session, common
from git_feedback.jobs import merging
from git_feedback.jobs.merging import Resolution
from git_feedback.store import GitFailed


@click.command("resolve-conflicts")
@click.option("--dry-run", is_flag=True, help="Say what would be written, write nothing.")
@click.option("--no-commit", is_flag=True, help="Leave the commit to you; so it is here in any case.")
@common
def command(session: Session) -> int:
    """Merge the items that Git left in conflict, and stage them; what only a person can settle is named.

    Events of both sides are united, other fields merged three ways.  It commits nothing.  Ends with 1 when something is
    left.
    """
    try:
        found = merging.resolve(session.git, session.root, session.progress, dry_run=session.dry_run)
        going_on = merging.under_way(session.git)
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
    show(session, found, "merge-would" if session.dry_run else "merge-done")
    if not found.merged and not found.left:
        session.say("merge-nothing")
    if found.merged and not found.left and going_on and not session.dry_run:
        session.say("merge-go-on", command=f"git {going_on} --continue")
    return 1 if found.left else 0


def show(session: Session, found: Resolution, done: str) -> None:
    """What was merged, in the words of the code `done`, and every place that is left."""
    if session.style == "json":
        left = [problem_as_json(problem, session.language) for problem in found.left]
        session.show_json({"merged": list(found.merged), "left": left})
        return
    session.show_problems(found.left)
    if found.merged:
        session.say(done, n=len(found.merged))
    if found.left:
        session.say("merge-left", n=len({problem.file for problem in found.left}))
