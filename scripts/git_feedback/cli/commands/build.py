"""`build`: the site, as it stands now or as it stood then."""

from pathlib import Path
from typing import NamedTuple

import click

from git_feedback.cli.readers import audience, for_whom
from git_feedback.cli.session import Session, reading
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock import write_moment
from git_feedback.jobs import as_of, building
from git_feedback.jobs.reading import Whole
from git_feedback.pages.audience import TEAM, Audience
from git_feedback.pages.builder import AUTO, BUILDERS, BuildFailed
from git_feedback.pages.shell import NoArticle
from git_feedback.store import GitFailed

choosing = click.option(
    "--builder",
    type=click.Choice((AUTO, *BUILDERS)),
    help="What renders the team's pages (default: what policy/desk.yml says).",
)


class Place(NamedTuple):
    """A desk to build from, and the working folder to build in."""

    root: Path
    desk: Whole
    out: Path


@click.command("build")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Working folder; the site is in its folder `site` (default: build; with --as-of build/as-of/DATE or COMMIT).",
)
@click.option("--strict", is_flag=True, help="A warning of the builder is an error.")
@choosing
@for_whom
@reading
def command(session: Session, out: Path | None, strict: bool, builder: str | None, readers: str) -> int:
    """Build the site into build/site; only what changed is written.

    With --as-of it is the site as it stood then, made from what that commit holds; today's site stays as it is.
    Ends with 0, or with 1 when something needs repair (all of it is listed on its own page).
    """
    return build(session, out, strict=strict, choice=builder, audience=audience(session, readers))


def build(
    session: Session, out: Path | None, *, strict: bool, choice: str | None = None, audience: Audience = TEAM
) -> int:
    """Build and say what was done."""
    if out and _is_foreign(out / audience.folder, session.root):
        raise Stop("build-not-ours", USAGE, language=session.language, folder=str(out))
    if session.as_of:
        place = _then(session, out, session.as_of)
    else:
        place = Place(session.root, session.desk, out or session.root / "build")
    site = built(session, place, strict=strict, choice=choice, audience=audience)
    done = site.built
    if session.style == "json":
        session.show_json({"site": str(done.site), "written": done.written, "same": done.same, "removed": done.removed})
    else:
        session.say("built", n=done.written + done.same, written=done.written, out=str(done.site))
    session.show_problems(done.problems)
    if site.problems:
        session.say("needs-repair", n=site.problems)
    return 1 if site.problems or (strict and done.problems) else 0


_OF_OURS = ("config", "docs", "site", "staging", "theme")
_OF_A_LOOK_BACK = "desk"


def _is_foreign(out: Path, root: Path) -> bool:
    """Whether files of somebody else would go, if this became a working folder: in one, what is not ours is removed."""
    is_above = root.resolve().is_relative_to(out.resolve())
    held = [name for name in _OF_OURS if (out / name).exists()]
    is_used = (out / "config" / "mkdocs.yml").is_file()
    is_back = (out / "git" / "commondir").is_file()
    return is_above or (bool(held) and not is_used) or ((out / _OF_A_LOOK_BACK).exists() and not is_back)


def built(
    session: Session, place: Place, *, strict: bool, choice: str | None, audience: Audience = TEAM
) -> building.Site:
    """The site, built; what keeps it from being built stops the command."""
    try:
        return building.site(
            place.root,
            place.desk,
            session.now,
            place.out / audience.folder,
            fixed=session.fixed,
            strict=strict,
            audience=audience,
            choice=choice,
            progress=session.progress,
        )
    except BuildFailed as failed:
        raise Stop(failed.code, language=session.language, **failed.values) from None
    except NoArticle:
        raise Stop("site-no-article", language=session.language) from None
    except GitFailed as failed:
        raise session.git_stopped(failed) from None


def _then(session: Session, out: Path | None, given: str) -> Place:
    """The desk as it stood at a commit, laid out in the working folder; says which commit that is."""
    try:
        commit = session.git.commit_named(given)
        at = as_of.committed(session.git, commit)
        if not session.fixed:
            session.turn_to(at)
        name = session.as_of_given if as_of.day_named(session.as_of_given) else commit[:10]
        where = out or session.root / "build" / "as-of" / str(name)
        root = as_of.laid_out(session.git, commit, where)
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
    session.say("built-as-of", at=write_moment(session.now.astimezone(session.policy_today.zone)), commit=commit[:10])
    return Place(root, session.whole_of(root), where)
