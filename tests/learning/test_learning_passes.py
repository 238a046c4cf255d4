"""Who passed what, until when that holds, who is due: from the records, the courses and the day alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.learning.taught_course import VERSIONS, course, known, passed
from tests.sample_desk import policy

from git_feedback.learning.passes import (
    Duty,
    due_day,
    duties,
    half_year_before,
    half_year_end,
    latest,
    months_later,
    needed,
    round_end,
)
from git_feedback.model.training import Pass

TODAY = date(2026, 11, 20)
OFFICE = policy().office


def asked(*passes: Pass, today: date = TODAY, versions: dict[str, int] | None = None) -> dict[tuple[str, str], Duty]:
    listed = duties(known(), passes, policy(), versions or VERSIONS, today)
    return {(one.person, one.course.id): one for one in listed}


# ---- when -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2026-01-01", "2026-06-30"),
        ("2026-06-30", "2026-06-30"),
        ("2026-07-01", "2026-12-31"),
        ("2024-03-05", "2024-06-28"),  # 30 June 2024 is a Sunday
        ("2023-12-31", "2023-12-29"),
    ],
)
def test_a_half_year_ends_on_its_last_working_day(day: str, end: str) -> None:
    assert half_year_end(date.fromisoformat(day), OFFICE) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2026-08-31", 6, "2027-02-28"), ("2027-08-31", 6, "2028-02-29"), ("2026-12-01", 1, "2027-01-01"), ("2026-05-15", 36, "2029-05-15")],
)  # fmt: skip
def test_months_end_on_the_same_day_or_on_the_last_of_a_shorter_month(day: str, months: int, later: str) -> None:
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(later)


def test_due_is_the_end_of_the_half_year_in_which_a_pass_runs_out() -> None:
    assert due_day(date(2026, 5, 19), course("handling"), OFFICE) == date(2026, 12, 31)
    assert due_day(date(2026, 7, 1), course("handling"), OFFICE) == date(2027, 6, 30)
    assert due_day(date(2026, 5, 19), course("newcomer"), OFFICE) == date(2027, 6, 30)


def test_after_the_last_working_day_the_next_half_year_is_the_one_that_runs() -> None:
    assert round_end(date(2024, 6, 28), OFFICE) == date(2024, 6, 28)
    assert round_end(date(2024, 6, 29), OFFICE) == date(2024, 12, 31)
    assert half_year_before(date(2026, 12, 31), OFFICE) == date(2026, 6, 30)
    assert half_year_before(date(2026, 6, 30), OFFICE) == date(2025, 12, 31)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_nobody_is_due_before_a_pass_has_nearly_run_out_and_nobody_later_than_half_a_year_after(day: date) -> None:
    out = months_later(day, 6)
    due = due_day(day, course("handling"), OFFICE)
    assert out - timedelta(31) <= due <= out + timedelta(184)
    assert due.month in (6, 12)
    assert OFFICE.is_working_day(due)


# ---- who --------------------------------------------------------------------------------------------------------------


def test_a_course_for_new_staff_is_asked_of_everybody_without_any_pass_and_of_nobody_else() -> None:
    people = policy().people
    assert needed(people["wen.jing"], course("newcomer"), passed_any=False)
    assert not needed(people["wen.jing"], course("newcomer"), passed_any=True)
    found = asked(passed("ji.nan", "2026-10-01"))
    assert ("ji.nan", "newcomer") not in found
    assert found["fang.yu", "newcomer"].state == "never"


@pytest.mark.parametrize(
    ("whom", "asked_of", "not_of"),
    [
        ("hotline", "xu.bei", "ji.nan"),
        ("handlers", "qiu.yan", "wen.jing"),
        ("reviewers", "shen.mu", "xu.bei"),
        ("managers", "gu.heng", "ji.nan"),
    ],
)
def test_courses_are_asked_of_the_roles_they_are_for(whom: str, asked_of: str, not_of: str) -> None:
    one = course("handling").model_copy(update={"whom": (whom,)})
    assert needed(policy().people[asked_of], one, passed_any=True)
    assert not needed(policy().people[not_of], one, passed_any=True)


# ---- how they stand ---------------------------------------------------------------------------------------------------


def test_each_pass_stands_as_its_day_and_today_make_it() -> None:
    found = asked(
        passed("ji.nan", "2026-10-01"),
        passed("fang.yu", "2026-05-19"),
        passed("qiu.yan", "2025-12-01"),
        passed("wen.jing", "2026-02-03", "newcomer"),
    )
    states = {who: found[who, "handling"].state for who in ("ji.nan", "fang.yu", "qiu.yan", "tang.li")}
    assert states == {"ji.nan": "passed", "fang.yu": "soon", "qiu.yan": "overdue", "tang.li": "never"}
    assert found["qiu.yan", "handling"].due == date(2026, 6, 30)
    assert found["tang.li", "handling"].due == date(2026, 12, 31)
    newcomer = found["wen.jing", "newcomer"]
    assert (newcomer.state, newcomer.due, newcomer.is_asked) == ("passed", None, False)


def test_on_the_day_itself_nobody_is_overdue_and_on_the_next_they_are() -> None:
    one = passed("ji.nan", "2026-05-19")
    assert asked(one, today=date(2026, 12, 31))["ji.nan", "handling"].state == "soon"
    assert asked(one, today=date(2027, 1, 1))["ji.nan", "handling"].state == "overdue"


def test_the_newest_pass_counts_and_none_that_is_still_to_come() -> None:
    first, second, ahead = (
        passed("ji.nan", "2025-11-03"),
        passed("ji.nan", "2026-08-03"),
        passed("ji.nan", "2026-12-01"),
    )
    assert latest([second, first, ahead], TODAY) == {("ji.nan", "handling"): second}
    assert asked(first, second)["ji.nan", "handling"].last == second


def test_who_is_due_first_stands_first() -> None:
    found = list(asked(passed("qiu.yan", "2025-12-01"), passed("ji.nan", "2026-10-01")).values())
    assert found[0].person == "qiu.yan"
    assert [one.due for one in found] == sorted(one.due for one in found if one.due)


# ---- what changed since -----------------------------------------------------------------------------------------------


def test_an_older_pass_counts_until_it_runs_out_and_names_what_is_newer() -> None:
    one = passed("ji.nan", "2026-10-01", version=1, articles={"refund": 2, "lockers": 1})
    duty = asked(one)["ji.nan", "handling"]
    assert (duty.state, duty.newer) == ("passed", True)
    assert [(each.name, each.was, each.now) for each in duty.changed] == [("refund", 2, 3)]


def test_an_article_that_the_course_had_not_then_is_new() -> None:
    one = passed("ji.nan", "2026-10-01", articles={"refund": 3})
    assert [(each.name, each.was) for each in asked(one)["ji.nan", "handling"].changed] == [("lockers", None)]


def test_a_pass_that_notes_no_article_and_an_article_that_is_gone_ask_for_nothing() -> None:
    assert asked(passed("ji.nan", "2026-10-01"))["ji.nan", "handling"].changed == ()
    gone = passed("ji.nan", "2026-10-01", articles={"refund": 3, "lockers": 1, "old": 1})
    assert asked(gone)["ji.nan", "handling"].changed == ()
