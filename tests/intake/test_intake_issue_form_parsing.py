"""Bodies of issues: as a host writes them, as people spoil them, and as somebody writes them who wants to be misread."""

import time
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from git_feedback.intake.issue_form import Parsed, parse

BROWSERS = ["Chrome", "Chrome, 旧版", "Firefox", "旧版"]
FORM: dict[str, Any] = {
    "name": "故障",
    "body": [
        {"type": "markdown", "attributes": {"value": "### Version\n谢谢！"}},
        {"type": "dropdown", "id": "kind", "attributes": {"label": "类别", "options": ["故障", "建议", "表扬"]}, "validations": {"required": True}},
        {"type": "input", "id": "version", "attributes": {"label": "Version"}},
        {"type": "textarea", "id": "what", "attributes": {"label": "发生了什么？"}, "validations": {"required": True}},
        {"type": "textarea", "id": "log", "attributes": {"label": "Logs", "render": "shell"}},
        {"type": "dropdown", "id": "browsers", "attributes": {"label": "Browsers", "multiple": True, "options": BROWSERS}},
        {"type": "checkboxes", "id": "terms", "attributes": {"label": "约定", "options": [{"label": "我同意", "required": True}, {"label": "可以联系我"}]}},
        {"type": "upload", "id": "shots", "attributes": {"label": "Screenshots"}},
        {"type": "textarea", "id": "notes", "attributes": {"label": "Notes"}},
    ],
}  # fmt: skip
NOTHING = "_No response_"
USUAL = {
    "kind": "故障",
    "version": "1.0",
    "what": "付款后白屏。",
    "log": "```shell\nerror 5\n```",
    "browsers": "Chrome, 旧版, Firefox",
    "terms": "- [X] 我同意\n- [ ] 可以联系我",
    "shots": '<img width="1" src="https://example.com/a.png" />',
    "notes": NOTHING,
}
LABELS = {entry["id"]: entry["attributes"]["label"] for entry in FORM["body"] if "id" in entry}


def body(**answers: str) -> str:
    """A body as GitHub writes it, with some answers other than usual."""
    return "\n\n".join(f"### {LABELS[name]}\n\n{value}" for name, value in {**USUAL, **answers}.items())


def answers_of(text: str | None) -> dict[str, Any]:
    return dict(parse(text, FORM).fields)


def test_a_body_as_the_host_writes_it_gives_every_answer_and_no_flag() -> None:
    found = parse(body(), FORM)

    assert found == Parsed(
        {
            "kind": "故障",
            "version": "1.0",
            "what": "付款后白屏。",
            "log": "error 5",
            "browsers": ["Chrome, 旧版", "Firefox"],
            "terms": {"我同意": True, "可以联系我": False},
            "shots": '<img width="1" src="https://example.com/a.png" />',
            "notes": None,
        },
        [],
    )


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_of_any_system_make_no_difference(ends: str) -> None:
    assert parse(body(what="一\n二").replace("\n", ends), FORM) == parse(body(what="一\n二"), FORM)


def test_other_line_separators_are_words_and_hide_no_heading() -> None:
    text = "一\u2028### Version\x0b### Version\x85### Version\x1c### Version"

    assert answers_of(body(what=text))["what"] == text
    assert parse(body(what=text), FORM).flags == []


@pytest.mark.parametrize("nothing", [None, "", "  \n\t\n", "\ufeff"])
def test_an_empty_body_is_not_a_form_and_has_all_ids(nothing: str | None) -> None:
    found = parse(nothing, FORM)

    assert found.flags == ["not_a_form"]
    assert found.fields == dict.fromkeys(LABELS)


def test_a_body_without_a_heading_of_the_form_is_kept_whole() -> None:
    found = parse("\n手机打不开\n\n### 别的标题\n\n详情\n", FORM)

    assert (found.flags, found.beside) == (["not_a_form"], "手机打不开\n\n### 别的标题\n\n详情")


def test_words_before_the_first_answer_are_kept_and_flagged() -> None:
    found = parse(f"> 引用\n\n{body()}", FORM)

    assert (found.flags, found.beside, found.fields["kind"]) == (["preamble"], "> 引用", "故障")


def test_gitea_and_a_later_click_tick_with_a_small_letter() -> None:
    assert answers_of(body(terms="- [x] 我同意\n- [x] 可以联系我"))["terms"] == {"我同意": True, "可以联系我": True}


def test_a_box_that_must_be_ticked_and_is_not_is_missing() -> None:
    assert parse(body(terms="- [ ] 我同意\n- [X] 可以联系我"), FORM).flags == ["missing_required:terms"]


def test_a_required_answer_that_was_not_given_is_missing() -> None:
    assert parse(body(kind=NOTHING, what=NOTHING, notes="好"), FORM).flags == [
        "missing_required:kind",
        "missing_required:what",
    ]


def test_a_line_among_boxes_is_kept_beside_and_flagged() -> None:
    found = parse(body(terms="- [X] 我同意\n（仅限工作日）\n- [ ] 可以联系我"), FORM)

    assert (found.beside, found.flags) == ("（仅限工作日）", ["unknown_option:terms"])
    assert found.fields["terms"] == {"我同意": True, "可以联系我": False}


def test_a_box_that_the_form_does_not_have_is_kept_and_flagged() -> None:
    found = parse(body(terms="- [X] 我同意\n- [ ] 可以联系我\n- [x] 送我礼物"), FORM)

    assert found.fields["terms"] == {"我同意": True, "可以联系我": False, "送我礼物": True}
    assert found.flags == ["unknown_option:terms"]


@pytest.mark.parametrize(
    ("line", "chosen"),
    [
        ("Chrome", ["Chrome"]),
        ("Chrome, 旧版", ["Chrome, 旧版"]),
        ("Chrome, Chrome, 旧版", ["Chrome", "Chrome, 旧版"]),
        ("旧版, Chrome", ["旧版", "Chrome"]),
        ("Firefox, Chrome, 旧版, 旧版", ["Firefox", "Chrome, 旧版", "旧版"]),
        (NOTHING, None),
    ],
)
def test_several_options_are_found_longest_first_and_never_cut_at_commas(line: str, chosen: list[str] | None) -> None:
    found = parse(body(browsers=line), FORM)

    assert (found.fields["browsers"], found.flags) == (chosen, [])


def test_the_longest_option_gives_way_where_only_shorter_ones_cover_the_line() -> None:
    form = {
        "body": [
            {
                "type": "dropdown",
                "id": "d",
                "attributes": {"label": "D", "multiple": "true", "options": ["A", "A, B", "B, C"]},
            }
        ]
    }

    assert parse("### D\n\nA, B, C", form).fields == {"d": ["A", "B, C"]}


def test_what_is_no_option_stays_whole_and_is_flagged() -> None:
    found = parse(body(browsers="Chrome, Opera, mini, Firefox", kind="吐槽"), FORM)

    assert found.fields["browsers"] == ["Chrome", "Opera, mini", "Firefox"]
    assert found.fields["kind"] == "吐槽"
    assert found.flags == ["unknown_option:kind", "unknown_option:browsers"]


def test_an_input_of_two_lines_is_kept_and_flagged() -> None:
    found = parse(body(version="1.0\n还有 2.0"), FORM)

    assert (found.fields["version"], found.flags) == ("1.0\n还有 2.0", ["multiline_input:version"])
    assert found.fields["what"] == USUAL["what"]


def test_an_edited_body_with_an_answer_deleted_gives_the_others() -> None:
    whole = body()
    cut = whole.replace("### Version\n\n1.0\n\n", "").replace("### Notes\n\n_No response_", "")

    found = parse(cut, FORM)

    assert found.flags == []
    assert found.fields == {**answers_of(whole), "version": None}


FAKE = "骗一下\n\n### Version\n\n9.9\n\n### 约定\n\n- [X] 我同意\n\n### Notes\n\n已处理，请直接关闭"


@pytest.mark.parametrize("where", ["what", "notes"])
def test_headings_in_an_answer_answer_nothing_else_and_are_flagged(where: str) -> None:
    found = parse(body(**{"what": "原话", "notes": "备注", where: FAKE}), FORM)

    usual = answers_of(body(what="原话", notes="备注"))
    assert found.flags == ["label_in_answer"]
    assert {name: value for name, value in found.fields.items() if name not in ("what", "notes")} == {
        name: value for name, value in usual.items() if name not in ("what", "notes")
    }
    assert FAKE.split("\n")[0] in str(found.fields[where])


@pytest.mark.parametrize("fake", ["### Logs\n\n没有日志", "### 约定\n\n不同意", "### Logs\n\n```\na\n```\n\n还有"])
def test_a_heading_whose_words_are_no_answer_to_it_gives_way_to_the_true_one(fake: str) -> None:
    found = parse(body(what=f"原话\n\n{fake}"), FORM)

    assert found.fields == {**answers_of(body()), "what": f"原话\n\n{fake}"}
    assert found.flags == ["label_in_answer"]


@pytest.mark.parametrize("where", ["what", "notes"])
def test_a_whole_other_issue_pasted_into_an_answer_stays_in_it(where: str) -> None:
    pasted = f"和上次一样：\n\n{body(version='0.1', what='旧的', kind='建议')}\n\n完"
    found = parse(body(**{where: pasted}), FORM)

    assert found.fields == {**answers_of(body()), where: pasted}
    assert found.flags == ["label_in_answer"]


def test_an_input_whose_answer_is_a_heading_of_the_form_keeps_it() -> None:
    found = parse(body(version="### Logs"), FORM)

    assert (found.fields["version"], found.fields["log"]) == ("### Logs", "error 5")
    assert found.flags == ["label_in_answer"]


@pytest.mark.parametrize(
    "words",
    [
        "```\n### Version\n\n8\n```",
        "~~~~md\n```\n### Notes\n\n假的\n~~~~",
        "    ### Version",
        "> ### Notes",
        "#### Version",
        "###Version",
        "- ### Notes",
        "### Version: 9",
        "\\### Notes",
    ],
)
def test_what_is_no_heading_or_stands_in_a_closed_fence_is_no_boundary(words: str) -> None:
    found = parse(body(what=words), FORM)

    assert found.fields == {**answers_of(body()), "what": words}
    assert found.flags == []


@pytest.mark.parametrize("notes", [NOTHING, "```\n好的\n```", "~~~\n好的\n~~~"])
def test_a_fence_that_nobody_closed_does_not_swallow_the_answers_behind_it(notes: str) -> None:
    found = parse(body(what="```\n白屏", notes=notes), FORM)

    assert found.fields == {**answers_of(body(notes=notes)), "what": "```\n白屏"}


def test_a_fence_in_a_rendered_answer_is_part_of_it() -> None:
    found = parse(body(log="```shell\na\n```\n### Browsers\n\nOpera\n```\nb\n```"), FORM)

    assert found.fields["log"] == "a\n```\n### Browsers\n\nOpera\n```\nb"
    assert found.fields["browsers"] == ["Chrome, 旧版", "Firefox"]


@pytest.mark.parametrize("empty", ["```shell\n\n```", "```shell\n```", f"```shell\n{NOTHING}\n```", NOTHING, ""])
def test_an_empty_fence_is_no_answer(empty: str) -> None:
    assert parse(body(log=empty), FORM).fields["log"] is None


def test_the_indentation_of_a_log_stays() -> None:
    assert answers_of(body(log="```shell\n    at 支付\n  at main\n```"))["log"] == "    at 支付\n  at main"


def test_any_loader_of_yaml_gives_the_same_form() -> None:
    entries = [
        {
            "type": "dropdown",
            "id": "stars",
            "attributes": {"label": 2026, "options": [1, 2, 3]},
            "validations": {"required": "true"},
        },
        {"type": "dropdown", "id": "sure", "attributes": {"label": "确定？", "options": [True, False]}},
        {"type": "checkboxes", "id": "c", "attributes": {"label": "C", "options": [{"label": 5, "required": "yes"}]}},
        None,
        "text",
    ]
    found = parse("### 2026\n\n3\n\n### 确定？\n\nYes\n\n### C\n\n- [x] 5", {"body": entries})

    assert (found.fields, found.flags) == ({"stars": "3", "sure": "Yes", "c": {"5": True}}, [])


@pytest.mark.parametrize("form", [{}, {"body": None}, {"body": "text"}, {"body": [{"type": "markdown"}]}])
def test_a_form_that_asks_nothing_gives_a_body_that_is_not_of_it(form: dict[str, Any]) -> None:
    assert parse("### Version\n\n1", form) == Parsed({}, ["not_a_form"], "### Version\n\n1")


def test_two_questions_with_one_label_are_answered_in_their_order() -> None:
    entries = [{"type": "input", "id": name, "attributes": {"label": "姓名"}} for name in ("a", "b")]

    assert parse("### 姓名\n\n甲\n\n### 姓名\n\n乙", {"body": entries}).fields == {"a": "甲", "b": "乙"}


FLOODS = {
    "bare headings": "### Version\n" * 20_000,
    "headings with answers": "### Notes\n\n假\n\n" * 20_000,
    "boxes": "### 约定\n\n- [X] 我同意\n\n" * 20_000,
    "fences": "### Logs\n\n```\na\n```\n\n" * 20_000,
    "whole forms": "".join(f"### {label}\n\n" for label in LABELS.values()) * 2_500,
    "open fences": "".join(f"{'`' * (3 + n % 300)}a\n### Notes\n" for n in range(20_000)),
    "long blank lines": ("### Version" + " " * 3_000 + "\n") * 200,
    "options": "### Browsers\n\n" + "Chrome, " * 20_000 + "x",
}


@pytest.mark.parametrize("flood", FLOODS)
@pytest.mark.parametrize("where", ["what", "notes"])
def test_twenty_thousand_injected_headings_cost_no_more_each_than_a_few_thousand_and_move_no_other_answer(
    flood: str, where: str
) -> None:
    a_quarter = body(**{where: "开头\n\n" + FLOODS[flood][: len(FLOODS[flood]) // 4]})
    begin = time.process_time()
    parse(a_quarter, FORM)
    middle = time.process_time()

    found = parse(body(**{where: "开头\n\n" + FLOODS[flood]}), FORM)

    assert time.process_time() - middle < 12 * (middle - begin) + 0.2  # four times the text; sixteen would be quadratic
    others = [name for name in LABELS if name not in ("what", "notes")]
    assert [found.fields[name] for name in others] == [answers_of(body())[name] for name in others]


words = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=60)
lines = words.map(lambda text: " ".join(text.split())).filter(lambda text: text and text != NOTHING)
headings = st.sampled_from([f"### {label}" for label in LABELS.values()])
plain = st.lists(lines.filter(lambda text: text[0] not in "`~#"), min_size=1, max_size=5).map("\n\n".join)
free = st.lists(st.one_of(lines, headings, st.sampled_from(["```", "~~~", "```js"])), min_size=1, max_size=8)


@settings(max_examples=200)
@given(
    st.sampled_from(["故障", "建议", "表扬"]), st.none() | lines, plain, st.none() | plain,
    st.lists(st.sampled_from(BROWSERS), unique=True), st.booleans(), st.none() | plain,
)  # fmt: skip
def test_answers_that_a_host_wrote_into_a_body_come_back(
    kind: str, version: str | None, what: str, log: str | None, browsers: list[str], ticked: bool, notes: str | None
) -> None:
    assume(", ".join(browsers).count("Chrome, 旧版") == browsers.count("Chrome, 旧版"))
    text = body(
        kind=kind, version=version or NOTHING, what=what, log=f"```shell\n{log}\n```" if log else NOTHING,
        browsers=", ".join(browsers) or NOTHING, terms=f"- [{'X' if ticked else ' '}] 我同意\n- [ ] 可以联系我",
        shots=NOTHING, notes=notes or NOTHING,
    )  # fmt: skip

    found = parse(text, FORM)

    assert found.fields == {
        "kind": kind,
        "version": version,
        "what": what,
        "log": log,
        "browsers": browsers or None,
        "terms": {"我同意": ticked, "可以联系我": False},
        "shots": None,
        "notes": notes,
    }
    assert found.flags == ([] if ticked else ["missing_required:terms"])


@settings(max_examples=200)
@given(free, st.sampled_from(["\n", "\n\n"]))
def test_in_a_form_with_its_free_text_last_no_words_of_it_answer_another_question(
    pieces: list[str], between: str
) -> None:
    form = {"body": [entry for entry in FORM["body"] if entry.get("id") in ("kind", "version", "notes")]}
    text = between.join(pieces)
    parts = {"类别": "建议", "Version": "1.0", "Notes": text}

    found = parse("\n\n".join(f"### {label}\n\n{value}" for label, value in parts.items()), form)

    assert found.fields == {"kind": "建议", "version": "1.0", "notes": text.strip()}


@settings(max_examples=200)
@given(
    st.lists(st.one_of(lines, headings, st.sampled_from(["", "```", "- [x] 我同意", "故障"])), max_size=30).map(
        "\n".join
    )
)
def test_no_word_of_any_body_is_lost(text: str) -> None:
    found = parse(text, FORM)

    kept = " ".join([found.beside, *(str(value) for value in found.fields.values())])
    spoken = {word for line in text.split("\n") if not line.startswith(("###", "```", "- [")) for word in line.split()}
    assert all(word in kept or repr(word)[1:-1] in kept for word in spoken - {NOTHING})
