"""The options that commands share, and what their values mean; whoever only looks at them loads nothing else."""

import re
from pathlib import Path

import click

COMMON = (
    click.option("--repo", type=click.Path(path_type=Path), help="The desk's folder (default: the one around you)."),
    click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True),
    click.option("--now", "now_given", metavar="TIME", help="As if it were that time: 2026-11-03T18:00+08:00."),
    click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of what is said."),
)
"""Those of every command."""
READING = (
    click.option(
        "--as-of",
        "as_of_given",
        metavar="DATE|COMMIT",
        help="The record as it stood at that commit, or at the end of that day (2026-11-01).",
    ),
)
"""Those of commands that read."""
WRITING = (
    click.option("--dry-run", is_flag=True, help="Say what would be written, write nothing."),
    click.option("--by", metavar="ID", help="Who acts (default: the person whose e-mail is Git's user.email)."),
    click.option("--no-commit", is_flag=True, help="Write the files and leave the commit to you."),
)
"""Those of commands that write."""
HAPPENING = (
    click.option(
        "--event",
        "file",
        envvar="GITHUB_EVENT_PATH",
        required=True,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="What happened on the host, as JSON (default: the file that GITHUB_EVENT_PATH names).",
    ),
    click.option(
        "--push", is_flag=True, help="Pull before and push after; redone while others push too, for three minutes."
    ),
    WRITING[0],
    click.option("--no-commit", is_flag=True, help="Write the files, leave the commit to you; nobody is answered."),
)
"""Those of commands that take in what happened on a host."""


def with_seconds(text: str) -> str:
    """`2026-11-03T18:00+08:00` with its seconds; any other text as it is."""
    return re.sub(r"^([0-9-]{10}T[0-9]{2}:[0-9]{2})(?=[Z+-])", r"\1:00", text)
