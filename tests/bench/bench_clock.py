"""How many questions a second the calendar answers, beside businesstimedelta in the same run (median of five).

Run it by hand: python tests/bench/bench_clock.py
"""

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
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


def main() -> None:
    calendar, rules = Calendar(ZONE, WEEKLY), other_rules()
    many, few, fewest = moments(20_000), moments(200), moments(5)
    seconds = [int(moment.timestamp()) for moment in many]
    year_s = int(YEAR.total_seconds())
    check_agreement(calendar, rules, fewest)

    other_add = per_second(
        lambda start, target: start + businesstimedelta.BusinessTimeDelta(rules, seconds=target), few
    )
    other_elapsed = per_second(lambda start, _: rules.difference(start, start + YEAR), fewest)
    rows = [
        ("add, seconds", per_second(calendar.add_s, seconds), other_add),
        ("add, moments", per_second(calendar.add, many), other_add),
        (
            "elapsed over a year, seconds",
            per_second(lambda s, _: calendar.elapsed_s(s, s + year_s), seconds),
            other_elapsed,
        ),
        ("elapsed over a year, moments", per_second(lambda m, _: calendar.elapsed(m, m + YEAR), many), other_elapsed),
    ]
    print(f"{'':30} {'a second':>12} {'businesstimedelta':>18} {'ratio':>9}")
    for name, ours, theirs in rows:
        print(f"{name:30} {ours:12,.0f} {theirs:18,.1f} {ours / theirs:9,.0f}")
    print(f"a cold calendar year: {cold_year_ms():.1f} ms")


if __name__ == "__main__":
    main()
