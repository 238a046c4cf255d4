"""How long departments held items: the turns of an item add up to the time its solution took."""

from datetime import datetime

from tests.sample_desk import policy

from git_feedback.desk import standings
from git_feedback.insight.holdings import held_by_department
from git_feedback.model import Item, ids

HISTORY: list[dict[str, object]] = [
    {"verb": "classify", "at": "2026-03-10T09:30:00+08:00", "by": "rules", "category": "product/bug", "urgency": 3, "impact": 3},
    {"verb": "assign", "at": "2026-03-10T10:00:00+08:00", "by": "ines.brandt", "department": "payments", "owner": "ji.nan"},
    {"verb": "return", "at": "2026-03-10T11:00:00+08:00", "by": "ji.nan", "reason": "不是支付的问题"},
    {"verb": "assign", "at": "2026-03-10T14:00:00+08:00", "by": "ines.brandt", "department": "app", "owner": "fang.yu"},
    {"verb": "ask", "at": "2026-03-10T15:00:00+08:00", "by": "fang.yu", "question": "手机型号是？"},
    {"verb": "supply", "at": "2026-03-10T16:00:00+08:00", "by": "fang.yu", "text": "iPhone 15"},
    {"verb": "accept", "at": "2026-03-10T16:10:00+08:00", "by": "fang.yu"},
    {"verb": "resolve", "at": "2026-03-10T17:00:00+08:00", "by": "fang.yu", "result": "已修复"},
]  # fmt: skip
LATER = datetime.fromisoformat("2026-03-12T09:00:00+08:00")


def _item(**facts: object) -> Item:
    shape = {
        "id": ids.make("Q", LATER.date(), "phone", str(facts), lambda _: False),
        "received": "2026-03-10T09:00:00+08:00",
        "channel": "phone",
        "title": "闪退",
        "history": HISTORY,
    }
    return Item.model_validate({**shape, **facts})


def test_departments_share_the_time_of_a_solution_and_waiting_is_nobodys() -> None:
    found = held_by_department(standings([_item()], policy(), LATER), policy(), LATER)
    hours = {name: (row["n"], row["mean_wh"], row["waited_wh"]) for name, row in found.items()}
    # app: half an hour by the rule's category, then 14:00-17:00 without the hour of waiting
    assert hours == {"payments": (1, 2.5, 0.0), "app": (1, 2.5, 1.0), "unassigned": (1, 0.5, 0.0)}
    solution = standings([_item()], policy(), LATER)[0].clock("resolve")
    assert solution and sum(h[1] for h in hours.values() if isinstance(h[1], float)) * 3600 == solution.elapsed


def test_imported_history_is_counted_as_excluded() -> None:
    found = held_by_department(standings([_item(record="history")], policy(), LATER), policy(), LATER)
    assert found == {
        "app": {
            "n": 0, "excluded": 1, "mean_wh": None, "median_wh": None, "p90_wh": None, "waited_wh": None,
        },
    }  # fmt: skip
