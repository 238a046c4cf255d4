"""Screening: what may be no feedback is named with the reason; what is feedback, however angry or short, is not."""

import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sample_desk import item, policy

from git_feedback.desk import standings
from git_feedback.i18n import LANGUAGES
from git_feedback.model import Item, Submitter
from git_feedback.model import events as ev
from git_feedback.policy import Policy
from git_feedback.triage import Screening, suspicions
from git_feedback.triage.screening import LINKS

AT = datetime.fromisoformat("2026-11-19T09:31:00+08:00")
LONG = "这是同一段很长的推广文字，谁都不会一字不差地写三遍"


def says(title: str, text: str | None = None, **changed: object) -> Item:
    return item().model_copy(update={"title": title, "text": text, "submitter": None, **changed})


def kinds(title: str, text: str | None = None, **changed: object) -> list[str]:
    return [one.kind for one in suspicions(says(title, text, **changed), policy(), ())]


@pytest.mark.parametrize(("words", "kind"), [
    ("加微信领券，代刷涨粉", "spam"), ("专业代开发票", "spam"), ("Cheap SEO services, rank your website", "spam"),
    ("Online casino for you", "spam"), ("你们这群王八蛋，脑残", "abuse"), ("我要弄死你们店长", "abuse"),
    ("fuck you, morons", "abuse"), ("I will kill you", "abuse"), ("恭喜您中奖，请先缴纳手续费", "fraud"),
    ("Please verify your account and send the wire transfer", "fraud"), ("这是一条测试", "test"),
    ("This is a test", "test"), ("测试", "test"), ("test test 123", "test"), ("asdfgh", "test"), ("测试测试11", "test"),
    ("！！！", "empty"), ("😀😀", "empty"), ("啊啊啊啊啊", "empty"), ("12345", "empty"), ("ａａａａ", "empty"),
])  # fmt: skip
def test_what_may_be_no_feedback_is_named_with_its_kind(words: str, kind: str) -> None:
    assert kind in kinds(words)


@pytest.mark.parametrize("words", [
    "付款时一直转圈", "太慢了", "好", "差评", "加微信客服没人理", "我测试了一下，发现付款失败", "The test page of the app is broken",
    "这不是测试，真的坏了", "他妈的又坏了", "这功能真是废物", "You idiots lost my parcel", "我收到假冒客服的短信", "click here does nothing",
    "兼职员工态度很好", "你们推广的活动没有了", "I tested it twice", "申请测试账号打不开", "hello, is anybody there?", "ok", "嗯嗯",
    "App 闪退", "hello kitty 杯子漏水", "I'd like to verify my account but the code never arrives",
])  # fmt: skip
def test_what_is_feedback_is_under_no_suspicion(words: str) -> None:
    assert kinds(words) == []


@pytest.mark.parametrize("words", ["这不是测试反馈", "Not just a test"])
def test_what_is_denied_is_no_hit(words: str) -> None:
    assert kinds(words) == []


@pytest.mark.parametrize(
    "words", ["店里起火了！加微信，代刷涨粉", "Online casino, and the till is on fire", "弄死你，有人受伤"]
)
def test_a_word_of_an_alarm_is_never_held_back(words: str) -> None:
    assert kinds(words) == []


def test_width_case_and_traditional_script_hide_nothing() -> None:
    assert kinds("專業代開發票") == ["spam"]
    assert kinds("ＯＮＬＩＮＥ　casino") == ["spam"]


def test_stars_and_files_say_something_without_words() -> None:
    assert kinds("👍👍👍", rating=5) == []
    assert kinds("！！！", nps=9) == []


def test_many_different_links_are_suspected_and_the_same_one_repeated_is_not() -> None:
    many = " ".join(f"https://shop{n}.example/a" for n in range(LINKS))
    assert kinds("看看", many) == ["spam"]
    assert kinds("看看", "https://shop.example/a " * 9) == []
    assert kinds("看看", " ".join(f"https://shop{n}.example/a" for n in range(LINKS - 1))) == []


def wave(*hours: float, text: str = LONG) -> list[Item]:
    made = [
        says("推荐", text, id=f"Q261119-{n:07}", received=AT + timedelta(hours=hour)) for n, hour in enumerate(hours)
    ]
    return [one.model_copy(update={"source": f"号 {n}"}) for n, one in enumerate(made)]


@pytest.mark.parametrize(("hours", "expected"), [
    ((0, 1, 2), [True] * 3), ((0, 1), [False] * 2), ((0, 13, 26), [False] * 3), ((0, 12, 24), [True] * 3),
    ((0, 30, 31, 32), [False, True, True, True]), ((15, 16, 17), [True] * 3),
])  # fmt: skip
def test_the_same_text_three_times_within_a_day_is_suspected(hours: tuple[float, ...], expected: list[bool]) -> None:
    items = wave(*hours)
    screening = Screening(policy(), items)
    found = [screening.of(one) for one in items]
    assert [bool(one) for one in found] == expected
    assert all(one.rule == "same-text" for some in found for one in some)


def test_short_texts_are_said_by_many_people_on_their_own() -> None:
    items = wave(0, 1, 2, 3, text="服务态度不好")
    assert [Screening(policy(), items).of(one) for one in items] == [()] * 4


def limited(most: int | None) -> Policy:
    desk = policy().desk
    return replace(
        policy(), desk=desk.model_copy(update={"limits": desk.limits.model_copy(update={"per_author": most})})
    )


def of_one_author(*hours: float, ref: str = "0123456789abcdef") -> list[Item]:
    return [
        says(
            f"第 {n} 件小事情",
            f"第 {n} 件小事情",
            id=f"Q261119-{n:07}",
            received=AT + timedelta(hours=hour),
            submitter=Submitter(ref=ref),
        )
        for n, hour in enumerate(hours)
    ]


def test_of_one_author_those_beyond_the_quota_of_the_day_wait() -> None:
    items = of_one_author(0, 1, 2, 3)
    screening = Screening(limited(2), items)
    assert [[one.rule for one in screening.of(item)] for item in items] == [[], [], ["per-author"], ["per-author"]]
    assert [Screening(limited(None), items).of(one) for one in items] == [()] * 4


def test_the_day_of_the_quota_is_that_of_the_desk() -> None:
    two_and_two = of_one_author(14, 14.4, 14.5, 15)  # midnight in Shanghai lies in the middle, in London it does not
    assert [Screening(limited(2), two_and_two).of(one) for one in two_and_two] == [()] * 4
    three = of_one_author(13, 14, 14.4)
    assert [bool(Screening(limited(2), three).of(one)) for one in three] == [False, False, True]


def test_what_somebody_classified_or_rejected_waits_no_longer() -> None:
    spam = says("专业代开发票")
    classify = ev.Classify(at=AT + timedelta(hours=1), by="he.miao", category="other/suggestion", urgency=1, impact=1)
    decided = spam.model_copy(update={"history": (classify,), "id": "Q261119-5DVCFC5"})
    now = AT + timedelta(days=1)
    found = Screening(policy(), [spam, decided]).waiting(standings([spam, decided], policy(), now))
    assert [one.item.id for one, _ in found] == [spam.id]


def test_imported_history_is_under_no_suspicion() -> None:
    assert kinds("专业代开发票", record="history") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: str) -> None:
    for words in ("专业代开发票", "测试", "！！！", "弄死你", "这是测试", "恭喜您中奖，缴纳手续费"):
        for one in suspicions(says(words), policy(), ()):
            assert len(one.said(language)) > 5
            assert one.rejects_as in ("spam", "abuse", "fraud", "invalid")


@given(st.text(max_size=400))
@settings(max_examples=150)
def test_whatever_a_stranger_writes_is_judged(text: str) -> None:
    suspicions(says("标题", text), policy(), wave(0, 1, 2))


@pytest.mark.parametrize(
    "text", ["1" * 50_000 + "x", "test" * 20_000 + "!", "asdf" * 20_000 + "。x", "https://" * 10_000, "a" * 90_000]
)
def test_no_text_takes_long(text: str) -> None:
    start = time.perf_counter()
    suspicions(says("标题", text), policy(), ())
    assert time.perf_counter() - start < 2


def test_ten_thousand_copies_of_one_text_take_seconds_and_not_minutes() -> None:
    items = wave(*(n / 1000 for n in range(10_000)))
    screening = Screening(policy(), items)
    start = time.perf_counter()
    assert all(screening.of(one) for one in items[::10])
    assert time.perf_counter() - start < 10
