"""`rename`: another id for a category or a department, over all items, as one commit of the policy.

`--format json` prints `{kind, old, new, files: {FILE: PLACES}, items, by_state: {STATE: N}}`.
"""

from pathlib import Path

import click

from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.jobs.renaming import KINDS, CannotRename, Renaming, renaming
from git_feedback.store import Desk, write_file


@click.command("rename")
@click.argument("kind", type=click.Choice(tuple(KINDS)))
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@writing
def command(session: Session, kind: str, old: str, new: str) -> int:
    """Call the category or department OLD by the id NEW from now on.

    Only the policy is edited: the entry keeps its former ids, so what items say of it goes on meaning it.  Refused
    where any item would be judged otherwise than before.  A second run changes nothing.
    """
    sources = Desk(session.root).policy()
    try:
        found = renaming(sources, session.desk.items, session.policy, session.now, kind, old, new)
    except CannotRename as cannot:
        raise Stop(cannot.code, USAGE, session.language, **cannot.values) from None
    if not session.dry_run:
        for path, content in found.files.items():
            write_file(session.root / path, content)
    _show(session, found, kind, old, new)
    session.commit(tuple(found.files), f"rename {kind} {old} to {new}: {found.items} items")
    return 0


def _show(session: Session, found: Renaming, kind: str, old: str, new: str) -> None:
    if session.style == "json":
        names = {"kind": kind, "old": old, "new": new}
        session.show_json({**names, "files": found.places, "items": found.items, "by_state": found.moves})
        return
    if not found.files:
        session.say("rename-already", old=old, new=new)
        return
    for path, places in found.places.items():
        click.echo(f"{Path(path).as_posix()}: {session.words('rename-places', n=places)}")
    for life, count in found.moves.items():
        click.echo(f"  {session.words(f'life-{life}')}: {count}")
    code = "rename-would" if session.dry_run else "rename-done"
    session.say(code, n=found.items, old=old, new=new)
