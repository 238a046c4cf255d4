"""Training read from a desk: what is wrong is listed, and the rest is taught."""

from pathlib import Path

from tests.pages.training_sample import BASICS, FILES, block
from tests.sample_desk import policy

from git_feedback.jobs.reading import Whole
from git_feedback.jobs.training import lessons_of, pages_by_hand, problems_of_training
from git_feedback.model import Problem

ITEM = "Q261119-0AAJN0D"


def whole() -> Whole:
    """A desk with one item, whose file cannot be read."""
    return Whole((), (Problem(f"feedback/2026/11/{ITEM}.yml", 1, 1, "not-an-item"),), policy())


def desk(root: Path, **changed: str) -> list[Problem]:
    """What is wrong in a folder with the sample's training, some of it changed, and one page of the guide."""
    given = {name.replace("_", "/", 1): text for name, text in changed.items()}
    for path, content in block({**FILES, **given}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    for language in ("en", "zh"):
        page = root / f"site/pages/{language}/guide/first-day.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("# 第一天\n", encoding="utf-8")
    return problems_of_training(root, lessons_of(root), whole(), {"refund", "not-there"})


def test_training_in_which_all_is_well_has_no_problem_and_is_taught_whole(tmp_path: Path) -> None:
    assert [one.said("en") for one in desk(tmp_path)] == []
    taught = lessons_of(tmp_path).sound([])
    assert (len(taught.courses), len(taught.quizzes), len(taught.plays), len(taught.cases), len(taught.practices)) == (
        2,
        2,
        1,
        1,
        1,
    )


def test_a_quiz_with_no_right_answer_is_listed_and_left_out_and_the_rest_is_taught(tmp_path: Path) -> None:
    found = desk(tmp_path, quizzes_basics=BASICS.replace("        right: true\n", "", 1))
    assert [one.code for one in found] == ["quiz-no-right"]
    taught = lessons_of(tmp_path).sound(found)
    assert sorted(taught.quizzes) == ["order"]
    assert sorted(taught.courses) == ["newcomer", "reviewing"]


def test_a_file_that_is_no_yaml_is_told_once_and_the_courses_that_name_it_are_not_blamed(tmp_path: Path) -> None:
    found = desk(tmp_path, quizzes_basics="id: [\n")
    assert {one.file for one in found} == {"site/pages/training/quizzes/basics.yml"}
    assert sorted(lessons_of(tmp_path).sound(found).courses) == ["newcomer", "reviewing"]


def test_a_course_that_names_what_is_not_there_is_listed_and_stays_on_the_site(tmp_path: Path) -> None:
    found = desk(tmp_path, courses_newcomer=FILES["courses/newcomer"].replace("- quiz: order", "- quiz: gone"))
    assert [(one.code, one.values["given"]) for one in found] == [("course-names-nothing", "gone")]
    assert "newcomer" in lessons_of(tmp_path).sound(found).courses


def test_a_page_of_the_guide_may_be_a_step_and_a_page_by_hand_keeps_its_name(tmp_path: Path) -> None:
    page = tmp_path / "site/pages/zh/training/reviewing.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: 手写的一页\n---\n# 手写的一页\n", encoding="utf-8")
    course = FILES["courses/newcomer"].replace("handbook/life", "guide/first-day")
    assert [(one.code, one.file.rpartition("/")[2]) for one in desk(tmp_path, courses_newcomer=course)] == [
        ("course-page-taken", "reviewing.yml")
    ]
    sources = {page.relative_to(tmp_path).as_posix(): page.read_bytes()}
    assert pages_by_hand(sources) == {"en": {}, "zh": {"training/reviewing.html": "手写的一页"}}


def test_a_desk_that_teaches_nothing_is_not_looked_at(tmp_path: Path) -> None:
    assert problems_of_training(tmp_path, lessons_of(tmp_path), whole(), ()) == []
    assert not lessons_of(tmp_path).all
