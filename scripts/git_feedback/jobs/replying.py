"""The words that are to go out next, drafted for the pages of items: what `git feedback draft` shows, to be copied."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from git_feedback.desk import Standing, is_answerable, legal
from git_feedback.outbox.drafts import Draft, draft
from git_feedback.outbox.replies import NoWords
from git_feedback.pages.page import Reply
from git_feedback.policy import Policy

_SOLVED = ("resolved", "reviewed")
_AT_WORK = ("accepted", "reopened")


def replies(standings: Iterable[Standing], policy: Policy, now: datetime) -> dict[str, Reply]:
    """The words due to submitters, by item; nothing where nobody can be reached, or no template has words."""
    return dict(_drafted(standings, policy, now))


def due(one: Standing, policy: Policy) -> str:
    """What the submitter is to hear next: `reply`, `respond`, or nothing (empty)."""
    state = one.state
    if state.life in _SOLVED:
        return "" if one.item.record == "history" else "reply"  # who was answered elsewhere is not answered again
    if "reply" in legal(state.life, short=state.short, answerable=is_answerable(one.item, policy)):
        return "reply"
    answered = one.clock("respond")
    return "respond" if state.life in _AT_WORK and answered is not None and answered.goes_on else ""


def _drafted(standings: Iterable[Standing], policy: Policy, now: datetime) -> Iterator[tuple[str, Reply]]:
    for one in standings:
        about = due(one, policy)
        if not about:
            continue
        try:
            yield one.item.id, _reply(draft(one, policy, about, now))
        except NoWords:
            continue  # the page shows the step and its command all the same


def _reply(found: Draft) -> Reply:
    limit = None if found.fits else found.limit
    return Reply(found.about, found.channel, found.way, found.language, found.text, limit)
