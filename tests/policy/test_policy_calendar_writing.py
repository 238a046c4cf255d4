"""A year written into a calendar file: what people wrote stays byte by byte, and what comes out says the same and more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_desk import policy_files

from git_feedback.model.problem import Bad
from git_feedback.policy.calendar_reading import plan_of
from git_feedback.policy.calendar_writing import Listing, comments_of, new_file, remarks_of, with_year

PATH = "policy/calendars/office.yml"
LISTING = Listing(2027, "provisional", "按规则推算：尚未公布", {date(2027, 1, 1): "元旦"}, {date(2027, 2, 20): "周六"})
OFFICE = policy_files()[PATH]


def listed(source: bytes) -> list[str]:
    plan, problems = plan_of(PATH, source)
    assert plan, [problem.said("zh") for problem in problems]
    return list(plan.years)


def test_a_later_year_is_appended_and_nothing_else_is_touched() -> None:
    after = with_year(PATH, OFFICE, LISTING)
    assert after.startswith(OFFICE)
    assert after.removeprefix(OFFICE).decode() == (
        '  "2027":\n    status: provisional\n    notice: 按规则推算：尚未公布\n'
        "    off:\n      - 2027-01-01  # 元旦\n    work:\n      - 2027-02-20  # 周六\n"
    )
    assert listed(after) == ["2024", "2025", "2026", "2027"]


@pytest.mark.parametrize("year", [2023, 2027])
def test_years_stand_in_their_order_with_every_line_of_before_still_there(year: int) -> None:
    source = OFFICE.replace(b'  "2025":', '  # 2025：我们自己核对过\n  "2025":'.encode())
    listing = Listing(year, "official", "通知", {date(year, 1, 1): ""}, {})
    after = with_year(PATH, source, listing)
    assert listed(after) == sorted(["2024", "2025", "2026", str(year)])
    lines = after.decode().splitlines()
    new = [f'  "{year}":', "    status: official", "    notice: 通知", "    off:", f"      - {year}-01-01"]
    at = lines.index(new[0])
    assert lines[at : at + 5] == new
    assert lines[:at] + lines[at + 5 :] == source.decode().splitlines()


def test_a_year_replaces_itself_between_its_neighbours() -> None:
    source = OFFICE.replace(b'  "2026":', '  # 下一年\n  "2026":'.encode())
    after = with_year(PATH, source, Listing(2025, "official", "新", {date(2025, 1, 1): "元旦"}, {}))
    first, _, rest = source.partition(b'  "2025":')
    last = rest[rest.index("  # 下一年".encode()) :]
    block = '  "2025":\n    status: official\n    notice: 新\n    off:\n      - 2025-01-01  # 元旦\n'
    assert after == first + block.encode() + last


@pytest.mark.parametrize("source", [
    "zone: UTC\nweekly: {mon: [09:00-17:00]}\n# 最后一行",
    "zone: UTC\r\nweekly: {mon: [09:00-17:00]}\r\n",
    'years:\n    "2026":  # 缩进四格\n        status: official\n        notice: 通知\n\n# 时区\nzone: UTC\nweekly:\n  mon: [09:00-17:00]\n',
    '# 头\nyears: # 年\n  "2028": {status: official, notice: 通知, off: [2028-01-01]}\nzone: UTC\nweekly: {mon: [09:00-17:00]}\n',
])  # fmt: skip
def test_other_forms_of_a_file_are_extended_too(source: str) -> None:
    after = with_year(PATH, source.encode(), LISTING)
    assert "2027" in listed(after)
    kept = [line for line in source.splitlines() if line]
    assert [line for line in after.decode().splitlines() if line in kept] == kept
    assert after.endswith(b"\n")
    assert (b"\r\n" in after) == ("\r\n" in source)
    assert with_year(PATH, after, LISTING) == after


@pytest.mark.parametrize("years", ["years: {}\n", 'years: {"2026": {status: official, notice: 通知}}\n'])
def test_years_in_braces_are_refused_with_the_way_out(years: str) -> None:
    source = f"zone: UTC\nweekly: {{mon: [09:00-17:00]}}\n{years}".encode()
    with pytest.raises(Bad) as bad:
        with_year(PATH, source, LISTING)
    (problem,) = bad.value.problems
    assert (problem.line, problem.code) == (3, "calendar-not-extendable")
    assert problem.way_out("zh")


def test_comments_of_people_within_a_year_are_found() -> None:
    source = with_year(PATH, OFFICE, Listing(
        2027, "provisional", "通知", {date(2027, 1, 1): "元旦", date(2027, 1, 4): ""}, {date(2027, 2, 20): "周六 · 值班"},
        {date(2027, 12, 31): ("08:30-12:00",)}, {date(2027, 12, 31): "年终"}, ("# 人事部核对", "# 再核一次"),
    ))  # fmt: skip
    assert remarks_of(source, 2027, "off") == {date(2027, 1, 1): "元旦"}
    assert remarks_of(source, 2027, "work") == {date(2027, 2, 20): "周六 · 值班"}
    assert remarks_of(source, 2027, "hours") == {date(2027, 12, 31): "年终"}
    assert comments_of(source, 2027) == ("# 人事部核对", "# 再核一次")
    assert comments_of(source, 2026) == ()


@given(
    notice=st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60).filter(
        str.strip
    ),
    remark=st.text(max_size=30),
)
def test_whatever_a_notice_or_a_remark_says_the_file_reads_back_the_same(notice: str, remark: str) -> None:
    listing = Listing(
        2027, "official", notice.replace("\ufeff", "").replace("\ufffe", "") or "通知", {date(2027, 1, 1): remark}, {}
    )
    plan, problems = plan_of(PATH, with_year(PATH, OFFICE, listing))
    assert plan, problems
    assert plan.years["2027"].notice == listing.notice
    assert list(plan.years["2027"].off) == [date(2027, 1, 1)]


def test_a_new_file_is_a_calendar_of_its_own() -> None:
    source = new_file("门店", "Asia/Dubai", {"sun": ("09:00-13:00",), "mon": ("09:00-13:00", "14:00-18:00")}, LISTING)
    plan, problems = plan_of(PATH, source)
    assert plan, problems
    assert (plan.zone, plan.makeup, plan.weekly.mon) == ("Asia/Dubai", "mon", ("09:00-13:00", "14:00-18:00"))
    assert source.startswith("# 门店\n".encode())
