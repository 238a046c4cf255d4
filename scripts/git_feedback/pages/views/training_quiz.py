"""Quizzes: a list of questions with answers folded, which the browser turns into one question after the other.

The browser reads a quiz from JSON and puts its words on the page as text.
"""

from collections.abc import Iterator
from typing import Any

from git_feedback.escaping import json_file
from git_feedback.model.training import Choose, Free, Order, Quiz
from git_feedback.pages.page import File, Page, Record
from git_feedback.pages.training import CHANGED, INDEX, page_of
from git_feedback.pages.views.rendering import Both
from git_feedback.pages.views.training_parts import article_link, courses_with, told, training_page, worded
from git_feedback.pages.views.words import Words

Question = Choose | Order | Free


def pages(record: Record, both: Both) -> Iterator[Page]:
    """A page for each quiz, and one for what has changed, in each language."""
    for words in both.values():
        for quiz in record.training.quizzes.values():
            yield _page(quiz, record, words)
        if record.training.quizzes:
            yield training_page(record, words, CHANGED, words.say("training-changed"), "training_changed.html")


def files(record: Record) -> Iterator[File]:
    """Each quiz in each language."""
    for language in ("en", "zh"):
        words = Words(record, language)
        for quiz in record.training.quizzes.values():
            content = json_file(quiz_file(quiz, record, words))
            yield File(f"api/training/{language}/quiz-{quiz.id}.json", content.encode())


def quiz_file(quiz: Quiz, record: Record, words: Words) -> dict[str, Any]:
    """A quiz as the browser reads it."""
    return {
        "id": quiz.id,
        "title": told(quiz.title, words),
        "version": quiz.version,
        "need": quiz.need,
        "page": page_of("quiz", quiz.id),
        "questions": [_asked(question, record, words) for question in quiz.questions],
    }


def _asked(question: Question, record: Record, words: Words) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": question.kind, "ask": told(question.ask, words)}
    if isinstance(question, Free):
        found |= {
            "answer": told(question.answer, words),
            "look_for": [told(one, words) for one in question.look_for],
        }
    else:
        found["why"] = told(question.why, words)
    if isinstance(question, Order):
        found["steps"] = [told(step, words) for step in question.steps]
    elif isinstance(question, Choose):
        found["choices"] = [
            {"say": told(one.say, words), "right": one.right, "why": told(one.why, words) if one.why else ""}
            for one in question.choices
        ]
    if question.article:
        link = article_link(question.article, record, words)
        found["article"] = {"name": question.article, "title": link.title, "path": link.path}
    return found


def _page(quiz: Quiz, record: Record, words: Words) -> Page:
    return training_page(
        record, words, page_of("quiz", quiz.id), told(quiz.title, words), "training_quiz.html",
        quiz=quiz,
        courses=courses_with(record.training, "quiz", quiz.id, words),
        questions=[_listed(question, record, words) for question in quiz.questions],
        index=INDEX,
    )  # fmt: skip


def _listed(question: Question, record: Record, words: Words) -> dict[str, Any]:
    """A question as it stands on the page before any script."""
    choices = question.choices if isinstance(question, Choose) else ()
    return {
        "ask": worded(question.ask, words),
        "choices": [(worded(one.say, words), one.right, worded(one.why, words) if one.why else "") for one in choices],
        "steps": [worded(step, words) for step in question.steps] if isinstance(question, Order) else [],
        "answer": worded(question.answer, words) if isinstance(question, Free) else "",
        "look_for": [worded(one, words) for one in question.look_for] if isinstance(question, Free) else [],
        "why": "" if isinstance(question, Free) else worded(question.why, words),
        "article": article_link(question.article, record, words) if question.article else None,
    }
