"""`erase`: personal data of one item removed, because somebody asked for it.

`--format json` prints `{id, erased, files: [FILE], shared: [FILE], same_person: [ID], quoted_in: [FOLDER],
correct: [PERIOD], commits, remotes: [NAME], keys_left}`.
"""

from collections.abc import Sequence

import click

from git_feedback.cli.commands.show import not_there
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import Stop
from git_feedback.desk import Refusal
from git_feedback.intake.door import safe
from git_feedback.jobs import acting, erasing
from git_feedback.jobs.erasing import Beyond, Doer, Erasure
from git_feedback.jobs.quotations import Quotation, quotations
from git_feedback.store import BadItem, GitFailed, Keys, entry


@click.command("erase")
@click.argument("item_id", metavar="ID")
@click.option("--request", required=True, metavar="N", help="What the request is known by: a number, a letter's date.")
@click.option("--because", metavar="WORDS", help="Why, without naming anybody.")
@writing
def command(session: Session, item_id: str, request: str, because: str | None) -> int:
    """Erase the personal data of item ID: its words, its files, its hint and reference, and the keys to what is sealed.

    Every figure stays, and an event says that something was erased.  What old commits, other clones and backups hold is
    named, not reached; so are issued reports that quote the item, which need a corrected edition.  A second run finishes what a first one could not, and changes nothing else.
    """
    try:
        path, item, _ = acting.item(session.root, item_id)
    except acting.NoItem as none:
        raise not_there(session, none) from None
    except BadItem as bad:
        session.show_problems(bad.problems)
        raise Stop("broken-item", language=session.language, id=item_id) from None
    asked = safe(request)
    doer = Doer(session.policy, session.now, session.actor, safe(because or "") or None)
    found = erasing.erased(session.root, path, item, asked, doer)
    if isinstance(found, Refusal):
        click.echo(f"{item.id}: {found.said(session.language)}", err=True)
        return 1
    quoting = quotations(session.root, item.id)
    if session.dry_run:
        _preview(session, item.id, found, quoting)
        return 0
    if found:
        touched = erasing.put(session.git, session.root, found)
        session.commit(touched, f"erase {item.id}: personal data, request {asked}")
    try:
        erasing.forget(session.root)
        beyond = erasing.left_behind(session.git, path, Keys(session.git).remove(item.id))
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
    _show(session, item.id, found, quoting, beyond)
    return 0


def _preview(session: Session, item_id: str, found: Erasure | None, quoting: Sequence[Quotation]) -> None:
    if session.style == "json":
        session.show_json({"id": item_id, "erased": False, **_files(found), **_reports(quoting)})
        return
    if found is None:
        session.say("erase-already", id=item_id)
    else:
        click.echo(f"{found.path}:\n{entry(found.item.history[-1]).rstrip()}")
        session.say("erase-would", id=item_id, n=len(found.files))
    _ask_for_corrections(session, quoting)


def _files(found: Erasure | None) -> dict[str, object]:
    if found is None:
        return {"files": (), "shared": (), "same_person": ()}
    return {"files": found.files, "shared": found.shared, "same_person": found.same_person}


def _reports(quoting: Sequence[Quotation]) -> dict[str, object]:
    """Every edition that quotes the item, and the periods of which one is to be corrected."""
    return {"quoted_in": [one.folder for one in quoting], "correct": [one.period for one in quoting if one.holds]}


def _ask_for_corrections(session: Session, quoting: Sequence[Quotation]) -> None:
    for one in quoting:
        if one.holds:
            click.echo(session.words("erase-quoted", folder=one.folder, period=one.period))


def _show(session: Session, item_id: str, found: Erasure | None, quoting: Sequence[Quotation], beyond: Beyond) -> None:
    """What was done, and where something is left that this command does not reach."""
    if session.style == "json":
        facts = {"commits": beyond.commits, "remotes": beyond.remotes, "keys_left": beyond.still_here}
        session.show_json({"id": item_id, "erased": bool(found), **_files(found), **_reports(quoting), **facts})
        return
    click.echo(session.words("erase-done" if found else "erase-already", id=item_id))
    for path in found.shared if found else ():
        click.echo(session.words("erase-shared", file=path))
    if found and found.same_person:
        click.echo(session.words("erase-same-person", ids=found.same_person))
    _ask_for_corrections(session, quoting)
    click.echo(session.words("erase-left"))
    for line in _left(session, quoting, beyond):
        click.echo(f"  - {line}")


def _left(session: Session, quoting: Sequence[Quotation], beyond: Beyond) -> list[str]:
    rows = [session.words("erase-left-commits", n=beyond.commits)]
    rows += [session.words("erase-left-report", folder=one.folder) for one in quoting]
    rows += [session.words("erase-left-remote", remote=one) for one in beyond.remotes]
    rows += [session.words("erase-left-none")] if not beyond.remotes else []
    rows += [session.words("erase-left-refs", n=beyond.still_here)] if beyond.still_here else []
    return [
        *rows,
        session.words("erase-left-clones"),
        session.words("erase-left-backups"),
        session.words("erase-left-site"),
    ]
