"""`build`: the site."""

from pathlib import Path

import click

from git_feedback.cli.session import Session, reading
from git_feedback.cli.trouble import Stop
from git_feedback.jobs import building
from git_feedback.pages.builder import BuildFailed


@click.command("build")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Working folder; the site is in its folder `site` (default: build)."
)
@click.option("--strict", is_flag=True, help="A warning of the builder is an error.")
@reading
def command(session: Session, out: Path | None, strict: bool) -> int:
    """Build the site into build/site; only what changed is written.

    Ends with 0, or with 1 when something needs repair (all of it is listed on its own page).
    """
    return build(session, out, strict=strict)


def build(session: Session, out: Path | None, *, strict: bool) -> int:
    """Build and say what was done."""
    target = out or session.root / "build"
    try:
        site = building.site(
            session.root,
            session.desk,
            session.now,
            target,
            fixed=session.fixed,
            strict=strict,
            progress=session.progress,
        )
    except BuildFailed as failed:
        raise Stop(failed.code, language=session.language, **failed.values) from None
    built = site.built
    if session.style == "json":
        session.show_json(
            {"site": str(built.site), "written": built.written, "same": built.same, "removed": built.removed}
        )
    else:
        session.say("built", n=built.written + built.same, written=built.written, out=str(built.site))
    session.show_problems(built.problems)
    if site.problems:
        session.say("needs-repair", n=site.problems)
    return 1 if site.problems or (strict and built.problems) else 0
