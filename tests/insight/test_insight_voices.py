"""Whose words stand for the others in a report, and whose never do."""

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest
from tests.insight.test_insight_stats import Stand, event, made

from git_feedback.insight import Ledger, Period, quoting
from git_feedback.insight.voices import QUOTES, Theme, voices, words_of
from git_feedback.model import Item
from git_feedback.policy import Policy

UNTIL = "2026-10-31T23:59:59+08:00"
OCTOBER = Period.parse("2026-10")
Choose = Callable[[Sequence[Item]], tuple[Theme, ...]]

FAILS = "付款到最后一步报错，提示系统繁忙"


@pytest.fixture
def choose(policy: Policy, stand: Stand) -> Choose:
    def chosen(items: Sequence[Item]) -> tuple[Theme, ...]:
        ledger = Ledger(stand(items, UNTIL), policy, datetime.fromisoformat(UNTIL))
        return voices(ledger, OCTOBER, policy)

    return chosen


def said(day: int, text: str, *history: dict[str, object], category: str = "product/payment", **fields: object) -> Item:
    at = f"2026-10-{day:02}T10:00:00+08:00"
    classified = event("classify", at, category=category, urgency=3, impact=3)
    return made(at, classified, *history, text=text, **{"title": "反馈", **fields})


def heard(day: int, verdict: str, words: str, **submitter: object) -> Item:
    at = f"2026-10-{day:02}T1{{}}:00:00+08:00"
    return said(
        day,
        f"第 {day} 天付款报错",
        event("resolve", at.format(1), result="好了"),
        event("reply", at.format(2), channel="phone", text="好了"),
        event("follow-up", at.format(3), verdict=verdict, words=words),
        submitter=submitter or None,
    )


def quoted(themes: Sequence[Theme]) -> list[str]:
    return [voice.item for theme in themes for voice in theme.voices]


def test_the_typical_one_comes_first_and_the_odd_one_after_it(choose: Choose) -> None:
    typical = said(2, f"{FAILS}，试了三次")
    items = [
        said(1, "付款报错，提示系统繁忙，扣了钱"),
        typical,
        said(3, "最后一步报错，试了三次还是系统繁忙"),
        said(4, "发票抬头能不能自己改"),
    ]
    [theme] = choose(items)
    assert (theme.kind, theme.category, theme.n) == ("category", "product/payment", 4)
    assert theme.voices[0].item == typical.id
    assert items[3].id in quoted([theme])


def test_what_is_quoted_does_not_depend_on_the_order_of_files(choose: Choose) -> None:
    items = [said(day, f"{FAILS}，第 {day} 次了，{'很' * day}急") for day in range(1, 9)]
    assert choose(items) == choose(items[::-1])


def test_words_that_say_the_same_one_person_and_one_matter_are_quoted_once(choose: Choose) -> None:
    first = said(1, f"{FAILS}，试了三次")
    same = said(2, f"{FAILS}，试了三次了")
    mine = said(3, "发票抬头写错了，改不了", submitter={"ref": "5b1c6e0a"})
    again = said(4, "退款一直不到账，问谁都不知道", submitter={"ref": "5b1c6e0a"})
    other = said(5, "银行扣了两笔", event("duplicate", "2026-10-05T11:00:00+08:00", of=first.id))
    found = quoted(choose([first, same, mine, again, other]))
    assert len(found) == 2
    assert not {first.id, same.id, other.id}.isdisjoint(found)
    assert not {mine.id, again.id}.isdisjoint(found)


@pytest.mark.parametrize("kind", ["spam", "abuse", "invalid", "withdrawn"])
def test_what_was_rejected_is_never_quoted(choose: Choose, kind: str) -> None:
    rejected = said(1, FAILS, event("reject", "2026-10-01T11:00:00+08:00", kind=kind))
    assert choose([rejected]) == ()


def test_what_was_erased_is_never_quoted_even_where_it_was_erased_after_the_period(choose: Choose) -> None:
    erased = heard(1, "satisfied", "很快，谢谢")
    later = event("erase", "2027-01-05T09:00:00+08:00", by="he.miao", request="7")
    assert len(quoted(choose([erased]))) == 2
    gone = Item.model_validate({**erased.model_dump(), "history": [*erased.model_dump()["history"], later]})
    assert choose([gone]) == ()


def test_a_high_value_customer_is_never_quoted(choose: Choose) -> None:
    assert choose([heard(1, "unsatisfied", "又漏了", kind="high-value")]) == ()


def test_who_wished_to_stay_anonymous_is_quoted_only_where_others_are_too_few(choose: Choose) -> None:
    hidden = said(1, "卫生间没有纸，连续三周", submitter={"kind": "anonymous"})
    few = [said(2, FAILS), said(3, "发票抬头能不能自己改"), said(4, "退款一直不到账")]
    assert hidden.id in quoted(choose([hidden, *few[:1]]))
    assert hidden.id not in quoted(choose([hidden, *few]))


def test_categories_with_one_item_are_told_together_and_praise_apart(choose: Choose) -> None:
    items = [said(1, FAILS), said(2, "物流太慢了，等了五天", category="service/refund")]
    [theme] = choose(items)
    assert (theme.kind, theme.n, len(theme.voices)) == ("others", 2, 2)


def test_praise_has_a_theme_of_its_own(choose: Choose) -> None:
    praise = said(3, "护照落在柜台，追出来还给我", category="praise/staff")
    assert [(one.kind, one.n) for one in choose([said(1, FAILS), praise])] == [("others", 1), ("praise", 1)]


def test_words_afterwards_are_the_last_of_each_item_by_verdict(choose: Choose) -> None:
    glad, sad = heard(1, "satisfied", "很快，没有绕圈子"), heard(2, "neutral", "钱退了，就是太慢")
    themes = {one.kind: one for one in choose([glad, sad])}
    assert [voice.item for voice in themes["satisfied"].voices] == [glad.id]
    assert [(voice.item, voice.verdict) for voice in themes["unsatisfied"].voices] == [(sad.id, "neutral")]


def test_a_voice_speaks_the_words_of_its_follow_up_without_names(choose: Choose, policy: Policy, stand: Stand) -> None:
    item = heard(1, "satisfied", "何淼很耐心，电话 13812345678")
    theme = choose([item])[-1]
    [standing] = stand([item], UNTIL)
    names = quoting.staff(policy)
    assert words_of(theme.voices[0], standing, names) == "***很耐心，电话 138****5678"


def test_there_are_at_most_three_of_a_theme_and_none_of_nothing(choose: Choose) -> None:
    different = ["付款报错", "发票抬头错", "快递放在雨里", "热线没人接", "杯子碎了", "券不能用"]
    [theme] = choose([said(day, f"{words}，请处理一下") for day, words in enumerate(different, 1)])
    assert len(theme.voices) == QUOTES
    assert choose([]) == ()
