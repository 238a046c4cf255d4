"""`verify`: does the record hold what a receipt says, and since when?

`--format json` prints `{id, holds, code, message, commit, at, changed}`; what there is none of is null.
"""

import sys
from pathlib import Path

import click

from git_feedback.cli.session import Session, common
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.moments import write_moment
from git_feedback.jobs.receiving import Proof, proof
from git_feedback.model import receipts
from git_feedback.model.receipts import Receipt
from git_feedback.store import GitFailed

_SHORT = 10
_LARGEST = 65_536


@click.command("verify")
@click.argument("file", metavar="RECEIPT", default="-")
@common
def command(session: Session, file: str) -> int:
    """Hold a receipt against the record: the commit that first held it, when that was, and whether it still says so.

    RECEIPT is a file with the lines id, time, content (and token, commit if there are), be it a printed slip; `-` or
    nothing reads them from standard input. Ends with 0 when the record holds exactly this now, else with 1 and the
    reason.
    """
    shown = _read(session, file)
    try:
        found = proof(session.git, shown)
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
    said = _said(session, shown, found)
    if session.style == "json":
        session.show_json(_as_json(shown, found, said))
    else:
        click.echo(said)
    return 0 if found.holds else 1


def _read(session: Session, file: str) -> Receipt:
    try:
        text = sys.stdin.read(_LARGEST) if file == "-" else Path(file).read_bytes()[:_LARGEST].decode(errors="replace")
    except OSError as error:
        reason = error.strerror or str(error)
        raise Stop("receipt-no-file", USAGE, session.language, file=file, reason=reason) from None
    try:
        return receipts.parse(text)
    except receipts.BadReceipt as bad:
        raise Stop("receipt-unreadable", USAGE, session.language, field=bad.field) from None


def _said(session: Session, shown: Receipt, found: Proof) -> str:
    at = write_moment(found.at.astimezone(session.policy.zone)) if found.at else "-"
    commit, changed = found.commit[:_SHORT], found.changed[:_SHORT]
    return session.words(found.code, id=shown.id, commit=commit, at=at, changed=changed)


def _as_json(shown: Receipt, found: Proof, said: str) -> dict[str, object]:
    return {
        "id": shown.id,
        "holds": found.holds,
        "code": found.code,
        "message": said,
        "commit": found.commit or None,
        "at": write_moment(found.at) if found.at else None,
        "changed": found.changed or None,
    }
