"""Pages of training: what each shows in both languages, and what the scripts read."""

import json
import re
from dataclasses import replace

import pytest
from tests.pages.training_sample import FILES, HOSTILE, desk, files_of, pages_of, taught
from tests.sample_desk import ROOT

from git_feedback.i18n import LANGUAGES
from git_feedback.jobs.audiences import narrowed
from git_feedback.learning.training import Training
from git_feedback.pages.audience import Audience
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views.training_drill import confirmed
from git_feedback.pages.views.training_parts import SAID


def made(found: Record) -> dict[tuple[str, str], Page]:
    """The pages of training by language and path."""
    return {(one.language, one.path): one for one in pages_of(found)}


def handed_out(found: Record) -> dict[str, str]:
    """The files of training by path."""
    return {file.path.removeprefix("api/training/"): file.content.decode() for file in files_of(found)}


@pytest.fixture(scope="module")
def site() -> dict[tuple[str, str], Page]:
    return made(desk())


def plain(page: Page) -> str:
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"<[^>]+>", "\n", page.article))


def test_every_course_quiz_play_case_and_practice_has_its_page_in_both_languages(
    site: dict[tuple[str, str], Page],
) -> None:
    names = {
        "index", "newcomer", "reviewing", "quiz-basics", "quiz-order", "play-angry-caller", "case-double-charge",
        "practice-quick-word", "drill", "changed", "certificate",
    }  # fmt: skip
    for language in LANGUAGES:
        found = {path.removeprefix("training/").removesuffix(".html") for spoken, path in site if spoken == language}
        assert found >= names


def test_a_course_stands_once_under_those_it_is_for_first_and_names_the_others(
    site: dict[tuple[str, str], Page],
) -> None:
    words = plain(site["zh", "training/index.html"])
    assert words.count("第一周") == 1
    assert "新同事\n第一周" in words
    assert "也适合：热线与客服" in words


def test_a_step_whose_page_is_not_there_says_so_and_leads_nowhere(site: dict[tuple[str, str], Page]) -> None:
    words = plain(site["en", "training/reviewing.html"])
    assert "not-there\nThis is not there at the moment; see Needs repair." in words
    assert "not-there.html" not in site["en", "training/reviewing.html"].article


def test_the_table_of_life_says_why_an_option_of_a_case_is_not_possible(site: dict[tuple[str, str], Page]) -> None:
    words = plain(site["en", "training/case-double-charge.html"])
    assert "not possible. “Mark it as resolved” comes only in: Accepted, Waiting, Reopened." in words
    assert "An item is closed once the customer has been answered." in words


def test_hostile_words_of_the_team_and_of_items_are_never_markup(site: dict[tuple[str, str], Page]) -> None:
    for page in site.values():
        assert "<img" not in page.article
    for name, content in handed_out(desk()).items():
        assert "<" not in content, name
    assert HOSTILE in json.loads(handed_out(desk())["en/quiz-basics.json"])["questions"][0]["ask"]


def test_code_in_a_text_is_code_and_keeps_the_blanks_around_it(site: dict[tuple[str, str], Page]) -> None:
    assert "Find <code>Q261119-0AAJN0D</code> in the queue." in site["en", "training/newcomer.html"].article


def test_the_scripts_know_steps_quizzes_months_and_versions_of_articles() -> None:
    found = handed_out(desk())
    course = json.loads(found["zh/courses.json"])["courses"]["newcomer"]
    assert course["steps"][:3] == ["read:refund", "page:handbook/life", "quiz:basics"]
    assert course["steps"][-2:] == ["drill", "do:8"]
    assert (course["version"], course["months"], course["articles"], course["whole"]) == (3, 6, {"refund": 2}, True)
    assert json.loads(found["articles.json"]) == {
        "articles": {"refund": {"version": 2, "quizzes": ["basics", "order"]}}
    }


def test_a_course_with_a_quiz_that_is_not_there_can_be_passed_by_nobody() -> None:
    without = {name: text for name, text in FILES.items() if name != "quizzes/order"}
    course = json.loads(handed_out(desk(without))["en/courses.json"])["courses"]["newcomer"]
    assert course["whole"] is False


# ---- the drill --------------------------------------------------------------------------------------------------------


def test_a_drill_takes_only_what_a_person_classified_and_masks_it() -> None:
    found = json.loads(handed_out(desk())["drill.json"])
    assert {one["id"] for one in found["items"]} == {
        "Q261119-BYJ524T", "Q261119-XTQ4TQW", "Q261110-EB6ATX1", "Q261120-QYA161T",
    }, "the rules classified the other one"  # fmt: skip
    assert {(one["category"], one["urgency"], one["impact"]) for one in found["items"]} == {("process/invoice", 3, 3)}
    assert "13812345678" not in json.dumps(found)
    assert "138****5678" in json.dumps(found)
    assert found["matrix"][4][4] == "P0"


def test_a_desk_with_too_few_confirmed_items_says_so_and_hands_out_none() -> None:
    few = replace(desk(), standings=desk().standings[:2])
    assert len(confirmed(few)) < 3
    assert "drill.json" not in handed_out(few)
    assert "fb-empty" in made(few)["zh", "training/drill.html"].article


# ---- for whom ---------------------------------------------------------------------------------------------------------


def test_the_public_learns_nothing_of_training() -> None:
    found = narrowed(replace(desk(), audience=Audience("public")))
    assert made(found) == {}
    assert handed_out(found) == {}


def test_a_department_has_the_courses_and_drills_on_its_own_items_alone() -> None:
    found = narrowed(replace(desk(), audience=Audience("department", "brand")))
    assert ("zh", "training/newcomer.html") in made(found)
    assert "drill.json" not in handed_out(found)
    practice = made(found)["en", "training/practice-quick-word.html"].article
    assert "Q261119-0AAJN0D" in practice
    assert "items/2026" not in practice


def test_a_desk_that_teaches_nothing_yet_shows_the_guide_and_where_a_course_would_lie() -> None:
    found = made(desk(training=Training()))
    assert {path for _, path in found} >= {"training/index.html", "training/drill.html"}
    assert ("en", "training/certificate.html") not in found
    assert "site/pages/training/courses" in plain(found["zh", "training/index.html"])
    assert "guide/first-day.html" in found["zh", "training/index.html"].article


def test_a_first_page_that_somebody_wrote_is_not_written_over() -> None:
    by_hand = {"zh": {"training/index.html": "自己写的"}, "en": {}}
    found = made(desk(by_hand=by_hand))
    assert ("zh", "training/index.html") not in found
    assert ("en", "training/index.html") in found


def test_both_languages_of_a_quiz_have_the_same_questions_in_the_same_order() -> None:
    found = handed_out(desk())
    for name in taught().quizzes:
        shapes = [
            [
                (one["kind"], len(one.get("choices", ())))
                for one in json.loads(found[f"{language}/quiz-{name}.json"])["questions"]
            ]
            for language in LANGUAGES
        ]
        assert shapes[0] == shapes[1]


def test_every_word_that_a_script_says_is_handed_to_it_and_none_that_no_script_says() -> None:
    scripts = "".join(path.read_text("utf-8") for path in (ROOT / "site/theme/assets").glob("training*.js"))
    named = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', scripts))
    assert set(re.findall(r'say\("([a-z-]+)"', scripts)) <= set(SAID)
    assert set(SAID) <= named
