"""Random forms and hostile answers, written as the host writes them: every answer comes back, or a person is told."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from git_feedback.intake.issue_form import Parsed, parse

NOTHING = "_No response_"
KINDS = ("input", "textarea", "textarea", "render", "dropdown", "several", "checkboxes", "upload")
LABELS = (
    "发生了什么？",
    "Version",
    "Version 2",
    "Logs",
    "选项, 其他",
    "A / 甲",
    "### B",
    "C ###",
    "*粗*",
    "[x] 勾",
    "`代码`",
)
OPTIONS = ("甲", "乙", "甲, 乙", "乙, 丙", "丙", "其他, 请说明", "None of these", "- [x] 甲")
HOSTILE = (
    "```", "~~~", "````", "```shell", "~~~ md", " ```", "   ~~~", NOTHING, "- [X] 甲", "- [x] 乙", "* [ ] 丙", "甲", "甲, 乙", "",
    "    ### Version", "\t### Version", "####  Version", "###Version", "> ### Version", "\\### Version", "### 别的", "<!--", "-->",
    "白屏", "1.0", "<details>", "---", "===", "\u2028### Version", "### Version\u200b", "\ufeff", "$x", "|a|b|",
)  # fmt: skip


@st.composite
def filled_in(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], str]:
    """A form, what was answered by id, and the body that a host makes of it."""
    asked = draw(st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(LABELS)), min_size=1, max_size=6))
    labels = [label for _, label in asked]
    entries, answers, written = [], {}, []
    for number, (kind, label) in enumerate(asked):
        name = f"q{number}"
        entry, answer, words = draw(answered(kind, label, labels))
        entries.append({**entry, "id": name})
        answers[name] = answer
        written.append(f"### {label}\n\n{words}")
        if draw(st.booleans()):
            entries.append({"type": "markdown", "attributes": {"value": f"### {label}"}})
    body = draw(st.sampled_from(["\n\n", "\n\n\n"])).join(written) + draw(st.sampled_from(["", "\n", "\n\n"]))
    return {"name": "反馈", "body": entries}, answers, body.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def answered(kind: str, label: str, labels: list[str]) -> st.SearchStrategy[tuple[dict[str, Any], Any, str]]:
    """An element, an answer to it, and how the host writes the answer."""
    line = st.sampled_from([*HOSTILE, *(f"### {one}" for one in labels), *(f" ### {one}  " for one in labels)])
    text = st.lists(line, max_size=7).map("\n".join)
    about: dict[str, Any] = {"label": label}

    def element(type_: str, **more: Any) -> dict[str, Any]:
        return {"type": type_, "attributes": {**about, **more}}

    def said(answer: str) -> str | None:
        return None if answer.strip() in ("", NOTHING) else answer.strip()

    if kind == "input":
        return line.map(lambda one: (element("input"), said(one), one.strip() or NOTHING))
    if kind == "dropdown":
        one_of = st.sampled_from(OPTIONS)
        return one_of.map(lambda one: (element("dropdown", options=list(OPTIONS)), one, one))
    if kind == "several":
        some = st.lists(st.sampled_from(OPTIONS[:1] + OPTIONS[5:]), unique=True)
        return some.map(
            lambda many: (
                element("dropdown", multiple=True, options=list(OPTIONS)),
                many or None,
                ", ".join(many) or NOTHING,
            )
        )
    if kind == "checkboxes":
        ticks = st.fixed_dictionaries({one: st.booleans() for one in OPTIONS})
        boxes = [{"label": one} for one in OPTIONS]
        return ticks.map(
            lambda one: (
                element("checkboxes", options=boxes), one, "\n".join(f"- [{'X' if on else ' '}] {name}" for name, on in one.items())
            )
        )  # fmt: skip
    if kind == "render":
        return text.map(
            lambda one: (
                element("textarea", render="shell"),
                said(one),
                f"```shell\n{one}\n```" if said(one) else NOTHING,
            )
        )
    return text.map(
        lambda one: (element("upload" if kind == "upload" else "textarea"), said(one), one if said(one) else NOTHING)
    )


def plain(answer: Any) -> Any:
    """An answer without the blank lines around it."""
    return answer.strip() or None if isinstance(answer, str) else answer


def kept_words(found: Parsed) -> str:
    values = [value if isinstance(value, str) else ", ".join(value or ()) for value in found.fields.values()]
    return "\n".join([found.beside, *values])


@settings(max_examples=200)
@given(filled_in())
def test_every_answer_comes_back_or_a_person_is_told(given: tuple[dict[str, Any], dict[str, Any], str]) -> None:
    form, answers, body = given

    found = parse(body, form)

    assert list(found.fields) == list(answers)
    if not found.flags:
        assert {name: plain(value) for name, value in found.fields.items()} == answers


@settings(max_examples=150)
@given(filled_in())
def test_no_word_of_an_answer_is_lost_whatever_the_flags(given: tuple[dict[str, Any], dict[str, Any], str]) -> None:
    form, _, body = given

    found = parse(body, form)

    kept = kept_words(found)
    labels = [entry["attributes"].get("label") for entry in form["body"]]
    for line in body.replace("\r\n", "\n").split("\n"):
        words = line.strip()
        is_sign = words.startswith(("```", "~~~", "- [", "* [", "###")) or words in (NOTHING, "", "\ufeff")
        assert is_sign or words in kept or words.lstrip("# ") in labels


STRANGE: list[Any] = [
    {}, {"body": None}, {"body": "text"}, {"body": {}}, {"body": [None, 3, "x", []]}, {"body": [{}]},
    {"body": [{"type": "input"}]}, {"body": [{"type": "input", "attributes": None}]}, {"body": [{"type": None, "attributes": {"label": "A"}}]},
    {"body": [{"type": "input", "attributes": {"label": ["A"]}}]}, {"body": [{"type": "dropdown", "attributes": {"label": "A", "options": None}}]},
    {"body": [{"type": "dropdown", "attributes": {"label": "A", "options": "甲"}}]},
    {"body": [{"type": "checkboxes", "attributes": {"label": "A", "options": ["甲", None, {"label": None}, {"required": True}]}}]},
    {"body": [{"type": "checkboxes", "id": 7, "attributes": {"label": 5, "options": [{"label": 1.5, "required": "true"}]}}]},
    {"body": [{"type": "textarea", "attributes": {"label": "A", "render": True}}]}, {"body": ({"type": "input", "attributes": {"label": "A"}},)},
    {"body": [{"type": "新的", "attributes": {"label": "A"}, "validations": {"required": 1}}]},
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(STRANGE)))
@pytest.mark.parametrize(
    "body", [None, "", "### A\n\n甲", "### 5\n\n- [x] 1.5", "### A\n\n```\n甲\n```\n\n### A\n\n乙"]
)
def test_a_form_of_any_shape_gives_a_reading_in_which_nothing_is_lost(number: int, body: str | None) -> None:
    found = parse(body, STRANGE[number])

    assert set(found.flags) <= {"not_a_form", "preamble", "label_in_answer"} | {
        f"{code}:{name}" for code in ("unknown_option", "missing_required", "multiline_input") for name in found.fields
    }
    assert all(word in kept_words(found) or word in "5A" for word in (body or "").split() if word.isalnum())


def test_questions_without_ids_are_called_by_their_labels_and_never_by_one_name() -> None:
    entries = [
        {"type": "input", "attributes": {"label": "what"}},
        {"type": "input", "id": "what", "attributes": {"label": "what"}},
        {"type": "input", "id": "what", "attributes": {"label": "另一个"}},
        {"type": "input", "attributes": {"label": "what"}},
    ]
    body = "### what\n\n一\n\n### what\n\n二\n\n### 另一个\n\n三\n\n### what\n\n四"

    found = parse(body, {"body": entries})

    assert found.fields == {"what-2": "一", "what": "二", "what-3": "三", "what-4": "四"}
    assert found.flags == []


def test_a_question_whose_only_heading_a_fence_has_swallowed_is_doubtful() -> None:
    form = {"body": [{"type": "textarea", "id": name, "attributes": {"label": name}} for name in "abc"]}

    found = parse("### a\n\n```\n\n### b\n\n二\n\n### c\n\n```", form)

    assert found.flags == ["label_in_answer"]
    assert "二" in str(found.fields["a"])


def test_a_heading_in_a_closed_fence_of_a_whole_body_is_no_doubt() -> None:
    form = {"body": [{"type": "textarea", "id": name, "attributes": {"label": name}} for name in "ab"]}

    found = parse("### a\n\n```\n### b\n```\n\n### b\n\n二", form)

    assert (found.fields, found.flags) == ({"a": "```\n### b\n```", "b": "二"}, [])
