"""What stands around an item: the same submitter's other items, articles that help, the words that go out next."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.pages.views_desk import CLOSED, LATE, NEW, NOW, PRAISE, WAITING, record
from tests.sample_desk import ROOT, policy

from git_feedback.desk import standings
from git_feedback.i18n import LANGUAGES
from git_feedback.jobs.replying import due, replies
from git_feedback.outbox.drafts import draft
from git_feedback.pages.articles import articles
from git_feedback.pages.page import Article, Page, Record, Reply
from git_feedback.pages.views import item
from git_feedback.pages.views.around import OTHERS, surroundings
from git_feedback.pages.views.helpful import Shelf
from git_feedback.pages.views.rendering import both
from git_feedback.store import read

REF = "5b1c6e0a5b1c6e0a"
PAYMENT = "knowledge/payment-taken-no-order.html"
REFUND = "knowledge/refund-slower-than-promised.html"
LOCKER = "knowledge/locker-code-not-received.html"
SOLVED = """\
  - resolve: {at: 2026-11-20T10:00:00+08:00, by: lin.wan}
    result: 订单已补上。
    cause: 网关超时。
"""


def page_of(found: Record, item_id: str, language: str = "zh") -> Page:
    made = item.pages(found, both(found))
    return next(page for page in made if page.language == language and item_id in page.path)


def of_submitter(source: str, ref: str = REF) -> str:
    """The item as one of a known submitter's."""
    if "submitter:" in source:
        return source.replace("submitter:\n", f"submitter:\n  ref: {ref}\n")
    head, mark, history = source.partition("history:\n")
    return f"{head}submitter:\n  ref: {ref}\n{mark}{history}"


def knowledge() -> dict[str, bytes]:
    """The articles of this repository, as sources by path."""
    paths = (ROOT / "site" / "pages").rglob("knowledge/*.md")
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}


# ---- the same submitter --------------------------------------------------------------------------------------------------


def test_the_submitters_other_items_are_listed_newest_first_and_all_are_a_link_away() -> None:
    found = record(*map(of_submitter, (LATE, WAITING, CLOSED)), of_submitter(NEW, "ffffffffffffffff"))
    around = surroundings(found)["Q261119-0AAJN0D"]
    assert [other.id for other in around.others] == ["Q261119-BYJ524T", "Q260803-R4C4Y79"]
    article = page_of(found, "Q261119-0AAJN0D").article
    theirs = article.partition('id="h-theirs"')[2].partition("</section>")[0]
    assert "已结案" in theirs
    assert "8 月 3 日" in theirs
    assert f'href="../../queue.html?q=state%3Aall+ref%3A{REF}"' in theirs
    assert "全部 3 件" in theirs


def test_somebody_unknown_has_no_other_items() -> None:
    found = record(LATE, WAITING)
    assert "h-theirs" not in page_of(found, "Q261119-0AAJN0D").article
    assert all(not around.others for around in surroundings(found).values())


def test_of_a_frequent_submitter_five_items_are_shown_and_all_counted() -> None:
    names = [
        "Q260720-0PTBEEM",
        "Q260724-4C9H7SF",
        "Q260729-38TPX68",
        "Q260803-R4C4Y79",
        "Q260805-KCRG659",
        "Q260807-JENMNPH",
    ]
    others = [of_submitter(NEW.replace("Q261120-QYA161T", name).replace("post-7", name)) for name in names]
    around = surroundings(record(of_submitter(LATE), *others))["Q261119-0AAJN0D"]
    assert (len(around.others), around.others_count) == (OTHERS, 6)


# ---- articles ------------------------------------------------------------------------------------------------------------


def test_every_article_is_read_with_its_title_first_sentence_and_the_words_of_submitters() -> None:
    found = articles(knowledge())
    for language in LANGUAGES:
        assert {one.path for one in found[language]} >= {PAYMENT, REFUND, LOCKER}
        assert all(one.title and one.lead and len(one.words) > 2 for one in found[language])


def test_a_list_of_articles_and_a_page_that_cannot_be_read_are_no_articles() -> None:
    folder = "site/pages/zh/knowledge/"
    found = articles(
        {f"{folder}index.md": b"# x\n", f"{folder}bad.md": b"\xff", f"{folder}a.md": "# 甲\n\n- 乙\n".encode()}
    )
    assert [(one.path, one.title, one.lead) for one in found["zh"]] == [("knowledge/a.html", "甲", "")]


def test_of_the_sample_desk_articles_stand_beside_the_items_they_are_about_and_no_other() -> None:
    """Looked at one by one: an article that does not help is worse than none."""
    paths = sorted((ROOT / "feedback" / "2026").rglob("*.yml"))
    items = [read(path.read_bytes(), file=path.name) for path in paths]
    shelf = Shelf(articles(knowledge()))
    helps = {one.item.id: [found.told[0][1] for found in shelf.helps(one)] for one in standings(items, policy(), NOW)}
    assert {name: found for name, found in helps.items() if found} == {
        "Q261118-2Z44188": [REFUND],
        "Q261119-0AAJN0D": [PAYMENT],
        "Q261120-ZDP89D0": [REFUND],
        "Q261120-GGHPCNW": [LOCKER],
        "Q261120-QTG2XSH": [LOCKER],
        "Q261120-HK3A6GX": [LOCKER],
        "Q261109-ZEGQ5XR": ["knowledge/repaired-and-broken-again.html"],
        "Q261118-ZCP77V9": ["knowledge/app-closes-by-itself.html"],
        "Q261119-KTAFF8G": ["knowledge/invoice-wrong-heading.html"],
        "Q261119-BYJ524T": ["knowledge/invoice-wrong-heading.html"],
        "Q261120-ZQ9927B": ["knowledge/invoice-wrong-heading.html"],
        "Q261119-ZAJXMTH": ["knowledge/points-missing.html"],
        "Q261120-Y073CV2": ["knowledge/foreign-cards-declined.html"],
        "Q261120-N1H0AYT": ["knowledge/foreign-cards-declined.html"],
        "Q261120-XMP271Z": ["knowledge/tills-offline.html"],
        "Q261120-GE1X08Y": ["knowledge/complaint-about-our-people.html"],
    }


LINK = "  - link: {{at: 2026-11-20T10:0{n}:00+08:00, by: lin.wan, kind: article, to: {to}}}\n"


@pytest.mark.parametrize("said", ["knowledge/a", "a.md", "site/pages/zh/knowledge/a.md", "a", "/knowledge/a.html"])
def test_a_linked_article_stands_there_however_it_was_called(said: str) -> None:
    shelf = Shelf({"zh": [Article("knowledge/a.html", "甲", "", ("甲",))]})
    one = record(LATE + LINK.format(n=1, to=f'"{said}"')).standings[0]
    assert [(found.told[0][1], found.is_linked) for found in shelf.helps(one)] == [("knowledge/a.html", True)]


def test_an_article_that_was_unlinked_again_is_gone() -> None:
    shelf = Shelf({"zh": [Article("knowledge/a.html", "甲", "", ("甲",))]})
    gone = LINK.format(n=1, to="a") + LINK.format(n=2, to="a").replace("- link", "- unlink")
    assert shelf.helps(record(LATE + gone).standings[0]) == ()


def test_a_finished_item_shows_linked_articles_only() -> None:
    shelf = Shelf({"zh": [Article("knowledge/a.html", "优惠券", "", ("优惠券提示“不满足条件”，但是金额够了",))]})
    assert shelf.helps(record(CLOSED).standings[0]) == ()


def test_an_article_in_one_language_only_is_linked_in_its_own_folder_and_says_so() -> None:
    shelf = {"zh": [Article("knowledge/a.html", "甲", "乙。", ("甲",))]}
    found = replace(record(LATE + LINK.format(n=1, to="a")), articles=shelf)
    assert 'href="../../../zh/knowledge/a.html" lang="zh-CN"' in page_of(found, "Q261119-0AAJN0D", "en").article
    assert 'href="../../knowledge/a.html">甲' in page_of(found, "Q261119-0AAJN0D").article


# ---- words that go out ---------------------------------------------------------------------------------------------------


def with_replies(*sources: str) -> Record:
    found = record(*sources)
    return replace(found, replies=replies(found.standings, found.policy, found.now))


def test_the_words_of_a_due_reply_are_those_of_the_draft_to_the_letter() -> None:
    found = with_replies(LATE.replace('  hint: "138****5678"\n', '  hint: "138****5678"\n') + SOLVED)
    one = found.standings[0]
    reply = found.replies[one.item.id]
    assert reply.text == draft(one, found.policy, "reply", found.now).text
    assert "订单已补上。" in reply.text
    article = page_of(found, one.item.id).article
    shown = re.search(r'<div class="fb-words"[^>]*>(.*?)</div>', article, re.DOTALL)
    assert shown is not None
    assert shown[1] == reply.text
    assert f"git feedback reply {one.item.id} --template" not in article, "nobody has reviewed it yet"
    assert "复核通过之后再发出" in article
    reviewed = with_replies(
        LATE + SOLVED + "  - review: {at: 2026-11-20T10:30:00+08:00, by: mara.lind, verdict: pass}\n"
    )
    assert f"git feedback reply {one.item.id} --template" in page_of(reviewed, one.item.id).article
    assert "138****5678" in article.partition("fb-reply")[2].partition("</section>")[0]


def test_words_are_due_while_a_reply_or_the_first_answer_is_next_and_not_before_or_after() -> None:
    unanswered = LATE.replace("  - respond:", "  - note:").replace(", channel: app, progress: true", "")
    found = record(unanswered)
    assert due(found.standings[0], found.policy) in ("respond", "")
    for source, about in ((LATE + SOLVED, "reply"), (PRAISE, "reply"), (NEW, ""), (CLOSED, "")):
        one = record(source).standings[0]
        assert due(one, policy()) == about, source


def test_where_nobody_can_be_reached_no_words_are_offered() -> None:
    assert with_replies(LATE.replace("kind: returning", "kind: anonymous") + SOLVED).replies == {}


def test_words_that_the_channel_does_not_take_say_so() -> None:
    reply = Reply("reply", "app", "call", "zh", "您好。", limit=1)
    found = replace(record(LATE + SOLVED), replies={"Q261119-0AAJN0D": reply})
    assert "超过这个渠道的 1 字" in page_of(found, "Q261119-0AAJN0D").article


def test_words_are_text_whatever_they_hold() -> None:
    reply = Reply("reply", "app", "comment", "zh", "<img src=x onerror=y>\n第二行")
    found = replace(record(LATE + SOLVED), replies={"Q261119-0AAJN0D": reply})
    article = page_of(found, "Q261119-0AAJN0D").article
    assert "&lt;img src=x onerror=y&gt;\n第二行" in article
    assert "<img" not in article


# ---- steps and the way back ----------------------------------------------------------------------------------------------


def test_every_other_legal_step_follows_with_who_may_do_it() -> None:
    article = page_of(record(LATE), "Q261119-0AAJN0D").article
    others = article.partition("fb-more-steps")[2].partition("</details>")[0]
    escalate = others.partition("git feedback exempt")[0].rpartition("<li>")[2]
    assert "可由部门负责人或以上做" in escalate
    assert "--clock resolve --until DATE" in others
    assert "git feedback alarm" not in article, "only the desk itself does that"


def test_a_step_that_everybody_may_do_names_nobody() -> None:
    others = page_of(record(LATE), "Q261119-0AAJN0D").article.partition("fb-more-steps")[2]
    note = others.partition("git feedback note")[0].rpartition("<li>")[2]
    assert "fb-hush" not in note


def test_the_file_is_a_link_where_the_policy_names_a_host() -> None:
    found = record(LATE)
    assert "fb-host" not in page_of(found, "Q261119-0AAJN0D").article
    hosted = found.policy.desk.model_copy(update={"repository": "https://git.example.com/desk/feedback"})
    at_host = replace(found, policy=replace(found.policy, desk=hosted))
    assert (
        'href="https://git.example.com/desk/feedback/blob/HEAD/feedback/2026/11/Q261119-0AAJN0D.yml"'
        in page_of(at_host, "Q261119-0AAJN0D").article
    )


def test_moments_that_go_stale_overnight_can_be_told_anew_and_finished_items_have_none() -> None:
    late, closed = (page_of(record(source), name) for source, name in ((LATE, "0AAJN0D"), (CLOSED, "R4C4Y79")))
    assert 'data-said="今天 09:15"' in late.article
    assert "data-said" not in closed.article
    tomorrow = page_of(record(CLOSED, now=NOW + timedelta(days=1)), "R4C4Y79")
    assert tomorrow.article == closed.article
