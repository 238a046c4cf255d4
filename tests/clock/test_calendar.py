from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from git_feedback.clock import BadHours, Calendar

CHINA = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFFICE = {day: [("08:30", "12:00"), ("13:30", "18:00")] for day in WEEK[:5]}
HOUR = 3600
MONDAYS = [date(1900, 1, 1) + timedelta(weeks=week) for week in range(300 * 52)]
"""Every Monday of the years 1900 to 2198."""


def china(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in March 2026, whose 10th is a Tuesday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=CHINA)


# -- zones and edges ----------------------------------------------------------------------------------------------


def test_a_moment_of_another_zone_gives_a_result_in_the_zone_of_the_calendar() -> None:
    due = Calendar("Asia/Shanghai", OFFICE).add(datetime(2026, 3, 10, 3, 30, tzinfo=UTC), 2 * HOUR)
    assert due.isoformat() == "2026-03-10T15:00:00+08:00"


@pytest.mark.parametrize(
    "ask",
    [
        lambda calendar, moment: calendar.add(moment, 60),
        lambda calendar, moment: calendar.sub(moment, 60),
        lambda calendar, moment: calendar.elapsed(china(1, 0), moment),
        lambda calendar, moment: calendar.elapsed(moment, china(31, 0)),
        lambda calendar, moment: calendar.add(china(1, 0), 60, [(china(1, 0), moment)]),
        lambda calendar, moment: calendar.is_open(moment),
        lambda calendar, moment: calendar.next_opening(moment),
        lambda calendar, moment: calendar.intervals(moment, china(31, 0)),
        lambda calendar, moment: calendar.counted(moment, china(31, 0)),
        lambda calendar, moment: calendar.counted(china(1, 0), china(31, 0), [(moment, china(2, 0))]),
        lambda calendar, moment: calendar.close_of_day(moment),
        lambda calendar, moment: calendar.is_working_day(moment),
    ],
)
def test_a_moment_without_a_zone_is_refused_everywhere(ask: Any) -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        ask(Calendar("Asia/Shanghai", OFFICE), datetime(2026, 3, 10, 9, 0))  # noqa: DTZ001 - the point of the test


def test_an_opening_time_is_open_and_a_closing_time_is_not() -> None:
    calendar = Calendar("Asia/Shanghai", OFFICE)
    opens = [
        calendar.is_open(china(10, hour, minute)) for hour, minute in ((8, 29), (8, 30), (11, 59), (12, 0), (13, 30))
    ]
    assert opens == [False, True, True, False, True]


def test_a_target_that_ends_at_closing_time_is_due_then_and_not_the_next_morning() -> None:
    assert Calendar("Asia/Shanghai", OFFICE).add(china(10, 17), HOUR) == china(10, 18)


@pytest.mark.parametrize(
    ("start", "opening"),
    [(china(10, 9), china(10, 9)), (china(10, 12), china(10, 13, 30)), (china(13, 18), china(16, 8, 30))],
)
def test_zero_seconds_lead_to_the_first_open_moment(start: datetime, opening: datetime) -> None:
    calendar = Calendar("Asia/Shanghai", OFFICE)
    assert calendar.add(start, 0) == calendar.next_opening(start) == opening


def test_zero_seconds_while_waiting_lead_to_the_first_open_moment_after_the_pause() -> None:
    calendar = Calendar("Asia/Shanghai", OFFICE)
    assert calendar.add(china(10, 9), 0, [(china(10, 9), china(10, 12, 15))]) == china(10, 13, 30)


@pytest.mark.parametrize(
    ("end", "moment"),
    [
        (china(10, 9), china(10, 9)),
        (china(10, 18), china(10, 18)),
        (china(16, 8), china(13, 18)),
        (china(16, 8, 30), china(16, 8, 30)),
    ],
)
def test_zero_seconds_back_lead_to_the_last_moment_beside_working_time(end: datetime, moment: datetime) -> None:
    assert Calendar("Asia/Shanghai", OFFICE).sub(end, 0) == moment


@pytest.mark.parametrize(
    ("waiting", "moment"),
    [
        ((china(10, 10), china(10, 11)), china(10, 12)),
        ((china(10, 10), china(10, 12)), china(10, 10)),
        ((china(10, 12), china(10, 12, 30)), china(10, 12)),
        ((china(10, 7), china(10, 12, 30)), china(9, 18)),
    ],
)
def test_zero_seconds_back_from_a_closing_time_pass_over_a_pause_that_ends_there(
    waiting: tuple[datetime, datetime], moment: datetime
) -> None:
    assert Calendar("Asia/Shanghai", OFFICE).sub(china(10, 12), 0, [waiting]) == moment


def test_zero_seconds_back_from_the_end_of_a_pause_stay_there_when_it_is_open() -> None:
    assert Calendar("Asia/Shanghai", OFFICE).sub(china(10, 11), 0, [(china(10, 9), china(10, 11))]) == china(10, 11)


def test_going_back_stops_at_the_opening_and_not_at_the_closing_before_it() -> None:
    assert Calendar("Asia/Shanghai", OFFICE).sub(china(16, 10), 90 * 60) == china(16, 8, 30)


def test_going_back_leaves_out_pauses() -> None:
    waiting = [(china(16, 9), china(16, 11)), (china(16, 10), china(16, 14))]
    assert Calendar("Asia/Shanghai", OFFICE).sub(china(16, 14, 30), 2 * HOUR, waiting) == china(13, 17)


def test_nothing_has_elapsed_when_the_end_is_not_after_the_start() -> None:
    calendar = Calendar("Asia/Shanghai", OFFICE)
    waiting = [(china(10, 8), china(10, 12))]
    assert [calendar.elapsed(china(10, 10), china(10, hour), waiting) for hour in (9, 10)] == [0, 0]


def test_a_pause_that_ends_before_it_starts_pauses_nothing() -> None:
    calendar = Calendar("Asia/Shanghai", OFFICE)
    assert calendar.elapsed(china(10, 9), china(10, 12), [(china(10, 11), china(10, 10))]) == 3 * HOUR


def test_pauses_may_come_from_a_generator() -> None:
    calendar = Calendar("Asia/Shanghai", OFFICE)
    assert calendar.add(china(10, 9), HOUR, ((china(10, hour), china(10, hour + 1)) for hour in (9, 10))) == china(
        10, 12
    )


def test_fractions_of_a_second_are_dropped() -> None:
    calendar = Calendar.always("Asia/Shanghai")
    late = china(10, 9).replace(microsecond=999_999)
    assert calendar.elapsed(china(10, 9), late) == 0
    assert calendar.add(late, 1) == china(10, 9) + timedelta(seconds=1)


def test_seconds_go_forward_only_by_add_and_back_only_by_sub() -> None:
    calendar = Calendar("Asia/Shanghai", OFFICE)
    with pytest.raises(ValueError, match="cannot add -1 seconds; use sub"):
        calendar.add(china(10, 9), -1)
    with pytest.raises(ValueError, match="cannot subtract -1 seconds; use add"):
        calendar.sub(china(10, 9), -1)


def test_the_methods_in_seconds_say_the_same_as_those_in_moments() -> None:
    calendar = Calendar("Asia/Shanghai", OFFICE)
    start, end = int(china(10, 9).timestamp()), int(china(13, 16).timestamp())
    waiting = [(start + HOUR, start + 2 * HOUR)]
    assert calendar.add_s(start, 2 * HOUR, waiting) == int(china(10, 12).timestamp())
    assert calendar.sub_s(end, 2 * HOUR) == int(china(13, 14).timestamp())
    assert calendar.elapsed_s(start, start + 3 * HOUR, waiting) == 2 * HOUR
    assert calendar.intervals_s(start, start + HOUR) == [(start, start + HOUR)]
    assert calendar.counted_s(start, start + 3 * HOUR, waiting) == [
        (start, start + HOUR),
        (start + 2 * HOUR, start + 3 * HOUR),
    ]
    assert calendar.close_of_day_s(date(2026, 3, 10)) == int(china(11, 18).timestamp())


# -- spans that count ------------------------------------------------------------------------------------------------


def test_what_counts_are_the_opening_hours_without_lunch_and_waiting() -> None:
    waiting = [(china(10, 16), china(10, 17)), (china(10, 11), china(10, 14)), (china(10, 13), china(10, 15))]
    spans = Calendar("Asia/Shanghai", OFFICE).counted(china(10, 9), china(11, 9), waiting)
    assert [f"{begins:%d %H:%M}-{ends:%H:%M}" for begins, ends in spans] == [
        "10 09:00-11:00",
        "10 15:00-16:00",
        "10 17:00-18:00",
        "11 08:30-09:00",
    ]


def test_one_pause_may_swallow_whole_days_of_what_counts() -> None:
    waiting = [(china(10, 11), china(12, 8, 30))]
    spans = Calendar("Asia/Shanghai", OFFICE).counted(china(10, 9), china(12, 9), waiting)
    assert spans == [(china(10, 9), china(10, 11)), (china(12, 8, 30), china(12, 9))]


def test_nothing_counts_when_all_is_waiting_or_the_end_is_not_after_the_start() -> None:
    calendar = Calendar("Asia/Shanghai", OFFICE)
    assert calendar.counted(china(10, 9), china(10, 18), [(china(1, 0), china(31, 0))]) == []
    assert calendar.counted(china(10, 18), china(10, 9)) == calendar.counted(china(10, 9), china(10, 9)) == []


# -- hours, closed dates, replaced hours -----------------------------------------------------------------------------


def test_a_closed_date_beats_replaced_hours_of_the_same_date() -> None:
    calendar = Calendar("Asia/Shanghai", OFFICE, off=["2026-03-14"], override={date(2026, 3, 14): [("09:00", "12:00")]})
    assert not calendar.is_working_day(date(2026, 3, 14))


def test_a_half_day_has_its_own_hours_only() -> None:
    calendar = Calendar("Asia/Shanghai", OFFICE, override={"2026-03-10": [("10:00", "11:00")]})
    assert calendar.intervals(china(10, 0), china(11, 0)) == [(china(10, 10), china(10, 11))]


def test_replaced_hours_without_an_interval_close_the_date() -> None:
    assert not Calendar("Asia/Shanghai", OFFICE, override={"2026-03-10": []}).is_working_day(date(2026, 3, 10))


def test_a_night_shift_split_at_midnight_is_one_interval() -> None:
    night = {day: [("22:00", "24:00"), ("00:00", "06:00")] for day in WEEK}
    calendar = Calendar("Asia/Shanghai", night)
    assert calendar.intervals(china(10, 12), china(11, 12)) == [(china(10, 22), china(11, 6))]
    assert calendar.add(china(10, 23), 3 * HOUR) == china(11, 2)


def test_hours_may_touch_and_are_one_interval_then() -> None:
    calendar = Calendar("Asia/Shanghai", {"tue": [("12:00", "18:00"), ("09:00", "12:00")]})
    assert calendar.intervals(china(10, 0), china(11, 0)) == [(china(10, 9), china(10, 18))]
    assert calendar.add(china(10, 11), HOUR) == china(10, 12)


def test_the_opening_after_the_last_closing_of_a_year_is_in_a_later_year() -> None:
    calendar = Calendar("Asia/Shanghai", {}, override={f"{year}-03-10": [("09:00", "12:00")] for year in (2026, 2029)})
    assert calendar.next_opening(china(10, 12)) == datetime(2029, 3, 10, 9, tzinfo=CHINA)
    assert calendar.sub(datetime(2029, 3, 10, 10, tzinfo=CHINA), 2 * HOUR) == china(10, 11)


def test_round_the_clock_is_one_interval_even_across_new_year() -> None:
    start, end = datetime(2024, 6, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)
    assert Calendar.always("UTC").intervals(start, end) == [(start, end)]
    assert Calendar.always("UTC").intervals(end, start) == []


@pytest.mark.parametrize(
    ("weekly", "words"),
    [
        ({}, "the calendar never opens"),
        ({"mon": []}, "the calendar never opens"),
        ({"mon": [("09:00", "12:00"), ("11:00", "18:00")]}, "mon: opening hours overlap at 11:00"),
        ({"mon": [("09:00", "18:00"), ("09:00", "12:00")]}, "mon: opening hours overlap at 09:00"),
        ({"mon": [("18:00", "09:00")]}, "mon: 18:00-09:00 closes before it opens; split a night shift at 24:00"),
        ({"mon": [("09:00", "09:00")]}, "closes before it opens"),
        ({"mon": [("09:00", "24:01")]}, "'24:01' is not a time of day"),
        ({"mon": [("9:00", "12:00")]}, "'9:00' is not a time of day"),
        ({"mon": ["09:00-12:00"]}, "'09:00-12:00' is not a pair"),
        ({"mon": [("09:00", "12:00", "13:00")]}, "is not a pair"),
        ({"周一": [("09:00", "12:00")]}, "no weekday '周一'; use mon, tue, wed, thu, fri, sat, sun"),
    ],
)
def test_hours_that_make_no_sense_are_refused(weekly: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Calendar("Asia/Shanghai", weekly)


@pytest.mark.parametrize(("weekly", "facts"), [
    ({"tue": [("09:00", "12:00"), ("11:30", "18:00")]}, ("tue", "hours-overlap", "11:30")),
    ({"tue": [("18:00", "09:00")]}, ("tue", "hours-backwards", "18:00-09:00")),
    ({"tue": [("09:00", "25:00")]}, ("tue", "no-time-of-day", "25:00")),
    ({}, ("", "never-open", "")),
])  # fmt: skip
def test_bad_hours_say_day_code_and_place_as_values(weekly: Any, facts: tuple[str, str, str]) -> None:
    with pytest.raises(BadHours) as caught:
        Calendar("Asia/Shanghai", weekly)
    assert (caught.value.day, caught.value.code, caught.value.at) == facts


def test_replaced_hours_are_checked_like_weekly_ones_and_name_their_date() -> None:
    with pytest.raises(ValueError, match="2026-03-14: opening hours overlap at 11:00"):
        Calendar("Asia/Shanghai", OFFICE, override={"2026-03-14": [("09:00", "12:00"), ("11:00", "18:00")]})


def test_a_date_with_hours_of_its_own_twice_is_refused_however_it_is_written() -> None:
    twice: dict[date | str, list[tuple[str, str]]] = {
        date(2026, 3, 14): [("09:00", "12:00")],
        "2026-03-14": [("13:00", "18:00")],
    }
    with pytest.raises(BadHours, match="2026-03-14: the date has hours of its own twice; keep one") as caught:
        Calendar("Asia/Shanghai", OFFICE, override=twice)
    assert (caught.value.day, caught.value.code, caught.value.at) == ("2026-03-14", "date-twice", "2026-03-14")


def test_a_date_that_is_closed_twice_is_closed() -> None:
    calendar = Calendar("Asia/Shanghai", OFFICE, off=["2026-03-10", date(2026, 3, 10)])
    assert not calendar.is_working_day(date(2026, 3, 10))


def test_a_closed_date_that_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="'2026-02-30' is not a day"):
        Calendar("Asia/Shanghai", OFFICE, off=["2026-02-30"])


def test_a_calendar_whose_only_open_date_is_closed_never_opens() -> None:
    with pytest.raises(ValueError, match="the calendar never opens"):
        Calendar("Asia/Shanghai", {}, off=["2026-03-14"], override={"2026-03-14": [("09:00", "12:00")]})


@pytest.mark.parametrize(
    "name",
    [
        "Asia/Atlantis",
        "",
        "Asia",
        "../etc/passwd",
        "/etc/passwd",
        "北京",
        "+08:00",
        "UTC\0",
        "A" * 5000,
        "\ud800",
        None,
        8,
    ],
    ids=ascii,
)
def test_an_unknown_zone_is_refused(name: Any) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Calendar(name, OFFICE)


def test_calendars_with_the_same_rules_are_equal() -> None:
    reordered = {day: OFFICE[day][::-1] for day in reversed(WEEK[:5])}
    assert Calendar("Asia/Shanghai", OFFICE) == Calendar("Asia/Shanghai", reordered)
    assert hash(Calendar("Asia/Shanghai", OFFICE)) == hash(Calendar("Asia/Shanghai", reordered))
    assert Calendar("Asia/Shanghai", OFFICE) != Calendar("Asia/Tokyo", OFFICE)
    assert Calendar("Asia/Shanghai", OFFICE) != Calendar("Asia/Shanghai", OFFICE, off=["2026-03-14"])


# -- working days ---------------------------------------------------------------------------------------------------


def test_the_close_of_the_first_working_day_after_a_friday_is_on_monday() -> None:
    assert Calendar("Asia/Shanghai", OFFICE).close_of_day(date(2026, 3, 13)) == china(16, 18)


def test_of_a_moment_the_date_in_the_zone_of_the_calendar_counts() -> None:
    thursday_evening_in_utc = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
    assert Calendar("Asia/Shanghai", OFFICE).close_of_day(thursday_evening_in_utc) == china(16, 18)


def test_round_the_clock_closes_at_midnight() -> None:
    assert Calendar.always("Asia/Shanghai").close_of_day(date(2026, 3, 10), days=2) == china(13, 0)


def test_the_close_of_a_day_that_is_cut_by_the_utc_year_is_its_real_close() -> None:
    calendar = Calendar("America/New_York", {"thu": [("09:00", "23:00")]})
    assert calendar.close_of_day(date(2026, 12, 1), days=5) == datetime(2026, 12, 31, 23, 0, tzinfo=NEW_YORK)


def test_the_close_of_a_day_in_two_utc_years_does_not_depend_on_the_year_asked_for_first() -> None:
    calendar = Calendar("America/New_York", {"thu": [("09:00", "23:00")]})
    assert calendar.close_of_day(date(2027, 3, 1)) == datetime(2027, 3, 4, 23, 0, tzinfo=NEW_YORK)
    assert calendar.close_of_day(date(2026, 12, 30)) == datetime(2026, 12, 31, 23, 0, tzinfo=NEW_YORK)


def test_a_new_year_morning_that_is_still_last_year_in_utc_is_a_working_day() -> None:
    assert Calendar("Asia/Shanghai", {"fri": [("00:00", "06:00")]}).is_working_day(date(2027, 1, 1))


@pytest.mark.parametrize("days", [0, -1])
def test_fewer_than_one_working_day_ahead_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match=f"cannot count {days} working days ahead"):
        Calendar("Asia/Shanghai", OFFICE).close_of_day(date(2026, 3, 10), days)


# -- clock changes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 6, 1), 24)])
def test_a_day_has_the_hours_that_really_pass(day: date, hours: int) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=NEW_YORK)
    following = day + timedelta(days=1)
    end = datetime(following.year, following.month, following.day, tzinfo=NEW_YORK)
    assert Calendar.always("America/New_York").elapsed(start, end) == hours * HOUR


def test_hours_that_the_clock_skips_are_no_working_day() -> None:
    calendar = Calendar("America/New_York", {"sun": [("02:00", "03:00")]})
    assert not calendar.is_working_day(date(2026, 3, 8))
    assert calendar.next_opening(datetime(2026, 3, 8, tzinfo=NEW_YORK)) == datetime(2026, 3, 15, 2, tzinfo=NEW_YORK)


def test_an_hour_that_the_clock_shows_twice_is_worked_twice() -> None:
    calendar = Calendar("America/New_York", {"sun": [("01:00", "02:00")]})
    start = datetime(2026, 11, 1, tzinfo=NEW_YORK)
    assert calendar.elapsed(start, start + timedelta(days=1)) == 2 * HOUR


def test_a_half_hour_change_moves_the_due_time_by_half_an_hour() -> None:
    zone = ZoneInfo("Australia/Lord_Howe")
    due = Calendar.always("Australia/Lord_Howe").add(datetime(2026, 10, 4, 0, 0, tzinfo=zone), 6 * HOUR)
    assert due == datetime(2026, 10, 4, 6, 30, tzinfo=zone)


def test_a_change_at_midnight_takes_the_first_hour_of_the_day_away() -> None:
    cairo = ZoneInfo("Africa/Cairo")
    calendar = Calendar("Africa/Cairo", {"fri": [("00:00", "02:00")]})
    friday = datetime(2026, 4, 24, 1, tzinfo=cairo)
    assert calendar.intervals(friday - timedelta(days=1), friday + timedelta(days=1)) == [
        (friday, friday + timedelta(hours=1))
    ]


def test_a_date_that_a_zone_left_out_is_no_working_day() -> None:
    apia = ZoneInfo("Pacific/Apia")
    calendar = Calendar.always("Pacific/Apia")
    assert not calendar.is_working_day(date(2011, 12, 30))
    assert calendar.close_of_day(date(2011, 12, 29)) == datetime(2012, 1, 1, tzinfo=apia)
    assert calendar.elapsed(datetime(2011, 12, 29, tzinfo=apia), datetime(2012, 1, 1, tzinfo=apia)) == 48 * HOUR


# -- no search without an end -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ask",
    [
        lambda calendar, moment: calendar.add(moment, 10**9),
        lambda calendar, moment: calendar.add(moment, 10**30),
        lambda calendar, moment: calendar.sub(moment, 10**9),
        lambda calendar, moment: calendar.close_of_day(moment, 10**6),
    ],
)
def test_more_working_time_than_a_century_has_is_refused(ask: Any) -> None:
    with pytest.raises(ValueError, match="the calendar has no such working time"):
        ask(Calendar("Asia/Shanghai", OFFICE), china(10, 9))


def test_a_calendar_open_on_one_date_only_ends_the_search_on_both_sides() -> None:
    calendar = Calendar("Asia/Shanghai", {}, override={"2026-03-10": [("09:00", "12:00")]})
    assert calendar.add(china(1, 0), HOUR) == china(10, 10)
    assert calendar.close_of_day(china(1, 0)) == china(10, 12)
    with pytest.raises(ValueError, match="no such working time before"):
        calendar.next_opening(china(11, 0))
    with pytest.raises(ValueError, match="no such working time after"):
        calendar.sub(china(9, 0), 0)
    with pytest.raises(ValueError, match="no such working time before"):
        calendar.close_of_day(china(11, 0))


@pytest.mark.parametrize(
    "calendar",
    [
        Calendar("America/New_York", {}, override={"2026-03-08": [("02:00", "03:00")]}),
        Calendar("Pacific/Apia", {}, override={"2011-12-30": [("09:00", "17:00")]}),
        Calendar("Asia/Shanghai", {"mon": [("09:00", "17:00")]}, off=MONDAYS),
        Calendar("Asia/Shanghai", {"mon": [("09:00", "17:00")]}, override=dict.fromkeys(MONDAYS, ())),
    ],
    ids=["an hour that the clock skips", "a date that never was", "every date closed", "every date without hours"],
)
@pytest.mark.parametrize(
    "ask",
    [
        lambda calendar, moment: calendar.add(moment, 1),
        lambda calendar, moment: calendar.add(moment, 0, [(moment, moment + timedelta(days=1))]),
        lambda calendar, moment: calendar.sub(moment, 1),
        lambda calendar, moment: calendar.sub(moment, 0, [(moment - timedelta(days=1), moment)]),
        lambda calendar, moment: calendar.next_opening(moment),
        lambda calendar, moment: calendar.close_of_day(moment),
    ],
)
def test_a_calendar_that_turns_out_never_to_open_ends_every_search(calendar: Calendar, ask: Any) -> None:
    with pytest.raises(ValueError, match="the calendar has no such working time"):
        ask(calendar, china(10, 9))
    assert calendar.elapsed(china(1, 0), china(31, 0)) == 0
    assert calendar.counted(china(1, 0), china(31, 0)) == []


FAR = [1, 1899, 2300, 9999]


@pytest.mark.parametrize("year", FAR)
def test_a_year_far_from_life_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match="known from 1900 to 2299 only"):
        Calendar("Asia/Shanghai", OFFICE).is_open(datetime(year, 6, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "ask",
    [
        lambda calendar, moment: calendar.add(moment, 60),
        lambda calendar, moment: calendar.add(moment, 0),
        lambda calendar, moment: calendar.sub(moment, 60),
        lambda calendar, moment: calendar.sub(moment, 0),
        lambda calendar, moment: calendar.elapsed(min(moment, china(1, 0)), max(moment, china(1, 0))),
        lambda calendar, moment: calendar.counted(min(moment, china(1, 0)), max(moment, china(1, 0))),
        lambda calendar, moment: calendar.close_of_day(moment),
        lambda calendar, moment: calendar.close_of_day(moment.date()),
        lambda calendar, moment: calendar.is_working_day(moment),
        lambda calendar, moment: calendar.is_working_day(moment.date()),
    ],
)
@pytest.mark.parametrize(
    "moment",
    [
        edge.replace(tzinfo=zone)
        for edge in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
        for zone in (UTC, CHINA, NEW_YORK, timezone(timedelta(hours=23)), timezone(timedelta(hours=-23)))
    ],
    ids=str,
)
def test_the_ends_of_all_time_are_refused_and_do_not_overflow(ask: Any, moment: datetime) -> None:
    with pytest.raises(ValueError, match="known from 1900 to 2299 only"):
        ask(Calendar("Asia/Shanghai", OFFICE), moment)


def test_a_pause_may_begin_before_all_time_and_end_after_it() -> None:
    calendar = Calendar("Asia/Shanghai", OFFICE)
    always, never = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    assert calendar.elapsed(china(10, 9), china(10, 18), [(always, china(10, 11)), (china(10, 14), never)]) == 90 * 60
    assert calendar.add(china(10, 9), HOUR, [(always, china(10, 11)), (china(10, 14), never)]) == china(10, 12)
    assert calendar.sub(china(10, 18), HOUR, [(china(10, 17), never)]) == china(10, 16)


def test_a_target_that_only_a_pause_without_an_end_leaves_is_refused() -> None:
    with pytest.raises(ValueError, match="known from 1900 to 2299 only"):
        Calendar("Asia/Shanghai", OFFICE).add(
            china(10, 9), 8 * HOUR, [(china(10, 12), datetime.max.replace(tzinfo=UTC))]
        )
