"""Labelled lines: what the rules of this repository make of them, and what a file of lines may hold."""

from functools import cache
from pathlib import Path

import pytest
from tests.sample_desk import item, policy

from git_feedback.jobs.evaluating import hits_of
from git_feedback.notation import Bad
from git_feedback.text import language
from git_feedback.triage import Rules
from git_feedback.triage.lines import Found, Line, compared, lines_of

LINES = Path(__file__).parents[1] / "cases" / "triage" / "lines.yml"
RULES = Rules(policy())


@cache
def lines() -> list[Line]:
    return lines_of(LINES.read_bytes())


def found(told: list[Line]) -> Found:
    texts = {line.text: item().model_copy(update={"title": line.text, "text": None}) for line in told}
    return compared(told, {text: hits_of(one, RULES) for text, one in texts.items()})


def test_two_hundred_lines_of_both_languages_are_recalled_and_little_else_is_found() -> None:
    both = [language(line.text) for line in lines()]
    assert len({line.text for line in lines()}) == len(lines()) >= 200
    assert min(both.count("zh"), both.count("en")) >= 80
    whole = found(lines())
    said = [(line.place, line.text, sorted(missing), sorted(extra)) for line, missing, extra in whole.wrong]
    assert whole.recall >= 0.98, said
    assert whole.precision >= 0.90, said


@pytest.mark.parametrize("text", [
    "退 款", "退\u200d款", "r.e.f.u.n.d", "re-fund", "ＲＥＦＵＮＤ", "退/款", "退﹒款", "R E F U N D", "退・款",
])  # fmt: skip
def test_a_word_in_disguise_is_shown_as_the_word_of_the_rule(text: str) -> None:
    match = RULES.decides(item().model_copy(update={"title": text, "text": None}))
    assert match
    assert match.rule.category == "service/refund"
    assert match.words in (("退款",), ("refund",))


@pytest.mark.parametrize("text", [
    "没有起火也没有冒烟", "There was no fire and no smoke", "neither smoke nor fire", "不紧急", "非紧急", "无人受伤",
    "no one was injured", "没 有 起 火", "It's not so urgent", "non-urgent",
])  # fmt: skip
def test_what_is_denied_in_any_way_raises_no_alarm(text: str) -> None:
    assert RULES.alarms(item().model_copy(update={"title": text, "text": None})) == ()


@pytest.mark.parametrize("text", [
    "不处理就起诉", "不得不投诉", "没人管我要投诉", "一直没人接 紧急", "没解决要投诉", "no refund, this is urgent",
    "没人回复只好投诉", "不是没有起火",
])  # fmt: skip
def test_a_denial_of_something_else_hides_no_alarm(text: str) -> None:
    assert RULES.alarms(item().model_copy(update={"title": text, "text": None}))


def test_what_is_missing_and_what_is_too_much_is_named() -> None:
    told = lines_of("- {text: 插座起火, alarms: [danger]}\n- {text: 很好, alarms: [law], category: ''}\n".encode())
    whole = compared(told, {"插座起火": frozenset({("alarm", "danger"), ("alarm", "haste")}), "很好": frozenset()})
    assert (whole.right, whole.wanted, whole.said) == (1, 2, 2)
    assert [(line.line, missing, extra) for line, missing, extra in whole.wrong] == [
        (1, frozenset(), {("alarm", "haste")}),
        (2, {("alarm", "law")}, frozenset()),
    ]


def test_a_category_counts_only_where_a_line_speaks_of_one() -> None:
    silent, none = lines_of("- {text: 退款}\n- {text: 退款, category: ''}\n".encode())
    hits = {"退款": frozenset({("category", "service/refund")})}
    assert compared([silent], hits).wrong == ()
    assert len(compared([none], hits).wrong) == 1


@pytest.mark.parametrize("source", [
    "a: b", "- 退款", "- {alarms: [danger]}", "- {text: 退款, alarm: [danger]}", "- {text: 退款, alarms: danger}",
    "- {text: 退款, category: [a]}", "- {text: [a]}",
])  # fmt: skip
def test_what_is_no_labelled_line_is_refused_with_its_place(source: str) -> None:
    with pytest.raises(Bad) as bad:
        lines_of(source.encode())
    assert bad.value.faults[0].line == 1


def test_every_alarm_and_category_that_a_line_names_is_one_of_the_policy() -> None:
    kinds = {rule.id.rsplit("-", 1)[0] for rule in policy().alarms}
    assert {kind for line in lines() for kind in line.alarms} == kinds
    assert {line.category for line in lines() if line.category} <= set(policy().categories)
