"""`triage --evaluate`: figures for people and programmes, and a gate that names what a change of words breaks."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.sample_desk import PAYMENT, Ran, Sample, git, sample

LINES = "tests/cases/triage/lines.yml"
OWN = """\
- {text: 退款三周没到账, category: service/refund}
- {text: 插座起火了, alarms: [danger], category: complaint/safety}
- {text: 没有起火}
- {text: 快递柜取件码没收到, category: service/logistics}
"""
CONFIRMED = PAYMENT + (
    "history:\n"
    "  - classify: {at: 2026-11-19T10:00:00+08:00, by: rules, category: product/payment, urgency: 4, impact: 4}\n"
    "  - classify: {at: 2026-11-19T10:30:00+08:00, by: he.miao, category: product/bug, urgency: 3, impact: 4}\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    made = sample(tmp_path, CONFIRMED)
    (tmp_path / LINES).parent.mkdir(parents=True)
    (tmp_path / LINES).write_text(OWN, encoding="utf-8")
    made.commit()
    return made


def told(desk: Sample, *words: str) -> tuple[Ran, dict[str, Any]]:
    ran = desk.run("triage", "--evaluate", "--format", "json", *words)
    return ran, json.loads(ran.out)


def change(desk: Sample, old: str, new: str) -> None:
    path = desk.root / "policy" / "keywords.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_confirmed_items_and_labelled_lines_are_judged_together(desk: Sample) -> None:
    ran, found = told(desk)
    assert ran.code == 0, ran.err
    assert found["examples"] == {"confirmed": 1, "labelled": 3}
    rules = found["ways"]["rules"]
    assert rules["accuracy"] == 0.75
    assert rules["per_category"]["service/refund"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "items": 1}
    assert rules["confusion"] == [{"given": "product/bug", "said": "product/payment", "n": 1}]
    assert found["lines"] == {"recall": 1.0, "precision": 1.0, "wrong": []}
    assert found["model_takes_over"] is False
    assert found["base"] is None


def test_what_people_corrected_is_told_by_month_here_and_in_stats(desk: Sample) -> None:
    month = {"month": "2026-11", "classified": 1, "confirmed": 0, "corrected": 1, "share": 1.0}
    assert told(desk)[1]["corrections"] == [month]
    assert json.loads(desk.run("stats", "--format", "json").out)["corrections"] == [month]


@pytest.mark.parametrize(("language", "words"), [
    ("zh", ("人工确认 1 件，带分类的标注行 3 条", "规则：宏平均 F1", "1 次 product/bug 判为 product/payment", "人工改正 1 件（100%）")),
    ("en", ("1 items confirmed by people", "rules: macro-F1", "1 x product/bug, judged product/payment", "corrected 1 of 1")),
])  # fmt: skip
def test_a_person_reads_it_in_both_languages(desk: Sample, language: str, words: tuple[str, ...]) -> None:
    ran = desk.run("triage", "--evaluate", "--lang", language)
    assert ran.code == 0, ran.err
    assert [word for word in words if word not in ran.out] == []


def test_words_that_do_as_well_as_before_hold(desk: Sample) -> None:
    ran, found = told(desk, "--base", "HEAD")
    assert ran.code == 0
    assert (found["base"]["holds"], found["base"]["changed"]) == (True, [])


def test_a_word_taken_away_fails_with_the_line_that_it_breaks(desk: Sample) -> None:
    change(desk, "words: [退款, ", "words: [")
    ran, found = told(desk, "--base", "HEAD")
    assert ran.code == 1
    (turn,) = found["base"]["changed"]
    assert turn == {
        "id": f"{LINES}:1", "title": "退款三周没到账", "given": "service/refund", "was": "service/refund", "now": "",
        "broken": True,
    }  # fmt: skip
    assert found["base"]["macro_f1"] < found["base"]["macro_f1_before"]
    assert found["base"]["holds"] is False
    said = desk.run("triage", "--evaluate", "--base", "HEAD", "--lang", "zh")
    assert said.code == 1
    assert f"判错了：{LINES}:1：退款三周没到账：应为 service/refund；原判 service/refund，现判 -" in said.out


def test_an_alarm_that_no_longer_sounds_fails_too(desk: Sample) -> None:
    change(desk, "- {id: danger-zh, language: zh, words: [起火, ", "- {id: danger-zh, language: zh, words: [")
    ran, found = told(desk, "--base", "HEAD")
    assert ran.code == 1
    assert [(one["was"], one["now"], one["broken"]) for one in found["base"]["changed"]] == [("danger", "", True)]
    assert found["base"]["macro_f1"] == found["base"]["macro_f1_before"]


def test_an_alarm_that_sounds_for_nothing_fails_as_well(desk: Sample) -> None:
    change(desk, "  zh: [不是, ", "  zh: [")
    change(desk, "没有, 没人, 没, ", "")
    ran, found = told(desk, "--base", "HEAD")
    assert ran.code == 1
    assert ("没有起火", "", "danger", True) in [
        (one["title"], one["was"], one["now"], one["broken"]) for one in found["base"]["changed"]
    ]


def test_a_word_that_mends_something_holds_and_is_shown(desk: Sample) -> None:
    change(desk, "支付页面, ", "")
    change(desk, "words: [闪退, ", "words: [闪退, 支付页面, ")
    ran, found = told(desk, "--base", "HEAD")
    assert ran.code == 0
    assert [(one["given"], one["now"], one["broken"]) for one in found["base"]["changed"]] == [
        ("product/bug", "product/bug", False)
    ]


def test_nothing_is_written(desk: Sample) -> None:
    desk.put(PAYMENT.replace("0AAJN0D", "5DVCFC5").replace("#123", "#124"), "feedback/2026/11/Q261119-5DVCFC5.yml")
    desk.run("triage", "--evaluate")
    assert git(desk.root, "status", "--porcelain") == ""


def test_a_desk_without_examples_says_what_to_do(tmp_path: Path) -> None:
    ran = sample(tmp_path).run("triage", "--evaluate", "--lang", "zh")
    assert ran.code == 0
    assert "还没有人工确认过分类" in ran.out


def test_a_line_that_cannot_be_read_is_named_with_its_place_and_the_rest_is_judged(desk: Sample) -> None:
    (desk.root / LINES).with_name("more.yml").write_text("- {text: 退款, kind: danger}\n", encoding="utf-8")
    ran = desk.run("triage", "--evaluate", "--lang", "zh")
    assert ran.code == 1
    assert "tests/cases/triage/more.yml:1:3" in ran.out
    assert "带分类的标注行 3 条" in ran.out


def test_a_commit_that_is_not_there_is_wrong_usage(desk: Sample) -> None:
    assert desk.run("triage", "--evaluate", "--base", "无此版本").code == 2
