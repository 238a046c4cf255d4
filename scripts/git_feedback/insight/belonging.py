"""Which items belong to a problem record, how many they are, and whether they become more.

People put them there: the record names them, an item is linked to it, or is the duplicate of such a one.  Its query
adds what came since, by rule and not yet looked at by anybody.  What was rejected belongs to nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from git_feedback.desk import Standing, query
from git_feedback.model.problems import ProblemRecord
from git_feedback.policy import Policy

WEEKS = 8
_WEEK = timedelta(weeks=1)
_NEVER = ("rejected",)


@dataclass(frozen=True, slots=True)
class Belonging:
    """The items of a record in the order of arrival: those that people put there, and those that only its query finds."""

    confirmed: tuple[Standing, ...]
    by_query: tuple[Standing, ...]

    @property
    def all(self) -> list[Standing]:
        """Both, in the order of arrival."""
        return in_order((*self.confirmed, *self.by_query))


def belonging(record: ProblemRecord, standings: Iterable[Standing], policy: Policy, now: datetime) -> Belonging:
    """What belongs to a problem at `now`; a query that cannot be read finds nothing."""
    there = [one for one in standings if one.state.life not in _NEVER and one.item.received <= now]
    own = put_there(record, there)
    if not record.query:
        return Belonging(tuple(own), ())
    ids = {one.item.id for one in own}
    since = datetime.combine(record.since, time(), policy.zone)
    later = [one for one in there if one.item.received >= since and one.item.id not in ids]
    return Belonging(tuple(own), tuple(in_order(fitting(record.query, later, policy, now))))


def put_there(record: ProblemRecord, standings: Sequence[Standing]) -> list[Standing]:
    """The items that people put to a problem, in the order of arrival: named, linked, and duplicates of both."""
    linked = {one.item.id for one in standings if ("problem", record.id) in one.state.links}
    ids = with_duplicates({*record.items, *linked}, standings)
    return in_order(one for one in standings if one.item.id in ids and one.state.life not in _NEVER)


def fitting(asked: str, standings: Iterable[Standing], policy: Policy, now: datetime) -> list[Standing]:
    """The items that a query asks for; nothing where it cannot be read."""
    try:
        read = query.parse(asked, policy, now)
    except (query.UnknownField, query.UnknownValue):
        return []
    return [one for one in standings if read.fits(one)]


def with_duplicates(ids: Collection[str], standings: Iterable[Standing]) -> set[str]:
    """The ids and those of the duplicates of these items."""
    return {*ids, *(one.item.id for one in standings if one.state.duplicate_of in ids)}


def in_order(standings: Iterable[Standing]) -> list[Standing]:
    """By arrival."""
    return sorted(standings, key=lambda one: (one.item.received, one.item.id))


def weekly(standings: Iterable[Standing], now: datetime) -> tuple[int, ...]:
    """Items of each of the last eight weeks, the newest last."""
    ago = Counter((now - one.item.received) // _WEEK for one in standings)
    return tuple(ago[week] for week in reversed(range(WEEKS)))


def submitters(standings: Sequence[Standing]) -> int:
    """How many different people they are from: the same person again where that is known."""
    return len({(one.item.submitter and one.item.submitter.ref) or one.item.id for one in standings})
