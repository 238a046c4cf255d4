"""The form of an event in a file: closed vocabulary in braces, free text below."""

from typing import Any

import pytest

from git_feedback.model import VERBS
from git_feedback.model.shape import Misplaced, flat, misplaced, place

AT = {"at": "2026-11-22T09:31:00+08:00", "by": "li.lei"}


@pytest.mark.parametrize(("entry", "code", "where"), [
    ("已处理", "not-an-event", ()),
    ({}, "not-an-event", ()),
    ({"处理": AT}, "unknown-event", ("处理",)),
    ({"note": "打电话了"}, "not-braces", ("note",)),
    ({"note": {**AT, "text": "打电话了"}}, "text-in-braces", ("note", "text")),
    ({"accept": AT, "text": "好的"}, "not-below", ("text",)),
    ({"accept": AT, "by": "li.lei"}, "not-below", ("by",)),
    ({"accept": {**AT, "verb": "close"}}, "unknown-field", ("accept", "verb")),
])  # fmt: skip
def test_an_entry_of_another_form_is_named_by_what_is_wrong_and_where(
    entry: Any, code: str, where: tuple[str, ...]
) -> None:
    with pytest.raises(Misplaced) as caught:
        flat(entry)
    assert (caught.value.code, caught.value.place) == (code, where)


def test_everything_that_stands_wrong_in_one_entry_is_named() -> None:
    entry: dict[str, Any] = {"resolve": {**AT, "result": "已退款", "cause": "系统故障"}, "note": "另外"}
    assert [one.code for one in misplaced(entry)] == ["text-in-braces", "text-in-braces", "not-below"]


def test_a_well_formed_entry_becomes_one_flat_event() -> None:
    assert flat({"note": AT, "text": "顾客来电"}) == {"verb": "note", **AT, "text": "顾客来电"}
    assert list(misplaced({"note": AT, "text": "顾客来电"})) == []


def test_an_error_in_a_text_is_placed_below_and_any_other_in_the_braces() -> None:
    assert place(("history", 2, "note", "text")) == ("history", 2, "text")
    assert place(("history", 2, "note", "by")) == ("history", 2, "note", "by")


def test_every_verb_has_one_class_named_by_it_and_knows_its_texts() -> None:
    assert all(kind.model_fields["verb"].default == verb for verb, kind in VERBS.items())
    assert VERBS["respond"].PROSE == {"text"}
    assert VERBS["resolve"].PROSE == {"result", "cause", "measure"}
    assert VERBS["accept"].PROSE == frozenset()
