"""Problems: every error has a place, a code with words, and one line for people."""

from typing import Literal

import pytest
from pydantic import BaseModel, Field, ValidationError
from tests.sample_desk import PAYMENT

from git_feedback.model import Problem, translated
from git_feedback.store import BadItem, read


def problems(text: str) -> list[Problem]:
    with pytest.raises(BadItem) as caught:
        read(text.encode(), file="feedback/2026/11/反馈.yml")
    return list(caught.value.problems)


@pytest.mark.parametrize(("old", "new", "line", "column", "code"), [
    ("channel: web-form\n", "", 1, 1, "missing-field"),
    ("language: zh", "语言: zh", 5, 1, "unknown-field"),
    ("kind: returning", "kind: 老客户", 10, 3, "not-allowed"),
    ("language: zh", "language: 中文", 5, 1, "bad-form"),
    ("title: 支付页面报错", f"title: {'长' * 301}", 6, 1, "too-long"),
    ("title: 支付页面报错", "title: ''", 6, 1, "empty-field"),
    ("product: App", "rating: 6", 11, 1, "out-of-range"),
    ("product: App", "rating: yes", 11, 1, "bad-integer"),
    ("product: App", "product: [甲, 乙]", 11, 1, "wrong-shape"),
    ("product: App", "submitter2: {}", 11, 1, "unknown-field"),
    ("received: 2026-11-19T09:31:00+08:00", "received: 昨天", 2, 1, "bad-moment"),
    ("received: 2026-11-19T09:31:00+08:00", "received: 1970-01-01T00:00:00Z", 2, 1, "out-of-range"),
    ("id: Q261119-0AAJN0D", "id: Q261119-0AAJN0E", 1, 1, "bad-id"),
    ("product: App", "point: {lat: 91, lon: 12}", 11, 9, "out-of-range"),
])  # fmt: skip
def test_a_wrong_field_is_placed_at_its_line_and_column(old: str, new: str, line: int, column: int, code: str) -> None:
    found = problems(PAYMENT.replace(old, new))
    assert [(one.line, one.column, one.code) for one in found] == [(line, column, code)]


def test_a_problem_is_one_line_with_place_fact_and_way_out_in_both_languages() -> None:
    (problem,) = problems(PAYMENT.replace("channel: web-form\n", ""))
    assert problem.said("en") == "feedback/2026/11/反馈.yml:1:1: missing-field: 'channel' is missing; add it"
    assert problem.said("zh") == "feedback/2026/11/反馈.yml:1:1: missing-field: 缺少“channel”；请补上"
    assert (problem.message, problem.hint) == ("'channel' is missing", "add it")


def test_every_error_of_a_file_is_told_at_once_in_the_order_of_its_lines() -> None:
    text = PAYMENT.replace("zh\n", "中文\n").replace("returning", "老客户") + "rating: 9\n"
    assert [one.code for one in problems(text)] == ["bad-form", "not-allowed", "out-of-range"]


def test_errors_of_events_stand_at_their_own_entry_even_behind_a_misshapen_one() -> None:
    text = PAYMENT + (
        "history:\n"
        "  - 处理: {at: 2026-11-19T10:00:00+08:00, by: li.lei}\n"
        "  - note: {at: 昨天, by: li.lei}\n"
        "    text: 顾客来电\n"
        "  - note: {at: 2026-11-19T10:00:00+08:00, by: li.lei}\n"
        '    text: ""\n'
    )
    assert [(one.line, one.code) for one in problems(text)] == [
        (13, "unknown-event"),
        (14, "bad-moment"),
        (17, "empty-field"),
    ]


def test_an_id_with_a_slip_in_a_file_of_the_right_name_is_told_that_name() -> None:
    wrong = PAYMENT.replace("id: Q261119-0AAJN0D", "id: Q261119-0AAJN0E").encode()
    for stem, way_out in (("Q261119-0AAJN0D", "Q261119-0AAJN0D"), ("反馈", "重新复制编号")):
        with pytest.raises(BadItem) as caught:
            read(wrong, file=f"feedback/2026/11/{stem}.yml")
        (problem,) = caught.value.problems
        assert problem.line == 1
        assert way_out in problem.way_out("zh")


def test_a_wrong_id_of_another_item_is_not_told_the_name_of_this_file() -> None:
    text = f"{PAYMENT}history:\n  - duplicate: {{at: 2026-11-19T10:00:00+08:00, by: li.lei, of: Q261119-0AAJN0E}}\n"
    with pytest.raises(BadItem) as caught:
        read(text.encode(), file="feedback/2026/11/Q261119-0AAJN0D.yml")
    assert [one.code for one in caught.value.problems] == ["bad-id"]


class Shelf(BaseModel):
    """A list with a least and a greatest length."""

    kinds: tuple[Literal["new", "returning", "anonymous"], ...] = Field(min_length=1, max_length=2)


def told(*kinds: str) -> list[Problem]:
    with pytest.raises(ValidationError) as caught:
        Shelf.model_validate({"kinds": kinds})
    return translated(caught.value, "反馈.yml", {})


def test_a_list_whose_entries_are_wrong_is_not_called_empty_too() -> None:
    assert [one.code for one in told("老客户")] == ["not-allowed"]
    assert [one.code for one in told()] == ["empty-field"]
    assert [one.code for one in told("new", "new", "returning")] == ["too-many"]


def test_what_is_allowed_is_listed_the_way_the_language_lists() -> None:
    (problem,) = told("老客户")
    assert problem.said("zh").endswith("可用：new、returning、anonymous")
    assert problem.said("en").endswith("use one of new, returning, anonymous")


def test_a_history_that_is_no_list_is_named() -> None:
    for value in ("{}", "已处理"):
        assert [one.code for one in problems(f"{PAYMENT}history: {value}\n")] == ["not-a-list"]


def test_a_long_value_is_cut_in_the_message() -> None:
    (problem,) = problems(PAYMENT.replace("kind: returning", f"kind: {'很' * 200}"))
    assert len(problem.said("zh")) < 200
