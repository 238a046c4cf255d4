"""`post`: comments to submitters that need no person are drafted and posted, and what went out is noted.

`--format json` prints `{posted: [{id, about, issue, file}], found: [...], failed: [{id, about, issue, file, message}], unread: [FILE]}`.
"""

import click

from git_feedback.cli import answering, host_given
from git_feedback.cli.session import Session, writing
from git_feedback.desk import standings
from git_feedback.jobs import posting, telling
from git_feedback.jobs.posting import Posted, Waiting


@click.command("post", epilog="\b\nExample:\n  git feedback post --dry-run")
@click.option(
    "--push", is_flag=True, help="Pull before and push after; redone while others push too, for three minutes."
)
@writing
def command(session: Session, push: bool) -> int:
    """Post the comments that wait under build/outbox/comments below their issues, and note that they went out.

    Notices are drafted first; a final answer is posted only where a person gave its words.  What stands below its issue
    already is not said twice.  Ends with 1 when a comment could not be posted, with 3 without a host and a token.
    """
    provider = host_given.provider(session)
    found = standings(session.desk.items, session.policy, session.now)
    telling.run(session.root, found, session.policy, session.now)
    if session.dry_run:
        listed, unread = posting.waiting(session.root, found, provider.kind)
        done = Posted(tuple(listed), unread=tuple(unread))
    else:
        done = answering.posted(session, provider, found, push=push and not session.no_commit)
    _show(session, done)
    return 0 if done.is_well else 1


def _show(session: Session, done: Posted) -> None:
    if session.style == "json":
        session.show_json(_as_json(session, done))
        return
    code = "post-would" if session.dry_run else "post-did"
    for one in done.posted:
        click.echo(session.words(code, id=one.id, number=one.number, file=one.path))
    answering.say_posted(session, done)


def _as_json(session: Session, done: Posted) -> dict[str, object]:
    failed = [_row(one.waiting) | {"message": one.said(session.language)} for one in done.failed]
    posted, found = ([_row(one) for one in listed] for listed in (done.posted, done.found))
    return {"posted": posted, "found": found, "failed": failed, "unread": list(done.unread)}


def _row(one: Waiting) -> dict[str, object]:
    return {"id": one.id, "about": one.about or None, "issue": one.number, "file": one.path}
