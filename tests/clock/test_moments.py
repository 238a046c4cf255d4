from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_feedback.clock import parse_day, parse_moment, write_moment

CHINA = timezone(timedelta(hours=8))
OFFSETS = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T09:31:00+08:00", datetime(2026, 11, 22, 9, 31, tzinfo=CHINA)),
        ("2026-11-22T09:31:00Z", datetime(2026, 11, 22, 9, 31, tzinfo=UTC)),
        ("2024-02-29T23:59:59-03:30", datetime(2024, 2, 29, 23, 59, 59, tzinfo=timezone(-timedelta(minutes=210)))),
    ],
)
def test_a_moment_keeps_its_own_offset(text: str, moment: datetime) -> None:
    assert parse_moment(text) == moment
    assert parse_moment(text).utcoffset() == moment.utcoffset()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-22",
        "2026-11-22T09:31:00",
        "2026-11-22 09:31:00+08:00",
        "2026-11-22t09:31:00+08:00",
        "2026-11-22T09:31+08:00",
        "2026-11-22T09:31:00.5+08:00",
        "2026-11-22T09:31:00+0800",
        "2026-11-22T09:31:00+08",
        "2026-11-22T09:31:00+08:75",
        "2026-11-22T09:31:00+24:00",
        "2026-11-22T24:00:00+08:00",
        "2026-11-22T09:31:60+08:00",
        "2026-11-31T09:31:00+08:00",
        "2025-02-29T09:31:00+08:00",
        "0000-01-01T00:00:00Z",
        "2026-W47-7T09:31:00Z",
        "2026-11-22T09:31:00z",
        "2026-11-22T09:31:00Z\n",
        " 2026-11-22T09:31:00Z",
        "２０２６-11-22T09:31:00Z",
        "2026年11月22日",
    ],
)
def test_any_other_form_of_a_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a moment"):
        parse_moment(text)


@given(st.datetimes(timezones=OFFSETS))
def test_a_written_moment_reads_as_the_same_second_and_offset(moment: datetime) -> None:
    again = parse_moment(write_moment(moment))
    assert again == moment.replace(microsecond=0)
    assert again.utcoffset() == moment.utcoffset()


def test_an_offset_with_seconds_is_written_in_utc() -> None:
    before_standard_time = datetime(1890, 1, 1, 8, 5, 43, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert write_moment(before_standard_time) == "1890-01-01T00:00:00+00:00"


def test_a_moment_without_a_zone_is_not_written() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        write_moment(datetime(2026, 11, 22))  # noqa: DTZ001 - the point of the test


def test_a_day_is_read_from_its_one_form() -> None:
    assert parse_day("2026-02-14") == date(2026, 2, 14)


@pytest.mark.parametrize(
    "text",
    ["", "20260214", "2026-2-14", "2026-02-30", "2026-02-14T00:00:00Z", "2026-W07-6", "14.02.2026", "2026-02-14 "],
)
def test_any_other_form_of_a_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day"):
        parse_day(text)
