"""Articles: read strictly with places of the file, joined by name, and everything that is wrong with them."""

from datetime import date

import pytest
from tests.learning.articles_desk import articles, codes, file, item, source, wrong

from git_feedback.learning.articles_due import due
from git_feedback.learning.copying import copied
from git_feedback.store.articles import BadArticle, read_article, write_article

PLACE = "site/pages/zh/knowledge/refund.md"


def refused(content: bytes) -> list[tuple[int, int, str]]:
    with pytest.raises(BadArticle) as bad:
        read_article(content, PLACE)
    return [(one.line, one.column, one.code) for one in bad.value.problems]


def test_every_fault_of_the_front_matter_is_named_at_its_place_in_the_file() -> None:
    found = refused(source(review="2027-02-30", version="零", colour="红"))
    assert found == [(4, 1, "no-such-day"), (5, 1, "bad-integer"), (8, 1, "unknown-field")]


def test_broken_yaml_is_named_at_its_line_of_the_file_and_not_of_the_front_matter() -> None:
    assert refused(source(owner="&anchor zhou.yuan"))[0][0] == 3


@pytest.mark.parametrize("content", [b"# no front\n", b"", b"---\ntitle: x\n"])
def test_without_front_matter_it_is_no_article(content: bytes) -> None:
    assert refused(content) == [(1, 1, "not-an-article")]


def test_bytes_that_are_no_text_and_a_file_elsewhere_are_refused_in_one_line() -> None:
    assert refused(b"---\n\xff\n---\n") == [(1, 1, "site-not-utf8")]
    with pytest.raises(BadArticle) as bad:
        read_article(source(), "site/pages/zh/guide/refund.md")
    assert [one.code for one in bad.value.problems] == ["article-place"]


def test_line_ends_of_windows_change_neither_text_nor_lines() -> None:
    there = read_article(source("第一行\n[去](nowhere.md)").replace(b"\n", b"\r\n"), PLACE)
    assert [(one.code, one.line, one.column) for one in wrong(there)] == [("article-leads-nowhere", 13, 5)]


def test_what_is_written_reads_the_same() -> None:
    one = file(
        symptoms="[退款没到, 'yes: no']",
        replies='{any: "您好：\\n  钱在路上 # 真的"}',
        items="[Q261119-0AAJN0D]",
        due="2026-12-01",
    )
    again = read_article(write_article(one.front, one.body), PLACE)
    assert (again.front, again.body.strip()) == (one.front, one.body.strip())


def test_the_same_name_in_two_languages_is_one_article_whatever_the_order() -> None:
    both = [file(), file(language="en"), file(name="coupon")]
    for found in (articles(*both), articles(*reversed(both))):
        assert {name: list(one.in_languages) for name, one in found.items()} == {
            "refund": ["en", "zh"],
            "coupon": ["zh"],
        }


# ---- what is wrong ----------------------------------------------------------------------------------------------------


def test_an_article_as_it_should_be_has_nothing_wrong_with_it() -> None:
    well = file(
        "见[提交](../submit.md)、[券](coupon.md#a)、[手册](../handbook/clocks.md)、[网](https://x.example/a.md)。\n\n"
        "    `[无](nowhere.md)`\n\n```\n[无](nowhere.md)\n```",
        items="[Q261119-0AAJN0D]", measures="[M-faster-refunds]", problem="P-refunds-wait",
        replies="{any: 好, e-mail: 好}",
    )  # fmt: skip
    assert codes(well) == []


@pytest.mark.parametrize(
    ("front", "code"),
    [
        ({"owner": "nobody"}, "no-such-person"),
        ({"categories": "[service/none]"}, "unknown-category"),
        ({"items": "[Q261119-BYJ524T]"}, "article-no-item"),
        ({"measures": "[M-none]"}, "article-no-measure"),
        ({"problem": "P-none"}, "article-no-problem"),
        ({"replies": "{fax: 好}"}, "article-channel"),
        ({"items": "[Q261119-0AAJN0D, Q261119-0AAJN0D]"}, "id-twice"),
        ({"status": "draft"}, "article-draft-until-when"),
        ({"status": "research"}, "article-research-until-when"),
        ({"title": "请打 13812345678"}, "article-contact"),
        ({"quotes": "[加我微信 wx13812345678]"}, "article-contact"),
        ({"replies": '{any: "找 li@private.example"}'}, "article-contact"),
    ],
)
def test_what_the_front_matter_names_and_is_not_there_is_one_line_with_its_place(
    front: dict[str, str], code: str
) -> None:
    found = [one for one in wrong(file(**front)) if one.line < 10]
    assert [one.code for one in found] == [code]
    assert found[0].line > 1
    for language in ("en", "zh"):
        assert found[0].fact(language) and found[0].way_out(language)


def test_the_heading_is_the_title_and_marks_of_markdown_do_not_count() -> None:
    front = source(title="退款").decode()
    assert codes(read_article(front.replace("# 退款", "# 退款慢").encode(), PLACE)) == [("article-heading", 10)]
    assert codes(read_article(front.replace("# 退款", "#退款").encode(), PLACE)) == [("article-no-heading", 9)]
    starred = source(title='"退款 (A_B)"').decode().replace("# 退款 (A_B)", "# **退款** (A\\_B)")
    assert codes(read_article(starred.encode(), PLACE)) == []


def test_languages_that_differ_are_told_at_the_later_one() -> None:
    found = wrong(
        file(language="en"), file(version="3", audience="team", status="retired", categories="[price/promotions]")
    )
    assert {one.values["field"] for one in found} == {"version", "audience", "status", "categories"}
    assert {one.file for one in found} == {PLACE}


def test_the_order_of_categories_is_no_difference() -> None:
    one, other = "[service/refund, process/invoice]", "[process/invoice, service/refund]"
    assert codes(file(language="en", categories=one), file(categories=other)) == []


def test_a_link_to_a_page_that_is_not_there_is_told_at_its_place() -> None:
    found = wrong(file("先看\n见[那里](../nowhere.md)。"))
    assert [(one.code, one.line, one.column, one.values["page"]) for one in found] == [
        ("article-leads-nowhere", 13, 7, "zh/nowhere.md")
    ]


def test_a_link_to_a_retired_article_is_told_and_one_between_retired_ones_is_not() -> None:
    old = file(name="coupon", status="retired")
    assert [code for code, _ in codes(old, file("见[券](coupon.md)"))] == ["article-leads-to-retired"]
    assert codes(old, file("见[券](coupon.md)", status="retired")) == []


def test_two_current_articles_are_not_known_by_the_same_words() -> None:
    one, other = file(name="coupon", symptoms="[退款還沒到！]"), file(symptoms="[退款还没到]")
    assert [code for code, _ in codes(one, other)] == ["article-same-symptom"]
    assert codes(file(name="coupon", symptoms="[退款还没到]", status="retired"), other) == []


def test_contact_data_in_the_text_is_told_and_the_address_of_the_desk_is_not() -> None:
    assert codes(file("写信给 feedback@desk.example。")) == []
    assert codes(file("打 13812345678，或写信给 li@private.example。")) == [
        ("article-contact", 12),
        ("article-contact", 12),
    ]


# ---- what it took from items --------------------------------------------------------------------------------------------


def took(title: str = "退款十天没到账了", text: str = "", history: str = "", **front: str) -> list[str]:
    return [one.code for one in copied(articles(file(**front)), [item(title, text, history=history)])]


def test_words_of_an_item_that_is_not_linked_do_not_stand_in_a_public_article() -> None:
    assert took(symptoms="[退款十天，没到账了！]") == ["article-copied"]
    assert took("另一件事", "退款十天沒到賬了", quotes="[退款十天没到账了]") == ["article-copied"]


def test_words_of_a_linked_item_words_of_anybody_and_words_for_the_team_may_stand_there() -> None:
    assert took(symptoms="[退款十天没到账了]", items="[Q261119-0AAJN0D]") == []
    assert took("退款慢", symptoms="[退款慢]") == []
    assert took(symptoms="[退款十天没到账了]", audience="team") == []
    assert took(symptoms="[退款十天没到账了]", status="retired") == []


def test_an_item_that_was_erased_is_told_where_it_is_named() -> None:
    history = '  - erase: {at: 2026-11-19T12:00:00+08:00, by: he.miao, request: "7"}\n'
    assert took("已删除", history=history, items="[Q261119-0AAJN0D]") == ["article-item-erased"]
    assert took("已删除", history=history) == []


# ---- what waits -------------------------------------------------------------------------------------------------------


def waits(
    *files: object, today: str = "2026-11-20", in_use: frozenset[str] = frozenset({"service/refund"})
) -> list[str]:
    return [one.code for one in due(articles(*files), in_use, date.fromisoformat(today))]  # type: ignore[arg-type]


def test_a_review_is_due_the_day_after_its_day_and_in_each_language() -> None:
    both = file(review="2026-11-20"), file(review="2026-11-20", language="en")
    assert waits(*both) == []
    assert waits(*both, today="2026-11-21") == ["article-review-due"] * 2


def test_research_and_drafts_are_overdue_after_their_day() -> None:
    for status in ("research", "draft"):
        both = [file(status=status, due="2026-11-19", language=language) for language in ("zh", "en")]
        assert waits(*both) == [f"article-{status}-overdue"] * 2
        assert waits(*both, today="2026-11-19") == []


def test_a_missing_language_is_told_with_the_file_to_write() -> None:
    found = list(due(articles(file()), {"service/refund"}, date(2026, 11, 20)))
    assert [(one.code, one.values["file"]) for one in found] == [
        ("article-untranslated", "site/pages/en/knowledge/refund.md")
    ]


def test_an_orphan_has_no_category_in_use_no_item_no_problem_and_no_link() -> None:
    both = file(), file(language="en")
    none: frozenset[str] = frozenset()
    assert waits(*both, in_use=none) == ["article-orphan"]
    named = [file(items="[Q261119-0AAJN0D]", language=language) for language in ("zh", "en")]
    assert waits(*named, in_use=none) == []
    linking = [file("见[退](refund.md)", name="coupon", problem="P-a", language=language) for language in ("zh", "en")]
    assert waits(*both, *linking, in_use=none) == []


def test_a_retired_article_waits_for_nobody() -> None:
    assert waits(file(status="retired", review="2020-01-01"), in_use=frozenset()) == []
