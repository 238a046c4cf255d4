"""`init`: an empty desk in an empty folder."""

from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from git_feedback import i18n
from git_feedback.cli.session import Session, common
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.jobs import starting
from git_feedback.jobs.reading import NoPolicy
from git_feedback.store import GitFailed


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", default="", help="What the desk is called.")
@click.option("--zone", help="Zone of the desk, e.g. Asia/Shanghai or Europe/Berlin.")
@click.option("--prefix", help="One to four capital letters that begin every id (default: Q).")
@click.option(
    "--person",
    metavar="ID",
    help="Your id in people.yml; your Git address is noted there (default: from your Git name).",
)
@click.option("--lfs", is_flag=True, help="Git LFS keeps the files that come along (the program git-lfs is needed).")
@common
def command(
    session: Session, folder: Path, name: str, zone: str | None, prefix: str | None, person: str | None, lfs: bool
) -> int:
    """Lay out an empty desk in DIR: policy, generated files, pages; a repository with one commit."""
    language = session.language_without_desk
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Stop("folder-not-empty", USAGE, language, folder=str(folder))
    if zone:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise Stop("unknown-zone", USAGE, language, given=zone) from None
    wishes = starting.Wishes(name=name, zone=zone, prefix=prefix, person=person, language=language, lfs=lfs)
    try:
        starting.lay_out(folder, wishes)
    except starting.BadWish as bad:
        raise Stop(bad.code, USAGE, language, given=bad.given) from None
    except GitFailed as failed:
        raise Stop("git-failed", language=language, reason=str(failed)) from None
    except NoPolicy as none:
        for problem in none.problems:
            click.echo(problem.said(language), err=True)
        raise Stop("no-policy", language=language, n=len(none.problems)) from None
    if session.style == "json":
        session.show_json({"desk": str(folder)})
    else:
        click.echo(i18n.text("desk-started", language, folder=str(folder)))
    return 0
