"""`backup`: the whole record into a folder elsewhere, as Git bundles."""

from pathlib import Path

import click

from git_feedback import i18n
from git_feedback.cli.session import Session, common
from git_feedback.cli.trouble import CANNOT, Stop
from git_feedback.jobs import attaching, backing_up
from git_feedback.jobs.backing_up import CannotBackUp, Plan, Written
from git_feedback.jobs.bundles import INCREMENT, Shelf
from git_feedback.jobs.restoring import Unsound
from git_feedback.store import GitFailed


@click.command("backup")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--full", is_flag=True, help="A full one, whatever there is already.")
@click.option("--keep", type=click.IntRange(min=1), help="Keep so many full ones with their increments, remove older.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, write nothing.")
@common
def command(session: Session, folder: Path, full: bool, keep: int | None) -> int:
    """Save all branches, tags and refs/feedback/* of this clone to DIR: an increment, or once a week all of it.

    DIR then holds the keys of personal data: keep it as safely as the keys, on another disk. A key that was erased
    stays in older bundles until --keep removes them. Fetch before, for what is not in this clone is not in the backup;
    nor is what was not committed, nor settings of Git (remotes, hooks).

    Each backup is restored on trial before it counts. Ends with 0 when it stands or nothing is new, 1 when it stands
    but history was rewritten or an older backup is damaged.
    """
    shelf = Shelf(folder.resolve())
    try:
        plan = backing_up.planned(session.git, shelf, session.now, full=full)
        if plan:
            _remark(session, plan)
        written = backing_up.write(session.git, shelf, plan) if plan and not session.dry_run else None
        removed = backing_up.thin_out(Shelf(shelf.folder), keep) if keep and written else []
    except CannotBackUp as cannot:
        raise Stop(cannot.code, CANNOT, session.language, **cannot.values) from None
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
    except Unsound as unsound:
        raise Stop("backup-unsound", CANNOT, session.language, reason=str(unsound)) from None
    except OSError as error:
        raise Stop("backup-disk", CANNOT, session.language, reason=error.strerror or str(error)) from None
    _show(session, shelf, plan, written, removed)
    return 1 if plan and (plan.lost or plan.damage) else 0


def _remark(session: Session, plan: Plan) -> None:
    """What somebody should know even when nobody reads what a night prints."""
    if plan.lost:
        session.say("backup-rewritten", refs=plan.lost, before=plan.before.name if plan.before else "-")
    if plan.damage:
        fact, _ = i18n.halves(plan.damage.code, session.language, file=plan.damage.file, way="")
        session.say("backup-damaged", fact=fact)
    if backing_up.lacks_keys(session.git, plan):
        session.say("backup-no-keys", ref=backing_up.KEYS)
    if attaching.is_in_lfs(session.git):
        session.say("backup-lfs")
    left_out = backing_up.uncommitted(session.git)
    if left_out:
        session.say("backup-uncommitted", left_out)


def _show(session: Session, shelf: Shelf, plan: Plan | None, written: Written | None, removed: list[str]) -> None:
    if session.style == "json":
        session.show_json(_as_json(plan, written, removed))
    elif plan is None:
        click.echo(session.words("backup-nothing-new", name=shelf.entries[-1].name))
    else:
        click.echo(_said(session, plan, written))
        for file in removed:
            click.echo(session.words("backup-removed", file=file))


def _said(session: Session, plan: Plan, written: Written | None) -> str:
    kind = session.words("backup-increment" if plan.kind == INCREMENT else f"backup-full-{plan.because}")
    if written is None:
        return session.words("backup-would-write", name=plan.name, kind=kind, refs=len(plan.refs))
    counts = {"items": written.found.items, "events": written.found.events, "refs": len(plan.refs)}
    return session.words("backup-written", name=plan.name, kind=kind, **counts)


def _as_json(plan: Plan | None, written: Written | None, removed: list[str]) -> dict[str, object]:
    facts = {"name": plan.name, "kind": plan.kind, "because": plan.because} if plan else {"name": None}
    seen = {"items": written.found.items, "events": written.found.events} if written else {}
    refs = {"refs": plan.refs, "lost": plan.lost, "damaged": plan.damage.file if plan.damage else None} if plan else {}
    return {**facts, "written": bool(written), **seen, **refs, "removed": removed}
