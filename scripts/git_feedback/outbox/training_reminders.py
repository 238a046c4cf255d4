"""The reminder of training: to whoever is due, and to whoever leads people who are overdue."""

from collections.abc import Sequence
from dataclasses import dataclass

from git_feedback import i18n
from git_feedback.escaping import line
from git_feedback.learning.passes import Duty
from git_feedback.outbox import lines
from git_feedback.outbox.message import Block, Message
from git_feedback.policy import Policy


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one person is told: the courses that wait for them, and those that wait for people they lead."""

    addressee: str
    own: tuple[Duty, ...]
    team: tuple[Duty, ...]


def training_reminder(one: Reminder, policy: Policy) -> Message:
    """One message to one person, in their language; the same on every run of a week."""
    language = lines.language_to(one.addressee, policy)
    name = lines.person(one.addressee, policy, language)
    desk, many = policy.desk.name.said(language), len(one.own) or len(one.team)
    subject = i18n.text("train-subject" if one.own else "train-subject-lead", language, n=many, desk=desk)
    parts = [
        (i18n.text("train-own", language), [own_line(duty, language) for duty in one.own]),
        (i18n.text("train-team", language), [team_line(duty, policy, language) for duty in one.team]),
    ]
    there = [part for part in parts if part[1]]
    greeting = i18n.text("outbox-greeting", language, name=name)
    closing = i18n.text("train-closing" if one.own else "train-closing-lead", language)
    return Message(
        one.addressee,
        name,
        subject,
        _as_text(greeting, there, closing),
        _as_html(greeting, there, closing, language),
        greeting,
        (*(block for part in there for block in _blocks(*part)), Block((closing,))),
    )


def own_line(duty: Duty, language: str) -> str:
    """A course that waits for whoever reads it, and until when."""
    title, day = _title(duty, language), duty.due.isoformat() if duty.due else "-"
    code = {"never": "train-own-first", "overdue": "train-own-late"}.get(duty.state, "train-own-again")
    return i18n.text(code, language, course=title, day=day)


def team_line(duty: Duty, policy: Policy, language: str) -> str:
    """A person whose course is overdue, or was never passed."""
    person = policy.people[duty.person].name.said(language)
    course = _title(duty, language)
    if duty.state == "never" or duty.due is None:
        return i18n.text("train-team-never", language, person=person, course=course)
    return i18n.text("train-team-late", language, person=person, course=course, day=duty.due.isoformat())


def _title(duty: Duty, language: str) -> str:
    return duty.course.title.zh if language == "zh" else duty.course.title.en


Parts = Sequence[tuple[str, Sequence[str]]]
"""A heading and what stands below it."""


def _blocks(heading: str, rows: Sequence[str]) -> list[Block]:
    """A piece for each row; the heading goes with the first."""
    return [Block((heading, rows[0])), *(Block((row,)) for row in rows[1:])]


def _as_text(greeting: str, parts: Parts, closing: str) -> str:
    told = ["\n".join([heading, *(f"  {row}" for row in rows)]) for heading, rows in parts]
    return "\n\n".join([greeting, *told, closing]) + "\n"


def _as_html(greeting: str, parts: Parts, closing: str, language: str) -> str:
    told = [
        f"<p>{line(heading)}</p>\n<ul>\n" + "\n".join(f"<li>{line(row)}</li>" for row in rows) + "\n</ul>"
        for heading, rows in parts
    ]
    head = f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"></head><body>\n'
    return head + "\n".join([f"<p>{line(greeting)}</p>", *told, f"<p>{line(closing)}</p>"]) + "\n</body></html>\n"
