"""`git feedback calendar`: list, show, check and import on a real desk; what is imported is what the country works."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import holidays
import pytest
from tests.sample_desk import Ran, Sample, git, sample

from git_feedback.jobs.public_holidays import Unknown, public_holidays
from git_feedback.policy import load
from git_feedback.store import Desk
from git_feedback.text.width import display_width

OFFICE = "policy/calendars/office.yml"
US = "policy/calendars/us.yml"
PHONE = 62
"""Columns of a small terminal; the notice, which is the government's, may be longer."""


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path)


def shown(done: Ran) -> Any:
    assert done.code in (0, 1), done
    return json.loads(done.out)


def dates(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


def works(desk: Sample, name: str, year: int) -> list[date]:
    loaded = load(Desk(desk.root).policy())
    assert loaded.policy, loaded.problems
    return [day for day in dates(year) if loaded.policy.calendars[name].is_working_day(day)]


# ---- list and show --------------------------------------------------------------------------------------------------


def test_list_says_who_uses_a_calendar_and_how_many_days_its_years_have(desk: Sample) -> None:
    done = desk.run("calendar", "list")
    assert done.code == 0
    office, plain, always = done.out.split("\n", 6)[:6], "plain  UTC\n  未使用\n  周一至周五  09:00-17:00\n", "全天候"
    assert office == [
        "office  Asia/Shanghai",
        "  办公日历；用于 P1、P2、P3",
        "  周一至周五  08:30-12:00 13:30-18:00",
        "  2024  正式  251 个工作日",
        "  2025  正式  248 个工作日",
        "  2026  正式  248 个工作日",
    ]
    assert plain in done.out
    assert done.out.rstrip().endswith(always)


def test_list_as_json(desk: Sample) -> None:
    office, plain, always = shown(desk.run("calendar", "list", "--format", "json"))["calendars"]
    assert (office["name"], office["office"], office["used"], office["levels"]) == (
        "office",
        True,
        True,
        ["P1", "P2", "P3"],
    )
    assert [(row["year"], row["status"], row["working_days"]) for row in office["years"]] == [
        (2024, "official", 251), (2025, "official", 248), (2026, "official", 248),
    ]  # fmt: skip
    assert (plain["used"], plain["years"], always["levels"]) == (False, [], ["P0"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_show_tells_each_month_and_fits_a_narrow_terminal(desk: Sample, language: str) -> None:
    done = desk.run("calendar", "show", "office", "--lang", language)
    head, notice, *rest = done.out.splitlines()
    assert head == {"zh": "office 2026  正式  248 个工作日", "en": "office 2026  official  248 working days"}[language]
    assert notice.startswith("国务院办公厅关于2026年")
    assert max(map(display_width, rest)) <= PHONE
    said = {
        "zh": "2 月  16 个工作日\n  班  02-14 周六\n  休  02-15 周日 至 02-23 周一\n  班  02-28 周六\n",
        "en": "February  16 working days\n  make-up  02-14 Sat\n  off  02-15 Sun to 02-23 Mon\n  make-up  02-28 Sat\n",
    }
    assert said[language] in done.out


def test_show_names_hours_of_their_own_and_the_status_of_a_year_that_is_not_listed(desk: Sample) -> None:
    desk.put(desk.text(OFFICE) + "    hours:\n      2026-12-24: [08:30-12:00]  # 提前下班\n", OFFICE)
    assert "  另  12-24 周四  08:30-12:00\n" in desk.run("calendar", "show", "office").out
    months = shown(desk.run("calendar", "show", "office", "2026", "--format", "json"))["months"]
    assert months[11]["hours"] == {"2026-12-24": ["08:30-12:00"]}
    assert months[0] == {
        "month": 1, "working_days": 21, "off": ["2026-01-01", "2026-01-02", "2026-01-03"], "work": ["2026-01-04"], "hours": {},
    }  # fmt: skip
    later = shown(desk.run("calendar", "show", "office", "2027", "--format", "json"))
    assert (later["status"], later["notice"], later["working_days"]) == ("missing", None, 261)
    assert desk.run("calendar", "show", "plain").out.startswith("plain 2026  不按年列节假日  261 个工作日\n")
    assert "全天候" in desk.run("calendar", "show", "24x7").out


@pytest.mark.parametrize(("words", "said"), [
    (["show", "日历"], "没有日历“日历”；可用：office、plain、24x7"),
    (["show", "office", "1999"], "1999"),
    (["import", "XX", "2026"], "没有国家或地区代码“XX”；请使用 ISO 3166 代码，如"),
    (["import", "US", "2026", "--subdivision", "ZZ"], "US 没有地区“ZZ”"),
    (["import", "US", "2026", "--name", "../办公"], "“../办公”不能作日历名"),
    (["import", "US", "2026", "--zone", "火星"], "没有时区“火星”"),
    (["import", "US", "2026", "--hours", "朝九晚五"], "“朝九晚五”不是时段"),
    (["import", "US", "2026", "--name", "office", "--zone", "UTC"], "policy/calendars/office.yml 已有时区和时段"),
])  # fmt: skip
def test_wrong_usage_is_one_line_with_the_way_out(desk: Sample, words: list[str], said: str) -> None:
    done = desk.run("calendar", *words, "--lang", "zh")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert said in done.err
    assert git(desk.root, "status", "--short") == ""


# ---- check ----------------------------------------------------------------------------------------------------------


def test_check_is_silent_before_november_and_names_the_next_year_from_then_on(desk: Sample) -> None:
    assert desk.run("calendar", "check", now="2026-10-31T23:59:00+08:00").code == 0
    done = desk.run("calendar", "check", now="2026-11-01T00:00:00+08:00")
    assert done.code == 1
    assert done.out == (
        "policy/calendars/office.yml:12:1: calendar-year-missing: 日历“office”没有 2027 年的节假日，这一年的时限只是暂定；"
        "请导入：git feedback calendar import COUNTRY 2027 --name office\n"
    )
    assert "发现 1 处" in done.err


def test_check_lists_mistakes_with_place_even_where_the_rest_of_the_policy_is_broken(desk: Sample) -> None:
    desk.put(desk.text(OFFICE).replace("- 2026-10-10", "- 2026-10-12"), OFFICE)
    desk.put("zone: 火星\nweekly: {}\n", "policy/calendars/夜班.yml")
    desk.put(desk.text("policy/desk.yml").replace("prefix: Q", "prefix: 反馈"), "policy/desk.yml")
    done = desk.run("calendar", "check", "--format", "json", now="2026-06-01T09:00:00+08:00")
    found = [(row["file"], row["line"], row["code"]) for row in shown(done)["problems"]]
    assert found == [(OFFICE, 135, "work-anyway"), ("policy/calendars/夜班.yml", 1, "unknown-zone")]
    assert done.code == 1


# ---- import ---------------------------------------------------------------------------------------------------------


def test_the_united_states_work_monday_to_friday_but_not_on_federal_holidays(desk: Sample) -> None:
    done = desk.run("calendar", "import", "US", "2026")
    assert (done.code, done.out) == (0, f"{US}\n"), done
    federal = {
        date(2026, month, day)
        for month, day in [
            (1, 1),
            (1, 19),
            (2, 16),
            (5, 25),
            (6, 19),
            (7, 3),
            (9, 7),
            (10, 12),
            (11, 11),
            (11, 26),
            (12, 25),
        ]
    }
    assert works(desk, "us", 2026) == [day for day in dates(2026) if day.weekday() < 5 and day not in federal]
    assert git(desk.root, "log", "-1", "--format=%s", "--name-only").split("\n\n") == [
        "calendar us: US 2026",
        f"{US}\n",
    ]


def test_importing_twice_changes_nothing_the_second_time(desk: Sample) -> None:
    desk.run("calendar", "import", "US", "2026")
    before, head = desk.text(US), git(desk.root, "rev-parse", "HEAD")
    again = desk.run("calendar", "import", "us", "2026")
    assert again.code == 0
    assert "已有 2026 年" in again.err
    assert (desk.text(US), git(desk.root, "rev-parse", "HEAD")) == (before, head)


def test_a_dry_run_writes_nothing(desk: Sample) -> None:
    done = desk.run("calendar", "import", "US", "2026", "--dry-run", "--format", "json")
    assert shown(done)["outcome"] == "new-file"
    assert not (desk.root / US).exists()
    assert git(desk.root, "status", "--short") == ""


@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_make_up_days_of_china_come_out_as_working_days(desk: Sample, year: int) -> None:
    written = shown(desk.run("calendar", "import", "CN", str(year), "--name", "office", "--format", "json"))
    assert (written["outcome"], written["status"]) == ("added", "official")
    assert written["work"]
    assert works(desk, "office", year) == [day for day in dates(year) if chinese_calendar.is_workday(day)]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_an_import_of_china_agrees_with_what_the_desk_ships(desk: Sample, year: int) -> None:
    desk.run("calendar", "import", "CN", str(year), "--name", "cn", "--hours", "08:30-12:00, 13:30-18:00")
    assert works(desk, "cn", year) == works(desk, "office", year)


def test_an_official_year_is_never_overwritten(desk: Sample) -> None:
    before = desk.text(OFFICE)
    done = desk.run("calendar", "import", "CN", "2026", "--name", "office")
    assert done.code == 0
    assert desk.text(OFFICE) == before


def test_a_year_whose_notice_is_not_out_is_provisional_and_says_so(desk: Sample) -> None:
    """The library knows the rule of 2099 and no notice; every edition of it will, so this stays true."""
    before = desk.text(OFFICE)
    done = desk.run("calendar", "import", "CN", "2099", "--name", "office")
    assert "2099 年仍为暂定" in done.err
    after = desk.text(OFFICE)
    assert after.startswith(before)
    assert '  "2099":\n    status: provisional\n    notice: holidays ' in after
    assert "调休安排尚未公布" in after
    loaded = load(Desk(desk.root).policy()).policy
    assert loaded
    assert loaded.calendars.is_provisional("office", 2099, 2099)
    assert desk.run("calendar", "import", "CN", "2099", "--name", "office").out == f"{OFFICE}\n"
    assert desk.text(OFFICE) == after


def test_an_official_year_replaces_a_provisional_one_and_words_of_people_stay(desk: Sample) -> None:
    head, _, tail = desk.text(OFFICE).partition('  "2026":')
    block = (
        '  "2026":\n    # 人事部：十二月再看一次\n    status: provisional\n    notice: 按规则推算\n    off:\n'
        "      - 2026-01-01  # 值班表另发\n      - 2026-03-06  # 厂庆\n    work:\n      - 2026-02-14\n"
        "    hours:\n      2026-12-24: [08:30-12:00]  # 提前下班\n"
    )
    desk.put(head + block + "# 文件尾\n", OFFICE)
    assert tail
    written = shown(desk.run("calendar", "import", "CN", "2026", "--name", "office", "--format", "json"))
    assert (written["outcome"], written["status"], written["lost"]) == ("replaced", "official", ["2026-03-06"])
    after = desk.text(OFFICE)
    assert after.startswith(head)
    for words in (
        "    # 人事部：十二月再看一次\n",
        "- 2026-01-01  # 元旦 · 值班表另发\n",
        "2026-12-24: [08:30-12:00]  # 提前下班\n",
    ):
        assert words in after
    assert after.endswith("# 文件尾\n")
    assert works(desk, "office", 2026) == [day for day in dates(2026) if chinese_calendar.is_workday(day)]
    assert "厂庆" not in after


def test_a_year_that_would_break_the_file_is_shown_and_not_written(desk: Sample) -> None:
    head, _, _ = desk.text(OFFICE).partition('  "2026":')
    broken = f'{head}  "2026":\n    status: provisional\n    notice: 推算\n    hours: {{2026-10-01: [09:00-10:00]}}\n'
    desk.put(broken, OFFICE)
    done = desk.run("calendar", "import", "CN", "2026", "--name", "office")
    assert done.code == 1
    assert ": day-twice: 2026-10-01 出现两次" in done.out
    assert "没有写入任何内容" in done.err
    assert desk.text(OFFICE) == broken


def test_a_week_with_saturdays_needs_no_make_up_saturdays(desk: Sample) -> None:
    shop = (
        "zone: Asia/Shanghai\nweekly: {"
        + ", ".join(f"{day}: [10:00-20:00]" for day in ("mon", "tue", "wed", "thu", "fri", "sat"))
        + "}\n"
    )
    desk.put(shop, "policy/calendars/shop.yml")
    written = shown(desk.run("calendar", "import", "CN", "2026", "--name", "shop", "--format", "json"))
    assert written["work"] == ["2026-01-04", "2026-09-20"]
    assert desk.run("calendar", "check", now="2026-06-01T09:00:00+08:00").code == 0


def test_a_country_that_rests_on_friday_gets_a_week_of_its_own(desk: Sample) -> None:
    desk.run("calendar", "import", "SA", "2025", "--zone", "Asia/Riyadh", "--hours", "08:00-16:00")
    loaded = load(Desk(desk.root).policy()).policy
    assert loaded
    plan = loaded.calendars.plans["sa"]
    assert (plan.zone, plan.weekly.fri, plan.weekly.sat, plan.weekly.sun) == ("Asia/Riyadh", (), (), ("08:00-16:00",))


def test_a_part_of_a_country_has_its_own_holidays_and_name(desk: Sample) -> None:
    written = shown(desk.run("calendar", "import", "GB", "2026", "--subdivision", "SCT", "--format", "json"))
    assert written["file"] == "policy/calendars/gb-sct.yml"
    assert "2026-11-30" in written["off"]


# ---- what the library says ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("country", "year", "lacking"), [
    ("CN", 2026, ""), ("CN", 2099, "notice"), ("US", 2026, ""), ("DE", 2090, ""), ("CN", 2033, "notice"), ("HU", 2098, "notice"), ("SG", 2098, "sighting"), ("BG", 2026, ""),
    ("CN", 2020, ""),
])  # fmt: skip
def test_what_is_not_certain_is_told_from_what_is_law(country: str, year: int, lacking: str) -> None:
    assert public_holidays(country, year, None, "zh").lacking == lacking


@pytest.mark.parametrize(("country", "year"), [("CN", 2026), ("US", 2026), ("JP", 2026), ("AE", 2025), ("TW", 2024)])
def test_off_and_work_give_the_working_days_of_the_library(country: str, year: int) -> None:
    found, library = public_holidays(country, year, None, "en"), holidays.country_holidays(country, years=year)
    by_week = {day for day in dates(year) if not library.is_weekend(day)}
    assert (by_week - set(found.off)) | set(found.work) == {day for day in dates(year) if library.is_working_day(day)}


def test_a_year_without_holidays_is_not_taken_for_one_without_a_day_off() -> None:
    with pytest.raises(Unknown) as unknown:
        public_holidays("SS", 2005, None, "zh")
    assert unknown.value.code == "calendar-no-holidays"
