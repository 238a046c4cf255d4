"""`init`: an empty desk in an empty folder, fit for its host; what only a person can click is said at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from git_feedback import i18n
from git_feedback.cli import first_questions, first_steps
from git_feedback.cli.session import Session, common, stdin_is_a_person
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.jobs import fitting, starting
from git_feedback.jobs.fitting import HOSTS, READERS, Host, Readers, Wishes
from git_feedback.jobs.reading import NoPolicy
from git_feedback.store import GitFailed
from git_feedback.text import visible


@click.command("init")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path())
@click.option("--name", default="", help="What the desk is called.")
@click.option("--zone", help="Zone of the desk, e.g. Asia/Shanghai or Europe/Berlin.")
@click.option("--host", type=click.Choice(HOSTS), help="Where the desk lives (default: as the address says).")
@click.option("--repository", metavar="OWNER/NAME", help="Its repository there, or the address of it.")
@click.option("--readers", type=click.Choice(READERS), help="Who may read the site that is published.")
@click.option("--prefix", help="One to four capital letters that begin every id (default: Q).")
@click.option(
    "--person",
    metavar="ID",
    help="Your id in people.yml; your Git address is noted there (default: from your Git address).",
)
@click.option("--lfs", is_flag=True, help="Git LFS keeps the files that come along (the program git-lfs is needed).")
@click.option("--yes", is_flag=True, help="Ask nothing: what no option says is as the default policy has it.")
@common
def command(
    session: Session,
    folder: Path,
    name: str,
    zone: str | None,
    host: Host | None,
    repository: str | None,
    readers: Readers | None,
    prefix: str | None,
    person: str | None,
    lfs: bool,
    yes: bool,
) -> int:
    """Lay out an empty desk in DIR (default: here): policy, generated files, pages; a repository with one commit.

    At a terminal it asks what no option says: six questions at most, Enter takes what stands in brackets.  Ends with
    what is left to click on the host.
    """
    language = session.language_without_desk
    if not starting.is_free(folder):
        raise Stop("folder-not-empty", USAGE, language, folder=str(folder))
    wishes = Wishes(name=name, prefix=prefix, person=person, language=language, lfs=lfs, readers=readers or "none")
    with _trouble(language):
        wishes = _given(wishes, zone, host, repository)
        if not yes and session.style == "text" and stdin_is_a_person():
            asked = first_questions.Open(
                session.lang is None,
                not name,
                not zone,
                wishes.host == "none" and not host,
                not repository,
                not readers,
            )
            wishes = _asked(folder, wishes, asked)
    with _trouble(wishes.language or language):
        starting.lay_out(folder, wishes)
    _show(session, folder, wishes)
    return 0


@contextmanager
def _trouble(language: str) -> Iterator[None]:
    """What is expected to go wrong stops the command, in words."""
    try:
        yield
    except starting.BadWish as bad:
        raise Stop(bad.code, USAGE, language, given=bad.given) from None
    except GitFailed as failed:
        raise Stop("git-failed", language=language, reason=str(failed)) from None
    except NoPolicy as none:
        for problem in none.problems:
            click.echo(problem.said(language), err=True)
        raise Stop("no-policy", language=language, n=len(none.problems)) from None


def _given(wishes: Wishes, zone: str | None, host: Host | None, repository: str | None) -> Wishes:
    """What the options say of zone, host and repository.  Raises BadWish for what cannot be."""
    if zone:
        found = first_questions.zone_named(zone)
        if found is None:
            raise starting.BadWish("unknown-zone", zone)
        wishes = replace(wishes, zone=found)
    if not repository:
        return replace(wishes, host=host or "none")
    kind = host or fitting.kind_named(repository)
    if kind == "none":
        raise starting.BadWish("init-which-host", repository)
    address = fitting.address(kind, repository)
    if address is None:
        raise starting.BadWish("init-bad-address" if kind == "gitea" else "init-bad-repository", repository)
    return replace(wishes, host=kind, repository=address)


def _asked(folder: Path, wishes: Wishes, still: first_questions.Open) -> Wishes:
    """What a person says to the questions; who they are is known before the first one."""
    you = starting.yourself(folder, wishes.person)
    words = i18n.text("init-you", wishes.language or "en", name=visible(you.name), email=visible(you.email))
    click.echo(words, err=True)
    return first_questions.answered(wishes, still, starting.origin_of(folder))


def _show(session: Session, folder: Path, wishes: Wishes) -> None:
    language = wishes.language or "en"
    steps = first_steps.steps(folder, wishes)
    if session.style == "json":
        facts = {"desk": str(folder), "host": wishes.host, "repository": wishes.repository, "readers": wishes.readers}
        session.show_json({**facts, "next": steps})
        return
    click.echo(i18n.text("desk-started", language, folder=str(folder)))
    for number, step in enumerate(steps, 1):
        click.echo(f"{number:>3}. {step}")
