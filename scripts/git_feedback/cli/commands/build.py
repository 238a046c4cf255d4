"""`build`: the site."""

from pathlib import Path

import click

from git_feedback.cli.session import Session, reading
from git_feedback.cli.trouble import Stop
from git_feedback.jobs import building
from git_feedback.pages.builder import BuilderFailed


@click.command("build")
@click.option("--out", type=click.Path(path_type=Path), help="Where to (default: build/site).")
@click.option("--strict", is_flag=True, help="A warning of the builder is an error.")
@reading
def command(session: Session, out: Path | None, strict: bool) -> int:
    """Build the site into build/site; only what changed is written.

    Ends with 0, or with 1 when files need repair (they are listed on their own page).
    """
    return build(session, out, strict=strict)


def build(session: Session, out: Path | None, *, strict: bool) -> int:
    """Build and say what was done."""
    target = out or session.root / "build" / "site"
    try:
        built = building.site(
            session.root, session.desk, session.now, target, fixed=session.fixed, strict=strict, progress=session.progress
        )
    except BuilderFailed as failed:
        raise Stop("builder-failed", language=session.language, reason=str(failed)) from None
    if session.style == "json":
        session.show_json({"out": str(target), "written": built.written, "removed": built.removed, "pages": built.pages})
    else:
        session.say("built", n=built.pages, written=built.written, out=str(target))
    if built.needs_repair:
        session.say("needs-repair", n=built.needs_repair)
    return 1 if built.needs_repair else 0
