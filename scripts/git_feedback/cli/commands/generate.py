"""`generate`: files made from policy."""

import click

from git_feedback.cli.session import Session, writing
from git_feedback.jobs import generating


@click.command("generate")
@writing
def command(session: Session) -> int:
    """Write the issue forms, CODEOWNERS and the JSON Schema from policy; a second run changes nothing."""
    if session.dry_run:
        paths = [problem.file for problem in generating.stale(session.root, session.policy)]
    else:
        paths = generating.write_down(session.root, session.policy)
    if session.style == "json":
        session.show_json({"written": paths})
    else:
        for path in paths:
            click.echo(path)
        session.say("generated", n=len(paths))
    session.commit(paths, "generate: forms, CODEOWNERS and schema from policy")
    return 0
