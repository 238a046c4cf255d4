"""`generate`: files made from policy."""

import click

from git_feedback.cli.session import Session, writing
from git_feedback.jobs import generating


@click.command("generate")
@writing
def command(session: Session) -> int:
    """Write the issue forms, CODEOWNERS, the JSON Schema and the workflows from policy; a second run changes nothing.

    Workflows are written where policy/desk.yml has an `automation` part for GitHub.  One that it no longer asks for is
    named, and left alone.
    """
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
    left = generating.left_over(session.root, session.policy)
    if left:
        session.say("generate-left", files=left)
    session.commit(paths, "generate: forms, CODEOWNERS, schema and workflows from policy")
    return 0
