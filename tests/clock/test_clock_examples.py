"""Worked examples from life: each line of tests/cases/clock/*.yml is one."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from git_feedback.clock import Calendar, Duration, parse_moment

CASES = [
    case
    for file in sorted((Path(__file__).parents[1] / "cases" / "clock").glob("*.yml"))
    for case in yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
]


def _moment(short: str) -> datetime:
    return parse_moment(f"2026-{short.replace(' ', 'T')}:00+08:00")


def _pauses(case: dict[str, Any]) -> list[tuple[datetime, datetime]]:
    return [(_moment(begins), _moment(ends)) for begins, ends in case.get("waiting", ())]


def _target_s(office: Calendar, start: datetime, target: Duration) -> int:
    """Working days as seconds: what lies between the start and the close of business they end at."""
    if target.working_days is None:
        assert target.seconds is not None
        return target.seconds
    return office.elapsed(start, office.close_of_day(start, target.working_days))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['example']}: {case['target']} from {case['start']}")
def test_a_clock_is_due_when_the_worked_example_says(case: dict[str, Any], calendars: Mapping[str, Calendar]) -> None:
    target, start = Duration.parse(case["target"]), _moment(case["start"])
    calendar = calendars[target.calendar or "office"]
    target_s = _target_s(calendar, start, target)

    assert calendar.add(start, target_s, _pauses(case)) == _moment(case["due"])
    if "used" in case:
        assert calendar.elapsed(start, _moment(case["at"]), _pauses(case)) == int(case["used"]) * 60


def test_the_examples_are_all_there() -> None:
    numbers = {int(case["example"].split()[0]) for case in CASES if case["example"][0].isdigit()}
    assert numbers == set(range(1, 28)) - {22}
