"""Spans of days as people write them: where they begin and end, in any zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_feedback.clock.periods import SPANS, Period, span

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Santiago", "America/Havana", "Pacific/Apia"])
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(("text", "first", "end"), [
    ("2026", "2026-01-01", "2027-01-01"), ("2026-Q3", "2026-07-01", "2026-10-01"), ("2026-q4", "2026-10-01", "2027-01-01"),
    ("2026-10", "2026-10-01", "2026-11-01"), ("2026-10-03", "2026-10-03", "2026-10-04"),
    ("2026-10-03..2026-10-09", "2026-10-03", "2026-10-10"), ("2024-02-29", "2024-02-29", "2024-03-01"),
    ("2026-12-31", "2026-12-31", "2027-01-01"), ("2026-Q4..2027-01", "2026-10-01", "2027-02-01"),
    ("2026-10..2026-10-09", "2026-10-01", "2026-10-10"), ("2099-12-31", "2099-12-31", "2100-01-01"),
])  # fmt: skip
def test_both_ends_of_a_span_belong_to_it(text: str, first: str, end: str) -> None:
    expected = tuple(datetime.fromisoformat(f"{day}T00:00:00+08:00") for day in (first, end))
    assert span(text, SHANGHAI) == expected


@pytest.mark.parametrize("text", [
    "", "..", "2026-13", "2026-00", "2026-02-30", "2026-10-3", "2026-Q5", "1899", "2100", "9999-12-31", "2026-10-09..2026-10-03",
    "2026-11..2026-10", "2026-10-03..", "..2026-10-03", "2026..2026..2026", "2026-10-03...2026-10-09", "十月", "２０２６", "2026 ",
])  # fmt: skip
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no month, quarter or year|before it begins|not a day"):
        span(text, SHANGHAI)


def test_every_example_is_a_span() -> None:
    assert [span(text, SHANGHAI)[0].year for text in SPANS] == [2026] * len(SPANS)


@given(DAYS, ZONES)
def test_a_day_holds_exactly_the_moments_of_its_date(day: date, name: str) -> None:
    """Whatever the clocks of the zone do in it: noon of the day is inside, the seconds outside have other dates."""
    zone = ZoneInfo(name)
    first, end = (moment.astimezone(UTC) for moment in span(day.isoformat(), zone))
    inside = [first, end - timedelta(seconds=1)] if first < end else []
    assert {moment.astimezone(zone).date() for moment in inside} <= {day}
    assert (first - timedelta(seconds=1)).astimezone(zone).date() < day
    assert end.astimezone(zone).date() > day


@given(DAYS)
def test_the_days_of_a_month_fill_it_without_a_gap(day: date) -> None:
    month = Period(day.year, day.month, 1)
    last = month.next.first - timedelta(1)
    assert span(f"{month.first}..{last}", SHANGHAI) == span(month.name, SHANGHAI) == month.bounds(SHANGHAI)
