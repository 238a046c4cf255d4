"""How many questions a second the calendar answers, beside businesstimedelta in the same run (median of five).

businesstimedelta knows no pauses and no working days, so those rows have nothing beside them.

Run it by hand: python tests/bench/bench_clock.py
"""

import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from time import perf_counter
from typing import TypeVar
from zoneinfo import ZoneInfo

import businesstimedelta
import pytz  # type: ignore[import-untyped]  # businesstimedelta knows no other zones

from git_feedback.clock import Calendar

ZONE = "Asia/Shanghai"
WEEKLY = {day: [("08:30", "12:00"), ("13:30", "18:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
YEAR = timedelta(days=365)
YEAR_S, WEEK_S, HOUR_S = 365 * 86_400, 7 * 86_400, 3600
TARGETS_S = (2 * 3600, 8 * 3600, 16 * 3600, 40 * 3600)
ROUNDS = 5

T = TypeVar("T")


def moments(count: int) -> list[datetime]:
    dice = random.Random(20260310)
    first = int(datetime(2025, 1, 1, tzinfo=UTC).timestamp())
    return [datetime.fromtimestamp(first + dice.randrange(365 * 86_400), ZoneInfo(ZONE)) for _ in range(count)]


def other_rules() -> businesstimedelta.Rules:
    days = list(range(5))
    morning = businesstimedelta.WorkDayRule(
        start_time=time(8, 30), end_time=time(12), working_days=days, tz=pytz.timezone(ZONE)
    )
    evening = businesstimedelta.WorkDayRule(
        start_time=time(13, 30), end_time=time(18), working_days=days, tz=pytz.timezone(ZONE)
    )
    return businesstimedelta.Rules([morning, evening])


def per_second(ask: Callable[[T, int], object], starts: Sequence[T]) -> float:
    """Questions a second, the median of some rounds over the same starts."""
    rates = []
    for _ in range(ROUNDS):
        began = perf_counter()
        for i, start in enumerate(starts):
            ask(start, TARGETS_S[i % len(TARGETS_S)])
        rates.append(len(starts) / (perf_counter() - began))
    return median(rates)


def cold_year_ms() -> float:
    """Milliseconds for the first question to a new calendar, which builds one year."""
    times = []
    for _ in range(ROUNDS):
        calendar = Calendar(ZONE, WEEKLY)
        began = perf_counter()
        calendar.elapsed_s(1_750_000_000, 1_750_086_400)
        times.append(1000 * (perf_counter() - began))
    return median(times)


def check_agreement(calendar: Calendar, rules: businesstimedelta.Rules, starts: Sequence[datetime]) -> None:
    """Two clocks that disagree are not worth comparing."""
    for start in starts:
        theirs = rules.difference(start, start + YEAR)
        assert calendar.elapsed(start, start + YEAR) == theirs.hours * 3600 + theirs.seconds, start
        due = start + businesstimedelta.BusinessTimeDelta(rules, seconds=TARGETS_S[0])
        assert calendar.add(start, TARGETS_S[0]) == due, start


def our_rates(calendar: Calendar) -> list[tuple[str, float, str]]:
    """What is asked, how often a second, and which question to the other library it is compared with."""
    many = moments(20_000)
    starts = [int(moment.timestamp()) for moment in many]
    waiting = {start: [(start + HOUR_S, start + 25 * HOUR_S)] for start in starts}
    often = {
        start: [(start + day * 24 * HOUR_S, start + (day * 24 + 20) * HOUR_S) for day in range(3)] for start in starts
    }
    pausing = {moment: [(moment + timedelta(hours=1), moment + timedelta(hours=25))] for moment in many}
    return [
        ("add, seconds", per_second(calendar.add_s, starts), "add"),
        ("  with a pause", per_second(lambda s, t: calendar.add_s(s, t, waiting[s]), starts), ""),
        ("  with three pauses", per_second(lambda s, t: calendar.add_s(s, t, often[s]), starts), ""),
        ("add, moments", per_second(calendar.add, many), "add"),
        ("  with a pause", per_second(lambda m, t: calendar.add(m, t, pausing[m]), many), ""),
        ("sub, seconds", per_second(calendar.sub_s, starts), ""),
        ("elapsed over a year, seconds", per_second(lambda s, _: calendar.elapsed_s(s, s + YEAR_S), starts), "elapsed"),
        ("  with a pause", per_second(lambda s, _: calendar.elapsed_s(s, s + YEAR_S, waiting[s]), starts), ""),
        ("  with three pauses", per_second(lambda s, _: calendar.elapsed_s(s, s + YEAR_S, often[s]), starts), ""),
        ("elapsed over a year, moments", per_second(lambda m, _: calendar.elapsed(m, m + YEAR), many), "elapsed"),
        ("  with a pause", per_second(lambda m, _: calendar.elapsed(m, m + YEAR, pausing[m]), many), ""),
        ("close of the third working day", per_second(lambda d, _: calendar.close_of_day_s(d, 3), dates(many)), ""),
        ("spans that count in a week", per_second(lambda s, _: calendar.counted_s(s, s + WEEK_S, waiting[s]), starts), ""),
    ]  # fmt: skip


def dates(many: Sequence[datetime]) -> list[date]:
    return [moment.date() for moment in many]


def their_rates(rules: businesstimedelta.Rules) -> dict[str, float]:
    def add(start: datetime, target_s: int) -> datetime:
        due: datetime = start + businesstimedelta.BusinessTimeDelta(rules, seconds=target_s)
        return due

    return {
        "add": per_second(add, moments(200)),
        "elapsed": per_second(lambda start, _: rules.difference(start, start + YEAR), moments(5)),
    }


def main() -> None:
    calendar, rules = Calendar(ZONE, WEEKLY), other_rules()
    check_agreement(calendar, rules, moments(5))
    theirs = their_rates(rules)
    print(f"{'':32} {'a second':>12} {'businesstimedelta':>18} {'ratio':>9}")
    for name, ours, compared in our_rates(calendar):
        beside = f"{theirs[compared]:18,.1f} {ours / theirs[compared]:9,.0f}" if compared else ""
        print(f"{name:32} {ours:12,.0f} {beside}".rstrip())
    print(f"a cold calendar year: {cold_year_ms():.1f} ms")


if __name__ == "__main__":
    main()
