"""What is wrong with training is told with its place and the way out; what is right is left alone."""

import pytest
from tests.pages.training_sample import BASICS, CASE, COURSE, FILES, ORDER, PLAY, PRACTICE, SECOND, block
from tests.sample_desk import policy

from git_feedback.desk.life import STATES, STEPS, legal
from git_feedback.i18n import LANGUAGES
from git_feedback.learning.life_judges import verdict
from git_feedback.learning.training import articles_of, training
from git_feedback.learning.training_checked import UNNAMED, Known, training_problems
from git_feedback.model import Problem
from git_feedback.policy.files import ROLES
from git_feedback.store.training import BadTraining, lessons

ITEM = "Q261119-0AAJN0D"
KNOWN = Known(items={ITEM}, articles={"refund", "not-there"}, pages={"handbook/life"})


def problems(known: Known = KNOWN, **changed: str) -> list[Problem]:
    """What is wrong when files (by kind, `courses_newcomer`) hold something else."""
    given = {name.replace("_", "/", 1).replace("_", "-"): text for name, text in changed.items()}
    sources = block({**FILES, **given})
    found = list(lessons(sources))
    broken = [problem for _, one in found if isinstance(one, BadTraining) for problem in one.problems]
    there = {path: one for path, one in found if not isinstance(one, BadTraining)}
    return [*broken, *training_problems(there, sources, training(there.values()), policy(), known)]


def only(code: str, known: Known = KNOWN, **changed: str) -> Problem:
    """The one thing that is wrong."""
    found = problems(known, **changed)
    assert [one.code for one in found] == [code], [one.said("en") for one in found]
    for language in LANGUAGES:
        assert found[0].way_out(language), code
    return found[0]


def test_training_in_which_all_is_well_has_no_problem() -> None:
    assert [one.said("zh") for one in problems()] == []


def test_a_file_with_another_name_than_its_id_says_so() -> None:
    found = only("training-name", plays_other=PLAY)
    assert found.said("en").startswith("site/pages/training/plays/other.yml:1:")
    assert "rename it to angry-caller.yml" in found.said("en")


def test_two_files_with_one_id_name_each_other() -> None:
    sources = block({"plays/angry-caller": PLAY})
    sources |= {path.replace(".yml", ".yaml"): text for path, text in sources.items()}
    found = {path: one for path, one in lessons(sources) if not isinstance(one, BadTraining)}
    (told,) = training_problems(found, sources, training(found.values()), policy(), KNOWN)
    assert (told.code, told.values["other"]) == ("training-twice", "site/pages/training/plays/angry-caller.yaml")


# ---- quizzes ----------------------------------------------------------------------------------------------------------


def test_a_quiz_with_no_right_answer_is_named_with_its_line_and_the_way_out() -> None:
    found = only("quiz-no-right", quizzes_basics=BASICS.replace("        right: true\n", "", 1))
    assert (found.line, found.way_out("zh")) == (12, "请至少给一个选项写上 `right: true`")


def test_a_single_choice_has_exactly_one_right_answer() -> None:
    two = BASICS.replace("        why: {en: Then nothing", "        right: true\n        why: {en: Then nothing")
    assert only("quiz-single", quizzes_basics=two).values == {"right": 2}


def test_two_choices_that_read_the_same_cannot_be_told_apart() -> None:
    same = BASICS.replace("{en: What happens next, zh: 接下来怎么办}", "{en: What happens then, zh: 你看到了什么}")
    assert only("quiz-choice-twice", quizzes_basics=same).values == {"given": "你看到了什么"}


def test_two_steps_to_be_ordered_that_read_the_same_cannot_be_told_apart() -> None:
    found = only("quiz-choice-twice", quizzes_order=ORDER.replace("{en: Reply, zh: 回复}", "{en: reply, zh: 受理}"))
    assert found.values == {"given": "受理"}


def test_a_question_about_an_article_that_is_not_there_says_which_one() -> None:
    found = only("training-no-article", quizzes_order=ORDER.replace("article: refund", "article: gone"))
    assert found.values == {"given": "gone"}
    assert found.code in UNNAMED


def test_a_question_that_is_broken_is_named_at_its_own_line() -> None:
    found = [
        one
        for one in problems(quizzes_basics=BASICS.replace("right: true", "right: ja", 1))
        if one.code != "course-names-nothing"
    ]
    assert [(one.code, one.line) for one in found] == [("bad-flag", 16)]


def test_a_text_that_is_blank_in_one_language_is_named_in_that_language() -> None:
    found = only(
        "training-empty", quizzes_order=ORDER.replace("zh: 排好步骤。", "zh: ' '").replace("zh: ' '", 'zh: " "')
    )
    assert found.values == {"language": "zh"}


def test_contact_data_of_a_person_does_not_belong_into_training() -> None:
    found = only(
        "training-contact", plays_angry_caller=PLAY.replace("你付了两次钱，想要回来。", "打 13812345678 找他。")
    )
    assert found.values == {"kinds": ["mobile"]}


# ---- courses ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "kind"), [
    ("- quiz: gone", "quiz"), ("- play: gone", "play"), ("- case: gone", "case"), ("- practice: gone", "practice"),
    ("- page: guide/gone", "page"),
])  # fmt: skip
def test_a_course_that_names_what_is_not_there_says_what_and_where(step: str, kind: str) -> None:
    found = only("course-names-nothing", courses_reviewing=SECOND.replace("- quiz: basics", step))
    assert (found.line, found.values["kind"]) == (12, kind)


def test_a_course_may_name_a_quiz_whose_file_is_broken_for_that_is_told_of_the_quiz() -> None:
    known = Known({ITEM}, {"refund", "not-there"}, {"handbook/life"}, {"quiz": {"basics"}})
    found = problems(known, quizzes_basics="id: basics\n")
    assert {one.file for one in found} == {"site/pages/training/quizzes/basics.yml"}


def test_a_step_says_exactly_one_thing() -> None:
    two = only("course-step", courses_reviewing=SECOND.replace("- quiz: basics", "- quiz: basics\n    drill: 3"))
    assert two.values == {"given": ("quiz", "drill")}


def test_courses_in_a_circle_are_told_with_the_way_around() -> None:
    first = COURSE + "after: [reviewing]\n"
    found = problems(courses_newcomer=first)
    assert [(one.code, one.values["courses"]) for one in found] == [
        ("course-circle", "newcomer → reviewing → newcomer"),
        ("course-circle", "reviewing → newcomer → reviewing"),
    ]


def test_a_course_after_itself_is_a_circle_and_one_after_nothing_is_told() -> None:
    assert only("course-circle", courses_newcomer=COURSE + "after: [newcomer]\n").values == {
        "courses": "newcomer → newcomer"
    }
    assert only("course-after-nothing", courses_newcomer=COURSE + "after: [gone]\n").values == {"given": "gone"}


@pytest.mark.parametrize("name", ["index", "drill", "quiz-basics", "case-x"])
def test_no_course_takes_the_page_of_something_else(name: str) -> None:
    course = SECOND.replace("id: reviewing", f"id: {name}")
    given: dict[str, str] = {f"courses_{name}": course}
    assert "course-page-taken" in [one.code for one in problems(KNOWN, **given)]


def test_no_course_takes_the_page_that_somebody_wrote_by_hand() -> None:
    known = Known({ITEM}, {"refund", "not-there"}, {"handbook/life"}, taken={"reviewing"})
    assert only("course-page-taken", known).values == {"id": "reviewing"}


# ---- cases and best practice ------------------------------------------------------------------------------------------


def test_a_case_whose_best_step_the_desk_would_refuse_is_wrong() -> None:
    case = CASE.replace(
        "options: [assign, resolve, close]\n    best: assign", "options: [assign, resolve, close]\n    best: resolve"
    )
    found = only("case-best-illegal", cases_double_charge=case)
    assert found.values == {"verb": "resolve", "state": "triaged", "role": "agent"}


def test_a_step_that_only_another_role_may_take_is_not_the_best_one() -> None:
    found = only("case-best-illegal", cases_double_charge=CASE.replace("role: handler", "role: reviewer"))
    assert found.values["role"] == "reviewer"


@pytest.mark.parametrize(("old", "new", "code"), [
    ("state: triaged", "state: sleeping", "case-no-state"), ("role: agent", "role: king", "case-no-role"),
    ("[accept, return, reply]", "[accept, sing]", "case-no-verb"), ("best: accept", "best: note", "case-best-no-option"),
    (f"item: {ITEM}", "item: Q261120-QYA161T", "training-no-item"),
    ("[accept, return, reply]", "[accept, return, return]", "id-twice"),
])  # fmt: skip
def test_a_case_names_only_what_there_is(old: str, new: str, code: str) -> None:
    assert only(code, cases_double_charge=CASE.replace(old, new)).file.endswith("cases/double-charge.yml")


@pytest.mark.parametrize(("old", "new", "code"), [
    (f"item: {ITEM}", "item: Q261120-QYA161T", "training-no-item"),
    ("product/payment", "product/dreams", "unknown-category"), ("[refund]", "[gone]", "training-no-article"),
])  # fmt: skip
def test_best_practice_names_only_what_there_is(old: str, new: str, code: str) -> None:
    assert only(code, practice_quick_word=PRACTICE.replace(old, new)).file.endswith("practice/quick-word.yml")


def test_the_table_of_life_judges_every_verb_in_every_state_as_the_desk_does() -> None:
    for state in STATES:
        for verb, step in STEPS.items():
            allowed = {role for role in (*ROLES, "owner") if verdict(verb, state, role).is_legal}
            if verb not in legal(state) or verb == "alarm":
                assert not allowed, (verb, state)
            elif step.roles or step.owner:
                assert allowed == {*step.roles, *(("owner", "handler") if step.owner else ())}, (verb, state)
            else:
                assert allowed == {*ROLES, "owner"}, (verb, state)


def test_a_course_rests_on_the_articles_that_it_and_its_exercises_name() -> None:
    there = training(one for _, one in lessons(block(FILES)) if not isinstance(one, BadTraining))
    assert articles_of(there.courses["newcomer"], there) == ("refund",)
    assert articles_of(there.courses["reviewing"], there) == ("not-there", "refund")


def test_a_course_that_has_an_article_read_that_is_not_there_says_which_one() -> None:
    found = only("training-no-article", courses_reviewing=SECOND.replace("read: not-there", "read: gone"))
    assert (found.line, found.values) == (13, {"given": "gone"})
