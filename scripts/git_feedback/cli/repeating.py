"""What triage and the night say of items that repeat others: copies of open ones, problems that rise steeply."""

from collections.abc import Iterator, Sequence

from git_feedback.cli.pair_cards import as_json
from git_feedback.cli.session import Session
from git_feedback.desk import Standing
from git_feedback.jobs import pairing
from git_feedback.jobs.spiking import Rise
from git_feedback.triage.pair_words import commands, problem_name
from git_feedback.triage.pairing import Pair


def copies(session: Session, found: Sequence[Standing]) -> list[Pair]:
    """Pairs whose texts are the same, or nearly so word for word; nobody links them without a person."""
    return pairing.copies(pairing.pairs(found, session.policy, session.now))


def copies_as_json(session: Session, found: Sequence[Standing], listed: Sequence[Pair] | None = None) -> list[object]:
    """The copies, for a programme."""
    items = {one.item.id: one.item for one in found}
    return [as_json(session, pair, items) for pair in (copies(session, found) if listed is None else listed)]


def copy_lines(session: Session, listed: Sequence[Pair]) -> Iterator[str]:
    """One line for each text that is there twice, with the command that links the two."""
    for pair in listed:
        command = commands(pair, session.language).duplicate
        yield session.words("pairs-copy-line", id=pair.id, original=pair.original, command=command)


def remark_on_copies(session: Session, found: Sequence[Standing]) -> None:
    """How many open items say the same as another one; as JSON they were told already."""
    if session.style == "text" and (listed := copies(session, found)):
        session.say("night-copies", n=len(listed))


def rise_said(session: Session, one: Rise) -> str:
    """Who was told of a steep rise, or would be."""
    return session.words(
        "spike-would-tell" if session.dry_run else "spike-told",
        addressee=one.addressee,
        channel=one.channel,
        name=problem_name(one.problem, session.language),
    )


def rise_as_json(session: Session, one: Rise) -> dict[str, object]:
    """A steep rise of which somebody was told, for a programme."""
    spike = one.problem.spike
    return {
        "key": one.problem.key,
        "name": one.problem.name(session.language),
        "id": one.problem.middle,
        "now": spike and spike.now,
        "before": spike and spike.before,
        "addressee": one.addressee,
        "channel": one.channel,
    }
