"""`audit`: was the record kept as it must be?

`--format json` prints one object: `findings` `[{file, commit, at, committer, email, code, message, hint}]` (`at`,
`committer` and `email` are of the commit), `head`, `since` (the commit after which it began, or null), `commits`, `events`,
`with_item` (events that came together with their items), `signatures` `{good, bad, unknown, none}`, `witnesses` (how
many were held against the record), and `written`, the witness that was written, or null.
"""

from dataclasses import asdict
from pathlib import Path

import click

from git_feedback.cli.session import Session, common
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.clock.moments import write_moment
from git_feedback.jobs.auditing import SIGNS, Audit, Finding, NoSuchStart, audit
from git_feedback.jobs.witnessing import Inside, Witness, held_against, witness_file, witnesses, write_witness
from git_feedback.store import GitFailed
from git_feedback.text import visible


@click.command("audit")
@click.option("--since", metavar="REV|DAY", help="Only what came after a commit, or from a day on: 2026-09-01.")
@click.option(
    "--witness",
    "place",
    type=click.Path(exists=True, path_type=Path),
    help="Hold the record against the witness in this folder or file.",
)
@click.option(
    "--write-witness",
    "target",
    metavar="PLACE",
    type=click.Path(path_type=Path),
    help="Write down what the record holds, in a folder or file outside the repository; what is there counts as --witness.",
)
@common
def command(session: Session, since: str | None, place: Path | None, target: Path | None) -> int:
    """Go through the history: what was changed, removed, dated back, or written in another's name.

    Nothing in the desk is changed.  Ends with 0, or with 1 when something was found.
    """
    try:
        found = audit(session.git, session.policy, since)
        held, contradicted = _held(session, found, place, target)
        written = _write(session, target)
    except NoSuchStart:
        raise Stop("audit-no-such-start", USAGE, session.language, given=since) from None
    except GitFailed as failed:
        raise session.git_stopped(failed) from None
    findings = [*found.findings, *contradicted]
    show = _show_json if session.style == "json" else _show
    show(session, found, findings, held, written)
    if target and session.style == "text":
        _say_written(session, target, written)
    return 1 if findings else 0


def _held(session: Session, found: Audit, place: Path | None, target: Path | None) -> tuple[int, list[Finding]]:
    """How many witnesses the record was held against, and what they contradict."""
    if place is None and (target is None or not witness_file(target).is_file()):
        return 0, []
    where = place or target
    assert where is not None
    try:
        listed, wrong = witnesses(where)
    except OSError:
        raise Stop("audit-no-witness", USAGE, session.language, place=visible(str(where))) from None
    return len(listed), [*wrong, *held_against(session.git, listed, found)]


def note_witness(session: Session, target: Path) -> None:
    """Note in a second place what the record holds now, and say so."""
    _say_written(session, target, _write(session, target))


def _write(session: Session, target: Path | None) -> Witness | None:
    if target is None:
        return None
    if not session.git.head():
        raise Stop("audit-no-commit", language=session.language)
    place = visible(str(target))
    try:
        return write_witness(session.git, target, session.now)
    except Inside:
        raise Stop("audit-inside", USAGE, session.language, place=place) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise Stop("audit-not-written", language=session.language, place=place, reason=reason) from None


def _show(session: Session, found: Audit, findings: list[Finding], held: int, _written: Witness | None) -> None:
    for one in findings:
        click.echo(one.said(session.language))
    since = session.words("audit-since", since=found.since[:10]) if found.since else ""
    counts = {"events": found.events, "with_item": found.with_item, "found": len(findings)}
    session.say("audit-done", n=found.commits, since=since, **counts)
    if any(found.signatures.get(sign) for sign in SIGNS[:-1]):
        session.say("audit-signed", n=2, **{sign: found.signatures.get(sign, 0) for sign in SIGNS})
    if held:
        session.say("audit-witnessed", n=held)


def _say_written(session: Session, target: Path, written: Witness | None) -> None:
    place = visible(str(witness_file(target)))
    if written:
        session.say("audit-written", place=place, **{**asdict(written), "head": written.head[:10]})
    else:
        session.say("audit-written-already", place=place)


def _show_json(session: Session, found: Audit, findings: list[Finding], held: int, written: Witness | None) -> None:
    session.show_json(
        {
            "findings": [_as_json(one, session.language) for one in findings],
            "head": found.head or None,
            "since": found.since or None,
            "commits": found.commits,
            "events": found.events,
            "with_item": found.with_item,
            "signatures": {sign: found.signatures.get(sign, 0) for sign in SIGNS},
            "witnesses": held,
            "written": asdict(written) if written else None,
        }
    )


def _as_json(one: Finding, language: str) -> dict[str, object]:
    fact, way_out = one.halves(language)
    hand = one.commit.committer if one.commit else None
    return {
        "file": one.file or None,
        "commit": one.commit.id if one.commit else None,
        "at": write_moment(hand.at) if hand else None,
        "committer": hand.name if hand else None,
        "email": hand.email if hand else None,
        "code": one.code,
        "message": fact,
        "hint": way_out,
    }
