"""Mistakes in calendar files: one line each, at its place, in both languages; dates with hours of their own."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_desk import policy_files

from git_feedback.model import Problem
from git_feedback.policy import load
from git_feedback.policy.calendar_reading import calendar, plan_of

PATH = "policy/calendars/分店.yml"
SHOP = """\
zone: Asia/Shanghai
weekly:
  mon: [08:30-12:00, 13:30-18:00]
  tue: [08:30-12:00, 13:30-18:00]
makeup: mon
years:
  "2026":
    status: official
    notice: 关于 2026 年部分节假日安排的通知
    off:
      - 2026-05-04  # 劳动节
      - 2026-05-05
    work:
      - 2026-05-09  # 周六
    hours:
      2026-12-22: [08:30-12:00]  # 冬至
"""


def found(text: str) -> list[tuple[int, int, str]]:
    _, problems = plan_of(PATH, text.encode())
    for problem in problems:
        for language in ("en", "zh"):
            said = problem.said(language)
            assert said.startswith(f"{PATH}:{problem.line}:{problem.column}: {problem.code}: ")
            assert problem.way_out(language)
            assert said.isprintable()
    return [(problem.line, problem.column, problem.code) for problem in problems]


def one(text: str) -> Problem:
    (problem,) = plan_of(PATH, text.encode())[1]
    return problem


def test_a_calendar_with_holidays_make_up_days_and_half_days_has_no_mistake() -> None:
    assert found(SHOP) == []


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("      - 2026-05-05\n", "      - 2026-05-04\n", [(12, 9, "day-twice")]),
    ("      - 2026-05-09  # 周六\n", "      - 2026-05-09\n      - 2026-05-09\n", [(15, 9, "day-twice")]),
    ("      - 2026-05-09  # 周六\n", "      - 2026-05-04\n", [(14, 9, "day-twice"), (14, 9, "work-anyway")]),
    ("2026-12-22: [", "2026-05-05: [", [(16, 7, "day-twice")]),
    ("2026-12-22: [", "2026-05-09: [", [(16, 7, "day-twice")]),
    ("      2026-12-22:", "      2026-12-22: [08:30-12:00]\n      2026-12-22:", [(17, 7, "duplicate-key")]),
    ("      - 2026-05-05\n", "      - 2027-05-04\n", [(12, 9, "day-of-another-year")]),
    ("2026-12-22: [", "2025-12-22: [", [(16, 7, "day-of-another-year")]),
    ("      - 2026-05-05\n", "      - 2026-02-30\n", [(12, 9, "no-such-day")]),
    ("2026-12-22: [", "2026-13-22: [", [(16, 7, "no-such-day")]),
    ("2026-12-22: [", "冬至: [", [(16, 7, "bad-day")]),
    ("      - 2026-05-09  # 周六\n", "      - 2026-05-11\n", [(14, 9, "work-anyway")]),
    ("2026-12-22: [08:30-12:00]", "2026-12-22: [12:00-08:30]", [(16, 7, "hours-backwards")]),
    ("2026-12-22: [08:30-12:00]", "2026-12-22: [08:30-12:00, 11:00-13:00]", [(16, 7, "hours-overlap")]),
    ("2026-12-22: [08:30-12:00]", "2026-12-22: [08:30-24:30]", [(16, 7, "no-time-of-day")]),
    ("2026-12-22: [08:30-12:00]", "2026-12-22: [上午]", [(16, 20, "bad-form")]),
    ("2026-12-22: [08:30-12:00]", "2026-12-22: []", [(16, 7, "empty-field")]),
    ("  mon: [08:30-12:00, 13:30-18:00]", "  mon: [08:30-14:00, 13:30-18:00]", [(3, 3, "hours-overlap")]),
    ("makeup: mon", "makeup: fri", [(13, 5, "makeup-closed")]),
    ("zone: Asia/Shanghai", "zone: 亚洲/上海", [(1, 1, "unknown-zone")]),
    ("    status: official", "    status: 正式", [(8, 5, "not-allowed")]),
    ('"2026"', '"1926"', [(7, 3, "bad-form")]),
])  # fmt: skip
def test_each_mistake_is_one_line_at_its_place(old: str, new: str, expected: list[tuple[int, int, str]]) -> None:
    assert SHOP.count(old) == 1
    assert found(SHOP.replace(old, new)) == expected


def test_a_calendar_without_an_open_hour_is_told_once_even_if_single_dates_are_open() -> None:
    never = "zone: Asia/Shanghai\nweekly: {}\n"
    assert found(never) == [(2, 1, "never-open")]
    year = 'years:\n  "2026": {status: official, notice: 通知, hours: {2026-05-09: [09:00-10:00]}}\n'
    assert found(never + year) == [(2, 1, "never-open")]


def test_every_mistake_is_told_at_once() -> None:
    text = SHOP.replace("tue: [08:30-12:00, 13:30-18:00]", "tue: [18:00-09:00]").replace("- 2026-05-05", "- 2027-05-04")
    assert [code for _, _, code in found(text.replace("2026-12-22: [", "2026-05-04: ["))] == [
        "hours-backwards",
        "day-of-another-year",
        "day-twice",
    ]


def test_the_words_say_fact_and_way_out_in_the_language_of_the_desk() -> None:
    twice = one(SHOP.replace("2026-12-22: [", "2026-05-04: ["))
    assert twice.fact("zh") == "2026-05-04 出现两次，分别在“off”和“hours”下"
    assert twice.said("en").endswith("2026-05-04 is there twice, under 'off' and under 'hours'; keep one of the two")
    anyway = one(SHOP.replace("- 2026-05-09", "- 2026-05-11"))
    assert anyway.fact("zh") == "2026-05-11 按“mon”本来就有工作时段"


def test_a_mistake_in_a_calendar_stops_the_policy_with_its_line() -> None:
    files = policy_files()
    files[PATH] = SHOP.replace("- 2026-05-05", "- 2026-05-04").encode()
    loaded = load(files)
    assert loaded.policy is None
    assert [(problem.file, problem.line, problem.code) for problem in loaded.problems] == [(PATH, 12, "day-twice")]


def test_a_date_has_its_own_hours_and_a_closed_date_none() -> None:
    plan, _ = plan_of(PATH, SHOP.encode())
    assert plan
    shop = calendar(plan)

    def worked(day: str) -> float:
        start = datetime.fromisoformat(f"{day}T00:00:00+08:00")
        return shop.elapsed(start, start.replace(hour=23, minute=59)) / 3600

    assert [worked(day) for day in ("2026-12-22", "2026-12-21", "2026-05-04", "2026-05-09", "2026-05-16")] == [
        3.5, 8, 0, 8, 0,
    ]  # fmt: skip


@given(
    st.lists(
        st.sampled_from([*SHOP.splitlines(), "      - 2026-05-04", "    hours: {}", "years: {}", "  mon: []"]),
        max_size=14,
    )
)
def test_any_jumble_of_lines_gives_a_calendar_or_problems_with_places(lines: list[str]) -> None:
    plan, problems = plan_of(PATH, "".join(f"{line}\n" for line in lines).encode())
    assert (plan is None) == bool(problems)
    assert all(problem.line >= 1 and problem.said("zh") for problem in problems)
    if plan:
        moment = datetime(2026, 5, 1, tzinfo=UTC)
        assert calendar(plan).add(moment, 3600) > moment
