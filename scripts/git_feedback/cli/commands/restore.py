"""`restore`: a desk made anew from its backups, or only the proof that it could be."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from git_feedback.cli.session import Session, common
from git_feedback.cli.trouble import CANNOT, USAGE, Stop
from git_feedback.clock.moments import parse_moment, write_moment
from git_feedback.jobs import restoring
from git_feedback.jobs.backing_up import KEYS
from git_feedback.jobs.bundles import Backup, Damage, Shelf
from git_feedback.jobs.restoring import NoBackup, NotRestorable, Restored, Unsound


@click.command("restore")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("target", metavar="[TARGET]", required=False, type=click.Path(path_type=Path))
@click.option("--verify", is_flag=True, help="Restore to a temporary folder, report, and leave nothing.")
@click.option("--at", "given", metavar="TIME", help="The record as it was backed up at that time or last before it.")
@common
def command(session: Session, folder: Path, target: Path | None, verify: bool, given: str | None) -> int:
    """Make the desk anew in TARGET, an empty folder, from the newest backup in DIR.

    Every file is compared with its checksum, the repository is checked by Git, every branch, tag and ref is compared
    with the manifest, and the desk is read. Where that fails nothing stays in TARGET. What comes back holds the keys of
    personal data; remotes are not in a backup.

    Ends with 0 when all is well, 1 when something was found, 3 when nothing could be restored.
    """
    shelf, moment = Shelf(folder.resolve()), _moment(session, given)
    if verify:
        return _verified(session, shelf, moment)
    if target is None or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        code = "restore-no-target" if target is None else "folder-not-empty"
        raise Stop(code, USAGE, session.language, folder=str(target))
    return _restored(session, shelf, moment, target.resolve())


def _moment(session: Session, given: str | None) -> datetime | None:
    if given is None:
        return None
    for text in (given, f"{given[:16]}:00{given[16:]}"):
        with suppress(ValueError):
            return parse_moment(text)
    raise Stop("restore-bad-at", USAGE, session.language, given=given)


def _chosen(session: Session, shelf: Shelf, moment: datetime | None) -> Backup:
    try:
        return restoring.chosen(shelf, moment)
    except NotRestorable as wrong:
        raise Stop(wrong.damage.code, CANNOT, session.language, **_facts(session, wrong)) from None
    except NoBackup as none:
        code = "restore-too-early" if none.first else "restore-nothing"
        first = write_moment(none.first) if none.first else ""
        raise Stop(code, CANNOT, session.language, folder=str(shelf.folder), first=first) from None


def _facts(session: Session, wrong: NotRestorable) -> dict[str, object]:
    still = write_moment(wrong.still.at) if wrong.still else None
    way = session.words("restore-up-to", at=still) if still else session.words("restore-none-left")
    return {"file": wrong.damage.file, "way": way}


def _restored(session: Session, shelf: Shelf, moment: datetime | None, target: Path) -> int:
    backup = _chosen(session, shelf, moment)
    try:
        found = restoring.restore(shelf, backup, target, session.now)
    except Unsound as unsound:
        raise Stop("restore-unsound", CANNOT, session.language, name=backup.name, reason=str(unsound)) from None
    except OSError as error:
        raise Stop("restore-disk", CANNOT, session.language, reason=error.strerror or str(error)) from None
    _show(session, backup, found, [], target)
    return 1 if found.problems else 0


def _verified(session: Session, shelf: Shelf, moment: datetime | None) -> int:
    """Every file of every backup, then a restore of the newest one that can be had."""
    damages = shelf.all_damages()
    backup = shelf.newest_sound(moment) if damages else _chosen(session, shelf, moment)
    if backup is None:
        _show_damages(session, damages, None)
        return 1
    try:
        found = restoring.tried(backup, [shelf.folder / part.name for part in backup.parts], session.now)
    except Unsound as unsound:
        raise Stop("restore-unsound", 1, session.language, name=backup.name, reason=str(unsound)) from None
    except OSError as error:
        raise Stop("restore-disk", CANNOT, session.language, reason=error.strerror or str(error)) from None
    _show(session, backup, found, damages, None)
    return 1 if damages or found.problems else 0


def _show_damages(session: Session, damages: list[Damage], still: Backup | None) -> None:
    if session.style == "json":
        session.show_json({"restored": None, "name": None, "damaged": _damaged_as_json(damages)})
        return
    for damage in damages:
        wrong = NotRestorable(damage, still)
        click.echo(Stop(damage.code, language=session.language, **_facts(session, wrong)).said())


def _show(session: Session, backup: Backup, found: Restored, damages: list[Damage], target: Path | None) -> None:
    if session.style == "json":
        session.show_json(_as_json(session, backup, found, damages, target))
        return
    _show_damages(session, damages, backup)
    session.show_problems(found.problems)
    counts = {"items": found.items, "events": found.events, "refs": len(backup.refs), "problems": len(found.problems)}
    code = "restore-done" if target else "restore-verified"
    click.echo(session.words(code, name=backup.name, at=write_moment(backup.at), folder=str(target), **counts))
    if KEYS in backup.refs:
        session.say("restore-with-keys", ref=KEYS)
    if target:
        session.say("restore-next")


def _as_json(
    session: Session, backup: Backup, found: Restored, damages: list[Damage], target: Path | None
) -> dict[str, object]:
    return {
        "restored": str(target) if target else None,
        "name": backup.name,
        "at": write_moment(backup.at),
        "bundles": [part.name for part in backup.parts],
        "refs": backup.refs,
        "items": found.items,
        "events": found.events,
        "damaged": _damaged_as_json(damages),
        "problems": [problem.said(session.language) for problem in found.problems],
    }


def _damaged_as_json(damages: list[Damage]) -> list[dict[str, str]]:
    return [{"file": damage.file, "code": damage.code} for damage in damages]
