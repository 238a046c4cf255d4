"""Laws that hold for every calendar, moment and set of pauses."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from git_feedback.clock import Calendar

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = (
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Africa/Cairo",
    "America/Havana",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "UTC",
)
DAY = 86_400
FROM, UNTIL = 1_735_689_600, 1_798_761_600  # the years 2025 and 2026

Pauses = list[tuple[int, int]]


def _hours(edges: set[int]) -> list[tuple[str, str]]:
    times = [f"{quarter // 4:02}:{quarter % 4 * 15:02}" for quarter in sorted(edges)]
    return list(zip(times[::2], times[1::2], strict=False))


HOURS = st.sets(st.integers(0, 96), min_size=2, max_size=6).map(_hours)
DATES = st.dates(date(2025, 1, 1), date(2026, 12, 31))
CALENDARS = st.builds(
    Calendar,
    st.sampled_from(ZONES),
    st.dictionaries(st.sampled_from(WEEK), HOURS, min_size=1),
    st.lists(DATES, max_size=5),
    st.dictionaries(DATES, HOURS, max_size=5),
)
MOMENTS = st.integers(FROM, UNTIL)
SECONDS = st.integers(1, 40 * 3600)
"""At least one: zero seconds have rules of their own."""


@st.composite
def moments_with_pauses(draw: st.DrawFn) -> tuple[int, Pauses]:
    """A start and pauses around it, in any order, overlapping or not."""
    start = draw(MOMENTS)
    pause = st.tuples(st.integers(-2 * DAY, 9 * DAY), st.integers(0, 3 * DAY))
    return start, [(start + after, start + after + length) for after, length in draw(st.lists(pause, max_size=5))]


@given(CALENDARS, moments_with_pauses(), SECONDS)
def test_add_then_elapsed_gives_the_duration_back(calendar: Calendar, case: tuple[int, Pauses], seconds: int) -> None:
    start, pauses = case
    assert calendar.elapsed_s(start, calendar.add_s(start, seconds, pauses), pauses) == seconds


@given(CALENDARS, moments_with_pauses(), SECONDS)
def test_no_moment_before_the_due_one_would_do(calendar: Calendar, case: tuple[int, Pauses], seconds: int) -> None:
    start, pauses = case
    due = calendar.add_s(start, seconds, pauses)
    assert calendar.elapsed_s(start, due - 1, pauses) == seconds - 1


@given(CALENDARS, moments_with_pauses(), SECONDS)
def test_sub_then_elapsed_gives_the_duration_back(calendar: Calendar, case: tuple[int, Pauses], seconds: int) -> None:
    end, pauses = case
    since = calendar.sub_s(end, seconds, pauses)
    assert calendar.elapsed_s(since, end, pauses) == seconds
    assert calendar.elapsed_s(since + 1, end, pauses) == seconds - 1


@given(CALENDARS, moments_with_pauses(), SECONDS)
def test_sub_undoes_add_back_to_the_first_working_moment(
    calendar: Calendar, case: tuple[int, Pauses], seconds: int
) -> None:
    start, pauses = case
    due = calendar.add_s(start, seconds, pauses)
    assert calendar.sub_s(due, seconds, pauses) == calendar.add_s(start, 0, pauses)


@given(CALENDARS, moments_with_pauses(), SECONDS, SECONDS)
def test_one_target_after_another_ends_where_their_sum_ends(
    calendar: Calendar, case: tuple[int, Pauses], first: int, second: int
) -> None:
    start, pauses = case
    due = calendar.add_s(calendar.add_s(start, first, pauses), second, pauses)
    assert due == calendar.add_s(start, first + second, pauses)


@given(CALENDARS, moments_with_pauses())
def test_zero_seconds_lead_to_the_next_second_that_counts(calendar: Calendar, case: tuple[int, Pauses]) -> None:
    start, pauses = case
    first = calendar.add_s(start, 0, pauses)
    assert calendar.elapsed_s(start, first, pauses) == 0
    assert calendar.elapsed_s(first, first + 1, pauses) == 1


@given(CALENDARS, moments_with_pauses())
def test_zero_seconds_back_stay_in_what_counts_or_lead_to_its_end(calendar: Calendar, case: tuple[int, Pauses]) -> None:
    end, pauses = case
    last = calendar.sub_s(end, 0, pauses)
    assert calendar.elapsed_s(last, end, pauses) == 0
    counts_from_there = last == end and calendar.elapsed_s(end, end + 1, pauses) == 1
    assert counts_from_there or calendar.elapsed_s(last - 1, last, pauses) == 1


@given(CALENDARS, moments_with_pauses(), st.integers(0, 20 * DAY), st.integers(0, 20 * DAY))
def test_elapsed_is_the_sum_over_any_split(
    calendar: Calendar, case: tuple[int, Pauses], first: int, second: int
) -> None:
    start, pauses = case
    split, end = start + first, start + first + second
    parts = calendar.elapsed_s(start, split, pauses) + calendar.elapsed_s(split, end, pauses)
    assert calendar.elapsed_s(start, end, pauses) == parts


@given(CALENDARS, moments_with_pauses(), st.integers(-DAY, 20 * DAY))
def test_pauses_take_away_never_more_than_there_is(calendar: Calendar, case: tuple[int, Pauses], length: int) -> None:
    start, pauses = case
    assert 0 <= calendar.elapsed_s(start, start + length, pauses) <= calendar.elapsed_s(start, start + length)


@given(CALENDARS, MOMENTS, st.lists(st.integers(0, 9 * DAY), min_size=4, max_size=4).map(sorted), SECONDS)
def test_overlapping_pauses_count_as_one(calendar: Calendar, start: int, edges: list[int], seconds: int) -> None:
    a, b, c, d = (start + edge for edge in edges)
    end = start + 9 * DAY
    for pauses in ([(a, c), (b, d)], [(b, d), (a, c)], [(a, d), (b, c)], [(a, b), (b, d)], [(a, d), (a, d)]):
        assert calendar.elapsed_s(start, end, pauses) == calendar.elapsed_s(start, end, [(a, d)])
        assert calendar.add_s(start, seconds, pauses) == calendar.add_s(start, seconds, [(a, d)])


@given(CALENDARS, MOMENTS, st.integers(1, 60 * DAY))
def test_the_intervals_of_a_span_add_up_to_its_working_time(calendar: Calendar, start: int, length: int) -> None:
    intervals = calendar.intervals_s(start, start + length)
    assert sum(closing - opening for opening, closing in intervals) == calendar.elapsed_s(start, start + length)
    flat = [edge for interval in intervals for edge in interval]
    assert flat == sorted(set(flat))


@given(CALENDARS, moments_with_pauses(), st.integers(-DAY, 20 * DAY))
def test_the_spans_that_count_add_up_to_what_has_elapsed(
    calendar: Calendar, case: tuple[int, Pauses], length: int
) -> None:
    start, pauses = case
    end = start + length
    spans = calendar.counted_s(start, end, pauses)
    assert sum(ends - begins for begins, ends in spans) == calendar.elapsed_s(start, end, pauses)
    flat = [edge for span in spans for edge in span]
    assert flat == sorted(set(flat))
    assert all(start <= edge <= end for edge in flat)


@given(CALENDARS, moments_with_pauses(), st.integers(1, 20 * DAY))
def test_every_span_that_counts_is_open_to_its_end_and_free_of_pauses(
    calendar: Calendar, case: tuple[int, Pauses], length: int
) -> None:
    start, pauses = case
    for begins, ends in calendar.counted_s(start, start + length, pauses):
        assert calendar.elapsed_s(begins, ends) == ends - begins
        assert not any(since < ends and begins < until for since, until in pauses if since < until)


@given(CALENDARS, MOMENTS, MOMENTS, SECONDS)
def test_an_answer_does_not_depend_on_what_was_asked_before(
    calendar: Calendar, before: int, start: int, seconds: int
) -> None:
    expected = calendar.add_s(start, seconds)
    calendar.sub_s(before - 800 * DAY, seconds)
    calendar.elapsed_s(before, before + 800 * DAY)
    assert calendar.add_s(start, seconds) == expected
