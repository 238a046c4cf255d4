"""A small desk that teaches: two courses with a quiz, made of the least that a file of training holds."""

from datetime import date

from tests.sample_desk import Sample

from git_feedback.learning.training import Training, training
from git_feedback.model.training import Course, Pass
from git_feedback.store.passes import pass_id
from git_feedback.store.training import read_lesson

QUIZ = """\
id: first-steps
title: {en: First steps, zh: 第一步}
version: 1
need: 80
questions:
  - kind: single
    ask: {en: Who answers first?, zh: 谁先回复？}
    choices:
      - say: {en: Whoever was asked first, zh: 首先接到的人}
        right: true
      - say: {en: Nobody, zh: 没有人}
    why: {en: The first one asked stays responsible., zh: 首问负责。}
    article: refund
"""
NEWCOMER = """\
id: newcomer
title: {en: The first week, zh: 第一周}
version: 1
whom: [new-staff]
lead: {en: Begin here., zh: 从这里开始。}
minutes: 60
steps:
  - quiz: first-steps
again_after_months: 12
"""
HANDLERS = """\
id: handling
title: {en: Solving, zh: 解决问题}
version: 2
whom: [handlers]
lead: {en: Go on., zh: 接着学。}
minutes: 90
steps:
  - read: lockers
  - quiz: first-steps
"""
ARTICLE = """\
---
title: 退款多久到账
owner: wen.jing
review: 2027-03-31
version: 3
categories: [service/refund]
---
# 退款多久到账

五个工作日。
"""
FILES = {
    "site/pages/training/quizzes/first-steps.yml": QUIZ,
    "site/pages/training/courses/newcomer.yml": NEWCOMER,
    "site/pages/training/courses/handling.yml": HANDLERS,
    "site/pages/zh/knowledge/refund.md": ARTICLE,
    "site/pages/zh/knowledge/lockers.md": ARTICLE.replace("退款多久到账", "取件码收不到").replace(
        "version: 3", "version: 1"
    ),
}
VERSIONS = {"refund": 3, "lockers": 1}


def known() -> Training:
    """What is taught."""
    lessons = {path: text for path, text in FILES.items() if path.endswith(".yml")}
    return training(read_lesson(text.encode(), path) for path, text in lessons.items())


def course(name: str) -> Course:
    """One of the courses."""
    return known().courses[name]


def passed(person: str, day: str, name: str = "handling", **facts: object) -> Pass:
    """A pass of the present version of a course."""
    on = date.fromisoformat(day)
    told = {"version": course(name).version, "score": 90, **facts}
    return Pass.model_validate(
        {"id": pass_id(person, name, on), "person": person, "course": name, "passed": on, **told}
    )


def teach(desk: Sample, *more: Pass) -> None:
    """Lay the files of training into a desk, and records of passes."""
    from git_feedback.store.passes import path_of, write_pass

    for path, text in FILES.items():
        desk.put(text, path)
    for one in more:
        desk.put(write_pass(one), path_of(one.id))
