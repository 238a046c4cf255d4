"""Training records: who is due stands first, a department sees its own people, the public nothing at all."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from tests.learning.taught_course import VERSIONS, known, passed
from tests.pages.views_desk import ALL, record
from tests.sample_desk import policy

from git_feedback.i18n import LANGUAGES
from git_feedback.jobs.audiences import narrowed
from git_feedback.learning.training import Training
from git_feedback.model.training import Pass
from git_feedback.pages import docs
from git_feedback.pages.audience import PUBLIC, Audience
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import READERS, all_pages, pages, training_records
from git_feedback.pages.views.rendering import both

LATE = passed("qiu.yan", "2025-12-01", articles={"refund": 1, "lockers": 1})
SOON = passed("fang.yu", "2026-05-19", version=1)
DONE = passed("ji.nan", "2026-10-01")
OTHERS = [
    passed(one, "2026-11-02") for one in policy().people if one not in {"qiu.yan", "fang.yu", "ji.nan", "gu.heng"}
]
PAYMENTS = Audience("department", "payments")


def desk(*found: Pass, training: Training | None = None) -> Record:
    return replace(record(*ALL), training=known() if training is None else training, versions=VERSIONS, passes=found)


def page_of(read: Record, language: str = "zh") -> Page:
    return next(page for page in training_records.pages(read, both(read)) if page.language == language)


def plain(page: Page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.article))


@pytest.fixture(scope="module")
def full() -> Record:
    return desk(LATE, SOON, DONE, *OTHERS)


def test_who_is_due_first_stands_first_and_says_so_with_sign_and_days(full: Record) -> None:
    page = page_of(full)
    rows = re.findall(r'<td role="cell"><b>([^<]+)<', page.article)
    assert rows[:3] == ["邱岩", "顾衡", "方屿"]
    assert page.article.count('data-clock="breached"') == 1
    words = plain(page)
    for said in (
        "过期 143 天",
        "6 月 30 日",
        "还没有通过",
        "还有 41 天",
        "12 月 31 日",
        "本半年要完成 3 项，1 项过期",
    ):
        assert said in words, said


def test_colour_begins_four_weeks_before_the_day(full: Record) -> None:
    assert 'data-clock="soon"' not in page_of(full).article
    near = replace(full, now=datetime.fromisoformat("2026-12-03T11:05:00+08:00"))
    assert page_of(near).article.count('data-clock="soon"') == 1


def test_what_is_newer_than_a_pass_is_named_beside_the_course(full: Record) -> None:
    words = plain(page_of(full))
    assert "此后有改动： refund" in words
    assert "通过的是第 1 版，现在是第 2 版" in words


def test_every_course_is_counted_by_how_people_stand(full: Record) -> None:
    found = training_records.figures(full)
    handling, newcomer = found["courses"]
    assert {name: handling[name] for name in ("id", "overdue", "soon", "never")} == {
        "id": "handling", "overdue": 1, "soon": 1, "never": 0,
    }  # fmt: skip
    assert newcomer == {"id": "newcomer", "overdue": 0, "never": 1, "soon": 0, "passed": 0}
    counted = sum(one[state] for one in found["courses"] for state in ("overdue", "never", "soon", "passed"))
    assert len(found["duties"]) == counted


def test_a_department_sees_its_own_people_and_no_others(full: Record) -> None:
    own = narrowed(replace(full, audience=PAYMENTS))
    assert {one.person for one in own.passes} == {"lin.wan", "ji.nan"}
    words = plain(page_of(own))
    assert "纪南" in words
    for other in ("邱岩", "方屿", "顾衡"):
        assert other not in words
    unnarrowed = replace(full, audience=PAYMENTS)
    assert {one.person for one in training_records.of_audience(unnarrowed)} == {"lin.wan", "ji.nan"}


def test_the_public_has_neither_the_page_nor_a_pass(full: Record) -> None:
    outside = narrowed(replace(full, audience=PUBLIC))
    assert outside.passes == ()
    assert "public" not in READERS[training_records]
    assert training_records.PATH not in docs.shells(PUBLIC)
    assert training_records.PATH not in {page.path for page in pages(outside)}
    assert training_records.of_audience(replace(full, audience=PUBLIC)) == []


def test_without_courses_the_page_says_where_they_would_be() -> None:
    for language in LANGUAGES:
        page = page_of(desk(training=Training()), language)
        assert "fb-empty" in page.article
        assert 'href="../training/index.html"' in page.article


def test_when_nobody_is_due_the_page_says_so() -> None:
    everybody = [passed(one, "2026-11-02") for one in policy().people]
    page = page_of(desk(*everybody))
    assert "本半年没有人到期。" in plain(page)
    assert "data-clock" not in page.article


def test_overdue_passes_are_counted_for_the_list_of_all_pages(full: Record) -> None:
    words = both(full)["zh"]
    assert all_pages.COUNTS["site-training-records"](full, words) == "1 项过期"
    assert all_pages.COUNTS["site-training-records"](desk(DONE, *OTHERS), words) == ""


def test_no_words_of_ours_are_missing_and_nothing_is_marked_up_by_a_title(full: Record) -> None:
    evil = (
        known()
        .courses["handling"]
        .model_copy(update={"title": known().courses["handling"].title.model_copy(update={"zh": "<script>x</script>"})})
    )
    read = replace(full, training=replace(known(), courses={"handling": evil}))
    page = page_of(read)
    assert "<script" not in page.article
    for language in LANGUAGES:
        assert not re.search(
            r"\b(?:train|training|page|site)-[a-z]+-?[a-z]*\b",
            plain(page_of(full, language)).replace("training-records", ""),
        )
