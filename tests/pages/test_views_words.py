"""The words of pages: the table of the visual language, amounts of two units, moments as people say them."""

from datetime import datetime

import pytest
from tests.pages.views_desk import record

from git_feedback.desk.sla import Clock
from git_feedback.pages.views.tokens import kind, said
from git_feedback.pages.views.words import Words, spaced

HOUR, MINUTE = 3600, 60


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def words(language: str) -> Words:
    return Words(record(), language)


def clock(state: str, *, left: int = 0, target: int = 8 * HOUR, elapsed: int = 0, calendar: str = "24x7") -> Clock:
    """A clock with so much left; below zero it is late."""
    late = -left if left < 0 else None
    return Clock("resolve", state, elapsed or target - left, target, late, calendar=calendar)


@pytest.mark.parametrize(
    ("found", "zh", "en", "shown"),
    [
        (clock("breached-open", left=-125 * MINUTE), "超时 2 小时 05 分", "2 h 05 m late", "breached"),
        (clock("breached", left=-40 * MINUTE), "已完成，超时 40 分", "done, 40 m late", "breached"),
        (clock("met", elapsed=31 * MINUTE), "按时，用时 31 分", "met in 31 m", "met"),
        (clock("running", left=18 * MINUTE), "剩 18 分", "18 m left", "soon"),
        (clock("running", left=6 * HOUR), "剩 6 小时", "6 h left", "running"),
        (clock("paused", left=5 * HOUR), "暂停，剩 5 小时", "paused, 5 h left", "paused"),
        (clock("pending"), "未开始", "not started", "pending"),
        (clock("cancelled"), "已取消", "cancelled", "cancelled"),
    ],
)
def test_every_state_of_a_clock_has_the_words_of_the_table(found: Clock, zh: str, en: str, shown: str) -> None:
    assert said(found, words("zh")) == zh
    assert said(found, words("en")) == en
    assert kind(found) == shown


@pytest.mark.parametrize(
    ("level", "zh", "en"),
    [("P0", "紧急", "Urgent"), ("P1", "高", "High"), ("P2", "普通", "Normal"), ("P3", "低", "Low")],
)
def test_a_level_shows_code_and_word_together(level: str, zh: str, en: str) -> None:
    assert words("zh").token(level) == f'<span class="fb-level" data-level="{level}"><b>{level}</b> {zh}</span>'
    assert words("en").token(level) == f'<span class="fb-level" data-level="{level}"><b>{level}</b> {en}</span>'


@pytest.mark.parametrize(
    ("life", "zh", "en"),
    [
        ("new", "新", "New"),
        ("triaged", "已分类", "Triaged"),
        ("assigned", "已指派", "Assigned"),
        ("accepted", "已受理", "Accepted"),
        ("waiting", "待补充", "Waiting"),
        ("resolved", "已解决", "Resolved"),
        ("reviewed", "已复核", "Reviewed"),
        ("replied", "已回复", "Replied"),
        ("closed", "已结案", "Closed"),
        ("returned", "已退回", "Returned"),
        ("rejected", "不予受理", "Rejected"),
        ("duplicate", "重复", "Duplicate"),
        ("reopened", "重新打开", "Reopened"),
    ],
)
def test_every_state_of_life_has_the_words_of_the_table(life: str, zh: str, en: str) -> None:
    assert (words("zh").life(life), words("en").life(life)) == (zh, en)


@pytest.mark.parametrize(
    ("left", "target", "shown"),
    [
        (2 * HOUR, 8 * HOUR, "soon"),
        (2 * HOUR + 1, 8 * HOUR, "running"),
        (30 * MINUTE - 1, HOUR, "soon"),
        (30 * MINUTE, HOUR, "running"),
        (0, 8 * HOUR, "soon"),
    ],
)
def test_a_clock_is_nearly_due_from_the_75_percent_rung_or_within_half_an_hour(
    left: int, target: int, shown: str
) -> None:
    assert kind(clock("running", left=left, target=target)) == shown


@pytest.mark.parametrize(
    ("seconds", "calendar", "zh", "en"),
    [
        (0, "24x7", "0 分", "0 m"),
        (59, "24x7", "0 分", "0 m"),
        (HOUR, "24x7", "1 小时", "1 h"),
        (65 * MINUTE, "office", "1 小时 05 分", "1 h 05 m"),
        (8 * HOUR, "office", "1 天", "1 d"),
        (11 * HOUR + 59 * MINUTE, "office", "1 天 3 小时", "1 d 3 h"),
        (8 * HOUR, "24x7", "8 小时", "8 h"),
        (27 * HOUR + 4 * MINUTE, "24x7", "1 天 3 小时", "1 d 3 h"),
    ],
)
def test_an_amount_has_two_units_at_most_and_a_day_is_the_calendars_working_day(
    seconds: int, calendar: str, zh: str, en: str
) -> None:
    assert (words("zh").amount(seconds, calendar), words("en").amount(seconds, calendar)) == (zh, en)


@pytest.mark.parametrize(
    ("at", "zh", "en"),
    [
        ("2026-11-20T14:00:00+08:00", "今天 14:00", "today 14:00"),
        ("2026-11-20T00:30:00Z", "今天 08:30", "today 08:30"),
        ("2026-11-19T23:59:00+08:00", "昨天 23:59", "yesterday 23:59"),
        ("2026-11-21T00:00:00+08:00", "明天 00:00", "tomorrow 00:00"),
        ("2026-11-24T18:00:00+08:00", "周二 18:00", "Tue 18:00"),
        ("2026-11-27T18:00:00+08:00", "11 月 27 日", "27 Nov"),
        ("2026-11-13T10:00:00+08:00", "11 月 13 日 10:00", "13 Nov 10:00"),
        ("2025-12-31T10:00:00+08:00", "2025 年 12 月 31 日 10:00", "31 Dec 2025 10:00"),
    ],
)
def test_a_moment_is_told_from_now_in_the_desks_zone_and_over_a_week_as_a_date(at: str, zh: str, en: str) -> None:
    moment = datetime.fromisoformat(at)
    assert (words("zh").moment(moment), words("en").moment(moment)) == (zh, en)


def test_a_date_bears_its_weekday() -> None:
    tuesday = datetime.fromisoformat("2026-11-24T09:00:00+08:00")
    assert words("zh").date_of(tuesday) == "11 月 24 日 周二"
    assert words("en").date_of(tuesday) == "Tue 24 Nov"


def test_an_id_that_the_policy_does_not_know_is_shown_as_it_is(language: str) -> None:
    said = words(language)
    assert (said.person("a.stranger"), said.department("nowhere"), said.channel("fax"), said.category("x/y")) == (
        "a.stranger",
        "nowhere",
        "fax",
        "x/y",
    )
    assert said.person(None) == said.department(None) == ""


def test_han_and_latin_are_kept_apart() -> None:
    assert spaced("应于09:15解决，较9月升6 %，App内反馈") == "应于 09:15 解决，较 9 月升 6 %，App 内反馈"
