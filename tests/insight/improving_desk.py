"""Items, problem records and measures for tests about improving: each with as much of a life as its test needs."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tests.sample_desk import policy

from git_feedback.clock.periods import Period
from git_feedback.desk import standings
from git_feedback.insight.advice import Ground
from git_feedback.insight.came_again import Known
from git_feedback.insight.ledger import Ledger
from git_feedback.model import Item, ids
from git_feedback.model.measures import Measure
from git_feedback.model.problems import ProblemRecord
from git_feedback.store import read

OCTOBER = Period.parse("2026-10")
UNTIL = datetime.fromisoformat("2026-10-31T23:59:59+08:00")
MONDAY = datetime.fromisoformat("2026-10-12T10:00:00+08:00")
"""In office hours of an ordinary week."""


def at(day: str, time: str = "10:00") -> datetime:
    """A moment of 2026 at the desk: `10-12`, `10:00`."""
    return datetime.fromisoformat(f"2026-{day}T{time}:00+08:00")


def event(verb: str, moment: datetime, by: str = "ji.nan", prose: str = "", **fields: object) -> str:
    """One event as a file writes it."""
    given = "".join(f", {name}: {value}" for name, value in fields.items())
    return f"  - {verb}: {{at: {moment.isoformat()}, by: {by}{given}}}\n" + (f"    {prose}\n" if prose else "")


def item(number: int, received: datetime, *events: str, category: str | None = "product/payment", **facts: str) -> Item:
    """An item, classified by rules unless `category` is None."""
    given = {"channel": "app", "title": "扣款没有订单", "text": "付了款。"} | facts
    classified = event("classify", received, "rules", category=category, urgency=3, impact=3) if category else ""
    lines = "".join(f"{name}: {value}\n" for name, value in given.items())
    history = f"history:\n{classified}{''.join(events)}" if classified or events else ""
    name = ids.from_bits("Q", received.date(), number)
    return read(f"id: {name}\nreceived: {received.isoformat()}\n{lines}{history}".encode())


def many(count: int, first: datetime, *, start: int = 0, hours: float = 1, **facts: Any) -> list[Item]:
    """So many items, so many hours apart."""
    return [item(start + n, first + timedelta(hours=hours * n), **facts) for n in range(count)]


def assigned(moment: datetime, department: str = "payments", owner: str = "ji.nan") -> str:
    """Given to a department and a person."""
    return event("assign", moment, "lin.wan", department=department, owner=owner)


def solved(received: datetime, cause: str = "", after: timedelta = timedelta(hours=1)) -> list[str]:
    """Assigned, accepted and resolved."""
    steps = (timedelta(minutes=5), timedelta(minutes=10), after)
    given, taken, done = (received + step for step in steps)
    return [assigned(given), event("accept", taken), event("resolve", done, prose=f"cause: {cause}" if cause else "")]


def measure(name: str = "M-once", **facts: Any) -> Measure:
    """A measure."""
    known = {"title": "只扣一次", "language": "zh", "what": "锁定。", "why": "扣了两次。", "owner": "ji.nan"}
    return Measure(**(known | {"id": name, "status": "planned", "items": ("Q261119-0AAJN0D",)} | facts))


def problem(name: str = "P-charged", **facts: Any) -> ProblemRecord:
    """A problem record."""
    known = {
        "title": "扣了款没有订单",
        "language": "zh",
        "status": "open",
        "owner": "lin.wan",
        "since": date(2026, 9, 1),
    }
    return ProblemRecord(**(known | {"id": name} | facts))


def known(items: Sequence[Item], until: datetime = UNTIL, period: Period = OCTOBER, **more: Any) -> Known:
    """What is known of items when a period ends."""
    return Known(standings(items, policy(), until), policy(), period, until, **more)


def ground(items: Sequence[Item], until: datetime = UNTIL, period: Period = OCTOBER, **more: Any) -> Ground:
    """What advice rests on."""
    found = known(items, until, period, **more)
    return Ground(found, Ledger(found.standings, policy(), until))
