"""Ageing: working days since an item came, holidays and make-up days as the office calendar has them."""

from datetime import datetime

import pytest
from tests.sample_desk import ROOT, item, policy

from git_feedback import store
from git_feedback.desk import Standing, standings
from git_feedback.insight.ageing import BUCKETS, OLDEST, aged, ageing

TEXT = """\
id: Q261119-0AAJN0D
received: {received}
channel: app
language: zh
title: 门店太吵
text: 空调也太冷。
"""


def stand(*sources: str, now: str) -> list[Standing]:
    return standings([item(source) for source in sources], policy(), datetime.fromisoformat(now))


def age(received: str, now: str) -> int:
    there = stand(TEXT.format(received=received), now=now)
    return aged(there, policy().office, datetime.fromisoformat(now))[0].days


@pytest.mark.parametrize(
    ("received", "now", "days"),
    [
        ("2026-11-20T09:00:00+08:00", "2026-11-20T17:00:00+08:00", 0),
        ("2026-11-20T17:59:00+08:00", "2026-11-22T12:00:00+08:00", 0),
        ("2026-11-20T17:59:00+08:00", "2026-11-23T00:00:00+08:00", 1),
        ("2026-11-21T10:00:00+08:00", "2026-11-23T08:00:00+08:00", 1),
        ("2026-09-30T16:00:00+08:00", "2026-10-08T09:00:00+08:00", 1),
        ("2026-10-09T16:00:00+08:00", "2026-10-10T09:00:00+08:00", 1),
        ("2026-11-19T16:30:00+00:00", "2026-11-20T09:00:00+08:00", 0),
    ],
    ids=["same-day", "weekend", "monday", "came-on-saturday", "national-holiday", "make-up-saturday", "the-desks-zone"],
)
def test_an_age_counts_the_working_days_that_began_after_the_day_it_came(received: str, now: str, days: int) -> None:
    assert age(received, now) == days


def test_buckets_leave_no_age_out_and_hold_none_twice() -> None:
    for days in range(60):
        assert sum(first <= days and (last is None or days <= last) for first, last in BUCKETS) == 1


def test_finished_items_have_no_age_and_waiting_ones_are_said_to_wait() -> None:
    now = "2026-11-20T11:00:00+08:00"
    open_one = TEXT.format(received="2026-11-19T09:00:00+08:00")
    asked = (
        open_one.replace("Q261119-0AAJN0D", "Q261119-BYJ524T") + "history:\n"
        "  - ask: {at: 2026-11-19T10:00:00+08:00, by: lin.wan}\n    question: 哪家门店？\n"
    )
    rejected = (
        open_one.replace("Q261119-0AAJN0D", "Q261120-QYA161T") + "history:\n"
        "  - reject: {at: 2026-11-19T10:00:00+08:00, by: lin.wan, kind: spam}\n"
    )
    found = ageing(stand(open_one, asked, rejected, now=now), policy().office, datetime.fromisoformat(now))
    assert (found.total, found.waiting) == (2, 1)
    assert found.buckets[0].by_level == {"": 2}


def test_history_that_was_settled_before_it_came_is_left_out_and_counted() -> None:
    now = "2026-11-20T11:00:00+08:00"
    past = TEXT.format(received="2012-05-03T09:00:00+08:00").replace("channel:", "record: history\nchannel:")
    settled = past + "history:\n  - resolve: {at: 2012-05-04T09:00:00+08:00, by: import}\n"
    still_open = past.replace("Q261119-0AAJN0D", "Q261119-BYJ524T")
    found = ageing(stand(settled, still_open, now=now), policy().office, datetime.fromisoformat(now))
    assert (found.total, found.settled_before) == (1, 1)
    assert found.buckets[-1].total == 1


def test_on_the_sample_desk_every_unfinished_item_is_in_one_bucket_and_the_oldest_come_first() -> None:
    now = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
    items = [store.read(path) for path in sorted((ROOT / "feedback" / "2026").rglob("*.yml"))]
    there = standings(items, policy(), now)
    found = ageing(there, policy().office, now)
    ages = {one.standing.item.id: one.days for one in aged(there, policy().office, now)}
    assert found.total == sum(one.state.is_unfinished for one in there) > 10
    assert [one.days for one in found.oldest] == sorted((one.days for one in found.oldest), reverse=True)
    assert len(found.oldest) == OLDEST
    assert found.oldest[0].days == max(ages[one.item.id] for one in there if one.state.is_unfinished)


def test_an_empty_desk_has_six_empty_buckets() -> None:
    found = ageing([], policy().office, datetime.fromisoformat("2026-11-20T11:05:00+08:00"))
    assert [bucket.total for bucket in found.buckets] == [0] * 6
    assert found.oldest == ()
