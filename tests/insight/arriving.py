"""Items that arrive on given days: what tests of weekly figures count."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from git_feedback.model import Item, ids

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2025, 1, 6)


def arrived(moment: datetime, number: int, category: str = "") -> Item:
    """An item received at a moment, classified at once where a category is given."""
    said = {
        "verb": "classify",
        "at": moment.isoformat(),
        "by": "intake",
        "category": category,
        "urgency": 3,
        "impact": 3,
    }
    return Item.model_validate(
        {
            "id": ids.make("Q", moment.astimezone(ZONE).date(), "phone", f"第 {number} 件", lambda _: False),
            "received": moment.isoformat(),
            "channel": "phone",
            "source": f"第 {number} 件",
            "title": f"第 {number} 次来电 / call {number}",
            "text": "又多扣了一次钱。",
            "submitter": {"kind": "anonymous"},
            "history": [said] if category else [],
        }
    )


def weekly(counts: Iterable[int], category: str, first: date = MONDAY, start: int = 0) -> Iterator[Item]:
    """So many items in each week from a Monday on, at different days and hours."""
    number = start
    for week, count in enumerate(counts):
        for place in range(count):
            day = first + timedelta(weeks=week, days=place % 7)
            yield arrived(datetime.combine(day, time(9 + place % 8, 30), ZONE), number, category)
            number += 1


def scattered(weeks: int, mean: int, seed: int = 5) -> list[int]:
    """Counts that scatter around a mean: each of three times as many chances comes true one time in three."""
    dice = Random(seed)
    return [sum(dice.random() < 1 / 3 for _ in range(3 * mean)) for _ in range(weeks)]
