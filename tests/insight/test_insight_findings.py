"""Three sentences about a month: what they rest on, and that they can be said in both languages."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest

from git_feedback.desk import Standing
from git_feedback.i18n import LANGUAGES, codes
from git_feedback.insight import Finding, duration, figures, month_name, percent, said
from git_feedback.insight.courses import Course
from git_feedback.insight.findings import Look, gain, loss
from git_feedback.model import Item
from git_feedback.policy import Policy

Stand = Callable[[Sequence[Item], str], list[Standing]]
ISSUED = "2026-11-02T09:00:00+08:00"
NAMES = {"product/payment": "支付与账单"}
EVERY: dict[str, str | int | float] = {
    "month": "2026-09", "category": "product/payment", "clock": "respond", "level": "P1", "total": 1284,
    "before": 1211, "amount": 63, "late": 5, "closed": 2, "share": 0.914, "share_before": 0.896, "hours": 96.0,
    "hours_before": 144.0, "kinds": 16,
}  # fmt: skip
CODES = sorted(code for code in codes("en") if code.startswith("finding-"))


def _findings(policy: Policy, stand: Stand, items: Sequence[Item], month: str) -> list[Finding]:
    return list(figures(stand(items, ISSUED), policy, month, datetime.fromisoformat(ISSUED)).findings)


def test_more_feedback_names_the_category_that_grew_most(policy: Policy, stand: Stand, items: list[Item]) -> None:
    volume = _findings(policy, stand, items, "2026-10")[0]
    assert volume.code == "finding-volume-more"
    assert volume.values["category"] == "product/payment"
    assert (volume.values["amount"], volume.values["before"], volume.values["total"]) == (2, 7, 10)


def test_less_feedback_names_the_category_that_shrank_most(policy: Policy, stand: Stand, items: list[Item]) -> None:
    kept = [one for one in items if one.received.month == 9 or "3 元" in one.title]
    volume = _findings(policy, stand, kept, "2026-10")[0]
    assert (volume.code, volume.values["category"]) == ("finding-volume-fewer", "product/payment")
    assert volume.values["amount"] == 3


def test_the_first_month_names_the_most_frequent_category(policy: Policy, stand: Stand, items: list[Item]) -> None:
    october = [one for one in items if one.received.month == 10]
    assert _findings(policy, stand, october, "2026-10")[0].values["category"] == "product/payment"
    assert _findings(policy, stand, october, "2026-10")[0].code == "finding-volume-first"
    assert _findings(policy, stand, items, "2026-09")[2].code == "finding-better-first"


def test_where_two_categories_came_equally_often_none_came_most(
    policy: Policy, stand: Stand, items: list[Item]
) -> None:
    found = _findings(policy, stand, items, "2026-09")[0]
    assert (found.code, found.values) == ("finding-volume-spread", {"total": 7, "kinds": 3})


def test_lateness_is_traced_to_a_clock_and_to_closed_hours(policy: Policy, stand: Stand, items: list[Item]) -> None:
    late = _findings(policy, stand, items, "2026-10")[1]
    assert late.code == "finding-late-all-closed"
    assert (late.values["total"], late.values["late"], late.values["amount"]) == (19, 5, 2)
    assert (late.values["clock"], late.values["level"]) == ("resolve", "P1")


def test_where_nothing_was_late_it_says_so(policy: Policy, stand: Stand, items: list[Item]) -> None:
    in_time = [one for one in items if "押金" in one.title]
    assert _findings(policy, stand, in_time, "2026-09")[1] == Finding("finding-late-none", {"total": 2})


def _satisfied(month: str, yes: int, no: int) -> Look:
    return Look(month, (), (), (), (), (True,) * yes + (False,) * no)


def _answers(month: str, items: Sequence[Standing], *hours: int) -> Look:
    """A month in which the same item was first answered after so many hours each."""
    came = items[0].item.received
    courses = tuple(Course(items[0], came + timedelta(hours=after), None, None, ()) for after in hours)
    return Look(month, (), courses, (), (), ())


def test_what_rests_on_fewer_than_three_is_not_called_better() -> None:
    assert gain(_satisfied("2026-10", 2, 0), _satisfied("2026-09", 1, 40)).code == "finding-better-none"
    assert gain(_satisfied("2026-10", 3, 0), _satisfied("2026-09", 1, 40)).code == "finding-better-satisfied"


def test_what_chance_does_as_easily_is_called_neither_better_nor_worse(
    policy: Policy, stand: Stand, items: list[Item]
) -> None:
    few, many = (_satisfied("2026-10", 12 * n, 4 * n) for n in (1, 20))
    few_before, many_before = (_satisfied("2026-09", 8 * n, 8 * n) for n in (1, 20))
    assert gain(few, few_before) == Finding("finding-better-none", {"month": "2026-09"})
    assert gain(many, many_before).values == {"month": "2026-09", "share_before": 0.5, "share": 0.75}
    assert loss(few_before, few) is None
    assert (worse := loss(many_before, many)) and worse.code == "finding-worse-satisfied"
    found = _findings(policy, stand, items, "2026-10")
    assert [one.code for one in found[2:]] == ["finding-better-none"], "seventeen items in two months tell nothing"


def test_the_median_is_told_where_nearly_all_answers_came_sooner(
    policy: Policy, stand: Stand, items: list[Item]
) -> None:
    found = stand(items, ISSUED)
    sooner, later = (
        _answers(*month) for month in (("2026-10", found, *range(1, 13)), ("2026-09", found, *range(9, 21)))
    )
    assert gain(sooner, later) == Finding(
        "finding-better-respond", {"month": "2026-09", "hours_before": 14.5, "hours": 6.5}
    )
    assert loss(later, sooner) == Finding(
        "finding-worse-respond", {"month": "2026-10", "hours_before": 6.5, "hours": 14.5}
    )
    assert loss(_answers("2026-10", found, 1, 40, 2), _answers("2026-09", found, 1, 2, 3)) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_finding_can_be_said(code: str, language: str) -> None:
    sentence = said(Finding(code, EVERY), language, NAMES)
    assert "{" not in sentence
    assert sentence.endswith("。" if language == "zh" else ".")


@pytest.mark.parametrize("code", CODES)
def test_chinese_sentences_have_chinese_marks(code: str) -> None:
    sentence = said(Finding(code, EVERY), "zh", NAMES)
    assert not re.search(r"[,;:?()]\s?[一-鿿]|[一-鿿]\s?[,;:?()]", sentence)
    assert not re.search(r"[一-鿿][A-Za-z0-9]|[A-Za-z0-9%][一-鿿]", sentence)


def test_a_finding_reads_as_a_sentence() -> None:
    values: dict[str, str | int | float] = {
        "category": "product/payment",
        "month": "2026-09",
        "amount": 63,
        "share": 0.17,
        "before": 1211,
        "total": 1284,
    }
    more = Finding("finding-volume-more", values)
    assert said(more, "zh", NAMES) == "支付与账单比 9 月多 63 件，占全部反馈的 17 %；总数由 1,211 件变为 1,284 件。"
    assert said(more, "en", {"product/payment": "Payment"}) == (
        "Payment: 63 more than in September, now 17 % of all. All together went from 1,211 to 1,284."
    )


@pytest.mark.parametrize(
    ("hours", "zh", "en"),
    [
        (0.2, "12 分", "12 minutes"),
        (1 / 60, "1 分", "1 minute"),
        (1, "1 小时", "1 hour"),
        (1.63, "1.6 小时", "1.6 hours"),
        (21.4, "21 小时", "21 hours"),
        (96, "4 天", "4 days"),
    ],
)
def test_a_duration_takes_the_unit_of_its_size(hours: float, zh: str, en: str) -> None:
    assert (duration(hours, "zh"), duration(hours, "en")) == (zh, en)


def test_only_a_full_share_says_a_hundred_per_cent() -> None:
    assert [percent(share) for share in (0, 0.0001, 0.914, 0.9999, 1)] == ["0 %", "0.1 %", "91.4 %", "99.9 %", "100 %"]


def test_months_have_names() -> None:
    assert (month_name("2026-10", "zh"), month_name("2026-10", "en")) == ("10 月", "October")
