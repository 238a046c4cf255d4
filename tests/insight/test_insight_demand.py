"""What arrives an open hour: by weekday and hour, holidays left out, nights apart."""

from datetime import datetime

import pytest
from tests.insight.arriving import ZONE, arrived
from tests.insight.conftest import Stand

from git_feedback.insight.courses import courses
from git_feedback.insight.demand import Demand, demand, lying
from git_feedback.model import Item
from git_feedback.policy import Policy

NOW = "2026-10-26T08:00:00+08:00"
"""A Monday; the eight weeks before it began on 31 August, and seven days of them are a holiday."""


def at(*moments: str) -> list[Item]:
    return [arrived(datetime.fromisoformat(f"{one}:00+08:00"), number) for number, one in enumerate(moments)]


def wanted(items: list[Item], stand: Stand, policy: Policy) -> Demand:
    now = datetime.fromisoformat(NOW)
    return demand(courses(stand(items, NOW), now), policy.office, now, ZONE)


def test_arrivals_are_counted_by_weekday_and_hour_of_the_last_eight_whole_weeks(stand: Stand, policy: Policy) -> None:
    items = at("2026-08-30T10:00", "2026-09-01T10:15", "2026-09-08T10:45", "2026-09-08T14:00", "2026-10-26T07:00")
    seen = wanted(items, stand, policy)
    assert (seen.first.isoformat(), seen.end.isoformat(), seen.arrivals, seen.closed) == (
        "2026-08-31",
        "2026-10-26",
        3,
        0,
    )
    assert {(one.weekday, one.hour): one.arrivals for one in seen.hours if one.arrivals} == {(1, 10): 2, (1, 14): 1}


def test_what_comes_at_night_or_on_a_holiday_is_counted_apart(stand: Stand, policy: Policy) -> None:
    seen = wanted(at("2026-09-01T22:00", "2026-10-01T10:00", "2026-09-02T12:30", "2026-09-02T09:00"), stand, policy)
    assert (seen.arrivals, seen.closed, seen.inside) == (4, 3, 1)


def test_hours_of_a_holiday_are_not_open_and_half_hours_count_half(stand: Stand, policy: Policy) -> None:
    opened = {(one.weekday, one.hour): one.open_s / 3600 for one in wanted([], stand, policy).hours}
    # 1 to 7 October are off: Thursday, Friday, Monday to Wednesday have one day less; a Sunday and a Saturday make up.
    assert opened[1, 10] == 7 and opened[3, 10] == 7 and opened[6, 10] == 1 and opened[5, 10] == 1
    assert opened[1, 8] == 3.5 and (1, 12) not in opened and opened[1, 13] == 3.5


def test_rates_are_arrivals_an_open_hour(stand: Stand, policy: Policy) -> None:
    seen = wanted(at("2026-09-01T10:15", "2026-09-08T10:45", "2026-09-08T14:00"), stand, policy)
    assert seen.busiest and (seen.busiest.weekday, seen.busiest.hour) == (1, 10)
    assert seen.busiest.per_hour == pytest.approx(2 / 7, abs=1e-4)
    assert seen.per_hour == pytest.approx(3 / (seen.open_s / 3600), abs=1e-4)
    assert seen.weekly_open_s == seen.open_s / 8
    assert seen.work_s(1200) == pytest.approx(3 * 1200 / 8)
    assert seen.people(1200) == 1 and seen.people(3600 * seen.weekly_open_s) == 1350


def test_a_make_up_day_is_open_but_says_nothing_about_its_weekday(stand: Stand, policy: Policy) -> None:
    seen = wanted(at("2026-10-10T10:00", "2026-10-10T10:30", "2026-09-01T10:15"), stand, policy)
    assert seen.inside == 3 and {one.weekday for one in seen.hours} == set(range(7))
    assert {one.weekday for one in seen.regular} == set(range(5))
    assert seen.busiest and (seen.busiest.weekday, seen.busiest.arrivals) == (1, 1)


def test_forty_arrivals_in_opening_hours_are_enough_and_one_less_is_not(stand: Stand, policy: Policy) -> None:
    forty = [f"2026-09-0{day}T10:{minute}" for day in (1, 2, 3, 4) for minute in range(10, 20)]
    nights = [f"2026-09-01T2{hour}:00" for hour in range(4)]
    assert not wanted(at(*forty), stand, policy).is_few
    assert wanted(at(*forty[1:], *nights), stand, policy).is_few


def test_how_long_items_lay_is_from_acceptance_to_solution_in_office_time(stand: Stand, policy: Policy) -> None:
    steps = [("accept", "2026-09-01T16:00"), ("resolve", "2026-09-02T09:30"), ("resolve", "2026-09-04T09:30")]
    [item, other] = at("2026-09-01T10:00", "2026-09-01T11:00")
    history = [{"verb": verb, "at": f"{moment}:00+08:00", "by": "he.miao"} for verb, moment in steps]
    solved = Item.model_validate({**item.model_dump(), "history": history})
    now = datetime.fromisoformat(NOW)
    placed = stand([solved, other], NOW)
    lay = lying(placed, courses(placed, now), policy.office, now)
    assert (lay.n, lay.median_wh, lay.median_h) == (1, 3, 17.5)
