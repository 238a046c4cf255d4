"""Events of issues become submissions: every word passes the door, none is lost, doubt is told to a person."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sample_desk import policy

from git_feedback import i18n
from git_feedback.intake import Taken, issue_form, issues, land
from git_feedback.model import Submission
from git_feedback.notation import read as read_yaml
from git_feedback.store import read, write

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
FAULT = "故障 / Fault"


def event(body: str | None, **facts: Any) -> bytes:
    """What GITHUB_EVENT_PATH holds for an issue."""
    issue = {
        "number": 123,
        "title": "支付页面报错",
        "body": body,
        "created_at": "2026-11-20T03:01:00Z",
        "user": {"login": "some-one"},
        "labels": [{"name": "feedback"}],
    }
    return json.dumps({"action": "opened", "issue": {**issue, **facts}}).encode()


def body(**answers: str) -> str:
    """The body that GitHub makes of the form."""
    usual = {"kind": FAULT, "product": "App", "device": "iOS 18", "rating": "2", "text": "付款到最后一步提示系统繁忙。"}
    return "\n\n".join(f"### {issue_form.label(name)}\n\n{value}" for name, value in {**usual, **answers}.items())


def taken_in(source: bytes) -> Submission:
    return issues.submission(issues.issue(source), policy(), NOW)


def notes(found: Submission) -> str:
    return "\n".join(getattr(one, "text", "") for one in found.history if one.verb == "note")


def test_every_answer_of_the_form_finds_its_field() -> None:
    found = taken_in(event(body()))

    assert (found.channel, found.source, found.language) == ("issue-form", "github#123", "zh")
    assert (found.title, found.text) == ("支付页面报错", "付款到最后一步提示系统繁忙。")
    assert (found.product, found.device, found.rating) == ("App", "iOS 18", 2)
    assert found.received.isoformat() == "2026-11-20T11:01:00+08:00"


def test_the_chosen_kind_is_a_classification_that_weighs_what_the_policy_says() -> None:
    (only,) = taken_in(event(body())).history

    category = policy().categories["product/bug"]
    assert only.model_dump(exclude={"at"}, exclude_defaults=True) == {
        "by": "intake",
        "category": "product/bug",
        "urgency": category.urgency,
        "impact": category.impact,
        "because": f"chosen in the form: {FAULT}",
    }
    assert only.at == NOW


def test_whoever_leaves_the_choice_to_us_gets_no_category() -> None:
    assert taken_in(event(body(kind=issue_form.label("unsure")))).history == ()


def test_without_a_title_the_kind_is_the_title() -> None:
    assert taken_in(event(body(), title="  ")).title == FAULT


def test_an_issue_that_was_not_made_with_the_form_is_taken_in_whole() -> None:
    found = taken_in(event("收银机坏了。\n\n### 步骤\n\n1. 开机"))

    assert found.text == "收银机坏了。\n\n### 步骤\n\n1. 开机"
    assert "not_a_form" in notes(found)


@pytest.mark.parametrize("nothing", [None, "", "\r\n"])
def test_an_issue_without_a_body_says_what_its_title_says(nothing: str | None) -> None:
    assert taken_in(event(nothing)).text == "支付页面报错"


def test_doubt_about_the_form_is_told_in_a_note_with_the_words_that_fit_nowhere() -> None:
    found = taken_in(event("先说一句\n\n" + body(kind="吐槽", rating="11", product="App\n小程序")))

    said = notes(found)
    for flag in ("preamble", "unknown_option:kind", "unknown_option:rating", "multiline_input:product"):
        assert flag in said
    assert all(words in said for words in ("先说一句", "吐槽", "11"))
    assert (found.product, found.rating) == ("App 小程序", None)


def test_the_answer_to_one_question_cannot_be_given_in_another() -> None:
    trick = f"好评！\n\n### {issue_form.label('kind')}\n\n表扬员工 / Praise for people"
    found = taken_in(event(body(text=trick)))

    assert found.text == trick
    assert [one.category for one in found.history if one.verb == "classify"] == ["product/bug"]
    assert "label_in_answer" in notes(found)


def test_numbers_and_addresses_are_masked_wherever_they_stand() -> None:
    number, address = "13812345678", "someone.real@example.com"
    source = event(
        f"{number}\n\n" + body(product=number, device=address, text=f"打我电话 {number}", kind=f"{address} {number}"),
        title=f"联系 {number}",
    )
    kept = write(land(taken_in(source), policy(), Taken(), NOW, lambda: 0)[0]).decode()

    assert number not in kept
    assert address not in kept


def test_characters_that_no_file_may_hold_become_visible() -> None:
    found = taken_in(event(body(text="一\u2028二\x00三\ud800"), title="标\u0085题"))

    assert (found.title, found.text) == ("标[U+0085]题", "一[U+2028]二[U+0000]三[U+D800]")


def test_a_long_text_goes_on_in_notes_and_keeps_within_the_limits_of_the_desk() -> None:
    limits = policy().desk.limits
    long = "\n".join(f"第 {n} 行：还是不行。" for n in range(1, 1200))
    found = taken_in(event(body(text=long, device="手机" * 200), title="标题" * 100))

    kept = f"{found.text}\n{notes(found)}"
    assert len(found.text or "") <= limits.text_max
    assert all(f"第 {n} 行" in kept for n in range(1, 1200))
    assert len(found.title) == limits.title_max
    assert len(found.device or "") == limits.device_max
    assert "标题" * 100 in kept
    assert "手机" * 200 in kept


@pytest.mark.parametrize("piece", ["\U00020000\n", "\U00020000", "\u2028", "\\", '"\n', "### x\n"])
def test_the_largest_body_of_a_host_still_makes_a_file_that_can_be_read(piece: str) -> None:
    largest = event("头" + piece * (65_535 // len(piece)), title=piece * 256)
    item, _ = land(taken_in(largest), policy(), Taken(), NOW, lambda: 0)

    assert read(write(item)) == item


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"issue": null}',
        b'{"issue": {"number": 1}}',
        event("", number="1; rm"),
        event("", number=True),
        event("", number=0),
        event("", created_at="gestern"),
        event("", created_at="2026-11-20T03:01:00"),
        event("", created_at="0001-01-01T00:00:00Z"),
        event("", title=["列表"]),
        event(None).replace(b"null", b"{}"),
    ],
)
def test_an_event_without_a_sound_issue_is_refused_in_one_line(source: bytes) -> None:
    with pytest.raises(issues.Unreadable) as refused:
        issues.issue(source)

    assert refused.value.reason
    assert "\n" not in refused.value.reason


@settings(max_examples=60)
@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=100), st.booleans())
def test_whatever_is_said_becomes_an_item_that_reads_back(title: str, text: str, other: str, form: bool) -> None:
    source = event(body(text=text, product=other, device=other) if form else text, title=title)
    item, is_new = land(taken_in(source), policy(), Taken(), NOW, lambda: 0)

    assert is_new
    assert read(write(item)) == item


def test_every_flag_has_words_in_both_languages() -> None:
    flags = ("not-a-form", "preamble", "label-in-answer", "unknown-option", "multiline-input", "missing-required")

    assert all(f"flag-{flag}" in i18n.codes(language) for flag in flags for language in i18n.LANGUAGES)


def test_the_form_keeps_what_hosts_refuse_without_a_word() -> None:
    form = issue_form.form(policy())
    asked = [entry for entry in form["body"] if entry["type"] != "markdown"]
    ids, labels = ([entry["id"] for entry in asked], [entry["attributes"]["label"] for entry in asked])

    assert len(set(ids)) == len(ids) == len(set(labels))
    assert all(one.isascii() for one in ids)
    assert [entry["type"] for entry in asked].index("textarea") == len(asked) - 1
    assert 3 < len(form["name"]) and len(form["description"]) <= 200
    assert not any(
        word in one.lower() for one in labels for word in ("password", "密码", "phone", "e-mail", "电话", "邮箱")
    )
    for entry in asked:
        options = entry["attributes"].get("options", [])
        assert len(set(options)) == len(options)
        assert not any(option.lower() == "none" for option in options)


def test_both_languages_stand_on_every_label() -> None:
    form = issue_form.form(policy())

    assert all(" / " in entry["attributes"]["label"] for entry in form["body"] if entry["type"] != "markdown")


def test_categories_of_one_name_stay_apart_in_the_form() -> None:
    rules = policy()
    twins = {
        name: rules.categories["product/bug"].model_copy(update={"id": name})
        for name in ("product/bug", "product/twin")
    }
    kinds = issue_form.kinds(replace(rules, categories=twins))

    assert list(kinds.values()) == ["product/bug", "product/twin", None]


def test_the_form_in_a_file_is_the_form_that_answers_are_read_by(tmp_path: Path) -> None:
    text = issue_form.forms(policy(), "git feedback generate")[issue_form.FILE]

    assert read_yaml(text.encode()) == issue_form.form(policy())
