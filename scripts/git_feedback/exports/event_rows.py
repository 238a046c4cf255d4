"""The rows of `events`: everything that happened to an item and was not taken back, in its order."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

from git_feedback.desk import MACHINES, Standing
from git_feedback.desk.untold import counted
from git_feedback.exports.readable import Readable
from git_feedback.exports.rows import Row
from git_feedback.model import Event

_FIELDS = ("category", "department", "owner", "channel", "verdict")


def rows(standings: Sequence[Standing], now: datetime, zone: ZoneInfo, called: Readable) -> Iterator[Row]:
    """A row an event, items in the order given."""
    for one in standings:
        for position, event in enumerate(counted(one.item, now)):
            category, department, owner, channel, verdict = _told(event)
            yield (
                one.item.id, position, event.verb, called.verb(event.verb), event.at,
                event.at.astimezone(zone).date(), event.by, called.person(event.by), event.by in MACHINES,
                category, called.category(category), department, called.department(department),
                owner, called.person(owner), channel, verdict, _words(event),
            )  # fmt: skip


def _told(event: Event) -> Iterator[str | None]:
    return (cast("str | None", getattr(event, name)) if name else None for name in _known(type(event)))


@cache
def _known(kind: type[Event]) -> tuple[str, ...]:
    """The fields of a kind of event that have columns, an empty name for those it has not."""
    return tuple(name if name in kind.model_fields else "" for name in _FIELDS)


@cache
def _prose(kind: type[Event]) -> tuple[str, ...]:
    return tuple(sorted(kind.PROSE))


def _words(event: Event) -> str | None:
    """What was written with it, as the pages of the team show it."""
    said = (getattr(event, name) for name in _prose(type(event)))
    return "\n".join(words for words in said if isinstance(words, str)) or None
