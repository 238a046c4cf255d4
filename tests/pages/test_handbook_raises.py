"""The handbook says what raises urgency and impact exactly as triage.yml has it."""

from dataclasses import replace

from tests.sample_desk import policy

from git_feedback.pages.handbook import handbook
from git_feedback.pages.handbook_raises import raises
from git_feedback.policy.triage_files import TriageFile


def said(language: str, **triage: object) -> str:
    other = replace(policy(), triage=TriageFile.model_validate(triage)) if triage else policy()
    return "\n".join(raises(other, language))


def test_thresholds_raises_conditions_and_permission_are_named_in_both_languages() -> None:
    zh, en = said("zh"), said("en")
    assert "- 普遍：同一件事有 3 位及以上不同的提交者" in zh
    assert "影响 +1" in zh
    assert "- 资金被盗，P0：命中 `leak-zh` 或 `leak-en` 的词；类别为 支付与账单 或 退款" in zh
    assert "定为 P0 或取消它，需要主管或更高的角色" in zh
    assert "- systemic from 10 different submitters" in en
    assert "impact +2" in en
    assert "- Submitter “Key customer”: urgency +1" in en
    assert "- Money of many customers, P0: category Payment and billing or Refunds; scope systemic" in en


def test_what_the_policy_changes_the_handbook_changes() -> None:
    changed = said("zh", common_from=5, systemic_from=40, common={"urgency": 1, "impact": 2}, systemic={})
    assert "同一件事有 5 位及以上" in changed
    assert "紧急度 +1、影响 +2" in changed
    assert "不加" in changed
    assert "主管" not in changed
    assert "P0" not in changed


def test_every_kind_of_condition_has_words() -> None:
    when = {
        "alarm": ["law-zh"], "words": ["上了热搜"], "category": ["product", "product/bug"],
        "channel": ["social-media"], "submitter": ["anonymous"], "scope": ["common"],
    }  # fmt: skip
    one = {"id": "all", "name": {"en": "All | of it", "zh": "全部"}, "when": when, "level": "P1"}
    zh, en = said("zh", conditions=[one]), said("en", conditions=[one])
    assert "提到 上了热搜；类别为 `product` 或 故障；渠道为 社交媒体；提交者为 匿名；范围为 普遍" in zh
    assert "words of `law-zh`; it says 上了热搜; category `product` or Fault; channel Social media" in en


def test_the_section_stands_on_the_page_of_levels() -> None:
    page = handbook(policy(), "zh")["handbook/levels.md"]
    assert page.index("什么会提高紧急度和影响") > page.index("| 5 |")
