"""The sample training of this repository: it can be read, what it names is there, and what it teaches is so."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel

from git_feedback.desk.life import MACHINE, STATES, STEPS, legal
from git_feedback.desk.sla import clocks
from git_feedback.model import Item
from git_feedback.model.events import FollowUp
from git_feedback.model.events import Reply as ReplyEvent
from git_feedback.model.measures import Both
from git_feedback.model.training import Case, Choose, Course, Play, Practice, Quiz, Turn
from git_feedback.pages.handbook import PAGES
from git_feedback.policy import Policy, load
from git_feedback.policy.files import ROLES
from git_feedback.privacy import contacts
from git_feedback.store import read
from git_feedback.store.training import FOLDER, Lesson, lessons

ROOT = Path(__file__).parents[2]
HAN = "\u3400-\u9fff"
HALF_WIDTH = re.compile(f"[{HAN}][,;:?!()][{HAN}]")
UNSPACED = re.compile(f"[{HAN}][A-Za-z0-9]|[A-Za-z0-9%][{HAN}]")
NOW = datetime(2026, 11, 20, 11, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
One = TypeVar("One", bound=BaseModel)


@cache
def shelf() -> dict[str, Lesson]:
    paths = sorted((ROOT / FOLDER).rglob("*.yml"))
    found = dict(lessons({path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}))
    assert len(found) == len(paths), "a file lies where no kind of training is looked for"
    good = {path: one for path, one in found.items() if isinstance(one, BaseModel)}
    assert not {path: str(one) for path, one in found.items() if path not in good}
    return good


def every(kind: type[One]) -> list[One]:
    return [one for one in shelf().values() if isinstance(one, kind)]


@cache
def policy() -> Policy:
    folder = ROOT / "policy"
    files = (path for path in folder.rglob("*") if path.is_file())
    found = load({path.relative_to(ROOT).as_posix(): path.read_bytes() for path in files}).policy
    assert found is not None
    return found


@cache
def item(identity: str) -> Item:
    (path,) = (ROOT / "feedback").rglob(f"{identity}.yml")
    return read(path)


def texts(value: object, place: str = "") -> Iterator[tuple[str, Both]]:
    if isinstance(value, Both):
        yield place, value
    elif isinstance(value, BaseModel):
        for name, inner in value:
            yield from texts(inner, f"{place} {name}")
    elif isinstance(value, tuple):
        for number, inner in enumerate(value, 1):
            yield from texts(inner, f"{place} {number}")


def said() -> Iterator[tuple[str, Both]]:
    for path, lesson in shelf().items():
        yield from texts(lesson, path.removeprefix(f"{FOLDER}/"))


def chosen(kind: str = "") -> list[Choose]:
    questions = (question for quiz in every(Quiz) for question in quiz.questions)
    return [one for one in questions if isinstance(one, Choose) and one.kind.startswith(kind)]


def may(verb: str, turn: Turn) -> bool:
    step = STEPS[verb]
    own = step.owner and turn.role in ("owner", "handler")
    return step.roles != (MACHINE,) and (own or turn.role in step.roles or not (step.roles or step.owner))


# ---- what is there --------------------------------------------------------------------------------------------------


def test_every_file_is_named_by_its_id() -> None:
    assert {path: one.id for path, one in shelf().items() if Path(path).stem != one.id} == {}


def test_there_is_as_much_as_a_desk_needs_to_begin() -> None:
    assert len(every(Course)) >= 4
    assert len(every(Quiz)) >= 6
    assert sum(len(quiz.questions) for quiz in every(Quiz)) >= 80
    assert len(every(Play)) >= 6
    assert len(every(Case)) >= 4 and sum(len(case.turns) for case in every(Case)) >= 15
    assert len(every(Practice)) >= 6
    for language in ("en", "zh"):
        assert len(list((ROOT / f"site/pages/{language}/knowledge").glob("*.md"))) >= 20


def test_every_kind_of_question_and_of_step_is_used() -> None:
    assert {one.kind for quiz in every(Quiz) for one in quiz.questions} == {"single", "multiple", "order", "free"}
    steps = {name for course in every(Course) for step in course.steps for name, _ in step.named}
    assert steps == {"read", "page", "quiz", "play", "case", "practice", "drill", "do"}


# ---- both languages -------------------------------------------------------------------------------------------------


CODES = re.compile(r"P[0-3]|\d\d:\d\d|[a-z-]+|git feedback [a-z -]+")
"""What is the same in every language: levels, times of day, verbs, commands."""
TRIGGER = "烫伤"
"""A word that the rules know, quoted in English as it stands in policy."""


def test_each_text_is_written_in_each_language_and_not_twice_in_one() -> None:
    assert [place for place, text in said() if not text.en.strip() or not text.zh.strip()] == []
    assert [place for place, text in said() if text.en == text.zh and not CODES.fullmatch(text.en)] == []
    assert [place for place, text in said() if re.search(f"[{HAN}]", text.en.replace(TRIGGER, ""))] == []


def test_chinese_is_set_with_its_own_punctuation_and_spaced_from_latin() -> None:
    assert [(place, text.zh) for place, text in said() if HALF_WIDTH.search(text.zh)] == []
    assert [(place, text.zh) for place, text in said() if UNSPACED.search(text.zh)] == []


def test_nobody_can_be_reached_by_what_stands_in_training() -> None:
    assert [place for place, text in said() if contacts(text.en) or contacts(text.zh)] == []


# ---- what is named --------------------------------------------------------------------------------------------------


def test_every_article_that_is_named_is_there_in_both_languages() -> None:
    named = {question.article for quiz in every(Quiz) for question in quiz.questions if question.article}
    named |= {name for course in every(Course) for name in course.of("read")}
    named |= {name for one in shelf().values() if isinstance(one, Play | Case | Practice) for name in one.articles}
    for language in ("en", "zh"):
        there = {path.stem for path in (ROOT / f"site/pages/{language}/knowledge").glob("*.md")}
        assert named - there == set(), language


def test_every_page_that_a_course_opens_is_there_in_both_languages() -> None:
    pages = {page for course in every(Course) for page in course.of("page")}
    made = {f"handbook/{name}" for name in PAGES}
    for language in ("en", "zh"):
        there = {f"guide/{path.stem}" for path in (ROOT / f"site/pages/{language}/guide").glob("*.md")}
        assert pages - there - made == set(), language


@pytest.mark.parametrize(("kind", "step"), [(Quiz, "quiz"), (Play, "play"), (Case, "case"), (Practice, "practice")])
def test_courses_name_every_exercise_and_none_that_is_not_there(kind: type[Lesson], step: str) -> None:
    assert {name for course in every(Course) for name in course.of(step)} == {one.id for one in every(kind)}


def test_every_step_is_one_thing_and_no_course_comes_before_itself() -> None:
    courses = {course.id: course for course in every(Course)}
    assert all(len(step.named) == 1 for course in courses.values() for step in course.steps)

    def before(identity: str, way: tuple[str, ...]) -> None:
        assert identity not in way, way
        for other in courses[identity].after:
            before(other, (*way, identity))

    for identity in courses:
        before(identity, ())


# ---- questions ------------------------------------------------------------------------------------------------------


def test_a_single_question_has_one_right_answer_and_a_multiple_one_some_of_each() -> None:
    assert all(sum(choice.right for choice in one.choices) == 1 for one in chosen("single"))
    assert all({choice.right for choice in one.choices} == {True, False} for one in chosen("multiple"))


def test_nearly_every_question_says_of_a_tempting_answer_why_it_is_wrong() -> None:
    explained = [one for one in chosen() if any(choice.why for choice in one.choices if not choice.right)]
    assert len(explained) > 0.85 * len(chosen())


def test_right_answers_are_spread_over_the_positions() -> None:
    for quiz in every(Quiz):
        single = [one for one in quiz.questions if isinstance(one, Choose) and one.kind == "single"]
        places = Counter([choice.right for choice in one.choices].index(True) for one in single)
        assert max(places.values()) <= len(single) / 2, quiz.id


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_right_answer_is_not_known_by_its_length(language: str) -> None:
    longest = shortest = 0
    for one in chosen("single"):
        lengths = [len(getattr(choice.say, language)) for choice in one.choices]
        right = lengths[[choice.right for choice in one.choices].index(True)]
        longest += right == max(lengths)
        shortest += right == min(lengths)
    assert longest <= len(chosen("single")) / 2
    assert shortest <= len(chosen("single")) / 2


# ---- cases, best practice -------------------------------------------------------------------------------------------


def test_what_a_case_calls_best_is_what_the_table_of_life_allows() -> None:
    for case in every(Case):
        for turn in case.turns:
            assert turn.state in STATES and turn.role in (*ROLES, "owner"), case.id
            assert turn.best in turn.options and set(turn.options) <= set(STEPS), case.id
            assert turn.best in legal(turn.state) and may(turn.best, turn), (case.id, turn.best)


def test_every_turn_offers_something_the_desk_would_refuse_and_some_for_the_role_alone() -> None:
    by_role = 0
    for case in every(Case):
        for turn in case.turns:
            refused = [verb for verb in turn.options if verb not in legal(turn.state) or not may(verb, turn)]
            assert refused, (case.id, turn.tell.en)
            by_role += any(verb in legal(turn.state) for verb in refused)
    assert by_role >= 3


def test_best_practice_comes_from_items_that_were_in_time_and_whose_people_were_content() -> None:
    for one in every(Practice):
        origin = item(one.item)
        assert [event.verdict for event in origin.history if isinstance(event, FollowUp)][-1:] == ["satisfied"], one.id
        assert {clock.state for clock in clocks(origin, policy(), NOW)} <= {"met", "pending"}, one.id
        assert one.category in policy().categories and one.category in str(origin.history), one.id


def test_the_reply_of_a_best_practice_is_the_one_that_was_sent() -> None:
    for one in every(Practice):
        (sent,) = [event.text for event in item(one.item).history if isinstance(event, ReplyEvent)]
        assert sent in (one.reply.en, one.reply.zh), one.id


def test_cases_name_items_that_are_there() -> None:
    assert all(item(case.item).id == case.item for case in every(Case) if case.item)


# ---- what is taught is so -------------------------------------------------------------------------------------------

ITEM = """\
id: Q261119-0AAJN0D
received: {received}
channel: web-form
source: "s-1"
language: zh
title: 问题
text: |-
  有个问题，请看一下。
submitter:
  kind: new
history:
  - classify: {{at: {received}, by: lin.wan, category: {category}, urgency: {urgency}, impact: {impact}}}
    because: 人工
"""


@pytest.mark.parametrize(
    ("received", "category", "urgency", "impact", "answer"),
    [
        ("2026-11-10T11:30:00+08:00", "product/payment", 4, 4, "15:00"),
        ("2026-11-13T17:00:00+08:00", "product/payment", 4, 4, "Monday 09:30"),
        ("2026-11-14T23:20:00+08:00", "complaint/safety", 5, 5, "Sunday 00:20"),
        ("2026-11-13T17:00:00+08:00", "service/refund", 4, 3, "Saturday 17:00"),
    ],
)
def test_the_first_answer_is_due_when_the_quiz_says_so(
    received: str, category: str, urgency: int, impact: int, answer: str
) -> None:
    source = ITEM.format(received=received, category=category, urgency=urgency, impact=impact)
    (clock,) = [one for one in clocks(read(source.encode()), policy(), NOW) if one.name == "respond"]
    assert clock.due is not None
    due = clock.due.astimezone(ZoneInfo("Asia/Shanghai"))
    assert answer in (f"{due:%A %H:%M}", f"{due:%H:%M}")
    assert answer in rights("levels-and-clocks")


def rights(quiz: str) -> set[str]:
    (found,) = [one for one in every(Quiz) if one.id == quiz]
    questions = (one for one in found.questions if isinstance(one, Choose))
    return {choice.say.en for one in questions for choice in one.choices if choice.right}


def test_levels_channels_and_ladder_are_taught_as_the_policy_has_them() -> None:
    edition = policy().editions[-1]
    assert edition.level(4, 3) == "P2" and "P2" in rights("levels-and-clocks")
    majors = [
        (urgency, impact) for urgency in range(1, 6) for impact in range(1, 6) if edition.level(urgency, impact) == "P0"
    ]
    assert majors == [(5, 5)] and "Urgency 5, impact 5" in rights("levels-and-clocks")
    closed = {one.name.en for one in policy().channels.values() if not one.answerable}
    assert closed == {"Paper box", "Survey"} and closed <= rights("channels-and-categories")
    assert policy().channels["social-media"].reply_max == 280
    assert not edition.pauses_for_partner and policy().triage.common_from == 3


def test_who_may_do_what_is_taught_as_the_table_has_it() -> None:
    assert all(not STEPS[verb].roles for verb in ("note", "respond", "ask", "follow-up", "reopen"))
    assert "handler" not in STEPS["review"].roles and "agent" not in STEPS["escalate"].roles
    assert STEPS["exempt"].roles == ("head", "manager", "director")
    assert STEPS["erase"].roles == ("lead", "head", "manager", "director")
    assert "handler" not in STEPS["assign"].roles and "handler" not in STEPS["reject"].roles
