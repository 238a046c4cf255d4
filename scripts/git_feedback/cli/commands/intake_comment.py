"""`intake comment`: what somebody wrote below an issue is done, or joins its item; then it is answered there."""

import time
from pathlib import Path

import click

from git_feedback.cli import answering, host_given, sweeping
from git_feedback.cli.pushed import pushed
from git_feedback.cli.secrets_given import trouble_with_keys
from git_feedback.cli.session import Session, happening
from git_feedback.cli.taking import PATIENCE_S
from git_feedback.cli.trouble import Stop
from git_feedback.desk import standing
from git_feedback.escaping import github_line
from git_feedback.hosts import HostFailed
from git_feedback.hosts.provider import Provider
from git_feedback.intake.issues import Unreadable
from git_feedback.intake.slash_events import Said, said
from git_feedback.jobs import acting, commenting, mirroring
from git_feedback.jobs.commenting import Taken
from git_feedback.jobs.commenting_acts import newest
from git_feedback.jobs.journals import Journal
from git_feedback.jobs.locks import Busy
from git_feedback.jobs.vaults import Vault


@click.command("comment")
@happening
def comment(session: Session, file: Path, push: bool) -> int:
    """Do what a comment below an issue says: /accept, /assign @name ... of people whose login is in people.yml.

    What the customer writes there joins the item.  The issue then shows where the item stands, and what was done or why
    not.  Ends with 0, also where something was refused; with 1 when the issue could not be answered (the record holds
    what was done all the same), with 3 when the event tells of no comment.
    """
    found = _said(session, file)
    pushing = push and not (session.dry_run or session.no_commit)
    sweeping.after_a_crash(session)
    taken = pushed(session, lambda: _taken(session, found)) if pushing else _taken(session, found)
    _show(session, taken)
    if session.dry_run or session.no_commit or not (taken.lines or taken.done):
        return 0
    return 0 if _answered(session, taken) else 1


def _said(session: Session, file: Path) -> Said:
    try:
        return said(file.read_bytes(), host_given.kind(session.policy) or None)
    except Unreadable as wrong:
        raise Stop("slash-bad-event", language=session.language, file=file.as_posix(), reason=wrong.reason) from None


# ---- taken ----------------------------------------------------------------------------------------------------------


def _taken(session: Session, found: Said) -> Taken:
    """What became of the comment; what it wrote is committed.  Nobody else in this clone writes meanwhile."""
    session.forget()
    journal = Journal(session.root) if session.dry_run else _held(session)
    with trouble_with_keys(session):
        vault = Vault.of(session.policy, session.git, None)
        taken = commenting.take(found, session.root, session.policy, vault, session.now, dry_run=session.dry_run)
        paths = () if session.dry_run else commenting.write(taken, session.root, vault, journal)
    session.commit(paths, taken.message)
    if not session.dry_run:
        journal.close()
    return taken


def _held(session: Session) -> Journal:
    """The journal, once nobody else holds it.  Raises Stop."""
    journal, until = Journal(session.root), time.monotonic() + PATIENCE_S
    while True:
        try:
            journal.hold()
        except Busy as busy:
            if time.monotonic() > until:
                raise Stop("intake-busy", language=session.language, process=busy.process or "?") from None
            time.sleep(0.2)
        else:
            return journal


def _show(session: Session, taken: Taken) -> None:
    """What was done and said; on standard output what is written, as everywhere."""
    if session.style == "json":
        facts = {
            "comment": taken.said.source,
            "who": taken.who,
            "item": taken.item,
            "done": [{"verb": verb, "id": item} for verb, item in taken.done],
            "refused": taken.refused,
            "already": taken.already,
            "lines": list(taken.lines),
        }
        session.show_json(facts)
        return
    for line in taken.lines:
        click.echo(line)
    if not taken.lines:
        session.say("slash-nothing", comment=taken.said.source)


# ---- answered -------------------------------------------------------------------------------------------------------


def _answered(session: Session, taken: Taken) -> bool:
    """Tell the writer, and let every issue whose item moved show it; False where the host refused."""
    provider = host_given.provider_if_any(session)
    if provider is None:
        session.say("slash-nobody-answered", comment=taken.said.source)
        return True
    session.forget()
    try:
        _answer(session, provider, taken)
        for item_id in taken.items:
            if item_id != taken.item:
                _mirror(session, provider, item_id, None, "")
    except HostFailed as failed:
        reason = answering.reason(failed, session.language)
        session.say("slash-not-answered", comment=taken.said.source, reason=reason)
        return False
    return True


def _answer(session: Session, provider: Provider, taken: Taken) -> None:
    """The remark stands in the issue's one answer; an issue that became no item gets it by itself, once."""
    remark = "\n".join(f"- {github_line(line)}" for line in taken.lines)
    number = taken.said.issue
    if taken.item:
        _mirror(session, provider, taken.item, number, remark)
    elif not any(one.own and one.body.replace("\r\n", "\n").strip() == remark for one in provider.comments(number)):
        provider.say(number, remark)


def _mirror(session: Session, provider: Provider, item_id: str, number: int | None, remark: str) -> None:
    """Let an item's issue show where it stands; what came another way has none."""
    _, item, _ = acting.item(session.root, item_id)
    wanted = number or mirroring.number_of(item.source, provider.kind)
    if wanted:
        now = max(session.now, newest(item))
        mirroring.mirror(provider, wanted, standing(item, session.policy, now), session.policy, now, remark)
