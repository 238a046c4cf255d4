"""Training: the courses by whom they are for, and each course with its steps; progress stays in the reader's browser."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from git_feedback.escaping import json_file
from git_feedback.learning.training import articles_of
from git_feedback.model.training import WHOM, Course, Step
from git_feedback.pages.page import File, Page, Record
from git_feedback.pages.training import CHANGED, DRILL, INDEX, RECORDS, begin, page_of, written
from git_feedback.pages.views.rendering import Both, prose
from git_feedback.pages.views.training_parts import Link, article_link, told, training_page, worded
from git_feedback.pages.views.words import Words

_EXERCISES = ("quiz", "play", "case", "practice")


@dataclass(frozen=True, slots=True)
class Card:
    """A course in the list."""

    id: str
    path: str
    title: str
    lead: Markup
    minutes: int
    steps: int
    version: int
    also: str
    """For whom else it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """A step of a course: its key in the browser's record, its kind, and where it leads."""

    key: str
    kind: str
    name: str
    link: Link
    words: Markup
    hint: str


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The first page, and one for each course, in each language."""
    for words in both.values():
        if INDEX not in record.by_hand.get(words.language, {}):
            yield _index(record, words)
        for course in record.training.courses.values():
            yield _course(course, record, words)


def files(record: Record) -> Iterator[File]:
    """What the scripts know of courses, by language, and which quizzes ask about which version of an article."""
    if not record.training:
        return
    for language in ("en", "zh"):
        found = {one.id: _facts(one, record, language) for one in record.training.courses.values()}
        yield File(f"api/training/{language}/courses.json", json_file({"courses": found}).encode())
    yield File("api/training/articles.json", json_file({"articles": _asked_about(record)}).encode())


# ---- the first page ---------------------------------------------------------------------------------------------------


def _index(record: Record, words: Words) -> Page:
    hand = record.by_hand.get(words.language, {})
    known = record.training
    return training_page(
        record, words, INDEX, words.site("training"), "training_index.html",
        groups=[(whom, words.say(f"training-whom-{whom}"), _cards(whom, record, words)) for whom in WHOM],
        shelves=[
            (kind, words.say(f"training-shelf-{kind}"), [Link(page_of(kind, one.id), told(one.title, words)) for one in known.shelf(kind).values()])
            for kind in _EXERCISES
        ],
        courses=len(known.courses),
        drill=DRILL,
        records=RECORDS,
        changed=CHANGED if known.quizzes else "",
        begin=[Link(path, title) for path, title in begin(hand)],
        written=[Link(path, title) for path, title in written(hand)],
    )  # fmt: skip


def _cards(whom: str, record: Record, words: Words) -> list[Card]:
    """The courses that are for them first of all: each course stands in the list once."""
    return [_card(one, words) for one in record.training.courses.values() if one.whom[0] == whom]


def _card(one: Course, words: Words) -> Card:
    also = ("、" if words.language == "zh" else ", ").join(words.say(f"training-whom-{whom}") for whom in one.whom[1:])
    return Card(
        id=one.id,
        path=page_of("course", one.id),
        title=told(one.title, words),
        lead=worded(one.lead, words),
        minutes=one.minutes,
        steps=len(one.steps),
        version=one.version,
        also=also,
    )


# ---- one course -------------------------------------------------------------------------------------------------------


def _course(one: Course, record: Record, words: Words) -> Page:
    known = record.training
    before = [known.courses[name] for name in one.after if name in known.courses]
    return training_page(
        record, words, page_of("course", one.id), told(one.title, words), "training_course.html",
        course=one,
        lead=prose(told(one.lead, words)),
        whom=("、" if words.language == "zh" else ", ").join(words.say(f"training-whom-{whom}") for whom in one.whom),
        before=[Link(page_of("course", other.id), told(other.title, words)) for other in before],
        steps=[_row(n, step, record, words) for n, step in enumerate(one.steps)],
    )  # fmt: skip


def _row(n: int, step: Step, record: Record, words: Words) -> Row:
    kind, value = step.named[0]
    name = words.say(f"training-step-{kind}")
    if kind == "do":
        return Row(f"do:{n}", kind, name, Link("", ""), worded(value, words), "")
    if kind == "drill":
        title = words.say("training-step-drill-n", value)
        return Row("drill", kind, name, Link(f"{DRILL}?n={value}", title), Markup(""), "")
    link = _leading(kind, value, record, words)
    return Row(key(n, step), kind, name, link, Markup(""), "" if link.path else words.say("training-step-gone"))


def key(n: int, step: Step) -> str:
    """What a step is called in the browser's record: it stays when the steps around it change."""
    kind, value = step.named[0]
    return {"do": f"do:{n}", "drill": "drill"}.get(kind, f"{kind}:{value}")


def _leading(kind: str, value: str, record: Record, words: Words) -> Link:
    """Where a step leads."""
    if kind == "read":
        return article_link(value, record, words)
    if kind == "page":
        path = f"{value}.html"
        title = record.by_hand.get(words.language, {}).get(path) or _handbook(value, words)
        return Link(path, title) if title else Link("", value)
    found = record.training.shelf(kind).get(value)
    return Link(page_of(kind, value), told(found.title, words)) if found else Link("", value)


def _handbook(value: str, words: Words) -> str:
    """What a chapter of the handbook is called; the pages of the guide are written by hand, or not there."""
    folder, _, name = value.partition("/")
    if folder != "handbook":
        return ""
    return words.site("handbook") if name == "index" else words.say(f"handbook-title-{name}")


# ---- what the scripts know --------------------------------------------------------------------------------------------


def _facts(one: Course, record: Record, language: str) -> dict[str, object]:
    known = record.training
    quizzes = [known.quizzes[name] for name in dict.fromkeys(one.of("quiz")) if name in known.quizzes]
    missing = [name for name in one.of("quiz") if name not in known.quizzes]
    return {
        "title": one.title.zh if language == "zh" else one.title.en,
        "version": one.version,
        "minutes": one.minutes,
        "months": one.again_after_months,
        "steps": [key(n, step) for n, step in enumerate(one.steps)],
        "quizzes": [{"id": quiz.id, "page": page_of("quiz", quiz.id)} for quiz in quizzes],
        "whole": not missing,
        "articles": {name: record.versions[name] for name in articles_of(one, known) if name in record.versions},
    }


def _asked_about(record: Record) -> dict[str, object]:
    """Each article that a question is about: its version, and the quizzes that ask."""
    asked: dict[str, set[str]] = {}
    for quiz in record.training.quizzes.values():
        for question in quiz.questions:
            if question.article in record.versions and question.article:
                asked.setdefault(question.article, set()).add(quiz.id)
    return {name: {"version": record.versions[name], "quizzes": sorted(there)} for name, there in sorted(asked.items())}
