"""What a measure changed of what it was to change, whether that is as expected, and what is overdue."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.sample_desk import policy

from git_feedback.desk import Standing, standings
from git_feedback.insight.measured import counted_by, measured, overdue
from git_feedback.model import ids
from git_feedback.model.measures import Measure
from git_feedback.store import read

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
DONE = date(2026, 9, 25)
START = datetime.fromisoformat("2026-09-25T00:00:00+08:00")


def item(number: int, at: datetime, category: str = "product/payment", more: str = "") -> str:
    return (
        f"id: {ids.from_bits('Q', at.date(), number)}\nreceived: {at.isoformat()}\nchannel: app\ntitle: 扣款没有订单\n"
        f"text: 付了款。\nhistory:\n"
        f"  - classify: {{at: {at.isoformat()}, by: rules, category: {category}, urgency: 3, impact: 3}}\n{more}"
    )


def stood(before: int, after: int, category: str = "product/payment") -> list[Standing]:
    """So many items in the eight weeks before the day it was done, and since."""
    times = [START - timedelta(hours=13 * (n + 1)) for n in range(before)]
    times += [START + timedelta(hours=13 * n) for n in range(after)]
    sources = [item(n, at, category) for n, at in enumerate(times)]
    return standings([read(source.encode()) for source in sources], policy(), NOW)


def measure(**facts: Any) -> Measure:
    known = {
        "id": "M-once",
        "title": "只扣一次",
        "language": "zh",
        "what": "锁定。",
        "why": "扣了两次。",
        "owner": "ji.nan",
        "status": "done",
        "done": DONE,
        "counts": "category:product/payment",
        "items": ("Q261119-0AAJN0D",),
    }
    return Measure(**(known | facts))


def verdict(one: Measure, there: list[Standing], now: datetime = NOW) -> tuple[str, str | None]:
    found = measured(one, there, policy(), now)
    assert found is not None
    return found.effect.verdict, found.expectation


def test_items_before_and_after_the_day_are_counted_by_its_query() -> None:
    found = measured(measure(), stood(20, 4), policy(), NOW)
    assert found is not None
    assert (found.effect.before, found.effect.after, found.effect.verdict) == (20, 4, "fewer")
    assert found.effect.ratio == 0.2
    assert len(found.items) == 24
    others = stood(20, 4, "service/refund")
    nothing = measured(measure(), others, policy(), NOW)
    assert nothing is not None and nothing.effect.verdict == "too-few"


def test_without_a_query_the_categories_of_its_items_are_counted() -> None:
    there = stood(20, 4)
    one = measure(counts=None, items=(there[0].item.id,))
    assert counted_by(one, there) == "category:product/payment"
    assert verdict(one, there) == ("fewer", None)


@pytest.mark.parametrize(
    ("expects", "before", "after", "wanted"),
    [
        (-50, 20, 4, ("fewer", "met")),
        (-90, 20, 4, ("fewer", "not-met")),
        (-50, 6, 3, ("same", "unsure")),
        (-50, 10, 9, ("same", "not-met")),
        (-50, 4, 20, ("more", "not-met")),
        (-50, 0, 9, ("more", "not-met")),
        (100, 4, 20, ("more", "met")),
        (100, 20, 4, ("fewer", "not-met")),
        (-100, 20, 0, ("fewer", "met")),
        (-50, 2, 1, ("too-few", None)),
        (None, 20, 4, ("fewer", None)),
    ],
)
def test_an_expectation_is_met_only_where_chance_does_not_explain_it(
    expects: int | None, before: int, after: int, wanted: tuple[str, str | None]
) -> None:
    assert verdict(measure(expects=expects), stood(before, after)) == wanted


def test_in_the_first_two_weeks_nothing_is_said() -> None:
    assert verdict(measure(expects=-50), stood(20, 4), START + timedelta(days=13)) == ("too-early", None)


@pytest.mark.parametrize(
    "facts", [{"status": "doing", "done": None}, {"status": "dropped", "done": None}, {"counts": None}]
)
def test_what_is_not_done_or_has_nothing_to_count_has_no_effect(facts: dict[str, Any]) -> None:
    assert measured(measure(**facts), stood(3, 3), policy(), NOW) is None


def test_a_query_that_cannot_be_read_counts_nothing_and_says_too_few() -> None:
    assert verdict(measure(counts="类别:支付"), stood(20, 4)) == ("too-few", None)


def test_rejected_items_and_those_that_come_later_do_not_count() -> None:
    at = START - timedelta(days=1)
    spam = f"  - reject: {{at: {at.isoformat()}, by: ines.brandt, kind: spam}}\n"
    later = NOW + timedelta(days=1)
    listed = [read(item(n, when, more=more).encode()) for n, (when, more) in enumerate([(at, spam), (later, "")])]
    found = measured(measure(), standings(listed, policy(), NOW), policy(), NOW)
    assert found is not None
    assert (found.effect.before, found.effect.after) == (0, 0)


def test_overdue_is_what_is_open_after_its_last_day_first_due_first() -> None:
    def due(name: str, day: str | None, status: str = "planned") -> Measure:
        made = date.fromisoformat(day) if day else None
        return measure(id=name, status=status, done=None, due=made)

    listed = [
        due("M-b", "2026-11-19"),
        due("M-a", "2026-11-01", "doing"),
        due("M-today", "2026-11-20"),
        due("M-some-day", None),
        due("M-dropped", "2026-11-01", "dropped"),
    ]
    assert [one.id for one in overdue(listed, NOW.date())] == ["M-a", "M-b"]
