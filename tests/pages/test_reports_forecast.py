"""The chapter on the next eight weeks: what is shown, what is not, and why."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache

import pytest
from tests.insight.arriving import scattered, weekly
from tests.sample_desk import policy

from git_feedback.desk import standings
from git_feedback.i18n import LANGUAGES
from git_feedback.insight import Period
from git_feedback.insight.forecast import NoSeasons
from git_feedback.model import Item
from git_feedback.pages.reports import MONTH
from git_feedback.pages.reports.chapters import forecast
from git_feedback.pages.reports.document import Chart, Paragraph, Part, Points, Table
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

PAYMENT, REFUND, PRAISE = "product/payment", "service/refund", "praise/staff"


@cache
def desk() -> tuple[Item, ...]:
    """Sixty weeks from January 2025: payment every day, refunds once a month, praise as much as the week before."""
    return (
        *weekly(scattered(60, 4), PAYMENT),
        *weekly([int(week % 4 == 0) for week in range(60)], REFUND, start=1000),
        *weekly([5 * (week // 12 + 1) for week in range(60)], PRAISE, start=2000),
    )


def material(items: Sequence[Item], period: str = "2026-02") -> Material:
    found = Period.parse(period)
    until = found.bounds(policy().zone)[1] - timedelta(seconds=1)
    return Material(policy(), found, until, standings(items, policy(), until))


def told(items: Sequence[Item], language: str, period: str = "2026-02") -> list[Part]:
    made = material(items, period)
    return list(forecast.tell(forecast.find(made), made, Speech(policy(), language)))


def sentences(parts: Sequence[Part]) -> list[str]:
    return [part.text for part in parts if isinstance(part, Paragraph)]


def test_a_month_has_the_chapter_before_its_appendix() -> None:
    assert [one.NAME for one in MONTH][-2:] == ["forecast", "appendix"]


def test_the_tables_show_what_beat_last_week_and_name_the_error_of_both() -> None:
    by_week, worth = (part for part in told(desk(), "en") if isinstance(part, Table))
    names = [row[0].text for row in by_week.rows]
    assert names == [row[0].text for row in worth.rows] and "Payment and billing" in names
    assert by_week.head[1:] == ("23 Feb", "2 Mar", "9 Mar", "16 Mar", "23 Mar", "30 Mar", "6 Apr", "13 Apr")
    for row in worth.rows:
        wrong, as_before, gain, origins = (cell.number for cell in row[3:])
        assert wrong is not None and as_before is not None and gain is not None
        assert wrong < as_before and gain > 0 and origins == 11


def test_what_did_not_beat_last_week_is_named_with_both_numbers_and_what_is_rare_without() -> None:
    [points] = (part for part in told(desk(), "zh") if isinstance(part, Points))
    praise, rare = (point.text for point in points.points)
    assert praise.startswith("表扬员工：不给出预测。在 11 个月的月底检验，平均每周相差 ")
    assert "并不比照搬上一周（相差 1.7 件）更准" in praise
    assert rare == "1 个类别件数太少或历史太短：退款。"


def test_the_figure_of_the_weeks_before_leads_to_its_items() -> None:
    worth = [part for part in told(desk(), "en") if isinstance(part, Table)][1]
    [payment] = [row for row in worth.rows if row[0].text == "Payment and billing"]
    assert payment[1].query == "state:all category:product/payment received:2025-12-29..2026-02-22"
    assert payment[1].number == sum(scattered(60, 4)[51:59])


def shown(language: str) -> list[Part]:
    """Of a desk whose only category beats last week: the whole is shown too."""
    return told(tuple(weekly(scattered(60, 4), PAYMENT)), language)


@pytest.mark.parametrize(
    ("language", "begins"),
    [
        (
            "en",
            [
                "The 8 weeks from 23 February are expected to bring about ",
                "Made again at each of the last 11 month ends",
            ],
        ),
        ("zh", ["自 2 月 23 日起的 8 周预计约收到 ", "在最近 11 个月的月底各重做一次"]),
    ],
)
def test_it_begins_with_how_many_and_how_good_it_was(language: str, begins: list[str]) -> None:
    for sentence, begin in zip(sentences(shown(language)), begins, strict=False):
        assert sentence.startswith(begin)


def test_the_fan_stands_on_the_last_half_year() -> None:
    [fan] = (part for part in shown("zh") if isinstance(part, Chart))
    assert fan.name == "fan" and len(fan.rows) == 26 + 8


def test_that_the_first_week_has_begun_is_said_only_where_it_has() -> None:
    # February 2026 ends on a Saturday, six days into the week; May 2026 on a Sunday, with the week.
    long = tuple(weekly(scattered(80, 4), PAYMENT))
    assert sentences(told(long, "en"))[-2].endswith(" 6 days of the first week are over already.")
    assert not any("over already" in said for said in sentences(told(long, "en", "2026-05")))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "All feedback: no forecast yet, for only 7 whole weeks are known. From 2 September 2025 on"),
        ("zh", "全部反馈：历史太短，还不能预测，目前只有 7 个整周。到 2025 年 9 月 "),
    ],
)
def test_a_young_desk_gets_one_sentence(language: str, said: str) -> None:
    [only] = told(desk(), language, "2025-02")
    assert isinstance(only, Paragraph) and only.text.startswith(said[:50])


def test_a_desk_without_items_says_that_nothing_is_known() -> None:
    assert sentences(told((), "zh")) == ["全部反馈：还没有一个整周的记录，不能预测。"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_the_library_one_sentence_says_what_to_install(language: str) -> None:
    [only] = forecast.tell(forecast.Found(None), material(desk()), Speech(policy(), language))
    assert isinstance(only, Paragraph) and "git-feedback[reports]" in only.text
    assert issubclass(NoSeasons, Exception)


def test_the_order_of_items_changes_nothing() -> None:
    assert forecast.find(material(desk())) == forecast.find(material(desk()[::-1]))


def test_what_comes_after_the_month_changes_nothing() -> None:
    early = [one for one in desk() if one.received.isoformat() < "2026-01"]
    assert forecast.find(material(desk(), "2025-12")) == forecast.find(material(early, "2025-12"))
