"""Figures over all items, compared with the plain way of counting them."""

import csv
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from git_feedback.clock import Calendar
from git_feedback.desk import Standing, standings
from git_feedback.insight import stats
from git_feedback.model import Item, ids
from git_feedback.policy import Policy
from git_feedback.policy.model import Calendars

Stand = Callable[[Sequence[Item], str], list[Standing]]
Row = dict[str, str]

TESTS = Path(__file__).parents[1]
SOURCES = {
    "sample": TESTS / "data" / "sf311_sample.csv",
    "all rows": TESTS.parents[1] / "shared" / "data" / "sf311_dev.csv",
}
CHANNELS = {"Phone": "phone", "Web": "web-form"}
SAN_FRANCISCO = ZoneInfo("America/Los_Angeles")
SHANGHAI = ZoneInfo("Asia/Shanghai")
LATER = "2026-12-01T09:00:00+08:00"
KEYS = [
    "rows", "by_channel", "by_state", "by_category", "by_department", "monthly", "resolution_rate", "respond",
    "resolve", "resolve_by_channel", "breaches", "top5", "held_by_department", "register_by_channel",
    "corrections", "reply", "times", "satisfaction", "returning", "owner_load",
]  # fmt: skip


def made(received: str, *history: dict[str, object], **fields: object) -> Item:
    """An item of these events."""
    day = datetime.fromisoformat(received).date()
    made_id = ids.make("Q", day, "phone", f"{received}{history}", lambda _: False)
    shape = {"id": made_id, "received": received, "channel": "phone", "title": "扣了两次", "history": history}
    return Item.model_validate({**shape, **fields})


def event(verb: str, at: str, by: str = "ji.nan", **fields: object) -> dict[str, object]:
    """An event by a person."""
    return {"verb": verb, "at": at, "by": by, **fields}


# ---- real rows, counted twice ---------------------------------------------------------------------------------------


@pytest.fixture(params=SOURCES)
def rows(request: pytest.FixtureRequest) -> list[Row]:
    path = SOURCES[request.param]
    if not path.exists():
        pytest.skip(f"{path.name} is not beside this repository")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def counted(rows: list[Row], policy: Policy) -> dict[str, Any]:
    now = datetime(2026, 11, 2, tzinfo=UTC)
    return stats(standings(map(_imported, rows), policy, now), policy, now, SAN_FRANCISCO)


def _imported(row: Row) -> Item:
    closed = _closed(row)
    history = [event("resolve", closed, "import")] if closed else []
    return made(
        row["created_date"], *history, id=_id(row), channel=_channel(row), source=row["unique_key"], record="history"
    )


def _id(row: Row) -> str:
    day = datetime.fromisoformat(row["created_date"]).date()
    return ids.make("Q", day, "sf311", row["unique_key"], lambda _: False)


def _channel(row: Row) -> str:
    return CHANNELS.get(row["source"], "other")


def _closed(row: Row) -> str:
    return row["closed_date"] if row["closed_date"] >= row["created_date"] else ""


def _hours(row: Row) -> float:
    return (datetime.fromisoformat(_closed(row)) - datetime.fromisoformat(row["created_date"])).total_seconds() / 3600


def _month(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(SAN_FRANCISCO).strftime("%Y-%m")


def test_rows_channels_and_states_agree_with_a_plain_count(rows: list[Row], counted: dict[str, Any]) -> None:
    closed = sum(bool(_closed(row)) for row in rows)
    assert counted["rows"] == len(rows)
    assert counted["by_channel"] == Counter(map(_channel, rows))
    assert {state: n for state, n in counted["by_state"].items() if n} == {
        state: n for state, n in {"new": len(rows) - closed, "resolved": closed}.items() if n
    }
    assert counted["resolution_rate"] == pytest.approx(closed / len(rows), abs=1e-4)


def test_times_to_resolution_agree_with_a_plain_count(rows: list[Row], counted: dict[str, Any]) -> None:
    _same_times(counted["resolve"], [_hours(row) for row in rows if _closed(row)])
    for channel, figure in counted["resolve_by_channel"].items():
        _same_times(figure, [_hours(row) for row in rows if _closed(row) and _channel(row) == channel])


def test_times_by_channel_agree_with_a_plain_count(rows: list[Row], counted: dict[str, Any]) -> None:
    by_channel = counted["times"]["channel"]
    assert set(by_channel) == set(map(_channel, rows))
    for channel, figures in by_channel.items():
        _same_times(figures["resolve"], [_hours(row) for row in rows if _closed(row) and _channel(row) == channel])
    unleveled = counted["times"]["level"]["unclassified"]
    assert unleveled["resolve"] == counted["resolve"]


def _same_times(figure: dict[str, float], hours: list[float]) -> None:
    ordered = sorted(hours)
    assert figure["n"] == len(hours)
    assert figure["mean_h"] == pytest.approx(statistics.fmean(hours), abs=1e-3)
    assert figure["median_h"] == pytest.approx(statistics.median(hours), abs=1e-3)
    assert figure["p90_h"] == pytest.approx(ordered[int(0.9 * (len(hours) - 1))], abs=1e-3)


def test_months_agree_with_a_plain_count_in_the_zone_of_the_city(rows: list[Row], counted: dict[str, Any]) -> None:
    received = Counter(_month(row["created_date"]) for row in rows)
    resolved = Counter(_month(_closed(row)) for row in rows if _closed(row))
    assert {row["month"]: row["received"] for row in counted["monthly"] if row["received"]} == received
    assert {row["month"]: row["resolved"] for row in counted["monthly"] if row["resolved"]} == resolved


def test_imported_history_has_no_first_answer_and_says_so(rows: list[Row], counted: dict[str, Any]) -> None:
    assert (counted["respond"]["n"], counted["respond"]["excluded"]) == (0, len(rows))
    assert counted["respond"]["median_h"] is None
    assert counted["breaches"]["respond"]["excluded"] == len(rows)


# ---- single cases ---------------------------------------------------------------------------------------------------


def test_the_keys_are_the_documented_ones(policy: Policy, stand: Stand, items: list[Item]) -> None:
    found = stats(stand(items, LATER), policy, datetime.fromisoformat(LATER), SHANGHAI)
    assert list(found) == KEYS
    assert list(found["resolve"]) == [  # type: ignore[call-overload]
        "n", "excluded", "mean_h", "median_h", "p90_h", "mean_wh", "median_wh", "p90_wh",
    ]  # fmt: skip


def test_without_items_shares_and_times_are_unknown_not_zero(policy: Policy) -> None:
    found: dict[str, Any] = stats([], policy, datetime.fromisoformat(LATER), SHANGHAI)
    assert (found["rows"], found["monthly"], found["top5"]) == (0, [], [])
    assert found["resolution_rate"] is None
    assert found["resolve"] == {
        "n": 0, "excluded": 0, "mean_h": None, "median_h": None, "p90_h": None, "mean_wh": None, "median_wh": None,
        "p90_wh": None,
    }  # fmt: skip


def _stats(policy: Policy, stand: Stand, *items: Item) -> dict[str, Any]:
    return stats(stand(items, LATER), policy, datetime.fromisoformat(LATER), SHANGHAI)


def test_an_end_before_its_start_is_left_out_and_counted(policy: Policy, stand: Stand) -> None:
    impossible = made("2026-11-10T09:00:00+08:00", event("resolve", "2026-11-09T09:00:00+08:00", "import"))
    sound = made("2026-11-10T09:00:00+08:00", event("resolve", "2026-11-10T11:00:00+08:00"))
    resolve = _stats(policy, stand, impossible, sound)["resolve"]
    assert (resolve["n"], resolve["excluded"], resolve["mean_h"]) == (1, 1, 2.0)


def test_what_a_machine_sends_is_no_first_answer(policy: Policy, stand: Stand) -> None:
    receipt = event("respond", "2026-11-10T09:00:05+08:00", "rules", text="已收到。")
    answer = event("ask", "2026-11-10T15:00:00+08:00", question="哪一天的订单？")
    respond = _stats(policy, stand, made("2026-11-10T09:00:00+08:00", receipt, answer))["respond"]
    assert (respond["n"], respond["median_h"]) == (1, 6.0)


def test_working_hours_leave_out_the_night_and_the_weekend(policy: Policy, stand: Stand) -> None:
    over_the_weekend = made("2026-11-13T17:00:00+08:00", event("resolve", "2026-11-16T09:30:00+08:00"))
    resolve = _stats(policy, stand, over_the_weekend)["resolve"]
    assert (resolve["mean_h"], resolve["mean_wh"], resolve["p90_wh"]) == (64.5, 2.0, 2.0)


def test_round_the_clock_working_hours_are_hours(policy: Policy, items: list[Item]) -> None:
    always = Calendars({**policy.calendars.by_name, "office": Calendar.always("Asia/Shanghai")}, {})
    now, open_all_day = datetime.fromisoformat(LATER), replace(policy, calendars=always)
    resolve: Any = stats(standings(items, open_all_day, now), open_all_day, now, SHANGHAI)["resolve"]
    assert resolve["n"] > 10
    assert [resolve[f"{name}_h"] for name in ("mean", "median", "p90")] == [
        resolve[f"{name}_wh"] for name in ("mean", "median", "p90")
    ]


def test_months_are_those_of_the_zone_that_was_asked_for(policy: Policy, stand: Stand) -> None:
    found = stand([made("2026-10-31T20:00:00Z")], LATER)
    now = datetime.fromisoformat(LATER)
    assert stats(found, policy, now, SHANGHAI)["monthly"] == [{"month": "2026-11", "received": 1, "resolved": 0}]
    assert stats(found, policy, now, SAN_FRANCISCO)["monthly"] == [{"month": "2026-10", "received": 1, "resolved": 0}]


def test_a_month_between_in_which_nothing_happened_has_its_row(policy: Policy, stand: Stand) -> None:
    found = _stats(policy, stand, made("2026-08-03T09:00:00+08:00"), made("2026-10-05T09:00:00+08:00"))
    assert found["monthly"][1] == {"month": "2026-09", "received": 0, "resolved": 0}


def test_an_item_without_category_or_department_is_counted_under_a_name(policy: Policy, stand: Stand) -> None:
    found = _stats(policy, stand, made("2026-11-10T09:00:00+08:00"))
    assert (found["by_category"], found["by_department"]) == ({"unclassified": 1}, {"unassigned": 1})
    assert found["top5"] == [{"category": "unclassified", "count": 1, "share": 1.0}]


def test_the_most_frequent_category_comes_first(policy: Policy, stand: Stand, items: list[Item]) -> None:
    found = _stats(policy, stand, *items)
    assert found["by_category"] == {"product/payment": 8, "service/refund": 6, "praise/staff": 2, "unclassified": 1}
    assert [one["category"] for one in found["top5"]] == list(found["by_category"])
    assert found["by_state"] == {"new": 1, "assigned": 1, "resolved": 13, "replied": 2}
    assert found["resolution_rate"] == pytest.approx(15 / 17, abs=1e-4)


def test_praise_is_settled_by_its_reply(policy: Policy, stand: Stand) -> None:
    classify = event("classify", "2026-11-10T09:00:01+08:00", category="praise/staff", urgency=1, impact=2)
    reply = event("reply", "2026-11-10T12:00:00+08:00", text="谢谢您，一定转达。")
    resolve = _stats(policy, stand, made("2026-11-10T09:00:00+08:00", classify, reply))["resolve"]
    assert (resolve["n"], resolve["mean_h"]) == (1, 3.0)


def test_a_clock_that_was_late_once_stays_late_after_reopening(policy: Policy, stand: Stand) -> None:
    classify = event("classify", "2026-11-02T09:00:01+08:00", category="product/payment", urgency=4, impact=4)
    late = event("resolve", "2026-11-06T09:00:00+08:00")
    again = event("reopen", "2026-11-06T10:00:00+08:00", kind="recurring")
    quick = event("resolve", "2026-11-06T10:30:00+08:00")
    found = _stats(policy, stand, made("2026-11-02T09:00:00+08:00", classify, late, again, quick))
    assert found["breaches"]["resolve"] == {"met": 0, "breached": 1, "open_breached": 0, "excluded": 0, "running": 0}


def test_each_clock_of_the_desk_is_counted_once(policy: Policy, stand: Stand, items: list[Item]) -> None:
    standing = stand(items, LATER)
    counted = _stats(policy, stand, *items)["breaches"]
    for name, counts in counted.items():
        assert sum(counts.values()) == sum(clock.name == name for one in standing for clock in one.clocks)
    assert counted["resolve"] == {"met": 9, "breached": 4, "open_breached": 2, "excluded": 0, "running": 0}
