"""Items by the day and what is grouped, for the tests of what rises."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from tests.sample_desk import item, policy

from git_feedback.desk import Standing, standings
from git_feedback.model import Event, Item, Submitter, ids
from git_feedback.model import events as ev

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")


def came(n: int, ago: float, *history: Event, category: str = "", who: str = "", **changed: Any) -> Item:
    """The n-th item, received so many days before NOW; nobody classified it unless `category` says so."""
    received = NOW - timedelta(days=ago)
    name = ids.make("Q", received.date(), "web-form", str(n), lambda _: False)
    sorted_in = [classified(category, received)] if category else []
    plain = {"title": "第几件", "text": None, "submitter": Submitter(ref=who) if who else None, "channel": "web-form"}
    bare = {"product": None, "area": None, "language": None, "record": None, "point": None}
    kept = {"id": name, "received": received, "history": (*sorted_in, *history)}
    return item().model_copy(update={**plain, **bare, **kept, **changed})


def classified(category: str, at: datetime) -> Event:
    return ev.Classify(at=at, by="he.miao", category=category, urgency=3, impact=3)


def many(first: int, ages: Iterable[float], **facts: Any) -> list[Item]:
    """One item for each age, numbered from `first`."""
    return [came(first + place, ago, **facts) for place, ago in enumerate(ages)]


def stood(items: Iterable[Item], now: datetime = NOW) -> list[Standing]:
    return standings(items, policy(), now)


LONG_AGO = came(9_999, 90, channel="phone")
"""The desk is older than five weeks."""
