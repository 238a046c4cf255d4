"""The pool: ideas without a clock, how feasible they are, and who looked at them this quarter."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.sample_desk import item, policy

from git_feedback.clock import Duration
from git_feedback.desk import standings
from git_feedback.insight.pool import UNKNOWN, Pool, Pooled, pool, quarter

NOW = "2026-11-20T11:00:00+08:00"
TEXT = """\
id: {id}
received: {received}
channel: app
language: zh
title: 希望会员页能按年看账单
text: 现在只能一个月一个月看。
history:
"""
IDS = ("Q261119-0AAJN0D", "Q261119-BYJ524T", "Q261120-QYA161T")


def idea(*events: str, number: int = 0, received: str = "2026-05-06T09:00:00+08:00") -> str:
    return TEXT.format(id=IDS[number], received=received) + "".join(f"  - {event}\n" for event in events)


def classified(
    at: str = "2026-05-06T09:05:00+08:00",
    by: str = "lena.arden",
    urgency: int = 2,
    category: str = "product/missing-function",
    feasibility: str = "",
) -> str:
    said = f", feasibility: {feasibility}" if feasibility else ""
    return f"classify: {{at: {at}, by: {by}, category: {category}, urgency: {urgency}, impact: {urgency}{said}}}"


def pooled(*sources: str, now: str = NOW) -> Pool:
    at = datetime.fromisoformat(now)
    return pool(standings([item(source) for source in sources], policy(), at), policy(), at)


def only(source: str, now: str = NOW) -> Pooled:
    found = pooled(source, now=now)
    assert found.total == 1
    return next(one for group in found.groups.values() for one in group)


def test_what_has_no_target_for_a_solution_is_in_the_pool_and_a_promised_one_is_not() -> None:
    found = pooled(idea(classified()), idea(classified(urgency=3), number=1), idea(number=2).replace("history:\n", ""))
    assert [one.standing.item.id for one in found.groups[UNKNOWN]] == [IDS[0]]


def test_a_target_for_the_level_empties_the_pool() -> None:
    edition = policy().editions[0]
    rules = tuple(
        rule.model_copy(update={"none": False, "target": Duration.parse("10wd")})
        if rule.clock == "resolve" and rule.level == ("P3",)
        else rule
        for rule in edition.rules
    )
    changed = replace(policy(), editions=(replace(edition, rules=rules),))
    at = datetime.fromisoformat(NOW)
    assert pool(standings([item(idea(classified()))], changed, at), changed, at).total == 0


def test_the_last_word_on_feasibility_counts_and_silence_after_it_takes_nothing_back() -> None:
    first = classified(feasibility="low")
    second = classified("2026-06-01T09:00:00+08:00", feasibility="high")
    third = classified("2026-07-01T09:00:00+08:00")
    assert only(idea(first)).feasibility == "low"
    assert only(idea(first, second)).feasibility == "high"
    assert only(idea(first, second, third)).feasibility == "high"
    assert only(idea(classified())).feasibility == UNKNOWN


def test_a_machine_looks_at_nothing() -> None:
    found = only(idea(classified("2026-11-19T09:00:00+08:00", by="rules")))
    assert (found.looked_at, found.looked_by, found.this_quarter) == (None, None, False)


def test_who_looked_before_the_quarter_has_not_looked_in_it() -> None:
    found = only(idea(classified("2026-09-30T23:59:59+08:00")))
    assert (found.looked_by, found.this_quarter) == ("lena.arden", False)


def test_a_quarter_begins_at_midnight_of_the_desks_zone() -> None:
    """16:00 UTC on 30 September is midnight in Shanghai."""
    assert only(idea(classified("2026-09-30T16:00:00+00:00"))).this_quarter
    assert not only(idea(classified("2026-09-30T15:59:59+00:00"))).this_quarter


def test_an_event_that_has_not_happened_yet_is_not_looked_at() -> None:
    source = idea(classified(), classified("2026-10-05T09:00:00+08:00", feasibility="high"))
    found = only(source, now="2026-10-04T09:00:00+08:00")
    assert (found.feasibility, found.this_quarter) == (UNKNOWN, False)


def test_what_waits_for_a_last_word_only_and_praise_are_left_out_and_counted() -> None:
    settled = idea(classified(), "resolve: {at: 2026-06-01T09:00:00+08:00, by: lena.arden}")
    praise = idea(classified(category="praise/staff"), number=1)
    closed = idea(classified(), "close: {at: 2026-06-01T09:00:00+08:00, by: lena.arden}", number=2)
    found = pooled(settled, praise, closed)
    assert (found.total, found.settled, found.short) == (0, 1, 1)


def test_what_was_not_looked_at_comes_first_and_then_the_oldest() -> None:
    looked = idea(classified("2026-11-02T09:00:00+08:00"), received="2026-01-05T09:00:00+08:00")
    newer = idea(classified(), number=1, received="2026-05-06T09:00:00+08:00")
    older = idea(classified(), number=2, received="2026-04-06T09:00:00+08:00")
    found = pooled(looked, newer, older)
    assert [one.standing.item.id for one in found.groups[UNKNOWN]] == [IDS[2], IDS[1], IDS[0]]
    assert (found.total, found.not_looked_at, found.until) == (3, 2, date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2026-01-01", "2026-01-01", "2026-03-31"),
        ("2026-05-31", "2026-04-01", "2026-06-30"),
        ("2026-09-30", "2026-07-01", "2026-09-30"),
        ("2026-10-01", "2026-10-01", "2026-12-31"),
        ("2024-02-29", "2024-01-01", "2024-03-31"),
    ],
)
def test_a_quarter_has_three_months(day: str, first: str, last: str) -> None:
    assert quarter(date.fromisoformat(day)) == (date.fromisoformat(first), date.fromisoformat(last))
