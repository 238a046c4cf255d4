"""How far the measures of a period were at its end, and the weeks around the day on which one was done."""

from datetime import date, datetime, timedelta

import pytest
from tests.insight.improving_desk import OCTOBER, UNTIL, at, item, known, measure
from tests.sample_desk import policy

from git_feedback.clock.periods import Period
from git_feedback.insight.measured import as_known, lately_done, measured, progress, sayable_from
from git_feedback.model.measures import Measure


def due(name: str, day: str | None, done: str | None = None, status: str = "") -> Measure:
    made = {"due": date.fromisoformat(day) if day else None, "done": date.fromisoformat(done) if done else None}
    return measure(name, status=status or ("done" if done else "planned"), **made)


LISTED = [
    due("M-kept", "2026-10-15", "2026-10-09"),
    due("M-after", "2026-10-20", "2026-11-03"),
    due("M-early", "2026-11-10", "2026-10-30"),
    due("M-late", "2026-09-10"),
    due("M-last-day", "2026-10-31"),
    due("M-next", "2026-11-30"),
    due("M-far", "2026-12-01"),
    due("M-some-day", None),
    due("M-dropped", "2026-10-05", status="dropped"),
    due("M-long-ago", "2026-03-01", "2026-03-01"),
]


def names(measures: tuple[Measure, ...]) -> list[str]:
    return [one.id for one in measures]


def test_a_measure_stands_where_it_stood_when_the_period_ended() -> None:
    found = progress(LISTED, OCTOBER)
    assert names(found.due) == ["M-kept", "M-after", "M-last-day"]
    assert names(found.done) == ["M-kept", "M-early"]
    assert names(found.overdue) == ["M-late", "M-after", "M-last-day"]
    assert names(found.coming) == ["M-next"]
    assert names(found.later) == ["M-far", "M-some-day"]


def test_the_same_period_reads_the_same_whatever_is_done_later() -> None:
    later = [
        one.model_copy(update={"status": "done", "done": date(2026, 12, 24)}) if one.status == "planned" else one
        for one in LISTED
    ]
    first, second = progress(LISTED, OCTOBER), progress(later, OCTOBER)
    for name in ("due", "done", "overdue", "coming", "later"):
        assert names(getattr(first, name)) == names(getattr(second, name)), name


def test_what_is_done_on_the_last_day_is_known_to_be_done() -> None:
    one = due("M-kept", None, "2026-10-31")
    assert as_known(one, date(2026, 10, 31)) is one
    assert as_known(one, date(2026, 10, 30)).status == "doing"


def test_effects_are_looked_at_for_twelve_weeks_the_newest_first() -> None:
    listed = [due("M-a", None, "2026-08-09"), due("M-b", None, "2026-08-08"), due("M-c", None, "2026-10-30")]
    assert [one.id for one in lately_done([*listed, due("M-d", None, "2026-11-01")], OCTOBER)] == ["M-c", "M-a"]
    quarter = Period.parse("2026-Q4")
    assert [one.id for one in lately_done([due("M-first", None, "2026-10-01")], quarter)] == ["M-first"]


def test_weeks_begin_with_the_day_on_which_it_was_done() -> None:
    done = datetime.fromisoformat("2026-09-21T00:00:00+08:00")
    before = [item(n, done - timedelta(days=n + 1)) for n in range(8)]
    items = [*before, item(20, done), item(21, at("10-31", "23:00"))]
    one = measure(status="done", done=done.date(), counts="category:product/payment")
    found = measured(one, known(items).standings, policy(), UNTIL)
    assert found is not None
    assert found.effect.weeks == 5.9
    assert len(found.weekly) == 10, "whole weeks only"
    counts = dict(found.weekly)
    assert (counts[date(2026, 9, 14)], counts[date(2026, 9, 7)], counts[date(2026, 9, 21)]) == (7, 1, 1)


@pytest.mark.parametrize(("day", "wanted"), [("2026-10-28", "2026-11-11"), ("2026-12-25", "2027-01-08")])
def test_two_weeks_after_it_was_done_something_can_be_said(day: str, wanted: str) -> None:
    assert sayable_from(date.fromisoformat(day)) == date.fromisoformat(wanted)
