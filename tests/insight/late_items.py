"""Items of a few lines for the tests of lateness and of ways: a moment is `10 09:00`, a day of March 2026."""

from collections.abc import Sequence
from datetime import date, datetime

from tests.sample_desk import policy

from git_feedback.desk import standings
from git_feedback.insight import Ledger, Period
from git_feedback.model import Item, ids

MARCH = Period.parse("2026-03")
Told = tuple[str, str, str, dict[str, object]]
"""A verb, when, by whom, and what else it says."""


def at(moment: str) -> str:
    """`10 09:00` as it stands in an item."""
    return f"2026-03-{moment.replace(' ', 'T')}:00+08:00"


def happened(verb: str, moment: str, by: str = "lin.wan", **more: object) -> Told:
    """An event."""
    return verb, moment, by, more


def classified(moment: str, urgency: int = 3, impact: int = 3, by: str = "ines.brandt") -> Told:
    """Classified as a matter of the payments department, P2 where nothing else is said."""
    return happened("classify", moment, by, category="product/payment", urgency=urgency, impact=impact)


def assigned(moment: str, owner: str = "lin.wan", department: str = "payments") -> Told:
    """Given to somebody."""
    return happened("assign", moment, "ines.brandt", department=department, owner=owner)


def item(received: str, *events: Told, source: str = "票据 1", **facts: object) -> Item:
    """An item by phone; `source` makes its id."""
    history = [{"verb": verb, "at": at(moment), "by": by, **more} for verb, moment, by, more in events]
    shape: dict[str, object] = {
        "id": ids.make("Q", date(2026, 3, int(received[:2])), "phone", source, lambda _: False),
        "received": at(received),
        "channel": "phone",
        "title": "支付页面报错",
        "history": history,
    }
    return Item.model_validate({**shape, **facts})


def ledger(items: Sequence[Item], now: str = "31 23:59") -> Ledger:
    """What is known of items at a moment, under the policy of this repository."""
    moment = datetime.fromisoformat(at(now))
    return Ledger(standings(items, policy(), moment), policy(), moment)
