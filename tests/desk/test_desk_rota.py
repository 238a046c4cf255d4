"""The rota: who watches on the working days, deputies, and every hour that nobody watches."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_desk import policy

from git_feedback.desk.rota import Day, Gap, Span, rota
from git_feedback.policy import Policy
from git_feedback.policy.files import Leave
from git_feedback.policy.notify_files import Shift, Watch

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
INES, XU, ZHOU = "ines.brandt", "xu.bei", "zhou.yuan"


def watched(*shifts: tuple[str, str, str], hours: Sequence[str] = ("08:30-18:30",), calendar: str = "office") -> Policy:
    """The desk's own policy with these shifts: who, weekdays, hours."""
    watch = Watch(
        calendar=calendar,
        hours=tuple(hours),
        shifts=tuple(Shift(who=who, days=tuple(days.split()), hours=times) for who, days, times in shifts),
    )
    notify = policy().notify
    assert notify
    return replace(policy(), notify=notify.model_copy(update={"watch": watch}))


def with_leave(found: Policy, **away: str | None) -> Policy:
    """A policy in which people (`_` for `.`) are away on a day; nobody else is."""
    gone = {name.replace("_", "."): date.fromisoformat(day) for name, day in away.items() if day}
    people = {
        name: one.model_copy(
            update={"leave": (Leave(first=gone[name], last=gone[name]),) if name in gone else ()},
        )
        for name, one in found.people.items()
    }
    return replace(found, people=people)


def one_day(found: Policy, day: str) -> Day:
    days = rota(found, date.fromisoformat(day), 1)
    assert len(days) == 1
    return days[0]


def test_the_sample_desk_is_watched_but_for_half_an_hour_on_tuesday_and_thursday() -> None:
    found = rota(policy(), date(2026, 11, 16), 7)
    assert [day.date.isoformat() for day in found] == [f"2026-11-{day}" for day in range(16, 21)]
    assert [day.gaps for day in found] == [(), (Gap("18:00", "18:30"),), (), (Gap("18:00", "18:30"),), ()]
    assert found[1].spans == (Span("08:30", "13:30", INES), Span("13:30", "18:00", ZHOU))


def test_a_deputy_stands_in_and_is_said_to() -> None:
    assert one_day(policy(), "2026-11-23").spans == (
        Span("08:30", "13:30", INES),
        Span("13:30", "18:30", INES, instead_of=XU),
    )


def test_somebody_away_without_a_deputy_leaves_a_gap() -> None:
    found = watched((XU, "mon", "08:30-18:30"))
    alone = replace(found, people={**found.people, XU: found.people[XU].model_copy(update={"deputy": None})})
    assert one_day(with_leave(alone, xu_bei="2026-11-23"), "2026-11-23") == Day(
        date(2026, 11, 23), (), (Gap("08:30", "18:30"),)
    )


def test_a_deputy_who_is_away_too_watches_nothing() -> None:
    away = with_leave(watched((XU, "mon", "08:30-18:30")), xu_bei="2026-11-23", ines_brandt="2026-11-23")
    assert one_day(away, "2026-11-23").gaps == (Gap("08:30", "18:30"),)


def test_a_deputy_with_the_same_shift_is_named_for_both() -> None:
    away = with_leave(watched((XU, "mon", "08:30-18:30"), (INES, "mon", "08:30-18:30")), xu_bei="2026-11-23")
    assert one_day(away, "2026-11-23").spans == (
        Span("08:30", "18:30", INES),
        Span("08:30", "18:30", INES, instead_of=XU),
    )


def test_a_holiday_is_no_day_to_watch_and_a_make_up_saturday_without_a_shift_is_one_gap() -> None:
    found = rota(policy(), date(2026, 9, 28), 14)
    days = [day.date.isoformat() for day in found]
    assert "2026-10-01" not in days
    assert "2026-10-07" not in days
    saturday = next(day for day in found if day.date == date(2026, 10, 10))
    assert (saturday.spans, saturday.gaps) == ((), (Gap("08:30", "18:30"),))


def test_a_make_up_saturday_has_the_shifts_of_saturday() -> None:
    found = watched((INES, "sat", "08:30-18:30"), (XU, "mon tue wed thu fri", "08:30-18:30"))
    assert one_day(found, "2026-10-10").spans == (Span("08:30", "18:30", INES),)
    assert rota(found, date(2026, 10, 17), 2) == [], "an ordinary weekend"


def test_a_round_the_clock_watch_has_weekends_and_may_end_at_midnight() -> None:
    found = watched((INES, "sat sun", "00:00-24:00"), hours=["00:00-24:00"], calendar="24x7")
    days = rota(found, date(2026, 11, 21), 3)
    assert [day.gaps for day in days] == [(), (), (Gap("00:00", "24:00"),)]


@pytest.mark.parametrize(
    ("shifts", "gaps"),
    [
        ([], ["08:30-12:00", "13:30-18:00"]),
        (["08:00-19:00"], []),
        (["12:00-13:30"], ["08:30-12:00", "13:30-18:00"]),
        (["10:00-14:00"], ["08:30-10:00", "14:00-18:00"]),
        (["08:30-11:00", "10:00-12:00", "13:30-15:00", "16:00-18:00"], ["15:00-16:00"]),
        (["06:00-08:30", "18:00-22:00"], ["08:30-12:00", "13:30-18:00"]),
    ],
    ids=["nobody", "longer", "lunch-only", "across-lunch", "overlapping", "before-and-after"],
)
def test_gaps_are_the_hours_to_be_watched_that_nobody_watches(shifts: list[str], gaps: list[str]) -> None:
    found = watched(*((INES, "mon", times) for times in shifts), hours=["13:30-18:00", "08:30-12:00"])
    assert [f"{gap.begins}-{gap.ends}" for gap in one_day(found, "2026-11-16").gaps] == gaps


def test_a_desk_without_a_watch_has_no_rota() -> None:
    assert rota(replace(policy(), notify=None), date(2026, 11, 16), 14) == []
    notify = policy().notify
    assert notify
    silent = notify.model_copy(update={"watch": None})
    assert rota(replace(policy(), notify=silent), date(2026, 11, 16), 14) == []


def _times(hours: tuple[int, int]) -> str:
    return "-".join(f"{slot // 4:02}:{slot % 4 * 15:02}" for slot in sorted(hours))


slots = st.tuples(st.integers(0, 96), st.integers(0, 96)).filter(lambda pair: pair[0] != pair[1])


def _quarters(spans: Sequence[tuple[str, str]]) -> list[int]:
    """Every quarter of an hour that spans cover, as often as they do."""
    found: list[int] = []
    for begins, ends in spans:
        first, last = (int(at[:2]) * 4 + int(at[3:]) // 15 for at in (begins, ends))
        found += range(first, last)
    return found


@given(wanted=st.lists(slots, min_size=1, max_size=3), shifts=st.lists(slots, max_size=4))
def test_every_quarter_of_an_hour_to_be_watched_is_watched_or_a_gap_and_never_both(
    wanted: list[tuple[int, int]], shifts: list[tuple[int, int]]
) -> None:
    hours = [_times(pair) for pair in wanted]
    found = watched(*((INES, "mon", _times(pair)) for pair in shifts), hours=hours)
    day = one_day(found, "2026-11-16")
    there = set(_quarters([(span.begins, span.ends) for span in day.spans]))
    gaps = _quarters(day.gaps)
    assert set(gaps) == set(_quarters([(at[:5], at[6:]) for at in hours])) - there
    assert len(gaps) == len(set(gaps)), "no gap is named twice"


def test_two_weeks_from_any_day_hold_the_working_days_of_the_calendar_in_order() -> None:
    for start in range(0, 365, 11):
        first = date(2026, 1, 1) + timedelta(days=start)
        days = [day.date for day in rota(policy(), first, 14)]
        there = [first + timedelta(days=n) for n in range(14)]
        assert days == [day for day in there if policy().office.is_working_day(day)]
