"""Editions are read from the tags of a real repository; a tag that is none, or of which nothing is here, is passed over."""

from datetime import date, datetime
from pathlib import Path

import pytest
from tests.learning.editions_shelf import source
from tests.sample_desk import NOW, PAYMENT, Sample, git, item, sample

from git_feedback.charts import CannotDraw, Drawing, Life, Year
from git_feedback.jobs.audiences import narrowed
from git_feedback.jobs.building import made_pages, plain_files, record
from git_feedback.jobs.editions import articles_at, editions, is_name, quarter, rules_source, tagged, uncommitted
from git_feedback.jobs.knowledge import knowledge_of
from git_feedback.jobs.problems_known import problems_of_improving
from git_feedback.jobs.reading import whole
from git_feedback.learning.editions import Edition
from git_feedback.pages.audience import PUBLIC, TEAM, Audience
from git_feedback.pages.page import Record
from git_feedback.store import Git

MOMENT = datetime.fromisoformat(NOW)
REFUND = "site/pages/zh/knowledge/refund.md"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    """A desk with one article, at its first edition."""
    made = sample(tmp_path)
    made.put(source("退款多久到账", "三天到账。"), REFUND)
    git(made.root, "tag", "--annotate", "--message=第一版", "knowledge-2026-Q2")
    return made


def found(desk: Sample) -> list[Edition]:
    return editions(desk.root, knowledge_of(desk.root).articles, [])


def read(desk: Sample, audience: Audience = TEAM) -> Record:
    there = whole(desk.root, MOMENT, None, lambda things, _: things)
    return record(desk.root, there, MOMENT, fixed=True, commit="abc", audience=audience)


def test_without_a_tag_there_is_no_edition(tmp_path: Path) -> None:
    desk = sample(tmp_path)
    desk.put(source("退款"), REFUND)
    assert found(desk) == []


def test_what_changed_since_the_last_edition_stands_first_then_each_edition_newest_first(desk: Sample) -> None:
    desk.put(source("退款多久到账", "五天到账。", version=2), REFUND)
    git(desk.root, "tag", "knowledge-2026-Q3")
    (desk.root / REFUND).write_bytes(source("退款多久到账", "当天到账。", version=3))
    since, third, second = found(desk)
    assert [one.name for one in (since, third, second)] == ["", "2026-Q3", "2026-Q2"]
    assert [[entry.change for entry in one.entries] for one in (since, third, second)] == [
        ["changed"], ["changed"], ["added"],
    ]  # fmt: skip
    assert (since.entries[0].was, since.entries[0].version) == (2, 3)
    assert second.day is not None


def test_a_tag_of_another_name_or_of_no_commit_is_no_edition(desk: Sample) -> None:
    blob = git(desk.root, "hash-object", "-w", REFUND).strip()
    git(desk.root, "tag", "knowledge-2026-Q3", blob)
    for name in ("knowledge-old", "knowledge-2026-Q5", "knowledge-2026-Q1-draft", "release-2026-Q4"):
        git(desk.root, "tag", name)
    assert [one.name for one in tagged(desk.git)] == ["2026-Q2"]


def test_a_branch_of_the_same_name_leads_nobody_astray(desk: Sample) -> None:
    desk.put(source("退款多久到账", "五天到账。", version=2), REFUND)
    git(desk.root, "branch", "knowledge-2026-Q2")
    assert [entry.was for entry in found(desk)[0].entries] == [1]


def test_an_article_that_could_not_be_read_then_is_new_when_it_can_be(desk: Sample) -> None:
    desk.put(b"---\ntitle: [\n---\n", "site/pages/zh/knowledge/broken.md")
    assert set(articles_at(desk.git, "HEAD")) == {"refund"}
    git(desk.root, "tag", "knowledge-2026-Q3")
    desk.put(source("修好了"), "site/pages/zh/knowledge/broken.md")
    assert [(entry.change, entry.name) for entry in found(desk)[0].entries] == [("added", "broken")]


def test_an_item_that_was_erased_hides_former_words(desk: Sample) -> None:
    erased = item(f"{PAYMENT}history:\n  - erase: {{at: 2026-11-20T10:00:00+08:00, by: he.miao, request: 7}}\n")
    desk.put(source("退款多久到账", "王小明三天到账。", 2, f"items: [{erased.id}]\n"), REFUND)
    git(desk.root, "tag", "knowledge-2026-Q3")
    desk.put(source("退款多久到账", "三天到账。", 3), REFUND)
    articles = knowledge_of(desk.root).articles
    assert "王小明" in repr(editions(desk.root, articles, [item()])[0])
    assert "王小明" not in repr(editions(desk.root, articles, [erased]))


def test_a_record_for_the_public_holds_titles_of_public_articles_alone(desk: Sample) -> None:
    desk.put(source("退款多久到账", "五天到账。", 2), REFUND)
    desk.put(source("取件码", more="audience: public\n"), "site/pages/zh/knowledge/codes.md")
    assert [entry.name for entry in read(desk).editions[0].entries] == ["codes", "refund"]
    public = read(desk, PUBLIC)
    assert [entry.name for one in public.editions for entry in one.entries] == ["codes"]
    assert "五天" not in repr(public.editions)
    assert narrowed(public).editions == public.editions
    assert read(desk, Audience("department", "support")).editions == read(desk).editions


def test_quarters_have_names_and_other_names_are_none() -> None:
    assert [quarter(date(2026, month, 1)) for month in (1, 3, 4, 12)] == ["2026-Q1", "2026-Q1", "2026-Q2", "2026-Q4"]
    assert [is_name(name) for name in ("2026-Q4", "2026-Q5", "2026-q4", "26-Q4", "2026-Q4\n")] == [
        True, False, False, False, False,
    ]  # fmt: skip


def test_articles_that_are_not_committed_are_named(desk: Sample) -> None:
    assert uncommitted(desk.git) == []
    (desk.root / REFUND).write_bytes(source("退款", "改了"))
    (desk.root / "site/pages/zh/knowledge/退 款.md").write_bytes(source("新"))
    assert uncommitted(desk.git) == [REFUND, "site/pages/zh/knowledge/退 款.md"]


def without_a_font(_what: Year | Life, _language: str) -> Drawing:
    """No picture: the words of the handbook are looked at here."""
    raise CannotDraw("chart-library-missing")


# ---- the handbook -------------------------------------------------------------------------------------------------------


def test_the_handbook_says_from_which_commit_of_the_policy_it_is(desk: Sample) -> None:
    source_of = rules_source(desk.git)
    first = git(desk.root, "log", "--format=%H", "--reverse", "--", "policy").split()[0]
    assert first.startswith(source_of.commit)
    assert source_of.day is not None
    assert rules_source(Git(desk.root.parent)).commit == ""


def test_a_chapter_of_colleagues_stands_beside_and_never_in_the_place_of_a_page_that_is_made(desk: Sample) -> None:
    desk.put("# 怎么写回复\n\n先说结果。\n", "site/pages/zh/handbook/writing.md")
    desk.put("# 我的级别\n", "site/pages/zh/handbook/levels.md")
    there = whole(desk.root, MOMENT, None, lambda things, _: things)
    wrong = problems_of_improving(desk.root, there, MOMENT)
    assert [(one.file, one.line, one.code) for one in wrong if one.code == "page-taken"] == [
        ("site/pages/zh/handbook/levels.md", 1, "page-taken")
    ]
    assert "site/pages/zh/handbook/levels.md" not in plain_files(desk.root)
    made = made_pages(desk.root, read(desk), without_a_font)
    index = made["site/pages/zh/handbook/index.md"].decode()
    assert "[怎么写回复](writing.md)" in index
    assert "我的级别" not in index
    assert "| P0 |" in made["site/pages/zh/handbook/levels.md"].decode()
