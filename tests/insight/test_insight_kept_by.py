"""Kept promises by group: what counts and what does not adds up to everything that was judged."""

from tests.insight.late_items import MARCH, classified, happened, item, ledger

from git_feedback.insight.kept_by import BY, Group, group, kept_by, merged
from git_feedback.model import Item

KEPT = item("10 08:30", classified("10 08:31"), happened("respond", "10 09:00", text="您好。"), source="按时")
LATE = item(
    "10 08:30",
    classified("10 08:31"),
    happened("respond", "12 09:00", text="抱歉。"),
    source="超时",
    channel="web-form",
)
SPAM = item("10 08:30", classified("10 08:31"), happened("reject", "10 09:00", kind="spam"), source="广告")
GIVEN_UP = item("10 08:30", classified("10 08:31"), happened("reject", "13 09:00", kind="invalid"), source="晚了才否")
OLD = item("10 08:30", classified("10 08:31", by="import"), source="旧系统", record="history")


def _of(*items: Item) -> Group:
    judged = ledger(items, now="13 10:00").look(MARCH).judged
    return group("", [one for one in judged if one.clock == "respond"])


def test_each_reason_for_not_counting_is_told_apart() -> None:
    assert _of(KEPT, LATE, SPAM, GIVEN_UP, OLD) == Group("", 1, 1, 1, 1, 1, (LATE.id,))
    assert (_of(KEPT, LATE).n, _of(KEPT, LATE).share) == (2, 0.5)
    assert _of(SPAM).share is None


def test_however_it_is_grouped_all_groups_together_are_the_whole() -> None:
    judged = ledger([KEPT, LATE, SPAM, GIVEN_UP, OLD], now="13 10:00").look(MARCH).judged
    for by in BY:
        assert merged(kept_by(judged)[by]) == group("", judged)


def test_the_group_with_the_most_missed_targets_stands_first() -> None:
    judged = ledger([KEPT, SPAM, LATE], now="12 10:00").look(MARCH).judged
    assert [one.name for one in kept_by(judged)["channel"]] == ["web-form", "phone"]
