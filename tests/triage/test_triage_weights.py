"""Weights: what raises urgency and impact, in which order, and how the reason is written and read again."""

from dataclasses import replace
from typing import Any

import pytest
from tests.triage.crowd import IDS, MOMENT, POLICY, classified, said

from git_feedback.model import Item
from git_feedback.policy import Policy, load
from git_feedback.policy.triage_files import TriageFile
from git_feedback.triage import Rules
from git_feedback.triage.scope import SINGLE, Scope
from git_feedback.triage.weights import Score, Weights, reasons_of, score

COMMON = Scope("common", 3, (IDS[1], IDS[2]), MOMENT)
SYSTEMIC = Scope("systemic", 12, IDS[1:14], MOMENT)
PLAIN = replace(POLICY, triage=TriageFile())


def ruled(**triage: object) -> Policy:
    """The policy with other rules of triage."""
    return replace(POLICY, triage=TriageFile.model_validate(triage))


def weighed(
    title: str, category: str, scope: Scope = SINGLE, policy: Policy = PLAIN, kind: str = "new", **changed: Any
) -> Score:
    one = words(title, kind, **changed)
    return score(one, policy.categories[category], policy, Rules(policy).alarms(one), scope)


def words(title: str, kind: str = "new", **changed: Any) -> Item:
    one = said(0, 1, title=title, text=None, **changed)
    assert one.submitter
    return one.model_copy(update={"submitter": one.submitter.model_copy(update={"kind": kind})})


def test_without_anything_else_the_category_weighs_and_nothing_is_written() -> None:
    found = weighed("页面字体有点小", "product/bug")
    assert (found.urgency, found.impact, found.scope, found.level) == (3, 4, "single", "P2")
    assert found.because == ""
    assert [reason.code for reason in found.reasons] == ["score-category"]
    assert found.reasons[0].said("zh", PLAIN) == "故障，还不知道别的情况时：紧急度 3，影响 4"


def test_a_common_matter_raises_impact_by_one_and_names_count_and_ids() -> None:
    found = weighed("打不开", "product/quality", COMMON)
    assert (found.urgency, found.impact, found.scope) == (3, 4, "common")
    assert found.because == f"scope common, 3 submitters, {IDS[1]} {IDS[2]}: urgency 3, impact 4"


def test_a_systemic_matter_raises_impact_by_two_and_names_ten_items_at_most() -> None:
    found = weighed("打不开", "product/quality", SYSTEMIC)
    assert (found.urgency, found.impact, found.scope) == (3, 5, "systemic")
    assert found.because.startswith("scope systemic, 12 submitters, ")
    assert found.because.count("Q261120-") == 10


def test_nothing_goes_beyond_five_and_the_scope_is_named_all_the_same() -> None:
    found = weighed("收银机起火了", "complaint/safety", COMMON)
    assert (found.urgency, found.impact) == (5, 5)
    assert found.because.endswith(f"scope common, 3 submitters, {IDS[1]} {IDS[2]}")
    assert found.scope == "common"


def test_alarms_come_first_and_submitter_and_scope_add_to_them() -> None:
    policy = ruled(submitter={"high-value": {"urgency": "+1"}}, common={"impact": "+1"})
    found = weighed("紧急：退款没到账", "service/refund", COMMON, policy, "high-value")
    assert (found.urgency, found.impact) == (5, 4)
    assert found.because == (
        f"submitter high-value: urgency 5, impact 3; scope common, 3 submitters, {IDS[1]} {IDS[2]}: urgency 5, impact 4"
    )
    assert weighed("退款没到账", "service/refund", policy=policy, kind="returning").because == ""


def test_words_of_an_alarm_may_say_that_it_concerns_all() -> None:
    policy = ruled(systemic_alarms=["outage-zh"])
    found = weighed("所有门店的会员积分查不到", "service/membership", policy=policy)
    assert found.scope == "systemic"
    assert "scope systemic, rule outage-zh" in found.because
    assert weighed("不是所有门店的积分都查不到", "service/membership", policy=policy).scope == "single"
    assert weighed("所有门店的积分查不到", "service/membership", SYSTEMIC, policy).because.count("12 submitters") == 1


@pytest.mark.parametrize(
    ("when", "title", "changed", "holds"),
    [
        ({"alarm": ["law-zh"]}, "我要起诉你们", {}, True),
        ({"alarm": ["law-zh"]}, "我不想起诉你们", {}, False),
        ({"category": ["product/quality"]}, "打不开", {}, True),
        ({"category": ["product"]}, "打不开", {}, True),
        ({"category": ["service"]}, "打不开", {}, False),
        ({"channel": ["social-media"]}, "打不开", {"channel": "social-media"}, True),
        ({"channel": ["social-media"]}, "打不开", {}, False),
        ({"words": ["上了热搜"]}, "没有上热搜", {}, False),
        ({"words": ["上了熱搜"]}, "这事已经上了热搜", {}, True),
        ({"words": ["stolen"]}, "My card was STOLEN", {}, True),
        ({"words": ["stolen"]}, "nothing was stolen", {}, False),
        ({"submitter": ["new"]}, "打不开", {}, True),
        ({"submitter": ["high-value"]}, "打不开", {}, False),
        ({"scope": ["common", "systemic"]}, "打不开", {}, True),
        ({"scope": ["systemic"]}, "打不开", {}, False),
        ({"alarm": ["law-zh"], "channel": ["phone"]}, "我要起诉你们", {}, False),
    ],
)  # fmt: skip
def test_a_condition_holds_where_all_that_it_names_is_true(
    when: dict[str, object], title: str, changed: dict[str, Any], holds: bool
) -> None:
    condition = {"id": "test", "name": {"en": "Test", "zh": "试验"}, "when": when, "level": "P0"}
    found = weighed(title, "product/quality", COMMON, ruled(conditions=[condition]), **changed)
    assert (found.level == "P0") is holds
    assert ("condition test, level P0: urgency 5, impact 5" in found.because) is holds


@pytest.mark.parametrize(("level", "weight"), [("P2", (3, 3)), ("P1", (4, 4)), ("P0", (5, 5)), ("P3", (2, 1))])
def test_a_condition_lifts_to_its_level_by_no_more_than_needed(level: str, weight: tuple[int, int]) -> None:
    condition = {"id": "lift", "name": {"en": "Lift", "zh": "提级"}, "when": {"words": ["谢谢"]}, "level": level}
    policy = ruled(conditions=[condition])
    category = policy.categories["praise/staff"].model_copy(update={"urgency": 2, "impact": 1})
    found = score(words("谢谢店员"), category, policy)
    assert (found.urgency, found.impact) == weight


def test_a_condition_never_lowers() -> None:
    condition = {"id": "low", "name": {"en": "Low", "zh": "低"}, "when": {"category": ["complaint"]}, "level": "P2"}
    found = weighed("起火了", "complaint/safety", policy=ruled(conditions=[condition]))
    assert (found.level, found.because.count("condition")) == ("P0", 0)


def test_a_condition_that_names_a_category_by_its_former_id_means_it() -> None:
    bug = POLICY.categories["product/bug"].model_copy(update={"was": ("fault/app",)})
    condition = {"id": "old", "name": {"en": "Old", "zh": "旧"}, "when": {"category": ["fault"]}, "level": "P0"}
    policy = ruled(conditions=[condition])
    policy = replace(policy, categories={**policy.categories, "product/bug": bug})
    assert weighed("打不开", "product/bug", policy=policy).level == "P0"


def test_what_the_desk_ships_calls_stolen_money_and_public_threats_top_level() -> None:
    stolen = weighed("银行卡被盗刷", "product/payment", policy=POLICY)
    assert (stolen.level, stolen.because.count("condition stolen-money, level P0")) == ("P0", 1)
    public = weighed("我已经找了律师", "service/refund", policy=POLICY, channel="social-media")
    private = weighed("我已经找了律师", "service/refund", policy=POLICY)
    assert (public.level, private.level) == ("P0", "P2")
    many = weighed("扣了两次钱", "product/payment", SYSTEMIC, POLICY)
    assert (many.level, "condition money-of-many" in many.because) == ("P0", True)


def test_more_people_later_add_only_what_is_new() -> None:
    weights, before = Weights(PLAIN), classified(urgency=3, impact=3)
    first = weights.widened(said(0, 1), before, (), COMMON)
    assert (first.urgency, first.impact) == (3, 4)
    after = classified(urgency=3, impact=4, scope="common")
    second = weights.widened(said(0, 1), after, (), SYSTEMIC)
    assert (second.urgency, second.impact, second.scope) == (3, 5, "systemic")
    assert [one.code for one in second.reasons] == ["score-before", "score-scope"]


# ---- the reasons again ------------------------------------------------------------------------------------------------


def test_what_is_written_is_read_again_in_both_languages() -> None:
    found = Rules(POLICY).suggest(words("扣了两次钱，要起诉你们", "high-value"), MOMENT, SYSTEMIC)
    assert found.event
    read = reasons_of(found.event.because)
    assert [one.code for one in read] == [one.code for one in found.reasons[1:]]
    assert [one.written for one in read] == [one.written for one in found.reasons[1:]]
    assert [one.said("zh", POLICY) for one in read] == [one.said("zh", POLICY) for one in found.reasons[1:]]
    assert read[0].said("zh", POLICY) == "提到 起诉（规则 law-zh）：紧急度 5，影响 4"
    assert read[-1].said("en", POLICY).startswith("systemic: 12 submitters with Q261120-")
    assert [one.part for one in read] == [("keyword", "law-zh"), ("scope", "systemic")]


@pytest.mark.parametrize(
    ("because", "zh", "en"),
    [
        ("submitter high-value: urgency 5, impact 3", "提交者：重要客户：紧急度 5，影响 3", "submitter: Key customer: urgency 5, impact 3"),
        ("scope systemic, rule outage-zh", "系统性：内容里这样说（规则 outage-zh）", "systemic: its words say so (rule outage-zh)"),
        ("condition safety, level P0: urgency 5, impact 5", "危及人身安全：直接定为 P0：紧急度 5，影响 5", "People are in danger: P0 at once: urgency 5, impact 5"),
        ("condition gone, level P0: urgency 5, impact 5", "gone：直接定为 P0：紧急度 5，影响 5", "gone: P0 at once: urgency 5, impact 5"),
    ],
)  # fmt: skip
def test_each_kind_of_reason_is_said_in_both_languages(because: str, zh: str, en: str) -> None:
    (read,) = reasons_of(because)
    assert (read.said("zh", POLICY), read.said("en", POLICY)) == (zh, en)


@pytest.mark.parametrize(
    "because",
    [None, "", "keyword 闪退; rule bug-zh", "客户说很急; 又打来电话", "condition x, level P0", "scope wide, 3"],
)
def test_other_words_are_no_such_reasons(because: str | None) -> None:
    assert reasons_of(because) == ()


def test_the_policy_that_ships_is_the_one_that_is_tested() -> None:
    assert load({}).policy is None
    assert POLICY.triage.submitter["high-value"].urgency == 1
