"""Digests: one for each addressee, worst first, at once before everything; strangers' titles do no harm."""

from dataclasses import replace

import pytest
from tests.outbox.conftest import CLASSIFIED, NOW, found, message
from tests.sample_desk import item, policy

from git_feedback.desk import alarms, standing
from git_feedback.desk.alarms import Alarm
from git_feedback.outbox import messages

OTHER = CLASSIFIED.replace("Q261119-0AAJN0D", "Q261119-5DVCFC5").replace("#123", "#124")
URGENT = OTHER.replace("urgency: 4, impact: 4", "urgency: 5, impact: 5").replace("支付页面报错", "全站不能支付")


def told(*texts: str) -> list[Alarm]:
    return [alarm for text in texts for alarm in found(text)]


def test_each_addressee_gets_one_message_with_everything_of_the_run() -> None:
    listed = messages(told(CLASSIFIED, OTHER), policy(), NOW)
    assert [one.addressee for one in listed] == sorted({alarm.addressee for alarm in told(CLASSIFIED)})
    for one in listed:
        assert {alarm.addressee for alarm in one.alarms} == {one.addressee}
        assert {alarm.item.id for alarm in one.alarms} == {"Q261119-0AAJN0D", "Q261119-5DVCFC5"}
    assert sum(len(one.alarms) for one in listed) == len(told(CLASSIFIED, OTHER))


def test_several_rungs_of_one_clock_are_one_entry() -> None:
    text = message().text
    assert text.count("首次答复") == 1
    assert "50%（2026-11-19 10:31）、75%（2026-11-19 11:01）、90%（2026-11-19 11:19）、100%（2026-11-19 11:31）" in text


def test_the_worst_comes_first_measured_by_its_target() -> None:
    later = OTHER.replace("T09:31", "T16:00")
    listed = messages(told(later, CLASSIFIED), policy(), NOW)
    (one,) = [one for one in listed if one.addressee == "ji.nan"]
    used = [alarm.cycle.elapsed / alarm.cycle.target for alarm in one.alarms]
    assert used == sorted(used, reverse=True)
    assert len({alarm.item.id for alarm in one.alarms[:2]}) == 2
    assert one.text.index("Q261119-0AAJN0D") < one.text.index("Q261119-5DVCFC5")


def test_of_equally_late_ones_the_higher_level_comes_first() -> None:
    low = replace(
        found(OTHER)[0],
        standing=standing(item(OTHER.replace("urgency: 4, impact: 4", "urgency: 3, impact: 3")), policy(), NOW),
    )
    high = found(CLASSIFIED)[0]
    assert (low.addressee, low.clock.elapsed, low.level, high.level) == (high.addressee, high.clock.elapsed, "P2", "P1")
    low = replace(low, clock=high.clock)
    (one,) = messages([low, high], policy(), NOW)
    assert [alarm.level for alarm in one.alarms] == ["P1", "P2"]


def test_levels_told_at_once_go_out_one_by_one_before_everything_else() -> None:
    listed = messages(told(CLASSIFIED, URGENT), policy(), NOW)
    alone = [one for one in listed if one.subject.startswith("P0")]
    assert listed[: len(alone)] == alone
    assert len(alone) == len({alarm.addressee for alarm in found(URGENT)})
    assert {one.subject for one in alone} == {"P0 Q261119-5DVCFC5：全站不能支付"}
    assert all(alarm.level == "P1" for one in listed[len(alone) :] for alarm in one.alarms)


def test_the_daily_line_stands_below_the_news_and_says_nothing_twice() -> None:
    day = NOW.date()
    again = alarms.repeats(standing(item(CLASSIFIED), policy(), NOW), policy(), day, NOW)
    assert {(alarm.addressee, alarm.clock.name) for alarm in again} == {("gu.heng", "respond"), ("he.miao", "respond")}
    (both,) = [one for one in messages([*again, *found()], policy(), NOW) if one.addressee == "gu.heng"]
    assert "已超过最后一档提醒" not in both.text
    only = messages(again, policy(), NOW)
    assert [(one.addressee, one.is_repeat) for one in only] == [("gu.heng", True), ("he.miao", True)]
    assert all("已超过最后一档提醒" in one.text and "已超过最后一档提醒" in one.html for one in only)


def test_the_daily_line_of_a_level_told_at_once_is_a_line_all_the_same() -> None:
    again = alarms.repeats(standing(item(URGENT), policy(), NOW), policy(), NOW.date(), NOW)
    assert again
    assert all(not one.subject.startswith("P0") for one in messages(again, policy(), NOW))


@pytest.mark.parametrize(("language", "subject", "greeting"), [
    ("zh", "反馈台：提醒 3 项，其中超时 2 项", "纪南，您好："), ("en", "Feedback desk: 3 reminders, 2 late", "Hello Ji Nan,"),
])  # fmt: skip
def test_it_speaks_the_language_of_the_desk(language: str, subject: str, greeting: str) -> None:
    spoken = replace(policy(), desk=policy().desk.model_copy(update={"language": language}))
    (one,) = [one for one in messages(found(), spoken, NOW) if one.addressee == "ji.nan"]
    assert one.subject == subject
    assert one.text.startswith(greeting)
    assert f'<html lang="{language}">' in one.html


HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2)> "退款"\u202e{0}'


def test_a_title_does_no_harm_as_html_and_hides_nothing() -> None:
    one = message(CLASSIFIED.replace("支付页面报错", HOSTILE.replace('"', "'")))
    assert "<script" not in one.html
    assert "<img" not in one.html
    assert "&lt;script&gt;" in one.html
    for words in (one.html, one.text):
        assert "\u202e" not in words
        assert "[U+202E]" in words
    assert all(line.isprintable() for line in one.text.splitlines())


def test_a_long_title_is_cut_and_stays_on_one_line() -> None:
    one = message(CLASSIFIED.replace("支付页面报错", "退款\t没到账" * 40))
    (title,) = [line for line in one.text.splitlines() if "退款 没到账" in line][:1]
    assert title.endswith("…")
    assert len(title) < 60


def test_what_a_clock_says_is_said_in_its_own_words() -> None:
    waiting = CLASSIFIED + "  - ask: {at: 2026-11-20T11:00:00+08:00, by: ji.nan}\n    question: 哪一单？\n"
    done = CLASSIFIED + "  - respond: {at: 2026-11-20T10:00:00+08:00, by: ji.nan}\n    text: 在查\n"
    assert "暂停中" in message(waiting).text
    assert "首次答复：超时 6:29 小时（工作时间）后完成，应于 2026-11-19 11:31" in message(done).text
    assert "首次答复：超时 7:34 小时（工作时间），应于 2026-11-19 11:31，已用时限的 478%" in message().text
    assert "解决：剩余 6:26 小时（工作时间），应于 2026-11-23 09:31，已用时限的 59%" in message().text
    assert "纪南，支付产品" in message().text


def test_an_unclassified_item_without_an_owner_has_words_too() -> None:
    text = message(CLASSIFIED.partition("history:")[0], "he.miao").text
    assert "未分类" in text
    assert "无负责人，无部门" in text


def test_a_message_stays_short_enough_to_arrive_and_counts_the_rest() -> None:
    (first,) = [alarm for alarm in found() if (alarm.addressee, alarm.clock.name) == ("ji.nan", "respond")]
    (one,) = messages([first] * 61, policy(), NOW)
    assert (len(one.alarms), one.text.count("首次答复"), one.html.count("<li>")) == (61, 50, 50)
    for words in (one.text, one.html):
        assert "另有 11 项未列出" in words
    assert "另有" not in message().text
