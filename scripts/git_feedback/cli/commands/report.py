"""`report`: the report of a finished month."""

import re

import click

from git_feedback.charts import CannotDraw
from git_feedback.cli.session import Session, writing
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.jobs import reporting


@click.command("report")
@click.argument("month", metavar="YYYY-MM")
@writing
def command(session: Session, month: str) -> int:
    """Issue the report of a month to reports/YYYY/YYYY-MM/: report.md, figures.json and four charts.

    An issued report is never rewritten: a second run says that it is there.
    """
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month):
        raise Stop("bad-month", USAGE, session.language, given=month)
    if not reporting.is_over(month, session.now, session.policy):
        raise Stop("month-not-over", USAGE, session.language, month=month)
    folder = reporting.folder(month)
    if (session.root / folder).exists():
        session.say("report-is-there", folder=folder)
        return 0
    try:
        files = reporting.files(session.desk, month, session.now, session.git.head()[:10])
    except CannotDraw as cannot:
        raise Stop(cannot.code, language=session.language, **cannot.values) from None
    paths = [f"{folder}/{name}" for name in files]
    if not session.dry_run:
        reporting.write_down(session.root, folder, files)
    if session.style == "json":
        session.show_json({"written": paths})
    else:
        session.say("report-written", folder=folder, n=len(paths))
    session.commit(paths, f"report {month}")
    return 0
