"""Forms that a host would ignore without a word, and questions that no public page may ask: named before they are there."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sample_desk import PAYMENT, ROOT, policy, sample

from git_feedback.i18n import LANGUAGES
from git_feedback.intake import issue_form
from git_feedback.intake.issue_form.contacts import asked_for
from git_feedback.intake.issue_form.linting import problems, slug_of
from git_feedback.model import Problem

TOP = "name: 反馈\ndescription: 告诉我们发生了什么\n"
INPUT = "  - type: input\n    id: {id}\n    attributes:\n      label: {label}\n"
FORM = ".github/ISSUE_TEMPLATE/a.yml"


def found(text: str, file: str = FORM) -> list[Problem]:
    return problems(text.encode(), file)


def form(*elements: str, top: str = TOP) -> str:
    return f"{top}body:\n{''.join(elements)}"


def asked(name: str = "what", label: str = "发生了什么？") -> str:
    return INPUT.format(id=name, label=label)


def with_line(line: str, *, below: str = "attributes", kind: str = "input") -> str:
    """A question with one more line, below its `attributes` (or whatever else), on line 8."""
    rest = "    attributes:\n      label: 发生了什么？\n"
    rows = {
        "attributes": f"{rest}      {line}\n",
        "validations": f"{rest}    validations: {{{line}}}\n",
        "element": f"{rest}    {line}\n",
    }
    return form(f"  - type: {kind}\n    id: what\n{rows[below]}")


def test_a_sound_form_has_nothing_wrong() -> None:
    assert found(form(asked())) == []


def test_the_form_made_from_policy_is_sound() -> None:
    made = issue_form.forms(policy(), "git feedback generate")[issue_form.FILE]

    assert found(made) == []


CASES = {
    "no name": ("form-field-missing", 1, form(asked(), top="description: 说明\n")),
    "no description": ("form-field-missing", 1, form(asked(), top="name: 反馈\n")),
    "no body": ("form-field-missing", 1, TOP),
    "empty body": ("form-body-empty", 3, TOP + "body:\n"),
    "body of words": ("form-body-empty", 3, TOP + "body: 文字\n"),
    "empty name": ("form-empty", 1, form(asked(), top=TOP.replace("反馈", '"  "'))),
    "a name that is a truth value": ("form-not-text", 1, form(asked(), top=TOP.replace("反馈", "yes"))),
    "a title that is a number": ("form-not-text", 3, form(asked(), top=TOP + "title: 2026\n")),
    "a name that is a list": ("form-empty", 1, form(asked(), top=TOP.replace("反馈", "[反馈]"))),
    "a long description": ("form-description-long", 2, form(asked(), top=f"name: 反馈\ndescription: {'长' * 201}\n")),
    "an unknown key": ("form-unknown-key", 3, form(asked(), top=TOP + "inputs: x\n")),
    "only texts to read": ("form-only-markdown", 3, form("  - type: markdown\n    attributes: {value: 谢谢}\n")),
    "a text to read with an id": ("form-unknown-key", 5, form("  - type: markdown\n    id: a\n    attributes: {value: 谢谢}\n", asked())),
    "a text to read that says nothing": ("form-field-missing", 5, form("  - type: markdown\n    attributes: {}\n", asked())),
    "an element without a type": ("form-field-missing", 4, form("  - id: a\n    attributes: {label: 甲}\n", asked())),
    "an unknown type": ("form-unknown-type", 4, form("  - type: email\n    attributes: {label: 甲}\n", asked())),
    "an element that is words": ("form-not-a-map", 4, form("  - 文字\n", asked())),
    "no attributes": ("form-field-missing", 4, form("  - type: input\n    id: a\n", asked())),
    "no label": ("form-field-missing", 6, form("  - type: input\n    id: a\n    attributes: {}\n", asked())),
    "a label that is a number": ("form-not-text", 7, form(asked(label="1.5"))),
    "a label that is a day": ("form-not-text", 7, form(asked(label="2026-11-20"))),
    "an empty label": ("form-empty", 7, form(asked(label='""'))),
    "an id with a blank": ("form-bad-id", 5, form(asked(name="first thing"))),
    "a Chinese id": ("form-bad-id", 5, form(asked(name="问题"))),
    "an id twice": ("form-id-twice", 9, form(asked(), asked(label="还有呢？"))),
    "a label twice": ("form-label-twice", 11, form(asked(), asked(name="more"))),
    "labels that slug alike": ("form-labels-alike", 7, form("  - type: input\n    attributes: {label: What?}\n", "  - type: input\n    attributes: {label: What!}\n")),
    "Chinese labels without ids": ("form-labels-alike", 7, form("  - type: input\n    attributes: {label: 甲}\n", "  - type: input\n    attributes: {label: 乙}\n")),
    "a label like another's id": ("form-labels-alike", 9, form(asked(), "  - type: input\n    attributes: {label: What?}\n")),
    "a box like a question": ("form-labels-alike", 8, form("  - type: input\n    attributes: {label: 甲}\n", "  - type: checkboxes\n    id: c\n    attributes: {label: 乙, options: [{label: 甲}]}\n")),
    "required in attributes": ("form-required-misplaced", 8, with_line("required: true")),
    "required beside the type": ("form-required-misplaced", 8, with_line("required: true", below="element")),
    "required of boxes": ("form-unknown-key", 6, form("  - type: checkboxes\n    id: c\n    validations: {required: true}\n    attributes: {label: 约定, options: [{label: 好}]}\n")),
    "required in quotes": ("form-not-truth", 8, with_line('required: "true"', below="validations")),
    "required as a wish": ("form-not-truth", 8, with_line("required: maybe", below="validations")),
    "an unknown validation": ("form-unknown-key", 8, with_line("maxlength: 5", below="validations")),
    "an unknown attribute": ("form-unknown-key", 8, with_line("hint: 请写")),
    "no options": ("form-no-options", 6, form("  - type: dropdown\n    id: a\n    attributes: {label: 甲}\n")),
    "an empty list of options": ("form-no-options", 6, form("  - type: checkboxes\n    id: a\n    attributes: {label: 甲, options: []}\n")),
    "the option None": ("form-option-none", 6, form("  - type: dropdown\n    id: a\n    attributes: {label: 甲, options: [乙, nOnE]}\n")),
    "an option twice": ("form-option-twice", 6, form("  - type: dropdown\n    id: a\n    attributes: {label: 甲, options: [乙, 乙]}\n")),
    "a box twice": ("form-option-twice", 6, form("  - type: checkboxes\n    id: a\n    attributes: {label: 甲, options: [{label: 乙}, {label: 乙}]}\n")),
    "an option that is a truth value": ("form-not-text", 6, form("  - type: dropdown\n    id: a\n    attributes: {label: 甲, options: [乙, No]}\n")),
    "an option that is a number": ("form-not-text", 6, form("  - type: dropdown\n    id: a\n    attributes: {label: 甲, options: [1]}\n")),
    "a box that is words": ("form-not-a-map", 6, form("  - type: checkboxes\n    id: a\n    attributes: {label: 甲, options: [乙]}\n")),
    "a default beyond the options": ("form-bad-default", 6, form("  - type: dropdown\n    id: a\n    attributes: {label: 甲, options: [乙], default: 1}\n")),
    "a password": ("form-forbidden-word", 7, form(asked(label="Your Password"))),
    "a Chinese password": ("form-forbidden-word", 7, form(asked(label="登录密码"))),
    "a telephone number": ("form-contact-field", 7, form(asked(label="联系电话"))),
    "an id that asks": ("form-contact-field", 5, form(asked(name="user-email"))),
    "a description that asks": ("form-contact-field", 8, with_line("description: 请留下手机号，方便我们回访。")),
    "a placeholder that asks": ("form-contact-field", 8, with_line("placeholder: Your name", kind="textarea")),
    "a text to read that asks": ("form-contact-field", 5, form("  - type: markdown\n    attributes: {value: 请加客服微信号留言}\n", asked())),
    "a file that is no map": ("form-not-a-map", 1, "- 甲\n"),
    "a file that no YAML is": ("yaml-syntax", 1, "name: [\n"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_on_its_line(case: str) -> None:
    code, line, text = CASES[case]

    assert (code, line) in [(one.code, one.line) for one in found(text)] or found(text)[0].code == code == "yaml-syntax"


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_a_fact_and_a_way_out(case: str, language: str) -> None:
    for one in found(CASES[case][2]):
        assert one.fact(language)
        assert one.way_out(language) or one.code == "yaml-syntax"


@pytest.mark.parametrize(
    "text",
    [
        form(asked(label="'Yes'")),
        form(asked(name="a", label="What?"), asked(name="b", label="What!")),
        form("  - type: upload\n    id: a\n    attributes: {label: 截图}\n    validations: {accept: '.png', required: false}\n"),
        form("  - type: dropdown\n    id: a\n    attributes: {label: 甲, options: [\"1\", \"No\", 乙], default: 2, multiple: true}\n"),
        form("  - type: checkboxes\n    id: a\n    attributes: {label: 甲, options: [{label: 乙, required: true}, {label: 丙}]}\n"),
        with_line("placeholder: ''"),
        with_line("render: shell", kind="textarea"),
        with_line("description: >-\n        2026\n        年", kind="textarea"),
    ],
)  # fmt: skip
def test_what_hosts_take_is_well(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("words", [
    "请勿在此填写电话、地址或卡号：本页公开。我们会在下方答复。", "不要留下姓名和手机号", "Please write no phone number or e-mail here.",
    "Do not leave your name or address.", "Never post your WeChat ID in public!", "网页地址", "产品名称", "手机型号", "微信小程序版本",
    "Phone model and OS", "IP address", "The e-mail you received", "Name of the product", "电话客服的态度如何？", "File name", "邮箱功能",
])  # fmt: skip
def test_words_that_ask_for_no_contact_data_are_well(words: str) -> None:
    assert asked_for(words, is_label=True) == ""


@pytest.mark.parametrize("words", [
    "联系电话", "手机号码（选填）", "您的邮箱 / Your e-mail", "微信", "微信号", "QQ 号", "姓名", "您的称呼", "收货地址", "地址", "身份证号", "联系方式",
    "Phone number", "Phone / WeChat", "E-mail address", "Name", "Full name (optional)", "Contact details", "How can we reach you?",
    "Home address", "WhatsApp", "请勿灌水。请留下电话。", "If you do not mind, your phone number", "不介意的话，请留手机号",
])  # fmt: skip
def test_words_that_ask_for_contact_data_are_found(words: str) -> None:
    assert asked_for(words, is_label=True)


@pytest.mark.parametrize(("name", "asks"), [
    ("phone", True), ("user_email", True), ("contactName", True), ("name", True), ("home-address", True), ("wechat-id", True),
    ("phone-model", False), ("mobile_app", False), ("web-address", False), ("file-name", False), ("text", False), ("email-template", False),
])  # fmt: skip
def test_an_id_asks_by_one_of_its_parts(name: str, asks: bool) -> None:
    assert bool(asked_for(name, is_id=True)) is asks


@pytest.mark.parametrize(("label", "slug"), [
    ("What's wrong?", "what-s-wrong"), ("Name???????", "name"), ("Über uns", "uber-uns"), ("发生了什么？", ""), ("a_b - c", "a_b-c"),
])  # fmt: skip
def test_a_label_is_cut_down_as_the_host_does(label: str, slug: str) -> None:
    assert slug_of(label) == slug


def test_gitea_knows_keys_of_its_own_and_takes_about_for_the_description() -> None:
    text = form(
        "  - type: input\n    id: a\n    attributes: {label: 甲}\n    validations: {is_number: true}\n",
        top="name: 反馈\nabout: 说明\n",
    )

    assert found(text, ".gitea/ISSUE_TEMPLATE/a.yml") == []
    assert {one.code for one in found(text)} == {"form-field-missing", "form-unknown-key"}


scalars = st.sampled_from(["甲", "None", "yes", "", "手机号", "password", "1", "true", "a b"])
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
    ["type", "id", "attributes", "label", "options", "validations", "required", "default", "multiple", "value", "body"]), inner, max_size=5), max_leaves=12)  # fmt: skip


@settings(max_examples=100)
@given(
    st.dictionaries(st.sampled_from(["name", "description", "body", "labels"]), values), st.lists(values, max_size=4)
)
def test_no_form_however_strange_breaks_the_linter(top: dict[str, object], elements: list[object]) -> None:
    for body in (
        top,
        {**top, "body": elements},
        {**top, "body": [{"type": "dropdown", "attributes": one} for one in elements]},
    ):
        for one in problems(json.dumps(body, ensure_ascii=False).encode(), FORM):
            assert one.said("zh") and one.said("en")


@pytest.mark.parametrize("folder", [".github/ISSUE_TEMPLATE", ".gitea/ISSUE_TEMPLATE", ".gitea/issue_template"])
@pytest.mark.parametrize("suffix", ["yml", "yaml"])
def test_check_names_mistakes_in_forms_of_any_desk(tmp_path: Path, folder: str, suffix: str) -> None:
    desk = sample(tmp_path, PAYMENT)
    file = f"{folder}/退款.{suffix}"
    desk.put(form(asked(label="Password")).encode(), file)

    done = desk.run("check", "--lang", "en")

    assert done.code == 1
    assert f"{file}:7:7: form-forbidden-word: " in done.out
    assert desk.run("check", "--lang", "zh", folder).out.count("form-forbidden-word") == 1


def test_forms_are_judged_while_the_policy_is_broken(tmp_path: Path) -> None:
    desk = sample(tmp_path, PAYMENT)
    desk.put(form(asked(label="Password")).encode(), FORM)
    desk.put(b"name: [\n", "policy/desk.yml")

    assert "form-forbidden-word" in desk.run("check", "--lang", "en").out


def test_the_chooser_of_forms_is_no_form(tmp_path: Path) -> None:
    desk = sample(tmp_path, PAYMENT)

    assert (desk.root / ".github/ISSUE_TEMPLATE/config.yml").is_file()
    assert desk.run("check").code == 0


def test_the_forms_of_this_desk_are_sound() -> None:
    for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"):
        if path.stem != "config":
            assert problems(path.read_bytes(), path.name) == []
