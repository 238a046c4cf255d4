"""`sync`: fetch, merge, push; or merge the base into open branches, which Git hosts cannot do."""

import random
import time
from collections.abc import Iterable

import click

from git_feedback.cli.commands.check import problem_as_json
from git_feedback.cli.commands.resolve_conflicts import show
from git_feedback.cli.session import Session, common
from git_feedback.cli.trouble import Stop
from git_feedback.jobs import merging, syncing
from git_feedback.jobs.pushing import Patience
from git_feedback.store import GitFailed

PATIENCE_S = 180


@click.command("sync")
@click.option(
    "--branches",
    is_flag=True,
    help="Merge this branch, as it is on the host, into the branches there that changed the same files.",
)
@click.option("--push/--no-push", default=True, show_default=True, help="Push what was merged.")
@common
def command(session: Session, branches: bool, push: bool) -> int:
    """Fetch what others pushed, merge it by events and fields, push.  Redone while others push too, for three minutes.

    Ends with 1 when something is left to a person: the merge stays open then, and nothing is pushed.  With --branches no
    merge stays open; a branch that needs a person is named.
    """
    patience = Patience(PATIENCE_S, time.monotonic, time.sleep, random.random)
    try:
        if branches:
            return _branches(session, patience, push)
        if going_on := merging.under_way(session.git):
            raise Stop("sync-under-way", language=session.language, what=going_on)

        def crossed(n: int) -> None:
            session.say("keys-crossed", n=n)

        found = syncing.synced(session.git, session.root, patience, session.progress, push=push, crossed=crossed)
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
    show(session, found, "merge-done")
    if not found.left:
        session.say("sync-done" if push else "sync-fetched")
    return 1 if found.left else 0


def _branches(session: Session, patience: Patience, push: bool) -> int:
    rows = []
    for one in syncing.brought_into_branches(session.git, patience, _quietly, push=push):
        problems = [problem_as_json(problem, session.language) for problem in one.problems]
        rows.append({"branch": one.branch, "outcome": one.outcome, "left": problems, "reason": one.reason})
        if session.style == "text":
            click.echo(session.words(f"sync-{one.outcome}", branch=one.branch, reason=one.reason))
            session.show_problems(one.problems)
    if session.style == "json":
        session.show_json({"branches": rows})
    elif not rows:
        session.say("sync-no-branches")
    return 1 if any(row["outcome"] != "merged" for row in rows) else 0


def _quietly(things: Iterable[str], _: str) -> Iterable[str]:
    """Without a bar for each branch."""
    return things
