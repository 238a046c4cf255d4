"""Editions: what was added, changed and withdrawn between two states of the articles, and how it reads now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.learning.editions_shelf import shelf, source

from git_feedback.learning.editions import Edition, Entry, changes, for_public
from git_feedback.learning.rewording import Span, rewording, turned


def told(old: dict[str, bytes], new: dict[str, bytes], **more: object) -> list[Entry]:
    return list(changes(shelf(**old), shelf(**new), shelf(**new), **more))  # type: ignore[arg-type]


def test_articles_are_added_changed_and_withdrawn_in_that_order() -> None:
    old = {"zh_refund": source("退款多久到账"), "zh_gone": source("旧文章"), "zh_same": source("不变")}
    new = {
        "zh_refund": source("退款多久到账", "三天到账。"),
        "zh_coupon": source("优惠券用不了"),
        "zh_same": source("不变"),
    }
    found = told(old, new)
    assert [(one.change, one.name) for one in found] == [
        ("added", "coupon"),
        ("changed", "refund"),
        ("retired", "gone"),
    ]
    assert Edition("2026-Q4", None, tuple(found)).count == (1, 1, 1)


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_a_draft_is_in_no_edition_yet_and_what_is_retired_in_none_any_more(status: str) -> None:
    hidden = {"zh_refund": source("退款", more=f"status: {status}\n")}
    shown = {"zh_refund": source("退款", version=2)}
    assert [one.change for one in told(hidden, shown)] == ["added"]
    assert [one.change for one in told(shown, hidden)] == ["retired"]
    assert told(hidden, hidden) == []


def test_a_raised_version_is_a_change_and_a_new_review_date_or_linked_item_is_none() -> None:
    old = {"zh_refund": source("退款")}
    assert [one.change for one in told(old, {"zh_refund": source("退款", version=2)})] == ["changed"]
    reviewed = source("退款", more="items: [Q261119-0AAJN0D]\n").replace(b"2027-03-01", b"2027-09-01")
    assert told(old, {"zh_refund": reviewed}) == []


def test_each_language_is_compared_by_itself_and_a_new_one_is_named() -> None:
    old = {"zh_refund": source("退款", "三天到账。"), "en_refund": source("Refunds", "Three days.")}
    new = {"zh_refund": source("退款", "五天到账。"), "en_refund": source("Refunds", "Three days.")}
    (entry,) = told(old, new)
    assert set(entry.rewritten) == {"zh"}
    (later,) = told({"zh_refund": old["zh_refund"]}, old)
    assert later.rewritten["en"].is_new
    assert entry.title("en") == "Refunds"


def test_replies_state_and_readers_are_told_when_they_change() -> None:
    old = {"zh_refund": source("退款", more="status: research\naudience: team\nreplies:\n  phone: 正在查\n")}
    new = {"zh_refund": source("退款", more="status: current\naudience: public\nreplies:\n  phone: 已经退了\n")}
    (entry,) = told(old, new)
    assert entry.status == ("research", "current")
    assert entry.audience == ("team", "public")
    (turn,) = entry.rewritten["zh"].turns
    assert (turn.part, turn.under) == ("reply", "phone")


# ---- words of submitters ------------------------------------------------------------------------------------------------


def test_words_of_submitters_are_told_only_while_the_article_of_today_says_them() -> None:
    old, new = source("退款", more="symptoms: [钱没退]\n"), source("退款", more="symptoms: [还没到账, 我是王小明]\n")
    today = source("退款", more="symptoms: [还没到账]\n")
    (entry,) = changes(shelf(zh_refund=old), shelf(zh_refund=new), shelf(zh_refund=today))
    written = entry.rewritten["zh"]
    assert [turn.spans for turn in written.turns] == [(Span("new", "还没到账"),)]
    assert (written.said_more, written.said_less) == (1, 1)
    assert "王小明" not in repr(entry)
    assert "钱没退" not in repr(entry)


def test_of_an_article_behind_which_an_erased_item_stands_no_former_word_is_told() -> None:
    named = "items: [Q261119-0AAJN0D]\n"
    old = {"zh_refund": source("退款", "王小明的订单三天到账。", more=named)}
    new = {"zh_refund": source("退款", "三天到账。", version=2)}
    (shown,) = told(old, new)
    assert "王小明" in repr(shown)
    (hidden,) = told(old, new, erased={"Q261119-0AAJN0D"})
    assert hidden.rewritten["zh"].is_hidden
    assert "王小明" not in repr(hidden)


def test_the_public_learns_of_public_articles_by_todays_titles_and_no_word_more() -> None:
    open_now = "audience: public\n"
    old = {
        "zh_refund": source("退款", more=open_now),
        "zh_inside": source("内部"),
        "zh_gone": source("旧", more=open_now),
    }
    new = {
        "zh_refund": source("退款多久", "三天。", more=open_now),
        "zh_inside": source("内部", "更内部。"),
        "zh_opened": source("刚公开", more=open_now),
    }
    today = {**new, "zh_refund": source("退款要多久", "三天。", more=open_now)}
    entries = changes(shelf(**old), shelf(**new), shelf(**today))
    (edition,) = for_public([Edition("2026-Q4", None, entries)])
    assert [(one.change, one.title("zh")) for one in edition.entries] == [
        ("added", "刚公开"),
        ("changed", "退款要多久"),
    ]
    assert all(not one.rewritten and one.version is None for one in edition.entries)


def test_an_article_that_became_public_is_new_to_the_public_and_one_that_no_longer_is_was_never_there() -> None:
    inside, outside = source("退款"), source("退款", more="audience: public\n")
    for today, titles in ((outside, ["added"]), (inside, [])):
        entries = changes(shelf(zh_refund=inside), shelf(zh_refund=outside), shelf(zh_refund=today))
        (edition,) = for_public([Edition("2026-Q4", None, entries)])
        assert [one.change for one in edition.entries] == titles


# ---- how it reads -------------------------------------------------------------------------------------------------------


def test_a_reworded_sentence_shows_the_words_that_went_and_came() -> None:
    spans = turned("退款在三天内到账。", "退款在五个工作日内到账。")
    assert spans == (Span("same", "退款在"), Span("gone", "三天"), Span("new", "五个工作日"), Span("same", "内到账。"))
    assert turned("within three days", "within five days") == (
        Span("same", "within "), Span("gone", "three"), Span("new", "five"), Span("same", " days"),
    )  # fmt: skip


def test_sentences_that_have_nothing_in_common_stand_whole_beside_each_other() -> None:
    assert turned("请稍等。", "Call the branch.") == (Span("gone", "请稍等。"), Span("new", "Call the branch."))


def test_a_change_is_told_under_its_heading_and_marks_of_markdown_are_no_change() -> None:
    old = "# 退款\n\n三天。\n\n## 原因 {.team}\n\n- 银行**慢**\n- [看这里](a.md)\n"
    new = "# 退款\n\n三天。\n\n## 原因 {.team}\n\n- 银行慢\n- [看这里](b.md)\n- 周末不处理\n"
    (turn,) = rewording(old, new)
    assert (turn.under, turn.spans) == ("原因", (Span("new", "周末不处理"),))


def test_a_row_of_a_table_reads_as_its_cells_and_a_step_put_in_before_others_is_the_only_change() -> None:
    old, new = "1. 先看\n2. 再问\n\n| 卡 | 三天 |\n", "1. 先坐下\n2. 先看\n3. 再问\n\n| 卡 | 五天 |\n"
    assert [turn.spans for turn in rewording(old, new)] == [
        (Span("new", "先坐下"),),
        (Span("same", "卡 · "), Span("gone", "三"), Span("new", "五"), Span("same", "天")),
    ]


def test_lines_of_one_paragraph_are_one_and_breaking_them_elsewhere_is_no_change() -> None:
    assert list(rewording("one two\nthree four\n", "one two three\nfour\n")) == []


texts = st.text(alphabet="退款到账三五天 ab。\n", max_size=60)


@given(texts, texts)
def test_from_the_words_that_stay_and_go_the_old_text_is_made_and_from_those_that_stay_and_come_the_new(
    old: str, new: str
) -> None:
    spans = turned(old, new)
    assert "".join(span.text for span in spans if span.kind != "new") == old
    assert "".join(span.text for span in spans if span.kind != "gone") == new


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert list(rewording(text, text)) == []


def test_a_long_paragraph_takes_no_time_to_compare() -> None:
    old, new = "退 " * 40_000, "款 " * 40_000
    assert [span.kind for turn in rewording(old, new) for span in turn.spans] == ["new", "gone"]
