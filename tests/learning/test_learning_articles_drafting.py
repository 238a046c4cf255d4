"""Drafts of articles: what is known is filled in, no person is in it; and what readers said is taken in once."""

import json
from datetime import date, datetime

import pytest
from tests.learning.articles_desk import articles, file, item
from tests.sample_desk import policy

from git_feedback.desk import standings
from git_feedback.learning.drafting import Matter, about, draft, half_a_year_after, is_name, name_of, titles_of
from git_feedback.learning.helping import Effect, Left, effects, helped, is_taken, taken
from git_feedback.model.helped import Counted
from git_feedback.store.articles import ArticleFile, read_article
from git_feedback.store.helped import LARGEST, BadHelped, added, path_of, read_counted, read_month

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
TODAY = date(2026, 11, 20)
HISTORY = """\
  - classify: {at: 2026-11-19T09:40:00+08:00, by: he.miao, category: service/environment, urgency: 3, impact: 3}
  - assign: {at: 2026-11-19T09:41:00+08:00, by: he.miao, department: stores, owner: zhao.qinghe}
  - accept: {at: 2026-11-19T09:42:00+08:00, by: zhao.qinghe}
  - resolve: {at: 2026-11-19T10:00:00+08:00, by: zhao.qinghe}
    result: 推车加到十辆，赵青禾电话 13812345678。
    cause: 周末只有三辆 [推车](http://x.example)。
    measure: 每天早上点一次数。
  - review: {at: 2026-11-19T10:05:00+08:00, by: he.miao, verdict: pass}
  - reply: {at: 2026-11-19T10:10:00+08:00, by: zhao.qinghe, channel: phone}
    text: 王女士您好，推车已加到十辆，订单 812345678901 的停车费退您。
  - follow-up: {at: 2026-11-19T10:20:00+08:00, by: he.miao, verdict: satisfied}
  - close: {at: 2026-11-19T10:30:00+08:00, by: he.miao}
"""


def drafted(title: str = "儿童推车借不到，请回电 13812345678", history: str = HISTORY) -> dict[str, ArticleFile]:
    """The draft about one item, by language."""
    there = standings([item(title, history=history)], policy(), NOW)
    matter = Matter(name_of(there, None), titles_of(there, None, policy()), there)
    made = draft(matter, policy(), "he.miao", TODAY)
    return {one.language: one for one in (read_article(content, path) for path, content in made.files.items())}


def test_a_draft_says_what_the_record_knows_in_the_items_language() -> None:
    one = drafted()["zh"]
    assert one.path == "site/pages/zh/knowledge/environment-0aajn0d.md"
    front = one.front
    assert (front.owner, front.review, front.version, front.status) == ("he.miao", date(2027, 5, 20), 1, "draft")
    assert (front.items, front.categories, front.audience) == (("Q261119-0AAJN0D",), ("service/environment",), "team")
    for known in ("周末只有三辆", "推车加到十辆", "每天早上点一次数"):
        assert known in one.body
    assert "推车已加到十辆" in front.replies["phone"]


def test_the_other_language_gets_the_frame_with_the_same_facts_and_none_of_the_words() -> None:
    both = drafted()
    assert both["en"].front.symptoms == () and both["en"].front.replies == {}
    for field in ("version", "status", "audience", "categories", "items", "review", "due"):
        assert getattr(both["en"].front, field) == getattr(both["zh"].front, field)
    assert "推车" not in both["en"].body
    assert both["en"].body.count("\n## ") == both["zh"].body.count("\n## ")


@pytest.mark.parametrize("private", ["13812345678", "赵青禾", "王女士", "812345678901"])
def test_no_name_no_contact_and_no_order_stands_in_a_draft(private: str) -> None:
    for one in drafted().values():
        assert private not in one.source + one.body


def test_words_of_the_record_mean_nothing_in_markdown_and_a_draft_has_nothing_wrong_with_it() -> None:
    from tests.learning.articles_desk import codes

    both = drafted()
    assert "](http" not in both["zh"].body
    assert codes(*both.values()) == []


def test_what_was_erased_or_taken_back_stands_in_no_draft() -> None:
    gone = HISTORY + '  - erase: {at: 2026-11-19T12:00:00+08:00, by: he.miao, request: "7"}\n'
    assert "推车" not in drafted(history=gone)["zh"].source + drafted(history=gone)["zh"].body
    back = HISTORY + (
        "  - retract: {at: 2026-11-19T12:00:00+08:00, by: he.miao, what: reply, when: 2026-11-19T10:10:00+08:00}\n"
        "    because: 发错了人\n"
    )
    assert drafted(history=back)["zh"].front.replies == {}


def test_an_article_about_an_item_or_a_problem_is_named_and_a_retired_one_is_not() -> None:
    there = articles(
        file(items="[Q261119-0AAJN0D]"),
        file(name="old", items="[Q261119-0AAJN0D]", status="retired"),
        file(name="coupon", problem="P-a"),
    )
    assert about(there, ["Q261119-0AAJN0D"]) == ["refund"]
    assert about(there, [], "P-a") == ["coupon"]
    assert about(there, [], None) == []


@pytest.mark.parametrize(("day", "later"), [("2026-08-31", "2027-02-28"), ("2026-11-20", "2027-05-20"), ("2026-12-31", "2027-06-30"), ("2026-06-30", "2026-12-30")])  # fmt: skip
def test_half_a_year_later_is_the_same_day_or_the_last_of_the_month(day: str, later: str) -> None:
    assert half_a_year_after(date.fromisoformat(day)) == date.fromisoformat(later)


@pytest.mark.parametrize("given", ["", "Refund", "退款", "a b", "../x", "a--b", "-a", "index", "x" * 81])
def test_what_no_address_can_hold_names_no_article(given: str) -> None:
    assert not is_name(given)
    assert is_name("refund-late-2")


# ---- whether it helped --------------------------------------------------------------------------------------------------


def counted(*counts: tuple[str, str, int, int], asked: tuple[str, ...] = (), mark: str = "0123456789abcdef") -> bytes:
    """A file as a browser writes it."""
    rows = [{"day": day, "article": name, "yes": yes, "no": no} for day, name, yes, no in counts]
    questions = [{"day": "2026-11-19", "language": "zh", "text": text} for text in asked]
    return json.dumps(
        {"format": "git-feedback/did-this-help/1", "id": mark, "counts": rows, "asked": questions}
    ).encode()


def read_in(content: bytes) -> Counted:
    return read_counted(content, "did-this-help.json")


def test_counts_are_taken_in_for_articles_that_there_are_and_days_that_can_be() -> None:
    one = read_in(
        counted(
            ("2026-11-19", "refund", 2, 1),
            ("2026-11-19", "nothing", 1, 0),
            ("2026-12-24", "refund", 1, 0),
            ("2024-01-01", "refund", 1, 0),
        )
    )
    taking, left = taken(one, ["refund"], (), TODAY, "he.miao")
    assert [(count.article, count.yes, count.no) for count in taking.counts] == [("refund", 2, 1)]
    assert left == Left(unknown=1, other_days=2)


def test_questions_come_in_without_names_and_ways_to_reach_anybody() -> None:
    one = read_in(counted(asked=("找何淼，我的电话 13812345678",)))
    taking, _ = taken(one, [], ["何淼"], TODAY, "he.miao")
    assert "13812345678" not in taking.asked[0].text and "何淼" not in taking.asked[0].text


def test_a_month_grows_at_its_end_reads_back_and_knows_what_was_handed_in() -> None:
    first, _ = taken(
        read_in(counted(("2026-11-19", "refund", 2, 1), asked=('推车: "在哪"? #1',))), ["refund"], (), TODAY, "he.miao"
    )
    second, _ = taken(
        read_in(counted(("2026-11-20", "refund", 0, 3), mark="fedcba9876543210")), ["refund"], (), TODAY, "he.miao"
    )
    one = added(b"", "2026-11", first)
    both = added(one, "2026-11", second)
    assert both.startswith(one)
    month = read_month(both, path_of("2026-11"))
    assert month.takings == (first, second)
    assert helped([month])["refund"] == (2, 4)
    assert is_taken({"": month}, read_in(counted(("2026-11-19", "refund", 9, 9))))
    assert not is_taken({"": month}, read_in(counted(mark="aaaaaaaaaaaaaaaa")))


def test_an_id_of_figures_alone_reads_back_as_it_was() -> None:
    taking, _ = taken(
        read_in(counted(("2026-11-19", "refund", 1, 0), mark="1234567890123456")), ["refund"], (), TODAY, "he.miao"
    )
    assert read_month(added(b"", "2026-11", taking), path_of("2026-11")).takings == (taking,)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"nul", b"\xff", b"[" * 100_000, b" " * (LARGEST + 1), counted(("2026-11-19", "refund", 100, 0)),
        counted(("2026-11-19", "../x", 1, 0)), counted(("2026-02-30", "refund", 1, 0)), counted(mark="x"),
        counted(asked=("x" * 301,)), counted(asked=("",)), counted(("2026-11-19", "refund", -1, 0)),
        counted().replace(b"/1", b"/2"), counted().replace(b'"asked"', b'"named"'),
    ],
)  # fmt: skip
def test_a_file_that_no_browser_of_ours_wrote_is_refused_with_words(content: bytes) -> None:
    with pytest.raises(BadHelped) as bad:
        read_in(content)
    for problem in bad.value.problems:
        assert problem.said("en") and problem.said("zh")


def test_a_month_under_another_name_is_refused() -> None:
    with pytest.raises(BadHelped):
        read_month(b"month: 2026-11\n", path_of("2026-12"))


def test_an_article_closed_the_closed_items_that_it_names_or_that_people_linked() -> None:
    linked = "  - link: {at: 2026-11-19T09:50:00+08:00, by: he.miao, kind: article, to: knowledge/refund.md}\n"
    items = [
        item("一", history=HISTORY),
        item(
            "二",
            name="Q261119-BYJ524T",
            history=HISTORY.replace("  - review", linked + "  - review", 1).replace("09:50", "10:01"),
        ),
        item("三", name="Q261119-KTAFF8G"),
    ]
    there = articles(file(items="[Q261119-0AAJN0D, Q261119-KTAFF8G]"), file(name="coupon"))
    assert effects(there, standings(items, policy(), NOW), []) == {"refund": Effect(2, 0, 0), "coupon": Effect()}
