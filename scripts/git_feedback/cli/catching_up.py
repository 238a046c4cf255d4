"""What `sweep` and `nightly` make up for on the desk's own host: comments that no run took, answers that nobody wrote."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import click

from git_feedback.cli import answering, host_given
from git_feedback.cli.secrets_given import trouble_with_keys
from git_feedback.cli.session import Session
from git_feedback.desk import Standing
from git_feedback.hosts import HostFailed
from git_feedback.hosts.provider import Provider
from git_feedback.intake.slash_events import Said
from git_feedback.jobs import commenting, missed
from git_feedback.jobs.commenting import Taken
from git_feedback.jobs.journals import Journal
from git_feedback.jobs.locks import Busy
from git_feedback.jobs.mirroring import RECENT
from git_feedback.jobs.vaults import Vault


@dataclass
class CatchingUp:
    """The host that is caught up with, since when, and what became of it."""

    provider: Provider
    since: datetime
    said: Sequence[Said] = ()
    taken: list[Taken] = field(default_factory=list)
    is_well: bool = True
    """Whether nobody has to look: the host could be asked and told."""

    @property
    def done(self) -> list[Taken]:
        """The comments that something was done by."""
        return [one for one in self.taken if one.done]


def begun(session: Session, since: datetime | None = None) -> CatchingUp | None:
    """Ask the host what was said there; None where the desk has no source on it, or nothing to ask it with."""
    has_source = any(one.kind == "issues" and not one.repository for one in session.policy.intake.sources)
    provider = host_given.provider_if_any(session) if has_source else None
    if provider is None:
        return None
    found = CatchingUp(provider, since or session.now - RECENT)
    try:
        found.said = missed.comments(provider, session.policy, found.since)
    except HostFailed as failed:
        session.say("missed-not-asked", reason=answering.reason(failed, session.language))
        found.is_well = False
    return found


def take(session: Session, found: CatchingUp) -> None:
    """Take the comments that no run took, in one commit; on a dry run only find out which."""
    if not found.said:
        return
    journal = Journal(session.root)
    try:
        if not session.dry_run:
            journal.hold()
    except Busy as busy:
        session.say("sweep-busy", process=busy.process or "?")
        return
    with trouble_with_keys(session):
        vault = Vault.of(session.policy, session.git, None)
        found.taken = [_taken(session, one, vault, journal) for one in found.said]
    paths = [path for one in found.done for path in one.files]
    session.commit(list(dict.fromkeys(paths)), f"sweep: {len(found.done)} comments from {found.provider.kind}")
    if not session.dry_run:
        journal.close()
    if paths:
        session.forget()


def _taken(session: Session, one: Said, vault: Vault, journal: Journal) -> Taken:
    """Each on what those before it made."""
    taken = commenting.take(one, session.root, session.policy, vault, session.now, dry_run=session.dry_run)
    if not session.dry_run:
        commenting.write(taken, session.root, vault, journal)
    return taken


def answer(session: Session, found: CatchingUp) -> None:
    """Let every issue whose item changed lately show where it stands: only once what it shows is pushed."""
    said = missed.remarks(found.done)
    found.is_well &= answering.all_answered(session, found.provider, found.since, said).is_well


def show(session: Session, found: CatchingUp) -> None:
    """A line for each comment that was made up for."""
    code = "missed-would" if session.dry_run else "missed-did"
    for one in found.done:
        verbs = tuple(verb for verb, _ in one.done)
        click.echo(session.words(code, comment=one.said.source, verbs=verbs, ids=one.items))


def as_json(found: CatchingUp) -> list[dict[str, object]]:
    """The same for machines."""
    return [
        {"comment": one.said.source, "who": one.who, "done": [{"verb": verb, "id": item} for verb, item in one.done]}
        for one in found.done
    ]


def write_back(session: Session, found: CatchingUp, standings: Sequence[Standing], *, posts: bool) -> None:
    """Post what submitters are to hear (unless nobody is to be told), then let every issue show where its item stands."""
    if posts:
        done = answering.posted(session, found.provider, standings, push=True)
        answering.say_posted(session, done)
        found.is_well &= done.is_well
    answer(session, found)
