"""Triage by rules: what is said decides, what is denied does not, and every decision names its reason."""

from datetime import datetime, timedelta

import pytest
from tests.sample_desk import NOW, item, policy

from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.triage import Rules, Suggestion

MOMENT = datetime.fromisoformat(NOW)
RULES = Rules(policy())


def says(title: str, text: str | None = None, **changed: object) -> Item:
    return item().model_copy(update={"title": title, "text": text, **changed})


def suggest(title: str, text: str | None = None, **changed: object) -> Suggestion:
    return RULES.suggest(says(title, text, **changed), MOMENT)


def category(title: str) -> str | None:
    event = suggest(title).event
    return event.category if event else None


@pytest.mark.parametrize(("words", "expected"), [
    ("收银机又坏了", "product/store-system"), ("The till is broken again", "product/store-system"),
    ("退款三周没到账", "service/refund"), ("Where is my refund?", "service/refund"),
    ("App 一打开就闪退", "product/bug"), ("The app crashes at start", "product/bug"),
    ("快递柜取件码没收到", "service/logistics"), ("My parcel never arrived", "service/logistics"),
    ("店员很耐心，点赞", "praise/staff"), ("She was so kind and patient", "praise/staff"),
    ("充电宝冒烟了", "complaint/safety"), ("The charger caught fire", "complaint/safety"),
    ("登录不了", "process/account"), ("I cannot log in", "process/account"),
])  # fmt: skip
def test_words_of_both_languages_give_the_category(words: str, expected: str) -> None:
    assert category(words) == expected


@pytest.mark.parametrize("words", ["这不是故障", "没有起火", "not a bug", "There was no smoke", "从未闪退", "没有出错"])
def test_what_is_denied_is_no_hit(words: str) -> None:
    assert category(words) is None
    assert suggest(words).alarms == ()


@pytest.mark.parametrize("words", ["不是没有故障", "不是慢，而是闪退", "有没有故障？"])
def test_a_denial_that_denies_something_else_does_not_hide_the_hit(words: str) -> None:
    assert category(words) == "product/bug"


@pytest.mark.parametrize(
    "words", ["ＡＰＰ　ＣＲＡＳＨＥＳ", "闪\u200b退", "閃退", "當機: 閃退了", "ｃｒａｓｈ", "CRASH!", "闪\u2060退"]
)
def test_width_case_invisible_characters_and_traditional_script_hide_nothing(words: str) -> None:
    assert category(words) == "product/bug"


def test_an_alarm_raises_urgency_and_never_lowers_anything() -> None:
    plain, urgent = suggest("退款没到账").event, suggest("退款没到账，要起诉你们").event
    assert plain
    assert urgent
    assert (plain.urgency, plain.impact) == (4, 3)
    assert (urgent.urgency, urgent.impact) == (5, 3)
    assert [match.rule.id for match in suggest("退款没到账，要起诉你们").alarms] == ["law-zh"]
    calm = suggest("电池冒烟，很急，紧急").event
    assert calm
    assert (calm.urgency, calm.impact) == (5, 5)


def test_because_names_the_words_the_rule_and_what_was_raised() -> None:
    event = suggest("退款没到账，要起诉你们").event
    assert event
    assert event.because == "keyword 退款; rule refund-zh; keyword 起诉; rule law-zh: urgency 5, impact 3"
    assert (event.by, event.at) == ("rules", MOMENT)


def test_what_no_rule_decides_stays_for_a_human_with_its_alarms() -> None:
    found = suggest("十万火急", "请尽快联系我")
    assert (found.event, found.level, found.department, found.owner) == (None, None, None, None)
    assert [match.rule.id for match in found.alarms] == ["haste-zh"]
    assert suggest("你好").alarms == ()


def test_a_suggestion_names_level_department_and_owner() -> None:
    found = suggest("支付页面报错")
    assert (found.level, found.department, found.owner) == ("P1", "payments", "ji.nan")


def test_the_text_counts_as_well_as_the_title_and_a_word_does_not_reach_from_one_into_the_other() -> None:
    assert suggest("你好", "App 闪退").event
    assert suggest("请问闪", "退一下可以吗").event is None


def test_a_word_in_latin_letters_is_whole() -> None:
    assert category("a debugger and an exploit") is None


def classified(by: str) -> Item:
    event = ev.Classify(at=MOMENT - timedelta(hours=1), by=by, category="other/suggestion", urgency=1, impact=1)
    return says("App 闪退", history=(event,))


@pytest.mark.parametrize("by", ["he.miao", "rules", "import"])
def test_nobody_classified_by_a_person_or_before_is_asked_for_again(by: str) -> None:
    assert list(RULES.undecided([classified(by)], MOMENT)) == []


def test_only_what_is_there_already_is_classified() -> None:
    later = says("App 闪退", received=MOMENT + timedelta(days=1))
    here = says("App 闪退")
    assert list(RULES.undecided([later, here], MOMENT)) == [here]


def test_what_was_rejected_before_anybody_classified_it_needs_no_classification() -> None:
    event = ev.Reject(at=MOMENT - timedelta(hours=1), by="he.miao", kind="spam")
    assert list(RULES.undecided([says("App 闪退", history=(event,))], MOMENT)) == []


@pytest.mark.parametrize("keyword", [*policy().alarms, *policy().rules], ids=lambda keyword: keyword.id)
def test_every_word_of_every_rule_can_be_hit(keyword: object) -> None:
    from git_feedback.policy import Keyword
    from git_feedback.text import find, fold

    assert isinstance(keyword, Keyword)
    for word in keyword.words:
        assert find(fold(word), fold(f"说：{word}。")), word
