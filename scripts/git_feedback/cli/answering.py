"""What the desk writes to its host once the record is pushed: answers, labels, comments; and what became of that, said."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from git_feedback import i18n
from git_feedback.cli import host_given
from git_feedback.cli.pushed import pushed
from git_feedback.cli.session import Session
from git_feedback.desk import Standing, standing, standings
from git_feedback.hosts import HostFailed
from git_feedback.hosts.provider import Provider
from git_feedback.jobs import acting, mirroring, posting
from git_feedback.jobs.commenting_acts import newest
from git_feedback.jobs.mirroring import Round
from git_feedback.jobs.posting import Posted


def answered(session: Session, item_id: str) -> bool:
    """Let the issue of one item show where it stands; False where the host refused, which the next night makes up for.

    Without a host to write to, or for what came another way, nothing is to be done.
    """
    provider = host_given.provider_if_any(session)
    if provider is None:
        session.say("answer-no-host", id=item_id)
        return True
    _, item, _ = acting.item(session.root, item_id)
    number = mirroring.number_of(item.source, provider.kind)
    if number is None:
        return True
    now = max(session.now, newest(item))
    try:
        done = mirroring.mirror(provider, number, standing(item, session.policy, now), session.policy, now)
    except HostFailed as failed:
        session.say("answer-not-written", id=item_id, number=number, reason=reason(failed, session.language))
        return False
    session.say("answer-written" if done.is_new else "answer-stands", id=item_id, number=number)
    return True


def all_answered(session: Session, provider: Provider, since: datetime, remarks: Mapping[str, str]) -> Round:
    """The same for every item that changed since a moment; what failed, and how many are left, is said."""
    now = mirroring.seen_until(session.desk.items, session.now)
    found = standings(session.desk.items, session.policy, now)
    wanted = mirroring.changed_since(found, provider.kind, now, since)
    done = mirroring.mirror_all(provider, wanted, session.policy, now, remarks)
    for one in done.failed:
        session.say("answer-not-written", id=one.id, number=one.number, reason=reason(one.why, session.language))
    if done.left:
        session.say("answers-left", n=done.left, most=mirroring.MOST)
    if done.written:
        session.say("answers-written", n=len(done.written))
    return done


def posted(session: Session, provider: Provider, found: Sequence[Standing], *, push: bool) -> Posted:
    """Post the comments that wait, then note it, in one commit; what is noted waits no longer.

    A commit that cannot be pushed leaves the comments where they are: the next run finds them below their issues.
    """
    listed, unread = posting.waiting(session.root, found, provider.kind)
    done = posting.post(provider, listed, found, session.policy, session.now)
    if done.told:
        _noted(session, done, push=push)
        posting.taken_away(session.root, done.told)
    return Posted(done.posted, done.found, done.failed, tuple(unread))


def _noted(session: Session, done: Posted, *, push: bool) -> None:
    def write() -> None:
        paths, problems = posting.write_down(session.root, done.told, session.policy, session.now)
        session.show_problems(problems)
        session.commit(paths, f"post: {len(done.told)} comments to submitters")

    if push:
        pushed(session, write)
    else:
        write()
    session.forget()


def say_posted(session: Session, done: Posted) -> None:
    """What needs a word of what was posted."""
    for one in done.failed:
        values = {"id": one.waiting.id, "number": one.waiting.number, "reason": one.said(session.language)}
        session.say("post-failed", None, **values)
    for file in done.unread:
        session.say("post-unread", file=file)
    if done.posted:
        session.say("post-count", n=len(done.posted))
    if done.found:
        session.say("post-found", n=len(done.found))


def reason(failed: HostFailed, language: str) -> str:
    """Why a host was not asked or told: fact and way out in one line."""
    between = "；" if language == "zh" else "; "
    return between.join(half for half in i18n.halves(failed.code, language, **failed.values) if half)
