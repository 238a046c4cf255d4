"""Times of day in the desk's zone as cron lines in UTC: on the right hour, on the right days, away from the night."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_feedback.hosts.schedules import LAST_FIRST_DAY, between, early_in_a_month, keeps_summer_time, nightly

SHANGHAI, BERLIN, LOS_ANGELES = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/Los_Angeles")
ZONES = (
    "Asia/Shanghai", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Auckland", "Australia/Sydney",
    "Europe/Dublin", "Pacific/Kiritimati", "Pacific/Honolulu", "UTC",
)  # fmt: skip
times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
zones = st.sampled_from(ZONES).map(ZoneInfo)


@pytest.mark.parametrize(
    ("zone", "line"),
    [
        (SHANGHAI, "17 18 * * *"),  # 18:17 of the day before
        (BERLIN, "17 1 * * *"),  # 02:17 in winter, 03:17 in summer
        (LOS_ANGELES, "17 10 * * *"),
        (ZoneInfo("Asia/Kathmandu"), "32 20 * * *"),  # 5 hours 45 minutes ahead
        (ZoneInfo("Australia/Sydney"), "17 16 * * *"),  # summer time in January
        (ZoneInfo("Europe/Dublin"), "17 2 * * *"),  # where winter time is the exception by law
    ],
)
def test_seventeen_past_two_at_night_is_that_time_in_winter(zone: ZoneInfo, line: str) -> None:
    assert nightly(zone, "02:17") == line


@given(zones, times)
def test_a_nightly_time_is_kept_on_every_day_without_summer_time_and_an_hour_later_on_the_others(
    zone: ZoneInfo, at: str
) -> None:
    minute, hour = (int(part) for part in nightly(zone, at).split()[:2])
    for month in range(1, 13):
        there = datetime(2027, month, 15, hour, minute, tzinfo=UTC).astimezone(zone)
        is_summer = there.utcoffset() != min(
            datetime(2027, m, 15, tzinfo=zone).utcoffset() or timedelta() for m in (1, 7)
        )
        assert (there - timedelta(hours=is_summer)).strftime("%H:%M") == at


@pytest.mark.parametrize(("zone", "keeps"), [(SHANGHAI, False), (BERLIN, True), (ZoneInfo("UTC"), False)])
def test_who_keeps_summer_time_is_known(zone: ZoneInfo, keeps: bool) -> None:
    assert keeps_summer_time(zone) is keeps


# ---- between two nights -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "line"),
    [
        ("10m", "2,12,22,32,42,52 * * * *"),
        ("15m", "9,24,39,54 * * * *"),
        ("30m", "2,32 * * * *"),
        ("1h", "47 * * * *"),
        ("6h", "47 */6 * * *"),
    ],
)
def test_clocks_are_looked_at_as_far_from_the_night_as_can_be(every: str, line: str) -> None:
    assert between(SHANGHAI, "02:17", every) == line


@given(zones, times, st.sampled_from([("10m", 10), ("15m", 15), ("20m", 20), ("30m", 30), ("1h", 60)]))
def test_runs_by_day_are_evenly_apart_and_none_is_near_the_night(
    zone: ZoneInfo, at: str, every: tuple[str, int]
) -> None:
    length, step = every
    minutes = [int(one) for one in between(zone, at, length).split()[0].split(",")]
    night = int(nightly(zone, at).split()[0])
    assert len(minutes) == 60 // step
    assert all(later - earlier == step for earlier, later in pairwise(minutes))
    assert min(min((one - night) % 60, (night - one) % 60) for one in minutes) >= step // 2


# ---- early in a month ---------------------------------------------------------------------------------------------------


def days_of(line: str) -> set[int]:
    spans = (re.fullmatch(r"(\d+)-(\d+)", one) for one in line.split()[2].split(","))
    return {day for span in spans if span for day in range(int(span[1]), int(span[2]) + 1)}


@pytest.mark.parametrize(
    ("zone", "at", "line"),
    [
        (SHANGHAI, "08:37", "37 0 1-12 * *"),
        (SHANGHAI, "07:30", "30 23 28-31,1-11 * *"),
        (BERLIN, "08:37", "37 7 1-12 * *"),
        (LOS_ANGELES, "17:05", "5 1 2-13 * *"),
    ],
)
def test_the_first_days_of_a_month_are_those_of_the_desk(zone: ZoneInfo, at: str, line: str) -> None:
    assert early_in_a_month(zone, at) == line


@given(zones, times, st.integers(1, 12))
def test_every_one_of_the_first_days_of_any_month_has_its_run(zone: ZoneInfo, at: str, month: int) -> None:
    line = early_in_a_month(zone, at)
    minute, hour = (int(part) for part in line.split()[:2])
    first = date(2027, month, 1)
    around = (datetime.combine(first, datetime.min.time(), UTC) + timedelta(days=days) for days in range(-4, 16))
    runs = (day.replace(hour=hour, minute=minute).astimezone(zone).date() for day in around if day.day in days_of(line))
    wanted = {first + timedelta(days=days) for days in range(LAST_FIRST_DAY)}
    missed = wanted - set(runs)
    # In the last hour of a day in summer a run comes after midnight, so that the first day may be the next one.
    assert not missed or (missed == {first} and at >= "23:00" and keeps_summer_time(zone))
